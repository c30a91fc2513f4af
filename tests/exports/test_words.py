from datetime import date

import pytest

from cit_desktop.exports import words


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0"), (60, "1"), (2400, "40"), (2190, "36.5"), (20, "0.33"), (15, "0.25"), (600, "10")],
)
def test_minutes_are_written_as_hours(minutes, text):
    assert words.hours(minutes) == text


def test_one_hour_is_singular():
    assert (words.hours_of(60), words.hours_of(90)) == ("1 hour", "1.5 hours")


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), "March 2, 2026"),
        (date(2026, 3, 2), date(2026, 3, 6), "March 2–6, 2026"),
        (date(2026, 3, 30), date(2026, 4, 3), "March 30 – April 3, 2026"),
        (date(2026, 12, 30), date(2027, 1, 5), "December 30, 2026 – January 5, 2027"),
    ],
)
def test_a_range_of_days_repeats_nothing(first, last, text):
    assert words.days(first, last) == text


def test_a_day_in_figures_has_two_digits_each():
    assert words.short_day(date(2026, 3, 6)) == "03/06/2026"
