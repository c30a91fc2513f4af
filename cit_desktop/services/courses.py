"""The course catalogue of the records: seeded from the shipped courses, then the chapter's own."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from cit_desktop import catalogs
from cit_desktop.catalogs import Module
from cit_desktop.errors import NotFound
from cit_desktop.models import Course, CourseModule, TrainingClass
from cit_desktop.services.class_guard import Faults
from cit_desktop.services.course_checks import (
    EDITABLE,
    check_modules,
    clean_module,
    cleaned,
    faults_of,
)
from cit_desktop.services.course_views import CourseDraft, CourseRow, CourseView
from cit_desktop.services.records import expect_version, fetch, known_only
from cit_desktop.text import clean, fold


def seed(session: Session) -> int:
    """Take the shipped courses whose code the records lack; tells how many were missing."""
    known = set(session.scalars(select(Course.code)))
    missing = [course for course in catalogs.courses() if course.code not in known]
    made = [Course(**_values(_draft(shipped))) for shipped in missing]
    session.add_all(made)
    session.flush()
    for course, shipped in zip(made, missing, strict=True):
        session.add_all(_modules(course.id, shipped.modules))
    session.flush()
    return len(missing)


def ids(session: Session, *, archived: bool = False) -> list[int]:
    """Courses in use, basic ones first, then by title; with ``archived`` also the others."""
    query = select(Course.id).order_by(Course.basic.desc(), Course.title, Course.id)
    if not archived:
        query = query.where(~Course.archived)
    return list(session.scalars(query))


def rows(session: Session, course_ids: Sequence[int]) -> dict[int, CourseRow]:
    """What a list shows of these courses."""
    columns = (
        *(Course.id, Course.version, Course.code, Course.title, Course.minutes, Course.audience),
        *(Course.basic, Course.refresher, Course.archived, _MODULES, _CLASSES),
    )
    found = session.execute(select(*columns).where(Course.id.in_(course_ids)))
    return {row[0]: CourseRow(*row) for row in found}


def listing(session: Session, *, archived: bool = False) -> list[CourseRow]:
    """Every course in the order of :func:`ids`."""
    wanted = ids(session, archived=archived)
    found = rows(session, wanted)
    return [found[course_id] for course_id in wanted]


def view(session: Session, course_id: int) -> CourseView:
    """A course with its outline.

    Raises:
        NotFound: There is no such course.
    """
    course = fetch(session, Course, course_id, "course")
    modules = outline(session, course_id)
    sums = dict.fromkeys(catalogs.AREAS, 0)
    for module in modules:
        sums[module.area] = sums.get(module.area, 0) + module.minutes
    classes = session.scalar(
        select(func.count()).select_from(TrainingClass).where(TrainingClass.course_id == course_id)
    )
    names = ("id", "uid", "version", "archived", *EDITABLE)
    values: dict[str, Any] = {name: getattr(course, name) for name in names}
    return CourseView(**values, classes=classes or 0, modules=modules, area_minutes=sums)


def by_code(session: Session, code: str) -> int:
    """The id of the course with this code, whatever its case.

    Raises:
        NotFound: There is none; the sentence names the codes that look like it.
    """
    codes = dict(session.execute(select(Course.code, Course.id)).tuples().all())
    for found, key in codes.items():
        if fold(found) == fold(code):
            return key
    near = difflib.get_close_matches(clean(code).upper(), codes, n=3, cutoff=0.5)
    hint = f"Perhaps {' or '.join(near)} is meant." if near else "The course list has every code."
    raise NotFound(f"There is no course with the code “{clean(code)}”.", hint)


def outline(session: Session, course_id: int) -> tuple[Module, ...]:
    """The modules of a course in order."""
    query = (
        select(
            CourseModule.day,
            CourseModule.title,
            CourseModule.minutes,
            CourseModule.delivery,
            CourseModule.area,
        )
        .where(CourseModule.course_id == course_id)
        .order_by(CourseModule.position)
    )
    return tuple(Module(*row) for row in session.execute(query))


def add(session: Session, draft: CourseDraft) -> int:
    """Add a course to the catalogue; gives its id.

    Raises:
        Refused: A value is missing or wrong, or the code is taken.
    """
    values = _values(draft)
    modules = tuple(clean_module(module) for module in draft.modules)
    faults = faults_of(session, values, None)
    check_modules(faults, modules)
    faults.refuse()
    course = Course(**values)
    session.add(course)
    session.flush()
    session.add_all(_modules(course.id, modules))
    session.flush()
    return course.id


def update(session: Session, course_id: int, version: int, **fields: Any) -> None:
    """Change a course. Classes made from it keep the rule they were made with.

    Args:
        fields: Any of ``EDITABLE``.

    Raises:
        Conflict: The course was changed since ``version``.
        Refused: A value is wrong, or the minutes differ from those of the outline.
    """
    known_only(fields, EDITABLE)
    course = fetch(session, Course, course_id, "course")
    expect_version(course, version, "course")
    values = cleaned(fields)
    faults = faults_of(session, values, course_id)
    taught = sum(module.minutes for module in outline(session, course_id))
    wanted = values.get("minutes", course.minutes)
    faults.unless(
        taught in (0, wanted),
        "minutes",
        f"The outline adds up to {taught} minutes, not {wanted}; change the outline instead.",
    )
    faults.refuse()
    for name, value in values.items():
        setattr(course, name, value)


def set_outline(session: Session, course_id: int, version: int, modules: Sequence[Module]) -> None:
    """Replace the outline of a course; its minutes become those of the modules.

    Raises:
        Conflict: The course was changed since ``version``.
        Refused: A module is wrong, or the days do not run from 1 upward.
    """
    course = fetch(session, Course, course_id, "course")
    expect_version(course, version, "course")
    taught = tuple(clean_module(module) for module in modules)
    faults = Faults()
    check_modules(faults, taught)
    faults.unless(bool(taught), "modules", "The outline needs at least one module.")
    faults.refuse()
    _write_outline(session, course_id, taught)
    course.minutes = sum(module.minutes for module in taught)
    flag_modified(course, "minutes")  # a new outline is a new state, whatever its minutes
    session.flush()


def set_archived(session: Session, course_id: int, version: int, archived: bool = True) -> None:
    """Take a course out of the lists, or put it back. Its classes stay.

    Raises:
        Conflict: The course was changed since ``version``.
    """
    course = fetch(session, Course, course_id, "course")
    expect_version(course, version, "course")
    course.archived = archived


_MODULES = (
    select(func.count())
    .select_from(CourseModule)
    .where(CourseModule.course_id == Course.id)
    .correlate(Course)
    .scalar_subquery()
)
_CLASSES = (
    select(func.count())
    .select_from(TrainingClass)
    .where(TrainingClass.course_id == Course.id)
    .correlate(Course)
    .scalar_subquery()
)


def _draft(shipped: catalogs.Course) -> CourseDraft:
    rule = shipped.completion
    return CourseDraft(
        code=shipped.code,
        title=shipped.title,
        audience=shipped.audience,
        basic=shipped.basic,
        refresher=shipped.refresher,
        post_credit=shipped.post_credit,
        prerequisite=shipped.prerequisite or "",
        validity_months=shipped.validity_months,
        refresher_months=shipped.refresher_months,
        min_attendance=rule.min_attendance,
        min_score=rule.min_score,
        scenario_required=rule.scenario_required,
        makeup_allowed=rule.makeup_allowed,
        source=shipped.source,
        modules=shipped.modules,
    )


def _values(draft: CourseDraft) -> dict[str, Any]:
    values = cleaned({name: getattr(draft, name) for name in EDITABLE})
    if draft.modules:
        values["minutes"] = sum(module.minutes for module in draft.modules)
    return values


def _modules(course_id: int, modules: Sequence[Module]) -> list[CourseModule]:
    return [
        CourseModule(course_id=course_id, position=position, **asdict(module))
        for position, module in enumerate(modules)
    ]


def _write_outline(session: Session, course_id: int, modules: Sequence[Module]) -> None:
    session.execute(delete(CourseModule).where(CourseModule.course_id == course_id))
    session.add_all(_modules(course_id, modules))
    session.flush()


__all__ = [
    "EDITABLE",
    "CourseDraft",
    "CourseRow",
    "CourseView",
    "Module",
    "add",
    "by_code",
    "ids",
    "listing",
    "outline",
    "rows",
    "seed",
    "set_archived",
    "set_outline",
    "update",
    "view",
]
