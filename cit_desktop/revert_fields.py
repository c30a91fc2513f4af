"""Taking an old operation back field by field: what it did not touch may have changed since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table

from cit_desktop import journal
from cit_desktop.tables import Base

Image = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that an operation touched: as it was before and after; None: it was not there."""

    table: str
    row_id: int
    before: Image | None
    after: Image | None

    @property
    def fields(self) -> tuple[str, ...]:
        """What the operation changed in a row that was there before and after."""
        if self.before is None or self.after is None:
            return ()
        after = self.after
        return tuple(name for name, value in self.before.items() if after.get(name) != value)


@dataclass(frozen=True, slots=True)
class Stale:
    """Why a row cannot be taken back: a field differs by now, or the whole row where it is empty.

    Attributes:
        left: The value that the operation left in the field.
    """

    row: Touched
    field: str = ""
    left: Any = None


def touched(connection: Connection, operation_id: int) -> list[Touched] | None:
    """The rows that an operation changed; None when what it held of one was erased since."""
    found: dict[tuple[str, int], Touched] = {}
    for table, row_id, before, after, salt in connection.exec_driver_sql(
        'SELECT "table", row_id, before, after, salt FROM change WHERE operation_id = ? '
        "ORDER BY id",
        (operation_id,),
    ):
        if salt is None:
            return None
        key = (table, row_id)
        first = found[key].before if key in found else _image(before)
        found[key] = Touched(table, row_id, first, _image(after))
    return [row for row in found.values() if row.before != row.after]


def stale(
    connection: Connection, rows: list[Touched], derived: Mapping[str, frozenset[str]]
) -> list[Stale]:
    """What keeps these rows from being taken back.

    Args:
        derived: Fields by table that follow from others, so that nobody changes them as such.
    """
    found = []
    for row in rows:
        now = _now(connection, row)
        if row.before is None:
            if now is not None and row.after != now:
                found.append(Stale(row))
        elif row.after is None:
            if now is not None:
                found.append(Stale(row))
        elif now is None:
            found.append(Stale(row))
        else:
            found += [
                Stale(row, name, row.after.get(name))
                for name in row.fields
                if name not in derived.get(row.table, ()) and now.get(name) != row.after.get(name)
            ]
    return found


def missing_targets(connection: Connection, rows: list[Touched]) -> list[Touched]:
    """Rows to be put back that point to a row which is gone and does not come back with them."""
    coming = {(row.table, row.row_id) for row in rows if row.after is None}
    found = []
    for row in rows:
        before = row.before or {}
        names = row.fields or tuple(before)
        for key in _table(row.table).foreign_keys:
            target, row_id = key.column.table.name, before.get(key.parent.name)
            if key.parent.name not in names or row_id is None or (target, row_id) in coming:
                continue
            if not _is_there(connection, target, row_id):
                found.append(row)
    return found


def apply(connection: Connection, rows: list[Touched]) -> None:
    """Put these rows back: remove what was added, add what was removed, write the old fields."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for row in rows:
        if row.before is None:
            connection.exec_driver_sql(
                f'DELETE FROM main."{_table(row.table).name}" WHERE id = ?',  # noqa: S608
                (row.row_id,),
            )
    for row in rows:
        if row.before is not None and row.after is None:
            _put_back(connection, row, row.before)
    for row in rows:
        if row.fields and row.before is not None:
            _write(connection, row, row.before)


def _put_back(connection: Connection, row: Touched, before: Image) -> None:
    table = _table(row.table)
    values = {name: value for name, value in before.items() if name in table.columns}
    into = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    connection.exec_driver_sql(
        f'INSERT INTO main."{table.name}" ({into}) VALUES ({marks})',  # noqa: S608
        tuple(values.values()),
    )


def _write(connection: Connection, row: Touched, before: Image) -> None:
    table = _table(row.table)
    values = {name: before[name] for name in row.fields if name in table.columns}
    sets = [f'"{name}" = ?' for name in values]
    if "version" in table.columns:
        sets.append("version = version + 1")
    connection.exec_driver_sql(
        f'UPDATE main."{table.name}" SET {", ".join(sets)} WHERE id = ?',  # noqa: S608
        (*values.values(), row.row_id),
    )


def _now(connection: Connection, row: Touched) -> Image | None:
    table = _table(row.table)
    stored = connection.exec_driver_sql(
        f'SELECT {journal.image(table, "r")} FROM main."{table.name}" AS r WHERE r.id = ?',  # noqa: S608
        (row.row_id,),
    ).scalar()
    return _image(stored)


def _is_there(connection: Connection, table: str, row_id: int) -> bool:
    found = connection.exec_driver_sql(
        f'SELECT 1 FROM main."{_table(table).name}" WHERE id = ?',  # noqa: S608
        (row_id,),
    )
    return found.first() is not None


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _image(stored: str | None) -> Image | None:
    if stored is None:
        return None
    image: Image = json.loads(stored)
    return image
