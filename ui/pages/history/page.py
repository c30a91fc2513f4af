"""The history: every step, who took it, what it changed, and whether the record of it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop import journal
from cit_desktop.errors import CitError
from cit_desktop.papers import packets
from cit_desktop.services import history, undo
from cit_desktop.services.history import HistoryCheck
from ui import errors
from ui import format as fmt
from ui.context import Context
from ui.dialogs.period import PeriodDialog
from ui.pages.filter_chip import Choice, FilterChip
from ui.pages.filter_row import FilterRow
from ui.pages.history.pane import HistoryPane
from ui.pages.history.table import COLUMNS, StepSource
from ui.previewing import PaperDrawing
from ui.saving import FileDialogs, Saver
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.record_table import RecordTable
from ui.widgets.saved_banner import SavedBanner

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_EMPTY = (
    "Nothing was changed yet",
    "Every change is kept here with who made it and when. A step can be undone, even long after.",
    "",
)
_PAUSE_MS = 60
_PANE = 404


class HistoryPage(Page):
    """The steps with a pane for the one that is chosen."""

    watches: ClassVar[frozenset[str]] = frozenset(table.name for table in journal.journaled())
    help_topic = "history"

    def __init__(
        self,
        context: Context,
        dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("History", parent)
        self.context = context
        self.source = StepSource(context)
        self.table = RecordTable(COLUMNS, self.source, context.preferences, "history")
        self.table.setAccessibleName("Steps of the history")
        self.pane = HistoryPane(context)
        self.words = QLineEdit(placeholderText="Filter by what was done, or a seal")
        self.words.setAccessibleName("Filter the steps by what was done")
        self.words.setClearButtonEnabled(True)
        self.words.setFixedWidth(300)
        self.actor = FilterChip("&Who", "Everybody", self._actors)
        self.filters = FilterRow(self.words, (self.actor,))
        self.check_button = button("&Check the history", self.check, icon="lock")
        self.add_tool(self.words)
        self.packet_button = button("Audit &packet of a period…", self.ask_period)
        self.set_actions([self.packet_button, self.check_button], None)
        self.saver = Saver(context, self, dialogs)
        self.papers = PaperDrawing(context, self, self.saver)
        self.saved_banner = SavedBanner(self.saver.opener, gap=10)
        self.column.insertWidget(self.column.indexOf(self.undo_banner), self.saved_banner)
        self.period_dialog: PeriodDialog | None = None
        self._build_content()
        self._connect()

    def _build_content(self) -> None:
        card = Card()
        card.body.addWidget(self.table)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(12)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(card)
        self.split.addWidget(self.pane)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([1016 - _PANE, _PANE])
        self.pane.setMinimumWidth(360)
        self.empty = EmptyState("history", *_EMPTY)
        nothing = Card()
        nothing.body.addWidget(self.empty)
        self.inside = QStackedWidget()
        self.inside.addWidget(self.split)
        self.inside.addWidget(nothing)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.inside, 1)
        self.add_content(content)

    def _connect(self) -> None:
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._show_chosen)
        self.filters.changed.connect(self.filter_list)
        self.table.current_changed.connect(lambda _id: self._pause.start())
        self.table.opened.connect(lambda _id: self.pane.table.setFocus())
        self.pane.undo_wanted.connect(self.undo_step)
        self.empty.acted.connect(self.filters.clear)
        self.saver.saved.connect(self.saved_banner.tell)

    def _actors(self) -> Sequence[Choice]:
        with self.context.db.read() as session:
            return [(name, name) for name in history.actors(session)]

    # What is shown --------------------------------------------------------------------------

    @override
    def refresh(self, changes: Changes | None) -> None:
        self.filter_list()

    @override
    def open_record(self, record_id: object) -> None:
        if not isinstance(record_id, int):
            return
        if not self.table.choose(record_id) and self.filters.hiding():
            self.filters.clear()
            self.table.choose(record_id)
        self._show_chosen()

    @override
    def focus_filter(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    @override
    def panes(self) -> list[QWidget]:
        return [self.table, self.pane, self.words, self.filters, self.search]

    def filter_list(self) -> None:
        """Read the steps that the filters ask for."""
        self.table.set_filter({"actor": self.actor.value, "text": self.filters.text()})
        count, hiding = self.table.count(), self.filters.hiding()
        found = fmt.plural(count, "step")
        self.subtitle.setText(f"{found} with {' and '.join(hiding)}" if hiding else found)
        self.inside.setCurrentIndex(0 if count else 1)
        if not count and hiding:
            text = f"The other steps are hidden by {' and '.join(hiding)}."
            self.empty.say("No step matches", text, "&Show all steps")
        elif not count:
            self.subtitle.setText("")
            self.empty.say(*_EMPTY)
        elif self.table.current_id() is None:
            self.table.choose(self.table.records.id_at(0))
        self._pause.start()

    def _show_chosen(self) -> None:
        row = self.table.currentIndex().row()
        line = self.table.records.record(row) if row >= 0 else None
        if line is not None:
            self.pane.show_step(line.row)

    # What is done ---------------------------------------------------------------------------

    def undo_step(self, operation_id: int) -> None:
        """Take one step back, whatever came after it, or say why that cannot be."""
        try:
            step = undo.undo_operation(self.context.db, operation_id)
        except CitError as error:
            errors.show(error, self.banner)
            return
        self.filter_list()
        self.banner.say(f"Undone: {step.label}.", "good", closable=True, seconds=12)

    def ask_period(self) -> None:
        """Ask for the days of an audit packet; the last calendar year is offered."""
        self.period_dialog = PeriodDialog(
            "Audit packet of a period",
            "One PDF with every class that ended within these days: rosters, attendance, "
            "instructors, hours, certificates and their history.",
            "&Make packet",
            packets.last_year(),
            self,
        )
        self.period_dialog.chosen.connect(self.show_packet)
        self.period_dialog.open()

    def show_packet(self, first: date, last: date) -> None:
        """Show all there is of the classes that ended within these days."""
        title = f"Audit packet {first} to {last}"
        self.papers.draw("Draw audit packet", title, packets.of_period, first, last)

    def check(self) -> None:
        """Recompute the chain of hashes over the whole history, beside the window."""
        self.check_button.setEnabled(False)
        job = self.context.commands.run("Checking the history", self._verify)
        job.done.connect(self._say_checked)
        job.finished.connect(lambda: self.check_button.setEnabled(True))

    def _verify(self) -> HistoryCheck:
        with self.context.db.read() as session:
            return history.verify(session)

    def _say_checked(self, found: HistoryCheck) -> None:
        if found.first_altered is None:
            steps = fmt.plural(found.operations, "step")
            text = f"The history is whole: {steps} checked, none was altered."
            self.banner.say(text, "good", closable=True)
            return
        with self.context.db.read() as session:
            row = history.rows(session, [found.first_altered]).get(found.first_altered)
        which = f"“{row.label}” of {fmt.moment(row.at)}" if row else f"No. {found.first_altered}"
        self.banner.say(
            f"The history was altered outside CIT Desktop, first in the step {which}. Compare "
            "with a backup from before that day.",
            "wrong",
            closable=True,
        )
