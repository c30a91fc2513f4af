"""What the values of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, pairwise

from cit_desktop.imports import name_words
from cit_desktop.imports.clean import as_text, is_nothing
from cit_desktop.imports.days import day
from cit_desktop.imports.hours import minutes
from cit_desktop.imports.names import suffix_of
from cit_desktop.imports.types import Cell

LOOKED_AT = 200
_LONGEST_MOMENT = 80

_EMAIL = re.compile(r"\S+@\S+\.\S+")
_PHONE = re.compile(r"\+?1?[\s.(-]*\d{3}[\s.)/-]*\d{3}[\s.-]*\d{4}(?:\s*(?:x|ext).*)?", re.I)
AGENCY_WORDS = re.compile(
    r"\b(?:police|pd|p\.d\.|sheriff'?s?|so|dept|department|patrol|highway|hwy|county|city|health|"
    r"hospital|clinic|medical|center|centre|university|college|schools?|district|911|ems|fire|"
    r"communications?|corrections|services|agency|office|network|marshal|mshp|public safety|"
    r"ambulance|court|probation|parole|academy)\b",
    re.I,
)
_TITLES = {
    *(name_words.RANKS - {"of", "co", "off", "miss"}), "teacher", "counselor", "rn", "lpn", "lcsw",
    "supervisor", "manager", "tech", "technician", "medic", "paramedic", "emt", "security",
    "jailer", "patrol", "therapist", "liaison", "social", "worker", "case", "clerk",
    "administrator", "firefighter", "coordinator", "sergeant", "resource", "peer", "specialist",
}  # fmt: skip
_IDENTIFIER = re.compile(r"[A-Za-z]{0,5}[-\s]?\d[\dA-Za-z-]{2,15}")
_NAME = re.compile(r"[^\W\d_][^\W\d_'’.\-]*(?:[\s'’.\-,\"()]+[^\W\d_]+)*[.)\"]?")


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares, 0 to 1, of a column's values that look like something."""

    count: int = 0
    email: float = 0.0
    phone: float = 0.0
    day: float = 0.0
    moment: float = 0.0
    hours: float = 0.0
    identifier: float = 0.0
    suffix: float = 0.0
    initial: float = 0.0
    name: float = 0.0
    words: float = 0.0  # mean number of words
    comma: float = 0.0
    agency: float = 0.0
    title: float = 0.0
    sequence: bool = False
    serial: float = 0.0


def look(cells: Sequence[Cell]) -> Profile:
    """Look at the first values of a column; blanks and words for nothing do not count."""
    values = list(islice((cell for cell in cells if not is_nothing(as_text(cell))), LOOKED_AT))
    if not values:
        return Profile()
    texts = [as_text(cell) for cell in values]

    def share(test: Callable[[str], object]) -> float:
        return sum(bool(test(text)) for text in texts) / len(texts)

    return Profile(
        count=len(values),
        email=share(_EMAIL.fullmatch),
        phone=share(_PHONE.fullmatch),
        day=sum(_is_day(cell) for cell in values) / len(values),
        moment=sum(_is_moment(cell) for cell in values) / len(values),
        hours=sum(_is_hours(cell) for cell in values) / len(values),
        identifier=share(_IDENTIFIER.fullmatch),
        suffix=share(suffix_of),
        initial=share(lambda text: len(text.rstrip(".")) == 1 and text[0].isalpha()),
        name=share(lambda text: _NAME.fullmatch(text) and len(text.split()) < 7),
        words=sum(len(text.split()) for text in texts) / len(texts),
        comma=share(lambda text: re.fullmatch(r"[^,@\d]+,\s*[^,@\d]+(?:,[^,@\d]+)?", text)),
        agency=share(AGENCY_WORDS.search),
        title=share(lambda text: _TITLES & set(re.findall(r"[^\W\d_]+", text.lower()))),
        sequence=_is_sequence(values),
        serial=sum(map(_is_serial, values)) / len(values),
    )


def _is_day(cell: Cell) -> bool:
    if isinstance(cell, (int, float)):
        return False
    return day(cell) is not None


def _is_serial(cell: Cell) -> bool:
    """Whether it can be a spreadsheet's day without its format, within 1990 to 2059."""
    text = as_text(cell)
    return not isinstance(cell, (bool, date)) and text.isdecimal() and 32_874 <= int(text) < 58_440


def _is_moment(cell: Cell) -> bool:
    if isinstance(cell, datetime):
        return True
    short = isinstance(cell, str) and len(cell) <= _LONGEST_MOMENT
    return short and bool(re.search(r"\d[/-]\d+.*\d:\d\d", str(cell)))


def _is_hours(cell: Cell) -> bool:
    if isinstance(cell, date):
        return False
    found = minutes(cell)
    return found.value is not None and found.value <= 200 * 60


def _is_sequence(values: list[Cell]) -> bool:
    numbers = [int(text) for cell in values if (text := as_text(cell).rstrip(".)")).isdecimal()]
    if len(numbers) < max(2, len(values) - 1):
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return steps.count(1) >= 0.9 * len(steps) and numbers[0] in (0, 1)


def fit(field: str, seen: Profile) -> float:
    """Whether the values speak for the field (to 1) or against it (to -1)."""
    if not seen.count:
        return 0.0
    if seen.email > 0.5 and field != "email":
        return -1.0
    rule = _RULES.get(field)
    return rule(seen) if rule else 0.0


def _for(share: float, good: float, otherwise: float, need: float = 0.6) -> float:
    return good if share >= need else otherwise * (1 - share / need)


def _given(seen: Profile) -> float:
    return -0.5 if seen.comma > 0.4 or seen.words > 2.6 else _for(seen.name, 0.5, -0.7)


def _full(seen: Profile) -> float:
    if seen.agency > 0.5 and seen.comma < 0.3:
        return -0.6
    if seen.words < 1.3 and seen.comma < 0.3:
        return -0.3
    return _for(seen.name, 0.7, -0.8)


def _agency(seen: Profile) -> float:
    if seen.day > 0.6 or seen.phone > 0.6 or seen.comma > 0.6:
        return -0.8
    return 0.7 if seen.agency > 0.3 else -0.1


_RULES: dict[str, Callable[[Profile], float]] = {
    "email": lambda seen: _for(seen.email, 1.0, -0.9),
    "phone": lambda seen: _for(seen.phone, 1.0, -0.8),
    "completed": lambda seen: (
        -0.4 if seen.moment > 0.6 else _for(max(seen.day, seen.serial), 0.8, -0.7)
    ),
    "minutes": lambda seen: _for(seen.hours, 0.6, -0.9),
    "state_number": lambda seen: -0.6 if seen.sequence else _for(seen.identifier, 0.5, -0.7),
    "suffix": lambda seen: _for(seen.suffix, 1.0, -0.7),
    "middle": lambda seen: -0.5 if seen.words > 2 else _for(seen.name, 0.5, -0.6),
    "first": _given,
    "last": _given,
    "full_name": _full,
    "agency": _agency,
    "title": lambda seen: 0.6 if seen.title > 0.3 else -0.1,
    "certificate": lambda seen: -0.7 if seen.day > 0.9 else 0.3,
}


def alone(seen: Profile) -> dict[str, float]:
    """What the values say without any heading: only what can hardly be anything else."""
    found = {}
    if seen.email > 0.8:
        found["email"] = 0.85
    if seen.phone > 0.8:
        found["phone"] = 0.65
    if seen.comma > 0.7 and seen.name > 0.7 and seen.agency < 0.3:
        found["full_name"] = 0.65
    elif seen.name > 0.8 and 1.7 < seen.words < 3.5 and seen.agency < 0.1 and seen.title < 0.1:
        found["full_name"] = 0.5
    if seen.agency > 0.7 and seen.comma < 0.2:
        found["agency"] = 0.6
    if seen.title > 0.8 and seen.agency < 0.5:
        found["title"] = 0.5
    return found
