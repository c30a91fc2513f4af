"""What a sign-in sheet would mark, row by row, and what its cells mean for the blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cit_desktop.imports.marks import Meaning, Meeting, meaning
from cit_desktop.imports.types import Issue, SourceTable
from cit_desktop.services.attendance import MarkKind
from cit_desktop.services.attendance_rules import resolved
from cit_desktop.services.names import hours as written_hours

RowKind = Literal["marked", "same", "skipped", "problem"]
ROW_KINDS: tuple[RowKind, ...] = ("marked", "same", "skipped", "problem")


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark that would be made."""

    block_id: int
    enrollment_id: int
    mark: MarkKind
    minutes: int


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """What would become of one row.

    Attributes:
        kind: ``same``: everything it tells is marked already.
        marks: What would be marked.
        kept: How many marks differ from the sheet and stay.
        blank: How many cells are blank and stay unmarked.
        unknown: Whether nobody of the class has this name.
    """

    row: int
    name: str
    kind: RowKind
    enrollment_id: int | None = None
    marks: tuple[NewMark, ...] = ()
    kept: int = 0
    blank: int = 0
    issues: tuple[Issue, ...] = ()
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a sign-in sheet would mark. ``counts``: read = marked + same + skipped + problem.

    Attributes:
        columns: Ids of the blocks by heading.
        notes: Sentences about the whole sheet.
        overwrite: Whether marks that differ are replaced.
        ticks: Whether 1 and 0 are ticks, where somebody said so.
        asks_ticks: Whether 1 and 0 of the sheet can be ticks or hours; ``reads_ticks`` tells as
            which they were taken.
    """

    source: str
    sheet: str
    class_id: int
    columns: Mapping[str, tuple[int, ...]]
    rows: tuple[MarkedRow, ...]
    counts: Mapping[str, int]
    notes: tuple[str, ...]
    table: SourceTable = field(repr=False, compare=False)
    head: tuple[int, str] = field(compare=False)
    overwrite: bool = False
    ticks: bool | None = None
    asks_ticks: bool = False
    reads_ticks: bool = False

    @property
    def changes_anything(self) -> bool:
        """Whether applying it would write anything."""
        return any(row.marks for row in self.rows)

    @property
    def marks(self) -> tuple[NewMark, ...]:
        """Every mark that would be made."""
        return tuple(mark for row in self.rows for mark in row.marks)

    @property
    def left_over(self) -> bool:
        """Whether something of the sheet could not be taken."""
        return any(
            row.kind == "problem" or any(one.severity == "error" for one in row.issues)
            for row in self.rows
        )


def spread(told: Meaning, blocks: Sequence[Meeting]) -> list[tuple[MarkKind, int]] | None:
    """The mark of each block of a column; None when the time does not fit them."""
    if told.mark is not None:
        return [resolved(told.mark, None, block.minutes) for block in blocks]
    minutes, whole = told.minutes or 0, sum(block.minutes for block in blocks)
    if len(blocks) == 1 and minutes <= whole:
        return [resolved("partial", minutes, whole)]
    if minutes in (0, whole):
        mark: MarkKind = "present" if minutes else "absent"
        return [resolved(mark, None, block.minutes) for block in blocks]
    return None


def unreadable(written: str, blocks: Sequence[Meeting]) -> str:
    """Why a cell could not be taken, and what to do."""
    told = meaning(written)
    if told is None or told.minutes is None:
        return (
            f"“{written}” is no mark that is known. Expected X, P, A, L, E or hours such as 3.25; "
            "it was left unmarked."
        )
    whole = sum(block.minutes for block in blocks)
    if told.minutes > whole:
        return f"“{written}” is longer than the {written_hours(whole)} hours there; left unmarked."
    return (
        f"“{written}” does not say which of the {len(blocks)} blocks of this column it is; "
        "mark them by hand."
    )


def differs(before: tuple[str, int], mark: str, minutes: int) -> str:
    """That a mark was kept which the sheet has otherwise."""
    was, now = (f"{kind}, {written_hours(time)} h" for kind, time in (before, (mark, minutes)))
    return f"Marked already as {was}; the sheet says {now}. The mark was kept."
