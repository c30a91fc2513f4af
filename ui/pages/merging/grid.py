"""Two people side by side, field by field: whose value stays is chosen by keys or mouse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from cit_desktop.services.merge_views import FieldLine, MergePreview, Side
from ui import format as fmt
from ui import theme
from ui.widgets.button import button
from ui.widgets.label import ElidedLabel, LabelRole, TextLabel

_BLANK = "blank"
_BOTH = "Both, one below the other"
_BREAK = "\u200b"
_LONG = re.compile(r"[^\s\u200b]{14}(?=[^\s\u200b]{6})")  # part of a word that may not fit
_INDENT = 37  # where the words beside a radio button begin
_ABOVE, _BELOW = 5, 3  # so that words stand beside the middle of a radio button
_TOP = Qt.AlignmentFlag.AlignTop


class ValueChoice(QWidget):
    """A value with its radio button; a click on the words chooses it, too."""

    def __init__(self, spoken: str, text: str, group: QButtonGroup) -> None:
        super().__init__()
        self.radio = QRadioButton()
        self.radio.setAccessibleName(spoken)
        group.addButton(self.radio)
        self.words = _words(text or _BLANK, soft=not text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        row.addWidget(self.radio, 0, _TOP)
        row.addWidget(self.words, 1, _TOP)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.click()


class MergeGrid(QWidget):
    """Shows a preview; tells what is chosen, and who is to be looked at.

    Attributes:
        choices: The radio buttons by field and side.
    """

    chosen = Signal(str, str)  # field, side
    opened = Signal(int)

    def __init__(self, preview: MergePreview, facts: Iterable[tuple[str, str, str]]) -> None:
        """``facts``: what else tells them apart, as label, of the kept one, of the other."""
        super().__init__()
        self._names = (preview.keep_name, preview.other_name)
        self.choices: dict[tuple[str, str], ValueChoice] = {}
        self._groups: list[QButtonGroup] = []
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 80)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._head(1, "Stays", preview.keep_name, preview.keep_id)
        self._head(2, "Goes into it", preview.other_name, preview.other_id)
        for line in preview.fields:
            self._field(_readable(line))
        for label, keep, other in facts:
            self._same_or_not(label, keep, other)

    def choose(self, field: str, side: Side) -> None:
        """Choose without telling anybody."""
        choice = self.choices.get((field, side))
        if choice is not None:
            with QSignalBlocker(choice.radio):
                choice.radio.setChecked(True)

    def _head(self, column: int, what: str, name: str, person_id: int) -> None:
        caption = TextLabel(what, role="soft", points=theme.SMALL)
        caption.setContentsMargins(_INDENT, 0, 0, 0)
        shown = ElidedLabel(name, bold=True)
        look = button("Open", partial(self.opened.emit, person_id), kind="link")
        look.setAccessibleName(f"Open the page of {name}, who {what.lower()}")
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(_INDENT, 0, 0, 6)
        row.setSpacing(8)
        row.addWidget(shown, 1)
        row.addWidget(look)
        self._grid.addWidget(caption, 0, column)
        self._grid.addWidget(box, 1, column)

    def _field(self, line: FieldLine) -> None:
        if len(line.sides) == 1:
            self._same_or_not(line.label, line.keep, line.other)
            return
        at = self._label(line.label)
        group = QButtonGroup(self)
        self._groups.append(group)
        sides: tuple[tuple[Side, str], ...] = (("keep", line.keep), ("other", line.other))
        for column, (side, value) in enumerate(sides, 1):
            spoken = f"{line.label}: {value or _BLANK}, of {self._names[column - 1]}"
            self._choice(line, side, value, spoken, group, (at, column, 1, 1))
        if "both" in line.sides:
            self._choice(line, "both", _BOTH, f"{line.label}: {_BOTH}", group, (at + 1, 1, 1, 2))

    def _choice(
        self,
        line: FieldLine,
        side: Side,
        text: str,
        spoken: str,
        group: QButtonGroup,
        place: tuple[int, int, int, int],
    ) -> None:
        made = self.choices[line.field, side] = ValueChoice(spoken, text, group)
        made.radio.setChecked(side == line.side)
        made.radio.toggled.connect(lambda on: self.chosen.emit(line.field, side) if on else None)
        self._grid.addWidget(made, *place)

    def _same_or_not(self, label: str, keep: str, other: str) -> None:
        """Nothing is chosen here: they agree, or both stay."""
        at = self._label(label)
        for column, text in ((1, keep), (2, other)):
            shown = _words(text or "none", soft=not text)
            shown.setContentsMargins(_INDENT, _ABOVE, 0, _BELOW)
            self._grid.addWidget(shown, at, column, _TOP)

    def _label(self, text: str) -> int:
        at = self._grid.rowCount()
        shown = TextLabel(text, role="soft", wrap=True)
        shown.setContentsMargins(0, _ABOVE, 0, 0)
        self._grid.addWidget(shown, at, 0, _TOP)
        return at


def sentence(text: str, role: LabelRole = "text") -> TextLabel:
    """Words that never ask for more room than there is: a long one goes on in the next line."""
    shown = text.replace("@", f"{_BREAK}@").replace(".", f".{_BREAK}") if "@" in text else text
    made = TextLabel(_LONG.sub(rf"\g<0>{_BREAK}", shown), role=role, wrap=True)
    made.setAccessibleName(text)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def _readable(line: FieldLine) -> FieldLine:
    if line.field != "phone":
        return line
    return replace(line, keep=fmt.phone(line.keep), other=fmt.phone(line.other))


def _words(text: str, *, soft: bool) -> TextLabel:
    made = sentence(text, role="soft" if soft else "text")
    made.setContentsMargins(0, _ABOVE, 0, _BELOW)
    return made
