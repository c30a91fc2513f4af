"""Asks for a new passphrase of the chapter's key, twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from cit_desktop.errors import Refused
from cit_desktop.proving import keyring
from ui.dialogs.fitting import fit_height
from ui.dialogs.frame import answers, framed, room_to_say
from ui.widgets.button import button

_DIFFERENT = "The two differ."


class NewPassphrase(QDialog):
    """Emits the passphrase; the button waits for one that is long enough and typed twice alike."""

    given = Signal(str)

    def __init__(self, title: str, text: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.again = _field("New passphrase"), _field("The same again")
        self.said = room_to_say(2)
        self.action = button(action, self.accept, kind="primary")
        self.action.setDefault(True)
        self.cancel = button("Cancel", self.reject)
        self._lay_out(title, text)
        for field in (self.first, self.again):
            field.textChanged.connect(lambda _text: self._typed())
        self.accepted.connect(lambda: self.given.emit(self.first.text()))
        self._typed()
        fit_height(self)

    def _lay_out(self, title: str, text: str) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 8, 0, 0)
        form.setSpacing(8)
        form.addRow("&Passphrase", self.first)
        form.addRow("The same &again", self.again)
        column = framed(self, title, text)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addLayout(answers(self.cancel, self.action))
        self.first.setFocus()

    def _typed(self) -> None:
        first, again = self.first.text(), self.again.text()
        problem = "" if first == again else _DIFFERENT
        try:
            keyring.check_passphrase(first)
        except Refused as refusal:
            problem = str(refusal)
        wrong = problem == _DIFFERENT and len(again) >= len(first)
        self.said.set_role("wrong" if wrong else "soft")
        self.said.setText(problem if problem != _DIFFERENT or wrong else "")
        self.action.setEnabled(not problem)


def _field(name: str) -> QLineEdit:
    made = QLineEdit(maxLength=500)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    return made
