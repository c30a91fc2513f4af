"""The last step of an import: what was done, in a sentence and in numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.imports import intake
from cit_desktop.imports.apply import Result
from cit_desktop.imports.attendance_sheet import holds_marks
from cit_desktop.imports.intake import AnyPlan
from cit_desktop.imports.planned import Plan
from ui import format as fmt
from ui import icons, theme
from ui.pages.imports import telling
from ui.pages.imports.lines import lines_of
from ui.pages.imports.work import Done
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel, plain_tip
from ui.widgets.pill_label import PillLabel

_WIDTH = 620
_AGAIN = (
    "In the result workbook the cells that need it are colored, with a note that says what is "
    "wrong and how to mend it. Corrected, it goes in again, and only those rows change."
)


class _Sign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.name, self.role = "done", "good"
        self.setFixedSize(QSize(36, 36))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), self.name, QRectF(self.rect()), theme.colors().role(self.role))


class ImportDone(QWidget):
    """Tells what an import did, or that it was undone.

    Attributes:
        rows_wanted: Somebody wants to see the rows of this kind.
    """

    rows_wanted = Signal(str)
    undo_wanted = Signal()
    report_wanted = Signal()
    marks_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = _Sign()
        self.title = TextLabel("", points=14, bold=True, wrap=True)
        self.sentence = TextLabel("", wrap=True)
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(20)
        self.facts.setVerticalSpacing(8)
        self.left = TextLabel("", role="care", wrap=True)
        self.show_left = button("Show &them", self._show_left, kind="link")
        self.undo = button("U&ndo this import", self.undo_wanted.emit, icon="undo")
        self.marks = button("Now mark the &attendance", self.marks_wanted.emit, icon="done")
        self.save = button("Save the &result workbook…", self.report_wanted.emit, icon="download")
        self.again = TextLabel(_AGAIN, role="soft", wrap=True)
        self.card = Card(margin=28)
        self.card.body.addLayout(self._build())
        self.card.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)

    def _build(self) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(self.title)
        texts.addWidget(self.sentence)
        texts.addSpacing(12)
        texts.addLayout(self.facts)
        texts.addSpacing(12)
        texts.addWidget(self.left)
        texts.addWidget(self.show_left, 0, Qt.AlignmentFlag.AlignLeft)
        texts.addSpacing(16)
        texts.addWidget(self.again)
        texts.addSpacing(4)
        texts.addLayout(self._build_buttons())
        for part in (self.title, self.sentence, self.left, self.again):
            part.setFixedWidth(_WIDTH)
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts)
        row.addStretch(1)
        return row

    def _show_left(self) -> None:
        self.rows_wanted.emit("look")

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.marks, self.save, self.undo):
            row.addWidget(part)
        row.addStretch(1)
        return row

    def texts(self) -> list[str]:
        """All that is said here, from top to bottom."""
        found = self.findChildren(QWidget)
        return [
            part.text() if isinstance(part, TextLabel) else part.pill.text
            for part in found
            if isinstance(part, (TextLabel, PillLabel))
        ]

    def show_done(self, done: Done, *, undone: bool, into: str = "") -> None:
        """Show what was written, or that it was taken back.

        Args:
            into: The title of the class that the people came into.
        """
        plan = done.plan
        self.sign.name, self.sign.role = ("undo", "soft") if undone else ("done", "good")
        self.sign.update()
        self.title.setText("This import was undone" if undone else telling.title(plan))
        told = [intake.summary(plan)]
        if isinstance(plan, Plan):
            told.append(telling.history(plan))
        self.sentence.setText(
            "Everything it wrote was taken back. The list is still here and can be imported again."
            if undone
            else " ".join(filter(None, told))
        )
        self.undo.setVisible(not undone and done.operation_id is not None)
        self.save.setVisible(isinstance(plan, Plan))
        self.marks.setVisible(not undone and _has_marks(plan))
        self._show_facts(done, undone=undone, into=into)
        problems = intake.problems(plan)
        self.left.setText(
            f"{fmt.plural(problems, 'row')} could not be taken as they are."
            if problems > 1
            else "1 row could not be taken as it is."
        )
        for part in (self.left, self.show_left):
            part.setVisible(bool(problems) and not undone)
        self.again.setVisible(isinstance(plan, Plan) and not undone)

    def _show_facts(self, done: Done, *, undone: bool, into: str) -> None:
        while self.facts.rowCount():
            self.facts.removeRow(0)
        if not undone:
            self._show_counts(done, into)
        if done.result.backup is not None:
            made = TextLabel(f"“{done.result.backup.name}” was made before", wrap=True)
            made.setToolTip(plain_tip(str(done.result.backup)))
            self.facts.addRow(TextLabel("Backup", role="soft"), made)

    def _show_counts(self, done: Done, into: str) -> None:
        plan = done.plan
        lines = lines_of(plan)
        for kind, pill in lines.kinds.items():
            count = plan.counts[kind]
            if count:
                text = f"{fmt.plural(count, 'row')} {telling.verb(kind, count)}"
                self.facts.addRow(PillLabel(pill), TextLabel(text))
        if isinstance(done.result, Result) and isinstance(plan, Plan):
            self._show_more(plan, done.result, into)

    def _show_more(self, plan: Plan, result: Result, into: str) -> None:
        if result.enrolled:
            people = fmt.plural(result.enrolled, "person", "people")
            enrolled = TextLabel(f"{people} in {into or plan.class_code}", wrap=True)
            self.facts.addRow(TextLabel("Enrolled", role="soft"), enrolled)
        if plan.new_agencies:
            text = f"{fmt.plural(len(plan.new_agencies), 'agency', 'agencies')} added"
            self.facts.addRow(TextLabel("Agencies", role="soft"), TextLabel(text))
        kept = len(plan.remembered)
        if kept:
            text = f"{fmt.plural(kept, 'decision')} about agencies remembered"
            self.facts.addRow(TextLabel("Spellings", role="soft"), TextLabel(text))


def _has_marks(plan: AnyPlan) -> bool:
    """Whether a roster that was taken is a sign-in sheet, too."""
    return isinstance(plan, Plan) and plan.class_id is not None and holds_marks(plan.table)
