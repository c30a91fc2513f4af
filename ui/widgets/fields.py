"""Input fields of forms and dialogs: the wheel over a form scrolls it and never changes a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox, QTimeEdit, QWidget
from typing_extensions import override

_LIST_FRAME = 28  # a scroll bar and the frame of a list
_LEFT = 7  # the style sheet cannot move a spin box's text


class ComboBox(QComboBox):
    """One of a few values, each with its text."""

    def __init__(
        self, choices: Iterable[tuple[Any, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for value, text in choices:
            self.addItem(text, value)

    def choose(self, value: Any) -> bool:
        """Show the choice with this value; false, and nothing chosen, when there is none."""
        places = (n for n in range(self.count()) if self.itemData(n) == value)
        place = next(places, -1)
        self.setCurrentIndex(place)
        return place >= 0

    @override
    def showPopup(self) -> None:
        """Open the list wide enough for its longest line."""
        wide = self.view().sizeHintForColumn(0) + _LIST_FRAME
        self.view().setMinimumWidth(min(wide, self.screen().availableSize().width() // 2))
        super().showPopup()

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()


class SpinBox(QSpinBox):
    """A whole number."""

    def __init__(
        self, minimum: int = 0, maximum: int = 99, suffix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, minimum=minimum, maximum=maximum, suffix=suffix)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(_LEFT, 0, 0, 0)

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()


class Millimeters(QDoubleSpinBox):
    """How far something is moved, either way."""

    def __init__(self, most: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(1)
        self.setSingleStep(0.5)
        self.setSuffix(" mm")
        self.setRange(-most, most)
        self.setFixedWidth(120)
        self.lineEdit().setTextMargins(_LEFT, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()


class TimeEdit(QTimeEdit):
    """A time of day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDisplayFormat("h:mm AP")
        self.lineEdit().setTextMargins(_LEFT, 0, 0, 0)

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()
