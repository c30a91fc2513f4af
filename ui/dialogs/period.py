"""Asks from which day to which."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.button import button
from ui.widgets.date_editor import DateEditor
from ui.widgets.label import TextLabel
from ui.widgets.record_view import Field


class PeriodDialog(QDialog):
    """Emits the first and the last day; it knows nothing of the records.

    Args:
        text: What is done with the period.
        verb: On the button.
    """

    chosen = Signal(object, object)  # date, date

    def __init__(
        self,
        title: str,
        text: str,
        verb: str,
        period: tuple[date, date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        self.start = DateEditor(Field("start", "First day"))
        self.end = DateEditor(Field("end", "Last day"))
        self.problem = TextLabel("", role="wrong", wrap=True)
        self.problem.hide()
        self.make = button(verb, self._accept, kind="primary")
        self.make.setDefault(True)
        self.cancel = button("Cancel", self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(title, points=12, bold=True, wrap=True))
        column.addWidget(TextLabel(text, role="soft", wrap=True))
        column.addSpacing(4)
        column.addLayout(self._build_days(period))
        column.addWidget(self.problem)
        column.addSpacing(8)
        column.addLayout(self._build_buttons())
        self.start.line.setFocus()

    def _build_days(self, period: tuple[date, date]) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        lines = (("&First day", self.start), ("&Last day", self.end))
        for place, ((text, editor), day) in enumerate(zip(lines, period, strict=True)):
            label = TextLabel(text, role="soft")
            label.setBuddy(editor.line)
            editor.line.setAccessibleName(text.replace("&", ""))
            editor.set_value(day)
            form.addWidget(label, place, 0)
            form.addWidget(editor.widget, place, 1)
        return form

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.make)
        return row

    def _accept(self) -> None:
        for editor in (self.start, self.end):
            if unread := editor.unread():
                self._say(f"“{unread}” is not a day. Type it as 10/12/2026 or choose it.", editor)
                return
        first, last = self.start.value(), self.end.value()
        if not isinstance(first, date) or not isinstance(last, date):
            self._say("Enter both days.", self.end if isinstance(first, date) else self.start)
        elif last < first:
            self._say("The last day is before the first.", self.end)
        else:
            self.accept()
            self.chosen.emit(first, last)

    def _say(self, problem: str, editor: DateEditor) -> None:
        self.problem.setText(problem)
        self.problem.show()
        editor.line.setFocus(Qt.FocusReason.OtherFocusReason)
