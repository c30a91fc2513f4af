"""Cells that show an error instead of their value."""

from __future__ import annotations

import re

from cit_desktop.imports.types import Cell

UNCALCULATED = "(formula without a result)"

_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|"
    r"BUSY!|GETTING_DATA)|Err:\d{3}"
)
_TOO_NARROW = re.compile(r"#{3,}")


def sentence(cell: Cell) -> str | None:
    """What is wrong with a cell that shows an error, and what to do; None for any other cell."""
    if not isinstance(cell, str) or cell[:1] not in ("#", "E", "("):
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
