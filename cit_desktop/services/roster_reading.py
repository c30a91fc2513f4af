"""The roster of a class as a list: its order, its rows, its numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop.models import (
    Agency,
    Attendance,
    Certificate,
    Enrollment,
    Makeup,
    Person,
    StateNumber,
    TrainingClass,
)
from cit_desktop.services import names
from cit_desktop.services.hours_rules import required

RosterSort: TypeAlias = Literal[
    "name", "number", "agency", "title", "discipline", "role", "score", "result"
]

_SORTS: dict[RosterSort, tuple[Any, ...]] = {
    "name": (Person.sort_key,),
    "number": (Enrollment.number.is_(None), Enrollment.number, Person.sort_key),
    "agency": (Agency.sort_key, Person.sort_key),
    "title": (Enrollment.title, Person.sort_key),
    "discipline": (Person.discipline, Person.sort_key),
    "role": (Enrollment.role, Person.sort_key),
    "score": (Enrollment.score, Person.sort_key),
    "result": (Enrollment.result, Person.sort_key),
}


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person in a class.

    Attributes:
        name: As in a sorted list: “Ito, Ana”.
        agency: Of the time of the class.
        state_number: The first of the person's numbers.
        number: On the roster; what it will be while it is not stored yet, None for those without.
        minutes: Attended and made up.
        required: Minutes that the class asks for.
        certificate: Number of the one in force, or an empty text.
    """

    id: int
    person_id: int
    name: str
    agency_id: int | None
    agency: str
    title: str
    discipline: str
    state_number: str
    email: str
    phone: str
    role: str
    number: int | None
    score: int | None
    scenario_passed: int | None
    result: str
    minutes: int
    required: int
    certificate: str


def ids(
    session: Session,
    class_id: int,
    sort: RosterSort = "name",
    descending: bool = False,
    *,
    role: str | None = None,
    withdrawn: bool = True,
) -> list[int]:
    """The enrollments of a class in order.

    Args:
        role: Only those with this role.
        withdrawn: Also those who left the class.
    """
    query = (
        select(Enrollment.id)
        .join(Person, Person.id == Enrollment.person_id)
        .join(Agency, Agency.id == Enrollment.agency_id, isouter=True)
        .where(Enrollment.class_id == class_id)
    )
    if role is not None:
        query = query.where(Enrollment.role == role)
    if not withdrawn:
        query = query.where(Enrollment.result != "withdrawn")
    keys = (*_SORTS[sort], Enrollment.id)
    return list(session.scalars(query.order_by(*(k.desc() if descending else k for k in keys))))


def rows(session: Session, enrollment_ids: Sequence[int]) -> dict[int, RosterRow]:
    """What the roster shows of these enrollments."""
    found = session.execute(_ROWS.where(Enrollment.id.in_(enrollment_ids))).mappings().all()
    numbers = numbering(session, {row["class_id"] for row in found})
    return {
        row["id"]: RosterRow(
            id=row["id"],
            person_id=row["person_id"],
            name=names.listed(row["first"], row["middle"], row["last"], row["suffix"]),
            agency_id=row["agency_id"],
            agency=row["agency"] or "",
            title=row["title"],
            discipline=row["discipline"],
            state_number=row["state_number"] or "",
            email=row["email"],
            phone=row["phone"],
            role=row["role"],
            number=numbers.get(row["id"]),
            score=row["score"],
            scenario_passed=row["scenario_passed"],
            result=row["result"],
            minutes=row["attended"] + row["made_up"],
            required=required(row["class_minutes"], row["min_attendance"]),
            certificate=row["certificate"] or "",
        )
        for row in found
    }


def numbering(session: Session, class_ids: Collection[int]) -> dict[int, int]:
    """The roster number of each enrollment that has one or will get one, without storing it.

    Trainees who have none yet come by name after the highest number of their class.
    """
    found = session.execute(
        select(Enrollment.class_id, Enrollment.id, Enrollment.number, _NUMBERED.label("numbered"))
        .join(Person, Person.id == Enrollment.person_id)
        .where(Enrollment.class_id.in_(class_ids))
        .order_by(Enrollment.class_id, Person.sort_key, Enrollment.id)
    ).all()
    numbers: dict[int, int] = {}
    for _, group in groupby(found, key=lambda row: row.class_id):
        people = list(group)
        stored = {row.id: row.number for row in people if row.number is not None}
        new = [row.id for row in people if row.number is None and row.numbered]
        first = max(stored.values(), default=0) + 1
        numbers |= stored | {key: first + place for place, key in enumerate(new)}
    return numbers


_NUMBERED = (Enrollment.role == "trainee") & (Enrollment.result != "withdrawn")


def _sum_of(table: type[Attendance] | type[Makeup]) -> Any:
    return (
        select(func.coalesce(func.sum(table.minutes), 0))
        .where(table.enrollment_id == Enrollment.id)
        .correlate(Enrollment)
        .scalar_subquery()
    )


_STATE_NUMBER = (
    select(StateNumber.number)
    .where(StateNumber.person_id == Enrollment.person_id)
    .order_by(StateNumber.id)
    .limit(1)
    .correlate(Enrollment)
    .scalar_subquery()
)
_CERTIFICATE = (
    select(Certificate.number)
    .where(
        Certificate.enrollment_id == Enrollment.id,
        Certificate.status.in_(("issued", "on record")),
    )
    .order_by(Certificate.id.desc())
    .limit(1)
    .correlate(Enrollment)
    .scalar_subquery()
)
_ROWS = (
    select(
        *(Enrollment.id, Enrollment.class_id, Enrollment.person_id, Enrollment.agency_id),
        *(Enrollment.title, Enrollment.role, Enrollment.score, Enrollment.scenario_passed),
        *(Enrollment.result, Person.first, Person.middle, Person.last, Person.suffix),
        *(Person.discipline, Person.email, Person.phone, Agency.name.label("agency")),
        TrainingClass.minutes.label("class_minutes"),
        TrainingClass.min_attendance,
        _STATE_NUMBER.label("state_number"),
        _CERTIFICATE.label("certificate"),
        _sum_of(Attendance).label("attended"),
        _sum_of(Makeup).label("made_up"),
    )
    .join(Person, Person.id == Enrollment.person_id)
    .join(TrainingClass, TrainingClass.id == Enrollment.class_id)
    .join(Agency, Agency.id == Enrollment.agency_id, isouter=True)
)
