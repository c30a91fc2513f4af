"""Asks for a new class, and shows the blocks it will get while one chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cit_desktop import clock
from cit_desktop.errors import CitError
from cit_desktop.services.classes import ClassDraft
from cit_desktop.services.layout import BlockPlan
from ui import format as fmt
from ui import theme
from ui.pages.classes.words import suggested_title, time_range
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.date_editor import DateEditor
from ui.widgets.fields import ComboBox, SpinBox
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.record_table import RIGHT, Column, Filter, RecordTable, Sort
from ui.widgets.record_view import Field

Preview = Callable[[ClassDraft], Sequence[BlockPlan]]


@dataclass(frozen=True)
class CourseChoice:
    """A course to choose from."""

    id: int
    title: str
    minutes: int


@dataclass(frozen=True)
class Choices:
    """What the dialog offers."""

    courses: tuple[CourseChoice, ...]
    counties: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanRow:
    """A block to be, as the preview shows it."""

    day: str
    time: str
    title: str
    hours: str


_COLUMNS = (
    Column("day", "Day", width=112, bold=True, sortable=False),
    Column("time", "Time", width=170, soft=True, sortable=False),
    Column("title", "Block", width=0, sortable=False),
    Column("hours", "Hours", width=60, align=RIGHT, sortable=False),
)


class PlanSource:
    """The planned blocks for the table; the day stands only at its first block."""

    def __init__(self) -> None:
        self.plans: Sequence[BlockPlan] = ()

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """Their places."""
        return range(len(self.plans))

    def rows(self, ids: Sequence[int]) -> Mapping[int, PlanRow]:
        """Some of them."""
        return {number: self._row(number) for number in ids}

    def _row(self, number: int) -> PlanRow:
        plan = self.plans[number]
        again = number > 0 and self.plans[number - 1].day == plan.day
        return PlanRow(
            "" if again else fmt.weekday_short(plan.day),
            time_range(plan.starts_at, plan.starts_at + plan.minutes),
            plan.title,
            fmt.hours(plan.minutes),
        )


class NewClassDialog(QDialog):
    """Emits the draft of a class; the preview is asked for at each change."""

    chosen = Signal(object)  # ClassDraft

    def __init__(self, choices: Choices, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New class")
        self.resize(1060, 580)
        self._choices = choices
        self._preview = preview
        self._suggested = ""
        self._build_inputs()
        self._build_buttons()
        self.problem = TextLabel("", role="wrong", wrap=True)
        self.problem.hide()
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(self._build_form(), 6)
        columns.addLayout(self._build_preview(), 7)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(columns, 1)
        column.addWidget(self.problem)
        column.addLayout(self._foot)
        self._connect()
        self._course_changed()
        self.title.setFocus()

    def _build_inputs(self) -> None:
        self.course = ComboBox()
        self.course.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.course.setMinimumContentsLength(24)
        for choice in self._choices.courses:
            self.course.addItem(choice.title, choice.id)
        self.title = QLineEdit()
        self.start = DateEditor(Field("start", "First day", "date"))
        self.start.set_value(clock.today())
        self.daily = QRadioButton("Days in a &row")
        self.weekly = QRadioButton("One day a &week")
        self.half_days = QRadioButton("A block each &half-day")
        self.modules = QRadioButton("A block each &module")
        for usual in (self.daily, self.half_days):
            usual.setChecked(True)
        self.location = QLineEdit(placeholderText="Building, city")
        self.county = ComboBox()
        self.county.setEditable(True)
        self.county.addItems(["", *self._choices.counties])
        self.seats = SpinBox(0, 9999)
        self.seats.setSpecialValueText("No limit")
        self.lead = QLineEdit(placeholderText="As it should be printed")

    def _build_buttons(self) -> None:
        self.create_button = button("Create class", self._accept, kind="primary")
        self.create_button.setDefault(True)
        self.cancel = button("Cancel", self.reject)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addStretch(1)
        self._foot.addWidget(self.cancel)
        self._foot.addWidget(self.create_button)

    def _build_form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        lines: tuple[tuple[str, QWidget], ...] = (
            ("&Course", self.course),
            ("&Title", self.title),
            ("&First day", self.start.widget),
            ("Days", self._pair(self.daily, self.weekly)),
            ("Blocks", self._pair(self.half_days, self.modules)),
            ("&Location", self.location),
            ("Count&y", self.county),
            ("&Seats", self.seats),
            ("Lead &instructor", self.lead),
        )
        for place, (text, widget) in enumerate(lines):
            label = TextLabel(text, role="soft")
            label.setBuddy(widget)
            if not widget.accessibleName():
                widget.setAccessibleName(text.replace("&", ""))
            form.addWidget(label, place, 0)
            form.addWidget(widget, place, 1)
        form.setRowStretch(len(lines), 1)
        return form

    def _pair(self, *radios: QRadioButton) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for radio in radios:
            column.addWidget(radio)
        return box

    def _build_preview(self) -> QVBoxLayout:
        self.total = ElidedLabel("", role="soft", points=theme.SMALL)
        self._plans = PlanSource()
        self.blocks = RecordTable(_COLUMNS, self._plans, name="new_class")
        self.blocks.setAccessibleName("Blocks this class will have")
        self.card = Card()
        self.card.body.addWidget(self.blocks)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.total)
        column.addWidget(self.card, 1)
        return column

    def _connect(self) -> None:
        self.course.activated.connect(lambda _place: self._course_changed())
        self.start.committed.connect(self._course_changed)
        self.weekly.toggled.connect(lambda _on: self.show_preview())
        self.modules.toggled.connect(lambda _on: self.show_preview())

    def _course_changed(self) -> None:
        """Suggest a title unless one was typed, and show the blocks."""
        place = self.course.currentIndex()
        day = self.start.value()
        if place >= 0 and isinstance(day, date) and self.title.text() in ("", self._suggested):
            found = self._choices.courses[place]
            self._suggested = suggested_title(found.title, found.minutes, day)
            self.title.setText(self._suggested)
        self.show_preview()

    def draft(self) -> ClassDraft | None:
        """What was chosen; ``None`` while there is no course or no day."""
        day, course = self.start.value(), self.course.currentData()
        if not isinstance(day, date) or course is None:
            return None
        return ClassDraft(
            title=self.title.text(),
            start=day,
            course_id=course,
            weekly=self.weekly.isChecked(),
            layout="modules" if self.modules.isChecked() else "half-days",
            location=self.location.text(),
            county=self.county.currentText(),
            seats=self.seats.value() or None,
            lead_instructor=self.lead.text(),
        )

    def show_preview(self) -> None:
        """Show the blocks of the draft as it is now."""
        draft = self.draft()
        self._plans.plans = ()
        self.say("")
        if draft is not None:
            try:
                self._plans.plans = self._preview(draft)
            except CitError as error:
                self.say(str(error))
        plans = self._plans.plans
        self.create_button.setEnabled(bool(plans))
        days = len({plan.day for plan in plans})
        hours = fmt.hours_long(sum(plan.minutes for plan in plans))
        counts = f"{fmt.plural(len(plans), 'block')} on {fmt.plural(days, 'day')}, {hours}"
        self.total.setText(f"{counts}. Each can be moved later." if plans else "No blocks yet")
        self.blocks.reload()

    def say(self, problem: str) -> None:
        """Say what is wrong; nothing when all is right."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _accept(self) -> None:
        if unread := self.start.unread():
            self.say(f"“{unread}” is not a day. Type it as 10/12/2026 or choose it.")
            self.start.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        draft = self.draft()
        if draft is None:
            self.say("Choose a course and a first day.")
            return
        self.accept()
        self.chosen.emit(draft)
