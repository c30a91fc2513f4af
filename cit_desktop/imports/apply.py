"""Writing a plan into the records: all of it in one operation, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from cit_desktop import backup as backups
from cit_desktop import clock
from cit_desktop.db import Database
from cit_desktop.errors import Conflict
from cit_desktop.imports import known, report
from cit_desktop.imports.changes import PERSON_FIELDS
from cit_desktop.imports.plan import make_plan, needs_agency
from cit_desktop.imports.planned import Choice, Plan, PlannedRow
from cit_desktop.imports.reading import read_table
from cit_desktop.models import (
    Agency,
    AgencySpelling,
    Base,
    Employment,
    Enrollment,
    ImportBatch,
    Person,
    StateNumber,
)
from cit_desktop.progress import Progress, silent
from cit_desktop.services import employments, enrollment, state_numbers
from cit_desktop.services.state_numbers import NumberDraft
from cit_desktop.tables import new_uid
from cit_desktop.text import fold, letters, sort_key

_AT_ONCE = 500
_STEPS = 6
_NAME = ("last", "first", "middle")


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
    backup: bool = True,
    progress: Progress = silent,
) -> tuple[Plan, Result]:
    """Read a file, plan, back up and write: a whole import.

    Raises:
        FileProblem: The file cannot be read, or no backup could be made; nothing was written.
        Refused: The class is not open.
        Cancelled: ``progress`` asked to stop; nothing was written.
    """
    table = read_table(path, sheet, mapping_override=mapping_override, progress=progress)
    with db.read() as session:
        plan = make_plan(session, table, class_id, choices, default)
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
        return Result(None, plan.counts, _known_people(plan), 0)
    made = None
    if backup:
        made = backups.make(db.path, backup_folder, reason="import", progress=progress).path
    with db.operation(f"Import {plan.source}", bulk=True) as session:
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
        return Result(None, plan.counts, _known_people(plan), 0)
    writer = _Writer(session, plan)
    steps: Sequence[tuple[str, Callable[[], None]]] = (
        ("Adding agencies", writer.add_agencies),
        ("Adding people", writer.add_people),
        ("Filling in people", writer.change_people),
        ("Adding numbers and employments", writer.add_numbers_and_jobs),
        ("Enrolling", writer.enroll),
    )
    for done, (what, step) in enumerate(steps, start=1):
        progress(done, _STEPS, what)
        step()
    batch = writer.keep_report()
    progress(_STEPS, _STEPS, "Saving")
    return Result(batch, plan.counts, writer.person_ids, writer.enrolled)


def _still_holds(session: Session, plan: Plan) -> bool:
    """Whether planning again would give the same: surely so when nothing was written since."""
    if known.head(session) == plan.head:
        return True
    return make_plan(session, plan.table, plan.class_id, plan.choices, plan.default) == plan


def _known_people(plan: Plan) -> dict[int, int]:
    return {row.row: row.person_id for row in plan.rows if row.person_id is not None}


class _Writer:
    """Writes the parts of one plan, each with few statements however many rows there are."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self.person_ids = _known_people(plan)
        self.enrolled = 0
        self._session = session
        self._plan = plan
        self._agencies: dict[str, int] = {}

    def add_agencies(self) -> None:
        wanted = self._plan.new_agencies
        ids = self._inserted(
            Agency,
            [{"name": a.name, "sort_key": sort_key(a.name), "kind": a.kind} for a in wanted],
        )
        self._agencies = {agency.key: found for agency, found in zip(wanted, ids, strict=True)}
        spellings = [
            {"agency_id": found, "spelling": agency.name, "key": letters(agency.name)}
            for agency, found in zip(wanted, ids, strict=True)
        ]
        self._insert(AgencySpelling, spellings)

    def add_people(self) -> None:
        new = [row for row in self._plan.rows if row.kind == "new"]
        ids = self._inserted(Person, [_person(row.stored) for row in new])
        self.person_ids.update({row.row: made for row, made in zip(new, ids, strict=True)})
        for row in self._plan.rows:
            if row.same_as_row is not None:
                self.person_ids[row.row] = self.person_ids[row.same_as_row]

    def change_people(self) -> None:
        changed = {row.person_id: row for row in self._updated() if _fields(row) & _OF_PERSON}
        ids = list(changed)
        for start in range(0, len(ids), _AT_ONCE):
            found = self._session.scalars(
                select(Person).where(Person.id.in_(ids[start : start + _AT_ONCE]))
            )
            for person in found:
                row = changed[person.id]
                for name in _fields(row) & _OF_PERSON:
                    setattr(person, name, row.stored[name])
                person.sort_key = sort_key(person.last, person.first, person.middle)
            self._session.flush()

    def add_numbers_and_jobs(self) -> None:
        numbers, jobs = [], []
        for row in self._plan.rows:
            if row.kind == "new":
                has_number, has_job = "state_number" in row.stored, row.agency is not None
            elif row.kind == "update":
                has_number, has_job = self._change_number(row), self._change_job(row)
            else:
                continue
            person_id = self.person_ids[row.row]
            if has_number:
                numbers.append(self._number(person_id, row))
            if has_job:
                jobs.append(self._job(person_id, row))
        self._insert(StateNumber, numbers)
        self._insert(Employment, jobs)

    def _change_number(self, row: PlannedRow) -> bool:
        """Replace a number that is there; tells whether one must be added instead."""
        change = next((one for one in row.changes if one.field == "state_number"), None)
        if change is None or not change.before:
            return change is not None
        person_id, draft = self.person_ids[row.row], self._number_draft(row)
        for there in state_numbers.numbers(self._session, person_id):
            if there.number == change.before and fold(there.kind) == fold(draft.kind):
                state_numbers.change_number(self._session, there.id, draft)
        return False

    def _change_job(self, row: PlannedRow) -> bool:
        """Begin an employment that replaces another; tells whether a first one must be added."""
        before = {one.field: one.before for one in row.changes}
        if not before.keys() & {"agency", "title"}:
            return False
        if before.get("agency") == "":
            return True
        person_id = self.person_ids[row.row]
        if "agency" in before:
            agency_id = self._agency(row)
        else:
            now = employments.agency_on(self._session, [person_id], clock.today())
            agency_id = now[person_id][0]
        title = row.stored.get("title", "")
        employments.set_current(self._session, person_id, agency_id, title)
        return False

    def enroll(self) -> None:
        if self._plan.class_id is None:
            return
        rows = [row for row in self._plan.rows if row.enrolls]
        ids = [self.person_ids[row.row] for row in rows]
        made = enrollment.enroll_many(self._session, self._plan.class_id, ids)
        self.enrolled = len(made)
        as_written = [
            {"_id": enrolled, "_agency": self._agency(row), "_title": row.stored.get("title", "")}
            for row, enrolled in zip(rows, made, strict=True)
            if row.agency is not None
        ]
        if as_written:
            table = cast(Table, Enrollment.__table__)
            statement = (
                update(table)
                .where(table.c.id == bindparam("_id"))
                .values(agency_id=bindparam("_agency"), title=bindparam("_title"))
            )
            self._session.execute(statement, as_written)

    def keep_report(self) -> int:
        plan = self._plan
        kept = {
            "header_row": plan.header_row,
            "columns": dict(plan.columns),
            "notes": list(plan.notes),
            "agencies": [agency.name for agency in plan.new_agencies],
            "rows": [report.kept_row(row, self.person_ids.get(row.row)) for row in plan.rows],
        }
        batch = ImportBatch(
            source=plan.source,
            sheet=plan.sheet,
            sha256=plan.sha256,
            class_id=plan.class_id,
            counts=json.dumps(dict(plan.counts)),
            report=json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
        )
        self._session.add(batch)
        self._session.flush()
        return batch.id

    def _updated(self) -> list[PlannedRow]:
        return [row for row in self._plan.rows if row.kind == "update"]

    def _number_draft(self, row: PlannedRow) -> NumberDraft:
        return NumberDraft(self._plan.number_kind, row.stored["state_number"])

    def _number(self, person_id: int, row: PlannedRow) -> dict[str, Any]:
        number = row.stored["state_number"]
        kind = self._plan.number_kind
        return {"person_id": person_id, "kind": kind, "number": number, "key": letters(number)}

    def _job(self, person_id: int, row: PlannedRow) -> dict[str, Any]:
        agency_id, title = self._agency(row), row.stored.get("title", "")
        return {"person_id": person_id, "agency_id": agency_id, "title": title}

    def _agency(self, row: PlannedRow) -> int:
        agency = needs_agency(row)
        assert agency is not None  # noqa: S101 - asked only for rows that use it
        return agency.id if agency.id is not None else self._agencies[agency.key]

    def _insert(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._session.execute(insert(cast(Table, model.__table__)), rows)

    def _inserted(
        self, model: type[Agency] | type[Person], rows: Sequence[Mapping[str, Any]]
    ) -> list[int]:
        """The ids of new rows, in their order."""
        named = [{**row, "uid": new_uid()} for row in rows]
        self._insert(model, named)
        ids: dict[str, int] = {}
        for start in range(0, len(named), _AT_ONCE):
            uids = [row["uid"] for row in named[start : start + _AT_ONCE]]
            found = self._session.execute(select(model.uid, model.id).where(model.uid.in_(uids)))
            ids.update({row.uid: row.id for row in found})
        return [ids[row["uid"]] for row in named]


_OF_PERSON = frozenset(PERSON_FIELDS)


def _fields(row: PlannedRow) -> frozenset[str]:
    return frozenset(change.field for change in row.changes)


def _person(stored: Mapping[str, str]) -> dict[str, str]:
    values = {name: stored.get(name, "") for name in PERSON_FIELDS}
    return {**values, "sort_key": sort_key(*(values[name] for name in _NAME))}
