"""The chapter's records: one SQLite file, read in sessions and written in operations."""

from __future__ import annotations

import getpass
import os
import platform
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

import cit_desktop.models  # noqa: F401 - the journal's triggers need every table known
from cit_desktop import connect, journal, opening, paths, schema, search_index
from cit_desktop.errors import CitError, Conflict, FileProblem
from cit_desktop.journal import Changes
from cit_desktop.proving.keyring import Keyring

Guard = Callable[[Path], Any]


def default_actor() -> str:
    """Who is at the keyboard, as the computer knows: account and computer."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):
        account = "unknown"
    return f"{account}@{platform.node() or 'computer'}"


class Database:
    """An open file of records.

    Attributes:
        path: The file.
        actor: Who is named in the history for what is written from here.
        committed: Called with the :class:`Changes` of each operation after its commit, on the
            thread that wrote.
        keyring: The chapter's keys that were unlocked; sessions carry it as ``info["keyring"]``.
    """

    def __init__(self, path: Path, *, readonly: bool = False, timeout: float = 5.0) -> None:
        self.path = path
        self.readonly = readonly
        self.actor = default_actor()
        self.committed: list[Callable[[Changes], None]] = []
        self.keyring = Keyring()
        self._engine = connect.make_engine(path, readonly=readonly, timeout=timeout)
        self._writer: Engine = self._engine.execution_options(sqlite_begin="IMMEDIATE")
        self._one_writer = threading.Lock()
        self._watch: sqlite3.Connection | None = None
        self._seen = (0, 0)  # newest operation, SQLite's own counter
        self._own: set[int] = set()  # operations written here since

    @classmethod
    def create(cls, path: Path) -> Database:
        """Make a new, empty file of records and open it.

        Raises:
            FileProblem: There is a file of that name, or it cannot be written.
        """
        if path.exists():
            raise FileProblem(
                f"“{path.name}” exists already in “{path.parent}”.",
                "Choose another name; nothing was overwritten.",
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            raise _not_made(error, path) from error
        made = None
        try:
            _upgrade(path)
            made = cls(path)
        except (sqlite3.Error, DBAPIError) as error:
            raise _not_made(error, path) from error
        finally:
            if made is None:
                paths.remove_records(path)
        return made

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        readonly: bool = False,
        timeout: float = 5.0,
        before_upgrade: Guard | None = None,
    ) -> Database:
        """Open a file of records after checking it; an older one is brought up to date.

        Args:
            before_upgrade: Makes the backup that an upgrade needs; without it, or when it
                raises, an older file is left as it is and refused.

        Raises:
            FileProblem, TooNew, Busy: As :func:`opening.inspect` says.
        """
        found = opening.inspect(path)
        if found < schema.NEWEST:
            if before_upgrade is None or readonly:
                raise FileProblem(
                    f"“{path.name}” was written by an older version and must be brought up to date "
                    "first.",
                    "Open it in CIT Desktop: it makes a backup and then upgrades the file.",
                )
            before_upgrade(path)
            _upgrade(path)
        database = cls(path, readonly=readonly, timeout=timeout)
        with database.read() as session:
            session.connection()  # the first connection converts a WAL file, or says why not
        return database

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to read with. It sees one state of the records, and cannot write."""
        with (
            self._translated(),
            self._engine.connect() as connection,
            connection.begin() as transaction,
            Session(bind=connection, expire_on_commit=False, autoflush=False) as session,
        ):
            session.info["keyring"] = self.keyring
            yield session
            transaction.rollback()

    @contextmanager
    def operation(
        self,
        label: str,
        *,
        undoable: bool = True,
        undoes_id: int | None = None,
        bulk: bool = False,
    ) -> Iterator[Session]:
        """All writing happens here: one transaction, one entry of the history.

        Leaving with an error takes everything back. An operation that changes nothing leaves no
        trace.

        Args:
            label: What the history and the undo command call it: "Mark attendance".
            undoable: False for acts that are final.
            bulk: Many rows: readers are held up by the commit alone.

        Raises:
            Busy: Somebody else is writing.
            Conflict: A record was changed by somebody else since it was read.
            FileProblem: The file cannot be written; nothing was saved.
        """
        if self.readonly:
            raise FileProblem(
                f"“{self.path.name}” is open for reading only.",
                "Nothing was changed. Close it where it is open, then open it again here.",
            )
        with self._translated(), self._one_writer:
            changes = None
            with self._writer.connect() as connection:
                if bulk:
                    connection.exec_driver_sql("PRAGMA cache_spill = OFF")
                    connection.commit()
                with connection.begin() as transaction:
                    operation_id = journal.begin(
                        connection,
                        label,
                        actor=self.actor,
                        schema=schema.NEWEST,
                        undoable=undoable,
                        undoes_id=undoes_id,
                    )
                    with Session(bind=connection, expire_on_commit=False) as session:
                        session.info.update(operation_id=operation_id, keyring=self.keyring)
                        yield session
                        session.flush()
                    if journal.changed_anything(connection, operation_id):
                        changes = journal.finish(connection, operation_id)
                    else:
                        transaction.rollback()
        if changes is not None:
            if self._watch is not None:
                self._own.add(changes.operation_id)
            for listener in list(self.committed):
                listener(changes)

    def changed_elsewhere(self) -> bool:
        """Whether another window or program has written to the file since the last call.

        While the file cannot be reached nothing is known to have changed.
        """
        try:
            return self._look_elsewhere()
        except sqlite3.Error:
            return False

    def _look_elsewhere(self) -> bool:
        if self._watch is None:
            self._watch = connect.driver_connection(self.path, "ro")
            self._seen = self._newest_and_version()
            return False
        before, version = self._seen
        if self._watch.execute("PRAGMA data_version").fetchone()[0] == version:
            return False
        self._seen = self._newest_and_version()
        newest = self._seen[0]
        own = [step for step in list(self._own) if before < step <= newest]
        self._own.difference_update([step for step in list(self._own) if step <= newest])
        return newest - before != len(own)  # the numbers of operations have no gaps

    def _newest_and_version(self) -> tuple[int, int]:
        """The last operation, and SQLite's count of what other connections wrote, at one time."""
        assert self._watch is not None  # noqa: S101 - set by the only caller
        self._watch.execute("BEGIN")
        try:
            newest = self._watch.execute("SELECT max(id) FROM operation").fetchone()[0]
            version = self._watch.execute("PRAGMA data_version").fetchone()[0]
        finally:
            self._watch.execute("ROLLBACK")
        return int(newest or 0), int(version)

    def close(self) -> None:
        """Let go of the file."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise  # a rule of the tables was broken: a bug, not something to mend by hand
        except DBAPIError as error:
            cause = error.orig if error.orig is not None else error
            raise opening.translate(cause, self.path) from error
        except StaleDataError as error:
            raise Conflict(
                "Somebody else changed this record while it was open here.",
                "Nothing was overwritten. Look at the new values and make your change again.",
            ) from error


def _upgrade(path: Path) -> None:
    """Bring a file to the newest schema in one transaction; on any error it stays as it was."""
    engine = connect.make_plain_engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            schema.upgrade(connection)
            driver: Any = connection.connection.driver_connection
            driver.create_function("index_words", -1, search_index.index_words)
            search_index.rebuild(driver)
    finally:
        engine.dispose()


def _not_made(error: BaseException, path: Path) -> FileProblem:
    return FileProblem(
        f"“{path.name}” could not be made in “{path.parent}”: {_cause(error)}.",
        "Choose a folder that you may write to.",
    )


def _cause(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(getattr(error, "orig", None) or error)


__all__ = ["Changes", "CitError", "Connection", "Database"]
