"""Everything that was ever changed about somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal

from cit_desktop.services import history
from cit_desktop.services.history import HistoryLine
from ui import format as fmt
from ui.context import Context
from ui.pages.people.training import TableTab
from ui.widgets.record_table import Column

KINDS = {"insert": "added", "update": "changed", "delete": "removed"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field that changed."""

    operation_id: int
    at: datetime
    actor: str
    label: str
    field: str
    before: str
    after: str


COLUMNS = (
    Column("at", "When", text=fmt.moment, width=178),
    Column("actor", "Who", width=104, soft=True),
    Column("label", "What", bold=True, width=184),
    Column("field", "Field", width=176),
    Column("before", "From", width=150, soft=True),
    Column("after", "To", width=0),
)


def change_line(line: HistoryLine) -> ChangeLine:
    """A change as the table shows it."""
    what = line.what
    field = f"{what.table}: {what.field}" if what.table != "Person" else what.field
    before = what.before or ("" if what.kind == "insert" else "(empty)")
    after = what.after or ("(removed)" if what.kind == "delete" else "(empty)")
    return ChangeLine(line.operation_id, line.at, line.actor, line.label, field, before, after)


class ChangesTab(TableTab):
    """Read when it is looked at, beside the window: it goes through the whole history."""

    go = Signal(str, object)
    ready = Signal()

    def __init__(self, context: Context) -> None:
        text = "Every step that was ever taken is looked through."
        empty = ("history", "Reading the history", text)
        super().__init__(COLUMNS, "Changes", empty, context.preferences, newest=0)
        self._person_id = 0
        self._context = context
        self._turn = 0
        self.table.opened.connect(
            lambda place: self.go.emit("history", self.item(place).operation_id)
        )

    def show_person(self, person_id: int) -> None:
        """Read what was changed about somebody."""
        if person_id != self._person_id:
            self._person_id = person_id
            self.show_items([])
        self._turn += 1
        turn = self._turn

        def work() -> list[HistoryLine]:
            with self._context.db.read() as session:
                return history.of_person(session, person_id)

        job = self._context.commands.run("Reading the history", work)
        job.done.connect(lambda found: self._arrived(turn, found))

    def _arrived(self, turn: int, found: list[HistoryLine]) -> None:
        if turn == self._turn:
            self.show_items([change_line(line) for line in found])
            self.ready.emit()
