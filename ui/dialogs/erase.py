"""Asks why somebody is erased, and says exactly what happens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.button import button
from ui.widgets.label import TextLabel

_REMOVED = (
    "The person, the state numbers, employments, e-mail, phone and notes are removed.",
    "Every step of the history that held them keeps its place, but its values are blanked.",
)
_NAMELESS = (
    "Name, state numbers, employments, e-mail, phone and notes are removed. The person is "
    "called “Erased person” from now on, and is archived.",
    "Attendance, results and hours stay, because the records of the classes must stay true; "
    "nothing in them tells who it was.",
    "Certificates keep number, hours and days. Their texts go: they can never be printed again.",
    "Every step of the history that held the person keeps its place, but its values are blanked.",
)
_ALWAYS = (
    "Backups and files made before now still hold the person until they are deleted.",
    "There is no undo. The reason stays in the history.",
)


class EraseDialog(QDialog):
    """Emits the reason; it cannot be empty.

    Args:
        nameless: The person has records that must stay, and can only be made nameless.
    """

    chosen = Signal(str)

    def __init__(self, name: str, *, nameless: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Erase for good")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self.points = (*(_NAMELESS if nameless else _REMOVED), *_ALWAYS)
        self.reason = QLineEdit(maxLength=120)
        self.reason.setPlaceholderText("For example: asked for in writing on 3 March")
        self.reason.setAccessibleName("Reason for erasing")
        self.erase = button("&Erase for good", self._accept, kind="danger")
        self.erase.setEnabled(False)
        self.cancel = button("Cancel", self.reject)
        self.cancel.setDefault(True)
        self.reason.textChanged.connect(lambda _text: self.erase.setEnabled(bool(self._text())))
        self._lay_out(name)
        self.reason.setFocus()

    def _lay_out(self, name: str) -> None:
        label = TextLabel("&Reason, without the name", bold=True)
        label.setBuddy(self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(f"Erase {name} for good?", points=12, bold=True, wrap=True))
        for point in self.points:
            row = QHBoxLayout()
            row.setSpacing(8)
            text = TextLabel(point, wrap=True)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
            row.addWidget(TextLabel("•", role="soft"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(text, 1)
            column.addLayout(row)
        column.addSpacing(4)
        column.addWidget(label)
        column.addWidget(self.reason)
        column.addSpacing(8)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.erase)
        column.addLayout(foot)

    def _text(self) -> str:
        return " ".join(self.reason.text().split())

    def _accept(self) -> None:
        reason = self._text()
        self.accept()
        self.chosen.emit(reason)
