"""The program around the window: which records are open, undo and redo, backups, the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from cit_desktop import clock
from cit_desktop.errors import Busy, CitError
from ui import format
from ui.backups import Backups
from ui.commands import Commands
from ui.context import Context
from ui.errors import CrashHook
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.records_file import Opened, RecordsFile, create_records
from ui.welcome import Trouble, Welcome
from ui.widgets.search_box import Hit

if TYPE_CHECKING:
    from cit_desktop.journal import Changes
    from cit_desktop.services.undo import Step

_RECENT = 8


class Program(QObject):
    """Holds the window and the file together.

    Attributes:
        ready: The records are open and the first page is filled in.
    """

    ready = Signal()

    def __init__(self, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self.window = window
        self.preferences = preferences
        self.jobs = Jobs(self)
        self.file = RecordsFile(self.jobs, self)
        self.context: Context | None = None
        self.backups: Backups | None = None
        self.crash = CrashHook(window)
        self._saved_at: datetime | None = None
        self.file.opened.connect(self._opened)
        self.file.failed.connect(self._not_opened)
        self.file.raised.connect(self.come_forward)
        self.file.changed_elsewhere.connect(lambda: window.on_changed(None))
        window.undo_requested.connect(self.undo)
        window.redo_requested.connect(self.redo)
        window.save_requested.connect(self.save_now)
        window.closing.connect(self.close)

    # Which records ----------------------------------------------------------------------------

    def open(self, path: Path, *, readonly: bool = False, take_over: bool = False) -> None:
        """Work on a file of records."""
        self._let_go()
        self.window.close_front()
        self.file.open(path, readonly=readonly, take_over=take_over)

    def create(self, path: Path, draft: dict[str, Any]) -> None:
        """Begin a new file of records and work on it."""
        job = self.jobs.start("Making the records", create_records, path, draft)
        job.done.connect(self.open)
        job.failed.connect(self.window.on_failed)

    def open_sample(self) -> None:
        """Work on the sample chapter: made anew, in the program's own folder."""
        job = self.jobs.start("Making the sample chapter", _make_sample, wants_progress=True)
        self.window.watch(job)
        job.done.connect(self.open)
        job.failed.connect(self.window.on_failed)

    def welcome(self) -> None:
        """Offer to begin, to open, or to look at the sample chapter."""
        page = Welcome(self.recent())
        page.created.connect(self.create)
        page.opened.connect(self.open)
        page.sample_wanted.connect(self.open_sample)
        self.window.show_front(page)

    def recent(self) -> Sequence[Path]:
        """The files opened last, newest first."""
        found: list[str] = self.preferences.get("files/recent", [])
        return [Path(name) for name in found]

    def _opened(self, found: Opened) -> None:
        commands = Commands(found.db, self.jobs, self)
        self.context = Context(found.db, commands, self.preferences)
        commands.changed.connect(self._changed)
        self._remember(found.db.path)
        self.window.set_search(self._find)
        self.window.set_chapter(found.chapter)
        self.window.attach(self.context)
        self._name_undo()
        if found.hold is None:
            self.window.page().banner.say(
                f"“{found.db.path.name}” is open for reading only: nothing can be changed here.",
                "care",
            )
        else:
            self._keep_backups(commands, found.db.path)
        self._say_saved()
        self.ready.emit()

    def _remember(self, path: Path) -> None:
        full = str(path.absolute())
        recent = [full, *(str(p) for p in self.recent() if str(p) != full)]
        self.preferences.set("files/recent", recent[:_RECENT])

    def _not_opened(self, error: CitError, path: Path) -> None:
        in_use = isinstance(error, Busy)
        page = Trouble(error, path, can_take_over=_may_take_over(error, path), in_use=in_use)
        page.again.connect(lambda: self.open(path))
        page.readonly.connect(lambda: self.open(path, readonly=True))
        page.take_over.connect(lambda: self.open(path, take_over=True))
        page.other.connect(self.welcome)
        self.window.show_front(page)

    def come_forward(self) -> None:
        """Bring the window to the front: the program was started again with these records."""
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    # Undo and redo ----------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last operation, and say what it was."""
        from cit_desktop.services import undo

        self._step(undo.undo, "Undone")

    def redo(self) -> None:
        """Do again what was taken back last."""
        from cit_desktop.services import undo

        self._step(undo.redo, "Done again")

    def _step(self, take: Any, word: str) -> None:
        if self.context is None:
            return
        try:
            step: Step = take(self.context.db)
        except CitError as error:
            self.window.on_failed(error)
            return
        self.window.page().banner.say(f"{word}: {step.label}.", "info", closable=True, seconds=6)

    def _changed(self, _changes: Changes) -> None:
        self._saved_at = clock.now()
        self._name_undo()
        self._say_saved()

    def _name_undo(self) -> None:
        if self.context is None:
            self.window.set_undo("", "")
            return
        from cit_desktop.services import undo

        with self.context.db.read() as session:
            back, again = undo.next_undo(session), undo.next_redo(session)
        self.window.set_undo(
            back.label if back and not back.why_not else "",
            again.label if again and not again.why_not else "",
        )

    # Search -----------------------------------------------------------------------------------

    def _find(self, text: str) -> list[Hit]:
        from cit_desktop.services import search

        if self.context is None:
            return []
        with self.context.db.read() as session:
            found = search.find(session, text)
        return [Hit(hit.kind, hit.id, hit.title, hit.subtitle) for hit in found]

    # Backups and the status line --------------------------------------------------------------

    def _keep_backups(self, commands: Commands, path: Path) -> None:
        from cit_desktop.services import settings

        self.backups = Backups(commands, path, self)
        with commands.db.read() as session:  # type: ignore[attr-defined]
            second = settings.get(session, "backup/second", "")
        self.backups.second = second if isinstance(second, str) else ""
        self.backups.changed.connect(self._say_saved)
        self.backups.look()

    def save_now(self) -> None:
        """Everything is saved at once; this says so, and makes a backup."""
        if self.backups is not None:
            self.backups.make("by hand")
        self.window.page().banner.say(
            "Every change is saved as you make it. A backup is being made.", "good", seconds=6
        )

    def _say_saved(self) -> None:
        now = clock.now()
        parts = []
        if self._saved_at is not None:
            parts.append(f"Saved {format.clock(self._saved_at)}")
        care = False
        if self.backups is not None:
            parts.append(self.backups.state.text(now))
            care = self.backups.state.is_care(now)
        self.window.status.say(" · ".join(parts), role="care" if care else "soft")
        if self.backups is not None:
            self.window.status.left.setToolTip(self.backups.state.problem)

    # The end ----------------------------------------------------------------------------------

    def close(self) -> None:
        """End what runs, make the last backup and let go of the records."""
        self.jobs.cancel_all()
        self.jobs.wait()
        if self.backups is not None:
            self.backups.make_last()
        self._let_go()

    def _let_go(self) -> None:
        if self.backups is not None:
            self.backups.stop()
            self.backups.deleteLater()
            self.backups = None
        self.window.detach()
        self.context = None
        self.file.close()


def _may_take_over(error: CitError, path: Path) -> bool:
    from cit_desktop import holder

    return isinstance(error, Busy) and holder.is_stale(path)


def _make_sample(progress: Any) -> Path:
    from cit_desktop import sample
    from cit_desktop.paths import data_folder

    path = data_folder() / "Sample chapter.cit"
    sample.make(path, progress)
    return path
