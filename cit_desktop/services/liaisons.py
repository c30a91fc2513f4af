"""Behavioral-health liaisons: whom officers and courts can call, and for which counties.

A liaison is somebody who helps. Nothing about people in crisis is ever kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import Unpack

from cit_desktop.models import Liaison, LiaisonCounty
from cit_desktop.services import records
from cit_desktop.services.chapter_parts import named_counties
from cit_desktop.services.liaison_list import (
    LiaisonFilter,
    LiaisonRow,
    LiaisonSort,
    LiaisonView,
    count,
    employers,
    for_county,
    ids,
    kinds,
    of_chapter,
    rows,
    served,
    uncovered,
    view,
)
from cit_desktop.text import fold, sort_key


@dataclass(frozen=True, slots=True)
class LiaisonDraft:
    """A liaison to be added.

    Attributes:
        kind: What liaisons are called: CBHL, YBHL, or any other word.
        after_hours: The phone that is answered at night.
        counties: Those served.
    """

    name: str
    kind: str = ""
    employer: str = ""
    phone: str = ""
    after_hours: str = ""
    email: str = ""
    note: str = ""
    counties: Sequence[str] = ()


class LiaisonFields(TypedDict, total=False):
    """What :func:`update` can change."""

    name: str
    kind: str
    employer: str
    phone: str
    after_hours: str
    email: str
    note: str


def add(session: Session, draft: LiaisonDraft) -> int:
    """Add a liaison with the counties served. Gives the id.

    Raises:
        Refused: A field is wrong, or a liaison of that name is in the directory.
    """
    values = _checked({name: getattr(draft, name) for name in LiaisonFields.__annotations__})
    _refuse_known(session, values["name"], None)
    counties = named_counties(draft.counties)
    liaison = Liaison(sort_key=sort_key(values["name"]), **values)
    session.add(liaison)
    session.flush()
    _serve(session, liaison.id, counties)
    return liaison.id


def update(session: Session, liaison_id: int, version: int, **fields: Unpack[LiaisonFields]) -> int:
    """Change some fields; gives the version the liaison has then.

    Raises:
        Conflict: It was changed elsewhere.
        Refused: A field is wrong, or another liaison has that name.
    """
    liaison = records.fetch(session, Liaison, liaison_id, "liaison")
    records.expect_version(liaison, version, "liaison")
    records.known_only(fields, frozenset(LiaisonFields.__annotations__))
    values = _checked(dict(fields))
    if "name" in values:
        _refuse_known(session, values["name"], liaison_id)
        values["sort_key"] = sort_key(values["name"])
    records.assign(liaison, values)
    session.flush()
    return liaison.version


def set_counties(session: Session, liaison_id: int, counties: Sequence[str]) -> None:
    """Say which counties a liaison serves, instead of those before.

    Raises:
        NotFound: There is no such liaison.
        Refused: The name of a county is too long.
    """
    records.fetch(session, Liaison, liaison_id, "liaison")
    _serve(session, liaison_id, named_counties(counties))


def archive(session: Session, liaison_id: int) -> None:
    """Put a liaison aside: lists, papers and counties do without.

    Raises:
        NotFound: There is no such liaison.
    """
    _set_archived(session, liaison_id, True)


def unarchive(session: Session, liaison_id: int) -> None:
    """Take a liaison up again.

    Raises:
        NotFound: There is no such liaison.
    """
    _set_archived(session, liaison_id, False)


def _set_archived(session: Session, liaison_id: int, archived: bool) -> None:
    records.fetch(session, Liaison, liaison_id, "liaison").archived = archived
    session.flush()


def _serve(session: Session, liaison_id: int, counties: Sequence[str]) -> None:
    """Only what differs is written."""
    wanted = {fold(county): county for county in counties}
    for row in session.scalars(select(LiaisonCounty).filter_by(liaison_id=liaison_id)).all():
        if wanted.get(fold(row.county)) == row.county:
            del wanted[fold(row.county)]
        else:
            session.delete(row)
    session.flush()
    session.add_all(
        LiaisonCounty(liaison_id=liaison_id, county=county) for county in wanted.values()
    )
    session.flush()


def _refuse_known(session: Session, name: str, liaison_id: int | None) -> None:
    statement = select(Liaison).where(Liaison.sort_key == sort_key(name))
    known = next((one for one in session.scalars(statement) if one.id != liaison_id), None)
    if known is not None:
        archived = ", among the archived ones" if known.archived else ""
        raise records.refused(
            "name",
            f"“{known.name}” is in the directory already{archived}.",
            "Add counties there, or tell the two apart by a middle initial.",
        )


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The stored form of the given fields."""
    lines = fields.keys() & {"kind", "employer"}
    values = {name: records.line(name, fields[name]) for name in lines}
    if "name" in fields:
        values["name"] = records.required("name", fields["name"], "The liaison needs a name.")
    if "email" in fields:
        values["email"] = records.email("email", fields["email"])
    if "note" in fields:
        values["note"] = records.note("note", fields["note"])
    for name in fields.keys() & {"phone", "after_hours"}:
        values[name] = records.phone(name, fields[name])
    return values


__all__ = [
    "LiaisonDraft",
    "LiaisonFields",
    "LiaisonFilter",
    "LiaisonRow",
    "LiaisonSort",
    "LiaisonView",
    "add",
    "archive",
    "count",
    "employers",
    "for_county",
    "ids",
    "kinds",
    "of_chapter",
    "rows",
    "served",
    "set_counties",
    "unarchive",
    "uncovered",
    "update",
    "view",
]
