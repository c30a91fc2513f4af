"""A form of labels and values where each value is edited in place and saved on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.editor import SEVERAL, Editor
from ui.widgets.editors import make_editor
from ui.widgets.label import TextLabel

Kind = Literal["line", "phone", "text", "combo", "date", "check", "spin", "read"]


@dataclass(frozen=True)
class Field:
    """One line of the form, as data.

    Attributes:
        key: Under which its value is given and its change is told.
        choices: For a combo: value and what is shown.
        minimum, maximum, suffix: For a spin box.
        hint: What to type, shown while it is empty.
        section: Heading over this field and those after it.
    """

    key: str
    label: str
    kind: Kind = "line"
    choices: Sequence[tuple[Any, str]] = ()
    minimum: int = 0
    maximum: int = 9999
    suffix: str = ""
    hint: str = ""
    section: str = ""
    required: bool = False


@dataclass
class _Row:
    shown: Field
    editor: Editor
    problem: TextLabel
    value: Any = None


class RecordView(QScrollArea):
    """Shows one record's values; a changed value is told when its editor is left or Enter pressed.

    What several records disagree on is given as ``SEVERAL``: it is shown as "(several values)"
    and told only when it is touched.
    """

    edited = Signal(str, object)  # field, new value

    def __init__(self, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows: dict[str, _Row] = {}
        inside = QWidget()
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(20, 12, 20, 16)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, 92)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        for shown in fields:
            self._add(shown)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # the card behind is the ground

    def _add(self, shown: Field) -> None:
        line = self._grid.rowCount()
        if shown.section:
            heading = TextLabel(shown.section, bold=True)
            heading.setContentsMargins(0, 12 if self.rows else 0, 0, 2)
            self._grid.addWidget(heading, line, 0, 1, 2)
            line += 1
        editor = make_editor(shown)
        label = TextLabel(shown.label + (" *" if shown.required else ""), role="soft")
        label.setBuddy(editor.widget)
        editor.widget.setAccessibleName(shown.label.replace("&", ""))
        label.setMinimumHeight(30)
        problem = TextLabel("", role="wrong", points=theme.SMALL, wrap=True)
        problem.hide()
        self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(editor.widget, line, 1)
        self._grid.addWidget(problem, line + 1, 1)
        row = self.rows[shown.key] = _Row(shown, editor, problem)
        editor.committed.connect(lambda: self._committed(row))

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show a record; fields that are not given are empty."""
        for key, row in self.rows.items():
            self.set_value(key, values.get(key))
            row.problem.hide()

    def set_value(self, key: str, value: Any) -> None:
        """Show one value without telling anybody."""
        row = self.rows[key]
        row.value = value
        row.editor.set_value(value)

    def values(self) -> dict[str, Any]:
        """What the editors hold now, by field."""
        return {key: row.editor.value() for key, row in self.rows.items()}

    def set_problems(self, problems: Mapping[str, str]) -> None:
        """Say under each field what is wrong with it; the first one gets the focus."""
        for key, row in self.rows.items():
            text = problems.get(key, "")
            row.problem.setText(text)
            row.problem.setVisible(bool(text))
            row.editor.set_wrong(bool(text))
        first = next((key for key in self.rows if problems.get(key)), None)
        if first is not None:
            self.rows[first].editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        """Only show."""
        for row in self.rows.values():
            row.editor.set_enabled(not read_only)

    def editor(self, key: str) -> QWidget:
        """The widget of a field."""
        return self.rows[key].editor.widget

    def _committed(self, row: _Row) -> None:
        value = row.editor.value()
        if value == row.value:
            return
        row.value = value
        row.problem.hide()
        row.editor.set_wrong(False)
        self.edited.emit(row.shown.key, value)


__all__ = ["SEVERAL", "Field", "Kind", "RecordView"]
