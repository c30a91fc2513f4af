"""Connections to a file of records: how they are opened, and what holds on each of them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool

from cit_desktop import journal, search_index
from cit_desktop.errors import FileProblem

_PRAGMAS = {
    "journal_mode": "truncate",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "cache_size": -16_384,  # kB; halves the time of long lists
}
POISONED = "poisoned"


def uri(path: Path, mode: str) -> str:
    """SQLite's address of a file. Built by hand: ``Path.as_uri`` breaks ``\\\\server\\share``."""
    plain = quote(str(path.absolute()).replace("\\", "/"), safe="/:")
    return f"file://{plain if plain.startswith('/') else '/' + plain}?mode={mode}"


def driver_connection(path: Path, mode: str, timeout: float = 5.0) -> sqlite3.Connection:
    """A bare connection that begins no transaction by itself and never creates a file."""
    return sqlite3.connect(
        uri(path, mode), uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
    )


def settle(driver: sqlite3.Connection, *, readonly: bool = False) -> None:
    """Set what must hold on every connection, and read it back.

    Raises:
        FileProblem: SQLite did not take a setting; the file would not be safe.
    """
    for name, wanted in _PRAGMAS.items():
        if readonly and name == "journal_mode":
            continue
        driver.execute(f"PRAGMA {name} = {wanted}").fetchall()
        found = driver.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != wanted:
            raise FileProblem(
                f"The records cannot be kept safely: “{name}” stayed {found} instead of {wanted}.",
                "Copy the file to a local disk and open it there.",
            )


def make_engine(path: Path, *, readonly: bool = False, timeout: float = 5.0) -> Engine:
    """An engine on a file that exists. Writers begin with ``sqlite_begin="IMMEDIATE"``."""

    def connect() -> sqlite3.Connection:
        driver = driver_connection(path, "ro" if readonly else "rw", timeout)
        settle(driver, readonly=readonly)
        journal.make_known(driver)
        search_index.make_known(driver)
        if not readonly:
            journal.prepare(driver)
        return driver

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _poison)
    event.listen(engine, "before_cursor_execute", _refuse_poisoned)
    return engine


def make_plain_engine(path: Path) -> Engine:
    """An engine for an upgrade: foreign keys off, since a rebuilt table would lose its children."""

    def connect() -> sqlite3.Connection:
        driver = driver_connection(path, "rw")
        settle(driver)
        driver.execute("PRAGMA foreign_keys = OFF")
        return driver

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=1)
    immediate = engine.execution_options(sqlite_begin="IMMEDIATE")
    event.listen(engine, "begin", _begin)
    return immediate


def _begin(connection: Connection) -> None:
    connection.info.pop(POISONED, None)
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


def _poison(context: ExceptionContext) -> None:
    if context.connection is not None and not context.connection.closed:
        context.connection.info[POISONED] = True


def _refuse_poisoned(connection: Connection, *_: Any) -> None:
    if connection.info.get(POISONED):
        raise FileProblem(
            "An earlier step of this change failed, so none of it is kept.",
            "Nothing was saved. Try again.",
        )
