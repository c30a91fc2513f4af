"""Merging and separating in any order, whoever they are, and what speaks against one of a class."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from cit_desktop import clock, revert_fields
from cit_desktop.db import Database
from cit_desktop.errors import CitError, Refused
from cit_desktop.models import Enrollment, Makeup
from cit_desktop.services import attendance, check, enrollment, merge, people, search, unmerge
from cit_desktop.services.merge_views import FIELDS
from tests.core.helpers.world import records
from tests.core.helpers_records import number

TEXTS = st.sampled_from(["", "Ito", "Ana", "María", "Jr.", "o'Brien", "ß", "Łukasz"])
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "last": st.sampled_from(["Ito", "Reyes", "Okafor"]),
            "first": TEXTS,
            "middle": TEXTS,
            "nickname": TEXTS,
            "email": st.sampled_from(["", "a@x.org", "b@x.org"]),
            "note": st.sampled_from(["", "One", "Two"]),
            "title": st.sampled_from(["", "Officer", "Nurse"]),
            "agency_id": st.sampled_from([None, 1, 2]),
            "numbers": st.lists(st.sampled_from(["1", "2", "3"]), max_size=2, unique=True),
        }
    ),
    min_size=3,
    max_size=5,
)
MERGES = st.lists(
    st.tuples(
        st.integers(0, 8),
        st.integers(0, 8),
        st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["keep", "other"]), max_size=4),
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(autouse=True)
def fixed_day():
    clock.set_source(lambda: datetime(2026, 3, 10, 12, tzinfo=UTC))
    yield
    clock.set_source(None)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(persons=PEOPLE, merges=MERGES)
def test_whatever_is_merged_is_sound_and_comes_apart_to_the_letter(
    made_world, tmp_path, persons, merges
):
    path = tmp_path / "any.cit"
    shutil.copyfile(made_world[0], path)
    db = Database.open(path)
    with db.operation("Add") as session:
        ids = list(range(1, 5))
        for place, person in enumerate(persons):
            numbers = [number(f"{digit}-{place}") for digit in person["numbers"]]
            draft = people.PersonDraft(**{**person, "numbers": numbers})
            ids.append(people.add(session, draft))
    states, aliases = [records(db)], []
    for one, other, choices in merges:
        alias = merged(db, ids[one % len(ids)], ids[other % len(ids)], choices)
        if alias is not None:
            aliases.append(alias)
            states.append(records(db))
    with db.read() as session:
        assert [found for found in check.run(session) if found.severity == "error"] == []
    while aliases:
        states.pop()
        with db.operation("Separate") as session:
            unmerge.unmerge(session, aliases.pop())
        assert records(db) == states[-1]
    db.close()


def merged(db, keep, other, choices):
    """The id of the alias; None where the two cannot be merged, and then nothing has changed."""
    before = records(db)
    try:
        with db.operation("Merge") as session:
            seen = merge.preview(session, keep, other, choices)
            alias = merge.merge(session, keep, other, choices, seen.versions)
    except CitError:
        assert records(db) == before
        return None
    with db.read() as session:
        person = people.view(session, keep)
        for line in seen.fields:
            if line.field in ("last", "first", "middle", "nickname", "email"):
                assert getattr(person, line.field) == line.result
        if seen.other_name.strip():
            found = {(hit.kind, hit.id) for hit in search.find(session, seen.other_name, 50)}
            assert ("person", keep) in found
    return alias


@pytest.fixture
def do(world_db):
    def make(function, *args, **more):
        with world_db.operation("Do") as session:
            return function(session, *args, **more)

    return make


@pytest.fixture
def alone(do, world):
    """Ben is in the open class alone, so that only that one is joined."""

    def drop(session):
        marks = text("DELETE FROM attendance WHERE enrollment_id = :id")
        session.execute(marks, {"id": world.done_enrolled[1]})
        session.delete(session.get_one(Enrollment, world.done_enrolled[1]))

    do(drop)


def obstacles(db, world):
    with db.read() as session:
        return merge.preview(session, world.ana, world.ben).obstacles


def joined(db, world):
    with db.operation("Merge") as session:
        merge.merge(session, world.ana, world.ben)
    with db.read() as session:
        return session.get_one(Enrollment, world.open_enrolled[0])


def test_what_only_one_of_two_records_of_a_class_has_stays(world_db, do, world, alone):
    ben = world.open_enrolled[1]
    do(enrollment.set_score, ben, 91)
    do(enrollment.set_scenario, ben, True)
    do(enrollment.set_number, ben, 12)
    do(lambda session: setattr(session.get_one(Enrollment, ben), "note", "Vegetarian"))
    found = joined(world_db, world)
    assert (found.score, found.scenario_passed, found.number) == (91, 1, 12)
    assert (found.note, found.title, found.result) == ("Vegetarian", "Officer", "open")


def test_somebody_who_withdrew_is_in_the_class_by_the_other_record(world_db, do, world, alone):
    ana, ben = world.open_enrolled
    do(enrollment.set_role, ben, "observer")
    do(enrollment.withdraw, ana)
    assert obstacles(world_db, world) == ()
    found = joined(world_db, world)
    assert (found.id, found.result, found.role) == (ana, "open", "observer")


def test_time_made_up_moves_unless_it_is_more_than_the_block(world_db, do, world, alone):
    ana, ben = world.open_enrolled
    block = world.open_blocks[1]

    def make_up(session, enrollment_id, minutes):
        session.add(
            Makeup(
                enrollment_id=enrollment_id,
                block_id=block,
                minutes=minutes,
                day=date(2026, 1, 5),
                approved_by="Ruth Vance",
            )
        )

    do(make_up, ben, 60)
    assert obstacles(world_db, world) == ()
    do(make_up, ana, 200)
    assert "more than the block lasts" in obstacles(world_db, world)[0]
    with pytest.raises(Refused, match="Nothing was merged"):
        joined(world_db, world)


@pytest.mark.parametrize("field", ["scenario", "score"])
def test_two_results_of_one_test_must_agree(world_db, do, world, alone, field):
    ana, ben = world.open_enrolled
    setter = enrollment.set_scenario if field == "scenario" else enrollment.set_score
    values = (True, False) if field == "scenario" else (70, 80)
    for enrolled, value in zip((ana, ben), values, strict=True):
        do(setter, enrolled, value)
    assert "Correct the one that is wrong first" in obstacles(world_db, world)[0]
    do(setter, ben, values[0])
    assert obstacles(world_db, world) == ()


def test_a_finalized_class_with_the_same_result_for_both_is_joined(world_db, do, world):
    with world_db.operation("No papers") as session:
        session.execute(text("UPDATE certificate SET status = 'revoked', revoked_at = issued_at"))
    assert obstacles(world_db, world) == ()


def test_marks_that_differ_in_several_blocks_are_counted(world_db, do, world, alone):
    for block in world.open_blocks:
        do(attendance.mark, block, world.open_enrolled[1], "excused")
    assert "differently in 2 blocks, first on Jun 2, 2025" in obstacles(world_db, world)[0]


# Taking an operation back field by field


@pytest.fixture
def step(world_db, world):
    """An operation that changed, added and removed something; gives its number."""

    def change(session):
        people.update(session, world.dan, 1, nickname="Danny", county="Dent")
        people.add_number(session, world.dan, number("555"))
        people.remove_number(session, world.number)
        return session.info["operation_id"]

    with world_db.operation("Change") as session:
        return change(session)


def take_back(db, step):
    with db.operation("Back") as session:
        connection = session.connection()
        rows = revert_fields.touched(connection, step)
        stale = revert_fields.stale(connection, rows, {})
        if not stale:
            revert_fields.apply(connection, rows)
        return [(one.row.table, one.field, one.left) for one in stale]


def test_fields_that_a_step_left_alone_may_have_changed_since(world_db, do, step, world):
    do(people.update, world.dan, 2, phone="573 555 0100")
    assert take_back(world_db, step) == []
    with world_db.read() as session:
        dan, ana = people.view(session, world.dan), people.view(session, world.ana)
    assert (dan.nickname, dan.county, dan.phone) == ("", "", "5735550100")
    assert (dan.numbers, [found.number for found in ana.numbers]) == ((), ["0045-12"])


def test_fields_and_rows_that_changed_since_are_named(world_db, do, step, world):
    do(people.update, world.dan, 2, nickname="D")
    with world_db.read() as session:
        added = people.numbers(session, world.dan)[0].id
    do(people.change_number, added, number("556"))
    before = records(world_db)
    assert take_back(world_db, step) == [
        ("person", "nickname", "Danny"),
        ("state_number", "", None),
    ]
    assert records(world_db) == before


def test_a_row_that_is_gone_cannot_get_its_fields_back(world_db, step, world):
    with world_db.operation("Gone") as session:
        session.execute(text("DELETE FROM state_number WHERE person_id = :id"), {"id": world.dan})
        session.execute(text("DELETE FROM person WHERE id = :id"), {"id": world.dan})
    assert ("person", "", None) in take_back(world_db, step)


def test_what_would_come_back_without_its_owner_is_named(world_db, step, world):
    with world_db.operation("Merge") as session:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in ("attendance", "makeup"):
            session.execute(text(f"DELETE FROM {table}"))
        for table in ("certificate", "enrollment", "employment"):
            session.execute(text(f"DELETE FROM {table} WHERE person_id = 1"))
        session.execute(text("DELETE FROM person WHERE id = 1"))
    with world_db.read() as session:
        rows = revert_fields.touched(session.connection(), step)
        missing = revert_fields.missing_targets(session.connection(), rows)
    assert [row.table for row in missing] == ["state_number"]
