"""Taking a list in: the file, its columns, what would happen, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cit_desktop.errors import CitError
from cit_desktop.imports.intake import Purpose
from cit_desktop.imports.planned import Plan
from cit_desktop.services import courses
from ui import dropping, errors
from ui.context import Context
from ui.pages.imports import telling, words
from ui.pages.imports.result import save_result
from ui.pages.imports.source import ImportDialogs
from ui.pages.imports.steps import CHECK, COLUMNS, DONE, PREVIEW, SOURCE, ImportSteps
from ui.saving import Saver
from ui.widgets.saved_banner import SavedBanner

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_TABLES = (
    *("person", "agency", "agency_spelling", "employment", "state_number", "enrollment"),
    *("training_class", "block", "attendance", "course", "import_batch"),
)


class ImportPage(ImportSteps):
    """Walks from a file to the records and back; what was begun stays until another file.

    Attributes:
        into: Titles of the open classes, by id.
    """

    watches: ClassVar[frozenset[str]] = frozenset(_TABLES)
    help_topic = "import"
    new_text = "Import another list…"

    def __init__(
        self,
        context: Context,
        dialogs: ImportDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.dialogs = dialogs or ImportDialogs()
        self.saver = Saver(context, self, self.dialogs)
        self.into: dict[int, str] = {}
        self._leads = False  # the next preview is asked for: its button gets the focus
        self._columns_wait = False  # the columns are drawn when somebody looks at them
        self._checks_first = False  # what is doubtful is shown before the preview, once
        self.saved_banner = SavedBanner(self.saver.opener, gap=10)
        self.column.insertWidget(self.column.indexOf(self.undo_banner), self.saved_banner)
        self.setAcceptDrops(True)
        self._connect_work()
        self._connect_steps()
        self.show_step()

    def _connect_work(self) -> None:
        work = self.work
        work.read.connect(self._read)
        work.mapped.connect(self._mapped)
        work.compared.connect(self._compared)
        work.outdated.connect(self._outdated)
        work.written.connect(self._written)
        work.cancelled.connect(self._cancelled)
        work.undone_changed.connect(self._undone)
        work.refused.connect(self._refuse)

    def _connect_steps(self) -> None:
        work, check, preview = self.work, self.check, self.preview
        self.tabs.currentChanged.connect(self._step_changed)
        self.source.file_wanted.connect(self.choose_file)
        self.source.sheet_chosen.connect(lambda name, all_: work.choose_sheet(name, alike=all_))
        self.source.purpose_chosen.connect(self._choose_purpose)
        self.source.class_chosen.connect(self._choose_class)
        self.columns.field_chosen.connect(work.choose_field)
        self.columns.order_chosen.connect(work.choose_order)
        self.columns.constant_chosen.connect(work.choose_constant)
        check.agencies_chosen.connect(work.choose_agencies)
        check.course_chosen.connect(work.choose_course)
        check.day_chosen.connect(work.choose_past_day)
        check.ticks_chosen.connect(work.choose_ticks)
        check.enroll_wanted.connect(lambda: self._turn_into("roster"))
        check.row_wanted.connect(self._show_row)
        preview.decided.connect(work.choose)
        preview.default_chosen.connect(work.choose_default)
        preview.person_wanted.connect(lambda number: self.go.emit("person", number))
        preview.stranger.connect(work.choose_stranger)
        for step in (check, preview):
            step.mended.connect(work.mend)
        self.report.rows_wanted.connect(self._show_rows)
        self.report.marks_wanted.connect(lambda: self._turn_into("attendance"))
        self.report.undo_wanted.connect(work.undo)
        self.report.report_wanted.connect(lambda: save_result(self.saver, self.context, work.done))
        self.saver.saved.connect(self.saved_banner.tell)

    # What other pages and the window ask ------------------------------------------------------

    def take(self, path: Path, class_id: int | None = None, purpose: Purpose | None = None) -> None:
        """Import a file, for a class when one is given; what it is for is found unless told."""
        if not self._is_writing():
            self.work.open(path, class_id, purpose)

    @override
    def take_dropped(self, paths: Sequence[Path], class_id: int | None = None) -> None:
        """Import what was dropped: one list at a time."""
        if len(paths) == 1:
            self.take(paths[0], class_id)
            return
        text = f"{len(paths)} files were dropped, and one list is imported at a time. "
        text += "Drop them one after the other."
        if not paths:  # the program that it came from took it back
            text = "Nothing came with what was dropped. Drop it again, or choose the file."
        self.banner.say(text, "care", closable=True)

    @override
    def open_record(self, record_id: object) -> None:
        """Import into a class; None or 0 is no class. Nothing that was begun is lost.

        A pair of "attendance" and a class asks for its sign-in sheet at once.
        """
        if isinstance(record_id, tuple):
            self._open_sign_in(int(record_id[1]))
            return
        wanted = record_id if isinstance(record_id, int) and record_id else None
        done = self.step() == DONE
        if (wanted == self.work.class_id and not done) or self._is_writing():
            return
        self.work.set_class(wanted)
        self._list_classes()
        if done:
            self.go_to(SOURCE)
        self.show_step()

    def _open_sign_in(self, class_id: int) -> None:
        if not self._is_writing():
            self.dialogs.open(
                self, self.saver.folder(), lambda path: self.take(path, class_id, "attendance")
            )

    @override
    def import_into(self) -> int | None:
        return self.work.class_id

    @override
    def refresh(self, changes: Changes | None) -> None:
        self._list_classes()
        if self.work.writing:
            return
        self.work.look()
        if self.work.plan is not None:
            self.work.plan = None
        if self.step() in (CHECK, PREVIEW) and self.work.opened is not None:
            self.work.compare()

    @override
    def new_record(self) -> None:
        self.choose_file()

    @override
    def focus_filter(self) -> None:
        if self.step() == PREVIEW:
            self.preview.chips.chips["all"].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().focus_filter()

    @override
    def panes(self) -> list[QWidget]:
        inside: list[QWidget] = [self.stack]
        if self.step() == PREVIEW:
            inside = [self.preview.table, self.preview.detail]
        return [self.tabs, *inside, self.next, self.search]

    @override
    def focus_start(self) -> None:
        if self.step() == CHECK and self.check.waits and self.check.focus_first():
            return
        if self.next.isEnabled() and self.next.isVisibleTo(self):
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.step() == SOURCE:
            first = self.source.into if self.work.decided.needs_class else self.source.empty.action
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_start()

    # The file, what it is, and its class --------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for the file to read."""
        if not self._is_writing():
            self.dialogs.open(self, self.saver.folder(), self._chosen)

    def _chosen(self, path: Path) -> None:
        self.take(path, self.work.class_id)

    def _is_writing(self) -> bool:
        if self.work.writing:
            text = "An import is being written. Take the next list when it is done."
            self.banner.say(text, "info", closable=True)
        return self.work.writing

    def _list_classes(self) -> None:
        self.into = self.source.show_classes(self.context.db, self.work.class_id)

    def _choose_class(self, class_id: Any) -> None:
        self.work.set_class(class_id)
        self._checks_first = True
        self.show_step()

    def _choose_purpose(self, purpose: Purpose) -> None:
        self.work.choose_purpose(purpose)
        self._checks_first = True
        self._list_classes()
        self.show_step()

    def _turn_into(self, purpose: Purpose) -> None:
        """Take the same list for something else."""
        self._leads = self._checks_first = True
        self.work.choose_purpose(purpose)
        self.go_to(PREVIEW)

    def _read(self) -> None:
        self.saved_banner.clear()
        self.banner.clear()
        self._list_classes()
        self._columns_wait = self._leads = self._checks_first = True
        self.preview.forget()
        self.check.forget()
        self.source.show_opened(self.work.opened, self.work.decided)
        table, work = self.work.table, self.work
        if table is not None and words.needs_a_look(table, work.decided.columns):
            self.go_to(COLUMNS)
            self.columns.focus_first()
        elif work.decided.needs_class:
            self.go_to(SOURCE)
            self.focus_start()
        else:
            self.go_to(PREVIEW)

    def _mapped(self) -> None:
        if self.work.table is not None:
            self.columns.update_table(self.work.table, self.work.decided)
            self.show_step()

    def _compared(self) -> None:
        plan = self.work.plan
        if plan is None:
            return
        self.check.know(plan, self.work.problems)
        self.check.look(plan, self.work.decided)
        if self._checks_first:
            self._checks_first = False
            if self.check.waits and self.step() == PREVIEW:
                self.go_to(CHECK)
        self.show_step()
        if self._leads and self.step() in (CHECK, PREVIEW):
            self._lead()

    def _lead(self) -> None:
        self.focus_start()
        self._leads = False  # what is decided from here on keeps the focus

    def _written(self) -> None:
        self.go_to(DONE)
        self.focus_start()

    def _undone(self) -> None:
        self.show_step()
        if self.step() == DONE and self.isVisible():
            self.focus_start()

    def _cancelled(self) -> None:
        if self.step() in (CHECK, PREVIEW) and self.work.plan is None:
            self.go_to(COLUMNS if self.can_take(COLUMNS) else SOURCE)
        self.show_step()
        self._said = False
        self.banner.say("Cancelled: nothing was changed.", "info", closable=True, seconds=6)

    def _outdated(self) -> None:
        if self.step() in (CHECK, PREVIEW) and not self.work.writing:
            self.show_step()

    def _show_rows(self, kind: str) -> None:
        self.go_to(PREVIEW)
        self.preview.chips.choose(kind)

    def _show_row(self, number: int) -> None:
        self.go_to(PREVIEW)
        self.preview.show_row(number)

    def _step_changed(self) -> None:
        self.banner.clear()
        self.show_step()

    @override
    def step_on(self) -> None:
        if not self.next.isEnabled() or not self.next.isVisibleTo(self):
            return
        work, step = self.work, self.step()
        if step in (SOURCE, COLUMNS, CHECK):
            self._leads = True
            self.go_to(PREVIEW)
            if work.plan is not None:  # nothing is compared: the button is reached at once
                self._lead()
        elif step == PREVIEW and work.plan is not None and work.plan.changes_anything:
            work.write()
        elif step == PREVIEW:
            self.choose_file()
        elif work.is_undone:
            self.go_to(PREVIEW)
        elif work.done is not None and work.done.plan.class_id is not None:
            self.go.emit("class", work.done.plan.class_id)
        else:
            self.go.emit("people", None)

    # What is shown ----------------------------------------------------------------------------

    @override
    def can_take(self, step: int) -> bool:
        work = self.work
        if step == COLUMNS:
            return work.table is not None
        if step == CHECK and not (self.check.has_work or self.step() == CHECK):
            return False
        if step in (CHECK, PREVIEW):
            named = work.table is None or words.has_names(work.table)
            return work.opened is not None and named and not work.decided.needs_class
        return step == SOURCE or work.done is not None

    @override
    def can_go_on(self) -> bool:
        if self.step() in (SOURCE, COLUMNS):
            return self.can_take(PREVIEW)
        return self.step() == DONE or self.work.plan is not None

    @override
    def show_step(self) -> None:
        self.name_tabs()
        step, work = self.step(), self.work
        source = work.opened.book.source if work.opened is not None else ""
        self.subtitle.setText(telling.where(source, self.into.get(work.class_id or 0, "")))
        self.back.setVisible(step in (COLUMNS, CHECK, PREVIEW))
        self.next.setVisible(work.opened is not None)
        if step == SOURCE:
            self.source.show_opened(work.opened, work.decided)
            self.say(telling.question(work.decided) if work.opened is not None else "", "care")
        elif step == COLUMNS:
            self._show_columns()
        elif step in (CHECK, PREVIEW):
            self._show_plan(step)
        elif step == DONE and work.done is not None:
            into = self.into.get(work.done.plan.class_id or 0, "")
            self.report.show_done(work.done, undone=work.is_undone, into=into)
        self.next.setText(self._next_words())
        self.next.setEnabled(self.can_go_on())

    def _next_words(self) -> str:
        step, work = self.step(), self.work
        if step < PREVIEW:
            return "Show the &preview"
        if step == PREVIEW:
            if work.plan is None:
                return "&Import"
            return telling.go(work.plan) if work.plan.changes_anything else "&Choose another file…"
        if work.is_undone:
            return "Show the &preview again"
        into = work.done is not None and work.done.plan.class_id is not None
        return "&Open the class" if into else "Show the &people"

    def _show_columns(self) -> None:
        table, decided = self.work.table, self.work.decided
        if table is None:
            return
        if self._columns_wait:
            self._columns_wait = False
            self.columns.show_table(table, decided)
        question = words.question(table, decided.columns) or telling.question(decided)
        self.say(question, "care")

    def _show_plan(self, step: int) -> None:
        plan = self.work.plan
        if plan is None:
            if self.work.job is None:
                self.work.compare()
            return
        if step == CHECK:
            self._show_check()
            self.say("", "info")
            return
        self.preview.show_plan(plan, self.work.decided, self.work.lines)
        tone: Any = "care" if "cannot be used" in telling.nothing_to_do(plan) else "info"
        self.say(telling.nothing_to_do(plan), tone)

    def _show_check(self) -> None:
        plan = self.work.plan
        if plan is None:
            return
        listed: list[tuple[str, str]] = []
        if isinstance(plan, Plan) and plan.courses:
            with self.context.db.read() as session:
                listed = [(one.code, one.title) for one in courses.listing(session)]
        self.check.show_plan(plan, self.work.decided, listed)

    def _refuse(self, error: CitError) -> None:
        if self.step() in (CHECK, PREVIEW) and not (self.work.plan or self.work.job):
            self.go_to(SOURCE)  # where another class, sheet or file is chosen
        self._said = False
        errors.show(error, self.banner, self)

    # Files and keys ---------------------------------------------------------------------------

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.source.zone.light(dropping.welcome(event))

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.source.zone.light(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.source.zone.light(False)
        self.take_dropped(dropping.take(event), self.work.class_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pasted = event.matches(QKeySequence.StandardKey.Paste)
        copied = QGuiApplication.clipboard().mimeData() if pasted else None
        text = copied.text() if copied is not None else ""
        if text.strip() and not self._is_writing():
            self.work.paste(text, copied.html() if copied is not None else "")
        else:
            super().keyPressEvent(event)
