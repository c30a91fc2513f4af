"""State numbers of a person, edited in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from cit_desktop.services.people import NumberDraft, NumberView
from ui import theme
from ui.widgets.button import icon_button
from ui.widgets.label import TextLabel


class _Line(QLineEdit):
    def __init__(self, text: str, name: str, hint: str = "") -> None:
        super().__init__(text)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setCursorPosition(0)

    def words(self) -> str:
        return " ".join(self.text().split())


class NumbersEditor(QWidget):
    """A row a number, and an empty one to add another.

    Attributes:
        added: A :class:`NumberDraft`.
        changed: The id of a number and what it is to be.
        removed: The id of a number.
    """

    added = Signal(object)
    changed = Signal(int, object)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ""
        self.lines: list[tuple[QLineEdit, QLineEdit]] = []
        self._shown: tuple[tuple[NumberView, ...], str] | None = None
        self._tried: NumberDraft | None = None  # what was refused is not tried again
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self.heading = TextLabel("State numbers", bold=True)
        self.problem = TextLabel("", role="wrong", points=theme.SMALL, wrap=True)
        self.problem.hide()

    def show_numbers(self, numbers: Sequence[NumberView], kind: str) -> None:
        """Show these; ``kind`` is offered for the next one."""
        self.problem.hide()
        self._tried = None
        if (tuple(numbers), kind) == self._shown:
            return
        focus = self._focus_place()
        self._shown, self.kind = (tuple(numbers), kind), kind
        self._clear()
        self._grid.addWidget(self.heading, 0, 0, 1, 3)
        for place, number in enumerate(numbers, 1):
            self._add_row(place, number)
        self._add_row(len(numbers) + 1, None)
        self._grid.addWidget(self.problem, len(numbers) + 2, 0, 1, 3)
        if focus is not None and focus[0] < len(self.lines):
            line = self.lines[focus[0]][focus[1]]
            line.show()  # only what is in sight takes the focus
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        for kind_line, number_line in self.lines:
            for line in (kind_line, number_line):
                line.blockSignals(True)
        self.lines.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget not in (None, self.heading, self.problem):
                widget.hide()
                widget.deleteLater()

    def _focus_place(self) -> tuple[int, int] | None:
        for place, pair in enumerate(self.lines):
            for column, line in enumerate(pair):
                if line.hasFocus():
                    return place, column
        return None

    def _add_row(self, place: int, number: NumberView | None) -> None:
        kind = _Line(number.kind if number else self.kind, "Kind of number")
        text = _Line(number.number if number else "", "Number", "" if number else "Add a number")
        self._grid.addWidget(kind, place, 0)
        self._grid.addWidget(text, place, 1)
        self.lines.append((kind, text))
        if number is None:
            text.editingFinished.connect(lambda: self._add(kind, text))
            return
        for line in (kind, text):
            line.editingFinished.connect(lambda: self._change(number, kind, text))
        remove = icon_button("close", f"Remove {number.kind} {number.number}", size=12)
        remove.clicked.connect(lambda: self.removed.emit(number.id))
        self._grid.addWidget(remove, place, 2)

    def _add(self, kind: _Line, text: _Line) -> None:
        draft = NumberDraft(kind.words(), text.words())
        if draft.number and draft != self._tried:
            self._tried = draft
            self.added.emit(draft)

    def _change(self, number: NumberView, kind: _Line, text: _Line) -> None:
        draft = NumberDraft(kind.words(), text.words())
        if (draft.kind, draft.number) == (number.kind, number.number) or draft == self._tried:
            return
        self._tried = draft
        if draft.number:
            self.changed.emit(number.id, draft)
        else:
            self.removed.emit(number.id)

    def say_problem(self, text: str) -> None:
        """Say what is wrong with what was typed, which stays as it is."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def set_read_only(self, read_only: bool) -> None:
        """Only show."""
        self.setEnabled(not read_only)
