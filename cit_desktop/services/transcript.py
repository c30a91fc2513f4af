"""A person's training history: classes, hours by area and year, certificates, standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.errors import NotFound
from cit_desktop.models import (
    Agency,
    Certificate,
    Course,
    Enrollment,
    Person,
    TrainingClass,
)
from cit_desktop.services import candidates, certificate_list, certification, earned, names
from cit_desktop.services.certificate_list import CertificateRow
from cit_desktop.services.certification import Standing


@dataclass(frozen=True, slots=True)
class Line:
    """One class of a person.

    Attributes:
        minutes: Credited, or attended so far; taught for an instructor.
        certificate: Number of the valid certificate, or an empty text.
    """

    class_id: int
    enrollment_id: int
    code: str
    title: str
    course: str
    starts: date | None
    ends: date | None
    status: str
    role: str
    agency: str
    job_title: str
    result: str
    minutes: int
    certificate: str


@dataclass(frozen=True, slots=True)
class YearOfAreas:
    """Minutes of a calendar year by credit area; ``other`` is time of which no area is known."""

    year: int
    areas: tuple[tuple[str, int], ...]
    other: int
    total: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything a person was trained in, the newest class first.

    Attributes:
        years: Credited minutes as a trainee, the newest year first.
        total: All credited minutes as a trainee.
        taught: All minutes taught.
    """

    person_id: int
    name: str
    lines: tuple[Line, ...]
    years: tuple[YearOfAreas, ...]
    total: int
    taught: int
    certificates: tuple[CertificateRow, ...]
    standing: Standing


def of(session: Session, person_id: int, today: date | None = None) -> Transcript:
    """The training history of a person.

    Raises:
        NotFound: There is no such person.
    """
    person = session.execute(
        select(Person.first, Person.middle, Person.last, Person.suffix).where(
            Person.id == person_id
        )
    ).first()
    if person is None:
        raise NotFound("This person is no longer in the records.", "Refresh the list.")
    found = _enrollments(session, person_id)
    got = earned.of(session, [row.id for row in found])
    numbers = _numbers(session, person_id)
    lines = tuple(_line(row, got[row.id], numbers.get(row.id, "")) for row in found)
    years = _years(found, got)
    chosen = certificate_list.Filter(person_id=person_id)
    ids = certificate_list.ids(session, chosen, sort="issued")
    certificates = certificate_list.rows(session, ids)
    standing = certification.standing(session, [person_id], today or clock.today())
    return Transcript(
        person_id=person_id,
        name=names.full(*person),
        lines=lines,
        years=years,
        total=sum(year.total for year in years),
        taught=sum(entry.taught for entry in got.values()),
        certificates=tuple(certificates[certificate_id] for certificate_id in ids),
        standing=standing[person_id],
    )


def _enrollments(session: Session, person_id: int) -> Sequence[Any]:
    return session.execute(
        select(
            Enrollment.id,
            Enrollment.class_id,
            Enrollment.role,
            Enrollment.result,
            Enrollment.title.label("job_title"),
            Enrollment.credited_minutes,
            Enrollment.completed_on,
            TrainingClass.code,
            TrainingClass.title,
            TrainingClass.starts,
            TrainingClass.ends,
            TrainingClass.status,
            Course.title.label("course"),
            Agency.name.label("agency"),
        )
        .join(TrainingClass, TrainingClass.id == Enrollment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .outerjoin(Agency, Agency.id == Enrollment.agency_id)
        .where(Enrollment.person_id == person_id)
        .order_by(TrainingClass.ends.desc(), Enrollment.id.desc())
    ).all()


def _numbers(session: Session, person_id: int) -> dict[int, str]:
    found = session.execute(
        select(Certificate.enrollment_id, Certificate.number).where(
            Certificate.person_id == person_id, Certificate.status.in_(candidates.ACTIVE)
        )
    )
    return dict(found.tuples().all())


def _line(row: Any, got: earned.Earned, number: str) -> Line:
    return Line(
        class_id=row.class_id,
        enrollment_id=row.id,
        code=row.code,
        title=row.title,
        course=row.course,
        starts=row.starts,
        ends=row.ends,
        status=row.status,
        role=row.role,
        agency=row.agency or "",
        job_title=row.job_title,
        result=row.result,
        minutes=got.taught if row.role == "instructor" else _credited(row, got),
        certificate=number,
    )


def _credited(row: Any, got: earned.Earned) -> int:
    return got.attended if row.credited_minutes is None else int(row.credited_minutes)


def _years(found: Sequence[Any], got: dict[int, earned.Earned]) -> tuple[YearOfAreas, ...]:
    """Credited minutes by year and area; a class counts in the year in which it was completed."""
    sums: dict[int, Counter[str]] = {}
    totals = Counter[int]()
    for row in found:
        day = row.completed_on or row.ends
        if row.role != "trainee" or row.credited_minutes is None or day is None:
            continue
        shared = earned.share(row.credited_minutes, got[row.id].areas.items())
        sums.setdefault(day.year, Counter()).update(shared)
        totals[day.year] += row.credited_minutes
    return tuple(
        YearOfAreas(
            year=year,
            areas=earned.in_order(sums[year]),
            other=totals[year] - sum(sums[year].values()),
            total=totals[year],
        )
        for year in sorted(sums, reverse=True)
    )
