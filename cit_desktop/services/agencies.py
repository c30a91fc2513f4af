"""Agencies: departments, 911 centers, hospitals, school districts, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import Unpack

from cit_desktop import catalogs
from cit_desktop.models import Agency, AgencySpelling
from cit_desktop.services import records
from cit_desktop.services.agency_list import (
    AgencyFilter,
    AgencyRow,
    AgencySort,
    AgencyView,
    EmployeeRow,
    all_names,
    ids,
    rows,
    view,
)
from cit_desktop.text import clean, letters, sort_key

_MOST_PATROL = 100_000


@dataclass(frozen=True, slots=True)
class AgencyDraft:
    """An agency to be added.

    Attributes:
        kind: Key of the agency kinds; empty: what the name points to, if anything.
        patrol_strength: Number of patrol officers; None where it is not known.
        strength_on: The day that number was true.
        address: Where letters go, in lines.
    """

    name: str
    kind: str = ""
    county: str = ""
    ori: str = ""
    patrol_strength: int | None = None
    strength_on: date | None = None
    contact: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


class AgencyFields(TypedDict, total=False):
    """What :func:`update` can change."""

    name: str
    kind: str
    county: str
    ori: str
    patrol_strength: int | None
    strength_on: date | None
    contact: str
    address: str
    phone: str
    email: str
    note: str


def add(session: Session, draft: AgencyDraft) -> int:
    """Add an agency. Gives its id.

    Raises:
        Refused: A field is wrong, or an agency is known by that name.
    """
    values = checked({name: getattr(draft, name) for name in AgencyFields.__annotations__})
    _refuse_known(session, "name", values["name"], None)
    if not values["kind"]:
        values["kind"] = catalogs.suggest_agency_kind(values["name"]) or ""
    agency = Agency(sort_key=sort_key(values["name"]), **values)
    session.add(agency)
    session.flush()
    _remember(session, agency.id, agency.name)
    return agency.id


def update(session: Session, agency_id: int, version: int, **fields: Unpack[AgencyFields]) -> int:
    """Change some fields; gives the version the agency has then. Its former name stays known.

    Raises:
        Conflict: It was changed elsewhere.
        Refused: A field is wrong, or another agency is known by that name.
    """
    agency = records.fetch(session, Agency, agency_id, "agency")
    records.expect_version(agency, version, "agency")
    records.known_only(fields, frozenset(AgencyFields.__annotations__))
    values = checked(dict(fields))
    if "name" in values:
        _refuse_known(session, "name", values["name"], agency_id)
        values["sort_key"] = sort_key(values["name"])
    records.assign(agency, values)
    session.flush()
    _remember(session, agency_id, agency.name)
    return agency.version


def archive(session: Session, agency_id: int) -> None:
    """Put an agency aside: lists leave it out, its history stays.

    Raises:
        NotFound: There is no such agency.
    """
    records.fetch(session, Agency, agency_id, "agency").archived = True
    session.flush()


def unarchive(session: Session, agency_id: int) -> None:
    """Take an agency up again.

    Raises:
        NotFound: There is no such agency.
    """
    records.fetch(session, Agency, agency_id, "agency").archived = False
    session.flush()


def by_spelling(session: Session, text: str) -> int | None:
    """The agency that goes by this name or was once written so; None when there is none."""
    key = letters(clean(text))
    if not key:
        return None
    found = session.scalar(select(AgencySpelling.agency_id).where(AgencySpelling.key == key))
    if found is None:
        found = session.scalar(
            select(Agency.id).where(Agency.sort_key == sort_key(clean(text))).order_by(Agency.id)
        )
    return found


def find_or_add(session: Session, name: str, county: str = "", kind: str = "") -> int:
    """The agency known by this name, or a new one. A known one is left as it is. Gives its id.

    Raises:
        Refused: The name is empty, or the kind is not known.
    """
    found = by_spelling(session, name)
    if found is not None:
        _remember(session, found, clean(name))
        return found
    return add(session, AgencyDraft(name=name, county=county, kind=kind))


def add_spelling(session: Session, agency_id: int, spelling: str) -> None:
    """Remember another way this agency is written.

    Raises:
        NotFound: There is no such agency.
        Refused: Another agency is known by it.
    """
    records.fetch(session, Agency, agency_id, "agency")
    text = _name("spelling", spelling)
    _refuse_known(session, "spelling", text, agency_id)
    _remember(session, agency_id, text)


def remove_spelling(session: Session, spelling_id: int) -> None:
    """Forget a way an agency was written; its own name cannot be forgotten.

    Raises:
        NotFound: There is no such spelling.
        Refused: It is the agency's name.
    """
    spelling = records.fetch(session, AgencySpelling, spelling_id, "spelling")
    agency = records.fetch(session, Agency, spelling.agency_id, "agency")
    if spelling.key == letters(agency.name):
        raise records.refused("spelling", f"“{agency.name}” is the name of the agency itself.")
    session.delete(spelling)
    session.flush()


def _remember(session: Session, agency_id: int, spelling: str) -> None:
    key = letters(spelling)
    if session.scalar(select(AgencySpelling.id).where(AgencySpelling.key == key)) is None:
        session.add(AgencySpelling(agency_id=agency_id, spelling=spelling, key=key))
        session.flush()


def _refuse_known(session: Session, field: str, text: str, agency_id: int | None) -> None:
    known = by_spelling(session, text)
    if known is None or known == agency_id:
        return
    agency = records.fetch(session, Agency, known, "agency")
    archived = " It is archived." if agency.archived else ""
    raise records.refused(
        field,
        f"“{text}” is known already as “{agency.name}”.{archived}",
        "Use that agency, or choose another name.",
    )


def _name(field: str, value: str) -> str:
    text = records.required(field, value, "The agency needs a name.")
    if not letters(text):
        raise records.refused(field, f"“{text}” has neither letters nor digits.")
    return text


def checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The stored form of the given fields.

    Raises:
        Refused: A field is missing or wrong.
    """
    values = dict(fields)
    for name in values.keys() & {"county", "ori", "contact", "kind"}:
        values[name] = records.line(name, values[name])
    if "name" in values:
        values["name"] = _name("name", values["name"])
    if "email" in values:
        values["email"] = records.email("email", values["email"])
    if "phone" in values:
        values["phone"] = records.phone("phone", values["phone"])
    for name in values.keys() & {"address", "note"}:
        values[name] = records.note(name, values[name])
    if values.get("kind") and values["kind"] not in {k.key for k in catalogs.agency_kinds()}:
        raise records.refused("kind", f"There is no kind of agency “{values['kind']}”.")
    strength = values.get("patrol_strength")
    if strength is not None and not 1 <= strength <= _MOST_PATROL:
        raise records.refused(
            "patrol_strength",
            f"A patrol strength of {strength:,} cannot be right.",
            "Write the number of patrol officers, or leave it empty where it is not known.",
        )
    return values


__all__ = [
    "AgencyDraft",
    "AgencyFields",
    "AgencyFilter",
    "AgencyRow",
    "AgencySort",
    "AgencyView",
    "EmployeeRow",
    "add",
    "add_spelling",
    "all_names",
    "archive",
    "by_spelling",
    "checked",
    "find_or_add",
    "ids",
    "remove_spelling",
    "rows",
    "unarchive",
    "update",
    "view",
]
