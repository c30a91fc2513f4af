"""Keys as the window system sends them, also for letters that no US keyboard has."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def press(
    widget: QWidget,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    text: str = "",
) -> None:
    """Press and let go of one key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))


def type_text(widget: QWidget, text: str) -> None:
    """Type a text, whatever letters it has."""
    for sign in text:
        code = ord(sign.upper())
        key = Qt.Key(code) if code < 0x80 else Qt.Key.Key_unknown
        shift = sign.isupper()
        modifiers = Qt.KeyboardModifier.ShiftModifier if shift else NO_MODIFIER
        press(widget, key, modifiers, sign)
