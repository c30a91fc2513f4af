"""What the pages of classes say: states, lines under titles, banners, times of day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from cit_desktop import clock
from cit_desktop.record_words import AREAS as AREAS
from ui import format as fmt
from ui.widgets.marks import Pill

if TYPE_CHECKING:
    from cit_desktop.services.classes import ClassRow, ClassView
    from cit_desktop.services.hours import AttendanceGrid, Summary

Step = Literal["import", "sheets", "finalize", "issue", "report", "reinstate", "none"]

_NUMBERS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)


def status_pill(status: str, starts: date | None, ends: date | None) -> Pill:
    """The state of a class as a shape and words; an open class by where it is in time."""
    if status == "finalized":
        return Pill("Finalized", "good", "full")
    if status == "on record":
        return Pill("On record", "soft", "full")
    if status == "cancelled":
        return Pill("Cancelled", "soft", "cross")
    today = clock.today()
    if starts is None or starts > today:
        return Pill("Planned", "accent", "empty")
    if ends is not None and ends < today:
        return Pill("To finalize", "care", "warning")
    return Pill("Under way", "accent", "half")


def row_pill(row: ClassRow) -> Pill:
    """The state of a class in a list."""
    return status_pill(row.status, row.starts, row.ends)


def seats_text(people: int, seats: int | None) -> str:
    """``26 of 30``, or only how many there are."""
    return f"{people:,}" if seats is None else f"{people:,} of {seats:,}"


def place(location: str, county: str) -> str:
    """Location and county; the county is left out where the location names it."""
    if not county or county.casefold() in location.casefold():
        return location or county
    title = county if county.endswith((" City", " County")) else f"{county} County"
    return f"{location}, {title}" if location else title


def subtitle(view: ClassView) -> str:
    """``Oct 12–16, 2026 · Courthouse, Rolla · 26 of 30 seats · Lead instructor: R. Hill``."""
    people = view.counts.trainees
    seats = (
        fmt.plural(people, "person", "people")
        if view.seats is None
        else f"{seats_text(people, view.seats)} seats"
    )
    lead = f"Lead instructor: {view.lead_instructor}" if view.lead_instructor else ""
    dates = fmt.day_range(view.starts, view.ends) or "No dates"
    parts = (dates, place(view.location, view.county), seats, lead)
    return " · ".join(part for part in parts if part)


def next_step(view: ClassView) -> Step:
    """The one thing that is sensible to do next with a class."""
    if view.status == "cancelled":
        return "reinstate"
    if view.status == "on record":
        return "report"
    if view.status == "finalized":
        return "issue" if view.counts.certificates < view.counts.completed else "report"
    if not view.counts.trainees:
        return "import"
    begun = view.starts is not None and view.starts <= clock.today()
    return "finalize" if begun else "sheets"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a class is from being finalized.

    Attributes:
        short: People who missed time that the class asks for.
        blanks: Marks that are missing in blocks up to today.
    """

    short: tuple[int, ...] = ()
    blanks: int = 0
    required: str = ""


def standing(grid: AttendanceGrid, summaries: Iterable[Summary], marked: Marked) -> Standing:
    """The standing of a class, from marks and summaries as they are now."""
    today = clock.today()
    begun = [block.id for block in grid.blocks if block.day <= today]
    blanks = sum((person.id, block) not in marked for person in grid.people for block in begun)
    short = tuple(found.enrollment_id for found in summaries if is_short(found))
    required = grid.rule.minutes * grid.rule.min_attendance
    return Standing(short, blanks, fmt.hours_long(-(-required // 100)))


Marked = Iterable[tuple[int, int]]


def is_short(found: Summary) -> bool:
    """Whether time is missing that was marked as missed; blanks alone are not."""
    return found.short_minutes > 0 and bool(found.missing_text or not found.blanks)


def number_word(number: int) -> str:
    """Small numbers in words, as at the start of a sentence: ``Three``."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def standing_text(found: Standing) -> str:
    """What the banner says of it; nothing when nothing is missing."""
    short, blanks = len(found.short), found.blanks
    people = f"{number_word(short)} {'person is' if short == 1 else 'people are'} short of "
    people += found.required
    marks = f"{number_word(blanks)} {'mark is' if blanks == 1 else 'marks are'} still blank"
    rule = "Blank is not present: mark each before the class is finalized."
    if short and blanks:
        return f"{people} and {marks[0].lower()}{marks[1:]}. {rule}"
    if blanks:
        return f"{marks}. {rule}"
    return f"{people}." if short else ""


def person_pill(found: Summary) -> Pill:
    """Where one person stands: ready, short by how much, or what is still to be entered."""
    if found.state == "ready":
        return Pill("Ready", "good", "full")
    if is_short(found):
        return Pill(f"{fmt.hours(found.short_minutes)} short", "care", "half")
    if found.blanks:
        return Pill(f"{found.blanks} to mark", "soft", "empty")
    words = " ".join(found.reasons)
    if "not entered" in words:
        return Pill("Enter result" if "score" not in words else "Enter score", "care", "warning")
    return Pill("Not passed", "care", "half")


def areas_text(by_area: Iterable[tuple[str, int]]) -> str:
    """``Legal 3.5, Technical 12``: hours by credit area."""
    found = dict(by_area)
    order = [*AREAS, *sorted(found.keys() - AREAS.keys())]
    listed = (f"{AREAS.get(key, key)} {fmt.hours(found[key])}" for key in order if found.get(key))
    return ", ".join(listed)


def why_text(found: Summary) -> str:
    """``36.5 of 40 hours: missing Wed 1:00–4:30``, with whatever else prevents completion."""
    total = f"{fmt.hours(found.minutes)} of {fmt.hours_long(found.required)}"
    others = [reason for reason in found.reasons if not reason.startswith(_hours_reason(found))]
    text = f"{total}: {found.missing_text}." if found.missing_text else f"{total}."
    return " ".join((text, *others))


def _hours_reason(found: Summary) -> str:
    return f"{fmt.hours(found.minutes)} of {fmt.hours(found.required)} hours:"


def rule_text(view: ClassView) -> str:
    """What completes a class, in one line."""
    share = "all of it" if view.min_attendance == 100 else f"at least {view.min_attendance} %"
    parts = [f"{fmt.hours_long(view.minutes)}, {share}"]
    if view.min_score is not None:
        parts.append(f"test score of {view.min_score} or more")
    if view.scenario_required:
        parts.append("scenario passed")
    parts.append("make-ups allowed" if view.makeup_allowed else "no make-ups")
    return "; ".join(parts)


def time_range(start: int, end: int) -> str:
    """``8:00 AM – 12:00 PM``; the half of the day only once where both ends share it."""
    left, right = fmt.clock_time(start), fmt.clock_time(end)
    return f"{left[:-3]} – {right}" if left[-2:] == right[-2:] else f"{left} – {right}"


def parse_time(text: str) -> int | None:
    """Minutes after midnight of a typed time: ``8``, ``1:30 pm``, ``13:30``, ``1330``.

    Without AM or PM, one to six o'clock are taken as the afternoon.
    """
    found = _TIME.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 6:
        hour += 12
    return hour * 60 + minute


def suggested_title(course: str, minutes: int, start: date) -> str:
    """``40-hour CIT, October 2026`` for the full course, else its title with the month."""
    words = course
    if course.startswith("Crisis Intervention Team"):
        words = f"{fmt.hours(minutes)}-hour CIT"
    return f"{words}, {fmt.MONTHS[start.month - 1]} {start.year}"
