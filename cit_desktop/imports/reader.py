"""The child process that parses one workbook under limits and writes its cells as lines of JSON.

It runs apart from the window because a parser may abort the whole process on a hostile file. Each
row is a line of its own, so that the window's process takes them in without a long pause.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cit_desktop.errors import CitError
from cit_desktop.imports import limits
from cit_desktop.imports.limits import CELLS, COLUMNS, LONGEST_CELL, MARGIN, ROWS, TEXT
from cit_desktop.imports.types import Cell

Line = dict[str, Any] | list[Any]


def plain(value: Any) -> Any:
    """A cell as JSON can hold it: whole numbers as such, days and times tagged."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return {"$": "datetime", "v": value.isoformat()}
    if isinstance(value, date):
        return {"$": "date", "v": value.isoformat()}
    if isinstance(value, time):
        return {"$": "time", "v": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$": "timedelta", "v": value.total_seconds()}
    return value


def restore(value: dict[str, Any]) -> Any:
    """The object hook that undoes :func:`plain`."""
    kind = value.get("$")
    if kind is None:
        return value
    if kind == "timedelta":
        return timedelta(seconds=value["v"])
    types: dict[str, Any] = {"datetime": datetime, "date": date, "time": time}
    return types[kind].fromisoformat(value["v"])


def lines(path: Path, kind: str) -> Iterator[Line]:
    """The lines of the answer: a sheet, its rows, the next sheet; at last the notes."""
    if kind == "html":
        from cit_desktop.imports import web_table

        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        yield from web_table.lines(content, path.name)
    else:
        yield from _workbook(path, kind)


def _workbook(path: Path, kind: str) -> Iterator[Line]:
    import python_calamine as calamine

    from cit_desktop.imports import xlsx_details

    notes = []
    with calamine.CalamineWorkbook.from_filelike(path.open("rb")) as book:
        details = xlsx_details.read(path) if kind in {"xlsx", "xlsm"} else {}
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            more = details.get(meta.name, xlsx_details.NOTHING)
            rows = None if _is_huge(sheet.end) else _rows(sheet, more)
            problem = _too_large(meta.name, rows, sheet.end)
            if problem or rows is None:
                notes.append(problem)
                continue
            yield {
                "name": meta.name,
                "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
                "hidden_rows": [line for line in more.hidden_rows if line <= len(rows)],
                "hidden_columns": more.hidden_columns[: max(map(len, rows), default=0)],
                "masks": [[*place, digits] for place, digits in more.masks.items()],
                "merged": _merged(sheet),
            }
            yield from rows
    yield {"notes": notes}


def _is_huge(end: tuple[int, int] | None) -> bool:
    return end is not None and (end[0] + 1) * (end[1] + 1) > CELLS


def _too_large(name: str, rows: list[list[Cell]] | None, end: Any) -> str | None:
    if rows is None:
        length, width = end[0] + 1, end[1] + 1
    else:
        length, width = len(rows), max(map(_width, rows), default=0)
    if length <= ROWS + MARGIN and width <= COLUMNS:
        return None
    return (
        f"The sheet “{name}” reaches to row {length:,}, column {width:,}; at most {ROWS:,} rows "
        f"and {COLUMNS} columns can be imported, so it was not read."
    )


def _width(cells: list[Cell]) -> int:
    return next((n for n in range(len(cells), 0, -1) if cells[n - 1] is not None), 0)


def _rows(sheet: Any, more: Any) -> list[list[Cell]]:
    """The rows up to the last that is not blank, no longer than their last value."""
    rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (line, column), shown in more.faults.items():
        if line <= ROWS + MARGIN and column < COLUMNS:
            rows += [[] for _ in range(line - len(rows))]
            cells = rows[line - 1]
            cells += [None] * (column + 1 - len(cells))
            cells[column] = shown if cells[column] is None else cells[column]
    for cells in rows:
        del cells[_width(cells) :]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _merged(sheet: Any) -> list[list[int]]:
    """First line, last line and column of what is merged over several rows of one column."""
    found = sheet.merged_cell_ranges or ()
    return [
        [top + 1, bottom + 1, left]
        for (top, left), (bottom, right) in found
        if left == right and bottom > top and bottom < ROWS + MARGIN
    ]


def main(arguments: list[str]) -> int:
    """Read the file named first, of the kind named second; the answer goes to standard output.

    A dash in place of the file is standard input.
    """
    limits.limit_memory()
    import python_calamine as calamine

    try:
        _write(lines(Path(arguments[0]), arguments[1]))
    except calamine.PasswordError:
        _write([{"problem": "password"}])
    except (calamine.CalamineError, CitError, OSError, ValueError, KeyError, MemoryError) as error:
        _write([{"problem": type(error).__name__}])
    return 0


def _write(answer: Iterable[Line]) -> None:
    room = TEXT
    sheet, row = "", 0
    for line in answer:
        text = json.dumps(line).encode("ascii") + b"\n"
        room -= len(text)
        sheet, row = (sheet, row + 1) if isinstance(line, list) else (line.get("name", ""), 0)
        problem = "long" if room < 0 else _long_cell(line, sheet, row)
        if problem:
            sys.stdout.buffer.write(json.dumps({"problem": problem}).encode("ascii"))
            return
        sys.stdout.buffer.write(text)


def _long_cell(line: Line, sheet: str, row: int) -> str | None:
    """The sentence about a cell that holds more than a cell can."""
    for cell in line if isinstance(line, list) else ():
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            return f"row {row:,} of the sheet “{sheet}”: a cell has {len(cell):,} characters"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
