"""Attendance: who was in which block, and for how long. Blank is not present."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, TypeAlias, cast, get_args

from sqlalchemy import Table, bindparam, exists, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Attendance, Block, Enrollment, Makeup, Person, TrainingClass
from cit_desktop.services import names, roster_numbers
from cit_desktop.services.class_guard import open_class, refuse_locked
from cit_desktop.services.hours_rules import hours_text
from cit_desktop.services.makeups import add_makeup, makeups, remove_makeup

MarkKind: TypeAlias = Literal["present", "absent", "late", "excused", "left early", "partial"]
MARKS: tuple[MarkKind, ...] = get_args(MarkKind)

_TABLE = cast(Table, Attendance.__table__)
_TRAINEE = (Enrollment.role == "trainee") & (Enrollment.result != "withdrawn")


class _Found(NamedTuple):
    """What a mark is checked against, read in one go."""

    class_id: int
    status: str
    code: str
    result: str
    block_class_id: int | None
    block_minutes: int
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
        Refused: The time does not fit, or the class is locked.
    """
    found = _found(session, block_id, enrollment_id)
    kind, there = resolved(mark, minutes, found.block_minutes, found.mark)
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


def resolved(
    mark: str, minutes: int | None, block_minutes: int, before: str | None = None
) -> tuple[MarkKind, int]:
    """What is stored for a mark: its kind and the minutes.

    Args:
        before: The mark it replaces, if there is one.

    Raises:
        Refused: There is no such mark, or the minutes do not fit it.
    """
    if mark not in MARKS:
        raise Refused(f"“{mark}” is no mark of attendance.", f"Use one of {', '.join(MARKS)}.")
    if minutes is not None and not 0 <= minutes <= block_minutes:
        sentence = f"{minutes} minutes do not fit a block of {block_minutes} minutes."
        hint = "Check the time, or the length of the block."
        raise Refused(sentence, hint, {"minutes": sentence})
    if mark == "partial":
        return _part(minutes, block_minutes, before)
    whole = 0 if mark in ("absent", "excused") else block_minutes
    if mark in ("late", "left early") and minutes is not None:
        whole = minutes
    if minutes is not None and minutes != whole:
        sentence = f"“{mark}” is {whole} minutes of this block, not {minutes}."
        raise Refused(sentence, "Give the minutes without it.", {"minutes": sentence})
    return cast(MarkKind, mark), whole


def _part(minutes: int | None, block_minutes: int, before: str | None) -> tuple[MarkKind, int]:
    if minutes is None:
        sentence = "For part of a block its time is needed."
        raise Refused(sentence, "Type the hours, such as 2.5.", {"minutes": sentence})
    if before in ("late", "left early") and minutes:
        return cast(MarkKind, before), minutes
    if minutes in (0, block_minutes):
        return ("present" if minutes else "absent"), minutes
    return "partial", minutes


def fill_blanks(session: Session, block_id: int, mark: MarkKind = "present") -> int:
    """Mark every trainee who is blank in a block; tells how many. No mark is overwritten.

    Raises:
        NotFound: There is no such block.
        Refused: The mark needs minutes, or the class is locked.
    """
    block = _open_block(session, block_id)
    return _fill(session, [block], block.class_id, mark)


def all_present(session: Session, class_id: int) -> int:
    """Mark every trainee present who is blank in any block of a class; tells how many blanks.

    Raises:
        NotFound: There is no such class.
        Refused: The class is locked.
    """
    open_class(session, class_id)
    return _fill(session, _blocks_of(session, class_id), class_id, "present")


def overwrite(session: Session, block_id: int, mark: MarkKind = "present") -> int:
    """Give every trainee of a block the same mark, whatever stood there; tells how many changed.

    Raises:
        NotFound: There is no such block.
        Refused: The mark needs minutes, somebody made up time, or the class is locked.
    """
    block = _open_block(session, block_id)
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


def mark_numbers(
    session: Session, block_id: int, text: str, mark: MarkKind = "present"
) -> list[str]:
    """Mark people by what is typed or scanned: ``7``, ``12-15``, a state number; gives their names.

    Raises:
        NotFound: There is no such block.
        Refused: Something typed is nobody's number, and then nobody is marked; or the class is
            locked.
    """
    block = _open_block(session, block_id)
    found = roster_numbers.resolve(session, block.class_id, text)
    for enrollment_id, _ in found:
        _mark(session, block_id, enrollment_id, mark)
    return [name for _, name in found]


class _OpenBlock(NamedTuple):
    id: int
    class_id: int
    minutes: int
    status: str
    code: str


_BLOCKS = select(
    Block.id, Block.class_id, Block.minutes, TrainingClass.status, TrainingClass.code
).join(TrainingClass, TrainingClass.id == Block.class_id)


def _blocks_of(session: Session, class_id: int) -> list[_OpenBlock]:
    return [_OpenBlock(*row) for row in session.execute(_BLOCKS.where(Block.class_id == class_id))]


def _any_block(session: Session, block_id: int) -> _OpenBlock:
    row = session.execute(_BLOCKS.where(Block.id == block_id)).first()
    if row is None:
        raise NotFound("This block no longer exists.", "It was removed, or an undo took it back.")
    return _OpenBlock(*row)


def _open_block(session: Session, block_id: int) -> _OpenBlock:
    block = _any_block(session, block_id)
    refuse_locked(block.status, block.code)
    return block


def _fill(session: Session, blocks: Sequence[_OpenBlock], class_id: int, mark: MarkKind) -> int:
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


def _refuse_made_up(session: Session, blocks: Sequence[_OpenBlock], minutes: int) -> None:
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
