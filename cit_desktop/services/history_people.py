"""Which changes of the history are about a person, records that are gone included."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from cit_desktop.models import (
    Attendance,
    Certificate,
    Change,
    Employment,
    Enrollment,
    Makeup,
    Person,
    PersonAlias,
    RenewalLetter,
    StateNumber,
)

_OF_PERSON: Final = (
    *(StateNumber, Employment, Enrollment, Certificate, PersonAlias),
    RenewalLetter,
)
_OF_ENROLLMENT: Final = (Attendance, Makeup)


def ids_of_person(session: Session, person_id: int) -> frozenset[int]:
    """The person's own id, and those of everybody who was merged into the person."""
    former = select(PersonAlias.former_id).filter_by(person_id=person_id)
    return frozenset({person_id, *session.scalars(former)})


def rows_of_person(session: Session, person_id: int) -> dict[str, frozenset[int]]:
    """Ids of every record that is or once was the person's own, by table.

    What belonged to those merged into the person counts; what went to somebody else does not.
    """
    own = ids_of_person(session, person_id)
    found = {Person.__tablename__: own}
    for model in _OF_PERSON:
        found[model.__tablename__] = _ever(session, model, "person_id", own)
    enrollments = found[Enrollment.__tablename__]
    for child in _OF_ENROLLMENT:
        found[child.__tablename__] = _ever(session, child, "enrollment_id", enrollments)
    return {table: ids for table, ids in found.items() if ids}


def once_merged(session: Session, person_id: int) -> dict[str, frozenset[int]]:
    """Ids of people with whom this one was ever merged, and of the aliases that said so."""
    own = {person_id}
    aliases = _ever(session, PersonAlias, "person_id", own)
    aliases |= _ever(session, PersonAlias, "former_id", own)
    images = session.execute(
        select(
            func.json_extract(func.coalesce(Change.after, Change.before), "$.person_id"),
            func.json_extract(func.coalesce(Change.after, Change.before), "$.former_id"),
        ).where(Change.table == PersonAlias.__tablename__, Change.row_id.in_(aliases))
    )
    people = frozenset(key for row in images for key in row if key is not None) - own
    found = {Person.__tablename__: people, PersonAlias.__tablename__: aliases}
    return {table: ids for table, ids in found.items() if ids}


def changes_of_person(session: Session, person_id: int) -> ColumnElement[bool]:
    """SQL: the change is about the person."""
    return or_(
        *(
            and_(Change.table == table, Change.row_id.in_(sorted(ids)))
            for table, ids in rows_of_person(session, person_id).items()
        )
    )


def _ever(session: Session, model: Any, field: str, owners: Collection[int]) -> frozenset[int]:
    """Ids of the records that belong or, as an image of the history tells, belonged to these."""
    if not owners:
        return frozenset()
    wanted, owner = sorted(owners), getattr(model, field)
    now = session.scalars(select(model.id).where(owner.in_(wanted)))
    once = session.scalars(
        select(Change.row_id).where(
            Change.kind != "insert",
            Change.table == model.__tablename__,
            func.json_extract(Change.before, f"$.{field}").in_(wanted),
        )
    ).all()
    elsewhere = session.scalars(select(model.id).where(model.id.in_(once), owner.not_in(wanted)))
    return frozenset({*now, *once}) - frozenset(elsewhere)
