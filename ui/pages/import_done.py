"""The last step of an import: what was done, in a sentence and in numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.imports import report
from cit_desktop.imports.planned import KINDS, Plan
from ui import format as fmt
from ui import icons, theme
from ui.pages import import_words as words
from ui.pages.import_work import Done
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel, plain_tip
from ui.widgets.pill_label import PillLabel

_WIDTH = 620
_NEXT = {
    "new": "came into the records",
    "update": "were completed or changed",
    "same": "were in the records already",
    "skipped": "were passed over",
    "problem": "could not be taken",
}


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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = _Sign()
        self.title = TextLabel("", points=14, bold=True, wrap=True)
        self.sentence = TextLabel("", wrap=True)
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(20)
        self.facts.setVerticalSpacing(8)
        self.left = TextLabel("", role="care", wrap=True)
        self.show_left = button("Show &them", lambda: self.rows_wanted.emit("problem"), kind="link")
        self.undo = button("U&ndo this import", self.undo_wanted.emit, icon="undo")
        self.save = button("Save the &report…", self.report_wanted.emit, icon="download")
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
        texts.addLayout(self._build_buttons())
        for part in (self.title, self.sentence, self.left):
            part.setFixedWidth(_WIDTH)
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts)
        row.addStretch(1)
        return row

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.save, self.undo):
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
        people = fmt.plural(words.people(plan), "person", "people")
        self.sign.name, self.sign.role = ("undo", "soft") if undone else ("done", "good")
        self.sign.update()
        self.title.setText("This import was undone" if undone else f"{people} imported")
        self.sentence.setText(
            "Everything it wrote was taken back. The list is still here and can be imported again."
            if undone
            else report.summary(plan)
        )
        self.undo.setVisible(not undone and done.operation_id is not None)
        self._show_facts(done, undone=undone, into=into)
        problems = plan.counts["problem"]
        rows, them, only = fmt.plural(problems, "row"), "them", "they"
        if problems == 1:
            them = only = "it"
        self.left.setText(
            f"{rows} could not be taken. Save the report, correct {them} in the list and import "
            f"the list again: only {only} will be new then."
        )
        for part in (self.left, self.show_left):
            part.setVisible(bool(problems) and not undone)

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
        plan, result = done.plan, done.result
        for kind in KINDS:
            if plan.counts[kind]:
                text = f"{fmt.plural(plan.counts[kind], 'row')} {_verb(kind, plan)}"
                self.facts.addRow(PillLabel(words.KINDS[kind]), TextLabel(text))
        if result.enrolled:
            people = fmt.plural(result.enrolled, "person", "people")
            enrolled = TextLabel(f"{people} in {into or plan.class_code}", wrap=True)
            self.facts.addRow(TextLabel("Enrolled", role="soft"), enrolled)
        if plan.new_agencies:
            text = f"{fmt.plural(len(plan.new_agencies), 'agency', 'agencies')} added"
            self.facts.addRow(TextLabel("Agencies", role="soft"), TextLabel(text))


def _verb(kind: str, plan: Plan) -> str:
    text = _NEXT[kind]
    return text.replace("were ", "was ") if plan.counts[kind] == 1 else text
