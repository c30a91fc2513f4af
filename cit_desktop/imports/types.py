"""What the steps of an import hand to each other; nothing here reads, and nothing is heavy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Value = str | int
Severity = Literal["error", "warning", "note"]
DayOrder = Literal["mdy", "dmy"]

# What a column can mean. `full_name` is split into the four parts of a name when rows are read.
FIELDS = (
    "first", "middle", "last", "suffix", "full_name", "agency", "title", "discipline", "county",
    "state_number", "email", "phone", "completed", "minutes", "certificate", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it was typed.

    Attributes:
        lines: The 1-based line of the source where each row starts; rows of a text file
            may span several lines, so it is not the position plus one.
        hidden_rows: Lines that the author hid; they are read all the same, as are the columns.
        masks: Number formats of zeros only, by (line, column index): how many digits are shown.
        merged: First line, last line and column of cells that span several rows of one column.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    masks: Mapping[tuple[int, int], int] = field(default_factory=dict)
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int], ...] = ()

    @property
    def filled(self) -> int:
        """How many of its rows are not blank, headings and titles among them."""
        return sum(any(cell not in (None, "") for cell in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Former:
    """What a result workbook remembers of the import that it came from.

    Attributes:
        chapter: The uid of the chapter that the list was taken into.
        people: Uid of who a row became, by the fingerprint of its cells; empty for nobody.
        lines: The fingerprint of each line of the list as it was.
    """

    chapter: str
    people: Mapping[str, str]
    lines: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as it was read; a text file is a workbook of one sheet.

    Attributes:
        source: The file's name without its folder, for messages.
        kind: xlsx, xlsm, xls, ods, html, csv, tsv, or txt for answers one below the other.
        notes: Sentences worth knowing: macros ignored, encoding found, hidden sheets.
        former: Of a result workbook that comes in again: the import before.
    """

    source: str
    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    former: Former | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about one cell that a person should see.

    Attributes:
        column: The heading of the column, or an empty text for the whole row.
        severity: ``error``: cannot be taken as it is; ``warning``: taken, look at it;
            ``note``: changed in a harmless way.
    """

    column: str
    severity: Severity
    message: str


CHOSEN = "chosen"  # the reason of a column that somebody decided about


@dataclass(frozen=True, slots=True)
class Column:
    """What a column was taken to mean.

    Attributes:
        field: One of :data:`FIELDS`, or None when the column is left out.
        confidence: 0 to 1; 1 when somebody chose it.
        samples: Up to three of its values as text.
        reason: Why, in a few words.
    """

    heading: str
    index: int
    field: str | None
    confidence: float
    samples: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about a whole column that only a person can answer, asked once.

    Attributes:
        kind: ``day_order``: the dates can be read month first or day first;
            ``mixed_days``: some can only be one, some only the other.
        rows: The lines it is about.
    """

    column: str
    kind: str
    question: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row below the headings.

    Attributes:
        row: Its 1-based line in the source.
        values: Cleaned values by field; blank ones are left out. Days are ISO text,
            time is whole minutes, all else is text. A name can bring ``nickname`` and
            ``credentials`` (RN), and its rank as ``title`` where the row has no other.
        raw: The cells as they were, by heading; blank ones are left out.
        skipped_reason: Why the row is no record (a total, a note), or None.
    """

    row: int
    values: Mapping[str, Value]
    raw: Mapping[str, Cell]
    issues: tuple[Issue, ...] = ()
    skipped_reason: str | None = None


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table found in a file: every row below its headings exactly once.

    Attributes:
        header_row: The 1-based line of the headings; 0 when there are none.
        titles: Texts above the headings (they often name the class and its days).
        columns: By heading, in the order of the sheet.
        other_sheets: Names of the sheets that were not read.
        sheets: Names of all sheets that were read, when it was more than one; the number of a row
            then tells its sheet, too (``places``).
        former: As of the workbook.
    """

    source: str
    sheet: str
    header_row: int
    titles: tuple[str, ...]
    columns: Mapping[str, Column]
    rows: tuple[SourceRow, ...]
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    former: Former | None = None

    @property
    def records(self) -> tuple[SourceRow, ...]:
        """The rows that are somebody's record."""
        return tuple(row for row in self.rows if row.skipped_reason is None)
