"""The history: who changed what and when, read from the journal."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop import journal, schema
from cit_desktop.errors import NotFound
from cit_desktop.models import Change, Operation
from cit_desktop.services import history_words, undo_order
from cit_desktop.services.history_people import changes_of_person
from cit_desktop.services.history_words import Names

MOST_SHOWN: Final = 2_000
ERASED: Final = "(erased)"
_AT_ONCE: Final = 500
_SEAL: Final = re.compile(r"(\d{1,12})[-–]([0-9a-fA-F]{8})")


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One step of the history.

    Attributes:
        undone: It does not count any more: a later step took it back.
        undoable: It can be taken back as such; whether its records changed since is seen then.
        undoes_id: The step that this one took back, if it is an undo or a redo.
        changes: How many records of each table it changed, by what people call the table.
    """

    id: int
    at: datetime
    actor: str
    label: str
    undone: bool
    undoable: bool
    undoes_id: int | None
    changes: dict[str, int]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record that a step changed, in words.

    Attributes:
        table: What people call the kind of record.
        record: What the record is called.
        kind: ``insert``, ``update`` or ``delete``.
    """

    table: str
    record: str
    kind: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that was changed about a person."""

    operation_id: int
    at: datetime
    actor: str
    label: str
    what: FieldChange


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that a step changed, with all of its fields that differ."""

    operation_id: int
    at: datetime
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class HistoryCheck:
    """Whether the history is as it was written.

    Attributes:
        first_altered: The first step whose record was altered; None when none was.
        operations: How many steps there are.
        head: The hash of the last step, to be compared with one noted elsewhere.
    """

    first_altered: int | None
    operations: int
    head: str

    @property
    def whole(self) -> bool:
        """Nothing was altered."""
        return self.first_altered is None


def ids(session: Session, actor: str = "", text: str = "") -> list[int]:
    """The ids of the steps, newest first; of one actor when named, with these words in them.

    Args:
        text: Words, or a seal from a paper: the step it was taken from, or none if it is gone.
    """
    if _SEAL.fullmatch(text.strip()):
        found = of_seal(session, text)
        return [] if found is None else [found]
    statement = select(Operation.id).where(Operation.hash != "").order_by(Operation.id.desc())
    if actor:
        statement = statement.where(Operation.actor == actor)
    for word in text.lower().split():
        statement = statement.where(func.instr(func.lower(Operation.label), word) > 0)
    return list(session.execute(statement).scalars())


def actors(session: Session) -> list[str]:
    """Everybody who is named in the history."""
    return list(session.scalars(select(Operation.actor).distinct().order_by(Operation.actor)))


def rows(
    session: Session,
    operation_ids: Collection[int],
    counted: Mapping[int, dict[str, int]] | None = None,
) -> dict[int, OperationRow]:
    """These steps as rows of a list, by id.

    Args:
        counted: The ``changes`` of steps that were read before; they never differ.
    """
    wanted = list(operation_ids)
    known = counted or {}
    counts = {**known, **_counts(session, [key for key in wanted if key not in known])}
    undone = undo_order.undone(session)
    found = session.scalars(select(Operation).where(Operation.id.in_(wanted)))
    return {
        row.id: OperationRow(
            id=row.id,
            at=row.at,
            actor=row.actor,
            label=row.label,
            undone=row.id in undone,
            undoable=bool(row.undoable) and row.schema == schema.NEWEST and row.id not in undone,
            undoes_id=row.undoes_id,
            changes=counts.get(row.id, {}),
        )
        for row in found
    }


def details(session: Session, operation_id: int) -> list[FieldChange]:
    """What a step changed, field by field, up to 2,000 records.

    Raises:
        NotFound: There is no such step.
    """
    if session.get(Operation, operation_id) is None:
        raise NotFound("This step is not in the history.")
    changes = session.scalars(
        select(Change)
        .where(Change.operation_id == operation_id)
        .order_by(Change.id)
        .limit(MOST_SHOWN)
    )
    known = Names(session)
    return [line for change in changes for line in _fields(change, known)]


def of_person(session: Session, person_id: int) -> list[HistoryLine]:
    """Everything that was ever changed about a person, newest first.

    It covers the person, state numbers, employments, enrollments, attendance, make-ups and
    certificates, those removed included.
    """
    known = Names(session)
    found = session.execute(
        select(Change, Operation.at, Operation.actor, Operation.label)
        .join(Operation, Operation.id == Change.operation_id)
        .where(changes_of_person(session, person_id))
        .order_by(Change.operation_id.desc(), Change.id)
    )
    return [
        HistoryLine(change.operation_id, at, actor, label, line)
        for change, at, actor, label in found
        for line in _fields(change, known)
    ]


def changed_records(session: Session, change_ids: Sequence[int]) -> list[RecordChange]:
    """What these changes of the history did, field by field."""
    known = Names(session)
    made = []
    for start in range(0, len(change_ids), _AT_ONCE):
        found = session.execute(
            select(Change, Operation.at)
            .join(Operation, Operation.id == Change.operation_id)
            .where(Change.id.in_(change_ids[start : start + _AT_ONCE]))
            .order_by(Change.id)
        )
        for change, at in found:
            fields = tuple(_fields(change, known))
            made.append(RecordChange(change.operation_id, at, fields))
    return made


def of_seal(session: Session, text: str) -> int | None:
    """The step that a seal on paper was taken from; None if the history has no such one.

    Args:
        text: As it is printed: ``168-d1c1b866``.
    """
    found = _SEAL.fullmatch(text.strip().lower())
    if found is None:
        return None
    digest = session.scalar(select(Operation.hash).where(Operation.id == int(found[1])))
    return int(found[1]) if digest is not None and digest[:8] == found[2] else None


def verify(session: Session) -> HistoryCheck:
    """Check the chain of hashes over the whole history."""
    connection = session.connection()
    altered = journal.verify(connection)
    total = session.scalar(select(func.count()).select_from(Operation).where(Operation.hash != ""))
    return HistoryCheck(altered, total or 0, journal.head(connection)[1])


def _counts(session: Session, operation_ids: list[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    counted = session.execute(
        select(Change.operation_id, Change.table, func.count(Change.row_id.distinct()))
        .where(Change.operation_id.in_(operation_ids))
        .group_by(Change.operation_id, Change.table)
        .order_by(Change.operation_id, Change.table)
    )
    for operation_id, table, number in counted:
        found.setdefault(operation_id, {})[history_words.table_word(table)] = number
    return found


def _fields(change: Change, known: Names) -> Iterator[FieldChange]:
    table = history_words.table_word(change.table)
    if change.before is None and change.after is None:
        yield FieldChange(table, ERASED, change.kind, "", ERASED, ERASED)
        return
    before, after = _image(change.before), _image(change.after)
    record = known.record(change.table, change.row_id, after or before)
    whole = change.before is None or change.after is None
    for field in _differing(before, after):
        old = known.value(change.table, field, before.get(field))
        new = known.value(change.table, field, after.get(field))
        if old != new and not (whole and (old or new) in ("No", record)):
            word = history_words.field_word(change.table, field)
            yield FieldChange(table, record, change.kind, word, old, new)


def _image(stored: str | None) -> dict[str, Any]:
    return {} if stored is None else json.loads(stored)


def _differing(before: dict[str, Any], after: dict[str, Any]) -> Iterable[str]:
    both = {**before, **after}
    return [
        field
        for field in both
        if history_words.shown(field) and before.get(field) != after.get(field)
    ]
