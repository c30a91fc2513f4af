"""The Schedule tab of a class: its blocks by day, and the facts of the class."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cit_desktop import clock
from cit_desktop.errors import Refused
from cit_desktop.services import blocks, classes, people
from cit_desktop.services.classes import BlockView, ClassView
from ui import format as fmt
from ui.context import Context
from ui.pages.classes.block_editor import BlockEditor
from ui.pages.classes.schedule_list import COLUMNS, BlockSource
from ui.pages.classes.words import rule_text
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel
from ui.widgets.record_table import RecordTable
from ui.widgets.record_view import Field, RecordView
from ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_FACTS = (
    Field("title", "Title", required=True),
    Field("code", "Code", required=True),
    Field("location", "Location", hint="Building, city"),
    Field("county", "County"),
    Field("seats", "Seats", "spin", minimum=1, hint="No limit"),
    Field("lead_instructor", "Lead instructor"),
    Field("course_number", "Course number", hint="Given by the state"),
    Field("note", "Note", "text"),
    Field("course", "Course", "read"),
    Field("rule", "To complete", "read"),
)
_NEW = "New block"
_LUNCH, _AFTERNOON, _EVENING, _MORNING = 12 * 60, 13 * 60, 17 * 60, 8 * 60


class ClassSchedule(QWidget):
    """Blocks at the left, the chosen one or the class at the right; all of it edited in place."""

    go = Signal(str, object)
    status = Signal(str)
    done = Signal(str)
    refused = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.view: ClassView | None = None
        self.source = BlockSource()
        self.table = RecordTable(COLUMNS, self.source, context.preferences, "schedule")
        self.table.setAccessibleName("Blocks")
        self.total = ElidedLabel("", role="soft")
        self.add_button = button("Add a &block", self.add_block, icon="plus")
        self.editor = BlockEditor(self._find)
        self.facts = RecordView(_FACTS)
        self.pane_tabs = Tabs(("Block", "Class"))
        self.pane = QStackedWidget()
        self.pane.addWidget(self.editor)
        self.pane.addWidget(self.facts)
        self.pane_tabs.currentChanged.connect(self.pane.setCurrentIndex)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(14)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._build_left())
        splitter.addWidget(self._build_right())
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([668, 352])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self._connect()

    def _build_left(self) -> QWidget:
        card = Card()
        card.body.addWidget(self.table)
        card.setMinimumWidth(298)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 8, 0, 0)
        foot.addWidget(self.total, 1)
        foot.addWidget(self.add_button)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(card, 1)
        column.addLayout(foot)
        return left

    def _build_right(self) -> QWidget:
        card = Card()
        head = QHBoxLayout()
        head.setContentsMargins(9, 4, 9, 0)
        head.addWidget(self.pane_tabs)
        head.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(self.pane, 1)
        card.setMinimumWidth(334)
        return card

    def _connect(self) -> None:
        self.table.current_changed.connect(self._chosen)
        self.table.opened.connect(self._open_block)
        self.table.archive_requested.connect(lambda _ids: self.remove_block())
        self.editor.renamed.connect(lambda title: self._do_block("Rename block", "rename", title))
        self.editor.moved.connect(
            lambda day, start, minutes: self._do_block("Move block", "move", day, start, minutes)
        )
        self.editor.parts_changed.connect(
            lambda parts: self._do_block("Change modules", "set_parts", parts)
        )
        self.editor.instructors_changed.connect(self._set_instructors)
        self.editor.remove_wanted.connect(self.remove_block)
        self.facts.edited.connect(self._fact_edited)

    def show_class(self, view: ClassView) -> None:
        """Show the blocks and the facts of a class."""
        other = self.view is None or self.view.id != view.id
        chosen = None if other else self.table.current_id()
        self.view = view
        self.source.blocks = view.blocks
        self.table.reload()
        if chosen is None or not self.table.choose(chosen):
            first = view.blocks[0].id if view.blocks else None
            if first is not None:
                self.table.choose(first)
        self._chosen(self.table.current_id())
        self._show_facts(view)
        self.add_button.setVisible(not view.locked)
        total = f"{fmt.hours(view.block_minutes)} of {fmt.hours_long(view.minutes)}"
        count = fmt.plural(len(view.blocks), "block")
        self.total.setText(f"{count}, {total}")
        self.total.set_role("soft" if view.block_minutes == view.minutes else "care")
        self.total.update()

    def _show_facts(self, view: ClassView) -> None:
        keys = [shown.key for shown in _FACTS if shown.kind != "read"]
        values: dict[str, Any] = {key: getattr(view, key) for key in keys}
        self.facts.set_values(values | {"course": view.course_title, "rule": rule_text(view)})
        for key in keys:
            free = not view.locked or key in classes.ALWAYS_EDITABLE
            self.facts.rows[key].editor.set_enabled(free)

    def refresh(self, changes: Changes | None) -> None:
        """Read the class again."""
        if self.view is not None:
            with self.context.db.read() as session:
                view = classes.view(session, self.view.id)
            self.show_class(view)

    def choose_block(self, block_id: int) -> None:
        """Show one block."""
        self.table.choose(block_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_facts(self) -> None:
        """Show the facts of the class."""
        self.pane_tabs.setCurrentIndex(1)

    def block(self) -> BlockView | None:
        """The block that is chosen."""
        block_id = self.table.current_id()
        return next((found for found in self.source.blocks if found.id == block_id), None)

    def _chosen(self, _block_id: object) -> None:
        locked = self.view is None or self.view.locked
        self.editor.show_block(self.block(), locked=locked)

    def _open_block(self, _block_id: int) -> None:
        self.pane_tabs.setCurrentIndex(0)
        self.editor.form.editor("title").setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, text: str) -> list[people.PersonHit]:
        with self.context.db.read() as session:
            return people.find(session, text)

    def _do(self, label: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        about = f"{label}: {self.view.code}" if self.view is not None else label
        result = self.context.commands.do(about, function, *args, **kwargs)
        if result.error is not None:
            self.refused.emit(result.error)
        return result

    def _do_block(self, label: str, service: str, *args: Any) -> None:
        block = self.block()
        if block is None:
            return
        result = self._do(label, getattr(blocks, service), block.id, block.version, *args)
        if isinstance(result.error, Refused):
            self.editor.set_problems(result.error.fields)
        elif result and service == "move":
            self.done.emit(f"“{block.title}” was moved.")

    def _set_instructors(self, pairs: list[tuple[int, str]]) -> None:
        block = self.block()
        if block is not None:
            self._do("Change instructors", blocks.set_instructors, block.id, pairs)

    def remove_block(self) -> None:
        """Take the chosen block out of the class."""
        block = self.block()
        if block is None or self.view is None or self.view.locked:
            return
        if self._do("Remove block", blocks.remove, block.id, block.version):
            self.done.emit(f"“{block.title}” was removed.")

    def add_block(self) -> None:
        """Add an hour after the last block, and go on with its title."""
        if self.view is None or self.view.locked:
            return
        day, start = free_hour(self.view)
        added = self._do("Add block", blocks.add, self.view.id, day, start, 60, _NEW)
        if not added:
            return
        self.refresh(None)
        self.table.choose(added.value)
        self._open_block(added.value)
        self.done.emit("A block of one hour was added; give it a title, day and time.")

    def _fact_edited(self, key: str, value: object) -> None:
        view = self.view
        if view is None:
            return
        result = self._do("Change class", classes.update, view.id, view.version, **{key: value})
        if isinstance(result.error, Refused) and result.error.fields:
            self.facts.set_problems(result.error.fields)


def free_hour(view: ClassView) -> tuple[date, int]:
    """An hour after the last block; the next morning when that day is full."""
    if not view.blocks:
        return view.starts or clock.today(), _MORNING
    last = view.blocks[-1]
    start = last.ends_at
    if _LUNCH <= start < _AFTERNOON:
        start = _AFTERNOON
    if start + 60 > _EVENING:
        return last.day + timedelta(days=1), _MORNING
    return last.day, start
