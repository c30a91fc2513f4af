"""Headings of the blocks: two lines each, or the day once over all its blocks."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.grid_model import GridModel

HEIGHT = 45
_GROUP_FROM = 12  # blocks; fewer read better with the day over each
_CENTER = Qt.AlignmentFlag.AlignHCenter
_TOP = Qt.AlignmentFlag.AlignTop
_BOTTOM = Qt.AlignmentFlag.AlignBottom


class GridHeader(QHeaderView):
    """Draws ``Mon`` over ``AM``; with many blocks each day stands once over its blocks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.current = -1
        self.setMinimumSectionSize(30)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFont(theme.font(theme.SMALL))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    def set_current(self, column: int) -> None:
        """Show which block the cursor is in."""
        if column != self.current:
            self.current = column
            self.viewport().update()

    def grouped(self) -> bool:
        """Whether the day stands once over its blocks."""
        model = self.model()
        return isinstance(model, GridModel) and len(model.grid.blocks) > _GROUP_FROM

    def _group(self, column: int) -> tuple[int, int]:
        """First and last column of the day that a column belongs to."""
        model = self.model()
        if not isinstance(model, GridModel):
            return column, column
        block = model.block_at(column)
        first = last = column
        while block and (before := model.block_at(first - 1)) and before.day == block.day:
            first -= 1
        while block and (after := model.block_at(last + 1)) and after.day == block.day:
            last += 1
        return first, last

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self.model()
        block = model.block_at(logicalIndex) if isinstance(model, GridModel) else None
        if block is None:
            return
        roles = theme.colors()
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, roles.line)
        here = logicalIndex == self.current
        painter.setFont(theme.font(theme.SMALL, bold=here))
        painter.setPen(roles.accent if here else roles.soft)
        middle = rect.top() + rect.height() // 2
        lower = QRect(rect.left(), middle, rect.width(), rect.bottom() - middle)
        text = QFontMetrics(painter.font()).elidedText(
            block.heading[1], Qt.TextElideMode.ElideRight, rect.width() - 2
        )
        painter.drawText(lower, _CENTER | _TOP, text)
        upper = QRect(rect.left(), rect.top(), rect.width(), middle - rect.top())
        if self.grouped():
            upper = self._day_rect(painter, upper, logicalIndex)
            painter.setFont(theme.font(theme.SMALL, bold=True))
            painter.setPen(roles.text)
        painter.drawText(upper, _CENTER | _BOTTOM, block.heading[0])
        painter.restore()

    def _day_rect(self, painter: QPainter, upper: QRect, column: int) -> QRect:
        """The part over a whole day; a short line parts it from the day before."""
        first, last = self._group(column)
        if column == first and column > 0:
            line = theme.colors().line
            painter.fillRect(upper.left(), upper.top() + 8, 1, upper.height() + 14, line)
        left = upper.left() - sum(self.sectionSize(c) for c in range(first, column))
        width = sum(self.sectionSize(c) for c in range(first, last + 1))
        return QRect(left, upper.top(), width, upper.height())
