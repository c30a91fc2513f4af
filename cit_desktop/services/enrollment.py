"""Who is in a class: enrolled, withdrawn, numbered, scored, with the agency of that time."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cit_desktop.errors import Refused
from cit_desktop.models import (
    Agency,
    Attendance,
    Certificate,
    Enrollment,
    Makeup,
)
from cit_desktop.services.class_guard import open_class
from cit_desktop.services.joining import ROLES, Role, check_role, enroll, enroll_many, person_name
from cit_desktop.services.records import fetch
from cit_desktop.services.roster_reading import (
    RosterRow,
    RosterSort,
    ids,
    numbering,
    rows,
)
from cit_desktop.text import clean


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
            f"{person_name(session, record.person_id)} has {' and '.join(found)} in this class.",
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
            f"{person_name(session, record.person_id)} has a certificate of this class.",
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
    check_role(role)
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
            sentence = f"Number {number} belongs to {person_name(session, other)}."
            raise Refused(sentence, "Choose a free number.", {"number": sentence})
    record.number = number


def set_score(session: Session, enrollment_id: int, score: int | None) -> None:
    """Enter the percentage of the post-test, or take it away.

    Raises:
        Refused: It is not between 0 and 100, or the class is locked.
    """
    record = _open(session, enrollment_id)
    check_score(score)
    record.score = score


def check_score(score: int | None) -> None:
    """Refuse a percentage that is none.

    Raises:
        Refused: It is not between 0 and 100.
    """
    if score is not None and not 0 <= score <= 100:
        sentence = f"A test score is between 0 and 100 percent, not {score}."
        raise Refused(sentence, fields={"score": sentence})


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
