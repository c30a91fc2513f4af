from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from cit_desktop import clock
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Block, StateNumber
from cit_desktop.services import attendance, attendance_columns, classes, enrollment, finalize
from cit_desktop.services.attendance_rules import resolved
from cit_desktop.text import letters
from tests.core.helpers import training

DAY = date(2026, 3, 19)


@pytest.fixture(autouse=True)
def after_the_class():
    clock.set_source(lambda: datetime(2026, 3, 20, 12, tzinfo=UTC))
    yield
    clock.set_source(None)


@pytest.fixture
def session(db, chapter_id):
    with db.operation("Test") as session:
        yield session


@pytest.fixture
def run(session, chapter_id):
    return training.run(session, chapter_id)


@pytest.fixture
def block(run):
    return run.blocks[0]


def stored(run, person=0, block=0):
    return run.marks(run.blocks[block]).get(run.enrolled[person])


@pytest.mark.parametrize(
    ("mark", "minutes", "expected"),
    [
        ("present", None, ("present", 240)),
        ("present", 240, ("present", 240)),
        ("absent", None, ("absent", 0)),
        ("absent", 0, ("absent", 0)),
        ("excused", None, ("excused", 0)),
        ("late", None, ("late", 240)),
        ("late", 200, ("late", 200)),
        ("left early", None, ("left early", 240)),
        ("left early", 0, ("left early", 0)),
        ("partial", 90, ("partial", 90)),
        ("partial", 240, ("present", 240)),
        ("partial", 0, ("absent", 0)),
    ],
)
def test_a_mark_is_stored_with_its_minutes(run, mark, minutes, expected):
    run.mark(0, 0, mark, minutes)
    assert stored(run) == expected


@pytest.mark.parametrize(
    ("mark", "minutes", "sentence"),
    [
        ("partial", None, "its time is needed"),
        ("partial", 241, "241 minutes do not fit a block of 240 minutes"),
        ("late", -1, "-1 minutes do not fit"),
        ("absent", 30, "“absent” is 0 minutes of this block, not 30"),
        ("present", 30, "“present” is 240 minutes of this block, not 30"),
        ("asleep", None, "“asleep” is no mark"),
    ],
)
def test_a_mark_that_does_not_fit_is_refused(run, mark, minutes, sentence):
    with pytest.raises(Refused, match=sentence):
        run.mark(0, 0, mark, minutes)
    assert stored(run) is None


def test_a_second_mark_replaces_the_first(run):
    run.mark(0, 0, "present")
    run.mark(0, 0, "absent")
    assert run.marks(run.blocks[0]) == {run.enrolled[0]: ("absent", 0)}


@pytest.mark.parametrize("mark", ["late", "left early"])
def test_hours_typed_after_late_or_left_early_keep_that_mark(run, mark):
    run.mark(0, 0, mark)
    run.mark(0, 0, "partial", 180)
    assert stored(run) == (mark, 180)


def test_hours_typed_after_another_mark_are_partial(run):
    run.mark(0, 0, "excused")
    run.mark(0, 0, "partial", 180)
    assert stored(run) == ("partial", 180)


def test_no_hours_after_late_are_absent(run):
    run.mark(0, 0, "late")
    run.mark(0, 0, "partial", 0)
    assert stored(run) == ("absent", 0)


def test_a_mark_says_nothing_of_other_blocks_and_people(run):
    run.mark(1, 2, "present")
    assert [stored(run, person, 2) for person in range(3)] == [None, ("present", 240), None]
    assert run.marks(run.blocks[1]) == {}


def test_the_rule_of_marks_knows_what_stood_there():
    assert resolved("partial", 60, 120, "late") == ("late", 60)
    assert resolved("partial", 60, 120, None) == ("partial", 60)


def test_clearing_makes_a_mark_blank_again(session, run, block):
    run.mark(0, 0, "present")
    attendance.clear(session, block, run.enrolled[0])
    assert stored(run) is None


def test_clearing_a_blank_changes_nothing(session, run, block):
    attendance.clear(session, block, run.enrolled[0])
    assert run.marks(block) == {}


def test_a_block_of_another_class_is_refused(session, chapter_id, run):
    other = training.run(session, chapter_id, names=())
    with pytest.raises(NotFound, match="no longer exists in the class"):
        attendance.mark(session, other.blocks[0], run.enrolled[0], "present")


def test_people_and_blocks_that_are_gone_are_not_found(session, run, block):
    with pytest.raises(NotFound, match="no longer in the class"):
        attendance.mark(session, block, 999, "present")
    with pytest.raises(NotFound, match="block"):
        attendance.mark(session, 999, run.enrolled[0], "present")
    with pytest.raises(NotFound, match="block"):
        attendance.fill_blanks(session, 999)


def test_nobody_who_withdrew_is_marked(session, run):
    enrollment.withdraw(session, run.enrolled[0])
    with pytest.raises(Refused, match="withdrew"):
        run.mark(0, 0, "present")


def test_filling_marks_the_blanks_only(session, run, block):
    run.mark(0, 0, "excused")
    assert attendance.fill_blanks(session, block) == 2
    assert list(run.marks(block).values()) == [("excused", 0), ("present", 240), ("present", 240)]


def test_filling_again_changes_nothing(session, run, block):
    attendance.fill_blanks(session, block)
    assert attendance.fill_blanks(session, block, "absent") == 0


def test_filling_leaves_out_who_withdrew_and_who_does_not_train(session, run, block):
    enrollment.set_role(session, run.enrolled[0], "instructor")
    enrollment.withdraw(session, run.enrolled[1])
    assert attendance.fill_blanks(session, block, "absent") == 1
    assert run.marks(block) == {run.enrolled[2]: ("absent", 0)}


def test_filling_with_part_of_a_block_is_refused(session, block):
    with pytest.raises(Refused, match="its time is needed"):
        attendance.fill_blanks(session, block, "partial")


def test_overwriting_says_first_what_it_would_change(session, run, block):
    run.mark(0, 0, "excused")
    run.mark(1, 0, "present")
    assert attendance.would_overwrite(session, block) == {"excused": 1}
    assert attendance.would_overwrite(session, block, "absent") == {"excused": 1, "present": 1}
    assert attendance.would_overwrite(session, block, "excused") == {"present": 1}


def test_the_most_frequent_mark_is_named_first(session, run, block):
    run.mark(0, 0, "absent")
    run.mark(1, 0, "excused")
    run.mark(2, 0, "excused")
    assert list(attendance.would_overwrite(session, block)) == ["excused", "absent"]


def test_a_late_mark_with_its_own_minutes_would_change_to_the_whole_block(session, run, block):
    run.mark(0, 0, "late", 200)
    assert attendance.would_overwrite(session, block, "late") == {"late": 1}


def test_overwriting_gives_everybody_the_mark(session, run, block):
    run.mark(0, 0, "excused")
    run.mark(1, 0, "present")
    assert attendance.overwrite(session, block) == 2
    assert set(run.marks(block).values()) == {("present", 240)}


def test_overwriting_leaves_out_who_withdrew(session, run, block):
    run.mark(0, 0, "absent")
    enrollment.withdraw(session, run.enrolled[0])
    assert attendance.overwrite(session, block) == 2
    assert stored(run) == ("absent", 0)


def test_overwriting_is_refused_where_time_was_made_up(session, run, block):
    run.mark(0, 0, "absent")
    attendance.add_makeup(session, run.enrolled[0], block, 60, DAY, "Ray Stone")
    with pytest.raises(Refused, match="Time was made up for this block by Ana Ito"):
        attendance.overwrite(session, block)
    assert attendance.overwrite(session, block, "excused") == 3


def test_all_present_fills_every_blank_of_the_class(session, run):
    run.mark(0, 3, "absent")
    assert attendance.all_present(session, run.id) == 29
    assert stored(run, 0, 3) == ("absent", 0)
    assert all(len(run.marks(block)) == 3 for block in run.blocks)


def test_numbers_on_the_roster_mark_people(session, run, block):
    assert attendance.mark_numbers(session, block, "1, 3") == ["Cara Diaz", "Ben Okafor"]
    assert set(run.marks(block)) == {run.enrolled[1], run.enrolled[2]}


@pytest.mark.parametrize("typed", ["1-3", "1 - 3", "1–3", " 1-2;3 ", "3 2 1", "2-3,1,1"])
def test_ranges_and_lists_mark_everybody_once(session, run, block, typed):
    assert sorted(attendance.mark_numbers(session, block, typed)) == [
        "Ana Ito",
        "Ben Okafor",
        "Cara Diaz",
    ]


def test_numbers_can_give_any_mark(session, run, block):
    attendance.mark_numbers(session, block, "2", "late")
    assert run.marks(block) == {run.enrolled[0]: ("late", 240)}


def give_number(session, run, person, number):
    person_id = enrollment.rows(session, run.enrolled)[run.enrolled[person]].person_id
    session.add(StateNumber(person_id=person_id, kind="POST", number=number, key=letters(number)))
    session.flush()


@pytest.mark.parametrize("scanned", ["MO-0012", "mo0012", " MO-0012\n"])
def test_a_state_number_marks_its_person_however_it_is_written(session, run, block, scanned):
    give_number(session, run, 1, "MO-0012")
    assert attendance.mark_numbers(session, block, scanned) == ["Ben Okafor"]


def test_a_number_with_zeros_before_it_is_a_state_number(session, run, block):
    give_number(session, run, 1, "0001")
    assert attendance.mark_numbers(session, block, "0001") == ["Ben Okafor"]
    assert attendance.mark_numbers(session, block, "1") == ["Cara Diaz"]


def test_a_state_number_like_a_range_is_found_when_nobody_has_its_first_number(session, run, block):
    give_number(session, run, 1, "4417-8821")
    assert attendance.mark_numbers(session, block, "4417-8821") == ["Ben Okafor"]


def test_an_unknown_number_marks_nobody(session, run, block):
    with pytest.raises(Refused, match="7, X99 are not on this roster") as raised:
        attendance.mark_numbers(session, block, "1, 7, X99")
    assert "text" in raised.value.fields
    assert run.marks(block) == {}


def test_a_range_that_goes_too_far_names_what_is_unknown(session, run, block):
    with pytest.raises(Refused, match="4, 5 are not on this roster"):
        attendance.mark_numbers(session, block, "2-5")


@pytest.mark.parametrize("typed", ["3-1", "2-9999", "12-15"])
def test_a_range_that_makes_no_sense_is_named_whole(session, run, block, typed):
    with pytest.raises(Refused, match=f"{typed} is not on this roster"):
        attendance.mark_numbers(session, block, typed)


def test_a_state_number_of_two_people_marks_neither(session, run, block):
    give_number(session, run, 0, "777888")
    give_number(session, run, 1, "777-888")
    with pytest.raises(Refused, match=r"777888 .the number of 2 people."):
        attendance.mark_numbers(session, block, "777888")


@pytest.mark.parametrize("typed", ["", "  ", ",;"])
def test_nothing_typed_is_refused(session, block, typed):
    with pytest.raises(Refused, match="No number was typed"):
        attendance.mark_numbers(session, block, typed)


def test_whoever_withdrew_has_no_number_to_be_marked_by(session, run, block):
    enrollment.assign_numbers(session, run.id)
    enrollment.withdraw(session, run.enrolled[2])
    session.flush()
    with pytest.raises(Refused, match="1 is not on this roster"):
        attendance.mark_numbers(session, block, "1")


def test_marking_by_number_fixes_the_numbers(session, run, block):
    attendance.mark_numbers(session, block, "1")
    enrollment.enroll(session, run.id, training.person(session, "Amy Abel"))
    assert attendance.mark_numbers(session, block, "1") == ["Cara Diaz"]


@pytest.fixture
def absent(run):
    run.mark(0, 0, "absent")
    return run.enrolled[0]


def test_time_is_made_up_with_who_approved_it(session, run, block, absent):
    attendance.add_makeup(
        session, absent, block, 240, DAY, " Ray  Stone ", "Watched \n the film", run.blocks[4]
    )
    (made,) = attendance.makeups(session, absent)
    assert (made.minutes, made.day, made.approved_by, made.note, made.other_block_id) == (
        240,
        DAY,
        "Ray Stone",
        "Watched\nthe film",
        run.blocks[4],
    )


def test_time_made_up_is_never_more_than_what_is_missing(session, run, block):
    run.mark(0, 0, "late", 180)
    with pytest.raises(Refused, match=r"Only 1 h of “.*” are missing, not 1 h 1 min"):
        attendance.add_makeup(session, run.enrolled[0], block, 61, DAY, "Ray")
    attendance.add_makeup(session, run.enrolled[0], block, 40, DAY, "Ray")
    with pytest.raises(Refused, match="Only 20 min"):
        attendance.add_makeup(session, run.enrolled[0], block, 21, DAY, "Ray")
    attendance.add_makeup(session, run.enrolled[0], block, 20, DAY, "Ray")
    assert sum(made.minutes for made in attendance.makeups(session, run.enrolled[0])) == 60


def test_nothing_is_made_up_for_somebody_who_was_there(session, run, block):
    run.mark(0, 0, "present")
    with pytest.raises(Refused, match="Only 0 min"):
        attendance.add_makeup(session, run.enrolled[0], block, 1, DAY, "Ray")


def test_a_blank_cannot_be_made_up(session, run, block):
    with pytest.raises(Refused, match=r"is not marked in “.*” yet"):
        attendance.add_makeup(session, run.enrolled[0], block, 60, DAY, "Ray")


def test_a_class_may_forbid_time_to_be_made_up(session, chapter_id):
    strict = training.run(session, chapter_id, makeup_allowed=False)
    strict.mark(0, 0, "absent")
    with pytest.raises(Refused, match="does not allow time to be made up"):
        attendance.add_makeup(session, strict.enrolled[0], strict.blocks[0], 60, DAY, "Ray")


@pytest.mark.parametrize(
    ("minutes", "approved_by", "field"),
    [(0, "Ray", "minutes"), (-5, "Ray", "minutes"), (60, "  ", "approved_by")],
)
def test_a_make_up_needs_time_and_approval(session, block, absent, minutes, approved_by, field):
    with pytest.raises(Refused) as raised:
        attendance.add_makeup(session, absent, block, minutes, DAY, approved_by)
    assert list(raised.value.fields) == [field]


def test_a_block_is_not_made_up_in_itself(session, block, absent):
    with pytest.raises(Refused, match="cannot be made up in itself"):
        attendance.add_makeup(session, absent, block, 60, DAY, "Ray", other_block_id=block)


def test_a_block_in_which_time_was_made_up_must_be_long_enough(session, chapter_id, block, absent):
    short = training.run(session, chapter_id, names=(), course="COMM1")
    with pytest.raises(Refused, match="is only 1 h long"):
        attendance.add_makeup(
            session, absent, block, 90, DAY, "Ray", other_block_id=short.blocks[0]
        )


def test_the_missed_block_must_be_of_the_same_class(session, chapter_id, absent):
    other = training.run(session, chapter_id, names=())
    with pytest.raises(NotFound, match="belongs to another class"):
        attendance.add_makeup(session, absent, other.blocks[0], 60, DAY, "Ray")


def test_nobody_who_withdrew_makes_up_time(session, block, absent):
    enrollment.withdraw(session, absent)
    with pytest.raises(Refused, match="withdrew"):
        attendance.add_makeup(session, absent, block, 60, DAY, "Ray")


def test_a_mark_does_not_swallow_time_made_up(session, run, block, absent):
    attendance.add_makeup(session, absent, block, 60, DAY, "Ray")
    with pytest.raises(Refused, match="1 h were made up for this block already"):
        run.mark(0, 0, "present")
    with pytest.raises(Refused, match="1 h were made up for this block"):
        attendance.clear(session, block, absent)
    run.mark(0, 0, "partial", 180)
    assert stored(run) == ("partial", 180)


def test_a_make_up_is_taken_back(session, run, block, absent):
    made = attendance.add_makeup(session, absent, block, 60, DAY, "Ray")
    attendance.remove_makeup(session, made)
    assert attendance.makeups(session, absent) == []
    run.mark(0, 0, "present")
    assert stored(run) == ("present", 240)


@pytest.mark.parametrize(
    "work",
    [
        lambda s, r: r.mark(0, 0, "absent"),
        lambda s, r: attendance.clear(s, r.blocks[0], r.enrolled[0]),
        lambda s, r: attendance.fill_blanks(s, r.blocks[0]),
        lambda s, r: attendance.overwrite(s, r.blocks[0], "absent"),
        lambda s, r: attendance.mark_numbers(s, r.blocks[0], "1", "absent"),
        lambda s, r: attendance.all_present(s, r.id),
        lambda s, r: attendance.add_makeup(s, r.enrolled[0], r.blocks[0], 1, DAY, "Ray"),
        lambda s, r: attendance.remove_makeup(s, 1),
    ],
)
def test_the_attendance_of_a_finalized_class_is_locked(session, run, work):
    run.mark(0, 0, "absent")
    attendance.add_makeup(session, run.enrolled[0], run.blocks[0], 60, DAY, "Ray")
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    before = run.marks(run.blocks[0])
    with pytest.raises(Refused, match="is finalized, so its records are locked") as raised:
        work(session, run)
    assert "Reopen the class" in raised.value.hint
    assert run.marks(run.blocks[0]) == before


def test_a_cancelled_class_is_not_marked(session, run):
    classes.cancel(session, run.id)
    with pytest.raises(Refused, match="is cancelled"):
        attendance.all_present(session, run.id)


def test_filling_a_block_is_one_step_of_the_history_and_one_undo(db, chapter_id):
    with db.operation("Make class") as session:
        run = training.run(session, chapter_id)
    steps = []
    db.committed.append(steps.append)
    with db.operation("Fill blanks") as session:
        attendance.fill_blanks(session, run.blocks[0])
    assert [(step.label, {k: len(v) for k, v in step.rows.items()}) for step in steps] == [
        ("Fill blanks", {"attendance": 3})
    ]


def test_a_mark_asks_no_more_of_a_full_grid_than_of_an_empty_one(session, chapter_id):
    run = training.run(session, chapter_id, tuple(f"P{n:02} Many" for n in range(50)))
    asked = list[str]()
    connection = session.connection()

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    counts = []
    event.listen(connection, "before_cursor_execute", note)
    for person in range(50):
        asked.clear()
        run.mark(person, 0, "present")
        counts.append(len(asked))
    event.remove(connection, "before_cursor_execute", note)
    assert len(set(counts[1:])) == 1
    assert counts[-1] <= 10


def before_the_class():
    clock.set_source(lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize("mark", ["present", "late", "left early"])
def test_nobody_can_be_said_to_have_been_in_a_block_to_come(run, mark):
    before_the_class()
    with pytest.raises(Refused, match="is still to come, so nobody can have been there yet"):
        run.mark(0, 0, mark)
    assert stored(run) is None


@pytest.mark.parametrize("mark", ["absent", "excused"])
def test_somebody_can_be_excused_ahead(run, mark):
    before_the_class()
    run.mark(0, 0, mark)
    assert stored(run) == (mark, 0)


def test_all_present_leaves_the_blocks_to_come(session, run):
    first = run.blocks[0]
    day = session.get(Block, first).day
    clock.set_source(lambda: datetime(day.year, day.month, day.day, 23, tzinfo=UTC))
    ahead = attendance_columns.to_come(session, run.id)
    attendance.all_present(session, run.id)
    marked = [block for block in run.blocks if run.marks(block)]
    assert first in marked
    assert ahead == len(run.blocks) - len(marked) > 0


def test_no_column_is_filled_before_its_day(session, run):
    before_the_class()
    for work in (attendance.fill_blanks, attendance.overwrite):
        with pytest.raises(Refused, match="still to come"):
            work(session, run.blocks[0])


def test_no_make_up_is_entered_before_its_day(session, run, block):
    run.mark(0, 0, "absent")
    with pytest.raises(Refused) as refused:
        attendance.add_makeup(session, run.enrolled[0], block, 60, date(2026, 3, 21), "Ray")
    assert refused.value.fields["day"].endswith("2026 is still to come.")
