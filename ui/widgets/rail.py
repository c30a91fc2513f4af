"""The navigation on the left: brand, chapter, pages, and Settings at the bottom."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.widgets.label import ElidedLabel, TextLabel

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Home: -1000,
    Qt.Key.Key_End: 1000,
}


class RailItem(QPushButton):
    """One page of the rail."""

    def __init__(self, key: str, title: str, icon: str) -> None:
        super().__init__(title)
        self.key = key
        self._icon_name = icon
        self.badge = 0
        self.setCheckable(True)
        self.setFixedHeight(35)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if Qt.Key(e.key()) in _STEPS:  # a button would move the focus without choosing
            e.ignore()
        else:
            super().keyPressEvent(e)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.RAIL_WIDTH - 20, 35)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        roles = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        chosen = self.isChecked() and self.isEnabled()
        if not self.isEnabled():
            painter.setOpacity(0.45)
        elif chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(roles.accent_ground if chosen else roles.current)
            painter.drawRoundedRect(box, 5, 5)
        color = roles.accent if chosen else roles.soft
        icons.draw(painter, self._icon_name, QRectF(14, box.center().y() - 9.5, 19, 19), color)
        painter.setFont(theme.font(bold=chosen))
        painter.setPen(color)
        words = box.adjusted(43, 0, -8, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text().replace("&", ""))
        if self.badge:
            painter.setFont(theme.font(theme.SMALL))
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(words, side, f"{self.badge:,}")
        if self.hasFocus():
            painter.setPen(QPen(roles.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)


class Rail(QWidget):
    """Chooses the page; arrows move between pages, the chosen one is in accent."""

    chosen = Signal(str)

    def __init__(self, brand: str = "CIT Desktop", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.RAIL_WIDTH)
        self.items: list[RailItem] = []
        self.brand = TextLabel(brand, points=theme.BRAND, bold=True)
        self.chapter = ElidedLabel("", role="soft", points=theme.SMALL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 18, 10, 12)
        self._column.setSpacing(2)
        for label in (self.brand, self.chapter):
            label.setContentsMargins(16, 0, 4, 0)
            self._column.addWidget(label)
        self._column.addSpacing(8)
        self._next = self._column.count()
        self._column.addStretch(1)

    def add(self, key: str, title: str, icon: str, *, bottom: bool = False) -> None:
        """Add a page at the end of the list, or under it at the bottom of the window."""
        item = RailItem(key, title, icon)
        item.clicked.connect(lambda: self.choose(key))
        self.items.append(item)
        if bottom:
            self._column.addWidget(item)
        else:
            self._column.insertWidget(self._next, item)
            self._next += 1

    def select(self, key: str) -> None:
        """Show a page as chosen without telling anybody."""
        for item in self.items:
            item.setChecked(item.key == key)
            policy = Qt.FocusPolicy.TabFocus if item.key == key else Qt.FocusPolicy.NoFocus
            item.setFocusPolicy(policy)

    def choose(self, key: str) -> None:
        """Choose a page as a click does."""
        self.select(key)
        self.chosen.emit(key)

    def current(self) -> str:
        """Key of the chosen page, or an empty text."""
        return next((item.key for item in self.items if item.isChecked()), "")

    def set_badge(self, key: str, number: int) -> None:
        """Show a count beside a page, for example of things to do; 0 hides it."""
        for item in self.items:
            if item.key == key:
                item.badge = number
                item.setAccessibleDescription(f"{number} to do" if number else "")
                item.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self.items:
            super().keyPressEvent(event)
            return
        here = next((i for i, item in enumerate(self.items) if item.hasFocus()), 0)
        there = max(0, min(len(self.items) - 1, here + step))
        self.choose(self.items[there].key)
        self.items[there].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colors().rail)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colors().line)
