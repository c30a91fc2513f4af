"""Courses as values: one to be made, in a list, and whole."""

from __future__ import annotations

from dataclasses import dataclass

from cit_desktop.catalogs import Module


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course to be. With modules its minutes are theirs, whatever ``minutes`` says.

    Attributes:
        validity_months: None: what it certifies never expires.
        min_attendance: Percent of the minutes of a class.
    """

    code: str
    title: str
    minutes: int = 0
    audience: str = "mixed"
    basic: bool = False
    refresher: bool = False
    post_credit: bool = False
    prerequisite: str = ""
    validity_months: int | None = None
    refresher_months: int | None = None
    min_attendance: int = 100
    min_score: int | None = None
    scenario_required: bool = False
    makeup_allowed: bool = True
    source: str = ""
    modules: tuple[Module, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course in a list."""

    id: int
    version: int
    code: str
    title: str
    minutes: int
    audience: str
    basic: bool
    refresher: bool
    archived: bool
    modules: int
    classes: int


@dataclass(frozen=True, slots=True)
class CourseView:
    """Everything about a course, with its outline in order.

    Attributes:
        area_minutes: Minutes of the outline by credit area, every area present.
    """

    id: int
    uid: str
    version: int
    code: str
    title: str
    minutes: int
    audience: str
    basic: bool
    refresher: bool
    post_credit: bool
    prerequisite: str
    validity_months: int | None
    refresher_months: int | None
    min_attendance: int
    min_score: int | None
    scenario_required: bool
    makeup_allowed: bool
    source: str
    archived: bool
    classes: int
    modules: tuple[Module, ...]
    area_minutes: dict[str, int]
