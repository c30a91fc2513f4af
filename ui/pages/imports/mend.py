"""A cell that can be mended where it is told what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit


class MendLine(QLineEdit):
    """The text of one cell; Enter or leaving it takes what was typed.

    Attributes:
        mended: Row, heading, and the new text; only when it is another one.
    """

    mended = Signal(int, str, str)

    def __init__(self, row: int, heading: str, text: str, where: str = "") -> None:
        super().__init__(text)
        self.place = row, heading
        self._text = text
        self.setPlaceholderText("Nothing stands here")
        self.setAccessibleName(f"{heading} of row {where or row}")
        self.setToolTip("Corrected here for this import; the file stays as it is")
        self.editingFinished.connect(self._finished)

    def _finished(self) -> None:
        typed = self.text().strip()
        if typed != self._text.strip():
            self._text = typed
            self.mended.emit(*self.place, typed)
