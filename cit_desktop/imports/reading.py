"""From a file to a table of cleaned rows: what the plan of an import is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cit_desktop.errors import FileProblem
from cit_desktop.imports import collector, faults, mapping, sheet, table
from cit_desktop.imports import columns as column_cleaning
from cit_desktop.imports.clean import Cleaned, Problem
from cit_desktop.imports.limits import ROWS
from cit_desktop.imports.persons import PARTS, NameStyle, name_values, style_of_names
from cit_desktop.imports.rows import skipped_reasons
from cit_desktop.imports.types import (
    Cell,
    Column,
    DayOrder,
    Doubt,
    Issue,
    Sheet,
    SourceRow,
    SourceTable,
    Value,
    Workbook,
)
from cit_desktop.progress import Progress, silent

Override = Mapping[str, str | None]
Orders = Mapping[str, DayOrder]
Long = Mapping[tuple[int, int], str]

_PROGRESS_EVERY = 200  # rows
_TEXTS = {"csv", "tsv", "txt", "html"}  # nothing in them says what was typed as a number


def read_table(
    path: Path,
    sheet_name: str | None = None,
    *,
    mapping_override: Override | None = None,
    day_orders: Orders | None = None,
    progress: Progress = silent,
) -> SourceTable:
    """Read one table of a file; without a name, the sheet that looks most like a list.

    Args:
        mapping_override: What columns mean, by heading; None leaves a column out.
        day_orders: How the days of a column are meant, by heading.

    Raises:
        FileProblem: The file cannot be read, or has no such sheet.
        Cancelled: ``progress`` asked to stop.
    """
    return from_workbook(
        sheet.read(path, progress),
        sheet_name,
        mapping_override=mapping_override,
        day_orders=day_orders,
        progress=progress,
    )


def read_tables(path: Path, *, progress: Progress = silent) -> tuple[SourceTable, ...]:
    """Read every sheet of a file that holds a list of persons, in the order of the file."""
    book = sheet.read(path, progress)
    tables = [from_workbook(book, item.name, progress=progress) for item in book.sheets]
    return tuple(found for found in tables if _has_persons(found))


@collector.paused()
def from_workbook(
    book: Workbook,
    sheet_name: str | None = None,
    *,
    mapping_override: Override | None = None,
    day_orders: Orders | None = None,
    progress: Progress = silent,
) -> SourceTable:
    """Like :func:`read_table`, for a file that was read already."""
    chosen, found, long = _choose(book, sheet_name)
    found, merged = table.unmerged(found, chosen)
    if len(found.rows) > ROWS:
        raise FileProblem(
            f"The sheet “{chosen.name}” of “{book.source}” has {len(found.rows):,} rows; at most "
            f"{ROWS:,} can be imported at once.",
            "Split it into several files.",
        )
    meanings = mapping.guess(
        found.headings,
        [found.column(index) for index in range(len(found.headings))],
        mapping_override,
    )
    skipped = skipped_reasons(found, meanings)
    progress(0, len(found.rows), "Reading the columns")
    rows, doubts = _rows(
        found, chosen, long, meanings, skipped, day_orders or {}, book.kind, progress
    )
    return SourceTable(
        source=book.source,
        sheet=chosen.name,
        header_row=found.header_row,
        titles=found.titles,
        columns=meanings,
        rows=rows,
        doubts=doubts,
        notes=(*book.notes, *merged),
        other_sheets=tuple(item.name for item in book.sheets if item is not chosen),
        former=book.former,
    )


def _choose(book: Workbook, name: str | None) -> tuple[Sheet, table.Table, Long]:
    """The sheet of a name, or the one that looks most like a list; its table and long texts."""
    if not any(item.rows for item in book.sheets):
        raise FileProblem(
            f"“{book.source}” holds no rows: every cell of it is blank.",
            "Choose the file that holds the list.",
        )
    wanted = [
        (item, *faults.shortened(item)) for item in book.sheets if name is None or item.name == name
    ]
    if not wanted:
        raise FileProblem(
            f"“{book.source}” has no sheet “{name}”.",
            f"It has: {', '.join(item.name for item in book.sheets)}.",
        )
    return max(((item, table.find(short), long) for item, short, long in wanted), key=_likeness)


def _likeness(item: tuple[Sheet, table.Table, Long]) -> tuple[bool, bool, bool, int]:
    source, found, _ = item
    return (
        bool(source.rows),
        not source.hidden,
        found.known > 1,
        min(found.known, 4) * len(found.rows),
    )


def _has_persons(found: SourceTable) -> bool:
    fields = {column.field for column in found.columns.values()}
    return bool(found.header_row and fields & {"full_name", "last"} and found.rows)


def _rows(
    found: table.Table,
    source: Sheet,
    long: Long,
    meanings: Mapping[str, Column],
    skipped: Mapping[int, str],
    orders: Orders,
    kind: str,
    progress: Progress,
) -> tuple[tuple[SourceRow, ...], tuple[Doubt, ...]]:
    records = [row for row in found.rows if row[0] not in skipped]
    cleaned: dict[str, Sequence[Cleaned[Value]]] = {}
    doubts: list[Doubt] = []
    used = [column for column in meanings.values() if column.field]
    for column in used:
        progress(0, len(found.rows), f"Reading “{column.heading}”")
        values = [cells[column.index] for _, cells in records]
        if column.field == "note":
            places = ((line, column.index) for line, _ in records)
            values = [long.get(at, cell) for at, cell in zip(places, values, strict=True)]
        wrong = {
            place: said for place, cell in enumerate(values) if (said := faults.sentence(cell))
        }
        answer = column_cleaning.cleaned(
            [None if place in wrong else cell for place, cell in enumerate(values)]
            if wrong
            else values,
            column_cleaning.Source(
                column,
                [line for line, _ in records],
                is_text=kind in _TEXTS,
                order=orders.get(column.heading),
                masks=_masks(source, records, column.index),
            ),
        )
        cleaned[column.heading] = [
            Cleaned(None, Problem("error", wrong[place])) if place in wrong else one
            for place, one in enumerate(answer.cells)
        ]
        doubts += answer.doubts
    style = style_of_names(used, cleaned)
    rows: list[SourceRow] = []
    made = 0
    for line, cells in found.rows:
        if len(rows) % _PROGRESS_EVERY == 0:
            progress(len(rows), len(found.rows), "Reading the rows")
        if line in skipped:
            raw = _raw(found.headings, cells)
            rows.append(SourceRow(line, {}, raw, skipped_reason=skipped[line]))
        else:
            rows.append(_record(line, cells, made, found.headings, used, cleaned, style))
            made += 1
    return _with_long(rows, found.headings, long), tuple(doubts)


def _with_long(
    rows: Sequence[SourceRow], names: Sequence[str], long: Long
) -> tuple[SourceRow, ...]:
    """The rows with their long texts as they were written."""
    whole: dict[int, dict[str, Cell]] = {}
    for (line, column), text in long.items():
        if column < len(names):
            whole.setdefault(line, {})[names[column]] = text
    return tuple(
        replace(row, raw={**row.raw, **whole[row.row]}) if row.row in whole else row for row in rows
    )


def _masks(source: Sheet, records: Sequence[table.Row], index: int) -> dict[int, int]:
    if not source.masks:
        return {}
    return {
        position: source.masks[line, index]
        for position, (line, _) in enumerate(records)
        if (line, index) in source.masks
    }


def _raw(names: Sequence[str], cells: Sequence[Cell]) -> dict[str, Cell]:
    return {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}


def _record(
    line: int,
    cells: Sequence[Cell],
    position: int,
    names: Sequence[str],
    used: Sequence[Column],
    cleaned: Mapping[str, Sequence[Cleaned[Value]]],
    style: NameStyle,
) -> SourceRow:
    values: dict[str, Value] = {}
    parts: dict[str, str] = {}
    issues: list[Issue] = []
    for column in used:
        one = cleaned[column.heading][position]
        if one.problem:
            issues.append(Issue(column.heading, one.problem.severity, one.problem.message))
        if one.value is None or column.field is None:
            continue
        if column.field in PARTS:
            parts[column.field] = str(one.value)
        else:
            values[column.field] = one.value
    named, more = name_values(parts, used, style)
    rank = named.pop("title", None)
    if rank and "title" not in values:
        named["title"] = rank
    return SourceRow(line, {**named, **values}, _raw(names, cells), (*more, *issues))
