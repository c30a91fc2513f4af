"""The one framed surface of a page."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme

RADIUS = 6.0


class Card(QWidget):
    """A surface with a thin line around it; ``body`` takes its content."""

    def __init__(self, parent: QWidget | None = None, *, margin: int = 1) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        roles = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(roles.line, 1))
        painter.setBrush(roles.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class LinedBar(QWidget):
    """A line of tools at the foot of a card, with a thin line above it."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.colors().line)
