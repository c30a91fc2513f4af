"""The third step of an import: what is asked once, and what is wrong, all of it at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from cit_desktop.imports.intake import AnyPlan, Decisions
from cit_desktop.imports.marked import SheetPlan
from cit_desktop.imports.planned import Plan
from ui.pages.imports.agencies import ImportAgencies
from ui.pages.imports.order import keep_order
from ui.pages.imports.problems import ImportProblems, Problems, group
from ui.pages.imports.questions import (
    CourseQuestion,
    DayQuestion,
    EnrollQuestion,
    TickQuestion,
    undated,
)
from ui.widgets.empty_state import EmptyState

_NOTHING = (
    "Nothing to check",
    "No question is open, and every row can be taken. Go on to the preview.",
)
_ANSWERS = (QRadioButton, QLineEdit, QComboBox)


class ImportCheck(QScrollArea):
    """Questions and problems of a plan; what was decided stays in sight to be decided otherwise.

    Attributes:
        waits: Whether something should be settled before the preview is looked at.
        has_work: Whether there is anything here at all.
    """

    agencies_chosen = Signal(dict)
    course_chosen = Signal(int, str)
    day_chosen = Signal(object)
    ticks_chosen = Signal(bool)
    enroll_wanted = Signal()
    mended = Signal(int, str, str)
    row_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waits = self.has_work = False
        self._plan: AnyPlan | None = None
        self._groups: Sequence[Problems] = ()
        self.agencies = ImportAgencies()
        self.courses = CourseQuestion()
        self.day = DayQuestion()
        self.ticks = TickQuestion()
        self.enroll = EnrollQuestion()
        self.problems = ImportProblems()
        self.empty = EmptyState("done", *_NOTHING)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(12)
        for part in self._questions():
            column.addWidget(part)
        column.addWidget(self.empty)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._connect()

    def _questions(self) -> tuple[QWidget, ...]:
        asked = (self.enroll, self.ticks, self.day, self.courses)
        return (*asked, self.problems, self.agencies)

    def _connect(self) -> None:
        self.agencies.chosen.connect(self.agencies_chosen)
        self.courses.chosen.connect(self.course_chosen)
        self.day.chosen.connect(self.day_chosen)
        self.enroll.wanted.connect(self.enroll_wanted)
        self.ticks.chosen.connect(self.ticks_chosen)
        self.problems.mended.connect(self.mended)
        self.problems.row_wanted.connect(self.row_wanted)

    def forget(self) -> None:
        """Another list comes."""
        self.waits = self.has_work = False
        self.agencies.forget()

    def know(self, plan: AnyPlan, problems: Sequence[Problems]) -> None:
        """Take the problems of a plan as they were found beside the window."""
        self._plan, self._groups = plan, problems

    def look(self, plan: AnyPlan, decided: Decisions) -> None:
        """See whether a plan asks anything, or has something wrong with it."""
        groups = self._grouped(plan)
        wrong = any(one.severity == "error" for one in groups)
        asks = isinstance(plan, SheetPlan) and plan.asks_ticks
        self.waits = wrong or (asks and decided.ticks is None)
        self.has_work = bool(groups) or asks
        if isinstance(plan, Plan):
            given = decided.options.past_day
            assumed = any(not one.sure for one in plan.courses)
            without_day = bool(undated(plan)) and given is None
            open_ones = any(one.is_open for one in plan.agencies)
            self.waits = self.waits or assumed or without_day or open_ones
            decided_ones = bool(decided.options.agencies) or given is not None
            self.has_work = self.has_work or self.waits or decided_ones or bool(plan.courses)

    def _grouped(self, plan: AnyPlan) -> Sequence[Problems]:
        """The problems of a plan, found once however often it is shown."""
        if plan is not self._plan:
            self._plan, self._groups = plan, group(plan)
        return self._groups

    def show_plan(
        self, plan: AnyPlan, decided: Decisions, courses: Sequence[tuple[str, str]]
    ) -> None:
        """Show what a plan asks and what is wrong with it."""
        self.look(plan, decided)
        if isinstance(plan, Plan):
            self.agencies.show_agencies(plan.agencies, decided.options.agencies)
            self.day.show_day(undated(plan), decided.options.past_day, plan.offered_day)
            self.courses.show_courses(plan.courses, courses)
        else:
            for part in (self.agencies, self.day, self.courses):
                part.hide()
        if isinstance(plan, SheetPlan):
            self.ticks.show_ticks(asked=plan.asks_ticks, ticks=plan.reads_ticks)
            self.enroll.show_rows(plan)
        else:
            self.ticks.hide()
            self.enroll.hide()
        groups = self._grouped(plan)
        self.problems.show_problems(groups)
        self.problems.setVisible(bool(groups))
        self.empty.setVisible(all(part.isHidden() for part in self._questions()))
        keep_order(self, *self._questions())

    def focus_first(self) -> bool:
        """Go to the first question or problem; false when there is none."""
        for part in self._questions():
            if part.isHidden():
                continue
            for found in part.findChildren(QWidget):
                if isinstance(found, _ANSWERS) or found is self.enroll.enroll:
                    found.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return False
