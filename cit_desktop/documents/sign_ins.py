"""The sheets on which people sign in and out of a day of a class, and the code on each page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

MOST_SPANS: Final = 4  # more blocks a day than these are signed for by the half-day
_HALVES: Final = (("Morning", 0), ("Afternoon", 12 * 60), ("Evening", 17 * 60))
_CODE = re.compile(r"(\S(?:.*\S)?)/(\d{4}-\d{2}-\d{2})/(\d{1,3})")


class SignInSpan(NamedTuple):
    """What somebody signs in and out of: a block, or the blocks of half a day.

    Attributes:
        starts_at: Minutes after midnight.
        ends_at: Minutes after midnight.
    """

    title: str
    starts_at: int
    ends_at: int


class SignInLine(NamedTuple):
    """Somebody expected on the day.

    Attributes:
        number: What marks the person in the attendance grid; trainees have one.
        role: What the person is, unless a trainee.
    """

    number: int | None
    name: str
    agency: str = ""
    state_number: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """The sheet of a day; it takes as many pages as it needs.

    Attributes:
        title: The name of the class.
        walk_ins: Numbers of the lines that are left free.
    """

    code: str
    title: str
    chapter: str
    day: date
    location: str
    lead_instructor: str
    spans: tuple[SignInSpan, ...]
    lines: tuple[SignInLine, ...]
    walk_ins: tuple[int, ...]


class PageCode(NamedTuple):
    """What a page of a sheet is known by: ``CIT40-2026-01/2026-10-12/2``."""

    class_code: str
    day: date
    page: int

    def __str__(self) -> str:
        return f"{self.class_code}/{self.day.isoformat()}/{self.page}"


def read_page_code(typed: str) -> PageCode | None:
    """The code that was typed or scanned, or None where it is something else."""
    found = _CODE.fullmatch(typed.strip())
    if found is None:
        return None
    try:
        return PageCode(found[1], date.fromisoformat(found[2]), int(found[3]))
    except ValueError:
        return None


def spans(blocks: Iterable[SignInSpan]) -> tuple[SignInSpan, ...]:
    """What is signed for on a day: each block, or of many blocks each half of the day."""
    found = tuple(blocks)
    if len(found) <= MOST_SPANS:
        return found
    made = []
    bounds = [start for _, start in _HALVES[1:]]
    for (title, start), end in zip(_HALVES, [*bounds, 24 * 60], strict=True):
        within = [block for block in found if start <= block.starts_at < end]
        if within:
            first, last = within[0].starts_at, max(block.ends_at for block in within)
            made.append(SignInSpan(title, first, last))
    return tuple(made)
