"""Tables as PDF on lying sheets: rosters and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from cit_desktop.documents.tables import Paper, TableDocument
from cit_desktop.exports import ink, table_drawing
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.paper_head import draw_pair, draw_title
from cit_desktop.exports.pdf import SOFT, new_canvas, page_size
from cit_desktop.exports.table_layout import lay_out, paginate
from cit_desktop.exports.typeset import Fitted
from cit_desktop.progress import Progress, silent

_MARGIN = 36.0
_BOTTOM = 46.0
_RUNNING = 26.0  # height of the running title on all pages but the first
_PAIRS = 4  # labels and values side by side above the table
_ROW = 19.0
_SMALL = Pen(8, SOFT)


def draw_table(
    document: TableDocument,
    made: date,
    *,
    paper: Paper = "letter",
    progress: Progress = silent,
) -> bytes:
    """A table as PDF; equal documents of one day give equal bytes.

    Args:
        made: The day that the file says it was made on.

    Raises:
        Refused: A text has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """
    buffer, total = BytesIO(), len(document.rows)
    across, up = page_size(paper, lying=True)
    room = across - 2 * _MARGIN
    layout = lay_out(document, room, _ROW, lambda n: progress(n, total))
    subject = " ".join(document.subtitle)
    canvas = new_canvas(buffer, document.title, "", subject, made, (across, up))
    top = _title(canvas, document, up, room)
    footer = _footer_lines(document, room)
    pages = paginate(
        layout, top - _BOTTOM, up - _MARGIN - _RUNNING - _BOTTOM, len(footer) * 11.0 + 6
    )
    for number, (start, end) in enumerate(pages, 1):
        if number > 1:
            top = _running(canvas, document, up, room)
        if start < end or number == 1:
            top = table_drawing.headings(canvas, document, layout, _MARGIN, top)
        shown = layout.rows[start:end]
        bottom = table_drawing.rows(canvas, document, layout, _MARGIN, top, shown)
        if number == len(pages):
            _footer(canvas, footer, bottom)
        ink.foot(canvas, document.title, number, len(pages), _MARGIN, room)
        canvas.showPage()
    canvas.save()
    progress(total, total)
    return buffer.getvalue()


def _title(canvas: Any, document: TableDocument, up: float, room: float) -> float:
    """Draw title, subtitle and header; returns where the table starts."""
    top = draw_title(canvas, document.title, _MARGIN, up - _MARGIN, room)
    for said in document.subtitle:
        top = ink.line(canvas, said, Pen(9.5, SOFT), _MARGIN, top - 1, room, lines=2)
    pitch = room / _PAIRS
    for start in range(0, len(document.header), _PAIRS):
        pairs = document.header[start : start + _PAIRS]
        above = top - 9
        top = min(
            draw_pair(canvas, label, value, _MARGIN + index * pitch, above, pitch - 10, least=0.85)
            for index, (label, value) in enumerate(pairs)
        )
    return top - 12


def _running(canvas: Any, document: TableDocument, up: float, room: float) -> float:
    top = up - _MARGIN
    said = " · ".join(filter(None, (document.title, *document.subtitle[:1])))
    ink.line(canvas, said, _SMALL, _MARGIN, top, room, least=1)
    return top - _RUNNING + 8


def _footer_lines(document: TableDocument, room: float) -> list[Fitted]:
    texts = [ink.wrapped(said, _SMALL, room) for said in document.footer]
    return [replace(text, lines=(line,)) for text in texts for line in text.lines]


def _footer(canvas: Any, lines: Sequence[Fitted], top: float) -> None:
    canvas.setFillColor(SOFT)
    for number, line in enumerate(lines):
        line.draw(canvas, _MARGIN, top - 6 - number * 11, align=0)
