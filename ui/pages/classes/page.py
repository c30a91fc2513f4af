"""One class: roster, schedule, attendance, certificates, documents, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cit_desktop.documents.edits import EditKind
from cit_desktop.errors import CitError, NotFound
from cit_desktop.services import classes, finalize, hours
from cit_desktop.services.classes import ClassView
from ui import errors
from ui import format as fmt
from ui.context import Context
from ui.dialogs.finalize import FinalizeDialog, Hindrance
from ui.dialogs.reopen import ReopenDialog
from ui.pages.classes import words
from ui.pages.classes.actions import ClassActions
from ui.pages.classes.attendance import ClassAttendance
from ui.pages.classes.certificates import ClassCertificates
from ui.pages.classes.documents import ClassDocuments
from ui.pages.classes.places import (
    ATTENDANCE,
    CERTIFICATES,
    DOCUMENTS,
    OF_OBSTACLES,
    ROSTER,
    SCHEDULE,
    TITLES,
)
from ui.pages.classes.roster import ClassRoster
from ui.pages.classes.schedule import ClassSchedule
from ui.pages.edit_in_excel import EditInExcel
from ui.widgets.page import Page

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

Tab: TypeAlias = ClassRoster | ClassSchedule | ClassAttendance | ClassCertificates | ClassDocuments


class ClassPage(Page):
    """The page of one class; tabs read only when they are looked at."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            *("training_class", "block", "block_part", "block_instructor", "enrollment"),
            *("attendance", "makeup", "certificate", "person", "agency", "state_number"),
        }
    )
    help_topic = "classes"
    new_text = "Add a person"
    print_text = "Print…"
    has_workbook = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Class", parent)
        self.context = context
        self.view: ClassView | None = None
        self.hours: hours.AttendanceGrid | None = None
        self.standing = words.Standing()
        self._refused = False  # the banner tells what was refused until it is dismissed
        self.dialog: FinalizeDialog | None = None
        self.reopen_dialog: ReopenDialog | None = None
        self._stale: set[int] = set()
        self.roster = ClassRoster(context)
        self.schedule = ClassSchedule(context)
        self.attendance = ClassAttendance(context)
        self.certificates = ClassCertificates(context)
        self.documents = ClassDocuments(context)
        for title, tab in zip(TITLES, self._tabs(), strict=True):
            self.add_content(tab, title)
            tab.go.connect(self.go)
            tab.status.connect(self.status)
        self.tabs.setAccessibleName("Parts of the class")
        self.tabs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.excel = EditInExcel(context, self)
        self.steps = ClassActions(self)
        self._connect()

    def _tabs(self) -> tuple[Tab, ...]:
        return self.roster, self.schedule, self.attendance, self.certificates, self.documents

    def _connect(self) -> None:
        for tab in (self.roster, self.schedule, self.attendance):
            tab.done.connect(self.undo_banner.done)
            tab.refused.connect(self.refuse)
        self.documents.certificates_requested.connect(lambda: self.show_tab(CERTIFICATES))
        self.certificates.attendance_requested.connect(lambda: self.show_tab(ATTENDANCE))
        self.attendance.roster_requested.connect(lambda: self.show_tab(ROSTER))
        self.attendance.standing_changed.connect(self._standing_changed)
        self.tabs.currentChanged.connect(lambda _place: self._tab_shown())
        self.banner.acted.connect(self._banner_acted)
        self.banner.dismissed.connect(self._forget_refusal)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._step_tab(step))

    # What is shown

    @override
    def open_record(self, record_id: object) -> None:
        if not isinstance(record_id, int):
            return
        other = self.view is None or self.view.id != record_id
        self._refused = self._refused and not other
        if not self._load(record_id):
            return
        if other and self.view is not None:
            self.undo_banner.clear()
            self.excel.banner.clear()
            self.show_tab(self._first_tab(self.view))

    @override
    def refresh(self, changes: Changes | None) -> None:
        if self.view is None:
            return
        if changes is not None and self.attendance.is_own(changes):
            self._stale |= {ROSTER, SCHEDULE, CERTIFICATES, DOCUMENTS}
            return
        self._load(self.view.id)

    def _load(self, class_id: int) -> bool:
        try:
            with self.context.db.read() as session:
                self.view = classes.view(session, class_id)
                self.hours = hours.grid(session, class_id)
        except NotFound:
            self.view = None
            self.go.emit("classes", None)
            return False
        found = self.hours
        self.standing = words.standing(found, found.summaries.values(), found.marks.keys())
        self.set_title(self.view.title, words.subtitle(self.view))
        self._say_standing()
        self._stale = set(range(len(TITLES)))
        self._tab_shown()
        return True

    def _first_tab(self, view: ClassView) -> int:
        step = words.next_step(view)
        return {"finalize": ATTENDANCE, "issue": CERTIFICATES, "report": CERTIFICATES}.get(
            step, ROSTER
        )

    def show_tab(self, place: int) -> None:
        """Look at one of the tabs."""
        self.tabs.setCurrentIndex(place)

    @override
    def topic(self) -> str:
        by_tab = {ATTENDANCE: "attendance", CERTIFICATES: "certificates"}
        return by_tab.get(self.tabs.currentIndex(), self.help_topic)

    def _step_tab(self, step: int) -> None:
        self.show_tab((self.tabs.currentIndex() + step) % self.tabs.count())

    def _tab_shown(self) -> None:
        place = self.tabs.currentIndex()
        if place != ATTENDANCE:
            self.status.emit("")
        if self.view is None or self.hours is None:
            return
        self.steps.show_class(self.view, issuing=place == CERTIFICATES)
        if place not in self._stale:
            return
        self._stale.discard(place)
        if place == ATTENDANCE:
            self.attendance.show_hours(self.hours)
        elif place in (ROSTER, SCHEDULE):
            (self.roster if place == ROSTER else self.schedule).show_class(self.view)
        elif place == CERTIFICATES:
            self.certificates.show_class(self.view.id)
        else:
            self.documents.show_class(self.view.id)

    @override
    def panes(self) -> list[QWidget]:
        return [self.tabs, self.stack, self.search]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.steps.fit()

    @override
    def focus_start(self) -> None:
        view = self.view
        if self.tabs.currentIndex() == ATTENDANCE:
            self.attendance.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif view is not None and view.status == "open" and not view.counts.trainees:
            self.new_record()
        else:
            super().focus_start()

    @override
    def import_into(self) -> int | None:
        return self.view.id if self.view is not None and self.view.status == "open" else None

    @override
    def new_record(self) -> None:
        self.show_tab(ROSTER)
        self.roster.focus_add()

    @override
    def edit_in_excel(self) -> None:
        """The attendance where it is looked at, else the roster."""
        self.save_for_excel("attendance" if self.tabs.currentIndex() == ATTENDANCE else "roster")

    def save_for_excel(self, kind: EditKind) -> None:
        """Save the roster or the attendance as a workbook to be edited."""
        if self.view is not None:
            self.excel.save_class(kind, self.view.id, self.view.code)

    @override
    def print_preview(self) -> None:
        place = self.tabs.currentIndex()
        if place == CERTIFICATES:
            self.certificates.print_preview()
        elif place == DOCUMENTS:
            self.documents.print_preview()
        else:
            self.print_sheets()

    # What the banner says

    def refuse(self, error: CitError) -> None:
        """Say why something was not done."""
        self._refused = True
        errors.show(error, self.banner, self)

    def _forget_refusal(self) -> None:
        self._refused = False
        self._say_standing()

    def _standing_changed(self, found: words.Standing) -> None:
        self.standing = found
        self._say_standing()

    def _say_standing(self) -> None:
        view = self.view
        if self._refused:
            return
        if view is None:
            self.banner.clear()
        elif view.status == "finalized":
            day = "" if view.finalized_at is None else fmt.moment(view.finalized_at)
            self.banner.say(f"Finalized {day}: {_results(view)}.", "good", link="Reopen…")
        elif view.status == "cancelled":
            self.banner.say("This class is cancelled. What was entered stays as it is.", "info")
        elif view.status == "open" and view.counts.trainees:
            self._say_open(view)
        else:
            self.banner.clear()

    def _say_open(self, view: ClassView) -> None:
        text = words.standing_text(self.standing)
        if text:
            self.banner.say(text, "care", link="Show them")
        elif view.reopen_reason:
            self.banner.say(f"Reopened: {view.reopen_reason}", "info")
        else:
            self.banner.clear()

    def _banner_acted(self) -> None:
        if self.view is None:
            return
        if self.view.status == "finalized":
            self.ask_reopen()
            return
        self.show_tab(ATTENDANCE)
        self.attendance.show_next_problem()

    # Finalizing and reopening

    def ask_finalize(self) -> None:
        """List what prevents finalizing, or ask to go ahead."""
        view = self.view
        if view is None:
            return
        with self.context.db.read() as session:
            found = finalize.obstacles(session, view.id)
            grid = hours.grid(session, view.id)
        listed = [
            Hindrance(one.sentence, one.enrollment_id, one.block_id, one.blocking, one.kind)
            for one in found
        ]
        completed = sum(summary.state == "ready" for summary in grid.summaries.values())
        partial = len(grid.summaries) - completed
        self.dialog = FinalizeDialog(view.title, listed, completed, partial, self)
        self.dialog.confirmed.connect(self.finalize)
        self.dialog.jumped.connect(self.jump)
        self.dialog.open()

    def finalize(self) -> None:
        """Lock the class and give everybody a result."""
        if self.view is None:
            return
        done = self.context.commands.do(
            f"Finalize class {self.view.code}", finalize.finalize, self.view.id
        )
        if done.error is not None:
            self.refuse(done.error)
            return
        self._refused = False
        self.undo_banner.clear()  # what was done before is behind the lock now
        self._load(self.view.id)
        self.show_tab(CERTIFICATES)

    def jump(self, place: Hindrance) -> None:
        """Go to where something is mended."""
        tab = OF_OBSTACLES.get(place.kind, ATTENDANCE)
        self.show_tab(tab)
        if tab == ATTENDANCE:
            self.attendance.show_place(place.enrollment_id, place.block_id)
        elif tab == SCHEDULE and place.block_id is not None:
            self.schedule.choose_block(place.block_id)
        elif tab == ROSTER and place.enrollment_id is not None:
            self.roster.choose(place.enrollment_id)
        elif tab == ROSTER:
            self.roster.focus_add()

    def ask_reopen(self) -> None:
        """Ask why the class is to be opened again."""
        if self.view is None:
            return
        self.reopen_dialog = ReopenDialog(self.view.title, self)
        self.reopen_dialog.chosen.connect(self.reopen)
        self.reopen_dialog.open()

    def reopen(self, reason: str) -> None:
        """Unlock the class; the banner says what becomes of its certificates."""
        if self.view is None:
            return
        done = self.context.commands.do(
            f"Reopen class {self.view.code}", finalize.reopen, self.view.id, reason
        )
        if done.error is not None:
            self.refuse(done.error)
            return
        self._load(self.view.id)
        self.undo_banner.done(done.value or "The class is open again.")

    def print_sheets(self) -> None:
        """Show the sign-in sheets before they are printed."""
        self.show_tab(DOCUMENTS)
        self.documents.show_sign_in()


def _results(view: ClassView) -> str:
    completed, partial = view.counts.completed, view.counts.partial
    text = f"{fmt.plural(completed, 'person', 'people')} completed"
    text += f", {partial} attended in part" if partial else ""
    return f"{text}. Marks and roster are locked"
