"""Asks for a certificate to check, and shows what is to be said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cit_desktop import day_words
from cit_desktop.proving import verdicts
from cit_desktop.proving.verdicts import Verdict
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import LabelRole, TextLabel

MOST_SHOWN: Final = 50
TONES: Final[dict[str, tuple[str, LabelRole]]] = {
    "valid": ("Valid", "good"),
    "changed": ("Changed", "wrong"),
    "unknown key": ("Unknown key", "care"),
    "revoked": ("Revoked", "wrong"),
    "replaced": ("Replaced", "care"),
    "no certificate": ("No certificate", "care"),
}
_TEXT = (
    "Choose the PDF or a scan of it, or paste what a phone reads from its square code. For "
    "certificates issued here the number or the short code does, too."
)
_SIZE = (560, 640)


class VerifyCertificate(QDialog):
    """A text to paste, a file to choose, and the verdicts under them.

    Attributes:
        shown: The labels of what the verdicts say, in order.
    """

    text_given = Signal(str)
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("CIT Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.shown: list[TextLabel] = []
        self.pasted = QPlainTextEdit()
        self.pasted.setAccessibleName("Text of the code, number or short code")
        self.pasted.setTabChangesFocus(True)
        self.pasted.setFixedHeight(72)
        self.choose = button("Choose &file…", self.file_wanted.emit)
        self.check = button("&Check", self._give, kind="primary")
        self.check.setEnabled(False)
        self.close_button = button("Close", self.reject)
        self.summary = TextLabel("", bold=True, wrap=True)
        self.summary.hide()
        self.pasted.textChanged.connect(self._typed)
        self._lay_out()
        self.resize(*_SIZE)
        self.pasted.setFocus()

    def _lay_out(self) -> None:
        label = TextLabel("&Text")
        label.setBuddy(self.pasted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.check)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("What is to be said of it")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel("Verify a certificate", points=12, bold=True))
        column.addWidget(TextLabel(_TEXT, role="soft", wrap=True))
        column.addWidget(label)
        column.addWidget(self.pasted)
        column.addLayout(row)
        column.addSpacing(4)
        column.addWidget(self.summary)
        column.addWidget(self.area, 1)

    def _typed(self) -> None:
        self.check.setEnabled(bool(self.pasted.toPlainText().strip()))
        self.check.setDefault(True)

    def _give(self) -> None:
        self.text_given.emit(self.pasted.toPlainText().strip())

    def say(self, text: str, role: LabelRole = "soft") -> None:
        """Show a sentence in the place of verdicts."""
        self.summary.set_role(role)
        self.summary.setText(text)
        self.summary.show()
        self.shown = []
        self.area.setWidget(QWidget())

    def show_verdicts(self, found: Sequence[Verdict], source: str) -> None:
        """Show verdicts on what ``source`` names."""
        counts = Counter(TONES[one.status][0].lower() for one in found)
        told = ", ".join(f"{count} {word}" for word, count in counts.items())
        self.say(source if len(found) == 1 else f"{source}: {told}", "text")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for one in found[:MOST_SHOWN]:
            column.addWidget(self._card(one))
        if len(found) > MOST_SHOWN:
            rest = f"The first {MOST_SHOWN} of {len(found)} are listed."
            column.addWidget(TextLabel(rest, role="soft", wrap=True))
        column.addStretch(1)
        self.area.setWidget(inside)

    def _card(self, verdict: Verdict) -> Card:
        made = Card(margin=14)
        made.body.setSpacing(6)
        word, role = TONES[verdict.status]
        where = f", page {verdict.page}" if verdict.page else ""
        self._add(made, TextLabel(f"{word}{where}", bold=True, role=role))
        self._add(made, TextLabel(verdict.sentence, wrap=True))
        for note in verdict.notes:
            self._add(made, TextLabel(note, role="care", wrap=True))
        if verdict.record is not None:
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(2)
            grid.setColumnStretch(1, 1)
            for row, (name, value) in enumerate(verdicts.told(verdict.record)):
                grid.addWidget(TextLabel(name, role="soft"), row, 0, Qt.AlignmentFlag.AlignTop)
                label = _selectable(TextLabel(value, wrap=True))
                self.shown.append(label)
                grid.addWidget(label, row, 1)
            made.body.addLayout(grid)
        if verdict.as_of is not None:
            as_of = f"As of the list of keys of {day_words.formal(verdict.as_of)}."
            self._add(made, TextLabel(as_of, role="soft", wrap=True))
        return made

    def _add(self, card: Card, label: TextLabel) -> None:
        self.shown.append(label)
        card.body.addWidget(_selectable(label))


def _selectable(label: TextLabel) -> TextLabel:
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
