"""Time made up for a block that was missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Attendance, Block, Enrollment, Makeup, TrainingClass
from cit_desktop.services import names
from cit_desktop.services.class_guard import Faults, open_class
from cit_desktop.services.hours_rules import hours_text
from cit_desktop.services.records import fetch
from cit_desktop.text import clean, clean_lines


@dataclass(frozen=True, slots=True)
class MakeupView:
    """Time made up, where, when, and who approved it."""

    id: int
    enrollment_id: int
    block_id: int
    minutes: int
    day: date
    approved_by: str
    note: str
    other_block_id: int | None


def add_makeup(
    session: Session,
    enrollment_id: int,
    block_id: int,
    minutes: int,
    day: date,
    approved_by: str,
    note: str = "",
    other_block_id: int | None = None,
) -> int:
    """Record time made up for a block that somebody missed; gives its id.

    Args:
        other_block_id: The block of another class, or of this one, in which it was made up.

    Raises:
        NotFound: There is no such enrollment or block.
        Refused: The class does not allow it, the person is not marked in the block or missed less,
            its day is still to come, nobody approved it, or the class is locked.
    """
    record = fetch(session, Enrollment, enrollment_id, "enrollment")
    training_class = open_class(session, record.class_id)
    block = fetch(session, Block, block_id, "block")
    if block.class_id != record.class_id:
        raise NotFound("This block belongs to another class.", "Choose a block of this class.")
    _refuse_unless_allowed(training_class, record)
    approved = clean(approved_by)
    missing = _missing(session, enrollment_id, block)
    faults = Faults()
    faults.unless(minutes > 0, "minutes", "The time made up is at least 1 minute.")
    faults.unless(
        minutes <= missing,
        "minutes",
        f"Only {hours_text(missing)} of “{block.title}” are missing, not {hours_text(minutes)}.",
    )
    faults.unless(day <= clock.today(), "day", f"{names.day(day)} is still to come.")
    faults.unless(bool(approved), "approved_by", "Somebody must have approved the make-up.")
    _check_other(session, faults, block_id, other_block_id, minutes)
    faults.refuse()
    made = Makeup(
        enrollment_id=enrollment_id,
        block_id=block_id,
        minutes=minutes,
        day=day,
        approved_by=approved,
        note=clean_lines(note),
        other_block_id=other_block_id,
    )
    session.add(made)
    session.flush()
    return made.id


def remove_makeup(session: Session, makeup_id: int) -> None:
    """Take back time made up.

    Raises:
        NotFound: There is no such make-up.
        Refused: The class is locked.
    """
    made = fetch(session, Makeup, makeup_id, "make-up")
    record = fetch(session, Enrollment, made.enrollment_id, "enrollment")
    open_class(session, record.class_id)
    session.delete(made)
    session.flush()


def makeups(session: Session, enrollment_id: int) -> list[MakeupView]:
    """The time that somebody made up, in the order of the days."""
    found = session.scalars(
        select(Makeup).where(Makeup.enrollment_id == enrollment_id).order_by(Makeup.day, Makeup.id)
    )
    return [
        MakeupView(
            id=made.id,
            enrollment_id=made.enrollment_id,
            block_id=made.block_id,
            minutes=made.minutes,
            day=made.day,
            approved_by=made.approved_by,
            note=made.note,
            other_block_id=made.other_block_id,
        )
        for made in found
    ]


def _refuse_unless_allowed(training_class: TrainingClass, record: Enrollment) -> None:
    if not training_class.makeup_allowed:
        raise Refused(
            f"{training_class.code} does not allow time to be made up.",
            "Allow it in the rule of the class if the course's provider does.",
        )
    if record.result == "withdrawn":
        raise Refused(
            "This person withdrew from the class.", "Reinstate the person to enter a make-up."
        )


def _missing(session: Session, enrollment_id: int, block: Block) -> int:
    there = session.scalar(
        select(Attendance.minutes).filter_by(enrollment_id=enrollment_id, block_id=block.id)
    )
    if there is None:
        raise Refused(
            f"The person is not marked in “{block.title}” yet.",
            "Mark first what was missed: absent, late, left early or the hours there.",
        )
    made_up = session.scalar(
        select(func.coalesce(func.sum(Makeup.minutes), 0)).filter_by(
            enrollment_id=enrollment_id, block_id=block.id
        )
    )
    return block.minutes - there - (made_up or 0)


def _check_other(
    session: Session, faults: Faults, block_id: int, other_block_id: int | None, minutes: int
) -> None:
    if other_block_id is None:
        return
    other = fetch(session, Block, other_block_id, "block")
    faults.unless(
        other_block_id != block_id, "other_block_id", "A block cannot be made up in itself."
    )
    faults.unless(
        minutes <= other.minutes,
        "other_block_id",
        f"“{other.title}” is only {hours_text(other.minutes)} long.",
    )
