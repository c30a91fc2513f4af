"""Something new, typed into the pane beside a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ui.widgets.banner import Banner
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.widgets.record_view import RecordView


class NewForm(Card):
    """Emits what was typed, by field.

    Args:
        add: The words on the button that adds.
        first: The field that begins the work.
    """

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        title: str,
        add: str,
        form: RecordView,
        first: str = "name",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        heading = TextLabel(title, points=12, bold=True)
        heading.setContentsMargins(20, 14, 20, 6)
        self.form = form
        self._first = first
        self.notice = Banner()
        self.add = button(add, self.submit, kind="primary")
        self.cancel = button("&Cancel", self.cancelled.emit)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 12)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.add)
        self.body.addWidget(heading)
        self.body.addWidget(self.form, 1)
        self.body.addWidget(self.notice)
        self.body.addLayout(row)

    def empty(self) -> dict[str, Any]:
        """The values that it begins with; what is not given is empty."""
        return {}

    def start(self) -> None:
        """Begin with nothing typed."""
        self.form.set_values(self.empty())
        self.form.set_problems({})
        self.notice.clear()
        self.form.verticalScrollBar().setValue(0)
        self.form.editor(self._first).setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> dict[str, Any]:
        """What was typed, by field."""
        return self.form.values()

    def submit(self) -> None:
        """Hand on what was typed."""
        self.form.set_problems({})
        self.notice.clear()
        self.submitted.emit(self.values())

    def set_problems(self, problems: Mapping[str, str]) -> None:
        """Say under each field what is wrong; what belongs to no field stands below."""
        self.form.set_problems(problems)
        others = [text for key, text in problems.items() if key not in self.form.rows]
        if others:
            self.notice.say(" ".join(others), "wrong")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
