"""Asks for the passphrase of the chapter's key, and says when it is another one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.dialogs.fitting import fit_height
from ui.widgets.button import button
from ui.widgets.label import TextLabel

_TEXT = (
    "Certificates are signed with the chapter’s key, and a passphrase protects it. Given now, it "
    "is not asked for again today."
)
_WAIT = "Checking…"
_LINES = 2  # so much room for what is said, so that nothing moves


class PassphraseDialog(QDialog):
    """Emits what was typed and stays open: whoever listens accepts the dialog, or refuses it."""

    given = Signal(str)

    def __init__(self, chapter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("CIT Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.passphrase = QLineEdit(maxLength=500)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName("Passphrase")
        self.show_letters = QCheckBox("&Show what is typed")
        self.said = TextLabel("", role="wrong", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setMinimumHeight(_LINES * self.said.fontMetrics().lineSpacing())
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
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(f"Unlock the key of {chapter}", points=12, bold=True, wrap=True))
        column.addWidget(TextLabel(_TEXT, role="soft", wrap=True))
        column.addSpacing(4)
        for part in (label, self.passphrase, self.show_letters, self.said):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.unlock)
        column.addLayout(row)
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
