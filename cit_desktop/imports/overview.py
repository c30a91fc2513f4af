"""What a plan says of the whole file: the agencies it would add, and what to know."""

from __future__ import annotations

from collections.abc import Sequence

from cit_desktop import catalogs
from cit_desktop.imports import past
from cit_desktop.imports.known import Records
from cit_desktop.imports.past import Past
from cit_desktop.imports.planned import AgencyRef, NewAgency, PlannedRow
from cit_desktop.imports.types import SourceTable

_NOT_TAKEN = ("completed", "minutes", "certificate")


def needs_agency(row: PlannedRow) -> AgencyRef | None:
    """The agency that applying the row would use, if any."""
    used = row.kind == "new" or row.enrolls or any(one.field == "agency" for one in row.changes)
    if row.training is not None:
        return row.agency
    return row.agency if used and row.same_as_row is None else None


def new_agencies(rows: Sequence[PlannedRow]) -> tuple[NewAgency, ...]:
    """Each agency that is needed and unknown once, by the spelling that is no mere capitals."""
    spelled: dict[str, list[str]] = {}
    used: dict[str, list[int]] = {}
    for row in rows:
        agency = row.agency
        if agency is None or agency.id is not None or row.kind in ("problem", "skipped"):
            continue
        spelled.setdefault(agency.key, []).append(agency.name or agency.written)
        if needs_agency(row) is not None:
            used.setdefault(agency.key, []).append(row.row)
    found = []
    for key, lines in used.items():
        names = spelled[key]
        name = next((one for one in names if not one.isupper() and not one.islower()), names[0])
        kind = catalogs.suggest_agency_kind(name) or ""
        found.append(NewAgency(name, key, kind, tuple(lines)))
    return tuple(found)


def notes(
    table: SourceTable, records: Records, rows: Sequence[PlannedRow], history: Past | None
) -> tuple[str, ...]:
    """Sentences about the whole file: what was found, what is not taken, what would not fit."""
    said = [*table.notes, *(doubt.question for doubt in table.doubts)]
    fields = {column.field for column in table.columns.values()}
    if history is not None:
        said += past.notes(history)
    elif fields & set(_NOT_TAKEN):
        said.append(
            "Completion days, hours and certificate numbers are shown but not taken into the "
            "records: they belong to a class."
        )
    target = records.target
    if target is not None and target.seats is not None:
        there = target.trainees + sum(row.enrolls for row in rows)
        if there > target.seats:
            said.append(
                f"{target.code} has {target.seats} {'seat' if target.seats == 1 else 'seats'} "
                f"and would have {there} people. "
                "Skip some rows, or add seats."
            )
    return tuple(said)
