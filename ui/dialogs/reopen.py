"""Asks why a finalized class is to be opened again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.button import button
from ui.widgets.label import TextLabel

_TEXT = (
    "Its marks can be changed again, and it has to be finalized once more. Certificates stay as "
    "they were issued. The reason is kept in the history."
)


class ReopenDialog(QDialog):
    """Emits the reason; it cannot be empty."""

    chosen = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Reopen class")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.reason = QPlainTextEdit(tabChangesFocus=True)
        self.reason.setPlaceholderText("For example: Tuesday's sheet was entered for the wrong day")
        self.reason.setAccessibleName("Reason for reopening")
        self.reason.setFixedHeight(84)
        self.reopen = button("&Reopen class", self._accept, kind="primary")
        self.reopen.setEnabled(False)
        self.cancel = button("Cancel", self.reject)
        label = TextLabel("&Why is it opened again?", bold=True)
        label.setBuddy(self.reason)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.reopen)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(title, points=12, bold=True, wrap=True))
        column.addWidget(TextLabel(_TEXT, role="soft", wrap=True))
        column.addSpacing(4)
        column.addWidget(label)
        column.addWidget(self.reason)
        column.addSpacing(8)
        column.addLayout(row)
        self.reason.textChanged.connect(lambda: self.reopen.setEnabled(bool(self._text())))
        self.reason.setFocus()

    def _text(self) -> str:
        return self.reason.toPlainText().strip()

    def _accept(self) -> None:
        reason = self._text()
        self.accept()
        self.chosen.emit(reason)
