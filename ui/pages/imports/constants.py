"""What a list leaves out and holds for all of its rows: one agency, one discipline."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cit_desktop.imports.intake import Decisions
from cit_desktop.imports.mending import CONSTANTS, can_be_constant
from cit_desktop.imports.types import SourceTable
from ui.pages.imports import words
from ui.widgets.card import Card
from ui.widgets.label import TextLabel

_KEYS = {"agency": "&Agency", "discipline": "&Discipline", "county": "Co&unty"}


class ImportConstants(Card):
    """A line for each field that no column holds; hidden where nothing is left out.

    Attributes:
        chosen: Field, and the text that holds for all rows; empty for none.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[str, QLineEdit] = {}
        self._labels: dict[str, TextLabel] = {}
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(10)
        row.addWidget(TextLabel("For all rows", bold=True))
        row.addSpacing(6)
        for field in CONSTANTS:
            self._add(field, row)
        row.addStretch(1)
        self.body.addLayout(row)

    def _add(self, field: str, row: QHBoxLayout) -> None:
        line = self.lines[field] = QLineEdit(placeholderText="Not in the list")
        line.setAccessibleName(f"{words.FIELDS[field]} of all rows")
        line.setFixedWidth(188)
        label = self._labels[field] = TextLabel(_KEYS[field], role="soft")
        label.setBuddy(line)
        line.editingFinished.connect(lambda: self.chosen.emit(field, line.text()))
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(line)

    def show_table(self, table: SourceTable, decided: Decisions) -> None:
        """Offer what the list leaves out."""
        offered = () if decided.purpose == "attendance" else can_be_constant(table)
        for field, line in self.lines.items():
            for part in (line, self._labels[field]):
                part.setVisible(field in offered)
            if not line.hasFocus():
                line.setText(decided.constants.get(field, ""))
        self.setVisible(bool(offered))
