"""What a class teaches, day by day, and the form on which people say how it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cit_desktop.catalogs import Evaluation


class ScheduleBlock(NamedTuple):
    """A block of a day.

    Attributes:
        starts_at: Minutes after midnight.
        ends_at: Minutes after midnight.
        minutes: How long it counts.
        modules: Title and minutes of what is taught in it, unless that is the block's title.
        instructors: Names, each with the title as which somebody teaches.
        named: Its title says something that its modules do not.
    """

    title: str
    starts_at: int
    ends_at: int
    minutes: int
    modules: tuple[tuple[str, int], ...]
    instructors: tuple[str, ...]
    named: bool = True


class ScheduleDay(NamedTuple):
    """A day of a class with its blocks in the order of the clock."""

    day: date
    blocks: tuple[ScheduleBlock, ...]

    @property
    def minutes(self) -> int:
        """What the day counts."""
        return sum(block.minutes for block in self.blocks)


@dataclass(frozen=True, slots=True)
class ClassSchedule:
    """The days of a class, to be hung up and handed out."""

    code: str
    title: str
    course: str
    chapter: str
    location: str
    lead_instructor: str
    days: tuple[ScheduleDay, ...]

    @property
    def minutes(self) -> int:
        """What all days count."""
        return sum(day.minutes for day in self.days)


class RatedPart(NamedTuple):
    """A module or block that is rated, and who taught it."""

    title: str
    instructors: tuple[str, ...]


class RatedDay(NamedTuple):
    """What was taught on a day."""

    day: date
    parts: tuple[RatedPart, ...]


@dataclass(frozen=True, slots=True)
class EvaluationForm:
    """A form to fill in by hand, without a name.

    Attributes:
        asked: Its wording, and what is asked beside what was taught.
    """

    code: str
    title: str
    chapter: str
    location: str
    days: tuple[RatedDay, ...]
    asked: Evaluation
