"""Titles and agencies as rosters write them, and the kind of work each points to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop import catalogs

AGENCIES = {
    "municipal_police": [
        *("Rolla Police Department", "ST. LOUIS METRO PD", "Springfield Police Dept."),
        *("Sunrise Beach Department of Public Safety", "City Marshal’s Office"),
    ],
    "sheriff": ["Phelps County Sheriff", "Greene County Sheriff's Office", "Dent Co SO"],
    "highway_patrol": ["Missouri State Highway Patrol", "MSHP Troop I", "Iowa State Patrol"],
    "campus_police": ["Missouri S&T University Police", "Ozarks College Police"],
    "park_conservation": ["Missouri Department of Conservation", "State Parks"],
    "probation_parole": ["MO Probation & Parole", "Board of Probation and Parole District 8"],
    "corrections": ["Greene County Jail", "South Central Correctional Center"],
    "juvenile_officer": ["25th Circuit Juvenile Office"],
    "dispatch": ["Phelps County 911", "Joint Communications", "Central Dispatch", "Salem E-911"],
    "fire": ["Rolla Fire Department", "Doolittle Rural Fire Protection District"],
    "ems": ["Phelps County EMS", "Steelville Ambulance District"],
}
TITLES = {
    "municipal_police": ["Police Officer", "Chief of Police", "Patrolman"],
    "sheriff": ["Deputy", "DEPUTY SHERIFF", "Undersheriff"],
    "highway_patrol": ["Trooper", "State Trooper"],
    "campus_police": ["SRO", "School Resource Officer"],
    "park_conservation": ["Conservation Agent", "Park Ranger"],
    "probation_parole": ["Probation Officer", "Probation and Parole Officer II"],
    "corrections": ["Correctional Officer", "Jailer", "Jail Administrator"],
    "juvenile_officer": ["Deputy Juvenile Officer"],
    "dispatch": ["Dispatcher", "911 Operator", "Telecommunicator", "Lead Dispatcher"],
    "fire": ["Firefighter", "Fire Chief", "Firefighter/Paramedic"],
    "ems": ["Paramedic", "EMT-B"],
}


def pairs(table):
    return [(key, text) for key, texts in table.items() for text in texts]


@pytest.mark.parametrize(("key", "agency"), pairs(AGENCIES))
def test_an_agency_alone_points_to_a_kind_of_work(key, agency):
    assert catalogs.suggest_discipline("", agency) == key


@pytest.mark.parametrize(("key", "title"), pairs(TITLES))
def test_a_title_alone_points_to_a_kind_of_work(key, title):
    assert catalogs.suggest_discipline(title, "") == key


@pytest.mark.parametrize(("key", "title"), pairs(TITLES))
@pytest.mark.parametrize("agency", ["Rolla Police Department", "Phelps County Sheriff's Office"])
def test_a_telling_title_wins_over_the_agency(key, title, agency):
    assert catalogs.suggest_discipline(title, agency) == key


@pytest.mark.parametrize("title", ["", "Officer", "Sergeant", "Lt.", "Captain", "Manager"])
def test_a_rank_leaves_the_word_to_the_agency(title):
    assert catalogs.suggest_discipline(title, "Rolla Police Department") == "municipal_police"


@pytest.mark.parametrize(
    ("title", "agency"), [("", ""), ("Guest", "Acme Inc."), ("?", "-"), ("PDQ", "Spade LLC")]
)
def test_words_that_only_contain_a_telling_word_tell_nothing(title, agency):
    assert catalogs.suggest_discipline(title, agency) is None


@pytest.mark.parametrize(("key", "agency"), pairs(AGENCIES))
def test_case_apostrophes_and_dots_make_no_difference(key, agency):
    for written in (agency.upper(), agency.lower(), agency.replace("'", "’"), f"{agency}."):
        assert catalogs.suggest_discipline("", written) == key


@settings(max_examples=50)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_words_point_to_a_known_kind_or_none(title, agency):
    keys = {discipline.key for discipline in catalogs.disciplines()}
    found = catalogs.suggest_discipline(title, agency)
    assert found is None or found in keys
    kinds = {kind.key for kind in catalogs.agency_kinds()}
    kind = catalogs.suggest_agency_kind(agency)
    assert kind is None or kind in kinds


@pytest.mark.parametrize("kind", catalogs.agency_kinds(), ids=lambda kind: kind.key)
def test_every_kind_of_agency_does_a_kind_of_work_that_is_known(kind):
    assert catalogs.discipline(kind.discipline).group
    assert kind.name == kind.name.strip()


@pytest.mark.parametrize("discipline", catalogs.disciplines(), ids=lambda one: one.key)
def test_each_telling_word_of_a_kind_of_work_points_to_it(discipline):
    for title in discipline.titles:
        assert catalogs.suggest_discipline(title, "") == discipline.key
    for agency in discipline.agencies:
        assert catalogs.suggest_discipline("", agency) == discipline.key
