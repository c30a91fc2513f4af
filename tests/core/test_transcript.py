from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cit_desktop import clock
from cit_desktop.errors import NotFound
from cit_desktop.services import certificates, transcript
from tests.core.field import MONDAY, Field


@pytest.fixture
def field(db, chapter_id):
    clock.set_source(lambda: datetime(2026, 6, 1, tzinfo=UTC))
    with db.operation("Add history") as session:
        yield Field(session, chapter_id)
    clock.set_source(None)


def test_lines_say_where_when_as_what_and_with_what_result(field):
    person_id = field.person("Ito", middle="María")
    class_id = field.training(status="finalized")
    enrollment_id = field.complete(class_id, person_id, title="Sergeant")
    certificates.issue(field.session, class_id)
    found = transcript.of(field.session, person_id)
    assert found.name == "Ana María Ito"
    assert found.lines == (
        transcript.Line(
            class_id=class_id,
            enrollment_id=enrollment_id,
            code="CIT40-2026-1",
            title="Basic class",
            course="Crisis Intervention Team",
            starts=MONDAY,
            ends=date(2026, 3, 3),
            status="finalized",
            role="trainee",
            agency="Rolla Police Department",
            job_title="Sergeant",
            result="completed",
            minutes=960,
            certificate="OR-2026-0001",
        ),
    )
    assert [c.number for c in found.certificates] == ["OR-2026-0001"]
    assert found.standing.state == "current"


def test_the_newest_class_comes_first(field):
    person_id = field.person("Ito")
    for year in (2024, 2026, 2025):
        class_id = field.training(f"C-{year}", starts=date(year, 1, 5), status="finalized")
        field.complete(class_id, person_id)
    codes = [line.code for line in transcript.of(field.session, person_id).lines]
    assert codes == ["C-2026", "C-2025", "C-2024"]


def test_hours_are_summed_by_year_and_area(field):
    person_id = field.person("Ito")
    for number, starts in enumerate((date(2025, 1, 5), date(2025, 5, 5), date(2026, 1, 5))):
        field.complete(field.training(f"C-{number}", starts=starts, status="finalized"), person_id)
    found = transcript.of(field.session, person_id)
    assert found.years == (
        transcript.YearOfAreas(2026, (("legal", 240), ("technical", 720)), 0, 960),
        transcript.YearOfAreas(2025, (("legal", 480), ("technical", 1440)), 0, 1920),
    )
    assert found.total == 2880


def test_hours_of_old_papers_are_of_no_known_area(field):
    person_id = field.person("Ito")
    class_id = field.training(status="on record", days=0)
    field.enroll(class_id, person_id, result="completed", credited_minutes=2400)
    assert transcript.of(field.session, person_id).years == (
        transcript.YearOfAreas(2026, (), 2400, 2400),
    )


def test_what_is_taught_is_counted_apart(field):
    person_id = field.person("Lee")
    field.teach(field.training(status="finalized"), person_id, blocks=3)
    found = transcript.of(field.session, person_id)
    assert (found.taught, found.total, found.lines[0].minutes) == (720, 0, 720)


def test_a_class_under_way_shows_what_was_attended_and_credits_nothing(field):
    person_id = field.person("Ito")
    field.attend(field.enroll(field.training(), person_id), blocks=1)
    found = transcript.of(field.session, person_id)
    assert (found.lines[0].minutes, found.total, found.years) == (240, 0, ())


def test_a_replaced_certificate_stays_among_the_certificates_only(field):
    person_id = field.person("Ito")
    class_id = field.training(status="finalized")
    field.complete(class_id, person_id)
    old = certificates.issue(field.session, class_id)[0]
    certificates.reissue(field.session, old, "Name")
    found = transcript.of(field.session, person_id)
    assert found.lines[0].certificate == "OR-2026-0001-R1"
    assert {(c.number, c.status) for c in found.certificates} == {
        ("OR-2026-0001", "replaced"),
        ("OR-2026-0001-R1", "issued"),
    }


def test_somebody_who_is_gone_is_said_to_be(field):
    with pytest.raises(NotFound):
        transcript.of(field.session, 99)
