"""The way back: a backup takes the place of the records, which are kept aside first."""

from __future__ import annotations

import glob
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cit_desktop import backup, clock, connect, day_words, opening
from cit_desktop.backup import Backup
from cit_desktop.db import Database
from cit_desktop.errors import Busy, FileProblem, TooNew
from cit_desktop.progress import Progress, silent
from cit_desktop.services import kept_keys, numbering, settings
from cit_desktop.services.kept_keys import KEPT, KeptKey
from cit_desktop.services.numbering import ON_PAPER

WAIT = 10.0  # seconds for a writer elsewhere to end


@dataclass(frozen=True, slots=True)
class Given:
    """What stands on paper: certificate numbers, and the keys that prove them.

    Attributes:
        series: Chapter, year and next number of each series.
        numbers: Every number known, those of certificates that earlier restores lost included.
        keys: Every key that signed certificates, as it is kept.
    """

    series: Sequence[tuple[str, int, int]] = ()
    numbers: Collection[str] = ()
    keys: Sequence[KeptKey] = ()


def restore(records: Path, chosen: Backup, progress: Progress = silent) -> Path:
    """Put a backup in the place of the records; gives the file that holds what was there.

    What will stand there is made ready beside them, brought up to date and with its entry in the
    history. Then sound records are backed up and overwritten as one change of their file, never
    by copying over it: a journal left beside it would undo half of that. A damaged file is put
    aside under another name instead. Certificate numbers given out since the backup are not
    given out again: they stand on paper, and the keys that prove them are kept.

    Raises:
        TooNew: A newer version of the program made the backup.
        FileProblem: The backup is not whole; the records are as they were.
        Busy: The records are open elsewhere.
    """
    backup.verify(chosen)
    part = records.with_name(f"{records.name}.{os.getpid()}.part")
    try:
        _remove_leftovers(records)
        sound = _sound(records)
        made = backup.make(records, reason="restore", progress=progress) if sound else None
        backup.copy_file(chosen.path, part, progress)
        _note(part, chosen, _given_numbers(records, chosen))
        if made is None:
            return _replace(part, records)
        _write_over(part, records, made, progress)
    except TimeoutError as error:
        raise Busy(f"“{records.name}” was not replaced: {error}.", "Try again.") from error
    except OSError as error:
        raise FileProblem(
            f"“{records.name}” could not be replaced: {error.strerror or error}.",
            "The backup is untouched. Close the records everywhere and try again.",
        ) from error
    except sqlite3.Error as error:
        raise opening.translate(error, records) from error
    finally:
        _remove(part)
    return made.path


def _remove(part: Path) -> None:
    for file in (part, part.with_name(part.name + "-journal")):
        with suppress(OSError):
            file.unlink()


def _remove_leftovers(records: Path) -> None:
    """Parts of restores that were cut off more than an hour ago."""
    for left in records.parent.glob(f"{glob.escape(records.name)}.*.part*"):
        if time.time() - left.stat().st_mtime > 3600:
            left.unlink(missing_ok=True)


def _sound(records: Path) -> bool:
    try:
        opening.inspect(records)
    except TooNew:  # whole, though this version cannot read it
        return True
    except FileProblem:
        return False
    return True


def _given_numbers(records: Path, chosen: Backup) -> Given:
    """The certificate numbers that the backup may not know of.

    Where the records cannot tell any more, the backups made since do.
    """
    given = _numbers_in(records)
    if given is not None:
        return given
    later = [one.path for one in backup.listed(chosen.path.parent) if one.made >= chosen.made]
    found = [given for path in later if (given := _numbers_in(path)) is not None]
    return Given(
        [series for given in found for series in given.series],
        {number for given in found for number in given.numbers},
        [key for given in found for key in given.keys],
    )


def _numbers_in(path: Path) -> Given | None:
    """The numbers that a file knows of; None where it is missing or damaged."""
    try:
        driver = connect.driver_connection(path, "ro")
        try:
            series = driver.execute(
                "SELECT chapter.uid, year, next_number FROM number_series "
                "JOIN chapter ON chapter.id = chapter_id"
            ).fetchall()
            numbers = {row[0] for row in driver.execute("SELECT number FROM certificate")}
            for row in driver.execute("SELECT value FROM setting WHERE name = ?", [ON_PAPER]):
                numbers.update(json.loads(row[0]))
            keys = [KeptKey(*row) for row in driver.execute(KEPT)]
        finally:
            driver.close()
    except sqlite3.Error:
        return None
    return Given(series, numbers, keys)


def _write_over(part: Path, records: Path, former: Backup, progress: Progress) -> None:
    source = connect.driver_connection(part, "ro")
    target = connect.driver_connection(records, "rw", timeout=WAIT)
    try:
        connect.settle(target)
        target.execute("BEGIN IMMEDIATE")  # a writer elsewhere shows here, before anything is done
        newest = target.execute("SELECT max(id) FROM operation").fetchone()[0]
        target.execute("ROLLBACK")
        if (newest or 0) != former.head[0]:
            raise Busy(
                f"“{records.name}” was changed elsewhere while the backup was made ready.",
                "Nothing was replaced. Close the records everywhere and try again.",
            )
        backup.pump(source, target, progress)
        backup.verify_content(target, records)
    finally:
        target.close()
        source.close()


def _replace(part: Path, records: Path) -> Path:
    """Put damaged records aside, and what stands ready in their place: one is there always."""
    former = records.with_name(f"{records.name}.damaged-{clock.now():%Y%m%dT%H%M%SZ}")
    for suffix in ("", "-journal"):
        file = records.with_name(records.name + suffix)
        if file.exists():
            _keep(file, former.with_name(former.name + suffix))
    records.with_name(f"{records.name}-journal").unlink(missing_ok=True)  # else it would be applied
    part.replace(records)
    return former


def _keep(file: Path, name: Path) -> None:
    """Give a file a second name; where that cannot be, a copy."""
    name.unlink(missing_ok=True)
    try:
        name.hardlink_to(file)
    except OSError:
        shutil.copy2(file, name)


def _note(part: Path, chosen: Backup, given: Given) -> None:
    """Enter the restore in the history of what will be the records."""
    db = Database.open(part, before_upgrade=lambda _: None)
    try:
        with db.operation(
            f"Restore the backup of {day_words.moment(chosen.made)}", undoable=False
        ) as session:
            made = {"sha256": chosen.sha256, "made": chosen.made.isoformat()}
            settings.put(session, "restored_from", made)
            for chapter, year, next_number in given.series:
                numbering.raise_to(session, chapter, year, next_number)
            numbering.keep_taken(session, given.numbers)
            kept_keys.keep(session, given.keys)
    finally:
        db.close()
