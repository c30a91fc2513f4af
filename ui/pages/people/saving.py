"""Changes of one person as they are made in a form: each one operation of the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cit_desktop import clock
from cit_desktop.errors import Refused
from cit_desktop.services import agencies, people
from cit_desktop.services.people import EmploymentDraft, EmploymentView, NumberDraft, PersonDraft
from ui.commands import Result
from ui.context import Context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LINES = frozenset(people.PersonFields.__annotations__)
LABELS = {
    "last": "Change last name",
    "first": "Change first name",
    "middle": "Change middle name",
    "suffix": "Change suffix",
    "nickname": "Change nickname",
    "discipline": "Change discipline",
    "county": "Change county",
    "email": "Change e-mail",
    "phone": "Change phone",
    "note": "Change note",
}


def save_field(context: Context, view: people.PersonView, key: str, value: Any) -> Result[Any]:
    """Save one field of a person; for agency and title the employment of today."""
    if key == "agency":
        return context.commands.do("Change agency", set_agency, view.id, view.current, value)
    if key == "title":
        return context.commands.do("Change title", set_title, view.id, view.current, value)
    fields: dict[str, Any] = {key: value or ""}
    return context.commands.do(LABELS[key], people.update, view.id, view.version, **fields)


def set_agency(session: Session, person_id: int, current: EmploymentView | None, name: str) -> str:
    """Say where somebody works from today; gives a sentence about what came of it.

    An agency that is not known is added; nothing ends the employment of today yesterday.
    """
    if not name:
        return _end(session, person_id, current)
    known = agencies.by_spelling(session, name)
    agency_id = agencies.find_or_add(session, name)
    if current is not None and current.agency_id == agency_id:
        return ""
    people.set_current(session, person_id, agency_id)
    added = "" if known is not None else f"“{name}” is new and was added to the agencies. "
    if current is None:
        return f"{added}Saved as the agency of today."
    return (
        f"{added}{current.agency} stays in the history of employments until the change. "
        "Correct the days under Record."
    )


def _end(session: Session, person_id: int, current: EmploymentView | None) -> str:
    if current is None:
        return ""
    today = clock.today()
    if current.starts == today:
        people.remove_employment(session, current.id)
        return f"The employment at {current.agency} was removed."
    people.end_current(session, person_id, today - timedelta(days=1))
    return f"The employment at {current.agency} ended yesterday. Correct the day under Record."


def set_title(session: Session, person_id: int, current: EmploymentView | None, title: str) -> str:
    """Say which rank or job title somebody has from today."""
    if current is None:
        raise Refused(
            "A title needs an agency.",
            "Write the agency first.",
            {"title": "Write the agency first."},
        )
    if not title:
        draft = EmploymentDraft(current.agency_id, "", current.starts, current.ends)
        people.update_employment(session, current.id, draft)
        return ""
    people.set_current(session, person_id, current.agency_id, title)
    if current.title and current.starts != clock.today():
        return f"“{current.title}” stays in the history of employments until today."
    return ""


def draft_of(session: Session, values: dict[str, Any]) -> tuple[PersonDraft, str]:
    """What was typed for a new person, and the agency if it is one that is not known."""
    agency = str(values.get("agency") or "")
    known = agencies.by_spelling(session, agency) if agency else None
    number = str(values.get("number") or "")
    kind = str(values.get("kind") or "")
    lines: dict[str, Any] = {key: values.get(key) or "" for key in LINES}
    draft = PersonDraft(
        **lines,
        numbers=[NumberDraft(kind, number)] if number else [],
        agency_id=known,
        title=str(values.get("title") or ""),
    )
    return draft, agency if known is None else ""


def add_person(session: Session, values: dict[str, Any]) -> int:
    """Add a person, with the agency if it is new. Gives the id."""
    draft, new_agency = draft_of(session, values)
    if draft.title and draft.agency_id is None and not new_agency:
        raise Refused(
            "A title needs an agency.",
            "Write the agency too.",
            {"title": "Write the agency too."},
        )
    if new_agency:
        draft = replace(draft, agency_id=agencies.find_or_add(session, new_agency))
    return people.add(session, draft)
