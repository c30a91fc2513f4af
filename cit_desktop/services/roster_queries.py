"""The rows that rosters are made of, for many classes and people at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import literal, null, select
from sqlalchemy.orm import Session

from cit_desktop.models import (
    Agency,
    Block,
    BlockInstructor,
    Certificate,
    Employment,
    Enrollment,
    Person,
    Signer,
    StateNumber,
)
from cit_desktop.services import candidates, names

_AT_ONCE = 500


def days(session: Session, class_ids: Sequence[int]) -> dict[int, tuple[date, ...]]:
    """The days of the blocks of each class."""
    found: defaultdict[int, set[date]] = defaultdict(set)
    for some in _chunks(class_ids):
        for class_id, day in session.execute(
            select(Block.class_id, Block.day).where(Block.class_id.in_(some))
        ):
            found[class_id].add(day)
    return {class_id: tuple(sorted(days)) for class_id, days in found.items()}


def instructors(
    session: Session, class_ids: Sequence[int]
) -> dict[int, tuple[tuple[str, int], ...]]:
    """Who taught in each class, with minutes, those of most minutes first."""
    sums: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for some in _chunks(class_ids):
        for row in session.execute(
            select(
                Block.class_id,
                Block.minutes,
                Person.first,
                Person.middle,
                Person.last,
                Person.suffix,
            )
            .join(BlockInstructor, BlockInstructor.block_id == Block.id)
            .join(Person, Person.id == BlockInstructor.person_id)
            .where(Block.class_id.in_(some))
            .order_by(Person.sort_key, Person.id)
        ):
            name = names.full(row.first, row.middle, row.last, row.suffix)
            sums[row.class_id][name] += row.minutes
    return {class_id: tuple(taught.most_common()) for class_id, taught in sums.items()}


def coordinators(session: Session) -> dict[int, str]:
    """Who signs first for each chapter."""
    found: dict[int, str] = {}
    for chapter_id, name, title in session.execute(
        select(Signer.chapter_id, Signer.name, Signer.title)
        .where(Signer.archived.is_(False))
        .order_by(Signer.position, Signer.id)
    ):
        found.setdefault(chapter_id, f"{name}, {title}" if title else name)
    return found


def enrollments(session: Session, class_ids: Sequence[int]) -> list[Any]:
    """Everybody in these classes, with the agency they name."""
    return [row for some in _chunks(class_ids) for row in _some_enrollments(session, some)]


def _some_enrollments(session: Session, class_ids: Sequence[int]) -> Sequence[Any]:
    return session.execute(
        select(
            Enrollment.id,
            Enrollment.class_id,
            Enrollment.person_id,
            Enrollment.agency_id,
            Enrollment.title,
            Enrollment.number,
            Enrollment.role,
            Enrollment.result,
            Enrollment.score,
            Enrollment.scenario_passed,
            Enrollment.credited_minutes,
            Enrollment.completed_on,
            Person.first,
            Person.middle,
            Person.last,
            Person.suffix,
            Person.sort_key,
            Person.discipline,
            Person.email,
            Person.phone,
            Agency.name.label("agency"),
            Agency.ori,
            Agency.county.label("agency_county"),
        )
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(Agency, Agency.id == Enrollment.agency_id)
        .where(Enrollment.class_id.in_(class_ids))
    ).all()


def teachers(session: Session, class_id: int, known: Collection[int]) -> Sequence[Any]:
    """Who teaches a block of a class, other than the people known, like :func:`enrollments`.

    The id of such a row is the person's below zero: it is no enrollment.
    """
    empty = ("agency_id", "number", "score", "scenario_passed", "credited_minutes", "completed_on")
    blank = ("title", "result", "agency", "ori", "agency_county")
    return session.execute(
        select(
            (-Person.id).label("id"),
            Person.id.label("person_id"),
            literal(class_id).label("class_id"),
            literal("instructor").label("role"),
            *(null().label(name) for name in empty),
            *(literal("").label(name) for name in blank),
            *(Person.first, Person.middle, Person.last, Person.suffix),
            *(Person.discipline, Person.email, Person.phone),
        )
        .where(
            Person.id.not_in(known),
            Person.id.in_(
                select(BlockInstructor.person_id)
                .join(Block, Block.id == BlockInstructor.block_id)
                .where(Block.class_id == class_id)
            ),
        )
        .order_by(Person.sort_key, Person.id)
    ).all()


def state_numbers(session: Session, person_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Kind and text of each person's numbers, the first one entered first."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for some in _chunks(person_ids):
        for person_id, kind, number in session.execute(
            select(StateNumber.person_id, StateNumber.kind, StateNumber.number)
            .where(StateNumber.person_id.in_(some))
            .order_by(StateNumber.id)
        ):
            found[person_id].append((kind, number))
    return found


def certificates(session: Session, class_ids: Sequence[int]) -> dict[int, str]:
    """The number of the valid certificate of each enrollment."""
    found: dict[int, str] = {}
    for some in _chunks(class_ids):
        rows = session.execute(
            select(Certificate.enrollment_id, Certificate.number)
            .where(Certificate.class_id.in_(some), Certificate.status.in_(candidates.ACTIVE))
            .order_by(Certificate.id)
        )
        found |= dict(rows.tuples().all())
    return found


def employers(
    session: Session, rows: Sequence[Any], class_days: Mapping[int, date | None]
) -> dict[int, Any]:
    """The employment on the last day of the class, for enrollments that name no agency."""
    by_person: defaultdict[int, list[Any]] = defaultdict(list)
    for some in _chunks(sorted({row.person_id for row in rows})):
        for job in session.execute(
            select(
                Employment.person_id,
                Employment.title,
                Employment.starts,
                Employment.ends,
                Agency.name,
                Agency.ori,
                Agency.county,
            )
            .join(Agency, Agency.id == Employment.agency_id)
            .where(Employment.person_id.in_(some))
            .order_by(Employment.starts.desc(), Employment.id.desc())
        ):
            by_person[job.person_id].append(job)
    found = {}
    for row in rows:
        day = class_days[row.class_id]
        for job in by_person[row.person_id]:
            if day and (job.starts or day) <= day <= (job.ends or day):
                found[row.id] = job
                break
    return found


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
