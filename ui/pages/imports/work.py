"""The import as it stands: the file, what was decided about it, the plan, and what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from cit_desktop.db import Database
from cit_desktop.errors import CitError, Conflict
from cit_desktop.imports import column_memory, intake, mending
from cit_desktop.imports.intake import AnyPlan, AnyResult, Decisions, Opened, Purpose
from cit_desktop.imports.planned import AgencyDecision, Choice
from cit_desktop.imports.returned_plan import Side
from cit_desktop.imports.types import DayOrder, SourceTable
from cit_desktop.progress import Progress
from cit_desktop.services import undo, undo_order
from ui.context import Context
from ui.jobs import Job
from ui.pages.imports.lines import Lines, lines_of
from ui.pages.imports.problems import Problems, group

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

PASTED = "Pasted rows"


@dataclass(frozen=True)
class Done:
    """An import that was written, and its step of the history."""

    plan: AnyPlan
    result: AnyResult
    operation_id: int | None


class ImportWork(QObject):
    """Reads, compares and writes on the job thread; what it holds stays until another file.

    Attributes:
        opened: The file that was read; None before the first one.
        decided: All that somebody decided about it.
        plan: What importing would do; None while it is not known.
        lines: The rows of the last plan, as its table shows them.
        problems: What is wrong or doubtful in the last plan.
        done: What was written last, also after it was undone.
    """

    begun = Signal(object)  # Job
    ended = Signal()
    read = Signal()  # a file, or another sheet of it
    mapped = Signal()  # the same was read in another way
    compared = Signal()
    outdated = Signal()  # the plan does not hold any more
    written = Signal()
    undone_changed = Signal()
    refused = Signal(object)  # CitError
    cancelled = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.opened: Opened | None = None
        self.decided = Decisions()
        self.plan: AnyPlan | None = None
        self.lines: Lines | None = None
        self.problems: Sequence[Problems] = ()
        self.done: Done | None = None
        self.is_undone = False
        self.job: Job | None = None
        self.writing = False
        self._operations: dict[int, int] = {}
        context.commands.changed.connect(self._note_operation)

    @property
    def table(self) -> SourceTable | None:
        """The list that was read; None without one, and for an edited list that came back."""
        return self.opened.table if self.opened is not None else None

    @property
    def class_id(self) -> int | None:
        """The class that it is for."""
        return self.decided.class_id

    # Reading --------------------------------------------------------------------------------

    def open(self, path: Path, class_id: int | None, wanted: Purpose | None = None) -> None:
        """Read a file for a class; what was read before stays until this one is in."""
        start = Decisions(class_id=class_id, memory=self._memory())
        self._start(
            f"Reading {path.name}",
            intake.open_file,
            lambda opened: self._opened(opened, start, wanted),
            *(path, start),
        )

    def paste(self, text: str, html: str = "") -> None:
        """Read rows that were copied elsewhere, as text and as a document with tables."""
        start = Decisions(class_id=self.class_id, memory=self._memory())
        self._start(
            "Reading the pasted rows",
            intake.open_pasted,
            lambda opened: self._opened(opened, start, None),
            *(text, html, PASTED, start),
        )

    def _memory(self) -> dict[str, str | None]:
        with self._context.db.read() as session:
            return column_memory.remembered(session)

    def _opened(self, opened: Opened, start: Decisions, wanted: Purpose | None) -> None:
        purpose = intake.purpose_of(opened, start.class_id)
        if wanted is not None and opened.table is not None:
            purpose = wanted
        self.opened = opened
        self.decided = replace(start, purpose=purpose)
        self._begin()

    def _begin(self) -> None:
        self.done, self.is_undone = None, False
        self.plan = None
        self.read.emit()

    def choose_sheet(self, name: str | None, *, alike: bool = False) -> None:
        """Read another sheet of the same file, or with it all that look like it."""
        if self.opened is None:
            return
        start = Decisions(
            self.decided.purpose, self.class_id, name, all_sheets=alike, memory=self._memory()
        )
        book = self.opened.book

        def another(opened: Opened) -> None:
            self.opened, self.decided = opened, start
            self._begin()

        self._start("Reading the sheet", intake.read, another, book, start)

    def choose_field(self, heading: str, field: str | None) -> None:
        """Say what a column means; another column that meant the same is left out."""
        if self.table is None:
            return
        columns = dict(self.decided.columns)
        for name, column in self.table.columns.items():
            if field is not None and column.field == field and name != heading:
                columns[name] = None
        self._read_again(columns={**columns, heading: field})

    def choose_order(self, heading: str, order: DayOrder) -> None:
        """Say whether the month or the day comes first in a column."""
        self._read_again(orders={**self.decided.orders, heading: order})

    def choose_constant(self, field: str, text: str) -> None:
        """Say what holds for every row that says nothing of it."""
        if self.decided.constants.get(field, "") != text.strip():
            self._read_again(constants={**self.decided.constants, field: text.strip()})

    def mend(self, row: int, heading: str, text: str) -> None:
        """Take another text in the place of a cell; the plan in sight stays until it is known."""
        if self.opened is None:
            return
        sheet = ("", row, heading)
        place = sheet if self.table is None else mending.place_of(self.table, row, heading)
        self._read_again(keep=True, edits={**self.decided.edits, place: text})

    def _read_again(self, *, keep: bool = False, **changed: Any) -> None:
        if self.opened is None or self.writing:
            return
        self.decided = replace(self.decided, **changed)
        if not keep:
            self._forget_plan()
        then = self._mended if keep else self._mapped
        self._start("Reading the columns", intake.read, then, self.opened.book, self.decided)

    def _mapped(self, opened: Opened) -> None:
        self.opened = opened
        self.mapped.emit()

    def _mended(self, opened: Opened) -> None:
        self.opened = opened
        self.compare()

    # Deciding -------------------------------------------------------------------------------

    def choose_purpose(self, purpose: Purpose) -> None:
        """Say what the file is for."""
        if purpose != self.decided.purpose:
            class_id = self.class_id if purpose in intake.OF_A_CLASS else None
            self.decided = replace(self.decided, purpose=purpose, class_id=class_id)
            self._forget_plan()

    def set_class(self, class_id: int | None) -> None:
        """Choose the class that the file is for, or none."""
        if class_id == self.class_id:
            return
        purpose = self.decided.purpose
        if purpose in ("people", "history") and class_id is not None:
            purpose = "roster"
        elif purpose == "roster" and class_id is None:
            purpose = "people"
        self.decided = replace(self.decided, class_id=class_id, purpose=purpose)
        self._forget_plan()

    def choose(self, rows: Iterable[int], choice: str) -> None:
        """Decide on some rows: skip, fill, update; or, of an edited list, whose value stays."""
        if self.decided.purpose == "returned":
            sides: dict[int, Side] = dict.fromkeys(rows, "workbook")
            if choice == "records":
                sides = dict.fromkeys(sides, "records")
            self._decide(sides={**self.decided.sides, **sides})
        else:
            chosen = dict.fromkeys(rows, _CHOICES[choice])
            self._decide(choices={**self.decided.choices, **chosen})

    def choose_default(self, choice: str) -> None:
        """Decide on everybody who is known and was not decided on alone."""
        if self.decided.purpose == "attendance":
            self._decide(overwrite=choice == "update")
        elif self.decided.purpose == "returned":
            self._decide(side="workbook" if choice == "workbook" else "records")
        else:
            self._decide(default=_CHOICES[choice])

    def choose_agencies(self, decisions: Mapping[str, AgencyDecision]) -> None:
        """Say what spellings of agencies are."""
        agencies = {**self.decided.options.agencies, **decisions}
        self._decide(options=replace(self.decided.options, agencies=agencies))

    def choose_course(self, minutes: int, code: str) -> None:
        """Say which course the rows of so many hours were."""
        courses = {**self.decided.options.courses, minutes: code}
        self._decide(options=replace(self.decided.options, courses=courses))

    def choose_past_day(self, day: date | None) -> None:
        """Say when those rows were completed that do not say it."""
        self._decide(options=replace(self.decided.options, past_day=day))

    def choose_stranger(self, row: int, on: bool) -> None:
        """Say that a row is somebody else than it was taken for, or that it is not."""
        options = self.decided.options
        strangers = options.strangers | {row} if on else options.strangers - {row}
        self._decide(options=replace(options, strangers=strangers))

    def choose_ticks(self, ticks: bool) -> None:
        """Say whether 1 and 0 of a sign-in sheet are ticks, or hours."""
        self._decide(ticks=ticks)

    def _decide(self, **changed: Any) -> None:
        decided = replace(self.decided, **changed)
        if decided != self.decided and not self.writing:
            self.decided = decided
            self.compare()

    def compare(self) -> None:
        """Compare the file with the records anew."""
        if self.opened is None or self.writing or self.decided.needs_class:
            return
        args = (self._context.db, self.opened, self.decided)
        self._start("Comparing with the records", _compare, self._compared, *args)

    def _compared(self, made: tuple[AnyPlan, Lines, Sequence[Problems]]) -> None:
        self.plan, self.lines, self.problems = made
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
            intake.write,
            lambda result: self._written(made, result),
            self._context.db,
            made,
        )
        self.writing = True

    def _written(self, made: AnyPlan, result: AnyResult) -> None:
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


_CHOICES: dict[str, Choice] = {"skip": "skip", "fill": "fill", "update": "update"}


def _compare(
    db: Database, opened: Opened, decided: Decisions, progress: Progress
) -> tuple[AnyPlan, Lines, Sequence[Problems]]:
    """The plan, and what takes long to find out about it with thousands of rows."""
    made = intake.compare(db, opened, decided, progress)
    lines = lines_of(made)
    lines.prepare()
    return made, lines, group(made)


def _undo(db: Database, operation_id: int, progress: Progress) -> undo.Step:
    progress(0, 0, "Undoing the import")
    return undo.undo_operation(db, operation_id)
