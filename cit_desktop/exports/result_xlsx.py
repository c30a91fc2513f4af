"""The result of an import as a workbook: the list as it was, colored and commented, and a summary.

Corrected and saved, it can be imported again: a hidden sheet says who each row became.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from cit_desktop.documents.edits import FORMAT, HIDDEN_SHEET, fingerprint
from cit_desktop.documents.results import (
    RESULT_KIND,
    SUMMARY_SHEET,
    TONES,
    Raw,
    Remark,
    ResultDocument,
    ResultRow,
    ResultSheet,
    Tone,
)
from cit_desktop.exports import xlsx_style as style
from cit_desktop.exports.xlsx_parts import repack
from cit_desktop.progress import Progress, silent

_FILLS: Final[dict[Tone, str]] = {
    "error": "FFF9D0CC",
    "warning": "FFFDE8B5",
    "note": "FFDCEBFA",
}
_MEANINGS: Final[dict[Tone, str]] = {
    "error": "could not be taken as it is: mend it",
    "warning": "was taken; look whether it is right",
    "note": "was changed in a harmless way",
}
_AUTHOR: Final = "CIT Desktop"
_WIDEST: Final = 46
_LISTED: Final = 2_000
_STEP: Final = 500
_HOW: Final = (
    "Correct the colored cells on the list, save, and import this workbook again. Rows that are "
    "as they were change nothing; rest the pointer on a cell to read what is wrong with it."
)


def workbook(document: ResultDocument, progress: Progress = silent) -> bytes:
    """The workbook of a result; equal documents give equal bytes.

    Raises:
        Cancelled: Progress asked to stop.
    """
    book = Workbook()
    summary = book.active
    summary.title = SUMMARY_SHEET
    total = sum(len(sheet.rows) for sheet in document.sheets)
    taken = {SUMMARY_SHEET.casefold(), HIDDEN_SHEET.casefold()}
    done, names = 0, []
    for sheet in document.sheets:
        name = _free(sheet.name, taken)
        names.append(name)
        done = _fill(book.create_sheet(name), sheet, lambda now, so_far=done: progress(
            so_far + now, total, "Writing the workbook"
        ))  # fmt: skip
    _summary(summary, document, names)
    _hidden(book, document)
    book.properties.title = style.storable(f"Import of {document.source}")
    book.properties.creator = _AUTHOR
    buffer = BytesIO()
    book.save(buffer)
    progress(total, total, "Writing the workbook")
    return repack(buffer.getvalue(), {})


def _fill(sheet: Any, result: ResultSheet, told: Any) -> int:
    above = result.header_row - 1 if result.header_row else 0
    for line, title in enumerate(result.titles[:above], 1):
        style.write(sheet.cell(line, 1), title, 12, style.ACCENT, bold=True)
    for index, label in result.headings.items() if result.header_row else ():
        cell = sheet.cell(result.header_row, index + 1)
        style.heading(cell, label, Alignment(vertical="center", wrap_text=True))
    style.page(sheet)
    if result.header_row:
        sheet.print_title_rows = f"{result.header_row}:{result.header_row}"
        sheet.freeze_panes = f"A{result.header_row + 1}"
    for number, row in enumerate(result.rows):
        if number % _STEP == 0:
            told(number)
        _row(sheet, row, result.texts)
    for index, width in _widths(result).items():
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    return len(result.rows)


def _row(sheet: Any, row: ResultRow, texts: frozenset[int]) -> None:
    said: defaultdict[int, list[Remark]] = defaultdict(list)
    for remark in row.remarks:
        said[remark.column].append(remark)
    for index in sorted({*row.cells, *said}):
        cell = sheet.cell(row.line, index + 1)
        _value(cell, row.cells.get(index), as_text=index in texts)
        color = style.SOFT if row.quiet else style.INK
        cell.font = Font(name=style.FONT, size=10, color=color)
        if index in said:
            _mark(cell, said[index])


def _value(cell: Any, value: Raw, *, as_text: bool) -> None:
    if isinstance(value, str):
        value = style.storable(value)[: style.LONGEST]
    style.put(cell, value or None if isinstance(value, str) else value)
    if isinstance(value, str) or (as_text and (value is None or isinstance(value, int | float))):
        cell.number_format = "@"
    elif isinstance(value, datetime):
        whole = value.time() == time()
        cell.number_format = "mm/dd/yyyy" if whole else "mm/dd/yyyy hh:mm"
    elif isinstance(value, date):
        cell.number_format = "mm/dd/yyyy"
    elif isinstance(value, timedelta):
        cell.number_format = "[h]:mm"
    elif isinstance(value, time):
        cell.number_format = "hh:mm"


def _mark(cell: Any, remarks: list[Remark]) -> None:
    worst = min(remarks, key=lambda one: TONES.index(one.tone)).tone
    cell.fill = PatternFill("solid", fgColor=_FILLS[worst])
    text = style.storable("\n\n".join(dict.fromkeys(one.text for one in remarks)))
    lines = sum(1 + len(part) // 46 for part in text.split("\n"))
    comment = Comment(text, _AUTHOR)
    comment.width, comment.height = 330, min(40 + 18 * lines, 420)
    cell.comment = comment


def _widths(result: ResultSheet) -> dict[int, float]:
    found = {index: len(label) + 3.0 for index, label in result.headings.items()}
    for row in result.rows[:_LISTED]:
        for index, value in row.cells.items():
            if not row.quiet:
                found[index] = max(found.get(index, 8.0), len(str(value)) + 2.0)
    return {index: min(max(width, 8.0), _WIDEST) for index, width in found.items()}


def _summary(sheet: Any, document: ResultDocument, names: list[str]) -> None:
    """What was done, what the colors mean, and everything that is to be looked at."""
    style.page(sheet)
    for letter, width in (("A", 9.0), ("B", 24.0), ("C", 100.0)):
        sheet.column_dimensions[letter].width = width
    style.write(sheet.cell(1, 1), f"Import of {document.source}", 16, style.ACCENT, bold=True)
    sheet.row_dimensions[1].height = 26
    lines = [document.summary, _HOW, *document.notes]
    for line, text in enumerate(lines, 2):
        cell = sheet.cell(line, 1)
        style.write(cell, text, 11, style.INK if line == 2 else style.SOFT)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=3)
        sheet.row_dimensions[line].height = 16.0 * (1 + len(text) // 125)
    line = len(lines) + 3
    for tone in TONES:
        sheet.cell(line, 1).fill = PatternFill("solid", fgColor=_FILLS[tone])
        style.write(sheet.cell(line, 2), _MEANINGS[tone], 10, style.INK)
        line += 1
    _findings(sheet, document, names, line + 1)


def _findings(sheet: Any, document: ResultDocument, names: list[str], line: int) -> None:
    found = [
        (name, result, row, remark)
        for name, result in zip(names, document.sheets, strict=True)
        for row in result.rows
        for remark in row.remarks
    ]
    found.sort(key=lambda one: TONES.index(one[3].tone))
    if not found:
        style.write(sheet.cell(line, 1), "Nothing is to be mended.", 11, style.INK)
        return
    for index, label in enumerate(("Row", "Column", "What to look at"), 1):
        style.heading(sheet.cell(line, index), label, Alignment(vertical="center"))
    for name, result, row, remark in found[:_LISTED]:
        line += 1
        where = f"{get_column_letter(remark.column + 1)}{row.line}"
        cell = sheet.cell(line, 1)
        style.put(cell, row.line)
        quoted = name.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{where}")
        wrapped = Alignment(vertical="top", wrap_text=True)
        style.body(cell, "0", Alignment(horizontal="center", vertical="top"), style.ACCENT)
        cell.fill = PatternFill("solid", fgColor=_FILLS[remark.tone])
        label = result.headings.get(remark.column, "")
        for index, text in ((2, label), (3, remark.text)):
            style.body(style.put(sheet.cell(line, index), style.storable(text)), "@", wrapped)
        sheet.row_dimensions[line].height = 15.0 * (1 + len(remark.text) // 105)
    if len(found) > _LISTED:
        text = f"{len(found) - _LISTED:,} more are only on the list itself."
        style.write(sheet.cell(line + 1, 1), text, 10, style.SOFT)


def _hidden(book: Any, document: ResultDocument) -> None:
    """Who each row became, by which a corrected list is known again."""
    head: dict[str, object] = {
        "format": FORMAT,
        "kind": RESULT_KIND,
        "chapter": document.chapter,
    }
    rows = [
        (row.mark, json.dumps([row.line, row.person]))
        for result in document.sheets[:1]
        for row in result.rows
    ]
    sheet = book.create_sheet(HIDDEN_SHEET)
    sheet.sheet_state = "veryHidden"
    style.put(sheet.cell(1, 1), json.dumps({**head, "sha256": fingerprint(head, rows)}))
    for line, pair in enumerate(rows, 2):
        for index, text in enumerate(pair, 1):
            style.put(sheet.cell(line, index), text)


def _free(name: str, taken: set[str]) -> str:
    """The sheet's own name, cut and made unlike the others where that is needed."""
    cleaned = " ".join("".join(" " if char in "[]:*?/\\" else char for char in name).split())
    base = cleaned.strip("'")[:28] or "List"
    number, found = 1, cleaned.strip("'")[:31] or "List"
    while found.casefold() in taken or found.casefold() == "history":
        number += 1
        found = f"{base} {number}"
    taken.add(found.casefold())
    return found
