"""What an import would do or has done, for machines, for a workbook, and in a sentence."""

from __future__ import annotations

from typing import Any

from cit_desktop.documents.tables import TableColumn, TableDocument
from cit_desktop.imports import places
from cit_desktop.imports.planned import AgencyChoice, Kind, Plan, PlannedRow
from cit_desktop.imports.types import Issue

FIELDS = (
    "first", "middle", "last", "suffix", "agency", "title", "discipline", "county",
    "state_number", "email", "phone", "completed", "minutes", "certificate",
)  # fmt: skip
RESULTS: dict[Kind, str] = {
    "new": "new",
    "update": "completed",
    "same": "unchanged",
    "skipped": "skipped",
    "problem": "not taken",
}
LABELS = {
    "first": "first name", "middle": "middle name", "last": "last name", "suffix": "suffix",
    "nickname": "nickname", "agency": "agency", "title": "title", "discipline": "discipline",
    "county": "county", "state_number": "state number", "email": "e-mail", "phone": "phone",
    "completed": "completed on", "minutes": "hours", "certificate": "certificate number",
    "note": "note", "class": "class",
}  # fmt: skip

_COLUMNS = (
    TableColumn("row", "Row", "int", 6),
    TableColumn("result", "Result", width=11),
    TableColumn("last", "Last name", width=18),
    TableColumn("first", "First name", width=14),
    TableColumn("middle", "Middle", width=10),
    TableColumn("suffix", "Suffix", width=7),
    TableColumn("agency", "Agency", width=30),
    TableColumn("title", "Title", width=18),
    TableColumn("discipline", "Discipline", width=18),
    TableColumn("county", "County", width=14),
    TableColumn("state_number", "State number", width=14),
    TableColumn("email", "E-mail", width=30),
    TableColumn("phone", "Phone", width=15),
    TableColumn("done", "What was done", width=44),
    TableColumn("wrong", "What to look at", width=70),
)


def to_json(plan: Plan, person_ids: dict[int, int] | None = None) -> dict[str, Any]:
    """The plan as plain values, ready for ``json.dumps``.

    Args:
        person_ids: Who the rows became, after the plan was applied.
    """
    made = person_ids or {}
    return {
        "source": plan.source,
        "sheet": plan.sheet,
        "header_row": plan.header_row,
        "columns": dict(plan.columns),
        "rows": [_row(plan, row, made.get(row.row, row.person_id)) for row in plan.rows],
        "counts": dict(plan.counts),
        "purpose": plan.options.purpose,
        "agencies": [_agency(one) for one in plan.agencies],
    }


def _row(plan: Plan, row: PlannedRow, person_id: int | None) -> dict[str, Any]:
    """A row; its sheet where several were read, and the past class that it tells of."""
    found: dict[str, Any] = {
        "row": places.line_of(row.row),
        "kind": row.kind,
        "person": person_id,
        "values": {name: row.values[name] for name in FIELDS if name in row.values},
        "issues": [_issue(one) for one in row.issues],
    }
    if plan.table.sheets:
        found["sheet"] = plan.table.sheets[places.sheet_of(row.row)]
    if row.training is not None:
        found["class"] = {
            "course": row.training.course,
            "completed": row.training.day.isoformat(),
            "minutes": row.training.minutes,
            "certificate": row.training.certificate,
            "result": row.training.result,
        }
    return found


def _agency(choice: AgencyChoice) -> dict[str, Any]:
    """A spelling: ``agency`` is what it is or seems to be, ``id`` that of the records."""
    return {
        "written": choice.written,
        "agency": choice.name,
        "id": choice.agency_id,
        "confidence": round(choice.confidence, 2),
        "reasons": list(choice.reasons),
        "decision": choice.decision,
        "rows": list(choice.rows),
    }


def kept_row(row: PlannedRow, person_id: int | None) -> dict[str, Any]:
    """What the records keep of a row: who it became, and what was to be said about it."""
    kept: dict[str, Any] = {"row": row.row, "kind": row.kind}
    if person_id is not None:
        kept["person"] = person_id
    if row.same_as_row is not None:
        kept["same_as"] = row.same_as_row
    if row.issues:
        kept["issues"] = [_issue(one) for one in row.issues]
    if row.changes:
        kept["changes"] = [[one.field, one.before, one.after] for one in row.changes]
    if row.kind in ("skipped", "problem"):
        kept["reasons"] = list(row.reasons)
    return kept


def to_table(plan: Plan) -> TableDocument:
    """The rows with what became of them and what to look at, for a workbook."""
    return TableDocument(
        title=f"Import of {plan.source}",
        columns=_COLUMNS,
        rows=tuple(_cells(row) for row in plan.rows),
        subtitle=(summary(plan),),
        header=(("Sheet", plan.sheet), *((("Class", plan.class_code),) if plan.class_code else ())),
        footer=plan.notes,
        sheet_name="Import",
    )


def summary(plan: Plan) -> str:
    """The counts in a sentence: ``32 rows read: 31 new, 1 unchanged.``"""
    counts = plan.counts
    told = [f"{counts[kind]:,} {word}" for kind, word in RESULTS.items() if counts[kind]]
    rows = "1 row" if counts["read"] == 1 else f"{counts['read']:,} rows"
    sentence = f"{rows} read: {', '.join(told)}." if told else f"{rows} read."
    if plan.enrolls:
        people = "1 person" if plan.enrolls == 1 else f"{plan.enrolls:,} people"
        sentence += f" {people} for {plan.class_code}."
    return sentence


def done(row: PlannedRow) -> str:
    """What is done about a row, in words."""
    if row.changes:
        return "; ".join(
            f"{LABELS[one.field]}: {one.before} → {one.after}"
            if one.before
            else f"{LABELS[one.field]}: {one.after}"
            for one in row.changes
        )
    return "; ".join(row.reasons)


def _cells(row: PlannedRow) -> tuple[str | int | None, ...]:
    shown = [str(row.values.get(column.key, "")) or None for column in _COLUMNS[2:13]]
    said = [f"{one.column}: {one.message}" if one.column else one.message for one in row.issues]
    said += [
        f"{LABELS[one.field].capitalize()} in the records is “{one.before}”, here “{one.after}”; "
        "it was kept."
        for one in row.kept
    ]
    return (
        places.line_of(row.row),
        RESULTS[row.kind],
        *shown,
        done(row) or None,
        " ".join(said) or None,
    )


def _issue(issue: Issue) -> dict[str, str]:
    return {"column": issue.column, "severity": issue.severity, "message": issue.message}
