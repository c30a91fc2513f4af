"""A document that a class has: what it is, how it stands, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.widgets.label import ElidedLabel, LabelRole, TextLabel

_HEIGHT = 56


class _Icon(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(QSize(20, 20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), self._name, QRectF(self.rect()), theme.colors().soft)


class DocumentRow(QWidget):
    """One quiet row with a thin line under it."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        buttons: tuple[QPushButton, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self.title = ElidedLabel(title, bold=True)
        self.text = ElidedLabel(text, role="soft", points=theme.SMALL)
        self.state = TextLabel("", role="soft")
        self.buttons = buttons
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.text)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(_Icon(icon))
        row.addSpacing(6)
        row.addLayout(words, 1)
        row.addWidget(self.state)
        row.addSpacing(8)
        for made in buttons:
            made.setAccessibleName(f"{made.text().replace('&', '')} {title}")
            row.addWidget(made)

    def say(self, state: str, role: LabelRole = "soft") -> None:
        """How it stands, at the right."""
        self.state.set_role(role)
        self.state.setText(state)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        bottom = self.height() - 1
        QPainter(self).fillRect(0, bottom, self.width(), 1, theme.colors().line)
