"""A compact form for somebody who is not in the records yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.imports.names import split_name
from ui import theme
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.fields import ComboBox
from ui.widgets.label import TextLabel

_LINES = (
    *(("first", "First name"), ("last", "Last name *"), ("agency", "Agency"), ("title", "Title")),
    *(("discipline", "Discipline"), ("number", "State number"), ("email", "E-mail")),
)
_ACROSS = 4


@dataclass(frozen=True)
class NewPerson:
    """What was typed; nothing of it is checked yet."""

    first: str
    middle: str
    last: str
    suffix: str
    agency: str
    title: str
    discipline: str
    number: str
    email: str


class NewPersonForm(Card):
    """Emits a new person; problems are said under the field they belong to."""

    submitted = Signal(object, bool)  # NewPerson, and whether a namesake was looked at
    known_wanted = Signal(int)  # use this person instead
    cancelled = Signal()

    def __init__(self, action: str = "&Add to the class", parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=14)
        self.fields: dict[str, QLineEdit] = {}
        self.problems: dict[str, TextLabel] = {}
        self._rest = ("", "")  # middle name and suffix of what was typed
        self._namesake = 0
        known = [(found.key, found.name) for found in catalogs.disciplines()]
        self.discipline = ComboBox([("", "From title and agency"), *known])
        self.heading = TextLabel("New person", bold=True)
        self.notice = TextLabel("", role="care", wrap=True)
        self.use_known = button("", self._use_known, kind="link")
        self.add = button(action, self.submit)
        self.cancel = button("Cancel", self.cancelled.emit)
        self._action = action
        self.body.setSpacing(8)
        self.body.addWidget(self.heading)
        self.body.addLayout(self._build_grid())
        self.body.addLayout(self._build_foot())
        self.hide()

    def _build_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, (key, text) in enumerate(_LINES):
            grid.addLayout(self._field(key, text), place // _ACROSS, place % _ACROSS)
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        return grid

    def _field(self, key: str, text: str) -> QVBoxLayout:
        widget: QWidget
        if key == "discipline":
            widget = self.discipline
        else:
            widget = self.fields[key] = QLineEdit()
        widget.setAccessibleName(text.removesuffix(" *"))
        label = TextLabel(text, role="soft", points=theme.SMALL)
        label.setBuddy(widget)
        problem = self.problems[key] = TextLabel("", role="wrong", points=theme.SMALL, wrap=True)
        problem.hide()
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label)
        column.addWidget(widget)
        column.addWidget(problem)
        column.addStretch(1)
        return column

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.notice, 1)
        row.addWidget(self.use_known)
        row.addStretch(0)
        row.addWidget(self.cancel)
        row.addWidget(self.add)
        return row

    def start(self, text: str, agencies: Sequence[str]) -> None:
        """Open it with what was typed, put where it belongs; ``agencies`` are offered."""
        for line in self.fields.values():
            line.clear()
        self.set_problems({})
        self.forget_namesake()
        self.discipline.setCurrentIndex(0)
        self._place_text(text)
        completer = QCompleter(list(agencies), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.fields["agency"].setCompleter(completer)
        self.show()
        empty = ("last", "first", "agency")
        first = next((key for key in empty if not self.fields[key].text()), "agency")
        self.fields[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_text(self, text: str) -> None:
        self._rest = ("", "")
        if "@" in text:
            self.fields["email"].setText(text)
        elif any(char.isdigit() for char in text):
            self.fields["number"].setText(text)
        else:
            name = split_name(text)
            self.fields["first"].setText(name.first)
            self.fields["last"].setText(name.last)
            self.fields["title"].setText(name.rank)
            self._rest = (name.middle, name.suffix)
            if name.middle:
                self.fields["first"].setText(f"{name.first} {name.middle}")
            if name.suffix:
                self.fields["last"].setText(f"{name.last} {name.suffix}")

    def person(self) -> NewPerson:
        """What is typed now; a middle name and a suffix that were recognized stay apart."""
        text = {key: " ".join(line.text().split()) for key, line in self.fields.items()}
        middle, suffix = self._rest
        first, last = text["first"], text["last"]
        middle = middle if middle and first.endswith(f" {middle}") else ""
        suffix = suffix if suffix and last.endswith(f" {suffix}") else ""
        return NewPerson(
            first=first.removesuffix(f" {middle}") if middle else first,
            middle=middle,
            last=last.removesuffix(f" {suffix}") if suffix else last,
            suffix=suffix,
            agency=text["agency"],
            title=text["title"],
            discipline=str(self.discipline.currentData()),
            number=text["number"],
            email=text["email"],
        )

    def submit(self) -> None:
        """Hand on what was typed; a second time in spite of a namesake."""
        self.set_problems({})
        self.submitted.emit(self.person(), bool(self._namesake))

    def set_problems(self, problems: Mapping[str, str]) -> None:
        """Say under each field what is wrong; what belongs to no field stands below."""
        shown = {_KEYS.get(key, key): text for key, text in problems.items()}
        for key, label in self.problems.items():
            label.setText(shown.get(key, ""))
            label.setVisible(key in shown)
        others = [text for key, text in shown.items() if key not in self.problems]
        self.notice.set_role("wrong")
        self.notice.setText(" ".join(others))
        first = next((key for key in self.fields if key in shown), None)
        if first is not None:
            self.fields[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def warn_of(self, person_id: int, name: str, reason: str) -> None:
        """Somebody known may be the one: offer to use that record."""
        self._namesake = person_id
        self.notice.set_role("care")
        self.notice.setText(f"{name} is known already ({reason}).")
        self.use_known.setText(f"&Use {name}".replace("&&", "&"))
        self.use_known.show()
        self.add.setText("&Add anyway")

    def forget_namesake(self) -> None:
        """No longer warn."""
        self._namesake = 0
        self.use_known.hide()
        self.add.setText(self._action)

    def _use_known(self) -> None:
        person_id = self._namesake
        self.forget_namesake()
        self.known_wanted.emit(person_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


_KEYS = {"name": "agency", "kind": "number", "text": "last"}
