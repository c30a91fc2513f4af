"""Asks for the lines of a recovery sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from cit_desktop.errors import Refused
from cit_desktop.proving import recovery
from ui.dialogs.fitting import fit_height
from ui.dialogs.frame import answers, framed, room_to_say
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
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName("Lines of the recovery sheet")
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(104)
        self.said = room_to_say(1)
        self.action = button("&Take back the key", self._give, kind="primary")
        self.action.setEnabled(False)
        self.cancel = button("Cancel", self.reject)
        self._lay_out()
        self.lines.textChanged.connect(self._typed)

    def _lay_out(self) -> None:
        label = TextLabel("&Lines", role="soft")
        label.setBuddy(self.lines)
        column = framed(self, "Take back the chapter’s key", _TEXT)
        for part in (label, self.lines, self.said):
            column.addWidget(part)
        column.addLayout(answers(self.cancel, self.action))
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
