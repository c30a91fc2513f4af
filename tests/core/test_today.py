from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cit_desktop import catalogs, clock
from cit_desktop.models import Attendance, Enrollment
from cit_desktop.services import certificates, profiles, renewals, today
from tests.core.field import MONDAY, Field

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
def field(db, chapter_id):
    clock.set_source(lambda: datetime(2026, 3, 4, tzinfo=UTC))
    with db.operation("Add classes") as session:
        yield Field(session, chapter_id)
    clock.set_source(None)


def test_an_empty_chapter_has_nothing_to_do(field):
    found = today.summary(field.session, MONDAY)
    assert found == today.Today(
        day=MONDAY,
        open_classes=(),
        to_finalize=(),
        ready=(),
        refresher=today.People(0, ()),
        expired=today.People(0, ()),
        problems=(),
        counts=today.Counts(0, 0, 0, 0, 0),
    )


def test_certificates_of_what_was_not_earned_are_counted_by_class(field):
    class_id = field.training(status="finalized")
    for last in ("Ito", "Abbott", "Cruz"):
        field.complete(class_id, field.person(last, number=last))
    certificates.issue(field.session, class_id)
    assert today.summary(field.session, MONDAY).problems == ()
    first, second, _third = field.session.query(Enrollment).all()
    first.credited_minutes = 480
    field.session.flush()
    assert today.summary(field.session, MONDAY).problems == (
        today.Problem(
            "certificate",
            "1 certificate of CIT40-2026-1 is not what was earned.",
            class_id,
        ),
    )
    second.result = "partial"
    field.session.flush()
    (problem,) = today.summary(field.session, MONDAY).problems
    assert problem.sentence == ("2 certificates of CIT40-2026-1 are not what was earned.")


def test_a_class_under_way_shows_its_next_block_and_the_marks_that_are_missing(field):
    class_id = field.training(seats=20)
    first = field.enroll(class_id, field.person("Ito"))
    field.enroll(class_id, field.person("Abbott"))
    field.enroll(class_id, field.person("Gone"), result="withdrawn")
    field.teach(class_id, field.person("Lee"))
    field.attend(first, blocks=1)
    (found,) = today.summary(field.session, MONDAY).open_classes
    assert (found.enrolled, found.seats, found.unmarked) == (2, 20, 3)
    assert (found.next_day, found.next_starts_at) == (MONDAY, 480)
    (later,) = today.summary(field.session, TUESDAY).open_classes
    assert (later.next_day, later.unmarked) == (TUESDAY, 7)


def test_an_open_class_whose_days_have_passed_waits_to_be_finalized(field):
    class_id = field.training()
    field.enroll(class_id, field.person("Ito"))
    found = today.summary(field.session, WEDNESDAY)
    assert found.open_classes == ()
    assert [(c.class_id, c.unmarked, c.next_day) for c in found.to_finalize] == [
        (class_id, 4, None)
    ]


def test_a_class_marked_completely_waits_on_its_last_day_already(field):
    class_id = field.training()
    field.attend(field.enroll(class_id, field.person("Ito")))
    assert len(today.summary(field.session, MONDAY).open_classes) == 1
    assert len(today.summary(field.session, TUESDAY).to_finalize) == 1
    field.session.query(Attendance).first().mark = "absent"
    field.session.delete(field.session.query(Attendance).first())
    field.session.flush()
    assert len(today.summary(field.session, TUESDAY).open_classes) == 1


def test_classes_are_listed_by_their_first_day_and_undated_ones_last(field):
    undated = field.training("C-3", days=0)
    later = field.training("C-2", starts=date(2026, 5, 4))
    sooner = field.training("C-1")
    from cit_desktop.models import TrainingClass

    training = field.session.get_one(TrainingClass, undated)
    training.starts = training.ends = None
    field.session.flush()
    found = today.summary(field.session, MONDAY).open_classes
    assert [c.class_id for c in found] == [sooner, later, undated]


def test_certificates_wait_until_they_are_issued(field):
    class_id = field.training(status="finalized")
    for last in ("Ito", "Abbott"):
        field.complete(class_id, field.person(last))
    field.enroll(class_id, field.person("Part"), result="partial", credited_minutes=60)
    found = today.summary(field.session, WEDNESDAY)
    assert [(r.code, r.count) for r in found.ready] == [("CIT40-2026-1", 2)]
    assert found.certificates_ready == 2
    certificates.issue(field.session, class_id)
    assert today.summary(field.session, WEDNESDAY).ready == ()


def test_what_waits_is_what_can_be_issued(field):
    class_id = field.training(status="finalized")
    field.complete(class_id, field.person("A"))
    field.complete(class_id, field.person("B"), credited_minutes=0)
    field.complete(class_id, field.person("C"))
    revoked = certificates.issue(field.session, class_id)[0]
    certificates.revoke(field.session, revoked, "Error")
    waiting = today.summary(field.session, WEDNESDAY).certificates_ready
    assert waiting == len(certificates.issue(field.session, class_id)) == 1


def test_refreshers_and_expiries_are_counted_with_the_first_names(field):
    course_id = field.course(refresher_months=24, validity_months=36)
    for number in range(7):
        class_id = field.training(
            f"R-{number}", starts=date(2024, 1, 8), status="finalized", course_id=course_id, days=1
        )
        field.complete(class_id, field.person(f"R{number}"))
    class_id = field.training("E-1", starts=date(2023, 1, 9), status="finalized", days=1)
    field.complete(class_id, field.person("Gone"))
    found = today.summary(field.session, WEDNESDAY)
    assert found.refresher.count == 7
    assert [d.name for d in found.refresher.first] == [f"R{n}, Ana" for n in range(5)]
    assert [d.name for d in found.expired.first] == ["Gone, Ana"]
    assert found.counts.certified == 7
    assert found.written == {}
    first = found.refresher.first[0]
    renewals.remember(field.session, [(first.person_id, first.day)], "eml")
    assert today.summary(field.session, WEDNESDAY).written.keys() == {first.person_id}


def test_officers_without_a_state_number_are_a_problem_of_their_class(field):
    class_id = field.training(status="finalized")
    field.complete(class_id, field.person("Ito"))
    field.complete(class_id, field.person("Abbott", number="00123"))
    field.complete(class_id, field.person("Vance", discipline="education"))
    (found,) = today.summary(field.session, WEDNESDAY).problems
    assert found.sentence == "1 person who completed CIT40-2026-1 has no state number."
    assert (found.kind, found.class_id) == ("state number", class_id)
    assert today.summary(field.session, WEDNESDAY + timedelta(days=400)).problems == ()


@pytest.mark.parametrize(("days", "shown"), [(0, 1), (14, 1), (15, 0)])
def test_a_roster_is_announced_until_it_is_due(field, days, shown):
    text = catalogs.profile_text("mn_post").replace('state = "MN"', 'state = "MO"')
    profiles.save_copy(field.session, "mn_post", text)
    field.training(status="finalized")
    found = today.summary(field.session, TUESDAY + timedelta(days=days)).problems
    assert len(found) == shown
    if found:
        assert found[0].day == date(2026, 3, 17)
        assert found[0].sentence.endswith("of CIT40-2026-1 is due by Mar 17, 2026.")


def test_rosters_of_other_states_are_not_announced(field):
    field.training(status="finalized")
    assert today.summary(field.session, WEDNESDAY).problems == ()


def test_what_is_archived_is_not_counted(field):
    field.person("Ito", archived=True)
    field.training(archived=True)
    field.training("C-2", status="cancelled")
    field.agency()
    found = today.summary(field.session, MONDAY)
    assert found.counts == today.Counts(0, 1, 0, 0, 0)
    assert found.open_classes == ()
