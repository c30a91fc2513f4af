"""The import as it stands: the file, what its columns mean, the plan, and what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from cit_desktop.db import Database
from cit_desktop.errors import CitError, Conflict
from cit_desktop.imports import apply, plan, reading, sheet
from cit_desktop.imports.planned import Choice, Plan
from cit_desktop.imports.types import DayOrder, SourceTable, Workbook
from cit_desktop.progress import Progress
from cit_desktop.services import undo, undo_order
from ui.context import Context
from ui.jobs import Job

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

PASTED = "Pasted rows"


@dataclass(frozen=True)
class Done:
    """An import that was written, and its step of the history."""

    plan: Plan
    result: apply.Result
    operation_id: int | None


class ImportWork(QObject):
    """Reads, compares and writes on the job thread; what it holds stays until another file.

    Attributes:
        columns: What somebody chose for a column, by heading.
        orders: How somebody said that the days of a column are meant, by heading.
        plan: What importing would do; None while it is not known.
        done: What was written last, also after it was undone.
    """

    begun = Signal(object)  # Job
    ended = Signal()
    read = Signal()  # a file, or another sheet of it
    mapped = Signal()  # the columns were read in another way
    compared = Signal()
    outdated = Signal()  # the plan does not hold any more
    written = Signal()
    undone_changed = Signal()
    refused = Signal(object)  # CitError
    cancelled = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.class_id: int | None = None
        self.book: Workbook | None = None
        self.table: SourceTable | None = None
        self.plan: Plan | None = None
        self.done: Done | None = None
        self.is_undone = False
        self.columns: dict[str, str | None] = {}
        self.orders: dict[str, DayOrder] = {}
        self.choices: dict[int, Choice] = {}
        self.default: Choice = "fill"
        self.job: Job | None = None
        self.writing = False
        self._operations: dict[int, int] = {}
        context.commands.changed.connect(self._note_operation)

    # Reading --------------------------------------------------------------------------------

    def open(self, path: Path, class_id: int | None) -> None:
        """Read a file for a class; what was read before stays until this one is in."""

        def opened(value: tuple[Workbook, SourceTable]) -> None:
            self.class_id = class_id
            self._opened(value)

        self._start(f"Reading {path.name}", _read, opened, path)

    def paste(self, text: str, html: str = "") -> None:
        """Read rows that were copied elsewhere, as text and as a document with tables."""
        self._start("Reading the pasted rows", _read_pasted, self._opened, text, html)

    def choose_sheet(self, name: str) -> None:
        """Read another sheet of the same file."""
        if self.book is not None and (self.table is None or self.table.sheet != name):
            self._start("Reading the sheet", _table, self._another_table, self.book, name)

    def choose_field(self, heading: str, field: str | None) -> None:
        """Say what a column means; another column that meant the same is left out."""
        if self.table is None:
            return
        for name, column in self.table.columns.items():
            if field is not None and column.field == field and name != heading:
                self.columns[name] = None
        self.columns[heading] = field
        self._read_again()

    def choose_order(self, heading: str, order: DayOrder) -> None:
        """Say whether the month or the day comes first in a column."""
        self.orders[heading] = order
        self._read_again()

    def _read_again(self) -> None:
        if self.book is None or self.table is None:
            return
        self._forget_plan()
        args = (self.book, self.table.sheet, dict(self.columns), dict(self.orders))
        self._start("Reading the columns", _table, self._mapped, *args)

    def _opened(self, value: tuple[Workbook, SourceTable]) -> None:
        self.book = value[0]
        self._another_table(value[1])

    def _another_table(self, table: SourceTable) -> None:
        self.table = table
        self.columns, self.orders, self.choices = {}, {}, {}
        self.default = "fill"
        self.done, self.is_undone = None, False
        self.plan = None
        self.read.emit()

    def _mapped(self, table: SourceTable) -> None:
        self.table = table
        self.mapped.emit()

    # Comparing ------------------------------------------------------------------------------

    def set_class(self, class_id: int | None) -> None:
        """Choose the class that the people are enrolled in, or none."""
        if class_id != self.class_id:
            self.class_id = class_id
            self._forget_plan()

    def choose(self, rows: Iterable[int], choice: Choice) -> None:
        """Decide on some rows."""
        self.choices |= dict.fromkeys(rows, choice)
        self.compare()

    def choose_default(self, choice: Choice) -> None:
        """Decide on everybody who is known and was not decided on alone."""
        if choice != self.default:
            self.default = choice
            self.compare()

    def compare(self) -> None:
        """Compare the list with the records anew."""
        if self.table is None or self.writing:
            return
        args = (self._context.db, self.table, self.class_id, dict(self.choices), self.default)
        self._start("Comparing with the records", _compare, self._compared, *args)

    def _compared(self, made: Plan) -> None:
        self.plan = made
        self.compared.emit()

    def _forget_plan(self) -> None:
        self.plan = None
        self.outdated.emit()

    # Writing --------------------------------------------------------------------------------

    def write(self) -> None:
        """Make a backup and write the plan, in one step."""
        made = self.plan
        if made is None or self.writing or not made.changes_anything:
            return
        self._start(
            f"Importing {made.source}",
            apply.commit,
            lambda result: self._written(made, result),
            self._context.db,
            made,
        )
        self.writing = True

    def _written(self, made: Plan, result: apply.Result) -> None:
        operation = self._operations.get(result.batch_id or 0)
        self.done, self.is_undone = Done(made, result, operation), False
        self.plan = None
        self.written.emit()

    def undo(self) -> None:
        """Take back what was written last."""
        if self.done is None or self.done.operation_id is None or self.writing:
            return
        args = (self._context.db, self.done.operation_id)
        self._start("Undoing the import", _undo, lambda _step: self.look(), *args)
        self.writing = True

    def look(self) -> None:
        """See whether what was written last still counts."""
        if self.done is None or self.done.operation_id is None:
            return
        with self._context.db.read() as session:
            undone = self.done.operation_id in undo_order.undone(session)
        if undone != self.is_undone:
            self.is_undone = undone
            self.undone_changed.emit()

    def _note_operation(self, changes: Changes) -> None:
        for batch in changes.rows.get("import_batch", ()):
            self._operations.setdefault(batch, changes.operation_id)

    # Jobs -----------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Stop what runs; nothing of it remains."""
        if self.job is not None:
            self.job.cancel()

    def _start(
        self, label: str, function: Callable[..., Any], then: Callable[[Any], object], *args: Any
    ) -> None:
        if self.writing:
            return
        if self.job is not None:
            self.job.cancel()
        job = self._context.commands.run(label, function, *args, wants_progress=True)
        self.job = job
        job.done.connect(lambda value: self._finish(job, then, value))
        job.failed.connect(lambda error: self._finish(job, self._refuse, error))
        for ended in (job.cancelled, job.crashed):
            ended.connect(lambda *_: self._finish(job, lambda _v: self.cancelled.emit(), None))
        self.begun.emit(job)

    def _finish(self, job: Job, then: Callable[[Any], object], value: Any) -> None:
        if job is not self.job:  # something newer was begun meanwhile
            return
        self.job = None
        self.writing = False
        self.ended.emit()
        then(value)

    def _refuse(self, error: CitError) -> None:
        if isinstance(error, Conflict):
            self._forget_plan()
        self.refused.emit(error)


def _read(path: Path, progress: Progress) -> tuple[Workbook, SourceTable]:
    book = sheet.read(path, progress)
    return book, _table(book, None, progress=progress)


def _read_pasted(text: str, html: str, progress: Progress) -> tuple[Workbook, SourceTable]:
    book = sheet.read_pasted(text, html, PASTED, progress)
    return book, _table(book, None, progress=progress)


def _table(
    book: Workbook,
    name: str | None,
    columns: Mapping[str, str | None] | None = None,
    orders: Mapping[str, DayOrder] | None = None,
    *,
    progress: Progress,
) -> SourceTable:
    progress(0, 0, "Finding the columns")
    found = reading.from_workbook(book, name, mapping_override=columns, day_orders=orders)
    progress(0, 0, "Finding the columns")
    return found


def _compare(db: Database, *args: Any, progress: Progress) -> Plan:
    progress(0, 0, "Comparing with the records")
    with db.read() as session:
        made = plan.make_plan(session, *args)
    progress(0, 0, "Comparing with the records")
    return made


def _undo(db: Database, operation_id: int, progress: Progress) -> undo.Step:
    progress(0, 0, "Undoing the import")
    return undo.undo_operation(db, operation_id)
