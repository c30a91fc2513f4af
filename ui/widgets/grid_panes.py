"""Three views of one model beside each other: frozen names, the blocks, frozen summaries."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollBar, QTableView, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.grid_delegate import GridDelegate
from ui.widgets.grid_header import HEIGHT, GridHeader
from ui.widgets.grid_model import FROZEN, GridModel
from ui.widgets.plain_header import PlainHeader

_HOURS, _STATE = 60, 112
_NAME, _AGENCY = (164, 264), 100
_BLOCK = (48, 64)
_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class GridView(QTableView):
    """One of the three; keys and focus are told to whoever listens."""

    key_pressed = Signal(object)
    focus_changed = Signal(bool)
    menu_wanted = Signal(object)  # QPoint, global

    def __init__(self, model: GridModel, delegate: GridDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(delegate)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)
        rows.setDefaultSectionSize(theme.row_height())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(_OFF)
        self.setHorizontalScrollBarPolicy(_OFF)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def update_row(self, row: int) -> None:
        """Draw a row again."""
        if row >= 0:
            top = self.rowViewportPosition(row)
            self.viewport().update(QRect(0, top, self.viewport().width(), self.rowHeight(row)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_pressed.emit(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return False  # Tab is a key of the grid

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


class GridPanes(QWidget):
    """Lays the views out, keeps them on the same row, and owns the cursor."""

    cursor_moved = Signal()
    clicked = Signal(int, int)  # row, column of a block
    double_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GridModel(self)
        self.painted = GridDelegate(self)
        self.left, self.blocks, self.right = (
            GridView(self.model, self.painted, self) for _ in range(3)
        )
        self.header = GridHeader(self.blocks)
        self.blocks.setHorizontalHeader(self.header)
        for view in (self.left, self.right):
            view.setHorizontalHeader(PlainHeader(view, height=HEIGHT))
            view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            view.clicked.connect(lambda index: self._clicked_beside(index))
        self.blocks.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.blocks.clicked.connect(lambda i: self.clicked.emit(i.row(), i.column()))
        self.blocks.doubleClicked.connect(lambda i: self.double_clicked.emit(i.row(), i.column()))
        self.blocks.focus_changed.connect(self._focus_changed)
        self.model.modelReset.connect(self._columns_changed)
        self.vertical = QScrollBar(Qt.Orientation.Vertical, self)
        self.horizontal = QScrollBar(Qt.Orientation.Horizontal, self)
        self._link_scrolling()
        self.setFocusProxy(self.blocks)

    def _link_scrolling(self) -> None:
        bars = [view.verticalScrollBar() for view in (self.blocks, self.left, self.right)]
        for bar in (*bars, self.vertical):
            for other in (*bars, self.vertical):
                if other is not bar:
                    bar.valueChanged.connect(other.setValue)
        across = self.blocks.horizontalScrollBar()
        across.valueChanged.connect(self.horizontal.setValue)
        self.horizontal.valueChanged.connect(across.setValue)
        bars[0].rangeChanged.connect(lambda *_: self._take_range(bars[0], self.vertical))
        across.rangeChanged.connect(lambda *_: self._take_range(across, self.horizontal))

    def _take_range(self, source: QScrollBar, target: QScrollBar) -> None:
        target.setRange(source.minimum(), source.maximum())
        target.setPageStep(source.pageStep())
        target.setSingleStep(theme.row_height())
        target.setVisible(source.maximum() > 0)
        self._lay_out()

    def row(self) -> int:
        """Row of the cursor, or -1."""
        return self.painted.row

    def column(self) -> int:
        """Column of the cursor, or -1."""
        return self.painted.column

    def move_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell of a block, as near as there is one."""
        rows, count = self.model.rowCount(), len(self.model.grid.blocks)
        if not rows or not count:
            return
        before = self.painted.row
        self.painted.row = max(0, min(rows - 1, row))
        self.painted.column = max(FROZEN, min(FROZEN + count - 1, column))
        index = self.model.index(self.painted.row, self.painted.column)
        self.blocks.setCurrentIndex(index)
        self.blocks.scrollTo(index)
        self.header.set_current(self.painted.column)
        self.update_rows(before, self.painted.row)
        self.cursor_moved.emit()

    def update_rows(self, *rows: int) -> None:
        """Draw rows again in all three views."""
        for row in set(rows):
            for view in (self.left, self.blocks, self.right):
                view.update_row(row)

    def page_rows(self) -> int:
        """How many rows are in sight."""
        return max(1, self.blocks.viewport().height() // theme.row_height())

    def _clicked_beside(self, index: QModelIndex) -> None:
        self.blocks.setFocus(Qt.FocusReason.MouseFocusReason)
        self.clicked.emit(index.row(), max(FROZEN, self.painted.column))

    def _focus_changed(self, inside: bool) -> None:
        self.painted.active = inside
        self.update_rows(self.painted.row)

    def _columns_changed(self) -> None:
        self.painted.row = self.painted.column = -1
        count = self.model.columnCount()
        for column in range(count):
            frozen, summary = column < FROZEN, column >= count - 2
            self.left.setColumnHidden(column, not frozen)
            self.blocks.setColumnHidden(column, frozen or summary)
            self.right.setColumnHidden(column, not summary)
        self._lay_out()

    def _lay_out(self) -> None:
        """Blocks get their width first; names share what is left, down to their least."""
        bar = self.vertical.sizeHint().width() if self.vertical.maximum() else 0
        below = self.horizontal.sizeHint().height() if self.horizontal.maximum() else 0
        high, right = self.height() - below, _HOURS + _STATE
        count = max(1, len(self.model.grid.blocks))
        room = self.width() - right - bar
        each = max(_BLOCK[0], min(_BLOCK[1], (room - 390) // count))
        middle = max(_BLOCK[0], min(count * each, room - _NAME[0] - _AGENCY))
        left = room - middle
        name = max(_NAME[0], min(_NAME[1], round(left * 0.52)))
        self.left.setGeometry(0, 0, left, high)
        self.blocks.setGeometry(left, 0, middle, high)
        self.right.setGeometry(left + middle, 0, right, high)
        self.vertical.setGeometry(self.width() - bar, HEIGHT, bar, max(0, high - HEIGHT))
        self.horizontal.setGeometry(left, high, middle, below)
        self.left.setColumnWidth(0, name)
        self.left.setColumnWidth(1, left - name)
        for column in range(FROZEN, FROZEN + len(self.model.grid.blocks)):
            self.blocks.setColumnWidth(column, each)
        last = self.model.columnCount()
        self.right.setColumnWidth(last - 2, _HOURS)
        self.right.setColumnWidth(last - 1, _STATE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.painted.remake_fonts()
            for view in (self.left, self.blocks, self.right):
                view.verticalHeader().setDefaultSectionSize(theme.row_height())
