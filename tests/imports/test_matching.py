"""Who a row is: nobody is merged by a guess, and nobody is added twice."""

from __future__ import annotations

import pytest

from cit_desktop.imports.likeness import Clues, Subject
from cit_desktop.imports.matching import People, agency_key, number_key
from cit_desktop.text import letters, sort_key


def subject(first="Ana", last="Ito", middle="", *, row=None, person_id=7, suffix="", **more):
    name = " ".join(part for part in (first, middle, last, suffix) if part)
    return Subject(
        name, sort_key(last, first, middle), suffix, person_id=person_id, row=row, **more
    )


def clues(first="Ana", last="Ito", middle="", *, suffix="", **more):
    name = " ".join(part for part in (first, middle, last, suffix) if part)
    return Clues(sort_key(last, first, middle), name, suffix, **more)


def find(known, row):
    return People(known).find(row)


def test_a_state_number_finds_its_owner():
    ana = subject(numbers=("0123",))
    found = find([ana, subject(person_id=8)], clues(number="0123", number_written="0123"))
    assert found.subject is ana
    assert found.reasons == ("same state number",)
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Chris", "Christopher"),
        ("C", "Christopher"),
        ("Jonh", "John"),
        ("José", "Jose"),
        ("Chriss", "Chris"),
    ],
)
def test_a_state_number_finds_its_owner_whose_first_name_is_written_otherwise(written, known):
    found = find([subject(known, numbers=("1",))], clues(written, number="1"))
    assert found.subject is not None


def test_a_nickname_on_either_side_is_the_same_first_name():
    robert = subject("Robert", numbers=("1",), nickname="Bob")
    assert find([robert], clues("Bob", number="1")).subject is robert
    bob = subject("Bob", numbers=("1",))
    assert find([bob], clues("Robert", nickname="Bob", number="1")).subject is bob


def test_a_changed_last_name_with_the_same_number_is_the_same_person_and_told():
    ana = subject(last="Ito", numbers=("1",))
    found = find([ana], clues(last="Ruiz", number="1"))
    assert found.subject is ana
    assert "Ana Ito" in found.warnings[0].message


def test_two_last_names_with_one_number_in_one_file_are_a_problem():
    first = subject(last="Ito", person_id=None, row=4, numbers=("1",))
    found = find([first], clues(last="Ruiz", number="1", number_written="1"))
    assert found.subject is None
    assert found.problem is not None
    assert "Ana Ito in row 4" in found.problem.message


def test_a_number_of_somebody_else_is_a_problem_of_the_number():
    found = find([subject("Bo", "Chan", numbers=("1",))], clues(number="1", number_written="1"))
    assert found.problem is not None
    assert found.problem.field == "state_number"
    assert "1 is the state number of Bo Chan in the records" in found.problem.message


def test_father_and_son_with_one_number_are_a_problem():
    father = subject(suffix="Sr.", numbers=("1",))
    assert find([father], clues(suffix="Jr.", number="1")).problem is not None


def test_an_email_address_finds_its_owner():
    ana = subject(emails=("ana@example.org",))
    found = find([ana], clues(email="ana@example.org"))
    assert (found.subject, found.reasons) == (ana, ("same e-mail address",))


def test_the_address_of_an_office_does_not_make_two_people_one():
    found = find([subject("Bo", emails=("pd@example.org",))], clues(email="pd@example.org"))
    assert found.subject is None
    assert "Bo Ito" in found.warnings[0].message


def test_an_email_address_with_another_number_is_the_same_person_and_told():
    ana = subject(emails=("a@example.org",), numbers=("1",))
    found = find([ana], clues(email="a@example.org", number="2", number_written="2"))
    assert found.subject is ana
    assert "another one than 2" in found.warnings[0].message


def test_name_and_agency_are_the_same_person():
    ana = subject(agencies=("#3",))
    found = find([ana], clues(agency="#3"))
    assert (found.subject, found.reasons) == (ana, ("same name and agency",))


def test_name_and_phone_are_the_same_person_even_with_another_address():
    ana = subject(phones=("5735550100",), emails=("a@example.org",))
    found = find([ana], clues(phone="5735550100", email="b@example.org"))
    assert found.subject is ana


def test_names_are_compared_without_case_accents_and_marks():
    known = subject("Zoë", "O'Brien-Núñez", agencies=("#3",))
    assert find([known], clues("ZOE", "OBrien Nunez", agency="#3")).subject is known


@pytest.mark.parametrize(
    "more",
    [
        {"number": "2"},
        {"email": "other@example.org"},
        {"suffix": "Jr."},
        {"middle": "B"},
    ],
)
def test_name_and_agency_are_not_enough_when_something_speaks_against_it(more):
    ana = subject(middle="A", agencies=("#3",), numbers=("1",), emails=("a@example.org",))
    found = find([ana], clues(**{"agency": "#3", **more}))
    assert found.subject is None
    assert found.problem is None
    assert "Ana A Ito stands in the records already" in found.warnings[0].message


def test_a_name_alone_is_somebody_new_and_the_namesake_is_told():
    found = find([subject()], clues())
    assert found.subject is None
    assert "only the name is the same" in found.warnings[0].message


def test_at_most_three_namesakes_are_told():
    found = find([subject(person_id=number) for number in range(1, 9)], clues())
    assert len(found.warnings) == 3


def test_a_middle_name_decides_between_two_namesakes_of_one_agency():
    one, two = subject(middle="A", agencies=("#3",)), subject(agencies=("#3",), person_id=8)
    assert find([one, two], clues(agency="#3")).subject is two
    assert find([one, two], clues(middle="A", agency="#3")).subject is one


def test_two_namesakes_of_one_agency_are_a_problem():
    two = [subject(agencies=("#3",)), subject(agencies=("#3",), person_id=8)]
    found = find(two, clues(agency="#3"))
    assert found.subject is None
    assert found.problem is not None
    assert "can be several people" in found.problem.message


def test_an_initial_stands_for_a_middle_name():
    ana = subject(middle="Maria", agencies=("#3",))
    assert find([ana], clues(middle="M", agency="#3")).subject is ana


def test_what_a_row_told_finds_the_next_one():
    people = People([])
    ana = subject(person_id=None, row=2)
    people.add(ana)
    people.learn(ana, clues(email="a@example.org", number="1", phone="5", agency="x"))
    assert people.find(clues(email="a@example.org")).subject is ana
    assert people.find(clues(number="1")).subject is ana
    assert people.find(clues(phone="5")).subject is ana
    assert people.find(clues(agency="x")).subject is ana


def test_a_suffix_that_one_row_told_keeps_the_next_one_apart():
    people = People([])
    ito = subject(person_id=None, row=2, emails=("a@example.org",))
    people.add(ito)
    people.learn(ito, clues(suffix="Jr.", middle="B", email="a@example.org"))
    assert people.find(clues(suffix="Sr.", email="a@example.org")).subject is None
    assert people.find(clues(middle="C", email="a@example.org")).subject is None
    assert people.find(clues(middle="B", suffix="Jr.", email="a@example.org")).subject is ito


def test_a_row_that_was_imported_before_is_whoever_it_became():
    ana = subject("Anna", "Renamed")
    found = find([ana], clues(known_as=7))
    assert found.subject is ana


def test_a_row_whose_person_is_gone_is_looked_for_again():
    assert find([subject(person_id=8)], clues(known_as=7)).subject is None


def test_an_archived_person_is_named_as_such():
    found = find([subject(archived=True)], clues())
    assert "the records (archived)" in found.warnings[0].message


@pytest.mark.parametrize("number", ["", "0", "000000", "00-00"])
def test_zeros_are_nobodys_number(number):
    assert number_key(number) == ""


def test_numbers_are_compared_without_spaces_and_dashes_but_with_zeros():
    assert number_key("00-12 a") == number_key("0012A") != number_key("12A")


def test_an_agency_of_the_records_never_equals_a_spelling():
    assert agency_key(31, "") != agency_key(None, "31")
    assert agency_key(None, "St. James P.D.") == letters("st james pd")
