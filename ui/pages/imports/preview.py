"""The third step of an import: every row, what becomes of it, and what may be decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.imports.intake import AnyPlan, Decisions
from cit_desktop.imports.planned import Plan
from cit_desktop.imports.returned_plan import ReturnedPlan
from ui.pages.imports import telling
from ui.pages.imports.detail import ImportDetail
from ui.pages.imports.lines import Lines
from ui.pages.imports.order import keep_order
from ui.pages.imports.rows import COLUMNS, PlanRows, can_choose
from ui.preferences import Preferences
from ui.widgets.card import Card, LinedBar
from ui.widgets.chips import Chips
from ui.widgets.fields import ComboBox
from ui.widgets.label import TextLabel
from ui.widgets.record_table import RecordTable

_ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up)


class PlanTable(RecordTable):
    """Rows of which none is chosen at first: the first arrow key chooses the one with the ring."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self.current_id()
        if event.key() in _ARROWS and not held and current is not None and not self.selected_ids():
            self.choose(current)
        else:
            super().keyPressEvent(event)


class ImportPreview(QWidget):
    """Shows a plan and tells what somebody decides.

    Attributes:
        decided: Lines of the file and the choice for them.
        default_chosen: The choice for everybody who is known.
    """

    decided = Signal(list, str)
    default_chosen = Signal(str)
    person_wanted = Signal(int)
    mended = Signal(int, str, str)
    stranger = Signal(int, bool)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PlanRows()
        self.chips = Chips("Which rows are shown")
        self.bar = LinedBar()
        self.known = ComboBox()
        self.known.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.known_label = TextLabel("", role="soft")
        self.known_label.setBuddy(self.known)
        self.table = PlanTable(COLUMNS, self.rows, preferences, "import")
        self.table.setAccessibleName("Rows of the list")
        self.detail = ImportDetail()
        self._build()
        self._connect()

    def _build(self) -> None:
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(12, 7, 8, 7)
        bar.setSpacing(8)
        for part in (self.known_label, self.known):
            bar.addWidget(part)
        bar.addStretch(1)
        left, right = Card(), Card()
        left.body.addWidget(self.table)
        left.body.addWidget(self.bar)
        right.body.addWidget(self.detail)
        right.setMinimumWidth(260)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(12)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(right)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([730, 286])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.chips)
        column.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._filter)
        self.known.activated.connect(
            lambda _place: self.default_chosen.emit(self.known.currentData())
        )
        self.table.selection_changed.connect(self._show_detail)
        self.table.opened.connect(lambda _row: self.focus_choice())
        self.table.archive_requested.connect(lambda ids: self._decide(ids, "skip"))
        self.detail.decided.connect(lambda key: self._decide(self.table.selected_ids(), key))
        self.detail.person_wanted.connect(self.person_wanted)
        self.detail.mended.connect(self.mended)
        self.detail.stranger.connect(self.stranger)

    def forget(self) -> None:
        """Another list comes: nothing of it is chosen yet."""
        self.rows.show(None)

    def show_plan(self, plan: AnyPlan, decided: Decisions, lines: Lines | None = None) -> None:
        """Show a plan; the chosen rows stay chosen."""
        deciding = any(made.hasFocus() for made in self.detail.choices.values())
        other = self.rows.plan is None or self.rows.plan.source != plan.source
        self.rows.show(plan, lines)
        self.chips.show_items(self.rows.chips())
        keep_order(self, self.chips, self.table, self.known, self.detail)
        self._show_known(plan, decided)
        self._show_columns()
        if other:
            with QSignalBlocker(self.chips):
                self.chips.choose("all")
            self.table.clearSelection()
            self.table.scrollToTop()
        self._filter(self.chips.current())
        self._show_detail()
        if deciding:
            self.focus_choice()

    def _show_columns(self) -> None:
        """Leave out the columns that say nothing of this list."""
        rows = self.rows
        told = {
            "sheet": rows.has_sheets,
            "who": rows.tells_who,
            "agency": rows.has_people,
            "number": rows.has_numbers,
        }
        for key, is_told in told.items():
            self.table.hide_column(key, not is_told)

    def _show_known(self, plan: AnyPlan, decided: Decisions) -> None:
        label, choices = telling.choices(decided.purpose)
        if self.known_label.text() != label:
            self.known_label.setText(label)
            self.known.setAccessibleName(label.replace("&", ""))
            self.known.clear()
            for key, text in choices:
                self.known.addItem(text, key)
        self.known.choose(telling.chosen(decided))
        self.bar.setVisible(_can_decide(plan))

    def show_row(self, number: int) -> None:
        """Go to a row, whatever was filtered."""
        self.chips.choose("all")
        self.table.choose(number)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_choice(self) -> None:
        """Go to what may be decided about the row."""
        for made in self.detail.choices.values():
            if made.isChecked():
                made.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _filter(self, key: str) -> None:
        chosen = self.table.selected_ids()
        place = self.table.records.row_of(chosen[0]) if chosen else -1
        self.table.set_filter({"kind": key})
        self.table.clearSelection()  # the current row is not chosen for that
        self._choose_again(chosen)
        if place >= 0 and self.table.hasFocus() and not self.table.selected_ids():
            self._choose_at(place)

    def _choose_at(self, place: int) -> None:
        """Go on with what stands where the decided rows stood, now that they are left out."""
        if self.table.count():
            last = self.table.count() - 1
            self.table.choose(self.table.records.id_at(min(place, last)))

    def _choose_again(self, ids: Sequence[int]) -> None:
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for row_id in ids:
            row = self.table.records.row_of(row_id)
            if row >= 0:
                index = self.table.records.index(row, 0)
                selection.select(index, flags.Select | flags.Rows)

    def _decidable(self, ids: Sequence[int]) -> list[int]:
        rows = ((row_id, self.rows.planned(row_id)) for row_id in ids)
        return [
            row_id
            for row_id, row in rows
            if row is not None and can_choose(row, self.rows.source(row_id))
        ]

    def _decide(self, ids: Sequence[int], choice: str) -> None:
        found = self._decidable(ids)
        if found:
            self.decided.emit(found, choice)

    def _show_detail(self) -> None:
        plan = self.rows.plan
        if plan is None:
            return
        ids = self.table.selected_ids()
        row = self.rows.planned(ids[0]) if len(ids) == 1 else None
        several = self._decidable(ids) if len(ids) > 1 else []
        if row is not None:
            self.detail.show_row(row, plan)
        elif several:
            self.detail.show_rows([r for n in several if (r := self.rows.planned(n)) is not None])
        else:
            self.detail.show_plan(plan)


def _can_decide(plan: AnyPlan) -> bool:
    """Whether there is somebody about whom all can be decided at once."""
    if isinstance(plan, Plan):
        return any(row.person_id is not None for row in plan.rows)
    if isinstance(plan, ReturnedPlan):
        return any(edit.conflict for row in plan.rows for edit in row.edits)
    return plan.overwrite or any(row.kept for row in plan.rows)
