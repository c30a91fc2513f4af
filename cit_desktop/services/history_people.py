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
    StateNumber,
)

_OF_PERSON: Final = (StateNumber, Employment, Enrollment, Certificate)
_OF_ENROLLMENT: Final = (Attendance, Makeup)


def rows_of_person(session: Session, person_id: int) -> dict[str, frozenset[int]]:
    """Ids of every record that is or once was the person's own, by table."""
    found = {Person.__tablename__: frozenset({person_id})}
    for model in _OF_PERSON:
        found[model.__tablename__] = _ever(session, model, "person_id", {person_id})
    enrollments = found[Enrollment.__tablename__]
    for child in _OF_ENROLLMENT:
        found[child.__tablename__] = _ever(session, child, "enrollment_id", enrollments)
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
    wanted = sorted(owners)
    now = session.scalars(select(model.id).where(getattr(model, field).in_(wanted)))
    once = session.scalars(
        select(Change.row_id).where(
            Change.kind != "insert",
            Change.table == model.__tablename__,
            func.json_extract(Change.before, f"$.{field}").in_(wanted),
        )
    )
    return frozenset({*now, *once})
