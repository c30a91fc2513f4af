"""What an attendance grid shows: plain values, no records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ui import format as fmt
from ui.widgets.marks import Pill

MarkKind = Literal["present", "absent", "late", "excused", "left early", "partial"]
KINDS: tuple[MarkKind, ...] = ("present", "absent", "late", "excused", "left early", "partial")
Key = tuple[int, int]  # enrollment_id, block_id


@dataclass(frozen=True)
class Mark:
    """What was noted for one person in one block; no mark at all is blank."""

    kind: MarkKind
    minutes: int = 0
    makeup: int = 0  # minutes made up elsewhere for this block


@dataclass(frozen=True)
class GridPerson:
    """One row."""

    enrollment_id: int
    number: int
    name: str
    agency: str = ""


@dataclass(frozen=True)
class GridBlock:
    """One column; ``heading`` is two short lines such as ``("Mon", "AM")``.

    Attributes:
        to_come: It is on a later day: nobody can have been there yet.
    """

    block_id: int
    day: date
    heading: tuple[str, str]
    minutes: int
    title: str = ""
    to_come: bool = False

    def spoken(self) -> str:
        """``Tuesday AM``."""
        return f"{fmt.weekday(self.day)} {self.heading[1]}".strip()


@dataclass(frozen=True)
class Summary:
    """The two cells at the end of a row: ``Summary("36", Pill("4 short", "care", "half"))``."""

    hours: str = ""
    state: Pill | None = None


@dataclass
class GridData:
    """Everything the grid draws."""

    people: tuple[GridPerson, ...] = ()
    blocks: tuple[GridBlock, ...] = ()
    marks: dict[Key, Mark] = field(default_factory=dict)
    summaries: dict[int, Summary] = field(default_factory=dict)
    required: str = "40"
    locked: bool = False


def came(mark: Mark | None) -> bool:
    """Whether somebody was in the block for any time."""
    return mark is not None and (mark.kind in ("present", "late", "left early") or mark.minutes > 0)


def present_text(data: GridData, block: GridBlock) -> str:
    """``23 of 26 present this block · 2 not marked``, or that the block is still to come."""
    if block.to_come:
        return to_come_text(block)
    marks = [data.marks.get((person.enrollment_id, block.block_id)) for person in data.people]
    text = f"{sum(map(came, marks))} of {len(marks)} present this block"
    blank = marks.count(None)
    return f"{text} · {blank} not marked" if blank else text


def to_come_text(block: GridBlock) -> str:
    """Why nobody is marked present in a block of a later day."""
    return f"{block.spoken()} is still to come. Until then only absent and excused can be marked."


def overwrite_text(data: GridData, block_id: int) -> str:
    """``4 existing marks will change: excused 3, absent 1``; blank when none would."""
    kinds: Iterable[str] = (
        mark.kind
        for (_, block), mark in data.marks.items()
        if block == block_id and mark.kind != "present"
    )
    counted = Counter(kinds).most_common()
    if not counted:
        return ""
    total = sum(number for _, number in counted)
    listed = ", ".join(f"{kind} {number}" for kind, number in counted)
    return f"{fmt.plural(total, 'existing mark')} will change: {listed}"


def mark_text(mark: Mark | None, block: GridBlock) -> str:
    """A mark in words: ``not marked``, ``2.5 of 4 hours``, ``late, 3.5 of 4 hours``."""
    if mark is None:
        return "still to come" if block.to_come else "not marked"
    part = f"{fmt.hours(mark.minutes)} of {fmt.hours_long(block.minutes)}"
    whole = mark.minutes in (0, block.minutes)
    text = part if mark.kind == "partial" else mark.kind
    if mark.kind in ("late", "left early", "excused") and not whole:
        text = f"{mark.kind}, {part}"
    return f"{text}, {fmt.hours_long(mark.makeup)} made up" if mark.makeup else text


def parse_hours(text: str, block_minutes: int) -> Mark | None:
    """The mark that hours typed into a cell mean, or ``None`` when they do not fit the block."""
    try:
        minutes = round(float(text.replace(",", ".")) * 60)
    except (ValueError, OverflowError):
        return None
    if not 0 <= minutes <= block_minutes:
        return None
    if minutes in (0, block_minutes):
        return Mark("present" if minutes else "absent", minutes)
    return Mark("partial", minutes)
