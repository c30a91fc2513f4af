"""The program around the window: which records are open, backups, and the end."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from cit_desktop import clock
from ui import format
from ui.commands import Commands, report_crash
from ui.context import Context
from ui.errors import CrashDialog, CrashHook
from ui.file_menu import FileMenu
from ui.jobs import Job, Jobs
from ui.main_window import MainWindow
from ui.opening.front import Front
from ui.opening.records_file import Opened, RecordsFile
from ui.preferences import Preferences
from ui.undoing import Undoing
from ui.widgets.search_box import Hit

if TYPE_CHECKING:
    from cit_desktop.db import Database
    from cit_desktop.journal import Changes
    from ui.help import HelpDialog
    from ui.opening.backups import Backups
    from ui.opening.restoring import Restoring

_RECENT = 8
_SETTLE_MS = 50  # the first page is painted in these
_AGAIN_MS = 10_000
_OF_THE_CHAPTER = frozenset({"chapter", "setting"})


class Program(QObject):
    """Holds the window and the file together.

    Attributes:
        filled: The records are open and the first page shows them.
        ready: The rest is there too: what undo would do, the state of the backups.
        front: What stands in the place of the pages before records are open.
    """

    filled = Signal()
    ready = Signal()

    def __init__(self, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self.window = window
        self.preferences = preferences
        self.jobs = Jobs(self)
        self.file = RecordsFile(self.jobs, self)
        self.context: Context | None = None
        self.backups: Backups | None = None
        self.front = Front(self)
        self.crash = CrashHook(window)
        self.undoing = Undoing(window)
        self.menu = FileMenu(self)
        self.crash_report = ""
        self._saved_at: datetime | None = None
        self._filling: Opened | None = None  # its first page is being read
        self._told_again = QElapsedTimer()
        self._connect()

    def _connect(self) -> None:
        self.file.opened.connect(self._opened)
        self.file.failed.connect(self.front.trouble)
        self.file.raised.connect(self.come_forward)
        self.file.changed_elsewhere.connect(self._changed_elsewhere)
        self.window.save_requested.connect(self.save_now)
        self.window.help_requested.connect(lambda topic: self.help.show_topic(topic))
        self.window.asked.connect(self.answer)
        self.window.closing.connect(self.close)
        self.crash.again.connect(self._crashed_again)
        self.jobs.idle.connect(self._page_read)

    @cached_property
    def help(self) -> HelpDialog:
        """The pages of help."""
        from ui.help import HelpDialog

        return HelpDialog(self.window)

    @cached_property
    def restoring(self) -> Restoring:
        """The way back to a backup."""
        from ui.opening.restoring import Restoring

        return Restoring(self)

    # Which records ----------------------------------------------------------------------------

    def open(self, path: Path, *, readonly: bool = False, take_over: bool = False) -> None:
        """Work on a file of records."""
        self.let_go()
        self.front.close()
        page = self.window.page_key() or "today"
        self.file.open(path, page=page, readonly=readonly, take_over=take_over)

    def open_chosen(self, path: Path) -> None:
        """Work on a file somebody chose; where another window has it, that one comes forward."""
        from ui.opening import instance

        is_here = self.file.current is not None and self.file.path == path
        if not is_here and instance.raise_other(path):
            self.window.page().banner.say(
                f"“{path.name}” is open in another window, which was brought to the front.",
                "info",
                closable=True,
            )
            return
        self.open(path)

    def start(self, label: str, function: Callable[..., Any], *args: Any, **more: Any) -> Job:
        """Work beside the window that does not belong to the open records."""
        job = self.jobs.start(label, function, *args, **more)
        if self.context is None:  # the window watches the jobs of open records itself
            self.window.watch(job)
        job.failed.connect(self.window.on_failed)
        job.crashed.connect(report_crash)
        return job

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
        self._filling = found  # the page reads what it shows beside the window

    def _page_read(self) -> None:
        if self._filling is None:
            return
        found, self._filling = self._filling, None
        self.filled.emit()
        QTimer.singleShot(_SETTLE_MS, self, lambda: self._settle(found))

    def _settle(self, found: Opened) -> None:
        """What can wait until the first page is on the screen."""
        if self.context is None or self.context.db is not found.db:
            return
        self.file.listen()
        self.undoing.attach(self.context)
        self.menu.follow()
        self._say_what_is_unusual(found)
        if found.hold is not None:
            self._keep_backups(self.context.commands, found.db.path)
        self.jobs.start("Read keys", _remember_keys, found.db).crashed.connect(report_crash)
        self._say_saved()
        gc.freeze()  # what is loaded by now stays; collecting it again would stall the window
        self.ready.emit()

    def _say_what_is_unusual(self, found: Opened) -> None:
        banner = self.window.page().banner
        if found.hold is None:
            name = found.db.path.name
            banner.say(f"“{name}” is open for reading only: nothing can be changed here.", "care")
        elif self.restoring.outcome:
            banner.say(self.restoring.outcome, "good", closable=True)
        elif self.crash_report:
            text = "The program stopped by itself last time. All that was saved is here."
            banner.say(text, "info", link="Show the report", closable=True)
            banner.acted.connect(self._show_crash, Qt.ConnectionType.SingleShotConnection)
        self.restoring.outcome = ""

    def _show_crash(self) -> None:
        CrashDialog(self.crash_report, self.window, earlier=True).open()
        self.window.page().banner.clear()
        self.crash_report = ""

    def _crashed_again(self) -> None:
        """Tell of a mistake that was shown before, without keeping anybody from going on."""
        if self._told_again.isValid() and not self._told_again.hasExpired(_AGAIN_MS):
            return
        self._told_again.start()
        text = "The program made the same mistake again. What you did just now was not saved."
        self.window.page().banner.say(text, "wrong", closable=True)

    def _remember(self, path: Path) -> None:
        full = str(path.absolute())
        recent = [full, *(str(p) for p in self.recent() if str(p) != full)]
        self.preferences.set("files/recent", recent[:_RECENT])

    def come_forward(self) -> None:
        """Bring the window to the front: the program was started again with these records."""
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    def answer(self, what: str, value: Any) -> None:
        """Do what a page asks for and cannot do itself."""
        match what:
            case "new":
                self.window.show_page(value)
                self.window.page().new_record()
            case "help":
                self.help.show_topic(value)
            case "back up":
                self.save_now()
            case "restore":
                self.restoring.offer(self.file.path, value)
            case "appearance":
                self.window.menus.choose_appearance(*value)

    # What happens in the records --------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        self._saved_at = clock.now()
        self.undoing.name_steps()
        if changes.touches(_OF_THE_CHAPTER):
            self._follow_chapter()
        self._say_saved()

    def _changed_elsewhere(self) -> None:
        self.window.on_changed(None)
        self.undoing.name_steps()
        self._follow_chapter()

    def _follow_chapter(self) -> None:
        from cit_desktop.services import chapters, settings

        if self.context is None:
            return
        with self.context.db.read() as session:
            chapter = chapters.current(session)
            second = settings.get(session, "backup/second", "")
        self.window.set_chapter(chapter.name if chapter is not None else "")
        if self.backups is not None:
            self.backups.second = second if isinstance(second, str) else ""

    def _find(self, text: str) -> list[Hit]:
        from cit_desktop.services import search

        if self.context is None:
            return []
        with self.context.db.read() as session:
            found = search.find(session, text)
        return [Hit(hit.kind, hit.id, hit.title, hit.subtitle) for hit in found]

    # Backups and the status line --------------------------------------------------------------

    def _keep_backups(self, commands: Commands, path: Path) -> None:
        from ui.opening.backups import Backups

        self.backups = Backups(commands, path, self)
        self._follow_chapter()
        self.backups.changed.connect(self._backed_up)
        self.backups.look()

    def _backed_up(self) -> None:
        self._say_saved()
        if self.window.page() is self.window.pages.get("settings"):
            self.window.page().refresh(None)  # it lists the backups

    def save_now(self) -> None:
        """Everything is saved at once; this says so, and makes a backup."""
        banner = self.window.page().banner
        if self.backups is None:
            banner.say("Nothing can be changed here, so there is nothing to save.", "info")
            return
        self.backups.make("by hand")
        banner.say(
            "Every change is saved as you make it. A backup is being made.", "good", seconds=6
        )

    def _say_saved(self) -> None:
        now = clock.now()
        parts = []
        if self._saved_at is not None:
            parts.append(f"Saved {format.clock(self._saved_at)}")
        care, why = False, ""
        if self.backups is not None:
            state = self.backups.state
            parts.append(state.text(now))
            care, why = state.is_care(now), state.problem or state.second
        self.window.status.say(" · ".join(parts), role="care" if care else "soft")
        self.window.status.left.setToolTip(why)

    # The end ----------------------------------------------------------------------------------

    def close(self) -> None:
        """End what runs, make the last backup and let go of the records."""
        self.jobs.cancel_all()
        self.jobs.wait()
        if self.backups is not None:
            self.backups.make_last()
        self.let_go()

    def let_go(self) -> None:
        """End what runs on the records, and let go of their file."""
        self.jobs.cancel_all()
        self.jobs.wait()
        if self.backups is not None:
            self.backups.stop()
            self.backups.deleteLater()
            self.backups = None
        self._saved_at = self._filling = None
        self.window.status.say("")
        self.window.detach()
        self.window.set_chapter("")
        self.context = None
        self.undoing.attach(None)
        self.file.close()
        self.menu.follow()


def _remember_keys(db: Database) -> None:
    """Let certificates of these records be checked when others are open, or none."""
    from ui.work.certificate_proofs import remember_keys

    remember_keys(db)
