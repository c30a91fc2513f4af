"""From a course's outline to the dated blocks of a class. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final, Literal, TypeAlias

from cit_desktop.catalogs import Module
from cit_desktop.errors import Refused

Layout: TypeAlias = Literal["half-days", "modules"]

MORNING: Final = 8 * 60
NOON: Final = 12 * 60
AFTERNOON: Final = 13 * 60
MIDNIGHT: Final = 24 * 60
DAY_MINUTES: Final = 8 * 60

_TITLE_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class PartPlan:
    """What is taught in a block: a module, or the piece of it on one side of noon."""

    title: str
    minutes: int
    delivery: str
    area: str


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """A block to be: its parts' minutes add up to its own.

    Attributes:
        starts_at: Minutes after midnight.
    """

    day: date
    starts_at: int
    minutes: int
    title: str
    parts: tuple[PartPlan, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    starts_at: int
    part: PartPlan
    title: str


def plan(
    modules: Iterable[Module], start: date, *, weekly: bool = False, layout: Layout = "half-days"
) -> tuple[BlockPlan, ...]:
    """Lay an outline out over the days of a class, from 8:00 with noon to 13:00 free.

    Args:
        weekly: One day a week on the weekday of the start; otherwise days in a row.
        layout: One block a half-day, or one a module. A module that straddles noon is split.

    Raises:
        Refused: A day of the outline runs past midnight, or the class past the last year there is.
    """
    days = [list(group) for _, group in groupby(modules, key=lambda module: module.day)]
    blocks: list[BlockPlan] = []
    for day, taught in zip(dates(len(days), start, weekly=weekly), days, strict=True):
        pieces = _pieces(taught)
        if layout == "modules":
            blocks += [_block(day, [piece]) for piece in pieces]
        else:
            halves = groupby(pieces, key=lambda piece: piece.starts_at < NOON)
            blocks += [_block(day, list(half)) for _, half in halves]
    return tuple(blocks)


def dates(count: int, start: date, *, weekly: bool = False) -> list[date]:
    """The days of a class: weekly, or in a row.

    Days in a row leave out the weekend, unless the class begins on one.

    Raises:
        Refused: They run past the last year there is.
    """
    if (date.max - start).days < 7 * count:
        raise Refused("The class would run past the year 9999.", "Check its first day.")
    if weekly:
        return [start + timedelta(weeks=week) for week in range(count)]
    if start.weekday() >= 5:
        return [start + timedelta(days=day) for day in range(count)]
    found: list[date] = []
    day = start
    while len(found) < count:
        if day.weekday() < 5:
            found.append(day)
        day += timedelta(days=1)
    return found


def without_outline(title: str, minutes: int, area: str = "technical") -> tuple[Module, ...]:
    """The modules of a course that has only a title and hours: eight hours a day."""
    modules: list[Module] = []
    while minutes > 0:
        today = min(minutes, DAY_MINUTES)
        modules.append(Module(len(modules) + 1, title, today, "lecture", area))
        minutes -= today
    return tuple(modules)


def block_title(titles: Sequence[str]) -> str:
    """A block's title made of its modules: all of them if short, else the first and a count."""
    distinct = list(dict.fromkeys(titles))
    together = "; ".join(distinct)
    if len(distinct) < 2 or len(together) <= _TITLE_LENGTH:
        return together
    return f"{distinct[0]} + {len(distinct) - 1} more"


def _pieces(modules: Sequence[Module]) -> list[_Piece]:
    """One day's modules on the clock, split at noon."""
    clock, pieces = MORNING, []
    for module in modules:
        before_noon = min(module.minutes, max(NOON - clock, 0))
        cut = 0 < before_noon < module.minutes
        for number, minutes in enumerate((before_noon, module.minutes - before_noon), 1):
            if minutes == 0:
                continue
            part = PartPlan(module.title, minutes, module.delivery, module.area)
            title = f"{module.title}, part {number}" if cut else module.title
            pieces.append(_Piece(clock, part, title))
            clock += minutes
            clock = AFTERNOON if clock == NOON else clock
    if clock > MIDNIGHT:
        raise Refused(
            f"Day {modules[0].day} of the outline runs past midnight.",
            "Give some of its modules another day in the outline of the course.",
        )
    return pieces


def _block(day: date, pieces: Sequence[_Piece]) -> BlockPlan:
    titles = [piece.part.title for piece in pieces]
    return BlockPlan(
        day=day,
        starts_at=pieces[0].starts_at,
        minutes=sum(piece.part.minutes for piece in pieces),
        title=pieces[0].title if len(pieces) == 1 else block_title(titles),
        parts=tuple(piece.part for piece in pieces),
    )
