"""The steps of the history as the table shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cit_desktop.services import history
from cit_desktop.services.history import FieldChange, OperationRow
from ui import format as fmt
from ui.context import Context
from ui.widgets.marks import Pill
from ui.widgets.record_table import RIGHT, Column, Filter, Sort


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step."""

    row: OperationRow
    at: datetime
    actor: str
    label: str
    records: int


def state_pill(line: StepLine) -> Pill | None:
    """What became of a step; nothing for one that counts and can be undone."""
    if line.row.undone:
        return Pill("Undone", "care", "half")
    if not line.row.undoable:
        return Pill("Final", "soft", "full")
    return None


COLUMNS = (
    Column("at", "When", text=fmt.moment, width=178, sortable=False),
    Column("label", "What", bold=True, width=0, sortable=False),
    Column("actor", "Who", width=84, soft=True, sortable=False, spare=True),
    Column("records", "Records", text=fmt.count, align=RIGHT, width=64, sortable=False, spare=True),
    Column("state", "State", width=80, pill=state_pill, sortable=False),
)
CHANGES = (
    Column("record", "Record", bold=True, width=122, sortable=False),
    Column("field", "Field", width=92, soft=True, sortable=False),
    Column("before", "Before", width=88, soft=True, sortable=False),
    Column("after", "After", width=0, sortable=False),
)


class StepSource:
    """Steps, newest first. What a step changed never differs, so it is counted once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._counted: dict[int, dict[str, int]] = {}

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """The steps of an actor that have these words."""
        actor, text = str(filter.get("actor") or ""), str(filter.get("text") or "")
        with self._context.db.read() as session:
            return history.ids(session, actor, text)

    def rows(self, ids: Sequence[int]) -> Mapping[int, StepLine]:
        """Some of them."""
        with self._context.db.read() as session:
            found = history.rows(session, ids, self._counted)
        self._counted.update({key: row.changes for key, row in found.items()})
        return {key: step_line(row) for key, row in found.items()}


def step_line(row: OperationRow) -> StepLine:
    """A step as the table shows it."""
    return StepLine(row, row.at, row.actor, row.label, sum(row.changes.values()))


@dataclass(frozen=True, slots=True)
class DetailLine:
    """A field that a step changed."""

    record: str
    field: str
    before: str
    after: str


def detail_line(change: FieldChange) -> DetailLine:
    """A change as the pane shows it; what was not there is said, not left blank."""
    before = change.before or ("" if change.kind == "insert" else "(empty)")
    after = change.after or ("(removed)" if change.kind == "delete" else "(empty)")
    return DetailLine(change.record or change.table, change.field, before, after)


def changed_text(row: OperationRow) -> str:
    """``12 records: 10 Enrollment, 2 Person``: how many of what a step changed."""
    total = sum(row.changes.values())
    parts = [f"{fmt.count(number)} × {table.lower()}" for table, number in row.changes.items()]
    return f"{fmt.plural(total, 'record')} changed: {', '.join(parts)}." if parts else ""
