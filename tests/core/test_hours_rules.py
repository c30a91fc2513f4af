from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.catalogs import AREAS
from cit_desktop.services.hours_rules import (
    Mark,
    Rule,
    Slot,
    assess,
    clock_range,
    credit,
    decimal,
    divided,
    hours_text,
    missing_text,
    required,
    short_day,
)

MONDAY = date(2026, 3, 2)
WEDNESDAY = date(2026, 3, 4)
PARTS = (("technical", 120), ("legal", 60), ("skill", 60))
RULE = Rule(480, 100, None, False)
MORNING = Slot(1, WEDNESDAY, 480, 240, PARTS)
AFTERNOON = Slot(2, WEDNESDAY, 780, 240, (("skill", 240),))
DAY = [MORNING, AFTERNOON]

part_lists = st.lists(st.tuples(st.sampled_from(AREAS), st.integers(0, 500)), max_size=8)
mark_kinds = st.sampled_from(["present", "absent", "late", "excused", "left early", "partial"])


@given(part_lists, st.integers(0, 2000))
def test_credit_adds_up_to_the_minutes_exactly(parts, minutes):
    assert sum(credit(parts, minutes).values()) == minutes


@given(part_lists, st.integers(0, 2000))
def test_credit_is_never_negative_and_leaves_out_what_got_nothing(parts, minutes):
    assert all(share > 0 for share in credit(parts, minutes).values())


@given(part_lists.filter(lambda parts: sum(m for _, m in parts) > 0), st.integers(0, 2000))
def test_credit_goes_only_to_areas_that_were_taught(parts, minutes):
    assert set(credit(parts, minutes)) <= {area for area, weight in parts if weight}


@given(part_lists.filter(lambda parts: sum(m for _, m in parts) > 0), st.integers(0, 2000))
def test_credit_is_within_a_minute_of_the_true_share(parts, minutes):
    total = sum(weight for _, weight in parts)
    found = credit(parts, minutes)
    for area in AREAS:
        fair = minutes * sum(weight for name, weight in parts if name == area) / total
        assert abs(found.get(area, 0) - fair) < 1


@given(part_lists, st.integers(0, 2000), st.randoms())
def test_credit_does_not_depend_on_the_order_of_the_parts(parts, minutes, random):
    shuffled = list(parts)
    random.shuffle(shuffled)
    if sum(weight for _, weight in parts):
        assert credit(shuffled, minutes) == credit(parts, minutes)


def test_credit_for_the_whole_block_is_its_parts():
    assert credit(PARTS, 240) == {"technical": 120, "legal": 60, "skill": 60}


def test_credit_for_nothing_is_nothing():
    assert credit(PARTS, 0) == {}


def test_credit_of_a_block_without_parts_has_no_area():
    assert credit((), 90) == {"": 90}


def test_the_largest_remainder_gets_the_odd_minute():
    assert credit((("legal", 100), ("skill", 200)), 100) == {"legal": 33, "skill": 67}


@given(st.lists(st.integers(0, 300), min_size=1, max_size=10), st.integers(0, 3000))
def test_divided_shares_add_up_and_are_never_negative(weights, minutes):
    shares = divided(weights, minutes)
    assert sum(shares) == minutes
    assert len(shares) == len(weights)
    assert min(shares) >= 0


def test_dividing_among_nobody_gives_nothing():
    assert divided([], 60) == []


def test_dividing_without_weights_gives_all_to_the_first():
    assert divided([0, 0], 60) == [60, 0]


@pytest.mark.parametrize(
    ("minutes", "percent", "expected"),
    [(2400, 100, 2400), (2400, 90, 2160), (2401, 90, 2161), (50, 75, 38), (2400, 0, 0)],
)
def test_the_minutes_required_are_rounded_up(minutes, percent, expected):
    assert required(minutes, percent) == expected


def marks(morning: Mark | None, afternoon: Mark | None) -> dict[int, Mark]:
    found = {1: morning, 2: afternoon}
    return {key: mark for key, mark in found.items() if mark is not None}


FULL = Mark("present", 240)
ABSENT = Mark("absent", 0)


@pytest.mark.parametrize(
    ("morning", "afternoon", "expected"),
    [
        (FULL, FULL, ""),
        (FULL, ABSENT, "missing Wed 1:00–5:00"),
        (FULL, Mark("excused", 0), "missing Wed 1:00–5:00"),
        (ABSENT, ABSENT, "missing Wed 8:00–12:00, Wed 1:00–5:00"),
        (Mark("late", 210), FULL, "missing Wed 8:00–8:30"),
        (FULL, Mark("left early", 30), "missing Wed 1:30–5:00"),
        (FULL, Mark("partial", 90), "missing 2.5 h of Wed 1:00–5:00"),
        (Mark("late", 240), FULL, ""),
        (Mark("late", 0), FULL, "missing Wed 8:00–12:00"),
        (FULL, None, ""),
        (None, ABSENT, "missing Wed 1:00–5:00"),
        (Mark("absent", 0, 240), FULL, ""),
        (Mark("absent", 0, 60), FULL, "missing 3 h of Wed 8:00–12:00"),
        (Mark("late", 180, 20), FULL, "missing 40 min of Wed 8:00–12:00"),
    ],
)
def test_what_is_missing_is_said_by_the_clock(morning, afternoon, expected):
    assert missing_text(DAY, marks(morning, afternoon)) == expected


def test_ranges_that_touch_are_one():
    slots = [Slot(n, WEDNESDAY, 480 + n * 60, 60, ()) for n in range(3)]
    found = {0: Mark("left early", 30), 1: Mark("absent", 0), 2: Mark("late", 30)}
    assert missing_text(slots, found) == "missing Wed 8:30–10:30"


def test_ranges_of_two_days_are_never_one():
    slots = [Slot(1, MONDAY, 1200, 240, ()), Slot(2, MONDAY + timedelta(1), 0, 60, ())]
    found = {1: ABSENT, 2: ABSENT}
    assert missing_text(slots, found) == "missing Mon 8:00–12:00, Tue 12:00–1:00"


def test_the_missing_times_are_in_the_order_of_the_clock():
    slots = [
        Slot(1, MONDAY, 480, 240, ()),
        Slot(2, WEDNESDAY, 480, 240, ()),
        AFTERNOON._replace(block_id=3),
    ]
    found = {1: Mark("partial", 60), 2: ABSENT, 3: Mark("partial", 120)}
    assert missing_text(slots, found) == (
        "missing 3 h of Mon 8:00–12:00, Wed 8:00–12:00, 2 h of Wed 1:00–5:00"
    )


def test_a_weekday_that_comes_twice_has_its_date():
    later = Slot(9, WEDNESDAY + timedelta(7), 480, 240, ())
    assert missing_text([MORNING, later], {1: FULL, 9: ABSENT}) == "missing Wed Mar 11 8:00–12:00"


def test_present_everywhere_is_ready():
    found = assess(7, RULE, DAY, marks(FULL, FULL), None, None)
    assert (found.enrollment_id, found.state, found.minutes, found.short_minutes) == (
        7,
        "ready",
        480,
        0,
    )
    assert found.reasons == ()


def test_a_blank_is_not_present():
    found = assess(7, RULE, DAY, marks(FULL, None), None, None)
    assert (found.state, found.minutes, found.blanks) == ("blank", 240, 1)
    assert found.reasons == ("1 block is not marked yet.",)


def test_nothing_marked_says_how_many_blocks_are_blank():
    assert assess(7, RULE, DAY, {}, None, None).reasons == ("2 blocks are not marked yet.",)


def test_short_says_how_many_hours_and_which():
    found = assess(7, RULE, DAY, marks(FULL, Mark("left early", 30)), None, None)
    assert (found.state, found.short_minutes) == ("short", 210)
    assert found.reasons == ("4.5 of 8 hours: missing Wed 1:30–5:00.",)


def test_time_made_up_counts_like_time_attended():
    found = assess(7, RULE, DAY, marks(FULL, Mark("absent", 0, 240)), None, None)
    assert (found.state, found.minutes) == ("ready", 480)
    assert found.by_area == {"technical": 120, "legal": 60, "skill": 300}


def test_time_made_up_never_lifts_a_block_above_its_length():
    found = assess(7, RULE, DAY, marks(FULL, Mark("present", 240, 60)), None, None)
    assert found.minutes == 480


def test_ninety_percent_is_enough_where_the_rule_says_so():
    rule = RULE._replace(min_attendance=90)
    enough = assess(7, rule, DAY, marks(FULL, Mark("late", 192)), None, None)
    short = assess(7, rule, DAY, marks(FULL, Mark("late", 191)), None, None)
    assert (enough.state, enough.required) == ("ready", 432)
    assert (short.state, short.short_minutes) == ("short", 1)


def test_what_was_missed_is_said_even_of_those_who_have_enough():
    rule = RULE._replace(min_attendance=50)
    found = assess(7, rule, DAY, marks(FULL, ABSENT), None, None)
    assert (found.state, found.missing_text) == ("ready", "missing Wed 1:00–5:00")


def test_blocks_that_are_too_few_are_named_as_the_reason():
    rule = RULE._replace(minutes=600)
    found = assess(7, rule, DAY, marks(FULL, FULL), None, None)
    assert found.reasons == ("8 of 10 hours: the blocks of the class add up to only 8.",)


@pytest.mark.parametrize(
    ("score", "state", "reasons"),
    [
        (None, "short", ("The test score is not entered; 80 is needed.",)),
        (79, "short", ("The test score is 79; 80 is needed.",)),
        (80, "ready", ()),
    ],
)
def test_the_score_must_reach_the_rule(score, state, reasons):
    found = assess(7, RULE._replace(min_score=80), DAY, marks(FULL, FULL), score, None)
    assert (found.state, found.reasons) == (state, reasons)


@pytest.mark.parametrize(
    ("passed", "state", "reasons"),
    [
        (None, "short", ("The scenario test is not entered.",)),
        (0, "short", ("The scenario test was not passed.",)),
        (1, "ready", ()),
    ],
)
def test_the_scenario_must_be_passed_where_it_is_asked_for(passed, state, reasons):
    found = assess(7, RULE._replace(scenario_required=True), DAY, marks(FULL, FULL), None, passed)
    assert (found.state, found.reasons) == (state, reasons)


def test_a_score_that_nobody_asks_for_prevents_nothing():
    assert assess(7, RULE, DAY, marks(FULL, FULL), 12, 0).state == "ready"


slot_lists = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from([480, 780]), st.integers(1, 240), part_lists),
    min_size=1,
    max_size=8,
    unique_by=lambda slot: slot[:2],
).map(
    lambda found: [
        Slot(place, MONDAY + timedelta(day), start, minutes, tuple(parts))
        for place, (day, start, minutes, parts) in enumerate(sorted(found))
    ]
)


@given(slot_lists, st.data())
def test_hours_by_area_add_up_to_the_hours_of_the_person(slots, data):
    found = {}
    for slot in slots:
        if data.draw(st.booleans()):
            there = data.draw(st.integers(0, slot.minutes))
            made_up = data.draw(st.integers(0, slot.minutes - there))
            found[slot.block_id] = Mark(data.draw(mark_kinds), there, made_up)
    rule = Rule(sum(slot.minutes for slot in slots), data.draw(st.integers(0, 100)), None, False)
    reached = assess(1, rule, slots, found, None, None)
    assert sum(reached.by_area.values()) == reached.minutes
    assert reached.minutes == sum(mark.minutes + mark.made_up for mark in found.values())
    assert reached.short_minutes == max(reached.required - reached.minutes, 0)
    assert (reached.state == "blank") == (reached.blanks > 0) == (len(found) < len(slots))
    if reached.state == "ready":
        assert reached.minutes >= reached.required
    gone = any(m.minutes + m.made_up < slots[b].minutes for b, m in found.items())
    assert bool(reached.missing_text) == gone


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (480, 720, "8:00–12:00"),
        (780, 990, "1:00–4:30"),
        (0, 60, "12:00–1:00"),
        (1380, 1440, "11:00–12:00"),
    ],
)
def test_times_are_said_as_on_a_clock(start, end, expected):
    assert clock_range(start, end) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (150, "2.5 h"),
        (240, "4 h"),
        (50, "50 min"),
        (100, "1 h 40 min"),
        (75, "1.25 h"),
        (15, "15 min"),
        (0, "0 min"),
    ],
)
def test_lengths_are_said_in_hours_where_that_is_short(minutes, expected):
    assert hours_text(minutes) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(2400, "40"), (2190, "36.5"), (20, "0.33"), (600, "10"), (0, "0")]
)
def test_hours_have_at_most_two_decimals(minutes, expected):
    assert decimal(minutes) == expected


def test_a_day_is_a_weekday_with_a_date_when_asked():
    assert (short_day(WEDNESDAY), short_day(WEDNESDAY, dated=True)) == ("Wed", "Wed Mar 4")
