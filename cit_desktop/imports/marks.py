"""What the cells of a sign-in sheet mean, and which blocks its columns are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cit_desktop.imports import days, hours
from cit_desktop.imports.clean import as_text, is_nothing
from cit_desktop.imports.types import Cell
from cit_desktop.services.attendance import MarkKind
from cit_desktop.text import fold

_NOON = 12 * 60
_WORDS: dict[MarkKind, tuple[str, ...]] = {
    "present": (
        "x", "✓", "✔", "☑", "√", "p", "pr", "present", "here", "attended", "yes", "y", "in", "full",
    ),
    "absent": ("a", "ab", "abs", "absent", "no", "n", "no show", "noshow", "ns", "✗", "✘"),
    "late": ("l", "late", "t", "tardy"),
    "excused": ("e", "ex", "exc", "excused"),
    "left early": ("le", "left early", "left"),
}  # fmt: skip
_MEANING = {word: mark for mark, words in _WORDS.items() for word in words}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"\b(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)\b"
)
_HALF = re.compile(r"\b(a\.?m\.?|morning|p\.?m\.?|afternoon)(?!\w)")
_NUMBERED = re.compile(r"\b(?:day|week)\s*#?\s*(\d{1,2})\b")
_BLOCK = re.compile(r"\b(?:block|session|half[- ]?day|module|meeting)\s*#?\s*(\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A block of the class, as columns are matched with it."""

    id: int
    day: date
    starts_at: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell says; ``minutes`` only for numbers.

    Attributes:
        blank: Nothing stands there.
    """

    mark: MarkKind | None = None
    minutes: int | None = None
    blank: bool = False


_TICKS = {"1": Meaning("present"), "0": Meaning("absent")}


def meaning(cell: Cell) -> Meaning | None:
    """What a cell of a sign-in sheet says; None when it cannot be told."""
    text = as_text(cell)
    if not text:
        return Meaning(blank=True)
    if isinstance(cell, bool):
        return Meaning("present" if cell else "absent")
    word = _MEANING.get(fold(text).strip(" ."))
    if word is not None:
        return Meaning(word)
    if is_nothing(text):
        return None
    minutes = hours.minutes(cell).value
    return None if minutes is None else Meaning(minutes=minutes)


def ticked(cell: Cell) -> Meaning | None:
    """What 1 and 0 say where they are ticks: there, or not; None for every other cell."""
    return _TICKS.get(as_text(cell)) if not isinstance(cell, bool) else None


def are_ticks(columns: Iterable[Sequence[Cell]]) -> tuple[bool, bool]:
    """Whether 1 and 0 are ticks in these columns, and whether that can be doubted.

    A sheet that has other numbers keeps hours, so that 0 to 4 in a half-day are; a column of
    nothing but 1 and 0 in it may be either.
    """
    numbers = [[c for c in cells if _is_number(c)] for cells in columns]
    only = [some for some in numbers if some and all(map(ticked, some))]
    any_tick = any(as_text(cell) == "1" for some in only for cell in some)
    return any_tick and len(only) == sum(map(bool, numbers)), any_tick


def _is_number(cell: Cell) -> bool:
    told = meaning(cell)
    return told is not None and told.minutes is not None


def columns_of(headings: Mapping[str, Sequence[Cell]]) -> list[str]:
    """The headings of the columns that hold marks: their name says when, or most cells do."""
    found = []
    for heading, cells in headings.items():
        filled = [cell for cell in cells if as_text(cell)]
        told = sum(meaning(cell) is not None for cell in filled)
        share = told / len(filled) if filled else 1.0
        if (share >= 0.6 and filled) or (share > 0 and says_when(heading)):
            found.append(heading)
    return found


def says_when(heading: str) -> bool:
    """Whether a heading names a day, a half of one, or a block."""
    text = fold(heading)
    patterns = (_WEEKDAY, _HALF, _NUMBERED, _BLOCK)
    return any(pattern.search(text) for pattern in patterns) or _date(heading) is not None


def blocks_of(heading: str, blocks: Sequence[Meeting]) -> list[Meeting]:
    """The blocks that a heading names; none when it names nothing or too much.

    Args:
        blocks: Of the class, in the order of the clock.
    """
    text = fold(heading)
    numbered = _BLOCK.search(text)
    if numbered:
        return _nth([[block] for block in blocks], int(numbered[1]))
    if not says_when(heading):
        return []
    found = _on_day(heading, text, blocks)
    half = _HALF.search(text)
    if half:
        morning = half[1].startswith(("a.", "am", "morning"))
        found = [block for block in found if (block.starts_at < _NOON) == morning]
    return found if len({block.day for block in found}) == 1 else []


def _on_day(heading: str, text: str, blocks: Sequence[Meeting]) -> list[Meeting]:
    day = _date(heading)
    if day is not None:
        return [b for b in blocks if (b.day.month, b.day.day) == (day.month, day.day)]
    numbered, weekday = _NUMBERED.search(text), _WEEKDAY.search(text)
    if numbered:
        dates = sorted({block.day for block in blocks})
        return _nth([[b for b in blocks if b.day == one] for one in dates], int(numbered[1]))
    if weekday:
        number = _WEEKDAYS.index(weekday[1][:3])
        return [block for block in blocks if block.day.weekday() == number]
    return list(blocks)


def _nth(groups: Sequence[list[Meeting]], number: int) -> list[Meeting]:
    return groups[number - 1] if 1 <= number <= len(groups) else []


def _date(heading: str) -> date | None:
    """The day that stands in a heading; without a year, one is put in to be ignored."""
    text = _HALF.sub(" ", fold(heading)).strip()
    short = re.search(r"\b(\d{1,2})[/.-](\d{1,2})(?![\d/.-])", text)
    if short and not re.search(r"\d[/.-]\d+[/.-]\d", text):
        text = f"{short[1]}/{short[2]}/2024"
    bare = _WEEKDAY.sub(" ", text).strip(" ,")
    found = days.day(text) or days.day(bare) or days.day(f"{bare}, 2024")
    return found.day if found else None


def match_columns(
    headings: Sequence[str], blocks: Sequence[Meeting]
) -> tuple[dict[str, tuple[Meeting, ...]], bool]:
    """The blocks of each column, and whether that was told by the headings or by their order.

    Gives nothing when it cannot be told.
    """
    named = {heading: tuple(blocks_of(heading, blocks)) for heading in headings}
    found = {heading: some for heading, some in named.items() if some}
    used = [block.id for some in found.values() for block in some]
    if found and len(set(used)) == len(used):
        return found, True
    if len(headings) == len(blocks):
        pairs = zip(headings, blocks, strict=True)
        return {heading: (block,) for heading, block in pairs}, False
    return {}, False
