"""Somebody new, typed into the pane beside the list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ui.context import Context
from ui.pages.people import fields
from ui.widgets.banner import Banner
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.widgets.record_view import Field, RecordView


class PersonForm(Card):
    """Emits what was typed; problems are said under the field they belong to."""

    submitted = Signal(object, bool)  # values by field, and whether a namesake was looked at
    known_wanted = Signal(int)  # show this person instead
    cancelled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._namesake = 0
        self._kind = ""
        self.heading = TextLabel("New person", points=12, bold=True)
        self.heading.setContentsMargins(20, 14, 20, 6)
        number = Field("number", "State number")
        self.form = RecordView(
            [
                *fields.name_fields(),
                *fields.work_fields("Work today"),
                *fields.kind_fields("From title and agency"),
                number,
                *fields.reach_fields("Contact"),
            ]
        )
        fields.offer_known(self.form, context)
        self.notice = Banner()
        self.add = button("&Add person", self.submit, kind="primary")
        self.cancel = button("&Cancel", self.cancelled.emit)
        self.notice.acted.connect(lambda: self.known_wanted.emit(self._namesake))
        self.body.addWidget(self.heading)
        self.body.addWidget(self.form, 1)
        self.body.addWidget(self.notice)
        self.body.addLayout(self._build_foot())

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 12)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.add)
        return row

    def start(self) -> None:
        """Begin with nothing typed."""
        self._kind = fields.number_kind(self._context)
        self.form.editor("number").setToolTip(self._kind)
        self.form.set_values({"discipline": ""})
        self.form.set_problems({})
        self.forget_namesake()
        self.form.verticalScrollBar().setValue(0)
        self.form.editor("first").setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Hand on what was typed; a second time in spite of a namesake."""
        self.form.set_problems({})
        self.submitted.emit({**self.form.values(), "kind": self._kind}, bool(self._namesake))

    def set_problems(self, problems: Mapping[str, str]) -> None:
        """Say under each field what is wrong; what belongs to no field stands below."""
        known = {_KEYS.get(key, key): text for key, text in problems.items()}
        self.form.set_problems(known)
        others = [text for key, text in known.items() if key not in self.form.rows]
        if others:
            self.notice.say(" ".join(others), "wrong")

    def warn_of(self, person_id: int, name: str, reason: str) -> None:
        """Somebody known may be the one: offer to look at that record."""
        self._namesake = person_id
        self.notice.say(f"{name} is known already ({reason}).", "care", link="&Show")
        self.add.setText("&Add anyway")
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_namesake(self) -> None:
        """No longer warn."""
        self._namesake = 0
        self.notice.clear()
        self.add.setText("&Add person")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


_KEYS = {"name": "agency", "kind": "number"}
