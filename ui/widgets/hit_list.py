"""The list under the search box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import icons, theme
from ui.widgets.label import TextLabel

if TYPE_CHECKING:
    from ui.widgets.search_box import Hit

ROW = 40
SHOWN = 9
_HIT = Qt.ItemDataRole.UserRole
ICONS = {
    "person": "people",
    "class": "classes",
    "agency": "agencies",
    "liaison": "phone",
    "certificate": "certificates",
    "command": "right",
}


class _Delegate(QStyledItemDelegate):
    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, ROW)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        hit: Hit = index.data(_HIT)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        roles = theme.colors()
        if state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(roles.accent_ground)
            painter.drawRoundedRect(QRectF(rect).adjusted(4, 1, -4, -1), 4, 4)
        box = QRectF(rect.left() + 14, rect.center().y() - 8, 17, 17)
        icons.draw(painter, ICONS.get(hit.kind, "file"), box, roles.soft)
        _draw_words(painter, hit, rect.adjusted(42, 0, -14, 0))


def _draw_words(painter: QPainter, hit: Hit, rect: QRect) -> None:
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.setFont(theme.font(theme.SMALL))
    metrics = painter.fontMetrics()
    share = min(metrics.horizontalAdvance(hit.subtitle) + 4, rect.width() // 2)
    aside = metrics.elidedText(hit.subtitle, Qt.TextElideMode.ElideRight, share)
    painter.setPen(theme.colors().soft)
    painter.drawText(rect, right | middle, aside)
    painter.setFont(theme.font(bold=hit.kind != "command"))
    painter.setPen(theme.colors().text)
    room = rect.width() - share - 12
    title = painter.fontMetrics().elidedText(hit.title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(rect, left | middle, title)


class HitList(QWidget):
    """Hits to pick with the mouse or with the keys of the search box."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = QListWidget()
        self.rows.setItemDelegate(_Delegate(self.rows))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setMouseTracking(True)
        self.rows.setUniformItemSizes(True)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.itemEntered.connect(self.rows.setCurrentItem)
        self.rows.itemClicked.connect(lambda _item: self.pick_current())
        self.nothing = TextLabel("", role="soft", wrap=True)
        self.nothing.setContentsMargins(14, 8, 14, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)
        column.addWidget(self.rows)
        column.addWidget(self.nothing)
        self.hide()

    def show_hits(self, hits: Sequence[Hit], nothing: str) -> None:
        """Fill the list; ``nothing`` is said when there are no hits."""
        self.rows.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.title}, {hit.subtitle}" if hit.subtitle else hit.title)
            item.setData(_HIT, hit)
            self.rows.addItem(item)
        self.rows.setCurrentRow(0)
        self.rows.setVisible(bool(hits))
        self.nothing.setText("" if hits else nothing)
        self.nothing.setVisible(not hits)

    def has_content(self) -> bool:
        """Whether there is anything to show."""
        return self.rows.count() > 0 or bool(self.nothing.text())

    def wanted_height(self) -> int:
        """Height that shows every hit, up to nine."""
        if not self.rows.count():
            return 62
        return min(self.rows.count(), SHOWN) * ROW + 12

    def step(self, rows: int) -> None:
        """Move the choice up or down, around the ends."""
        count = self.rows.count()
        if count:
            self.rows.setCurrentRow((self.rows.currentRow() + rows) % count)

    def pick_current(self) -> None:
        """Choose the current hit."""
        item = self.rows.currentItem()
        if item is not None:
            self.picked.emit(item.data(_HIT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        roles = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.mix(roles.line, roles.soft, 0.4), 1))
        painter.setBrush(roles.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
