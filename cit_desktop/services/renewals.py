"""Whose certification is to be renewed by a day, and who was written to about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.documents.letters import Way
from cit_desktop.errors import NotFound
from cit_desktop.models import (
    Agency,
    Certificate,
    Course,
    Enrollment,
    Person,
    RenewalLetter,
    TrainingClass,
)
from cit_desktop.models.certificates import ACTIVE
from cit_desktop.services import certification, employments, names
from cit_desktop.services.certification import Standing

Need: TypeAlias = Literal["expired", "refresher due", "soon"]

DAYS: Final = 90
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Renewal:
    """Somebody whose certification is to be renewed.

    Attributes:
        name: As in a sorted list.
        address: Where the agency is, in lines.
        need: ``soon``: the renewal is not due yet today.
        why: The standing as a sentence.
        due: The day that the letter is about: the end where that has passed, else what comes first.
        course: The basic course or refresher completed last.
        certificate: Its number; empty where none was issued.
        written: The day of the last letter about this due day; None: there was none.
        enrolled: Code of an open class that renews; empty where there is none.
    """

    person_id: int
    first: str
    full_name: str
    name: str
    email: str
    agency: str
    address: str
    county: str
    need: Need
    why: str
    due: date
    course: str
    completed: date
    minutes: int
    certificate: str
    written: date | None
    enrolled: str

    @property
    def waits(self) -> bool:
        """Nobody wrote yet, and no place in a class is taken: a letter is the next step."""
        return self.written is None and not self.enrolled

    @property
    def note(self) -> str:
        """Why no letter is needed now; empty where one is."""
        if self.written is not None:
            return f"Written on {names.day(self.written)}"
        return f"Enrolled in {self.enrolled}" if self.enrolled else ""


def sample(today: date) -> Renewal:
    """A renewal of nobody, to see a letter by while nobody is due."""
    return Renewal(
        *(0, "Ana", "Ana Ito", "Ito, Ana", "ana.ito@example.org", "Cole County Sheriff’s Office"),
        *("", "Cole", "soon", "", today + timedelta(days=DAYS)),
        *("Crisis Intervention Team (CIT) 40-Hour Course", today - timedelta(days=700), 2400),
        *("", None, ""),
    )


def default_day(today: date) -> date:
    """The day up to which renewals are looked for, unless another is chosen."""
    return today + timedelta(days=DAYS)


def until(session: Session, by: date, today: date | None = None) -> list[Renewal]:
    """Everybody to be renewed by a day, the most pressing first; archived people are left out.

    Args:
        by: The last day of those looked for; whoever is overdue is listed, however long.
        today: The day of whose standing the list is; that of the clock unless given.
    """
    day = clock.today() if today is None else today
    wanted = {
        person_id: (due, standing)
        for person_id, standing in certification.everybody(session, day).items()
        if (due := due_day(standing)) is not None and due <= by
    }
    return _listed(session, wanted, day)


def of_people(session: Session, person_ids: Collection[int]) -> list[Renewal]:
    """The renewals of these people as they stand today, the most pressing first.

    Raises:
        NotFound: Nothing of somebody is to be renewed any more.
    """
    today = clock.today()
    wanted = {
        person_id: (due, standing)
        for person_id, standing in certification.standing(session, person_ids, today).items()
        if (due := due_day(standing)) is not None
    }
    found = _listed(session, wanted, today)
    if len(found) < len(set(person_ids)):
        raise NotFound("Somebody on this list has nothing to renew any more.", "Press F5.")
    return found


def due_day(standing: Standing) -> date | None:
    """The day that a letter is about; None where nothing is ever to be renewed."""
    if standing.state == "expired":
        return standing.expires
    return min(filter(None, (standing.refresher_due, standing.expires)), default=None)


def written(session: Session, standings: Mapping[int, Standing]) -> dict[int, date]:
    """When these people were last written to about what is due of them now."""
    due = {key: day for key, one in standings.items() if (day := due_day(one)) is not None}
    return _written(session, due)


def remember(session: Session, letters: Iterable[tuple[int, date]], way: Way) -> int:
    """Keep that people were written to about a due day; gives how many they are.

    Args:
        letters: Person and due day of each.
    """
    today = clock.today()
    rows = [RenewalLetter(person_id=key, due=due, made_on=today, way=way) for key, due in letters]
    session.add_all(rows)
    session.flush()
    return len(rows)


def _listed(
    session: Session, wanted: Mapping[int, tuple[date, Standing]], today: date
) -> list[Renewal]:
    sent = _written(session, {person_id: due for person_id, (due, _) in wanted.items()})
    found: list[tuple[tuple[date, str], Renewal]] = []
    for some in _chunks(sorted(wanted)):
        last, enrolled = _last_completed(session, some, today), _enrolled(session, some)
        work = _work(session, some, today)
        for row in session.execute(_people().where(Person.id.in_(some))):
            due, standing = wanted[row.id]
            agency, address, county = work.get(row.id, ("", "", ""))
            renewal = Renewal(
                row.id,
                row.first,
                names.full(row.first, row.middle, row.last, row.suffix),
                names.listed(row.first, row.middle, row.last, row.suffix),
                row.email,
                agency,
                address,
                row.county or county,
                _need(standing),
                standing.text,
                due,
                *last[row.id],
                sent.get(row.id),
                enrolled.get(row.id, ""),
            )
            found.append(((due, row.sort_key), renewal))
    return [renewal for _key, renewal in sorted(found, key=lambda pair: pair[0])]


def _need(standing: Standing) -> Need:
    if standing.state == "expired":
        return "expired"
    return "refresher due" if standing.state == "refresher due" else "soon"


def _people() -> Select[Any]:
    return select(
        *(Person.id, Person.first, Person.middle, Person.last, Person.suffix),
        *(Person.email, Person.county, Person.sort_key),
    )


def _last_completed(
    session: Session, person_ids: Sequence[int], today: date
) -> dict[int, tuple[str, date, int, str]]:
    """Course, day, minutes and certificate of what each person completed last."""
    day = func.coalesce(Enrollment.completed_on, TrainingClass.ends)
    number = (
        select(func.max(Certificate.number))
        .where(Certificate.enrollment_id == Enrollment.id, Certificate.status.in_(ACTIVE))
        .scalar_subquery()
    )
    rows = session.execute(
        _in_renewing_classes(person_ids)
        .add_columns(
            Course.title,
            day.label("day"),
            func.coalesce(Enrollment.credited_minutes, Course.minutes).label("minutes"),
            number.label("certificate"),
        )
        .where(
            Enrollment.result == "completed",
            TrainingClass.status.in_(("finalized", "on record")),
            day <= today,
        )
        .order_by(day, Enrollment.id)
    )
    return {row.person_id: (row.title, row.day, row.minutes, row.certificate or "") for row in rows}


def _enrolled(session: Session, person_ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        _in_renewing_classes(person_ids)
        .add_columns(TrainingClass.code)
        .where(
            Enrollment.result == "open",
            TrainingClass.status == "open",
            TrainingClass.archived.is_(False),
        )
        .order_by(TrainingClass.starts.desc(), TrainingClass.id)
    )
    return {row.person_id: row.code for row in rows}


def _in_renewing_classes(person_ids: Sequence[int]) -> Select[Any]:
    return (
        select(Enrollment.person_id)
        .join(TrainingClass, TrainingClass.id == Enrollment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(
            Enrollment.person_id.in_(person_ids),
            Enrollment.role == "trainee",
            Course.basic | Course.refresher,
        )
    )


def _work(
    session: Session, person_ids: Sequence[int], today: date
) -> dict[int, tuple[str, str, str]]:
    """Name, address and county of the agency that each person works for."""
    at = employments.agency_on(session, person_ids, today)
    rows = session.execute(
        select(Agency.id, Agency.name, Agency.address, Agency.county).where(
            Agency.id.in_({agency_id for agency_id, _title in at.values()})
        )
    )
    agencies = {row.id: (row.name, row.address, row.county) for row in rows}
    return {person_id: agencies[agency_id] for person_id, (agency_id, _title) in at.items()}


def _written(session: Session, due: Mapping[int, date]) -> dict[int, date]:
    found: dict[int, date] = {}
    for some in _chunks(sorted(due)):
        rows = session.execute(
            select(RenewalLetter.person_id, RenewalLetter.due, RenewalLetter.made_on)
            .where(RenewalLetter.person_id.in_(some))
            .order_by(RenewalLetter.made_on, RenewalLetter.id)
        )
        found |= {person: made for person, day, made in rows if day == due[person]}
    return found


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
