"""Where somebody worked and when, edited line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from cit_desktop.services.people import EmploymentView
from ui import theme
from ui.pages.people.fields import Offer
from ui.widgets.button import icon_button
from ui.widgets.editor import Editor
from ui.widgets.editors import make_editor
from ui.widgets.label import TextLabel
from ui.widgets.record_view import Field

_FIELDS = (
    Field("agency", "Agency", hint="Add an agency"),
    Field("title", "Title"),
    Field("starts", "From", "date", hint="Not known"),
    Field("ends", "To", "date", hint="Goes on"),
)


_LINES_EACH = 3  # of the grid: agency and title, days, a gap


@dataclass
class EmploymentLine:
    """The editors of one employment; without ``view`` it is one to be added."""

    view: EmploymentView | None
    editors: dict[str, Editor]

    def values(self) -> dict[str, Any]:
        """What they hold."""
        return {key: editor.value() for key, editor in self.editors.items()}


class EmploymentsEditor(QWidget):
    """A row an employment, the latest first, and an empty one to add another.

    Attributes:
        saved: The employment or None for a new one, and the values of its row by field.
        removed: The id of an employment.
    """

    saved = Signal(object, object)
    removed = Signal(int)

    def __init__(
        self, agency_names: Callable[[], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._agency_names = agency_names
        self.rows: list[EmploymentLine] = []
        self._shown: tuple[EmploymentView, ...] | None = None
        self._tried: dict[str, Any] | None = None  # what was refused is not tried again
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.heading = TextLabel("Employments", bold=True)
        self.problem = TextLabel("", role="wrong", points=theme.SMALL, wrap=True)

    def show_employments(self, employments: Sequence[EmploymentView]) -> None:
        """Show these; what is being typed goes only when they differ from those shown."""
        self.say_problem("")
        self._tried = None
        if tuple(employments) == self._shown:
            return
        focus = self._focus_place()
        self._shown = tuple(employments)
        self._clear()
        self._grid.addWidget(self.heading, 0, 0, 1, 5)
        for place, view in enumerate([*employments, None]):
            self._add_row(1 + place * _LINES_EACH, view)
        self._grid.addWidget(self.problem, 1 + len(self.rows) * _LINES_EACH, 0, 1, 5)
        if focus is not None and focus[0] < len(self.rows):
            widget = self.rows[focus[0]].editors[focus[1]].widget
            widget.show()  # only what is in sight takes the focus
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        for row in self.rows:
            for editor in row.editors.values():
                editor.blockSignals(True)
        self.rows.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in (self.heading, self.problem):
                widget.hide()
                widget.deleteLater()

    def _focus_place(self) -> tuple[int, str] | None:
        for place, row in enumerate(self.rows):
            for key, editor in row.editors.items():
                if editor.widget.hasFocus():
                    return place, key
        return None

    def _add_row(self, line: int, view: EmploymentView | None) -> None:
        row = EmploymentLine(view, {})
        for place, field in enumerate(_FIELDS):
            editor = row.editors[field.key] = make_editor(field)
            editor.set_value(getattr(view, field.key) if view is not None else None)
            which = view.agency if view is not None else "new employment"
            editor.widget.setAccessibleName(f"{field.label}, {which}")
            for inner in editor.widget.findChildren(QLineEdit):
                inner.setCursorPosition(0)  # a long day shows its beginning
            down, across = divmod(place, 2)
            label = TextLabel(field.label, role="soft")
            self._grid.addWidget(label, line + down, 2 * across)
            self._grid.addWidget(editor.widget, line + down, 2 * across + 1)
            editor.committed.connect(lambda: self._save(row))
        agency = row.editors["agency"].widget
        if isinstance(agency, QLineEdit):
            Offer(agency, self._agency_names)
        if view is not None:
            remove = icon_button("close", f"Remove the employment at {view.agency}", size=12)
            remove.clicked.connect(lambda: self.removed.emit(view.id))
            self._grid.addWidget(remove, line, 4)
        self._grid.setRowMinimumHeight(line + 2, 14)
        self.rows.append(row)

    def _save(self, row: EmploymentLine) -> None:
        values = row.values()
        if row.view is not None:
            was = {field.key: getattr(row.view, field.key) for field in _FIELDS}
            if values == was:
                return
        if values == self._tried or (row.view is None and not values["agency"]):
            return
        self._tried = values
        self.saved.emit(row.view, values)

    def say_problem(self, text: str) -> None:
        """Say what is wrong with what was typed, which stays as it is."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
