"""Which two names can be one person's: pairs as they come, and rules that hold for all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.imports.likeness import Clues, Subject, contradiction, may_be, middles_differ
from cit_desktop.imports.likeness import name_fits as fits
from cit_desktop.imports.matching import People
from cit_desktop.text import sort_key

SAME = [
    ("Ana Ito", "Ana Ito"),
    ("Ana Ito", "ANA ITO"),
    ("José Muñoz", "Jose Munoz"),
    ("A Ito", "Ana Ito"),
    ("Dan Lee", "Daniel Lee"),
    ("Chris Poe", "Christopher Poe"),
    ("Jonathon Poe", "Jonathan Poe"),
    ("Pat O'Brien", "Pat OBrien"),
    ("Ana Garcia-Lopez", "Ana Garcia Lopez"),
    ("Ana De la Cruz", "Ana de la Cruz"),
    ("Siobhan Ray", "Siobhán Ray"),
    (" Ito", "Ana Ito"),
    ("Al Poe", "Alan Poe"),
    ("Bob Poe", "Robert Poe"),
    ("Peggy Poe", "Margaret Poe"),
    ("Bob Poe", "Rob Poe"),
]
OTHER = [
    ("Ana Ito", "Ben Ito"),
    ("Ana Ito", "Ana Ruiz"),
    ("Jo Poe", "Joan Poe"),
    ("Ann Lee", "Lee Ann"),
    ("Maria Poe", "Mario Lopez"),
    ("Robert Poe", "Roberta Kim"),
]


def key_of(name, middle=""):
    first, _, last = name.partition(" ")
    return sort_key(last, first, middle)


def clues(name, middle="", **more):
    return Clues(key_of(name, middle), name, **more)


def subject(name, middle="", **more):
    return Subject(name, key_of(name, middle), **({"person_id": 1} | more))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_names_can_be_one_persons(one, other):
    assert fits(clues(one), subject(other))
    assert fits(clues(other), subject(one))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_these_names_are_two_peoples(one, other):
    assert not fits(clues(one), subject(other))
    assert not fits(clues(other), subject(one))


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [("Jr.", "Jr", True), ("Jr.", "", True), ("Jr.", "Sr.", False), ("II", "III", False)],
)
def test_father_and_son_are_two_people(one, other, fit):
    assert fits(clues("Ana Ito", suffix=one), subject("Ana Ito", suffix=other)) is fit


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("", "", False),
        ("", "Marie", False),
        ("M", "Marie", False),
        ("m.", "Marie", False),
        ("Marie", "MARIE", False),
        ("K", "Marie", True),
        ("Mary", "Marie", True),
        ("Ma", "Marie", True),
    ],
)
def test_an_initial_stands_for_a_middle_name(one, other, differ):
    assert middles_differ(key_of("Ana Ito", one), key_of("Ana Ito", other)) is differ
    assert middles_differ(key_of("Ana Ito", other), key_of("Ana Ito", one)) is differ


@pytest.mark.parametrize(
    ("row", "known", "speaks"),
    [
        ({"number": "1"}, {"numbers": ("2",)}, "the state numbers differ"),
        ({"number": "1"}, {"numbers": ("2", "1")}, ""),
        ({"number": "1"}, {}, ""),
        ({"email": "a@b.org"}, {"emails": ("c@d.org",)}, "the e-mail addresses differ"),
        ({"email": "a@b.org"}, {"emails": ("c@d.org", "a@b.org")}, ""),
        ({"email": "a@b.org", "phone": "5"}, {"emails": ("c@d.org",), "phones": ("5",)}, ""),
    ],
)
def test_what_speaks_against_one_person_is_said(row, known, speaks):
    found = contradiction(clues("Ana Ito", **row), subject("Ana Ito", **known))
    assert found == speaks
    assert may_be(clues("Ana Ito", **row), subject("Ana Ito", **known)) is not bool(speaks)


FIRST = st.sampled_from(("Ana", "A", "", "Dan", "Daniel", "José", "Jose", "Al", "Alan"))
LAST = st.sampled_from(("Ito", "ITO", "O'Brien", "OBrien", "Lee"))
NAMES = st.builds(lambda first, last: f"{first} {last}", FIRST, LAST)
TOLD = st.fixed_dictionaries(
    {},
    optional={
        "number": st.sampled_from(("1", "2")),
        "email": st.sampled_from(("a@b.org", "c@d.org")),
        "phone": st.sampled_from(("5", "6")),
        "agency": st.sampled_from(("#1", "#2")),
    },
)
KNOWN = st.lists(st.tuples(NAMES, TOLD), max_size=5)


def everybody(known):
    return [
        subject(
            name,
            person_id=number,
            numbers=tuple(filter(None, [told.get("number")])),
            emails=tuple(filter(None, [told.get("email")])),
            phones=tuple(filter(None, [told.get("phone")])),
            agencies=tuple(filter(None, [told.get("agency")])),
        )
        for number, (name, told) in enumerate(known, 1)
    ]


@settings(max_examples=20)
@given(NAMES, NAMES)
def test_whether_names_fit_does_not_depend_on_which_came_first(one, other):
    assert fits(clues(one), subject(other)) == fits(clues(other), subject(one))


@settings(max_examples=20)
@given(NAMES)
def test_a_name_fits_itself(name):
    assert fits(clues(name), subject(name))


@settings(max_examples=20)
@given(KNOWN, NAMES, TOLD)
def test_a_row_is_somebody_somebody_new_or_a_problem_and_says_why(known, name, told):
    found = People(everybody(known)).find(clues(name, **told))
    assert not (found.subject is not None and found.problem is not None)
    assert (found.subject is None) or found.reasons
    for remark in (*found.warnings, *filter(None, [found.problem])):
        assert remark.message.endswith(".")


@settings(max_examples=20)
@given(KNOWN, NAMES, TOLD)
def test_a_name_alone_is_never_enough(known, name, told):
    bare = {key: value for key, value in told.items() if key == "agency"}
    people = [person for person in everybody(known) if not person.agencies]
    found = People(people).find(clues(name, **bare))
    assert found.subject is None


@settings(max_examples=20)
@given(KNOWN, NAMES, TOLD)
def test_who_is_found_shares_a_number_an_address_or_the_name(known, name, told):
    row = clues(name, **told)
    found = People(everybody(known)).find(row).subject
    if found is not None:
        shares = (row.number in found.numbers) or (row.email in found.emails)
        assert shares or fits(row, found)


@settings(max_examples=20)
@given(KNOWN, NAMES, TOLD)
def test_the_same_row_again_is_the_same_person(known, name, told):
    row = clues(name, **told)
    people = People(everybody(known))
    first = people.find(row)
    if first.subject is not None:
        people.learn(first.subject, row)
        again = people.find(row)
        assert again.subject is first.subject or again.problem is not None


def test_a_short_first_name_is_somebody_to_look_at_and_not_merged():
    people = People([subject("Robert Poe", agencies=("#1",)), subject("Ana Poe", person_id=2)])
    match = people.find(clues("Bob Poe", agency="#1"))
    assert match.subject is None
    (remark,) = match.warnings
    assert "may be Robert Poe in the records" in remark.message
    assert people.find(clues("Bob Poe", agency="#2")).warnings == ()


def test_a_short_first_name_with_the_same_number_is_the_same_person():
    people = People([subject("Robert Poe", numbers=("7",))])
    found = people.find(clues("Bob Poe", number="7", number_written="7"))
    assert found.subject is not None
    assert found.problem is None
