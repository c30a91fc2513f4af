from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop import catalogs
from cit_desktop.catalogs import Module
from cit_desktop.errors import Refused
from cit_desktop.services import layout

MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)
SATURDAY = date(2026, 3, 7)


def module(minutes: int, title: str = "Suicide", day: int = 1, area: str = "technical") -> Module:
    return Module(day, title, minutes, "lecture", area)


def times(blocks):
    return [(block.day.day, block.starts_at, block.minutes) for block in blocks]


def test_a_full_day_becomes_a_morning_and_an_afternoon():
    blocks = layout.plan([module(240, "A"), module(240, "B")], MONDAY)
    assert times(blocks) == [(2, 480, 240), (2, 780, 240)]


def test_a_short_day_has_only_a_morning():
    assert times(layout.plan([module(120)], MONDAY)) == [(2, 480, 120)]


def test_a_module_across_noon_is_a_part_of_both_blocks():
    morning, afternoon = layout.plan([module(120, "Wellness"), module(240, "Scenarios")], MONDAY)
    assert [(part.title, part.minutes) for part in morning.parts] == [
        ("Wellness", 120),
        ("Scenarios", 120),
    ]
    assert [(part.title, part.minutes) for part in afternoon.parts] == [("Scenarios", 120)]


def test_a_block_of_one_half_of_a_module_says_which():
    morning, afternoon = layout.plan([module(480, "Online")], MONDAY)
    assert (morning.title, afternoon.title) == ("Online, part 1", "Online, part 2")


def test_the_afternoon_goes_on_past_five_when_the_day_is_long():
    assert times(layout.plan([module(240), module(300)], MONDAY))[1] == (2, 780, 300)


def test_a_day_past_midnight_is_refused():
    with pytest.raises(Refused, match="Day 1 of the outline runs past midnight"):
        layout.plan([module(240), module(661)], MONDAY)


def test_the_longest_day_ends_at_midnight():
    blocks = layout.plan([module(240), module(660)], MONDAY)
    assert blocks[-1].starts_at + blocks[-1].minutes == 24 * 60


def test_one_block_a_module_starts_where_the_one_before_ended():
    blocks = layout.plan([module(60, "A"), module(90, "B")], MONDAY, layout="modules")
    assert [(b.title, b.starts_at, b.minutes) for b in blocks] == [
        ("A", 480, 60),
        ("B", 540, 90),
    ]


def test_one_block_a_module_leaves_noon_free():
    blocks = layout.plan([module(240, "A"), module(60, "B")], MONDAY, layout="modules")
    assert [block.starts_at for block in blocks] == [480, 780]


def test_a_module_across_noon_becomes_two_blocks_of_its_own():
    blocks = layout.plan([module(180, "A"), module(120, "B")], MONDAY, layout="modules")
    assert [(b.title, b.starts_at, b.minutes) for b in blocks] == [
        ("A", 480, 180),
        ("B, part 1", 660, 60),
        ("B, part 2", 780, 60),
    ]


def test_both_parts_of_a_split_module_keep_its_own_title():
    blocks = layout.plan([module(480, "Online")], MONDAY, layout="modules")
    assert {part.title for block in blocks for part in block.parts} == {"Online"}


def test_five_days_in_a_row_are_one_working_week():
    assert layout.dates(5, MONDAY) == [date(2026, 3, day) for day in (2, 3, 4, 5, 6)]


def test_days_in_a_row_leave_out_the_weekend():
    assert layout.dates(3, FRIDAY) == [FRIDAY, date(2026, 3, 9), date(2026, 3, 10)]


def test_a_class_that_begins_on_a_saturday_goes_on_on_sunday():
    assert layout.dates(2, SATURDAY) == [SATURDAY, date(2026, 3, 8)]


def test_weekly_days_keep_the_weekday():
    assert layout.dates(3, FRIDAY, weekly=True) == [
        FRIDAY,
        date(2026, 3, 13),
        date(2026, 3, 20),
    ]


def test_weekly_classes_may_be_held_on_saturdays():
    days = layout.dates(2, SATURDAY, weekly=True)
    assert {day.weekday() for day in days} == {5}


def test_the_forty_hour_course_has_ten_half_days_of_four_hours():
    blocks = layout.plan(catalogs.course("CIT40").modules, MONDAY)
    assert [block.minutes for block in blocks] == [240] * 10
    assert {block.starts_at for block in blocks} == {480, 780}


def test_the_forty_hour_course_has_its_scenarios_on_both_sides_of_lunch():
    blocks = layout.plan(catalogs.course("CIT40").modules, MONDAY)
    scenarios = [p.minutes for b in blocks for p in b.parts if p.title == "Scenario evaluation"]
    assert scenarios == [120, 120]


@pytest.mark.parametrize("code", [course.code for course in catalogs.courses()])
def test_every_shipped_course_fills_its_blocks_exactly(code):
    course = catalogs.course(code)
    blocks = layout.plan(course.modules, MONDAY)
    assert sum(block.minutes for block in blocks) == course.minutes
    assert all(sum(part.minutes for part in b.parts) == b.minutes for b in blocks)


@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=4).map(
        lambda minutes: [module(m, f"M{i}") for i, m in enumerate(minutes)]
    ),
    st.sampled_from(["half-days", "modules"]),
)
def test_blocks_never_overlap_noon_or_each_other(modules, kind):
    blocks = layout.plan(modules, MONDAY, layout=kind)
    assert sum(block.minutes for block in blocks) == sum(m.minutes for m in modules)
    end = 0
    for block in blocks:
        assert block.starts_at >= end
        end = block.starts_at + block.minutes
        assert end <= 720 or block.starts_at >= 780


@given(st.integers(1, 12), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.booleans())
def test_the_days_of_a_class_begin_at_its_start_and_go_up(count, start, weekly):
    days = layout.dates(count, start, weekly=weekly)
    assert days[0] == start
    assert days == sorted(set(days))
    assert len(days) == count


def test_a_course_without_outline_gets_days_of_eight_hours():
    modules = layout.without_outline("Ride-along", 1000)
    assert [(m.day, m.minutes) for m in modules] == [(1, 480), (2, 480), (3, 40)]
    assert {m.title for m in modules} == {"Ride-along"}


def test_a_short_title_names_every_module_once():
    assert layout.block_title(["Mood", "Trauma", "Mood"]) == "Mood; Trauma"


def test_a_long_title_names_the_first_module_and_counts_the_rest():
    titles = [
        "Mood, anxiety and psychotic disorders",
        "Community resources and crisis centers",
        "Documentation",
    ]
    assert layout.block_title(titles) == "Mood, anxiety and psychotic disorders + 2 more"


def test_one_long_title_is_kept_whole():
    assert layout.block_title(["x" * 120]) == "x" * 120
