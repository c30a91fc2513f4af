"""What the pages of people say: standing, roles, results, and the lines under names."""

from __future__ import annotations

from typing import Any

from cit_desktop.record_words import role as role
from cit_desktop.record_words import why as why
from cit_desktop.services.certification import Standing
from cit_desktop.services.people import PersonView
from ui import format as fmt
from ui.widgets.marks import Pill

_RESULTS = {
    "completed": Pill("Completed", "good", "check"),
    "partial": Pill("In part", "care", "half"),
    "withdrawn": Pill("Withdrawn", "soft", "cross"),
}
_STANDINGS = {
    "current": Pill("Current", "good", "check"),
    "refresher due": Pill("Refresher due", "care", "half"),
    "expired": Pill("Expired", "wrong", "cross"),
    "none": Pill("Not trained", "soft", "empty"),
}


def standing_pill(standing: Standing) -> Pill:
    """The standing in one or two words."""
    return _STANDINGS[standing.state]


def trained_pill(line: Any) -> Pill:
    """For the list: the day somebody was trained while that holds, otherwise what is wrong."""
    shown = standing_pill(line.standing)
    if line.standing.state in ("current", "none") and line.trained_on is not None:
        return Pill(fmt.day(line.trained_on), "good", "check")
    return shown


def work_line(view: PersonView) -> str:
    """``Rolla Police Department · Sergeant · Municipal police``."""
    current = view.current
    parts = (
        current.agency if current else "No agency",
        current.title if current else "",
        view.discipline_name or "Discipline not set",
        "Archived" if view.archived else "",
    )
    return " · ".join(part for part in parts if part)


def result_pill(result: str, status: str) -> Pill | None:
    """How a class ended for somebody; for an open class that it goes on."""
    if result in _RESULTS:
        return _RESULTS[result]
    if status == "cancelled":
        return Pill("Cancelled", "soft", "cross")
    if status == "open":
        return Pill("Enrolled", "accent", "empty")
    return Pill(result.capitalize(), "soft", "empty") if result else None
