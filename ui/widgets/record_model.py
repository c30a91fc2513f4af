"""Rows of a query for a table: every id, and the few pages of records in sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from ui.widgets.label import plain_tip
from ui.widgets.marks import Pill

PAGE = 128
PAGES_KEPT = 64

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignHCenter

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_HORIZONTAL = Qt.Orientation.Horizontal
_ROOT = QModelIndex()

AnyIndex = QModelIndex | QPersistentModelIndex
Filter = Mapping[str, object]


def as_text(value: object) -> str:
    """A plain value as it is; nothing for ``None``."""
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Column:
    """One column of a table, as data.

    Attributes:
        key: The record's attribute, and what the source sorts by.
        text: Turns the value into what is shown and copied.
        width: Pixels at first; 0 takes what is left.
        bold: The name of the row.
        soft: Less important than the rest.
        pill: Gives a state with shape and color instead of plain text.
        spare: Left out where there is no room for it; the last such column first.
        tip: Says more about a record than its cell does; empty where the cell says it all.
    """

    key: str
    title: str
    text: Callable[[Any], str] = as_text
    align: Qt.AlignmentFlag = LEFT
    width: int = 140
    bold: bool = False
    soft: bool = False
    pill: Callable[[Any], Pill | None] | None = None
    tip: Callable[[Any], str] | None = None
    sortable: bool = True
    spare: bool = False


@dataclass(frozen=True)
class Sort:
    """By which column's key, and which way."""

    key: str
    descending: bool = False


class Source(Protocol):
    """Where records come from; both calls are one query."""

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """Every id that fits the filter, in order."""

    def rows(self, ids: Sequence[int]) -> Mapping[int, Any]:
        """The records of some ids; what no longer exists is left out."""


class RecordModel(QAbstractTableModel):
    """Shows a source; a record deleted meanwhile is blank instead of failing."""

    reloaded = Signal(int)  # number of rows

    def __init__(
        self, columns: Sequence[Column], source: Source, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.source = source
        self.order: Sort | None = None
        self.filter: Filter = {}
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, list[Any | None]] = OrderedDict()
        self._aligned = [int(c.align | Qt.AlignmentFlag.AlignVCenter) for c in self.columns]
        self._name = next((n for n, c in enumerate(self.columns) if c.bold), 0)

    @override
    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        if role not in (_DISPLAY, _TOOLTIP, _ALIGNMENT, _SPOKEN) or not index.isValid():
            return None
        if role == _ALIGNMENT:
            return self._aligned[index.column()]
        text = self.text(index.row(), index.column())
        if role == _DISPLAY:
            return text
        if role == _TOOLTIP:
            return plain_tip(self._more(index) or text)
        return self._spoken(index, text)

    def _more(self, index: AnyIndex) -> str:
        record, tip = self.record(index.row()), self.columns[index.column()].tip
        return "" if record is None or tip is None else tip(record)

    def _spoken(self, index: AnyIndex, text: str) -> str:
        """Row name, column and value: "Smith, Ana, Agency, Rolla Police"."""
        title = self.columns[index.column()].title
        if index.column() == self._name:
            return text
        return f"{self.text(index.row(), self._name)}, {title}, {text or 'empty'}"

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != _HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        return self._aligned[section] if role == _ALIGNMENT else None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and self.columns[column].sortable:
            descending = order == Qt.SortOrder.DescendingOrder
            self.order = Sort(self.columns[column].key, descending)
            self.reload()

    def set_filter(self, filter: Filter) -> None:
        """Show only what fits, and tell the source."""
        self.filter = dict(filter)
        self.reload()

    def reload(self) -> None:
        """Ask the source again for everything."""
        self.beginResetModel()
        self._ids = self.source.ids(self.order, self.filter)
        self._pages.clear()
        self.endResetModel()
        self.reloaded.emit(len(self._ids))

    def update_rows(self, ids: frozenset[int] | set[int]) -> None:
        """Read some records again where they stand; for a change that moves no row."""
        for number, page in list(self._pages.items()):
            first = number * PAGE
            if ids.intersection(self._ids[first : first + PAGE]):
                del self._pages[number]
                last = first + len(page) - 1
                ends = self.index(first, 0), self.index(last, len(self.columns) - 1)
                self.dataChanged.emit(*ends)

    def id_at(self, row: int) -> int:
        """The id of a row."""
        return self._ids[row]

    def row_of(self, record_id: int) -> int:
        """The row of an id, or -1."""
        try:
            return self._ids.index(record_id)
        except ValueError:
            return -1

    def record(self, row: int) -> Any | None:
        """The record of a row, or ``None`` when it no longer exists."""
        number, offset = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * PAGE : (number + 1) * PAGE]
            found = self.source.rows(ids)
            page = self._pages[number] = [found.get(i) for i in ids]
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return page[offset]

    def text(self, row: int, column: int) -> str:
        """What a cell shows, and what is copied."""
        record = self.record(row)
        if record is None:
            return ""
        shown = self.columns[column]
        if shown.pill is not None:
            pill = shown.pill(record)
            return "" if pill is None else pill.text
        return shown.text(getattr(record, shown.key))

    def pill(self, row: int, column: int) -> Pill | None:
        """The state of a cell, in a column that shows states."""
        record, make = self.record(row), self.columns[column].pill
        return None if record is None or make is None else make(record)
