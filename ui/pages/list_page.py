"""A list with filters above it and a pane beside it: what people and agencies have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.errors import CitError
from ui import errors
from ui import format as fmt
from ui.context import Context
from ui.pages.filter_row import FilterRow
from ui.pages.list_sources import LiveSource
from ui.widgets.button import button, set_kind
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

AT_ONCE = 200  # more than these are changed beside the window
_PAUSE_MS = 60


class ListPage(Page):
    """Keeps what is chosen, counts, says what hides the rest, and opens the form for a new one.

    A page names its words, gives its filter and shows what is chosen.
    """

    noun: ClassVar[tuple[str, str]]
    none_matches: ClassVar[str]
    nothing: ClassVar[tuple[str, str, str, str]]  # icon, title, text, action
    pane_width: ClassVar[int] = 332

    def __init__(
        self,
        title: str,
        context: Context,
        columns: Sequence[Column],
        source: LiveSource,
        filters: FilterRow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.context = context
        self.source = source
        self.filters = filters
        source.setParent(self)
        name = title.lower()
        self.table = RecordTable(columns, source, context.preferences, name)
        self.table.setAccessibleName(title)
        self.new_button = button(
            f"&{self.new_text}", lambda: self.new_record(), icon="plus", tip="Ctrl+N"
        )
        self.form: QWidget | None = None
        self._row = 0  # where the chosen one stood, for when it goes
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.show_now)
        self.add_tool(filters.words)
        self._build_content()
        self._connect_list()

    def _build_content(self) -> None:
        card = Card()
        card.body.addWidget(self.table)
        self.empty = EmptyState(*self.nothing)
        nothing = Card()
        nothing.body.addWidget(self.empty)
        self.left = QStackedWidget()
        self.left.addWidget(card)
        self.left.addWidget(nothing)
        self.right = QStackedWidget()
        self.right.setMinimumWidth(self.pane_width)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(12)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.left)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([1028 - 12 - self.pane_width, self.pane_width])
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.split, 1)
        self.add_content(content)

    def _connect_list(self) -> None:
        self.source.ready.connect(self._read_list)
        self.filters.changed.connect(self.filter_list)
        self.table.counted.connect(lambda _count: self._say_count())
        self.table.selection_changed.connect(self._pause.start)
        self.table.current_changed.connect(lambda _id: self._remember_row())
        self.empty.acted.connect(self._empty_acted)

    def add_panes(self, form: QWidget, *panes: QWidget) -> None:
        """What stands beside the list: the first pane shows the one that is chosen."""
        self.form = form
        for part in (*panes, form):
            self.right.addWidget(part)

    def wanted(self) -> dict[str, object]:
        """The filter that the source understands."""
        return {}

    def show_chosen(self, ids: Sequence[int]) -> None:
        """Show in the pane what is chosen; there is at least one."""

    # What is shown --------------------------------------------------------------------------

    @override
    def refresh(self, changes: Changes | None) -> None:
        self.source.forget()
        self.filter_list()

    @override
    def open_record(self, record_id: object) -> None:
        if isinstance(record_id, int):
            self.choose(record_id)

    @override
    def focus_filter(self) -> None:
        self.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.words.selectAll()

    @override
    def panes(self) -> list[QWidget]:
        return [self.table, self.right, self.filters.words, self.filters, self.search]

    def choose(self, record_id: int) -> None:
        """Make a record the chosen one, whatever the filters hid."""
        self.close_form()
        if not self.table.choose(record_id) and self.filters.hiding():
            self.filters.clear()
            self.table.choose(record_id)
        self.show_chosen([record_id])

    def filter_list(self) -> None:
        """Read the list that the filters ask for."""
        chosen = self.table.selected_ids()
        self.table.set_filter(self.wanted())
        self._choose_again(chosen)
        self._say_count()

    def _read_list(self) -> None:
        """The list that was asked for is there."""
        chosen = self.table.selected_ids()
        self.table.reload()
        self._choose_again(chosen)
        self._say_count()

    def _choose_again(self, ids: Sequence[int]) -> None:
        """Several records stay chosen when the list is read again."""
        if not 1 < len(ids) <= AT_ONCE:
            return
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for record_id in ids:
            row = self.table.records.row_of(record_id)
            if row >= 0:
                index = self.table.records.index(row, 0)
                selection.select(index, flags.Select | flags.Rows)

    def _remember_row(self) -> None:
        row = self.table.currentIndex().row()
        self._row = row if row >= 0 else self._row

    def _say_count(self) -> None:
        if self.source.waiting():
            return
        count, hiding = self.table.count(), self.filters.hiding()
        found = fmt.plural(count, *self.noun)
        self.subtitle.setText(f"{found} with {' and '.join(hiding)}" if hiding else found)
        self.left.setCurrentIndex(0 if count else 1)
        self.right.setVisible(bool(count) or self.has_form())
        if not count and hiding:
            text = f"The other {self.noun[1]} are hidden by {' and '.join(hiding)}."
            self.empty.say(self.none_matches, text, f"&Show all {self.noun[1]}")
        elif not count:
            self.subtitle.setText("")
            _icon, title, why, action = self.nothing
            self.empty.say(title, why, "" if self.has_form() else action)
        elif self.table.current_id() is None:
            self.table.choose(self.table.records.id_at(min(self._row, count - 1)))
        self._pause.start()

    def _empty_acted(self) -> None:
        if self.filters.hiding():
            self.filters.clear()
        else:
            self.new_record()

    def show_now(self) -> None:
        """Show in the pane what is chosen, unless something new is typed there."""
        ids = self.table.selected_ids()
        self.status.emit(f"{fmt.count(len(ids))} chosen" if len(ids) > 1 else "")
        if ids and not self.has_form():
            self.show_chosen(ids)

    def refuse(self, error: CitError | None) -> None:
        """Say why something was not done; None: it stands beside the field already."""
        if error is None:
            self.banner.clear()
        else:
            errors.show(error, self.banner)

    # The form for a new one -----------------------------------------------------------------

    def has_form(self) -> bool:
        """Whether something new is being typed."""
        return self.form is not None and self.right.currentWidget() is self.form

    @override
    def new_record(self) -> None:
        form = self.form
        if form is None or self.context.db.readonly:
            return
        set_kind(self.new_button, "plain")  # the form has the next step
        self.right.setCurrentWidget(form)
        self.right.show()
        if not self.filters.hiding():
            self.empty.action.hide()
        self.start_form()

    def start_form(self) -> None:
        """Begin with nothing typed."""

    def close_form(self) -> None:
        """Show what is chosen again."""
        if not self.has_form():
            return
        set_kind(self.new_button, "primary")
        self.right.setCurrentIndex(0)
        self._say_count()
        self.show_now()
        start = self.table if self.table.count() else self.new_button
        start.setFocus(Qt.FocusReason.OtherFocusReason)
