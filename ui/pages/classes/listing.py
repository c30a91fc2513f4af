"""All classes: found by year, state and words, opened, made and put away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget
from typing_extensions import override

from cit_desktop.db import Database
from cit_desktop.services import chapters, classes, courses
from cit_desktop.services.classes import ClassDraft, ClassFilter, ClassRow, ClassSort
from cit_desktop.services.layout import BlockPlan
from ui import format as fmt
from ui.context import Context
from ui.dialogs.new_class import Choices, CourseChoice, NewClassDialog
from ui.pages.classes.words import place, row_pill, seats_text
from ui.widgets.button import button, set_kind
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import ComboBox
from ui.widgets.page import Page
from ui.widgets.record_table import CENTER, RIGHT, Column, Filter, RecordTable, Sort

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_STATUSES: tuple[tuple[str, str | None], ...] = (
    ("Any status", None),
    ("Open", "open"),
    ("Finalized", "finalized"),
    ("On record", "on record"),
    ("Cancelled", "cancelled"),
    ("Archived too", "archived"),
)
_EMPTY = (
    "No classes yet",
    "A class is one run of a course: its people, its blocks, who was there, and the certificates "
    "that come of it.",
    "&New class…",
)


class ClassTableRow:
    """A class as the table shows it."""

    def __init__(self, row: ClassRow) -> None:
        self.title = row.title
        self.starts = fmt.day_range(row.starts, row.ends)
        self.location = place(row.location, row.county)
        self.status = row
        self.people = seats_text(row.trainees, row.seats)
        self.blanks = row.unmarked or None
        self.certificates = row.certificates or None


COLUMNS = (
    Column("title", "Class", width=0, bold=True),
    Column("starts", "Dates", width=168),
    Column("location", "Place", width=200, soft=True, spare=True),
    Column("status", "State", width=112, pill=lambda shown: row_pill(shown.status)),
    Column("people", "People", width=84, align=CENTER, sortable=False),
    Column("blanks", "Blanks", width=70, align=RIGHT, sortable=False),
    Column("certificates", "Certificates", width=96, align=RIGHT, sortable=False),
)


class ClassSource:
    """Classes for the table."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """Every class that fits."""
        order = sort or Sort("starts", descending=True)
        wanted = ClassFilter(**cast(dict[str, Any], dict(filter)))
        with self._db.read() as session:
            return classes.ids(session, wanted, cast(ClassSort, order.key), order.descending)

    def rows(self, ids: Sequence[int]) -> Mapping[int, ClassTableRow]:
        """Some of them."""
        with self._db.read() as session:
            found = classes.rows(session, ids)
        return {key: ClassTableRow(row) for key, row in found.items()}


class ClassesPage(Page):
    """The list of classes."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"training_class", "block", "enrollment", "attendance", "certificate", "course"}
    )

    help_topic = "classes"
    new_text = "New class…"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Classes", parent)
        self.context = context
        self.dialog: NewClassDialog | None = None
        self.new_button = button("&New class…", self.new_class, icon="plus")
        self.new_button.setToolTip("Ctrl+N")
        self.set_actions([], self.new_button)
        self._build_filters()
        self.table = RecordTable(COLUMNS, ClassSource(context.db), context.preferences, "classes")
        self.table.setAccessibleName("Classes")
        if not context.preferences.get("table/classes/sort", []):
            self.table.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
        self.card = Card()
        self.card.body.addWidget(self.table)
        self.empty = EmptyState("classes", *_EMPTY)
        self.inside = QStackedWidget()
        self.inside.addWidget(self.card)
        self.inside.addWidget(self.empty)
        self.add_content(self.inside)
        self.table.opened.connect(lambda class_id: self.go.emit("class", class_id))
        self.table.archive_requested.connect(self._archive)
        self.empty.acted.connect(self._empty_acted)

    def _build_filters(self) -> None:
        self.words = QLineEdit(placeholderText="Filter by title, code or place")
        self.words.setAccessibleName("Filter classes by title, code or place")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(160)
        self.words.setMaximumWidth(240)
        self.year = ComboBox()
        self.year.setAccessibleName("Year")
        self.year.addItem("All years", None)
        self.status_box = ComboBox()
        self.status_box.setAccessibleName("State")
        for text, value in _STATUSES:
            self.status_box.addItem(text, value)
        for tool in (self.words, self.year, self.status_box):
            self.add_tool(tool)
        self.words.textChanged.connect(lambda _text: self._filter())
        self.year.activated.connect(lambda _place: self._filter())
        self.status_box.activated.connect(lambda _place: self._filter())

    @override
    def refresh(self, changes: Changes | None) -> None:
        with self.context.db.read() as session:
            years = classes.years(session)
        chosen = self.year.currentData()
        self.year.clear()
        self.year.addItem("All years", None)
        for year in years:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)))
        self._filter()

    @override
    def focus_filter(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    @override
    def new_record(self) -> None:
        self.new_class()

    @override
    def panes(self) -> list[QWidget]:
        return [self.table, self.words, self.search]

    def _filter(self) -> None:
        state = self.status_box.currentData()
        archived = state == "archived"
        wanted = {
            "text": self.words.text(),
            "year": self.year.currentData(),
            "status": None if archived else state,
            "archived": archived,
        }
        self.table.set_filter(wanted)
        self._show_what_there_is()

    def _hiding(self) -> list[str]:
        """The filters in force, in words."""
        found = []
        if self.words.text().strip():
            found.append(f"the words “{self.words.text().strip()}”")
        if self.year.currentData() is not None:
            found.append(f"the year {self.year.currentData()}")
        if self.status_box.currentData() not in (None, "archived"):
            found.append(f"the status “{self.status_box.currentText()}”")
        return found

    def _show_what_there_is(self) -> None:
        count, hiding = self.table.count(), self._hiding()
        self.inside.setCurrentWidget(self.card if count else self.empty)
        set_kind(self.new_button, "primary" if count else "plain")
        found = fmt.plural(count, "class", "classes")
        self.subtitle.setText(f"{found} with {' and '.join(hiding)}" if hiding else found)
        if count:
            return
        if hiding:
            text = f"The other classes are hidden by {' and '.join(hiding)}."
            self.empty.say("No class matches", text, "&Show all classes")
        else:
            self.subtitle.setText("")
            self.empty.say(*_EMPTY)

    def _empty_acted(self) -> None:
        if not self._hiding():
            self.new_class()
            return
        self.year.setCurrentIndex(0)
        self.status_box.setCurrentIndex(0)
        self.words.clear()
        self._filter()

    def new_class(self) -> None:
        """Ask for a new class."""
        with self.context.db.read() as session:
            chapter = chapters.current(session)
            listed = [
                CourseChoice(row.id, row.title, row.minutes) for row in courses.listing(session)
            ]
        if chapter is None:
            self.banner.say("Set up your chapter in Settings first; a class belongs to one.")
            return
        choices = Choices(tuple(listed), chapter.counties)
        self.dialog = NewClassDialog(choices, self._preview, self)
        self.dialog.chosen.connect(lambda draft: self._create(chapter.id, draft))
        self.dialog.open()

    def _preview(self, draft: ClassDraft) -> Sequence[BlockPlan]:
        with self.context.db.read() as session:
            return classes.preview(session, draft)

    def _create(self, chapter_id: int, draft: ClassDraft) -> None:
        done = self.context.commands.do(
            f"Add class {draft.title}".strip(), classes.create, chapter_id, draft
        )
        if done.error is not None:
            self.banner.say(str(done.error), "wrong", closable=True)
            return
        self.go.emit("class", done.value)

    def _archive(self, ids: list[int]) -> None:
        titles = [shown.title for shown in self.table.records.source.rows(ids).values()]
        label = "Archive " + (f"class {titles[0]}" if len(ids) == 1 else f"{len(ids)} classes")
        done = self.context.commands.do(label, archive_all, ids)
        if done.error is not None:
            self.banner.say(str(done.error), "wrong", closable=True)
            return
        what = f"“{titles[0]}” was archived." if len(ids) == 1 else f"{len(ids)} classes archived."
        self.undo_banner.done(what)


def archive_all(session: Any, ids: Sequence[int]) -> None:
    """Put several classes away in one operation."""
    for class_id in ids:
        classes.archive(session, class_id)
