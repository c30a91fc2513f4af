"""Letters as a table for the mail merge of a word processor: a heading, then a row a person."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from cit_desktop.documents.letters import Letter
from cit_desktop.exports import words
from cit_desktop.exports import xlsx_style as style
from cit_desktop.exports.xlsx_parts import repack
from cit_desktop.progress import Progress, silent

SHEET: Final = "Letters"
ADDRESS_LINES: Final = 4
COLUMNS: Final = (
    *("Name", "First name", "Agency"),
    *(f"Address {number}" for number in range(1, ADDRESS_LINES + 1)),
    *("E-mail", "Course", "Completed", "Hours", "Due", "Chapter", "Contact"),
    *("Date", "Subject", "Greeting"),
)
_WIDEST: Final = 46
_STEP: Final = 200


def workbook(letters: Sequence[Letter], progress: Progress = silent) -> bytes:
    """A workbook of which every cell is text; equal letters give equal bytes.

    Raises:
        Cancelled: Progress asked to stop.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _row(sheet, 1, COLUMNS, Font(name=style.FONT, size=11, bold=True))
    plain = Font(name=style.FONT, size=11)
    rows = [_values(letter) for letter in letters]
    for number, values in enumerate(rows, 2):
        if number % _STEP == 0:
            progress(number, len(rows), "Writing the workbook")
        _row(sheet, number, values, plain)
    for index, label in enumerate(COLUMNS):
        widest = max([len(label), *(len(values[index]) for values in rows)])
        width = float(min(widest + 2, _WIDEST))
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    sheet.freeze_panes = "A2"
    style.page(sheet)
    sheet.sheet_view.showGridLines = True
    book.properties.title = "Renewal letters"
    book.properties.creator = "CIT Desktop"
    buffer = BytesIO()
    book.save(buffer)
    return repack(buffer.getvalue(), {})


def _values(letter: Letter) -> tuple[str, ...]:
    agency, *lines = letter.address or ("",)
    if len(lines) > ADDRESS_LINES:  # what is more shares the last line
        lines = [*lines[: ADDRESS_LINES - 1], ", ".join(lines[ADDRESS_LINES - 1 :])]
    address = [*lines, *[""] * (ADDRESS_LINES - len(lines))]
    said = letter.values
    return (
        *(letter.name, said["first"], agency, *address, letter.email),
        *(said["course"], said["completed"], said["hours"], said["due"]),
        *(said["chapter"], said["contact"]),
        words.day(letter.made),
        *(letter.subject, letter.greeting),
    )


def _row(sheet: Any, number: int, values: Sequence[str], font: Font) -> None:
    for index, value in enumerate(values, 1):
        cell = sheet.cell(number, index)
        text = style.storable(value).replace("\n", " ")[: style.LONGEST]
        if text:
            style.put(cell, text)
        cell.number_format = "@"
        cell.font = font
        cell.alignment = Alignment(vertical="top")
