"""Taking people into a class, with the agency and title of that time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Literal, TypeAlias, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Employment, Enrollment, Person
from cit_desktop.services import names
from cit_desktop.services.class_guard import open_class
from cit_desktop.services.records import fetch

Role: TypeAlias = Literal["trainee", "instructor", "observer"]
ROLES: tuple[Role, ...] = get_args(Role)

_AT_ONCE = 500


def enroll(session: Session, class_id: int, person_id: int, role: Role = "trainee") -> int:
    """Take a person into a class; gives the id of the enrollment.

    Agency and title are those of the person's work on the first day of the class. Somebody who
    withdrew comes back with the marks of before.

    Raises:
        NotFound: There is no such class or person.
        Refused: The person is in the class already, or it is locked.
    """
    added = enroll_many(session, class_id, [person_id], role)
    if not added:
        raise Refused(
            f"{person_name(session, person_id)} is in this class already.",
            "Look for the name in the roster.",
        )
    return added[0]


def enroll_many(
    session: Session, class_id: int, person_ids: Sequence[int], role: Role = "trainee"
) -> list[int]:
    """Take people into a class, leaving out those who are in it; gives the new enrollments.

    Raises:
        NotFound: There is no such class, or one of the people does not exist.
        Refused: The class is locked.
    """
    training_class = open_class(session, class_id)
    check_role(role)
    wanted = list(dict.fromkeys(person_ids))
    _refuse_unknown(session, wanted)
    there = {found.person_id: found for found in _enrolled(session, class_id, wanted)}
    jobs = _jobs(session, wanted, training_class.starts)
    added = []
    for person_id in wanted:
        record = there.get(person_id)
        if record is not None and record.result != "withdrawn":
            continue
        agency_id, title = jobs.get(person_id, (None, ""))
        if record is None:
            record = Enrollment(
                class_id=class_id, person_id=person_id, agency_id=agency_id, title=title
            )
            session.add(record)
        record.role, record.result = role, "open"
        added.append(record)
    session.flush()
    return [record.id for record in added]


def check_role(role: str) -> None:
    """Refuse a role that there is not.

    Raises:
        Refused: Names the roles.
    """
    if role not in ROLES:
        raise Refused(f"“{role}” is no role in a class.", f"Choose one of {', '.join(ROLES)}.")


def person_name(session: Session, person_id: int) -> str:
    """How sentences call a person."""
    person = fetch(session, Person, person_id, "person")
    return names.full(person.first, person.middle, person.last, person.suffix)


def _refuse_unknown(session: Session, person_ids: Sequence[int]) -> None:
    known: set[int] = set()
    for some in _chunks(person_ids):
        known |= set(session.scalars(select(Person.id).where(Person.id.in_(some))))
    if len(known) != len(person_ids):
        raise NotFound(
            "A person who was to be enrolled no longer exists.",
            "Nobody was enrolled. Search for the person again.",
        )


def _enrolled(session: Session, class_id: int, person_ids: Sequence[int]) -> Iterable[Enrollment]:
    for some in _chunks(person_ids):
        yield from session.scalars(
            select(Enrollment).where(
                Enrollment.class_id == class_id, Enrollment.person_id.in_(some)
            )
        )


def _jobs(
    session: Session, person_ids: Sequence[int], day: date | None
) -> dict[int, tuple[int, str]]:
    """Agency and title of each person on a day; of several the one begun last."""
    found: dict[int, tuple[int, str]] = {}
    for some in _chunks(person_ids):
        query = select(Employment.person_id, Employment.agency_id, Employment.title).where(
            Employment.person_id.in_(some)
        )
        if day is not None:
            query = query.where(
                Employment.starts.is_(None) | (Employment.starts <= day),
                Employment.ends.is_(None) | (Employment.ends >= day),
            )
        # As employments.agency_on: of two begun at once, the one that goes on came before.
        order = (Employment.starts, Employment.ends.is_(None).desc(), Employment.id)
        for person_id, agency_id, title in session.execute(query.order_by(*order)):
            found[person_id] = (agency_id, title)
    return found


def _chunks(values: Sequence[int]) -> Iterable[Collection[int]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
