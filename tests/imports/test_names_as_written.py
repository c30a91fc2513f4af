"""Names as sign-in sheets and agencies write them, and the parts they are taken apart into."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.imports import letter_case
from cit_desktop.imports.names import Name, cased, join_parts, split_name, suffix_of

WRITTEN = [
    ("John Smith", Name(first="John", last="Smith")),
    ("Smith, John", Name(first="John", last="Smith")),
    ("SMITH, JOHN A", Name(first="John", middle="A", last="Smith")),
    ("smith, john a.", Name(first="John", middle="A", last="Smith")),
    ("Smith, John Allen", Name(first="John", middle="Allen", last="Smith")),
    ("Smith Jr., John", Name(first="John", last="Smith", suffix="Jr.")),
    ("Smith, John Jr.", Name(first="John", last="Smith", suffix="Jr.")),
    ("Smith, John, Jr.", Name(first="John", last="Smith", suffix="Jr.")),
    ("John Smith III", Name(first="John", last="Smith", suffix="III")),
    ("John A. Smith Jr", Name(first="John", middle="A", last="Smith", suffix="Jr.")),
    ("Sgt. John Smith", Name(first="John", last="Smith", rank="Sgt.")),
    ("Sgt John Smith", Name(first="John", last="Smith", rank="Sgt")),
    ("Smith, Sgt. John", Name(first="John", last="Smith", rank="Sgt.")),
    ("Deputy Ana Ito", Name(first="Ana", last="Ito", rank="Deputy")),
    ("Dr. Ana Ito", Name(first="Ana", last="Ito", rank="Dr.")),
    ("Ana Ito, LCSW", Name(first="Ana", last="Ito", credentials="LCSW")),
    ("Ito, Ana, RN", Name(first="Ana", last="Ito", credentials="RN")),
    ('Ana "Annie" Ito', Name(first="Ana", last="Ito", nickname="Annie")),
    ("Ito, Ana (Annie)", Name(first="Ana", last="Ito", nickname="Annie")),
    ("Ana 'Annie' Ito", Name(first="Ana", last="Ito", nickname="Annie")),
    ("Mary Ann Jones", Name(first="Mary", middle="Ann", last="Jones")),
    ("Jones, Mary Ann", Name(first="Mary", middle="Ann", last="Jones")),
    ("O'Brien, Pat", Name(first="Pat", last="O'Brien")),
    ("O’BRIEN, PAT", Name(first="Pat", last="O'Brien")),
    ("McDonald, Ron", Name(first="Ron", last="McDonald")),
    ("MCDONALD, RON", Name(first="Ron", last="McDonald")),
    ("MACDONALD, RON", Name(first="Ron", last="MacDonald")),
    ("Van Dyke, Dick", Name(first="Dick", last="Van Dyke")),
    ("van der Berg, Jan", Name(first="Jan", last="van der Berg")),
    ("Ludwig van Beethoven", Name(first="Ludwig", last="van Beethoven")),
    ("Maria de la Cruz", Name(first="Maria", last="de la Cruz")),
    ("DE LA CRUZ, MARIA", Name(first="Maria", last="de la Cruz")),
    ("St. James, Lee", Name(first="Lee", last="St. James")),
    ("Lee St. James", Name(first="Lee", last="St. James")),
    ("Garcia-Lopez, Jose", Name(first="Jose", last="Garcia-Lopez")),
    ("GARCIA-LOPEZ, JOSE", Name(first="Jose", last="Garcia-Lopez")),
    ("José García López", Name(first="José", middle="García", last="López")),
    ("Nguyễn Thị Ánh", Name(first="Nguyễn", middle="Thị", last="Ánh")),
    ("Madonna", Name(last="Madonna")),
    ("TJ Hooker", Name(first="TJ", last="Hooker")),
    ("T.J. Hooker", Name(first="T.J.", last="Hooker")),
    ("J. R. Smith", Name(first="J.", middle="R", last="Smith")),
    ("J.R. Smith", Name(first="J.R.", last="Smith")),
    ("Dean Jones", Name(first="Dean", last="Jones")),
    ("Earl Jones", Name(first="Earl", last="Jones")),
    ("Judge Reinhold", Name(first="Judge", last="Reinhold")),
    ("Major Smith", Name(first="Major", last="Smith")),
    ("Major John Smith", Name(first="John", last="Smith", rank="Major")),
    ("Chief Bill Gray", Name(first="Bill", last="Gray", rank="Chief")),
    ("Smith,John", Name(first="John", last="Smith")),
    ("Smith , John", Name(first="John", last="Smith")),
    (" John   Smith ", Name(first="John", last="Smith")),
    ("Smith; John", Name(first="John", last="Smith")),
    ("Lt. Col. Bob Ray", Name(first="Bob", last="Ray", rank="Lt. Col.")),
    ("Anne-Marie Roy", Name(first="Anne-Marie", last="Roy")),
    ("D'Angelo Russell", Name(first="D'Angelo", last="Russell")),
    ("Smith, J", Name(first="J", last="Smith")),
    ("Capt Smith", Name(last="Smith", rank="Capt")),
    ("Officer O'Neil, Tim", Name(first="Tim", last="O'Neil", rank="Officer")),
    ("Ana Ito LPC, NCC", Name(first="Ana", last="Ito", credentials="LPC, NCC")),
]


@pytest.mark.parametrize(("text", "name"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_a_name_is_taken_apart_as_a_clerk_would(text, name):
    assert split_name(text) == name


@pytest.mark.parametrize(
    "text", [text for text, name in WRITTEN if "," not in text and ";" not in text]
)
def test_spaces_around_and_between_make_no_difference(text):
    assert split_name(f"  {text.replace(' ', '   ')}\t") == split_name(text)


@pytest.mark.parametrize(("text", "name"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_curly_quotes_are_quotes(text, name):
    curly = text.replace("'", "’")
    assert split_name(curly) == name


COLUMNS = [
    (("Ana", "", "Ito", ""), Name("Ana", "", "Ito")),
    (("ANA", "MARIA", "ITO", "JR"), Name("Ana", "Maria", "Ito", "Jr.")),
    (("ana", "m.", "ito", ""), Name("Ana", "M", "Ito")),
    (("Ana M.", "", "Ito", ""), Name("Ana", "M", "Ito")),
    (("Ana M", "", "Ito Jr.", ""), Name("Ana", "M", "Ito", "Jr.")),
    (("Ana", "", "Ito, Jr.", ""), Name("Ana", "", "Ito", "Jr.")),
    (("Ana", "", "Ito III", "iii"), Name("Ana", "", "Ito", "III")),
    (("Mary Ann", "", "Jones", ""), Name("Mary Ann", "", "Jones")),
    (("Sgt. Ana", "", "Ito", ""), Name("Ana", "", "Ito", rank="Sgt.")),
    (('Ana "Annie"', "", "Ito", ""), Name("Ana", "", "Ito", nickname="Annie")),
    (("Ana (Annie)", "", "Ito", ""), Name("Ana", "", "Ito", nickname="Annie")),
    (("Ana", "", "Ito, LCSW", ""), Name("Ana", "", "Ito", credentials="LCSW")),
    (("", "", "Ito", ""), Name("", "", "Ito")),
    (("Ana", "", "", ""), Name("Ana")),
    (("", "", "", ""), Name()),
    (("JOSÉ", "", "DE LA CRUZ", ""), Name("José", "", "de la Cruz")),
    (("PAT", "", "O'BRIEN-MCKAY", ""), Name("Pat", "", "O'Brien-McKay")),
    (("J", "R", "Ewing", ""), Name("J", "R", "Ewing")),
]


@pytest.mark.parametrize(("parts", "name"), COLUMNS)
def test_parts_in_columns_are_put_right(parts, name):
    assert join_parts(*parts) == name


@pytest.mark.parametrize(("parts", "name"), COLUMNS)
def test_parts_put_right_stay_as_they_are(parts, name):
    again = join_parts(name.first, name.middle, name.last, name.suffix)
    assert (again.first, again.middle, again.last) == (name.first, name.middle, name.last)
    assert again.suffix == name.suffix


CASES = {
    "SMITH": "Smith",
    "smith": "Smith",
    "O'NEIL": "O'Neil",
    "MCKAY": "McKay",
    "MACDONALD": "MacDonald",
    "MACK": "Mack",
    "MACHADO": "Machado",
    "VAN DYKE": "Van Dyke",
    "VON TRAPP": "von Trapp",
    "DE LA CRUZ": "de la Cruz",
    "GARCIA-LOPEZ": "Garcia-Lopez",
    "SMITH-MCDONALD": "Smith-McDonald",
    "D'ANGELO": "D'Angelo",
    "ST. JAMES": "St. James",
    "ÖZTÜRK": "Öztürk",
    "NGUYỄN": "Nguyễn",
    "IV": "IV",
}


@pytest.mark.parametrize(("text", "usual"), CASES.items())
def test_a_family_name_gets_its_usual_letters(text, usual):
    assert letter_case.name(text) == usual
    assert letter_case.name(usual) == usual


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("JOHN", "John"),
        ("CJ", "CJ"),
        ("TJ", "TJ"),
        ("AL", "Al"),
        ("DE", "De"),
        ("JO ANN", "Jo Ann"),
    ],
)
def test_a_first_name_gets_its_usual_letters(text, usual):
    assert letter_case.name(text, given=True) == usual


@pytest.mark.parametrize(
    ("word", "usual"),
    [
        *[(word, "Jr.") for word in ("Jr", "JR.", "jr", " jr., ")],
        *[(word, "Sr.") for word in ("Sr", "SR.")],
        *[("II", "II"), ("iii", "III"), ("Iv", "IV")],
        *[(word, None) for word in ("", "Smith", "Jim", "1", "MD")],
    ],
)
def test_a_suffix_has_one_form(word, usual):
    assert suffix_of(word) == usual


WORDS = st.lists(st.sampled_from(["Ana", "Ito", "Lee", "Ray", "Jo", "Kim", "Roy"]), min_size=2)


@settings(max_examples=25)
@given(WORDS)
def test_no_plain_word_of_a_name_is_lost_or_added(words):
    for text in (" ".join(words), f"{words[0]}, {' '.join(words[1:])}"):
        name = split_name(text)
        assert sorted(f"{name.first} {name.middle} {name.last}".split()) == sorted(words)


@settings(max_examples=25)
@given(st.text("ABCDEFG abc'-.", max_size=20), st.text("ABCDEFG abc'-.", max_size=20))
def test_mended_letters_are_the_same_letters(first, last):
    name = Name(first=" ".join(first.split()), last=" ".join(last.split()))
    mended = cased(name)
    assert mended.first.casefold() == name.first.casefold()
    assert mended.last.casefold() == name.last.casefold()
    assert cased(mended, uniform=False).last.casefold() == name.last.casefold()
