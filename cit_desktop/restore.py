"""The way back: a backup takes the place of the records, which are kept aside first."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from cit_desktop import backup, clock, connect, opening
from cit_desktop.backup import Backup
from cit_desktop.db import Database
from cit_desktop.errors import Busy, FileProblem
from cit_desktop.models import Setting
from cit_desktop.progress import Progress, silent
from cit_desktop.services import numbering

WAIT = 10.0  # seconds for a writer elsewhere to end


def restore(records: Path, chosen: Backup, progress: Progress = silent) -> Path:
    """Put a backup in the place of the records; gives the file that holds what was there.

    Sound records are backed up first and then overwritten as one change of their file, never by
    copying over it: a journal left beside it would undo half of that. A damaged file is put
    aside under another name instead. Certificate numbers given out since the backup are not
    given out again: they stand on paper.

    Raises:
        FileProblem: The backup is not whole; the records are as they were.
        Busy: The records are open elsewhere.
    """
    backup.verify(chosen)
    try:
        given = _given_numbers(records)
        if _sound(records):
            former = backup.make(records, reason="restore", progress=progress).path
            _write_over(chosen, records, progress)
        else:
            former = _replace(chosen, records, progress)
        _note(records, chosen, given)
    except TimeoutError as error:
        raise Busy(f"“{records.name}” was not replaced: {error}.", "Try again.") from error
    except OSError as error:
        raise FileProblem(
            f"“{records.name}” could not be replaced: {error.strerror or error}.",
            "The backup is untouched. Close the records everywhere and try again.",
        ) from error
    except sqlite3.Error as error:
        raise opening.translate(error, records) from error
    return former


def _sound(records: Path) -> bool:
    try:
        opening.inspect(records)
    except FileProblem:
        return False
    return True


def _given_numbers(records: Path) -> list[tuple[str, int, int]]:
    """Chapter, year and next certificate number: what was printed since the backup stays given."""
    try:
        driver = connect.driver_connection(records, "ro")
        try:
            return driver.execute(
                "SELECT chapter.uid, year, next_number FROM number_series "
                "JOIN chapter ON chapter.id = chapter_id"
            ).fetchall()
        finally:
            driver.close()
    except sqlite3.Error:  # missing or damaged: nothing can be learned from it
        return []


def _write_over(chosen: Backup, records: Path, progress: Progress) -> None:
    source = connect.driver_connection(chosen.path, "ro")
    target = connect.driver_connection(records, "rw", timeout=WAIT)
    try:
        connect.settle(target)
        target.execute("BEGIN IMMEDIATE")  # a writer elsewhere shows here, before anything is done
        target.execute("ROLLBACK")
        backup.pump(source, target, progress)
        backup.verify_content(target, records)
    finally:
        target.close()
        source.close()


def _replace(chosen: Backup, records: Path, progress: Progress) -> Path:
    """Put damaged records aside once a whole copy of the backup stands ready beside them."""
    part = records.with_name(f"{records.name}.{os.getpid()}.part")
    try:
        backup.copy_file(chosen.path, part, progress)
        former = _put_aside(records)
        part.replace(records)
    finally:
        part.unlink(missing_ok=True)
    return former


def _put_aside(records: Path) -> Path:
    former = records.with_name(f"{records.name}.damaged-{clock.now():%Y%m%dT%H%M%SZ}")
    for suffix in ("", "-journal"):
        file = records.with_name(records.name + suffix)
        if file.exists():
            file.replace(former.with_name(former.name + suffix))
    return former


def _note(records: Path, chosen: Backup, given: Sequence[tuple[str, int, int]]) -> None:
    db = Database.open(records, before_upgrade=lambda _: None)
    try:
        with db.operation(
            f"Restore the backup of {chosen.made:%Y-%m-%d %H:%M} UTC", undoable=False
        ) as session:
            value = json.dumps({"sha256": chosen.sha256, "made": chosen.made.isoformat()})
            session.query(Setting).filter_by(name="restored_from").delete()
            session.add(Setting(name="restored_from", value=value))
            for chapter, year, next_number in given:
                numbering.raise_to(session, chapter, year, next_number)
    finally:
        db.close()
