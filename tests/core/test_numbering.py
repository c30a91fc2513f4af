from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, update

from cit_desktop import clock
from cit_desktop.db import Database
from cit_desktop.errors import Refused
from cit_desktop.models import Certificate, Chapter
from cit_desktop.services import certificates, numbering
from tests.core.field import Field


@pytest.fixture(autouse=True)
def in_march():
    clock.set_source(lambda: datetime(2026, 3, 9, tzinfo=UTC))
    yield
    clock.set_source(None)


def issue(db: Database, chapter_id: int, people: int, code: str = "C-1") -> list[str]:
    with db.operation("Issue certificates", undoable=False) as session:
        field = Field(session, chapter_id)
        class_id = field.training(code, status="finalized", days=1)
        for number in range(people):
            field.complete(class_id, field.person(f"{code} {number:03}"))
        ids = certificates.issue(session, class_id)
        return [s.number for s in certificates.snapshots(session, ids)]


def gaps(db: Database) -> list[numbering.Gap]:
    with db.read() as session:
        return numbering.gaps(session)


def test_numbers_run_on_without_gaps(db, chapter_id):
    assert issue(db, chapter_id, 2) == ["OR-2026-0001", "OR-2026-0002"]
    assert issue(db, chapter_id, 1, "C-2") == ["OR-2026-0003"]
    assert gaps(db) == []


def test_each_year_begins_anew(db, chapter_id):
    issue(db, chapter_id, 1)
    clock.set_source(lambda: datetime(2027, 1, 1, tzinfo=UTC))
    assert issue(db, chapter_id, 1, "C-2") == ["OR-2027-0001"]
    assert gaps(db) == []


def test_each_chapter_counts_for_itself(db, chapter_id):
    with db.operation("Add chapter") as session:
        other = Chapter(name="Lakes CIT", code="LK", state="MO")
        session.add(other)
        session.flush()
        other_id = other.id
    issue(db, chapter_id, 1)
    assert issue(db, other_id, 1, "C-2") == ["LK-2026-0001"]


def test_a_number_on_record_from_old_papers_is_passed_over(db, chapter_id):
    with db.operation("Enter old certificate") as session:
        field = Field(session, chapter_id)
        class_id = field.training("OLD", status="on record")
        person_id = field.person("Old")
        enrollment_id = field.complete(class_id, person_id)
        field.add(
            Certificate(
                number="OR-2026-0001",
                person_id=person_id,
                class_id=class_id,
                enrollment_id=enrollment_id,
                kind="officer",
                status="on record",
            )
        )
    assert issue(db, chapter_id, 1) == ["OR-2026-0002"]
    assert gaps(db) == []


def test_two_windows_never_give_the_same_number(db, chapter_id, path):
    found: list[str] = []

    def work(name: str) -> None:
        database = Database.open(path, timeout=60)
        for turn in range(4):
            found.extend(issue(database, chapter_id, 3, f"{name}-{turn}"))
        database.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"OR-2026-{number:04}" for number in range(1, 25)]


def test_the_numbers_to_come_are_told_without_being_taken(db, chapter_id):
    with db.read() as session:
        assert numbering.upcoming(session, chapter_id, 2026, 2) == ["OR-2026-0001", "OR-2026-0002"]
    assert issue(db, chapter_id, 1) == ["OR-2026-0001"]
    with db.read() as session:
        assert numbering.upcoming(session, chapter_id, 2026, 1) == ["OR-2026-0002"]


def test_a_certificate_removed_by_hand_leaves_a_gap(db, chapter_id):
    issue(db, chapter_id, 3)
    with db.operation("Tamper") as session:
        session.execute(delete(Certificate).where(Certificate.number == "OR-2026-0002"))
    assert gaps(db) == [numbering.Gap("OR", 2026, ("OR-2026-0002",), 1)]


def test_another_pattern_within_a_year_is_no_gap(db, chapter_id):
    issue(db, chapter_id, 2)
    with db.operation("Change pattern") as session:
        numbering.set_pattern(session, "CIT-{year}-{chapter}-{seq:05}")
    assert issue(db, chapter_id, 1, "C-2") == ["CIT-2026-OR-00003"]
    assert gaps(db) == []


def test_a_gap_is_counted_under_another_pattern_too(db, chapter_id):
    issue(db, chapter_id, 2)
    with db.operation("Change pattern") as session:
        numbering.set_pattern(session, "{year}/{chapter}/{seq}")
        session.execute(delete(Certificate).where(Certificate.number == "OR-2026-0002"))
    assert [(gap.count, gap.numbers) for gap in gaps(db)] == [(1, ())]


def test_a_number_that_was_not_given_is_noticed(db, chapter_id):
    issue(db, chapter_id, 2)
    with db.operation("Tamper") as session:
        session.execute(
            update(Certificate)
            .where(Certificate.number == "OR-2026-0002")
            .values(number="OR-2026-0044")
        )
        assert numbering.ahead(session) == ["OR-2026-0044"]


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{chapter}-{year}-{seq:04}", "OR-2026-0007"),
        ("{year}{chapter}{seq}", "2026OR7"),
        ("CIT {year}/{seq:3}", "CIT 2026/007"),
    ],
)
def test_a_pattern_is_filled(pattern, number):
    numbering.check_pattern(pattern)
    assert numbering.rendered(pattern, "OR", 2026, 7) == number


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{chapter}-{seq:04}",
        "{chapter}-{year}",
        "{year}-{seq}-{seq}",
        "{year}-{seq}-{name}",
        "Crisis Intervention Team Council {year}-{seq}",
    ],
)
def test_a_pattern_that_cannot_tell_certificates_apart_is_refused(db, pattern):
    with pytest.raises(Refused) as caught, db.operation("Change pattern") as session:
        numbering.set_pattern(session, pattern)
    assert "pattern" in caught.value.fields
    with db.read() as session:
        assert numbering.pattern(session) == numbering.USUAL


def test_a_longer_number_than_the_pattern_foresees_is_not_cut():
    assert numbering.rendered(numbering.USUAL, "OR", 2026, 12345) == "OR-2026-12345"


def test_only_issued_numbers_are_looked_at(db, chapter_id):
    issue(db, chapter_id, 1)
    with db.read() as session:
        assert session.scalars(select(Certificate.number)).all() == ["OR-2026-0001"]
        assert numbering.ahead(session) == []
