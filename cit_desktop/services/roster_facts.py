"""Everything that a line of a roster can be made of, gathered for many people at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.models import (
    Chapter,
    Course,
    TrainingClass,
)
from cit_desktop.services import earned, names, roster_queries
from cit_desktop.services.earned import Earned


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class as rosters name it.

    Attributes:
        days: The days of its blocks, or its first and last day.
        instructors: Who taught, with minutes; those of most minutes first.
        coordinator: Who signs first for the chapter, with the title.
    """

    id: int
    code: str
    title: str
    status: str
    course_id: int
    course: str
    course_number: str
    chapter: str
    provider: str
    location: str
    county: str
    starts: date | None
    ends: date | None
    minutes: int
    min_attendance: int
    days: tuple[date, ...]
    instructors: tuple[tuple[str, int], ...]
    lead_instructor: str
    coordinator: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One enrollment as rosters show it; agency and title as at the time of the class.

    Attributes:
        enrollment_id: Below zero for who teaches without being enrolled.
        numbers: Kind and text of each state number, the first one entered first.
    """

    enrollment_id: int
    person_id: int
    training: ClassFacts
    number: int | None
    first: str
    middle: str
    last: str
    suffix: str
    discipline: str
    email: str
    phone: str
    title: str
    agency: str
    agency_ori: str
    agency_county: str
    role: str
    result: str
    score: int | None
    scenario_passed: int | None
    credited: int | None
    completed: date | None
    certificate: str
    numbers: tuple[tuple[str, str], ...]
    earned: Earned

    @property
    def name(self) -> str:
        """The name as in a sorted list."""
        return names.listed(self.first, self.middle, self.last, self.suffix)

    @property
    def enrolled(self) -> bool:
        """On the roster, and not only teaching."""
        return self.enrollment_id > 0

    @property
    def minutes(self) -> int:
        """Minutes attended; those credited where no attendance was kept."""
        return self.earned.attended or self.credited or 0

    @property
    def credit(self) -> int:
        """Minutes that count: those credited, or those attended until the class is finalized."""
        return self.earned.attended if self.credited is None else self.credited


def classes(session: Session, *which: ColumnElement[bool]) -> list[ClassFacts]:
    """The classes that the conditions let through, by their last day."""
    found = session.execute(
        select(TrainingClass, Course.title, Chapter)
        .join(Course, Course.id == TrainingClass.course_id)
        .join(Chapter, Chapter.id == TrainingClass.chapter_id)
        .where(*which)
        .order_by(TrainingClass.ends, TrainingClass.id)
    ).all()
    ids = [training.id for training, _, _ in found]
    days, instructors = roster_queries.days(session, ids), roster_queries.instructors(session, ids)
    coordinators = roster_queries.coordinators(session)
    return [
        _class(training, course, chapter, days, instructors, coordinators)
        for training, course, chapter in found
    ]


def people(session: Session, trainings: Iterable[ClassFacts]) -> list[PersonFacts]:
    """Everybody in these classes, in the order of names."""
    by_id = {training.id: training for training in trainings}
    found = roster_queries.enrollments(session, list(by_id))
    person_ids = sorted({row.person_id for row in found})
    numbers = roster_queries.state_numbers(session, person_ids)
    certificates = roster_queries.certificates(session, list(by_id))
    got = earned.of(session, [row.id for row in found])
    last_days = {training.id: training.ends for training in by_id.values()}
    homeless = [row for row in found if row.agency_id is None]
    employers = roster_queries.employers(session, homeless, last_days)
    return [
        _person(
            row,
            by_id[row.class_id],
            employers.get(row.id),
            certificates.get(row.id, ""),
            tuple(numbers.get(row.person_id, ())),
            got[row.id],
        )
        for row in sorted(found, key=lambda row: (row.sort_key, row.person_id, row.class_id))
    ]


def teachers(session: Session, training: ClassFacts, known: Collection[int]) -> list[PersonFacts]:
    """Who teaches a block of the class, other than the people known, in the order of names."""
    found = roster_queries.teachers(session, training.id, known)
    numbers = roster_queries.state_numbers(session, [row.person_id for row in found])
    jobs = roster_queries.employers(session, found, {training.id: training.ends})
    got = earned.of_teachers(session, training.id)
    return [
        _person(
            row,
            training,
            jobs.get(row.id),
            "",
            tuple(numbers.get(row.person_id, ())),
            got[row.person_id],
        )
        for row in found
    ]


def discipline_name(key: str) -> str:
    """How a discipline is called; the key itself where it is not in the catalogue."""
    for known in catalogs.disciplines():
        if known.key == key:
            return known.name
    return key


def group_of(discipline: str) -> str:
    """Key of the group of a discipline, or an empty text where it is not known."""
    for known in catalogs.disciplines():
        if known.key == discipline:
            return known.group
    return ""


def _class(
    training: TrainingClass,
    course: str,
    chapter: Chapter,
    days: dict[int, tuple[date, ...]],
    instructors: dict[int, tuple[tuple[str, int], ...]],
    coordinators: dict[int, str],
) -> ClassFacts:
    ends = {day for day in (training.starts, training.ends) if day is not None}
    return ClassFacts(
        id=training.id,
        code=training.code,
        title=training.title,
        status=training.status,
        course_id=training.course_id,
        course=course,
        course_number=training.course_number,
        chapter=chapter.name,
        provider=chapter.provider,
        location=training.location,
        county=training.county,
        starts=training.starts,
        ends=training.ends,
        minutes=training.minutes,
        min_attendance=training.min_attendance,
        days=days.get(training.id) or tuple(sorted(ends)),
        instructors=instructors.get(training.id, ()),
        lead_instructor=training.lead_instructor,
        coordinator=coordinators.get(chapter.id, ""),
    )


def _person(
    row: Any,
    training: ClassFacts,
    job: Any | None,
    certificate: str,
    numbers: tuple[tuple[str, str], ...],
    got: Earned,
) -> PersonFacts:
    return PersonFacts(
        enrollment_id=row.id,
        person_id=row.person_id,
        training=training,
        number=row.number,
        first=row.first,
        middle=row.middle,
        last=row.last,
        suffix=row.suffix,
        discipline=row.discipline,
        email=row.email,
        phone=row.phone,
        title=row.title or (job.title if job else ""),
        agency=row.agency or (job.name if job else ""),
        agency_ori=row.ori or (job.ori if job else ""),
        agency_county=row.agency_county or (job.county if job else ""),
        role=row.role,
        result=row.result,
        score=row.score,
        scenario_passed=row.scenario_passed,
        credited=row.credited_minutes,
        completed=row.completed_on or (training.ends if row.result == "completed" else None),
        certificate=certificate,
        numbers=numbers,
        earned=got,
    )
