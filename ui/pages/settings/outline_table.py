"""The table that edits a course's outline, with its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cit_desktop.catalogs import Module
from ui import format as fmt
from ui import theme
from ui.pages.settings.outline_model import (
    AREA,
    DAY,
    DELIVERY,
    HOURS,
    TITLE,
    OutlineDelegate,
    OutlineModel,
)
from ui.widgets.button import button, icon_button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.widgets.plain_header import PlainHeader

_WIDTHS = {DAY: 44, HOURS: 56, DELIVERY: 96, AREA: 104}


class _Table(QTableView):
    removed = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() == Qt.Key.Key_Delete and not editing:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class OutlineTable(QWidget):
    """Tells the outline as it should be; whoever keeps it shows it again."""

    changed = Signal(object)  # tuple of Module

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = OutlineModel()
        self.table = _Table()
        self.sum = TextLabel("", role="soft", points=theme.SMALL)
        self.add = button("Add &part", self._add, icon="plus")
        self.remove = icon_button("trash", "Remove part (Del)", self._remove)
        self.up = icon_button("up", "Move part up", lambda: self._move(-1))
        self.down = icon_button("down", "Move part down", lambda: self._move(1))
        self._follow: int | None = None
        self._set_up()
        card = Card()
        card.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.add)
        for one in (self.up, self.down, self.remove):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self.sum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(card, 1)
        column.addLayout(row)
        self.model.changed.connect(self.changed)
        self.table.removed.connect(self._remove)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._enable())

    def _set_up(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(OutlineDelegate(table))
        header = PlainHeader(table)
        table.setHorizontalHeader(header)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.row_height())
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.setAccessibleName("Outline")

    def show_modules(self, modules: Sequence[Module]) -> None:
        """Show an outline, and stay where one was in it."""
        place = self.table.currentIndex()
        row = place.row() if self._follow is None else self._follow
        column = max(place.column(), 0) if self._follow is None else TITLE
        self.model.show_modules(modules)
        if modules and row >= 0:
            shown = self.model.index(min(row, len(modules) - 1), column)
            self.table.setCurrentIndex(shown)
        self._follow = None
        hours = fmt.hours_long(sum(module.minutes for module in modules))
        parts = fmt.plural(len(modules), "part")
        self.sum.setText(f"{parts}, {hours}")
        self._enable()

    def set_read_only(self, read_only: bool) -> None:
        """Only show."""
        self.model.editable = not read_only
        for one in (self.add, self.remove, self.up, self.down):
            one.setVisible(not read_only)

    def _enable(self) -> None:
        row = self.table.currentIndex().row()
        self.remove.setEnabled(row >= 0 and len(self.model.modules) > 1)
        self.up.setEnabled(self.model.moved(row, -1) is not None)
        self.down.setEnabled(self.model.moved(row, 1) is not None)

    def _add(self) -> None:
        row = self.table.currentIndex().row()
        row = row if row >= 0 else len(self.model.modules) - 1
        self._follow = row + 1
        self.changed.emit(self.model.with_new(row))
        self.table.setFocus()
        self.table.edit(self.table.currentIndex())

    def _remove(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0 and len(self.model.modules) > 1:
            self.changed.emit(self.model.without(row))

    def _move(self, step: int) -> None:
        row = self.table.currentIndex().row()
        moved = self.model.moved(row, step)
        if moved is None:
            return
        same_day = self.model.modules[row].day == self.model.modules[row + step].day
        self._follow = row + step if same_day else row
        self.changed.emit(moved)
