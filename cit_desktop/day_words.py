"""How a day and a time of day are written, in English on every computer.

One form on the screen and in sentences (``Nov 20, 2026``), one on paper (``November 20, 2026``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date) -> str:
    """``Nov 20, 2026``."""
    return f"{month_day(value)}, {value.year}"


def days(first: date, last: date, *, year: bool = True) -> str:
    """``Oct 12–16, 2026``, ``Sep 28 – Oct 2, 2026``, or one day.

    Args:
        year: Whether to name the year where both days share it.
    """
    return _range(first, last, month_day, year=year)


def month_day(value: date) -> str:
    """``Nov 20``."""
    return f"{MONTHS[value.month - 1][:3]} {value.day}"


def weekday(value: date) -> str:
    """``Friday``."""
    return WEEKDAYS[value.weekday()]


def weekday_short(value: date) -> str:
    """``Fri Nov 20``, where the weekday matters and the year is known."""
    return f"{weekday(value)[:3]} {month_day(value)}"


def formal(value: date) -> str:
    """``November 20, 2026``, for certificates and other papers."""
    return f"{_formal_month_day(value)}, {value.year}"


def formal_days(first: date, last: date) -> str:
    """``October 12–16, 2026``, for papers."""
    return _range(first, last, _formal_month_day, year=True)


def formal_list(values: Iterable[date]) -> str:
    """Any days, for papers; those that follow each other become a range."""
    runs: list[list[date]] = []
    for value in sorted(values):
        if runs and value == runs[-1][-1] + timedelta(days=1):
            runs[-1].append(value)
        else:
            runs.append([value])
    return "; ".join(formal_days(run[0], run[-1]) for run in runs)


def clock_time(minutes: int) -> str:
    """Minutes after midnight as people write them: ``1:00 PM``."""
    hour, minute = divmod(minutes % 1440, 60)
    return f"{hour % 12 or 12}:{minute:02} {'AM' if hour < 12 else 'PM'}"


def clock(value: datetime) -> str:
    """The time of day where the computer stands: ``9:42 AM``."""
    local = value.astimezone()
    return clock_time(local.hour * 60 + local.minute)


def moment(value: datetime) -> str:
    """Day and time where the computer stands: ``Nov 20, 2026, 9:42 AM``."""
    return f"{day(value.astimezone().date())}, {clock(value)}"


def _formal_month_day(value: date) -> str:
    return f"{MONTHS[value.month - 1]} {value.day}"


def _range(first: date, last: date, short: Callable[[date], str], *, year: bool) -> str:
    ending = f", {last.year}" if year or first.year != last.year else ""
    if first == last:
        return f"{short(first)}{ending}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{short(first)}–{last.day}{ending}"
    opening = "" if first.year == last.year else f", {first.year}"
    return f"{short(first)}{opening} – {short(last)}{ending}"
