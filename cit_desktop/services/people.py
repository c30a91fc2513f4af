"""People: anybody trained or teaching, with their numbers and employments."""

from __future__ import annotations

from typing import Any, TypedDict

from sqlalchemy.orm import Session
from typing_extensions import Unpack

from cit_desktop import catalogs
from cit_desktop.models import Agency, Person
from cit_desktop.services import records
from cit_desktop.services.employments import (
    EmploymentDraft,
    EmploymentView,
    add_employment,
    agency_on,
    employments,
    end_current,
    remove_employment,
    set_current,
    update_employment,
)
from cit_desktop.services.people_find import PersonHit, duplicates_of, find
from cit_desktop.services.people_list import (
    NO_DISCIPLINE,
    PersonFilter,
    PersonRow,
    PersonSort,
    ids,
    rows,
)
from cit_desktop.services.people_view import (
    CertificateLine,
    PersonView,
    TeachingLine,
    TrainingLine,
    view,
)
from cit_desktop.services.person_draft import PersonDraft
from cit_desktop.services.state_numbers import (
    NumberDraft,
    NumberView,
    add_number,
    change_number,
    numbers,
    owner,
    remove_number,
)
from cit_desktop.text import sort_key


class PersonFields(TypedDict, total=False):
    """What :func:`update` can change."""

    last: str
    first: str
    middle: str
    suffix: str
    nickname: str
    discipline: str
    county: str
    email: str
    phone: str
    note: str


_LINES = frozenset({"last", "first", "middle", "suffix", "nickname", "county"})


def add(session: Session, draft: PersonDraft) -> int:
    """Add a person with numbers and the current employment. Gives the id.

    An empty discipline is what title and agency point to, if they do.

    Raises:
        NotFound: There is no such agency.
        Refused: A field is missing or wrong, or another person has one of the numbers.
    """
    values = checked({name: getattr(draft, name) for name in PersonFields.__annotations__})
    agency = None if draft.agency_id is None else session.get(Agency, draft.agency_id)
    if not values["discipline"]:
        suggested = catalogs.suggest_discipline(draft.title, agency.name if agency else "")
        values["discipline"] = suggested or ""
    person = Person(sort_key=_sort_key(values), **values)
    session.add(person)
    session.flush()
    for number in draft.numbers:
        add_number(session, person.id, number)
    if draft.agency_id is not None:
        job = EmploymentDraft(draft.agency_id, draft.title, draft.starts)
        add_employment(session, person.id, job)
    return person.id


def update(session: Session, person_id: int, version: int, **fields: Unpack[PersonFields]) -> int:
    """Change some fields; gives the version the person has then.

    Raises:
        Conflict: The person was changed elsewhere.
        Refused: A field is missing or wrong.
    """
    person = records.fetch(session, Person, person_id, "person")
    records.expect_version(person, version, "person")
    records.known_only(fields, frozenset(PersonFields.__annotations__))
    values = checked(dict(fields))
    named = {name: values.get(name, getattr(person, name)) for name in ("last", "first", "middle")}
    records.assign(person, {**values, "sort_key": _sort_key(named)})
    session.flush()
    return person.version


def archive(session: Session, person_id: int) -> None:
    """Put a person aside: lists leave them out, their records stay.

    Raises:
        NotFound: There is no such person.
    """
    records.fetch(session, Person, person_id, "person").archived = True
    session.flush()


def unarchive(session: Session, person_id: int) -> None:
    """Take a person up again.

    Raises:
        NotFound: There is no such person.
    """
    records.fetch(session, Person, person_id, "person").archived = False
    session.flush()


def _sort_key(values: dict[str, Any]) -> str:
    return sort_key(values["last"], values["first"], values["middle"])


def checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The stored form of the given fields.

    Raises:
        Refused: A field is missing or wrong.
    """
    values = dict(fields)
    for name in values.keys() & _LINES:
        values[name] = records.line(name, values[name])
    if "last" in values and not values["last"]:
        raise records.refused(
            "last",
            "The person needs a last name.",
            "Where somebody has only one name, write it here.",
        )
    if "email" in values:
        values["email"] = records.email("email", values["email"])
    if "phone" in values:
        values["phone"] = records.phone("phone", values["phone"])
    if "note" in values:
        values["note"] = records.note("note", values["note"])
    known = {discipline.key for discipline in catalogs.disciplines()}
    if values.get("discipline") and values["discipline"] not in known:
        raise records.refused("discipline", f"There is no discipline “{values['discipline']}”.")
    return values


__all__ = [
    "NO_DISCIPLINE",
    "CertificateLine",
    "EmploymentDraft",
    "EmploymentView",
    "NumberDraft",
    "NumberView",
    "PersonDraft",
    "PersonFields",
    "PersonFilter",
    "PersonHit",
    "PersonRow",
    "PersonSort",
    "PersonView",
    "TeachingLine",
    "TrainingLine",
    "add",
    "add_employment",
    "add_number",
    "agency_on",
    "archive",
    "change_number",
    "checked",
    "duplicates_of",
    "employments",
    "end_current",
    "find",
    "ids",
    "numbers",
    "owner",
    "remove_employment",
    "remove_number",
    "rows",
    "set_current",
    "unarchive",
    "update",
    "update_employment",
    "view",
]
