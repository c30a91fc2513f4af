"""What the questions of the window have in common: a heading, why it is asked, the answers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from ui.widgets.label import TextLabel


def framed(dialog: QDialog, title: str, text: str) -> QVBoxLayout:
    """The column of a dialog that begins with a heading and a sentence."""
    dialog.setWindowTitle("CIT Desktop")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(8)
    column.addWidget(TextLabel(title, points=12, bold=True, wrap=True))
    column.addWidget(TextLabel(text, role="soft", wrap=True))
    return column


def answers(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons at the right, the one that goes on last."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for made in buttons:
        row.addWidget(made)
    return row


def room_to_say(lines: int) -> TextLabel:
    """A label that keeps its room while it says nothing, so that nothing moves."""
    made = TextLabel("", role="wrong", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    made.setMinimumHeight(lines * made.fontMetrics().lineSpacing())
    return made
