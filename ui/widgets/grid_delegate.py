"""Draws the cells of the attendance grid."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from ui import format as fmt
from ui import theme
from ui.widgets.grid_data import GridBlock, Mark
from ui.widgets.grid_model import FROZEN, GridModel
from ui.widgets.marks import draw_check, draw_shape

PAD = 11
NUMBER = 24  # room for a roster number before the name
_LETTERS = {"absent": "A", "late": "L", "excused": "E", "left early": "X"}
_TONES = {"present": "good", "absent": "wrong"}
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_ELIDE = Qt.TextElideMode.ElideRight


def cell_look(mark: Mark | None, block: GridBlock) -> tuple[str, str]:
    """What stands in a cell and in which tone: ``("✓", "good")``, ``("2.5", "care")``."""
    if mark is None:
        return "", "soft"
    if mark.makeup:
        whole = mark.minutes + mark.makeup >= block.minutes
        return "M", "good" if whole else "care"
    if mark.kind == "present":
        return "✓", "good"
    if mark.kind == "partial":
        return fmt.hours(mark.minutes), "care"
    return _LETTERS[mark.kind], _TONES.get(mark.kind, "care")


class GridDelegate(QStyledItemDelegate):
    """Draws names, marks and summaries; the cursor is a ring around its cell.

    Attributes:
        row, column: Where the cursor is.
        active: Whether the grid has the focus.
        entry: Hours being typed at the cursor.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = self.column = -1
        self.active = False
        self.entry = ""
        self.remake_fonts()

    def remake_fonts(self) -> None:
        """Take the fonts of the theme again."""
        self._plain, self._bold = theme.font(), theme.font(bold=True)
        self._metrics = QFontMetrics(self._plain)
        self._bold_metrics = QFontMetrics(self._bold)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        if not isinstance(model, GridModel):
            return
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        roles = theme.colors()
        if row == self.row:
            painter.fillRect(rect, roles.current)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, roles.line)
        block = model.block_at(column)
        if block is not None:
            self._draw_cell(painter, rect, model.mark_at(row, column), block)
            if row == self.row and column == self.column:
                self._draw_cursor(painter, rect)
        elif column < FROZEN:
            person = model.grid.people[row]
            if not column:
                self._draw_number(painter, rect, person.number)
                rect = rect.adjusted(NUMBER, 0, 0, 0)
            self._draw_name(painter, rect, (person.name, person.agency)[column], bold=not column)
        else:
            self._draw_summary(painter, rect, model, row, column)

    def _draw_number(self, painter: QPainter, rect: QRect, number: int) -> None:
        """The roster number, as on the printed sign-in sheet and for the number box."""
        place = QRect(rect.left(), rect.top(), PAD + NUMBER - 8, rect.height())
        painter.setFont(self._plain)
        painter.setPen(theme.colors().soft)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, right, str(number) if number else "")

    def _draw_name(self, painter: QPainter, rect: QRect, text: str, *, bold: bool) -> None:
        inner = rect.adjusted(PAD, 0, -4, 0)
        metrics = self._bold_metrics if bold else self._metrics
        if metrics.horizontalAdvance(text) > inner.width():
            text = metrics.elidedText(text, _ELIDE, inner.width())
        painter.setFont(self._bold if bold else self._plain)
        painter.setPen(theme.colors().text if bold else theme.colors().soft)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _box(self, rect: QRect) -> QRectF:
        wide = min(rect.width() - 10, 56)
        left = rect.left() + (rect.width() - wide) / 2
        return QRectF(left, rect.top() + 4, wide, rect.height() - 9)

    def _draw_cell(
        self, painter: QPainter, rect: QRect, mark: Mark | None, block: GridBlock
    ) -> None:
        roles = theme.colors()
        text, tone = cell_look(mark, block)
        box = self._box(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not text and block.to_come:
            self._draw_dot(painter, box)
            return
        if not text:
            pen = QPen(roles.soft, 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 2.2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            return
        color, ground = roles.role(tone), roles.role(f"{tone}_ground")
        painter.setPen(color if ground == roles.surface else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        if text == "✓":
            pen = QPen(color, 1.5)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            draw_check(painter, box.center(), 9, pen)
            return
        painter.setPen(color)
        painter.setFont(self._bold)
        painter.drawText(box, _MIDDLE, text)

    def _draw_dot(self, painter: QPainter, box: QRectF) -> None:
        """Nothing to mark yet: quieter than the blank box that waits for a mark."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colors().soft)
        painter.drawEllipse(box.center(), 1.5, 1.5)

    def _draw_cursor(self, painter: QPainter, rect: QRect) -> None:
        roles = theme.colors()
        ring = self._box(rect).adjusted(-2, -2, 2, 2)
        painter.setPen(QPen(roles.accent if self.active else roles.soft, 2 if self.active else 1))
        painter.setBrush(roles.surface if self.entry else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ring, 5, 5)
        if self.entry:
            painter.setPen(roles.text)
            painter.setFont(self._bold)
            painter.drawText(ring, _MIDDLE, f"{self.entry}|")

    def _draw_summary(
        self, painter: QPainter, rect: QRect, model: GridModel, row: int, column: int
    ) -> None:
        summary = model.summary_at(row)
        painter.setFont(self._plain)
        if column == model.columnCount() - 2:
            painter.setPen(theme.colors().text)
            painter.drawText(rect, _MIDDLE, summary.hours)
            return
        if summary.state is None:
            return
        color = theme.colors().role(summary.state.tone)
        lead = 0 if summary.state.shape == "none" else 16
        room = rect.width() - 2 * 6 - lead
        text = self._metrics.elidedText(summary.state.text, _ELIDE, room)
        wide = self._metrics.horizontalAdvance(text) + lead
        left = rect.left() + (rect.width() - wide) / 2
        if lead:
            center = QPointF(left + 5, rect.center().y() + 1)
            draw_shape(painter, summary.state.shape, center, 10, color)
        painter.setPen(color)
        words = QRectF(left + lead, rect.top(), wide, rect.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
