"""All that is known of a person, for the person's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop.models import (
    Agency,
    Block,
    BlockInstructor,
    Certificate,
    Course,
    Enrollment,
    Person,
    TrainingClass,
)
from cit_desktop.services import employments, names, records, search_titles, state_numbers
from cit_desktop.services.employments import EmploymentView
from cit_desktop.services.state_numbers import NumberView


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """An enrollment; agency and title are those of the time of the class.

    Attributes:
        status: Of the class: ``open``, ``finalized``, ``on record`` or ``cancelled``.
        minutes: Minutes credited; None while the class is open.
    """

    enrollment_id: int
    class_id: int
    class_code: str
    class_title: str
    course_code: str
    course_title: str
    starts: date | None
    ends: date | None
    status: str
    role: str
    result: str
    minutes: int | None
    completed_on: date | None
    agency: str
    title: str


@dataclass(frozen=True, slots=True)
class TeachingLine:
    """A class in which the person taught, and for how long."""

    class_id: int
    class_code: str
    class_title: str
    starts: date | None
    blocks: int
    minutes: int


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate of the person."""

    id: int
    number: str
    kind: str
    status: str
    class_id: int
    class_title: str
    completed_on: date | None
    minutes: int | None
    issued_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """All that is known of a person; lists have the latest first."""

    id: int
    uid: str
    version: int
    last: str
    first: str
    middle: str
    suffix: str
    nickname: str
    discipline: str
    county: str
    email: str
    phone: str
    note: str
    archived: bool
    numbers: tuple[NumberView, ...]
    employments: tuple[EmploymentView, ...]
    trainings: tuple[TrainingLine, ...]
    teachings: tuple[TeachingLine, ...]
    certificates: tuple[CertificateLine, ...]

    @property
    def name(self) -> str:
        """The name as spoken."""
        return names.full(self.first, self.middle, self.last, self.suffix)

    @property
    def listed_name(self) -> str:
        """The name as it stands in a sorted list."""
        return names.listed(self.first, self.middle, self.last, self.suffix)

    @property
    def discipline_name(self) -> str:
        """The discipline as people say it."""
        return search_titles.discipline_name(self.discipline)

    @property
    def current(self) -> EmploymentView | None:
        """The employment of today, the latest one if there are several."""
        return next((found for found in self.employments if found.current), None)


def view(session: Session, person_id: int) -> PersonView:
    """All that is known of a person.

    Raises:
        NotFound: There is no such person.
    """
    person = records.fetch(session, Person, person_id, "person")
    own = ("id", "uid", "version", "last", "first", "middle", "suffix", "nickname")
    more = ("discipline", "county", "email", "phone", "note", "archived")
    return PersonView(
        **{name: getattr(person, name) for name in own + more},
        numbers=state_numbers.numbers(session, person_id),
        employments=employments.employments(session, person_id),
        trainings=_trainings(session, person_id),
        teachings=_teachings(session, person_id),
        certificates=_certificates(session, person_id),
    )


def _trainings(session: Session, person_id: int) -> tuple[TrainingLine, ...]:
    found = session.execute(
        select(
            Enrollment.id,
            TrainingClass.id,
            TrainingClass.code,
            TrainingClass.title,
            Course.code,
            Course.title,
            TrainingClass.starts,
            TrainingClass.ends,
            TrainingClass.status,
            Enrollment.role,
            Enrollment.result,
            Enrollment.credited_minutes,
            Enrollment.completed_on,
            func.coalesce(Agency.name, ""),
            Enrollment.title,
        )
        .join(TrainingClass, TrainingClass.id == Enrollment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .outerjoin(Agency, Agency.id == Enrollment.agency_id)
        .where(Enrollment.person_id == person_id)
        .order_by(TrainingClass.starts.desc(), Enrollment.id.desc())
    )
    return tuple(TrainingLine(*row) for row in found)


def _teachings(session: Session, person_id: int) -> tuple[TeachingLine, ...]:
    found = session.execute(
        select(
            TrainingClass.id,
            TrainingClass.code,
            TrainingClass.title,
            TrainingClass.starts,
            func.count(Block.id),
            func.sum(Block.minutes),
        )
        .join(Block, Block.class_id == TrainingClass.id)
        .join(BlockInstructor, BlockInstructor.block_id == Block.id)
        .where(BlockInstructor.person_id == person_id)
        .group_by(TrainingClass.id)
        .order_by(TrainingClass.starts.desc(), TrainingClass.id.desc())
    )
    return tuple(TeachingLine(*row) for row in found)


def _certificates(session: Session, person_id: int) -> tuple[CertificateLine, ...]:
    found = session.execute(
        select(
            Certificate.id,
            Certificate.number,
            Certificate.kind,
            Certificate.status,
            TrainingClass.id,
            TrainingClass.title,
            Certificate.completed_on,
            Certificate.minutes,
            Certificate.issued_at,
            Certificate.revoked_at,
        )
        .join(TrainingClass, TrainingClass.id == Certificate.class_id)
        .where(Certificate.person_id == person_id)
        .order_by(Certificate.completed_on.desc(), Certificate.id.desc())
    )
    return tuple(CertificateLine(*row) for row in found)
