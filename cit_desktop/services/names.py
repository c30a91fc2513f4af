"""How a person's name and a day are written in sentences and documents."""

from __future__ import annotations

from datetime import date

from cit_desktop.day_words import clock_time as clock_time
from cit_desktop.day_words import day as day


def full(first: str, middle: str, last: str, suffix: str) -> str:
    """The name as spoken: ``Ana María Ito Jr.``."""
    return " ".join(part for part in (first, middle, last, suffix) if part)


def listed(first: str, middle: str, last: str, suffix: str) -> str:
    """The name as it stands in a sorted list: ``Ito, Ana María Jr.``."""
    return written("Last, First Middle Suffix", first, middle, last, suffix)


def initial(middle: str) -> str:
    """First letter of a middle name, without a period."""
    return middle[:1].upper()


def written(name_format: str, first: str, middle: str, last: str, suffix: str) -> str:
    """The name in one of the formats of roster profiles."""
    between = initial(middle) if " MI" in name_format else middle
    if name_format.startswith("Last,"):
        rest = " ".join(part for part in (first, between, suffix) if part)
        return f"{last}, {rest}" if rest else last
    return full(first, between, last, suffix)


def figures(value: date, date_format: str) -> str:
    """A day in one of the formats of roster profiles: ``03/06/2026``."""
    parts = {
        "yyyy": f"{value.year:04}",
        "mm": f"{value.month:02}",
        "dd": f"{value.day:02}",
        "m": str(value.month),
        "d": str(value.day),
    }
    mark = "/" if "/" in date_format else "-"
    return mark.join(parts[part] for part in date_format.split(mark))


def hours(minutes: int) -> str:
    """Minutes as hours with at most two decimals: ``40``, ``36.5``."""
    return f"{minutes / 60:,.2f}".rstrip("0").rstrip(".")
