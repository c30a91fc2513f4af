"""Filters with their counts beside each other; one of them is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget
from typing_extensions import override

from ui import format as fmt
from ui import theme
from ui.widgets.marks import Pill, draw_shape

_HEIGHT, _PAD, _SHAPE, _GAP = 28, 10, 9, 6


@dataclass(frozen=True)
class ChipItem:
    """A filter: its key, its word with shape and color, and how many there are."""

    key: str
    pill: Pill
    count: int


class Chip(QAbstractButton):
    """One filter."""

    def __init__(self, item: ChipItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(_HEIGHT)
        self.show_item(item)

    def show_item(self, item: ChipItem) -> None:
        """Show another count."""
        self.item = item
        self.setText(f"{item.pill.text} {fmt.count(item.count)}")
        self.setAccessibleName(f"Show {self.text()}")
        self.setMinimumWidth(self.sizeHint().width())
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(bold=True))
        lead = 0 if self.item.pill.shape == "none" else _SHAPE + _GAP
        return QSize(metrics.horizontalAdvance(self.text()) + lead + 2 * _PAD, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        roles, pill = theme.colors(), self.item.pill
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on, near = self.isChecked(), self.underMouse()
        painter.setBrush(roles.accent_ground if on else roles.hover if near else roles.surface)
        focus = self.hasFocus()
        painter.setPen(QPen(roles.accent if on or focus else roles.line, 2 if focus else 1))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(theme.font(bold=on))
        lead = 0 if pill.shape == "none" else _SHAPE + _GAP
        wide = lead + painter.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - wide) // 2
        if lead:
            center = QPointF(left + _SHAPE / 2, box.center().y())
            draw_shape(painter, pill.shape, center, _SHAPE, roles.role(pill.tone))
        painter.setPen(roles.text)
        words = QRect(left + lead, 0, self.width() - left - lead, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())


class Chips(QWidget):
    """A row of filters; arrows move between them. Those with nothing in them are hidden.

    Attributes:
        chosen: The key of the one that was just chosen.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.chips: dict[str, Chip] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch(1)

    def current(self) -> str:
        """The key of the chosen filter; empty when there is none."""
        return next((key for key, chip in self.chips.items() if chip.isChecked()), "")

    def show_items(self, items: Sequence[ChipItem]) -> None:
        """Show these filters; the first is chosen when the chosen one has nothing left."""
        for item in items:
            if item.key in self.chips:
                self.chips[item.key].show_item(item)
            else:
                self._add(item)
            self.chips[item.key].setVisible(bool(item.count) or item is items[0])
        for key in self.chips.keys() - {item.key for item in items}:
            self.chips[key].hide()
        left = self.chips.get(self.current())
        if items and (left is None or left.isHidden()):
            self.choose(items[0].key)

    def choose(self, key: str) -> None:
        """Choose a filter, as a click does."""
        self.chips[key].click()

    def _add(self, item: ChipItem) -> None:
        chip = self.chips[item.key] = Chip(item)
        self._group.addButton(chip)
        self._row.insertWidget(self._row.count() - 1, chip)
        chip.toggled.connect(lambda on: self.chosen.emit(chip.item.key) if on else None)
