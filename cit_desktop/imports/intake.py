"""One way in for whatever comes: what a file is, what was decided about it, what it would do.

A list of people, a class roster, finished classes, a sign-in sheet and an edited list that comes
back differ in their plans; whoever shows them opens, compares and writes each of them alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from cit_desktop.db import Database
from cit_desktop.imports import (
    apply,
    attendance_apply,
    attendance_sheet,
    mending,
    report,
    returned,
    returned_apply,
    returned_plan,
    sheet,
    sheets,
)
from cit_desktop.imports.attendance_apply import MarkedResult
from cit_desktop.imports.marked import SheetPlan
from cit_desktop.imports.mending import Place
from cit_desktop.imports.plan import make_plan
from cit_desktop.imports.planned import Choice, Plan, PlanOptions
from cit_desktop.imports.returned import Returned
from cit_desktop.imports.returned_apply import ReturnedResult
from cit_desktop.imports.returned_plan import ReturnedPlan, Side
from cit_desktop.imports.types import DayOrder, SourceTable, Workbook
from cit_desktop.progress import Progress, silent

Purpose = Literal["people", "roster", "attendance", "history", "returned"]
AnyPlan: TypeAlias = Plan | SheetPlan | ReturnedPlan
AnyResult: TypeAlias = apply.Result | MarkedResult | ReturnedResult

PURPOSES: tuple[Purpose, ...] = ("people", "roster", "attendance", "history")
OF_A_CLASS: frozenset[Purpose] = frozenset({"roster", "attendance"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was read.

    Attributes:
        table: Its list; None when it is an edited list that came back.
    """

    book: Workbook
    table: SourceTable | None = None
    returned: Returned | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that somebody decided about a file; nothing of it is in the file.

    Attributes:
        sheet: The sheet to read; None: the one that looks most like a list.
        all_sheets: Read those with it that look like it; None: when they hold finished classes.
        columns: What columns mean, by heading.
        memory: What columns meant before, as :mod:`column_memory` keeps it.
        orders: How the days of a column are meant, by heading.
        edits: Cells that were typed anew.
        constants: What holds for every row that says nothing of it, by field.
        choices: By row; ``default`` holds for everybody else who is known.
        overwrite: Of a sign-in sheet: replace marks that differ.
        ticks: Of a sign-in sheet: whether 1 and 0 are ticks; None: as the sheet tells.
        sides: Of an edited list: whose value stays in a conflict, by line; ``side`` for the rest.
    """

    purpose: Purpose = "people"
    class_id: int | None = None
    sheet: str | None = None
    all_sheets: bool | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    memory: Mapping[str, str | None] = field(default_factory=dict)
    orders: Mapping[str, DayOrder] = field(default_factory=dict)
    edits: Mapping[Place, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[int, Choice] = field(default_factory=dict)
    default: Choice = "fill"
    options: PlanOptions = field(default_factory=PlanOptions)
    overwrite: bool = False
    ticks: bool | None = None
    sides: Mapping[int, Side] = field(default_factory=dict)
    side: Side = "records"

    @property
    def needs_class(self) -> bool:
        """Whether a class has to be chosen before anything can be compared."""
        return self.purpose in OF_A_CLASS and self.class_id is None


def open_file(path: Path, decided: Decisions, progress: Progress = silent) -> Opened:
    """Read a file, whatever it is.

    Raises:
        FileProblem: It cannot be read.
        TooNew: A newer version of the program made it.
        Cancelled: ``progress`` asked to stop.
    """
    return read(sheet.read(path, progress), decided, progress)


def open_pasted(
    text: str, html: str, source: str, decided: Decisions, progress: Progress = silent
) -> Opened:
    """Read what was copied elsewhere; raises as :func:`open_file`."""
    return read(sheet.read_pasted(text, html, source, progress), decided, progress)


def read(book: Workbook, decided: Decisions, progress: Progress = silent) -> Opened:
    """Read the list of a file again, with what was decided since."""
    progress(0, 0, "Finding the columns")
    came = returned.from_workbook(book)
    if came is not None:
        return Opened(book, None, mending.returned_mended(came, decided.edits))
    found = sheets.list_of(
        mending.mended(book, decided.edits),
        decided.sheet,
        mapping_override=decided.columns,
        day_orders=decided.orders,
        all_sheets=decided.all_sheets,
        memory=decided.memory,
    )
    progress(0, 0, "Finding the columns")
    return Opened(book, mending.with_constants(found, decided.constants))


def purpose_of(opened: Opened, class_id: int | None) -> Purpose:
    """What a file is for, as far as it tells."""
    if opened.table is None:
        return "returned"
    if attendance_sheet.holds_marks(opened.table):
        return "attendance"
    if class_id is not None:
        return "roster"
    return sheets.purpose_of(opened.table, None)


def compare(
    db: Database, opened: Opened, decided: Decisions, progress: Progress = silent
) -> AnyPlan:
    """What taking a file in would do; nothing is written.

    Raises:
        CitError: It does not fit the records: another chapter's, a class that is not open, …
        Cancelled: ``progress`` asked to stop.
    """
    progress(0, 0, "Comparing with the records")
    with db.read() as session:
        made: AnyPlan
        if opened.returned is not None:
            made = returned_plan.make_plan(session, opened.returned, decided.sides, decided.side)
        else:
            assert opened.table is not None  # noqa: S101 - it is the one or the other
            if decided.purpose == "attendance":
                made = attendance_sheet.plan_marks(
                    session,
                    opened.table,
                    decided.class_id or 0,
                    overwrite=decided.overwrite,
                    ticks=decided.ticks,
                )
            else:
                made = make_plan(
                    session,
                    opened.table,
                    decided.class_id if decided.purpose == "roster" else None,
                    decided.choices,
                    decided.default,
                    _options(decided),
                    progress,
                )
    progress(0, 0, "Comparing with the records")
    return made


def _options(decided: Decisions) -> PlanOptions:
    purpose: Literal["people", "history"] = "people"
    if decided.purpose == "history":
        purpose = "history"
    return replace(decided.options, purpose=purpose)


def write(db: Database, plan: AnyPlan, progress: Progress = silent) -> AnyResult:
    """Make a backup and write a plan, as one step of the history.

    Raises:
        Conflict: The records have changed since the plan was made; nothing was written.
        FileProblem: No backup could be made, or the records cannot be written.
        Cancelled: ``progress`` asked to stop; nothing was written.
    """
    if isinstance(plan, SheetPlan):
        return attendance_apply.commit(db, plan, progress=progress)
    if isinstance(plan, ReturnedPlan):
        return returned_apply.commit(db, plan, progress=progress)
    return apply.commit(db, plan, progress=progress)


def problems(plan: AnyPlan) -> int:
    """How many rows cannot be taken as they are."""
    if isinstance(plan, SheetPlan):
        return sum(
            row.kind == "problem" or any(one.severity == "error" for one in row.issues)
            for row in plan.rows
        )
    return plan.counts["error" if isinstance(plan, ReturnedPlan) else "problem"]


def summary(plan: AnyPlan) -> str:
    """What a plan does, as a sentence with its counts."""
    if isinstance(plan, SheetPlan):
        return attendance_apply.summary(plan)
    if isinstance(plan, ReturnedPlan):
        return returned_apply.summary(plan)
    return report.summary(plan)
