"""Days as people and spreadsheets write them; never guessed silently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from cit_desktop.clock import today
from cit_desktop.imports.clean import as_text
from cit_desktop.imports.types import Cell, DayOrder

_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_SERIALS = range(18_264, 73_051)  # 1950 to 2099
_YEARS = range(1900, 2100)
_PARTED = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_CLOCK = re.compile(
    r"[T ,]+(?:at )?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[+-]\d\d:?\d\d)?$",
    re.I,
)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.I
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"),
            ("may",), ("jun", "june"), ("jul", "july"), ("aug", "august"),
            ("sep", "sept", "september"), ("oct", "october"), ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_NTH = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<m>[a-z]+)"
_YEAR = r"(?P<y>\d{4}|'?\d{2})"
_WORDY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\.?[\s-]*{_NTH}[\s,.-]+{_YEAR}",
        rf"{_NTH}[\s.-]*(?:of\s+)?{_MONTH}[\s,.-]+{_YEAR}",
        rf"(?P<y>\d{{4}})[\s,.-]+{_MONTH}\.?[\s-]*{_NTH}",
    )
)
_SPAN_IN_MONTH = re.compile(
    r"([a-z]+\.?\s*)\d{1,2}(?:st|nd|rd|th)?\s*(?:-|–|—|to|through|thru|&)\s*(\d{1,2}\D.*)", re.I
)
_SPAN = re.compile(r".*\d\s*(?:\s[-–—]\s|–|—|\bto\b|\bthrough\b|\bthru\b)\s*(\S.*\d.*)", re.I)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was read.

    Attributes:
        other: The day it would be with day and month the other way round, when it can be.
        order: The order it proves by itself: only one of the two is possible.
        how: What was assumed, as a sentence, or an empty text.
    """

    day: date
    other: date | None = None
    order: DayOrder | None = None
    how: str = ""


def day(cell: Cell, order: DayOrder = "mdy") -> Day | None:
    """The day in a cell, or None when it holds none.

    Args:
        order: How `3/4/2026` is meant; whether that was known is for the caller to say.
    """
    if isinstance(cell, datetime):
        return _sane(cell.date())
    if isinstance(cell, date):
        return _sane(cell)
    if isinstance(cell, bool) or cell is None or isinstance(cell, (time, timedelta)):
        return None
    return _written(as_text(cell), order)


def _sane(found: date) -> Day | None:
    return Day(found) if found.year in _YEARS else None


@lru_cache(maxsize=4096)
def _written(text: str, order: DayOrder) -> Day | None:
    text = _WEEKDAY.sub("", _CLOCK.sub("", text)).strip(" .,")
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return _number(text)
    found = _exact(text, order)
    if found is not None:
        return found
    in_month, span = _SPAN_IN_MONTH.fullmatch(text), _SPAN.fullmatch(text)
    end = None
    if in_month:
        end = _exact(in_month[1] + in_month[2], order)
    if end is None and span:
        end = _exact(_WEEKDAY.sub("", span[1]), order)
    if end is None:
        return None
    return Day(end.day, end.other, end.order, f"Of “{text}” the last day was taken.")


def _number(text: str) -> Day | None:
    compact = _COMPACT.fullmatch(text)
    if compact:
        made = _made(*map(int, compact.groups()))
        return Day(made) if made else None
    serial = int(float(text)) if len(text) < 16 else 0
    if serial in _SERIALS:
        made = _EPOCH + timedelta(days=serial)
        return Day(made, how=f"The number {text} was read as a spreadsheet's day {made:%Y-%m-%d}.")
    return None


def _exact(text: str, order: DayOrder) -> Day | None:
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        made = _made(*map(int, found.groups()))
        return Day(made) if made else None
    found = _PARTED.fullmatch(text)
    if found:
        return _either(int(found[1]), int(found[2]), _year(found[3]), order)
    for pattern in _WORDY:
        found = pattern.fullmatch(text)
        month = _MONTHS.get(found["m"].lower()) if found else None
        if found and month:
            made = _made(_year(found["y"]), month, int(found["d"]))
            return Day(made) if made else None
    return None


def _either(first: int, second: int, year: int, order: DayOrder) -> Day | None:
    by_month, by_day = _made(year, first, second), _made(year, second, first)
    if by_month and by_day:
        chosen, other = (by_month, by_day) if order == "mdy" else (by_day, by_month)
        return Day(chosen, other if other != chosen else None)
    if by_month:
        return Day(by_month, order="mdy")
    return Day(by_day, order="dmy") if by_day else None


def _year(text: str) -> int:
    text = text.lstrip("'")
    if len(text) == 4:
        return int(text)
    century = 2000 if int(text) <= today().year % 100 + 10 else 1900
    return century + int(text)


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if year in _YEARS else None
    except ValueError:
        return None


def proven_orders(cells: Iterable[Cell]) -> set[DayOrder]:
    """Which orders of day and month the cells of a column prove."""
    return {found.order for cell in cells if (found := day(cell)) and found.order}
