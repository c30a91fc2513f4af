"""Asks for time that somebody made up for a block, and shows what was entered before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from cit_desktop import clock
from ui import format as fmt
from ui.widgets.button import button
from ui.widgets.date_editor import DateEditor
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.record_view import Field


@dataclass(frozen=True)
class MadeUp:
    """Time made up: what is asked for."""

    minutes: int
    day: date
    approved_by: str
    note: str = ""


class MakeupDialog(QDialog):
    """Emits what was made up, or which earlier make-up is to be taken back.

    Args:
        missing: Minutes of the block that are still missing; the most that can be made up.
        before: Id and words of each make-up that was entered for the block already.
    """

    chosen = Signal(object)  # MadeUp
    removed = Signal(int)

    def __init__(
        self,
        name: str,
        block: str,
        missing: int,
        before: Sequence[tuple[int, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Make-up")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        self._missing = missing
        self._build_inputs()
        self.problem = TextLabel("", role="wrong", wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(name, points=12, bold=True, wrap=True))
        column.addWidget(TextLabel(block, role="soft", wrap=True))
        for makeup_id, words in before:
            column.addLayout(self._line(makeup_id, words))
        column.addSpacing(4)
        if missing:
            column.addLayout(self._build_form())
        else:
            column.addWidget(TextLabel("All of this block was attended or made up.", role="good"))
        column.addWidget(self.problem)
        column.addSpacing(8)
        column.addLayout(self._build_buttons())

    def _build_inputs(self) -> None:
        self.hours = QDoubleSpinBox(decimals=2, singleStep=0.5, suffix=" hours")
        self.hours.lineEdit().setTextMargins(7, 0, 0, 0)
        self.hours.setRange(0.02, max(0.02, self._missing / 60))
        self.hours.setValue(self._missing / 60)
        self.hours.selectAll()  # typing replaces it
        self.day = DateEditor(Field("day", "Day", "date"))
        self.day.set_value(clock.today())
        self.approved_by = QLineEdit(placeholderText="Who agreed to it")
        self.note = QLineEdit(placeholderText="Where and how, if it matters")

    def _line(self, makeup_id: int, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(ElidedLabel(words), 1)
        remove = button("Remove", lambda: self._remove(makeup_id), kind="link")
        remove.setAccessibleName(f"Remove the make-up {words}")
        row.addWidget(remove)
        return row

    def _build_form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        lines: tuple[tuple[str, QWidget], ...] = (
            ("&Time made up", self.hours),
            ("&Day", self.day.widget),
            ("&Approved by", self.approved_by),
            ("&Note", self.note),
        )
        for place, (text, widget) in enumerate(lines):
            label = TextLabel(text, role="soft")
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            form.addWidget(label, place, 0)
            form.addWidget(widget, place, 1)
        return form

    def _build_buttons(self) -> QHBoxLayout:
        self.save = button("&Save make-up", self._accept, kind="primary")
        if not self._missing:
            self.save.hide()
        self.save.setDefault(True)
        self.cancel = button("Cancel" if self._missing else "C&lose", self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        return row

    def _remove(self, makeup_id: int) -> None:
        self.reject()
        self.removed.emit(makeup_id)

    def _accept(self) -> None:
        day, approved = self.day.value(), self.approved_by.text().strip()
        minutes = min(self._missing, round(self.hours.value() * 60))
        if unread := self.day.unread():
            self._say(f"“{unread}” is not a day. Type it as 10/12/2026 or choose it.")
            self.day.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not isinstance(day, date):
            self._say("Enter the day on which the time was made up.")
        elif not approved:
            self._say("Enter who approved the make-up.")
            self.approved_by.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.accept()
            self.chosen.emit(MadeUp(minutes, day, approved, self.note.text().strip()))

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.show()


def made_up_text(minutes: int, day: date, approved_by: str) -> str:
    """``2 hours on Oct 12, 2026, approved by R. Hill``."""
    return f"{fmt.hours_long(minutes)} on {fmt.day(day)}, approved by {approved_by}"
