"""The schedule of a class as a paper, and the form on which people say how it was."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.documents.schedules import (
    ClassSchedule,
    EvaluationForm,
    RatedDay,
    RatedPart,
    ScheduleBlock,
    ScheduleDay,
)
from cit_desktop.errors import Refused
from cit_desktop.services import class_reading
from cit_desktop.services.class_views import BlockView, ClassView
from cit_desktop.services.layout import block_title

MOST_RATED: Final = 40  # of more modules the blocks are rated, for nobody rates them all


def schedule(session: Session, class_id: int) -> ClassSchedule:
    """What is taught when, where and by whom.

    Raises:
        NotFound: There is no such class.
        Refused: The class has no blocks yet.
    """
    shown = class_reading.view(session, class_id)
    return ClassSchedule(
        code=shown.code,
        title=shown.title,
        course=shown.course_title,
        chapter=shown.chapter,
        location=shown.location,
        lead_instructor=shown.lead_instructor,
        days=_days(shown),
    )


def evaluation(session: Session, class_id: int) -> EvaluationForm:
    """The form for everything that is taught in a class.

    Raises:
        NotFound: There is no such class.
        Refused: The class has no blocks yet.
    """
    shown = class_reading.view(session, class_id)
    days = _days(shown)
    modules = sum(len(block.modules) or 1 for day in days for block in day.blocks)
    return EvaluationForm(
        code=shown.code,
        title=shown.title,
        chapter=shown.chapter,
        location=shown.location,
        days=tuple(_rated(day, modules <= MOST_RATED) for day in days),
        asked=catalogs.evaluation(),
    )


def _days(shown: ClassView) -> tuple[ScheduleDay, ...]:
    if not shown.blocks:
        raise Refused(
            f"{shown.code} has no blocks yet, so there is nothing to print.",
            "Add them on the class's Schedule tab.",
        )
    return tuple(
        ScheduleDay(day, tuple(_block(block) for block in group))
        for day, group in groupby(shown.blocks, key=lambda block: block.day)
    )


def _block(block: BlockView) -> ScheduleBlock:
    modules = tuple((part.title, part.minutes) for part in block.parts)
    titles = [title for title, _ in modules]
    same = len(titles) == 1 and block.title.startswith(titles[0])  # also “…, part 2”
    return ScheduleBlock(
        title=block.title,
        starts_at=block.starts_at,
        ends_at=block.ends_at,
        minutes=block.minutes,
        modules=() if same else modules,
        instructors=tuple(
            f"{one.name}, {one.title}" if one.title else one.name for one in block.instructors
        ),
        named=same or block.title != block_title(titles),
    )


def _rated(day: ScheduleDay, by_module: bool) -> RatedDay:
    """What is rated of a day; a module that goes on after lunch is rated once."""
    found: dict[tuple[str, tuple[str, ...]], RatedPart] = {}
    for block in day.blocks:
        titles = [title for title, _ in block.modules] if by_module else []
        for title in titles or [block.title]:
            found.setdefault((title, block.instructors), RatedPart(title, block.instructors))
    return RatedDay(day.day, tuple(found.values()))
