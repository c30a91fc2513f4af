"""Search over everything as one types: people, agencies, liaisons, classes, certificates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import ColumnElement, Integer, Select, Text, column, false, or_, select, table
from sqlalchemy.orm import Session

from cit_desktop import search_index
from cit_desktop.models import Agency, AgencySpelling, Liaison, Person, PersonAlias, StateNumber
from cit_desktop.services import records, search_titles
from cit_desktop.text import fold, sort_key

HitKind: TypeAlias = Literal["person", "agency", "liaison", "class", "certificate"]

KINDS: Final[tuple[HitKind, ...]] = ("person", "agency", "liaison", "class", "certificate")
MOST_HITS: Final = 200
MOST_COUNTED: Final = 1_000
_INDEX: Final = table("search", column("rowid", Integer), column("words", Text))
_PLACES: Final = {name: place for place, name in enumerate(search_index.KINDS)}
_KIND_OF: Final[dict[int, HitKind]] = {
    _PLACES["person"]: "person",
    _PLACES["agency"]: "agency",
    _PLACES["liaison"]: "liaison",
    _PLACES["training_class"]: "class",
    _PLACES["certificate"]: "certificate",
}
_LAST: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found; ``id`` is that of a record of its kind."""

    kind: HitKind
    id: int
    title: str
    subtitle: str


def find(session: Session, text: str, limit: int = 20) -> list[Hit]:
    """What is found by the beginnings of words, in any order; best first.

    Every kind that has hits gets room among them.
    """
    if not search_index.match_query(text):
        return []
    found: dict[HitKind, set[int]] = {kind: set() for kind in KINDS}
    found["person"].update(_in_range(session, Person, name_prefix(text), limit))
    found["agency"].update(_in_range(session, Agency, fold(text), limit))
    for kind, record_id in records_matching(session, text):
        found[kind].add(record_id)
    found["person"] = _first_by_name(session, found["person"], name_prefix(text), limit)
    ranked = {
        kind: sorted(
            (_rank(hit.title, text), KINDS.index(kind), hit.key, hit.id, hit)
            for hit in search_titles.titles(session, kind, found[kind])
        )
        for kind in KINDS
    }
    chosen = _shared_out(ranked, limit)
    return [Hit(KINDS[place], key, hit.title, hit.subtitle) for _, place, _, key, hit in chosen]


def count(session: Session, text: str) -> int:
    """How many records are found, counted up to 1,000: that many means "1,000 or more"."""
    found = set(records_matching(session, text, 2 * MOST_COUNTED))  # some are found twice
    return min(len(found), MOST_COUNTED)


def records_matching(
    session: Session, text: str, most: int = MOST_HITS
) -> Iterator[tuple[HitKind, int]]:
    """Kind and id of the records that the index leads to, in no order."""
    query = search_index.match_query(text)
    if not query:
        return
    rowids = records.in_order(
        session, select(_INDEX.c.rowid).where(_INDEX.c.words.match(query)).limit(most)
    )
    by_place: dict[int, list[int]] = {}
    for rowid in rowids:
        record_id, place = divmod(rowid, search_index.STEP)
        by_place.setdefault(place, []).append(record_id)
    for place, record_ids in by_place.items():
        if place in _KIND_OF:
            yield from ((_KIND_OF[place], record_id) for record_id in record_ids)
    numbers = by_place.get(_PLACES["state_number"], ())
    yield from (("person", key) for key in _owners(session, StateNumber.person_id, numbers))
    former = by_place.get(_PLACES["person_alias"], ())
    yield from (("person", key) for key in _owners(session, PersonAlias.person_id, former))
    spellings = by_place.get(_PLACES["agency_spelling"], ())
    yield from (("agency", key) for key in _owners(session, AgencySpelling.agency_id, spellings))


def people_matching(text: str) -> Select[tuple[int]]:
    """SQL: the ids of people found by their own words, a state number or what they were before."""
    children = {StateNumber.id: StateNumber.person_id, PersonAlias.id: PersonAlias.person_id}
    return _matching(text, Person.id, children)


def agencies_matching(text: str) -> Select[tuple[int]]:
    """SQL: the ids of agencies found by their own words or by a spelling."""
    return _matching(text, Agency.id, {AgencySpelling.id: AgencySpelling.agency_id})


def liaisons_matching(text: str) -> Select[tuple[int]]:
    """SQL: the ids of liaisons found by their own words."""
    return _matching(text, Liaison.id, {})


def name_prefix(text: str) -> str:
    """The beginning of the sort key of a name typed as ``Last`` or ``Last, First``."""
    last, comma, first = text.partition(",")
    return sort_key(last, first) if comma else fold(last)


def between(key: Any, prefix: str) -> ColumnElement[bool]:
    """SQL: a sort key begins so; served by its index."""
    condition: ColumnElement[bool] = key.between(prefix, prefix + _LAST)
    return condition


def forget(session: Session, table_name: str, record_ids: Iterable[int]) -> None:
    """Remove these records' words from the index so that no trace stays in the file."""
    place = _PLACES[table_name]
    rowids = [(record_id * search_index.STEP + place,) for record_id in record_ids]
    connection = session.connection()
    if rowids:
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", rowids)
    connection.exec_driver_sql("INSERT INTO search(search) VALUES ('optimize')")


def _matching(text: str, own: Any, children: dict[Any, Any]) -> Select[tuple[int]]:
    """Own ids that match, and the owners of the children that do; ``children``: id to owner."""
    query = search_index.match_query(text)
    if not query:
        return select(own).where(false())
    found = [own.in_(_indexed(query, own))]
    for child, owner in children.items():
        found.append(own.in_(select(owner).where(child.in_(_indexed(query, child)))))
    return select(own).where(or_(*found))


def _indexed(query: str, record_id: Any) -> Select[Any]:
    place = _INDEX.c.rowid % search_index.STEP == _PLACES[record_id.table.name]
    return select(_INDEX.c.rowid // search_index.STEP).where(_INDEX.c.words.match(query), place)


def _in_range(session: Session, model: Any, prefix: str, limit: int) -> list[int]:
    if not prefix:
        return []
    statement = (
        select(model.id)
        .where(between(model.sort_key, prefix), model.archived.is_(False))
        .order_by(model.sort_key, model.id)
        .limit(limit)
    )
    return records.in_order(session, statement)


def _first_by_name(session: Session, ids: set[int], prefix: str, limit: int) -> set[int]:
    """The people worth a title: those whose name begins so, then the first by name."""
    keys = session.connection().execute(
        select(Person.sort_key, Person.id).where(Person.id.in_(ids))
    )
    ranked = sorted((not key.startswith(prefix), key, person_id) for key, person_id in keys)
    return {person_id for *_, person_id in ranked[:limit]}


def _owners(session: Session, owner: Any, child_ids: Iterable[int]) -> list[int]:
    wanted = list(child_ids)
    if not wanted:
        return []
    return records.in_order(session, select(owner).where(owner.class_.id.in_(wanted)))


def _rank(title: str, text: str) -> int:
    """0: it is what was typed; 1: it begins so; 2: a word of it does."""
    typed, own = fold(text), fold(title)
    if own == typed:
        return 0
    return 1 if own.startswith(typed) else 2


def _shared_out(ranked: dict[HitKind, list[Any]], limit: int) -> list[Any]:
    """The best of all kinds, after each kind has got a part of the room."""
    part = max(limit // len(KINDS), 1)
    first = [entry for entries in ranked.values() for entry in entries[:part]]
    rest = sorted(entry for entries in ranked.values() for entry in entries[part:])
    return sorted([*first, *rest[: max(limit - len(first), 0)]])[:limit]
