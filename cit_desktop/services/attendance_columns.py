"""Attendance of a whole block at once: filling its blanks, overwriting its marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, exists, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Attendance, Block, Enrollment, Makeup, Person, TrainingClass
from cit_desktop.services import names
from cit_desktop.services.attendance_rules import MarkKind, resolved
from cit_desktop.services.class_guard import open_class, refuse_locked, refuse_to_come

_TABLE = cast(Table, Attendance.__table__)
_TRAINEE = (Enrollment.role == "trainee") & (Enrollment.result != "withdrawn")


def fill_blanks(session: Session, block_id: int, mark: MarkKind = "present") -> int:
    """Mark every trainee who is blank in a block; tells how many. No mark is overwritten.

    Raises:
        NotFound: There is no such block.
        Refused: The mark needs minutes, or the class is locked.
    """
    block = open_block(session, block_id)
    return _fill(session, [block], block.class_id, mark)


def all_present(session: Session, class_id: int) -> int:
    """Mark every trainee present who is blank in a block so far; tells how many blanks.

    Blocks still to come stay as they are.

    Raises:
        NotFound: There is no such class.
        Refused: The class is locked.
    """
    open_class(session, class_id)
    return _fill(session, _blocks_of(session, class_id), class_id, "present")


def to_come(session: Session, class_id: int) -> int:
    """How many blocks of a class have a day after today."""
    ahead = select(func.count()).where(Block.class_id == class_id, Block.day > clock.today())
    return session.execute(ahead).scalar_one()


def overwrite(session: Session, block_id: int, mark: MarkKind = "present") -> int:
    """Give every trainee of a block the same mark, whatever stood there; tells how many changed.

    Raises:
        NotFound: There is no such block.
        Refused: The mark needs minutes, somebody made up time, or the class is locked.
    """
    block = open_block(session, block_id)
    kind, minutes = resolved(mark, None, block.minutes)
    _refuse_made_up(session, [block], minutes)
    trainees = select(Enrollment.id).where(Enrollment.class_id == block.class_id, _TRAINEE)
    changed = session.execute(
        update(_TABLE)
        .where(
            _TABLE.c.block_id == block_id,
            _TABLE.c.enrollment_id.in_(trainees),
            _differs(kind, minutes),
        )
        .values(mark=kind, minutes=minutes)
    )
    return int(cast(Any, changed).rowcount) + _fill(session, [block], block.class_id, mark)


def would_overwrite(
    session: Session, block_id: int, mark: MarkKind = "present"
) -> dict[MarkKind, int]:
    """How many marks of each kind :func:`overwrite` would change; blanks are not counted.

    Raises:
        NotFound: There is no such block.
    """
    block = _any_block(session, block_id)
    kind, minutes = resolved(mark, None, block.minutes)
    found = session.execute(
        select(_TABLE.c.mark, func.count())
        .select_from(_TABLE)
        .join(Enrollment, Enrollment.id == _TABLE.c.enrollment_id)
        .where(_TABLE.c.block_id == block_id, _TRAINEE, _differs(kind, minutes))
        .group_by(_TABLE.c.mark)
        .order_by(func.count().desc(), _TABLE.c.mark)
    )
    return dict(found.tuples().all())


class OpenBlock(NamedTuple):
    """A block, and whether its class is open."""

    id: int
    class_id: int
    day: date
    minutes: int
    status: str
    code: str


_BLOCKS = select(
    Block.id, Block.class_id, Block.day, Block.minutes, TrainingClass.status, TrainingClass.code
).join(TrainingClass, TrainingClass.id == Block.class_id)


def _blocks_of(session: Session, class_id: int) -> list[OpenBlock]:
    so_far = _BLOCKS.where(Block.class_id == class_id, Block.day <= clock.today())
    return [OpenBlock(*row) for row in session.execute(so_far)]


def _any_block(session: Session, block_id: int) -> OpenBlock:
    row = session.execute(_BLOCKS.where(Block.id == block_id)).first()
    if row is None:
        raise NotFound("This block no longer exists.", "It was removed, or an undo took it back.")
    return OpenBlock(*row)


def open_block(session: Session, block_id: int) -> OpenBlock:
    """A block that may be marked.

    Raises:
        NotFound: There is no such block.
        Refused: Its class is locked, or the block is still to come.
    """
    block = _any_block(session, block_id)
    refuse_locked(block.status, block.code)
    refuse_to_come(block.day)
    return block


def _fill(session: Session, blocks: Sequence[OpenBlock], class_id: int, mark: MarkKind) -> int:
    """One statement a block; only those trainees that have no mark in it."""
    filled = 0
    for block in blocks:
        kind, minutes = resolved(mark, None, block.minutes)
        marked = exists().where(
            _TABLE.c.enrollment_id == Enrollment.id, _TABLE.c.block_id == block.id
        )
        blank = select(Enrollment.id, literal(block.id), literal(kind), literal(minutes)).where(
            Enrollment.class_id == class_id, _TRAINEE, ~marked
        )
        columns = ["enrollment_id", "block_id", "mark", "minutes"]
        done = session.execute(insert(_TABLE).from_select(columns, blank))
        filled += int(cast(Any, done).rowcount)
    return filled


def _differs(kind: str, minutes: int) -> Any:
    return or_(_TABLE.c.mark != kind, _TABLE.c.minutes != minutes)


def _refuse_made_up(session: Session, blocks: Sequence[OpenBlock], minutes: int) -> None:
    for block in blocks:
        found = session.execute(
            select(Person.first, Person.middle, Person.last, Person.suffix)
            .join(Enrollment, Enrollment.person_id == Person.id)
            .join(Makeup, Makeup.enrollment_id == Enrollment.id)
            .where(Makeup.block_id == block.id, _TRAINEE)
            .group_by(Enrollment.id)
            .having(func.sum(Makeup.minutes) + minutes > block.minutes)
            .order_by(Person.sort_key)
        ).all()
        if found:
            who = ", ".join(names.full(*row) for row in found)
            raise Refused(
                f"Time was made up for this block by {who}.",
                "Remove the make-up first, or mark the others one by one.",
            )
