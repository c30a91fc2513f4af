"""Asks before something that has no undo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from ui.dialogs.fitting import fit_height
from ui.widgets.button import Kind, button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel

_ROW, _NOTE = 24, 38  # a note takes two lines
_SHOWN, _NOTES_SHOWN = 8, 4


class Question(QDialog):
    """A heading, what will happen, perhaps a list of what it concerns, and two buttons.

    Attributes:
        notes: The list that ``add_notes`` made.
    """

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
        self.notes = QListWidget(self)
        self.notes.hide()
        self.lines = _list(title, lines)
        self.action = button(action, self.accept, kind=kind)
        self.action.setDefault(True)
        self.cancel = button("Cancel", self.reject)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        if lines:
            column.addWidget(_card(self.lines, _SHOWN, _ROW))
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

    def add_notes(self, title: str, notes: Sequence[str]) -> None:
        """Put sentences to look at before the answer under what will happen; none adds nothing."""
        if not notes:
            return
        self.notes.deleteLater()
        self.notes = _list(title, notes)
        self.notes.setWordWrap(True)
        self.notes.setSpacing(1)
        place = self.column.indexOf(self.text) + 1
        self.column.insertWidget(place, TextLabel(title, role="care", bold=True, wrap=True))
        self.column.insertWidget(place + 1, _card(self.notes, _NOTES_SHOWN, _NOTE))
        fit_height(self)


def _list(name: str, lines: Sequence[str]) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.addItems(list(lines))
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _card(inside: QListWidget, most: int, row: int) -> Card:
    card = Card(margin=6)
    card.body.addWidget(inside)
    card.setFixedHeight(16 + row * min(inside.count(), most))
    return card
