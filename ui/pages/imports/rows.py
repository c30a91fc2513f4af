"""The rows of a plan as a table: what each is, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cit_desktop.imports.intake import AnyPlan
from cit_desktop.imports.planned import PlannedRow
from cit_desktop.imports.returned_plan import ReturnedRow
from cit_desktop.imports.types import SourceRow
from ui.pages.imports import words
from ui.pages.imports.lines import Line, Lines, is_doubtful, lines_of
from ui.widgets.chips import ChipItem
from ui.widgets.marks import Pill
from ui.widgets.record_table import Column, Filter, Sort

ALL, LOOK = "all", "look"

COLUMNS = (
    Column("sheet", "Sheet", width=66, soft=True, sortable=False),
    Column("line", "Row", width=66, soft=True),
    Column("kind", "", width=114, pill=lambda line: line.kind),
    Column("name", "Name", bold=True, width=150),
    Column("who", "Person", width=88, pill=lambda line: line.who, sortable=False),
    Column("agency", "Agency", width=112, soft=True),
    Column("number", "Number", width=84),
    Column("will", "What happens", width=0),
)


class PlanRows:
    """The source of the table; ids are the numbers of the rows."""

    def __init__(self) -> None:
        self.plan: AnyPlan | None = None
        self._lines: Lines | None = None

    def show(self, plan: AnyPlan | None, lines: Lines | None = None) -> None:
        """Take the rows of a plan, prepared where that was done already."""
        self.plan = plan
        self._lines = lines if plan is None or lines is not None else lines_of(plan)

    @property
    def has_people(self) -> bool:
        """Whether the rows tell agency and number of a person."""
        return self._lines is None or self._lines.has_people

    @property
    def has_sheets(self) -> bool:
        """Whether rows of several sheets stand here."""
        return self._lines is not None and self._lines.has_sheets

    @property
    def has_numbers(self) -> bool:
        """Whether some row has the number of a person."""
        return self._lines is not None and self._lines.has_numbers

    @property
    def tells_who(self) -> bool:
        """Whether some row is about somebody who is known, or is to be looked at."""
        return self._lines is not None and self._lines.tells_anybody

    def planned(self, row: int) -> Any | None:
        """What the plan says of one row."""
        return self._lines.rows.get(row) if self._lines is not None else None

    def source(self, row: int) -> SourceRow | None:
        """One row as it stands in the file."""
        return self._lines.source(row) if self._lines is not None else None

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """The rows that fit, in order; equal ones stay in the order of the file."""
        lines = self._lines
        if lines is None:
            return []
        wanted = filter.get("kind", ALL)
        found = (
            list(lines.rows)
            if wanted == ALL
            else [number for number, row in lines.rows.items() if _fits(lines, row, wanted)]
        )
        if sort is not None and sort.key == "line":
            found.sort(reverse=sort.descending)
        elif sort is not None:
            found.sort(key=lines.sort_keys(sort.key).__getitem__, reverse=sort.descending)
        return found

    def rows(self, ids: Sequence[int]) -> Mapping[int, Line]:
        """Some of the rows."""
        lines = self._lines
        if lines is None:
            return {}
        return {number: lines.line(number) for number in ids if number in lines.rows}

    def chips(self) -> list[ChipItem]:
        """How many there are of each kind."""
        lines = self._lines
        if lines is None or self.plan is None:
            return []
        counts = self.plan.counts
        return [
            ChipItem(ALL, Pill("All", shape="none"), counts.get("read", 0)),
            *(ChipItem(kind, pill, counts.get(kind, 0)) for kind, pill in lines.kinds.items()),
            ChipItem(LOOK, words.LOOK, lines.doubtful),
        ]


def can_choose(row: Any, source: SourceRow | None) -> bool:
    """Whether something can be decided about a row: it is somebody, not a total or a note."""
    if isinstance(row, ReturnedRow):
        return any(edit.conflict for edit in row.edits) and row.kind != "error"
    if not isinstance(row, PlannedRow):
        return False
    return row.kind != "problem" and (source is None or source.skipped_reason is None)


def _fits(lines: Lines, row: Any, wanted: object) -> bool:
    if wanted == LOOK:
        return is_doubtful(row.issues)
    return wanted in (ALL, row.kind) or (wanted not in lines.kinds)
