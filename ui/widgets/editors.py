"""Typed editors of a form, all with the same few verbs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
)
from typing_extensions import override

from ui import format as fmt
from ui.widgets.date_editor import DateEditor
from ui.widgets.editor import SEVERAL, SEVERAL_TEXT, Editor
from ui.widgets.fields import ComboBox, SpinBox
from ui.widgets.label import TextLabel

if TYPE_CHECKING:
    from ui.widgets.record_view import Field


class LineEditor(Editor):
    """One line of text; Esc takes back what was typed."""

    def __init__(self, shown: Field) -> None:
        self.line = QLineEdit(placeholderText=shown.hint)
        super().__init__(self.line)
        self._hint = shown.hint
        self._given: Any = ""
        self.line.editingFinished.connect(self.committed)
        self.line.installEventFilter(self)

    @override
    def value(self) -> Any:
        text = " ".join(self.line.text().split())
        return SEVERAL if self._given is SEVERAL and not text else text

    @override
    def set_value(self, value: Any) -> None:
        self._given = value
        several = value is SEVERAL
        self.line.setPlaceholderText(SEVERAL_TEXT if several else self._hint)
        self.line.setText("" if several or value is None else str(value))
        self.line.setCursorPosition(0)  # a long value shows its beginning

    @override
    def set_enabled(self, enabled: bool) -> None:
        self.line.setReadOnly(not enabled)  # its text can still be chosen and copied

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            changed = event.key() == Qt.Key.Key_Escape and self.line.isModified()
            if changed:
                self.set_value(self._given)
                return True
        return super().eventFilter(watched, event)


class PhoneEditor(LineEditor):
    """A telephone number: shown with its punctuation, told as it is kept until it is changed."""

    @override
    def value(self) -> Any:
        found, given = super().value(), self._given
        return given if isinstance(given, str) and found == fmt.phone(given) else found

    @override
    def set_value(self, value: Any) -> None:
        super().set_value(value)
        if isinstance(value, str):
            self.line.setText(fmt.phone(value))


class TextEditor(Editor):
    """Several lines of text."""

    def __init__(self, shown: Field) -> None:
        self.text = QPlainTextEdit(placeholderText=shown.hint, tabChangesFocus=True)
        super().__init__(self.text)
        self.text.setFixedHeight(72)
        self._hint = shown.hint
        self._given: Any = ""
        self.text.installEventFilter(self)

    @override
    def value(self) -> Any:
        text = self.text.toPlainText().strip()
        return SEVERAL if self._given is SEVERAL and not text else text

    @override
    def set_value(self, value: Any) -> None:
        self._given = value
        several = value is SEVERAL
        self.text.setPlaceholderText(SEVERAL_TEXT if several else self._hint)
        self.text.setPlainText("" if several or value is None else str(value))

    @override
    def set_enabled(self, enabled: bool) -> None:
        self.text.setReadOnly(not enabled)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.committed.emit()
        return super().eventFilter(watched, event)


class ComboEditor(Editor):
    """One of a few values."""

    def __init__(self, shown: Field) -> None:
        self.combo = ComboBox(shown.choices)
        super().__init__(self.combo)
        self._hint = shown.hint
        self.combo.setPlaceholderText(self._hint)
        self._given: Any = None
        self.combo.activated.connect(lambda _place: self.committed.emit())

    @override
    def value(self) -> Any:
        place = self.combo.currentIndex()
        return self._given if place < 0 else self.combo.itemData(place)

    @override
    def set_value(self, value: Any) -> None:
        self._given = value
        self.combo.choose(value)
        self.combo.setPlaceholderText(SEVERAL_TEXT if value is SEVERAL else self._hint)


class CheckEditor(Editor):
    """Yes or no."""

    def __init__(self, shown: Field) -> None:
        self.check = QCheckBox(shown.hint)
        super().__init__(self.check)
        self.check.clicked.connect(lambda _on: self.committed.emit())

    @override
    def value(self) -> Any:
        partly = self.check.checkState() == Qt.CheckState.PartiallyChecked
        return SEVERAL if partly else self.check.isChecked()

    @override
    def set_value(self, value: Any) -> None:
        self.check.setTristate(value is SEVERAL)
        if value is SEVERAL:
            self.check.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.check.setChecked(bool(value))


class SpinEditor(Editor):
    """A whole number in a range; below the least stands for none."""

    def __init__(self, shown: Field) -> None:
        self._none = shown.minimum - 1
        self.spin = SpinBox(self._none, shown.maximum, shown.suffix)
        super().__init__(self.spin)
        self._given: Any = None
        self.spin.setSpecialValueText(shown.hint or "–")
        self.spin.editingFinished.connect(self.committed)

    @override
    def value(self) -> Any:
        number = self.spin.value()
        if number != self._none:
            return number
        return SEVERAL if self._given is SEVERAL else None

    @override
    def set_value(self, value: Any) -> None:
        self._given = value
        self.spin.setValue(value if isinstance(value, int) else self._none)


class ReadEditor(Editor):
    """A value that is only read, and can be copied."""

    def __init__(self, shown: Field) -> None:
        self.label = TextLabel(wrap=True)
        super().__init__(self.label)
        self.label.setMinimumHeight(30)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._given: Any = None

    @override
    def value(self) -> Any:
        return self._given

    @override
    def set_value(self, value: Any) -> None:
        self._given = value
        shown = fmt.day(value) if isinstance(value, date) else value
        self.label.setText("" if shown is None else str(shown))


_EDITORS: dict[str, type[Any]] = {
    "line": LineEditor,
    "phone": PhoneEditor,
    "text": TextEditor,
    "combo": ComboEditor,
    "date": DateEditor,
    "check": CheckEditor,
    "spin": SpinEditor,
    "read": ReadEditor,
}


def make_editor(shown: Field) -> Editor:
    """The editor for a field's kind."""
    made: Editor = _EDITORS[shown.kind](shown)
    return made
