"""The result of an import as the list itself, marked where something is to be mended.

The workbook made of it remembers who each row became. When it comes in again, corrected, rows
that are as they were change nothing, and corrected ones lead to the person they were about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.documents.results import Remark, ResultDocument, ResultRow, ResultSheet, Tone
from cit_desktop.imports import former, places
from cit_desktop.imports.clean import as_text
from cit_desktop.imports.known import Records
from cit_desktop.imports.planned import Plan, PlannedRow
from cit_desktop.imports.report import LABELS, RESULTS, summary
from cit_desktop.imports.types import SourceRow, SourceTable
from cit_desktop.models import Person, PersonAlias
from cit_desktop.services import editing

_AT_ONCE = 500
_NAMES = ("full_name", "last", "first")
_TAKEN: dict[Tone, str] = {
    "error": "Not taken as it is.",
    "warning": "Please look at this.",
    "note": "",
}


def document(session: Session, plan: Plan, person_ids: Mapping[int, int]) -> ResultDocument:
    """What came of a list, to be written as a workbook.

    Args:
        person_ids: Who each row became, as far as the plan itself does not know.
    """
    known = {row.row: person_ids.get(row.row, row.person_id) for row in plan.rows}
    uids = _uids(session, {person_id for person_id in known.values() if person_id is not None})
    people = {row: uids.get(person_id or 0, "") for row, person_id in known.items()}
    return ResultDocument(
        source=plan.source,
        chapter=editing.chapter_uid(session),
        summary=summary(plan),
        counts=tuple((word, plan.counts[kind]) for kind, word in RESULTS.items()),
        sheets=tuple(_sheets(plan, people)),
        notes=plan.notes,
        class_code=plan.class_code,
    )


def known_people(session: Session, chapter: str, people: Mapping[int, str]) -> dict[int, int]:
    """Ids of who the recognised rows of a list are, by row; those who are gone are left out.

    Args:
        chapter: The uid of the chapter that the result came from; of another one nobody is known.
    """
    if not people or chapter != editing.chapter_uid(session):
        return {}
    wanted = sorted(set(people.values()))
    ids: dict[str, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        alias = select(PersonAlias.uid, PersonAlias.person_id).where(PersonAlias.uid.in_(some))
        own = select(Person.uid, Person.id).where(Person.uid.in_(some))
        ids.update(session.execute(alias).tuples().all())
        ids.update(session.execute(own).tuples().all())
    return {row: ids[uid] for row, uid in people.items() if uid in ids}


def known_again(session: Session, table: SourceTable, records: Records) -> Records:
    """The records with who the rows of a result are that comes in again."""
    found = former.recognised(table)
    if table.former is None or not found.people:
        return records
    ids = known_people(session, table.former.chapter, found.people)
    settled = frozenset(found.settled & ids.keys())
    return replace(records, before={**records.before, **ids}, settled=settled)


def _uids(session: Session, ids: set[int]) -> dict[int, str]:
    wanted, found = sorted(ids), dict[int, str]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        rows = session.execute(select(Person.id, Person.uid).where(Person.id.in_(some)))
        found.update(rows.tuples().all())
    return found


def _sheets(plan: Plan, people: Mapping[int, str]) -> Iterator[ResultSheet]:
    table = plan.table
    headings = {heading: column.index for heading, column in table.columns.items()}
    texts = frozenset(
        column.index
        for column in table.columns.values()
        if column.field in ("state_number", "certificate")
    )
    planned = {row.row: row for row in plan.rows}
    names = table.sheets or (table.sheet,)
    for place, name in enumerate(names):
        rows = [row for row in table.rows if places.sheet_of(row.row) == place]
        yield ResultSheet(
            name=name,
            header_row=table.header_row,
            headings={index: heading for heading, index in headings.items()},
            rows=tuple(
                _row(plan, source, planned[source.row], headings, people) for source in rows
            ),
            titles=table.titles if place == 0 else (),
            texts=texts,
        )


def _row(
    plan: Plan,
    source: SourceRow,
    row: PlannedRow,
    headings: Mapping[str, int],
    people: Mapping[int, str],
) -> ResultRow:
    cells = {headings[heading]: cell for heading, cell in source.raw.items() if heading in headings}
    for heading, column in plan.table.columns.items():
        number = source.values.get("state_number") if column.field == "state_number" else None
        written = as_text(source.raw.get(heading))
        if isinstance(number, str) and number.lstrip("0") == written.lstrip("0"):
            cells[column.index] = number  # with the zeros that the sheet only showed
    taken = row.kind in ("new", "update", "same")
    return ResultRow(
        line=places.line_of(row.row),
        cells=cells,
        remarks=tuple(_remarks(plan, row, headings)),
        quiet=row.kind == "skipped",
        mark=former.mark(source),
        person=people.get(row.row, "") if taken else "",
    )


def _blank_name(
    row: PlannedRow, fields: Mapping[str, str], headings: Mapping[str, int], place: int
) -> int:
    """Where a name is missing, the cell to fill in rather than the one that is filled."""
    blank = [one for one in _NAMES if one in fields and not row.values.get(one)]
    there = [one for one in _NAMES if one in fields and row.values.get(one)]
    return headings[fields[blank[0]]] if blank and there else place


def _remarks(plan: Plan, row: PlannedRow, headings: Mapping[str, int]) -> Iterator[Remark]:
    fields = {field: heading for heading, field in plan.columns.items() if field}
    name = next((headings[fields[one]] for one in _NAMES if one in fields), 0)
    if row.kind == "skipped":
        return
    for issue in row.issues:
        said = f"{_TAKEN[issue.severity]} {issue.message}".strip()
        place = headings.get(issue.column, name)
        if issue.severity == "error" and plan.columns.get(issue.column) in _NAMES:
            place = _blank_name(row, fields, headings, place)
        yield Remark(place, issue.severity, said)
    for kept in row.kept:
        place = headings.get(fields.get(kept.field, ""), name)
        label = LABELS[kept.field].capitalize()
        yield Remark(
            place,
            "warning",
            f"{label} in the records is “{kept.before}”, here “{kept.after}”. The records were "
            "kept; choose Update in the import to take what stands here.",
        )
