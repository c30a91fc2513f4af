"""The statements that write a plan: few of them, however many rows there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.imports import report
from cit_desktop.imports.changes import PERSON_FIELDS
from cit_desktop.imports.overview import needs_agency
from cit_desktop.imports.planned import Plan, PlannedRow
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
from cit_desktop.services import duplicates, employments, enrollment, state_numbers
from cit_desktop.services.state_numbers import NumberDraft
from cit_desktop.tables import new_uid
from cit_desktop.text import fold, letters, sort_key

_AT_ONCE = 500
_IN_ONE_STATEMENT = 100
_NAME = ("last", "first", "middle")


def known_people(plan: Plan) -> dict[int, int]:
    """Who of the records each row is."""
    return {row.row: row.person_id for row in plan.rows if row.person_id is not None}


class Writer:
    """Writes the parts of one plan, in the order of its methods.

    Attributes:
        person_ids: Who each row is, for all rows that are somebody.
        enrolled: How many people came into the class.
        tick: Called again and again while rows are written; it may raise to stop.
    """

    def __init__(self, session: Session, plan: Plan) -> None:
        self.person_ids = known_people(plan)
        self.enrolled = 0
        self.tick: Callable[[], None] = lambda: None
        self._session = session
        self._plan = plan
        self.agencies: dict[str, int] = {}

    def add_agencies(self) -> None:
        """Add the agencies that are needed, each with its spelling."""
        wanted = self._plan.new_agencies
        ids = self._inserted(
            Agency,
            [{"name": a.name, "sort_key": sort_key(a.name), "kind": a.kind} for a in wanted],
        )
        self.agencies = {agency.key: found for agency, found in zip(wanted, ids, strict=True)}
        spellings = [
            {"agency_id": found, "spelling": agency.name, "key": letters(agency.name)}
            for agency, found in zip(wanted, ids, strict=True)
        ]
        self._insert(AgencySpelling, spellings)

    def add_people(self) -> None:
        """Add the new people."""
        new = [row for row in self._plan.rows if row.kind == "new"]
        ids = self._inserted(Person, [_person(row.stored) for row in new])
        self.person_ids.update({row.row: made for row, made in zip(new, ids, strict=True)})
        for row in self._plan.rows:
            if row.same_as_row is not None:
                self.person_ids[row.row] = self.person_ids[row.same_as_row]

    def keep_apart(self) -> None:
        """Remember who somebody said are two people."""
        for row in self._plan.rows:
            if row.not_person is not None and row.kind == "new":
                duplicates.keep_apart(self._session, self.person_ids[row.row], row.not_person)

    def change_people(self) -> None:
        """Fill or replace what changes about people of the records."""
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
        """Write state numbers and employments."""
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
            agency_id = self.agency(row)
        else:
            now = employments.agency_on(self._session, [person_id], clock.today())
            agency_id = now[person_id][0]
        title = row.stored.get("title", "")
        employments.set_current(self._session, person_id, agency_id, title)
        return False

    def enroll(self) -> None:
        """Take people into the class, with the agency and title of the file."""
        if self._plan.class_id is None:
            return
        rows = [row for row in self._plan.rows if row.enrolls]
        ids = [self.person_ids[row.row] for row in rows]
        made = enrollment.enroll_many(self._session, self._plan.class_id, ids)
        self.enrolled = len(made)
        as_written = [
            {"_id": enrolled, "_agency": self.agency(row), "_title": row.stored.get("title", "")}
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
        """Keep what became of the rows; gives the id of the record."""
        plan = self._plan
        kept = {
            "header_row": plan.header_row,
            "columns": dict(plan.columns),
            "notes": list(plan.notes),
            "agencies": [agency.name for agency in plan.new_agencies],
        }
        rows = (report.kept_row(row, self.person_ids.get(row.row)) for row in plan.rows)
        batch = ImportBatch(
            source=plan.source,
            sheet=plan.sheet,
            sha256=plan.sha256,
            class_id=plan.class_id,
            counts=json.dumps(dict(plan.counts)),
            report=_with_rows(kept, rows),
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
        agency_id, title = self.agency(row), row.stored.get("title", "")
        return {"person_id": person_id, "agency_id": agency_id, "title": title}

    def agency(self, row: PlannedRow) -> int:
        """The agency that a row uses: of the records, or added before."""
        agency = needs_agency(row)
        assert agency is not None  # noqa: S101 - asked only for rows that use it
        return agency.id if agency.id is not None else self.agencies[agency.key]

    def _insert(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows of the same columns, many by one statement.

        SQLite keeps what a statement with triggers would have to take back; a statement a row
        takes four times as long.
        """
        if not rows:
            return
        table = cast(Table, model.__table__)
        names = list(rows[0])
        columns = ", ".join(f'"{table.c[name].name}"' for name in names)
        one = f"({', '.join('?' * len(names))})"
        connection = self._session.connection()
        for start in range(0, len(rows), _IN_ONE_STATEMENT):
            self.tick()
            some = rows[start : start + _IN_ONE_STATEMENT]
            connection.exec_driver_sql(
                f'INSERT INTO "{table.name}" ({columns}) VALUES '  # noqa: S608 - our own names
                f"{', '.join([one] * len(some))}",
                tuple(row[name] for row in some for name in names),
            )

    def _inserted(
        self, model: type[Agency] | type[Person], rows: Sequence[Mapping[str, Any]]
    ) -> list[int]:
        """The ids of new rows, in their order."""
        before = self._session.scalar(select(func.max(model.id))) or 0
        named = [{**row, "uid": new_uid()} for row in rows]
        self._insert(model, named)
        found = self._session.execute(select(model.uid, model.id).where(model.id > before))
        ids = {row.uid: row.id for row in found}
        return [ids[row["uid"]] for row in named]


_OF_PERSON = frozenset(PERSON_FIELDS)


def _fields(row: PlannedRow) -> frozenset[str]:
    return frozenset(change.field for change in row.changes)


def _person(stored: Mapping[str, str]) -> dict[str, str]:
    values = {name: stored.get(name, "") for name in PERSON_FIELDS}
    return {**values, "sort_key": sort_key(*(values[name] for name in _NAME))}


def _with_rows(kept: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str:
    """The JSON of a report; row by row, since one call for all would hold up the window."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return f'{encode(kept)[:-1]},"rows":[{",".join(map(encode, rows))}]}}'
