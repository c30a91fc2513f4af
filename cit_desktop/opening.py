"""What is looked at before a file is opened; the file itself stays untouched."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cit_desktop import connect, schema
from cit_desktop.errors import Busy, CitError, FileProblem, TooNew

MAGIC = b"SQLite format 3\x00"
_RESTORE = "Restore the newest backup (File ▸ Restore…), or choose another file."


def inspect(path: Path) -> int:
    """The schema of the records in a file, after every check that needs no change of it.

    Raises:
        FileProblem: There is no such file, or it holds no records, or it is damaged.
        TooNew: A newer version of the program wrote it.
        Busy: Somebody else is writing to it.
    """
    _check_first_bytes(path)
    hot = path.with_name(path.name + "-journal")
    mode = "rw" if hot.exists() and hot.stat().st_size > 0 else "ro"
    try:
        driver = connect.driver_connection(path, mode)
        try:
            return _check_content(path, driver)
        finally:
            driver.close()
    except sqlite3.Error as error:
        raise translate(error, path) from error


def _check_first_bytes(path: Path) -> None:
    if not path.exists():
        raise FileProblem(
            f"There is no file “{path.name}” in “{path.parent}”.",
            "Check the name, or whether the drive or share is connected.",
        )
    if not path.is_file():
        raise FileProblem(f"“{path}” is a folder, not a file of records.", "Choose a .cit file.")
    if path.stat().st_size == 0:
        raise FileProblem(
            f"“{path.name}” is empty: it holds no records, not even of an empty chapter.", _RESTORE
        )
    try:
        with path.open("rb") as file:
            first = file.read(len(MAGIC))
    except OSError as error:
        raise FileProblem(
            f"“{path.name}” cannot be read: {error.strerror}.",
            "Ask who looks after the computer for the right to read and write it.",
        ) from error
    if first != MAGIC:
        raise FileProblem(
            f"“{path.name}” is not a file of CIT Desktop.",
            "To take in a list from Excel or a CSV file, use Import instead.",
        )


def _check_content(path: Path, driver: sqlite3.Connection) -> int:
    application = driver.execute("PRAGMA application_id").fetchone()[0]
    if application != schema.APPLICATION_ID:
        raise FileProblem(
            f"“{path.name}” is a database of another program, not of CIT Desktop.",
            "Choose the chapter's own file.",
        )
    version = int(driver.execute("PRAGMA user_version").fetchone()[0])
    if version > schema.NEWEST:
        raise TooNew(
            f"“{path.name}” was written by a newer version of CIT Desktop "
            f"(format {version}; this version knows {schema.NEWEST}).",
            "Install the newest version on this computer. The file was not changed.",
        )
    problems = [row[0] for row in driver.execute("PRAGMA quick_check(3)")]
    if problems != ["ok"]:
        raise FileProblem(f"“{path.name}” is damaged: {problems[0]}.", _RESTORE)
    orphans = driver.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise FileProblem(
            f"“{path.name}” is damaged: {len(orphans)} records point at missing ones.", _RESTORE
        )
    return version


def translate(error: BaseException, path: Path) -> CitError:
    """The sentence for what SQLite reports about a file."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    name = path.name
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(
            f"“{name}” is being written to by another window, program or computer.",
            "Nothing was changed. Wait a moment and try again.",
        )
    if primary == sqlite3.SQLITE_FULL:
        return FileProblem(
            f"The disk that holds “{name}” is full.",
            "Nothing of this step was saved; all before it is safe. Free some space and try again.",
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return FileProblem(
            f"“{name}” can be read but not written.",
            "Check that the file is not write-protected and that you may write to its folder.",
        )
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return FileProblem(f"“{name}” is damaged: {error}.", _RESTORE)
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return FileProblem(
            f"“{name}” cannot be reached ({error}).",
            "Nothing of this step was saved. Check that the drive or share is connected.",
        )
    return FileProblem(f"“{name}” could not be used: {error}.", "Nothing of this step was saved.")
