"""Labels for the envelopes that certificates are handed out or sent in."""

from __future__ import annotations

from datetime import date
from typing import Any

from cit_desktop.catalogs.stock import Stock
from cit_desktop.documents.names import NameCard, NameCards
from cit_desktop.exports import ink, stock_sheets, text_stack
from cit_desktop.exports.certificates.page import Box
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import INK, SOFT
from cit_desktop.exports.text_stack import Part
from cit_desktop.progress import Progress, silent


def draw_labels(
    document: NameCards,
    stock: Stock,
    made: date,
    start_at: int = 1,
    *,
    numbers: bool = False,
    progress: Progress = silent,
) -> bytes:
    """A label for each person.

    Args:
        numbers: The number of the certificate stands on it, too.

    Raises:
        Refused: The sheet has no such place, or a name has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """

    def card(canvas: Any, box: Box, person: NameCard) -> None:
        high, wide = box.top - box.bottom, box.right - box.left
        inner = stock_sheets.inset(box, max(9.0, high * 0.13), max(5.0, high * 0.09))
        size = min(15.0, high * 0.165, wide * 0.066)
        number = f"Certificate no. {person.certificate}" if numbers and person.certificate else ""
        parts = (
            Part(person.name, Pen(size, INK, ink.MEDIUM), lines=3),
            Part(person.agency, Pen(size * 0.82, INK), gap=size * 0.12),
            *(Part(line, Pen(size * 0.82, INK)) for line in person.address),
            Part(number, Pen(size * 0.68, SOFT), gap=size * 0.3),
        )
        text_stack.fit(parts, inner).draw(canvas, inner, align=0)

    return stock_sheets.draw("Certificate labels", document, stock, start_at, made, card, progress)
