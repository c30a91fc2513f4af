"""What every page of the window has in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.widgets.banner import Banner, UndoBanner
from ui.widgets.button import set_kind
from ui.widgets.label import ElidedLabel
from ui.widgets.search_box import SearchBox
from ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from cit_desktop.journal import Changes


class Page(QWidget):
    """Title, one line under it, search, tabs, actions, banner, and one content.

    A page names in ``watches`` the tables it shows; ``refresh`` is called with the changes of an
    operation that touched one of them, or with ``None`` when everything may have changed.
    """

    watches: ClassVar[frozenset[str]] = frozenset()
    help_topic: ClassVar[str] = ""
    new_text: ClassVar[str] = ""  # "New person…": what Ctrl+N makes here
    print_text: ClassVar[str] = ""  # "Print roster…": what Ctrl+P prints here
    has_workbook: ClassVar[bool] = False  # what it lists can be edited in Excel
    go = Signal(str, object)  # page key, record id or None
    status = Signal(str)  # text in the middle of the status line
    back_requested = Signal()
    asked = Signal(str, object)  # what only the program can do: "restore", "help", "new", …

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(title, points=theme.TITLE, bold=True)
        self.subtitle = ElidedLabel("", role="soft")
        self.search = SearchBox()
        self.tabs = Tabs()
        self.tabs.hide()
        self.banner = Banner(gap=10)
        self.undo_banner = UndoBanner(gap=10)
        self.primary: QPushButton | None = None
        self.stack = QStackedWidget()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.column = QVBoxLayout(self)
        x, y = theme.MARGIN_X, theme.MARGIN_Y
        self.column.setContentsMargins(x, y, x, 14)
        self.column.setSpacing(0)
        self.column.addLayout(self._build_head())
        self._bar = self._build_bar()
        self.column.addWidget(self._bar)
        for banner in (self.banner, self.undo_banner):
            self.column.addWidget(banner)
        self.column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)

    def _build_head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addLayout(words, 1)
        head.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _build_bar(self) -> QWidget:
        bar = QWidget()
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        bar.setFixedHeight(16)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        self.actions_row = QHBoxLayout()
        self.actions_row.setSpacing(8)
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 9, 0, 13)
        row.setSpacing(8)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self.tools)
        row.addStretch(1)
        row.addLayout(self.actions_row)
        return bar

    def _use_bar(self) -> None:
        """The row under the title takes its height once something stands in it."""
        self._bar.setFixedHeight(max(56, self._bar.sizeHint().height()))

    def set_title(self, title: str, subtitle: str = "") -> None:
        """What the page shows, and one line that says where one is."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)

    def add_tool(self, widget: QWidget) -> None:
        """Put a filter or a choice at the left, in the row of the tabs."""
        self.tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._use_bar()

    def set_actions(self, buttons: Iterable[QPushButton], primary: QPushButton | None) -> None:
        """The page's buttons from left to right; only ``primary`` is filled, and stands last."""
        while (item := self.actions_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for made in buttons:
            self.actions_row.addWidget(made)
        self.primary = primary
        if primary is not None:
            set_kind(primary, "primary")
            self.actions_row.addWidget(primary)
        if self.actions_row.count():
            self._use_bar()

    def add_content(self, widget: QWidget, tab: str = "") -> int:
        """Add what the page shows; with ``tab`` it is one of several. Returns its place."""
        place = self.stack.addWidget(widget)
        if tab:
            self.tabs.addTab(tab)
            self.tabs.show()
            self._use_bar()
        return place

    def refresh(self, changes: Changes | None) -> None:
        """Show the records as they are now; ``None`` means that anything may differ."""

    def open_record(self, record_id: object) -> None:
        """Show one record; called when another page or the search goes to it."""

    def import_into(self) -> int | None:
        """The class that the people of a list come into when it is dropped here."""
        return None

    def take_dropped(self, paths: Sequence[Path], class_id: int | None = None) -> None:
        """Import files that were dropped on the window; only the page for it does."""

    def new_record(self) -> None:
        """Make what ``new_text`` says (Ctrl+N)."""

    def print_preview(self) -> None:
        """Show what ``print_text`` says before it is printed (Ctrl+P)."""

    def edit_in_excel(self) -> None:
        """Save what is listed as a workbook to be edited; only where ``has_workbook`` says so."""

    def topic(self) -> str:
        """The page of help about what is in sight (F1)."""
        return self.help_topic

    def focus_filter(self) -> None:
        """Put the cursor where this view is filtered (Ctrl+F)."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def panes(self) -> list[QWidget]:
        """What F6 moves between, in order."""
        return [self.stack, self.search]

    def focus_start(self) -> None:
        """Put the focus where work on this page begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        for pane in self.panes():
            if focus_into(pane):
                return

    def next_pane(self) -> bool:
        """Focus the next pane; false when the last one had the focus."""
        panes = [pane for pane in self.panes() if pane.isVisible()]
        focus = QApplication.focusWidget()
        inside = [pane is focus or pane.isAncestorOf(focus) for pane in panes if focus]
        place = inside.index(True) + 1 if True in inside else 0
        if place >= len(panes):
            return False
        return any(focus_into(pane) for pane in panes[place:])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colors().background)


def focus_into(pane: QWidget) -> bool:
    """Focus a widget, or the first one inside it that takes keys; false when none does."""
    inside = [w for w in pane.findChildren(QWidget) if w.isVisibleTo(pane)]
    for target in (pane, *inside):
        if target.focusPolicy() & Qt.FocusPolicy.TabFocus and target.isEnabled():
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
