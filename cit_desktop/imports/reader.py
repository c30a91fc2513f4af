"""The child process that parses one workbook under limits and writes its cells as JSON.

It runs apart from the window because a parser may abort the whole process on a hostile file.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cit_desktop.imports.types import Cell

MEMORY = 1 << 30
SECONDS = 30
ROWS = 20_000
MARGIN = 200  # titles above a table and notes below it
COLUMNS = 64


def limit_memory() -> None:
    """Let the operating system stop this process at 1 GB and 30 s of work, where it can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the limit
        return
    for which, amount in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        try:
            resource.setrlimit(which, (amount, amount))
        except (ValueError, OSError):
            continue
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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


def read(path: Path, kind: str) -> dict[str, Any]:
    """The sheets of a workbook, ready for JSON; sheets that are too large are told in notes."""
    import python_calamine as calamine

    from cit_desktop.imports import xlsx_details

    with calamine.CalamineWorkbook.from_filelike(path.open("rb")) as book:
        details = xlsx_details.read(path) if kind in {"xlsx", "xlsm"} else {}
        sheets, notes = [], []
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            problem = _too_large(meta.name, sheet.end)
            if problem:
                notes.append(problem)
                continue
            more = details.get(meta.name, xlsx_details.NOTHING)
            sheets.append(
                {
                    "name": meta.name,
                    "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
                    "rows": _rows(sheet),
                    "hidden_rows": more.hidden_rows,
                    "masks": [[*place, digits] for place, digits in more.masks.items()],
                }
            )
    return {"sheets": sheets, "notes": notes}


def _too_large(name: str, end: tuple[int, int] | None) -> str | None:
    if end is None:
        return None
    rows, columns = end[0] + 1, end[1] + 1
    if rows <= ROWS + MARGIN and columns <= COLUMNS:
        return None
    return (
        f"The sheet “{name}” reaches to row {rows:,}, column {columns:,}; at most {ROWS:,} rows "
        f"and {COLUMNS} columns can be imported, so it was not read."
    )


def _rows(sheet: Any) -> list[list[Cell]]:
    rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return rows


def main(arguments: list[str]) -> int:
    """Read the file named first, of the kind named second; the answer goes to standard output."""
    limit_memory()
    import python_calamine as calamine

    try:
        answer = read(Path(arguments[0]), arguments[1])
    except calamine.PasswordError:
        answer = {"problem": "password"}
    except (calamine.CalamineError, OSError, ValueError, KeyError, MemoryError) as error:
        answer = {"problem": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
