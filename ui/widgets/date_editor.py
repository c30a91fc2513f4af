"""A line for a day, with a calendar beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from ui import format as fmt
from ui.widgets.button import icon_button
from ui.widgets.calendar import Calendar
from ui.widgets.day_text import parse_day
from ui.widgets.editor import SEVERAL, SEVERAL_TEXT, Editor

if TYPE_CHECKING:
    from ui.widgets.record_view import Field


class DateEditor(Editor):
    """A day, typed as one likes ("10/12/26", "12 Oct 2026") or chosen in a calendar."""

    def __init__(self, shown: Field) -> None:
        box = QWidget()
        super().__init__(box)
        self._hint = shown.hint or "Month/day/year"
        self.line = QLineEdit(placeholderText=self._hint)
        self.open_button = icon_button("today", "Choose a day", self._open)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.open_button)
        box.setFocusProxy(self.line)
        self._given: Any = None
        self.line.editingFinished.connect(self._typed)

    @override
    def value(self) -> Any:
        text = self.line.text().strip()
        if not text:
            return SEVERAL if self._given is SEVERAL else None
        return parse_day(text) or self._given

    def unread(self) -> str:
        """What was typed and means no day; empty when all is well."""
        text = self.line.text().strip()
        return text if text and parse_day(text) is None else ""

    @override
    def set_value(self, value: Any) -> None:
        self._given = value
        self.line.setText(fmt.day(value) if isinstance(value, date) else "")
        self.line.setCursorPosition(0)
        self.line.setPlaceholderText(SEVERAL_TEXT if value is SEVERAL else self._hint)

    @override
    def set_wrong(self, wrong: bool) -> None:
        self.line.setProperty("wrong", wrong)
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def _typed(self) -> None:
        text = self.line.text().strip()
        found = parse_day(text)
        if text and found is None:
            self.set_wrong(True)
            return
        self.set_wrong(False)
        if found is not None:
            self.line.setText(fmt.day(found))
        self.committed.emit()

    def _open(self) -> None:
        self.calendar = Calendar(self.widget)
        value = self.value()
        if isinstance(value, date):
            self.calendar.setSelectedDate(QDate(value.year, value.month, value.day))
        self.calendar.chosen.connect(self._chosen)
        self.calendar.open_under(self.open_button)

    def _chosen(self, value: date) -> None:
        self.line.setText(fmt.day(value))
        self._typed()
