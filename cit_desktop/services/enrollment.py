"""Who is in a class: enrolled, withdrawn, numbered, scored, with the agency of that time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Literal, TypeAlias, get_args

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import (
    Agency,
    Attendance,
    Certificate,
    Employment,
    Enrollment,
    Makeup,
    Person,
)
from cit_desktop.services import names
from cit_desktop.services.class_guard import open_class
from cit_desktop.services.records import fetch
from cit_desktop.services.roster_reading import (
    RosterRow,
    RosterSort,
    ids,
    numbering,
    rows,
)
from cit_desktop.text import clean

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
            f"{_person_name(session, person_id)} is in this class already.",
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
    _check_role(role)
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


def remove(session: Session, enrollment_id: int) -> None:
    """Take somebody off the roster as if never enrolled.

    Raises:
        Refused: There are marks, make-ups or certificates, or the class is locked.
    """
    record = _open(session, enrollment_id)
    what = {
        "marked attendance": exists().where(Attendance.enrollment_id == enrollment_id),
        "time made up": exists().where(Makeup.enrollment_id == enrollment_id),
        "a certificate": exists().where(Certificate.enrollment_id == enrollment_id),
    }
    found = [said for said, condition in what.items() if session.scalar(select(condition))]
    if found:
        raise Refused(
            f"{_person_name(session, record.person_id)} has {' and '.join(found)} in this class.",
            "Withdraw the person instead: the records stay, and nothing is asked for any more.",
        )
    session.delete(record)
    session.flush()


def withdraw(session: Session, enrollment_id: int) -> None:
    """Note that somebody left the class; marks stay, blanks no longer count.

    Raises:
        Refused: A certificate is in force, or the class is locked.
    """
    record = _open(session, enrollment_id)
    valid = exists().where(
        Certificate.enrollment_id == enrollment_id,
        Certificate.status.in_(("issued", "on record")),
    )
    if session.scalar(select(valid)):
        raise Refused(
            f"{_person_name(session, record.person_id)} has a certificate of this class.",
            "Revoke the certificate first.",
        )
    record.result = "withdrawn"


def reinstate(session: Session, enrollment_id: int) -> None:
    """Take back a withdrawal.

    Raises:
        Refused: The class is locked.
    """
    record = _open(session, enrollment_id)
    if record.result == "withdrawn":
        record.result = "open"


def set_role(session: Session, enrollment_id: int, role: Role) -> None:
    """Say whether somebody is a trainee, an instructor or an observer.

    Raises:
        Refused: There is no such role, or the class is locked.
    """
    _check_role(role)
    _open(session, enrollment_id).role = role


def set_number(session: Session, enrollment_id: int, number: int | None) -> None:
    """Give somebody a number on the roster, or take it away.

    Raises:
        Refused: It is below 1 or belongs to somebody else, or the class is locked.
    """
    record = _open(session, enrollment_id)
    if number is not None and not 1 <= number <= 9999:
        sentence = "A roster number is between 1 and 9999."
        raise Refused(sentence, fields={"number": sentence})
    if number is not None:
        other = session.scalar(
            select(Enrollment.person_id).where(
                Enrollment.class_id == record.class_id,
                Enrollment.number == number,
                Enrollment.id != enrollment_id,
            )
        )
        if other is not None:
            sentence = f"Number {number} belongs to {_person_name(session, other)}."
            raise Refused(sentence, "Choose a free number.", {"number": sentence})
    record.number = number


def set_score(session: Session, enrollment_id: int, score: int | None) -> None:
    """Enter the percentage of the post-test, or take it away.

    Raises:
        Refused: It is not between 0 and 100, or the class is locked.
    """
    record = _open(session, enrollment_id)
    if score is not None and not 0 <= score <= 100:
        sentence = f"A test score is between 0 and 100 percent, not {score}."
        raise Refused(sentence, fields={"score": sentence})
    record.score = score


def set_scenario(session: Session, enrollment_id: int, passed: bool | None) -> None:
    """Enter whether the scenario test was passed; None: not taken.

    Raises:
        Refused: The class is locked.
    """
    _open(session, enrollment_id).scenario_passed = None if passed is None else int(passed)


def set_agency(
    session: Session, enrollment_id: int, agency_id: int | None, title: str | None = None
) -> None:
    """Correct the agency, and the title if given, that the roster of this class shows.

    Raises:
        NotFound: There is no such agency.
        Refused: The class is locked.
    """
    record = _open(session, enrollment_id)
    if agency_id is not None:
        fetch(session, Agency, agency_id, "agency")
    record.agency_id = agency_id
    if title is not None:
        record.title = clean(title)


def assign_numbers(session: Session, class_id: int) -> dict[int, int]:
    """Number the trainees of a class who have no number yet; gives the number of each.

    The first time by name from 1 on; whoever comes later gets the next ones. A number once given
    stays. Lists show these same numbers before they are stored, so call it when they are put on
    paper or used to mark.
    """
    numbers = numbering(session, [class_id])
    for record in session.scalars(
        select(Enrollment).where(Enrollment.class_id == class_id, Enrollment.number.is_(None))
    ):
        if record.id in numbers:
            record.number = numbers[record.id]
    session.flush()
    return numbers


def _open(session: Session, enrollment_id: int) -> Enrollment:
    record = fetch(session, Enrollment, enrollment_id, "enrollment")
    open_class(session, record.class_id)
    return record


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise Refused(f"“{role}” is no role in a class.", f"Choose one of {', '.join(ROLES)}.")


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
        order = (Employment.starts.asc().nulls_first(), Employment.id)
        for person_id, agency_id, title in session.execute(query.order_by(*order)):
            found[person_id] = (agency_id, title)
    return found


def _chunks(values: Sequence[int]) -> Iterable[Collection[int]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _person_name(session: Session, person_id: int) -> str:
    person = fetch(session, Person, person_id, "person")
    return names.full(person.first, person.middle, person.last, person.suffix)


__all__ = [
    "ROLES",
    "Role",
    "RosterRow",
    "RosterSort",
    "assign_numbers",
    "enroll",
    "enroll_many",
    "ids",
    "numbering",
    "reinstate",
    "remove",
    "rows",
    "set_agency",
    "set_number",
    "set_role",
    "set_scenario",
    "set_score",
    "withdraw",
]
