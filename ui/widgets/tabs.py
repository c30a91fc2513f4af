"""Tabs as underlined text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget
from typing_extensions import override

from ui import theme

_PAD = 11


class Tabs(QTabBar):
    """A row of words; the chosen one is bold, accent and underlined."""

    def __init__(self, titles: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for title in titles:
            self.addTab(title)

    @override
    def tabSizeHint(self, index: int) -> QSize:
        metrics = QFontMetrics(theme.font(bold=True))
        return QSize(metrics.horizontalAdvance(self._words(index)) + 2 * _PAD, 34)

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def _words(self, index: int) -> str:
        return self.tabText(index).replace("&", "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        roles = theme.colors()
        rect = self.tabRect(index)
        chosen = index == self.currentIndex()
        painter.setFont(theme.font(bold=chosen))
        can_go = self.isTabEnabled(index)
        painter.setPen(roles.accent if chosen else roles.soft if can_go else _faint(roles))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._words(index))
        inner = QRectF(rect).adjusted(_PAD - 5, 0, -(_PAD - 5), 0)
        if chosen:
            inner.setTop(inner.bottom() - 2)
            painter.fillRect(inner, roles.accent)
            if self.hasFocus():
                painter.setPen(QPen(roles.accent, 2))
                ring = QRectF(rect).adjusted(2, 2, -2, -5)
                painter.drawRoundedRect(ring, 4, 4)


def _faint(roles: theme.Colors) -> QColor:
    return theme.mix(roles.soft, roles.background, 0.45)
