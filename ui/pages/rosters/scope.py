"""Of what a roster is made: one class, or the classes that ended in a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QWidget

from ui.widgets.date_editor import DateEditor
from ui.widgets.label import TextLabel
from ui.widgets.record_view import Field


@dataclass(frozen=True)
class Scope:
    """A class, or the first and the last day of a period."""

    class_id: int | None = None
    start: date | None = None
    end: date | None = None


class RosterScope(QWidget):
    """Two ways to choose, side by side; ``changed`` comes when the choice is another one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = QComboBox()
        self.way.setAccessibleName("Of a class or a period")
        self.way.addItem("One class", "class")
        self.way.addItem("A period", "period")
        self.classes = QComboBox()
        self.classes.setAccessibleName("Class")
        self.classes.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.classes.setMinimumContentsLength(34)
        self.classes.setMinimumWidth(140)
        self.start = DateEditor(Field("start", "From"))
        self.end = DateEditor(Field("end", "To"))
        self.start.line.setAccessibleName("First day")
        self.end.line.setAccessibleName("Last day")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.classes)
        self.stack.addWidget(self._build_period())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.way)
        row.addWidget(self.stack, 1)
        self.way.activated.connect(lambda _place: self._way_chosen())
        self.classes.activated.connect(lambda _place: self.changed.emit())
        for editor in (self.start, self.end):
            editor.committed.connect(self.changed)
        self.setFocusProxy(self.way)

    def _build_period(self) -> QWidget:
        period = QWidget()
        row = QHBoxLayout(period)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for text, editor in (("Fr&om", self.start), ("&to", self.end)):
            label = TextLabel(text, role="soft")
            label.setBuddy(editor.line)
            editor.line.setMinimumWidth(84)
            row.addWidget(label)
            row.addWidget(editor.widget, 1)
        return period

    def set_classes(self, classes: Sequence[tuple[int, str]], today: date) -> None:
        """Offer these classes, the newest first, and this year as the usual period."""
        kept = self.classes.currentData()
        with QSignalBlocker(self.classes):
            self.classes.clear()
            for class_id, text in classes:
                self.classes.addItem(text, class_id)
            self.classes.setCurrentIndex(max(0, self.classes.findData(kept)) if classes else -1)
        if self.start.value() is None:
            self.start.set_value(date(today.year, 1, 1))
            self.end.set_value(date(today.year, 12, 31))

    def choose_class(self, class_id: int) -> None:
        """Choose one class."""
        self.way.setCurrentIndex(0)
        self.stack.setCurrentIndex(0)
        self.classes.setCurrentIndex(self.classes.findData(class_id))

    def scope(self) -> Scope | None:
        """What is chosen, or None as long as nothing whole is."""
        if self.way.currentData() == "class":
            class_id = self.classes.currentData()
            return Scope(class_id=class_id) if isinstance(class_id, int) else None
        start: Any = self.start.value()
        end: Any = self.end.value()
        return Scope(start=start, end=end) if start is not None and end is not None else None

    def words(self) -> str:
        """What is chosen, for the name of a file."""
        if self.way.currentData() == "class":
            return self.classes.currentText().split(",")[0]
        return f"{self.start.value()} to {self.end.value()}"

    def _way_chosen(self) -> None:
        self.stack.setCurrentIndex(self.way.currentIndex())
        self.changed.emit()
