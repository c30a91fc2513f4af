"""The pane beside the history: one step, what it changed, and taking it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cit_desktop.services import history
from cit_desktop.services.history import FieldChange, OperationRow
from ui import format as fmt
from ui.context import Context
from ui.pages.history.table import CHANGES, changed_text, detail_line
from ui.pages.list_sources import ListSource
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.widgets.record_table import RecordTable

_AT_ONCE = 50  # a step with more records than these is read beside the window


class HistoryPane(Card):
    """Shows a step; ``ready`` comes when its changes are there.

    Attributes:
        undo_wanted: The step to take back.
    """

    undo_wanted = Signal(int)
    ready = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._turn = 0
        self.row: OperationRow | None = None
        self.label = TextLabel("", points=12, bold=True, wrap=True)
        self.facts = TextLabel("", role="soft", wrap=True)
        self.state = TextLabel("", role="soft", wrap=True)
        self.undo = button("&Undo this step", self._undo, icon="undo")
        self.source = ListSource()
        self.table = RecordTable(CHANGES, self.source, context.preferences, "history step")
        self.table.setAccessibleName("What this step changed")
        head = QVBoxLayout()
        head.setContentsMargins(20, 14, 16, 12)
        head.setSpacing(4)
        for part in (self.label, self.facts, self.state):
            head.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self.undo)
        foot.addStretch(1)
        head.addSpacing(4)
        head.addLayout(foot)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)

    def show_step(self, row: OperationRow) -> None:
        """Show a step, and read what it changed."""
        other = self.row is None or self.row.id != row.id
        self.row = row
        self.label.setText(row.label)
        self.facts.setText(f"{row.actor}, {fmt.moment(row.at)}. {changed_text(row)}".strip())
        self.state.setText(state_text(row))
        self.state.setVisible(bool(self.state.text()))
        again = row.undoes_id is not None
        self.undo.setText("&Undo this undo" if again else "&Undo this step")
        self.undo.setEnabled(row.undoable and not self._context.db.readonly)
        if other:
            self._read(row)

    def _read(self, row: OperationRow) -> None:
        self._turn += 1
        turn, step = self._turn, row.id

        def work() -> list[FieldChange]:
            with self._context.db.read() as session:
                return history.details(session, step)

        if sum(row.changes.values()) <= _AT_ONCE:
            self._show(turn, work())
            return
        self.source.items = ()
        self.table.reload()
        job = self._context.commands.run("Reading a step", work)
        job.done.connect(lambda found: self._show(turn, found))

    def _show(self, turn: int, found: list[FieldChange]) -> None:
        if turn != self._turn:
            return
        lines = [detail_line(change) for change in found]
        self.source.items = lines
        self.table.reload()
        self.table.hide_column("before", not any(line.before for line in lines))
        self.ready.emit()

    def _undo(self) -> None:
        if self.row is not None:
            self.undo_wanted.emit(self.row.id)


def state_text(row: OperationRow) -> str:
    """Why a step cannot be undone, or that it took another one back."""
    if row.undone:
        return "This step was undone later; it no longer counts."
    if not row.undoable:
        return "This step is final: it cannot be undone."
    return "This step took another one back." if row.undoes_id is not None else ""
