"""Sheets of labels, badges or table cards, filled place by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from cit_desktop.catalogs.stock import Stock
from cit_desktop.documents.names import NameCard, NameCards
from cit_desktop.errors import Refused
from cit_desktop.exports import ink, text_stack
from cit_desktop.exports.certificates.page import Box
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import INK, SOFT, new_canvas, page_size
from cit_desktop.exports.text_stack import Part
from cit_desktop.progress import Progress

_MARK: Final = 26.0  # marks to cut and fold at reach so far in from the edge of the sheet


def places(stock: Stock) -> tuple[Box, ...]:
    """Where a sheet is printed on: line by line, each from the left."""
    _, high = page_size(stock.paper, lying=stock.lying)
    found = []
    for number in range(stock.places):
        row, column = divmod(number, stock.columns)
        left, top = stock.left + column * stock.across, high - stock.top - row * stock.down
        found.append(Box(left, top - stock.height, left + stock.width, top))
    return tuple(found)


def draw(
    title: str,
    document: NameCards,
    stock: Stock,
    start_at: int,
    made: date,
    card: Callable[[Any, Box, NameCard], None],
    progress: Progress,
) -> bytes:
    """Fill sheets with a card for each person.

    Args:
        start_at: Number of the first place of the first sheet to be printed on.
        card: Draws one person into a place.

    Raises:
        Refused: The sheet has no such place, or a name has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """
    if not 1 <= start_at <= stock.places:
        raise Refused(
            f"{stock.name}: a sheet has no place {start_at}.",
            f"Start at a number from 1 to {stock.places}.",
        )
    need_letters(document)
    buffer = BytesIO()
    about = (f"{title}, {document.class_code}", document.chapter, document.class_title)
    canvas = _canvas(buffer, about, stock, made)
    boxes = places(stock)
    for number, person in enumerate(document.cards):
        progress(number, len(document.cards), person.name)
        place = (number + start_at - 1) % stock.places
        if place == 0 and number:
            _end_page(canvas, stock)
        card(canvas, boxes[place], person)
    _end_page(canvas, stock)
    canvas.save()
    progress(len(document.cards), len(document.cards))
    return buffer.getvalue()


def draw_test(chapter: str, stock: Stock, made: date) -> bytes:
    """A page on plain paper to hold against the stock: the outline and number of each place."""
    buffer = BytesIO()
    canvas = _canvas(buffer, (f"Test page, {stock.name}", chapter, "Test page"), stock, made)
    said = "Print at actual size on plain paper and hold it against the stock."
    for number, box in enumerate(places(stock), 1):
        canvas.setStrokeColor(SOFT)
        canvas.setLineWidth(0.5)
        canvas.rect(box.left, box.bottom, stock.width, stock.height)
        height = stock.height
        parts = (
            Part(f"{number}", Pen(min(28.0, height * 0.3), INK, ink.MEDIUM)),
            Part(stock.name, Pen(8, SOFT)),
            Part(said if number == 1 else "", Pen(7, SOFT), lines=3, gap=2),
        )
        inner = inset(box, 6)
        text_stack.fit(parts, inner).draw(canvas, inner)
    _end_page(canvas, stock)
    canvas.save()
    return buffer.getvalue()


def inset(box: Box, across: float, up: float | None = None) -> Box:
    """The box without a margin on each side."""
    high = across if up is None else up
    return Box(box.left + across, box.bottom + high, box.right - across, box.top - high)


def need_letters(document: NameCards) -> None:
    """Refuse a letter that cannot be printed before anything is drawn.

    Raises:
        Refused: Says the letter and the text that it stands in.
    """
    for text in dict.fromkeys(_texts(document)):
        ink.fitted(text, Pen(10, faces=ink.BOLD), 500)


def _texts(document: NameCards) -> Iterator[str]:
    yield from (document.chapter, document.class_title)
    for card in document.cards:
        yield from (card.called, card.name, card.agency, card.work, *card.address)


def _canvas(buffer: BytesIO, about: tuple[str, str, str], stock: Stock, made: date) -> Any:
    canvas = new_canvas(buffer, *about, made, page_size(stock.paper, lying=stock.lying))
    canvas.setViewerPreference("PrintScaling", "None")  # a little smaller, and nothing would meet
    return canvas


def _end_page(canvas: Any, stock: Stock) -> None:
    if not stock.precut:
        _marks(canvas, stock)
    canvas.showPage()


def _marks(canvas: Any, stock: Stock) -> None:
    """Where to cut, as lines at the edges, and where to fold, dashed."""
    wide, _ = page_size(stock.paper, lying=stock.lying)
    boxes = places(stock)
    cuts = {box.top for box in boxes} - {boxes[0].top}
    canvas.setStrokeColor(SOFT)
    canvas.setLineWidth(0.6)
    _ticks(canvas, "Cut", sorted(cuts), wide)
    canvas.setDash(3, 2)
    _ticks(canvas, "Fold", sorted({(box.top + box.bottom) / 2 for box in boxes}), wide)
    canvas.setDash()


def _ticks(canvas: Any, said: str, heights: Sequence[float], wide: float) -> None:
    for y in heights:
        canvas.lines([(0, y, _MARK, y), (wide - _MARK, y, wide, y)])
        ink.line(canvas, said, Pen(5.5, SOFT), 14, y - 1.5, _MARK)
