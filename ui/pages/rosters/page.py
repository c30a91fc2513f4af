"""State rosters: a layout, a class or a period, what the state would reject, then the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cit_desktop import catalogs, clock
from cit_desktop.catalogs import Profile
from cit_desktop.errors import CitError
from cit_desktop.services import chapters, classes, profiles
from cit_desktop.services.rosters import StateRoster
from ui import errors
from ui import format as fmt
from ui.context import Context
from ui.dialogs.question import Question
from ui.pages.rosters import tables
from ui.pages.rosters.profile_card import ProfileCard
from ui.pages.rosters.profile_copies import ProfileCopies, ships
from ui.pages.rosters.scope import RosterScope
from ui.pages.rosters.tables import Listed
from ui.receiving import while_alive
from ui.saving import FileDialogs, Saved, Saver
from ui.widgets.banner import Banner
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.record_table import Column, RecordTable
from ui.widgets.saved_banner import SavedBanner
from ui.widgets.tabs import Tabs
from ui.work import document_files

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_MOST_CLASSES = 500
_LIST_WIDTH = 268
ROWS, PROBLEMS, LEFT_OUT = range(3)


@dataclass(frozen=True)
class Layout:
    """A profile as a line of the list."""

    profile: Profile
    own: bool

    @property
    def state(self) -> str:
        """Whose it is."""
        return self.profile.state or "Any"

    @property
    def title(self) -> str:
        """What it is called, and whether it is the chapter's own."""
        return f"{self.profile.title} (your copy)" if self.own else self.profile.title


_LAYOUTS = (
    Column("state", "State", width=58, soft=True, sortable=False),
    Column("title", "Layout", width=0, sortable=False),
)


class StateRostersPage(Page):
    """Choose, check, and only then save.

    Attributes:
        roster: What was checked last, and is saved.
        dialog: The dialog opened last, for tests.
    """

    help_topic = "rosters"
    watches: ClassVar[frozenset[str]] = frozenset(
        {"training_class", "enrollment", "attendance", "person", "agency", "state_number"}
        | {"certificate", "roster_profile", "chapter", "employment"}
    )

    def __init__(
        self,
        context: Context,
        dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("State rosters", parent)
        self.context = context
        self.profile: Profile | None = None
        self.roster: StateRoster | None = None
        self.dialog: Any = None
        self._asked = 0
        self._own: frozenset[str] = frozenset()
        self.copies = ProfileCopies(context, self)
        self.saver = Saver(context, self, dialogs)
        self.saved_banner = SavedBanner(self.saver.opener, gap=10)
        self.column.insertWidget(self.column.indexOf(self.undo_banner), self.saved_banner)
        self.scope = RosterScope()
        self.add_tool(self.scope)
        self.save_button = button("&Save Excel…", self.save, kind="primary")
        self.set_actions([], self.save_button)
        self._build()
        self._connect()
        self.set_title("State rosters", "What a state asks for, of a class or of a period")

    def _build(self) -> None:
        self.profiles = Listed([])
        self.list = RecordTable(_LAYOUTS, self.profiles)
        self.list.setAccessibleName("Layouts")
        self.list.setSelectionMode(RecordTable.SelectionMode.SingleSelection)
        choices = Card()
        choices.setMinimumWidth(_LIST_WIDTH // 2)
        choices.setMaximumWidth(_LIST_WIDTH)
        choices.body.addWidget(self.list)
        self.facts = ProfileCard()
        self.preflight = Banner(gap=10)
        self.tabs_inside = Tabs(("Rows", "Problems", "Left out"))
        self.tabs_inside.setAccessibleName("Parts of the roster")
        self.tables = QStackedWidget()
        self.nothing = EmptyState("rosters", "", "")
        self.inside = QStackedWidget()
        self.inside.addWidget(self.nothing)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(4, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs_inside)
        column.addWidget(self.tables, 1)
        self.inside.addWidget(filled)
        below = Card()
        below.body.addWidget(self.inside)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.facts)
        right.addSpacing(12)
        right.addWidget(self.preflight)
        right.addWidget(below, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(choices, 1)
        row.addLayout(right, 3)
        self.add_content(whole)

    def _connect(self) -> None:
        self.list.current_changed.connect(self._choose)
        self.scope.changed.connect(self.check)
        self.tabs_inside.currentChanged.connect(self.tables.setCurrentIndex)
        self.preflight.acted.connect(lambda: self.tabs_inside.setCurrentIndex(PROBLEMS))
        self.facts.copy.clicked.connect(lambda: self.copies.edit(self.profile))
        self.facts.revert.clicked.connect(lambda: self.copies.revert(self.profile))
        self.copies.done.connect(self._copied)
        self.saver.saved.connect(self.saved_banner.tell)

    # What is shown --------------------------------------------------------------------------

    @override
    def refresh(self, changes: Changes | None) -> None:
        with self.context.db.read() as session:
            chapter = chapters.current(session)
            known = profiles.all(session)
            self._own = profiles.own_ids(session)
            listed = classes.rows(session, classes.ids(session)[:_MOST_CLASSES])
        state = chapter.state if chapter is not None else ""
        self.scope.set_classes(
            [
                (row.id, f"{row.code}, {row.title}")
                for row in sorted(listed.values(), key=lambda r: r.starts or date.min, reverse=True)
            ],
            clock.today(),
        )
        order = sorted(
            known, key=lambda p: (p.state not in (state, ""), not p.state, p.state, p.title)
        )
        self._fill(order)

    def _fill(self, known: list[Profile]) -> None:
        kept = self.profile.id if self.profile is not None else ""
        self.profiles.replace([Layout(one, one.id in self._own) for one in known])
        with QSignalBlocker(self.list):
            self.list.reload()
            self._select(kept)
        self._choose(self.list.current_id())

    def _select(self, profile_id: str) -> None:
        found = self.profiles.rows(self.profiles.ids(None, {})).items()
        place = next((n for n, layout in found if layout.profile.id == profile_id), 0)
        self.list.choose(place)

    @override
    def open_record(self, record_id: object) -> None:
        """Show a layout by its id, or with ``(id, class)`` for a class; an empty id keeps it."""
        profile_id, class_id = record_id if isinstance(record_id, tuple) else (record_id, None)
        if isinstance(class_id, int):
            self.scope.choose_class(class_id)
        if profile_id:
            with QSignalBlocker(self.list):
                self._select(str(profile_id))
        self._choose(self.list.current_id())

    @override
    def panes(self) -> list[QWidget]:
        return [self.list, self.scope, self.tables, self.search]

    def _choose(self, place: object) -> None:
        if not isinstance(place, int):
            return
        profile_id = self.profiles.rows([place])[place].profile.id
        try:
            with self.context.db.read() as session:
                self.profile = profiles.get(session, profile_id)
        except CitError as error:
            errors.show(error, self.banner)
            self.profile = catalogs.profile(profile_id)
        own = profile_id in self._own
        self.facts.show_profile(self.profile, own=own, shipped=ships(profile_id))
        self.check()

    # Checking -------------------------------------------------------------------------------

    def check(self) -> None:
        """Gather the roster, and what the state would reject of it."""
        scope = self.scope.scope()
        self._asked += 1
        self.roster = None
        self.save_button.setEnabled(False)
        if self.profile is None or scope is None:
            self._say_nothing(
                "Choose a class or a period",
                "A roster lists the people of one class, or of all classes that ended in a period.",
            )
            return
        asked = self._asked
        job = self.context.commands.run(
            "Check state roster",
            document_files.state_roster,
            self.context.db,
            self.profile.id,
            scope.class_id,
            scope.start,
            scope.end,
        )
        job.done.connect(while_alive(self, lambda roster: self._show(asked, roster)))
        job.failed.connect(while_alive(self, lambda _error: self._fail(asked)))

    def _fail(self, asked: int) -> None:
        if asked == self._asked:
            self._say_nothing("The roster cannot be made", "The line above says why.")

    def _say_nothing(self, title: str, text: str) -> None:
        self.preflight.clear()
        self.nothing.say(title, text)
        self.inside.setCurrentIndex(0)

    def _show(self, asked: int, roster: StateRoster) -> None:
        if asked != self._asked:
            return
        self.roster = roster
        self._replace_tables(roster)
        rows = len(roster.document.rows)
        self.save_button.setEnabled(rows > 0)
        self.inside.setCurrentIndex(1 if rows or roster.problems or roster.skipped else 0)
        if not rows and not roster.skipped and not roster.problems:
            self._say_nothing("Nobody is to be listed", "No class ended in this period.")
            return
        counts = (rows, len(roster.problems), len(roster.skipped))
        for place, (name, count) in enumerate(
            zip(("Rows", "Problems", "Left out"), counts, strict=True)
        ):
            self.tabs_inside.setTabText(place, f"{name} ({fmt.count(count)})")
        self._say_preflight(roster)
        self.status.emit(fmt.plural(rows, "row"))

    def _replace_tables(self, roster: StateRoster) -> None:
        place = self.tabs_inside.currentIndex()
        while self.tables.count():
            if (old := self.tables.currentWidget()) is not None:
                self.tables.removeWidget(old)
                old.deleteLater()
        for made in (
            tables.rows_table(roster),
            tables.problems_table(roster.problems),
            tables.skipped_table(roster.skipped),
        ):
            self.tables.addWidget(made)
            made.opened.connect(partial(self._open, made, roster))
        self.tables.setCurrentIndex(max(0, place))

    def _say_preflight(self, roster: StateRoster) -> None:
        rejected = len({problem.row for problem in roster.errors})
        doubts = len(roster.problems) - len(roster.errors)
        if rejected:
            text = f"The state would reject {fmt.plural(rejected, 'row')}. Fix them first: "
            text += "Enter on a line opens the person."
            self.preflight.say(text, "wrong", link="Show them")
        elif doubts:
            text = f"Nothing the state would reject; {fmt.plural(doubts, 'thing')} to look at."
            self.preflight.say(text, "care", link="Show them")
        elif roster.document.rows:
            self.preflight.say("Checked: nothing that the state would reject.", "good")
        else:
            self.preflight.clear()

    def _open(self, table: RecordTable, roster: StateRoster, place: int) -> None:
        person_id = tables.person_of(table, roster, place)
        if person_id:
            self.go.emit("person", person_id)

    # Saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Ask where the workbook goes; before that, whether it may with rows that are rejected."""
        roster = self.roster
        if roster is None:
            return
        rejected = sorted({problem.row for problem in roster.errors})
        if not rejected:
            self._save(roster)
            return
        title = f"Save with {fmt.plural(len(rejected), 'row')} that the state would reject?"
        text = "The file is written as it is, with what is missing left empty."
        lines = [f"Row {one.row}, {one.name}: {one.sentence}" for one in roster.errors]
        self.dialog = Question(title, text, "Save &anyway…", lines=lines, parent=self)
        self.dialog.confirmed.connect(lambda: self._save(roster))
        self.dialog.open()

    def _save(self, roster: StateRoster) -> None:
        make = partial(document_files.table_workbook, roster.document)
        name = f"{roster.document.title} {self.scope.words()}"
        self.saver.save_file(
            "Save state roster",
            name,
            ".xlsx",
            lambda progress: make(progress),
            _note(roster),
            then=self._saved,
        )

    def _copied(self, text: str) -> None:
        self.undo_banner.done(text)
        self.refresh(None)

    def _saved(self, _saved: Saved) -> None:
        if self.roster is not None and self.roster.errors:
            self.tabs_inside.setCurrentIndex(PROBLEMS)


def _note(roster: StateRoster) -> str:
    """The rows that the state would reject, for the sentence that tells of the file."""
    rejected = sorted({problem.row for problem in roster.errors})
    if not rejected:
        return ""
    listed = ", ".join(str(row) for row in rejected[:12])
    more = f" and {len(rejected) - 12} more" if len(rejected) > 12 else ""
    word = "Row" if len(rejected) == 1 else "Rows"
    return f"{word} {listed}{more} would be rejected; see Problems."
