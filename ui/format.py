"""How values are written on the screen; nothing here changes with the computer's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cit_desktop import day_words
from cit_desktop.day_words import MONTHS as MONTHS
from cit_desktop.day_words import clock as clock
from cit_desktop.day_words import clock_time as clock_time
from cit_desktop.day_words import month_day as month_day
from cit_desktop.day_words import weekday as weekday
from cit_desktop.day_words import weekday_short as weekday_short

_SPACE = "\u00a0"


def hours(minutes: int | None) -> str:
    """Minutes as hours with at most two decimals: ``36.5``; blank for ``None``."""
    if minutes is None:
        return ""
    whole, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    tail = f"{round(rest * 100 / 60):02d}".rstrip("0")
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def hours_long(minutes: int) -> str:
    """Hours with their word: ``1 hour``, ``36.5 hours``."""
    return "1 hour" if minutes == 60 else f"{hours(minutes)} hours"


def day(value: date | None) -> str:
    """``Oct 12, 2026``; blank for ``None``."""
    return "" if value is None else day_words.day(value)


def paper_day(value: date | None) -> str:
    """``October 12, 2026``, in what is printed; blank for ``None``."""
    return "" if value is None else day_words.formal(value)


def local_day(value: date | datetime | None) -> str:
    """The day of a day or a moment, where the computer stands."""
    return day(value.astimezone().date() if isinstance(value, datetime) else value)


def day_range(first: date | None, last: date | None, *, year: bool = True) -> str:
    """``Oct 12–16, 2026``, ``Sep 28 – Oct 2, 2026``, or the one day that is known."""
    known = first or last
    return "" if known is None else day_words.days(known, last or known, year=year)


def moment(value: datetime | None) -> str:
    """Day and time where the computer stands: ``Oct 12, 2026, 9:42 AM``."""
    return "" if value is None else day_words.moment(value)


def ago(value: datetime, now: datetime) -> str:
    """``just now``, ``12 min ago``, ``3 hours ago``, then the day."""
    passed = now - value
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{int(passed.total_seconds() // 60)} min ago"
    if passed < timedelta(days=1):
        return f"{plural(int(passed.total_seconds() // 3600), 'hour')} ago"
    return day(value.astimezone().date())


def person(last: str, first: str, middle: str = "", suffix: str = "") -> str:
    """``Carter, Andrew Lynn Jr``; the part that exists when the other is missing."""
    given = " ".join(part for part in (first, middle, suffix) if part)
    return ", ".join(part for part in (last, given) if part)


def person_spoken(last: str, first: str, middle: str = "", suffix: str = "") -> str:
    """``Andrew Lynn Carter Jr``, as on a certificate."""
    return " ".join(part for part in (first, middle, last, suffix) if part)


def phone(value: str) -> str:
    """Ten digits as ``(573) 555-0101``; any other number as it was typed."""
    if len(value) == 10 and value.isascii() and value.isdecimal():
        return f"({value[:3]}) {value[3:6]}-{value[6:]}"
    return value


def count(number: int, *, cap: int | None = None) -> str:
    """``12,345``; ``1,000+`` when counting stopped at ``cap``."""
    if cap is not None and number >= cap:
        return f"{cap:,}+"
    return f"{number:,}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """``1 person``, ``3 people``: the number with the word that fits it."""
    word = one if number == 1 else many or f"{one}s"
    return f"{number:,} {word}"


def percent(part: int, whole: int) -> str:
    """``90 %`` with a space that does not break; blank when there is no whole.

    Rounded down: 99.6 is not all of it.
    """
    return "" if whole == 0 else f"{100 * part // whole}{_SPACE}%"


def size(octets: int) -> str:
    """``312 kB``, ``1.4 MB``."""
    if octets < 1000:
        return f"{octets} B"
    if octets < 999_500:
        return f"{octets / 1000:.0f} kB"
    return f"{octets / 1_000_000:.1f} MB"
