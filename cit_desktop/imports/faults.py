"""Cells that show an error instead of their value, or hold more than any value has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cit_desktop.imports.types import Cell, Sheet

UNCALCULATED = "(formula without a result)"

_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|"
    r"BUSY!|GETTING_DATA)|Err:\d{3}"
)
_LONG = 400  # characters; nothing but a note has as many
_KEPT = 60
_SHORTENED = re.compile(r".*… \[([\d,]+) characters\]", re.DOTALL)
_TOO_NARROW = re.compile(r"#{3,}")


def sentence(cell: Cell) -> str | None:
    """What is wrong with a cell that shows an error, and what to do; None for any other cell."""
    if not isinstance(cell, str):
        return None
    if cell.endswith(" characters]") and (long := _SHORTENED.fullmatch(cell)):
        return f"This text has {long[1]} characters. It was left out; shorten it."
    if cell[:1] not in ("#", "E", "("):
        return None
    if cell == UNCALCULATED:
        return (
            "This cell holds a formula whose result is not saved in the file. Open the file in "
            "Excel, save it and choose it again, or type the value in place of the formula."
        )
    if _ERROR.fullmatch(cell):
        return (
            f"This cell shows {cell}: its formula found no value. Type the value in place of the "
            "formula, or leave the cell blank."
        )
    if _TOO_NARROW.fullmatch(cell):
        return (
            f"This cell shows {cell[:8]}: its column was too narrow when it was copied. Widen the "
            "column and copy it again."
        )
    return None


def shortened(sheet: Sheet) -> tuple[Sheet, Mapping[tuple[int, int], str]]:
    """The sheet with its long texts cut, and these texts by (line, column index).

    What a list means is found by its short texts; patterns that look through long ones for days
    or names would take minutes for a file made to that end.
    """
    long = {
        (line, column): cell
        for line, cells in zip(sheet.lines, sheet.rows, strict=True)
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and len(cell) > _LONG
    }
    if not long:
        return sheet, long
    rows = [
        tuple(
            f"{cell[:_KEPT].rstrip()}… [{len(cell):,} characters]"
            if (line, column) in long and isinstance(cell, str)
            else cell
            for column, cell in enumerate(cells)
        )
        for line, cells in zip(sheet.lines, sheet.rows, strict=True)
    ]
    return replace(sheet, rows=tuple(rows)), long
