"""Lists of people: one ordered list of ids, and the rows in sight."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from cit_desktop import catalogs, clock
from cit_desktop.models import Agency, Employment, Person, StateNumber
from cit_desktop.services import employments, names, records, search, search_titles, training

PersonSort: TypeAlias = Literal[
    "name", "agency", "title", "discipline", "county", "email", "trained_on"
]


NO_DISCIPLINE: Final = "none"  # stands among the groups for people without a discipline


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """Which people a list shows; what is empty does not narrow it.

    Attributes:
        text: Beginnings of words of the name, e-mail, phone or a state number.
        groups: Keys of discipline groups; ``NO_DISCIPLINE`` for people without one.
        agency_id: Those employed there today.
        county: The person's own, or that of the agency where the person has none.
        archived: The archived ones instead of the others.
        trained: True: completed a basic class; False: did not; None: all.
    """

    text: str = ""
    groups: Collection[str] = ()
    agency_id: int | None = None
    county: str = ""
    archived: bool = False
    trained: bool | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list, with the employment of today and the main state number."""

    id: int
    first: str
    middle: str
    last: str
    suffix: str
    discipline: str
    agency_id: int | None
    agency: str
    title: str
    county: str
    state_number: str
    email: str
    phone: str
    trained_on: date | None
    archived: bool

    @property
    def name(self) -> str:
        """The name as it stands in a sorted list."""
        return names.listed(self.first, self.middle, self.last, self.suffix)

    @property
    def discipline_name(self) -> str:
        """The discipline as people say it."""
        return search_titles.discipline_name(self.discipline)


def ids(
    session: Session,
    which: PersonFilter = PersonFilter(),
    sort: PersonSort = "name",
    descending: bool = False,
) -> list[int]:
    """The ids of a list of people, in its order; records without the sorted value come last."""
    key = _sort_column(sort)
    statement = select(Person.id).where(*_conditions(which))
    if sort == "name":
        order = (Person.sort_key.desc(), Person.id.desc()) if descending else ()
        statement = statement.order_by(*(order or (Person.sort_key, Person.id)))
    else:
        filled = func.nullif(type_coerce(key, Text), "")
        way = filled.desc() if descending else filled.asc()
        statement = statement.order_by(way.nulls_last(), Person.sort_key, Person.id)
    return records.in_order(session, statement)


def rows(session: Session, person_ids: Collection[int]) -> dict[int, PersonRow]:
    """These people as rows of a list, by id; those that are gone are left out."""
    found = session.connection().execute(_rows_on(clock.today()), {"ids": list(person_ids)})
    return {row.id: _row(row) for row in found}


@lru_cache(maxsize=2)
def _rows_on(today: date) -> Select[Any]:
    """The statement of rows, made once a day: to make it takes longer than to run it."""
    return (
        select(
            Person.id,
            Person.first,
            Person.middle,
            Person.last,
            Person.suffix,
            Person.discipline,
            Person.email,
            Person.phone,
            Person.archived,
            Employment.agency_id,
            Employment.title,
            Agency.name.label("agency"),
            _county(Agency.county).label("county"),
            _main_number().label("state_number"),
            training.trained_on().label("trained_on"),
        )
        .outerjoin(Employment, Employment.id == employments.id_of_person_on(today))
        .outerjoin(Agency, Agency.id == Employment.agency_id)
        .where(Person.id.in_(bindparam("ids", expanding=True)))
    )


def _row(row: Any) -> PersonRow:
    return PersonRow(
        id=row.id,
        first=row.first,
        middle=row.middle,
        last=row.last,
        suffix=row.suffix,
        discipline=row.discipline,
        agency_id=row.agency_id,
        agency=row.agency or "",
        title=row.title or "",
        county=row.county or "",
        state_number=row.state_number or "",
        email=row.email,
        phone=row.phone,
        trained_on=row.trained_on,
        archived=row.archived,
    )


def _conditions(which: PersonFilter) -> list[ColumnElement[bool]]:
    """What narrows the list; each a set of ids, so that the order can follow its index alone."""
    conditions = [records.archived(Person, Person.id, which.archived)]
    if which.text.strip():
        conditions.append(Person.id.in_(search.people_matching(which.text)))
    if which.groups:
        keys = [d.key for d in catalogs.disciplines() if d.group in which.groups]
        keys += [""] if NO_DISCIPLINE in which.groups else []
        conditions.append(_among(Person.discipline.in_(keys)))
    if which.agency_id is not None:
        conditions.append(Person.id.in_(_employed(Employment.agency_id == which.agency_id)))
    if which.county:
        there = select(Agency.id).where(Agency.county == which.county)
        working_there = Person.id.in_(_employed(Employment.agency_id.in_(there)))
        conditions.append(
            _among(Person.county == which.county) | (_among(Person.county == "") & working_there)
        )
    if which.trained is not None:
        trained = Person.id.in_(training.trained_people())
        conditions.append(trained if which.trained else ~trained)
    return conditions


def _among(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Person.id.in_(select(Person.id).where(condition))


def _employed(condition: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(Employment.person_id).where(condition, employments.on_day(clock.today()))


def _county(of_agency: Any) -> ColumnElement[str]:
    return func.coalesce(func.nullif(Person.county, ""), of_agency, "")


def _main_number() -> ScalarSelect[str]:
    return (
        select(StateNumber.number)
        .where(StateNumber.person_id == Person.id)
        .order_by(StateNumber.id)
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )


def _of_agency(wanted: Any) -> ScalarSelect[Any]:
    """SQL, beside ``person``: a column of the agency of today, or of that employment."""
    return (
        select(wanted)
        .select_from(Employment)
        .join(Agency, Agency.id == Employment.agency_id)
        .where(Employment.id == employments.id_of_person_on(clock.today()))
        .correlate(Person)
        .scalar_subquery()
    )


def _sort_column(sort: PersonSort) -> ColumnElement[Any]:
    columns: dict[str, Any] = {
        "name": lambda: Person.sort_key,
        "agency": lambda: _of_agency(Agency.sort_key),
        "title": lambda: _of_agency(func.lower(Employment.title)),
        "discipline": lambda: Person.discipline,
        "county": lambda: _county(_of_agency(Agency.county)),
        "email": lambda: Person.email,
        "trained_on": training.trained_on,
    }
    if sort not in columns:
        raise ValueError(sort)
    found: ColumnElement[Any] = columns[sort]()
    return found
