from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cit_desktop import clock
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import BlockPart, Certificate, Enrollment, TrainingClass
from cit_desktop.services import attendance, blocks, classes, enrollment, finalize
from tests.core.helpers import training

FRIDAY = date(2026, 3, 6)
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def after_the_class():
    clock.set_source(lambda: NOW)
    yield
    clock.set_source(None)


@pytest.fixture
def session(db, chapter_id):
    with db.operation("Test") as session:
        yield session


@pytest.fixture
def run(session, chapter_id):
    return training.run(session, chapter_id)


def kinds(session, run):
    return [obstacle.kind for obstacle in finalize.obstacles(session, run.id)]


def result(run, person):
    found = run.session.get(Enrollment, run.enrolled[person])
    return found.result, found.credited_minutes, found.completed_on


def certify(session, run, status="issued"):
    session.add(
        Certificate(
            number=f"OR-{status}",
            person_id=1,
            class_id=run.id,
            enrollment_id=run.enrolled[0],
            kind="officer",
            status=status,
        )
    )
    session.flush()


def test_nothing_prevents_a_class_in_which_everybody_is_marked(session, run):
    attendance.all_present(session, run.id)
    assert finalize.obstacles(session, run.id) == []


def test_blanks_are_named_by_block_and_person(session, run):
    attendance.all_present(session, run.id)
    attendance.clear(session, run.blocks[5], run.enrolled[0])
    attendance.clear(session, run.blocks[5], run.enrolled[2])
    (obstacle,) = finalize.obstacles(session, run.id)
    assert obstacle.sentence == "Wed Mar 4 1:00–5:00: Diaz, Cara; Ito, Ana are not marked."
    assert (obstacle.kind, obstacle.block_id, obstacle.enrollment_id, obstacle.blocking) == (
        "blank",
        run.blocks[5],
        run.enrolled[2],
        True,
    )


def test_many_blanks_of_a_block_are_counted(session, chapter_id):
    run = training.run(session, chapter_id, tuple(f"P{n} Many" for n in range(8)))
    for block in run.blocks[1:]:
        attendance.fill_blanks(session, block)
    (obstacle,) = finalize.obstacles(session, run.id)
    assert obstacle.sentence.endswith("Many, P4 and 3 more are not marked.")


def test_one_blank_is_one_person(session, run):
    attendance.all_present(session, run.id)
    attendance.clear(session, run.blocks[0], run.enrolled[0])
    (obstacle,) = finalize.obstacles(session, run.id)
    assert obstacle.sentence == "Mon Mar 2 8:00–12:00: Ito, Ana is not marked."


def test_a_class_without_trainees_cannot_be_finalized(session, chapter_id):
    run = training.run(session, chapter_id, names=())
    assert kinds(session, run) == ["empty"]


def test_a_class_without_blocks_cannot_be_finalized(session, run):
    empty = TrainingClass(chapter_id=1, course_id=1, code="X", title="X", minutes=60, status="open")
    session.add(empty)
    session.flush()
    found = [obstacle.kind for obstacle in finalize.obstacles(session, empty.id)]
    assert found == ["empty", "blocks"]


def test_blocks_to_come_are_obstacles_but_not_blanks(session, run):
    clock.set_source(lambda: datetime(2026, 3, 5, 12, tzinfo=UTC))
    for block in run.blocks[:8]:
        attendance.fill_blanks(session, block)
    found = finalize.obstacles(session, run.id)
    assert [obstacle.kind for obstacle in found] == ["future", "future"]
    assert found[0].sentence == "Fri Mar 6 8:00–12:00 is still to come."


def test_a_block_to_come_prevents_finalizing_even_when_marked(session, run):
    clock.set_source(lambda: datetime(2026, 3, 5, 12, tzinfo=UTC))
    attendance.all_present(session, run.id)
    with pytest.raises(Refused, match="still to come"):
        finalize.finalize(session, run.id)


def test_tests_not_entered_are_obstacles(session, chapter_id):
    run = training.run(session, chapter_id, ("Ana Ito",), min_score=80, scenario_required=True)
    attendance.all_present(session, run.id)
    found = finalize.obstacles(session, run.id)
    assert [(o.kind, o.sentence, o.enrollment_id) for o in found] == [
        ("score", "Ito, Ana has no test score.", run.enrolled[0]),
        ("scenario", "Ito, Ana has no scenario result.", run.enrolled[0]),
    ]


def test_whoever_falls_short_anyway_needs_no_test(session, chapter_id):
    run = training.run(session, chapter_id, ("Ana Ito",), min_score=80, scenario_required=True)
    run.mark(0, 0, "absent")
    attendance.all_present(session, run.id)
    assert finalize.obstacles(session, run.id) == []


def test_a_failed_test_is_a_result_and_no_obstacle(session, chapter_id):
    run = training.run(session, chapter_id, min_score=80)
    attendance.all_present(session, run.id)
    for enrolled, score in zip(run.enrolled, (79, 80, 100), strict=True):
        enrollment.set_score(session, enrolled, score)
    session.flush()
    assert finalize.finalize(session, run.id) == finalize.Outcome(completed=2, partial=1)
    assert result(run, 0)[0] == "partial"


def test_blocks_that_do_not_add_up_are_a_warning(session, run):
    blocks.remove(session, run.blocks[9])
    attendance.all_present(session, run.id)
    (obstacle,) = finalize.obstacles(session, run.id)
    assert (obstacle.kind, obstacle.blocking) == ("hours", False)
    assert obstacle.sentence == "The blocks add up to 36 hours, but the class counts 40."


def test_parts_that_do_not_add_up_are_a_warning(session, run):
    session.add(BlockPart(block_id=run.blocks[0], position=9, title="X", minutes=60, area="skill"))
    attendance.all_present(session, run.id)
    (obstacle,) = finalize.obstacles(session, run.id)
    assert obstacle.sentence == (
        "The modules of Mon Mar 2 8:00–12:00 add up to 5 hours, but the block has 4."
    )
    assert (obstacle.blocking, obstacle.block_id) == (False, run.blocks[0])


def test_warnings_come_last_and_prevent_nothing(session, run):
    blocks.remove(session, run.blocks[9])
    assert kinds(session, run)[-1] == "hours"
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    assert classes.view(session, run.id).status == "finalized"


def test_finalizing_with_obstacles_is_refused_and_says_them(session, run):
    with pytest.raises(Refused, match="CIT40-2026-01 cannot be finalized yet") as raised:
        finalize.finalize(session, run.id)
    assert "Mon Mar 2 8:00–12:00: Diaz, Cara; Ito, Ana; Okafor, Ben" in raised.value.message
    assert classes.view(session, run.id).status == "open"
    assert result(run, 0) == ("open", None, None)


def test_finalizing_gives_everybody_a_result(session, run):
    run.mark(0, 5, "left early", 30)
    attendance.all_present(session, run.id)
    assert finalize.finalize(session, run.id) == finalize.Outcome(completed=2, partial=1)
    assert result(run, 0) == ("partial", 2190, None)
    assert result(run, 1) == ("completed", 2400, FRIDAY)


def test_finalizing_locks_the_class_and_notes_when(session, run):
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    found = classes.view(session, run.id)
    assert (found.status, found.finalized_at, found.locked) == ("finalized", NOW, True)


def test_a_class_is_finalized_once(session, run):
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    with pytest.raises(Refused, match="is finalized"):
        finalize.finalize(session, run.id)


def test_time_made_up_later_completes_on_that_day(session, run):
    run.mark(0, 0, "absent")
    attendance.add_makeup(
        session, run.enrolled[0], run.blocks[0], 240, date(2026, 3, 18), "Ray Stone"
    )
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    assert result(run, 0) == ("completed", 2400, date(2026, 3, 18))


def test_time_made_up_before_the_end_completes_with_the_class(session, run):
    run.mark(0, 0, "absent")
    attendance.add_makeup(
        session, run.enrolled[0], run.blocks[0], 240, date(2026, 3, 3), "Ray Stone"
    )
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    assert result(run, 0)[2] == FRIDAY


def test_whoever_withdrew_stays_withdrawn_and_prevents_nothing(session, run):
    run.mark(0, 0, "present")
    enrollment.withdraw(session, run.enrolled[0])
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    assert result(run, 0) == ("withdrawn", None, None)


def test_an_instructor_is_credited_what_was_taught(session, run):
    enrollment.set_role(session, run.enrolled[0], "instructor")
    person_id = session.get(Enrollment, run.enrolled[0]).person_id
    for block in run.blocks[:2]:
        blocks.set_instructors(session, block, [(person_id, "Sergeant")])
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    assert result(run, 0) == ("open", 480, None)


def test_an_observer_is_credited_what_was_attended_and_may_be_blank(session, run):
    enrollment.set_role(session, run.enrolled[0], "observer")
    run.mark(0, 0, "present")
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    assert result(run, 0) == ("open", 240, None)


@pytest.fixture
def final(session, run):
    run.mark(0, 0, "absent")
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    return run


def test_reopening_unlocks_the_class_and_opens_the_results(session, final):
    finalize.reopen(session, final.id, "Ana was there:\n sign-in sheet")
    found = classes.view(session, final.id)
    assert (found.status, found.finalized_at) == ("open", None)
    assert found.reopen_reason == "Ana was there:\nsign-in sheet"
    assert [result(final, person) for person in range(3)] == [("open", None, None)] * 3
    final.mark(0, 0, "present")
    assert finalize.finalize(session, final.id).completed == 3


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_reopening_needs_a_reason(session, final, reason):
    with pytest.raises(Refused, match="needs a reason") as raised:
        finalize.reopen(session, final.id, reason)
    assert "reason" in raised.value.fields
    assert classes.view(session, final.id).status == "finalized"


def test_only_a_finalized_class_is_reopened(session, run):
    with pytest.raises(Refused, match="is not finalized; it is open"):
        finalize.reopen(session, run.id, "Mistake")


def test_reopening_leaves_certificates_and_says_so(session, final):
    certify(session, final)
    certify(session, final, "revoked")
    said = finalize.reopen(session, final.id, "Mistake")
    assert "1 certificate stays as issued" in said
    assert session.query(Certificate).filter_by(status="issued").count() == 1


def test_reopening_without_certificates_says_so(session, final):
    assert "No certificates" in finalize.reopen(session, final.id, "Mistake")


def test_reopening_leaves_withdrawals(session, run):
    enrollment.withdraw(session, run.enrolled[0])
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    finalize.reopen(session, run.id, "Mistake")
    assert result(run, 0)[0] == "withdrawn"


def test_a_class_that_is_gone_is_not_found(session):
    for work in (
        lambda: finalize.obstacles(session, 999),
        lambda: finalize.finalize(session, 999),
        lambda: finalize.reopen(session, 999, "Mistake"),
    ):
        with pytest.raises(NotFound):
            work()
