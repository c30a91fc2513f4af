"""The headings and rows of a table, drawn wherever on a page it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from cit_desktop.documents.tables import TableDocument
from cit_desktop.exports.fonts import Face, face_for
from cit_desktop.exports.pdf import ACCENT, INK, LINE
from cit_desktop.exports.table_layout import PAD, Layout, Row
from cit_desktop.exports.typeset import LEADING, Fitted

_RIGHT: Final = ("int", "hours")
_SANS: Final = (Face.SANS, Face.SERIF)


def headings(
    canvas: Any, document: TableDocument, layout: Layout, left: float, top: float
) -> float:
    """Draw the row of headings; gives where it ends."""
    height, x = layout.heading_height, left
    canvas.setFillColor(ACCENT)
    canvas.rect(left, top - height, sum(layout.widths), height, stroke=0, fill=1)
    canvas.setFillColor("#FFFFFF")
    for lines, wide, column in zip(layout.headings, layout.widths, document.columns, strict=True):
        face = face_for(" ".join(lines), Face.SANS_BOLD, *_SANS)
        inner = top - (height - len(lines) * layout.size * LEADING) / 2
        _cell(canvas, Fitted(lines, face, layout.size), x, wide, inner, column.kind)
        x += wide
    return top - height


def rows(
    canvas: Any,
    document: TableDocument,
    layout: Layout,
    left: float,
    top: float,
    shown: Sequence[Row],
) -> float:
    """Draw some rows with a thin line under each; gives where they end."""
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.setFillColor(INK)
    for row in shown:
        x = left
        for lines, face, wide, column in zip(
            row.cells, row.faces, layout.widths, document.columns, strict=True
        ):
            inner = top - (row.height - len(lines) * layout.size * LEADING) / 2
            _cell(canvas, Fitted(lines, face, layout.size), x, wide, inner, column.kind)
            x += wide
        top -= row.height
        canvas.line(left, top, left + sum(layout.widths), top)
    return top


def _cell(canvas: Any, text: Fitted, x: float, wide: float, top: float, kind: str) -> None:
    if kind in _RIGHT:
        text.draw(canvas, x + wide - PAD, top, align=1)
    else:
        text.draw(canvas, x + PAD, top, align=0)
