"""What came of a list that was taken in: the same rows and columns, with what is to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias

Raw: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Tone: TypeAlias = Literal["error", "warning", "note"]

SUMMARY_SHEET: Final = "Import result"
RESULT_KIND: Final = "result"
TONES: Final[tuple[Tone, ...]] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about one cell.

    Attributes:
        column: Place of the cell in its row, from 0.
        text: What is wrong, why, and how to mend it.
    """

    column: int
    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row as it was, in the line in which it stood.

    Attributes:
        cells: The cells by their place in the row, from 0; blank ones are left out.
        quiet: It is no record: a total, a note.
        mark: A fingerprint of its cells; by it the row is known again.
        person: The uid of who it became; empty for nobody.
    """

    line: int
    cells: Mapping[int, Raw]
    remarks: tuple[Remark, ...] = ()
    quiet: bool = False
    mark: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """One sheet of the list.

    Attributes:
        header_row: The line of the headings; 0 when there are none.
        headings: By place, from 0.
        titles: Texts above the headings.
        texts: Places of columns whose numbers must stay text.
    """

    name: str
    header_row: int
    headings: Mapping[int, str]
    rows: tuple[ResultRow, ...]
    titles: tuple[str, ...] = ()
    texts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ResultDocument:
    """A list with what came of it.

    Attributes:
        chapter: The uid of the chapter that it was taken into.
        summary: What was done, in a sentence.
        counts: What became of the rows, in words, with how many.
    """

    source: str
    chapter: str
    summary: str
    counts: tuple[tuple[str, int], ...]
    sheets: tuple[ResultSheet, ...]
    notes: tuple[str, ...] = ()
    class_code: str = ""
