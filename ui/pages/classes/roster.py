"""The people of a class: added, numbered, scored, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cit_desktop.errors import Refused
from cit_desktop.services import enrollment
from cit_desktop.services.classes import ClassView
from cit_desktop.services.enrollment import RosterRow
from ui import format as fmt
from ui.context import Context
from ui.pages.classes.quick_add import QuickAdd
from ui.pages.classes.roster_bar import RosterBar
from ui.pages.classes.roster_table import RosterSource, RosterTable
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cit_desktop.journal import Changes

_EMPTY = (
    "Nobody is in this class yet",
    "Type a name above to add one person after the other, or take in the list that people "
    "signed up on: a workbook, a form's answers, an e-mailed table.",
)


class ClassRoster(QWidget):
    """The Roster tab of a class.

    Attributes:
        done: What was just done and can be undone, as a sentence.
        refused: The :class:`CitError` of what could not be done.
    """

    go = Signal(str, object)
    status = Signal(str)
    done = Signal(str)
    refused = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.class_id = 0
        self.quick_add = QuickAdd(context)
        self.import_button = button("Impor&t a list…", self._import, icon="import")
        self.quick_add.top.addWidget(self.import_button)
        self.source = RosterSource(context.db)
        self.table = RosterTable(self.source, context.preferences)
        self.bar = RosterBar()
        self.card = Card()
        self.card.body.addWidget(self.table)
        self.card.body.addWidget(self.bar)
        self.empty = EmptyState("people", *_EMPTY)
        self._code = ""  # of the class, for the history
        self.inside = QStackedWidget()
        self.inside.addWidget(self.card)
        self.inside.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.quick_add)
        column.addWidget(self.inside, 1)
        self._connect()

    def _connect(self) -> None:
        self.quick_add.added.connect(self._added)
        self.quick_add.refused.connect(self.refused)
        self.table.opened.connect(self._open_person)
        self.table.archive_requested.connect(self.remove)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.cell_edited.connect(self._cell_edited)
        self.table.cell_refused.connect(self._cell_refused)
        self.bar.role_chosen.connect(lambda role: self._edit("Change role", set_roles, role))
        self.bar.score_typed.connect(lambda score: self._edit("Enter score", set_scores, score))
        self.bar.scenario_chosen.connect(
            lambda passed: self._edit("Enter scenario result", set_scenarios, passed)
        )
        self.bar.remove_wanted.connect(lambda: self.remove(self.table.selected_ids()))
        self.bar.reinstate_wanted.connect(self._reinstate)

    def show_class(self, view: ClassView) -> None:
        """Show the people of a class as they are now."""
        self._code = view.code
        self.table.locked = view.locked
        self.quick_add.setVisible(not view.locked)
        self.bar.set_locked(view.locked)
        tests = {"score": view.min_score is not None, "scenario": view.scenario_required}
        result = view.status != "open" or view.counts.withdrawn > 0
        self.table.show_columns(**tests, result=result)
        self.bar.show_tests(**tests)
        if view.id != self.class_id:
            self.class_id = self.source.class_id = view.id
            self.table.clearSelection()
        self._reload()

    def refresh(self, changes: Changes | None) -> None:
        """Read the people again."""
        if self.class_id:
            self._reload()

    def _reload(self) -> None:
        chosen = self.table.selected_ids()
        self.table.reload()
        if len(chosen) > 1:
            self._choose_again(chosen)
        ids = self.source.ids(None, {})
        rows = self.source.rows(ids)
        self.quick_add.show_class(self.class_id, [row.person_id for row in rows.values()])
        self.inside.setCurrentWidget(self.card if ids else self.empty)
        self.import_button.setVisible(bool(ids))
        self._selection_changed()

    def _choose_again(self, ids: Sequence[int]) -> None:
        selection = self.table.selectionModel()
        flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        for enrollment_id in ids:
            row = self.table.records.row_of(enrollment_id)
            if row >= 0:
                selection.select(self.table.records.index(row, 0), flags)

    def chosen(self) -> list[RosterRow]:
        """The rows that are selected."""
        ids = self.table.selected_ids()
        rows = self.source.rows(ids)
        return [rows[key] for key in ids if key in rows]

    def choose(self, enrollment_id: int) -> None:
        """Show one person of the class."""
        self.table.choose(enrollment_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_add(self) -> None:
        """Put the cursor where people are added."""
        self.quick_add.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _selection_changed(self) -> None:
        self.bar.show_rows(self.chosen())

    def _import(self) -> None:
        self.go.emit("import", self.class_id)

    def _open_person(self, enrollment_id: int) -> None:
        row = self.source.rows([enrollment_id]).get(enrollment_id)
        if row is not None:
            self.go.emit("person", row.person_id)

    def _added(self, enrollment_id: int, name: str) -> None:
        self._reload()
        self.table.choose(enrollment_id)
        self.done.emit(f"{name} was added.")

    def _do(self, label: str, function: Callable[..., Any], *args: Any) -> Any:
        result = self.context.commands.do(f"{label}: {self._code}", function, *args)
        if result.error is not None:
            self.refused.emit(result.error)
        return result

    def _cell_refused(self, text: str) -> None:
        sentence = f"“{text}” is not a whole number."
        self.refused.emit(Refused(sentence, "Type digits only, or nothing to take it away."))

    def _cell_edited(self, enrollment_id: int, key: str, value: int | None) -> None:
        service = enrollment.set_number if key == "number" else enrollment.set_score
        label = "Change roster number" if key == "number" else "Enter score"
        self._do(label, service, enrollment_id, value)

    def _edit(self, label: str, function: Callable[..., None], value: object) -> None:
        ids = self.table.selected_ids()
        if ids and self._do(label, function, ids, value) and len(ids) > 1:
            self.done.emit(f"{fmt.plural(len(ids), 'person', 'people')} changed.")

    def remove(self, ids: Sequence[int]) -> None:
        """Take people off the roster; those with marks are withdrawn and keep them."""
        if self.table.locked or not ids:
            return
        done = self._do("Remove from class", remove_or_withdraw, ids)
        if done:
            removed, withdrawn = done.value
            parts = []
            if removed:
                parts.append(f"{fmt.plural(removed, 'person', 'people')} removed")
            if withdrawn:
                parts.append(f"{withdrawn} withdrawn; marks are kept")
            self.done.emit(f"{', '.join(parts)}.")

    def _reinstate(self) -> None:
        ids = [row.id for row in self.chosen() if row.result == "withdrawn"]
        if self._do("Reinstate in class", reinstate_all, ids):
            self.done.emit(f"{fmt.plural(len(ids), 'person', 'people')} reinstated.")


def set_roles(session: Session, ids: Sequence[int], role: enrollment.Role) -> None:
    """Give several people a role in one operation."""
    for enrollment_id in ids:
        enrollment.set_role(session, enrollment_id, role)


def set_scores(session: Session, ids: Sequence[int], score: int | None) -> None:
    """Enter the same score for several people."""
    for enrollment_id in ids:
        enrollment.set_score(session, enrollment_id, score)


def set_scenarios(session: Session, ids: Sequence[int], passed: bool | None) -> None:
    """Enter the same scenario result for several people."""
    for enrollment_id in ids:
        enrollment.set_scenario(session, enrollment_id, passed)


def reinstate_all(session: Session, ids: Sequence[int]) -> None:
    """Take back the withdrawal of several people."""
    for enrollment_id in ids:
        enrollment.reinstate(session, enrollment_id)


def remove_or_withdraw(session: Session, ids: Sequence[int]) -> tuple[int, int]:
    """Remove whoever has left no trace in the class, withdraw the others; how many of each."""
    removed = withdrawn = 0
    for enrollment_id in ids:
        try:
            enrollment.remove(session, enrollment_id)
            removed += 1
        except Refused:
            enrollment.withdraw(session, enrollment_id)
            withdrawn += 1
    return removed, withdrawn


__all__ = ["ClassRoster", "remove_or_withdraw"]
