"""Short ways to fill a file of records for tests of people, agencies, history and undo."""

from __future__ import annotations

from datetime import date
from typing import Any

from cit_desktop.db import Database
from cit_desktop.models import (
    Attendance,
    Block,
    Certificate,
    Chapter,
    Course,
    Enrollment,
    TrainingClass,
)
from cit_desktop.services import agencies, people


def add_person(db: Database, last: str = "Ito", first: str = "Ana", **fields: Any) -> int:
    with db.operation("Add person") as session:
        return people.add(session, people.PersonDraft(last, first, **fields))


def add_agency(db: Database, name: str = "Rolla Police Department", **fields: Any) -> int:
    with db.operation("Add agency") as session:
        return agencies.add(session, agencies.AgencyDraft(name, **fields))


def number(text: str, kind: str = "MO POST license") -> people.NumberDraft:
    return people.NumberDraft(kind, text)


def add_class(db: Database, *, basic: bool = True, status: str = "finalized") -> tuple[int, int]:
    """A class with one block of four hours; gives the ids of both."""
    with db.operation("Add class") as session:
        chapter = Chapter(name="Ozark Ridge", code="OR", state="MO")
        course = Course(code="CIT40", title="CIT Basic", minutes=2400, basic=basic)
        session.add_all([chapter, course])
        session.flush()
        made = TrainingClass(
            chapter_id=chapter.id,
            course_id=course.id,
            code="OR-26-01",
            title="Spring class",
            starts=date(2026, 3, 2),
            ends=date(2026, 3, 6),
            minutes=240,
            status=status,
        )
        session.add(made)
        session.flush()
        block = Block(
            class_id=made.id, day=date(2026, 3, 2), starts_at=480, minutes=240, title="Welcome"
        )
        session.add(block)
        session.flush()
        return made.id, block.id


def enroll(db: Database, class_id: int, person_id: int, **fields: Any) -> int:
    with db.operation("Enroll") as session:
        enrollment = Enrollment(class_id=class_id, person_id=person_id, **fields)
        session.add(enrollment)
        session.flush()
        return enrollment.id


def complete(db: Database, class_id: int, person_id: int) -> int:
    return enroll(
        db,
        class_id,
        person_id,
        result="completed",
        credited_minutes=240,
        completed_on=date(2026, 3, 6),
    )


def attend(db: Database, enrollment_id: int, block_id: int, minutes: int = 240) -> None:
    with db.operation("Mark attendance") as session:
        session.add(
            Attendance(
                enrollment_id=enrollment_id, block_id=block_id, mark="present", minutes=minutes
            )
        )


def certify(db: Database, class_id: int, person_id: int, enrollment_id: int, text: str) -> int:
    with db.operation("Issue certificates", undoable=False) as session:
        certificate = Certificate(
            number="OR-2026-0001",
            person_id=person_id,
            class_id=class_id,
            enrollment_id=enrollment_id,
            kind="officer",
            snapshot=text,
            signature="abc",
        )
        session.add(certificate)
        session.flush()
        return certificate.id
