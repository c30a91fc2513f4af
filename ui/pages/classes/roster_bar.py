"""Under the roster: what can be changed for the people who are chosen, one or many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.services.enrollment import RosterRow
from ui import format as fmt
from ui import theme
from ui.widgets.button import button
from ui.widgets.editor import SEVERAL, Editor
from ui.widgets.editors import make_editor
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.record_view import Field

_ROLES = (("trainee", "Trainee"), ("instructor", "Instructor"), ("observer", "Observer"))
_SCENARIOS = ((None, "Not taken"), (True, "Passed"), (False, "Not passed"))


class RosterBar(QWidget):
    """Role, score and scenario of the chosen people; only what is touched is told."""

    role_chosen = Signal(str)
    score_typed = Signal(object)  # whole number or None
    scenario_chosen = Signal(object)  # True, False or None
    remove_wanted = Signal()
    reinstate_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locked = False
        self._tests = {"score": False, "scenario": False}
        self._values: dict[str, Any] = {}
        self.who = ElidedLabel("")
        fields = (
            Field("role", "Ro&le", "combo", choices=_ROLES),
            Field("score", "Sc&ore", "spin", minimum=0, maximum=100, suffix=" %", hint="None"),
            Field("scenario", "Sce&nario", "combo", choices=_SCENARIOS),
        )
        self.editors: dict[str, Editor] = {shown.key: make_editor(shown) for shown in fields}
        self.labels: dict[str, TextLabel] = {}
        self.remove = button("&Remove", self.remove_wanted.emit, tip="Del")
        self.reinstate = button("Re&instate", self.reinstate_wanted.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 8, 7)
        row.setSpacing(8)
        row.addWidget(self.who, 1)
        for shown in fields:
            self._add(row, shown)
        row.addSpacing(8)
        row.addWidget(self.reinstate)
        row.addWidget(self.remove)
        self._connect()
        self.hide()

    def _add(self, row: QHBoxLayout, shown: Field) -> None:
        editor = self.editors[shown.key]
        label = self.labels[shown.key] = TextLabel(shown.label, role="soft")
        label.setBuddy(editor.widget)
        editor.widget.setAccessibleName(shown.label.replace("&", ""))
        editor.widget.setMinimumWidth(112)
        row.addWidget(label)
        row.addWidget(editor.widget)

    def _connect(self) -> None:
        signals = {
            "role": self.role_chosen,
            "score": self.score_typed,
            "scenario": self.scenario_chosen,
        }
        for key, editor in self.editors.items():
            editor.committed.connect(lambda key=key: self._committed(key, signals[key]))

    def _committed(self, key: str, signal: Any) -> None:
        value = self.editors[key].value()
        if value is SEVERAL or value == self._values.get(key):
            return
        self._values[key] = value
        signal.emit(value)

    def set_locked(self, locked: bool) -> None:
        """Nothing can be changed in a locked class."""
        self._locked = locked

    def show_tests(self, *, score: bool, scenario: bool) -> None:
        """Show only those tests that the class asks for."""
        self._tests = {"score": score, "scenario": scenario}

    def show_rows(self, rows: Sequence[RosterRow]) -> None:
        """Show what the chosen people have; what differs is "(several values)"."""
        self.setVisible(bool(rows) and not self._locked)
        if not rows:
            return
        many = fmt.plural(len(rows), "person", "people")
        self.who.setText(rows[0].name if len(rows) == 1 else f"{many} chosen")
        self._values = {
            "role": _common(row.role for row in rows),
            "score": _common(row.score for row in rows),
            "scenario": _common(_yes_no(row.scenario_passed) for row in rows),
        }
        trainees = all(row.role == "trainee" for row in rows)
        for key, editor in self.editors.items():
            editor.set_value(self._values[key])
            wanted = key == "role" or (self._tests[key] and trainees)
            editor.widget.setVisible(wanted)
            self.labels[key].setVisible(wanted)
        gone = [row.result == "withdrawn" for row in rows]
        self.reinstate.setVisible(any(gone))
        self.remove.setVisible(not all(gone))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.colors().line)


def _yes_no(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _common(values: Iterable[Any]) -> Any:
    """The value that all have, or ``SEVERAL``."""
    found = list(values)
    return found[0] if all(value == found[0] for value in found) else SEVERAL
