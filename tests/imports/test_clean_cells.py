"""One cell made into one value: text, e-mail, telephone, state number."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.imports import clean

CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=999)),
)
DIGITS = st.text("0123456789", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  A\u200b  B\u00a0C ", "A B C"),
        ("Jose\u0301", "José"),
        ("a\u202eb", "ab"),
        (42, "42"),
        (42.0, "42"),
        (36.5, "36.5"),
        (date(2026, 10, 16), "2026-10-16"),
        (datetime(2026, 10, 16, 9, 30), "2026-10-16 09:30:00"),
        (time(4, 30), "04:30:00"),
        (timedelta(hours=36, minutes=30), "36:30"),
    ],
)
def test_a_cell_is_read_out_as_text(cell, text):
    assert clean.as_text(cell) == text


@pytest.mark.parametrize("text", ["N/A", "n/a", "none", "-", "—", "TBD", ""])
def test_words_for_nothing_are_blank(text):
    assert clean.email(text) == clean.phone(text) == clean.state_number(text) == clean.BLANK


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("  AL.Smith@Example.ORG ", "al.smith@example.org"),
        ("mailto:a@b.co", "a@b.co"),
        ("Al Smith <al@b.co>", "al@b.co"),
        ("o'brien+cit@sub.example.org", "o'brien+cit@sub.example.org"),
        ("josé@exámple.org", "josé@exámple.org"),
        ("a@b.co.", "a@b.co"),
    ],
)
def test_an_address_is_kept_in_small_letters(cell, address):
    assert clean.email(cell) == clean.Cleaned(address)


@pytest.mark.parametrize("cell", ["a@b", "a b@c.org", "joe@example,org", "@x.org", "a@@b.org", 12])
def test_what_is_no_address_is_an_error_that_says_what_was_expected(cell):
    found = clean.email(cell)
    assert found.value is None
    assert found.problem is not None
    assert found.problem.severity == "error"
    assert str(cell) in found.problem.message
    assert "name@example.org" in found.problem.message


def test_the_first_of_several_addresses_is_taken_with_a_warning():
    found = clean.email("a@b.co; c@d.co")
    assert found.value == "a@b.co"
    assert found.problem is not None
    assert found.problem.severity == "warning"


@pytest.mark.parametrize(
    "cell",
    ["573-647-0301", "(573) 647-0301", "573.647.0301", "+1 573 647 0301", 5736470301, 5736470301.0,
     "1-573-647-0301", "5736470301", "(573)647-0301 cell", "c: 573 647 0301"],
)  # fmt: skip
def test_a_us_number_is_ten_digits(cell):
    assert clean.phone(cell) == clean.Cleaned("5736470301")


def test_an_extension_stays_behind_the_number():
    assert clean.phone("573.655.0655 ext. 12").value == "5736550655 x12"


def test_a_number_of_another_country_keeps_its_country():
    assert clean.phone("+49 30 901820") == clean.Cleaned("+4930901820")


@pytest.mark.parametrize("cell", ["647-0301", "call the desk", "123"])
def test_an_incomplete_number_is_kept_as_written_with_a_warning(cell):
    found = clean.phone(cell)
    assert found.value == cell
    assert found.problem is not None
    assert found.problem.severity == "warning"


def test_the_first_of_several_numbers_is_taken_with_a_warning():
    found = clean.phone("573-647-0301 / 573-647-0302")
    assert found.value == "5736470301"
    assert found.problem is not None
    assert "several" in found.problem.message


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("01681382", "01681382"),
        (1681382, "1681382"),
        (1681382.0, "1681382"),
        ("1234567.0", "1234567"),
        ("'00123", "00123"),
        ("MO-12345", "MO-12345"),
        (" 123 456 ", "123 456"),
        ("12E45", "12E45"),
    ],
)
def test_a_state_number_is_text_with_its_zeros(cell, number):
    assert clean.state_number(cell) == clean.Cleaned(number)


@pytest.mark.parametrize(
    "cell", [1234.5, "1.23E+08", date(2026, 3, 4), timedelta(hours=2), "9" * 41]
)
def test_a_state_number_that_a_spreadsheet_spoiled_is_an_error(cell):
    found = clean.state_number(cell)
    assert found.value is None
    assert found.problem is not None
    assert found.problem.severity == "error"


def test_the_texts_of_a_column_say_how_wide_its_numbers_are():
    values, typed = ["01681382", "1681382", "53958430"], [False, True, True]
    assert clean.restore_zeros(values, typed) == ["01681382", "01681382", "53958430"]


def test_one_text_that_starts_with_a_zero_is_enough():
    assert clean.restore_zeros(["01681382", "1681383"], [False, True])[1] == "01681383"
    assert clean.restore_zeros(["11681382", "1681383"], [False, True])[1] == "1681383"


def test_without_texts_most_of_the_numbers_say_it():
    values = ["4373121", "51301590", "70252912", "29332450"]
    assert clean.restore_zeros(values, [True] * 4)[0] == "04373121"


@pytest.mark.parametrize(
    ("values", "typed"),
    [
        (["123", "4567", "89012"], [True, True, True]),  # numbers of every width
        (["1234567", "12345678"], [True, True]),  # too few to tell
        (["123456", "12345678", "1234567"], [False, False, True]),  # texts of two widths
        (["12345678", "1234567"], [False, False]),  # a text is never changed
        (["00000001", "12", "12345678"], [False, True, False]),  # far too short
        (["1234", "1234", "12345"], [False, False, True]),  # a number is longer than the texts
    ],
)
def test_zeros_are_not_invented(values, typed):
    assert clean.restore_zeros(values, typed) == values


@given(st.lists(st.tuples(DIGITS, st.booleans()), max_size=20))
def test_restoring_zeros_changes_nothing_but_zeros_and_settles(pairs):
    values, typed = [value for value, _ in pairs], [number for _, number in pairs]
    once = clean.restore_zeros(values, typed)
    assert [text.lstrip("0") for text in once] == [text.lstrip("0") for text in values]
    assert all(
        new == old for new, old, number in zip(once, values, typed, strict=True) if not number
    )
    assert clean.restore_zeros(once, typed) == once


@given(CELLS)
def test_no_cell_makes_a_cleaner_fail(cell):
    for cleaner in (clean.plain, clean.email, clean.phone, clean.state_number):
        found = cleaner(cell)
        if found.value is None and clean.as_text(cell) and found.problem is None:
            assert clean.is_nothing(clean.as_text(cell)) or cleaner is clean.state_number


@given(CELLS)
def test_a_cleaned_address_or_number_stays_as_it_is(cell):
    for cleaner in (clean.plain, clean.email, clean.state_number):
        once = cleaner(cell).value
        if once is not None and not clean.is_nothing(once):
            assert cleaner(once).value == once
