"""Column headings in small soft text, with an arrow on the sorted one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.marks import path_along

HEIGHT = 36


class PlainHeader(QHeaderView):
    """A heading line without boxes; widths are dragged at the edges."""

    def __init__(
        self, parent: QWidget | None = None, *, pad: int = 11, height: int = HEIGHT
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._pad = pad
        self._height = height
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setMinimumSectionSize(40)
        self.setFont(theme.font(theme.SMALL))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        roles = theme.colors()
        model = self.model()
        painter.save()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, roles.line)
        text = str(model.headerData(logicalIndex, self.orientation()) or "")
        role = Qt.ItemDataRole.TextAlignmentRole
        align = int(model.headerData(logicalIndex, self.orientation(), role) or 0)
        sorted_now = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        inner = rect.adjusted(self._pad, 0, -self._pad, 0)
        painter.setFont(theme.font(theme.SMALL, bold=sorted_now))
        painter.setPen(roles.text if sorted_now else roles.soft)
        metrics = QFontMetrics(painter.font())
        room = inner.width() - (14 if sorted_now else 0)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        place = inner.adjusted(0, 0, -14 if sorted_now else 0, 0)
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, text)
        if sorted_now:
            used = metrics.horizontalAdvance(text)
            at_left = not align & Qt.AlignmentFlag.AlignRight
            x = place.left() + used + 8 if at_left else place.right() + 9
            self._draw_arrow(painter, QPointF(min(x, inner.right() - 3), rect.center().y() + 0.5))
        painter.restore()

    def _draw_arrow(self, painter: QPainter, center: QPointF) -> None:
        down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        tip = 2.0 if down else -2.0
        pen = QPen(theme.colors().accent, 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        wings = QPointF(-3.5, -tip), QPointF(0, tip), QPointF(3.5, -tip)
        painter.strokePath(path_along(*(center + wing for wing in wings)), pen)
