"""What the words of the records are called on the screen and on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from cit_desktop import day_words

if TYPE_CHECKING:
    from cit_desktop.services.certification import Standing

AREAS: Final = {
    "legal": "Legal",
    "technical": "Technical",
    "interpersonal": "Interpersonal",
    "skill": "Skill",
    "": "Other",
}
ROLES: Final = {"trainee": "Trainee", "instructor": "Instructor", "observer": "Observer"}
RESULTS: Final = {"completed": "Completed", "partial": "In part", "withdrawn": "Withdrawn"}
CLASSES: Final = {
    "open": "Open",
    "finalized": "Finalized",
    "on record": "On record",
    "cancelled": "Cancelled",
}
CERTIFICATES: Final = {
    "issued": "Issued",
    "replaced": "Replaced",
    "revoked": "Revoked",
    "on record": "On record",
}
KINDS: Final = {
    "officer": "Officer",
    "responder": "Responder",
    "community": "Community",
    "instructor": "Instructor",
    "letter": "Letter",
}
STANDINGS: Final = {
    "current": "Current",
    "refresher due": "Refresher due",
    "expired": "Expired",
    "none": "Not trained",
}


def standing(state: str, *, trained: bool) -> str:
    """``Current``; of somebody without a basic course, whether there was other training."""
    return "No CIT certification" if state == "none" and trained else STANDINGS[state]


def role(value: str) -> str:
    """``Trainee``."""
    return ROLES.get(value, value.capitalize())


def result(value: str, status: str) -> str:
    """How a class of this status ended for somebody; for an open class that it goes on."""
    if value in RESULTS:
        return RESULTS[value]
    if status == "cancelled":
        return CLASSES[status]
    return "Enrolled" if status == "open" else value.capitalize()


def area(key: str) -> str:
    """``Legal``; an area that is not in the catalogue is called as it was typed."""
    return AREAS.get(key, key)


def why(standing: Standing, day: Callable[[date], str] = day_words.day) -> str:
    """The standing with its days and what they follow from, as a sentence.

    Args:
        day: How a day is written.
    """
    if standing.state == "none" or standing.since is None:
        return "No basic course completed yet."
    parts = [f"Basic course completed {day(standing.since)}"]
    if standing.state == "expired" and standing.expires is not None:
        parts.append(f"expired {day(standing.expires)}")
    elif standing.refresher_due is not None:
        word = "since" if standing.state == "refresher due" else "from"
        parts.append(f"refresher due {word} {day(standing.refresher_due)}")
    if standing.expires is not None and standing.state != "expired":
        parts.append(f"expires {day(standing.expires)}")
    elif standing.expires is None and standing.refresher_due is None:
        parts.append("does not expire")
    return f"{'; '.join(parts)}."
