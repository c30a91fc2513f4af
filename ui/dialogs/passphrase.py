"""Asks for the passphrase of the chapter's key, and says when it is another one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from ui.dialogs.fitting import fit_height
from ui.dialogs.frame import answers, framed, room_to_say
from ui.widgets.button import button
from ui.widgets.label import TextLabel

_TEXT = (
    "Certificates are signed with the chapter’s key, and a passphrase protects it. Given now, it "
    "is not asked for again today."
)
_WAIT = "Checking…"


class PassphraseDialog(QDialog):
    """Emits what was typed and stays open: whoever listens accepts the dialog, or refuses it."""

    given = Signal(str)

    def __init__(self, chapter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.passphrase = QLineEdit(maxLength=500)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName("Passphrase")
        self.show_letters = QCheckBox("&Show what is typed")
        self.said = room_to_say(2)
        self.unlock = button("&Unlock", self._give, kind="primary")
        self.unlock.setDefault(True)
        self.unlock.setEnabled(False)
        self.cancel = button("Cancel", self.reject)
        self.cancel.setAutoDefault(False)  # a second Enter while it is checked is no answer
        self._lay_out(chapter)
        self.passphrase.textChanged.connect(lambda _text: self._typed())
        self.show_letters.toggled.connect(self._show)

    def _lay_out(self, chapter: str) -> None:
        label = TextLabel("&Passphrase", role="soft")
        label.setBuddy(self.passphrase)
        column = framed(self, f"Unlock the key of {chapter}", _TEXT)
        column.addSpacing(4)
        for part in (label, self.passphrase, self.show_letters, self.said):
            column.addWidget(part)
        column.addLayout(answers(self.cancel, self.unlock))
        self.passphrase.setFocus()
        fit_height(self)

    def refuse(self, sentence: str) -> None:
        """Say why it was not taken, and wait for another one."""
        self._say(sentence, busy=False)
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _typed(self) -> None:
        self.said.setText("")
        self.unlock.setEnabled(bool(self.passphrase.text().strip()))

    def _give(self) -> None:
        self._say(_WAIT, busy=True)
        self.given.emit(self.passphrase.text())

    def _say(self, text: str, *, busy: bool) -> None:
        self.said.set_role("soft" if busy else "wrong")
        self.said.setText(text)
        for part in (self.passphrase, self.show_letters, self.unlock):
            part.setEnabled(not busy)

    def _show(self, on: bool) -> None:
        mode = QLineEdit.EchoMode
        self.passphrase.setEchoMode(mode.Normal if on else mode.Password)
