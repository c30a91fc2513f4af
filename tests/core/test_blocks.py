from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.services import attendance, blocks, classes, finalize
from cit_desktop.services.layout import PartPlan
from tests.core.helpers import training
from tests.core.helpers.training import MONDAY

NEXT_MONDAY = date(2026, 3, 9)
MORNING, AFTERNOON = 480, 780


@pytest.fixture
def session(db, chapter_id):
    with db.operation("Test") as session:
        yield session


@pytest.fixture
def run(session, chapter_id):
    return training.run(session, chapter_id)


def shown(session, run, place=0):
    found = {block.id: block for block in classes.view(session, run.id).blocks}
    return found[run.blocks[place]]


def parts(*minutes: int) -> list[PartPlan]:
    return [PartPlan(f"Part {n}", m, "lecture", "skill") for n, m in enumerate(minutes, 1)]


def test_a_block_moves_to_another_day_and_time(session, run):
    blocks.move(session, run.blocks[0], 1, NEXT_MONDAY, 600, 240)
    block = shown(session, run)
    assert (block.day, block.starts_at, block.minutes, block.version) == (NEXT_MONDAY, 600, 240, 2)


def test_a_class_ends_with_its_last_block(session, run):
    blocks.move(session, run.blocks[0], 1, NEXT_MONDAY, MORNING, 240)
    found = classes.view(session, run.id)
    assert (found.starts, found.ends) == (MONDAY, NEXT_MONDAY)


def test_a_class_begins_with_its_first_block(session, run):
    for place in (0, 1):
        start = (MORNING, AFTERNOON)[place]
        blocks.move(session, run.blocks[place], 1, NEXT_MONDAY, start, 240)
    found = classes.view(session, run.id)
    assert (found.starts, found.ends) == (date(2026, 3, 3), NEXT_MONDAY)


def test_an_older_state_of_a_block_is_a_conflict(session, run):
    blocks.move(session, run.blocks[0], 1, NEXT_MONDAY, MORNING, 240)
    with pytest.raises(Conflict, match="This block was changed"):
        blocks.move(session, run.blocks[0], 1, MONDAY, MORNING, 240)
    assert shown(session, run).day == NEXT_MONDAY


@pytest.mark.parametrize(
    ("starts_at", "minutes"), [(780, 240), (700, 81), (1019, 60), (600, 800), (800, 30)]
)
def test_a_block_must_not_overlap_another_of_its_class(session, run, starts_at, minutes):
    with pytest.raises(Refused, match=r"On Mon this class has “.*” from 1:00–5:00 already"):
        blocks.move(session, run.blocks[0], 1, MONDAY, starts_at, minutes)
    assert shown(session, run).starts_at == MORNING


@pytest.mark.parametrize(("starts_at", "minutes"), [(540, 240), (1020, 60)])
def test_a_block_may_touch_another(session, run, starts_at, minutes):
    blocks.move(session, run.blocks[0], 1, MONDAY, starts_at, minutes)
    assert shown(session, run).starts_at == starts_at


def test_blocks_of_two_classes_may_be_at_the_same_time(session, chapter_id, run):
    other = training.run(session, chapter_id, names=())
    blocks.move(session, other.blocks[0], 1, MONDAY, MORNING, 200)
    assert shown(session, other).minutes == 200


@pytest.mark.parametrize(
    ("starts_at", "minutes", "field"),
    [(480, 0, "minutes"), (-1, 60, "starts_at"), (1440, 60, "starts_at"), (1400, 60, "minutes")],
)
def test_a_time_that_no_day_has_is_refused(session, run, starts_at, minutes, field):
    with pytest.raises(Refused) as raised:
        blocks.move(session, run.blocks[0], 1, NEXT_MONDAY, starts_at, minutes)
    assert field in raised.value.fields


def test_the_parts_follow_a_new_length_in_proportion(session, run):
    assert [part.minutes for part in shown(session, run).parts] == [60, 60, 120]
    blocks.move(session, run.blocks[0], 1, MONDAY, MORNING, 200)
    assert [part.minutes for part in shown(session, run).parts] == [50, 50, 100]


@given(
    weights=st.lists(st.integers(1, 300), min_size=1, max_size=4),
    lengths=st.lists(st.integers(1, 600), min_size=1, max_size=4),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_add_up_to_any_length_and_are_as_planned_at_the_planned_one(
    session, run, weights, lengths
):
    whole = sum(weights)
    made = blocks.add(session, run.id, NEXT_MONDAY, 0, whole, "Any", parts(*weights))
    version = 1
    for minutes in (*lengths, whole):
        with suppress(Refused):  # too short for so many parts
            blocks.move(session, made, version, NEXT_MONDAY, 0, minutes)
        block = next(one for one in classes.view(session, run.id).blocks if one.id == made)
        version = block.version
        assert sum(part.minutes for part in block.parts) == block.minutes
    assert [part.minutes for part in block.parts] == weights
    blocks.remove(session, made)


def test_parts_keep_their_plan_until_they_are_replaced(session, run):
    blocks.move(session, run.blocks[0], 1, MONDAY, MORNING, 7)
    assert [part.minutes for part in shown(session, run).parts] == [2, 2, 3]
    blocks.move(session, run.blocks[0], 2, MONDAY, MORNING, 240)
    assert [part.minutes for part in shown(session, run).parts] == [60, 60, 120]
    blocks.move(session, run.blocks[0], 3, MONDAY, MORNING, 200)
    blocks.set_parts(session, run.blocks[0], 4, parts(20, 180))
    blocks.move(session, run.blocks[0], 5, MONDAY, MORNING, 240)
    assert [part.minutes for part in shown(session, run).parts] == [24, 216]


def test_no_part_and_no_credit_is_lost_in_a_block_too_short_for_it(session, run):
    with pytest.raises(Refused, match="too few for the 3 modules") as raised:
        blocks.move(session, run.blocks[0], 1, MONDAY, MORNING, 1)
    assert list(raised.value.fields) == ["minutes"]
    assert [part.minutes for part in shown(session, run).parts] == [60, 60, 120]


def test_a_block_cannot_be_shorter_than_the_time_marked_in_it(session, run):
    run.mark(0, 0, "present")
    run.mark(1, 0, "partial", 200)
    run.mark(2, 0, "partial", 120)
    with pytest.raises(Refused, match="cannot be 3 h long") as raised:
        blocks.move(session, run.blocks[0], 1, MONDAY, MORNING, 180)
    assert "Ana Ito (4 h); Ben Okafor (3 h 20 min)." in raised.value.message
    assert "Diaz" not in raised.value.message
    assert shown(session, run).minutes == 240


def test_time_made_up_counts_toward_the_length_a_block_keeps(session, run):
    run.mark(0, 0, "partial", 100)
    attendance.add_makeup(session, run.enrolled[0], run.blocks[0], 100, MONDAY, "Ray Stone")
    with pytest.raises(Refused, match=r"Ana Ito \(3 h 20 min\)"):
        blocks.move(session, run.blocks[0], 1, MONDAY, MORNING, 180)


def test_a_block_may_be_shorter_when_the_marks_fit(session, run):
    run.mark(0, 0, "partial", 120)
    run.mark(1, 0, "absent")
    blocks.move(session, run.blocks[0], 1, MONDAY, MORNING, 180)
    assert run.marks(run.blocks[0]) == {
        run.enrolled[0]: ("partial", 120),
        run.enrolled[1]: ("absent", 0),
    }


def test_marks_for_the_whole_block_follow_when_it_becomes_longer(session, run):
    run.mark(0, 0, "present")
    run.mark(1, 0, "late")
    run.mark(2, 0, "partial", 200)
    blocks.move(session, run.blocks[0], 1, MONDAY, MORNING, 270)
    assert list(run.marks(run.blocks[0]).values()) == [
        ("present", 270),
        ("late", 270),
        ("partial", 200),
    ]


def test_a_block_gets_another_title_and_keeps_its_parts(session, run):
    before = shown(session, run).parts
    blocks.rename(session, run.blocks[0], 1, "  Opening  day ")
    session.flush()
    block = shown(session, run)
    assert (block.title, block.parts, block.version) == ("Opening day", before, 2)


def test_a_block_needs_a_title(session, run):
    with pytest.raises(Refused, match="A block needs a title"):
        blocks.rename(session, run.blocks[0], 1, " ")


def test_a_block_is_added_with_one_part_of_its_title(session, run):
    made = blocks.add(session, run.id, NEXT_MONDAY, MORNING, 120, "Ride-along", area="skill")
    block = next(b for b in classes.view(session, run.id).blocks if b.id == made)
    assert [(p.title, p.minutes, p.delivery, p.area) for p in block.parts] == [
        ("Ride-along", 120, "lecture", "skill")
    ]
    assert classes.view(session, run.id).ends == NEXT_MONDAY


def test_a_block_is_added_with_the_parts_given(session, run):
    made = blocks.add(session, run.id, NEXT_MONDAY, MORNING, 100, "Two things", parts(40, 60))
    block = next(b for b in classes.view(session, run.id).blocks if b.id == made)
    assert [part.minutes for part in block.parts] == [40, 60]


def test_an_added_block_must_not_overlap(session, run):
    with pytest.raises(Refused, match="On Mon this class has"):
        blocks.add(session, run.id, MONDAY, 700, 60, "Lunch talk")
    assert len(classes.view(session, run.id).blocks) == 10


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (parts(40, 50), "add up to 90 minutes, but the block has 100"),
        ([PartPlan(" ", 100, "", "skill")], "needs a title"),
        ([PartPlan("A", 100, "", "magic")], "credit area “magic”"),
        ([*parts(100), PartPlan("B", 0, "", "skill")], "at least 1 minute"),
    ],
)
def test_parts_that_do_not_make_up_the_block_are_refused(session, run, given, sentence):
    with pytest.raises(Refused, match=sentence):
        blocks.add(session, run.id, NEXT_MONDAY, MORNING, 100, "Two things", given)


def test_the_parts_of_a_block_are_replaced(session, run):
    blocks.set_parts(session, run.blocks[0], 1, parts(100, 140))
    assert [(p.minutes, p.area) for p in shown(session, run).parts] == [
        (100, "skill"),
        (140, "skill"),
    ]


def test_replaced_parts_are_a_new_version_of_the_block(session, run):
    blocks.set_parts(session, run.blocks[0], 1, parts(240))
    with pytest.raises(Conflict):
        blocks.set_parts(session, run.blocks[0], 1, parts(100, 140))


def test_parts_must_add_up_to_their_block(session, run):
    with pytest.raises(Refused, match="add up to 200 minutes, but the block has 240"):
        blocks.set_parts(session, run.blocks[0], 1, parts(100, 100))
    assert len(shown(session, run).parts) == 3


def test_a_block_without_marks_is_removed_with_all_that_hangs_on_it(session, run):
    teacher = training.person(session, "Ray Stone")
    blocks.set_instructors(session, run.blocks[9], [(teacher, "")])
    blocks.remove(session, run.blocks[9], 1)
    blocks.remove(session, run.blocks[8])
    found = classes.view(session, run.id)
    assert len(found.blocks) == 8
    assert found.ends == date(2026, 3, 5)


def test_a_block_with_marks_is_not_removed(session, run):
    run.mark(0, 0, "absent")
    with pytest.raises(Refused, match="has attendance of 1 person and cannot be removed"):
        blocks.remove(session, run.blocks[0], 1)
    run.mark(1, 0, "present")
    with pytest.raises(Refused, match="has attendance of 2 people"):
        blocks.remove(session, run.blocks[0], 1)


def test_a_block_that_was_used_to_make_up_time_is_not_removed(session, run):
    run.mark(0, 0, "absent")
    attendance.add_makeup(
        session, run.enrolled[0], run.blocks[0], 60, MONDAY, "Ray", other_block_id=run.blocks[5]
    )
    with pytest.raises(Refused, match="was used to make up time"):
        blocks.remove(session, run.blocks[5], 1)


def test_the_last_block_of_a_class_is_not_removed(session, run):
    for block in run.blocks[1:]:
        blocks.remove(session, block)
    with pytest.raises(Refused, match="is the only block of CIT40-2026-01"):
        blocks.remove(session, run.blocks[0])


def test_instructors_are_set_and_replaced_in_order(session, run):
    ray, kim = training.person(session, "Ray Stone"), training.person(session, "Kim Lee")
    blocks.set_instructors(session, run.blocks[0], [(ray, "Sergeant"), (kim, " Clinical  lead ")])
    assert [(i.name, i.title) for i in shown(session, run).instructors] == [
        ("Ray Stone", "Sergeant"),
        ("Kim Lee", "Clinical lead"),
    ]
    blocks.set_instructors(session, run.blocks[0], [(kim, "")])
    assert [i.name for i in shown(session, run).instructors] == ["Kim Lee"]


def test_an_instructor_is_named_once_a_block(session, run):
    ray = training.person(session, "Ray Stone")
    with pytest.raises(Refused, match="named twice"):
        blocks.set_instructors(session, run.blocks[0], [(ray, ""), (ray, "Sergeant")])


def test_an_instructor_must_exist(session, run):
    with pytest.raises(NotFound, match="instructor no longer exists"):
        blocks.set_instructors(session, run.blocks[0], [(999, "")])


@pytest.mark.parametrize(
    "work",
    [
        lambda s, r: blocks.move(s, r.blocks[0], 1, NEXT_MONDAY, MORNING, 240),
        lambda s, r: blocks.rename(s, r.blocks[0], 1, "Other"),
        lambda s, r: blocks.add(s, r.id, NEXT_MONDAY, MORNING, 60, "Other"),
        lambda s, r: blocks.remove(s, r.blocks[0], 1),
        lambda s, r: blocks.set_parts(s, r.blocks[0], 1, parts(240)),
        lambda s, r: blocks.set_instructors(s, r.blocks[0], []),
    ],
)
def test_the_blocks_of_a_finalized_class_are_locked(session, run, work):
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    before = classes.view(session, run.id)
    with pytest.raises(Refused, match="is finalized, so its records are locked") as raised:
        work(session, run)
    assert "Reopen" in raised.value.hint
    assert classes.view(session, run.id) == before


def test_a_block_that_is_gone_is_not_found(session, run):
    with pytest.raises(NotFound, match="block"):
        blocks.rename(session, 999, 1, "Other")


def test_a_move_is_undone_by_leaving_the_operation_with_an_error(db, chapter_id):
    with db.operation("Make class") as session:
        run = training.run(session, chapter_id)
    with pytest.raises(Refused), db.operation("Move") as session:
        blocks.move(session, run.blocks[0], 1, NEXT_MONDAY, MORNING, 240)
        blocks.move(session, run.blocks[1], 1, NEXT_MONDAY, MORNING, 240)
    with db.read() as session:
        assert classes.view(session, run.id).ends == date(2026, 3, 6)
