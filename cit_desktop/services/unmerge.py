"""Taking merged people apart again, at any time: each gets back exactly what the merge moved.

What was added or changed since stays with the kept person, except in a field that the merge
itself wrote: then nobody can say whose it is, and nothing is taken apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import revert_fields
from cit_desktop.errors import Conflict
from cit_desktop.models import (
    Certificate,
    Enrollment,
    Operation,
    Person,
    PersonAlias,
    TrainingClass,
)
from cit_desktop.revert_fields import Stale, Touched
from cit_desktop.services import history_words, names, records
from cit_desktop.services.merge_views import MergedRow
from cit_desktop.text import sort_key

_DERIVED: Final = {"person": frozenset({"sort_key"})}
_NOTHING: Final = "Nothing was changed. Correct the records by hand instead."
_FIRST: Final = "Nothing was changed."


def merged(session: Session, person_id: int | None = None) -> list[MergedRow]:
    """Everybody who was merged into a person, or into anybody; the latest first."""
    statement = (
        select(PersonAlias, Person, Operation.at, Operation.actor)
        .join(Person, Person.id == PersonAlias.person_id)
        .join(Operation, Operation.id == PersonAlias.operation_id)
        .order_by(PersonAlias.operation_id.desc())
    )
    if person_id is not None:
        statement = statement.where(PersonAlias.person_id == person_id)
    return [
        MergedRow(
            id=alias.id,
            former_id=alias.former_id,
            name=_name(alias),
            email=alias.email,
            phone=alias.phone,
            person_id=person.id,
            person=_name(person),
            at=at,
            actor=actor,
        )
        for alias, person, at, actor in session.execute(statement)
    ]


def unmerge(session: Session, alias_id: int) -> int:
    """Take a merged person out again; gives the id, which is the one from before.

    Raises:
        NotFound: Nobody was merged under this id, or they are apart again.
        Conflict: What the merge wrote was changed since; the sentence names it.
    """
    alias = records.fetch(session, PersonAlias, alias_id, "merged person")
    former_id, person_id = alias.former_id, alias.person_id
    rows = revert_fields.touched(session.connection(), alias.operation_id)
    if rows is None:
        raise Conflict(
            f"{_name(alias)} cannot be separated: what the history held was erased since.",
            _NOTHING,
        )
    _refuse_merged_since(session, alias, rows)
    reason = next(_reasons(session, rows, person_id), None)
    if reason is not None:
        raise Conflict(f"{_name(alias)} cannot be separated: {reason}", _NOTHING)
    session.expunge_all()
    revert_fields.apply(session.connection(), rows)
    kept = records.fetch(session, Person, person_id, "person")
    kept.sort_key = sort_key(kept.last, kept.first, kept.middle)
    session.flush()
    return former_id


def _name(person: Person | PersonAlias) -> str:
    return names.full(person.first, person.middle, person.last, person.suffix)


def _refuse_merged_since(session: Session, alias: PersonAlias, rows: list[Touched]) -> None:
    """The kept person may itself have gone into another one since."""
    own = next(row for row in rows if (row.table, row.row_id) == ("person_alias", alias.id))
    kept_then = (own.after or {})["person_id"]
    if kept_then == alias.person_id:
        return
    later = session.scalar(select(PersonAlias).filter_by(former_id=kept_then))
    into = records.fetch(session, Person, alias.person_id, "person")
    who = _name(later) if later is not None else "The person kept then"
    raise Conflict(
        f"{who}, whom {_name(alias)} was merged into, was merged into {_name(into)} since.",
        f"Separate {who} from {_name(into)} first.",
    )


def _reasons(session: Session, rows: list[Touched], person_id: int) -> Iterator[str]:
    connection = session.connection()
    for stale in revert_fields.stale(connection, rows, _DERIVED):
        yield _stale_words(session, stale)
    for row in revert_fields.missing_targets(connection, rows):
        word = history_words.table_word(row.table).lower()
        yield f"something that its {word} belonged to was removed since."
    yield from _certified_since(session, rows, person_id)
    yield from _locked_since(session, rows)


def _stale_words(session: Session, stale: Stale) -> str:
    row = stale.row
    known = history_words.Names(session)
    word = history_words.table_word(row.table).lower()
    record = known.record(row.table, row.row_id, row.after or row.before or {})
    if not stale.field:
        return f"the {word} of {record} was changed or removed since."
    field = history_words.field_word(row.table, stale.field).lower()
    left = known.value(row.table, stale.field, stale.left)
    left = f"“{left}”" if left else "blank"
    return f"the {field} in the {word} of {record}, which the merge left {left}, changed since."


def _certified_since(session: Session, rows: list[Touched], person_id: int) -> Iterator[str]:
    """A certificate of a class that would go with the other one, issued to the kept person."""
    before = {row.row_id for row in rows if row.table == Certificate.__tablename__}
    going = [
        row.row_id
        for row in rows
        if row.table == Enrollment.__tablename__ and "person_id" in row.fields
    ]
    issued = select(Certificate).where(
        Certificate.enrollment_id.in_(going), Certificate.person_id == person_id
    )
    for certificate in session.scalars(issued.order_by(Certificate.id)):
        if certificate.id not in before:
            yield f"certificate {certificate.number} was issued since for a class that would go."


def _locked_since(session: Session, rows: list[Touched]) -> Iterator[str]:
    """An enrollment without a result would come back into a class that is finalized by now."""
    coming = {
        row.before["class_id"]
        for row in rows
        if row.table == Enrollment.__tablename__
        and row.after is None
        and row.before is not None
        and row.before["result"] == "open"
    }
    locked = select(TrainingClass.code).where(
        TrainingClass.id.in_(coming), TrainingClass.status == "finalized"
    )
    for code in session.scalars(locked):
        yield f"both were in {code}, which was finalized since. Reopen it first."
