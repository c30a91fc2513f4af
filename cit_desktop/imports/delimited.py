"""Cutting a text into records and cells, so that no two rows are ever merged in silence."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cit_desktop.errors import FileProblem

if TYPE_CHECKING:
    from _csv import Reader

Record = tuple[int, list[str]]  # the line it starts on, and its cells
Cutter = Callable[[str, str, str], Iterator[Record]]

DELIMITERS = (",", ";", "\t", "|")
LONGEST_FIELD = 1 << 20
_LONGEST_CELL = 1 << 16  # of a spreadsheet, its quotation marks doubled
_DATA = re.compile(r"\S@\S|\d{4}")  # what a remark seldom has, and a row of a list nearly always
_LOOKED_AT = 60  # records that decide on the delimiter
_PLAIN = re.compile(r"[^\t\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the most records into the same number of cells."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for cells in _reader(text[:200_000], delimiter):
                if len([cell for cell in cells if cell.strip()]) > 1:
                    widths[len(cells)] += 1
                if sum(widths.values()) >= _LOOKED_AT:
                    break
        except csv.Error:
            pass  # cut off in the middle, or the wrong delimiter: what was counted decides
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            score = count * (1 + width / 100) / max(1, len(widths)) ** 0.5
            if score >= best_score:  # commas come first: they stand in names and numbers, too
                best, best_score = delimiter, score
    return best


def _reader(text: str, delimiter: str) -> Reader:
    csv.field_size_limit(LONGEST_FIELD)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def records(text: str, delimiter: str, source: str) -> Iterator[Record]:
    """The records of a file.

    Raises:
        FileProblem: A quotation mark has no partner where a cell ends.
    """
    found = _reader(text, delimiter)
    start = 1
    width = 0
    while True:
        try:
            cells = next(found)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unbalanced(source, start) from error
        if found.line_num > start and _swallowed(cells, delimiter, width):
            raise _unbalanced(source, start)
        width = max(width, len(cells))
        yield start, cells
        start = found.line_num + 1


def copied(text: str, delimiter: str, source: str) -> Iterator[Record]:
    """The records of a block as spreadsheets copy it: only a cell with line breaks is quoted.

    So ``"Bo" Smith`` is a cell that starts with a quotation mark, and no mistake.

    Raises:
        FileProblem: A quotation mark swallows what looks like the next rows.
    """
    position, line, width = 0, 1, 0
    cells: list[str] = []
    start = 1
    while position < len(text):
        cell, position = _copied_cell(text, position)
        cells.append(cell)
        line += len(_BREAK.findall(cell))
        if text[position : position + 1] == delimiter:
            position += 1
            if position < len(text):
                continue
            cells.append("")
        if line > start and _swallowed(cells, delimiter, width):
            raise _unbalanced(source, start)
        width = max(width, len(cells))
        yield start, cells
        cells = []
        end = _BREAK.match(text, position)
        position = end.end() if end else len(text)
        line += 1
        start = line


def _copied_cell(text: str, start: int) -> tuple[str, int]:
    """A cell and the place behind it."""
    if text[start] == '"':
        end = text.find('"', start + 1)
        while end != -1 and end - start < _LONGEST_CELL:
            if text[end + 1 : end + 2] != '"':
                if text[end + 1 : end + 2] in ("", "\t", "\r", "\n"):
                    return text[start + 1 : end].replace('""', '"'), end + 1
                break
            end = text.find('"', end + 2)
    found = _PLAIN.match(text, start)
    assert found is not None  # noqa: S101 - it matches nothing, too
    return found.group(), found.end()


def _swallowed(cells: list[str], delimiter: str, width: int) -> bool:
    """Whether a cell holds what looks like the rest of a row and the start of another."""
    for cell in cells:
        breaks = len(cell.splitlines()) - 1
        if breaks < 1 or width < 2:
            continue
        whole = any(line.count(delimiter) >= width - 1 for line in cell.splitlines()[1:])
        parted = cell.count(delimiter) == breaks * (width - 1) and len(cells) == width
        if (whole and width > 2) or (parted and _DATA.search(cell)):
            return True
    return False


def _unbalanced(source: str, line: int) -> FileProblem:
    return FileProblem(
        f"“{source}”, line {line:,}: a quotation mark is opened here that is not closed where a "
        "cell ends, so the rows after it cannot be told apart.",
        f"Open the file in a text editor, mend or remove the quotation mark in line {line:,}, "
        "save it and choose it again.",
    )
