"""Backups: whole, verified copies of the records."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from cit_desktop import clock, connect, opening, paths
from cit_desktop.errors import Busy, CitError, FileProblem
from cit_desktop.progress import Progress, silent

Reason = Literal["regular", "import", "merge", "upgrade", "restore", "closing", "by hand"]
DEADLINE = 60.0
_SPARE = 50 * 1024 * 1024
_STAMP = "%Y%m%dT%H%M%SZ"
_HANDY = "Choose another folder for backups in Settings, or free some space."


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup as its manifest describes it.

    Attributes:
        sha256: Of the whole file.
        rows: How many rows each table has.
        head: Number and hash of the last operation in it.
    """

    path: Path
    made: datetime
    reason: str
    sha256: str
    rows: dict[str, int]
    head: tuple[int, str]


def make(
    records: Path,
    folder: Path | None = None,
    reason: Reason = "regular",
    progress: Progress = silent,
) -> Backup:
    """Copy the records into a folder, verify the copy, and only then give it its name.

    Raises:
        FileProblem: The folder cannot be written, there is too little space, or the copy is not
            like the original. No half backup is left.
        Busy: Somebody has been writing for a minute.
    """
    target_folder = _usual_folder(records) if folder is None else folder
    made = clock.now()
    part = target_folder / f"{records.stem}.{os.getpid()}.part"
    try:
        target_folder.mkdir(parents=True, exist_ok=True)
        _refuse_without_space(records, target_folder)
        _remove_leftovers(target_folder)
        facts = copy_file(records, part, progress)
        target = _free_name(target_folder, records.stem, made, reason)
        _write_manifest(target, made, reason, part, facts)
        part.replace(target)
    except TimeoutError as error:
        raise Busy(
            f"No backup could be made: {error}.", "Nothing was changed. It will be tried again."
        ) from error
    except OSError as error:
        raise FileProblem(
            f"No backup could be made in “{target_folder}”: {error.strerror or error}.", _HANDY
        ) from error
    except sqlite3.Error as error:
        raise opening.translate(error, records) from error
    finally:
        for left in (part, part.with_name(part.name + "-journal")):
            with suppress(OSError):
                left.unlink()
    return read_manifest(target)


def _usual_folder(records: Path) -> Path:
    try:
        return paths.backup_folder(records)
    except OSError as error:
        raise FileProblem(
            f"The folder for backups cannot be made: {error}.",
            "Set CIT_DESKTOP_HOME to a folder that you may write to.",
        ) from error


def _refuse_without_space(records: Path, folder: Path) -> None:
    needed = 3 * records.stat().st_size + _SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise FileProblem(
            f"There is too little space in “{folder}” for a backup: "
            f"{free // 2**20} MB are free, {needed // 2**20} MB are needed.",
            _HANDY,
        )


def _remove_leftovers(folder: Path) -> None:
    """Parts of backups that were cut off more than an hour ago."""
    for left in folder.glob("*.part*"):
        if time.time() - left.stat().st_mtime > 3600:
            left.unlink(missing_ok=True)


def copy_file(
    records: Path, part: Path, progress: Progress = silent
) -> tuple[dict[str, int], tuple[int, str]]:
    """Copy records into a new file and prove the copy sound; gives its row counts and head."""
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    source = connect.driver_connection(records, "rw" if os.access(records, os.W_OK) else "ro")
    copy = connect.driver_connection(part, "rw")
    try:
        pump(source, copy, progress)
        facts = _facts(copy)
        verify_content(copy, part)
    finally:
        copy.close()
        source.close()
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    return facts


def pump(source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress) -> None:
    """SQLite's own backup, with an end: Python's retries for ever while somebody writes."""
    until = time.monotonic() + DEADLINE

    def step(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total, "Backing up")
        if time.monotonic() > until:
            raise TimeoutError("somebody has been writing to the records for a minute")

    source.backup(target, pages=2000, progress=step, sleep=0.05)


def _facts(driver: sqlite3.Connection) -> tuple[dict[str, int], tuple[int, str]]:
    names = [
        row[0]
        for row in driver.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' "
            "AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ]
    rows = {n: driver.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}  # noqa: S608
    head = driver.execute("SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return rows, (0, "") if head is None else (int(head[0]), str(head[1]))


def verify_content(driver: sqlite3.Connection, path: Path) -> None:
    """Refuse a copy that is damaged inside."""
    found = [row[0] for row in driver.execute("PRAGMA integrity_check(3)")]
    orphans = driver.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or orphans:
        raise FileProblem(
            f"The copy “{path.name}” is damaged ({found[0] if found != ['ok'] else 'lost links'}).",
            "The backup was not kept. Check the records with File ▸ Check records.",
        )


def _free_name(folder: Path, stem: str, made: datetime, reason: str) -> Path:
    name = f"{stem}-{made.strftime(_STAMP)}-{reason.replace(' ', '-')}"
    target = folder / f"{name}{paths.SUFFIX}"
    number = 2
    while target.exists():
        target = folder / f"{name}-{number}{paths.SUFFIX}"
        number += 1
    return target


def _write_manifest(
    target: Path,
    made: datetime,
    reason: str,
    part: Path,
    facts: tuple[dict[str, int], tuple[int, str]],
) -> None:
    manifest = {
        "made": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reason": reason,
        "sha256": _sha256(part),
        "rows": facts[0],
        "head": list(facts[1]),
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    manifest_path(target).write_text(text, encoding="utf-8")


def manifest_path(backup: Path) -> Path:
    """Where a backup's description stands: beside it."""
    return backup.with_name(backup.name + ".json")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(path: Path) -> Backup:
    """The backup that a file is, by the manifest beside it.

    Raises:
        FileProblem: The manifest is missing or cannot be read.
    """
    try:
        found: dict[str, Any] = json.loads(manifest_path(path).read_text(encoding="utf-8"))
        made = datetime.strptime(found["made"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        head = (int(found["head"][0]), str(found["head"][1]))
        return Backup(path, made, found["reason"], found["sha256"], dict(found["rows"]), head)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise FileProblem(
            f"“{path.name}” has no readable description beside it, so it cannot be proven whole.",
            "Choose another backup, or open a copy of this one to look at it.",
        ) from error


def listed(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first; files that are none are passed over."""
    found = []
    for path in folder.glob(f"*{paths.SUFFIX}"):
        try:
            found.append(read_manifest(path))
        except FileProblem:
            continue
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def contents(records: Path) -> dict[str, int]:
    """How many rows each table of a file has now, as a manifest tells it of a backup.

    Raises:
        FileProblem, Busy: As :func:`opening.inspect` says.
    """
    opening.inspect(records)
    driver = connect.driver_connection(records, "ro")
    try:
        return _facts(driver)[0]
    finally:
        driver.close()


def verify(backup: Backup) -> None:
    """Prove that a backup is what was written: its bytes, its content, its numbers.

    Raises:
        FileProblem: It is not.
    """
    opening.inspect(backup.path)
    if _sha256(backup.path) != backup.sha256:
        raise FileProblem(
            f"“{backup.path.name}” was changed after it was made.", "Choose another backup."
        )
    driver = connect.driver_connection(backup.path, "ro")
    try:
        verify_content(driver, backup.path)
        if _facts(driver) != (backup.rows, backup.head):
            raise FileProblem(
                f"“{backup.path.name}” does not hold what its description says.",
                "Choose another backup.",
            )
    finally:
        driver.close()


def verify_all(folder: Path, progress: Progress = silent) -> list[tuple[Backup, str]]:
    """Every backup of a folder with what is wrong with it, or an empty text."""
    found = []
    backups = listed(folder)
    for done, backup in enumerate(backups, start=1):
        try:
            verify(backup)
            found.append((backup, ""))
        except CitError as error:
            found.append((backup, str(error)))
        progress(done, len(backups), "Verifying backups")
    return found
