"""What an empty page says: what it is for, and the first step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.widgets.button import button
from ui.widgets.label import TextLabel

_WIDTH = 420


class _Picture(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setFixedSize(QSize(40, 40))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), self.name, QRectF(self.rect()), theme.colors().soft)


class EmptyState(QWidget):
    """An icon, a sentence, and at most one button."""

    acted = Signal()

    def __init__(
        self, icon: str, title: str, text: str, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = TextLabel(title, points=12, bold=True)
        self.text = TextLabel("", role="soft", wrap=True)
        self.text.setFixedWidth(_WIDTH)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.action = button("", self.acted.emit, kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 48, 24, 48)
        column.setSpacing(8)
        column.addStretch(2)
        for part, gap in ((_Picture(icon), 8), (self.title, 0), (self.text, 12), (self.action, 0)):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(gap)
        column.addStretch(3)
        self.say(title, text, action)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say(self, title: str, text: str, action: str = "") -> None:
        """Change the words, for example when a filter hides everything."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setMinimumHeight(0)  # else a shorter text would keep the height of the last
        self.text.setFixedHeight(max(0, self.text.heightForWidth(_WIDTH)))
        self.action.setText(action)
        self.action.setVisible(bool(action))
