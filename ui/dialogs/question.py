"""Asks before something that has no undo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from ui.dialogs.fitting import fit_height
from ui.widgets.button import Kind, button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel

_ROW = 24
_SHOWN = 8


class Question(QDialog):
    """A heading, what will happen, perhaps a list of what it concerns, and two buttons."""

    confirmed = Signal()

    def __init__(
        self,
        title: str,
        text: str,
        action: str,
        *,
        lines: Sequence[str] = (),
        kind: Kind = "primary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("CIT Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = TextLabel(title, points=12, bold=True, wrap=True)
        self.text = TextLabel(text, role="soft", wrap=True)
        self.lines = QListWidget()
        self.lines.setAccessibleName(title)
        self.lines.addItems(list(lines))
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.action = button(action, self.accept, kind=kind)
        self.action.setDefault(True)
        self.cancel = button("Cancel", self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        if lines:
            card = Card(margin=6)
            card.body.addWidget(self.lines)
            card.setFixedHeight(16 + _ROW * min(len(lines), _SHOWN))
            column.addWidget(card)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.action)
        column.addLayout(row)
        self.accepted.connect(self.confirmed)
        self.action.setFocus()
        fit_height(self)
