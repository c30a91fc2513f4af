"""Undo: takes an operation back by writing the values that its changes replaced."""

from __future__ import annotations

import re

from sqlalchemy import Connection, Table

from cit_desktop import journal
from cit_desktop.errors import Conflict, Refused
from cit_desktop.tables import Base

KEPT = frozenset({"asset", "signing_key"})  # pictures and keys outlive an undo


def apply(connection: Connection, operation_id: int) -> None:
    """Take back every change of an operation, within the operation that is open.

    Raises:
        Conflict: A row has changed since; nothing is taken back.
        Refused: The operation is final, or of an older schema.
    """
    tables = [t for t in _tables_of(connection, operation_id) if t.name not in KEPT]
    for table in tables:
        _refuse_if_changed_since(connection, operation_id, table)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in reversed(tables):
        _delete_what_was_inserted(connection, operation_id, table)
    for table in tables:
        _write_back(connection, operation_id, table)


def refuse_final(connection: Connection, operation_id: int, schema: int) -> None:
    """Refuse an operation that cannot be taken back, with the reason."""
    row = connection.exec_driver_sql(
        "SELECT label, undoable, schema FROM operation WHERE id = ?", (operation_id,)
    ).first()
    if row is None:
        raise Refused("There is nothing to take back: this step is not in the history.")
    if not row.undoable:
        raise Refused(
            f"“{row.label}” is final and cannot be undone.",
            "What it made can be revoked or replaced where it is shown.",
        )
    if row.schema != schema:
        raise Refused(
            f"“{row.label}” was made by an older version of the program and cannot be undone.",
            "The backup made before the upgrade holds the records as they were.",
        )


def _tables_of(connection: Connection, operation_id: int) -> list[Table]:
    names = {
        row[0]
        for row in connection.exec_driver_sql(
            'SELECT DISTINCT "table" FROM change WHERE operation_id = ?', (operation_id,)
        )
    }
    return [table for table in Base.metadata.sorted_tables if table.name in names]


def _edge(which: str) -> str:
    """The first or last change of each row of a table in an operation."""
    return (
        "SELECT row_id, before, after FROM change WHERE id IN ("  # noqa: S608
        f"SELECT {which}(id) FROM change "
        'WHERE operation_id = :operation AND "table" = :table GROUP BY row_id)'
    )


def _refuse_if_changed_since(connection: Connection, operation_id: int, table: Table) -> None:
    now = f"CASE WHEN r.id IS NULL THEN NULL ELSE {journal.image(table, 'r')} END"
    found = connection.exec_driver_sql(
        f"SELECT count(*) FROM ({_edge('max')}) AS c "  # noqa: S608
        f'LEFT JOIN main."{table.name}" AS r ON r.id = c.row_id WHERE {now} IS NOT c.after',
        {"operation": operation_id, "table": table.name},
    ).scalar_one()
    if found:
        what = table.name.replace("_", " ")
        raise Conflict(
            f"This step cannot be undone: {found} of its records ({what}) changed again since.",
            "Undo the later steps first, or correct the records by hand.",
        )


def _delete_what_was_inserted(connection: Connection, operation_id: int, table: Table) -> None:
    connection.exec_driver_sql(
        f'DELETE FROM main."{table.name}" WHERE id IN '  # noqa: S608
        f"(SELECT row_id FROM ({_edge('min')}) WHERE before IS NULL)",
        {"operation": operation_id, "table": table.name},
    )


def _write_back(connection: Connection, operation_id: int, table: Table) -> None:
    names = journal.columns(table)
    values = {name: f"json_extract(c.before, '$.\"{_safe(name)}\"')" for name in names}
    parameters = {"operation": operation_id, "table": table.name}
    sets = ", ".join(f'"{name}" = {value}' for name, value in values.items() if name != "id")
    counted = ", version = r.version + 1" if "version" in table.columns else ""
    source = f"({_edge('min')}) AS c"
    connection.exec_driver_sql(
        f'UPDATE main."{table.name}" AS r SET {sets}{counted} FROM {source} '  # noqa: S608
        "WHERE r.id = c.row_id AND c.before IS NOT NULL",
        parameters,
    )
    into = ", ".join(f'"{name}"' for name in names)
    connection.exec_driver_sql(
        f'INSERT INTO main."{table.name}" ({into}) '  # noqa: S608
        f"SELECT {', '.join(values.values())} FROM {source} WHERE c.before IS NOT NULL "
        f'AND NOT EXISTS (SELECT 1 FROM main."{table.name}" AS r WHERE r.id = c.row_id)',
        parameters,
    )


def _safe(name: str) -> str:
    if not re.fullmatch(r"[a-z_]+[a-z0-9_]*", name):
        raise ValueError(name)
    return name
