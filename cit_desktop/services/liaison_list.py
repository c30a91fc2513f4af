"""Lists of liaisons, all that is known of one, and who serves which county."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from cit_desktop.models import Liaison, LiaisonCounty
from cit_desktop.services import chapters, records, search
from cit_desktop.text import fold

LiaisonSort: TypeAlias = Literal["name", "kind", "employer", "counties"]


@dataclass(frozen=True, slots=True)
class LiaisonFilter:
    """Which liaisons a list shows; what is empty does not narrow it.

    Attributes:
        text: Beginnings of words of the name, the kind, the employer or the e-mail address.
        archived: The archived ones instead of the others.
    """

    text: str = ""
    kinds: Collection[str] = ()
    counties: Collection[str] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True)
class LiaisonRow:
    """A liaison in a list, and on paper."""

    id: int
    name: str
    kind: str
    employer: str
    phone: str
    after_hours: str
    email: str
    archived: bool
    counties: tuple[str, ...] = ()

    @property
    def served(self) -> str:
        """The counties as one text."""
        return ", ".join(self.counties)


@dataclass(frozen=True, slots=True)
class LiaisonView:
    """All that is known of a liaison."""

    id: int
    uid: str
    version: int
    name: str
    kind: str
    employer: str
    phone: str
    after_hours: str
    email: str
    note: str
    archived: bool
    counties: tuple[str, ...]


def ids(
    session: Session,
    which: LiaisonFilter = LiaisonFilter(),
    sort: LiaisonSort = "name",
    descending: bool = False,
) -> list[int]:
    """The ids of a list of liaisons, in its order."""
    key = _sort_column(sort)
    order = [key.desc() if descending else key.asc(), Liaison.sort_key, Liaison.id]
    statement = select(Liaison.id).where(*_conditions(which)).order_by(*order)
    return records.in_order(session, statement)


def rows(session: Session, liaison_ids: Collection[int]) -> dict[int, LiaisonRow]:
    """These liaisons as rows of a list, by id; those that are gone are left out."""
    wanted = list(liaison_ids)
    counties = _counties_of(session, wanted)
    own = (Liaison.name, Liaison.kind, Liaison.employer)
    reach = (Liaison.phone, Liaison.after_hours, Liaison.email, Liaison.archived)
    found = session.execute(select(Liaison.id, *own, *reach).where(Liaison.id.in_(wanted)))
    return {row.id: LiaisonRow(**row._asdict(), counties=counties.get(row.id, ())) for row in found}


def view(session: Session, liaison_id: int) -> LiaisonView:
    """All that is known of a liaison.

    Raises:
        NotFound: There is no such liaison.
    """
    liaison = records.fetch(session, Liaison, liaison_id, "liaison")
    own = ("id", "uid", "version", "name", "kind", "employer", "phone", "after_hours")
    more = ("email", "note", "archived")
    return LiaisonView(
        **{name: getattr(liaison, name) for name in own + more},
        counties=_counties_of(session, [liaison_id]).get(liaison_id, ()),
    )


def count(session: Session) -> int:
    """How many liaisons there are, archived ones left out."""
    statement = select(func.count(Liaison.id)).where(Liaison.archived.is_(False))
    return session.scalar(statement) or 0


def kinds(session: Session) -> list[str]:
    """What liaisons are called in these records, in order."""
    statement = select(Liaison.kind).where(Liaison.kind != "").distinct()
    return sorted(session.scalars(statement), key=fold)


def employers(session: Session) -> list[str]:
    """The organizations that liaisons work for, in order."""
    statement = select(Liaison.employer).where(Liaison.employer != "").distinct()
    return sorted(session.scalars(statement), key=fold)


def served(session: Session) -> list[str]:
    """Every county that some liaison serves, archived ones left out, in order."""
    statement = (
        select(LiaisonCounty.county)
        .join(Liaison, Liaison.id == LiaisonCounty.liaison_id)
        .where(Liaison.archived.is_(False))
    )
    return in_order(session.scalars(statement))


def of_chapter(session: Session) -> list[str]:
    """The counties of the chapter that is worked for; none before there is one."""
    chapter = chapters.current(session)
    return [] if chapter is None else in_order(chapter.counties)


def uncovered(session: Session) -> list[str]:
    """The counties of the chapter that no liaison serves."""
    covered = {fold(county) for county in served(session)}
    return [county for county in of_chapter(session) if fold(county) not in covered]


def for_county(session: Session, county: str) -> list[LiaisonRow]:
    """The liaisons who serve a county, archived ones left out, by kind and name."""
    listed = rows(session, ids(session, LiaisonFilter(), "kind"))
    wanted = fold(county)
    return [row for row in listed_in_order(listed) if wanted in map(fold, row.counties)]


def without_county(session: Session) -> list[LiaisonRow]:
    """The liaisons who serve no county yet, archived ones left out, by kind and name."""
    listed = rows(session, ids(session, LiaisonFilter(), "kind"))
    return [row for row in listed_in_order(listed) if not row.counties]


def listed_in_order(found: dict[int, LiaisonRow]) -> list[LiaisonRow]:
    """Rows by kind, those without one last, then by name."""
    return sorted(found.values(), key=lambda row: (not row.kind, fold(row.kind), fold(row.name)))


def in_order(counties: Iterable[str]) -> list[str]:
    """Counties by name, each once."""
    return sorted({fold(county): county for county in counties}.values(), key=fold)


def _counties_of(session: Session, liaison_ids: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    statement = select(LiaisonCounty.liaison_id, LiaisonCounty.county)
    for liaison_id, county in session.execute(
        statement.where(LiaisonCounty.liaison_id.in_(liaison_ids))
    ):
        found.setdefault(liaison_id, []).append(county)
    return {liaison_id: tuple(in_order(names)) for liaison_id, names in found.items()}


def _conditions(which: LiaisonFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Liaison.archived.is_(which.archived)]
    if which.kinds:
        conditions.append(Liaison.kind.in_(sorted(which.kinds)))
    if which.counties:
        serving = select(LiaisonCounty.liaison_id)
        serving = serving.where(LiaisonCounty.county.in_(sorted(which.counties)))
        conditions.append(Liaison.id.in_(serving))
    if which.text.strip():
        conditions.append(Liaison.id.in_(search.liaisons_matching(which.text)))
    return conditions


def _sort_column(sort: LiaisonSort) -> ColumnElement[Any]:
    first_county = (
        select(func.min(LiaisonCounty.county))
        .where(LiaisonCounty.liaison_id == Liaison.id)
        .correlate(Liaison)
        .scalar_subquery()
    )
    columns: dict[str, Any] = {
        "name": Liaison.sort_key,
        "kind": Liaison.kind,
        "employer": Liaison.employer,
        "counties": first_county,
    }
    if sort not in columns:
        raise ValueError(sort)
    found: ColumnElement[Any] = columns[sort]
    return found
