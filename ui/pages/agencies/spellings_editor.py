"""How an agency was written in lists that were brought in: a line each, and one to add."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.button import icon_button
from ui.widgets.label import ElidedLabel, TextLabel


class SpellingsEditor(QWidget):
    """Spellings that can be removed, and a line for another."""

    added = Signal(str)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[int, str], ...] | None = None
        heading = TextLabel("Also written as", bold=True)
        hint = TextLabel(
            "Imports know the agency by these, too.", role="soft", points=theme.SMALL, wrap=True
        )
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        self.line = QLineEdit(placeholderText="Add a spelling, then press Enter")
        self.line.setAccessibleName("Add a spelling")
        self.problem = TextLabel("", role="wrong", points=theme.SMALL, wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addLayout(self.lines)
        column.addWidget(self.line)
        column.addWidget(self.problem)
        self.line.returnPressed.connect(self._add)

    def show_spellings(self, spellings: Sequence[tuple[int, str]]) -> None:
        """Show these; id and text of each."""
        self.say_problem("")
        if tuple(spellings) == self._shown:
            return
        self._shown = tuple(spellings)
        self.line.clear()
        while (item := self.lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for key, text in spellings:
            self.lines.addWidget(self._row(key, text))

    def _row(self, key: int, text: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        remove = icon_button("close", f"Remove the spelling {text}", size=12)
        remove.clicked.connect(lambda: self.removed.emit(key))
        row.addWidget(ElidedLabel(text), 1)
        row.addWidget(remove)
        return made

    def _add(self) -> None:
        text = " ".join(self.line.text().split())
        if text:
            self.added.emit(text)

    def say_problem(self, text: str) -> None:
        """Say what is wrong with what was typed, which stays as it is."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
