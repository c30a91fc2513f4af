"""Finding whoever is already known: as one types, and before a person is added twice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.models import Employment, Person, StateNumber
from cit_desktop.services import people_list, records, search
from cit_desktop.services.person_draft import PersonDraft
from cit_desktop.text import clean, fold, letters, sort_key


@dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody who is known, as shown below the line one types in."""

    id: int
    name: str
    agency: str
    title: str
    state_number: str
    email: str
    archived: bool


def find(session: Session, text: str, limit: int = 8) -> list[PersonHit]:
    """Known people by name in any order, state number or e-mail; best first, archived ones last."""
    typed = clean(text)
    if not letters(typed):
        return []
    near = search.between(Person.sort_key, search.name_prefix(typed))
    in_order = select(Person.id).where(near).order_by(Person.sort_key).limit(limit * 2)
    ids = set(records.in_order(session, in_order))
    ids |= {key for kind, key in search.records_matching(session, typed) if kind == "person"}
    best = _ranked(session, ids, typed)[:limit]
    rows = people_list.rows(session, best)
    return [_hit(rows[person_id]) for person_id in best if person_id in rows]


def duplicates_of(session: Session, draft: PersonDraft) -> list[tuple[int, str]]:
    """People who may be the one of the draft, each with the best reason; the surest first.

    A name counts as the same without accents, case and middle name, unless middle names or
    suffixes contradict each other.
    """
    reasons: dict[int, str] = {}
    for number in draft.numbers:
        for person_id, kind in _with_number(session, number.number):
            if fold(kind) == fold(number.kind):
                reasons.setdefault(person_id, f"same {kind} {clean(number.number)}")
    email = clean(draft.email).lower()
    if email:
        found = session.scalars(select(Person.id).where(Person.email == email).order_by(Person.id))
        for person_id in found:
            reasons.setdefault(person_id, f"same e-mail {email}")
    namesakes = _namesakes(session, draft)
    colleagues = _employed(session, namesakes, draft.agency_id)
    for person_id in sorted(namesakes, key=lambda key: (key not in colleagues, key)):
        known = person_id in colleagues
        reasons.setdefault(person_id, "same name and agency" if known else "same name")
    return list(reasons.items())


def _ranked(session: Session, ids: set[int], typed: str) -> list[int]:
    """The ids by how well they match, then by name."""
    sure = with_exact_key(session, typed)
    people = session.connection().execute(
        select(Person.id, Person.sort_key, Person.archived).where(Person.id.in_(ids | sure))
    )
    key = " ".join(fold(typed).replace(",", " ").split())
    ranked = [
        (archived, 0 if person_id in sure else _rank(sort, key), sort, person_id)
        for person_id, sort, archived in people
    ]
    return [person_id for *_, person_id in sorted(ranked)]


def _rank(sort: str, key: str) -> int:
    """How well a sort key, which has the folded parts of the name, matches what was typed."""
    last, first, middle = sort.split("\x1f")
    ways = (f"{last} {first}", f"{first} {last}", f"{first} {middle} {last}")
    if key in ways:
        return 1
    if key == last:
        return 2
    if ways[0].startswith(key):
        return 3
    return 4 if ways[1].startswith(key) or ways[2].startswith(key) else 5


def with_exact_key(session: Session, typed: str) -> set[int]:
    """People whose state number or e-mail is exactly what was typed."""
    by_number = select(StateNumber.person_id).where(StateNumber.key == letters(typed)).limit(8)
    found = set(records.in_order(session, by_number))
    if "@" in typed:
        by_email = select(Person.id).where(Person.email == typed.lower()).limit(8)
        found.update(records.in_order(session, by_email))
    return found


def _hit(row: people_list.PersonRow) -> PersonHit:
    return PersonHit(
        row.id, row.name, row.agency, row.title, row.state_number, row.email, row.archived
    )


def _with_number(session: Session, number: str) -> list[tuple[int, str]]:
    key = letters(number)
    if not key:
        return []
    found = session.execute(
        select(StateNumber.person_id, StateNumber.kind)
        .where(StateNumber.key == key)
        .order_by(StateNumber.id)
    )
    return [(person_id, kind) for person_id, kind in found]


def _namesakes(session: Session, draft: PersonDraft) -> set[int]:
    if not letters(draft.last):
        return set()
    prefix = sort_key(clean(draft.last), clean(draft.first)) + "\x1f"
    people = session.execute(
        select(Person.id, Person.middle, Person.suffix).where(
            search.between(Person.sort_key, prefix)
        )
    )
    return {
        row.id
        for row in people
        if _agree(row.middle, draft.middle) and _same_suffix(row.suffix, draft.suffix)
    }


def _agree(one: str, other: str) -> bool:
    """Whether two middle names can be the same: one is empty, an initial, or equal."""
    first, second = sorted((letters(one), letters(other)), key=len)
    return second.startswith(first) if len(first) <= 1 else first == second


def _same_suffix(one: str, other: str) -> bool:
    return not letters(one) or not letters(other) or letters(one) == letters(other)


def _employed(session: Session, person_ids: set[int], agency_id: int | None) -> set[int]:
    if agency_id is None or not person_ids:
        return set()
    return set(
        session.scalars(
            select(Employment.person_id).where(
                Employment.person_id.in_(sorted(person_ids)), Employment.agency_id == agency_id
            )
        )
    )
