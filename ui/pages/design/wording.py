"""What certificates say, kind by kind, with fields that are filled in when one is issued."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPlainTextEdit, QWidget
from typing_extensions import override

from cit_desktop.documents import design as certificate_design
from cit_desktop.documents.certificates import CertificateKind
from cit_desktop.documents.design import Design, Wording
from ui import theme
from ui.pages.certificates.words import KINDS
from ui.pages.settings.section import card, form
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.fields import ComboBox
from ui.widgets.label import TextLabel

_TEXT = "In braces stands what is filled in for each person, such as {name} or {hours}."
_LINES_HEIGHT = 78
LABELS: Final = 108  # so wide are the labels of all cards
FAULT: Final = "wording."


class WordingFields(QWidget):
    """The wording of one kind at a time; the others are kept meanwhile."""

    edited = Signal()
    turned = Signal()  # to another kind

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wordings: dict[CertificateKind, Wording] = {}
        self.kind = ComboBox(KINDS.items())
        self.heading, self.above, self.below = QLineEdit(), QLineEdit(), QLineEdit()
        self.closing = QPlainTextEdit()
        self.closing.setTabChangesFocus(True)
        self.closing.setFixedHeight(_LINES_HEIGHT)
        self.problem = TextLabel("", role="wrong", points=theme.SMALL, wrap=True)
        self._last: QLineEdit | QPlainTextEdit = self.closing
        self.card = card("Wording", _TEXT)
        self._lay_out(self.card)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.card)
        self.kind.currentIndexChanged.connect(self._turn)
        for line in (self.heading, self.above, self.below):
            line.textEdited.connect(lambda _text: self._take())
            line.installEventFilter(self)
        self.closing.textChanged.connect(self._take)
        self.closing.installEventFilter(self)

    def _lay_out(self, made: Card) -> None:
        grid = form()
        grid.setColumnMinimumWidth(0, LABELS)
        fields: tuple[tuple[str, str, QWidget], ...] = (
            ("&Kind", "Kind of certificate", self.kind),
            ("Hea&ding", "Heading", self.heading),
            ("A&bove the name", "Line above the name", self.above),
            ("Belo&w the name", "Line below the name", self.below),
            ("L&ines at the end", "Lines at the end", self.closing),
        )
        for row, (text, name, field) in enumerate(fields):
            label = TextLabel(text, role="soft")
            label.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self.insert = button("Insert &a field ▾")
        menu = QMenu(self.insert)
        for name, meaning in certificate_design.FIELDS.items():
            menu.addAction(f"{meaning}  {{{name}}}", partial(self._insert, name))
        self.insert.setMenu(menu)
        self.usual = button("Use the usual w&ording", self._use_usual, kind="link")
        grid.addWidget(self.problem, len(fields), 1)
        for row, widget in enumerate((self.insert, self.usual), len(fields) + 1):
            grid.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignLeft)
        made.body.addLayout(grid)

    def current(self) -> CertificateKind:
        """The kind in sight."""
        found: CertificateKind = self.kind.currentData()
        return found

    def show_design(self, design: Design) -> None:
        """Show the wordings of a design."""
        kinds: tuple[CertificateKind, ...] = tuple(self.kind.itemData(n) for n in range(len(KINDS)))
        self._wordings = {kind: design.wording(kind) for kind in kinds}
        self._show()

    def into(self, design: Design) -> Design:
        """The design with these wordings."""
        for kind, wording in self._wordings.items():
            design = design.worded(kind, wording)
        return design

    def show_problems(self, problems: dict[str, str]) -> None:
        """Say what is wrong; of another kind than the one in sight with its name."""
        found = {key.removeprefix(FAULT): text for key, text in problems.items() if FAULT in key}
        here = found.get(self.current(), "")
        others = [f"{KINDS[kind]}: {text}" for kind, text in found.items() if kind in KINDS]
        self.problem.setText(here or " ".join(others))
        self.problem.setVisible(bool(found))

    def _show(self) -> None:
        wording = self._wordings[self.current()]
        self.heading.setText(wording.heading)
        self.above.setText(wording.above)
        self.below.setText(wording.below)
        with QSignalBlocker(self.closing):
            self.closing.setPlainText("\n".join(wording.closing))
        self._offer_usual()

    def _offer_usual(self) -> None:
        kind = self.current()
        self.usual.setVisible(self._wordings[kind] != certificate_design.usual(kind))

    def _turn(self) -> None:
        if self._wordings:
            self._show()
            self.turned.emit()

    def _take(self) -> None:
        lines = tuple(line for line in self.closing.toPlainText().splitlines() if line.strip())
        self._wordings[self.current()] = Wording(
            self.heading.text(), self.above.text(), self.below.text(), lines
        )
        self._offer_usual()
        self.edited.emit()

    def _insert(self, name: str) -> None:
        field, text = self._last, f"{{{name}}}"
        if isinstance(field, QPlainTextEdit):
            field.insertPlainText(text)
        else:
            field.insert(text)
            self._take()
        field.setFocus()

    def _use_usual(self) -> None:
        self._wordings[self.current()] = certificate_design.usual(self.current())
        self._show()
        self.heading.setFocus()
        self.edited.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit | QPlainTextEdit):
            self._last = watched
        return super().eventFilter(watched, event)
