"""A table of records: one id list, a few pages in sight, calm rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from ui import theme
from ui.preferences import Preferences
from ui.widgets.marks import Pill
from ui.widgets.plain_header import PlainHeader
from ui.widgets.record_delegate import RecordDelegate
from ui.widgets.record_model import CENTER, LEFT, RIGHT, Column, Filter, RecordModel, Sort, Source

_COPY_AT_MOST = 100_000
_LAST_WIDTH = 80
_TIGHTEST = 0.75  # of its width a column keeps at least, else the table scrolls


class RecordTable(QTableView):
    """Shows a source; Enter or double-click opens a row, Ctrl+C copies rows as a table.

    Args:
        name: Under which the widths and the order of this table are remembered.
    """

    opened = Signal(int)
    current_changed = Signal(object)  # id or None
    selection_changed = Signal()
    archive_requested = Signal(list)  # ids, on Del
    counted = Signal(int)  # rows after each reload

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source,
        preferences: Preferences | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.records = RecordModel(columns, source, self)
        self._preferences = preferences or Preferences()
        self._name = f"table/{name}"
        self._keep = QTimer(self, singleShot=True, interval=400)
        self._keep.timeout.connect(self._remember)
        self._wished: dict[int, int] = {}  # widths by place, as somebody left them
        self._fitting = False
        self._painted = RecordDelegate(self)
        self._set_up()
        self.setModel(self.records)
        self._restore_widths()
        self._restore_order()
        self.records.reloaded.connect(self.counted)
        self.selectionModel().currentRowChanged.connect(self._current_moved)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.horizontalHeader().sortIndicatorChanged.connect(self._sorted)

    def _set_up(self) -> None:
        header = PlainHeader(self)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)
        rows.setDefaultSectionSize(theme.row_height())
        self.setItemDelegate(self._painted)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.records.id_at(index.row())))

    def reload(self) -> None:
        """Read the source again; the current record stays chosen where it now stands."""
        kept, was_focused = self.current_id(), self.hasFocus()
        self.records.reload()
        if kept is not None:
            self.choose(kept)
        if was_focused:
            self.setFocus()

    def set_filter(self, filter: Filter) -> None:
        """Show only what fits; the source knows what the names mean."""
        kept = self.current_id()
        self.records.set_filter(filter)
        if kept is not None:
            self.choose(kept)

    def count(self) -> int:
        """How many rows there are."""
        return self.records.rowCount()

    def current_id(self) -> int | None:
        """The id of the current row, or ``None``."""
        row = self.currentIndex().row()
        return self.records.id_at(row) if 0 <= row < self.records.rowCount() else None

    def selected_ids(self) -> list[int]:
        """The ids of the chosen rows, from top to bottom."""
        return [self.records.id_at(row) for row in self._selected_rows()]

    def _selected_rows(self) -> list[int]:
        ranges = self.selectionModel().selection().toList()
        return sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})

    def choose(self, record_id: int) -> bool:
        """Make a record the current row and bring it in sight; false when it is not here."""
        row = self.records.row_of(record_id)
        if row < 0:
            return False
        places = range(self.records.columnCount())
        shown = next((n for n in places if not self.isColumnHidden(n)), 0)
        index = self.records.index(row, shown)  # of a hidden cell no arrow key gets away
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def hide_column(self, key: str, hidden: bool) -> None:
        """Leave a column out; those of width 0 take its room."""
        place = [column.key for column in self.records.columns].index(key)
        self.setColumnHidden(place, hidden)
        self._fill_width()

    def copy(self) -> None:
        """Put the chosen rows, with headings, on the clipboard as Excel reads them."""
        rows = self._selected_rows()
        if not rows:
            return
        columns = range(len(self.records.columns))
        lines = ["\t".join(column.title for column in self.records.columns)]
        for row in rows[:_COPY_AT_MOST]:
            cells = (self.records.text(row, column) for column in columns)
            lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _current_moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        self.current_changed.emit(self.current_id() if current.isValid() else None)

    def _sorted(self, section: int, order: Qt.SortOrder) -> None:
        if not self.records.columns[section].sortable:
            return
        kept = self.current_id()
        self.records.sort(section, order)
        if kept is not None:
            self.choose(kept)
        self._keep.start()

    def _restore_order(self) -> None:
        saved = self._preferences.get(f"{self._name}/sort", [])
        keys = [column.key for column in self.records.columns if column.sortable]
        key = saved[0] if len(saved) == 2 and saved[0] in keys else keys[0] if keys else ""
        if not key:
            self.horizontalHeader().setSortIndicatorShown(False)
            return
        down = len(saved) == 2 and saved[0] == key and saved[1] is True
        self.records.order = Sort(key, down)
        place = [column.key for column in self.records.columns].index(key)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(place, order)

    def _restore_widths(self) -> None:
        saved = self._preferences.get(f"{self._name}/widths", {})
        for place, column in enumerate(self.records.columns):
            width = saved.get(column.key, column.width)
            self._wished[place] = width if isinstance(width, int) and width else 160
            self.setColumnWidth(place, self._wished[place])
        self._fill_width()

    def _remember(self) -> None:
        places = enumerate(self.records.columns)
        widths = {column.key: self._wished[place] for place, column in places if column.width}
        self._preferences.set(f"{self._name}/widths", widths)
        order = self.records.order
        if order is not None:
            self._preferences.set(f"{self._name}/sort", [order.key, order.descending])

    def _resized(self, place: int, _before: int, width: int) -> None:
        if not self._fitting and width:  # 0: it was hidden
            self._wished[place] = width
            self._keep.start()

    def _fill_width(self) -> None:
        """Fit the columns into the window; what is left goes to those of width 0."""
        if self._fitting:
            return
        self._fitting = True
        columns, room = self.records.columns, self.viewport().width()
        share = self._spare_columns(room)
        open_ones = [n for n, column in enumerate(columns) if not column.width]
        for n, column in enumerate(columns):
            if column.width and not self.isColumnHidden(n):
                self.setColumnWidth(n, int(self._wished[n] * share))
        fixed = sum(self.columnWidth(n) for n in range(len(columns)))
        fixed -= sum(self.columnWidth(n) for n in open_ones)
        for n in open_ones:
            if not self.isColumnHidden(n):
                self.setColumnWidth(
                    n, max(int(_LAST_WIDTH * share), (room - fixed) // len(open_ones))
                )
        self._fitting = False

    def _spare_columns(self, room: int) -> float:
        """Leave out what has no room; the share of its width that each other column gets."""
        columns = self.records.columns
        spare = [n for n, column in enumerate(columns) if column.spare]
        wanted = {
            n: self._wished[n] if column.width else _LAST_WIDTH
            for n, column in enumerate(columns)
            if column.spare or not self.isColumnHidden(n)
        }
        for n in reversed(spare):
            hidden = sum(wanted.values()) > room
            if hidden:
                del wanted[n]
            if hidden != self.isColumnHidden(n):
                self.setColumnHidden(n, hidden)
        share = room / max(1, sum(wanted.values()))
        return share if _TIGHTEST <= share < 1 else 1

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_width()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            record_id = self.current_id()
            if record_id is not None:
                self.opened.emit(record_id)
        elif event.key() == Qt.Key.Key_Delete and self.selected_ids():
            self.archive_requested.emit(self.selected_ids())
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._set_hover(self.rowAt(event.position().toPoint().y()))

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hover(-1)
        return super().viewportEvent(event)

    def _set_hover(self, row: int) -> None:
        if row == self._painted.hover:
            return
        for changed in (self._painted.hover, row):
            if changed >= 0:
                self.viewport().update(self._row_rect(changed))
        self._painted.hover = row

    def _row_rect(self, row: int) -> QRect:
        top = self.rowViewportPosition(row)
        return QRect(0, top, self.viewport().width(), self.rowHeight(row))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._painted.remake_fonts()
            self.verticalHeader().setDefaultSectionSize(theme.row_height())

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        row = self.currentIndex().row()
        if row < 0 or not self.hasFocus():
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colors().accent, 2))
        painter.drawRoundedRect(self._row_rect(row).adjusted(1, 1, -1, -2), 4, 4)


__all__ = [
    "CENTER",
    "LEFT",
    "RIGHT",
    "Column",
    "Filter",
    "Pill",
    "RecordModel",
    "RecordTable",
    "Sort",
    "Source",
]
