"""The attendance grid: rows are people, columns are blocks, one key is one mark.

It changes nothing by itself: it says what a key asks for, and draws what it is given.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets import grid_keys, grid_menu
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.grid_data import (
    GridBlock,
    GridData,
    GridPerson,
    Mark,
    MarkKind,
    Summary,
    overwrite_text,
    present_text,
)
from ui.widgets.grid_editor import GridEditor
from ui.widgets.grid_model import FROZEN
from ui.widgets.grid_panes import GridPanes
from ui.widgets.label import ElidedLabel

_LOCKED_LEGEND = "Finalized: marks can be read but not changed."


class AttendanceGrid(QWidget):
    """Shows a :class:`GridData`; ``set_mark`` and ``set_summary`` change single cells.

    Attributes:
        marked: Enrollment, block, kind, and minutes for partial hours (else ``None``).
        cleared: Enrollment, block: the cell is to be blank again.
        fill_requested: Block; true when existing marks are to change too.
        number_entered: What was typed or scanned into the number box.
        status: What the middle of the status line should say.
    """

    marked = Signal(int, int, str, object)
    cleared = Signal(int, int)
    fill_requested = Signal(int, bool)
    makeup_requested = Signal(int, int)
    number_entered = Signal(str)
    walk_in_requested = Signal()
    sheet_requested = Signal()
    status = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes = GridPanes()
        self.panes.blocks.setAccessibleName("Attendance")
        self.editor = GridEditor(self.panes)
        self.card = Card()
        self.card.body.addWidget(self.panes)
        self.legend = ElidedLabel(grid_keys.LEGEND, role="soft")
        self.legend.setToolTip(grid_keys.MORE)
        self.walk_in = button("Add a &walk-in…", self.walk_in_requested.emit, kind="link")
        self.sheet = button("Read a &sheet…", self.sheet_requested.emit, kind="link")
        self.number = QLineEdit(placeholderText="Row, state number or page code (N)")
        self.number.setAccessibleName(
            "Row, range or state number to mark present, or the page code of a sheet"
        )
        self.number.setFixedWidth(284)
        self.number.returnPressed.connect(self._number_typed)
        self._echo = ""  # who was marked by number; said until the box is left
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.number, self._leave_number)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 8, 0, 0)
        foot.setSpacing(14)
        foot.addWidget(self.legend, 1)
        foot.addWidget(self.sheet)
        foot.addWidget(self.walk_in)
        foot.addWidget(self.number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.card, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.panes.blocks)
        self._connect()

    def _connect(self) -> None:
        panes, editor = self.panes, self.editor
        editor.marked.connect(self.marked)
        editor.cleared.connect(self.cleared)
        editor.fill_requested.connect(self.fill_requested)
        editor.makeup_requested.connect(self.makeup_requested)
        editor.status.connect(self.status)
        editor.number_wanted.connect(self.number.setFocus)
        editor.left_forward.connect(lambda: self.focusNextPrevChild(True))
        editor.left_backward.connect(lambda: self.focusNextPrevChild(False))
        editor.row_wanted.connect(self._read_row)
        panes.cursor_moved.connect(self._say_block)
        panes.clicked.connect(self._clicked)
        panes.double_clicked.connect(lambda *_: editor.toggle())
        panes.header.sectionClicked.connect(lambda column: self._clicked(panes.row(), column))
        panes.header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panes.header.customContextMenuRequested.connect(self._open_block_menu)
        panes.blocks.menu_wanted.connect(self._open_cell_menu)

    @property
    def data(self) -> GridData:
        """What is drawn now."""
        return self.panes.model.grid

    def set_data(self, data: GridData) -> None:
        """Show other people, blocks and marks; the cursor stays on its person and block."""
        cell = self.current()
        self.editor.set_entry("")
        self.panes.model.set_data(data)
        self.set_locked(data.locked)
        row = self.panes.model.row_of(cell[0]) if cell else 0
        column = self.panes.model.column_of(cell[1]) if cell else FROZEN
        self.panes.move_to(row, column)

    def set_mark(self, enrollment_id: int, block_id: int, mark: Mark | None) -> None:
        """Draw one cell as it now is."""
        self.panes.model.set_mark(enrollment_id, block_id, mark)
        block = self.current_block()
        if block is not None and block.block_id == block_id:
            self._say_block()

    def set_summary(self, enrollment_id: int, summary: Summary) -> None:
        """Draw the hours and the state of one row as they now are."""
        self.panes.model.set_summary(enrollment_id, summary)

    def set_locked(self, locked: bool) -> None:
        """Only show; keys that mark say why they do not."""
        self.data.locked = locked
        self.legend.setText(_LOCKED_LEGEND if locked else grid_keys.LEGEND)
        for part in (self.number, self.walk_in, self.sheet):
            part.setVisible(not locked)

    def current(self) -> tuple[int, int] | None:
        """Enrollment and block of the cursor."""
        return self.editor.cell()

    def current_person(self) -> GridPerson | None:
        """The person of the cursor's row."""
        row = self.panes.row()
        return self.data.people[row] if 0 <= row < len(self.data.people) else None

    def current_block(self) -> GridBlock | None:
        """The block of the cursor's column."""
        return self.panes.model.block_at(self.panes.column())

    def choose(self, enrollment_id: int, block_id: int | None = None) -> None:
        """Put the cursor on a person, and on a block if one is given."""
        row = self.panes.model.row_of(enrollment_id)
        column = self.panes.column() if block_id is None else self.panes.model.column_of(block_id)
        if row >= 0:
            self.panes.move_to(row, column)

    def start(self, today: date) -> None:
        """Put the cursor where marking goes on: a blank of today's blocks, or else the first one.

        What is typed before anybody looks then lands in the block that is being taught.
        """
        marks, people = self.data.marks, self.data.people
        blank = [
            (person.enrollment_id, block)
            for block in self.data.blocks
            if not block.to_come
            for person in people
            if (person.enrollment_id, block.block_id) not in marks
        ]
        here = next((cell for cell in blank if cell[1].day == today), blank[0] if blank else None)
        self.panes.move_to(0, FROZEN)
        if here is not None:
            self.choose(here[0], here[1].block_id)

    def next_blank(self) -> bool:
        """Go to the next cell without a mark, block by block; false when there is none."""
        rows, blocks = self.data.people, self.data.blocks
        cells = [(person, block) for block in blocks for person in rows]
        here = (self.panes.column() - FROZEN) * len(rows) + self.panes.row()
        for person, block in cells[here + 1 :] + cells[: here + 1]:
            if not block.to_come and (person.enrollment_id, block.block_id) not in self.data.marks:
                self.choose(person.enrollment_id, block.block_id)
                return True
        return False

    def overwrite_text(self, block_id: int) -> str:
        """What marking everybody in a block would change, to be asked before it is done."""
        return overwrite_text(self.data, block_id)

    def answer_number(self, text: str, *, known: bool) -> None:
        """Echo what a number was: a name, or that nobody has it (with a beep)."""
        self._echo = text if known else ""
        if known:
            self._say_block()
        else:
            self.status.emit(text)
        self.number.setProperty("wrong", not known)
        self.number.style().polish(self.number)
        if known:
            self.number.clear()
        else:
            self.number.selectAll()
            QApplication.beep()

    def _clicked(self, row: int, column: int) -> None:
        if self.editor.commit() or (row, column) != (self.panes.row(), self.panes.column()):
            self.editor.set_entry("")
            self.panes.move_to(row, column)

    def _number_typed(self) -> None:
        text = self.number.text().strip()
        if text:
            self.number_entered.emit(text)

    def _leave_number(self) -> None:
        self.number.clear()
        self.panes.blocks.setFocus()
        self._say_block()

    def _say_block(self) -> None:
        block = self.current_block()
        text = "" if block is None else present_text(self.data, block)
        if self.panes.blocks.hasFocus():
            self._echo = ""
        said = " · ".join(part for part in (self._echo, text) if part)
        if said:
            self.status.emit(said)

    def _read_row(self) -> None:
        if self.current_person() is None:
            return
        text = self.panes.model.row_text(self.panes.row())
        self.status.emit(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.panes.blocks, text))

    def _open_cell_menu(self, place: QPoint) -> None:
        self.menu = grid_menu.for_cell(self.editor, self)
        self.menu.popup(place)

    def _open_block_menu(self, place: QPoint) -> None:
        column = self.panes.header.logicalIndexAt(place)
        if column < 0:
            return
        self._clicked(self.panes.row(), column)
        self.menu = grid_menu.for_block(self.editor, self)
        self.menu.popup(self.panes.header.mapToGlobal(place))


__all__ = [
    "AttendanceGrid",
    "GridBlock",
    "GridData",
    "GridPerson",
    "Mark",
    "MarkKind",
    "Summary",
]
