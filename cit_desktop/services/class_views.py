"""What lists and pages show of classes: frozen values, and how lists are narrowed and sorted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from cit_desktop.services.layout import Layout

Status: TypeAlias = Literal["open", "finalized", "on record", "cancelled"]
ClassSort: TypeAlias = Literal["starts", "code", "title", "course", "status", "location"]


@dataclass(frozen=True, slots=True)
class ClassFilter:
    """Which classes a list shows; what is None or empty does not narrow it.

    Attributes:
        year: Of the first day.
        text: Beginnings of words of title, code or location.
        archived: Also those put away.
    """

    year: int | None = None
    status: Status | None = None
    course_id: int | None = None
    chapter_id: int | None = None
    text: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class in a list.

    Attributes:
        trainees: Without those who withdrew.
        unmarked: Blanks of trainees in blocks up to today; 0 unless the class is open.
        certificates: Without the revoked ones.
    """

    id: int
    code: str
    title: str
    course_code: str
    starts: date | None
    ends: date | None
    status: str
    location: str
    county: str
    minutes: int
    seats: int | None
    archived: bool
    blocks: int
    trainees: int
    completed: int
    unmarked: int
    certificates: int


@dataclass(frozen=True, slots=True)
class PartView:
    """A module taught in a block."""

    title: str
    minutes: int
    delivery: str
    area: str


@dataclass(frozen=True, slots=True)
class InstructorView:
    """Who teaches a block."""

    person_id: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block with what is taught in it and by whom.

    Attributes:
        starts_at: Minutes after midnight.
        marks: How many people are marked in it.
    """

    id: int
    version: int
    day: date
    starts_at: int
    minutes: int
    title: str
    parts: tuple[PartView, ...]
    instructors: tuple[InstructorView, ...]
    marks: int

    @property
    def ends_at(self) -> int:
        """Minutes after midnight."""
        return self.starts_at + self.minutes


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """How many people of a class are what.

    Attributes:
        trainees: Without those who withdrew.
        unmarked: Blanks of trainees in blocks up to today.
        certificates: Without the revoked ones.
    """

    trainees: int
    instructors: int
    observers: int
    withdrawn: int
    completed: int
    partial: int
    unmarked: int
    certificates: int


@dataclass(frozen=True, slots=True)
class ClassView:
    """Everything about a class but its people.

    Attributes:
        minutes: What the class counts; its blocks should add up to it.
        locked: Finalized, on record or cancelled.
    """

    id: int
    uid: str
    version: int
    chapter_id: int
    chapter: str
    course_id: int
    course_code: str
    course_title: str
    code: str
    title: str
    location: str
    county: str
    seats: int | None
    lead_instructor: str
    course_number: str
    starts: date | None
    ends: date | None
    status: str
    minutes: int
    min_attendance: int
    min_score: int | None
    scenario_required: bool
    makeup_allowed: bool
    finalized_at: datetime | None
    reopen_reason: str
    note: str
    archived: bool
    blocks: tuple[BlockView, ...]
    counts: ClassCounts

    @property
    def locked(self) -> bool:
        """Whether its records cannot be changed."""
        return self.status != "open"

    @property
    def block_minutes(self) -> int:
        """What the blocks add up to."""
        return sum(block.minutes for block in self.blocks)


@dataclass(frozen=True, slots=True)
class ClassDraft:
    """A class to be, from a course named by its id or its code.

    Attributes:
        title: Empty: that of the course.
        weekly: One day a week, else days in a row.
        code: Empty: made like CIT40-2026-01.
        course_number: The number that the state gave this class.
    """

    title: str
    start: date
    course_id: int | None = None
    course_code: str = ""
    weekly: bool = False
    layout: Layout = "half-days"
    location: str = ""
    county: str = ""
    seats: int | None = None
    lead_instructor: str = ""
    code: str = ""
    course_number: str = ""
    note: str = ""
