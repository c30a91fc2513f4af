"""Which operation is undone or redone next, as the history alone tells.

An operation is live unless a live operation undoes it. Undo takes back the newest live one; redo
takes back the newest live undo, unless something ordinary was done after it. Nothing is kept in
memory, so it survives a restart and holds for two windows on one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop.models import Change, Operation
from cit_desktop.revert import KEPT

LOOK_BACK: Final = 500
_SMALL: Final = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation as far as undo is concerned."""

    id: int
    label: str
    undoes_id: int | None
    undoable: bool


def entries(session: Session) -> list[Entry]:
    """The finished operations of late, newest first."""
    found = session.execute(
        select(Operation.id, Operation.label, Operation.undoes_id, Operation.undoable)
        .where(Operation.hash != "")
        .order_by(Operation.id.desc())
        .limit(LOOK_BACK)
    )
    return [Entry(row.id, row.label, row.undoes_id, bool(row.undoable)) for row in found]


def live(newest_first: Iterable[tuple[int, int | None]]) -> dict[int, bool]:
    """Whether each operation counts, from pairs of id and the id it undoes, newest first."""
    undone: set[int] = set()
    counts: dict[int, bool] = {}
    for operation_id, undoes_id in newest_first:
        counts[operation_id] = operation_id not in undone
        if undoes_id is not None and counts[operation_id]:
            undone.add(undoes_id)
    return counts


def next_to_undo(session: Session, found: Sequence[Entry]) -> Entry | None:
    """The newest live operation that is no undo itself and that changed something."""
    counts = live((entry.id, entry.undoes_id) for entry in found)
    for entry in found:
        if entry.undoes_id is not None or not counts[entry.id]:
            continue
        if not entry.undoable or has_effect(session, entry.id):
            return entry
    return None


def next_to_redo(found: Sequence[Entry]) -> Entry | None:
    """The newest live undo of an operation, with nothing ordinary done after it."""
    counts = live((entry.id, entry.undoes_id) for entry in found)
    ordinary = {entry.id for entry in found if entry.undoes_id is None}
    for entry in found:
        if entry.undoes_id is None:
            return None
        if counts[entry.id] and entry.undoes_id in ordinary:
            return entry
    return None


def undone(session: Session) -> frozenset[int]:
    """The operations of the whole history that do not count any more."""
    undos = session.execute(
        select(Operation.id, Operation.undoes_id)
        .where(Operation.undoes_id.is_not(None), Operation.hash != "")
        .order_by(Operation.id.desc())
    )
    gone: set[int] = set()
    for operation_id, undoes_id in undos:
        if operation_id not in gone and undoes_id is not None:
            gone.add(undoes_id)
    return frozenset(gone)


def has_effect(session: Session, operation_id: int) -> bool:
    """Whether undoing it would change a row: pictures and keys are kept in any case."""
    own = (Change.operation_id == operation_id, Change.table.not_in(KEPT))
    first = select(Change.id).where(*own).limit(_SMALL + 1)
    if len(session.scalars(first).all()) > _SMALL:
        return True
    edges = (
        select(func.min(Change.id).label("first"), func.max(Change.id).label("last"))
        .where(*own)
        .group_by(Change.table, Change.row_id)
        .subquery()
    )
    begin, end = Change.__table__.alias(), Change.__table__.alias()
    moved = (
        select(edges.c.first)
        .join(begin, begin.c.id == edges.c.first)
        .join(end, end.c.id == edges.c.last)
        .where(begin.c.before.is_distinct_from(end.c.after))
        .limit(1)
    )
    return session.scalar(moved) is not None
