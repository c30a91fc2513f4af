from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop import search_index, text

ANY = st.text()
NEAR = st.text(alphabet="aAäÄßsSéÉł '’-\u0301\u200b\u202e")


@given(ANY | NEAR)
def test_cleaning_twice_changes_no_more(value):
    once = text.clean(value)
    assert text.clean(once) == once


@given(ANY | NEAR)
def test_folding_twice_changes_no_more(value):
    assert text.fold(text.fold(value)) == text.fold(value)


@given(NEAR)
def test_case_makes_no_difference(value):
    assert text.fold(value.upper()) == text.fold(value.lower())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Mary \t Ann\n", "Mary Ann"),
        ("Jose\u0301", "José"),
        ("A\u202eB\u2066C", "ABC"),
        ("zero\u200bwidth", "zerowidth"),
        ("bad\x00\x07end", "badend"),
        ("\ud800", ""),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
    ],
)
def test_typed_text_gets_one_form(typed, kept):
    assert text.clean(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José", "JOSE"),
        ("Łukasz", "lukasz"),
        ("O’Brien", "O'Brien"),
        ("Smith–Jones", "smith-jones"),
        ("Straße", "STRASSE"),
        ("Đặng", "dang"),
    ],
)
def test_what_sounds_alike_is_found_alike(one, other):
    assert text.fold(one) == text.fold(other)


def test_a_sort_key_orders_by_last_name_first():
    people = [("Smith", "Zoë"), ("Smithers", "Al"), ("smith", "Ann"), ("Ölund", "Bo")]
    ordered = sorted(people, key=lambda p: text.sort_key(*p))
    assert ordered == [("Ölund", "Bo"), ("smith", "Ann"), ("Smith", "Zoë"), ("Smithers", "Al")]


def test_lines_of_a_note_stay_lines():
    assert text.clean_lines(" a  b \n\n c ") == "a b\n\nc"


def test_a_name_with_an_apostrophe_is_found_with_and_without_it():
    words = search_index.index_words("O'Brien", None, "Mary-Kate").split()
    assert {"o'brien", "obrien", "mary-kate", "marykate"} <= set(words)


@given(ANY)
def test_a_query_never_breaks_the_search(value):
    query = search_index.match_query(value)
    assert all(part.startswith('"') and part.endswith('"*') for part in query.split())
