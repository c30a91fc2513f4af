"""Taking a list in: the file, its columns, what would happen, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cit_desktop.errors import CitError
from cit_desktop.exports import table_xlsx
from cit_desktop.imports import report
from cit_desktop.imports.types import SourceTable
from ui import dropping, errors
from ui.context import Context
from ui.jobs import Job
from ui.pages import import_words as words
from ui.pages.import_busy import ImportBusy
from ui.pages.import_columns import ImportColumns
from ui.pages.import_done import ImportDone
from ui.pages.import_preview import ImportPreview
from ui.pages.import_source import ImportDialogs, ImportSource
from ui.pages.import_work import ImportWork
from ui.saving import Saver
from ui.widgets.button import button
from ui.widgets.page import Page
from ui.widgets.saved_banner import SavedBanner

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

SOURCE, COLUMNS, PREVIEW, DONE = range(4)
_TITLES = ("1  File", "2  Columns", "3  Preview", "4  Done")
_BUSY_MS = 300
_TABLES = (
    *("person", "agency", "agency_spelling", "employment", "state_number", "enrollment"),
    *("training_class", "import_batch"),
)


class ImportPage(Page):
    """Walks from a file to the records and back; what was begun stays until another file.

    Attributes:
        into: Titles of the open classes, by id.
        slow: Runs from the start of work until it is shown.
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
        super().__init__("Import a list", parent)
        self.context = context
        self.dialogs = dialogs or ImportDialogs()
        self.work = ImportWork(context, self)
        self.saver = Saver(context, self, self.dialogs)
        self.into: dict[int, str] = {}
        self._leads = False  # the next preview is asked for: its button gets the focus
        self._columns_wait = False  # the columns are drawn when somebody looks at them
        self._said = False  # what the banner says belongs to the step in sight
        self.source = ImportSource()
        self.columns = ImportColumns()
        self.preview = ImportPreview(context.preferences)
        self.report = ImportDone()
        self.busy = ImportBusy()
        self.saved_banner = SavedBanner(self.saver.opener, gap=10)
        self.column.insertWidget(self.column.indexOf(self.undo_banner), self.saved_banner)
        self._build()
        self._connect()
        self._show_step()

    def _build(self) -> None:
        steps = (self.source, self.columns, self.preview, self.report)
        for title, step in zip(_TITLES, steps, strict=True):
            self.add_content(step, title)
        self.add_content(self.busy)
        self.tabs.setAccessibleName("Steps of the import")
        self.back = button("&Back", self._step_back)
        self.next = button("", self._next)
        self.set_actions([self.back], self.next)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        work = self.work
        self.slow = QTimer(self, singleShot=True, interval=_BUSY_MS)
        self.slow.timeout.connect(self._show_busy)
        work.begun.connect(self._begun)
        work.ended.connect(self._ended)
        work.read.connect(self._read)
        work.mapped.connect(self._mapped)
        work.compared.connect(self._compared)
        work.outdated.connect(self._outdated)
        work.written.connect(self._written)
        work.cancelled.connect(self._cancelled)
        work.undone_changed.connect(self._show_step)
        work.refused.connect(self._refuse)
        self.tabs.currentChanged.connect(self._step_changed)
        self.source.file_wanted.connect(self.choose_file)
        self.source.sheet_chosen.connect(work.choose_sheet)
        self.source.class_chosen.connect(self._choose_class)
        self.columns.field_chosen.connect(work.choose_field)
        self.columns.order_chosen.connect(work.choose_order)
        self.preview.decided.connect(work.choose)
        self.preview.default_chosen.connect(work.choose_default)
        self.preview.person_wanted.connect(lambda number: self.go.emit("person", number))
        self.report.rows_wanted.connect(self._show_rows)
        self.report.undo_wanted.connect(work.undo)
        self.report.report_wanted.connect(self._save_report)
        self.saver.saved.connect(self.saved_banner.tell)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._next)

    # What other pages and the window ask ------------------------------------------------------

    def take(self, path: Path, class_id: int | None = None) -> None:
        """Import a file, and enroll its people in a class when one is given."""
        if not self._is_writing():
            self.work.open(path, class_id)

    @override
    def take_dropped(self, paths: Sequence[Path], class_id: int | None = None) -> None:
        """Import what was dropped: one list at a time."""
        if len(paths) == 1:
            self.take(paths[0], class_id)
            return
        text = f"{len(paths)} files were dropped, and one list is imported at a time. "
        self.banner.say(f"{text}Drop them one after the other.", "care", closable=True)

    @override
    def open_record(self, record_id: object) -> None:
        """Import into a class; None or 0 is no class. Nothing that was begun is lost."""
        wanted = record_id if isinstance(record_id, int) and record_id else None
        done = self.tabs.currentIndex() == DONE
        if (wanted == self.work.class_id and not done) or self._is_writing():
            return
        self.work.set_class(wanted)
        self._list_classes()
        if done:
            self._go_to(SOURCE)
        self._show_step()

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
        if self.tabs.currentIndex() == PREVIEW and self.work.table is not None:
            self.work.compare()

    @override
    def new_record(self) -> None:
        self.choose_file()

    @override
    def focus_filter(self) -> None:
        if self.tabs.currentIndex() == PREVIEW:
            self.preview.chips.chips["all"].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().focus_filter()

    @override
    def panes(self) -> list[QWidget]:
        inside: list[QWidget] = [self.stack]
        if self.tabs.currentIndex() == PREVIEW:
            inside = [self.preview.table, self.preview.detail]
        return [self.tabs, *inside, self.next, self.search]

    @override
    def focus_start(self) -> None:
        if self.next.isEnabled() and self.next.isVisibleTo(self):
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.tabs.currentIndex() == SOURCE:
            self.source.empty.action.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_start()

    # The class --------------------------------------------------------------------------------

    def _list_classes(self) -> None:
        self.into = self.source.show_classes(self.context.db, self.work.class_id)

    def _choose_class(self, class_id: Any) -> None:
        self.work.set_class(class_id)
        self._show_step()

    # The steps --------------------------------------------------------------------------------

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

    def _read(self) -> None:
        table = self.work.table
        if table is None:
            return
        self.saved_banner.clear()
        self._list_classes()
        self.source.show_table(self.work.book, table)
        self._columns_wait = True
        self._leads = True
        self.preview.forget()
        if words.needs_a_look(table, self.work.columns):
            self._go_to(COLUMNS)
            self.columns.focus_first()
        else:
            self._go_to(PREVIEW)

    def _mapped(self) -> None:
        if self.work.table is not None:
            work = self.work
            self.columns.update_table(self.work.table, work.columns, work.orders)
            self._show_step()

    def _show_columns(self, table: SourceTable) -> None:
        if self._columns_wait:
            self._columns_wait = False
            self.columns.show_table(table, self.work.columns, self.work.orders)
        self._say(words.question(table, self.work.columns), "care")

    def _compared(self) -> None:
        self._show_step()
        if self._leads and self.tabs.currentIndex() == PREVIEW:
            self.focus_start()
            self._leads = False

    def _written(self) -> None:
        self._go_to(DONE)
        self.focus_start()

    def _cancelled(self) -> None:
        if self.tabs.currentIndex() == PREVIEW and self.work.plan is None:
            self._go_to(COLUMNS)
        self._show_step()
        self._said = False
        self.banner.say("Cancelled: nothing was changed.", "info", closable=True, seconds=6)

    def _outdated(self) -> None:
        if self.tabs.currentIndex() == PREVIEW and not self.work.writing:
            self._show_step()

    def _show_rows(self, kind: str) -> None:
        self._go_to(PREVIEW)
        self.preview.chips.choose(kind)

    def _go_to(self, step: int) -> None:
        self._name_tabs()
        if self.tabs.currentIndex() == step:
            self._show_step()
        else:
            self.tabs.setCurrentIndex(step)

    def _step_changed(self) -> None:
        self.banner.clear()
        self._show_step()

    def _step_back(self) -> None:
        self._go_to(max(SOURCE, self.tabs.currentIndex() - 1))

    def _next(self) -> None:
        if not self.next.isEnabled() or not self.next.isVisibleTo(self):
            return
        work, step = self.work, self.tabs.currentIndex()
        if step in (SOURCE, COLUMNS):
            self._leads = True
            self._go_to(PREVIEW)
        elif step == PREVIEW and work.plan is not None and work.plan.changes_anything:
            work.write()
        elif step == PREVIEW:
            self.choose_file()
        elif work.is_undone:
            self._go_to(PREVIEW)
        elif work.done is not None and work.done.plan.class_id is not None:
            self.go.emit("class", work.done.plan.class_id)
        else:
            self.go.emit("people", None)

    # What is shown ----------------------------------------------------------------------------

    def _name_tabs(self) -> None:
        there = (True, self.work.table is not None, self._can_preview(), self.work.done is not None)
        for place, can_go in enumerate(there):
            self.tabs.setTabEnabled(place, can_go)

    def _can_preview(self) -> bool:
        return self.work.table is not None and words.has_names(self.work.table)

    def _show_step(self) -> None:
        self._name_tabs()
        step, work = self.tabs.currentIndex(), self.work
        self.subtitle.setText(words.where(work.table, self.into.get(work.class_id or 0, "")))
        self.back.setVisible(step in (COLUMNS, PREVIEW))
        self.next.setVisible(work.table is not None)
        if step == COLUMNS and work.table is not None:
            self._show_columns(work.table)
        elif step == PREVIEW:
            self._show_plan()
        elif step == DONE and work.done is not None:
            into = self.into.get(work.done.plan.class_id or 0, "")
            self.report.show_done(work.done, undone=work.is_undone, into=into)
        done = work.done.plan if work.done is not None else None
        self.next.setText(words.next_step(step, work.plan, done, undone=work.is_undone))
        self.next.setEnabled(self._can_go_on())

    def _can_go_on(self) -> bool:
        step = self.tabs.currentIndex()
        if step in (SOURCE, COLUMNS):
            return self._can_preview()
        return step == DONE or self.work.plan is not None

    def _say(self, text: str, tone: Literal["info", "care"]) -> None:
        """What is to be known at this step; a refusal that was just told stays."""
        if text:
            self.banner.say(text, tone)
        elif self._said:
            self.banner.clear()
        self._said = bool(text)

    def _show_plan(self) -> None:
        plan = self.work.plan
        if plan is None:
            if self.work.job is None:
                self.work.compare()
            return
        self.preview.show_plan(plan)
        self._say(words.nothing_to_do(plan), "care" if plan.counts["problem"] else "info")

    # Work -------------------------------------------------------------------------------------

    def _begun(self, job: Job) -> None:
        self.busy.follow(job)
        self.slow.start()

    def _show_busy(self) -> None:
        if self.work.job is None or (self.work.plan is not None and not self.work.writing):
            return  # what is in sight can be worked with meanwhile
        self.tabs.setEnabled(False)
        self.stack.setCurrentWidget(self.busy)
        self.busy.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (self.back, self.next):
            part.setEnabled(False)

    def _ended(self) -> None:
        self.slow.stop()
        self.busy.let_go()
        self.tabs.setEnabled(True)
        self.stack.setCurrentIndex(self.tabs.currentIndex())
        self.back.setEnabled(True)
        self.next.setEnabled(self._can_go_on())

    def _refuse(self, error: CitError) -> None:
        if self.tabs.currentIndex() == PREVIEW and not (self.work.plan or self.work.job):
            self._go_to(SOURCE)  # where another class, sheet or file is chosen
        self._said = False
        errors.show(error, self.banner, self)

    def _save_report(self) -> None:
        if self.work.done is None:
            return
        plan = self.work.done.plan
        name = f"Import of {Path(plan.source).stem}"
        self.saver.save_file(
            "Save the report",
            name,
            ".xlsx",
            lambda _progress: table_xlsx.workbook(report.to_table(plan)),
        )

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
        text = QGuiApplication.clipboard().text() if pasted else ""
        if text.strip() and self.tabs.currentIndex() == SOURCE and not self._is_writing():
            self.work.paste(text)
        else:
            super().keyPressEvent(event)
