"""Everybody in the records: found, added, edited beside the list, and put away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cit_desktop import clock
from cit_desktop.errors import CitError, Refused
from cit_desktop.services import agencies, certification, people, people_many
from ui import format as fmt
from ui.context import Context
from ui.pages.edit_in_excel import EditInExcel
from ui.pages.list_page import AT_ONCE, ListPage
from ui.pages.people.form import PersonForm
from ui.pages.people.more import PeopleMore
from ui.pages.people.pane import ManyPane, PersonPane
from ui.pages.people.saving import add_person, draft_of
from ui.pages.people.table import COLUMNS, PeopleFilters, people_ids, people_source
from ui.widgets.button import button

if TYPE_CHECKING:
    from cit_desktop.journal import Changes


class PeoplePage(ListPage):
    """The list of people with a pane for what is chosen."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"person", "employment", "agency", "state_number", "enrollment", "training_class", "course"}
    )
    help_topic = "people"
    new_text = "New person…"
    has_workbook = True
    noun = ("person", "people")
    none_matches = "Nobody matches"
    nothing = (
        "people",
        "Nobody here yet",
        "People are everybody you train, and everybody who teaches: officers, dispatchers, nurses, "
        "neighbors. Add them one by one, or import a list.",
        "&New person…",
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.filters: PeopleFilters = PeopleFilters(context)
        super().__init__("People", context, COLUMNS, people_source(context), self.filters, parent)
        self.pane = PersonPane(context)
        self.many = ManyPane(context)
        self.person_form = PersonForm(context)
        self.add_panes(self.person_form, self.pane, self.many)
        self.import_button = button("&Import…", lambda: self.go.emit("import", 0), icon="import")
        self.excel = EditInExcel(context, self)
        self.more = PeopleMore(context, self, self.edit_in_excel, self.show_duplicates)
        self.set_actions([self.more.button, self.import_button], self.new_button)
        self._connect()

    def _connect(self) -> None:
        self.table.opened.connect(lambda person_id: self.go.emit("person", person_id))
        self.table.archive_requested.connect(self.archive)
        self.pane.opened.connect(lambda person_id: self.go.emit("person", person_id))
        self.pane.archive_wanted.connect(lambda key, away: self.archive([key], away))
        self.pane.record.done.connect(self.undo_banner.done)
        self.pane.record.refused.connect(self.refuse)
        self.many.applied.connect(self._change_many)
        self.many.merge_wanted.connect(self.merge_chosen)
        self.many.archive_wanted.connect(lambda: self.archive(self.table.selected_ids()))
        self.person_form.submitted.connect(self._add)
        self.person_form.cancelled.connect(self.close_form)
        self.person_form.known_wanted.connect(self.choose)

    # What is shown --------------------------------------------------------------------------

    @override
    def refresh(self, changes: Changes | None) -> None:
        self.more.forget()
        super().refresh(changes)

    @override
    def wanted(self) -> dict[str, object]:
        return self.filters.filter()

    @override
    def start_form(self) -> None:
        self.person_form.start()

    @override
    def open_record(self, record_id: object) -> None:
        """Choose a person, or with ``("agency", id)`` show those who work there."""
        if not isinstance(record_id, tuple):
            super().open_record(record_id)
            return
        self.close_form()
        agency_id = int(record_id[1])
        with self.context.db.read() as session:
            found = agencies.rows(session, [agency_id])
        if agency_id in found:
            self.filters.only_agency(agency_id, found[agency_id].name)

    @override
    def show_chosen(self, ids: Sequence[int]) -> None:
        if len(ids) > 1:
            self._show_many(ids)
        else:
            self._show_person(ids[0])

    def _show_many(self, ids: Sequence[int]) -> None:
        shared: dict[str, str | None] = dict.fromkeys(people_many.SharedFields.__annotations__)
        if len(ids) <= AT_ONCE:
            with self.context.db.read() as session:
                shared = people_many.shared(session, ids)
        self.many.show_people(len(ids), shared)
        self.right.setCurrentWidget(self.many)

    def _show_person(self, person_id: int) -> None:
        try:
            with self.context.db.read() as session:
                view = people.view(session, person_id)
                standing = certification.standing(session, [person_id], clock.today())[person_id]
        except CitError as error:
            self.refuse(error)
            return
        self.pane.show_person(view, standing)
        self.right.setCurrentWidget(self.pane)

    # What is done ---------------------------------------------------------------------------

    def _add(self, values: dict[str, Any], looked: bool) -> None:
        if not looked and self._warned_of_namesake(values):
            return
        result = self.context.commands.do("Add person", add_person, values)
        if result.error is not None:
            fields = result.error.fields if isinstance(result.error, Refused) else {}
            self.banner.clear()
            self.person_form.set_problems(fields or {"": str(result.error)})
        elif result.value is not None:
            self.source.forget()
            self.filter_list()
            self.choose(result.value)
            name = self.pane.name.text()
            self.undo_banner.done(f"{name} was added.")

    def _warned_of_namesake(self, values: dict[str, Any]) -> bool:
        with self.context.db.read() as session:
            draft, _new_agency = draft_of(session, values)
            found = people.duplicates_of(session, draft)
            if not found:
                return False
            person_id, reason = found[0]
            name = people.view(session, person_id).name
        self.person_form.warn_of(person_id, name, reason)
        return True

    @override
    def edit_in_excel(self) -> None:
        self.excel.save_list("people", "People", self.table, people_ids)

    def show_duplicates(self) -> None:
        """Go to the people who may be in the records twice."""
        self.go.emit("duplicates", None)

    def merge_chosen(self) -> None:
        """Compare the two people who are chosen."""
        ids = self.table.selected_ids()
        if len(ids) == 2:
            self.go.emit("merge", (ids[0], ids[1]))

    def archive(self, ids: Sequence[int], away: bool = True) -> None:
        """Put people aside, or take them up again where the list is of archived ones."""
        away = away and self.filters.archived.value is None
        if not ids:
            return
        name = fmt.plural(len(ids), "person", "people")
        if len(ids) == 1:
            with self.context.db.read() as session:
                name = people.view(session, ids[0]).name
        verb = "archived" if away else "taken up again"
        said = f"{name} {'was' if len(ids) == 1 else 'were'} {verb}."
        what = "person" if len(ids) == 1 else "people"
        label = f"Archive {what}" if away else f"Take {what} up again"
        self._do_many(label, people_many.archive_all, ids, said, archived=away)

    def _change_many(self, values: dict[str, str]) -> None:
        ids = self.table.selected_ids()
        said = f"{' and '.join(values).capitalize()} of {fmt.count(len(ids))} people changed."
        self._do_many("Change people", people_many.update_all, ids, said, **values)

    def _do_many(
        self, label: str, service: Any, ids: Sequence[int], said: str, **more: Any
    ) -> None:
        """In one operation; beside the window when there are many."""
        commands = self.context.commands
        if len(ids) <= AT_ONCE:
            result = commands.do(label, service, ids, **more)
            self.refuse(result.error) if result.error else self.undo_banner.done(said)
            return
        job = commands.start(label, service, ids, **more)
        job.done.connect(lambda _changed: self.undo_banner.done(said))
