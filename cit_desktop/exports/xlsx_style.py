"""How every workbook of the program looks: one font, one accent, quiet lines."""

from __future__ import annotations

import re
from typing import Any, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from cit_desktop.exports.xlsx_parts import escaped

ACCENT: Final = "FF0B6E6E"
INK: Final = "FF1B2127"
SOFT: Final = "FF5B6672"
LINE: Final = "FFE1E5E9"
FONT: Final = "Calibri"
LONGEST: Final = 32_767  # characters of a cell
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """The text without what no workbook can hold."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def put(cell: Any, value: Any) -> Any:
    """Give a cell a value; a text is never a formula and never an error value."""
    cell.value = escaped(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def write(cell: Any, text: str, size: float, color: str, *, bold: bool = False) -> None:
    """A line of text outside the table."""
    put(cell, storable(text))
    cell.font = Font(name=FONT, size=size, color=color, bold=bold)
    cell.alignment = Alignment(vertical="center")


def heading(cell: Any, label: str, alignment: Alignment) -> None:
    """The heading of a column."""
    put(cell, storable(label))
    cell.font = Font(name=FONT, size=10, bold=True, color="FFFFFFFF")
    cell.fill = PatternFill("solid", fgColor=ACCENT)
    cell.border = Border(right=Side("thin", color="FFFFFFFF"))
    cell.alignment = alignment


def body(cell: Any, number_format: str, alignment: Alignment, color: str = INK) -> None:
    """A cell of the table."""
    cell.font = Font(name=FONT, size=10, color=color)
    cell.border = Border(bottom=Side("thin", color=LINE))
    cell.number_format = number_format
    cell.alignment = alignment


def page(sheet: Any) -> None:
    """Print on pages as wide as the sheet; on the screen the table's own lines are enough."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LETTER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False
