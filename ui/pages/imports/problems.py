"""What is wrong with the cells of a list, grouped by what mends it, each mended in its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cit_desktop.imports.intake import AnyPlan
from cit_desktop.imports.returned_plan import ReturnedPlan
from cit_desktop.imports.types import Severity
from ui import format as fmt
from ui.pages.imports import words
from ui.pages.imports.group import Group
from ui.pages.imports.lines import lines_of
from ui.pages.imports.mend import MendLine
from ui.widgets.button import button
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.marks import Pill
from ui.widgets.pill_label import PillLabel

LISTED = 40  # of a group; the preview has them all
_PILLS: dict[Severity, Pill] = {
    "error": Pill("Not taken", "wrong", "cross"),
    "warning": words.LOOK,
}
_NUMBERS = re.compile(r"“[^”]*”|\d[\d,./:-]*")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a cell, or a whole row."""

    row: int
    where: str
    name: str
    heading: str
    text: str
    message: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Problems:
    """Problems that are mended in the same way: cells of one column, or rows of one kind."""

    heading: str
    severity: Severity
    problems: tuple[Problem, ...]

    @property
    def title(self) -> str:
        """What is wrong, as a heading: ``“Email”: 3 cells cannot be taken``."""
        count = len(self.problems)
        what = "to look at"
        if self.severity == "error":
            what = "that cannot be taken as they are" if count > 1 else "that cannot be taken"
        if self.heading:
            return f"“{self.heading}”: {fmt.plural(count, 'cell')} {what}"
        return f"{fmt.plural(count, 'row')} {what}"


def group(plan: AnyPlan) -> list[Problems]:
    """All problems of a plan by what mends them: errors first, then as the columns stand."""
    found: dict[tuple[bool, str, str], list[Problem]] = {}
    for one in _problems(plan):
        kind = one.heading or _NUMBERS.sub("…", one.message)
        found.setdefault((one.severity != "error", one.heading, kind), []).append(one)
    if isinstance(plan, ReturnedPlan):
        columns = [column.label for column in plan.returned.columns]
    else:
        columns = list(plan.table.columns)
    places = {heading: place for place, heading in enumerate(columns)}
    ordered = sorted(found.items(), key=lambda item: (item[0][0], places.get(item[0][1], -1)))
    return [Problems(key[1], some[0].severity, tuple(some)) for key, some in ordered]


def _problems(plan: AnyPlan) -> list[Problem]:
    lines = lines_of(plan)
    found = []
    for number, row in lines.rows.items():
        issues = [one for one in row.issues if one.severity != "note"]
        if not issues:
            continue
        where, name = lines.where(number), lines.name(number)
        for issue in issues:
            heading = lines.heading(number, issue.column)
            cell = lines.cell(number, heading) if heading else ""
            found.append(Problem(number, where, name, heading, cell, issue.message, issue.severity))
    return found


class ProblemLine(QWidget):
    """One problem: the row, the cell to mend it in, and why."""

    mended = Signal(int, str, str)
    row_wanted = Signal(int)

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = problem
        self.edit: MendLine | None = None
        self.who = ElidedLabel(f"Row {problem.where} · {problem.name}")
        self.who.setFixedWidth(216)
        self.message = TextLabel(problem.message, role="soft", wrap=True)
        self.show_row = button("Show", lambda: self.row_wanted.emit(problem.row), kind="link")
        self.show_row.setAccessibleName(f"Show row {problem.where} in the preview")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 6)
        row.setSpacing(12)
        row.addWidget(self.who)
        if problem.heading:
            self.edit = MendLine(problem.row, problem.heading, problem.text, problem.where)
            self.edit.setFixedWidth(212)
            self.edit.mended.connect(self.mended)
            row.addWidget(self.edit)
        row.addWidget(self.message, 1)
        row.addWidget(self.show_row)


class ImportProblems(QWidget):
    """All groups below each other.

    Attributes:
        mended: Row, heading, and the text that takes the place of the cell.
        row_wanted: Somebody wants to see a row in the preview.
    """

    mended = Signal(int, str, str)
    row_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[ProblemLine] = []
        self.groups: list[Problems] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_problems(self, groups: Sequence[Problems]) -> None:
        """Show these; where one is being mended, the cursor goes on to what comes next."""
        if list(groups) == self.groups:
            return
        place = next((n for n, line in enumerate(self.lines) if _has_focus(line)), None)
        self.groups = list(groups)
        self.lines = []
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for one in groups:
            self._column.addWidget(self._card(one))
        if place is not None and self.lines:
            self._focus(min(place, len(self.lines) - 1))

    def _focus(self, place: int) -> None:
        line = self.lines[place]
        (line.edit or line.show_row).setFocus()

    def _card(self, one: Problems) -> Group:
        card = Group(one.title)
        card.add_action(PillLabel(_PILLS[one.severity]))
        card.begin_lines()
        for problem in one.problems[:LISTED]:
            line = ProblemLine(problem)
            line.mended.connect(self.mended)
            line.row_wanted.connect(self.row_wanted)
            self.lines.append(line)
            card.add_line(line)
        if len(one.problems) > LISTED:
            more = TextLabel(f"{len(one.problems) - LISTED:,} more are in the preview", role="soft")
            more.setContentsMargins(16, 6, 16, 8)
            card.add_line(more)
        return card


def _has_focus(line: ProblemLine) -> bool:
    return line.edit is not None and line.edit.hasFocus()
