"""People who may be in the records twice: looked at side by side, merged, or kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from cit_desktop.errors import CitError
from ui import errors
from ui.context import Context
from ui.jobs import Job
from ui.pages.list_sources import ListSource
from ui.pages.merging import duplicate_pairs
from ui.pages.merging.duplicate_pairs import COLUMNS, PairLine, Pairs
from ui.pages.merging.pane import MergePane
from ui.receiving import while_alive
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import TextLabel
from ui.widgets.page import Page
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_NOBODY = (
    "Nobody seems to be here twice",
    "Everybody is compared by name, numbers, e-mail, phone and agency. Two who may be one person "
    "are listed here, to be merged or kept apart.",
)
_SEARCHING = ("Comparing everybody", "The likeliest come first.")
_LIST_WIDTH = 400
_PANE_LEAST = 452  # both people are in sight
_PAUSE_MS = 60


class DuplicatesPage(Page):
    """The pairs with a pane for the one that is chosen. The search runs beside the window.

    Attributes:
        pairs: What the last search found; None before the first one is over.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"person", "state_number", "employment", "not_same", "person_alias"}
    )
    help_topic = "merging"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Likely duplicates", parent)
        self.context = context
        self.pairs: Pairs | None = None
        self.job: Job | None = None
        self._again = False
        self.source = ListSource()
        self.table = RecordTable(COLUMNS, self.source, context.preferences, "duplicates")
        self.table.setAccessibleName("People who may be one")
        self.pane = MergePane(context)
        self.notes = TextLabel("", role="soft", wrap=True)
        self.notes.setContentsMargins(16, 8, 16, 10)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build_content()
        self._connect()

    def _build_content(self) -> None:
        card = Card()
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.notes)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(12)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(card)
        self.split.addWidget(self.pane)
        self.pane.setMinimumWidth(_PANE_LEAST)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([_LIST_WIDTH, 1016 - _LIST_WIDTH])
        self.empty = EmptyState("people", *_SEARCHING)
        nothing = Card()
        nothing.body.addWidget(self.empty)
        self.inside = QStackedWidget()
        self.inside.addWidget(nothing)
        self.inside.addWidget(self.split)
        self.add_content(self.inside)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.show_chosen)
        self.table.current_changed.connect(lambda _id: self._pause.start())
        self.table.opened.connect(lambda _id: self._decide())
        self.table.archive_requested.connect(lambda _ids: self._keep_apart())
        self.pane.merged.connect(lambda _id, text: self._decided(text))
        self.pane.kept_apart.connect(lambda _one, _other, text: self._decided(text))
        self.pane.refused.connect(self._refuse)
        self.pane.opened.connect(lambda person_id: self.go.emit("person", person_id))

    # What is shown --------------------------------------------------------------------------

    @override
    def refresh(self, changes: Changes | None) -> None:
        if self.job is not None:
            self._again = True
            return
        job = self.job = self.context.commands.run(
            "Looking for duplicates", duplicate_pairs.find, self.context.db, wants_progress=True
        )
        job.done.connect(while_alive(self, self._show))
        job.finished.connect(while_alive(self, self._searched))

    def _searched(self) -> None:
        self.job = None
        if self._again:
            self._again = False
            self.refresh(None)
        elif self.pairs is None:
            self.empty.say("The search was stopped", "F5 starts it again.")

    def _show(self, found: Pairs) -> None:
        self.pairs = found
        if not self._again:  # else it is out of date already
            self._list(found.lines)

    def _list(self, lines: tuple[PairLine, ...]) -> None:
        """Show these pairs; the chosen one stays chosen, or the next one is."""
        chosen, row = self.chosen(), max(0, self.table.currentIndex().row())
        self.source.items = lines
        self.table.reload()
        self.inside.setCurrentIndex(1 if lines else 0)
        if not lines:
            self.subtitle.setText("")
            self.empty.say(*_NOBODY)
            return
        assert self.pairs is not None  # noqa: S101 - the lines are its
        self.subtitle.setText(duplicate_pairs.count_text(max(self.pairs.total, len(lines))))
        self.notes.setText(" ".join(self.pairs.notes))
        self.notes.setVisible(bool(self.pairs.notes))
        keys = [(line.pair.one, line.pair.other) for line in lines]
        key = (chosen.pair.one, chosen.pair.other) if chosen is not None else None
        if key in keys:
            self.table.choose(keys.index(key))
        else:
            self.table.choose(self.table.records.id_at(min(row, len(lines) - 1)))
        self.show_chosen()
        if self.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> PairLine | None:
        """The pair that is looked at."""
        row = self.table.currentIndex().row()
        line = self.table.records.record(row) if row >= 0 else None
        return line if isinstance(line, PairLine) else None

    def show_chosen(self) -> None:
        """Put the two of the chosen pair side by side."""
        line = self.chosen()
        if line is not None:
            self.pane.show_pair(line.pair.one, line.pair.other, line.pair)

    @override
    def panes(self) -> list[QWidget]:
        return [self.table, self.pane, self.search]

    @override
    def focus_start(self) -> None:
        """The list, or the page until the list is there."""
        target = self.table if self.source.items else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done ---------------------------------------------------------------------------

    def _decide(self) -> None:
        """Enter on a pair goes to what can be chosen about it."""
        self.show_chosen()
        self.pane.focus_choices()

    def _keep_apart(self) -> None:
        self.show_chosen()
        self.pane.keep_apart()

    def _decided(self, text: str) -> None:
        """The pair goes at once; the search that follows may find others."""
        decided = self.pane.preview
        self.banner.clear()
        if decided is not None and self.pairs is not None:
            both = {decided.keep_id, decided.other_id}
            self._list(
                tuple(one for one in self._lines() if {one.pair.one, one.pair.other} != both)
            )
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.undo_banner.done(text)

    def _lines(self) -> tuple[PairLine, ...]:
        return tuple(self.source.items)

    def _refuse(self, error: CitError) -> None:
        errors.show(error, self.banner, self)
