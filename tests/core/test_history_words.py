from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Integer

from cit_desktop import journal
from cit_desktop.services import history_words
from cit_desktop.services.history_words import Names, field_word, shown, table_word
from cit_desktop.tables import Flag
from tests.core.helpers_records import add_agency, add_class, add_person, certify, enroll

TABLES = [table.name for table in journal.journaled()]
FIELDS = [
    (table.name, name)
    for table in journal.journaled()
    for name in journal.columns(table)
    if shown(name)
]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_word_that_people_say(table):
    word = table_word(table)
    assert re.fullmatch(r"[A-Z][A-Za-z -]+", word)
    assert "raining" not in word


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_every_field_that_is_shown_has_a_word_that_people_say(table, field):
    word = field_word(table, field)
    assert re.fullmatch(r"[A-Z][A-Za-z, -]+", word)
    assert not word.endswith(" id")


@pytest.mark.parametrize("field", ["uid", "sort_key", "key", "snapshot", "signature"])
def test_what_means_nothing_to_people_is_not_shown(field):
    assert not shown(field)


def test_the_words_of_the_field_are_those_of_the_program():
    assert table_word("training_class") == "Class"
    assert table_word("makeup") == "Make-up"
    assert field_word("employment", "title") == "Rank or job title"
    assert field_word("training_class", "title") == "Title"
    assert field_word("attendance", "minutes") == "Hours"
    assert field_word("enrollment", "agency_id") == "Agency"


@pytest.mark.parametrize(
    ("table", "field", "stored", "written"),
    [
        ("person", "archived", 1, "Yes"),
        ("person", "archived", 0, "No"),
        ("person", "discipline", "sheriff", "Sheriff"),
        ("person", "discipline", "long_gone", "long_gone"),
        ("person", "note", None, ""),
        ("agency", "kind", "police", "Police department"),
        ("certificate", "kind", "officer", "officer"),
        ("agency", "strength_on", "2026-03-02", "Mar 2, 2026"),
        ("enrollment", "scenario_passed", 0, "No"),
        ("enrollment", "credited_minutes", 2190, "36.5 h"),
        ("block", "starts_at", 780, "1:00 PM"),
        ("training_class", "min_attendance", 90, "90"),
        ("person", "nosuch", "x", "x"),
        ("nosuch", "field", 3, "3"),
        ("enrollment", "person_id", 99, "No. 99"),
    ],
)
def test_values_are_written_as_people_write_them(db, table, field, stored, written):
    with db.read() as session:
        assert Names(session).value(table, field, stored) == written


def test_a_moment_is_written_with_day_and_time(db):
    with db.read() as session:
        text = Names(session).value("certificate", "issued_at", "2026-03-06T12:00:00Z")
    assert re.fullmatch(r"Mar [67], 2026, \d{1,2}:\d\d [AP]M", text)


def test_a_long_text_is_cut(db):
    with db.read() as session:
        text = Names(session).value("roster_profile", "toml", "x" * 5_000)
    assert text == "x" * 299 + "…"


def test_records_are_named_as_they_are_today(db):
    class_id, block_id = add_class(db)
    agency_id, person_id = add_agency(db), add_person(db, middle="Lee", suffix="Jr.")
    enrollment_id = enroll(db, class_id, person_id)
    certificate_id = certify(db, class_id, person_id, enrollment_id, "{}")
    with db.read() as session:
        names = Names(session)
        told = [
            names.of(table, record_id)
            for table, record_id in (
                ("person", person_id),
                ("agency", agency_id),
                ("training_class", class_id),
                ("block", block_id),
                ("course", 1),
                ("chapter", 1),
                ("enrollment", enrollment_id),
                ("certificate", certificate_id),
                ("nosuch", 1),
            )
        ]
    assert told == [
        "Ana Lee Ito Jr.",
        "Rolla Police Department",
        "Spring class",
        "Mar 2, 2026, 8:00 AM",
        "CIT Basic",
        "Ozark Ridge",
        "Ana Lee Ito Jr., Spring class",
        "OR-2026-0001",
        "No. 1",
    ]


@pytest.mark.parametrize(
    ("table", "image", "name"),
    [
        ("person", {"last": "Ito", "first": "Ana", "middle": "", "suffix": None}, "Ana Ito"),
        ("setting", {"name": "view", "value": "1"}, "view"),
        ("setting", {"name": "certificate.design.3f2a"}, "Design of certificates"),
        ("setting", {"name": "certificate.number"}, "Pattern of certificate numbers"),
        ("import_batch", {"source": "a.csv"}, "a.csv"),
        ("training_class", {"course_id": 1, "title": "Spring class"}, "Spring class"),
        ("state_number", {"person_id": 7, "number": "1"}, "No. 7"),
        ("number_series", {"chapter_id": 4}, "No. 4"),
        ("setting", {}, "No. 5"),
    ],
)
def test_a_row_is_named_by_its_own_values_when_it_is_gone(db, table, image, name):
    with db.read() as session:
        assert Names(session).record(table, 5, image) == name


@given(
    st.sampled_from(FIELDS),
    st.sampled_from([0, 1, 59, 1439, 2400]),
)
def test_any_number_in_any_field_can_be_written(pair, value):
    table, field = pair
    column = history_words._column(table, field)
    assert column is not None
    if isinstance(column.type, Integer | Flag) and not column.foreign_keys:
        assert history_words._written(field, column, value)
