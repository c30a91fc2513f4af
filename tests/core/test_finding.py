"""Finding people compared with a plain scan, for any names and any typed text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.db import Database
from cit_desktop.services import people, search
from cit_desktop.text import fold, letters
from tests.core.helpers_records import add_person

SMALL = "aAäÄbBßéÉ'- "
names = st.text(alphabet=SMALL, min_size=1, max_size=5).filter(letters)
crowds = st.lists(st.tuples(names, names), min_size=1, max_size=8)
typed = st.text(alphabet=SMALL + ",", min_size=1, max_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("finding")


def filled(template, folder, crowd):
    path = folder / "chapter.cit"
    path.write_bytes(template.read_bytes())
    db = Database.open(path)
    with db.operation("Add people") as session:
        for last, first in crowd:
            people.add(session, people.PersonDraft(last, first))
    return db


def fits(last, first, text):
    """Every typed word begins a word of the name, or its letters without signs."""
    own = f"{fold(first)} {fold(last)}".split()
    broken = [part for word in own for part in word.replace("'", " ").replace("-", " ").split()]
    own += broken + [letters(word) for word in own]
    asked = [letters(word) for word in fold(text).split()]
    return all(any(word.startswith(ask) for word in own) for ask in asked if ask)


@settings(max_examples=15)
@given(crowd=crowds, text=typed)
def test_everybody_whose_words_begin_so_is_found(template, folder, crowd, text):
    db = filled(template, folder, crowd)
    try:
        with db.read() as session:
            found = {hit.id for hit in people.find(session, text, limit=100)}
            listed = set(people.ids(session, people.PersonFilter(text=text)))
            hits = {hit.id for hit in search.find(session, text, 100) if hit.kind == "person"}
            counted = search.count(session, text)
    finally:
        db.close()
    if not letters(text):
        assert (found, counted) == (set(), 0)
        return
    expected = {place for place, (last, first) in enumerate(crowd, 1) if fits(last, first, text)}
    assert expected <= found
    assert expected <= hits
    assert listed == expected
    assert counted == len(expected)


@pytest.fixture(scope="module")
def ana(template, tmp_path_factory):
    db = filled(template, tmp_path_factory.mktemp("ana"), [("Ito", "Ana")])
    yield db
    db.close()


@settings(max_examples=20)
@given(text=st.text(st.characters(exclude_categories=()), max_size=30))
def test_no_typed_text_breaks_a_search(ana, text):
    with ana.read() as session:
        people.find(session, text)
        search.find(session, text)
        assert search.count(session, text) in (0, 1)
        people.ids(session, people.PersonFilter(text=text))


@settings(max_examples=15)
@given(crowd=crowds)
def test_the_list_is_in_the_order_of_folded_names(template, folder, crowd):
    db = filled(template, folder, crowd)
    try:
        with db.read() as session:
            order = people.ids(session)
            backward = people.ids(session, descending=True)
    finally:
        db.close()
    keys = [(fold(crowd[place - 1][0]), fold(crowd[place - 1][1]), place) for place in order]
    assert keys == sorted(keys)
    assert backward == order[::-1]


@settings(max_examples=15)
@given(crowd=crowds)
def test_whoever_is_added_twice_is_told_as_a_duplicate(template, folder, crowd):
    db = filled(template, folder, crowd)
    try:
        with db.read() as session:
            for place, (last, first) in enumerate(crowd, 1):
                draft = people.PersonDraft(last.swapcase(), first)
                same = {person_id for person_id, _ in people.duplicates_of(session, draft)}
                if fold(last.swapcase()) == fold(last):
                    assert place in same
    finally:
        db.close()


def plan(db, statement, *values):
    with db.read() as session:
        connection = session.connection()
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        return " | ".join(step[3] for step in steps)


def asked_by(db, ask):
    """The SQL that a call sends, with its values."""
    sent = []
    with db.read() as session:
        driver = session.connection().connection.driver_connection
        driver.set_trace_callback(sent.append)
        ask(session)
        driver.set_trace_callback(None)
    return [statement for statement in sent if statement.startswith("SELECT")]


def test_the_list_of_people_is_read_from_its_index_alone(db):
    add_person(db)
    [statement] = asked_by(db, people.ids)
    assert "COVERING INDEX ix_person_sort_key_id" in plan(db, statement)
    assert "TEMP B-TREE" not in plan(db, statement)


def test_finding_a_person_scans_no_table(db):
    add_person(db)
    for statement in asked_by(db, lambda session: people.find(session, "ito")):
        steps = plan(db, statement)
        assert "SCAN person" not in steps
        assert "SCAN employment" not in steps


def test_a_page_of_rows_is_one_question(db):
    ids = [add_person(db, f"P{number}") for number in range(3)]
    assert len(asked_by(db, lambda session: people.rows(session, ids))) == 1
