"""Lists of agencies, and all that is known of one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from cit_desktop import catalogs, clock
from cit_desktop.models import Agency, AgencySpelling, Employment, Person
from cit_desktop.services import employments, names, records, search, search_titles, training

AgencySort: TypeAlias = Literal["name", "kind", "county", "people", "trained"]


@dataclass(frozen=True, slots=True)
class AgencyFilter:
    """Which agencies a list shows; what is empty does not narrow it.

    Attributes:
        text: Beginnings of words of the name, a spelling or the ORI.
        archived: The archived ones instead of the others.
    """

    text: str = ""
    kinds: Collection[str] = ()
    counties: Collection[str] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency in a list; people are those employed there today.

    Attributes:
        coverage: Percent of its patrol officers who are CIT officers; None where the strength is
            not known.
    """

    id: int
    name: str
    kind: str
    county: str
    people: int
    trained: int
    archived: bool
    coverage: int | None = None

    @property
    def kind_name(self) -> str:
        """The kind as people say it."""
        return search_titles.kind_name(self.kind)


@dataclass(slots=True)
class _Counts:
    people: int = 0
    trained: int = 0
    officers: int = 0


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """Somebody employed by an agency today."""

    person_id: int
    name: str
    title: str
    discipline: str
    trained_on: date | None


@dataclass(frozen=True, slots=True)
class AgencyView:
    """All that is known of an agency.

    Attributes:
        spellings: Id and text of each way it was written, its own name left out.
        trained: How many of its people have completed a basic class.
        coverage: Percent of its patrol officers who are CIT officers; None where the strength is
            not known.
    """

    id: int
    uid: str
    version: int
    name: str
    kind: str
    county: str
    ori: str
    patrol_strength: int | None
    strength_on: date | None
    contact: str
    address: str
    phone: str
    email: str
    note: str
    archived: bool
    spellings: tuple[tuple[int, str], ...]
    people: tuple[EmployeeRow, ...]
    trained: int
    coverage: int | None

    @property
    def kind_name(self) -> str:
        """The kind as people say it."""
        return search_titles.kind_name(self.kind)


def ids(
    session: Session,
    which: AgencyFilter = AgencyFilter(),
    sort: AgencySort = "name",
    descending: bool = False,
) -> list[int]:
    """The ids of a list of agencies, in its order."""
    key = _sort_column(sort)
    order = [key.desc() if descending else key.asc(), Agency.sort_key, Agency.id]
    statement = select(Agency.id).where(*_conditions(which)).order_by(*order)
    return records.in_order(session, statement)


def rows(session: Session, agency_ids: Collection[int]) -> dict[int, AgencyRow]:
    """These agencies as rows of a list, by id; those that are gone are left out."""
    wanted = list(agency_ids)
    counts = _counts(session, wanted)
    found = session.execute(
        select(
            Agency.id,
            Agency.name,
            Agency.kind,
            Agency.county,
            Agency.archived,
            Agency.patrol_strength,
        ).where(Agency.id.in_(wanted))
    )
    return {row.id: _row(row, counts.get(row.id, _Counts())) for row in found}


def _row(row: Any, counts: _Counts) -> AgencyRow:
    return AgencyRow(
        row.id,
        row.name,
        row.kind,
        row.county,
        counts.people,
        counts.trained,
        row.archived,
        _percent(counts.officers, row.patrol_strength),
    )


def _counts(session: Session, agency_ids: list[int]) -> dict[int, _Counts]:
    """How many people each of these agencies employs, and who of them is trained."""
    found: dict[int, _Counts] = {}
    sworn = _sworn()
    people = session.connection().execute(
        select(
            Employment.agency_id,
            Person.id,
            Person.discipline,
            training.trained_on().is_not(None).label("trained"),
        )
        .join(Person, Person.id == Employment.person_id)
        .where(
            Employment.agency_id.in_(agency_ids),
            employments.on_day(clock.today()),
            Person.archived.is_(False),
        )
        .distinct()
    )
    for agency_id, _person_id, discipline, trained in people:
        counts = found.setdefault(agency_id, _Counts())
        counts.people += 1
        counts.trained += bool(trained)
        counts.officers += bool(trained) and discipline in sworn
    return found


def all_names(session: Session) -> list[tuple[int, str]]:
    """Id and name of every agency that is not archived, in order."""
    found = session.execute(
        select(Agency.id, Agency.name)
        .where(Agency.archived.is_(False))
        .order_by(Agency.sort_key, Agency.id)
    )
    return [(row.id, row.name) for row in found]


def view(session: Session, agency_id: int) -> AgencyView:
    """All that is known of an agency.

    Raises:
        NotFound: There is no such agency.
    """
    agency = records.fetch(session, Agency, agency_id, "agency")
    people = _people(session, agency_id)
    spellings = session.execute(
        select(AgencySpelling.id, AgencySpelling.spelling)
        .where(AgencySpelling.agency_id == agency_id, AgencySpelling.spelling != agency.name)
        .order_by(AgencySpelling.spelling)
    )
    own = ("id", "uid", "version", "name", "kind", "county", "ori", "patrol_strength")
    more = ("strength_on", "contact", "address", "phone", "email", "note", "archived")
    return AgencyView(
        **{name: getattr(agency, name) for name in own + more},
        spellings=tuple((row.id, row.spelling) for row in spellings),
        people=people,
        trained=sum(1 for person in people if person.trained_on is not None),
        coverage=_coverage(people, agency.patrol_strength),
    )


def _people(session: Session, agency_id: int) -> tuple[EmployeeRow, ...]:
    found = session.execute(
        select(Person, Employment.title, training.trained_on().label("trained_on"))
        .join(Employment, Employment.person_id == Person.id)
        .where(
            Employment.agency_id == agency_id,
            employments.on_day(clock.today()),
            Person.archived.is_(False),
        )
        .order_by(Person.sort_key, Person.id, Employment.starts)
    )
    people: dict[int, EmployeeRow] = {}
    for person, title, trained_on in found:
        name = names.listed(person.first, person.middle, person.last, person.suffix)
        people[person.id] = EmployeeRow(person.id, name, title, person.discipline, trained_on)
    return tuple(people.values())


def _coverage(people: tuple[EmployeeRow, ...], strength: int | None) -> int | None:
    """Percent of patrol officers trained; only sworn people count."""
    sworn = _sworn()
    active = sum(1 for row in people if row.trained_on is not None and row.discipline in sworn)
    return _percent(active, strength)


def _percent(part: int, whole: int | None) -> int | None:
    """Rounded to the nearest; None when there is no whole."""
    return (200 * part + whole) // (2 * whole) if whole else None


def _sworn() -> frozenset[str]:
    return frozenset(d.key for d in catalogs.disciplines() if d.group == "law_enforcement")


def _conditions(which: AgencyFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [records.archived(Agency, Agency.id, which.archived)]
    if which.kinds:
        conditions.append(Agency.kind.in_(sorted(which.kinds)))
    if which.counties:
        conditions.append(Agency.county.in_(sorted(which.counties)))
    if which.text.strip():
        conditions.append(Agency.id.in_(search.agencies_matching(which.text)))
    return conditions


def _count(*, trained: bool) -> ScalarSelect[int]:
    """SQL, beside ``agency``: how many people it employs today, or how many of them are trained."""
    statement = select(func.count(Employment.person_id.distinct())).where(
        Employment.agency_id == Agency.id,
        employments.on_day(clock.today()),
        records.archived(Person, Employment.person_id, False),
    )
    if trained:
        statement = statement.where(Employment.person_id.in_(training.trained_people()))
    return statement.correlate(Agency).scalar_subquery()


def _sort_column(sort: AgencySort) -> ColumnElement[Any]:
    columns: dict[str, Any] = {
        "name": Agency.sort_key,
        "kind": Agency.kind,
        "county": Agency.county,
    }
    if sort in columns:
        found: ColumnElement[Any] = columns[sort]
        return found
    if sort == "people":
        return _count(trained=False)
    if sort == "trained":
        return _count(trained=True)
    raise ValueError(sort)
