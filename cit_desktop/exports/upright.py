"""Papers that stand upright: a head, then pieces on as many pages as they need, a foot on each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Final, TypeAlias

from cit_desktop.documents.tables import Paper
from cit_desktop.exports import flow, ink
from cit_desktop.exports.flow import Piece
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.paper_head import Head, draw_head
from cit_desktop.exports.pdf import new_canvas, page_size

MARGIN: Final = 48.0
_BOTTOM: Final = 48.0

Compose: TypeAlias = Callable[[float, float, float], list[list[Piece]]]


def draw_paper(
    head: Head,
    code: str,
    chapter: str,
    compose: Compose,
    made: date,
    *,
    paper: Paper,
    opening: str = "",
) -> bytes:
    """A paper of a class as PDF.

    Args:
        code: Of the class.
        compose: Gives the pieces of each page, for the width, and for the height on the first
            page and on every other.
        made: The day that the file says it was made on.
        opening: What is said before the first piece.

    Raises:
        Refused: A text has a letter that cannot be printed.
    """
    across, up = page_size(paper)
    room, buffer = across - 2 * MARGIN, BytesIO()
    canvas = new_canvas(buffer, f"{head.kind}, {code}", chapter, head.title, made, (across, up))
    top = draw_head(canvas, head, MARGIN, up - MARGIN, room)
    if opening:
        top = ink.paragraph(canvas, opening, Pen(9.5), MARGIN, top, room) - 12
    pages = compose(room, top - _BOTTOM, up - MARGIN - _BOTTOM)
    for number, pieces in enumerate(pages, 1):
        flow.draw(canvas, pieces, top if number == 1 else up - MARGIN)
        said = f"{code} · {head.title} · {chapter}"
        ink.foot(canvas, said, number, len(pages), MARGIN, room)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
