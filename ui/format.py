"""How values are written on the screen; nothing here changes with the computer's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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
    """``12 October 2026``; blank for ``None``."""
    return "" if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def day_short(value: date | None) -> str:
    """``12 Oct 2026``, for columns."""
    return "" if value is None else f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def weekday(value: date) -> str:
    """``Monday``."""
    return _DAYS[value.weekday()]


def day_range(first: date | None, last: date | None, *, year: bool = True) -> str:
    """``12–16 October 2026``, ``28 September – 2 October 2026``, or one day."""
    if first is None or last is None or first == last:
        only = first or last
        return "" if only is None else day(only) if year else _day_month(only)
    if (first.year, first.month) == (last.year, last.month):
        left = str(first.day)
        dash = "–"
    else:
        left = _day_month(first) if first.year == last.year else day(first)
        dash = " – "
    crosses = first.year != last.year
    right = day(last) if year or crosses else _day_month(last)
    return f"{left}{dash}{right}"


def _day_month(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]}"


def clock(value: datetime) -> str:
    """The time of day where the computer stands: ``9:42``."""
    local = value.astimezone()
    return f"{local.hour}:{local.minute:02d}"


def moment(value: datetime | None) -> str:
    """Day and time where the computer stands: ``12 October 2026, 9:42``."""
    return "" if value is None else f"{day(value.astimezone().date())}, {clock(value)}"


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
