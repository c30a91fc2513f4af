"""A class with people in it, for the tests of what happens in classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.models import Attendance, Block, Person
from cit_desktop.services import attendance, classes, courses, enrollment
from cit_desktop.services.classes import ClassDraft
from cit_desktop.text import sort_key

MONDAY = date(2026, 3, 2)
NAMES = ("Ana Ito", "Ben Okafor", "Cara Diaz")


@dataclass(frozen=True)
class Run:
    """A class: its id, its blocks in order, its enrollments in the order of the names."""

    session: Session
    id: int
    blocks: list[int]
    enrolled: list[int]

    def marks(self, block: int) -> dict[int, tuple[str, int]]:
        """Mark and minutes by enrollment, in one block."""
        found = self.session.execute(
            select(Attendance.enrollment_id, Attendance.mark, Attendance.minutes).where(
                Attendance.block_id == block
            )
        )
        return {key: (mark, minutes) for key, mark, minutes in found}

    def mark(self, person: int, block: int, mark: str, minutes: int | None = None) -> None:
        """Mark by places in the lists."""
        attendance.mark(
            self.session,
            self.blocks[block],
            self.enrolled[person],
            mark,
            minutes,  # type: ignore[arg-type]
        )


def person(session: Session, name: str) -> int:
    """A person with a first and a last name."""
    first, _, last = name.rpartition(" ")
    made = Person(first=first, last=last, sort_key=sort_key(last, first, ""))
    session.add(made)
    session.flush()
    return made.id


def run(
    session: Session,
    chapter_id: int,
    names: tuple[str, ...] = NAMES,
    *,
    course: str = "CIT40",
    start: date = MONDAY,
    weekly: bool = False,
    **rule: object,
) -> Run:
    """A class of a shipped course with these trainees."""
    courses.seed(session)
    draft = ClassDraft("", start, course_code=course, weekly=weekly)
    class_id = classes.create(session, chapter_id, draft)
    if rule:
        version = classes.view(session, class_id).version
        classes.update(session, class_id, version, **rule)
        session.flush()
    enrolled = [enrollment.enroll(session, class_id, person(session, name)) for name in names]
    query = select(Block.id).where(Block.class_id == class_id).order_by(Block.day, Block.starts_at)
    return Run(session, class_id, list(session.scalars(query)), enrolled)
