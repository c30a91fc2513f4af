"""Everything that a line of a roster can be made of, gathered for many people at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.models import (
    Agency,
    Block,
    BlockInstructor,
    Certificate,
    Chapter,
    Course,
    Employment,
    Enrollment,
    Person,
    Signer,
    StateNumber,
    TrainingClass,
)
from cit_desktop.services import candidates, earned, names
from cit_desktop.services.earned import Earned

_AT_ONCE = 500


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
    days, instructors = _days(session, ids), _instructors(session, ids)
    coordinators = _coordinators(session)
    return [
        _class(training, course, chapter, days, instructors, coordinators)
        for training, course, chapter in found
    ]


def people(session: Session, trainings: Iterable[ClassFacts]) -> list[PersonFacts]:
    """Everybody in these classes, in the order of names."""
    by_id = {training.id: training for training in trainings}
    found = [row for some in _chunks(list(by_id)) for row in _enrollments(session, some)]
    person_ids = sorted({row.person_id for row in found})
    numbers = _state_numbers(session, person_ids)
    certificates = _certificates(session, list(by_id))
    got = earned.of(session, [row.id for row in found])
    homeless = [row for row in found if row.agency_id is None]
    employers = _employers(session, homeless, by_id)
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
        provider=chapter.provider or chapter.name,
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


def _days(session: Session, class_ids: Sequence[int]) -> dict[int, tuple[date, ...]]:
    found: defaultdict[int, set[date]] = defaultdict(set)
    for some in _chunks(class_ids):
        for class_id, day in session.execute(
            select(Block.class_id, Block.day).where(Block.class_id.in_(some))
        ):
            found[class_id].add(day)
    return {class_id: tuple(sorted(days)) for class_id, days in found.items()}


def _instructors(
    session: Session, class_ids: Sequence[int]
) -> dict[int, tuple[tuple[str, int], ...]]:
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


def _coordinators(session: Session) -> dict[int, str]:
    """Who signs first for each chapter."""
    found: dict[int, str] = {}
    for chapter_id, name, title in session.execute(
        select(Signer.chapter_id, Signer.name, Signer.title)
        .where(Signer.archived.is_(False))
        .order_by(Signer.position, Signer.id)
    ):
        found.setdefault(chapter_id, f"{name}, {title}" if title else name)
    return found


def _enrollments(session: Session, class_ids: Sequence[int]) -> Sequence[Any]:
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


def _state_numbers(session: Session, person_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for some in _chunks(person_ids):
        for person_id, kind, number in session.execute(
            select(StateNumber.person_id, StateNumber.kind, StateNumber.number)
            .where(StateNumber.person_id.in_(some))
            .order_by(StateNumber.id)
        ):
            found[person_id].append((kind, number))
    return found


def _certificates(session: Session, class_ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in _chunks(class_ids):
        rows = session.execute(
            select(Certificate.enrollment_id, Certificate.number)
            .where(Certificate.class_id.in_(some), Certificate.status.in_(candidates.ACTIVE))
            .order_by(Certificate.id)
        )
        found |= dict(rows.tuples().all())
    return found


def _employers(
    session: Session, rows: Sequence[Any], trainings: dict[int, ClassFacts]
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
        day = trainings[row.class_id].ends
        for job in by_person[row.person_id]:
            if day and (job.starts or day) <= day <= (job.ends or day):
                found[row.id] = job
                break
    return found


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


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
