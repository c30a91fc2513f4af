"""Lists of classes and the page of one: a handful of selects each, never one a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Text,
    and_,
    bindparam,
    column,
    func,
    select,
    table,
)
from sqlalchemy.orm import Session

from cit_desktop import clock, search_index
from cit_desktop.errors import NotFound
from cit_desktop.models import (
    Attendance,
    Block,
    BlockInstructor,
    BlockPart,
    Certificate,
    Chapter,
    Course,
    Enrollment,
    Person,
    TrainingClass,
)
from cit_desktop.services import names
from cit_desktop.services.class_views import (
    BlockView,
    ClassCounts,
    ClassFilter,
    ClassRow,
    ClassSort,
    ClassView,
    InstructorView,
    PartView,
)

VALID = ("issued", "on record")
_EVERYTHING = ClassFilter()

_SORTS: dict[ClassSort, tuple[Any, ...]] = {
    "starts": (TrainingClass.starts, TrainingClass.code),
    "code": (TrainingClass.code,),
    "title": (func.lower(TrainingClass.title), TrainingClass.starts),
    "course": (Course.code, TrainingClass.starts),
    "status": (TrainingClass.status, TrainingClass.starts),
    "location": (func.lower(TrainingClass.location), TrainingClass.starts),
}


def ids(
    session: Session,
    narrowed: ClassFilter = _EVERYTHING,
    sort: ClassSort = "starts",
    descending: bool = True,
) -> list[int]:
    """Classes in order; the newest first unless asked otherwise."""
    query = select(TrainingClass.id).join(Course, Course.id == TrainingClass.course_id)
    for condition in _conditions(narrowed):
        query = query.where(condition)
    keys = (*_SORTS[sort], TrainingClass.id)
    query = query.order_by(*(key.desc() if descending else key for key in keys))
    return list(session.scalars(query))


def rows(session: Session, class_ids: Sequence[int]) -> dict[int, ClassRow]:
    """What a list shows of these classes."""
    query = _ROWS.where(TrainingClass.id.in_(class_ids))
    found = session.execute(query, {"today": clock.today()})
    return {row[0]: ClassRow(*row) for row in found}


def years(session: Session) -> list[int]:
    """The years in which classes began, the latest first."""
    year = func.substr(TrainingClass.starts, 1, 4, type_=Integer)
    query = select(year).where(TrainingClass.starts.is_not(None)).distinct()
    return sorted((int(found) for found in session.scalars(query)), reverse=True)


def view(session: Session, class_id: int) -> ClassView:
    """Everything about a class but its people.

    Raises:
        NotFound: There is no such class.
    """
    row = session.execute(
        select(TrainingClass, Course.code, Course.title, Chapter.name)
        .join(Course, Course.id == TrainingClass.course_id)
        .join(Chapter, Chapter.id == TrainingClass.chapter_id)
        .where(TrainingClass.id == class_id)
    ).first()
    if row is None:
        raise NotFound("This class no longer exists.", "It was removed, or an undo took it back.")
    found, course_code, course_title, chapter = row
    values = {name: getattr(found, name) for name in _SAME}
    return ClassView(
        **values,
        chapter=chapter,
        course_code=course_code,
        course_title=course_title,
        blocks=blocks(session, class_id),
        counts=counts(session, class_id),
    )


def blocks(session: Session, class_id: int) -> tuple[BlockView, ...]:
    """The blocks of a class in the order of the clock, with parts and instructors."""
    parts, instructors = _parts(session, class_id), _instructors(session, class_id)
    marks = dict(
        session.execute(
            select(Attendance.block_id, func.count())
            .join(Block, Block.id == Attendance.block_id)
            .where(Block.class_id == class_id)
            .group_by(Attendance.block_id)
        )
        .tuples()
        .all()
    )
    found = session.scalars(
        select(Block).where(Block.class_id == class_id).order_by(Block.day, Block.starts_at)
    )
    return tuple(
        BlockView(
            id=block.id,
            version=block.version,
            day=block.day,
            starts_at=block.starts_at,
            minutes=block.minutes,
            title=block.title,
            parts=tuple(parts[block.id]),
            instructors=tuple(instructors[block.id]),
            marks=marks.get(block.id, 0),
        )
        for block in found
    )


def counts(session: Session, class_id: int) -> ClassCounts:
    """How many people of a class are what."""
    tally: defaultdict[str, int] = defaultdict(int)
    for role, result, number in session.execute(
        select(Enrollment.role, Enrollment.result, func.count())
        .where(Enrollment.class_id == class_id)
        .group_by(Enrollment.role, Enrollment.result)
    ):
        if result == "withdrawn":
            tally["withdrawn"] += number
        else:
            tally[f"{role}s"] += number
            tally[result] += number
    row = rows(session, [class_id])[class_id]
    return ClassCounts(
        trainees=tally["trainees"],
        instructors=tally["instructors"],
        observers=tally["observers"],
        withdrawn=tally["withdrawn"],
        completed=tally["completed"],
        partial=tally["partial"],
        unmarked=row.unmarked,
        certificates=row.certificates,
    )


_SAME = (
    *("id", "uid", "version", "chapter_id", "course_id", "code", "title", "location", "county"),
    *("seats", "lead_instructor", "course_number", "starts", "ends", "status", "minutes"),
    *("min_attendance", "min_score", "scenario_required", "makeup_allowed", "finalized_at"),
    *("reopen_reason", "note", "archived"),
)
_TRAINEE = and_(
    Enrollment.class_id == TrainingClass.id,
    Enrollment.role == "trainee",
    Enrollment.result != "withdrawn",
)
_BEGUN = Block.day <= bindparam("today")


def _number(query: Select[tuple[int]]) -> ScalarSelect[int]:
    return query.correlate(TrainingClass).scalar_subquery()


def _row_query() -> Select[Any]:
    count = func.count
    block_count = _number(
        select(count()).select_from(Block).where(Block.class_id == TrainingClass.id)
    )
    trainees = _number(select(count()).select_from(Enrollment).where(_TRAINEE))
    completed = _number(
        select(count()).select_from(Enrollment).where(_TRAINEE, Enrollment.result == "completed")
    )
    certificates = _number(
        select(count())
        .select_from(Certificate)
        .where(Certificate.class_id == TrainingClass.id, Certificate.status.in_(VALID))
    )
    return select(
        *(TrainingClass.id, TrainingClass.code, TrainingClass.title, Course.code),
        *(TrainingClass.starts, TrainingClass.ends, TrainingClass.status, TrainingClass.location),
        *(TrainingClass.county, TrainingClass.minutes, TrainingClass.seats),
        *(TrainingClass.archived, block_count, trainees, completed, _unmarked(), certificates),
    ).join(Course, Course.id == TrainingClass.course_id)


def _unmarked() -> ColumnElement[int]:
    """Trainees times blocks up to today, less their marks; 0 when nothing can be marked."""
    begun = _number(
        select(func.count()).select_from(Block).where(Block.class_id == TrainingClass.id, _BEGUN)
    )
    trainees = _number(select(func.count()).select_from(Enrollment).where(_TRAINEE))
    marks = _number(
        select(func.count())
        .select_from(Attendance)
        .join(Enrollment, Enrollment.id == Attendance.enrollment_id)
        .join(Block, Block.id == Attendance.block_id)
        .where(_TRAINEE, _BEGUN)
    )
    return func.iif(TrainingClass.status == "open", begun * trainees - marks, 0, type_=Integer)


_ROWS = _row_query()


def _conditions(narrowed: ClassFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrowed.year is not None:
        first, last = date(narrowed.year, 1, 1), date(narrowed.year, 12, 31)
        found.append(TrainingClass.starts.between(first, last))
    if narrowed.status is not None:
        found.append(TrainingClass.status == narrowed.status)
    if narrowed.course_id is not None:
        found.append(TrainingClass.course_id == narrowed.course_id)
    if narrowed.chapter_id is not None:
        found.append(TrainingClass.chapter_id == narrowed.chapter_id)
    if not narrowed.archived:
        found.append(~TrainingClass.archived)
    typed = _found_by(narrowed.text)
    if typed is not None:
        found.append(typed)
    return found


_INDEX = table("search", column("rowid", Integer), column("words", Text))
_PLACE = search_index.KINDS.index("training_class")


def _found_by(typed: str) -> ColumnElement[bool] | None:
    words = search_index.match_query(typed)
    if not words:
        return None
    found = select(_INDEX.c.rowid // search_index.STEP).where(
        _INDEX.c.words.match(words), _INDEX.c.rowid % search_index.STEP == _PLACE
    )
    return TrainingClass.id.in_(found)


def _parts(session: Session, class_id: int) -> defaultdict[int, list[PartView]]:
    found: defaultdict[int, list[PartView]] = defaultdict(list)
    for block_id, *values in session.execute(
        select(
            BlockPart.block_id,
            BlockPart.title,
            BlockPart.minutes,
            BlockPart.delivery,
            BlockPart.area,
        )
        .join(Block, Block.id == BlockPart.block_id)
        .where(Block.class_id == class_id)
        .order_by(BlockPart.block_id, BlockPart.position)
    ):
        found[block_id].append(PartView(*values))
    return found


def _instructors(session: Session, class_id: int) -> defaultdict[int, list[InstructorView]]:
    found: defaultdict[int, list[InstructorView]] = defaultdict(list)
    for block_id, person_id, title, *name in session.execute(
        select(
            *(BlockInstructor.block_id, BlockInstructor.person_id, BlockInstructor.title),
            *(Person.first, Person.middle, Person.last, Person.suffix),
        )
        .join(Block, Block.id == BlockInstructor.block_id)
        .join(Person, Person.id == BlockInstructor.person_id)
        .where(Block.class_id == class_id)
        .order_by(BlockInstructor.block_id, BlockInstructor.id)
    ):
        found[block_id].append(InstructorView(person_id, names.full(*name), title))
    return found
