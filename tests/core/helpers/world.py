"""A small chapter with something of everything, made once and copied for each test."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from cit_desktop.db import Database
from cit_desktop.models import Base, Block, Employment, StateNumber
from cit_desktop.services import (
    agencies,
    attendance,
    certificates,
    chapters,
    classes,
    courses,
    enrollment,
    finalize,
    people,
)
from cit_desktop.services.agencies import AgencyDraft
from cit_desktop.services.chapters import ChapterDraft, SignerDraft
from cit_desktop.services.classes import ClassDraft
from cit_desktop.services.people import NumberDraft, PersonDraft

GONE = 9_999
OLD = date(2025, 3, 3)
NEW = date(2025, 6, 2)
HISTORY = frozenset({"operation", "change"})


@dataclass(frozen=True)
class World:
    """Ids of what is in the file.

    Attributes:
        ana, ben, cara, dan: Ana and Ben are enrolled in both classes; Cara teaches; Dan is in none.
        open_class: Ana is present in the first block and absent in the second; the rest is blank.
        done_class: Finalized; Ana and Ben completed it, and Ana has the certificate.
    """

    chapter: int
    second_chapter: int
    course: int
    police: int
    hospital: int
    ana: int
    ben: int
    cara: int
    dan: int
    number: int
    employment: int
    open_class: int
    open_blocks: tuple[int, ...]
    open_enrolled: tuple[int, ...]
    done_class: int
    done_blocks: tuple[int, ...]
    done_enrolled: tuple[int, ...]
    certificate: int


def build(path: Path) -> World:
    """Make the file; three operations, the last of which is final."""
    db = Database.create(path)
    try:
        with db.operation("Build") as session:
            facts = _records(session) | _open_class(session)
        with db.operation("Finish a class") as session:
            facts |= _done_class(session)
        with db.operation("Issue certificates", undoable=False) as session:
            issued = certificates.issue(session, facts["done_class"], facts["done_enrolled"][:1])
        return World(**facts, certificate=issued[0])
    finally:
        db.close()


def _records(session: Session) -> dict[str, Any]:
    courses.seed(session)
    signers = (SignerDraft("Ruth Vance", "Coordinator"), SignerDraft("Omar Diaz", "Chair"))
    facts: dict[str, Any] = {
        "chapter": chapters.create(
            session,
            ChapterDraft("Ozark Ridge CIT Council", "council", "MO", "OR", ("Phelps",), signers),
        ),
        "second_chapter": chapters.create(session, ChapterDraft("Kansas City", code="KC")),
        "course": courses.by_code(session, "CIT40"),
        "police": agencies.add(session, AgencyDraft("Rolla Police Department", county="Phelps")),
        "hospital": agencies.add(session, AgencyDraft("Phelps Health Hospital")),
    }
    license = NumberDraft("MO POST license", "0045-12")
    facts["ana"] = people.add(
        session,
        PersonDraft(
            "Ito", "Ana", "María", numbers=(license,), agency_id=facts["police"], title="Officer"
        ),
    )
    facts["ben"] = people.add(session, PersonDraft("Okafor", "Ben", email="ben@example.org"))
    facts["cara"] = people.add(session, PersonDraft("Diaz", "Cara", agency_id=facts["hospital"]))
    facts["dan"] = people.add(session, PersonDraft("Moss", "Dan"))
    facts["number"] = session.scalars(select(StateNumber.id)).one()
    facts["employment"] = session.scalars(
        select(Employment.id).filter_by(person_id=facts["ana"])
    ).one()
    return facts


def _open_class(session: Session) -> dict[str, Any]:
    class_id, blocks, enrolled = _class(session, NEW)
    attendance.mark(session, blocks[0], enrolled[0], "present")
    attendance.mark(session, blocks[1], enrolled[0], "absent")
    return {"open_class": class_id, "open_blocks": blocks, "open_enrolled": enrolled}


def _done_class(session: Session) -> dict[str, Any]:
    class_id, blocks, enrolled = _class(session, OLD)
    attendance.all_present(session, class_id)
    finalize.finalize(session, class_id)
    return {"done_class": class_id, "done_blocks": blocks, "done_enrolled": enrolled}


def _class(session: Session, start: date) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    class_id = classes.create(session, 1, ClassDraft("", start, course_code="INS8"))
    query = select(Block.id).filter_by(class_id=class_id).order_by(Block.day, Block.starts_at)
    enrolled = enrollment.enroll_many(session, class_id, [1, 2])
    return class_id, tuple(session.scalars(query)), tuple(enrolled)


def records(db: Database, *, but: frozenset[str] = HISTORY) -> dict[str, list[Any]]:
    """Every row of every table as the file holds it, without the counters of edits."""
    with closing(sqlite3.connect(db.path)) as connection:
        return {
            name: connection.execute(statement).fetchall()
            for name, statement in _DUMPS.items()
            if name not in but
        }


def _dump(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.c if column.name != "version")
    return f'SELECT {columns} FROM "{table.name}" ORDER BY id'


_DUMPS = {table.name: _dump(table) for table in Base.metadata.sorted_tables}


def steps(db: Database) -> int:
    """How many operations the history holds."""
    with closing(sqlite3.connect(db.path)) as connection:
        return connection.execute("SELECT count(*) FROM operation").fetchone()[0]
