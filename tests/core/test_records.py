from __future__ import annotations

import dataclasses
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import Person
from cit_desktop.services import (
    agencies,
    assets,
    chapters,
    history,
    people,
    records,
    search,
    undo,
)
from tests.core.helpers_records import add_person


def test_a_record_that_is_gone_is_named_in_the_sentence(db):
    with db.read() as session, pytest.raises(NotFound, match="This person is no longer"):
        records.fetch(session, Person, 7, "person")


def test_only_the_version_that_was_seen_may_be_changed(db):
    person_id = add_person(db)
    with db.read() as session:
        person = records.fetch(session, Person, person_id, "person")
        records.expect_version(person, 1, "person")
        with pytest.raises(Conflict, match="This person was changed elsewhere"):
            records.expect_version(person, 2, "person")


def test_assigning_tells_whether_anything_changed(db):
    person_id = add_person(db)
    with db.operation("Assign") as session:
        person = records.fetch(session, Person, person_id, "person")
        assert not records.assign(person, {"last": "Ito", "first": "Ana"})
        assert records.assign(person, {"last": "Moss", "first": "Ana"})
    with db.read() as session:
        assert people.view(session, person_id).last == "Moss"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  two   words ", "two words"),
        ("tab\tand\nline", "tab and line"),
        ("zero\u200bwidth", "zerowidth"),
        ("right\u202eto left", "rightto left"),
        ("Jose\u0301", "José"),
    ],
)
def test_a_line_is_stored_in_one_form(typed, stored):
    assert records.line("name", typed) == stored


def test_a_note_keeps_its_lines():
    assert records.note("note", " one \r\n two\u2028\n\n") == "one\ntwo"


@pytest.mark.parametrize(("check", "longest"), [(records.line, 200), (records.note, 10_000)])
def test_what_is_too_long_is_refused_by_its_field(check, longest):
    assert check("county", "x" * longest) == "x" * longest
    with pytest.raises(Refused, match=f"at most {longest:,}") as caught:
        check("county", "x" * (longest + 1))
    assert set(caught.value.fields) == {"county"}


def test_a_required_line_is_refused_with_its_own_sentence():
    with pytest.raises(Refused, match="It needs a name") as caught:
        records.required("name", "\u200b ", "It needs a name.")
    assert caught.value.fields == {"name": "It needs a name."}


@given(st.text())
def test_a_phone_number_is_stored_the_same_when_it_is_stored_again(typed):
    try:
        stored = records.phone("phone", typed)
    except Refused:
        return
    assert records.phone("phone", stored) == stored


@given(st.text(max_size=80))
def test_an_address_is_stored_the_same_when_it_is_stored_again(typed):
    try:
        stored = records.email("email", typed)
    except Refused:
        return
    assert records.email("email", stored) == stored
    assert stored == "" or stored.count("@") == 1


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (people.PersonDraft, people.PersonFields),
        (agencies.AgencyDraft, agencies.AgencyFields),
        (chapters.ChapterDraft, chapters.ChapterFields),
    ],
)
def test_every_field_that_can_be_changed_can_be_drafted(draft, fields):
    assert set(fields.__annotations__) <= {field.name for field in dataclasses.fields(draft)}


SERVICES = (agencies, assets, chapters, history, people, search)


@pytest.mark.parametrize("service", SERVICES, ids=lambda module: module.__name__)
def test_a_function_of_a_service_takes_the_session_first(service):
    for name, function in inspect.getmembers(service, inspect.isfunction):
        if not name.startswith("_") and function.__module__ == service.__name__:
            asked = inspect.signature(function).parameters.values()
            places = [at for at, one in enumerate(asked) if "Session" in str(one.annotation)]
            assert places in ([], [0]), name


@pytest.mark.parametrize("service", [*SERVICES, undo], ids=lambda module: module.__name__)
def test_what_services_give_out_is_frozen(service):
    for name, value in inspect.getmembers(service, inspect.isclass):
        if dataclasses.is_dataclass(value):
            assert value.__dataclass_params__.frozen, name  # type: ignore[attr-defined]
