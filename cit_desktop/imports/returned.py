"""Workbooks that went out of this program and come back: recognised, and read against what went.

The hidden sheet says what the workbook is and how each row was; a changed or missing one makes it
an ordinary list, or is refused with a sentence.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cit_desktop.documents.edits import (
    FORMAT,
    HIDDEN_SHEET,
    KEY_LABEL,
    KINDS,
    ColumnKind,
    EditKind,
    fingerprint,
)
from cit_desktop.errors import FileProblem, TooNew
from cit_desktop.imports import days, hours, marks, sheet
from cit_desktop.imports.clean import as_text
from cit_desktop.imports.types import Cell, Sheet, Workbook
from cit_desktop.progress import Progress, silent
from cit_desktop.services.editing_attendance import WORDS
from cit_desktop.text import clean, clean_lines, fold

_AGAIN = "Make a new one with Edit in Excel, and copy your changes into it."
_MARKER = HIDDEN_SHEET.encode()


@dataclass(frozen=True, slots=True)
class ReturnedColumn:
    """A column of a returned list; ``index`` is its place in the rows, None where it is gone."""

    key: str
    label: str
    kind: ColumnKind
    index: int | None


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A row as it came back.

    Attributes:
        line: Its line in the sheet.
        key: The hidden id; empty for a row that was typed.
        texts: Its values as text, by column; columns that are gone are left out.
    """

    line: int
    key: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back.

    Attributes:
        base: The values of each record as they went out, by key and column.
    """

    source: str
    kind: EditKind
    chapter: str
    about: str
    sheet: str
    columns: tuple[ReturnedColumn, ...]
    base: Mapping[str, Mapping[str, str]]
    lines: tuple[ReturnedLine, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of the columns that are gone."""
        return tuple(column.label for column in self.columns if column.index is None)


def may_be(path: Path) -> bool:
    """Whether a file looks like a workbook of this program; a look at its list of sheets."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in ("xl/workbook.xml", "content.xml"):
                if name in archive.NameToInfo:
                    with archive.open(name) as part:
                        return _MARKER in part.read(1 << 22)
    except (OSError, zipfile.BadZipFile, ValueError, EOFError):
        return False
    return False


def read(path: Path, *, progress: Progress = silent) -> Returned | None:
    """A list that was edited; None where the file is no such workbook.

    Raises:
        FileProblem: The file cannot be read, or its hidden sheet was changed.
        TooNew: A newer version of the program made it.
        Cancelled: ``progress`` asked to stop.
    """
    if not may_be(path):
        return None
    return from_workbook(sheet.read(path, progress))


def from_workbook(book: Workbook) -> Returned | None:
    """Like :func:`read`, for a file that was read already."""
    hidden = next((one for one in book.sheets if one.name == HIDDEN_SHEET), None)
    if hidden is None:
        return None
    head, rows = _sealed(book.source, hidden)
    if head.get("kind") not in KINDS:
        return None
    if head.get("format") != FORMAT:
        raise TooNew(
            f"“{book.source}” was made by a newer version of CIT Desktop.",
            "Install the newest version to bring it back.",
        )
    keys = [str(key) for key, _, _ in head["columns"]]
    base = {key: dict(zip(keys, json.loads(text), strict=True)) for key, text in rows}
    shown, place = _table(book, [label for _, label, _ in head["columns"]])
    columns = _columns(head, shown.rows[place])
    return Returned(
        source=book.source,
        kind=head["kind"],
        chapter=str(head["chapter"]),
        about=str(head["about"]),
        sheet=shown.name,
        columns=columns,
        base=base,
        lines=tuple(_lines(shown, place, columns, base)),
    )


def _sealed(source: str, hidden: Sheet) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """What the hidden sheet says, after checking that nobody changed it."""
    cells = [[as_text(cell) for cell in row[:2]] for row in hidden.rows]
    rows = [(row[0], str(hidden.rows[place][1] or "")) for place, row in enumerate(cells[1:], 1)
            if len(row) > 1]  # fmt: skip
    try:
        head: dict[str, Any] = json.loads(str(hidden.rows[0][0]))
        sha = head.pop("sha256")
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise _changed(source) from error
    if sha != fingerprint(head, rows):
        raise _changed(source)
    return head, rows


def _changed(source: str) -> FileProblem:
    return FileProblem(
        f"“{source}” cannot be brought back: the hidden sheet that says what it was is damaged or "
        "incomplete.",
        _AGAIN,
    )


def _table(book: Workbook, labels: Sequence[str]) -> tuple[Sheet, int]:
    """The sheet that holds the list, and the place of its headings."""
    wanted = {fold(label) for label in labels}
    for one in book.sheets:
        if one.hidden:
            continue
        for place, row in enumerate(one.rows[:50]):
            there = {fold(as_text(cell)) for cell in row}
            if fold(KEY_LABEL) in there and there & wanted:
                return one, place
    raise FileProblem(
        f"“{book.source}” has no list any more: the row with its headings or the hidden column "
        "of ids is gone.",
        _AGAIN,
    )


def _columns(head: Mapping[str, Any], heading: Sequence[Cell]) -> tuple[ReturnedColumn, ...]:
    places: dict[str, int] = {}
    for index, cell in enumerate(heading):
        places.setdefault(fold(as_text(cell)), index)
    listed = [(KEY_LABEL, KEY_LABEL, "text"), *head["columns"]]
    return tuple(
        ReturnedColumn(key, label, kind, places.get(fold(label))) for key, label, kind in listed
    )


def _lines(
    shown: Sheet,
    place: int,
    columns: Sequence[ReturnedColumn],
    base: Mapping[str, Mapping[str, str]],
) -> list[ReturnedLine]:
    found = []
    for row, line in zip(shown.rows[place + 1 :], shown.lines[place + 1 :], strict=True):
        key = as_text(_cell(row, columns[0]))
        before = base.get(key, {})
        texts = {
            column.key: text_of(column.kind, _cell(row, column), before.get(column.key, ""))
            for column in columns[1:]
            if column.index is not None
        }
        if any(texts.values()) or key:
            found.append(ReturnedLine(line, key, texts))
    return found


def _cell(row: Sequence[Cell], column: ReturnedColumn) -> Cell:
    index = column.index
    return row[index] if index is not None and index < len(row) else None


def text_of(kind: ColumnKind, cell: Cell, before: str = "") -> str:
    """A cell as text in the form in which lists go out.

    Args:
        before: What went out: a number that only lost its zeros on the way gets them back.
    """
    if cell is None:
        return ""
    if kind == "note":
        return clean_lines(cell) if isinstance(cell, str) else as_text(cell)
    if kind == "date":
        return _day(cell)
    if kind == "mark":
        return _mark(cell)
    text = as_text(cell)
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if number and before.isdecimal() and before.lstrip("0") == text:
        return before
    return text


def _day(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    found = days.day(cell)
    return found.day.isoformat() if found else as_text(cell)


def _mark(cell: Cell) -> str:
    """A mark in the words of the program: letters and ticks of sign-in sheets are known too."""
    text = clean(cell) if isinstance(cell, str) else as_text(cell)
    if text.casefold().startswith(tuple(WORDS)):
        return text
    told = marks.meaning(cell)
    if told is None:
        return text
    if told.mark is not None:
        return told.mark
    minutes = told.minutes if told.minutes is not None else hours.minutes(cell).value
    return text if minutes is None else f"{minutes / 60:.4f}".rstrip("0").rstrip(".") + " h"
