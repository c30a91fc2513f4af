"""Rules that classes, attendance and people must keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session, aliased

from cit_desktop.models import (
    Attendance,
    Block,
    BlockPart,
    Course,
    CourseModule,
    Enrollment,
    Makeup,
    Person,
    PersonAlias,
    StateNumber,
    TrainingClass,
)
from cit_desktop.services import names
from cit_desktop.services.findings import Finding, counted, some


def beyond_block(session: Session) -> Iterator[Finding]:
    """People with more minutes in a block than it lasts."""
    attended = _minutes_by_block()
    rows = session.execute(
        select(
            Person.first,
            Person.middle,
            Person.last,
            Person.suffix,
            TrainingClass.code,
            Block.title,
            Block.minutes,
            func.max(attended.c.minutes).label("attended"),
        )
        .select_from(attended)
        .join(Block, Block.id == attended.c.block_id)
        .join(TrainingClass, TrainingClass.id == Block.class_id)
        .join(Enrollment, Enrollment.id == attended.c.enrollment_id)
        .join(Person, Person.id == Enrollment.person_id)
        .where(attended.c.minutes > Block.minutes)
        .group_by(attended.c.enrollment_id, attended.c.block_id)
    )
    for row in rows:
        name = names.full(row.first, row.middle, row.last, row.suffix)
        yield Finding(
            "error",
            f"{name} has {row.attended} minutes in “{row.title}” of {row.code}, which lasts "
            f"{row.minutes}.",
            "Mark the attendance of that block again.",
        )


def misplaced_attendance(session: Session) -> Iterator[Finding]:
    """Attendance kept in a block of another class."""
    for table, what in ((Attendance, "Attendance"), (Makeup, "Time made up")):
        owner, other = aliased(TrainingClass), aliased(TrainingClass)
        for enrolled, taught, count in session.execute(
            select(owner.code, other.code, func.count())
            .select_from(table)
            .join(Enrollment, Enrollment.id == table.enrollment_id)
            .join(Block, Block.id == table.block_id)
            .join(owner, owner.id == Enrollment.class_id)
            .join(other, other.id == Block.class_id)
            .where(Block.class_id != Enrollment.class_id)
            .group_by(owner.id, other.id)
        ):
            often = counted(count, "time", "times")
            yield Finding(
                "error",
                f"{what} of {enrolled} is kept in a block of {taught}, {often}.",
                "It was changed outside CIT Desktop. Compare with a backup.",
            )


def parts_of_blocks(session: Session) -> Iterator[Finding]:
    """Blocks whose parts do not add up to them, or that have none."""
    parts = func.coalesce(func.sum(BlockPart.minutes), 0)
    for code, title, minutes, summed in session.execute(
        select(TrainingClass.code, Block.title, Block.minutes, parts)
        .join(TrainingClass, TrainingClass.id == Block.class_id)
        .outerjoin(BlockPart, BlockPart.block_id == Block.id)
        .group_by(Block.id)
        .having(parts != Block.minutes)
        .order_by(TrainingClass.code, Block.day, Block.starts_at)
    ):
        told = f"add up to {summed} minutes, not {minutes}" if summed else "are missing"
        yield Finding(
            "error",
            f"The parts of “{title}” in {code} {told}.",
            "Open the block and correct the minutes of its parts.",
        )


def parts_of_courses(session: Session) -> Iterator[Finding]:
    """Courses whose outline does not add up to them."""
    parts = func.sum(CourseModule.minutes)
    for code, minutes, summed in session.execute(
        select(Course.code, Course.minutes, parts)
        .join(CourseModule, CourseModule.course_id == Course.id)
        .group_by(Course.id)
        .having(parts != Course.minutes)
        .order_by(Course.code)
    ):
        yield Finding(
            "warning",
            f"The outline of the course {code} adds up to {summed} minutes, not {minutes}.",
            "Open the course and make the two agree.",
        )


def missing_results(session: Session) -> Iterator[Finding]:
    """Finalized classes with people of whom nothing came."""
    for code, count in session.execute(
        select(TrainingClass.code, func.count())
        .join(Enrollment, Enrollment.class_id == TrainingClass.id)
        .where(
            TrainingClass.status == "finalized",
            Enrollment.role == "trainee",
            (Enrollment.result == "open")
            | ((Enrollment.result == "completed") & Enrollment.completed_on.is_(None)),
        )
        .group_by(TrainingClass.id)
        .order_by(TrainingClass.code)
    ):
        who = counted(count, "trainee", "trainees")
        yield Finding(
            "error",
            f"{code} is finalized, but {who} without a result or its day.",
            "Reopen the class and finalize it again.",
        )


def shared_numbers(session: Session) -> Iterator[Finding]:
    """State numbers that several people have."""
    shared = (
        select(StateNumber.kind, StateNumber.key)
        .where(StateNumber.key != "")
        .group_by(StateNumber.kind, StateNumber.key)
        .having(func.count(StateNumber.person_id.distinct()) > 1)
        .subquery()
    )
    people: dict[tuple[str, str], list[str]] = {}
    written: dict[tuple[str, str], str] = {}
    for row in session.execute(
        select(
            StateNumber.kind,
            StateNumber.key,
            StateNumber.number,
            Person.first,
            Person.middle,
            Person.last,
            Person.suffix,
        )
        .join(shared, (shared.c.kind == StateNumber.kind) & (shared.c.key == StateNumber.key))
        .join(Person, Person.id == StateNumber.person_id)
        .order_by(StateNumber.kind, StateNumber.key, Person.sort_key)
    ):
        name = names.full(row.first, row.middle, row.last, row.suffix)
        people.setdefault((row.kind, row.key), []).append(name)
        written.setdefault((row.kind, row.key), row.number)
    for (kind, key), owners in people.items():
        yield Finding(
            "warning",
            f"{kind} {written[kind, key]} belongs to {len(owners)} people: {some(owners)}.",
            "Correct the number, or merge the records if they are of one person.",
        )


def orphan_numbers(session: Session) -> Iterator[Finding]:
    """State numbers of nobody."""
    orphans = session.scalars(
        select(StateNumber.number)
        .outerjoin(Person, Person.id == StateNumber.person_id)
        .where(Person.id.is_(None))
    ).all()
    if orphans:
        yield Finding(
            "error",
            f"{counted(len(orphans), 'state number', 'state numbers')} of nobody: {some(orphans)}.",
            "A person was removed outside CIT Desktop. Compare with a backup.",
        )


def merged_and_there(session: Session) -> Iterator[Finding]:
    """People who are said to have been merged into another one and are there all the same."""
    there = session.execute(
        select(Person.first, Person.middle, Person.last, Person.suffix)
        .join(PersonAlias, (PersonAlias.former_id == Person.id) | (PersonAlias.uid == Person.uid))
        .order_by(Person.sort_key)
    ).all()
    if there:
        who = some([names.full(*row) for row in there])
        yield Finding(
            "error",
            f"Merged into somebody else and still in the records: {who}.",
            "It was changed outside CIT Desktop. Compare with a backup.",
        )


RULES: Final = (
    beyond_block,
    misplaced_attendance,
    parts_of_blocks,
    parts_of_courses,
    missing_results,
    shared_numbers,
    orphan_numbers,
    merged_and_there,
)


def _minutes_by_block() -> Subquery:
    """Minutes of each person in each block, those made up included."""
    made_up = (
        select(Makeup.enrollment_id, Makeup.block_id, func.sum(Makeup.minutes).label("minutes"))
        .group_by(Makeup.enrollment_id, Makeup.block_id)
        .subquery()
    )
    total = func.coalesce(Attendance.minutes, 0) + func.coalesce(made_up.c.minutes, 0)
    return (
        select(Attendance.enrollment_id, Attendance.block_id, total.label("minutes"))
        .outerjoin(
            made_up,
            (made_up.c.enrollment_id == Attendance.enrollment_id)
            & (made_up.c.block_id == Attendance.block_id),
        )
        .union_all(select(made_up.c.enrollment_id, made_up.c.block_id, made_up.c.minutes))
        .subquery()
    )
