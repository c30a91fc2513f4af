"""Who may be one person, and of whom it was said that they are not."""

from __future__ import annotations

import pytest

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import StateNumber
from cit_desktop.progress import Cancelled
from cit_desktop.services import duplicates, people
from tests.core.helpers_records import add_agency, add_person, number


def apart(db):
    with db.read() as session:
        return duplicates.known_apart(session)


def test_two_people_are_kept_apart_once_whichever_is_named_first(db):
    one, other = add_person(db, "Ito"), add_person(db, "Ito")
    for first, second in ((other, one), (one, other)):
        with db.operation("Not the same") as session:
            duplicates.keep_apart(session, first, second)
    assert apart(db) == {(one, other)}
    with db.operation("Perhaps after all") as session:
        duplicates.forget_apart(session, other, one)
    assert apart(db) == frozenset()


def test_nobody_is_kept_apart_from_themselves_or_from_somebody_unknown(db):
    one = add_person(db)
    with db.operation("Not the same") as session:
        with pytest.raises(Refused, match="one person"):
            duplicates.keep_apart(session, one, one)
        with pytest.raises(NotFound):
            duplicates.keep_apart(session, one, 999)


KIND = "MO POST license"


def named(db, first, last="Ito", **fields):
    return add_person(db, last, first, **fields)


def found(db, **how):
    with db.read() as session:
        return duplicates.likely(session, **how)


def reasons(db):
    return [pair.reasons for pair in found(db).pairs]


@pytest.mark.parametrize(
    ("one", "two", "expected", "level"),
    [
        (
            {"first": "Daniel", "numbers": [number("007")]},
            {"first": "Dan", "numbers": [number("007", KIND.upper())]},
            (f"same {KIND} 007", "like first names"),
            "very likely",
        ),
        (
            {"first": "Ana", "email": "a@x.org"},
            {"first": "Ana", "email": "a@x.org"},
            ("same e-mail", "same name"),
            "likely",
        ),
        (
            {"first": "Ana", "email": "a@x.org"},
            {"first": "Ana", "last": "Reyes", "email": "a@x.org"},
            ("same e-mail", "same first name"),
            "likely",
        ),
        (
            {"first": "Ana", "phone": "573 555 0101"},
            {"first": "A", "phone": "(573) 555-0101"},
            ("same phone", "like first names"),
            "likely",
        ),
        (
            {"first": "William"},
            {"first": "Bill", "nickname": "William"},
            ("nickname",),
            "perhaps",
        ),
        ({"first": "Ana"}, {"first": "ANA"}, ("same name",), "perhaps"),
        (
            {"first": "Ana", "middle": "M", "email": "a@x.org"},
            {"first": "Ana", "middle": "Rosa", "email": "a@x.org"},
            ("same e-mail", "same name", "but other middle names"),
            "perhaps",
        ),
    ],
)
def test_two_who_may_be_one_are_listed_with_what_speaks_for_it(db, one, two, expected, level):
    with db.operation("Add") as session:
        for fields in (one, two):
            numbers = fields.get("numbers", [])
            plain = {key: value for key, value in fields.items() if key != "numbers"}
            made = people.add(session, people.PersonDraft(**({"last": "Ito"} | plain)))
            for draft in numbers:  # past the rule that a number has one owner, as old files are
                row = StateNumber(
                    person_id=made, kind=draft.kind, number=draft.number, key=draft.number
                )
                session.add(row)
    [pair] = found(db).pairs
    assert (pair.reasons, pair.level) == (expected, level)
    assert pair.one < pair.other


@pytest.mark.parametrize(
    "two",
    [
        {"first": "Ben"},
        {"first": "Ben", "phone": "5735550101", "email": "a@x.org"},
        {"first": "Ana", "last": "Reyes"},
        {"first": "Ana", "numbers": [number("008")]},
        {"first": "Ana", "suffix": "Sr."},
    ],
)
def test_two_who_share_too_little_are_not_listed(db, two):
    named(db, "Ana", suffix="Jr.", phone="5735550101", email="a@x.org", numbers=[number("007")])
    named(db, **two)
    assert reasons(db) == []


def test_who_works_for_the_same_agency_comes_before_who_only_has_the_name(db):
    agency = add_agency(db)
    first = named(db, "Ana", agency_id=agency)
    named(db, "Ana")
    colleague = named(db, "Ana", agency_id=agency)
    pairs = found(db).pairs
    assert (pairs[0].one, pairs[0].other) == (first, colleague)
    assert pairs[0].reasons == ("same name", "same agency")
    assert len(pairs) == 3


def test_who_was_said_not_to_be_the_same_is_not_listed_again(db):
    one, other = named(db, "Ana"), named(db, "Ana")
    assert len(reasons(db)) == 1
    with db.operation("Not the same") as session:
        duplicates.keep_apart(session, one, other)
    assert reasons(db) == []


def test_two_who_are_both_archived_are_left_alone(db):
    one, other = named(db, "Ana"), named(db, "Ana")
    for person_id, listed in ((one, 1), (other, 0)):
        with db.operation("Archive") as session:
            people.archive(session, person_id)
        assert len(reasons(db)) == listed


def test_the_likeliest_are_listed_and_all_are_counted(db):
    for _ in range(4):
        named(db, "Ana")
    shown = found(db, most=2)
    assert (len(shown.pairs), shown.total, shown.notes) == (2, 6, ())


def test_a_crowd_with_one_address_is_compared_by_name_alone(db):
    crowd(db, 60, email="desk@x.org")
    named(db, "F3", "L3", email="desk@x.org")
    shown = found(db)
    assert [pair.reasons for pair in shown.pairs] == [("same e-mail", "same name")]


def test_a_crowd_of_one_name_is_told_and_not_compared(db):
    with db.operation("Add") as session:
        for _ in range(41):
            people.add(session, people.PersonDraft("Ito", "Ana"))
    shown = found(db)
    assert shown.pairs == ()
    assert shown.notes == ("41 people share one name; they were not compared.",)


def crowd(db, count, **fields):
    with db.operation("Add") as session:
        for place in range(count):
            people.add(session, people.PersonDraft(f"L{place}", f"F{place}", **fields))


def test_work_that_is_given_up_stops(db):
    named(db, "Ana")

    def stop(done, total, what=""):
        raise Cancelled

    with db.read() as session, pytest.raises(Cancelled):
        duplicates.likely(session, progress=stop)
