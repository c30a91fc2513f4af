"""Tables as PDF on landscape letter paper: rosters, lists, and sheets to sign in on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from cit_desktop.documents import TableDocument
from cit_desktop.exports.fonts import Face, face_for, printable
from cit_desktop.exports.pdf import ACCENT, INK, LETTER_LANDSCAPE, LINE, SOFT, new_canvas
from cit_desktop.exports.table_layout import PAD, Layout, Row, lay_out, paginate
from cit_desktop.exports.typeset import LEADING, Fitted, elide, fit, wrap
from cit_desktop.progress import Progress, silent

_ACROSS, _UP = LETTER_LANDSCAPE
_MARGIN = 36.0
_ROOM = _ACROSS - 2 * _MARGIN
_BOTTOM = 46.0
_RUNNING = 26.0  # height of the running title on all pages but the first
_PAIRS = 4  # labels and values side by side above the table
_ROW, _BOX = 19.0, 29.0
_RIGHT = ("int", "hours")
_SANS = (Face.SANS, Face.SERIF)


def draw_table(
    document: TableDocument, made: date, *, boxes: bool = False, progress: Progress = silent
) -> bytes:
    """A table as PDF; equal documents of one day give equal bytes.

    Args:
        made: The day that the file says it was made on.
        boxes: Draw tall rows with lines between the columns, to be filled in by hand.

    Raises:
        Refused: A text has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """
    buffer, total = BytesIO(), len(document.rows)
    layout = lay_out(document, _ROOM, _BOX if boxes else _ROW, lambda n: progress(n, total))
    canvas = new_canvas(buffer, document.title, "", " ".join(document.subtitle), made)
    top = _title(canvas, document)
    footer = _footer_lines(document)
    pages = paginate(
        layout, top - _BOTTOM, _UP - _MARGIN - _RUNNING - _BOTTOM, len(footer) * 11.0 + 6
    )
    for number, (start, end) in enumerate(pages, 1):
        if number > 1:
            top = _running(canvas, document)
        top = _headings(canvas, document, layout, top) if start < end or number == 1 else top
        bottom = _rows(canvas, document, layout, top, layout.rows[start:end], boxes)
        if number == len(pages):
            _footer(canvas, footer, bottom)
        _page_number(canvas, document, number, len(pages))
        canvas.showPage()
    canvas.save()
    progress(total, total)
    return buffer.getvalue()


def sign_in_pdf(document: TableDocument, made: date, *, progress: Progress = silent) -> bytes:
    """A table to be filled in by hand: tall rows with boxes; see ``draw_table``."""
    return draw_table(document, made, boxes=True, progress=progress)


def _title(canvas: Any, document: TableDocument) -> float:
    """Draw title, subtitle and header; returns where the table starts."""
    top = _UP - _MARGIN
    top = _line(canvas, document.title, (Face.SERIF, Face.SANS), 22, top, ACCENT)
    for line in document.subtitle:
        top = _line(canvas, line, _SANS, 9.5, top - 1, SOFT)
    pitch = _ROOM / _PAIRS
    for start in range(0, len(document.header), _PAIRS):
        lowest = top = top - 9
        for index, (label, value) in enumerate(document.header[start : start + _PAIRS]):
            x = _MARGIN + index * pitch
            below = _fitted(label, (Face.SANS_MEDIUM, *_SANS), 7, pitch - 10)
            canvas.setFillColor(SOFT)
            below.draw(canvas, x, top, align=0)
            text = _fitted(value, _SANS, 9.5, pitch - 10, lines=2)
            canvas.setFillColor(INK)
            text.draw(canvas, x, top - below.height - 1, align=0)
            lowest = min(lowest, top - below.height - 1 - text.height)
        top = lowest
    return top - 12


def _line(
    canvas: Any, text: str, faces: Sequence[Face], size: float, top: float, color: Any
) -> float:
    fitted = _fitted(text, faces, size, _ROOM, lines=2)
    canvas.setFillColor(color)
    fitted.draw(canvas, _MARGIN, top, align=0)
    return top - fitted.height


def _fitted(
    text: str, faces: Sequence[Face], size: float, room: float, *, lines: int = 1
) -> Fitted:
    line = printable(text)
    return fit(line.split(), face_for(line, *faces), size, room, least=size * 0.85, lines=lines)


def _running(canvas: Any, document: TableDocument) -> float:
    top = _UP - _MARGIN
    pieces = [printable(text) for text in (document.title, *document.subtitle[:1])]
    line = "   ·   ".join(piece for piece in pieces if piece)
    face = face_for(line, *_SANS)
    canvas.setFillColor(SOFT)
    Fitted((elide(line, face, 8, _ROOM),), face, 8).draw(canvas, _MARGIN, top, align=0)
    return top - _RUNNING + 8


def _headings(canvas: Any, document: TableDocument, layout: Layout, top: float) -> float:
    height, x = layout.heading_height, _MARGIN
    canvas.setFillColor(ACCENT)
    canvas.rect(_MARGIN, top - height, _ROOM, height, stroke=0, fill=1)
    canvas.setFillColor("#FFFFFF")
    for lines, wide, column in zip(layout.headings, layout.widths, document.columns, strict=True):
        face = face_for(" ".join(lines), Face.SANS_BOLD, *_SANS)
        inner = top - (height - len(lines) * layout.size * LEADING) / 2
        _cell(canvas, Fitted(lines, face, layout.size), x, wide, inner, column.kind)
        x += wide
    return top - height


def _rows(
    canvas: Any,
    document: TableDocument,
    layout: Layout,
    top: float,
    rows: Sequence[Row],
    boxes: bool,
) -> float:
    start = top
    canvas.setStrokeColor(SOFT if boxes else LINE)
    canvas.setLineWidth(0.5)
    canvas.setFillColor(INK)
    for row in rows:
        x = _MARGIN
        for lines, face, wide, column in zip(
            row.cells, row.faces, layout.widths, document.columns, strict=True
        ):
            inner = top - (row.height - len(lines) * layout.size * LEADING) / 2
            _cell(canvas, Fitted(lines, face, layout.size), x, wide, inner, column.kind)
            x += wide
        top -= row.height
        canvas.line(_MARGIN, top, _MARGIN + _ROOM, top)
    if boxes and rows:
        x = _MARGIN
        for wide in (*layout.widths, 0.0):
            canvas.line(x, start, x, top)
            x += wide
    return top


def _cell(canvas: Any, text: Fitted, x: float, wide: float, top: float, kind: str) -> None:
    if kind in _RIGHT:
        text.draw(canvas, x + wide - PAD, top, align=1)
    else:
        text.draw(canvas, x + PAD, top, align=0)


def _footer_lines(document: TableDocument) -> list[tuple[str, Face]]:
    lines = []
    for text in document.footer:
        face = face_for(printable(text), *_SANS)
        lines += [(line, face) for line in wrap(printable(text).split(), " ", face, 8, _ROOM)]
    return lines


def _footer(canvas: Any, lines: Sequence[tuple[str, Face]], top: float) -> None:
    canvas.setFillColor(SOFT)
    for number, (line, face) in enumerate(lines):
        Fitted((line,), face, 8).draw(canvas, _MARGIN, top - 6 - number * 11, align=0)


def _page_number(canvas: Any, document: TableDocument, number: int, count: int) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(_MARGIN, 36, _MARGIN + _ROOM, 36)
    canvas.setFillColor(SOFT)
    title = printable(document.title)
    face = face_for(title, *_SANS)
    Fitted((elide(title, face, 7.5, _ROOM - 90),), face, 7.5).draw(canvas, _MARGIN, 32, align=0)
    page = Fitted((f"Page {number} of {count}",), Face.SANS, 7.5)
    page.draw(canvas, _MARGIN + _ROOM, 32, align=1)
