"""Writing classes of past years: classes, results and certificates on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from cit_desktop.errors import Refused
from cit_desktop.imports.planned import PastTraining, Plan, PlannedRow
from cit_desktop.imports.writer import Writer
from cit_desktop.models import Certificate, Course, Enrollment, Person, TrainingClass
from cit_desktop.services import candidates, chapters
from cit_desktop.tables import new_uid


def write(session: Session, plan: Plan, writer: Writer) -> None:
    """Write the past classes of a plan, after its people and agencies.

    Raises:
        Refused: The file has no chapter whose classes they could be.
    """
    rows = [row for row in plan.rows if row.training is not None]
    if not rows:
        return
    classes = _add_classes(session, plan.source, rows)
    people = [writer.person_ids[row.row] for row in rows]
    enrolled = []
    for row, person_id in zip(rows, people, strict=True):
        training = cast(PastTraining, row.training)
        enrolled.append(
            {
                "uid": new_uid(),
                "class_id": classes[training.course_id, training.day],
                "person_id": person_id,
                "agency_id": writer.agency(row) if row.agency is not None else None,
                "title": row.stored.get("title", ""),
                "result": training.result,
                "credited_minutes": training.minutes,
                "completed_on": training.day,
            }
        )
    session.execute(insert(cast(Table, Enrollment.__table__)), enrolled)
    _add_certificates(session, rows, people, classes)


def _add_classes(
    session: Session, source: str, rows: list[PlannedRow]
) -> dict[tuple[int, date], int]:
    """Ids of the classes by course and day; those that are not there yet are added."""
    chapter = chapters.current(session)
    if chapter is None:
        raise Refused("There is no chapter whose classes these could be.", "Add a chapter first.")
    ids: dict[tuple[int, date], int] = {}
    wanted: dict[tuple[int, date], PastTraining] = {}
    for row in rows:
        training = cast(PastTraining, row.training)
        key = training.course_id, training.day
        if training.class_id is not None:
            ids[key] = training.class_id
        else:
            wanted.setdefault(key, training)
    courses = {row.id: row for row in session.execute(select(Course.id, Course.minutes))}
    codes = _Codes(session)
    made = {
        key: TrainingClass(
            chapter_id=chapter.id,
            course_id=training.course_id,
            code=codes.next(training.course, training.day.year),
            title=training.course_title,
            starts=training.day,
            ends=training.day,
            status="on record",
            minutes=courses[training.course_id].minutes,
            note=f"From {source}.",
        )
        for key, training in sorted(wanted.items())
    }
    session.add_all(made.values())
    session.flush()
    return ids | {key: one.id for key, one in made.items()}


class _Codes:
    """Free codes of classes: CIT40-2016-01, -02, …"""

    def __init__(self, session: Session) -> None:
        self._taken = {code.casefold() for code in session.scalars(select(TrainingClass.code))}
        self._last: Counter[str] = Counter()

    def next(self, course: str, year: int) -> str:
        prefix = f"{course}-{year:04}-"
        while True:
            self._last[prefix] += 1
            code = f"{prefix}{self._last[prefix]:02}"
            if code.casefold() not in self._taken:
                return code


def _add_certificates(
    session: Session,
    rows: list[PlannedRow],
    people: list[int],
    classes: Mapping[tuple[int, date], int],
) -> None:
    ids = sorted(set(classes.values()))
    found = session.execute(
        select(Enrollment.class_id, Enrollment.person_id, Enrollment.id, Person.discipline)
        .join(Person, Person.id == Enrollment.person_id)
        .where(Enrollment.class_id.in_(ids))
    )
    there = {(row.class_id, row.person_id): row for row in found}
    made = []
    for row, person_id in zip(rows, people, strict=True):
        training = cast(PastTraining, row.training)
        if not training.certificate:
            continue
        class_id = classes[training.course_id, training.day]
        enrolled = there[class_id, person_id]
        made.append(
            {
                "uid": new_uid(),
                "number": training.certificate,
                "person_id": person_id,
                "class_id": class_id,
                "enrollment_id": enrolled.id,
                "kind": candidates.kind_for(enrolled.discipline),
                "status": "on record",
                "completed_on": training.day,
                "minutes": training.minutes,
            }
        )
    if made:
        session.execute(insert(cast(Table, Certificate.__table__)), made)
