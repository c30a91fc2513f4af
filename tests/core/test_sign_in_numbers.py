"""The numbers on a printed sheet are kept, whoever comes to the class afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from cit_desktop.db import Database
from cit_desktop.documents.options import Options
from cit_desktop.errors import Refused
from cit_desktop.papers import class_papers
from cit_desktop.services import attendance, chapters, classes, courses, enrollment, people

MONDAY = date(2025, 6, 2)


@pytest.fixture
def class_id(db: Database) -> int:
    with db.operation("Make a class") as session:
        courses.seed(session)
        chapter = chapters.create(session, chapters.ChapterDraft("Ozark Ridge"))
        draft = classes.ClassDraft("", MONDAY, course_code="INS8")
        made = classes.create(session, chapter, draft)
        for last in ("Ito", "Okafor"):
            enrollment.enroll(session, made, people.add(session, people.PersonDraft(last)))
        return made


def sheets(db: Database, class_id: int) -> bytes:
    return class_papers.draw(db, "sign-in", class_id, Options(day=MONDAY))


def join(db: Database, class_id: int, last: str) -> int:
    with db.operation("Join") as session:
        added = people.add(session, people.PersonDraft(last))
        return enrollment.enroll(session, class_id, added)


def test_who_comes_after_the_printing_gets_the_next_number(db, class_id):
    sheets(db, class_id)
    late = join(db, class_id, "Abbott")
    with db.read() as session:
        assert enrollment.numbering(session, [class_id])[late] == 3


def test_what_is_stored_is_what_the_grid_marks_by(db, class_id):
    sheets(db, class_id)
    with db.operation("Mark") as session:
        block = classes.view(session, class_id).blocks[0].id
        assert attendance.mark_numbers(session, block, "1-2") == ["Ito", "Okafor"]


def test_printing_again_leaves_no_step_in_the_history(db, class_id):
    sheets(db, class_id)
    told = []
    db.committed.append(told.append)
    sheets(db, class_id)
    assert told == []


def test_a_class_that_is_not_open_is_printed_without_a_step(db, class_id):
    with db.operation("Cancel") as session:
        classes.cancel(session, class_id)
    told = []
    db.committed.append(told.append)
    assert sheets(db, class_id).startswith(b"%PDF")
    assert told == []


@pytest.fixture
def reader(db: Database, class_id: int) -> Iterator[Database]:
    opened = Database.open(db.path, readonly=True)
    yield opened
    opened.close()


def test_numbers_that_cannot_be_stored_are_not_printed(reader, class_id):
    with pytest.raises(Refused, match="none can be stored") as caught:
        sheets(reader, class_id)
    assert "Print the sheets once where the records can be changed" in caught.value.hint


def test_records_open_for_reading_only_are_printed_once_all_have_numbers(db, reader, class_id):
    sheets(db, class_id)
    assert sheets(reader, class_id).startswith(b"%PDF")
    join(db, class_id, "Abbott")
    with pytest.raises(Refused, match="Not everybody on the roster has a number"):
        sheets(reader, class_id)
