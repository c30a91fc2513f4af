"""Merging two people who were chosen by somebody: the other one is found, then both compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.errors import CitError
from cit_desktop.services import merge, people
from cit_desktop.services.people import PersonHit
from ui import errors
from ui.context import Context
from ui.pages.merging.pane import MergePane
from ui.pages.people.line import PersonLine
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_HINT = "The same person: type a name, a number or an e-mail"
_CHOOSE = (
    "Choose the other record of this person in the line above. Nothing is merged before you have "
    "seen what happens."
)
_DONE = (
    "Old names, numbers and e-mails still lead to this person. On the person's page the two can "
    "be separated again at any later time."
)


class MergePage(Page):
    """Shows whom to merge with, then the preview, then that it was done.

    What is in sight follows from the records, so that an undo shows the preview again.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            *("person", "state_number", "employment", "enrollment", "attendance", "certificate"),
            *("not_same", "person_alias", "training_class", "agency"),
        }
    )
    help_topic = "merging"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Merge two people", parent)
        self.context = context
        self.keep_id = self.other_id = 0
        self.line = PersonLine(self._find, _HINT, can_add=False)
        self.pane = MergePane(context)
        self.state = EmptyState("people", "", "")
        card = Card()
        card.body.addWidget(self.state)
        self.inside = QStackedWidget()
        self.inside.addWidget(card)
        self.inside.addWidget(self.pane)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.line)
        column.addWidget(self.inside, 1)
        self.add_content(content)
        self._connect()

    def _connect(self) -> None:
        self.line.picked.connect(self._picked)
        self.state.acted.connect(lambda: self.go.emit("person", self.keep_id))
        self.pane.opened.connect(lambda person_id: self.go.emit("person", person_id))
        self.pane.merged.connect(self._merged)
        self.pane.kept_apart.connect(lambda _one, _other, text: self._kept_apart(text))
        self.pane.refused.connect(self._refuse)

    # What is shown --------------------------------------------------------------------------

    @override
    def open_record(self, record_id: object) -> None:
        """Compare two people, ``(keep, other)``; with ``(keep, 0)`` ask for the other one."""
        if not isinstance(record_id, tuple):
            return
        self.keep_id, self.other_id = record_id
        self.pane.preview = None
        self.line.clear()
        for banner in (self.banner, self.undo_banner):
            banner.clear()
        self._show()

    @override
    def refresh(self, changes: Changes | None) -> None:
        if self.keep_id:
            self._show()

    def _show(self) -> None:
        self.line.setVisible(not self.other_id)
        self.line.here = (self.keep_id,)
        if not self.other_id:
            self._ask()
        elif not self._is_done() and self.pane.show_pair(self.keep_id, self.other_id):
            self.subtitle.setText("Both are shown as they are now; nothing is merged yet.")
            self.inside.setCurrentWidget(self.pane)

    def _ask(self) -> None:
        try:
            with self.context.db.read() as session:
                name = people.view(session, self.keep_id).name
        except CitError as error:
            self._refuse(error)
            return
        self.subtitle.setText("")
        self.state.say(f"Who is the same person as {name}?", _CHOOSE)
        self.inside.setCurrentIndex(0)

    def _is_done(self) -> bool:
        """Whether one of the two went into the other: then it says so."""
        with self.context.db.read() as session:
            kept = {merge.resolve(session, key) for key in (self.keep_id, self.other_id)}
            found = people.rows(session, list(kept))
            if len(kept) > 1 or not found:
                return False
            name = people.view(session, next(iter(found))).name
        self.keep_id = next(iter(found))
        self.subtitle.setText("")
        self.state.say(f"Both are {name} now", _DONE, "&Open this person")
        self.inside.setCurrentIndex(0)
        return True

    @override
    def focus_start(self) -> None:
        if self.line.isVisible():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.inside.currentWidget() is self.pane:
            self.pane.focus_choices()
        else:
            self.state.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, text: str) -> list[PersonHit]:
        with self.context.db.read() as session:
            return people.find(session, text)

    # What is done ---------------------------------------------------------------------------

    def _picked(self, person_id: int) -> None:
        if person_id == self.keep_id:
            self.banner.say("This is the person already. Choose another one.", "care")
            return
        self.go.emit("merge", (self.keep_id, person_id))

    def _merged(self, _keep_id: int, text: str) -> None:
        self.banner.clear()
        self._show()
        self.undo_banner.done(text)
        self.state.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept_apart(self, text: str) -> None:
        self._show()
        self.undo_banner.done(text)

    def _refuse(self, error: CitError) -> None:
        errors.show(error, self.banner, self)
