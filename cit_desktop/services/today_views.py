"""What the first page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cit_desktop.services.certification import Due


@dataclass(frozen=True, slots=True)
class OpenClass:
    """A class that is under way or to come.

    Attributes:
        enrolled: Trainees, without those who withdrew.
        next_day: Day of the next block from today on; None when all are over.
        next_starts_at: Its start in minutes after midnight.
        unmarked: Marks that are missing in blocks up to today.
    """

    class_id: int
    code: str
    title: str
    location: str
    starts: date | None
    ends: date | None
    enrolled: int
    seats: int | None
    next_block_id: int | None
    next_day: date | None
    next_starts_at: int | None
    next_title: str
    unmarked: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A finalized class with certificates that nobody has issued yet."""

    class_id: int
    code: str
    title: str
    ends: date | None
    count: int


@dataclass(frozen=True, slots=True)
class People:
    """A group of people to look after: how many, and the most pressing of them."""

    count: int
    first: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right; ``class_id`` says where, when it is about a class."""

    kind: Literal["state number", "deadline", "certificate"]
    sentence: str
    class_id: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in the records, without what is archived."""

    people: int
    agencies: int
    classes: int
    certificates: int
    certified: int


@dataclass(frozen=True, slots=True)
class Today:
    """The first page.

    Attributes:
        open_classes: The others that are open.
        to_finalize: Those whose last day has passed, or is today with every mark made.
        certificates_ready: How many certificates wait in all.
        refresher: Refreshers due, or due soon.
        expired: Certifications that have run out, or will soon.
        written: When those named of the two were written to about it, by person.
    """

    day: date
    open_classes: tuple[OpenClass, ...]
    to_finalize: tuple[OpenClass, ...]
    ready: tuple[Ready, ...]
    refresher: People
    expired: People
    problems: tuple[Problem, ...]
    counts: Counts
    written: Mapping[int, date] = field(default_factory=dict)

    @property
    def certificates_ready(self) -> int:
        """How many certificates wait to be issued."""
        return sum(entry.count for entry in self.ready)
