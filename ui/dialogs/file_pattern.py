"""Asks how the files of certificates are to be named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cit_desktop.errors import Refused
from ui.dialogs.fitting import fit_height
from ui.widgets.button import button
from ui.widgets.label import TextLabel


class FilePattern(QDialog):
    """A pattern such as ``{Last}_{First}``, with the name that it gives for the first file.

    Args:
        example: Gives the name of the first file for a pattern.
    """

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        pattern: str,
        fields: Sequence[str],
        example: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("CIT Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._example = example
        self.pattern = QLineEdit(pattern)
        self.label = TextLabel("&Name of each file")
        self.label.setBuddy(self.pattern)
        self.pattern.setAccessibleName("Name of each file")
        self.shown = TextLabel("", role="soft", wrap=True)
        self.action = button("Choose &folder…", self.accept, kind="primary")
        self.action.setDefault(True)
        self.cancel = button("Cancel", self.reject)
        known = ", ".join(f"{{{name}}}" for name in fields)
        self._lay_out(title, f"In braces stands what differs from file to file: {known}.")
        self.pattern.textChanged.connect(lambda _text: self._say())
        self.accepted.connect(lambda: self.chosen.emit(self.pattern.text().strip()))
        self._say()
        fit_height(self)

    def _lay_out(self, title: str, text: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(title, points=12, bold=True, wrap=True))
        column.addWidget(TextLabel(text, role="soft", wrap=True))
        column.addSpacing(4)
        for part in (self.label, self.pattern, self.shown):
            column.addWidget(part)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.action)
        column.addLayout(row)

    def _say(self) -> None:
        pattern = self.pattern.text().strip()
        try:
            text, role = f"First file: {self._example(pattern)}.pdf", "soft"
        except Refused as problem:
            text, role = str(problem), "wrong"
        if not pattern:
            text, role = "Type how the files are to be named.", "wrong"
        self.action.setEnabled(role == "soft")
        self.shown.set_role("soft" if role == "soft" else "wrong")
        self.shown.setText(text)
