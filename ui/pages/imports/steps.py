"""The frame of the import: its steps as tabs, the button that goes on, and what shows slow work."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.jobs import Job
from ui.pages.imports.busy import ImportBusy
from ui.pages.imports.check import ImportCheck
from ui.pages.imports.columns import ImportColumns
from ui.pages.imports.done import ImportDone
from ui.pages.imports.preview import ImportPreview
from ui.pages.imports.source import ImportSource
from ui.pages.imports.work import ImportWork
from ui.widgets.button import button
from ui.widgets.page import Page

SOURCE, COLUMNS, CHECK, PREVIEW, DONE = range(5)
_TITLES = ("1  File", "2  Columns", "3  Check", "4  Preview", "5  Done")
_BUSY_MS = 300


class ImportSteps(Page):
    """Five steps that can be walked back and forth.

    Attributes:
        slow: Runs from the start of work until it is shown.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Import a list", parent)
        self.context = context
        self.work = ImportWork(context, self)
        self._said = False  # what the banner says belongs to the step in sight
        self.source = ImportSource()
        self.columns = ImportColumns()
        self.check = ImportCheck()
        self.preview = ImportPreview(context.preferences)
        self.report = ImportDone()
        self.busy = ImportBusy()
        self._build_steps()
        self.slow = QTimer(self, singleShot=True, interval=_BUSY_MS)
        self.slow.timeout.connect(self._show_busy)
        self.work.begun.connect(self._begun)
        self.work.ended.connect(self._ended)

    def _build_steps(self) -> None:
        steps = (self.source, self.columns, self.check, self.preview, self.report)
        for title, step in zip(_TITLES, steps, strict=True):
            self.add_content(step, title)
        self.add_content(self.busy)
        self.tabs.setAccessibleName("Steps of the import")
        self.back = button("&Back", self.step_back)
        self.next = button("", self.step_on)
        self.set_actions([self.back], self.next)
        keys = {"Ctrl+Return": self.step_on, "Ctrl+Enter": self.step_on, "Esc": self.work.cancel}
        for key, run in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # What the page of the import says ---------------------------------------------------------

    def step_on(self) -> None:
        """Go on, as the filled button says."""
        raise NotImplementedError

    def show_step(self) -> None:
        """Show the step in sight as things stand."""
        raise NotImplementedError

    def can_go_on(self) -> bool:
        """Whether the filled button does something."""
        raise NotImplementedError

    def can_take(self, step: int) -> bool:
        """Whether there is something to see at a step."""
        raise NotImplementedError

    # Moving -----------------------------------------------------------------------------------

    def step(self) -> int:
        """The step in sight."""
        return self.tabs.currentIndex()

    def go_to(self, step: int) -> None:
        """Show a step."""
        self.name_tabs()
        if self.step() == step:
            self.show_step()
        else:
            self.tabs.setCurrentIndex(step)

    def step_back(self) -> None:
        """Go to the step before that has something to see."""
        before = [step for step in range(self.step()) if self.can_take(step)]
        self.go_to(before[-1] if before else SOURCE)

    def name_tabs(self) -> None:
        """Close the steps that cannot be taken yet."""
        for place in range(self.tabs.count()):
            self.tabs.setTabEnabled(place, self.can_take(place))

    def say(self, text: str, tone: Literal["info", "care"]) -> None:
        """What is to be known at this step; a refusal that was just told stays."""
        if text:
            self.banner.say(text, tone)
        elif self._said:
            self.banner.clear()
        self._said = bool(text)

    # Work -------------------------------------------------------------------------------------

    def _begun(self, job: Job) -> None:
        self.busy.follow(job)
        self.slow.start()

    def _show_busy(self) -> None:
        if self.work.job is None or (self.work.plan is not None and not self.work.writing):
            return  # what is in sight can be worked with meanwhile
        self.tabs.setEnabled(False)
        self.stack.setCurrentWidget(self.busy)
        self.busy.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (self.back, self.next):
            part.setEnabled(False)

    def _ended(self) -> None:
        self.slow.stop()
        self.busy.let_go()
        self.tabs.setEnabled(True)
        self.stack.setCurrentIndex(self.step())
        self.back.setEnabled(True)
        self.next.setEnabled(self.can_go_on())
