"""What an audit packet shows of the history: who did what and when to some classes or a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop.documents.packets import Section
from cit_desktop.documents.tables import Cell, TableColumn, TableDocument
from cit_desktop.models import (
    Attendance,
    Block,
    BlockInstructor,
    BlockPart,
    Certificate,
    Change,
    Enrollment,
    Makeup,
    Operation,
    TrainingClass,
)
from cit_desktop.services import history
from cit_desktop.services.history import FieldChange, OperationRow
from cit_desktop.services.history_people import changes_of_person

_AT_ONCE: Final = 500
_GRANDCHILDREN: Final[tuple[tuple[Any, str], ...]] = (
    (BlockPart, "block_id"),
    (BlockInstructor, "block_id"),
    (Attendance, "enrollment_id"),
    (Makeup, "enrollment_id"),
)
_CONTACTS: Final = frozenset({"E-mail", "Phone", "After-hours phone", "Nickname", "Note"})
_STEPS: Final = (
    TableColumn("step", "Step", width=7),
    TableColumn("at", "When (UTC)", width=19),
    TableColumn("actor", "Who", width=26),
    TableColumn("label", "What", width=50),
    TableColumn("records", "Records changed", width=40),
    TableColumn("hash", "Hash", width=9),
)
_SCOPE: Final = TableColumn("scope", "Classes", width=24)
_CHANGES: Final = (
    TableColumn("step", "Step", width=7),
    TableColumn("record", "Record", width=50),
    TableColumn("change", "Before → after", width=80),
)
_SAID: Final = (
    "Every step that touched these records, the oldest first. What was added and never changed "
    "again stands in the sections before; what was changed or removed later stands below, field "
    "by field, without contact data.",
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the history is about something.

    Attributes:
        steps: The ids of its operations, with what each of them touched.
        changes: The ids of its changes that are no mere additions.
    """

    steps: Mapping[int, frozenset[int]]
    changes: tuple[int, ...]


class _Later:
    """Collects the changes of records by another step than the one that added them."""

    def __init__(self) -> None:
        self.changes: list[int] = []
        self._added: set[tuple[int, str, int]] = set()

    def see(self, change: Any) -> None:
        """Look at a change; those of a record come in their order."""
        key = (change.operation_id, change.table, change.row_id)
        if change.kind == "insert":
            self._added.add(key)
        elif key not in self._added:
            self.changes.append(change.id)


def of_classes(session: Session, class_ids: Iterable[int]) -> Scope:
    """What happened to these classes, their blocks, people, attendance and certificates."""
    wanted = frozenset(class_ids)
    steps: defaultdict[int, set[int]] = defaultdict(set)
    later = _Later()

    def keep(change: Any, class_id: int | None) -> None:
        if class_id in wanted:
            steps[change.operation_id].add(class_id)
            later.see(change)

    for change in _changes(session, TrainingClass, "id"):
        keep(change, change.row_id)
    blocks, people = (_follow(session, model, "class_id", keep) for model in (Block, Enrollment))
    _follow(session, Certificate, "class_id", keep)
    for (child, field), owner in zip(_GRANDCHILDREN, (blocks, blocks, people, people), strict=True):
        _follow(session, child, field, partial(_keep_owned, keep, owner))
    found = {step: frozenset(touched) for step, touched in sorted(steps.items())}
    return Scope(found, tuple(sorted(later.changes)))


def of_person(session: Session, person_id: int) -> Scope:
    """What happened to a person, and to what is or once was the person's own."""
    steps: dict[int, frozenset[int]] = {}
    later = _Later()
    for change in session.execute(
        select(Change.id, Change.operation_id, Change.table, Change.row_id, Change.kind)
        .where(changes_of_person(session, person_id))
        .order_by(Change.id)
    ):
        steps[change.operation_id] = frozenset({person_id})
        later.see(change)
    return Scope(dict(sorted(steps.items())), tuple(later.changes))


def section(session: Session, scope: Scope, called: Mapping[int, str] | None = None) -> Section:
    """The history as a section in small print.

    Args:
        called: Names of what the steps touched, where there is more than one.
    """
    if not scope.steps:
        return Section("History", sentences=("The history has no step about this.",))
    columns = (*_STEPS[:4], _SCOPE, *_STEPS[4:]) if called else _STEPS
    hashes = _hashes(session)
    rows = []
    for row in _rows(session, list(scope.steps)):
        touched = sorted((called or {}).get(key, "") for key in scope.steps[row.id])
        rows.append(_step(row, hashes[row.id], ", ".join(touched) if called else None))
    tables = [TableDocument("", columns, tuple(rows))]
    changed = _corrections(session, scope.changes)
    if changed:
        tables.append(TableDocument("Changed or removed later", _CHANGES, tuple(changed)))
    return Section("History", sentences=_SAID, tables=tuple(tables), small=True)


Keep = Callable[[Any, int | None], None]


def _keep_owned(keep: Keep, owners: Mapping[int, int], change: Any, owner: int | None) -> None:
    keep(change, None if owner is None else owners.get(owner))


def _follow(session: Session, model: Any, field: str, keep: Keep) -> dict[int, int]:
    """Tell of each change of a table whose it is; gives the last known owner by row."""
    owners = dict(session.execute(select(model.id, getattr(model, field))).tuples().all())
    found = _changes(session, model, field)
    for change in found:
        if change.owner is not None:
            owners.setdefault(change.row_id, change.owner)
    for change in found:
        keep(change, owners.get(change.row_id) if change.owner is None else change.owner)
    return owners


def _changes(session: Session, model: Any, field: str) -> Sequence[Any]:
    """The changes of a table, with whose row it was by the image of that time."""
    image = func.coalesce(Change.after, Change.before)
    return session.execute(
        select(
            Change.id,
            Change.operation_id,
            Change.table,
            Change.row_id,
            Change.kind,
            func.json_extract(image, f"$.{field}").label("owner"),
        )
        .where(Change.table == model.__tablename__)
        .order_by(Change.id)
    ).all()


def _rows(session: Session, steps: Sequence[int]) -> list[OperationRow]:
    found: dict[int, OperationRow] = {}
    for start in range(0, len(steps), _AT_ONCE):
        found |= history.rows(session, steps[start : start + _AT_ONCE])
    return [found[step] for step in steps if step in found]


def _hashes(session: Session) -> dict[int, str]:
    return dict(session.execute(select(Operation.id, Operation.hash)).tuples().all())


def _step(row: OperationRow, digest: str, scope: str | None) -> tuple[Cell, ...]:
    notes = [" (undone later)" if row.undone else ""]
    notes += [f" (takes back step {row.undoes_id})" if row.undoes_id is not None else ""]
    records = ", ".join(f"{word} {count:,}" for word, count in row.changes.items())
    inside = () if scope is None else (scope,)
    return (
        str(row.id),
        f"{row.at:%Y-%m-%d %H:%M}",
        row.actor,
        row.label + "".join(notes),
        *inside,
        records,
        digest[:8],
    )


def _corrections(session: Session, change_ids: Sequence[int]) -> list[tuple[Cell, ...]]:
    """A line a changed record: all of its fields with what stood in them before and after."""
    rows: list[tuple[Cell, ...]] = []
    for line in history.changed_records(session, change_ids):
        said = [_said(field) for field in line.fields if field.field or field.before]
        if said:
            first = line.fields[0]
            word = "removed" if first.kind == "delete" else "changed"
            record = f"{first.table}: {first.record}"
            rows.append((str(line.operation_id), f"{record} {word}", "; ".join(said)))
    return rows


def _said(change: FieldChange) -> str:
    if not change.field:
        return change.before
    if change.field in _CONTACTS:
        return f"{change.field} (left out)"
    if change.kind == "delete":
        return f"{change.field}: {change.before}"
    return f"{change.field}: {change.before or 'nothing'} → {change.after or 'nothing'}"
