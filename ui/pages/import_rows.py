"""The rows of a plan as a table: what each is, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cit_desktop.imports.planned import KINDS, Plan, PlannedRow
from cit_desktop.imports.types import SourceRow
from cit_desktop.text import sort_key
from ui.pages import import_words as words
from ui.widgets.chips import ChipItem
from ui.widgets.marks import Pill
from ui.widgets.record_table import Column, Filter, Sort

ALL, LOOK = "all", "look"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the plan as the table shows it."""

    row: int
    kind: Pill
    look: bool
    name: str
    agency: str
    number: str
    will: str


def _look(line: Any) -> Pill | None:
    return Pill("", words.LOOK.tone, words.LOOK.shape) if line.look else None


COLUMNS = (
    Column("row", "Row", width=58, soft=True),
    Column("kind", "", width=114, pill=lambda line: line.kind),
    Column("name", "Name", bold=True, width=164),
    Column("agency", "Agency", width=130, soft=True),
    Column("number", "Number", width=86),
    Column("look", "", width=30, pill=_look, sortable=False),
    Column("will", "What happens", width=0),
)

_SORTS: dict[str, Callable[[PlannedRow], Any]] = {
    "row": lambda row: row.row,
    "kind": lambda row: (KINDS.index(row.kind), row.row),
    "name": lambda row: (sort_key(words.name(row)), row.row),
    "agency": lambda row: (sort_key(_agency(row)), row.row),
    "number": lambda row: (str(row.values.get("state_number", "")), row.row),
    "will": lambda row: (words.will(row), row.row),
}


class PlanRows:
    """The source of the table; ids are the lines of the file."""

    def __init__(self) -> None:
        self.plan: Plan | None = None
        self._rows: dict[int, PlannedRow] = {}
        self._raw: dict[int, SourceRow] = {}

    def show(self, plan: Plan | None) -> None:
        """Take the rows of a plan."""
        self.plan = plan
        self._rows = {row.row: row for row in plan.rows} if plan is not None else {}
        self._raw = {row.row: row for row in plan.table.rows} if plan is not None else {}

    def planned(self, row: int) -> PlannedRow | None:
        """What the plan says of one line."""
        return self._rows.get(row)

    def source(self, row: int) -> SourceRow | None:
        """One line as it stands in the file."""
        return self._raw.get(row)

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """The lines that fit, in order."""
        wanted = filter.get("kind", ALL)
        found = [row for row in self._rows.values() if _fits(row, wanted)]
        if sort is not None:
            found.sort(key=_SORTS[sort.key], reverse=sort.descending)
        return [row.row for row in found]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Line]:
        """Some of the lines."""
        return {row: self._line(self._rows[row]) for row in ids if row in self._rows}

    def chips(self) -> list[ChipItem]:
        """How many there are of each kind."""
        counts = self.plan.counts if self.plan is not None else {}
        look = sum(words.is_to_look_at(row) for row in self._rows.values())
        return [
            ChipItem(ALL, Pill("All", shape="none"), counts.get("read", 0)),
            *(ChipItem(kind, words.KINDS[kind], counts.get(kind, 0)) for kind in KINDS),
            ChipItem(LOOK, words.LOOK, look),
        ]

    def _line(self, row: PlannedRow) -> Line:
        return Line(
            row=row.row,
            kind=words.kind(row),
            look=words.is_to_look_at(row),
            name=words.name(row) or words.raw_text(self._raw.get(row.row)),
            agency=_agency(row),
            number=str(row.values.get("state_number", "")),
            will=words.will(row),
        )


def can_choose(row: PlannedRow, source: SourceRow | None) -> bool:
    """Whether something can be decided about a row: it is somebody, not a total or a note."""
    return row.kind != "problem" and (source is None or source.skipped_reason is None)


def _agency(row: PlannedRow) -> str:
    return str(row.values.get("agency", ""))


def _fits(row: PlannedRow, wanted: object) -> bool:
    if wanted == LOOK:
        return words.is_to_look_at(row)
    return wanted in (ALL, row.kind)
