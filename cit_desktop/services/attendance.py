"""Attendance: who was in which block, and for how long. Blank is not present."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Attendance, Block, Enrollment, Makeup, TrainingClass
from cit_desktop.services import roster_numbers
from cit_desktop.services.attendance_columns import (
    all_present,
    fill_blanks,
    open_block,
    overwrite,
    would_overwrite,
)
from cit_desktop.services.attendance_rules import MARKS, MarkKind, resolved
from cit_desktop.services.class_guard import refuse_locked, refuse_to_come
from cit_desktop.services.hours_rules import hours_text
from cit_desktop.services.makeups import add_makeup, makeups, remove_makeup

_TABLE = cast(Table, Attendance.__table__)


class _Found(NamedTuple):
    """What a mark is checked against, read in one go."""

    class_id: int
    status: str
    code: str
    result: str
    block_class_id: int | None
    block_minutes: int
    block_day: date | None
    attendance_id: int | None
    mark: str | None
    made_up: int


def mark(
    session: Session,
    block_id: int,
    enrollment_id: int,
    mark: MarkKind,
    minutes: int | None = None,
) -> None:
    """Mark somebody in a block; a second mark replaces the first.

    Args:
        minutes: Time there, needed for ``partial``. ``late`` and ``left early`` count the whole
            block until minutes are given; given as ``partial``, they keep that mark.

    Raises:
        NotFound: There is no such block or person in the class.
        Refused: The time does not fit, somebody would have been in a block still to come, or the
            class is locked.
    """
    found = _found(session, block_id, enrollment_id)
    kind, there = resolved(mark, minutes, found.block_minutes, found.mark)
    if there:
        refuse_to_come(found.block_day)
    if there + found.made_up > found.block_minutes:
        raise Refused(
            f"{hours_text(found.made_up)} were made up for this block already.",
            "Remove the make-up first; then mark the person again.",
        )
    values = {"mark": kind, "minutes": there}
    if found.attendance_id is None:
        keys = {"enrollment_id": enrollment_id, "block_id": block_id}
        session.execute(insert(_TABLE), [keys | values])
    else:
        session.execute(update(_TABLE).where(_TABLE.c.id == found.attendance_id).values(**values))


_mark = mark  # where an argument hides the function


def clear(session: Session, block_id: int, enrollment_id: int) -> None:
    """Make a mark blank again.

    Raises:
        NotFound: There is no such block or person in the class.
        Refused: Time was made up for the block, or the class is locked.
    """
    found = _found(session, block_id, enrollment_id)
    if found.made_up:
        raise Refused(
            f"{hours_text(found.made_up)} were made up for this block.",
            "Remove the make-up first; then clear the mark.",
        )
    if found.attendance_id is not None:
        session.execute(_TABLE.delete().where(_TABLE.c.id == found.attendance_id))


def mark_numbers(
    session: Session, block_id: int, text: str, mark: MarkKind = "present"
) -> list[str]:
    """Mark people by what is typed or scanned: ``7``, ``12-15``, a state number; gives their names.

    Raises:
        NotFound: There is no such block.
        Refused: Something typed is nobody's number, and then nobody is marked; or the class is
            locked.
    """
    block = open_block(session, block_id)
    found = roster_numbers.resolve(session, block.class_id, text)
    for enrollment_id, _ in found:
        _mark(session, block_id, enrollment_id, mark)
    return [name for _, name in found]


_MADE_UP = (
    select(func.coalesce(func.sum(Makeup.minutes), 0))
    .where(Makeup.enrollment_id == Enrollment.id, Makeup.block_id == bindparam("block_id"))
    .correlate(Enrollment)
    .scalar_subquery()
)
_ONE = (
    select(
        Enrollment.class_id,
        TrainingClass.status,
        TrainingClass.code,
        Enrollment.result,
        Block.class_id,
        func.coalesce(Block.minutes, 0),
        Block.day,
        _TABLE.c.id,
        _TABLE.c.mark,
        _MADE_UP,
    )
    .select_from(Enrollment)
    .join(TrainingClass, TrainingClass.id == Enrollment.class_id)
    .join(Block, Block.id == bindparam("block_id"), isouter=True)
    .join(
        _TABLE,
        (_TABLE.c.enrollment_id == Enrollment.id) & (_TABLE.c.block_id == bindparam("block_id")),
        isouter=True,
    )
    .where(Enrollment.id == bindparam("enrollment_id"))
)


def _found(session: Session, block_id: int, enrollment_id: int) -> _Found:
    keys = {"block_id": block_id, "enrollment_id": enrollment_id}
    row = session.execute(_ONE, keys).first()
    if row is None:
        raise NotFound("This person is no longer in the class.", "An undo took the name back.")
    found = _Found(*row)
    if found.block_class_id != found.class_id:
        raise NotFound("This block no longer exists in the class.", "Show the class again.")
    refuse_locked(found.status, found.code)
    if found.result == "withdrawn":
        raise Refused(
            "This person withdrew from the class.", "Reinstate the person to mark attendance."
        )
    return found


__all__ = [
    "MARKS",
    "MarkKind",
    "add_makeup",
    "all_present",
    "clear",
    "fill_blanks",
    "makeups",
    "mark",
    "mark_numbers",
    "overwrite",
    "remove_makeup",
    "resolved",
    "would_overwrite",
]
