"""What somebody puts right about a list before it goes in: cells typed anew, and what is not in it.

The file stays as it is; only what was read of it is mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from cit_desktop.imports import places, table
from cit_desktop.imports.returned import Returned, ReturnedColumn, ReturnedLine, text_of
from cit_desktop.imports.types import Sheet, SourceRow, SourceTable, Workbook

Place: TypeAlias = tuple[str, int, str]  # sheet, line, heading
CONSTANTS = ("agency", "discipline", "county")


def place_of(shown: SourceTable, row: int, heading: str) -> Place:
    """Where a cell of a list stands in its file."""
    sheet = shown.sheets[places.sheet_of(row)] if shown.sheets else shown.sheet
    return sheet, places.line_of(row), heading


def mended(book: Workbook, edits: Mapping[Place, str]) -> Workbook:
    """A file with some of its cells typed anew."""
    if not edits:
        return book
    by_sheet: defaultdict[str, dict[tuple[int, str], str]] = defaultdict(dict)
    for (sheet, line, heading), text in edits.items():
        by_sheet[sheet][line, heading] = text
    return replace(
        book,
        sheets=tuple(
            _mended(one, by_sheet[one.name]) if one.name in by_sheet else one for one in book.sheets
        ),
    )


def _mended(sheet: Sheet, edits: Mapping[tuple[int, str], str]) -> Sheet:
    headings = table.find(sheet).headings
    indexes = {heading: index for index, heading in enumerate(headings)}
    where = {line: number for number, line in enumerate(sheet.lines)}
    rows = list(sheet.rows)
    for (line, heading), text in edits.items():
        if line not in where or heading not in indexes:
            continue
        number, index = where[line], indexes[heading]
        cells = [*rows[number], *[None] * (index + 1 - len(rows[number]))]
        cells[index] = text or None
        rows[number] = tuple(cells)
    return replace(sheet, rows=tuple(rows))


def returned_mended(came: Returned, edits: Mapping[Place, str]) -> Returned:
    """A list that came back, with some of its values typed anew."""
    columns = {column.label: column for column in came.columns}
    by_line: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for (_sheet, line, label), text in edits.items():
        if label in columns:
            by_line[line][label] = text
    if not by_line:
        return came
    lines = tuple(_line(came, columns, one, by_line.get(one.line, {})) for one in came.lines)
    return replace(came, lines=lines)


def _line(
    came: Returned,
    columns: Mapping[str, ReturnedColumn],
    line: ReturnedLine,
    edits: Mapping[str, str],
) -> ReturnedLine:
    """A line with what was typed, read as a cell of the workbook is."""
    if not edits:
        return line
    base, texts = came.base.get(line.key, {}), dict(line.texts)
    for label, text in edits.items():
        column = columns[label]
        texts[column.key] = text_of(column.kind, text or None, base.get(column.key, ""))
    return replace(line, texts=texts)


def with_constants(shown: SourceTable, constants: Mapping[str, str]) -> SourceTable:
    """A list in which what holds for all of it stands in every row that says nothing of it."""
    given = {field: text.strip() for field, text in constants.items() if text.strip()}
    if not given:
        return shown
    return replace(shown, rows=tuple(_filled(row, given) for row in shown.rows))


def _filled(row: SourceRow, given: Mapping[str, str]) -> SourceRow:
    missing = {field: text for field, text in given.items() if field not in row.values}
    if row.skipped_reason is not None or not missing:
        return row
    return replace(row, values={**row.values, **missing})


def can_be_constant(shown: SourceTable) -> tuple[str, ...]:
    """The fields that the list leaves out and that one value can stand for."""
    there = {column.field for column in shown.columns.values()}
    return tuple(field for field in CONSTANTS if field not in there)
