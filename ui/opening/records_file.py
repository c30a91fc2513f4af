"""Opening and closing a file of records for the window; all but the last step on a thread."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from cit_desktop.errors import FileProblem
from ui.commands import report_crash
from ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from cit_desktop.db import Database
    from cit_desktop.holder import Hold
    from ui.opening.instance import Doorbell

_POLL_MS = 2000


@dataclass(frozen=True)
class Opened:
    """Records that are open, and the hold on them (None: for reading only)."""

    db: Database
    hold: Hold | None
    chapter: str


def open_records(
    path: Path, *, readonly: bool = False, take_over: bool = False, page: str = "today"
) -> Opened:
    """Load the core and the page to show first, take hold of a file and open it.

    Runs beside the window.

    Raises:
        Busy: Another computer has it open in a window.
        FileProblem: It cannot be opened.
    """
    from cit_desktop import loading

    loading.sqlalchemy()
    from cit_desktop import backup, retention
    from cit_desktop.clock import now
    from cit_desktop.db import Database
    from cit_desktop.holder import Hold
    from cit_desktop.paths import backup_folder
    from cit_desktop.services import chapters
    from ui import entries

    def before_upgrade(records: Path) -> None:
        backup.make(records, reason="upgrade")
        retention.prune(backup_folder(records), now())

    hold = None if readonly or not path.exists() else Hold.take(path, take_over=take_over)
    with ExitStack() as undo:
        if hold is not None:
            undo.callback(hold.release)
        db = Database.open(path, readonly=hold is None, timeout=1.0, before_upgrade=before_upgrade)
        undo.callback(db.close)
        with db.read() as session:
            chapter = chapters.current(session)
        entries.load(page)
        undo.pop_all()
    return Opened(db, hold, chapter.name if chapter is not None else "")


def create_records(path: Path, draft: dict[str, Any]) -> Path:
    """Make a new file with its first chapter. ``draft`` are the fields of a ``ChapterDraft``."""
    from cit_desktop.db import Database
    from cit_desktop.services import chapters, courses

    signers = [chapters.SignerDraft(**signer) for signer in draft.pop("signers", ())]
    db = Database.create(path)
    try:
        with db.operation("Begin the records", undoable=False) as session:
            chapters.create(session, chapters.ChapterDraft(**draft, signers=signers))
            courses.seed(session)
    finally:
        db.close()
    return path


class RecordsFile(QObject):
    """The file that the window works on: opened beside it, watched, and let go at the end."""

    opened = Signal(object)  # Opened
    failed = Signal(object, object)  # CitError, Path
    changed_elsewhere = Signal()
    raised = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.path: Path | None = None
        self.current: Opened | None = None
        self._doorbell: Doorbell | None = None
        self._beat = QTimer(self, interval=30_000)
        self._beat.timeout.connect(self._say_we_are_here)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look_for_changes)

    def open(self, path: Path, *, page: str = "today", **how: bool) -> Job:
        """Open a file in the place of the one that is open; ``opened`` or ``failed`` follows.

        Args:
            page: The page that will be shown first; what it needs is loaded too.
            how: ``readonly`` or ``take_over``, as :func:`open_records` says.
        """
        self.close()
        self.path = path
        job = self.jobs.start("Opening the records", open_records, path, page=page, **how)
        job.done.connect(self._arrived)
        job.failed.connect(lambda error: self.failed.emit(error, path))
        job.crashed.connect(lambda error: self._crashed(error, path))
        return job

    def _crashed(self, error: BaseException, path: Path) -> None:
        report_crash(error)
        sentence = f"“{path.name}” did not open because of a mistake in the program."
        self.failed.emit(FileProblem(sentence, "Try again, or restore a backup."), path)

    def _arrived(self, found: Opened) -> None:
        self.current = found
        self._beat.start()
        self._poll.start()
        self.opened.emit(found)

    def listen(self) -> None:
        """Ring ``raised`` when the program is started again with these records."""
        from ui.opening.instance import Doorbell

        if self.current is not None and self._doorbell is None:
            self._doorbell = Doorbell(self.current.db.path, self)
            self._doorbell.rung.connect(self.raised)

    def _say_we_are_here(self) -> None:
        if self.current is not None and self.current.hold is not None:
            self.current.hold.beat()

    def _look_for_changes(self) -> None:
        if self.current is not None and self.current.db.changed_elsewhere():
            self.changed_elsewhere.emit()

    def close(self) -> None:
        """Let go of the records that are open."""
        self._beat.stop()
        self._poll.stop()
        if self._doorbell is not None:
            self._doorbell.close()
            self._doorbell = None
        if self.current is not None:
            self.current.db.close()
            if self.current.hold is not None:
                self.current.hold.release()
            self.current = None
