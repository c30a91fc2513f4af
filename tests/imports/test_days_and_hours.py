"""Days and hours as people write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.imports.days import day, proven_orders
from cit_desktop.imports.hours import minutes


@pytest.mark.parametrize(
    "cell",
    [
        date(2019, 5, 3),
        datetime(2019, 5, 3, 14, 30),
        "2019-05-03",
        "2019/5/3",
        "20190503",
        "2019-05-03T14:30:00Z",
        "May 3, 2019",
        "May 3rd 2019",
        "MAY 03 2019",
        "Fri, May 3, 2019",
        "Friday May 3 2019",
        "3 May 2019",
        "3rd of May 2019",
        "03-May-19",
        "May 3 '19",
        "2019 May 3",
        "43588",
        43588,
        43588.0,
    ],
)
def test_a_day_that_can_only_be_one_is_read(cell):
    found = day(cell)
    assert found is not None
    assert (found.day, found.other) == (date(2019, 5, 3), None)


@pytest.mark.parametrize("text", ["3/4/2025", "03-04-2025", "3.4.25", "3/4/25 9:30 AM"])
def test_month_and_day_that_can_be_exchanged_are_told(text):
    found = day(text)
    assert found is not None
    assert (found.day, found.other, found.order) == (date(2025, 3, 4), date(2025, 4, 3), None)
    other = day(text, "dmy")
    assert other is not None
    assert (other.day, other.other) == (date(2025, 4, 3), date(2025, 3, 4))


def test_equal_day_and_month_are_no_doubt():
    found = day("5/5/2025")
    assert found is not None
    assert (found.other, found.order) == (None, None)


def test_a_number_above_twelve_proves_the_order():
    assert proven_orders(["3/4/2025", "3/26/2025", "", None, "x"]) == {"mdy"}
    assert proven_orders(["3/4/2025", "26/3/2025"]) == {"dmy"}
    assert proven_orders(["3/26/2025", "26/3/2025"]) == {"mdy", "dmy"}


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("October 12–16, 2026", date(2026, 10, 16)),
        ("Oct. 12 - 16, 2026", date(2026, 10, 16)),
        ("10/12/2026 - 10/16/2026", date(2026, 10, 16)),
        ("Oct 30 - Nov 3, 2025", date(2025, 11, 3)),
        ("10/12/2026 to 10/16/2026", date(2026, 10, 16)),
    ],
)
def test_of_a_span_the_last_day_is_taken_and_said(text, last):
    found = day(text)
    assert found is not None
    assert found.day == last
    assert "last day" in found.how


def test_a_spreadsheets_number_is_said_to_be_one():
    found = day(43588)
    assert found is not None
    assert "43588" in found.how


@pytest.mark.parametrize(
    "cell",
    ["2/30/2019", "13/13/2019", "May 2019", "2019", 40, 5, "soon", "9/1/1850", "", None, True,
     time(4, 30), timedelta(hours=1), "12345678901234567890", "Smarch 3, 2019", date(1850, 1, 1)],
)  # fmt: skip
def test_what_is_no_day_is_not_made_one(cell):
    assert day(cell) is None


def test_two_digits_of_a_year_are_of_the_last_hundred_years():
    for text, year in (("5/13/98", 1998), ("5/13/19", 2019)):
        found = day(text)
        assert found is not None
        assert found.day.year == year


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back_from_the_usual_forms(when):
    for text in (
        when.isoformat(),
        f"{when:%B} {when.day}, {when.year}",
        f"{when.month}/{when.day}/{when.year}",
    ):
        found = day(text)
        assert found is not None
        assert found.day == when


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.dates(), st.datetimes()))
def test_no_cell_makes_reading_a_day_or_hours_fail(cell):
    day(cell)
    day(cell, "dmy")
    found = minutes(cell).value
    assert found is None or 0 <= found <= 60_000


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (40, 2400),
        (36.5, 2190),
        ("40 hrs", 2400),
        ("40hours", 2400),
        ("36.5h", 2190),
        ("36,5", 2190),
        ("4:30", 270),
        ("40:00", 2400),
        ("2 h 15 min", 135),
        ("2 hours and 15 minutes", 135),
        ("90 min", 90),
        ("1h30", 90),
        ("36½", 2190),
        ("36 ½ hours", 2190),
        (time(4, 30), 270),
        (timedelta(hours=40), 2400),
        (datetime(1900, 1, 1, 16), 2400),
        (0, 0),
    ],
)
def test_hours_become_whole_minutes(cell, expected):
    assert minutes(cell).value == expected


@pytest.mark.parametrize("cell", ["abc", -3, "40 dollars", 1e9, True, date(2026, 1, 1), "999999"])
def test_what_is_no_time_is_an_error(cell):
    found = minutes(cell)
    assert found.value is None
    assert found.problem is not None
    assert "40, 36.5 or 4:30" in found.problem.message


@pytest.mark.parametrize("cell", [None, "", "-", "n/a"])
def test_blank_hours_are_no_hours_and_no_error(cell):
    assert minutes(cell).value is None
    assert minutes(cell).problem is None


def test_a_column_of_minutes_counts_minutes():
    assert minutes(90, unit=1).value == 90
    assert minutes("90", unit=1).value == 90
    assert minutes("2 hrs", unit=1).value == 120


@given(st.integers(0, 60_000))
def test_any_number_of_minutes_comes_back_from_a_clock(number):
    assert minutes(f"{number // 60}:{number % 60:02}").value == number
    assert minutes(timedelta(minutes=number)).value == number
