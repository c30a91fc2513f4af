"""What stands in the window before records are open: the welcome, or why a file did not open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.errors import CitError
from ui import theme
from ui.opening.first_chapter import FirstChapter
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel, TextLabel

FILTER = "Chapter records (*.cit);;All files (*)"
_WIDTH = 560


class _Middle(QWidget):
    """One card in the middle of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card()
        self.card.setFixedWidth(_WIDTH)
        self.inside = self.card.body
        self.inside.setContentsMargins(36, 32, 36, 28)
        self.inside.setSpacing(8)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colors().background)


class Welcome(QWidget):
    """Offers to begin a chapter's records, to open some, or to look at the sample chapter."""

    created = Signal(object, object)  # Path, fields of a ChapterDraft
    opened = Signal(object)  # Path
    sample_wanted = Signal()
    returned = Signal()  # back to the records that are open

    def __init__(
        self,
        recent: Sequence[Path] = (),
        parent: QWidget | None = None,
        *,
        can_return: bool = False,
    ) -> None:
        super().__init__(parent)
        self._can_return = can_return
        self._asked_at_once = False
        self.choices = _Middle()
        self.first = FirstChapter()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.choices)
        form = _Middle()
        form.inside.addWidget(self.first)
        self.stack.addWidget(form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._build_choices(recent)
        self.first.cancelled.connect(self._cancelled)
        self.first.finished.connect(self.created)
        self.setFocusProxy(self.begin)

    def _build_choices(self, recent: Sequence[Path]) -> None:
        inside = self.choices.inside
        inside.addWidget(TextLabel("Welcome to CIT Desktop", points=theme.TITLE, bold=True))
        text = (
            "Rosters, attendance, hours and certificates of your chapter, in one file that you "
            "keep. It holds no data about people in crisis."
        )
        inside.addWidget(TextLabel(text, role="soft", wrap=True))
        inside.addSpacing(16)
        self.begin = button("&Begin your chapter's records…", self._show_questions, kind="primary")
        self.open_file = button("&Open records…", self._choose)
        self.sample = button("Look at the &sample chapter", self.sample_wanted.emit)
        for choice in (self.begin, self.open_file, self.sample):
            choice.setMinimumHeight(38)
            inside.addWidget(choice)
        self.recent = [self._add_recent(path) for path in recent[:4] if path.exists()]
        self.back = button("Back to the open &records", self.returned.emit, kind="quiet")
        self.back.setVisible(self._can_return)
        inside.addSpacing(8)
        inside.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_recent(self, path: Path) -> QWidget:
        if self.choices.inside.count() == 6:
            self.choices.inside.addSpacing(12)
            self.choices.inside.addWidget(TextLabel("Opened before", role="soft"))
        row = QHBoxLayout()
        again = button(path.stem, partial(self.opened.emit, path), kind="link")
        row.addWidget(again)
        row.addWidget(ElidedLabel(str(path.parent), role="soft", points=theme.SMALL), 1)
        self.choices.inside.addLayout(row)
        return again

    def ask(self) -> None:
        """Begin with the questions at once; Back leads where one came from."""
        self._asked_at_once = True
        self._show_questions()

    def _show_questions(self) -> None:
        self.stack.setCurrentIndex(1)
        self.setFocusProxy(self.first.name)
        self.first.start()

    def _cancelled(self) -> None:
        if self._asked_at_once and self._can_return:
            self.returned.emit()
            return
        self.stack.setCurrentIndex(0)
        self.setFocusProxy(self.begin)
        self.begin.setFocus()

    def _choose(self) -> None:
        choose_records(self, self.opened.emit)


class Trouble(_Middle):
    """Says why a file did not open, and what can be done."""

    again = Signal()
    readonly = Signal()
    take_over = Signal()
    other = Signal()
    restore = Signal()

    def __init__(
        self,
        error: CitError,
        path: Path,
        *,
        can_take_over: bool = False,
        in_use: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.inside.addWidget(TextLabel("The records did not open", points=theme.TITLE, bold=True))
        self.message = TextLabel(error.message, wrap=True)
        self.inside.addWidget(self.message)
        self.inside.addWidget(TextLabel(error.hint, role="soft", wrap=True))
        self.inside.addWidget(ElidedLabel(str(path), role="soft", points=theme.SMALL))
        self.inside.addSpacing(12)
        self.buttons = [button("&Try again", self.again.emit, kind="primary")]
        if in_use:
            self.buttons.append(button("Open for &reading only", self.readonly.emit))
        if can_take_over:
            self.buttons.append(button("Take the fi&le over", self.take_over.emit))
        if not in_use:
            self.buttons.append(button("Restore a &backup…", self.restore.emit))
        self.buttons.append(button("Choose &another file…", self.other.emit))
        for choice in self.buttons:
            self.inside.addWidget(choice)
        self.setFocusProxy(self.buttons[0])


def choose_records(parent: QWidget, then: Callable[[Path], object]) -> QFileDialog:
    """Ask for a file of records with the system's own dialog."""
    dialog = QFileDialog(parent, "Open records")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(FILTER)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog
