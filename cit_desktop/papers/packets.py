"""Audit packets: how they come from the records onto paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from cit_desktop import clock
from cit_desktop.progress import Progress, silent
from cit_desktop.services import packets, papers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cit_desktop.db import Database
    from cit_desktop.documents.packets import Packet

_Gather: TypeAlias = "Callable[[Session], Packet]"


def of_class(db: Database, class_id: int, progress: Progress = silent) -> bytes:
    """The audit packet of a class as PDF.

    Raises:
        NotFound: There is no such class.
        Refused: A name has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """

    def gather(session: Session) -> Packet:
        return packets.of_class(session, class_id, clock.today(), progress)

    return _drawn(db, gather, progress, class_id)


def of_person(db: Database, person_id: int, progress: Progress = silent) -> bytes:
    """The audit packet of a person as PDF; see :func:`of_class`."""
    return _drawn(
        db, lambda session: packets.of_person(session, person_id, clock.today(), progress), progress
    )


def of_period(db: Database, first: date, last: date, progress: Progress = silent) -> bytes:
    """The audit packet of all classes that ended within these days as PDF.

    Raises:
        Refused: The last day is before the first, or a name has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """

    def gather(session: Session) -> Packet:
        return packets.of_period(session, first, last, clock.today(), progress)

    return _drawn(db, gather, progress)


def last_year() -> tuple[date, date]:
    """The first and the last day of the calendar year that ended last."""
    year = clock.today().year - 1
    return date(year, 1, 1), date(year, 12, 31)


def _drawn(db: Database, gather: _Gather, progress: Progress, class_id: int | None = None) -> bytes:
    from cit_desktop.exports import packet_pdf

    with db.read() as session:
        packet = gather(session)
        found = None if class_id is None else papers.of_class(session, class_id)
        size = found or papers.of_chapter(session)
    return packet_pdf.draw_packet(packet, paper=size, progress=progress)
