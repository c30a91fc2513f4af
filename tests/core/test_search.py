from __future__ import annotations

import pytest

from cit_desktop.services import agencies, people, search
from tests.core.helpers_records import (
    add_agency,
    add_class,
    add_person,
    certify,
    complete,
    number,
)


def found(db, text, limit=20):
    with db.read() as session:
        return [(hit.kind, hit.title) for hit in search.find(session, text, limit)]


def count(db, text):
    with db.read() as session:
        return search.count(session, text)


@pytest.fixture
def filled(db):
    class_id, _ = add_class(db)
    agency_id = add_agency(db, "Springfield Police Department", county="Greene")
    person_id = add_person(
        db, "Springer", agency_id=agency_id, title="Officer", numbers=[number("00123")]
    )
    certify(db, class_id, person_id, complete(db, class_id, person_id), "{}")
    return db


def test_one_word_finds_records_of_every_kind(filled):
    assert found(filled, "spri") == [
        ("person", "Springer, Ana"),
        ("agency", "Springfield Police Department"),
        ("class", "Spring class"),
    ]
    assert count(filled, "spri") == 3


def test_half_a_letter_in_what_is_typed_finds_what_the_rest_does(filled):
    assert found(filled, "spr\udcffi") == found(filled, "spri")
    assert found(filled, "\ud83d") == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("00123", ("person", "Springer, Ana")),
        ("ana spr", ("person", "Springer, Ana")),
        ("Springer, A", ("person", "Springer, Ana")),
        ("OR-2026", ("certificate", "OR-2026-0001")),
        ("or-26-01", ("class", "Spring class")),
        ("police spring", ("agency", "Springfield Police Department")),
    ],
)
def test_each_kind_is_found_by_its_own_words(filled, text, first):
    assert found(filled, text)[0] == first


def test_a_hit_says_what_it_is(filled):
    with filled.read() as session:
        hits = {hit.kind: hit.subtitle for hit in search.find(session, "or")}
        hits |= {hit.kind: hit.subtitle for hit in search.find(session, "sprin")}
    assert hits == {
        "person": "Officer · Springfield Police Department",
        "agency": "Police department · Greene",
        "class": "OR-26-01 · Mar 2–6, 2026",
        "certificate": "Springer, Ana · Spring class",
    }


def test_an_agency_is_found_once_by_name_and_spelling(db):
    agency_id = add_agency(db, "Kansas City Police Department")
    with db.operation("Spell") as session:
        agencies.add_spelling(session, agency_id, "Kansas City PD")
        agencies.add_spelling(session, agency_id, "KCPD")
    assert found(db, "kansas") == found(db, "kcp")
    assert count(db, "kansas") == 1


@pytest.mark.parametrize("text", ["", " ", '"', "*", "NEAR(", "-", "zzz", "a AND OR NOT zzz"])
def test_what_fits_nothing_finds_nothing_and_breaks_nothing(filled, text):
    assert (found(filled, text), count(filled, text)) == ([], 0)


def test_an_archived_person_is_found_and_told_as_such(db):
    person_id = add_person(db, discipline="sheriff")
    with db.operation("Archive") as session:
        people.archive(session, person_id)
    with db.read() as session:
        [hit] = search.find(session, "ito")
    assert hit.subtitle == "Archived · Sheriff"


def test_many_people_leave_room_for_the_other_kinds(db):
    with db.operation("Add many") as session:
        for i in range(1_050):
            people.add(session, people.PersonDraft(f"Spring{1_049 - i:04}"))
    add_agency(db, "Springfield Hospital")
    hits = found(db, "spring", limit=8)
    assert len(hits) == 8
    assert hits[0] == ("person", "Spring0000")
    assert ("agency", "Springfield Hospital") in hits
    assert count(db, "spring") == search.MOST_COUNTED


def test_what_was_undone_is_no_longer_found(db):
    from cit_desktop.services import undo

    add_person(db, numbers=[number("00123")])
    undo.undo(db)
    assert found(db, "ito") == found(db, "00123") == []
    undo.redo(db)
    assert found(db, "ito") == found(db, "00123") == [("person", "Ito, Ana")]


@pytest.mark.parametrize(
    "typed",
    [
        *("5735550101", "(573) 555-0101", "573-555-0101", "573.555.0101", "+1 573 555 0101"),
        *("573 555", "(573) 555-01", "555-0101", "5550101"),
    ],
)
def test_a_phone_is_found_with_or_without_punctuation(db, typed):
    add_person(db, "Ito", phone="(573) 555-0101")
    add_person(db, "Zahn", phone="(417) 555-0199")
    assert found(db, typed)[:1] == [("person", "Ito, Ana")]
