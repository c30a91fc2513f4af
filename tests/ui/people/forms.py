"""Typing into forms."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from ui.widgets.record_view import RecordView


def type_into(form: RecordView, key: str, text: str) -> None:
    """Write into a field and leave it, as with Tab."""
    widget = form.editor(key)
    if isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
        form.rows[key].editor.committed.emit()
        return
    line = widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText(text)
    line.editingFinished.emit()


def pick(form: RecordView, key: str, value: object) -> None:
    """Choose in a box."""
    box = form.editor(key)
    assert isinstance(box, QComboBox)
    place = box.findData(value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def problem(form: RecordView, key: str) -> str:
    """What stands under a field."""
    shown = form.rows[key].problem
    return shown.text() if shown.isVisibleTo(form) else ""
