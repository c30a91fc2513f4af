"""A list of records with a pane that edits the chosen one: agencies, liaisons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from typing_extensions import override

from cit_desktop.errors import CitError, Refused
from ui import format as fmt
from ui.pages.filter_chip import FilterChip
from ui.pages.list_page import ListPage
from ui.pages.new_form import NewForm
from ui.pages.record_pane import RecordPane

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LEAST = 312  # width of the pane in a small window


class Service(Protocol):
    """What the page asks of a kind of record."""

    def add(self, session: Session, draft: Any, /) -> int:
        """Add one."""

    def rows(self, session: Session, ids: Collection[int], /) -> Mapping[int, Any]:
        """Rows of a list by id, each with a name."""

    def archive(self, session: Session, record_id: int, /) -> None:
        """Put one aside."""

    def unarchive(self, session: Session, record_id: int, /) -> None:
        """Take one up again."""


class DirectoryPage(ListPage):
    """Adds, shows, edits and archives records of one kind."""

    service: Service  # the module of that name

    def use_panes(self, new_form: NewForm, pane: RecordPane, archived: FilterChip) -> None:
        """What stands beside the list, and the chip that shows the archived ones."""
        self.new_form, self.pane = new_form, pane
        self._archived = archived
        self.add_panes(new_form, pane)
        self.right.setMinimumWidth(_LEAST)
        self.table.opened.connect(lambda _id: self._edit())
        self.table.archive_requested.connect(self.archive)
        pane.go.connect(self.go)
        pane.done.connect(self.undo_banner.done)
        pane.refused.connect(self.refuse)
        pane.archive_wanted.connect(lambda key, away: self.archive([key], away))
        new_form.submitted.connect(self._add)
        new_form.cancelled.connect(self.close_form)

    def draft(self, values: dict[str, Any]) -> Any:
        """What was typed, as the service takes it."""
        raise NotImplementedError

    @override
    def start_form(self) -> None:
        self.new_form.start()

    @override
    def show_chosen(self, ids: Sequence[int]) -> None:
        current = self.table.current_id()
        chosen = current if len(ids) > 1 and current is not None else ids[0]
        try:
            with self.context.db.read() as session:
                view = self.pane.read(session, chosen)
        except CitError as error:
            self.refuse(error)
            return
        self.pane.show_record(view)
        self.right.setCurrentWidget(self.pane)

    def _edit(self) -> None:
        """Enter on a row goes to the first field of the pane."""
        self.show_now()
        self.pane.form.editor("name").setFocus()

    def _add(self, values: dict[str, Any]) -> None:
        draft = self.draft(values)
        label = f"Add {self.noun[0]} {draft.name}".strip()
        result = self.context.commands.do(label, self.service.add, draft)
        if result.error is not None:
            fields = result.error.fields if isinstance(result.error, Refused) else {}
            self.banner.clear()
            self.new_form.set_problems(
                {key: str(result.error) for key in fields} or {"": str(result.error)}
            )
        elif result.value is not None:
            self.source.forget()
            self.filter_list()
            self.choose(result.value)
            self.undo_banner.done(f"{self.pane.name.text()} was added.")

    def archive(self, ids: Sequence[int], away: bool = True) -> None:
        """Put records aside, or take them up again where the list is of archived ones."""
        away = away and self._archived.value is None
        with self.context.db.read() as session:
            names = [row.name for row in self.service.rows(session, ids).values()]
        if not names:
            return
        one = len(names) == 1
        which = names[0] if one else fmt.plural(len(names), *self.noun)
        label = f"Archive {which}" if away else f"Take {which} up again"
        result = self.context.commands.do(label, archive_all, self.service, ids, away)
        if result.error is not None:
            self.refuse(result.error)
            return
        self.source.forget()
        self.filter_list()
        verb = "archived" if away else "taken up again"
        self.undo_banner.done(f"{which} {'was' if one else 'were'} {verb}.")


def archive_all(session: Session, service: Service, ids: Sequence[int], away: bool) -> None:
    """Put several records aside, or take them up again, in one operation."""
    for record_id in ids:
        (service.archive if away else service.unarchive)(session, record_id)
