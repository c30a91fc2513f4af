"""One block of a class, edited in place: day, time, title, modules, instructors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cit_desktop.services.classes import BlockView, InstructorView
from ui import format as fmt
from ui import theme
from ui.pages.classes.parts_editor import PartsEditor
from ui.pages.classes.words import parse_time
from ui.pages.people.line import Find, PersonLine
from ui.widgets.button import button
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.record_view import Field, RecordView

_FIELDS = (
    Field("title", "Title", required=True),
    Field("day", "Day", "date", required=True),
    Field("starts", "Starts", hint="8:00 AM", required=True),
    Field("ends", "Ends", hint="12:00 PM", required=True),
)
_TIME = "Write a time like 8:00 AM or 13:30."


class BlockEditor(QScrollArea):
    """Shows a block; each finished edit is told with the values it leads to.

    Attributes:
        renamed: The new title.
        moved: Day, minutes after midnight, and minutes it lasts.
        parts_changed: The modules as :class:`PartPlan`.
        instructors_changed: Pairs of person id and title.
    """

    renamed = Signal(str)
    moved = Signal(object, int, int)
    parts_changed = Signal(list)
    instructors_changed = Signal(list)
    remove_wanted = Signal()

    def __init__(self, find: Find, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.block: BlockView | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = RecordView(_FIELDS)
        self.length = TextLabel("", role="soft", points=theme.SMALL, wrap=True)
        self.parts = PartsEditor()
        self.teachers = QVBoxLayout()
        self.teachers.setSpacing(2)
        self.add_teacher = PersonLine(find, "Add an instructor: type a name", can_add=False)
        self.remove = button("Remove this bloc&k", self.remove_wanted.emit)
        self.inside = self._build()
        self.setWidget(self.inside)
        self.inside.setAutoFillBackground(False)  # the card behind is the ground
        self._fit_form()
        self.form.edited.connect(self._edited)
        self.parts.changed.connect(self.parts_changed)
        self.add_teacher.picked.connect(self._add_teacher)

    def _build(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(6)
        column.addWidget(self.form)
        rest = QVBoxLayout()
        rest.setContentsMargins(20, 0, 20, 0)
        rest.setSpacing(6)
        rest.addWidget(self.length)
        rest.addSpacing(8)
        rest.addWidget(TextLabel("Instructors", bold=True))
        rest.addLayout(self.teachers)
        rest.addWidget(self.add_teacher)
        rest.addSpacing(12)
        rest.addWidget(TextLabel("Modules", bold=True))
        rest.addWidget(self.parts)
        rest.addSpacing(16)
        row = QHBoxLayout()
        row.addWidget(self.remove)
        row.addStretch(1)
        rest.addLayout(row)
        column.addLayout(rest)
        column.addStretch(1)
        return inside

    def show_block(self, block: BlockView | None, *, locked: bool) -> None:
        """Show a block, or nothing."""
        self.block = block
        self.inside.setVisible(block is not None)
        if block is None:
            return
        self.form.set_values(
            {
                "title": block.title,
                "day": block.day,
                "starts": fmt.clock_time(block.starts_at),
                "ends": fmt.clock_time(block.ends_at),
            }
        )
        marked = f", {fmt.plural(block.marks, 'person', 'people')} marked" if block.marks else ""
        self._fit_form()
        self.length.setText(f"{fmt.hours_long(block.minutes)}{marked}")
        self.form.set_read_only(locked)
        self.parts.show_parts(block.parts, block.minutes, locked=locked)
        self.add_teacher.setVisible(not locked)
        self.add_teacher.here = [teacher.person_id for teacher in block.instructors]
        self.remove.setVisible(not locked)
        self._show_teachers(block.instructors, locked)

    def _show_teachers(self, found: Sequence[InstructorView], locked: bool) -> None:
        while (item := self.teachers.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for teacher in found:
            self.teachers.addWidget(self._teacher(teacher, locked))
        if not found:
            self.teachers.addWidget(TextLabel("Nobody is named yet.", role="soft"))

    def _teacher(self, teacher: InstructorView, locked: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        words = f"{teacher.name}, {teacher.title}" if teacher.title else teacher.name
        row.addWidget(ElidedLabel(words), 1)
        take = button("Remove", lambda: self._take_teacher(teacher.person_id), kind="link")
        take.setAccessibleName(f"Remove {teacher.name}")
        if locked:
            take.hide()
        row.addWidget(take)
        return line

    def set_problems(self, problems: Mapping[str, str]) -> None:
        """Say at the fields what was refused."""
        keys = {"starts_at": "starts", "minutes": "ends", "title": "title", "day": "day"}
        known = {keys[key]: text for key, text in problems.items() if key in keys}
        self._say(known)
        self.parts.say(problems.get("parts", ""))

    def _say(self, problems: Mapping[str, str]) -> None:
        self.form.set_problems(problems)
        self._fit_form()

    def _fit_form(self) -> None:
        """The form is as high as what it shows: the pane scrolls, not the form in it."""
        inside = self.form.widget()
        if inside is not None:
            inside.adjustSize()
            self.form.setFixedHeight(inside.sizeHint().height())

    def _edited(self, key: str, value: Any) -> None:
        block = self.block
        if block is None:
            return
        if key == "title":
            self.renamed.emit(str(value))
            return
        values = self.form.values()
        start, end = parse_time(str(values["starts"])), parse_time(str(values["ends"]))
        if start is None or end is None:
            self._say({"starts" if start is None else "ends": _TIME})
            return
        if key == "starts":
            end = start + block.minutes  # a block that starts later also ends later
        day = values["day"] if isinstance(values["day"], date) else block.day
        if end <= start:
            self._say({"ends": "A block ends after it starts, by midnight."})
            return
        self.moved.emit(day, start, end - start)

    def _pairs(self) -> list[tuple[int, str]]:
        found = self.block.instructors if self.block is not None else ()
        return [(teacher.person_id, teacher.title) for teacher in found]

    def _add_teacher(self, person_id: int) -> None:
        if person_id not in dict(self._pairs()):
            self.instructors_changed.emit([*self._pairs(), (person_id, "")])

    def _take_teacher(self, person_id: int) -> None:
        self.instructors_changed.emit([pair for pair in self._pairs() if pair[0] != person_id])
