"""Writing a plan into the records: all of it in one operation, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from cit_desktop import backup as backups
from cit_desktop.db import Database
from cit_desktop.errors import Conflict
from cit_desktop.imports import agency_memory, collector, column_memory, known, past_writer, sheets
from cit_desktop.imports.plan import make_plan
from cit_desktop.imports.planned import Choice, Plan, PlanOptions
from cit_desktop.imports.writer import Writer, known_people
from cit_desktop.progress import Progress, silent

_STEPS = 10


@dataclass(frozen=True, slots=True)
class Result:
    """What an import has done.

    Attributes:
        batch_id: Its record; None when there was nothing to write.
        person_ids: Who each row is, for all rows that are somebody.
        enrolled: How many people came into the class.
        backup: The copy of the records made before, if one was made.
    """

    batch_id: int | None
    counts: Mapping[str, int]
    person_ids: Mapping[int, int]
    enrolled: int
    backup: Path | None = None


def run(
    db: Database,
    path: Path,
    *,
    sheet: str | None = None,
    class_id: int | None = None,
    mapping_override: Mapping[str, str | None] | None = None,
    choices: Mapping[int, Choice] | None = None,
    default: Choice = "fill",
    options: PlanOptions | None = None,
    backup: bool = True,
    progress: Progress = silent,
) -> tuple[Plan, Result]:
    """Read a file, plan, back up and write: a whole import.

    Args:
        options: What else was decided; without, what the list itself tells of its purpose.

    Raises:
        FileProblem: The file cannot be read, or no backup could be made; nothing was written.
        Refused: The class is not open.
        Cancelled: ``progress`` asked to stop; nothing was written.
    """
    with db.read() as session:
        memory = column_memory.remembered(session)
    table = sheets.read_list(
        path, sheet, mapping_override=mapping_override, memory=memory, progress=progress
    )
    with db.read() as session:
        chosen = options or PlanOptions(purpose=sheets.purpose_of(table, class_id))
        plan = make_plan(session, table, class_id, choices, default, chosen, progress)
    return plan, commit(db, plan, backup=backup, progress=progress)


def commit(
    db: Database,
    plan: Plan,
    *,
    backup: bool = True,
    backup_folder: Path | None = None,
    progress: Progress = silent,
) -> Result:
    """Make a verified backup, then write a plan as one step of the history.

    A plan with nothing to write makes no backup and leaves no trace.

    Raises:
        Conflict: The records have changed since the plan was made; nothing was written.
        FileProblem: No backup could be made, or the records cannot be written.
        Cancelled: ``progress`` asked to stop; nothing was written.
    """
    if not plan.changes_anything:
        return Result(None, plan.counts, known_people(plan), 0)
    made = None
    if backup:
        made = backups.make(db.path, backup_folder, reason="import", progress=progress).path
    with collector.paused(), db.operation(f"Import {plan.source}", bulk=True) as session:
        done = apply(session, plan, progress)
    return Result(done.batch_id, done.counts, done.person_ids, done.enrolled, made)


def apply(session: Session, plan: Plan, progress: Progress = silent) -> Result:
    """Write a plan, within the operation that is open.

    Raises:
        Conflict: The records have changed since the plan was made.
        Cancelled: ``progress`` asked to stop; the operation must be given up.
    """
    progress(0, _STEPS, "Comparing with the records")
    if not _still_holds(session, plan):
        raise Conflict(
            f"The records have changed since “{plan.source}” was compared with them.",
            "Nothing was written. Look at the new preview and import again.",
        )
    if not plan.changes_anything:
        return Result(None, plan.counts, known_people(plan), 0)
    writer = Writer(session, plan)
    steps: Sequence[tuple[str, Callable[[], None]]] = (
        ("Adding agencies", writer.add_agencies),
        ("Keeping spellings", lambda: agency_memory.remember(session, plan, writer.agencies)),
        ("Keeping columns", lambda: column_memory.remember(session, plan.table)),
        ("Adding people", writer.add_people),
        ("Keeping people apart", writer.keep_apart),
        ("Filling in people", writer.change_people),
        ("Adding numbers and employments", writer.add_numbers_and_jobs),
        ("Enrolling", writer.enroll),
        ("Putting past classes on record", lambda: past_writer.write(session, plan, writer)),
    )
    for done, (what, step) in enumerate(steps, start=1):
        writer.tick = partial(progress, done, _STEPS, what)
        writer.tick()
        step()
    batch = writer.keep_report()
    progress(_STEPS, _STEPS, "Saving")
    return Result(batch, plan.counts, writer.person_ids, writer.enrolled)


def _still_holds(session: Session, plan: Plan) -> bool:
    """Whether planning again would give the same: surely so when nothing was written since."""
    if known.head(session) == plan.head:
        return True
    again = make_plan(session, plan.table, plan.class_id, plan.choices, plan.default, plan.options)
    return again == plan
