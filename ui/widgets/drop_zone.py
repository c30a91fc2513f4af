"""A place that says that files can be dropped, framed by dashes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.card import RADIUS


class DropZone(QWidget):
    """``body`` takes its content; it lights up while a file is held over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_lit = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 24, 24, 24)

    def light(self, on: bool) -> None:
        """Show that letting go here would drop the file."""
        self.is_lit = on
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        roles = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = roles.accent if self.is_lit else theme.mix(roles.line, roles.soft, 0.4)
        pen = QPen(edge, 2 if self.is_lit else 1.4)
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(roles.accent_ground if self.is_lit else roles.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
