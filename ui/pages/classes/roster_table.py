"""The roster as a table: numbers and scores are edited where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.db import Database
from cit_desktop.services import enrollment
from cit_desktop.services.enrollment import RosterRow, RosterSort
from ui import format as fmt
from ui import theme
from ui.preferences import Preferences
from ui.widgets.marks import Pill
from ui.widgets.record_table import CENTER, RIGHT, Column, Filter, RecordTable, Sort

EDITED = ("number", "score")
_NO_UPDATE = QItemSelectionModel.SelectionFlag.NoUpdate
_RESULTS = {
    "completed": Pill("Completed", "good", "full"),
    "partial": Pill("In part", "care", "half"),
    "withdrawn": Pill("Withdrawn", "soft", "cross"),
}
_ROLES = {"trainee": "Trainee", "instructor": "Instructor", "observer": "Observer"}
_SCENARIO = {None: "", 0: "Not passed", 1: "Passed"}


def result_pill(row: RosterRow) -> Pill | None:
    """The result of somebody; nothing while the class is open."""
    return _RESULTS.get(row.result)


def discipline_name(key: str) -> str:
    """The discipline in words."""
    return next((found.name for found in catalogs.disciplines() if found.key == key), key)


COLUMNS = (
    Column("name", "Name", width=196, bold=True),
    Column("number", "No.", width=52, align=RIGHT),
    Column("agency", "Agency", width=0),
    Column("title", "Title", width=110, soft=True, spare=True),
    Column("discipline", "Discipline", width=132, soft=True, text=discipline_name, spare=True),
    Column("state_number", "State number", width=104, sortable=False),
    Column("role", "Role", width=86, text=lambda role: _ROLES.get(role, role)),
    Column("minutes", "Hours", width=60, align=CENTER, text=fmt.hours, sortable=False),
    Column("score", "Score", width=60, align=RIGHT),
    Column("scenario_passed", "Scenario", width=92, text=_SCENARIO.__getitem__, sortable=False),
    Column("result", "Result", width=116, pill=result_pill),
)


class RosterSource:
    """The enrollments of one class."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.class_id = 0

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """Everybody in the class, also those who withdrew."""
        order = sort or Sort("name")
        key = cast(RosterSort, order.key)
        with self._db.read() as session:
            return enrollment.ids(session, self.class_id, key, order.descending)

    def rows(self, ids: Sequence[int]) -> Mapping[int, RosterRow]:
        """Some of them."""
        with self._db.read() as session:
            return enrollment.rows(session, ids)


class CellLine(QLineEdit):
    """A line over a cell: Enter commits and goes down, Tab stays, Esc cancels."""

    done = Signal(str, int)  # text, rows to move by
    left = Signal()

    def __init__(self, parent: QWidget, text: str, place: QRect) -> None:
        super().__init__(text, parent)
        self.setGeometry(place.adjusted(2, 2, -2, -3))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setTextMargins(-4, 0, -4, 0)
        self._over = False
        self.installEventFilter(self)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._finish(0)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._finish(1)
        elif key == Qt.Key.Key_Up:
            self._finish(-1)
        elif key == Qt.Key.Key_Tab:
            self._finish(0)
        elif key == Qt.Key.Key_Escape:
            self._over = True
            self.left.emit()
            self.deleteLater()
        else:
            return False
        return True

    def _finish(self, step: int) -> None:
        if self._over:
            return
        self._over = True
        self.left.emit()
        if self.isModified():
            self.done.emit(self.text().strip(), step)
        else:
            self.done.emit("", step) if step else None
        self.deleteLater()


class RosterTable(RecordTable):
    """Rows are people; F2, a digit or a double-click edits a number or a score in place.

    Attributes:
        cell_edited: Enrollment, column key, and the whole number typed or ``None``.
        cell_refused: What was typed that is no whole number.
    """

    cell_edited = Signal(int, str, object)
    cell_refused = Signal(str)

    def __init__(
        self, source: RosterSource, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(COLUMNS, source, preferences, "roster", parent)
        self.setAccessibleName("Roster")
        self.editor: CellLine | None = None
        self.locked = False

    def show_columns(self, *, score: bool, scenario: bool, result: bool) -> None:
        """Show only those tests that the class asks for, and results once there are any."""
        keys = [column.key for column in COLUMNS]
        self.setColumnHidden(keys.index("score"), not score)
        self.setColumnHidden(keys.index("scenario_passed"), not scenario)
        self.setColumnHidden(keys.index("result"), not result)
        self._fill_width()

    @override
    def reload(self) -> None:
        """The cursor stays in its column, so that one number can follow the other."""
        column = self.currentIndex().column()
        super().reload()
        if column > 0 and self.currentIndex().isValid():
            index = self.currentIndex().siblingAtColumn(column)
            self.selectionModel().setCurrentIndex(index, _NO_UPDATE)

    def current_key(self) -> str:
        """The key of the column with the cursor."""
        column = self.currentIndex().column()
        return COLUMNS[column].key if column >= 0 else ""

    def can_edit(self) -> bool:
        """Whether the cell of the cursor can be edited in place."""
        return not self.locked and self.current_key() in EDITED

    def edit_cell(self, typed: str = "") -> None:
        """Open the line over the current cell, with its value or with what was typed."""
        index, record_id = self.currentIndex(), self.current_id()
        if record_id is None or not self.can_edit():
            return
        key = self.current_key()
        text = self.records.text(index.row(), index.column())
        self.editor = CellLine(self.viewport(), text, self.visualRect(index))
        self.editor.setAccessibleName(f"{COLUMNS[index.column()].title}, {text or 'empty'}")
        if typed:
            self.editor.setText(typed)
            self.editor.setModified(True)
        editor = self.editor
        editor.left.connect(self._editor_left)
        editor.done.connect(lambda text, step: self._edited(editor, record_id, key, text, step))

    def _editor_left(self) -> None:
        self.editor = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self, editor: CellLine, record_id: int, key: str, text: str, step: int) -> None:
        if editor.isModified():
            if text and not (text.isascii() and text.isdecimal()):
                self.cell_refused.emit(text)
                return
            self.cell_edited.emit(record_id, key, int(text) if text else None)
        here = self.currentIndex()
        below = self.records.index(here.row() + step, here.column())
        if step and below.isValid():
            self.setCurrentIndex(below)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if self.can_edit() and event.key() == Qt.Key.Key_F2:
            self.edit_cell()
        elif self.can_edit() and text.isascii() and text.isdecimal():
            self.edit_cell(text)
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            super().mouseDoubleClickEvent(event)
        elif COLUMNS[index.column()].key in EDITED and not self.locked:
            self.setCurrentIndex(index)
            self.edit_cell()
        else:
            self.opened.emit(self.records.id_at(index.row()))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        if not self.hasFocus() or not self.can_edit():
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colors().accent, 2))
        painter.setBrush(theme.colors().surface)
        place = self.visualRect(self.currentIndex()).adjusted(3, 4, -3, -5)
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(theme.colors().text)
        painter.setFont(theme.font())
        index: Any = self.currentIndex()
        text = self.records.text(index.row(), index.column())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place.adjusted(6, 0, -8, 0), flags, text)
