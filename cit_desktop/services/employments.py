"""Who works for whom: the current employment, its corrections, and the one of a past day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, and_, or_, select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.errors import Refused
from cit_desktop.models import Agency, Employment, Person
from cit_desktop.services import records
from cit_desktop.services.names import day as written_day

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class EmploymentDraft:
    """An employment; without ``starts`` nobody knows since when, without ``ends`` it goes on."""

    agency_id: int
    title: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class EmploymentView:
    """An employment of a person; ``ends`` is its last day."""

    id: int
    agency_id: int
    agency: str
    title: str
    starts: date | None
    ends: date | None
    current: bool


def on_day(day: date) -> ColumnElement[bool]:
    """SQL: the employment covers the day."""
    return and_(
        or_(Employment.starts.is_(None), Employment.starts <= day),
        or_(Employment.ends.is_(None), Employment.ends >= day),
    )


def id_of_person_on(day: date) -> ScalarSelect[int]:
    """SQL, beside ``person``: the id of the employment on a day, the latest one if several."""
    return (
        select(Employment.id)
        .where(Employment.person_id == Person.id, on_day(day))
        .order_by(Employment.starts.desc(), Employment.ends.is_(None), Employment.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )


def set_current(
    session: Session, person_id: int, agency_id: int, title: str = "", starts: date | None = None
) -> int:
    """Say where somebody works now; the former employment ends the day before. Gives its id.

    A title for the same agency that had none is filled in; a new title begins a new employment.

    Args:
        starts: First day; unknown when nothing came before, otherwise today.

    Raises:
        NotFound: There is no such person or agency.
        Refused: It would begin before the former one did.
    """
    records.fetch(session, Person, person_id, "person")
    records.fetch(session, Agency, agency_id, "agency")
    title = records.line("title", title)
    former = _open(session, person_id)
    latest = former[0] if former else None
    if (
        latest is not None
        and latest.agency_id == agency_id
        and latest.title in ("", title or latest.title)
    ):
        latest.title = title or latest.title
        session.flush()
        return latest.id
    begins = starts or (clock.today() if former else None)
    if latest is not None and begins is not None and latest.starts == begins:
        records.assign(latest, {"agency_id": agency_id, "title": title})
        session.flush()
        return latest.id
    if begins is not None:
        _end_all(session, former, _day_before(begins))
    draft = EmploymentDraft(agency_id, title, begins)
    return add_employment(session, person_id, draft)


def end_current(session: Session, person_id: int, day: date) -> None:
    """Say which day was the last one of the current employment.

    Raises:
        Refused: Nobody is employed, or the day is before the first one.
    """
    former = _open(session, person_id)
    if not former:
        raise Refused("This person has no current employment.")
    _end_all(session, former, day)
    session.flush()


def add_employment(session: Session, person_id: int, draft: EmploymentDraft) -> int:
    """Add an employment to the history as it is given. Gives its id.

    Raises:
        NotFound: There is no such person or agency.
        Refused: It ends before it begins.
    """
    records.fetch(session, Person, person_id, "person")
    employment = Employment(person_id=person_id, **_checked(session, draft))
    session.add(employment)
    session.flush()
    return employment.id


def update_employment(session: Session, employment_id: int, draft: EmploymentDraft) -> None:
    """Correct an employment.

    Raises:
        NotFound: There is no such employment or agency.
        Refused: It ends before it begins.
    """
    employment = records.fetch(session, Employment, employment_id, "employment")
    records.assign(employment, _checked(session, draft))
    session.flush()


def remove_employment(session: Session, employment_id: int) -> None:
    """Take an employment out of the history: it never was.

    Raises:
        NotFound: There is no such employment.
    """
    session.delete(records.fetch(session, Employment, employment_id, "employment"))
    session.flush()


def employments(session: Session, person_id: int) -> tuple[EmploymentView, ...]:
    """The employments of a person, the latest first."""
    today = clock.today()
    found = session.execute(
        select(Employment, Agency.name)
        .join(Agency, Agency.id == Employment.agency_id)
        .where(Employment.person_id == person_id)
        .order_by(
            Employment.ends.is_not(None),
            Employment.ends.desc(),
            Employment.starts.desc(),
            Employment.id.desc(),
        )
    )
    return tuple(_view(row, agency, today) for row, agency in found)


def agency_on(session: Session, person_ids: Iterable[int], day: date) -> dict[int, tuple[int, str]]:
    """Agency and title of each of these people on a day; those with none that day are left out."""
    wanted = sorted(set(person_ids))
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = session.execute(
            select(Employment.person_id, Employment.agency_id, Employment.title)
            .where(Employment.person_id.in_(wanted[start : start + _AT_ONCE]), on_day(day))
            .order_by(Employment.starts, Employment.ends.is_(None).desc(), Employment.id)
        )
        found.update({person_id: (agency_id, title) for person_id, agency_id, title in rows})
    return found


def _open(session: Session, person_id: int) -> list[Employment]:
    """Employments that go on, the latest first."""
    today = clock.today()
    return list(
        session.scalars(
            select(Employment)
            .where(
                Employment.person_id == person_id,
                or_(Employment.ends.is_(None), Employment.ends >= today),
            )
            .order_by(Employment.starts.desc(), Employment.ends.is_(None), Employment.id.desc())
        )
    )


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def _end_all(session: Session, former: list[Employment], last: date) -> None:
    """Let this be the last day of these employments."""
    for employment in former:
        if employment.starts is not None and employment.starts > last:
            agency = records.fetch(session, Agency, employment.agency_id, "agency")
            raise records.refused(
                "starts",
                f"The employment at {agency.name} began on {written_day(employment.starts)}, "
                f"which is after {written_day(last)}.",
                "Correct the dates in the employment history.",
            )
    for employment in former:
        employment.ends = last


def _checked(session: Session, draft: EmploymentDraft) -> dict[str, object]:
    records.fetch(session, Agency, draft.agency_id, "agency")
    if draft.starts and draft.ends and draft.ends < draft.starts:
        raise records.refused(
            "ends",
            f"The last day, {written_day(draft.ends)}, is before the first one, "
            f"{written_day(draft.starts)}.",
            "Check the two dates.",
        )
    return {
        "agency_id": draft.agency_id,
        "title": records.line("title", draft.title),
        "starts": draft.starts,
        "ends": draft.ends,
    }


def _view(row: Employment, agency: str, today: date) -> EmploymentView:
    begun = row.starts is None or row.starts <= today
    current = begun and (row.ends is None or row.ends >= today)
    return EmploymentView(row.id, row.agency_id, agency, row.title, row.starts, row.ends, current)
