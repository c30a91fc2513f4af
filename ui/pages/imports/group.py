"""A card of the checks: what is asked or wrong, why, and a line for each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.card import Card
from ui.widgets.label import TextLabel


class _Line(QWidget):
    """A holder with a thin line above it."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.colors().line)


class Group(Card):
    """A heading with one sentence, an action at the right, and lines below."""

    def __init__(self, title: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TextLabel(title, points=11, bold=True, wrap=True)
        self.text = TextLabel(text, role="soft", wrap=True)
        self.text.setVisible(bool(text))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.text)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(16, 12, 12, 12)
        self._head.setSpacing(16)
        self._head.addLayout(words, 1)
        self.body.addLayout(self._head)
        self._holder: QWidget | None = None

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right of the heading."""
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def begin_lines(self) -> None:
        """Take all lines away."""
        if self._holder is not None:
            self._holder.hide()
            self._holder.setParent(None)
            self._holder.deleteLater()
        self._holder = QWidget()
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.body.addWidget(self._holder)

    def add_line(self, widget: QWidget) -> None:
        """Add a line below the others."""
        line = _Line()
        row = QVBoxLayout(line)
        row.setContentsMargins(0, 1, 0, 0)
        row.addWidget(widget)
        self._lines.addWidget(line)
