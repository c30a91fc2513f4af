"""Finalizing a class: what prevents it, the results, the lock, and opening it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.errors import Refused
from cit_desktop.models import (
    Block,
    BlockInstructor,
    Certificate,
    Enrollment,
    Makeup,
    TrainingClass,
)
from cit_desktop.services import hours
from cit_desktop.services.class_guard import open_class
from cit_desktop.services.hours import AttendanceGrid, GridBlock, Summary
from cit_desktop.services.hours_rules import clock_range, decimal, short_day
from cit_desktop.services.records import fetch
from cit_desktop.text import clean_lines

ObstacleKind: TypeAlias = Literal[
    "empty", "blocks", "future", "blank", "score", "scenario", "hours"
]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason not to finalize.

    Attributes:
        enrollment_id: Whose it is; of several people the first.
        blocking: False for a warning: the class can be finalized all the same.
    """

    kind: ObstacleKind
    sentence: str
    enrollment_id: int | None = None
    block_id: int | None = None
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What finalizing came to, in people."""

    completed: int
    partial: int


def obstacles(session: Session, class_id: int) -> list[Obstacle]:
    """What stands in the way of finalizing a class, in the order to mend it; warnings last.

    Raises:
        NotFound: There is no such class.
    """
    grid = hours.grid(session, class_id)
    found = [*_missing_things(grid), *_future(grid), *_blanks(grid), *_tests(grid), *_sums(grid)]
    return sorted(found, key=lambda obstacle: not obstacle.blocking)


def finalize(session: Session, class_id: int) -> Outcome:
    """Give every trainee a result and lock the class. Certificates are issued afterwards.

    Trainees have completed or have attended in part; instructors are credited what they taught,
    observers what they attended.

    Raises:
        NotFound: There is no such class.
        Refused: It is locked already, or something of :func:`obstacles` blocks it.
    """
    training_class = open_class(session, class_id)
    blocking = [found.sentence for found in obstacles(session, class_id) if found.blocking]
    if blocking:
        raise Refused(
            f"{training_class.code} cannot be finalized yet. {' '.join(blocking)}",
            "Mend these, then finalize again.",
        )
    grid = hours.grid(session, class_id, roles=("trainee", "observer"))
    made_up = _last_makeups(session, class_id)
    tally = {"completed": 0, "partial": 0}
    for record in _active(session, class_id):
        if record.role == "instructor":
            record.credited_minutes = _taught(session, class_id, record.person_id)
        elif record.role == "observer":
            record.credited_minutes = grid.summaries[record.id].minutes
        else:
            _settle(record, grid.summaries[record.id], training_class.ends, made_up)
            tally[record.result] += 1
    training_class.status = "finalized"
    training_class.finalized_at = clock.now()
    session.flush()
    return Outcome(**tally)


def reopen(session: Session, class_id: int, reason: str) -> str:
    """Unlock a finalized class; results are open again. Gives a sentence on its certificates.

    Certificates stay as they were issued.

    Raises:
        NotFound: There is no such class.
        Refused: No reason is given, or the class is not finalized.
    """
    why = clean_lines(reason)
    training_class = fetch(session, TrainingClass, class_id, "class")
    if training_class.status != "finalized":
        raise Refused(f"{training_class.code} is not finalized; it is {training_class.status}.")
    if not why:
        sentence = "Reopening a class needs a reason."
        raise Refused(sentence, "It is kept in the history.", {"reason": sentence})
    for record in _active(session, class_id):
        record.result, record.credited_minutes, record.completed_on = "open", None, None
    training_class.status, training_class.reopen_reason = "open", why
    training_class.finalized_at = None
    session.flush()
    return _stay(_certificates(session, class_id))


def _missing_things(grid: AttendanceGrid) -> Iterator[Obstacle]:
    if not grid.people:
        yield Obstacle("empty", "Nobody is enrolled as a trainee.")
    if not grid.blocks:
        yield Obstacle("blocks", "The class has no blocks.")


def _future(grid: AttendanceGrid) -> Iterator[Obstacle]:
    for block in grid.blocks:
        if block.day > clock.today():
            yield Obstacle("future", f"{_when(block)} is still to come.", block_id=block.id)


def _blanks(grid: AttendanceGrid) -> Iterator[Obstacle]:
    for block in grid.blocks:
        blank = [person for person in grid.people if (person.id, block.id) not in grid.marks]
        if not blank or block.day > clock.today():
            continue
        who = "; ".join(person.name for person in blank[:5])
        more = f" and {len(blank) - 5} more" if len(blank) > 5 else ""
        verb = "is" if len(blank) == 1 else "are"
        sentence = f"{_when(block)}: {who}{more} {verb} not marked."
        yield Obstacle("blank", sentence, blank[0].id, block.id)


def _tests(grid: AttendanceGrid) -> Iterator[Obstacle]:
    """Tests not entered of those who have the hours; the others do not complete anyway."""
    for person in grid.people:
        if grid.summaries[person.id].short_minutes:
            continue
        if grid.rule.min_score is not None and person.score is None:
            yield Obstacle("score", f"{person.name} has no test score.", person.id)
        if grid.rule.scenario_required and person.scenario_passed is None:
            yield Obstacle("scenario", f"{person.name} has no scenario result.", person.id)


def _sums(grid: AttendanceGrid) -> Iterator[Obstacle]:
    offered = sum(block.minutes for block in grid.blocks)
    if grid.blocks and offered != grid.rule.minutes:
        sentence = (
            f"The blocks add up to {decimal(offered)} hours, "
            f"but the class counts {decimal(grid.rule.minutes)}."
        )
        yield Obstacle("hours", sentence, blocking=False)
    for block in grid.blocks:
        taught = sum(minutes for _, minutes in block.parts)
        if taught != block.minutes:
            sentence = (
                f"The modules of {_when(block)} add up to {decimal(taught)} hours, "
                f"but the block has {decimal(block.minutes)}."
            )
            yield Obstacle("hours", sentence, block_id=block.id, blocking=False)


def _when(block: GridBlock) -> str:
    when = clock_range(block.starts_at, block.starts_at + block.minutes)
    return f"{short_day(block.day, dated=True)} {when}"


def _settle(
    record: Enrollment, reached: Summary, ends: date | None, made_up: dict[int, date]
) -> None:
    done = reached.state == "ready"
    record.result = "completed" if done else "partial"
    record.credited_minutes = reached.minutes
    days = [day for day in (ends, made_up.get(record.id)) if day is not None]
    record.completed_on = max(days, default=None) if done else None


def _active(session: Session, class_id: int) -> list[Enrollment]:
    return list(
        session.scalars(
            select(Enrollment).where(
                Enrollment.class_id == class_id, Enrollment.result != "withdrawn"
            )
        )
    )


def _last_makeups(session: Session, class_id: int) -> dict[int, date]:
    """The last day on which each enrollment made up time."""
    found = session.execute(
        select(Makeup.enrollment_id, func.max(Makeup.day))
        .join(Enrollment, Enrollment.id == Makeup.enrollment_id)
        .where(Enrollment.class_id == class_id)
        .group_by(Makeup.enrollment_id)
    )
    return dict(found.tuples().all())


def _taught(session: Session, class_id: int, person_id: int) -> int:
    minutes = session.scalar(
        select(func.sum(Block.minutes))
        .join(BlockInstructor, BlockInstructor.block_id == Block.id)
        .where(Block.class_id == class_id, BlockInstructor.person_id == person_id)
    )
    return minutes or 0


def _certificates(session: Session, class_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Certificate)
            .where(
                Certificate.class_id == class_id,
                Certificate.status.in_(("issued", "on record")),
            )
        )
        or 0
    )


def _stay(certificates: int) -> str:
    if certificates == 0:
        return "The class is open again. No certificates were issued yet."
    those = "1 certificate stays" if certificates == 1 else f"{certificates} certificates stay"
    return (
        f"The class is open again. {those} as issued; "
        "revoke or reissue what the corrections make wrong."
    )
