"""Writing what was edited in a spreadsheet: all of it in one step that can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from cit_desktop import backup as backups
from cit_desktop.db import Database
from cit_desktop.errors import Conflict, FileProblem
from cit_desktop.imports import known, returned
from cit_desktop.imports.returned_plan import ReturnedPlan, ReturnedRow, Side, make_plan
from cit_desktop.models import ImportBatch
from cit_desktop.progress import Progress, silent
from cit_desktop.services import editing

WORDS = {
    "changed": "changed",
    "new": "new",
    "conflict": "in conflict",
    "error": "not taken",
    "same": "unchanged",
}


@dataclass(frozen=True, slots=True)
class ReturnedResult:
    """What bringing a list back has done.

    Attributes:
        batch_id: Its record; None when there was nothing to write.
        ids: The record of each row that was written, by line.
        backup: The copy of the records made before, if one was made.
    """

    batch_id: int | None
    counts: Mapping[str, int]
    ids: Mapping[int, int] = field(default_factory=dict)
    backup: Path | None = None


def run(
    db: Database,
    path: Path,
    *,
    choices: Mapping[int, Side] | None = None,
    default: Side = "records",
    backup: bool = True,
    progress: Progress = silent,
) -> tuple[ReturnedPlan, ReturnedResult]:
    """Read a workbook that came back, compare, back up and write.

    Raises:
        FileProblem: It is none, came from elsewhere, or no backup could be made; nothing was
            written.
        Refused: Its class is no longer open.
        Cancelled: ``progress`` asked to stop; nothing was written.
    """
    found = returned.read(path, progress=progress)
    if found is None:
        raise FileProblem(
            f"“{path.name}” is no workbook that went out for editing.", "Import it as a list."
        )
    with db.read() as session:
        plan = make_plan(session, found, choices, default)
    return plan, commit(db, plan, backup=backup, progress=progress)


def commit(
    db: Database, plan: ReturnedPlan, *, backup: bool = True, progress: Progress = silent
) -> ReturnedResult:
    """Make a verified backup, then write a plan as one step of the history.

    A plan with nothing to write makes no backup and leaves no trace.

    Raises:
        Conflict: The records have changed since the plan was made; nothing was written.
        FileProblem: No backup could be made.
        Cancelled: ``progress`` asked to stop; nothing was written.
    """
    if not plan.changes_anything:
        return ReturnedResult(None, plan.counts)
    made = backups.make(db.path, reason="import", progress=progress).path if backup else None
    with db.operation(f"Edit {plan.kind} in {plan.source}", bulk=True) as session:
        done = apply(session, plan, progress)
    return ReturnedResult(done.batch_id, done.counts, done.ids, made)


def apply(session: Session, plan: ReturnedPlan, progress: Progress = silent) -> ReturnedResult:
    """Write a plan, within the operation that is open.

    Raises:
        Conflict: The records have changed since the plan was made.
        Cancelled: ``progress`` asked to stop; the operation must be given up.
    """
    if known.head(session) != plan.head:
        again = make_plan(session, plan.returned, plan.choices, plan.default)
        if again != plan:
            raise Conflict(
                f"The records have changed since “{plan.source}” was compared with them.",
                "Nothing was written. Look at the new preview and import again.",
            )
        plan = again  # the same, with what stands beside it now
    source = editing.editable(session, plan.kind, plan.class_id)
    wanted = [row for row in plan.rows if row.kind == "new" or row.changes]
    ids: dict[int, int] = {}
    people: dict[int, int | None] = {}
    for done, row in enumerate(wanted):
        progress(done, len(wanted), "Writing")
        if row.record is not None:
            source.write(row.record, row.changes)
            ids[row.line], people[row.line] = row.record.id, row.record.person_id
        else:
            added = source.add(row.values, row.match)
            ids[row.line], people[row.line] = added.id, added.person_id
    batch = _keep(session, plan, people)
    progress(len(wanted), len(wanted), "Saving")
    return ReturnedResult(batch, plan.counts, ids)


def summary(plan: ReturnedPlan) -> str:
    """The counts in a sentence: ``32 rows came back: 3 changed, 29 unchanged.``"""
    counts = plan.counts
    told = [f"{counts[kind]:,} {word}" for kind, word in WORDS.items() if counts[kind]]
    rows = "1 row" if counts["read"] == 1 else f"{counts['read']:,} rows"
    return f"{rows} came back: {', '.join(told)}." if told else f"{rows} came back."


def told(plan: ReturnedPlan) -> list[str]:
    """What is to be looked at, a sentence each: conflicts, what was not taken, and notes."""
    said = []
    for row in plan.rows:
        where = f"Row {row.line} ({row.name})" if row.name else f"Row {row.line}"
        for edit in row.edits:
            if edit.conflict:
                stays = edit.ours if edit.side == "workbook" else edit.now
                said.append(
                    f"{where}: {edit.label} was “{edit.base}” when it went out, is “{edit.now}” "
                    f"in the records and “{edit.ours}” in the workbook. “{stays}” stays."
                )
        for issue in row.issues:
            column = f"{issue.column}: " if issue.column else ""
            said.append(f"{where}: {column}{issue.message}")
    return [*said, *plan.notes]


def to_json(plan: ReturnedPlan) -> dict[str, Any]:
    """The plan as plain values, ready for ``json.dumps``."""
    return {
        "source": plan.source,
        "list": plan.kind,
        "counts": dict(plan.counts),
        "rows": [_plain(row) for row in plan.rows if row.kind != "same" or row.issues],
        "removed": list(plan.gone),
        "notes": list(plan.notes),
    }


def _plain(row: ReturnedRow) -> dict[str, Any]:
    return {
        "row": row.line,
        "kind": row.kind,
        "name": row.name,
        "fields": [
            {
                "field": edit.column,
                "base": edit.base,
                "records": edit.now,
                "workbook": edit.ours,
                "conflict": edit.conflict,
                "stays": edit.side,
            }
            for edit in row.edits
        ],
        "issues": [_said(row, place) for place in range(len(row.issues))],
    }


def _said(row: ReturnedRow, place: int) -> dict[str, str]:
    issue = row.issues[place]
    return {"column": issue.column, "severity": issue.severity, "message": issue.message}


def _keep(session: Session, plan: ReturnedPlan, people: Mapping[int, int | None]) -> int:
    """Keep what became of the rows; gives the id of the record."""
    rows = []
    for row in plan.rows:
        kept: dict[str, Any] = {"row": row.line, "kind": row.kind}
        if people.get(row.line) is not None:
            kept["person"] = people[row.line]
        if row.edits:
            kept["changes"] = [[edit.column, edit.now, edit.ours] for edit in row.edits]
        if row.issues:
            kept["issues"] = [_said(row, place) for place in range(len(row.issues))]
        rows.append(kept)
    batch = ImportBatch(
        source=plan.source,
        sheet=plan.sheet,
        sha256="",
        class_id=plan.class_id,
        counts=json.dumps(dict(plan.counts)),
        report=json.dumps(
            {"returned": plan.kind, "notes": list(plan.notes), "rows": rows}, ensure_ascii=False
        ),
    )
    session.add(batch)
    session.flush()
    return batch.id
