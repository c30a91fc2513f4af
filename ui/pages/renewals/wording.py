"""What the letters say: subject, greeting and text, with fields filled in for each person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.documents.letters import FIELDS, Wording
from ui import theme
from ui.pages.settings.section import card, form
from ui.widgets.button import button
from ui.widgets.label import TextLabel

_ABOUT = (
    "In braces stands what is filled in for each person, such as {name} or {due}. Name, address "
    "and day stand above the text, who signs below it."
)


class WordingForm(QWidget):
    """The fields of a wording; what is wrong is said at its field.

    Attributes:
        problems: The labels for what is wrong, by field.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject, self.greeting = QLineEdit(), QLineEdit()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(150)
        self.insert = button("&Insert a field ▾")
        self.problems: dict[str, TextLabel] = {}
        self._last: QLineEdit | QPlainTextEdit = self.text
        self._lay_out()
        for line in (self.subject, self.greeting):
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.text.textChanged.connect(self.edited)

    def _lay_out(self) -> None:
        made, grid = card("Text of the letters", _ABOUT), form()
        grid.setColumnMinimumWidth(0, 76)
        fields: tuple[tuple[str, str, str, QLineEdit | QPlainTextEdit], ...] = (
            ("subject", "Sub&ject", "Subject", self.subject),
            ("greeting", "&Greeting", "Greeting", self.greeting),
            ("text", "Te&xt", "Text of the letter", self.text),
        )
        for row, (key, label, name, field) in enumerate(fields):
            said = TextLabel(label, role="soft")
            said.setBuddy(field)
            said.setContentsMargins(0, 6, 0, 0)
            field.setAccessibleName(name)
            field.installEventFilter(self)
            problem = TextLabel("", role="wrong", points=theme.SMALL, wrap=True)
            problem.hide()
            self.problems[key] = problem
            grid.addWidget(said, 2 * row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, 2 * row, 1)
            grid.addWidget(problem, 2 * row + 1, 1)
        grid.setRowStretch(4, 1)
        menu = QMenu(self.insert)
        for name, meaning in FIELDS.items():
            menu.addAction(f"{meaning}  {{{name}}}", partial(self.put, name))
        self.insert.setMenu(menu)
        grid.addWidget(self.insert, 6, 1, Qt.AlignmentFlag.AlignLeft)
        made.body.addLayout(grid, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(made)

    def show_wording(self, wording: Wording) -> None:
        """Show a wording; nothing is told as edited."""
        with QSignalBlocker(self.text):
            self.text.setPlainText(wording.text)
        self.subject.setText(wording.subject)
        self.greeting.setText(wording.greeting)

    def wording(self) -> Wording:
        """The wording as the fields say, right or wrong."""
        return Wording(self.subject.text(), self.greeting.text(), self.text.toPlainText())

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong at the fields; those that are right say nothing."""
        for key, label in self.problems.items():
            label.setText(problems.get(key, ""))
            label.setVisible(key in problems)

    def put(self, name: str) -> None:
        """Insert a field where one typed last."""
        field, text = self._last, f"{{{name}}}"
        if isinstance(field, QPlainTextEdit):
            field.insertPlainText(text)
        else:
            field.insert(text)
            self.edited.emit()
        field.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit | QPlainTextEdit):
            self._last = watched
        return super().eventFilter(watched, event)
