from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, update

from cit_desktop import clock, connect
from cit_desktop.models import (
    Asset,
    Attendance,
    Block,
    BlockPart,
    Certificate,
    Course,
    CourseModule,
    Enrollment,
    Makeup,
)
from cit_desktop.services import certificates, check
from tests.core.field import Field


@pytest.fixture
def records(db, chapter_id):
    """A finalized class of two people with certificates: sound records."""
    clock.set_source(lambda: datetime(2026, 3, 9, tzinfo=UTC))
    with db.operation("Issue certificates", undoable=False) as session:
        field = Field(session, chapter_id)
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("Ito", number="00123"))
        field.complete(class_id, field.person("Abbott", number="00124"))
        certificates.issue(session, class_id)
    yield db
    clock.set_source(None)


@contextmanager
def tampering(db, chapter_id=1):
    with db.operation("Tamper") as session:
        yield Field(session, chapter_id)


def found(db) -> list[str]:
    with db.read() as session:
        return [finding.sentence for finding in check.run(session)]


def test_sound_records_have_no_finding(records):
    assert found(records) == []


def test_a_certificate_without_hours_is_found(records):
    with tampering(records) as field:
        field.session.execute(update(Certificate).where(Certificate.id == 1).values(minutes=0))
    assert found(records) == ["Certificate OR-2026-0001 shows no hours."]


def test_an_altered_certificate_is_found(records):
    with tampering(records) as field:
        certificate = field.session.get_one(Certificate, 1)
        certificate.snapshot = certificate.snapshot.replace("Abbott", "Costello")
    assert found(records) == [
        "Certificate OR-2026-0001 is not as it was issued. Its text is not the one that was issued."
    ]


def test_a_certificate_of_somebody_else_is_found(records):
    with tampering(records) as field:
        field.session.execute(update(Certificate).where(Certificate.id == 1).values(person_id=1))
    assert found(records) == [
        "Certificate OR-2026-0001 names another person or class than the roster it came from."
    ]


@pytest.mark.parametrize(
    "earned",
    [
        {"result": "partial"},
        {"credited_minutes": 480},
        {"completed_on": date(2026, 3, 5)},
        {"role": "instructor"},
    ],
)
def test_a_certificate_that_a_correction_made_wrong_is_found(records, earned):
    with tampering(records) as field:
        field.session.execute(update(Enrollment).where(Enrollment.id == 1).values(**earned))
    assert found(records) == [
        "Certificate OR-2026-0002 says something else than the results of CIT40-2026-1 do by now."
    ]


def test_two_valid_certificates_of_one_person_are_found(records):
    with tampering(records) as field:
        certificates.reissue(field.session, 1, "Name")
        field.session.get_one(Certificate, 1).status = "issued"
    assert found(records) == [
        "2 certificates are valid for the same person in the same class: "
        "OR-2026-0001 and OR-2026-0001-R1."
    ]


def test_a_gap_in_the_numbers_is_found(records):
    with tampering(records) as field:
        field.session.execute(delete(Certificate).where(Certificate.id == 1))
    assert found(records) == [
        "1 certificate number of OR in 2026, given out already, on no certificate: OR-2026-0001."
    ]


def test_a_number_that_was_never_given_is_found(records):
    with tampering(records) as field:
        field.session.execute(
            update(Certificate).where(Certificate.id == 2).values(number="OR-2026-0777")
        )
    assert "Certificate OR-2026-0777 bears a number that was not given out yet." in found(records)


@pytest.mark.parametrize(("marked", "made_up"), [(241, 0), (200, 41), (0, 241)])
def test_more_minutes_than_the_block_has_are_found(records, marked, made_up):
    with tampering(records) as field:
        attendance = field.session.query(Attendance).filter_by(enrollment_id=1).first()
        attendance.minutes = marked
        if made_up:
            field.add(makeup(attendance.enrollment_id, attendance.block_id, made_up))
    assert found(records) == [
        "Ana Ito has 241 minutes in “Basics” of CIT40-2026-1, which lasts 240."
    ]


def test_time_made_up_without_a_mark_is_measured_too(records):
    with tampering(records) as field:
        attendance = field.session.query(Attendance).filter_by(enrollment_id=1).first()
        field.add(makeup(1, attendance.block_id, 300))
        field.session.delete(attendance)
    assert [s for s in found(records) if "300 minutes" in s]


def makeup(enrollment_id: int, block_id: int, minutes: int) -> Makeup:
    return Makeup(
        enrollment_id=enrollment_id,
        block_id=block_id,
        minutes=minutes,
        day=date(2026, 3, 20),
        approved_by="Sgt. Lee",
    )


def test_attendance_in_a_block_of_another_class_is_found(records):
    with tampering(records) as field:
        other = field.training("C-2", status="open")
        block_id = field.blocks(other)[0]
        field.add(Attendance(enrollment_id=1, block_id=block_id, mark="present", minutes=240))
    assert found(records) == ["Attendance of CIT40-2026-1 is kept in a block of C-2, 1 time."]


def test_parts_that_do_not_add_up_to_their_block_are_found(records):
    with tampering(records) as field:
        field.session.execute(update(BlockPart).where(BlockPart.id == 1).values(minutes=100))
    assert found(records) == [
        "The parts of “Basics” in CIT40-2026-1 add up to 160 minutes, not 240."
    ]


def test_a_block_without_any_part_is_found(records):
    with tampering(records) as field:
        field.session.execute(delete(BlockPart).where(BlockPart.block_id == 1))
    assert found(records) == ["The parts of “Basics” in CIT40-2026-1 are missing."]


def test_an_outline_that_does_not_add_up_to_its_course_is_found(records):
    with tampering(records) as field:
        course_id = field.session.query(Course.id).scalar()
        field.add(
            CourseModule(
                course_id=course_id, position=1, day=1, title="All", minutes=900, area="legal"
            )
        )
    assert found(records) == ["The outline of the course CIT40 adds up to 900 minutes, not 960."]


@pytest.mark.parametrize("values", [{"result": "open"}, {"completed_on": None}])
def test_a_finalized_class_without_results_is_found(records, values):
    with tampering(records) as field:
        field.session.execute(update(Enrollment).where(Enrollment.id == 1).values(**values))
    assert found(records) == [
        "CIT40-2026-1 is finalized, but 1 trainee without a result or its day."
    ]


def test_a_number_of_two_people_is_found_however_it_is_written(records):
    with tampering(records) as field:
        field.number(field.person("Twin"), "00-123")
    assert found(records) == ["MO POST license 00123 belongs to 2 people: Ana Ito, Ana Twin."]


def test_equal_numbers_of_different_kinds_are_no_finding(records):
    with tampering(records) as field:
        field.number(field.person("Twin"), "00123", "TN PSID")
    assert found(records) == []


def test_a_number_of_nobody_is_found(records):
    with tampering(records) as field:
        number_id = field.number(field.person("Gone"), "999")
    driver = connect.driver_connection(records.path, "rw")
    driver.execute("UPDATE state_number SET person_id = 9999 WHERE id = ?", (number_id,))
    driver.close()
    assert "1 state number of nobody: 999." in found(records)


def test_a_history_that_was_altered_is_found_first(records):
    with tampering(records) as field:
        field.session.execute(update(Block).values(title="Renamed"))
        field.number(field.person("Twin"), "00123")
    driver = connect.driver_connection(records.path, "rw")
    driver.execute("UPDATE operation SET actor = 'nobody' WHERE id = 2")
    driver.close()
    first, *others = found(records)
    assert first.startswith("The history was altered outside CIT Desktop, first in step 2")
    assert len(others) == 1


def test_records_that_were_changed_with_another_program_are_found(records):
    driver = connect.driver_connection(records.path, "rw")
    driver.execute("UPDATE attendance SET minutes = 1")
    driver.close()
    assert found(records) == [
        "8 records (attendance) changed outside CIT Desktop: not as the history left them."
    ]


def test_a_history_whose_end_was_cut_off_is_found(records):
    with tampering(records) as field:
        field.person("Twin")
    driver = connect.driver_connection(records.path, "rw")
    driver.execute("DELETE FROM change WHERE operation_id = 3")
    driver.execute("DELETE FROM operation WHERE id = 3")
    driver.close()
    assert "first in step 3, which is gone." in found(records)[0]


def test_a_picture_that_was_altered_is_found(records):
    with records.operation("Add picture") as session:
        session.add(Asset(sha256="0" * 64, media_type="image/png", name="logo.png", data=b"1"))
    assert found(records) == ["The picture “logo.png” was altered outside CIT Desktop."]


def test_every_finding_says_what_to_do(records):
    with tampering(records) as field:
        field.session.execute(update(Certificate).values(minutes=0))
        field.session.execute(update(BlockPart).values(minutes=1))
    with records.read() as session:
        findings = check.run(session)
    assert len(findings) == 6
    assert all(finding.hint.endswith(".") for finding in findings)
