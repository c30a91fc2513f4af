from datetime import UTC, date, datetime, timedelta

import pytest

from cit_desktop import day_words

MONDAY = date(2026, 10, 12)
RANGES = [
    (MONDAY, MONDAY, "Oct 12, 2026", "October 12, 2026"),
    (MONDAY, date(2026, 10, 16), "Oct 12–16, 2026", "October 12–16, 2026"),
    (
        date(2026, 9, 28),
        date(2026, 10, 2),
        "Sep 28 – Oct 2, 2026",
        "September 28 – October 2, 2026",
    ),
    (
        date(2026, 12, 30),
        date(2027, 1, 2),
        "Dec 30, 2026 – Jan 2, 2027",
        "December 30, 2026 – January 2, 2027",
    ),
]


def test_a_day_is_written_as_americans_do():
    assert day_words.day(MONDAY) == "Oct 12, 2026"
    assert day_words.month_day(MONDAY) == "Oct 12"
    assert day_words.formal(MONDAY) == "October 12, 2026"


def test_a_weekday_is_named_in_full_or_before_its_day():
    assert day_words.weekday(MONDAY) == "Monday"
    assert day_words.weekday_short(MONDAY) == "Mon Oct 12"


@pytest.mark.parametrize(("first", "last", "short", "formal"), RANGES)
def test_a_range_says_each_part_once(first, last, short, formal):
    assert day_words.days(first, last) == short
    assert day_words.formal_days(first, last) == formal


def test_a_range_leaves_out_only_a_year_that_both_days_share():
    without = [day_words.days(first, last, year=False) for first, last, _, _ in RANGES]
    assert without == ["Oct 12", "Oct 12–16", "Sep 28 – Oct 2", "Dec 30, 2026 – Jan 2, 2027"]


def test_days_in_a_row_become_a_range_and_others_stand_alone():
    week = [MONDAY + timedelta(days=n) for n in range(5)]
    assert day_words.formal_list(week) == "October 12–16, 2026"
    assert day_words.formal_list([*week[3:], MONDAY]) == "October 12, 2026; October 15–16, 2026"
    assert day_words.formal_list([]) == ""


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "12:00 AM"), (545, "9:05 AM"), (720, "12:00 PM"), (810, "1:30 PM"), (1440, "12:00 AM")],
)
def test_the_half_of_a_day_is_always_named(minutes, text):
    assert day_words.clock_time(minutes) == text


def test_a_moment_is_told_where_the_computer_stands():
    value = datetime(2026, 10, 12, 15, 4, tzinfo=UTC)
    local = value.astimezone()
    assert day_words.moment(value) == f"{day_words.day(local.date())}, {day_words.clock(value)}"
    assert day_words.clock(value) == day_words.clock_time(local.hour * 60 + local.minute)
