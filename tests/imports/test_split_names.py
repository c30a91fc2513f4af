"""Names written in one cell, and names that come in columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.imports import letter_case, name_words, names
from cit_desktop.imports.names import Name, join_parts, split_name, suffix_of
from cit_desktop.text import clean


def parts(text: str, **how: bool) -> tuple[str, str, str, str]:
    name = split_name(text, **how)
    return name.first, name.middle, name.last, name.suffix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith Jr., James Lee", ("James", "Lee", "Smith", "Jr.")),
        ("Smith, James Lee, Jr.", ("James", "Lee", "Smith", "Jr.")),
        ("Smith, Jr., James Lee", ("James", "Lee", "Smith", "Jr.")),
        ("Smith, James Lee Jr", ("James", "Lee", "Smith", "Jr.")),
        ("James Lee Smith, Jr.", ("James", "Lee", "Smith", "Jr.")),
        ("James Lee Smith jr", ("James", "Lee", "Smith", "Jr.")),
        ("Smith Jr James Lee", ("James", "Lee", "Smith", "Jr.")),
        ("Robinson III, Margaret", ("Margaret", "", "Robinson", "III")),
        ("John Smith 3rd", ("John", "", "Smith", "III")),
        ("John Smith V", ("John", "", "Smith", "V")),
        ("Smith V, John", ("John", "", "Smith", "V")),
    ],
)
def test_a_suffix_is_found_in_any_place(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith, John V", ("John", "V", "Smith", "")),
        ("V, John", ("John", "", "V", "")),
        ("Junior Smith", ("Junior", "", "Smith", "")),
        ("Ma Vu", ("Ma", "", "Vu", "")),
        ("Do, Kim", ("Kim", "", "Do", "")),
        ("Kim Do", ("Kim", "", "Do", "")),
    ],
)
def test_a_name_that_looks_like_a_suffix_stays_a_name(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("John J de la Cruz", "de la Cruz"),
        ("de la Cruz, John J", "de la Cruz"),
        ("Joseph A Van der Berg Jr.", "Van der Berg"),
        ("Van der Berg, Deborah A", "Van der Berg"),
        ("Richard J St. John", "St. John"),
        ("Amanda  St.  John", "St. John"),
        ("St.John, Amanda", "St. John"),
        ("Mark St John", "St John"),
        ("Ana Maria del Rio", "del Rio"),
        ("Pat O' Brien", "O'Brien"),
        ("Nguyễn Smith-Jones", "Smith-Jones"),
    ],
)
def test_particles_stay_with_the_family_name(text, last):
    assert split_name(text).last == last


def test_a_particle_in_front_is_a_first_name():
    assert parts("Van Nguyen") == ("Van", "", "Nguyen", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JOHN VAN DER BERG", ("John", "", "Van der Berg", "")),
        ("DE LA CRUZ, JUAN M", ("Juan", "M", "de la Cruz", "")),
        ("D'ANDRE JOHNSON", ("D'Andre", "", "Johnson", "")),
        ("O’BRIEN, SEAN", ("Sean", "", "O'Brien", "")),
        ("MCDONALD, RONALD", ("Ronald", "", "McDonald", "")),
        ("MACLEOD, JOSHUA J", ("Joshua", "J", "MacLeod", "")),
        ("MACK MACIAS", ("Mack", "", "Macias", "")),
        ("ANN SMITH-JONES", ("Ann", "", "Smith-Jones", "")),
        ("AMANDA ST. JOHN", ("Amanda", "", "St. John", "")),
        ("JOHN SMITH III", ("John", "", "Smith", "III")),
        ("TJ SMITH", ("TJ", "", "Smith", "")),
        ("mary ann o'neil", ("Mary", "Ann", "O'Neil", "")),
        ("SMITH, John", ("John", "", "Smith", "")),
        ("ŁUKASZ ŠIMIĆ", ("Łukasz", "", "Šimić", "")),
    ],
)
def test_capitals_become_usual_letters(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize("text", ["Ann van Dyke", "Bo MacLeod", "Al Macleod", "LaToya DeShawn"])
def test_mixed_letters_are_left_as_they_are(text):
    assert " ".join(filter(None, parts(text))) == text


@pytest.mark.parametrize(
    ("text", "nickname"),
    [
        ('William "Bill" Smith', "Bill"),
        ("Smith, William “Bill”", "Bill"),
        ("Smith (Bill), William", "Bill"),
        ("William 'Bill' Smith", "Bill"),
    ],
)
def test_a_nickname_in_quotes_is_kept_apart(text, nickname):
    assert split_name(text) == Name(first="William", last="Smith", nickname=nickname)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Sgt. John Smith", "Sgt."),
        ("Ofc John Smith", "Ofc"),
        ("Smith, Sgt. John", "Sgt."),
        ("Smith, John, Sgt", "Sgt"),
        ("John Smith, Sgt", "Sgt"),
        ("Lt. Col. John Smith", "Lt. Col."),
        ("Deputy Chief John Smith", "Deputy Chief"),
    ],
)
def test_a_rank_is_taken_off(text, rank):
    assert split_name(text) == Name(first="John", last="Smith", rank=rank)


@pytest.mark.parametrize("first", ["Major", "Dean", "Earl", "Judge", "Chief", "Marshal"])
def test_first_names_that_are_titles_elsewhere_stay(first):
    assert parts(f"{first} Smith") == (first, "", "Smith", "")


def test_letters_behind_a_name_are_credentials():
    assert split_name("Jane Doe, RN, LCSW") == Name("Jane", "", "Doe", credentials="RN, LCSW")
    assert split_name("Dr. Jane Doe PhD").credentials == "PhD"


def test_an_initial_stands_without_its_full_stop():
    assert parts("Smith, John A.") == ("John", "A", "Smith", "")
    assert parts("John A. Smith") == ("John", "A", "Smith", "")
    assert parts("J.R. Smith") == ("J.R.", "", "Smith", "")


def test_a_single_word_is_a_family_name():
    assert split_name("Madonna") == Name(last="Madonna")


def test_nothing_gives_nothing():
    assert split_name("") == split_name(" , ") == Name()


def test_the_family_name_comes_first_where_the_heading_says_so():
    assert parts("Smith James Lee", family_first=True) == ("James", "Lee", "Smith", "")
    assert parts("de la Cruz Juan M", family_first=True) == ("Juan", "M", "de la Cruz", "")
    assert parts("Smith, James", family_first=True) == ("James", "", "Smith", "")


def test_a_suffix_in_the_column_of_last_names_is_taken_off():
    assert join_parts("Robert", "", "Martinez III", "") == Name("Robert", "", "Martinez", "III")
    assert join_parts("Al", "", "Smith, Jr", "") == Name("Al", "", "Smith", "Jr.")


def test_a_suffix_of_its_own_column_is_written_the_usual_way():
    assert join_parts("Al", "", "Smith", "JR").suffix == "Jr."
    assert join_parts("Al", "", "Smith Jr.", "Jr").suffix == "Jr."
    assert join_parts("Al", "", "Smith", "Esq").suffix == "Esq"


def test_an_initial_behind_the_first_name_is_a_middle_name():
    name = join_parts("James L.", "", "Smith", "")
    assert (name.first, name.middle) == ("James", "L")


def test_two_first_names_in_one_column_stay_together():
    assert join_parts("Mary Ann", "", "Smith", "").first == "Mary Ann"


def test_columns_in_capitals_become_usual_letters():
    assert join_parts("JAMES", "LEE", "MCDONALD", "") == Name("James", "Lee", "McDonald")


def test_what_is_no_name_at_all_is_kept_as_it_is():
    assert join_parts("=1+1", "", "@Formula", "") == Name("=1+1", "", "@Formula")


@pytest.mark.parametrize(
    ("word", "usual"), [("jr", "Jr."), ("SR.", "Sr."), ("iii", "III"), ("2nd", "II"), ("Lee", None)]
)
def test_suffixes_have_one_form(word, usual):
    assert suffix_of(word) == usual


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("LA ROSA", "La Rosa"),
        ("DE LEON", "de Leon"),
        ("MCCOY", "McCoy"),
        ("mc", "Mc"),
        ("O'NEIL-MCRAE", "O'Neil-McRae"),
        ("JEAN-LUC D'ARC", "Jean-Luc D'Arc"),
        ("VAN", "Van"),
    ],
)
def test_letter_case_of_names(text, usual):
    assert letter_case.name(text) == usual


WORDS = st.sampled_from(
    ["Smith", "JONES", "de", "la", "Cruz", "van", "der", "Jr.", "III", "V", "A", "b.", "Sgt.", "Dr",
     "RN", "MD", "Ma", "Do", "O'Brien", "O'", "St.", "Łukasz", "Zoë", "(Bo)", '"Al"', ",", ";",
     "'x'", "Mary-Kate", "Junior", "Major", "&", "1", "=1+1"]
)  # fmt: skip


def letters(text: str) -> list[str]:
    return sorted(char for char in clean(text).casefold() if char.isalpha())


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_no_letter_of_a_name_is_lost(text):
    name = split_name(text)
    everything = "".join(
        (
            name.first,
            name.middle,
            name.last,
            name.suffix,
            name.nickname,
            name.rank,
            name.credentials,
        )
    )
    wanted = letters(text)
    if not set(map(str.casefold, text.replace(",", " ").split())) & {"jr.", "iii", "v"}:
        assert letters(everything) == wanted
    else:  # a suffix given twice is kept once
        assert set(letters(everything)) == set(wanted)


@given(st.text(max_size=40))
def test_any_text_at_all_can_be_split(text):
    name = split_name(text)
    assert isinstance(name.last, str)


@given(st.text(max_size=40))
def test_letter_case_settles_at_once(text):
    once = letter_case.name(clean(text))
    assert letter_case.name(once) == once


@given(st.lists(st.sampled_from(["Ann", "Lee", "Smith", "O'Brien"]), min_size=2, max_size=3))
def test_splitting_the_parts_again_gives_the_same(words):
    name = split_name(" ".join(words))
    assert join_parts(name.first, name.middle, name.last, name.suffix) == name


SPECIAL = sorted({*name_words.SUFFIXES, *name_words.RANKS, *name_words.AFTER, "O", "Mc", "Ann"})
WORDS = st.sampled_from([word.title() for word in SPECIAL]) | st.from_regex(
    r"[A-Z][a-z]{0,3}\.?", fullmatch=True
)


@given(WORDS, WORDS, st.lists(WORDS, max_size=2))
def test_an_everyday_name_is_what_taking_it_apart_word_by_word_gives(last, first, more):
    text = f"{last}, {' '.join([first, *more])}"
    assert names._everyday(text) in (None, names._taken_apart(text))


def test_most_names_are_everyday_ones():
    assert names._everyday("Smith, James L.") == Name("James", "L", "Smith")
    assert names._everyday("Smith, James Lee") == Name("James", "Lee", "Smith")
    assert names._everyday("Smith, James Jr") is None
