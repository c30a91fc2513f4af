"""The thirty classes of the sample chapter, from the first sign-up to the certificates."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from cit_desktop import clock
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

Turn = Callable[[date], None]

_BASIC, _REFRESHER = "CIT40", "REF8"
_ALL = ("law_enforcement", "communications", "corrections", "fire_ems", "community")
# course, title, groups, people, month; one line a class of a year
_YEAR = (
    (_BASIC, "40-hour CIT", _ALL, 24, 4),
    (_BASIC, "40-hour CIT", _ALL, 26, 9),
    (_REFRESHER, "CIT refresher", ("law_enforcement", "communications"), 16, 2),
    ("DISP8", "CIT for dispatchers", ("communications",), 12, 5),
    ("COMM4", "Community evening", ("community", "fire_ems"), 18, 6),
)
YEARS = 6
_MAKEUP_AFTER = timedelta(days=5)


@dataclass(frozen=True)
class ClassPlan:
    """A class to be made.

    Attributes:
        stage: ``finished``, ``waiting`` (all marked, not finalized) or ``under way``.
        marked_until: The last day of which attendance is marked.
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
    marked_until: date = date.max


@dataclass
class Cast:
    """Who is in the sample: ids of people by the group of their discipline.

    Attributes:
        trained: Who was in a basic course, and does not come to one again.
    """

    groups: dict[str, list[int]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    trained: set[int] = field(default_factory=set)

    def comers(self, chance: random.Random, plan: ClassPlan) -> list[int]:
        """Who signs up for a class, at random: to a refresher those who were trained."""
        pool = [person for group in plan.groups for person in self.groups.get(group, ())]
        if plan.course in (_BASIC, _REFRESHER):
            wanted = plan.course == _REFRESHER
            pool = [person for person in pool if (person in self.trained) == wanted]
        count = plan.people + chance.randrange(-3, 4)
        found = chance.sample(pool, min(count, len(pool)))
        if plan.course == _BASIC:
            self.trained.update(found)
        return found


def plan_classes(
    chance: random.Random, today: date, locations: Sequence[Sequence[str]]
) -> list[ClassPlan]:
    """Thirty classes over six years, oldest first; the last two are waiting and under way."""
    plans = []
    for year in range(today.year, today.year - YEARS - 1, -1):
        for course, title, groups, count, month in _YEAR:
            start = _monday(date(year, month, 14))
            weekly = course == _BASIC and chance.random() < 0.3
            place, county = chance.choice(locations)
            name = f"{title}, {start:%B %Y}"
            plans.append(ClassPlan(course, name, start, weekly, groups, count, place, county))
    past = [plan for plan in plans if plan.start < today - timedelta(days=60)]
    past.sort(key=lambda plan: plan.start)
    return [*past[-28:], *_now(today, locations)]


def _now(today: date, locations: Sequence[Sequence[str]]) -> list[ClassPlan]:
    """A class of the week before last that waits, and one of every Monday that is under way."""
    (here, county), (there, other_county) = locations[0], locations[1]
    ended, began = _monday(today) - timedelta(days=14), _monday(today) - timedelta(days=21)
    name = f"40-hour CIT, {ended:%B %Y}"
    mondays = f"40-hour CIT, Mondays from {began:%B} {began.day}"
    until = today - timedelta(days=1)
    return [
        ClassPlan(_BASIC, name, ended, False, _ALL, 26, here, county, "waiting"),
        ClassPlan(_BASIC, mondays, began, True, _ALL, 26, there, other_county, "under way", until),
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def run_class(
    db: Database, chapter_id: int, plan: ClassPlan, cast: Cast, chance: random.Random, turn: Turn
) -> None:
    """Take one class through its life, as far as its stage says."""
    with db.operation(f"Add class {plan.title}") as session:
        class_id = _make(session, chapter_id, plan, cast, chance)
    people = cast.comers(chance, plan)
    with db.operation(f"Import the sign-up list of {plan.title}") as session:
        joining.enroll_many(session, class_id, people)
        enrollment.assign_numbers(session, class_id)
    with db.read() as session:
        view = classes.view(session, class_id)
    ends = view.ends or plan.start
    turn(min(ends, plan.marked_until))
    _mark(db, class_id, plan, chance, view.blocks)
    turn(min(ends + _MAKEUP_AFTER, plan.marked_until))
    with db.operation(f"Enter what was made up of {plan.title}") as session:
        _make_up(session, chance, class_id)
    if plan.stage != "finished":
        return
    turn(ends + _MAKEUP_AFTER + timedelta(days=1))
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
    done = [block for block in shown if block.day <= plan.marked_until]
    with db.operation(f"Mark attendance of {plan.title}", bulk=True) as session:
        people = [person.id for person in hours.grid(session, class_id).people]
        for block in done:
            for enrollment_id in people:
                _exception(session, chance, block, enrollment_id)
            attendance_columns.fill_blanks(session, block.id)
        if plan.stage == "under way":
            for enrollment_id in chance.sample(people, 5):
                attendance.clear(session, done[-1].id, enrollment_id)


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
            day = block.day + _MAKEUP_AFTER
            if day > clock.today():
                continue
            makeups.add_makeup(
                session, enrollment_id, block_id, missing, day, "Lt. Dana Reyes", "Online module"
            )
