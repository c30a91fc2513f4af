"""A list as a workbook to be edited and brought back: drop-downs, typed cells, what went out.

Each row carries its record's id in a hidden column, and a sheet that Excel does not offer to show
holds the values as they went out, so that the way back knows what was edited.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cit_desktop.documents.edits import (
    HIDDEN_SHEET,
    KEY_LABEL,
    ColumnKind,
    EditColumn,
    EditDocument,
    base_text,
    cell_value,
    fingerprint,
)
from cit_desktop.exports import xlsx_style as style
from cit_desktop.exports.xlsx_parts import Rows, repack
from cit_desktop.progress import Progress, silent

LISTS: Final = "Lists"
_HEADING: Final = 3
_MEASURED: Final = 2_000
_WIDEST: Final = 46
_ROOM: Final = 500  # blank rows below that have the drop-downs too
_FORMATS: Final[dict[ColumnKind, str]] = {
    "text": "@",
    "note": "@",
    "int": "0",
    "date": "mm/dd/yyyy",
    "choice": "@",
    "mark": "@",
}
_FROZEN: Final = {"people": "D", "roster": "E", "attendance": "C", "agencies": "C"}
_HOW: Final = (
    "Change what you like, save, and import this file again. Only what you changed is written. "
)
_ADDS: Final = "New rows go below the last one. Rows removed here stay in the records."
_NO_ADDS: Final = "Rows removed here stay in the records; people are added on the roster."


def workbook(document: EditDocument, progress: Progress = silent) -> bytes:
    """The workbook of a list; equal documents give equal bytes.

    Raises:
        Cancelled: Progress asked to stop.
    """
    total = len(document.rows)
    progress(0, total, "Writing the workbook")
    book = Workbook()
    sheet = book.active
    sheet.title = document.title[:31]
    streams = {"xl/worksheets/sheet1.xml": _Sheet(sheet, document).fill()}
    _lists(book, document)
    base = _hidden(book, document)
    streams[f"xl/worksheets/sheet{len(book.worksheets)}.xml"] = base
    _validate(sheet, document)
    book.properties.title = style.storable(document.title)
    book.properties.creator = "CIT Desktop"
    buffer = BytesIO()
    book.save(buffer)
    progress(total, total, "Writing the workbook")
    return repack(buffer.getvalue(), streams)


class _Sheet:
    """The sheet that people see."""

    def __init__(self, sheet: Any, document: EditDocument) -> None:
        self._sheet, self._document = sheet, document

    def fill(self) -> Rows:
        """Lay it out; the rows themselves are streamed in."""
        document, sheet = self._document, self._sheet
        style.write(sheet.cell(1, 2), document.title, 16, style.ACCENT, bold=True)
        sheet.row_dimensions[1].height = 26
        how = _HOW + (_ADDS if document.adds else _NO_ADDS)
        style.write(sheet.cell(2, 2), " ".join((how, *document.notes)), 10, style.SOFT)
        styles = [self._key_column()]
        for index, column in enumerate(document.columns, 2):
            style.heading(sheet.cell(_HEADING, index), column.label, _aligned(column, wrap=True))
            styles.append(self._column(index, column))
        sheet.row_dimensions[_HEADING].height = 30
        self._setup()
        rows = [[row.key, *self._cells(row.values)] for row in document.rows]
        return Rows(_HEADING + 1, rows, styles, _HEADING)

    def _cells(self, values: tuple[str, ...]) -> list[Any]:
        columns = self._document.columns
        return [
            cell_value(column, style.storable(text))
            for column, text in zip(columns, values, strict=True)
        ]

    def _key_column(self) -> int:
        cell = self._sheet.cell(_HEADING, 1)
        style.heading(cell, KEY_LABEL, Alignment(vertical="center"))
        column = self._sheet.column_dimensions["A"]
        column.hidden, column.width = True, 4.0
        return self._style(1, "@", Alignment(vertical="center"), style.SOFT)

    def _column(self, index: int, column: EditColumn) -> int:
        """Give a whole column its style, so that rows typed below have it too."""
        letter = get_column_letter(index)
        texts = (row.values[index - 2] for row in self._document.rows[:_MEASURED])
        longest = min(max(map(len, texts), default=0) + 3, _WIDEST)
        wide = column.width if column.kind == "note" else max(column.width, longest)
        self._sheet.column_dimensions[letter].width = float(wide)
        color = style.INK if column.editable else style.SOFT
        return self._style(index, _FORMATS[column.kind], _aligned(column), color)

    def _style(self, index: int, shown: str, aligned: Alignment, color: str) -> int:
        column = self._sheet.column_dimensions[get_column_letter(index)]
        style.body(column, shown, aligned, color)
        column.protection = Protection(locked=False)
        return int(column.style_id)

    def _setup(self) -> None:
        sheet, document = self._sheet, self._document
        last = get_column_letter(len(document.columns) + 1)
        sheet.freeze_panes = f"{_FROZEN[document.kind]}{_HEADING + 1}"
        sheet.auto_filter.ref = f"A{_HEADING}:{last}{_HEADING + max(len(document.rows), 1)}"
        sheet.print_title_rows = f"{_HEADING}:{_HEADING}"
        style.page(sheet)
        protection = sheet.protection
        protection.sheet = True
        for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "sort"):
            setattr(protection, allowed, False)  # False: not forbidden
        protection.autoFilter = False


def _lists(book: Any, document: EditDocument) -> None:
    """The choices of the drop-downs, on a sheet that is not shown."""
    offered = [column for column in document.columns if column.choices]
    if not offered:
        return
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "veryHidden"
    for index, column in enumerate(offered, 1):
        for row, text in enumerate((column.key, *column.choices), 1):
            style.put(sheet.cell(row, index), style.storable(text))


def _hidden(book: Any, document: EditDocument) -> Rows:
    """What went out, to compare with what comes back."""
    rows = [(row.key, base_text(row)) for row in document.rows]
    head = document.head()
    sealed = {**head, "sha256": fingerprint(head, rows)}
    sheet = book.create_sheet(HIDDEN_SHEET)
    sheet.sheet_state = "veryHidden"
    style.put(sheet.cell(1, 1), json.dumps(sealed, ensure_ascii=False))
    plain = int(sheet.cell(1, 1).style_id)
    return Rows(2, [list(row) for row in rows], [plain, plain], 1)


def _validate(sheet: Any, document: EditDocument) -> None:
    first, last = _HEADING + 1, _HEADING + len(document.rows) + _ROOM
    place = 0
    for index, column in enumerate(document.columns, 2):
        if column.choices:
            place += 1
        rule = _rule(column, place)
        if rule is not None:
            letter = get_column_letter(index)
            rule.add(f"{letter}{first}:{letter}{last}")
            sheet.add_data_validation(rule)


def _rule(column: EditColumn, place: int) -> Any:
    """The drop-down or the limit of a column; None where anything can be typed."""
    if not column.editable:
        rule = DataValidation(type="custom", formula1="FALSE", allow_blank=False)
        return _saying(rule, column, "This column is only shown. Nothing in it is changed.")
    if column.choices:
        letter = get_column_letter(place)
        cells = f"'{LISTS}'!${letter}$2:${letter}${len(column.choices) + 1}"
        rule = DataValidation(type="list", formula1=cells, allow_blank=True)
        rule.showErrorMessage = column.strict
        return _saying(rule, column, "Choose one from the list.")
    if column.kind == "date":
        rule = DataValidation(
            type="date", operator="greaterThan", formula1="DATE(1950,1,1)", allow_blank=True
        )
        return _saying(rule, column, "Type a date such as 10/12/2026.")
    if column.kind == "int":
        rule = DataValidation(
            type="whole", operator="between", formula1="0", formula2="100000", allow_blank=True
        )
        return _saying(rule, column, "Type a whole number.")
    if column.hint:
        return _saying(DataValidation(allow_blank=True), column, "")
    return None


def _saying(rule: Any, column: EditColumn, error: str) -> Any:
    rule.errorTitle, rule.error = column.label[:32], error or None
    if error and column.strict:
        rule.showErrorMessage = True
    if column.hint:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = column.label[:32], column.hint[:255]
    return rule


def _aligned(column: EditColumn, *, wrap: bool = False) -> Alignment:
    side = {"int": "right", "date": "center", "mark": "center"}.get(column.kind, "left")
    indent = 0 if side == "center" else 1
    wrapped = wrap or column.kind == "note"
    return Alignment(horizontal=side, vertical="center", indent=indent, wrap_text=wrapped)
