"""The first page: what the day asks for, each line with the link that does it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cit_desktop import clock
from cit_desktop.db import Database
from cit_desktop.services import chapters, today
from cit_desktop.services.today import Today
from ui import format as fmt
from ui.context import Context
from ui.jobs import Job
from ui.pages.today import words
from ui.pages.today.lines import Line, Section
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.widgets.page import Page

if TYPE_CHECKING:
    from cit_desktop.journal import Changes


def look(db: Database, day: date) -> tuple[Today, str]:
    """What a day asks for, and what the chapter calls itself."""
    with db.read() as session:
        chapter = chapters.current(session)
        return today.summary(session, day), chapter.word if chapter else "chapter"


class TodayPage(Page):
    """Answers at a glance what is open, what waits and what is due.

    Attributes:
        shown: The day was read and is in sight.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            *("training_class", "block", "enrollment", "attendance", "certificate", "person"),
            *("agency", "state_number", "course", "chapter", "roster_profile", "renewal_letter"),
        }
    )
    help_topic: ClassVar[str] = "start"
    shown = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Today", parent)
        self.context = context
        self.found: Today | None = None
        self._job: Job | None = None
        self._again = False
        self._urgent = words.Urgent("", ("", None))
        self.first_steps = Section("What to do first")
        self.under_way = Section("Open classes")
        self.over = Section("To finalize")
        self.ready = Section("Certificates ready")
        self.deadlines = Section("State rosters due")
        self.problems = Section("To put right")
        self.expired = Section("Certification ends")
        self.refresher = Section("Refresher due")
        self.quiet = TextLabel("", role="soft", wrap=True)
        self.totals = Card(margin=18)
        self.numbers: dict[str, TextLabel] = {}
        self.next_step = button("", self._do_urgent)
        self.next_step.hide()
        self.set_actions([], self.next_step)
        self._build()

    def sections(self) -> list[Section]:
        """Every card of lines, in the order of reading."""
        left = [self.first_steps, self.under_way, self.over, self.ready, self.deadlines]
        return [*left, self.problems, self.expired, self.refresher]

    def _build(self) -> None:
        left, self._right = QVBoxLayout(), QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        first = (self.first_steps, self.under_way, self.over, self.ready)
        for column, sections in (
            (left, (*first, self.deadlines, self.problems)),
            (right, (self.expired, self.refresher)),
        ):
            column.setSpacing(16)
            for section in sections:
                section.chosen.connect(self._follow)
                column.addWidget(section)
        left.addWidget(self.quiet)
        left.addWidget(self._build_totals())
        left.addStretch(1)
        right.addStretch(1)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 0, 8)
        columns.setSpacing(16)
        columns.addLayout(left, 3)
        columns.addWidget(self._right, 2)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.add_content(self.area)
        self.totals.hide()
        self._right.hide()

    def _build_totals(self) -> Card:
        row = QHBoxLayout()
        row.setSpacing(8)
        for word, _number, page in words.counts(today.Counts(0, 0, 0, 0, 0)):
            number = self.numbers[word] = TextLabel("", bold=True, points=12)
            link = button(word, partial(self.go.emit, page, None), kind="link")
            pair = QVBoxLayout()
            pair.setSpacing(0)
            number.setContentsMargins(4, 0, 0, 0)
            pair.addWidget(number)
            pair.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            row.addLayout(pair, 1)
        self.totals.body.addLayout(row)
        self.totals.body.setContentsMargins(14, 12, 14, 12)
        return self.totals

    @override
    def refresh(self, changes: Changes | None) -> None:
        if self._job is not None:
            self._again = True
            return
        db, day = self.context.db, clock.today()
        self._job = self.context.commands.run("Looking at the day", look, db, day)
        self._job.done.connect(self._show)
        self._job.finished.connect(self._looked)

    def _looked(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self.refresh(None)

    def _show(self, read: tuple[Today, str]) -> None:
        found, word = read
        self.found = found
        day = f"{fmt.weekday(found.day)}, {fmt.day(found.day)}"
        is_new = not (found.counts.people or found.counts.classes)
        self.subtitle.setText(day if is_new else f"{day} · {words.in_short(found)}")
        self.first_steps.heading.setText(f"What to do first in your {word}")
        self.first_steps.show_tasks(words.FIRST_STEPS if is_new else ())
        self._show_classes(found)
        self._show_people(found)
        self.totals.setVisible(not is_new)
        for name, number, _page in words.counts(found.counts):
            self.numbers[name].setText(fmt.count(number))
        self._name_urgent(found, is_new)
        self._right.setVisible(bool(found.expired.count or found.refresher.count))
        if self.window().focusWidget() in (None, self):
            self.focus_start()
        self.shown.emit()

    def _show_classes(self, found: Today) -> None:
        self.over.show_tasks([words.to_finalize(c) for c in found.to_finalize])
        self.under_way.show_tasks([words.open_class(c, found.day) for c in found.open_classes])
        self.ready.show_tasks([words.ready(r) for r in found.ready], found.certificates_ready)
        calm = not (found.to_finalize or found.open_classes or found.ready)
        self.quiet.setVisible(calm and bool(found.counts.people or found.counts.classes))
        self.quiet.setText("No class is open and no certificate waits to be issued.")

    def _show_people(self, found: Today) -> None:
        due = [p for p in found.problems if p.kind == "deadline"]
        wrong = [p for p in found.problems if p.kind != "deadline"]
        self.deadlines.show_tasks([words.deadline(p) for p in due])
        self.problems.show_tasks([words.problem(p) for p in wrong])
        self.expired.show_tasks(
            words.people(found.expired, found.day, found.written), found.expired.count
        )
        self.refresher.show_tasks(
            words.people(found.refresher, found.day, found.written), found.refresher.count
        )

    def _name_urgent(self, found: Today, is_new: bool) -> None:
        self._urgent = words.urgent(found)
        self.next_step.setText(self._urgent.text)
        self.next_step.setVisible(True)
        task = self._urgent.to[1]
        titles = {c.class_id: c.title for c in (*found.open_classes, *found.to_finalize)}
        self.next_step.setToolTip(titles.get(task, "") if isinstance(task, int) else "")

    def _do_urgent(self) -> None:
        self._follow(*self._urgent.to)

    def _follow(self, key: str, record_id: object) -> None:
        if key in ("new", "help"):
            self.asked.emit(key, record_id)
        elif key:
            self.go.emit(key, record_id)

    def lines(self) -> list[Line]:
        """Every line in sight, in the order of reading."""
        shown = [section for section in self.sections() if section.isVisible()]
        return [line for section in shown for line in section.lines]

    @override
    def focus_start(self) -> None:
        lines = self.lines()
        (lines[0] if lines else self).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def panes(self) -> list[QWidget]:
        return [self.area, self.search]
