"""Draws the cells of a table: ground, thin line, text. Nothing else, so it stays fast."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.marks import Pill, draw_shape
from ui.widgets.record_model import RecordModel

PAD = 11
_SHAPE = 10
_GAP = 6


class RecordDelegate(QStyledItemDelegate):
    """Draws one row's cells alike; ``hover`` is the row under the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hover = -1
        self.remake_fonts()

    def remake_fonts(self) -> None:
        """Take the fonts of the theme again."""
        self._plain = theme.font()
        self._bold = theme.font(bold=True)
        self._metrics = {False: QFontMetrics(self._plain), True: QFontMetrics(self._bold)}

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        if not isinstance(model, RecordModel):
            return
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        roles = theme.colors()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, roles.accent_ground)
        elif row == self.hover:
            painter.fillRect(rect, roles.hover)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, roles.line)
        shown = model.columns[column]
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        if shown.pill is not None:
            pill = model.pill(row, column)
            if pill is not None:
                self._draw_pill(painter, pill, inner, shown.align)
            return
        painter.setPen(roles.soft if shown.soft else roles.text)
        painter.setFont(self._bold if shown.bold else self._plain)
        self._draw_text(painter, model.text(row, column), inner, shown.align, bold=shown.bold)

    def _draw_text(
        self,
        painter: QPainter,
        text: str,
        rect: QRect,
        align: Qt.AlignmentFlag,
        *,
        bold: bool = False,
    ) -> None:
        metrics = self._metrics[bold]
        if metrics.horizontalAdvance(text) > rect.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(rect, flags, text)

    def _draw_pill(
        self, painter: QPainter, pill: Pill, rect: QRect, align: Qt.AlignmentFlag
    ) -> None:
        color = theme.colors().role(pill.tone)
        lead = 0 if pill.shape == "none" else _SHAPE + _GAP
        wanted = self._metrics[False].horizontalAdvance(pill.text) + lead
        room = max(0, rect.width() - wanted)
        shift = room // 2 if align == Qt.AlignmentFlag.AlignHCenter else 0
        shift = room if align == Qt.AlignmentFlag.AlignRight else shift
        left = rect.left() + shift
        if lead:
            center = QPointF(left + _SHAPE / 2, rect.center().y() + 1)
            draw_shape(painter, pill.shape, center, _SHAPE, color)
        painter.setPen(color)
        painter.setFont(self._plain)
        words = QRect(left + lead, rect.top(), rect.right() - left - lead + 1, rect.height())
        self._draw_text(painter, pill.text, words, Qt.AlignmentFlag.AlignLeft)
