"""The window: rail, pages, status line and menus. It shows before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from cit_desktop.errors import CitError
from ui import dropping, errors, window_menus
from ui.preferences import Preferences
from ui.theme import Theme
from ui.widgets.page import Page
from ui.widgets.rail import Rail
from ui.widgets.search_box import Find, Hit
from ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from cit_desktop.journal import Changes
    from ui.context import Context
    from ui.jobs import Job

NAME = "CIT Desktop"
_FRAME = QSize(16, 40)  # what the desktop draws around a window, at most
_SHOWN_ON = {  # in a pane beside the list
    "agency": "agencies",
    "certificate": "certificates",
    "liaison": "liaisons",
}


@dataclass(frozen=True)
class PageEntry:
    """A page, built when it is first shown.

    Attributes:
        bottom: It stands at the bottom of the rail.
        under: It is not on the rail itself; this is the key of the page that is lit instead.
    """

    key: str
    title: str
    icon: str
    build: Callable[[Context], Page]
    bottom: bool = False
    under: str = ""


class MainWindow(QMainWindow):
    """Shows one page at a time and brings what happens to the page it concerns.

    Attributes:
        search: What the search boxes ask; set with ``set_search``.
    """

    undo_requested = Signal()
    redo_requested = Signal()
    save_requested = Signal()
    help_requested = Signal(str)  # topic of the page
    page_shown = Signal(str)
    asked = Signal(str, object)  # what a page asks of the program
    closing = Signal()

    def __init__(
        self,
        entries: Sequence[PageEntry],
        preferences: Preferences | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        self.entries = {entry.key: entry for entry in entries}
        self.preferences = preferences or Preferences()
        self.theme = theme
        self.context: Context | None = None
        self._front: QWidget | None = None
        self.pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._back: list[tuple[str, object]] = []
        self._here: tuple[str, object] = ("", None)
        self._find: Find = lambda _text: ()
        self.rail = Rail(NAME)
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self._build(entries)
        self.menus = window_menus.build(self)
        self._restore()

    def _build(self, entries: Sequence[PageEntry]) -> None:
        self.setWindowTitle(NAME)
        self.setMinimumSize(900, 560)
        self.setAcceptDrops(True)
        for entry in entries:
            if entry.under:
                continue
            self.rail.add(entry.key, entry.title, entry.icon, bottom=entry.bottom)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.rail, 0, 0, 2, 1)
        grid.addWidget(self.stack, 0, 1)
        grid.addWidget(self.status, 1, 1)
        self.setCentralWidget(inside)
        self.placeholder = Page("")
        self.placeholder.search.setEnabled(False)
        self.stack.addWidget(self.placeholder)
        self.rail.chosen.connect(self.show_page)

    def _restore(self) -> None:
        saved = self.preferences.get("window/geometry", "")
        if not (saved and self.restoreGeometry(QByteArray.fromHex(saved.encode()))):
            room = self.screen().availableSize() - _FRAME
            self.resize(QSize(1280, 800).boundedTo(room))
        first = next(iter(self.entries), "")
        kept = self.preferences.get("window/page", first)
        self.show_page(kept if kept in self.entries else first)

    # What the program is told ---------------------------------------------------------------

    def set_chapter(self, name: str) -> None:
        """Show whose records are open."""
        self.rail.chapter.setText(name)
        self.setWindowTitle(f"{name} – {NAME}" if name else NAME)

    def attach(self, context: Context) -> None:
        """Work with opened records: pages are built anew, the shown one at once."""
        self.detach()
        self.context = context
        commands = context.commands
        commands.changed.connect(self.on_changed)
        commands.failed.connect(self.on_failed)
        commands.jobs.started.connect(self.watch)
        self.status.cancelled.connect(commands.jobs.cancel_all)
        key, record_id = self._here
        self._here = ("", None)
        self.show_page(key, record_id)

    def detach(self) -> None:
        """Let go of the records: pages go, placeholders stand where they were."""
        if self.context is not None:
            commands = self.context.commands
            commands.changed.disconnect(self.on_changed)
            commands.failed.disconnect(self.on_failed)
            commands.jobs.started.disconnect(self.watch)
            self.status.cancelled.disconnect(commands.jobs.cancel_all)
        self.context = None
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        self._stale.clear()
        self._back.clear()
        self._show_placeholder(self._here[0])

    def set_search(self, find: Find) -> None:
        """What the search box of every page asks."""
        self._find = find
        for page in self.pages.values():
            page.search.finder = find

    def set_undo(self, undo: str, redo: str = "") -> None:
        """Name what Edit > Undo and Redo would do; an empty text switches them off."""
        self.menus.name_undo(undo, redo)

    def show_front(self, widget: QWidget) -> None:
        """Show something in the place of the pages: the welcome, or why a file did not open."""
        self.close_front()
        self._front = widget
        self.rail.setEnabled(False)
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_front(self) -> None:
        """Show the pages again."""
        if self._front is None:
            return
        self.stack.removeWidget(self._front)
        self._front.deleteLater()
        self._front = None
        self.rail.setEnabled(True)
        if self.context is not None:
            self.show_page(*self._here)

    # Pages ----------------------------------------------------------------------------------

    def page_key(self) -> str:
        """The key of the page in sight, or of the one that will be when records are open."""
        return self._here[0]

    def page(self) -> Page:
        """The page in sight."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else self.placeholder

    def show_page(self, key: str, record_id: object = None) -> None:
        """Go to a page, and on it to a record when one is given."""
        key = _SHOWN_ON.get(key, key)
        if key not in self.entries or (self._front is not None and self.context is None):
            return
        self.close_front()
        if self._here[0] and self._here != (key, record_id):
            self._back.append(self._here)
        self._go(key, record_id)

    def go_back(self) -> None:
        """Return to where one was before (Alt+Left)."""
        if self._back:
            self._go(*self._back.pop())

    def _go(self, key: str, record_id: object) -> None:
        self._here = (key, record_id)
        shown = self.entries[key].under or key
        self.rail.select(shown)
        self.preferences.set("window/page", shown)
        if self.context is None:
            self._show_placeholder(key)
            return
        self.status.say_center("")
        page = self.pages.get(key) or self._build_page(key, self.context)
        self.stack.setCurrentWidget(page)
        if key in self._stale:
            self._stale.discard(key)
            page.refresh(None)
        if record_id is not None:
            page.open_record(record_id)
        if not any(item.hasFocus() for item in self.rail.items):
            page.focus_start()
        self.menus.follow(page)
        self.page_shown.emit(key)

    def _show_placeholder(self, key: str) -> None:
        entry = self.entries.get(key)
        self.placeholder.set_title(entry.title if entry else NAME, "Opening the records…")
        self.stack.setCurrentWidget(self.placeholder)
        self.placeholder.setFocus()

    def _build_page(self, key: str, context: Context) -> Page:
        page = self.entries[key].build(context)
        page.search.finder = self._find
        page.search.chosen.connect(self._open_hit)
        page.go.connect(self.show_page)
        page.status.connect(self._page_status)
        page.back_requested.connect(self.go_back)
        page.asked.connect(self.asked)
        page.undo_banner.undo.connect(self.undo_requested)
        self.pages[key] = page
        self.stack.addWidget(page)
        page.refresh(None)
        return page

    def _open_hit(self, hit: Hit) -> None:
        self.show_page(hit.kind, hit.id)

    def _page_status(self, text: str) -> None:
        if self.sender() is self.page():
            self.status.say_center(text)

    # What happens ---------------------------------------------------------------------------

    def on_changed(self, changes: Changes | None) -> None:
        """Refresh the page in sight if it shows what changed; the others when they are shown.

        What a page offered to undo is not the last step any more.
        """
        for key, page in self.pages.items():
            page.undo_banner.clear()
            if changes is not None and not changes.touches(page.watches):
                continue
            if page is self.page():
                page.refresh(changes)
            else:
                self._stale.add(key)

    def on_failed(self, error: CitError) -> None:
        """Say on the page in sight why something was not done."""
        errors.show(error, None if self._front is not None else self.page().banner, self)

    def watch(self, job: Job) -> None:
        """Show how far a job is in the status line."""
        self.status.begin(job.label)
        job.progressed.connect(self.status.progress)
        job.finished.connect(self._job_finished)

    def _job_finished(self) -> None:
        jobs = self.context.commands.jobs.running if self.context is not None else []
        waiting = [job for job in jobs if job is not self.sender()]
        if waiting:
            self.status.begin(waiting[0].label)
        else:
            self.status.end()

    # Keys of the window ---------------------------------------------------------------------

    def open_palette(self) -> None:
        """Search and commands at once (Ctrl+K)."""
        search = self.page().search
        search.commands = self.menus.commands()
        search.open_palette()

    def next_pane(self) -> None:
        """From pane to pane of the page, then the rail, then again (F6)."""
        if not self.page().next_pane():
            chosen = next((item for item in self.rail.items if item.isChecked()), self.rail)
            chosen.setFocus(Qt.FocusReason.TabFocusReason)

    # Files dropped on the window --------------------------------------------------------------

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event, wanted=self.context is not None and "import" in self.entries)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Import what is dropped, into the class that is looked at."""
        files, into = dropping.take(event), self.page().import_into()
        self.show_page("import")
        self.page().take_dropped(files, into)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = bytes(self.saveGeometry().toHex().data()).decode()
        self.preferences.set("window/geometry", geometry)
        self.closing.emit()
        super().closeEvent(event)
