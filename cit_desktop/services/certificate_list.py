"""The list of certificates: filtered, in order, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from cit_desktop.documents.certificates import CertificateKind
from cit_desktop.models import Certificate, Person, TrainingClass
from cit_desktop.services import names, outdated, search

Sort: TypeAlias = Literal[
    "number", "name", "class", "kind", "completed", "issued", "status", "printed"
]
Status: TypeAlias = Literal["issued", "replaced", "revoked", "on record"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which certificates; what is not said does not matter.

    Attributes:
        text: The beginning of a number, or whatever a person is found by.
        printed: Only those that were, or were not, printed.
    """

    text: str = ""
    class_id: int | None = None
    person_id: int | None = None
    chapter_id: int | None = None
    statuses: tuple[Status, ...] = ()
    kinds: tuple[CertificateKind, ...] = ()
    printed: bool | None = None
    completed_from: date | None = None
    completed_to: date | None = None


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A line of the list; ``name`` as the person is called today.

    Attributes:
        outdated: What it says that does not hold any more, as a sentence, or an empty text.
    """

    id: int
    number: str
    person_id: int
    name: str
    class_id: int
    class_code: str
    class_title: str
    kind: str
    minutes: int | None
    completed: date | None
    issued: datetime | None
    status: str
    printed: datetime | None
    outdated: str = ""


_ROW = (
    Certificate.id,
    Certificate.number,
    Certificate.person_id,
    Person.first,
    Person.middle,
    Person.last,
    Person.suffix,
    Certificate.class_id,
    TrainingClass.code,
    TrainingClass.title,
    Certificate.kind,
    Certificate.minutes,
    Certificate.completed_on,
    Certificate.issued_at,
    Certificate.status,
    Certificate.printed_at,
)
_ORDER: dict[Sort, Any] = {
    "number": Certificate.number,
    "name": Person.sort_key,
    "class": TrainingClass.code,
    "kind": Certificate.kind,
    "completed": Certificate.completed_on,
    "issued": Certificate.issued_at,
    "status": Certificate.status,
    "printed": Certificate.printed_at,
}


def ids(
    session: Session,
    filter: Filter | None = None,
    sort: Sort = "number",
    descending: bool = True,
) -> list[int]:
    """The certificates that a filter lets through, in order."""
    column = _ORDER[sort]
    ordered = (column.desc(), Certificate.id.desc()) if descending else (column, Certificate.id)
    return list(session.scalars(_filtered(filter or Filter()).order_by(*ordered)))


def rows(session: Session, certificate_ids: Sequence[int]) -> dict[int, CertificateRow]:
    """The lines of these certificates, by id."""
    found = session.execute(
        select(*_ROW)
        .join(Person, Person.id == Certificate.person_id)
        .join(TrainingClass, TrainingClass.id == Certificate.class_id)
        .where(Certificate.id.in_(certificate_ids))
    )
    wrong = outdated.sentences(session, Certificate.id.in_(certificate_ids))
    return {row.id: _row(row, wrong.get(row.id, "")) for row in found}


def _filtered(wanted: Filter) -> Select[tuple[int]]:
    query = (
        select(Certificate.id)
        .join(Person, Person.id == Certificate.person_id)
        .join(TrainingClass, TrainingClass.id == Certificate.class_id)
    )
    if wanted.text.strip():
        query = query.where(_matches(wanted.text))
    for column, value in (
        (Certificate.class_id, wanted.class_id),
        (Certificate.person_id, wanted.person_id),
        (TrainingClass.chapter_id, wanted.chapter_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.statuses:
        query = query.where(Certificate.status.in_(wanted.statuses))
    if wanted.kinds:
        query = query.where(Certificate.kind.in_(wanted.kinds))
    if wanted.printed is not None:
        query = query.where(Certificate.printed_at.is_(None) != wanted.printed)
    if wanted.completed_from is not None:
        query = query.where(Certificate.completed_on >= wanted.completed_from)
    if wanted.completed_to is not None:
        query = query.where(Certificate.completed_on <= wanted.completed_to)
    return query


def _matches(text: str) -> ColumnElement[bool]:
    """Certificates whose number begins so, and those of people found by it."""
    typed = text.strip().upper()
    by_number = Certificate.number.between(typed, typed + "\U0010ffff")
    return by_number | Certificate.person_id.in_(search.people_matching(text))


def _row(row: Any, wrong: str) -> CertificateRow:
    return CertificateRow(
        id=row.id,
        number=row.number,
        person_id=row.person_id,
        name=names.listed(row.first, row.middle, row.last, row.suffix),
        class_id=row.class_id,
        class_code=row.code,
        class_title=row.title,
        kind=row.kind,
        minutes=row.minutes,
        completed=row.completed_on,
        issued=row.issued_at,
        status=row.status,
        printed=row.printed_at,
        outdated=wrong,
    )
