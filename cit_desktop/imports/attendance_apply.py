"""Making the marks of a sign-in sheet: all of them in one step that can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from cit_desktop import backup as backups
from cit_desktop.db import Database
from cit_desktop.errors import Conflict
from cit_desktop.imports import known
from cit_desktop.imports.attendance_sheet import plan_marks
from cit_desktop.imports.marked import SheetPlan
from cit_desktop.imports.reading import read_table
from cit_desktop.models import ImportBatch
from cit_desktop.progress import Progress, silent
from cit_desktop.services import attendance


@dataclass(frozen=True, slots=True)
class MarkedResult:
    """What reading a sign-in sheet has done.

    Attributes:
        batch_id: Its record; None when there was nothing to mark.
        backup: The copy of the records made before, if one was made.
    """

    batch_id: int | None
    counts: Mapping[str, int]
    marked: int = 0
    backup: Path | None = None


def run(
    db: Database,
    path: Path,
    class_id: int,
    *,
    sheet: str | None = None,
    overwrite: bool = False,
    backup: bool = True,
    progress: Progress = silent,
) -> SheetPlan:
    """Read a sign-in sheet, back up, and mark what it tells, as one step of the history.

    Raises:
        FileProblem: The file cannot be read, or no backup could be made.
        Refused: The class is not open.
    """
    table = read_table(path, sheet, progress=progress)
    with db.read() as session:
        plan = plan_marks(session, table, class_id, overwrite=overwrite)
    commit(db, plan, backup=backup, progress=progress)
    return plan


def commit(
    db: Database, plan: SheetPlan, *, backup: bool = True, progress: Progress = silent
) -> MarkedResult:
    """Make a verified backup, then the marks as one step of the history.

    A plan with nothing to mark makes no backup and leaves no trace.

    Raises:
        Conflict: The records have changed since the plan was made; nothing was written.
        FileProblem: No backup could be made.
        Cancelled: ``progress`` asked to stop; nothing was written.
    """
    if not plan.changes_anything:
        return MarkedResult(None, plan.counts)
    made = backups.make(db.path, reason="import", progress=progress).path if backup else None
    with db.operation(f"Import attendance from {plan.source}", bulk=True) as session:
        batch = apply(session, plan, progress)
    return MarkedResult(batch, plan.counts, len(plan.marks), made)


def apply(session: Session, plan: SheetPlan, progress: Progress = silent) -> int:
    """Make the marks, within the operation that is open; gives the id of its record.

    Raises:
        Conflict: The records have changed since the plan was made.
        Cancelled: ``progress`` asked to stop; the operation must be given up.
    """
    if not _still_holds(session, plan):
        raise Conflict(
            f"The records have changed since “{plan.source}” was compared with them.",
            "Nothing was written. Look at the new preview and import again.",
        )
    for done, mark in enumerate(plan.marks):
        progress(done, len(plan.marks), "Marking attendance")
        minutes = mark.minutes if mark.mark == "partial" else None
        attendance.mark(session, mark.block_id, mark.enrollment_id, mark.mark, minutes)
    progress(len(plan.marks), len(plan.marks), "Saving")
    return _keep(session, plan)


def summary(plan: SheetPlan) -> str:
    """The sheet in a sentence: ``24 rows read: 23 with new marks, 1 not taken.``"""
    words = {
        "marked": "with new marks",
        "same": "with nothing new",
        "skipped": "skipped",
        "problem": "not taken",
    }
    told = [f"{plan.counts[kind]:,} {word}" for kind, word in words.items() if plan.counts[kind]]
    rows = "1 row" if plan.counts["read"] == 1 else f"{plan.counts['read']:,} rows"
    return f"{rows} read: {', '.join(told)}." if told else f"{rows} read."


def _still_holds(session: Session, plan: SheetPlan) -> bool:
    """Whether planning again would give the same: surely so when nothing was written since."""
    if known.head(session) == plan.head:
        return True
    again = plan_marks(
        session, plan.table, plan.class_id, overwrite=plan.overwrite, ticks=plan.ticks
    )
    return again == plan


def _keep(session: Session, plan: SheetPlan) -> int:
    """Keep what became of the rows, without a word about anybody; gives the id of the record."""
    rows = [{"row": row.row, "kind": row.kind, "marks": len(row.marks)} for row in plan.rows]
    report = {"attendance": True, "notes": list(plan.notes), "rows": rows}
    batch = ImportBatch(
        source=plan.source,
        sheet=plan.sheet,
        sha256="",
        class_id=plan.class_id,
        counts=json.dumps(dict(plan.counts)),
        report=json.dumps(report, ensure_ascii=False),
    )
    session.add(batch)
    session.flush()
    return batch.id
