"""Asks for the lines of a recovery sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cit_desktop import recovery
from cit_desktop.errors import Refused
from ui.dialogs.fitting import fit_height
from ui.widgets.button import button
from ui.widgets.label import TextLabel

_TEXT = (
    "Type the four lines of its recovery sheet. The key signs again then, without a passphrase: "
    "set a new one afterwards. A key that these records do not know takes the place of the one "
    "in use."
)


class RecoveryLines(QDialog):
    """Emits the lines once they hold a key; says which line is mistyped otherwise."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("CIT Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName("Lines of the recovery sheet")
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(104)
        self.said = TextLabel("", role="wrong", wrap=True)
        self.said.setMinimumHeight(self.said.fontMetrics().lineSpacing())
        self.action = button("&Take back the key", self._give, kind="primary")
        self.action.setEnabled(False)
        self.cancel = button("Cancel", self.reject)
        self._lay_out()
        self.lines.textChanged.connect(self._typed)

    def _lay_out(self) -> None:
        label = TextLabel("&Lines", role="soft")
        label.setBuddy(self.lines)
        title = TextLabel("Take back the chapter’s key", points=12, bold=True, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        for part in (title, TextLabel(_TEXT, role="soft", wrap=True), label, self.lines, self.said):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.action)
        column.addLayout(row)
        self.lines.setFocus()
        fit_height(self)

    def _typed(self) -> None:
        self.said.setText("")
        self.action.setEnabled(bool(self.lines.toPlainText().strip()))

    def _give(self) -> None:
        try:
            recovery.private_key_of(self.lines.toPlainText())
        except Refused as refusal:
            self.said.setText(refusal.message)
            self.lines.setFocus()
            return
        self.accept()
        self.given.emit(self.lines.toPlainText())
