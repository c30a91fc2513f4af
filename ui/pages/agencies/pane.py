"""The pane beside the list of agencies: one of them, edited in place, and who works there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.services import agencies
from cit_desktop.services.agencies import AgencyView, EmployeeRow
from ui import format as fmt
from ui import theme
from ui.commands import Result
from ui.context import Context
from ui.pages.agencies.spellings_editor import SpellingsEditor
from ui.pages.list_sources import ListSource
from ui.pages.people.fields import Offer, known_counties, narrow_combos
from ui.pages.people.record import put_below
from ui.pages.record_pane import RecordPane
from ui.preferences import Preferences
from ui.widgets.button import button
from ui.widgets.label import TextLabel
from ui.widgets.marks import Pill
from ui.widgets.record_table import Column, RecordTable
from ui.widgets.record_view import Field, RecordView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_MOST_ROWS = 8
EMPLOYEES = (
    Column("name", "Name", bold=True, width=138),
    Column("trained_on", "Trained", width=80, pill=lambda row: trained_pill(row.trained_on)),
    Column("title", "Title", soft=True, width=0),
)
LABELS = {
    "name": "Rename agency",
    "kind": "Change kind",
    "county": "Change county",
    "ori": "Change ORI",
    "patrol_strength": "Change patrol strength",
    "strength_on": "Change day of patrol strength",
    "contact": "Change contact",
    "address": "Change address",
    "phone": "Change phone",
    "email": "Change e-mail",
    "note": "Change note",
}


def agency_fields(none: str) -> list[Field]:
    """The form of an agency; ``none`` is shown while no kind is chosen."""
    kinds = [("", none), *((kind.key, kind.name) for kind in catalogs.agency_kinds())]
    strength = Field("patrol_strength", "Patrol strength", "spin", minimum=1, maximum=100_000)
    return [
        Field("name", "Name", required=True),
        Field("kind", "Kind", "combo", choices=kinds),
        Field("county", "County"),
        Field("ori", "ORI", hint="Nine letters and digits"),
        strength,
        Field("strength_on", "As of", "date"),
        Field("contact", "Contact", section="Contact", hint="Who answers for training"),
        Field("address", "Address", "text"),
        Field("email", "E-mail", hint="name@example.org"),
        Field("phone", "Phone", "phone"),
        Field("note", "Note", "text"),
    ]


def make_form(context: Context, none: str = "Not set") -> RecordView:
    """A form of an agency that offers the known counties."""
    form = RecordView(agency_fields(none))
    narrow_combos(form)
    line = form.editor("county")
    if isinstance(line, QLineEdit):
        Offer(line, lambda: known_counties(context))
    form.editor("patrol_strength").setToolTip("Leave it empty where it is not known")
    return form


class AgencyPane(RecordPane):
    """One agency, how it is written, and who works there."""

    labels = LABELS
    none_fields = frozenset({"patrol_strength", "strength_on"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, make_form(context), parent)
        self.spellings = SpellingsEditor()
        self.people = PeopleList(context.preferences)
        put_below(self.form, self.spellings)
        put_below(self.form, self.people)
        self.spellings.added.connect(self._add_spelling)
        self.spellings.removed.connect(self._remove_spelling)
        self.people.go.connect(self._go)

    @override
    def read(self, session: Session, record_id: int) -> AgencyView:
        return agencies.view(session, record_id)

    @override
    def change(self, session: Session, record_id: int, version: int, **fields: Any) -> int:
        return agencies.update(session, record_id, version, **fields)

    @override
    def show_record(self, view: AgencyView) -> None:
        super().show_record(view)
        self.about.setText(coverage_text(view))
        self.spellings.show_spellings(view.spellings)
        self.people.show_people(view.people)
        self.spellings.setEnabled(not self.context.db.readonly)

    def _add_spelling(self, text: str) -> None:
        if self.view is not None:
            do = self.context.commands.do
            self._spelled(do("Add spelling", agencies.add_spelling, self.view.id, text))

    def _remove_spelling(self, spelling_id: int) -> None:
        do = self.context.commands.do
        result = do("Remove spelling", agencies.remove_spelling, spelling_id)
        self._spelled(result)
        if result:
            self.done.emit("The spelling was removed.")

    def _spelled(self, result: Result[Any]) -> None:
        if result.error is None:
            self.read_again()
            return
        self.spellings.say_problem(str(result.error))
        self.refused.emit(None)

    def _go(self, person_id: int) -> None:
        if person_id:
            self.go.emit("person", person_id)
        elif self.view is not None:
            self.go.emit("people", ("agency", self.view.id))


class PeopleList(QWidget):
    """Who works there today."""

    go = Signal(int)  # a person, or 0 for all of them

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = TextLabel("People there today", bold=True)
        self.every = button("Show in &People", lambda: self.go.emit(0), kind="link")
        self.none = TextLabel("Nobody is known to work there.", role="soft")
        self.source = ListSource()
        self.table = RecordTable(EMPLOYEES, self.source, preferences, "agency people")
        self.table.setAccessibleName("People there today")
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.every)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.none)
        column.addWidget(self.table)
        self.table.opened.connect(lambda place: self.go.emit(self.source.items[place].person_id))

    def show_people(self, people: Sequence[EmployeeRow]) -> None:
        """Show these; a longer list than fits is scrolled in its own place."""
        self.heading.setText(f"People there today ({fmt.count(len(people))})")
        for part in (self.every, self.table):
            part.setVisible(bool(people))
        self.none.setVisible(not people)
        if people == self.source.items:
            return
        self.source.items = people
        self.table.reload()
        rows = min(len(people), _MOST_ROWS)
        self.table.setFixedHeight(theme.row_height() * (rows + 1) + 8)


def trained_pill(day: date | None) -> Pill:
    """The year somebody was trained in, or that it was in none."""
    return Pill("No", "soft", "empty") if day is None else Pill(str(day.year), "good", "check")


def coverage_text(view: AgencyView) -> str:
    """How many are trained, and what part of patrol that is where its strength is known."""
    people = fmt.plural(len(view.people), "person", "people")
    trained = f"{people} on record, {fmt.count(view.trained)} trained."
    if view.coverage is None:
        return f"{trained} Coverage n/a: patrol strength is not known."
    day = f" as of {fmt.day(view.strength_on)}" if view.strength_on else ""
    return (
        f"{trained} Coverage {fmt.percent(view.coverage, 100)} of "
        f"{fmt.plural(view.patrol_strength or 0, 'patrol officer')}{day}."
    )
