"""A filter as a chip: its name while it is off, its value while it narrows the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from ui import icons, theme
from ui.widgets.card import Card
from ui.widgets.label import plain_tip

Choice = tuple[object, str]
Choices = Callable[[], Sequence[Choice]]

_HEIGHT, _PAD, _MARK, _GAP = 28, 12, 12, 6
_WIDEST = 220
_SLACK = 3  # a letter may reach a little further than its advance
_SEARCH_FROM = 12
_SHOWN = 10
_WIDTH, _ROW = 280, 26
_VALUE = Qt.ItemDataRole.UserRole


class ChoiceList(Card):
    """The list under a chip; a long one has a line that narrows it. It goes with the focus."""

    chosen = Signal(object, str)

    def __init__(self, name: str, choices: Sequence[Choice], anchor: QWidget) -> None:
        super().__init__(anchor.window(), margin=6)
        self._anchor = anchor
        self.line = QLineEdit(placeholderText=f"Find {name.lower()}")
        self.line.setAccessibleName(f"Find {name.lower()}")
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setUniformItemSizes(True)
        for value, text in choices:
            item = QListWidgetItem(text)
            item.setData(_VALUE, value)
            item.setToolTip(plain_tip(text))
            item.setSizeHint(QSize(0, _ROW))
            self.list.addItem(item)
        self._start = self.line if len(choices) > _SEARCH_FROM else self.list
        self.line.setVisible(self._start is self.line)
        self.body.setSpacing(6)
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        self.list.setFixedSize(_WIDTH, 2 + _ROW * min(len(choices), _SHOWN))
        self.line.textChanged.connect(self._narrow)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)

    def open_under(self) -> None:
        """Show it under the chip, within the window."""
        self.adjustSize()
        window = self._anchor.window()
        corner = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 4))
        left = min(corner.x(), window.width() - self.width() - 8)
        self.move(max(8, left), corner.y())
        self.show()
        self.raise_()
        self._start.setFocus(Qt.FocusReason.PopupFocusReason)
        _app().focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not self.isAncestorOf(now):
            self._leave()

    def _leave(self) -> None:
        if self.isHidden():
            return
        _app().focusChanged.disconnect(self._focus_moved)
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        self.deleteLater()
        if inside:
            self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)

    def choose(self, value: object) -> None:
        """Stand on the choice that is in force."""
        for place in range(self.list.count()):
            if self.list.item(place).data(_VALUE) == value:
                self.list.setCurrentRow(place)
                return
        self.list.setCurrentRow(0)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(not all(word in item.text().casefold() for word in words))
        self._step(0)

    def _step(self, step: int) -> None:
        shown = [n for n in range(self.list.count()) if not self.list.item(n).isHidden()]
        if not shown:
            return
        current = self.list.currentRow()
        place = shown.index(current) + step if current in shown else 0
        self.list.setCurrentRow(shown[max(0, min(place, len(shown) - 1))])

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None or item.isHidden():
            return
        self._leave()
        self.chosen.emit(item.data(_VALUE), item.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentItem())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - there are no widgets without one
    return app


class FilterChip(QPushButton):
    """Opens its choices; a chip without choices is switched on and off by a click.

    Del takes the filter away, as does a click on its cross.

    Args:
        name: What it narrows by, with its access key: "A&gency".
        every: What is chosen to take the filter away: "All agencies".

    Attributes:
        value: What the list is narrowed to; None while the filter is off.
        shown: The value as people read it.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        every: str = "",
        choices: Choices | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self.name = name.replace("&", "")
        self._text = name
        self._every = every
        self._choices = choices
        self.value: object = None
        self.shown = ""
        self.popup: ChoiceList | None = None
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"Filter by {self.name.lower()}")
        self.clicked.connect(lambda: self.open_choices())

    def open_choices(self) -> None:
        """Let somebody choose, or switch over where there is nothing to choose between."""
        if self._choices is None:
            self.choose(None if self.value is not None else True, self.name)
            return
        self.popup = ChoiceList(self.name, [(None, self._every), *self._choices()], self)
        self.popup.choose(self.value)
        self.popup.chosen.connect(self.choose)
        self.popup.open_under()

    def choose(self, value: object, text: str = "") -> None:
        """Narrow to a value, or with None no more, and tell."""
        if value == self.value:
            return
        self.set_value(value, text)
        self.changed.emit()

    def set_value(self, value: object, text: str = "") -> None:
        """Show a value without telling."""
        self.value = value
        self.shown = "" if value is None else text
        self.setText(self.shown.replace("&", "&&") or self._text)
        self.setToolTip(
            plain_tip(f"{self.name}: {self.shown}. Del takes it away." if self.shown else "")
        )
        state = self.shown or "all"
        self.setAccessibleName(f"Filter by {self.name.lower()}: {state}")
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        return self.shown or self.name

    @override
    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._words()) + _SLACK
        mark = _GAP + _MARK if self.value is not None or self._choices is not None else 0
        return QSize(min(_WIDEST, width + 2 * _PAD + mark), _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.value is not None:
            self.choose(None)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_choices()
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        on_cross = e.position().x() > self.width() - _PAD - _MARK
        if self.value is not None and on_cross and self.rect().contains(e.position().toPoint()):
            self.setDown(False)
            self.choose(None)
            return
        super().mouseReleaseEvent(e)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        roles, on = theme.colors(), self.value is not None
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        painter.setPen(QPen(roles.accent if on or focus else roles.line, 2 if focus else 1))
        ground = roles.accent_ground if on else roles.surface
        painter.setBrush(roles.hover if self.underMouse() and not on else ground)
        inset = 1.0 if focus else 0.5
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, _HEIGHT / 2 - 1, _HEIGHT / 2 - 1)
        painter.setPen(roles.accent if on else roles.text)
        marked = on or self._choices is not None
        inner = self.rect().adjusted(_PAD, 0, -_PAD - (_MARK + _GAP if marked else 0), 0)
        text = self.fontMetrics().elidedText(
            self._words(), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        mark = QRectF(self.width() - _PAD - _MARK, (_HEIGHT - _MARK) / 2, _MARK, _MARK)
        icon = "close" if on else "down"
        if marked:
            icons.draw(painter, icon, mark, roles.accent if on else roles.soft)
