"""The thirty classes of the sample chapter, from the first sign-up to the certificates."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from cit_desktop.db import Database
from cit_desktop.services import (
    attendance,
    attendance_columns,
    blocks,
    certificates,
    classes,
    enrollment,
    finalize,
    hours,
    joining,
    makeups,
)

if TYPE_CHECKING:
    from cit_desktop.sample import Cast

Turn = Callable[[date], None]

_ALL = ("law_enforcement", "communications", "corrections", "fire_ems", "community")
# course, title, groups, people; one line a class of a year
_YEAR = (
    ("CIT40", "40-hour CIT", _ALL, 24),
    ("CIT40", "40-hour CIT", _ALL, 26),
    ("REF8", "CIT refresher", ("law_enforcement", "communications"), 16),
    ("DISP8", "CIT for dispatchers", ("communications",), 12),
    ("COMM4", "Community evening", ("community", "fire_ems"), 18),
)
_MONTHS = (3, 10, 5, 8, 6)
YEARS = 6


@dataclass(frozen=True)
class ClassPlan:
    """A class to be made.

    Attributes:
        stage: ``finished``, ``waiting`` (all marked, not finalized) or ``under way``.
    """

    course: str
    title: str
    start: date
    weekly: bool
    groups: Sequence[str]
    people: int
    location: str
    county: str
    stage: str = "finished"


def plan_classes(
    chance: random.Random, today: date, locations: Sequence[Sequence[str]]
) -> list[ClassPlan]:
    """Thirty classes over six years; the last two are waiting and under way. Oldest first."""
    plans = []
    for back in range(YEARS):
        for number, (course, title, groups, count) in enumerate(_YEAR):
            days = 60 + 365 * back + 30 * (12 - _MONTHS[number])
            start = _monday(today - timedelta(days=days))
            place, county = chance.choice(locations)
            weekly = course == "CIT40" and chance.random() < 0.3
            name = f"{title}, {start:%B %Y}"
            plans.append(ClassPlan(course, name, start, weekly, groups, count, place, county))
    plans.sort(key=lambda plan: plan.start)
    last = [_now("waiting", today - timedelta(days=12), locations[0])]
    last.append(_now("under way", today - timedelta(days=2), locations[1]))
    return [*plans[2:], *last]


def _now(stage: str, near: date, place: Sequence[str]) -> ClassPlan:
    start = _monday(near)
    title = f"40-hour CIT, {start:%B %Y}"
    return ClassPlan("CIT40", title, start, False, _ALL, 26, place[0], place[1], stage)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def run_class(
    db: Database, chapter_id: int, plan: ClassPlan, cast: Cast, chance: random.Random, turn: Turn
) -> None:
    """Take one class through its life, as far as its stage says."""
    with db.operation(f"Add class {plan.title}") as session:
        class_id = _make(session, chapter_id, plan, cast, chance)
    people = cast.some(chance, plan.groups, plan.people + chance.randrange(-3, 4))
    with db.operation(f"Import the sign-up list of {plan.title}") as session:
        joining.enroll_many(session, class_id, people)
        enrollment.assign_numbers(session, class_id)
    with db.read() as session:
        view = classes.view(session, class_id)
    turn(view.ends or plan.start)
    _mark(db, class_id, plan, chance, view.blocks)
    if plan.stage != "finished":
        return
    turn((view.ends or plan.start) + timedelta(days=3))
    with db.operation(f"Finalize class {view.code}") as session:
        finalize.finalize(session, class_id)
    with db.operation("Issue certificates", undoable=False) as session:
        if any(c.ready and not c.on_wish for c in certificates.eligible(session, class_id)):
            certificates.issue(session, class_id)


def _make(
    session: Session, chapter_id: int, plan: ClassPlan, cast: Cast, chance: random.Random
) -> int:
    teachers = cast.groups["community"][:6] + cast.groups["law_enforcement"][:4]
    lead = chance.choice(teachers)
    draft = classes.ClassDraft(
        title=plan.title,
        start=plan.start,
        course_code=plan.course,
        weekly=plan.weekly,
        location=plan.location,
        county=plan.county,
        seats=30,
        lead_instructor=cast.names[lead],
    )
    class_id = classes.create(session, chapter_id, draft)
    for block in classes.view(session, class_id).blocks:
        who = {lead, chance.choice(teachers)}
        blocks.set_instructors(session, block.id, [(person, "") for person in sorted(who)])
    return class_id


def _mark(
    db: Database, class_id: int, plan: ClassPlan, chance: random.Random, shown: Sequence[Any]
) -> None:
    done = shown[: len(shown) - 5] if plan.stage == "under way" else shown
    with db.operation(f"Mark attendance of {plan.title}", bulk=True) as session:
        grid = hours.grid(session, class_id)
        people = [person.id for person in grid.people]
        for block in done:
            for enrollment_id in people:
                _exception(session, chance, block, enrollment_id)
            if plan.stage != "under way" or block is not done[-1]:
                attendance_columns.fill_blanks(session, block.id)
        _make_up(session, chance, class_id)


def _exception(session: Session, chance: random.Random, block: Any, enrollment_id: int) -> None:
    """One in forty marks says something else than present."""
    if chance.random() > 0.025:
        return
    kinds: tuple[attendance.MarkKind, ...] = (
        "absent", "absent", "excused", "late", "left early",
    )  # fmt: skip
    kind = chance.choice(kinds)
    minutes = None
    if kind in ("late", "left early"):
        minutes = block.minutes - 15 * chance.randrange(1, 5)
    attendance.mark(session, block.id, enrollment_id, kind, minutes)


def _make_up(session: Session, chance: random.Random, class_id: int) -> None:
    """Every other short person makes up what is missing, where the course allows it."""
    grid = hours.grid(session, class_id)
    view = classes.view(session, class_id)
    if not view.makeup_allowed:
        return
    for (enrollment_id, block_id), mark in grid.marks.items():
        block = next(b for b in view.blocks if b.id == block_id)
        missing = block.minutes - mark.minutes
        if missing > 0 and chance.random() < 0.5:
            day = block.day + timedelta(days=5)
            makeups.add_makeup(
                session, enrollment_id, block_id, missing, day, "Lt. Dana Reyes", "Online module"
            )
