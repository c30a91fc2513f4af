"""The catalogue of courses that a new chapter starts with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

from cit_desktop.catalogs.toml import Table, shipped, shipped_in
from cit_desktop.errors import NotFound

AREAS: Final = ("legal", "technical", "interpersonal", "skill")
AUDIENCES: Final = ("LE", "dispatch", "corrections", "community", "mixed")
DELIVERIES: Final = (
    "lecture",
    "panel",
    "skills lab",
    "scenario",
    "simulation",
    "site visit",
    "online",
    "ride-along",
    "assessment",
)

_LONGEST: Final = 400 * 60


@dataclass(frozen=True, slots=True)
class Completion:
    """What a trainee must reach for the certificate.

    Attributes:
        min_attendance: Percent of the minutes of the class.
        min_score: Percent in the post-test, or None when it is not asked for.
    """

    min_attendance: int
    min_score: int | None
    scenario_required: bool
    makeup_allowed: bool


@dataclass(frozen=True, slots=True)
class Module:
    """A part of a course's outline; ``day`` counts from 1."""

    day: int
    title: str
    minutes: int
    delivery: str
    area: str


@dataclass(frozen=True, slots=True)
class Course:
    """A course and its outline.

    Attributes:
        basic: Counts as the basic CIT course.
        refresher: Satisfies a due refresher.
        prerequisite: Code of the course that comes before it, or None.
        validity_months: Months until its certification expires; None means never.
        refresher_months: Months until a refresher is due; None means never.
        post_credit: Earns credit toward a state's continuing education.
        source: Where the hours come from.
    """

    code: str
    title: str
    minutes: int
    audience: str
    basic: bool
    refresher: bool
    prerequisite: str | None
    validity_months: int | None
    refresher_months: int | None
    post_credit: bool
    source: str
    completion: Completion
    modules: tuple[Module, ...]

    @property
    def days(self) -> tuple[tuple[Module, ...], ...]:
        """The outline day by day."""
        grouped = groupby(self.modules, key=lambda module: module.day)
        return tuple(tuple(modules) for _, modules in grouped)

    @property
    def area_minutes(self) -> dict[str, int]:
        """Minutes by credit area, every area present, in the order of ``AREAS``."""
        sums = Counter[str]()
        for module in self.modules:
            sums[module.area] += module.minutes
        return {area: sums[area] for area in AREAS}


@cache
def courses() -> tuple[Course, ...]:
    """Every shipped course: basic ones first, then by title."""
    read = [course_from_toml(text, f"{stem}.toml") for stem, text in shipped_in("courses")]
    return tuple(sorted(read, key=lambda course: (not course.basic, course.title)))


def course(code: str) -> Course:
    """The shipped course with this code.

    Raises:
        NotFound: There is none.
    """
    for found in courses():
        if found.code == code:
            return found
    raise NotFound(f"There is no course with the code “{code}” in the catalogue.")


def course_text(code: str) -> str:
    """The TOML of a shipped course, to copy and edit."""
    return shipped("courses", f"{course(code).code.lower()}.toml")


def course_from_toml(text: str, name: str = "The course file") -> Course:
    """Read a course file.

    Args:
        name: What errors call the file.

    Raises:
        FileProblem: A key is missing, unknown or wrong, or the modules do not fill the course.
    """
    top = Table.parse(text, name)
    modules = tuple(_module(table) for table in top.tables("modules"))
    read = Course(
        code=top.text("code"),
        title=top.text("title"),
        minutes=top.number("minutes", 1, _LONGEST),
        audience=top.choice("audience", AUDIENCES),
        basic=top.flag("basic"),
        refresher=top.flag("refresher"),
        prerequisite=top.text("prerequisite", "") or None,
        validity_months=top.number_or_none("validity_months", 1, 1200),
        refresher_months=top.number_or_none("refresher_months", 1, 1200),
        post_credit=top.flag("post_credit"),
        source=top.text("source", ""),
        completion=_completion(top.table("completion")),
        modules=modules,
    )
    top.finish()
    _check_outline(read, top)
    return read


def _module(table: Table) -> Module:
    module = Module(
        day=table.number("day", 1, 60),
        title=table.text("title"),
        minutes=table.number("minutes", 1, 24 * 60),
        delivery=table.choice("delivery", DELIVERIES, "lecture"),
        area=table.choice("area", AREAS),
    )
    table.finish()
    return module


def _completion(table: Table) -> Completion:
    completion = Completion(
        min_attendance=table.number("min_attendance", 0, 100, 100),
        min_score=table.number_or_none("min_score", 0, 100),
        scenario_required=table.flag("scenario_required"),
        makeup_allowed=table.flag("makeup_allowed", True),
    )
    table.finish()
    return completion


def _check_outline(course: Course, top: Table) -> None:
    total = sum(module.minutes for module in course.modules)
    if total != course.minutes:
        raise top.problem(
            "minutes",
            f"is {course.minutes}, but the modules add up to {total} minutes",
            hint="Make the two agree.",
        )
    days = [module.day for module in course.modules]
    if days != sorted(days) or set(days) != set(range(1, max(days) + 1)):
        raise top.problem(
            "day", "must run from 1 upward in the order of the modules, without a gap"
        )
