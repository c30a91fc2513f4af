"""Days as people type them, month first."""

from __future__ import annotations

import re
from datetime import date

from ui.format import MONTHS

_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([A-Za-z]{3,})\.?,? (\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,})\.? (\d{1,2}),? (\d{4}|\d{2})")
_YEARS = range(1900, 2200)


def parse_day(text: str) -> date | None:
    """The day that a text means, or ``None``: "10/12/2026" is 12 October, as in the US.

    Two digits of a year mean 2000 to 2069 or 1970 to 1999. A year that nobody lives in, such as
    0202 for 2020, is a slip.
    """
    words = " ".join(text.split())
    if found := _ISO.fullmatch(words):
        return _made(found[1], int(found[2]), found[3])
    if found := _NUMBERS.fullmatch(words):
        return _made(found[3], int(found[1]), found[2])
    if found := _DAY_FIRST.fullmatch(words):
        return _made(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(words):
        return _made(found[3], _month(found[1]), found[2])
    return None


def _month(word: str) -> int:
    start = word.casefold()
    found = (n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(start))
    return next(found, 0)


def _made(year: str, month: int, day: str) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    try:
        return date(number, month, int(day)) if number in _YEARS else None
    except ValueError:
        return None
