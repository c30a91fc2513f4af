"""A state in words with its shape, as it stands in tables, for forms and panes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.label import plain_tip
from ui.widgets.marks import Pill, draw_shape

_SHAPE, _GAP = 10, 6


class PillLabel(QWidget):
    """Shows one state."""

    def __init__(self, pill: Pill | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pill = pill or Pill("", shape="none")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_pill(self.pill)

    def set_pill(self, pill: Pill, tip: str = "") -> None:
        """Show another state; ``tip`` says why."""
        self.pill = pill
        self.setAccessibleName(pill.text)
        self.setToolTip(plain_tip(tip))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font())
        lead = 0 if self.pill.shape == "none" else _SHAPE + _GAP
        return QSize(metrics.horizontalAdvance(self.pill.text) + lead + 3, metrics.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_pill(painter, self.pill, self.rect())


def draw_pill(painter: QPainter, pill: Pill, rect: QRect) -> None:
    """Draw shape and word at the left of a rectangle; a long word ends in "…"."""
    color = theme.colors().role(pill.tone)
    left = rect.left()
    if pill.shape != "none":
        center = QPointF(left + _SHAPE / 2 + 1, rect.center().y() + 1)
        draw_shape(painter, pill.shape, center, _SHAPE, color)
        left += _SHAPE + _GAP + 1
    painter.setPen(color)
    painter.setFont(theme.font())
    room = rect.right() - left + 1
    text = painter.fontMetrics().elidedText(pill.text, Qt.TextElideMode.ElideRight, room)
    words = QRect(left, rect.top(), room, rect.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
