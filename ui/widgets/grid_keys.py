"""Which key does what in the attendance grid."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.widgets.grid_data import MarkKind

MARKS: dict[str, MarkKind] = {
    "P": "present",
    "A": "absent",
    "L": "late",
    "E": "excused",
    "X": "left early",
}
LEGEND = (
    "P present   A absent   L late   E excused   X left early   "
    "0–9 hours   M make-up   F fill blanks   Ctrl Z undo"
)
MORE = (
    "P present · A absent · L late · E excused · X left early\n"
    "0–9 hours that somebody was there, for example 2.5 or .5, then Enter\n"
    ". or Del makes the cell blank again · Space changes between present and absent\n"
    "F fills this block's blanks with present · Shift F marks everybody in it\n"
    "M make-up · N number box · R reads the row · Home, End, Ctrl Home, Ctrl End move"
)
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Home: (0, -10_000),
    Qt.Key.Key_End: (0, 10_000),
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
}


def move(event: QKeyEvent, page_rows: int) -> tuple[int, int] | None:
    """Rows and columns that a key moves the cursor by, or ``None``."""
    key = Qt.Key(event.key())
    if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        return (page_rows if key == Qt.Key.Key_PageDown else -page_rows), 0
    step = _MOVES.get(key)
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if step is None or not control:
        return step
    if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        return step[1], step[1]
    return step[0] * 10_000, step[1] * 10_000


def letter(event: QKeyEvent) -> str:
    """The letter or sign of a key without Ctrl or Alt, in upper case."""
    command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return "" if event.modifiers() & command else event.text().upper()
