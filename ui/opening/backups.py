"""Backups while the program runs: on opening, every half hour, on closing; and telling of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from cit_desktop.errors import CitError
from ui import format
from ui.commands import Commands, report_crash
from ui.jobs import Job

if TYPE_CHECKING:
    from cit_desktop.journal import Changes
    from cit_desktop.progress import Progress

_log = logging.getLogger("cit_desktop.backups")
_EVERY_MS = 30 * 60 * 1000
_AFTER_A_BACKUP = frozenset({"import_batch"})
OLD_DAYS = 2


@dataclass(frozen=True)
class Made:
    """When the newest proven backup was made, and what went wrong last, if anything did.

    Attributes:
        problem: Why the last backup could not be made, or an empty text.
        second: Why it was not put into the second folder, or an empty text.
    """

    at: datetime | None
    problem: str = ""
    second: str = ""

    def text(self, now: datetime) -> str:
        """For the status line: "Backed up 12 min ago"."""
        if self.problem:
            return "The last backup failed"
        if self.at is None:
            return "Not backed up yet"
        missing = ", but not into the second folder" if self.second else ""
        return f"Backed up {format.ago(self.at, now)}{missing}"

    def is_care(self, now: datetime) -> bool:
        """Whether somebody should look at it."""
        late = self.at is None or (now - self.at).days >= OLD_DAYS
        return bool(self.problem or self.second) or late


def second_folder(records: Path, second: str) -> Path:
    """Where the second copies of one file of records are kept, apart from those of others."""
    from cit_desktop.paths import backup_folder

    return Path(second) / backup_folder(records).name


def make_backup(
    records: Path, reason: Any, second: str = "", *, progress: Progress | None = None
) -> Made:
    """Back up into the usual folder, and into a second one when one is set; then thin out.

    Raises:
        FileProblem, Busy: The first one could not be made.
    """
    from cit_desktop import backup, retention
    from cit_desktop import progress as quiet
    from cit_desktop.clock import now
    from cit_desktop.paths import backup_folder

    watch = progress or quiet.silent
    made = backup.make(records, reason=reason, progress=watch)
    retention.prune(backup_folder(records), now())
    return Made(made.made, second=_make_second(records, reason, second, watch) if second else "")


def _make_second(records: Path, reason: Any, second: str, watch: Progress) -> str:
    """Why the second copy could not be made, or an empty text."""
    from cit_desktop import backup, retention
    from cit_desktop.clock import now

    if not Path(second).is_dir():  # never made here: it may be a drive that is not plugged in
        return f"The second folder for backups, “{second}”, cannot be reached."
    folder = second_folder(records, second)
    try:
        backup.make(records, folder, reason=reason, progress=watch)
        retention.prune(folder, now())
    except CitError as error:
        return str(error)
    return ""


class Backups(QObject):
    """Makes a backup when the records have changed since the last one."""

    changed = Signal()  # there is something new to tell

    def __init__(self, commands: Commands, records: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = Made(None)
        self.second = ""
        self._commands = commands
        self._records = records
        self._dirty = False
        commands.changed.connect(self._mark)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.make_if_changed)
        self._timer.start()

    def look(self) -> None:
        """Learn of the backups there are, and make one if the records are newer."""
        from cit_desktop import backup
        from cit_desktop.paths import backup_folder

        found = backup.listed(backup_folder(self._records))
        self.state = Made(found[0].made if found else None)
        newest = found[0].path.stat().st_mtime if found else 0.0
        self._dirty = self._records.stat().st_mtime > newest
        self.changed.emit()
        self.make_if_changed()

    def _mark(self, changes: Changes) -> None:
        self._dirty = True
        if changes.touches(_AFTER_A_BACKUP):
            self._note_newest()

    def _note_newest(self) -> None:
        """Learn of a backup that something else made, such as an import before it wrote."""
        from cit_desktop import backup
        from cit_desktop.paths import backup_folder

        found = backup.listed(backup_folder(self._records))
        if found and (self.state.at is None or found[0].made > self.state.at):
            self.state = replace(self.state, at=found[0].made, problem="")
            self.changed.emit()

    def make_if_changed(self) -> None:
        """The regular backup."""
        if self._dirty:
            self.make("regular")

    def make(self, reason: str) -> Job:
        """Back up now, beside the window."""
        self._dirty = False
        job = self._commands.jobs.start(
            "Backing up", make_backup, self._records, reason, self.second, wants_progress=True
        )
        job.done.connect(self._made)
        job.failed.connect(self._failed)
        job.crashed.connect(report_crash)
        return job

    def make_last(self) -> None:
        """The backup on closing; waits for it. If it fails, the next opening tries and tells."""
        if not self._dirty:
            return
        try:
            make_backup(self._records, "closing", self.second)
        except CitError:
            _log.warning("The backup on closing could not be made")

    def _made(self, made: Made) -> None:
        self.state = made
        self.changed.emit()

    def _failed(self, error: object) -> None:
        self._dirty = True
        self.state = Made(self.state.at, problem=str(error))
        self.changed.emit()

    def stop(self) -> None:
        """Make no more."""
        self._timer.stop()
        self._commands.changed.disconnect(self._mark)
