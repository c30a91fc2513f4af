"""Sheets, schedules and forms to draw: short ones, and ones with all that is long."""

from __future__ import annotations

from datetime import date, timedelta

from cit_desktop import catalogs
from cit_desktop.documents.schedules import (
    ClassSchedule,
    EvaluationForm,
    RatedDay,
    RatedPart,
    ScheduleBlock,
    ScheduleDay,
)
from cit_desktop.documents.sign_ins import SignInLine, SignInSheet, SignInSpan
from cit_desktop.services.layout import block_title, plan

MONDAY = date(2026, 10, 12)
CODE, TITLE = "CIT40-2026-01", "40-hour CIT, October 2026"
CHAPTER = "Ozark Ridge CIT Council"
LONG_NAME = "Featherstonehaugh-Castellanos, Maximiliana Guadalupe Inés Jr."
LONG_AGENCY = "Saint Louis Regional Crisis Response, Department of Behavioral Health"
LONG_TITLE = "Crisis Intervention Team, forty hours, for the counties of the Ozark Ridge, fall 2026"
LONG_PLACE = "Phelps County Courthouse, second floor, Rolla, Missouri"
HALVES = (
    SignInSpan("Monday morning", 480, 720),
    SignInSpan("Monday afternoon", 780, 1020),
)
QUARTERS = (
    SignInSpan("Welcome, pre-test, CIT overview and officer perspective", 480, 600),
    SignInSpan("Personality disorders", 600, 720),
    SignInSpan("Psychotropic medications and side effects", 780, 900),
    SignInSpan("Active listening and de-escalation I", 900, 1020),
)
NAMES = ("Allen, Margaret", "Nguyễn, Thị Ánh", "O'Brien, Donald", "Šimić, Łukasz", "Young, Zoë")


def people(count):
    return tuple(
        SignInLine(n, NAMES[n % 5], "Rolla Police Department", f"00{n:05}")
        for n in range(1, count + 1)
    )


def sheet(count=3, spans=HALVES, lines=None, **parts):
    found = people(count) if lines is None else lines
    values = {"title": TITLE, "location": "Courthouse, Rolla", "lead_instructor": "Dep. R. Hill"}
    return SignInSheet(
        code=CODE,
        chapter=CHAPTER,
        day=MONDAY,
        spans=spans,
        lines=found,
        walk_ins=tuple(range(len(found) + 1, len(found) + 11)),
        **values | parts,
    )


def long_sheet(count=22):
    """Every second name and every third agency is long; four blocks."""
    lines = tuple(
        one._replace(
            name=LONG_NAME if one.number % 2 else one.name,
            agency=LONG_AGENCY if one.number % 3 else one.agency,
        )
        for one in people(count)
    )
    hill = SignInLine(None, "Hill, Robert", "Phelps County Sheriff", role="Instructor")
    return sheet(
        spans=QUARTERS,
        lines=(*lines, hill),
        title=LONG_TITLE,
        location=LONG_PLACE,
        lead_instructor="Lieutenant Colonel Maximiliana Featherstonehaugh",
    )


def _days(course, taught, **how):
    found: dict[date, list[ScheduleBlock]] = {}
    for block in plan(catalogs.course(course).modules, MONDAY, **how):
        titles = [part.title for part in block.parts]
        same = len(titles) == 1
        modules = () if same else tuple((part.title, part.minutes) for part in block.parts)
        named = same or block.title != block_title(titles)
        made = ScheduleBlock(
            *(block.title, block.starts_at, block.starts_at + block.minutes, block.minutes),
            *(modules, taught, named),
        )
        found.setdefault(block.day, []).append(made)
    return tuple(ScheduleDay(day, tuple(blocks)) for day, blocks in found.items())


def schedule(course="CIT40", taught=("Robert Hill, Deputy",), title=TITLE, **how):
    return ClassSchedule(
        *(CODE, title, catalogs.course(course).title, CHAPTER, "Courthouse, Rolla"),
        *("Dep. R. Hill", _days(course, taught, **how)),
    )


MANY = (
    "Robert Hill, Deputy Sheriff and Crisis Intervention Coordinator",
    "Maximiliana Guadalupe Featherstonehaugh-Castellanos, Licensed Clinical Social Worker",
    "Ewa Nowak",
)


def long_schedule():
    """Weekly, with three instructors of long names for each block, and a named one."""
    made = schedule(taught=MANY, title=LONG_TITLE, weekly=True)
    first, *rest = made.days
    named = first.blocks[0]._replace(title="Opening of the class by the council", named=True)
    days = (first._replace(blocks=(named, *first.blocks[1:])), *rest)
    return ClassSchedule(
        CODE, LONG_TITLE, made.course, CHAPTER, LONG_PLACE, "Lt. Col. M. Castellanos", days
    )


def form(course="INS8", taught=(), title=TITLE, weeks=1):
    days = [
        RatedDay(
            day.day + timedelta(weeks=week),
            tuple(
                RatedPart(name, block.instructors)
                for block in day.blocks
                for name in [name for name, _ in block.modules] or [block.title]
            ),
        )
        for week in range(weeks)
        for day in _days(course, taught)
    ]
    place, asked = "Courthouse, Rolla", catalogs.evaluation()
    return EvaluationForm(CODE, title, CHAPTER, place, tuple(days), asked)
