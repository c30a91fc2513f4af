"""Blocks of a class: moved, renamed, added, removed, and who teaches them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import (
    Attendance,
    Block,
    BlockInstructor,
    BlockPart,
    Enrollment,
    Makeup,
    Person,
    TrainingClass,
)
from cit_desktop.services import names
from cit_desktop.services.block_parts import check_parts, fit_parts, write_parts
from cit_desktop.services.class_guard import Faults, open_class
from cit_desktop.services.hours_rules import clock_range, hours_text, short_day
from cit_desktop.services.layout import MIDNIGHT, PartPlan
from cit_desktop.services.records import expect_version, fetch
from cit_desktop.text import clean

_WHOLE = ("present", "late", "left early")


def move(
    session: Session, block_id: int, version: int, day: date, starts_at: int, minutes: int
) -> None:
    """Give a block another day, time or length.

    Its parts keep their proportions. Marks for the whole block follow when it becomes longer.

    Raises:
        Conflict: The block was changed since ``version``.
        Refused: It would overlap another, or be shorter than the time marked in it; or the class
            is locked.
    """
    block, training_class = _block(session, block_id, version)
    _check_time(starts_at, minutes)
    _refuse_overlap(session, block.class_id, day, starts_at, minutes, block_id)
    if minutes < block.minutes:
        _refuse_shorter_than_marked(session, block, minutes)
    if minutes != block.minutes:
        fit_parts(session, block, minutes)
        _stretch_marks(session, block, minutes)
    block.day, block.starts_at, block.minutes = day, starts_at, minutes
    _keep_days(session, training_class)


def rename(session: Session, block_id: int, version: int, title: str) -> None:
    """Give a block another title; that of its parts stays.

    Raises:
        Conflict: The block was changed since ``version``.
        Refused: The title is empty, or the class is locked.
    """
    block, _ = _block(session, block_id, version)
    block.title = _title(title)


def add(
    session: Session,
    class_id: int,
    day: date,
    starts_at: int,
    minutes: int,
    title: str,
    parts: Sequence[PartPlan] = (),
    *,
    area: str = "technical",
    delivery: str = "lecture",
) -> int:
    """Add a block to a class; gives its id.

    Args:
        parts: What is taught; without any, one part of ``area`` and ``delivery`` with the title.

    Raises:
        Refused: It would overlap another, its parts do not add up, or the class is locked.
    """
    training_class = open_class(session, class_id)
    _check_time(starts_at, minutes)
    _refuse_overlap(session, class_id, day, starts_at, minutes, None)
    called = _title(title)
    taught = tuple(parts) or (PartPlan(called, minutes, delivery, area),)
    check_parts(taught, minutes)
    block = Block(class_id=class_id, day=day, starts_at=starts_at, minutes=minutes, title=called)
    session.add(block)
    session.flush()
    write_parts(session, block.id, taught)
    _keep_days(session, training_class)
    return block.id


def remove(session: Session, block_id: int, version: int | None = None) -> None:
    """Take a block out of its class.

    Raises:
        Conflict: The block was changed since ``version``.
        Refused: Somebody is marked in it, it is the last one, or the class is locked.
    """
    block, training_class = _block(session, block_id, version)
    used = session.scalar(
        select(func.count()).select_from(Attendance).where(Attendance.block_id == block_id)
    )
    made_up = exists().where((Makeup.block_id == block_id) | (Makeup.other_block_id == block_id))
    if used or session.scalar(select(made_up)):
        raise Refused(
            f"“{block.title}” has attendance of {_people(used)} and cannot be removed."
            if used
            else f"“{block.title}” was used to make up time and cannot be removed.",
            "Clear its marks first, or move the block.",
        )
    others = exists().where(Block.class_id == block.class_id, Block.id != block_id)
    if not session.scalar(select(others)):
        raise Refused(
            f"“{block.title}” is the only block of {training_class.code}.",
            "Add another block before removing this one, or cancel the class.",
        )
    for child in (BlockPart, BlockInstructor):
        session.execute(delete(child).where(child.block_id == block_id))
    session.delete(block)
    _keep_days(session, training_class)


def set_parts(session: Session, block_id: int, version: int, parts: Sequence[PartPlan]) -> None:
    """Replace what is taught in a block; people's credit by area follows.

    Raises:
        Conflict: The block was changed since ``version``.
        Refused: The parts do not add up to the block, or the class is locked.
    """
    block, _ = _block(session, block_id, version)
    check_parts(parts, block.minutes)
    flag_modified(block, "minutes")  # other parts are a new state, whatever their minutes
    write_parts(session, block_id, parts)


def set_instructors(
    session: Session, block_id: int, instructors: Sequence[tuple[int, str]]
) -> None:
    """Say who teaches a block, and as what: pairs of person and title, in order.

    Raises:
        NotFound: One of the people does not exist.
        Refused: Somebody is named twice, or the class is locked.
    """
    block = fetch(session, Block, block_id, "block")
    open_class(session, block.class_id)
    wanted = {person_id: clean(title) for person_id, title in instructors}
    if len(wanted) != len(instructors):
        raise Refused(
            "An instructor is named twice for this block.", "Keep one line for each person."
        )
    known = set(session.scalars(select(Person.id).where(Person.id.in_(wanted))))
    if known != wanted.keys():
        raise NotFound("An instructor no longer exists.", "Choose somebody else for this block.")
    session.execute(delete(BlockInstructor).where(BlockInstructor.block_id == block_id))
    session.add_all(
        BlockInstructor(block_id=block_id, person_id=person_id, title=title)
        for person_id, title in wanted.items()
    )
    session.flush()


def _block(session: Session, block_id: int, version: int | None) -> tuple[Block, TrainingClass]:
    block = fetch(session, Block, block_id, "block")
    training_class = open_class(session, block.class_id)
    if version is not None:
        expect_version(block, version, "block")
    return block, training_class


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _title(title: str) -> str:
    called = clean(title)
    if not called:
        sentence = "A block needs a title."
        raise Refused(sentence, fields={"title": sentence})
    return called


def _check_time(starts_at: int, minutes: int) -> None:
    faults = Faults()
    faults.unless(1 <= minutes <= MIDNIGHT, "minutes", "A block lasts 1 minute to 24 hours.")
    faults.unless(0 <= starts_at < MIDNIGHT, "starts_at", "A block starts between 0:00 and 23:59.")
    faults.unless(starts_at + minutes <= MIDNIGHT, "minutes", "A block ends by midnight.")
    faults.refuse("Make a block for each day if it goes on past midnight.")


def _refuse_overlap(
    session: Session, class_id: int, day: date, starts_at: int, minutes: int, but: int | None
) -> None:
    other = session.scalar(
        select(Block)
        .where(
            Block.class_id == class_id,
            Block.day == day,
            Block.id.is_not(but),
            Block.starts_at < starts_at + minutes,
            Block.starts_at + Block.minutes > starts_at,
        )
        .limit(1)
    )
    if other is None:
        return
    when = clock_range(other.starts_at, other.starts_at + other.minutes)
    sentence = f"On {short_day(day)} this class has “{other.title}” from {when} already."
    raise Refused(
        sentence, "Choose another time, or move that block first.", {"starts_at": sentence}
    )


def _refuse_shorter_than_marked(session: Session, block: Block, minutes: int) -> None:
    made_up = (
        select(func.coalesce(func.sum(Makeup.minutes), 0))
        .where(
            Makeup.block_id == Attendance.block_id,
            Makeup.enrollment_id == Attendance.enrollment_id,
        )
        .correlate(Attendance)
        .scalar_subquery()
    )
    longer = session.execute(
        select(
            *(Person.first, Person.middle, Person.last, Person.suffix),
            Attendance.minutes + made_up,
        )
        .join(Enrollment, Enrollment.id == Attendance.enrollment_id)
        .join(Person, Person.id == Enrollment.person_id)
        .where(Attendance.block_id == block.id, Attendance.minutes + made_up > minutes)
        .order_by(Person.sort_key)
    ).all()
    if longer:
        who = "; ".join(f"{names.full(*row[:4])} ({hours_text(row[4])})" for row in longer)
        sentence = (
            f"“{block.title}” cannot be {hours_text(minutes)} long: more time is marked for {who}."
        )
        raise Refused(sentence, "Shorten or clear these marks first.", {"minutes": sentence})


def _stretch_marks(session: Session, block: Block, minutes: int) -> None:
    """Marks for the whole of a block stay marks for the whole of it."""
    session.execute(
        Attendance.__table__.update()  # type: ignore[attr-defined]
        .where(
            Attendance.block_id == block.id,
            Attendance.minutes == block.minutes,
            Attendance.mark.in_(_WHOLE),
        )
        .values(minutes=minutes)
    )


def _keep_days(session: Session, training_class: TrainingClass) -> None:
    """The class begins with its first block and ends with its last."""
    session.flush()
    first, last = session.execute(
        select(func.min(Block.day), func.max(Block.day)).where(Block.class_id == training_class.id)
    ).one()
    training_class.starts, training_class.ends = first, last
    session.flush()
