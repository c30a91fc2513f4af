from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cit_desktop import clock
from cit_desktop.db import Database
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Employment, Enrollment, Person
from cit_desktop.services import employments, enrollment, people
from tests.core.helpers_records import add_agency, add_person

TODAY = date(2026, 6, 15)
FIRST = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def today():
    clock.set_source(lambda: datetime(2026, 6, 15, 12, tzinfo=UTC))
    yield
    clock.set_source(None)


def on(db, person_id, day):
    with db.read() as session:
        return employments.agency_on(session, [person_id], day).get(person_id)


def test_of_two_jobs_at_once_the_one_that_began_later_counts(db):
    first, second = add_agency(db), add_agency(db, "Salem Police Department")
    person_id = add_person(db)
    with db.operation("Two jobs") as session:
        for agency_id, starts in ((second, date(2024, 1, 1)), (first, date(2022, 1, 1))):
            draft = people.EmploymentDraft(agency_id, "", starts)
            people.add_employment(session, person_id, draft)
    assert on(db, person_id, date(2023, 1, 1)) == (first, "")
    assert on(db, person_id, TODAY) == (second, "")
    with db.read() as session:
        assert people.rows(session, [person_id])[person_id].agency == "Salem Police Department"


def test_of_two_without_a_beginning_the_one_that_ended_was_before(db):
    first, second = add_agency(db), add_agency(db, "Salem Police Department")
    person_id = add_person(db)
    with db.operation("Two jobs") as session:
        people.add_employment(session, person_id, people.EmploymentDraft(second))
        ended = people.EmploymentDraft(first, "", None, date(2025, 12, 31))
        people.add_employment(session, person_id, ended)
    assert on(db, person_id, date(2025, 12, 31)) == (first, "")
    assert on(db, person_id, date(2026, 1, 1)) == (second, "")


def test_lists_and_the_agency_of_a_day_agree(db):
    agency_ids = [add_agency(db, f"Agency {letter}") for letter in "ABC"]
    person_id = add_person(db)
    with db.operation("Jobs") as session:
        for agency_id, starts, ends in (
            (agency_ids[0], None, None),
            (agency_ids[1], date(2025, 1, 1), None),
            (agency_ids[2], date(2025, 1, 1), date(2027, 1, 1)),
        ):
            draft = people.EmploymentDraft(agency_id, "", starts, ends)
            people.add_employment(session, person_id, draft)
    with db.read() as session:
        listed = people.rows(session, [person_id])[person_id].agency_id
        sql = select(employments.id_of_person_on(TODAY)).select_from(Person)
        chosen = session.get_one(Employment, session.scalars(sql).one()).agency_id
    told = on(db, person_id, TODAY)
    assert told is not None
    assert listed == chosen == told[0] == agency_ids[2]


def test_an_employment_that_begins_later_is_not_of_today(db):
    agency_id = add_agency(db)
    person_id = add_person(db, agency_id=agency_id, starts=TODAY + timedelta(days=1))
    assert on(db, person_id, TODAY) is None
    with db.read() as session:
        assert people.view(session, person_id).current is None


def test_the_last_day_still_belongs_to_the_employment(db):
    agency_id = add_agency(db)
    person_id = add_person(db, agency_id=agency_id)
    with db.operation("Leave") as session:
        people.end_current(session, person_id, TODAY)
    assert on(db, person_id, TODAY) == (agency_id, "")
    assert on(db, person_id, TODAY + timedelta(days=1)) is None


@pytest.mark.parametrize("missing", ["person", "agency"])
def test_whoever_is_not_there_cannot_be_employed(db, missing):
    person_id = 99 if missing == "person" else add_person(db)
    agency_id = 99 if missing == "agency" else add_agency(db)
    with pytest.raises(NotFound, match=f"This {missing}"), db.operation("Employ") as session:
        people.set_current(session, person_id, agency_id)
    with db.read() as session:
        assert session.scalars(select(Employment)).all() == []


@pytest.mark.parametrize("call", ["update_employment", "remove_employment"])
def test_an_employment_that_is_gone_is_not_found(db, call):
    draft = (people.EmploymentDraft(add_agency(db)),) if call == "update_employment" else ()
    with pytest.raises(NotFound, match="This employment"), db.operation("Change") as session:
        getattr(people, call)(session, 99, *draft)


def test_ending_before_it_began_is_refused(db):
    person_id = add_person(db, agency_id=add_agency(db), starts=date(2026, 6, 1))
    with pytest.raises(Refused, match="began on Jun 1, 2026"), db.operation("End") as session:
        people.end_current(session, person_id, date(2026, 5, 1))


moves = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["", "Officer", "Chief"]), st.integers(0, 900)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=12)
@given(moves)
def test_whatever_the_moves_nobody_has_two_employments_on_a_day(template, tmp_path_factory, taken):
    path = tmp_path_factory.mktemp("moves") / "chapter.cit"
    path.write_bytes(template.read_bytes())
    db = Database.open(path)
    try:
        agency_ids = [add_agency(db, f"Agency {letter}") for letter in "ABC"]
        person_id = add_person(db)
        for which, title, days in taken:
            starts = FIRST + timedelta(days=days)
            try:
                with db.operation("Move") as session:
                    people.set_current(session, person_id, agency_ids[which], title, starts)
            except Refused:
                continue
        with db.read() as session:
            history = people.employments(session, person_id)
    finally:
        db.close()
    assert_in_a_row(history)


def assert_in_a_row(history):
    """The employments follow each other from the latest back, and only the first goes on."""
    assert history[0].ends is None
    for later, earlier in pairwise(history):
        assert earlier.ends is not None
        assert earlier.starts is not None
        assert earlier.starts <= earlier.ends == later.starts - timedelta(days=1)


def test_the_last_day_of_all_can_end_an_employment(world_db, world):
    """Nine, nine, nine, nine is how some write “for ever”."""
    with world_db.operation("End") as session:
        people.end_current(session, world.ana, date.max)
        found = people.employments(session, world.ana)
    assert [job.ends for job in found] == [date.max]


def test_the_first_day_of_all_can_begin_an_employment(world_db, world):
    with world_db.operation("Move") as session:
        people.set_current(session, world.ana, world.hospital, "Nurse", date.min)
        found = people.agency_on(session, [world.ana], date(2025, 6, 2))
    assert found == {world.ana: (world.hospital, "Nurse")}


@pytest.mark.parametrize("ended_first", [True, False])
def test_the_roster_names_the_agency_that_the_list_of_that_day_names(world_db, world, ended_first):
    begins, ends = date(2025, 1, 1), date(2025, 12, 1)
    drafts = [
        people.EmploymentDraft(world.police, "Officer", begins, ends),
        people.EmploymentDraft(world.hospital, "Guard", begins),
    ]
    with world_db.operation("Employ") as session:
        for draft in drafts if ended_first else reversed(drafts):
            people.add_employment(session, world.dan, draft)
        enrolled = enrollment.enroll(session, world.open_class, world.dan)
        made = session.get_one(Enrollment, enrolled)
        known = people.agency_on(session, [world.dan], date(2025, 6, 2))[world.dan]
        assert (made.agency_id, made.title) == known
