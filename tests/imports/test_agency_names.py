"""Names of agencies: which spellings seem to be one agency, and which never do."""

from __future__ import annotations

from itertools import combinations

import pytest

from cit_desktop.imports.agency_groups import Written, group

ONE_AGENCY = [
    ["Rolla PD", "ROLLA POLICE DEPT", "Rolla Police Department", "City of Rolla Police",
     "Rolla P.D.", "Rolla, MO Police Department", "Rolla PD (RPD)", "Police Department of Rolla",
     "rolla police"],
    ["Phelps Co SO", "Phelps Co. Sheriff's Dept.", "PHELPS COUNTY SHERIFF",
     "Phelps County Sheriff’s Office", "Phelps County Sheriff's Office, Missouri",
     "Phelps Sheriff", "PHELPS CNTY SHERIFFS OFFICE"],
    ["MSHP", "Missouri State Highway Patrol", "Mo. State Hwy Patrol", "MSHP Troop I",
     "Missouri Highway Patrol", "M.S.H.P.", "MO State Highway Patrol - Troop F",
     "Highway Patrol"],
    ["Rolla #31", "Rolla 31 School District", "Rolla Public Schools", "Rolla Schools",
     "Rolla School District #31"],
    ["Salem R-80", "Salem R-80 Schools", "Salem R80 School District"],
    ["St James PD", "St. James Police Department", "Saint James Police Dept", "ST. JAMES P.D."],
    ["MO S&T University Police", "Missouri S & T PD", "Missouri S&T Police",
     "Missouri S&T Police Department"],
    ["Phelps County 911", "PC911", "Phelps Co. Emergency Communications", "Phelps County E-911"],
    ["Compass Health", "compass health", "Compass Health Network", "Compass Health, Inc."],
    ["Phelps Health", "PHELPS HEALTH", "Phelps Health Hospital"],
    ["Kansas City Police Department", "KCPD", "Kansas City PD"],
    ["Dent Co Ambulance District", "Dent County Ambulance"],
    ["Mo Dept of Corrections", "Missouri Department of Corrections"],
]  # fmt: skip
TWO_AGENCIES = [
    ("Rolla Police Department", "Rolla City Fire and Rescue"),
    ("Phelps Health", "Phelps County Health Department"),
    ("Phelps Health", "Phelps County 911"),
    ("Phelps County Sheriff's Office", "Pulaski County Sheriff's Office"),
    ("St. James Police Department", "St. Robert Police Department"),
    ("Salem Police Department", "Salem R-80 Schools"),
    ("Salem R-80 Schools", "Salem R-81 Schools"),
    ("Kansas City PD", "North Kansas City PD"),
    ("Jefferson City PD", "Jefferson County SO"),
    ("Columbia Police Department", "Columbus Police Department"),
    ("Clinton PD", "Clifton PD"),
    ("Lincoln Police Department", "Lincoln University Police"),
    ("Missouri State University Police", "Missouri State Highway Patrol"),
    ("Missouri S&T Police", "Missouri Department of Corrections"),
    ("Rolla PD", "Rolla PD Dispatch"),
    ("Pulaski County Sheriff", "Pulaski County Jail"),
    ("Burrell Behavioral Health", "Compass Behavioral Health"),
    ("Kansas Highway Patrol", "Missouri State Highway Patrol"),
    ("Great Circle", "Great Rivers Behavioral Health"),
    ("Phelps County Emergency Management", "Phelps County 911"),
    ("Mercy Hospital Lebanon", "Mercy Hospital Springfield"),
    ("Texas County Sheriff's Office", "Texas Department of Corrections"),
    ("12th Judicial Circuit", "25th Judicial Circuit"),
]


def groups_of(*texts, known=()):
    spellings = [Written(text, agency_id) for text, agency_id in known]
    return [
        {one.text for one in found.members}
        for found in group([*spellings, *(Written(text, count=1) for text in texts)], "MO")
    ]


@pytest.mark.parametrize("spellings", ONE_AGENCY, ids=lambda some: some[0])
def test_spellings_of_one_agency_come_together(spellings):
    assert groups_of(*spellings) == [set(spellings)]


def test_no_two_agencies_are_put_together_among_all_of_them():
    spellings = [text for some in ONE_AGENCY for text in some]
    assert sorted(map(sorted, groups_of(*spellings))) == sorted(map(sorted, ONE_AGENCY))


@pytest.mark.parametrize(("one", "two"), TWO_AGENCIES)
def test_two_agencies_stay_two(one, two):
    assert len(groups_of(one, two)) == 2


def test_every_order_of_the_spellings_gives_the_same_groups():
    spellings = [text for some in ONE_AGENCY for text in some[:3]]
    there = sorted(map(sorted, groups_of(*spellings)))
    assert sorted(map(sorted, groups_of(*reversed(spellings)))) == there


def test_initials_that_two_agencies_have_say_nothing():
    found = groups_of("PCSO", "Phelps County Sheriff's Office", "Pulaski County Sheriff's Office")
    assert {"PCSO"} in found
    assert len(groups_of("PCSO", "Phelps County Sheriff's Office")) == 1


def test_a_district_without_its_number_is_neither_of_two():
    found = groups_of("Salem Schools", "Salem R-80 Schools", "Salem R-81 Schools")
    assert len(found) == 3


def test_two_agencies_of_the_records_are_never_one():
    known = [("Rolla Police Department", 1), ("Rolla P.D.", 2)]
    assert len(groups_of(known=known)) == 2
    assert {"Rolla Police"} in groups_of("Rolla Police", known=known)


def test_a_spelling_is_proposed_to_be_the_agency_of_the_records():
    spellings = [Written("Rolla PD", 7), Written("Rolla Police Department", count=3)]
    (found,) = group(spellings, "MO")
    assert found.head.agency_id == 7


def test_of_new_spellings_the_fullest_is_the_name():
    texts = ["ROLLA POLICE DEPARTMENT OF THE CITY", "Rolla PD", "Rolla Police Department"]
    found = group([Written(text, count=1) for text in texts[1:]], "MO")[0]
    assert found.head.text == "Rolla Police Department"


def test_what_is_less_alike_is_less_sure_and_says_why():
    texts = ("Phelps County 911", "PC911", "Phelps Co 911")
    (found,) = group([Written(text, count=1) for text in texts], "MO")
    assert found.confidence("phelpsco911") > found.confidence("pc911")
    assert found.reasons("pc911") == ("the initials of Phelps County 911",)


def test_who_was_kept_apart_is_not_proposed_again_and_the_others_are():
    texts = ["Rolla PD", "ROLLA POLICE DEPT", "Rolla Police Department"]
    spellings = [Written(text, count=1) for text in texts]
    apart = {frozenset(("rollapd", "rollapolicedepartment"))}
    found = [{one.text for one in some.members} for some in group(spellings, "MO", apart)]
    assert sorted(map(len, found)) == [1, 2]
    for one, two in combinations(["Rolla PD", "Rolla Police Department"], 2):
        assert not any({one, two} <= some for some in found)


@pytest.mark.parametrize("text", ["", "-", "911", "PD", "Police Department", "#31", "&", "The"])
def test_a_name_without_a_word_of_its_own_is_like_no_other(text):
    whole = {"Rolla Police Department", text}
    assert not any(whole <= found for found in groups_of(*whole))
