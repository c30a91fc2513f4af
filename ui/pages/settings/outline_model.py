"""A course's outline as rows that are edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.catalogs import Module
from ui import format as fmt
from ui import theme
from ui.widgets.label import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
DAY, TITLE, HOURS, DELIVERY, AREA = range(5)
_TITLES = ("Day", "Part", "Hours", "Delivery", "Credit area")
_KEYS = ("day", "title", "minutes", "delivery", "area")
CHOICES = {DELIVERY: ("", *catalogs.DELIVERIES), AREA: catalogs.AREAS}
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_SHOWN = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole))
_ROOT = QModelIndex()


def parse_hours(text: str, most: int = 24) -> int | None:
    """Minutes of "1.5", "1,5" or "90 min"; None when it is no time, or over ``most`` hours."""
    words = text.strip().lower().replace(",", ".")
    factor = 1 if words.endswith(("min", "m")) else 60
    number = words.removesuffix("hours").removesuffix("min").rstrip("hm ")
    try:
        minutes = float(number) * factor
    except ValueError:
        return None
    return round(minutes) if 0 < minutes <= most * 60 else None


class OutlineModel(QAbstractTableModel):
    """Tells the whole outline whenever one of its cells was changed."""

    changed = Signal(object)  # tuple of Module

    def __init__(self) -> None:
        super().__init__()
        self.modules: tuple[Module, ...] = ()
        self.editable = True

    def show_modules(self, modules: Sequence[Module]) -> None:
        """Show an outline; only what differs is drawn anew."""
        if tuple(modules) == self.modules:
            return
        if len(modules) != len(self.modules):
            self.beginResetModel()
            self.modules = tuple(modules)
            self.endResetModel()
            return
        self.modules = tuple(modules)
        self.dataChanged.emit(self.index(0, 0), self.index(len(modules) - 1, AREA))

    @override
    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.modules)

    @override
    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (DAY, HOURS):
            return _MIDDLE
        return None

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        found = super().flags(index)
        can_edit = self.editable and index.isValid()
        return found | Qt.ItemFlag.ItemIsEditable if can_edit else found

    @override
    def data(self, index: AnyIndex, role: int = 0) -> Any:
        if not index.isValid():
            return None
        module, column = self.modules[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _MIDDLE if column in (DAY, HOURS) else Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(module.title) if column == TITLE else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{module.title}, {_TITLES[column]}, {self._text(module, column)}"
        return self._text(module, column) if int(role) in _SHOWN else None

    def _text(self, module: Module, column: int) -> str:
        if column == HOURS:
            return fmt.hours(module.minutes)
        return str(getattr(module, _KEYS[column]))

    @override
    def setData(self, index: AnyIndex, value: Any, role: int = 0) -> bool:
        module, column = self.modules[index.row()], index.column()
        wanted = self._read(column, str(value))
        if wanted is None or wanted == getattr(module, _KEYS[column]):
            return False
        changed = list(self.modules)
        fields: dict[str, Any] = {_KEYS[column]: wanted}
        changed[index.row()] = replace(module, **fields)
        if column == DAY:
            changed.sort(key=lambda one: one.day)
        self.changed.emit(tuple(changed))
        return True

    def _read(self, column: int, text: str) -> int | str | None:
        if column == HOURS:
            return parse_hours(text)
        if column == DAY:
            return int(text) if text.strip().isdecimal() else None
        return " ".join(text.split()) if column == TITLE else text

    def with_new(self, after: int) -> tuple[Module, ...]:
        """The outline with one more part under a row, on the same day."""
        base = self.modules[after] if 0 <= after < len(self.modules) else None
        made = Module(base.day if base else 1, "New part", 60, "lecture", "technical")
        place = after + 1 if base else len(self.modules)
        return (*self.modules[:place], made, *self.modules[place:])

    def without(self, row: int) -> tuple[Module, ...]:
        """The outline without a row; days close up behind it."""
        left = [module for number, module in enumerate(self.modules) if number != row]
        days = {day: place for place, day in enumerate(sorted({m.day for m in left}), 1)}
        return tuple(replace(module, day=days[module.day]) for module in left)

    def moved(self, row: int, step: int) -> tuple[Module, ...] | None:
        """The outline with a row one place further, into the next day if need be."""
        other = row + step
        if not (0 <= row < len(self.modules) and 0 <= other < len(self.modules)):
            return None
        changed = list(self.modules)
        mine, theirs = changed[row], changed[other]
        if mine.day == theirs.day:
            changed[row], changed[other] = theirs, mine
        else:
            alone = sum(module.day == mine.day for module in changed) == 1
            if alone:
                return None
            changed[row] = replace(mine, day=theirs.day)
        return tuple(changed)


class OutlineDelegate(QStyledItemDelegate):
    """A list for what is one of a few, a line for the rest; calm rows."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        roles, rect = theme.colors(), option.rect
        shown = QStyleOptionViewItem(option)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, roles.accent_ground)
            shown.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, shown, index)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, roles.line)

    @override
    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        choices = CHOICES.get(index.column())
        if choices is None:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.addItems(list(choices))
        box.activated.connect(lambda _place: self._finish(box))
        return box

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    @override
    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data()))
        else:
            super().setEditorData(editor, index)

    @override
    def setModelData(self, editor: QWidget, model: Any, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)
