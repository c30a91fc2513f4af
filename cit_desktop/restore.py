"""The way back: a backup takes the place of the records, which are kept aside first."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from cit_desktop import backup, clock, connect, opening
from cit_desktop.backup import Backup
from cit_desktop.db import Database
from cit_desktop.errors import FileProblem
from cit_desktop.models import Setting
from cit_desktop.progress import Progress, silent

WAIT = 10.0  # seconds for a writer elsewhere to end


def restore(records: Path, chosen: Backup, progress: Progress = silent) -> Path:
    """Put a backup in the place of the records; gives the file that holds what was there.

    Sound records are backed up first and then overwritten as one change of their file, never by
    copying over it: a journal left beside it would undo half of that. A damaged file is put
    aside under another name instead.

    Raises:
        FileProblem: The backup is not whole; the records are as they were.
        Busy: The records are open elsewhere.
    """
    backup.verify(chosen)
    if _sound(records):
        former = backup.make(records, reason="restore", progress=progress).path
        _write_over(chosen, records, progress)
    else:
        former = _put_aside(records)
        backup.copy_file(chosen.path, records, progress)
    _note(records, chosen)
    return former


def _sound(records: Path) -> bool:
    try:
        opening.inspect(records)
    except FileProblem:
        return False
    return True


def _write_over(chosen: Backup, records: Path, progress: Progress) -> None:
    source = connect.driver_connection(chosen.path, "ro")
    target = connect.driver_connection(records, "rw", timeout=WAIT)
    try:
        connect.settle(target)
        target.execute("BEGIN IMMEDIATE")  # a writer elsewhere shows here, before anything is done
        target.execute("ROLLBACK")
        backup.pump(source, target, progress)
        backup.verify_content(target, records)
    except sqlite3.Error as error:
        raise opening.translate(error, records) from error
    finally:
        target.close()
        source.close()


def _put_aside(records: Path) -> Path:
    former = records.with_name(f"{records.name}.damaged-{clock.now():%Y%m%dT%H%M%SZ}")
    for suffix in ("", "-journal"):
        file = records.with_name(records.name + suffix)
        if file.exists():
            file.replace(former.with_name(former.name + suffix))
    return former


def _note(records: Path, chosen: Backup) -> None:
    db = Database.open(records, before_upgrade=lambda _: None)
    try:
        with db.operation(
            f"Restore the backup of {chosen.made:%Y-%m-%d %H:%M} UTC", undoable=False
        ) as session:
            value = json.dumps({"sha256": chosen.sha256, "made": chosen.made.isoformat()})
            session.query(Setting).filter_by(name="restored_from").delete()
            session.add(Setting(name="restored_from", value=value))
    finally:
        db.close()
