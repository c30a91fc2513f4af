"""The attendance grid as Qt's model: name, agency, one column a block, hours, state."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from typing_extensions import override

from ui import format as fmt
from ui.widgets.grid_data import (
    GridBlock,
    GridData,
    GridPerson,
    Mark,
    Summary,
    mark_text,
    present_text,
)
from ui.widgets.label import plain_tip
from ui.widgets.record_model import AnyIndex

FROZEN = 2  # name and agency
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_HORIZONTAL = Qt.Orientation.Horizontal
_ROOT = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft)
_CENTER = int(Qt.AlignmentFlag.AlignHCenter)


class GridModel(QAbstractTableModel):
    """Rows are people; single marks and summaries change in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = GridData()
        self._rows: dict[int, int] = {}
        self._columns: dict[int, int] = {}

    def set_data(self, grid: GridData) -> None:
        """Show other people, blocks and marks."""
        self.beginResetModel()
        self.grid = grid
        self._rows = {person.enrollment_id: row for row, person in enumerate(grid.people)}
        places = enumerate(grid.blocks, FROZEN)
        self._columns = {block.block_id: column for column, block in places}
        self.endResetModel()

    def set_mark(self, enrollment_id: int, block_id: int, mark: Mark | None) -> None:
        """Change one cell; ``None`` makes it blank."""
        key = enrollment_id, block_id
        if mark is None:
            self.grid.marks.pop(key, None)
        else:
            self.grid.marks[key] = mark
        row, column = self._rows.get(enrollment_id), self._columns.get(block_id)
        if row is not None and column is not None:
            cell = self.index(row, column)
            self.dataChanged.emit(cell, cell)

    def set_summary(self, enrollment_id: int, summary: Summary) -> None:
        """Change the hours and the state at the end of a row."""
        self.grid.summaries[enrollment_id] = summary
        row = self._rows.get(enrollment_id)
        if row is not None:
            first = FROZEN + len(self.grid.blocks)
            self.dataChanged.emit(self.index(row, first), self.index(row, first + 1))

    def row_of(self, enrollment_id: int) -> int:
        """The row of a person, or -1."""
        return self._rows.get(enrollment_id, -1)

    def column_of(self, block_id: int) -> int:
        """The column of a block, or -1."""
        return self._columns.get(block_id, -1)

    def block_at(self, column: int) -> GridBlock | None:
        """The block of a column, if it is one of a block."""
        place = column - FROZEN
        return self.grid.blocks[place] if 0 <= place < len(self.grid.blocks) else None

    def mark_at(self, row: int, column: int) -> Mark | None:
        """The mark of a cell; ``None`` is blank."""
        block = self.block_at(column)
        if block is None:
            return None
        return self.grid.marks.get((self.grid.people[row].enrollment_id, block.block_id))

    def summary_at(self, row: int) -> Summary:
        """Hours and state of a row."""
        return self.grid.summaries.get(self.grid.people[row].enrollment_id, Summary())

    @override
    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.grid.people)

    @override
    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else FROZEN + len(self.grid.blocks) + 2

    @override
    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        if role not in (_DISPLAY, _TOOLTIP, _SPOKEN) or not index.isValid():
            return None
        row, column = index.row(), index.column()
        person, block = self.grid.people[row], self.block_at(column)
        if block is None:
            return self._edge_text(person, column, role)
        words = mark_text(self.mark_at(row, column), block)
        if role == _SPOKEN:
            return f"{person.name}, {block.spoken()}, {words}"
        return plain_tip(f"{person.name}\n{self.block_text(block)}\n{words}") if role else words

    def _edge_text(self, person: GridPerson, column: int, role: int) -> str:
        summary = self.grid.summaries.get(person.enrollment_id, Summary())
        place = column if column < FROZEN else column - len(self.grid.blocks)
        state = summary.state.text if summary.state is not None else ""
        text = (person.name, person.agency, summary.hours, state)[place]
        if role == _TOOLTIP:
            return plain_tip(text)
        if role == _SPOKEN and place:
            return f"{person.name}, {('', 'Agency', 'Hours', 'State')[place]}, {text or 'empty'}"
        if role == _SPOKEN and person.number:
            return f"{person.number}, {person.name}"
        return text

    def block_text(self, block: GridBlock) -> str:
        """``Tuesday AM, Oct 13 · Legal issues · 4 hours``."""
        day = f"{block.spoken()}, {fmt.month_day(block.day)}"
        parts = (day, block.title, fmt.hours_long(block.minutes))
        return " · ".join(part for part in parts if part)

    def row_text(self, row: int) -> str:
        """A whole row to be read aloud."""
        person, summary = self.grid.people[row], self.summary_at(row)
        cells = (
            f"{block.spoken()} {mark_text(self.mark_at(row, column), block)}"
            for column, block in enumerate(self.grid.blocks, FROZEN)
        )
        state = summary.state.text if summary.state is not None else ""
        return "; ".join(filter(None, (person.name, *cells, f"{summary.hours} hours", state)))

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != _HORIZONTAL or not 0 <= section < self.columnCount():
            return None
        block = self.block_at(section)
        if role == _ALIGNMENT:
            return _LEFT if section < FROZEN else _CENTER
        if block is not None:
            if role == _TOOLTIP:
                return plain_tip(f"{self.block_text(block)}\n{present_text(self.grid, block)}")
            return "\n".join(block.heading) if role == _DISPLAY else None
        place = section if section < FROZEN else section - len(self.grid.blocks)
        titles = ("Name", "Agency", "Hours", f"Of {self.grid.required}")
        return titles[place] if role == _DISPLAY else None
