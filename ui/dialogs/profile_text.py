"""Edits the text of a roster profile or a form, and says at once what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.button import button
from ui.widgets.label import TextLabel

_INTRO = (
    "The profile says which columns the roster has, in which order, and which must be filled. "
    "Your copy is kept with these records and wins over the one that ships with the program."
)


class ProfileText(QDialog):
    """A plain editor; it can only be saved when nothing is wrong.

    Args:
        problem_of: Gives the sentence for a text that is no such profile, else an empty text.
        what: What is edited.
        intro: What it is for.
    """

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        text: str,
        problem_of: Callable[[str], str],
        parent: QWidget | None = None,
        *,
        what: str = "roster profile",
        intro: str = _INTRO,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(what.capitalize())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 640)
        self._problem_of = problem_of
        self.editor = QPlainTextEdit(text)
        self.editor.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.editor.setAccessibleName(f"Text of the {what.split()[-1]}")
        self.said = TextLabel("", role="good", wrap=True)
        self.action = button("&Save my copy", self._save, kind="primary")
        self.cancel = button("Cancel", self.reject)
        self._later = QTimer(self, singleShot=True, interval=250)
        self._later.timeout.connect(self._say)
        self.editor.textChanged.connect(self._later.start)
        self._good = f"✓ The {what.split()[-1]} can be used."
        self._lay_out(title, intro)
        self._say()

    def _lay_out(self, title: str, intro: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(title, points=12, bold=True, wrap=True))
        column.addWidget(TextLabel(intro, role="soft", wrap=True))
        column.addWidget(self.editor, 1)
        column.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.action)
        column.addLayout(row)

    def _say(self) -> bool:
        problem = self._problem_of(self.editor.toPlainText())
        self.said.set_role("wrong" if problem else "good")
        self.said.setText(problem or self._good)
        self.action.setEnabled(not problem)
        return not problem

    def _save(self) -> None:
        self._later.stop()
        if self._say():
            self.chosen.emit(self.editor.toPlainText())
            self.accept()
