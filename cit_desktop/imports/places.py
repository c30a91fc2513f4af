"""Where a row stands when several sheets are read at once: one number for sheet and line."""

from __future__ import annotations

SHEET_STEP = 10_000_000  # more lines than a sheet can have


def key(sheet: int, line: int) -> int:
    """The number of a row: the line itself on the first sheet that is read."""
    return sheet * SHEET_STEP + line


def sheet_of(row: int) -> int:
    """The position of the sheet among those that are read."""
    return row // SHEET_STEP


def line_of(row: int) -> int:
    """The 1-based line in its sheet."""
    return row % SHEET_STEP


def words(row: int) -> str:
    """The row as a sentence names it."""
    sheet, line = divmod(row, SHEET_STEP)
    return f"row {line} of sheet {sheet + 1}" if sheet else f"row {line}"
