"""Two enrollments of what is one person: whether they can become one, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from cit_desktop.models import (
    Attendance,
    Base,
    Block,
    Certificate,
    Enrollment,
    Makeup,
    TrainingClass,
)
from cit_desktop.services import names
from cit_desktop.services.merge_views import ClassLine
from cit_desktop.text import clean_lines

_RANK: Final = ("withdrawn", "open", "partial", "completed")
_OF_RESULT: Final = ("result", "credited_minutes", "completed_on")
_OF_PLACE: Final = ("agency_id", "title")
_SINGLE: Final = {"score": "test score", "scenario_passed": "scenario result"}


@dataclass(frozen=True, slots=True)
class Twice:
    """A class that both are in."""

    line: ClassLine
    keep: Enrollment
    other: Enrollment


def of_other(session: Session, keep_id: int, other_id: int) -> tuple[list[ClassLine], list[Twice]]:
    """What becomes of the other's classes, and those among them that both are in."""
    own = {one.class_id: one for one in _enrollments(session, keep_id)}
    found: list[ClassLine] = []
    twice: list[Twice] = []
    for enrollment in _enrollments(session, other_id):
        held = session.get_one(TrainingClass, enrollment.class_id)
        if held.id not in own:
            found.append(ClassLine(held.id, held.code, held.title, "moves"))
            continue
        kept = own[held.id]
        against = " ".join(_against(session, held, kept, enrollment))
        line = ClassLine(
            held.id,
            held.code,
            held.title,
            "refused" if against else "joined",
            against or f"Both are in {held.code}: their records there become one.",
        )
        found.append(line)
        twice.append(Twice(line, kept, enrollment))
    return found, twice


def join(session: Session, twice: Twice) -> None:
    """Make two enrollments one: the kept person's, with all that the other one adds."""
    keep, other = twice.keep, twice.other
    values = _joined(keep, other)
    there = set(
        session.scalars(select(Attendance.block_id).where(Attendance.enrollment_id == keep.id))
    )
    for mark in session.scalars(select(Attendance).where(Attendance.enrollment_id == other.id)):
        if mark.block_id in there:
            session.delete(mark)  # the same mark stands there already
        else:
            mark.enrollment_id = keep.id
    session.flush()
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "enrollment":
                own = key.parent == other.id
                session.execute(update(table).where(own).values({key.parent.name: keep.id}))
    session.delete(other)
    for field, value in values.items():
        if getattr(keep, field) != value:
            setattr(keep, field, value)
    session.flush()


def _joined(keep: Enrollment, other: Enrollment) -> dict[str, Any]:
    better = max((keep, other), key=lambda one: (_rank(one), one is keep))
    values = {field: getattr(better, field) for field in _OF_RESULT}
    if keep.agency_id is None and not keep.title:
        values |= {field: getattr(other, field) for field in _OF_PLACE}
    if keep.result == "withdrawn" != other.result:
        values["role"] = other.role
    for field in ("number", "score", "scenario_passed"):
        own = getattr(keep, field)
        values[field] = getattr(other, field) if own is None else own
    notes = dict.fromkeys(note for note in (keep.note, other.note) if note)
    values["note"] = clean_lines("\n".join(notes))
    return values


def _rank(enrollment: Enrollment) -> tuple[int, int]:
    return _RANK.index(enrollment.result), enrollment.credited_minutes or 0


def _against(
    session: Session, held: TrainingClass, keep: Enrollment, other: Enrollment
) -> Iterator[str]:
    """What stands in the way of making two enrollments one."""
    code = held.code
    left = "withdrawn" in (keep.result, other.result)
    if keep.role != other.role and not left:
        yield (
            f"In {code} one is {_a(keep.role)} and the other {_a(other.role)}. "
            "Give both the same role first."
        )
    yield from _different_marks(session, code, keep.id, other.id)
    yield from _too_much_time(session, code, keep.id, other.id)
    for field, word in _SINGLE.items():
        one, two = getattr(keep, field), getattr(other, field)
        if one is not None and two is not None and one != two:
            yield f"In {code} they have a different {word}. Correct the one that is wrong first."
    yield from _two_certificates(session, code, keep.id, other.id)
    if held.status != "open" and not left:
        yield from _different_results(session, held, keep, other)


def _a(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"


def _different_marks(session: Session, code: str, keep_id: int, other_id: int) -> Iterator[str]:
    own, others = _marks(session, keep_id), _marks(session, other_id)
    blocks = sorted(key for key in own.keys() & others.keys() if own[key] != others[key])
    if not blocks:
        return
    block = session.get_one(Block, blocks[0])
    first = f"{names.day(block.day)}, {names.clock_time(block.starts_at)}"
    where = f"in {len(blocks)} blocks, first on {first}" if len(blocks) > 1 else f"on {first}"
    yield (
        f"In {code} they are marked differently {where}: {own[blocks[0]][0]} and "
        f"{others[blocks[0]][0]}. Clear or correct the mark that is wrong first."
    )


def _too_much_time(session: Session, code: str, keep_id: int, other_id: int) -> Iterator[str]:
    made_up = dict(
        session.execute(
            select(Makeup.block_id, func.sum(Makeup.minutes))
            .where(Makeup.enrollment_id.in_((keep_id, other_id)))
            .group_by(Makeup.block_id)
        )
        .tuples()
        .all()
    )
    marks = _marks(session, other_id) | _marks(session, keep_id)
    for block in session.scalars(select(Block).where(Block.id.in_(made_up))):
        minutes = marks[block.id][1] if block.id in marks else 0
        if made_up[block.id] + minutes > block.minutes:
            yield (
                f"In {code} their time and make-ups in “{block.title}” are more than the block "
                "lasts. Remove the make-up that is too much first."
            )


def _two_certificates(session: Session, code: str, keep_id: int, other_id: int) -> Iterator[str]:
    found = session.execute(
        select(Certificate.enrollment_id, Certificate.number)
        .where(
            Certificate.enrollment_id.in_((keep_id, other_id)),
            Certificate.status.in_(("issued", "on record")),
        )
        .order_by(Certificate.number)
    ).all()
    if len({row.enrollment_id for row in found}) > 1:
        numbers = " and ".join(row.number for row in found)
        yield f"In {code} both have a certificate: {numbers}. Revoke one of them first."


def _different_results(
    session: Session, held: TrainingClass, keep: Enrollment, other: Enrollment
) -> Iterator[str]:
    """In a class that is no longer open, results cannot be made from what is joined."""
    marks = _marks(session, keep.id), _marks(session, other.id)
    attended = [sum(minutes for _, minutes in own.values()) for own in marks]
    worked = [
        one.result == "completed" or bool(minutes)
        for one, minutes in zip((keep, other), attended, strict=True)
    ]
    alike = [getattr(keep, field) == getattr(other, field) for field in _OF_RESULT]
    if all(worked) and not (all(alike) and marks[0] == marks[1]):
        hint = "Reopen the class" if held.status == "finalized" else "Correct one of them"
        yield f"{held.code} is {held.status} with a result for each of them. {hint} first."


def _marks(session: Session, enrollment_id: int) -> dict[int, tuple[str, int]]:
    found = session.execute(
        select(Attendance.block_id, Attendance.mark, Attendance.minutes).where(
            Attendance.enrollment_id == enrollment_id
        )
    )
    return {row.block_id: (row.mark, row.minutes) for row in found}


def _enrollments(session: Session, person_id: int) -> list[Enrollment]:
    wanted = select(Enrollment).where(Enrollment.person_id == person_id)
    return list(session.scalars(wanted.order_by(Enrollment.id)))
