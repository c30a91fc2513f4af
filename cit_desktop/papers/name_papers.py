"""Name tents, badges and labels of a class: from the records onto the chosen stock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from cit_desktop import clock
from cit_desktop.catalogs.stock import Stock, StockKind, stock, stocks_for
from cit_desktop.documents.names import NameCards
from cit_desktop.documents.options import SHIFT_MOST, Options
from cit_desktop.errors import Refused
from cit_desktop.progress import Progress
from cit_desktop.services import assets, class_reading, name_cards, papers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cit_desktop.db import Database

TAKES: Final = frozenset({"stock", "start_at", "who", "test", "right", "up"})
LABELS_TAKE: Final = TAKES | {"numbers"}

Images: TypeAlias = Mapping[str, bytes]


def tents(db: Database, class_id: int, options: Options, progress: Progress) -> bytes:
    """A table card for each person; see :func:`name_tents.draw_tents`."""
    from cit_desktop.exports import name_tents

    def draw(document: NameCards, chosen: Stock, _images: Images) -> bytes:
        return name_tents.draw_tents(document, chosen, clock.today(), options.start_at, progress)

    return _drawn(db, class_id, "tents", options, draw)


def badges(db: Database, class_id: int, options: Options, progress: Progress) -> bytes:
    """A badge for each person; see :func:`name_badges.draw_badges`."""
    from cit_desktop.exports import name_badges

    def draw(document: NameCards, chosen: Stock, images: Images) -> bytes:
        day = clock.today()
        return name_badges.draw_badges(document, chosen, day, options.start_at, images, progress)

    return _drawn(db, class_id, "badges", options, draw)


def labels(db: Database, class_id: int, options: Options, progress: Progress) -> bytes:
    """A label for each certificate; see :func:`envelope_labels.draw_labels`."""
    from cit_desktop.exports import envelope_labels

    def draw(document: NameCards, chosen: Stock, _images: Images) -> bytes:
        day, start, numbers = clock.today(), options.start_at, options.numbers
        return envelope_labels.draw_labels(
            document, chosen, day, start, numbers=numbers, progress=progress
        )

    return _drawn(db, class_id, "labels", options, draw)


def usual_stocks(session: Session, class_id: int, kind: StockKind) -> tuple[Stock, ...]:
    """What there is to print a paper of a class on; the first is taken unless one is chosen."""
    return stocks_for(kind, papers.of_class(session, class_id))


def _drawn(
    db: Database, class_id: int, kind: StockKind, options: Options, draw: Callable[..., bytes]
) -> bytes:
    """The people on the chosen stock, or its test page."""
    from cit_desktop.exports import stock_sheets

    if not all(abs(shift) <= SHIFT_MOST for shift in (options.right, options.up)):
        raise Refused(
            f"A sheet can be moved by {SHIFT_MOST:.0f} mm at most.",
            "If it is off by more, choose the right paper in the printer's settings.",
        )
    with db.read() as session:
        chosen = stock(kind, papers.of_class(session, class_id), options.stock)
        chosen = chosen.moved(options.right, options.up)
        if options.test:
            chapter = class_reading.view(session, class_id).chapter
            return stock_sheets.draw_test(chapter, chosen, clock.today())
        document = name_cards.of(session, class_id, options.who, certified=kind == "labels")
        images = assets.images(session, {document.logo} - {""}) if kind == "badges" else {}
    return draw(document, chosen, images)
