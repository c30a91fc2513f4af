"""Tables as Excel workbooks: text stays text, days are days, hours are numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from cit_desktop.documents.tables import Cell, CellKind, TableColumn, TableDocument
from cit_desktop.errors import Refused
from cit_desktop.exports import xlsx_style as style
from cit_desktop.exports.xlsx_parts import Rows, repack
from cit_desktop.exports.xlsx_style import storable as _storable
from cit_desktop.progress import Progress, silent

STREAMED_FROM = 2_000
_WIDEST = 46
_FORMATS: dict[CellKind, str] = {
    "text": "@",
    "int": "0",
    "hours": "0.0#",
    "yesno": "@",
}
_SIDES: dict[CellKind, str] = {"int": "right", "hours": "right", "date": "center"}
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel's calendar differs from everybody's


def workbook(*documents: TableDocument, progress: Progress = silent) -> bytes:
    """An Excel workbook with a sheet for each document; equal documents give equal bytes.

    Raises:
        Refused: A text is longer than a cell can hold.
        Cancelled: Progress asked to stop.
    """
    book, streams, taken = Workbook(), dict[str, Rows](), set[str]()
    book.remove(book.active)
    total = sum(len(document.rows) for document in documents)
    for number, document in enumerate(documents, 1):
        sheet = book.create_sheet(_sheet_name(document.sheet_name or document.title, taken))
        rows = _Sheet(book, sheet, document).fill(lambda done: progress(done, total))
        if rows is not None:
            streams[f"xl/worksheets/sheet{number}.xml"] = rows
    book.properties.title = _storable(documents[0].title)
    book.properties.creator = "CIT Desktop"
    buffer = BytesIO()
    book.save(buffer)
    content = repack(buffer.getvalue(), streams)
    progress(total, total)
    return content


class _Sheet:
    """Lays one document out on one sheet."""

    def __init__(self, book: Any, sheet: Any, document: TableDocument) -> None:
        self._book, self._sheet, self._document = book, sheet, document
        self._cleaned = 0
        self._widths = [_width(document, index) for index in range(len(document.columns))]
        above = 1 + len(document.subtitle) + len(document.header)
        self._heading = above + 2
        self._last = self._heading + len(document.rows)

    def fill(self, told: Callable[[int], None]) -> Rows | None:
        """Write the document; returns the rows where they are to be streamed in instead."""
        self._block()
        self._headings()
        self._print_setup()
        styles = [self._probe(column) for column in self._document.columns]
        if len(self._document.rows) > STREAMED_FROM:
            cleaned = [self._values(row) for row in self._told(told)]
            self._footer()
            ids = [probe.style_id for probe in styles]
            return Rows(self._heading + 1, cleaned, ids, self._sheet.max_row)
        for number, row in enumerate(self._told(told), self._heading + 1):
            for index, value in enumerate(self._values(row), 1):
                if value is not None:
                    self._put(number, index, value)
                self._sheet.cell(number, index)._style = styles[index - 1]._style
        self._footer()
        return None

    def _told(self, told: Callable[[int], None]) -> Iterator[tuple[Cell, ...]]:
        for number, row in enumerate(self._document.rows):
            if number % 500 == 0:
                told(number)
            yield row

    def _values(self, row: tuple[Cell, ...]) -> list[Any]:
        columns = self._document.columns
        return [self._value(v, c.kind) for v, c in zip(row, columns, strict=True)]

    def _value(self, value: Cell, kind: CellKind) -> str | int | float | date | None:
        if value is None:
            return None
        if kind == "yesno":
            return "Yes" if value else "No"
        if kind == "hours" and isinstance(value, int):
            return round(value / 60, 4)
        if kind == "int" and isinstance(value, int):
            return int(value)
        if kind == "date" and isinstance(value, date) and value >= _FIRST_DAY:
            return value
        text = _storable(str(value))
        self._cleaned += text != str(value).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > style.LONGEST:
            raise Refused(
                f"A text of {len(text):,} characters is too long for a cell of a workbook.",
                hint=f"Shorten the text that starts with “{text[:40]}” to {style.LONGEST:,}.",
            )
        return text or None

    def _put(self, row: int, column: int, value: Any) -> Any:
        return style.put(self._sheet.cell(row, column), value)

    def _text(self, row: int, column: int, text: str, size: float, color: str, bold: bool) -> None:
        style.write(self._sheet.cell(row, column), text, size, color, bold=bold)

    def _block(self) -> None:
        document, row = self._document, 1
        self._text(1, 1, document.title, 16, style.ACCENT, bold=True)
        self._sheet.row_dimensions[1].height = 26
        for line in document.subtitle:
            row += 1
            self._text(row, 1, line, 11, style.SOFT, bold=False)
        beside = self._beside()
        for label, value in document.header:
            row += 1
            self._text(row, 1, label, 10, style.SOFT, bold=True)
            self._text(row, beside, value, 10, style.INK, bold=False)

    def _beside(self) -> int:
        """The column in which values start so that the labels before them have room."""
        longest = max((len(label) for label, _ in self._document.header), default=0)
        room, index = 0.0, 0
        while room < longest + 2 and index < len(self._widths):
            room += self._widths[index]
            index += 1
        return index + 1

    def _headings(self) -> None:
        for index, column in enumerate(self._document.columns, 1):
            cell = self._sheet.cell(self._heading, index)
            style.heading(cell, column.label, _aligned(column.kind, wrap=True))
            self._sheet.column_dimensions[get_column_letter(index)].width = self._widths[index - 1]
        self._sheet.row_dimensions[self._heading].height = 24

    def _probe(self, column: TableColumn) -> Any:
        """A cell outside the sheet with the style of a column."""
        cell = WriteOnlyCell(self._sheet)
        is_day = column.kind == "date"
        shown = self._document.date_format if is_day else _FORMATS[column.kind]
        style.body(cell, shown, _aligned(column.kind))
        return cell

    def _footer(self) -> None:
        lines = list(self._document.footer)
        if self._cleaned:
            cells = "1 cell" if self._cleaned == 1 else f"{self._cleaned} cells"
            lines.append(f"Control characters were removed from {cells}.")
        for row, line in enumerate(lines, self._last + 2):
            self._text(row, 1, line, 9, style.SOFT, bold=False)

    def _print_setup(self) -> None:
        sheet, heading = self._sheet, self._heading
        right = get_column_letter(max(len(self._document.columns), 1))
        sheet.freeze_panes = f"A{heading + 1}"
        sheet.auto_filter.ref = f"A{heading}:{right}{max(self._last, heading)}"
        sheet.print_title_rows = f"{heading}:{heading}"
        style.page(sheet)
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.75
        sheet.page_margins.footer = 0.4
        sheet.oddFooter.left.text = _storable(self._document.title)[:100].replace("&", "&&")
        sheet.oddFooter.right.text = "Page &P of &N"


def _width(document: TableDocument, index: int) -> float:
    """Wide enough for what stands in the column and for its heading beside a filter button."""
    column = document.columns[index]
    heading = max((len(word) for word in column.label.split()), default=0) + 4
    texts = (row[index] for row in document.rows[:STREAMED_FROM])
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0) + 2
    return float(max(column.width, heading, min(longest, _WIDEST)))


def _aligned(kind: CellKind, *, wrap: bool = False) -> Alignment:
    side = _SIDES.get(kind, "left")
    indent = 0 if side == "center" else 1
    return Alignment(horizontal=side, vertical="center", indent=indent, wrap_text=wrap)


def _sheet_name(text: str, taken: set[str]) -> str:
    """A name that Excel accepts for a sheet, unlike those already taken."""
    cleaned = " ".join(re.sub(r"[\[\]:*?/\\]", " ", _storable(text)).split())
    name = _cut(cleaned, 31).strip(" '") or "Sheet"
    number, found = 1, name
    while found.casefold() in taken or found.casefold() == "history":
        number += 1
        found = f"{_cut(name, 31 - len(str(number)) - 1).rstrip()} {number}"
    taken.add(found.casefold())
    return found


def _cut(text: str, units: int) -> str:
    """The beginning of a text within so many of the units in which Excel counts."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")
