"""Under the heading of a person: who was merged into them, and the way to separate them again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cit_desktop.services import unmerge
from cit_desktop.services.merge_views import MergedRow
from ui import format as fmt
from ui.context import Context
from ui.dialogs.question import Question
from ui.pages.merging import words
from ui.widgets.button import button
from ui.widgets.label import ElidedLabel

_SHOWN = 2
_TEXT = (
    "Each gets back what the merge moved. What was added since stays with {kept}. Ctrl+Z makes "
    "them one again."
)


class FormerNames(QWidget):
    """Hidden while nobody was merged.

    Attributes:
        done: A sentence about something that can be undone.
        refused: The :class:`CitError` of what could not be done.
        question: The dialog opened last.
    """

    done = Signal(str)
    refused = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.rows: Sequence[MergedRow] = ()
        self.question: Question | None = None
        self._person_id, self._all = 0, False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_person(self, person_id: int) -> None:
        """List who was merged into somebody, the latest first."""
        if person_id != self._person_id:
            self._person_id, self._all = person_id, False
        with self.context.db.read() as session:
            self.rows = unmerge.merged(session, person_id)
        self._fill()

    def texts(self) -> list[str]:
        """What is said, from top to bottom."""
        return [label.text() for label in self.findChildren(ElidedLabel)]

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        shown = self.rows if self._all else self.rows[:_SHOWN]
        for row in shown:
            self._column.addWidget(self._line(row))
        if len(shown) < len(self.rows):
            more = button(f"Show all {fmt.count(len(self.rows))}", self._show_all, kind="link")
            self._column.addWidget(more)
        self.setVisible(bool(self.rows))

    def _line(self, row: MergedRow) -> QWidget:
        line = QWidget()
        separate = button("Separate again…", partial(self.ask, row), kind="link")
        separate.setAccessibleName(f"Separate {row.name} again…")
        separate.setEnabled(not self.context.db.readonly)
        box = QHBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(ElidedLabel(words.former(row), role="soft"))
        box.addWidget(separate)
        box.addStretch(1)
        return line

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def ask(self, row: MergedRow) -> None:
        """Say what separating does, and ask whether to go ahead."""
        title = f"Separate {row.name} and {row.person}?"
        text = _TEXT.format(kept=row.person)
        self.question = Question(title, text, "&Separate", parent=self)
        self.question.confirmed.connect(partial(self.separate, row))
        self.question.open()

    def separate(self, row: MergedRow) -> None:
        """Make two people of one again, or say why that cannot be."""
        result = self.context.commands.do("Separate two people", unmerge.unmerge, row.id)
        if result.error is not None:
            self.refused.emit(result.error)
        else:
            self.done.emit(f"{row.name} and {row.person} are two people again.")
