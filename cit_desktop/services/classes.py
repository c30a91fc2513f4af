"""Training classes: made from a course, changed, cancelled, put away, listed and shown."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, exists, func, insert, select
from sqlalchemy.orm import Session

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Block, BlockPart, Certificate, Chapter, Course, TrainingClass
from cit_desktop.services import courses, layout
from cit_desktop.services.class_guard import Faults
from cit_desktop.services.class_reading import VALID, ids, rows, view, years
from cit_desktop.services.class_views import (
    BlockView,
    ClassCounts,
    ClassDraft,
    ClassFilter,
    ClassRow,
    ClassSort,
    ClassView,
    InstructorView,
    PartView,
    Status,
)
from cit_desktop.services.layout import BlockPlan
from cit_desktop.services.records import expect_version, fetch, known_only
from cit_desktop.text import clean, clean_lines, fold

_RULE = ("min_attendance", "min_score", "scenario_required", "makeup_allowed")
_WORDS = frozenset(
    {"code", "title", "location", "county", "lead_instructor", "course_number", "note"}
)
EDITABLE = _WORDS | frozenset({"seats", "minutes", *_RULE})
# What may still be written into a class that is locked. States often give the course number
# afterwards: state rosters, drawn anew each time, show the one of today, and so do certificates
# issued from then on; those issued before are frozen with the one of their day.
ALWAYS_EDITABLE = frozenset({"course_number", "note"})


def create(session: Session, chapter_id: int, draft: ClassDraft) -> int:
    """Make a class with its blocks from the outline of a course; gives its id.

    The completion rule is copied, so that later changes of the course leave the class alone.

    Raises:
        NotFound: There is no such chapter or course.
        Refused: A value is wrong, the code is taken, or a day of the outline is too long.
    """
    fetch(session, Chapter, chapter_id, "chapter")
    course = _course(session, draft)
    values = _cleaned({name: getattr(draft, name) for name in (_WORDS | {"seats"})})
    values["title"] = values["title"] or course.title
    values["code"] = values["code"] or _next_code(session, course.code, draft.start.year)
    _faults(session, values, None).refuse()
    plans = preview(session, draft)
    made = TrainingClass(
        **values,
        **{name: getattr(course, name) for name in _RULE},
        chapter_id=chapter_id,
        course_id=course.id,
        minutes=course.minutes,
        starts=min(plan.day for plan in plans),
        ends=max(plan.day for plan in plans),
    )
    session.add(made)
    session.flush()
    _add_blocks(session, made.id, plans)
    return made.id


def preview(session: Session, draft: ClassDraft) -> tuple[BlockPlan, ...]:
    """The blocks that a class of this draft would get.

    Raises:
        NotFound: There is no such course.
        Refused: A day of its outline is too long.
    """
    course = _course(session, draft)
    modules = courses.outline(session, course.id)
    return layout.plan(
        modules or layout.without_outline(course.title, course.minutes),
        draft.start,
        weekly=draft.weekly,
        layout=draft.layout,
    )


def update(session: Session, class_id: int, version: int, **fields: Any) -> None:
    """Change the facts of a class.

    Args:
        fields: Any of ``EDITABLE``; a locked class takes only those of ``ALWAYS_EDITABLE``.

    Raises:
        Conflict: The class was changed since ``version``.
        Refused: A value is wrong, or the class is locked.
    """
    known_only(fields, EDITABLE)
    found = fetch(session, TrainingClass, class_id, "class")
    expect_version(found, version, "class")
    values = _cleaned(fields)
    changed = {name for name, value in values.items() if value != getattr(found, name)}
    if found.status != "open" and changed - ALWAYS_EDITABLE:
        raise Refused(
            f"{found.code} is {found.status}; only its note and course number can change.",
            "Reopen the class, with a reason, to change more."
            if found.status == "finalized"
            else "",
            dict.fromkeys(changed - ALWAYS_EDITABLE, "Locked."),
        )
    _faults(session, values, class_id).refuse()
    for name in changed:
        setattr(found, name, values[name])


def cancel(session: Session, class_id: int) -> None:
    """Call a class off; its people and marks stay as they are.

    Raises:
        Refused: It is not open, or has certificates.
    """
    found = fetch(session, TrainingClass, class_id, "class")
    if found.status != "open":
        raise Refused(
            f"{found.code} is {found.status} and cannot be cancelled.",
            "Only an open class can be cancelled.",
        )
    issued = exists().where(Certificate.class_id == class_id, Certificate.status.in_(VALID))
    if session.scalar(select(issued)):
        raise Refused(
            f"Certificates of {found.code} are in force, so it cannot be cancelled.",
            "Revoke them first if the class did not take place.",
        )
    found.status = "cancelled"


def reinstate(session: Session, class_id: int) -> None:
    """Open a cancelled class again.

    Raises:
        Refused: It is not cancelled.
    """
    found = fetch(session, TrainingClass, class_id, "class")
    if found.status != "cancelled":
        raise Refused(f"{found.code} is not cancelled; it is {found.status}.")
    found.status = "open"


def archive(session: Session, class_id: int) -> None:
    """Put a class away: lists leave it out, everything else stays."""
    fetch(session, TrainingClass, class_id, "class").archived = True


def unarchive(session: Session, class_id: int) -> None:
    """Put a class back into the lists."""
    fetch(session, TrainingClass, class_id, "class").archived = False


def by_code(session: Session, code: str) -> int:
    """The id of the class with this code, whatever its case.

    Raises:
        NotFound: There is none; the sentence names the codes that look like it.
    """
    wanted = clean(code)
    found = session.scalar(select(TrainingClass.id).where(TrainingClass.code == wanted))
    if found is not None:
        return found
    codes = {fold(key): (key, id_) for id_, key in session.execute(_CODES).tuples()}
    if fold(wanted) in codes:
        return codes[fold(wanted)][1]
    near = difflib.get_close_matches(fold(wanted), codes, n=3, cutoff=0.6)
    listed = " or ".join(codes[key][0] for key in near)
    hint = f"Perhaps {listed} is meant." if near else "The list of classes has every code."
    raise NotFound(f"There is no class with the code “{wanted}”.", hint)


_CODES = select(TrainingClass.id, TrainingClass.code)


def _course(session: Session, draft: ClassDraft) -> Course:
    if draft.course_id is None and not clean(draft.course_code):
        sentence = "A class needs a course."
        raise Refused(sentence, "Choose one of the catalogue.", {"course_id": sentence})
    course_id = draft.course_id
    if course_id is None:
        course_id = courses.by_code(session, draft.course_code)
    return fetch(session, Course, course_id, "course")


def _next_code(session: Session, course_code: str, year: int) -> str:
    prefix = f"{course_code}-{year:04}-"
    taken = session.scalars(
        select(TrainingClass.code).where(TrainingClass.code.startswith(prefix, autoescape=True))
    )
    used = [int(code[len(prefix) :]) for code in taken if code[len(prefix) :].isdecimal()]
    return f"{prefix}{max(used, default=0) + 1:02}"


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    for name in _WORDS & values.keys():
        values[name] = (clean_lines if name == "note" else clean)(values[name])
    return values


def _faults(session: Session, values: dict[str, Any], class_id: int | None) -> Faults:
    faults = Faults()
    code = values.get("code")
    if code is not None:
        faults.unless(bool(code), "code", "A class needs a code.")
        taken = exists().where(
            func.lower(TrainingClass.code) == code.lower(), TrainingClass.id.is_not(class_id)
        )
        faults.unless(
            not session.scalar(select(taken)), "code", f"There is a class {code} already."
        )
    faults.unless(values.get("title") != "", "title", "A class needs a title.")
    seats = values.get("seats")
    faults.unless(seats is None or seats >= 1, "seats", "A class has at least one seat.")
    faults.unless(values.get("minutes", 1) >= 1, "minutes", "A class counts at least 1 minute.")
    percent = values.get("min_attendance", 100)
    faults.unless(
        0 <= percent <= 100, "min_attendance", "The attendance needed is between 0 and 100 percent."
    )
    score = values.get("min_score")
    faults.unless(
        score is None or 0 <= score <= 100,
        "min_score",
        "The score needed is between 0 and 100 percent, or none.",
    )
    return faults


def _add_blocks(session: Session, class_id: int, plans: Sequence[BlockPlan]) -> None:
    blocks = [
        Block(
            class_id=class_id,
            day=plan.day,
            starts_at=plan.starts_at,
            minutes=plan.minutes,
            title=plan.title,
        )
        for plan in plans
    ]
    session.add_all(blocks)
    session.flush()
    parts = [
        {
            "block_id": block.id,
            "position": position,
            "title": part.title,
            "minutes": part.minutes,
            "delivery": part.delivery,
            "area": part.area,
        }
        for block, plan in zip(blocks, plans, strict=True)
        for position, part in enumerate(plan.parts)
    ]
    if parts:
        session.execute(insert(_PARTS), parts)


_PARTS = cast(Table, BlockPart.__table__)


__all__ = [
    "ALWAYS_EDITABLE",
    "EDITABLE",
    "BlockView",
    "ClassCounts",
    "ClassDraft",
    "ClassFilter",
    "ClassRow",
    "ClassSort",
    "ClassView",
    "InstructorView",
    "PartView",
    "Status",
    "archive",
    "by_code",
    "cancel",
    "create",
    "ids",
    "preview",
    "reinstate",
    "rows",
    "unarchive",
    "update",
    "view",
    "years",
]
