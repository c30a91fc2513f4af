"""Lists of ids and their rows: any order, any filter, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop import catalogs
from cit_desktop.db import Database
from cit_desktop.services import (
    agencies,
    certificates,
    chapters,
    classes,
    courses,
    people,
    people_many,
    search,
)
from cit_desktop.services.agencies import AgencyDraft, AgencyFilter, AgencySort
from cit_desktop.services.class_views import ClassFilter, ClassSort
from cit_desktop.services.classes import ClassDraft
from cit_desktop.services.people import NumberDraft, PersonDraft, PersonFilter, PersonSort
from cit_desktop.text import fold

LAST = ("Ito", "Ítő", "O'Neil", "ONeil", "de la Cruz", "Öztürk", "Zhang", "Łukasz", "Ng", "ng")
FIRST = ("Ana", "Ben", "", "Zoë", "Maria José")
TITLES = ("", "Officer", "Dispatcher", "Nurse", "sergeant")
DISCIPLINES = [discipline.key for discipline in catalogs.disciplines()][:6]
MANY = 60


@pytest.fixture(scope="module")
def crowd_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty people of many kinds, agencies and classes; the same ones each time."""
    random, path = Random(7), tmp_path_factory.mktemp("crowd") / "crowd.cit"
    database = Database.create(path)
    with database.operation("Crowd") as session:
        courses.seed(session)
        homes = [
            agencies.add(session, AgencyDraft(name, county=county, patrol_strength=strength))
            for name, county, strength in (
                ("Rolla Police Department", "Phelps", 32),
                ("salem 911", "Dent", None),
                ("Äbtei Hospital", "", None),
            )
        ]
        for number in range(MANY):
            employed = random.random() < 0.7
            person_id = people.add(
                session,
                PersonDraft(
                    random.choice(LAST),
                    random.choice(FIRST),
                    discipline=random.choice(["", *DISCIPLINES]),
                    county=random.choice(["", "", "Phelps", "Maries"]),
                    email=f"p{number}@example.org" if random.random() < 0.5 else "",
                    numbers=(NumberDraft("PSID", f"{number:05}"),) if number % 3 else (),
                    agency_id=random.choice(homes) if employed else None,
                    title=random.choice(TITLES) if employed else "",
                ),
            )
            if number % 10 == 0:
                people.archive(session, person_id)
        _classes(session)
    database.close()
    return path


def _classes(session) -> None:
    chapter = chapters.create(session, chapters.ChapterDraft("Ozark Ridge"))
    for title, start, code in (
        ("Spring", date(2025, 3, 3), "CIT40"),
        ("autumn", date(2025, 9, 1), "CIT40"),
        ("Refresher", date(2026, 1, 5), "REF8"),
        ("Ärzte", date(2026, 1, 5), "INS8"),
        ("Put away", date(2024, 5, 6), "INS8"),
    ):
        made = classes.create(session, chapter, ClassDraft(title, start, course_code=code))
        classes.update(session, made, 1, location=title[::-1])
    classes.archive(session, made)


@pytest.fixture(scope="module")
def crowd(crowd_file: Path) -> Iterator[Database]:
    database = Database.open(crowd_file, readonly=True)
    yield database
    database.close()


SHOWN = {
    "name": lambda row: tuple(map(fold, (row.last, row.first, row.middle))),
    "agency": lambda row: fold(row.agency),
    "title": lambda row: row.title.lower(),
    "discipline": lambda row: row.discipline,
    "county": lambda row: row.county,
    "email": lambda row: row.email,
    "trained_on": lambda row: row.trained_on,
}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", get_args(PersonSort))
def test_people_are_in_the_order_asked_for_and_those_without_a_value_last(crowd, sort, descending):
    with crowd.read() as session:
        ids = people.ids(session, sort=sort, descending=descending)
        rows = people.rows(session, ids)
    values = [SHOWN[sort](rows[person_id]) for person_id in ids]
    filled = [value for value in values if value]
    assert values[: len(filled)] == filled
    assert filled == sorted(filled, reverse=descending)
    assert len(set(ids)) == len(ids) == MANY - MANY // 10


@pytest.mark.parametrize("sort", get_args(PersonSort))
def test_equal_people_stand_in_the_same_order_each_time(crowd, sort):
    with crowd.read() as session:
        assert people.ids(session, sort=sort) == people.ids(session, sort=sort)


def test_people_are_either_archived_or_not(crowd):
    with crowd.read() as session:
        listed, aside = people.ids(session), people.ids(session, PersonFilter(archived=True))
        assert len(aside) == MANY // 10
        assert not set(listed) & set(aside)
        assert people_many.count(session) == len(listed) + len(aside)


def test_the_filters_of_training_part_everybody(crowd):
    with crowd.read() as session:
        parts = [people.ids(session, PersonFilter(trained=value)) for value in (True, False)]
        assert sorted(chain.from_iterable(parts)) == sorted(people.ids(session))


def test_the_groups_part_those_with_a_discipline(crowd):
    groups = [group.key for group in catalogs.discipline_groups()]
    with crowd.read() as session:
        apart = [people.ids(session, PersonFilter(groups=(group,))) for group in groups]
        together = people.ids(session, PersonFilter(groups=groups))
        rows = people.rows(session, people.ids(session))
    assert sorted(chain.from_iterable(apart)) == sorted(together)
    assert set(together) == {key for key, row in rows.items() if row.discipline}


def test_whoever_has_no_discipline_can_be_asked_for(crowd):
    with crowd.read() as session:
        without = people.ids(session, PersonFilter(groups=(people.NO_DISCIPLINE,)))
        everybody = people.rows(session, people.ids(session))
    assert set(without) == {key for key, row in everybody.items() if not row.discipline}


def test_a_county_is_that_of_the_person_before_that_of_the_agency(crowd):
    with crowd.read() as session:
        for county in people_many.counties(session):
            found = people.ids(session, PersonFilter(county=county))
            rows = people.rows(session, found)
            assert {row.county for row in rows.values()} <= {county}
            everybody = people.rows(session, people.ids(session))
            assert {key for key, row in everybody.items() if row.county == county} == set(found)


def test_an_agency_lists_who_works_there(crowd):
    with crowd.read() as session:
        everybody = people.rows(session, people.ids(session))
        for agency_id, name in agencies.all_names(session):
            found = set(people.ids(session, PersonFilter(agency_id=agency_id)))
            assert found == {key for key, row in everybody.items() if row.agency == name}


def test_filters_together_let_through_who_passes_each(crowd):
    groups = (catalogs.disciplines()[0].group,)
    with crowd.read() as session:
        one = set(people.ids(session, PersonFilter(groups=groups)))
        other = set(people.ids(session, PersonFilter(county="Phelps")))
        both = people.ids(session, PersonFilter(groups=groups, county="Phelps"))
    assert set(both) == one & other


@given(first=st.integers(0, MANY), size=st.integers(1, 20))
@settings(max_examples=25)
def test_any_page_has_the_rows_of_its_ids(crowd, first, size):
    with crowd.read() as session:
        ids = people.ids(session)
        page = ids[first : first + size]
        rows = people.rows(session, page)
    assert set(rows) == set(page)
    assert all(row.id == key for key, row in rows.items())


def test_rows_of_nobody_and_of_those_who_are_gone_are_empty(crowd):
    with crowd.read() as session:
        assert people.rows(session, []) == {}
        assert people.rows(session, [10_000]) == {}
        assert agencies.rows(session, []) == {}
        assert classes.rows(session, []) == {}
        assert courses.rows(session, []) == {}
        assert certificates.rows(session, []) == {}


@given(st.text(max_size=12))
@settings(max_examples=30)
def test_no_text_breaks_a_list_or_a_search(crowd, text):
    with crowd.read() as session:
        found = people.ids(session, PersonFilter(text=text))
        assert set(found) <= set(people.ids(session))
        agencies.ids(session, AgencyFilter(text=text))
        classes.ids(session, ClassFilter(text=text))
        assert len(people.find(session, text)) <= 8
        assert len(search.find(session, text, 5)) <= 5
        assert search.count(session, text) >= 0


HOSTILE = (
    *("'", '"', "%", "_", "*", "(", ")", "-", "--", ";", "\\", "\0", "\u202e", "\ufeff"),
    *("NEAR(a b)", "a AND b", "a OR", "NOT", "col:x", "^a", "'; DROP TABLE person; --"),
    *("<b>x</b>", "{0}", "%s", "🙂", "e\u0301", "\u200d", "a" * 500, " ", "\n\t"),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_signs_of_query_languages_are_only_text(crowd, text):
    with crowd.read() as session:
        for typed in (text, f"Ito {text}", f"{text}Ito"):
            people.ids(session, PersonFilter(text=typed))
            people.find(session, typed)
            search.find(session, typed)
            agencies.by_spelling(session, typed)
            agencies.ids(session, AgencyFilter(text=typed))
            classes.ids(session, ClassFilter(text=typed))


@pytest.mark.parametrize("person", range(1, MANY, 7))
def test_everybody_is_found_by_the_name_they_are_listed_under(crowd, person):
    with crowd.read() as session:
        row = people.rows(session, [person])[person]
        hits = people.find(session, row.name, limit=MANY)
    assert person in [hit.id for hit in hits]


@pytest.mark.parametrize("person", [2, 3, 5, 9, 30, 59])
def test_whoever_has_a_number_is_found_by_it_first(crowd, person):
    with crowd.read() as session:
        number = people.rows(session, [person])[person].state_number
        hits = people.find(session, number)
    assert number
    assert hits[0].id == person


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", get_args(AgencySort))
def test_agencies_are_all_there_in_any_order(crowd, sort, descending):
    with crowd.read() as session:
        found = agencies.ids(session, sort=sort, descending=descending)
        names = {name for _, name in agencies.all_names(session)}
        assert {row.name for row in agencies.rows(session, found).values()} == names
        assert len(found) == len(names) == 3


def test_agencies_by_name_know_no_case_and_no_accents(crowd):
    with crowd.read() as session:
        rows = agencies.rows(session, ids := agencies.ids(session))
    names = [rows[key].name for key in ids]
    assert names == ["Äbtei Hospital", "Rolla Police Department", "salem 911"]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", get_args(ClassSort))
def test_classes_are_all_there_in_any_order(crowd, sort, descending):
    with crowd.read() as session:
        found = classes.ids(session, sort=sort, descending=descending)
        other = classes.ids(session, sort=sort, descending=not descending)
        rows = classes.rows(session, found)
    assert found == other[::-1]
    assert sorted(row.title for row in rows.values()) == ["Refresher", "Spring", "autumn", "Ärzte"]


def test_the_years_part_the_classes(crowd):
    with crowd.read() as session:
        years = classes.years(session)
        everything = classes.ids(session, ClassFilter(archived=True))
        apart = [classes.ids(session, ClassFilter(year=y, archived=True)) for y in years]
    assert years == [2026, 2025, 2024]
    assert sorted(chain.from_iterable(apart)) == sorted(everything)


@pytest.mark.parametrize("year", [1, 1899, 9999])
def test_a_year_without_classes_has_none(crowd, year):
    with crowd.read() as session:
        assert classes.ids(session, ClassFilter(year=year)) == []


def test_a_class_put_away_is_listed_when_asked_for(crowd):
    with crowd.read() as session:
        hidden = set(classes.ids(session, ClassFilter(archived=True))) - set(classes.ids(session))
        assert [row.title for row in classes.rows(session, list(hidden)).values()] == ["Put away"]


def test_what_many_people_agree_on_is_told(crowd):
    with crowd.read() as session:
        phelps = people.ids(session, PersonFilter(text="", county="Phelps"))
        own = [key for key in phelps if people.view(session, key).county == "Phelps"]
        assert people_many.shared(session, own)["county"] == "Phelps"
        assert people_many.shared(session, people.ids(session)) == {
            "discipline": None,
            "county": None,
        }
        assert people_many.shared(session, []) == {"discipline": None, "county": None}
