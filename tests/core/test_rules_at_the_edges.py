"""Rules of time, numbers and results where they just hold and where they just do not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.errors import Refused
from cit_desktop.models import BlockPart, Chapter
from cit_desktop.services import (
    attendance,
    blocks,
    certificates,
    classes,
    enrollment,
    finalize,
    hours,
    hours_rules,
    numbering,
)
from cit_desktop.services.hours_rules import Mark, Rule, Slot
from cit_desktop.services.layout import PartPlan
from tests.core.helpers import training
from tests.core.helpers.training import MONDAY

TUESDAY = MONDAY + timedelta(days=1)
SATURDAY = MONDAY + timedelta(days=5)


@pytest.fixture
def session(db, chapter_id):
    with db.operation("Test") as session:
        yield session


@pytest.fixture
def run(session, chapter_id):
    return training.run(session, chapter_id, course="INS8")


# Blocks


@pytest.mark.parametrize(
    ("starts_at", "minutes"), [(0, 1), (0, 1440), (1439, 1), (1380, 60), (720, 720)]
)
def test_a_block_may_fill_its_day_to_the_minute(session, run, starts_at, minutes):
    made = blocks.add(session, run.id, SATURDAY, starts_at, minutes, "Night watch")
    shown = next(block for block in classes.view(session, run.id).blocks if block.id == made)
    assert (shown.starts_at, shown.minutes) == (starts_at, minutes)


@pytest.mark.parametrize(
    ("starts_at", "minutes", "fields"),
    [
        (-1, 60, {"starts_at"}),
        (1440, 1, {"starts_at", "minutes"}),
        (1380, 61, {"minutes"}),
        (0, 0, {"minutes"}),
        (0, 1441, {"minutes"}),
    ],
)
def test_no_block_is_added_outside_of_its_day(session, run, starts_at, minutes, fields):
    with pytest.raises(Refused) as caught:
        blocks.add(session, run.id, SATURDAY, starts_at, minutes, "Night watch")
    assert set(caught.value.fields) == fields
    assert len(classes.view(session, run.id).blocks) == len(run.blocks)


def test_two_blocks_of_a_class_may_meet_to_the_minute(session, run):
    first = blocks.add(session, run.id, SATURDAY, 480, 60, "First")
    blocks.add(session, run.id, SATURDAY, 540, 60, "Second")
    blocks.add(session, run.id, SATURDAY, 420, 60, "Before")
    with pytest.raises(Refused, match="On Sat this class has “First” from 8:00–9:00 already"):
        blocks.add(session, run.id, SATURDAY, 539, 1, "Across")
    blocks.move(session, first, 1, SATURDAY, 485, 55)


def test_a_block_as_long_as_its_parts_are_many_keeps_a_minute_for_each(session, run):
    parts = [PartPlan(f"Part {n}", 20, "lecture", "legal") for n in range(3)]
    made = blocks.add(session, run.id, SATURDAY, 480, 60, "Three", parts)
    blocks.move(session, made, 1, SATURDAY, 480, 3)
    minutes = [row.minutes for row in session.query(BlockPart).filter_by(block_id=made)]
    assert minutes == [1, 1, 1]
    with pytest.raises(Refused) as caught:
        blocks.move(session, made, 2, SATURDAY, 480, 2)
    assert caught.value.message == "2 minutes are too few for the 3 modules of this block."
    assert caught.value.hint == "Take modules out of the block first, or make it longer."


def test_parts_may_change_and_a_move_alone_leaves_them(session, run):
    parts = (PartPlan("Law", 200, "lecture", "legal"), PartPlan("Play", 40, "", "skill"))
    blocks.set_parts(session, run.blocks[0], 1, parts)
    session.flush()
    version = hours.grid(session, run.id).blocks[0].version
    blocks.move(session, run.blocks[0], version, MONDAY, 470, 240)
    found = hours.grid(session, run.id).blocks[0].parts
    assert found == (("legal", 200), ("skill", 40))
    kept = session.query(BlockPart).filter_by(block_id=run.blocks[0]).all()
    assert [part.planned for part in kept] == [None, None]


# Hours


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"),
        (1, "1 min"),
        (45, "45 min"),
        (59, "59 min"),
        (60, "1 h"),
        (61, "1 h 1 min"),
        (74, "1 h 14 min"),
        (75, "1.25 h"),
        (90, "1.5 h"),
        (105, "1.75 h"),
        (2400, "40 h"),
        (2401, "40 h 1 min"),
    ],
)
def test_a_length_is_said_in_quarters_of_hours_from_one_hour_on(minutes, text):
    assert hours_rules.hours_text(minutes) == text


@given(st.integers(1, 3000), st.integers(0, 100))
def test_what_is_required_is_the_least_that_reaches_the_share(minutes, percent):
    least = hours_rules.required(minutes, percent)
    assert least * 100 >= minutes * percent
    assert least == 0 or (least - 1) * 100 < minutes * percent


RULE = Rule(480, 90, None, False)
SLOTS = (
    Slot(1, MONDAY, 480, 240, (("legal", 60), ("technical", 180))),
    Slot(2, MONDAY, 780, 240, (("skill", 240),)),
)


@pytest.mark.parametrize(
    ("first", "second", "state", "short"),
    [
        (Mark("present", 240), Mark("partial", 192), "ready", 0),
        (Mark("present", 240), Mark("partial", 191), "short", 1),
        (Mark("present", 240), Mark("absent", 0, 192), "ready", 0),
        (Mark("excused", 0), Mark("excused", 0), "short", 432),
        (Mark("late", 216, 24), Mark("left early", 192), "ready", 0),
        # what was made up beyond a block lifts nothing
        (Mark("present", 240, 60), Mark("partial", 191), "short", 1),
    ],
)
def test_ninety_percent_is_decided_to_the_minute(first, second, state, short):
    found = hours_rules.assess(1, RULE, SLOTS, {1: first, 2: second}, None, None)
    assert (found.state, found.short_minutes) == (state, short)
    assert bool(found.reasons) == bool(short)


@pytest.mark.parametrize(
    ("first", "second", "areas"),
    [
        (Mark("present", 240), Mark("present", 240), {"legal": 60, "technical": 180, "skill": 240}),
        (Mark("partial", 1), Mark("absent", 0), {"technical": 1}),
        # 30 and 90 seconds: of equal remainders the first area by name gets the minute
        (Mark("partial", 2), Mark("absent", 0), {"legal": 1, "technical": 1}),
        (Mark("partial", 3), Mark("absent", 0), {"legal": 1, "technical": 2}),
        (Mark("partial", 200, 40), Mark("partial", 7), {"legal": 60, "technical": 180, "skill": 7}),
    ],
)
def test_partial_credit_goes_to_the_areas_by_the_largest_remainder(first, second, areas):
    found = hours_rules.assess(1, RULE, SLOTS, {1: first, 2: second}, None, None)
    assert found.by_area == areas
    assert found.minutes == sum(areas.values())


def test_a_summary_counts_blanks_and_says_them_before_the_hours():
    found = hours_rules.assess(1, RULE, SLOTS, {1: Mark("absent", 0)}, None, None)
    assert (found.state, found.blanks) == ("blank", 1)
    assert found.reasons == (
        "1 block is not marked yet.",
        "0 of 7.2 hours: missing Mon 8:00–12:00.",
    )


def test_test_and_scenario_are_asked_for_after_the_hours():
    rule = Rule(480, 100, 70, True)
    marks = {1: Mark("present", 240), 2: Mark("left early", 200)}
    found = hours_rules.assess(1, rule, SLOTS, marks, 69, 0)
    assert found.reasons == (
        "7.33 of 8 hours: missing Mon 4:20–5:00.",
        "The test score is 69; 70 is needed.",
        "The scenario test was not passed.",
    )
    assert hours_rules.assess(1, rule, SLOTS, marks, 70, 1).reasons == found.reasons[:1]


# Finalizing


def test_of_many_blanks_five_are_named_and_the_rest_counted(session, chapter_id):
    names = tuple(f"A{n} Ito{n}" for n in range(7))
    run = training.run(session, chapter_id, names, course="INS8")
    morning, afternoon = finalize.obstacles(session, run.id)
    assert morning.sentence == (
        "Mon Mar 2 8:00–12:00: Ito0, A0; Ito1, A1; Ito2, A2; Ito3, A3; Ito4, A4 and 2 more "
        "are not marked."
    )
    assert (morning.enrollment_id, morning.block_id) == (run.enrolled[0], run.blocks[0])
    for enrolled in run.enrolled[1:]:
        attendance.mark(session, run.blocks[1], enrolled, "present")
    *_, afternoon = finalize.obstacles(session, run.id)
    assert afternoon.sentence == "Mon Mar 2 1:00–5:00: Ito0, A0 is not marked."


def test_the_test_of_whoever_has_the_hours_is_asked_for_by_name(session, chapter_id):
    run = training.run(session, chapter_id, course="INS8", min_score=70, scenario_required=True)
    attendance.all_present(session, run.id)
    run.mark(0, 0, "absent")
    run.mark(1, 0, "present")
    enrollment.set_score(session, run.enrolled[1], 0)
    said = [(found.kind, found.sentence) for found in finalize.obstacles(session, run.id)]
    assert said == [
        ("score", "Diaz, Cara has no test score."),
        ("scenario", "Diaz, Cara has no scenario result."),
        ("scenario", "Okafor, Ben has no scenario result."),
    ]


@pytest.mark.parametrize(
    ("issued", "sentence"),
    [
        (0, "The class is open again. No certificates were issued yet."),
        (
            1,
            "The class is open again. 1 certificate stays as issued; "
            "revoke or reissue what the corrections make wrong.",
        ),
        (
            2,
            "The class is open again. 2 certificates stay as issued; "
            "revoke or reissue what the corrections make wrong.",
        ),
    ],
)
def test_reopening_says_what_becomes_of_certificates(session, run, issued, sentence):
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    if issued:
        certificates.issue(session, run.id, run.enrolled[:issued])
    assert finalize.reopen(session, run.id, "A mark was wrong.") == sentence


# Numbers


@pytest.mark.parametrize(
    ("pattern", "seq", "number"),
    [
        ("{chapter}-{year}-{seq:04}", 9999, "OR-2026-9999"),
        ("{chapter}-{year}-{seq:04}", 10_000, "OR-2026-10000"),
        ("{year}{seq}", 7, "20267"),
        ("{seq:3}/{year}", 7, "007/2026"),
        ("No. {seq:01} of {year}", 12, "No. 12 of 2026"),
    ],
)
def test_a_number_grows_past_its_pattern(pattern, seq, number):
    numbering.check_pattern(pattern)
    assert numbering.rendered(pattern, "OR", 2026, seq) == number


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{seq}", "The pattern “{seq}” lacks {year}."),
        ("{year}", "The pattern “{year}” lacks {seq}."),
        ("{year}-{seq:04}-{name}", "has a part that is not known."),
        ("{year}-{seq:04}}", "has a part that is not known."),
        ("{year}-{seq:0}", "has a part that is not known."),
        ("{year}-{seq:04}\n", "has a part that is not known."),
        ("{year}-R{seq}", "would end like those of reissued certificates."),
        ("{year}{seq}" + "x" * 200, "would be too long for the code on paper."),
    ],
)
def test_a_pattern_that_would_mislead_is_refused_with_an_example(pattern, sentence):
    with pytest.raises(Refused) as caught:
        numbering.check_pattern(pattern)
    assert sentence in caught.value.message
    assert caught.value.hint == (
        "Write it like {chapter}-{year}-{seq:04}, which gives OR-2026-0001."
    )
    assert set(caught.value.fields) == {"pattern"}


def test_a_series_is_raised_but_never_lowered(session, chapter_id):
    uid = session.get_one(Chapter, chapter_id).uid
    numbering.raise_to(session, uid, 2026, 12)
    numbering.raise_to(session, uid, 2026, 5)
    numbering.raise_to(session, "of another file", 2026, 99)
    session.flush()
    assert numbering.upcoming(session, chapter_id, 2026, 2) == ["OR-2026-0012", "OR-2026-0013"]
    assert numbering.upcoming(session, chapter_id, 2027, 1) == ["OR-2027-0001"]


def test_numbers_that_stand_on_paper_alone_are_passed_over_in_any_count(session, chapter_id):
    numbering.keep_taken(session, ["OR-2026-0001", "OR-2026-0003", "OR-2026-0001-R1"])
    numbering.keep_taken(session, ["OR-2026-0004"])
    assert numbering.take(session, chapter_id, 2026, 2) == ["OR-2026-0002", "OR-2026-0005"]
    assert numbering.take(session, chapter_id, 2026, 1) == ["OR-2026-0006"]
    assert numbering.take_reissue(session, "OR-2026-0001") == "OR-2026-0001-R2"
    assert numbering.take_reissue(session, "OR-2026-0002-R7") == "OR-2026-0002-R1"


def test_more_numbers_than_are_looked_up_at_once_have_no_gap(session, chapter_id):
    taken = numbering.take(session, chapter_id, 2026, 1_001)
    assert taken == [f"OR-2026-{number:04}" for number in range(1, 1_002)]


@given(st.integers(1, 99_999), st.integers(2000, 2999))
def test_two_certificates_of_a_year_never_share_a_number(seq, year):
    one = numbering.rendered(numbering.USUAL, "OR", year, seq)
    assert one != numbering.rendered(numbering.USUAL, "OR", year, seq + 1)
    assert one != numbering.rendered(numbering.USUAL, "OR", year + 1, seq)


def test_the_day_of_a_class_without_days_is_none():
    assert hours_rules.missing_text((), {}) == ""
    assert hours_rules.short_day(date(2026, 3, 4)) == "Wed"
    assert hours_rules.short_day(date(2026, 3, 4), dated=True) == "Wed Mar 4"
