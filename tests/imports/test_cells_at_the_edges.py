"""Cells at the edges of what a cleaner takes: the last that fits, and the first that does not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.imports import clean, letter_case
from cit_desktop.imports.days import day
from cit_desktop.imports.hours import minutes
from cit_desktop.imports.names import Name, split_name

# Addresses


@pytest.mark.parametrize(
    ("cell", "taken"),
    [
        ("a@b.co; c@d.co", "a@b.co"),
        ("a@b.co. ; c@d.co", "a@b.co"),
        ("Al <a@b.co>, Bo <c@d.co>", "a@b.co"),
        ("a@b.co/c@d.co", "a@b.co"),
        ("a@b.co\tc@d.co", "a@b.co"),
    ],
)
def test_of_several_addresses_the_first_is_taken_and_named(cell, taken):
    found = clean.email(cell)
    assert found.value == taken
    assert found.problem is not None
    assert found.problem.message.endswith(f" holds several addresses; {taken} was taken.")


@pytest.mark.parametrize(
    "cell",
    ["a..b@c.co", "a@b.c", "a@b-.co", "a@-b.co", "a.@b.co", "a@b.co c", "a@b.co <", "<a@b>", "@"],
)
def test_an_address_that_no_mail_would_reach_is_not_taken(cell):
    found = clean.email(cell)
    assert found.value is None
    assert found.problem is not None
    assert found.problem.message.startswith(f"“{clean.as_text(cell)}” is not an e-mail address.")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("573-647-0301 x9", "5736470301 x9"),
        ("5736470301 ext 5", "5736470301 x5"),
        ("(573) 647-0301 or desk", "5736470301"),
        ("h 573-647-0301", "5736470301"),
        ("573-647-0301 work", "5736470301"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+49 30 901820 x 5", "+4930901820 x5"),
    ],
)
def test_what_stands_beside_a_number_is_no_reason_to_doubt_it(cell, number):
    assert clean.phone(cell) == clean.Cleaned(number)


@pytest.mark.parametrize("cell", ["911", "0015736470301", "573-64-030", "647-0301 x12"])
def test_a_number_that_cannot_be_dialed_says_what_was_expected(cell):
    found = clean.phone(cell)
    assert found.value == cell
    assert found.problem == clean.Problem(
        "warning",
        f"“{cell}” is not a complete telephone number. Expected ten digits with the area code; "
        "it was kept as written.",
    )


# State numbers


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (123456789012345.0, "123456789012345"),
        ("12.00", "12"),
        ("12.50", "12.50"),
        ("''7", "7"),
        ("0" * 40, "0" * 40),
    ],
)
def test_a_number_within_bounds_keeps_every_digit(cell, number):
    assert clean.state_number(cell) == clean.Cleaned(number)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (1e15, "“1000000000000000.0” is a rounded number; some of its digits are lost."),
        (12.5, "“12.5” is a rounded number; some of its digits are lost."),
        ("4E+07", "“4E+07” is a rounded number; some of its digits are lost."),
        ("a" * 41, f"“{'a' * 40}…” is too long for a state number. Shorten it."),
        (
            time(1, 2),
            "A spreadsheet turned this number into a day or time (01:02:00). "
            "Type the number again, as text.",
        ),
        (
            date(2026, 3, 4),
            "A spreadsheet turned this number into a day or time (2026-03-04). "
            "Type the number again, as text.",
        ),
    ],
)
def test_a_number_out_of_bounds_says_what_happened_to_it(cell, sentence):
    found = clean.state_number(cell)
    assert found.value is None
    assert found.problem is not None
    assert found.problem.message.startswith(sentence)
    assert found.problem.severity == "error"


@pytest.mark.parametrize(
    ("values", "typed", "first"),
    [
        (["12345", "00012345"], [True, False], "00012345"),  # three zeros are given back
        (["1234", "00012345"], [True, False], "1234"),  # four are not
        (["123", "1234", "1234", "1234"], [True] * 4, "0123"),  # three of one width
        (["123", "1234", "1234"], [True] * 3, "123"),  # two are too few
        (["12", "123", "1234", "1234", "1234"], [True] * 5, "0012"),  # just 60 percent
        (["12", "123", "123", "1234", "1234", "1234"], [True] * 6, "12"),  # a half is not enough
        (["1234", "12345", "12345"], [True, False, False], "01234"),  # two texts of one width
        (["1234", "12345"], [True, False], "1234"),  # one text alone, and no zero
        (["1234", "12345", "54321"], [True, False, True], "01234"),  # a number as wide agrees
        (["AB12", "AB1"], [False, True], "AB12"),  # no digits at all
        (["٣٤", "001"], [True, False], "٣٤".zfill(3)),  # digits of other scripts are digits
    ],
)
def test_a_column_shows_how_many_zeros_are_missing(values, typed, first):
    assert clean.restore_zeros(values, typed)[0] == first


def test_a_column_needs_to_know_of_each_value_whether_it_was_typed_as_a_number():
    with pytest.raises(ValueError, match="shorter"):
        clean.restore_zeros(["1", "2"], [True])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (timedelta(hours=100, minutes=5), "100:05"),
        (timedelta(seconds=29), "0:00"),
        (timedelta(seconds=31), "0:01"),
        (1e14, "100000000000000"),
        (1e15, "1000000000000000.0"),
        (float("nan"), "nan"),
        (-3.0, "-3"),
        (False, "False"),
    ],
)
def test_a_cell_is_read_out_as_the_spreadsheet_shows_it(cell, text):
    assert clean.as_text(cell) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_whole_number_never_shows_a_decimal_that_nobody_typed(value):
    shown = clean.as_text(value)
    assert float(shown) == value
    assert not shown.endswith(".0") or abs(value) >= 1e15


# Letter case


@pytest.mark.parametrize(
    ("text", "family", "given_name"),
    [
        ("JOHN SMITH II", "John Smith II", "John Smith II"),
        ("iv", "IV", "IV"),
        ("JA'K", "Ja'k", "Ja'k"),
        ("D'A", "D'A", "D'A"),
        ("O'B", "O'B", "O'B"),
        ("o’neil-mcrae", "O’Neil-McRae", "O’Neil-McRae"),
        ("mck", "Mck", "Mck"),
        ("mcky", "McKy", "McKy"),
        ("MACEY", "Macey", "Macey"),
        ("MACKAY", "MacKay", "MacKay"),
        ("CJ", "Cj", "CJ"),
        ("AL", "Al", "Al"),
        ("BO", "Bo", "Bo"),
        ("AJ", "Aj", "AJ"),
        ("van der berg", "Van der Berg", "Van Der Berg"),
        ("VON", "Von", "Von"),
        ("von ahn", "von Ahn", "Von Ahn"),
        ("du pont", "Du Pont", "Du Pont"),
    ],
)
def test_a_name_in_one_case_is_written_as_families_write_it(text, family, given_name):
    assert letter_case.name(text) == family
    assert letter_case.name(text, given=True) == given_name


@pytest.mark.parametrize(
    ("text", "uniform"),
    [("A", False), ("AB", True), ("ab", True), ("Ab", False), ("1 2", False), ("A1B", True)],
)
def test_one_letter_says_nothing_of_its_case(text, uniform):
    assert letter_case.is_uniform(text) is uniform


# Names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Smith, Chief", Name("Chief", "", "Smith")),
        ("King, Ann, Chief", Name("Ann", "", "King", rank="Chief")),
        ("Chief King, Ann", Name("Ann", "", "King", rank="Chief")),
        ("Major B Smith", Name("Major", "B", "Smith")),
        ("Rev. Ann King Jr., PhD", Name("Ann", "", "King", "Jr.", "", "Rev.", "PhD")),
        ("Smith, Sgt", Name("", "", "Smith", rank="Sgt")),
        ("Smith, Ma", Name("", "", "Smith", credentials="Ma")),
        ("John Smith MA", Name("John", "Smith", "MA")),
        ("Smith V", Name("Smith", "", "V")),
        ("(Bo)", Name("", "", "Bo")),
        ("Smith (Bo)", Name("", "", "Smith", nickname="Bo")),
        ("Smith,,John", Name("John", "", "Smith")),
        ("Smith; John; Jr", Name("John", "", "Smith", "Jr.")),
        ("Al J Do", Name("Al", "J", "Do")),
        ("Mary Ann B Lee", Name("Mary", "Ann B", "Lee")),
        ("Mary St.Clair", Name("Mary", "", "St. Clair")),
        ("DE LA CRUZ", Name("De", "La", "Cruz")),
    ],
)
def test_a_word_with_two_meanings_is_taken_by_its_place(text, name):
    assert split_name(text) == name


# Days


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("18263", None),
        ("18264", date(1950, 1, 1)),
        ("73050", date(2099, 12, 31)),
        ("73051", None),
        ("1/1/1900", date(1900, 1, 1)),
        ("12/31/1899", None),
        ("12/31/2099", date(2099, 12, 31)),
        ("1/1/2100", None),
        ("20240229", date(2024, 2, 29)),
        ("20260229", None),
        ("2026-13-01", None),
        ("May 32, 2026", None),
        ("2026.03.04", date(2026, 3, 4)),
        ("March 4 2026 at 9:30 am", date(2026, 3, 4)),
        ("3/26/2025, 14:00", date(2025, 3, 26)),
        ("Mar-04-2026", date(2026, 3, 4)),
        ("43588.5", date(2019, 5, 3)),
        ("Tues. May 5, 2026", date(2026, 5, 5)),
        ("Oct 12 & 13, 2026", date(2026, 10, 13)),
        ("Oct 12 thru Oct 16, 2026", date(2026, 10, 16)),
        ("12-16 Oct 2026", None),
    ],
)
def test_a_day_is_read_up_to_the_edges_of_the_calendar(text, found):
    told = day(text)
    assert (None if told is None else told.day) == found


def test_a_moment_out_of_two_centuries_is_no_day():
    assert day(datetime(1899, 12, 31)) is None
    assert day(datetime(2100, 1, 1)) is None
    assert day(datetime(2099, 12, 31, 23, 59)) is not None


def test_two_digits_of_a_year_reach_ten_years_ahead(monkeypatch):
    monkeypatch.setattr("cit_desktop.imports.days.today", lambda: date(2031, 7, 1))
    day.__globals__["_written"].cache_clear()
    years = {text: day(f"5/13/{text}") for text in ("41", "42", "00", "99")}
    assert {text: found and found.day.year for text, found in years.items()} == {
        "41": 2041, "42": 1942, "00": 2000, "99": 1999,
    }  # fmt: skip
    day.__globals__["_written"].cache_clear()


# Hours


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (1000, 60_000),
        (1000.01, None),
        (999.999, 60_000),
        (-0.001, 0),
        (1e6, None),
        ("60000 min", 60_000),
        ("60001 min", None),
        ("1h 30m", 90),
        ("1 hr, 5", 65),
        ("1:05:59", 65),
        ("3:60", None),
        ("24:00", 1440),
        ("10000:00", None),
        ("½", 30),
        (".5", 30),
        ("1e3", None),
        (False, None),
        (timedelta(minutes=-5), None),
        (time(0, 0), 0),
        (datetime(1899, 12, 31, 4), 240),
        (datetime(1900, 1, 31, 4), 31 * 1440 + 240),
        (datetime(1900, 2, 28, 4), None),
        (datetime(1900, 3, 1, 4), None),
    ],
)
def test_hours_are_read_up_to_a_thousand(cell, found):
    assert minutes(cell).value == found


def test_a_bare_number_counts_the_unit_of_its_column_and_a_written_unit_its_own():
    assert [minutes(text, unit=1).value for text in ("1,5", "90m", "0.5 h", "1000")] == [
        2, 90, 30, 1000,
    ]  # fmt: skip
