"""What a record is called in a list of search results."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import catalogs, clock, day_words
from cit_desktop.models import Agency, Certificate, Employment, Liaison, Person, TrainingClass
from cit_desktop.services import employments, names
from cit_desktop.text import sort_key


@dataclass(frozen=True, slots=True, order=True)
class Title:
    """A record of one kind; ``key`` orders those that match equally well."""

    key: str
    id: int
    title: str
    subtitle: str


def titles(session: Session, kind: str, record_ids: Collection[int]) -> Iterator[Title]:
    """The titles of these records of a kind; those that are gone are left out."""
    return _MAKERS[kind](session, sorted(record_ids)) if record_ids else iter(())


def joined(*parts: str) -> str:
    """The parts that are not empty, as one quiet line."""
    return " · ".join(part for part in parts if part)


def discipline_name(key: str) -> str:
    """What people call a discipline; a key that is not in the catalog names itself."""
    return next((d.name for d in catalogs.disciplines() if d.key == key), key)


def kind_name(key: str) -> str:
    """What people call a kind of agency; a key that is not in the catalog names itself."""
    return next((kind.name for kind in catalogs.agency_kinds() if kind.key == key), key)


def days(starts: date | None, ends: date | None) -> str:
    """The days of a class as one text; empty where it has none yet."""
    if starts is None:
        return ""
    return day_words.days(starts, ends or starts)


def _people(session: Session, ids: list[int]) -> Iterator[Title]:
    statement = (
        select(
            Person.id,
            Person.sort_key,
            Person.first,
            Person.middle,
            Person.last,
            Person.suffix,
            Person.discipline,
            Person.archived,
            Agency.name.label("agency"),
            Employment.title,
        )
        .outerjoin(Employment, Employment.id == employments.id_of_person_on(clock.today()))
        .outerjoin(Agency, Agency.id == Employment.agency_id)
        .where(Person.id.in_(ids))
    )
    for row in session.connection().execute(statement):
        name = names.listed(row.first, row.middle, row.last, row.suffix)
        work = row.agency or discipline_name(row.discipline)
        subtitle = joined("Archived" if row.archived else "", row.title or "", work)
        yield Title(row.sort_key, row.id, name, subtitle)


def _agencies(session: Session, ids: list[int]) -> Iterator[Title]:
    for agency in session.scalars(select(Agency).where(Agency.id.in_(ids))):
        archived = "Archived" if agency.archived else ""
        subtitle = joined(archived, kind_name(agency.kind), agency.county)
        yield Title(agency.sort_key, agency.id, agency.name, subtitle)


def _liaisons(session: Session, ids: list[int]) -> Iterator[Title]:
    for liaison in session.scalars(select(Liaison).where(Liaison.id.in_(ids))):
        archived = "Archived" if liaison.archived else ""
        subtitle = joined(archived, liaison.kind or "Liaison", liaison.employer)
        yield Title(liaison.sort_key, liaison.id, liaison.name, subtitle)


def _classes(session: Session, ids: list[int]) -> Iterator[Title]:
    for found in session.scalars(select(TrainingClass).where(TrainingClass.id.in_(ids))):
        subtitle = joined(found.code, days(found.starts, found.ends), found.location)
        yield Title(sort_key(found.title, found.code), found.id, found.title, subtitle)


def _certificates(session: Session, ids: list[int]) -> Iterator[Title]:
    found = session.execute(
        select(Certificate, Person, TrainingClass.title)
        .join(Person, Person.id == Certificate.person_id)
        .join(TrainingClass, TrainingClass.id == Certificate.class_id)
        .where(Certificate.id.in_(ids))
    )
    for certificate, person, title in found:
        name = names.listed(person.first, person.middle, person.last, person.suffix)
        state = "Revoked" if certificate.revoked_at else ""
        subtitle = joined(state, name, title)
        yield Title(sort_key(certificate.number), certificate.id, certificate.number, subtitle)


_MAKERS: Final[dict[str, Callable[[Session, list[int]], Iterator[Title]]]] = {
    "person": _people,
    "agency": _agencies,
    "liaison": _liaisons,
    "class": _classes,
    "certificate": _certificates,
}
