"""A person's standing: certified since when, when a refresher is due, when it runs out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from dateutil.relativedelta import relativedelta
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from cit_desktop.models import Course, Enrollment, Person, TrainingClass
from cit_desktop.services import names

State: TypeAlias = Literal["none", "current", "refresher due", "expired"]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody's completed classes come to on a day.

    Attributes:
        since: Day of the first basic course completed.
        refresher_due: From this day on a refresher is due; None where none is ever due.
        expires: The last day on which the certification holds; None when it never expires.
        text: The standing as a sentence.
    """

    state: State = "none"
    since: date | None = None
    refresher_due: date | None = None
    expires: date | None = None
    text: str = "No basic course completed."


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody to be invited: the refresher is due or the certification runs out by ``day``."""

    person_id: int
    name: str
    email: str
    phone: str
    standing: Standing
    day: date


@dataclass(frozen=True, slots=True)
class _Completed:
    day: date
    basic: bool
    validity_months: int | None
    refresher_months: int | None


def standing(session: Session, person_ids: Collection[int], today: date) -> dict[int, Standing]:
    """The standing of each of these people on a day.

    A basic course certifies; a basic course or a refresher, completed later, counts anew the
    months until the next refresher and the end.
    """
    found: dict[int, Standing] = {}
    ordered = sorted(set(person_ids))
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        history = _history(session.execute(_completions().where(Enrollment.person_id.in_(some))))
        found |= {person_id: _standing(history.get(person_id, []), today) for person_id in some}
    return found


def everybody(session: Session, today: date) -> dict[int, Standing]:
    """The standing of everybody who ever completed a basic course, without archived people."""
    history = _history(session.execute(_completions().where(Person.archived.is_(False))))
    made = {person_id: _standing(completed, today) for person_id, completed in history.items()}
    return {person_id: found for person_id, found in made.items() if found.state != "none"}


def due(
    session: Session,
    today: date,
    within_days: int,
    standings: Mapping[int, Standing] | None = None,
) -> list[Due]:
    """Who is due for a refresher or runs out within so many days, the most pressing first.

    Those whose refresher is due already, or whose certification has run out, are listed too.

    Args:
        standings: What :func:`everybody` found, where it is known already.
    """
    pressing: dict[int, tuple[date, Standing]] = {}
    known = everybody(session, today) if standings is None else standings
    for person_id, found in known.items():
        days = [day for day in (found.refresher_due, found.expires) if day is not None]
        if days and (min(days) - today).days <= within_days:
            pressing[person_id] = (min(days), found)
    listed = [
        Due(
            person_id=row.id,
            name=names.listed(row.first, row.middle, row.last, row.suffix),
            email=row.email,
            phone=row.phone,
            standing=pressing[row.id][1],
            day=pressing[row.id][0],
        )
        for row in _people(session, list(pressing))
    ]
    return sorted(listed, key=lambda entry: entry.day)


def _completions() -> Select[Any]:
    return (
        select(
            Enrollment.person_id,
            func.coalesce(Enrollment.completed_on, TrainingClass.ends).label("day"),
            Course.basic,
            Course.validity_months,
            Course.refresher_months,
        )
        .join(TrainingClass, TrainingClass.id == Enrollment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .join(Person, Person.id == Enrollment.person_id)
        .where(
            Enrollment.role == "trainee",
            Enrollment.result == "completed",
            TrainingClass.status.in_(("finalized", "on record")),
            Course.basic | Course.refresher,
        )
    )


def _history(rows: Any) -> dict[int, list[_Completed]]:
    found: defaultdict[int, list[_Completed]] = defaultdict(list)
    for person_id, day, basic, validity, refresher in rows:
        if day is not None:
            found[person_id].append(_Completed(day, basic, validity, refresher))
    return found


def _standing(history: list[_Completed], today: date) -> Standing:
    past = sorted((c for c in history if c.day <= today), key=lambda completed: completed.day)
    basics = [completed for completed in past if completed.basic]
    if not basics:
        return Standing()
    since, rule, last = basics[0].day, basics[-1], past[-1].day
    renewed = max(last, rule.day)
    return _on(
        today,
        since,
        _after(renewed, rule.refresher_months),
        _after(renewed, rule.validity_months),
    )


@lru_cache  # whole classes complete on one day
def _after(day: date, months: int | None) -> date | None:
    return None if months is None else day + relativedelta(months=months)


def _on(today: date, since: date, refresher_due: date | None, expires: date | None) -> Standing:
    if expires is not None and today > expires:
        state: State = "expired"
        text = f"Expired on {names.day(expires)}."
    elif refresher_due is not None and today >= refresher_due:
        state = "refresher due"
        text = (
            f"Certified since {names.day(since)}; refresher due since {names.day(refresher_due)}."
        )
    else:
        state = "current"
        coming = [f"refresher due {names.day(refresher_due)}"] if refresher_due else []
        coming += [f"expires {names.day(expires)}"] if expires else []
        text = "; ".join([f"Certified since {names.day(since)}", *coming]) + "."
    return Standing(state, since, refresher_due, expires, text)


def _people(session: Session, person_ids: list[int]) -> Iterator[Row[Any]]:
    for start in range(0, len(person_ids), _AT_ONCE):
        yield from session.execute(
            select(
                Person.id,
                Person.first,
                Person.middle,
                Person.last,
                Person.suffix,
                Person.email,
                Person.phone,
            )
            .where(Person.id.in_(person_ids[start : start + _AT_ONCE]))
            .order_by(Person.sort_key, Person.id)
        )
