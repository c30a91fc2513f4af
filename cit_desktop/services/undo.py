"""Undo and redo of whole operations. The only service that opens operations itself."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cit_desktop import revert, schema
from cit_desktop.db import Database
from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import Block, Certificate, Change, Operation, TrainingClass
from cit_desktop.services import undo_order
from cit_desktop.services.undo_order import Entry

_IN_CLASSES = ("block", "enrollment")
_IN_BLOCKS = ("block_part", "block_instructor", "attendance", "makeup")


@dataclass(frozen=True, slots=True)
class Step:
    """The step that undo or redo takes next.

    Attributes:
        operation_id: What is taken back: the operation, or for redo the undo of it.
        label: What was done: “Mark attendance”.
        why_not: Why it cannot be done, or an empty text when it can.
    """

    operation_id: int
    label: str
    why_not: str = ""


def next_undo(session: Session) -> Step | None:
    """What undo would take back; None when there is nothing."""
    entry = undo_order.next_to_undo(session, undo_order.entries(session))
    return None if entry is None else _step(session, entry, entry.label)


def next_redo(session: Session) -> Step | None:
    """What redo would do again; None when there is nothing."""
    found = undo_order.entries(session)
    entry = undo_order.next_to_redo(found)
    if entry is None:
        return None
    return _step(session, entry, _label(session, entry.undoes_id or 0))


def undo(db: Database) -> Step:
    """Take back the last operation. Gives what was taken back.

    Raises:
        Refused: There is nothing, or it is final.
        Conflict: Its records changed again, or somebody else was quicker.
    """
    with db.read() as session:
        step = next_undo(session)
    if step is None:
        raise Refused("There is nothing to undo.")
    return _take_back(db, step, f"Undo “{step.label}”", next_undo)


def redo(db: Database) -> Step:
    """Do again what was undone last. Gives what was done again.

    Raises:
        Refused: There is nothing.
        Conflict: Its records changed again, or somebody else was quicker.
    """
    with db.read() as session:
        step = next_redo(session)
    if step is None:
        raise Refused("There is nothing to redo.")
    return _take_back(db, step, f"Redo “{step.label}”", next_redo)


def undo_operation(db: Database, operation_id: int) -> Step:
    """Take back one operation of the history, whatever came after it. Gives what was taken back.

    Taking back an undo does again what it undid.

    Raises:
        NotFound: There is no such operation.
        Refused: It is undone already, final, about a class that is finalized by now, or later
            steps rest on it: it locked or opened a class, or changed a certificate.
        Conflict: Its records changed again since.
    """
    with db.read() as session:
        operation = session.get(Operation, operation_id)
        if operation is None:
            raise NotFound("This step is not in the history.")
        undone = operation.undoes_id
        label = operation.label if undone is None else _label(session, undone)
    verb = "Undo" if undone is None else "Redo"
    with _whole(db, f"{verb} “{label}”", operation_id) as session:
        if operation_id in undo_order.undone(session):
            raise Refused(f"“{label}” is undone already.")
        _refuse_final(session, operation_id)
        _refuse_empty(session, operation_id, label)
        _refuse_behind_lock(session, operation_id, label)
        _revert(session, operation_id)
    return Step(operation_id, label)


def _take_back(
    db: Database, step: Step, label: str, again: Callable[[Session], Step | None]
) -> Step:
    with _whole(db, label, step.operation_id) as session:
        now = again(session)
        if now is None or now.operation_id != step.operation_id:
            raise Conflict(
                "Something was changed in the meantime, so nothing was taken back.",
                "Look at the history and try again.",
            )
        _revert(session, step.operation_id)
    return step


@contextmanager
def _whole(db: Database, label: str, undoes_id: int) -> Iterator[Session]:
    """The operation that takes one back; later records may forbid it, by a name or a link.

    Raises:
        Conflict: They do; nothing was taken back.
    """
    try:
        with db.operation(label, undoes_id=undoes_id) as session:
            yield session
    except IntegrityError as error:
        raise Conflict(
            "This step cannot be undone: later records need what it added, or have the name or "
            "number that would come back.",
            "Undo the later steps first, or correct the records by hand.",
        ) from error


def _revert(session: Session, operation_id: int) -> None:
    _refuse_final(session, operation_id)
    revert.apply(session.connection(), operation_id)


def _refuse_final(session: Session, operation_id: int) -> None:
    revert.refuse_final(session.connection(), operation_id, schema.NEWEST)


def _step(session: Session, entry: Entry, label: str) -> Step:
    try:
        _refuse_final(session, entry.id)
    except Refused as error:
        return Step(entry.id, label, str(error))
    return Step(entry.id, label)


def _label(session: Session, operation_id: int) -> str:
    """The label of the ordinary operation at the root of a chain of undos."""
    operation = session.get(Operation, operation_id)
    while operation is not None and operation.undoes_id is not None:
        operation = session.get(Operation, operation.undoes_id)
    return "" if operation is None else operation.label


def _refuse_empty(session: Session, operation_id: int, label: str) -> None:
    """Refuse a step of which nothing is left to take back."""
    if not undo_order.has_effect(session, operation_id):
        raise Refused(
            f"“{label}” left nothing that could be taken back.",
            "It added only pictures, or what it changed was erased since.",
        )


def _refuse_behind_lock(session: Session, operation_id: int, label: str) -> None:
    """Refuse to reach behind the lock of a class, unless the step is the next one in any case."""
    steps = (next_undo(session), next_redo(session))
    if operation_id in {step.operation_id for step in steps if step is not None}:
        return
    _refuse_turned(session, operation_id, label)
    _refuse_locked(session, operation_id, label)


def _refuse_turned(session: Session, operation_id: int, label: str) -> None:
    """Refuse what locked or opened a class or touched a certificate: it holds for later steps."""
    status = (func.json_extract(image, "$.status") for image in (Change.before, Change.after))
    turned = Change.table == Certificate.__tablename__
    turned |= (Change.table == TrainingClass.__tablename__) & operator.ne(*status)
    found = select(Change.id).where(Change.operation_id == operation_id, turned).limit(1)
    if session.scalar(found) is not None:
        raise Refused(
            f"Later steps rest on “{label}”, so it can only be undone after them.",
            "Undo the later steps first, or finalize, reopen, reissue or revoke anew.",
        )


def _refuse_locked(session: Session, operation_id: int, label: str) -> None:
    """Refuse to change people, blocks or marks of a class behind its lock."""
    image = func.coalesce(Change.after, Change.before)
    own = select(func.json_extract(image, "$.class_id")).where(
        Change.operation_id == operation_id, Change.table.in_(_IN_CLASSES)
    )
    inside = select(func.json_extract(image, "$.block_id")).where(
        Change.operation_id == operation_id, Change.table.in_(_IN_BLOCKS)
    )
    of_blocks = select(Block.class_id).where(Block.id.in_(inside))
    locked = session.scalar(
        select(TrainingClass.title)
        .where(
            TrainingClass.status == "finalized",
            or_(TrainingClass.id.in_(own), TrainingClass.id.in_(of_blocks)),
        )
        .limit(1)
    )
    if locked is not None:
        raise Refused(
            f"“{label}” changed the class “{locked}”, which is finalized by now.",
            "Reopen the class first.",
        )
