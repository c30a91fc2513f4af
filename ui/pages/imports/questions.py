"""What only a person can say about a whole list, asked once: courses, a day, what 1 and 0 mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from cit_desktop.imports.marked import SheetPlan
from cit_desktop.imports.planned import CourseChoice, Plan
from ui import format as fmt
from ui.pages.imports.group import Group
from ui.widgets.button import button
from ui.widgets.day_text import parse_day
from ui.widgets.fields import ComboBox
from ui.widgets.label import TextLabel

_DAY = (
    "Without a day no class can be put on record. Give one for all rows that have none; leave it "
    "blank to take only the people."
)
_ENROLL = (
    "Only trainees of the class can be marked. This list can enroll them; the attendance is one "
    "step away after that."
)
_TICKS = (
    "The numbers of this sheet are 1 and 0, which may be ticks or hours. As ticks, 1 is present "
    "and 0 is absent."
)


class TickQuestion(Group):
    """Whether 1 and 0 of a sign-in sheet are ticks or hours."""

    chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What do 1 and 0 mean?", _TICKS, parent)
        self.ticks = QRadioButton("There, or not there")
        self.hours = QRadioButton("Hours")
        self._group = QButtonGroup(self)
        for made in (self.ticks, self.hours):
            self._group.addButton(made)
            self.add_action(made)
        self.ticks.clicked.connect(lambda: self.chosen.emit(True))
        self.hours.clicked.connect(lambda: self.chosen.emit(False))

    def show_ticks(self, *, asked: bool, ticks: bool) -> None:
        """Show how they were taken; hidden where nobody can doubt it."""
        self.setVisible(asked)
        (self.ticks if ticks else self.hours).setChecked(True)


class DayQuestion(Group):
    """When the rows were completed that do not say it; the day of a title is offered."""

    chosen = Signal(object)  # date or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Rows without a day", _DAY, parent)
        self.offer = button("", self._take_offer)
        self.line = QLineEdit(placeholderText="Month/day/year")
        self.line.setAccessibleName("Day of completion for rows that have none")
        self.line.setFixedWidth(140)
        self.add_action(self.offer)
        self.add_action(self.line)
        self._offered: date | None = None
        self._given: date | None = None
        self.line.editingFinished.connect(self._typed)

    def show_day(self, rows: int, given: date | None, offered: date | None) -> None:
        """Show how many rows it is about, and the day that was given."""
        self.setVisible(bool(rows) or given is not None)
        self.title.setText(f"{fmt.plural(rows, 'row')} without a day of completion")
        self._offered, self._given = offered, given
        self.offer.setVisible(offered is not None and given is None)
        self.offer.setText(f"&Take {fmt.day(offered)}, as the title says")
        self.line.setText(fmt.day(given) if given is not None else "")

    def _take_offer(self) -> None:
        self.chosen.emit(self._offered)

    def _typed(self) -> None:
        text = self.line.text().strip()
        typed = parse_day(text) if text else None
        if typed != self._given and (typed is not None or not text):
            self.chosen.emit(typed)


class CourseQuestion(Group):
    """Which course the rows of so many hours were."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Which course was it?", "Classes of past years, by their hours.", parent)
        self.boxes: dict[int, ComboBox] = {}
        self._assumed: dict[int, TextLabel] = {}

    def show_courses(
        self, choices: Sequence[CourseChoice], courses: Sequence[tuple[str, str]]
    ) -> None:
        """Show what was assumed; ``courses`` are code and title of all that can be chosen."""
        self.setVisible(bool(choices))
        if choices and list(self.boxes) == [one.minutes for one in choices]:
            for one in choices:  # those that stay keep the focus
                self.boxes[one.minutes].choose(one.code)
                self._assumed[one.minutes].setVisible(not one.sure)
            return
        self.begin_lines()
        self.boxes, self._assumed = {}, {}
        for one in choices:
            self.add_line(self._line(one, courses))

    def _line(self, one: CourseChoice, courses: Sequence[tuple[str, str]]) -> QWidget:
        line = QWidget()
        told = f"{fmt.hours(one.minutes)} hours" if one.minutes else "No hours given"
        label = TextLabel(f"{told} · {fmt.plural(len(one.rows), 'row')}")
        box = self.boxes[one.minutes] = ComboBox(
            (code, f"{title} ({code})") for code, title in courses
        )
        box.setAccessibleName(f"Course of rows with {told}")
        box.setFixedWidth(380)
        box.choose(one.code)
        box.activated.connect(lambda _n: self.chosen.emit(one.minutes, box.currentData()))
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(label, 1)
        assumed = self._assumed[one.minutes] = TextLabel("Assumed", role="care")
        row.addWidget(assumed)
        assumed.setVisible(not one.sure)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)
        return line


class EnrollQuestion(Group):
    """Whether the people of a sign-in sheet who are not in the class are enrolled first."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", _ENROLL, parent)
        self.enroll = button("En&roll them first", self.wanted.emit)
        self.add_action(self.enroll)

    def show_rows(self, plan: SheetPlan) -> None:
        """Show how many there are; hidden where everybody is in the class."""
        count = sum(row.unknown for row in plan.rows)
        self.setVisible(bool(count))
        people = fmt.plural(count, "person of this sheet is", "people of this sheet are")
        self.title.setText(f"{people} not in the class")


def undated(plan: Plan) -> int:
    """How many rows of a history are somebody's and say no day."""
    if plan.options.purpose != "history":
        return 0
    return sum(
        row.kind not in ("problem", "skipped") and "completed" not in row.values
        for row in plan.rows
    )
