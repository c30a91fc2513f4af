from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cit_desktop import clock, journal
from cit_desktop.errors import NotFound
from cit_desktop.models import Certificate
from cit_desktop.services import certificates, history, seal, transcript_document
from tests.core.field import Field

TODAY = date(2026, 6, 1)


@pytest.fixture
def field(db, chapter_id):
    clock.set_source(lambda: datetime(2026, 6, 1, 15, tzinfo=UTC))
    with db.operation("Add history") as session:
        yield Field(session, chapter_id)
    clock.set_source(None)


def rows(section):
    (table,) = section.tables
    labels = [column.label for column in table.columns]
    return [dict(zip(labels, row, strict=True)) for row in table.rows]


def test_it_says_who_the_person_is_and_nothing_of_how_to_reach_them(field):
    person_id = field.person(
        "Ito", email="ana@example.org", phone="573 555 0100", number="0045", note="private"
    )
    field.number(person_id, "77", "PSID")
    field.complete(field.training(status="finalized"), person_id)
    found = transcript_document.of(field.session, person_id, TODAY)
    assert found.name == "Ana Ito"
    assert found.chapter == "Ozark Ridge CIT Council"
    assert found.facts == (
        ("Discipline", "Municipal police"),
        ("State number", "MO POST license 0045, PSID 77"),
    )
    assert found.standing == "Current"
    assert found.reason == "Basic course completed March 3, 2026; does not expire."
    assert not {"ana@example.org", "573 555 0100", "private"} & set(str(found).split("'"))


def test_classes_stand_with_dates_role_result_hours_and_certificate(field):
    person_id = field.person("Ito")
    class_id = field.training(status="finalized")
    field.complete(class_id, person_id, title="Sergeant")
    certificates.issue(field.session, class_id)
    later = field.training("C-2", starts=date(2026, 5, 4))
    field.attend(field.enroll(later, person_id), blocks=1)
    classes, *_ = transcript_document.of(field.session, person_id, TODAY).sections
    newest, oldest = rows(classes)
    assert oldest == {
        "Class": "Basic class",
        "Dates": "March 2–3, 2026",
        "Agency and title then": "Rolla Police Department · Sergeant",
        "Role": "Trainee",
        "Result": "Completed",
        "Certificate no.": "OR-2026-0001",
        "Hours": 960,
    }
    assert (newest["Result"], newest["Hours"]) == ("Enrolled", 240)
    assert classes.sentences == ("Hours of open classes are those attended so far.",)


def test_hours_stand_by_year_and_area_and_what_was_taught_apart(field):
    person_id = field.person("Ito")
    field.complete(field.training(status="finalized"), person_id)
    old = field.training("OLD", status="on record", days=0, starts=date(2020, 1, 6))
    field.enroll(old, person_id, result="completed", credited_minutes=600)
    field.teach(field.training("T", status="finalized"), person_id, blocks=2)
    _, hours, _ = transcript_document.of(field.session, person_id, TODAY).sections
    assert hours.sentences == ("Credited as a trainee: 26 hours. Taught: 8 hours.",)
    assert [(row["Year"], row["Legal"], row["Other"], row["Total"]) for row in rows(hours)] == [
        ("2026", 240, None, 960),
        ("2020", None, 600, 600),
    ]


def test_a_revoked_certificate_stands_with_its_day_and_reason(field):
    person_id = field.person("Ito")
    class_id = field.training(status="finalized")
    field.complete(class_id, person_id)
    (first,) = certificates.issue(field.session, class_id)
    second = certificates.reissue(field.session, first, "Name corrected")
    certificates.revoke(field.session, second, "Never attended")
    found = rows(transcript_document.of(field.session, person_id, TODAY).sections[2])
    number = field.session.get_one(Certificate, second).number
    assert {row["Number"]: row["State"] for row in found} == {
        "OR-2026-0001": f"Replaced by {number}: Name corrected",
        number: "Revoked June 1, 2026: Never attended",
    }


def test_somebody_without_classes_is_told_so_in_words(field):
    found = transcript_document.of(field.session, field.person("Young"), TODAY)
    assert [section.tables for section in found.sections] == [(), (), ()]
    assert [section.sentences[0] for section in found.sections] == [
        "No class is on record.",
        "Credited as a trainee: 0 hours.",
        "No certificate is on record.",
    ]
    assert found.standing == "Not trained"


def test_who_completed_only_other_classes_is_not_called_untrained(field):
    person_id = field.person("Young")
    class_id = field.training(course_id=field.course("COM8", basic=False), status="finalized")
    field.enroll(class_id, person_id, result="partial")
    assert transcript_document.of(field.session, person_id, TODAY).standing == "Not trained"
    second = field.training("COM8-2", course_id=field.course("COM8"), status="finalized")
    field.complete(second, person_id)
    found = transcript_document.of(field.session, person_id, TODAY)
    assert (found.standing, found.reason) == (
        "No CIT certification",
        "No basic course completed yet.",
    )


def test_a_person_who_is_gone_has_no_transcript(field):
    with pytest.raises(NotFound):
        transcript_document.of(field.session, 99, TODAY)


def test_the_seal_on_a_transcript_leads_to_its_operation(world_db, world):
    with world_db.read() as session:
        printed = transcript_document.of(session, world.ana, TODAY).seal
        number, digest = journal.head(session.connection())
        assert printed == f"{number}-{digest[:8]}"
        assert history.of_seal(session, f" {printed.upper()} ") == number
        assert history.ids(session, text=printed) == [number]


@pytest.mark.parametrize("typed", ["", "3", "99-00000000", "1-00000000", "Mark attendance"])
def test_a_seal_that_the_history_does_not_have_leads_nowhere(world_db, typed):
    with world_db.read() as session:
        assert history.of_seal(session, typed) is None


def test_a_seal_that_does_not_hold_any_more_finds_no_step(world_db):
    with world_db.read() as session:
        assert history.ids(session, text="1-00000000") == []


def test_a_file_without_operations_has_no_seal(db):
    with db.read() as session:
        assert seal.now(session).seal == "none"
