"""What the records hold already, loaded with as many queries for one row as for 20,000."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop import catalogs, clock
from cit_desktop.errors import Refused
from cit_desktop.imports.agencies import KnownAgencies
from cit_desktop.imports.likeness import FormerName, Subject
from cit_desktop.imports.matching import agency_key
from cit_desktop.models import (
    Agency,
    AgencyApart,
    AgencySpelling,
    Chapter,
    Employment,
    Enrollment,
    ImportBatch,
    Operation,
    Person,
    PersonAlias,
    StateNumber,
    TrainingClass,
)
from cit_desktop.services import chapters, names
from cit_desktop.services.records import fetch
from cit_desktop.text import fold, letters


@dataclass(frozen=True, slots=True)
class Job:
    """An employment of a person."""

    agency_id: int
    title: str
    current: bool


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """The class that people are enrolled in."""

    id: int
    code: str
    seats: int | None
    trainees: int


@dataclass(frozen=True, slots=True)
class Records:
    """What of the records an import needs to know.

    Attributes:
        people: Values of each person by field, as they stand.
        numbers: State number of the chapter's kind, by person; of several the first.
        jobs: The current employment, by person.
        enrolled: Everybody in the class; ``withdrawn`` are those of them who withdrew.
        before: Who each row became when the same list was imported before.
        settled: Rows that are as they were then; nothing is compared again.
    """

    state: str
    number_kind: str
    subjects: list[Subject]
    people: Mapping[int, Mapping[str, str]]
    numbers: Mapping[int, str]
    jobs: Mapping[int, Job]
    agencies: KnownAgencies
    target: ClassFacts | None = None
    enrolled: frozenset[int] = frozenset()
    withdrawn: frozenset[int] = frozenset()
    before: Mapping[int, int] = field(default_factory=dict)
    settled: frozenset[int] = frozenset()


_FIELDS = (
    "first", "middle", "last", "suffix", "nickname", "discipline", "county", "email", "phone",
    "note",
)  # fmt: skip


def load(session: Session, class_id: int | None, sha256: str) -> Records:
    """Load the records to compare a list with.

    Raises:
        NotFound: There is no such class.
        Refused: The class is not open.
    """
    target = None if class_id is None else _class(session, class_id)
    state = _state(session, class_id)
    kind = catalogs.state_number_kind(state)
    numbers = _numbers(session, kind)
    jobs = _jobs(session)
    people, subjects = _people(session, numbers, jobs)
    enrolled = _enrolled(session, class_id) if target else {}
    return Records(
        state=state,
        number_kind=kind,
        subjects=subjects,
        people=people,
        numbers={person: found[0][0] for person, found in numbers.items()},
        jobs={person: job for person, found in jobs.items() if (job := _current(found))},
        agencies=_agencies(session),
        target=target,
        enrolled=frozenset(enrolled),
        withdrawn=frozenset(key for key, result in enrolled.items() if result == "withdrawn"),
        before=_before(session, sha256),
    )


def head(session: Session) -> tuple[int, str]:
    """Id and hash of the last finished step of the history."""
    open_now = session.info.get("operation_id", 0)
    statement = select(Operation.id, Operation.hash).where(Operation.id != open_now)
    found = session.execute(statement.order_by(Operation.id.desc()).limit(1)).first()
    return (found.id, found.hash) if found else (0, "")


def _class(session: Session, class_id: int) -> ClassFacts:
    found = fetch(session, TrainingClass, class_id, "class")
    if found.status != "open":
        raise Refused(
            f"{found.code} is {found.status}; nobody can be enrolled in it.",
            "Reopen the class, with a reason, or import the people without a class.",
        )
    there = (Enrollment.role == "trainee") & (Enrollment.result != "withdrawn")
    counting = select(func.count()).where(Enrollment.class_id == class_id, there)
    return ClassFacts(found.id, found.code, found.seats, session.scalars(counting).one())


def _enrolled(session: Session, class_id: int | None) -> dict[int, str]:
    statement = select(Enrollment.person_id, Enrollment.result)
    found = session.execute(statement.where(Enrollment.class_id == class_id))
    return {row.person_id: row.result for row in found}


def _state(session: Session, class_id: int | None) -> str:
    if class_id is not None:
        of_class = select(Chapter.state).join(TrainingClass).where(TrainingClass.id == class_id)
        return session.scalars(of_class).one()
    current = chapters.current(session)
    return current.state if current else ""


def _numbers(session: Session, kind: str) -> dict[int, list[tuple[str, str]]]:
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    wanted = fold(kind)
    statement = select(
        StateNumber.person_id,
        StateNumber.kind,
        StateNumber.number,
        StateNumber.key,
    ).order_by(StateNumber.id)
    for person_id, its_kind, number, key in session.execute(statement):
        if its_kind == kind or fold(its_kind) == wanted:
            found[person_id].append((number, key))
    return found


def _jobs(session: Session) -> dict[int, list[Job]]:
    """The employments of everybody, the latest last."""
    today = clock.today()
    found: defaultdict[int, list[Job]] = defaultdict(list)
    statement = select(
        Employment.person_id,
        Employment.agency_id,
        Employment.title,
        Employment.starts,
        Employment.ends,
    ).order_by(Employment.starts, Employment.id)
    for person_id, agency_id, title, starts, ends in session.execute(statement):
        found[person_id].append(Job(agency_id, title, _covers(starts, ends, today)))
    return found


def _covers(starts: date | None, ends: date | None, day: date) -> bool:
    return (starts is None or starts <= day) and (ends is None or ends >= day)


def _current(found: list[Job]) -> Job | None:
    return next((job for job in reversed(found) if job.current), None)


def _people(
    session: Session,
    numbers: Mapping[int, list[tuple[str, str]]],
    jobs: Mapping[int, list[Job]],
) -> tuple[dict[int, Mapping[str, str]], list[Subject]]:
    people: dict[int, Mapping[str, str]] = {}
    formers = _formers(session)
    subjects = []
    columns = [getattr(Person, name) for name in _FIELDS]
    statement = select(Person.id, Person.sort_key, Person.archived, *columns).order_by(Person.id)
    for person_id, key, archived, *values in session.execute(statement):
        person = dict(zip(_FIELDS, values, strict=True))
        people[person_id] = person
        former = formers.get(person_id, ())
        emails = (person["email"], *(one.email for one in former))
        phones = (person["phone"], *(one.phone for one in former))
        subjects.append(
            Subject(
                names.full(*(person[part] for part in ("first", "middle", "last", "suffix"))),
                key,
                person["suffix"],
                person["nickname"],
                person_id,
                emails=tuple(dict.fromkeys(filter(None, emails))),
                phones=tuple(dict.fromkeys(filter(None, phones))),
                numbers=tuple(number[1] for number in numbers.get(person_id, ())),
                agencies=tuple(agency_key(job.agency_id, "") for job in jobs.get(person_id, ())),
                archived=archived,
                formers=tuple(
                    FormerName(one.former_id, one.sort_key, one.suffix, one.nickname)
                    for one in former
                ),
            )
        )
    return people, subjects


def _formers(session: Session) -> dict[int, list[PersonAlias]]:
    """Those who were merged, by the person who was kept."""
    found: defaultdict[int, list[PersonAlias]] = defaultdict(list)
    for alias in session.scalars(select(PersonAlias).order_by(PersonAlias.id)):
        found[alias.person_id].append(alias)
    return found


def _agencies(session: Session) -> KnownAgencies:
    listed = {row.id: row.name for row in session.execute(select(Agency.id, Agency.name))}
    keys = {letters(name): agency_id for agency_id, name in reversed(listed.items())}
    known = select(AgencySpelling.key, AgencySpelling.agency_id, AgencySpelling.spelling)
    spelled = session.execute(known.order_by(AgencySpelling.id)).all()
    keys.update({row.key: row.agency_id for row in spelled})
    spellings = {letters(row.spelling): (row.spelling, row.agency_id) for row in spelled}
    spellings |= {letters(name): (name, agency_id) for agency_id, name in listed.items()}
    apart = session.execute(select(AgencyApart.one, AgencyApart.other))
    return KnownAgencies(
        keys, listed, tuple(spellings.values()), frozenset(frozenset(pair) for pair in apart)
    )


def _before(session: Session, sha256: str) -> dict[int, int]:
    statement = select(ImportBatch.report).where(ImportBatch.sha256 == sha256)
    found: dict[int, int] = {}
    for report in session.scalars(statement.order_by(ImportBatch.id)):
        rows = json.loads(report)["rows"]
        found.update({row["row"]: row["person"] for row in rows if row.get("person")})
    return found
