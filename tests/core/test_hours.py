from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from sqlalchemy import event

from cit_desktop.errors import NotFound
from cit_desktop.models import Agency
from cit_desktop.services import attendance, blocks, classes, enrollment, hours
from cit_desktop.services.hours import Mark
from tests.core.helpers import training
from tests.core.helpers.training import MONDAY

DAY = date(2026, 3, 19)


@pytest.fixture
def session(db, chapter_id):
    with db.operation("Test") as session:
        yield session


@pytest.fixture
def run(session, chapter_id):
    return training.run(session, chapter_id)


def statements(session, work):
    seen: list[str] = []

    def note(_c, _cursor, statement, *_rest):
        seen.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    work()
    event.remove(connection, "before_cursor_execute", note)
    return len(seen)


def test_people_are_the_rows_by_name_and_blocks_the_columns_by_the_clock(session, run):
    grid = hours.grid(session, run.id)
    assert [person.name for person in grid.people] == ["Diaz, Cara", "Ito, Ana", "Okafor, Ben"]
    assert [person.number for person in grid.people] == [1, 2, 3]
    assert [block.id for block in grid.blocks] == run.blocks
    assert grid.blocks[0].parts == (("technical", 60), ("technical", 60), ("technical", 120))


def test_a_moved_block_takes_its_place_by_the_clock(session, run):
    blocks.move(session, run.blocks[0], 1, date(2026, 3, 9), 480, 240)
    assert hours.grid(session, run.id).blocks[-1].id == run.blocks[0]


def test_the_head_of_the_grid_says_whether_it_can_be_marked(session, run):
    grid = hours.grid(session, run.id)
    assert (grid.code, grid.status, grid.locked, grid.makeup_allowed) == (
        "CIT40-2026-01",
        "open",
        False,
        True,
    )
    classes.cancel(session, run.id)
    assert hours.grid(session, run.id).locked


def test_what_is_not_marked_is_not_in_the_grid(session, run):
    run.mark(0, 0, "late", 200)
    grid = hours.grid(session, run.id)
    assert grid.marks == {(run.enrolled[0], run.blocks[0]): Mark("late", 200, 0)}


def test_marks_come_with_the_time_made_up(session, run):
    run.mark(0, 0, "absent")
    for minutes in (60, 30):
        attendance.add_makeup(session, run.enrolled[0], run.blocks[0], minutes, DAY, "Ray Stone")
    grid = hours.grid(session, run.id)
    assert grid.marks[run.enrolled[0], run.blocks[0]] == Mark("absent", 0, 90)
    assert grid.summaries[run.enrolled[0]].minutes == 90


def test_the_live_count_is_of_those_who_were_there_for_any_time(session, run):
    run.mark(0, 0, "present")
    run.mark(1, 0, "partial", 10)
    run.mark(2, 0, "absent")
    assert hours.grid(session, run.id).present(run.blocks[0]) == 2
    assert hours.grid(session, run.id).present(run.blocks[1]) == 0


def test_only_trainees_who_stayed_are_rows_unless_asked_for(session, run):
    enrollment.set_role(session, run.enrolled[0], "observer")
    run.mark(1, 0, "present")
    enrollment.withdraw(session, run.enrolled[1])
    session.flush()
    ana, ben, cara = run.enrolled

    def shown(**asked):
        return {person.id for person in hours.grid(session, run.id, **asked).people}

    assert shown() == {cara}
    assert shown(roles=("trainee", "observer")) == {ana, cara}
    assert shown(withdrawn=True) == {ben, cara}
    assert hours.grid(session, run.id).marks == {}


def test_a_row_has_agency_score_and_scenario(session, run):
    police = Agency(name="Salem PD", sort_key="salem pd")
    session.add(police)
    session.flush()
    enrollment.set_agency(session, run.enrolled[0], police.id)
    enrollment.set_score(session, run.enrolled[0], 85)
    enrollment.set_scenario(session, run.enrolled[0], True)
    session.flush()
    row = next(p for p in hours.grid(session, run.id).people if p.id == run.enrolled[0])
    assert (row.agency, row.score, row.scenario_passed) == ("Salem PD", 85, 1)


def test_the_grid_takes_the_same_few_selects_for_any_class(session, chapter_id):
    small = training.run(session, chapter_id, ("A B",))
    large = training.run(session, chapter_id, tuple(f"P{n} Many" for n in range(30)))
    for run in (small, large):
        attendance.all_present(session, run.id)
    few = statements(session, lambda: hours.grid(session, small.id))
    assert few <= 7
    assert statements(session, lambda: hours.grid(session, large.id)) == few


def test_the_summary_of_one_person_is_that_of_the_grid(session, run):
    run.mark(0, 0, "present")
    run.mark(0, 1, "partial", 90)
    run.mark(0, 2, "absent")
    attendance.add_makeup(session, run.enrolled[0], run.blocks[2], 60, DAY, "Ray Stone")
    run.mark(1, 0, "late", 10)
    grid = hours.grid(session, run.id)
    for enrolled in run.enrolled:
        assert hours.summary(session, enrolled) == grid.summaries[enrolled]


def test_the_whole_course_is_credited_by_area(session, run):
    attendance.all_present(session, run.id)
    found = hours.summary(session, run.enrolled[0])
    assert found.by_area == {"legal": 120, "technical": 1320, "interpersonal": 720, "skill": 240}
    assert (found.state, found.minutes, found.required) == ("ready", 2400, 2400)


def test_part_of_a_block_is_credited_in_proportion(session, run):
    run.mark(0, 8, "partial", 120)  # an hour of two interpersonal modules, two of skill
    assert hours.summary(session, run.enrolled[0]).by_area == {"interpersonal": 60, "skill": 60}


def test_what_is_missing_of_forty_hours_is_said(session, run):
    run.mark(0, 5, "left early", 30)
    attendance.all_present(session, run.id)
    assert hours.summary(session, run.enrolled[0]).reasons == (
        "36.5 of 40 hours: missing Wed 1:30–5:00.",
    )


def test_a_weekly_class_says_the_date_of_what_is_missing(session, chapter_id):
    run = training.run(session, chapter_id, weekly=True)
    run.mark(0, 2, "absent")
    attendance.all_present(session, run.id)
    assert hours.summary(session, run.enrolled[0]).missing_text == "missing Mon Mar 9 8:00–12:00"


def test_the_rule_of_the_class_counts(session, chapter_id):
    run = training.run(session, chapter_id, min_attendance=90, min_score=80)
    run.mark(0, 0, "absent")
    attendance.all_present(session, run.id)
    assert hours.summary(session, run.enrolled[0]).reasons == (
        "The test score is not entered; 80 is needed.",
    )
    enrollment.set_score(session, run.enrolled[0], 80)
    session.flush()
    found = hours.summary(session, run.enrolled[0])
    assert (found.state, found.required, found.minutes) == ("ready", 2160, 2160)


def test_a_class_that_is_gone_has_no_grid(session):
    with pytest.raises(NotFound, match="class no longer exists"):
        hours.grid(session, 999)


def test_a_person_who_is_gone_has_no_summary(session):
    with pytest.raises(NotFound, match="no longer in the class"):
        hours.summary(session, 999)


def test_a_class_without_people_has_an_empty_grid(session, chapter_id):
    run = training.run(session, chapter_id, names=())
    grid = hours.grid(session, run.id)
    assert (grid.people, grid.marks, grid.summaries) == ((), {}, {})
    assert len(grid.blocks) == 10
    assert grid.blocks[0].day == MONDAY


def test_a_summary_asks_no_more_of_a_large_class_than_of_a_small_one(session, run, chapter_id):
    large = training.run(session, chapter_id, tuple(f"P{n:02} Many" for n in range(40)))
    attendance.all_present(session, run.id)
    attendance.all_present(session, large.id)
    asked = [
        statements(session, partial(hours.summary, session, enrollment_id))
        for enrollment_id in (run.enrolled[0], large.enrolled[0])
    ]
    assert asked[0] == asked[1] <= 12
