"""A state with its shape and color, outside of tables."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.marks import Pill, draw_shape

_SHAPE, _GAP, _HEIGHT = 10, 6, 20
_SLACK = 3  # a letter may reach a little further than its advance


class PillLabel(QWidget):
    """Shows one pill; nothing while it has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pill: Pill | None = None
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_pill(self, pill: Pill | None) -> None:
        """Show a state, or none."""
        self.pill = pill
        self.setVisible(pill is not None)
        self.setAccessibleName(pill.text if pill is not None else "")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        text = self.pill.text if self.pill is not None else ""
        metrics = QFontMetrics(theme.font(bold=True))
        width = metrics.horizontalAdvance(text) + _SHAPE + _GAP + _SLACK
        return QSize(width, max(_HEIGHT, metrics.height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.pill is None:
            return
        painter = QPainter(self)
        painter.setFont(theme.font(bold=True))
        color = theme.colors().role(self.pill.tone)
        middle = self.height() / 2
        draw_shape(painter, self.pill.shape, QPointF(_SHAPE / 2, middle), _SHAPE, color)
        painter.setPen(color)
        words = self.rect().adjusted(_SHAPE + _GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.pill.text)
