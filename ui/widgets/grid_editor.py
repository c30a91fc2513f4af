"""What keys do in the attendance grid: marks, partial hours being typed, moves."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui import format as fmt
from ui.widgets import grid_keys
from ui.widgets.grid_data import GridBlock, GridData, MarkKind, parse_hours, to_come_text
from ui.widgets.grid_model import FROZEN
from ui.widgets.grid_panes import GridPanes

AHEAD = ("absent", "excused")  # what can be known of a block before it is held
LOCKED = "This class is finalized. Reopen it to change marks."


class GridEditor(QObject):
    """Turns keys into requests; it draws only the cursor and the hours being typed."""

    marked = Signal(int, int, str, object)
    cleared = Signal(int, int)
    fill_requested = Signal(int, bool)
    makeup_requested = Signal(int, int)
    number_wanted = Signal()
    row_wanted = Signal()
    left_forward = Signal()
    left_backward = Signal()
    status = Signal(str)

    def __init__(self, panes: GridPanes) -> None:
        super().__init__(panes)
        self.panes = panes
        self._point = False  # a point was typed here: a digit makes it ".5"
        panes.blocks.key_pressed.connect(self.key)
        panes.blocks.focus_changed.connect(lambda inside: inside or self.commit())

    @property
    def data(self) -> GridData:
        """What is drawn now."""
        return self.panes.model.grid

    def block(self) -> GridBlock | None:
        """The block of the cursor."""
        return self.panes.model.block_at(self.panes.column())

    def cell(self) -> tuple[int, int] | None:
        """Enrollment and block of the cursor."""
        row, block = self.panes.row(), self.block()
        if block is None or not 0 <= row < len(self.data.people):
            return None
        return self.data.people[row].enrollment_id, block.block_id

    def key(self, event: QKeyEvent) -> None:
        """Do what a key asks for; a key that means nothing here is left to others."""
        key = event.key()
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._tab(1 if key == Qt.Key.Key_Tab else -1)
            return
        step = grid_keys.move(event, self.panes.page_rows())
        if step is not None:
            if self.commit():
                self._move(*step)
        elif key == Qt.Key.Key_Escape:
            self.set_entry("")
        elif not self._edit_key(event) and not self._command_key(event):
            event.ignore()

    def _edit_key(self, event: QKeyEvent) -> bool:
        """Keys that change marks."""
        text, entry = grid_keys.letter(event), self.panes.painted.entry
        erases = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        types = bool(text) and (text in grid_keys.MARKS or text in " .,F" or text.isdecimal())
        if not (erases or types):
            return False
        if self.data.locked:
            self.status.emit(LOCKED)
        elif text in grid_keys.MARKS:
            self.mark(grid_keys.MARKS[text])
        elif text == "F":
            self.fill(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif text == " ":
            self.toggle()
        elif text.isdecimal() or (entry and text in (".", ",")):
            self._type(text)
        elif event.key() == Qt.Key.Key_Backspace and entry:
            self.set_entry(entry[:-1])
        else:
            self.clear(stay=text in (".", ","))
        return True

    def _command_key(self, event: QKeyEvent) -> bool:
        """Keys that change nothing here."""
        match grid_keys.letter(event):
            case "M":
                self.makeup()
            case "N":
                self.number_wanted.emit()
            case "R":
                self.row_wanted.emit()
            case _:
                return False
        return True

    def _move(self, rows: int, columns: int) -> None:
        self.panes.move_to(self.panes.row() + rows, self.panes.column() + columns)

    def _tab(self, step: int) -> None:
        """To the next cell in reading order; out of the grid at its ends."""
        if not self.commit():
            return
        count = len(self.data.blocks)
        place = self.panes.row() * count + self.panes.column() - FROZEN + step
        if 0 <= place < count * len(self.data.people):
            self.panes.move_to(place // count, place % count + FROZEN)
        elif step > 0:
            self.left_forward.emit()
        else:
            self.left_backward.emit()

    def mark(self, kind: MarkKind, minutes: int | None = None, *, stay: bool = False) -> None:
        """Ask for a mark at the cursor, then go down unless it is to stay."""
        cell = self.cell()
        if cell is None:
            return
        self.set_entry("")
        if kind not in AHEAD and self._is_to_come():
            return
        self.marked.emit(*cell, kind, minutes)
        if not stay:
            self._move(1, 0)

    def clear(self, *, stay: bool) -> None:
        """Ask for a blank cell; after a point the cursor stays, so that ".5" can follow."""
        cell = self.cell()
        if cell is None:
            return
        self.set_entry("")
        self._point = stay
        if cell in self.data.marks:
            self.cleared.emit(*cell)
        if not stay:
            self._move(1, 0)

    def toggle(self) -> None:
        """Present becomes absent, everything else present."""
        cell = self.cell()
        if cell is None or self.data.locked:
            return
        mark = self.data.marks.get(cell)
        self.mark("absent" if mark and mark.kind == "present" else "present", stay=True)

    def fill(self, overwrite: bool) -> None:
        """Ask for the cursor's block to be filled."""
        block = self.block()
        if block is not None:
            self.set_entry("")
            if not self._is_to_come():
                self.fill_requested.emit(block.block_id, overwrite)

    def makeup(self) -> None:
        """Ask for a make-up of the cursor's block."""
        cell = self.cell()
        if cell is not None and not self.data.locked:
            self.makeup_requested.emit(*cell)

    def _type(self, sign: str) -> None:
        entry = self.panes.painted.entry
        if not entry and self._point:
            entry = "."
        if len(entry) < 5:
            self.set_entry(entry + sign.replace(",", "."))

    def set_entry(self, text: str) -> None:
        """Show hours being typed at the cursor; nothing ends the typing."""
        self.panes.painted.entry = text
        self._point = False
        self.panes.update_rows(self.panes.row())

    def commit(self) -> bool:
        """Turn typed hours into a mark; false when they do not fit the block."""
        entry, block = self.panes.painted.entry, self.block()
        self._point = False
        if not entry or block is None:
            return True
        mark = parse_hours(entry, block.minutes)
        if mark is None:
            self._refuse(entry, block)
            return False
        minutes = mark.minutes if mark.kind == "partial" else None
        self.mark(mark.kind, minutes, stay=True)
        return True

    def _is_to_come(self) -> bool:
        """Say that a block is of a later day, if it is; the cursor stays where it is."""
        block = self.block()
        if block is None or not block.to_come:
            return False
        self.status.emit(to_come_text(block))
        QApplication.beep()
        return True

    def _refuse(self, entry: str, block: GridBlock) -> None:
        longest = fmt.hours_long(block.minutes)
        self.status.emit(f"“{entry}” does not fit: this block is {longest} long.")
        QApplication.beep()
