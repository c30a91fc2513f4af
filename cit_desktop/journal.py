"""The history: every changed row of every operation, chained by hashes, and undone by it.

Triggers that live only as long as a connection copy each change into the table ``change``, so
nothing of them is stored in the file. They refuse a write outside an operation.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, Table

from cit_desktop import clock, search_index
from cit_desktop.errors import Refused
from cit_desktop.tables import Base, new_uid
from cit_desktop.text import clean

HISTORY = ("operation", "change")
_OUTSIDE = "write outside an operation"


@dataclass(frozen=True)
class Changes:
    """What one operation changed: the ids of the rows, by table."""

    operation_id: int
    label: str
    rows: dict[str, frozenset[int]] = field(default_factory=dict)

    def touches(self, tables: Iterable[str]) -> bool:
        """Whether any of these tables changed."""
        return any(table in self.rows for table in tables)


def journaled() -> list[Table]:
    """The tables whose changes are recorded."""
    return [table for table in Base.metadata.sorted_tables if table.name not in HISTORY]


def columns(table: Table) -> list[str]:
    """The columns of a table that its images hold: neither secrets nor the edit counter."""
    return [c.name for c in table.columns if c.info.get("journal", True) and c.name != "version"]


def image(table: Table, row: str) -> str:
    """The SQL of a row's image as JSON; ``row`` is ``NEW``, ``OLD`` or an alias."""
    pairs = ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns(table))
    return f"json_object({pairs})"


def make_known(driver: sqlite3.Connection) -> None:
    """Make the history's own function known on a new connection."""
    driver.create_function("journal_digest", 6, _digest, deterministic=True)


def prepare(driver: sqlite3.Connection) -> None:
    """Set up the triggers of the history on a new connection."""
    driver.execute(
        "CREATE TEMP TABLE journal_now (operation_id INTEGER, erasing INTEGER NOT NULL DEFAULT 0)"
    )
    for statement in _guards():
        driver.execute(statement)
    for table in journaled():
        for statement in _triggers(table):
            driver.execute(statement)


def _triggers(table: Table) -> list[str]:
    name = table.name
    outside = (
        f"SELECT RAISE(ABORT, '{_OUTSIDE}') "  # noqa: S608 - names of our own tables
        "WHERE NOT EXISTS (SELECT 1 FROM journal_now);"
    )
    made = []
    for kind, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
        before = "NULL" if kind == "insert" else image(table, "OLD")
        after = "NULL" if kind == "delete" else image(table, "NEW")
        differs = f" WHERE {before} IS NOT {after}" if kind == "update" else ""
        made.append(
            f'CREATE TEMP TRIGGER "journal_{name}_{kind}" AFTER {kind} ON main."{name}" BEGIN '  # noqa: S608
            f"{outside} "
            'INSERT INTO change(operation_id, "table", row_id, kind, before, after, salt, digest) '
            f"SELECT operation_id, '{name}', {row}.id, '{kind}', {before}, {after}, "
            f"lower(hex(randomblob(16))), '' FROM journal_now{differs}; END"
        )
    return made


def _guards() -> list[str]:
    def guard(name: str, event: str, when: str, sentence: str) -> str:
        return (
            f"CREATE TEMP TRIGGER {name} BEFORE {event} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )

    erasing = "EXISTS (SELECT 1 FROM journal_now WHERE erasing)"
    return [
        guard("keep_operation", "DELETE ON main.operation", "", "the history is kept"),
        guard(
            "seal_operation",
            "UPDATE ON main.operation",
            "WHEN OLD.hash <> ''",
            "the history is sealed",
        ),
        guard("keep_change", "DELETE ON main.change", "", "the history is kept"),
        guard(
            "seal_change",
            "UPDATE ON main.change",
            f"WHEN OLD.digest <> '' AND NOT {erasing}",
            "the history is sealed",
        ),
        guard("keep_asset", "DELETE ON main.asset", "", "pictures are kept"),
        guard("seal_asset", "UPDATE ON main.asset", "", "pictures are kept"),
    ]


def _digest(
    table: str, row_id: int, kind: str, before: str | None, after: str | None, salt: str
) -> str:
    """The hash of a change as a JSON list, put together by hand: an import makes 60,000."""
    parts = f"[{_text(table)}, {row_id}, {_text(kind)}, {_text(before)}, {_text(after)}, "
    return hashlib.sha256(f"{parts}{_text(salt)}]".encode()).hexdigest()


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def begin(
    connection: Connection,
    label: str,
    *,
    actor: str,
    schema: int,
    undoable: bool = True,
    undoes_id: int | None = None,
) -> int:
    """Open an operation; until :func:`finish` every change belongs to it. Gives its id."""
    at = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    row = (new_uid(), clean(label), at, actor, undoes_id, int(undoable), schema)
    connection.exec_driver_sql("DELETE FROM journal_now")
    cursor = connection.exec_driver_sql(
        "INSERT INTO operation(uid, label, at, actor, undoes_id, undoable, schema, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, '')",
        row,
    )
    operation_id = int(cursor.lastrowid)
    connection.exec_driver_sql("INSERT INTO journal_now(operation_id) VALUES (?)", (operation_id,))
    return operation_id


def finish(connection: Connection, operation_id: int) -> Changes:
    """Seal the operation: index its records, digest its changes, chain it to the one before."""
    connection.exec_driver_sql("DELETE FROM journal_now")
    search_index.follow(connection, operation_id)
    connection.exec_driver_sql(
        'UPDATE change SET digest = journal_digest("table", row_id, kind, before, after, salt) '
        "WHERE operation_id = ?",
        (operation_id,),
    )
    connection.exec_driver_sql(
        "UPDATE operation SET hash = ? WHERE id = ?",
        (_hash(connection, operation_id), operation_id),
    )
    label = connection.exec_driver_sql(
        "SELECT label FROM operation WHERE id = ?", (operation_id,)
    ).scalar_one()
    return Changes(operation_id, label, _changed_rows(connection, operation_id))


def close(connection: Connection) -> None:
    """Forget an operation that was not finished; its rows go with the rollback."""
    connection.exec_driver_sql("DELETE FROM journal_now")


def changed_anything(connection: Connection, operation_id: int) -> bool:
    """Whether the operation has changed a row so far."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM change WHERE operation_id = ? LIMIT 1", (operation_id,)
    )
    return found.first() is not None


def _changed_rows(connection: Connection, operation_id: int) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for table, row_id in connection.exec_driver_sql(
        'SELECT DISTINCT "table", row_id FROM change WHERE operation_id = ?', (operation_id,)
    ):
        found.setdefault(table, set()).add(row_id)
    return {table: frozenset(ids) for table, ids in found.items()}


def _hash(connection: Connection, operation_id: int) -> str:
    previous = connection.exec_driver_sql(
        "SELECT hash FROM operation WHERE id < ? ORDER BY id DESC LIMIT 1", (operation_id,)
    ).scalar()
    row = connection.exec_driver_sql(
        "SELECT id, uid, label, at, actor, undoes_id, undoable, schema FROM operation WHERE id = ?",
        (operation_id,),
    ).one()
    sha = hashlib.sha256()
    sha.update(json.dumps([previous or "", *row], ensure_ascii=False).encode())
    for (digest,) in connection.exec_driver_sql(
        "SELECT digest FROM change WHERE operation_id = ? ORDER BY id", (operation_id,)
    ):
        sha.update(digest.encode())
    return sha.hexdigest()


def verify(connection: Connection) -> int | None:
    """The id of the first operation whose record was altered, or None when the chain holds."""
    ids = connection.exec_driver_sql("SELECT id, hash FROM operation ORDER BY id").fetchall()
    for operation_id, stored in ids:
        if _hash(connection, operation_id) != stored:
            return int(operation_id)
        altered = connection.exec_driver_sql(
            "SELECT 1 FROM change WHERE operation_id = ? AND CASE WHEN salt IS NULL "
            "THEN coalesce(before, after) IS NOT NULL "  # an erased one has no values left
            'ELSE digest <> journal_digest("table", row_id, kind, before, after, salt) END LIMIT 1',
            (operation_id,),
        ).first()
        if altered is not None:
            return int(operation_id)
    given = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'operation'")
    last = ids[-1][0] if ids else 0
    return int(last) + 1 if (given.scalar() or 0) > last else None


def strays(connection: Connection, schema: int) -> dict[str, int]:
    """How many rows of each table are not as the history left them; tables without any are out.

    Args:
        schema: Rows that an operation of another schema changed last cannot be compared.
    """
    found = {}
    for table in journaled():
        parameters = {"table": table.name, "schema": schema}
        count = connection.exec_driver_sql(_stray(table), parameters).scalar_one()
        if count:
            found[table.name] = int(count)
    return found


def _stray(table: Table) -> str:
    """Rows with another last image or none, and rows that are gone without a word."""
    name = table.name
    return (
        "WITH c AS (SELECT * FROM change WHERE id IN (SELECT max(id) FROM change "  # noqa: S608
        'WHERE "table" = :table GROUP BY row_id)), r AS '
        f'(SELECT id, {image(table, "t")} AS now FROM main."{name}" AS t) '
        "SELECT count(*) FROM (SELECT r.id FROM r LEFT JOIN c ON c.row_id = r.id "
        "WHERE c.id IS NULL OR (c.after IS NOT r.now AND "
        "(SELECT schema FROM operation WHERE id = c.operation_id) = :schema "
        "AND c.salt IS NOT NULL) "
        "UNION ALL SELECT c.id FROM c LEFT JOIN r ON r.id = c.row_id "
        "WHERE r.id IS NULL AND c.after IS NOT NULL)"
    )


def head(connection: Connection) -> tuple[int, str]:
    """The number and hash of the last operation; ``(0, "")`` in a file without any."""
    row = connection.exec_driver_sql(
        "SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1"
    ).first()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def erase_images(connection: Connection, rows: Iterable[tuple[str, int]]) -> None:
    """Blank what the history holds of these rows, for good; the chain stays whole.

    Raises:
        Refused: No operation is open.
    """
    if connection.exec_driver_sql("UPDATE journal_now SET erasing = 1").rowcount != 1:
        raise Refused("Values can only be erased from the history within an operation.")
    statement = (
        "UPDATE change SET before = NULL, after = NULL, salt = NULL "
        'WHERE "table" = ? AND row_id = ?'
    )
    parameters: list[tuple[Any, ...]] = list(rows)
    if parameters:
        connection.exec_driver_sql(statement, parameters)
    connection.exec_driver_sql("UPDATE journal_now SET erasing = 0")
