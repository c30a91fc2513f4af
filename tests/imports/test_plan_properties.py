"""What holds for every list, however it was typed."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cit_desktop.db import Database
from cit_desktop.imports.apply import commit
from cit_desktop.imports.plan import KINDS, make_plan
from cit_desktop.models import Chapter, StateNumber

SETTINGS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = st.sampled_from(["Ana", "ana", "ANA", "Añá", "Bo", "C", "O'Neil", "Oneil", "Ito"])
ROW = st.fixed_dictionaries(
    {},
    optional={
        "first": NAMES,
        "last": NAMES | st.text(min_size=1, max_size=8),
        "middle": st.sampled_from(["A", "B", "Ann"]),
        "suffix": st.sampled_from(["Jr.", "Sr."]),
        "email": st.sampled_from(["a@example.org", "b@example.org"]),
        "phone": st.sampled_from(["5735550100", "5735550199"]),
        "state_number": st.sampled_from(["0001", "0002", "000", "1"]),
        "agency": st.sampled_from(["Rolla PD", "ROLLA P.D.", "N/A", "Dent SO"]),
        "title": st.sampled_from(["Deputy", "-"]),
        "county": st.sampled_from(["Phelps", "phelps county"]),
    },
)
LISTS = st.lists(ROW | st.just("A note"), max_size=9)
CHOICES = st.dictionaries(st.integers(2, 10), st.sampled_from(["skip", "fill", "update"]))
DEFAULT = st.sampled_from(["skip", "fill", "update"])


@pytest.fixture
def fresh(empty_records, tmp_path):
    """New records for each example."""
    opened = []

    def make():
        for database in opened:
            database.close()
        path = tmp_path / "fresh.cit"
        shutil.copyfile(empty_records, path)
        database = Database.open(path)
        opened.append(database)
        with database.operation("Add chapter") as session:
            session.add(Chapter(name="Ozark", code="OR", state="MO"))
        return database

    yield make
    for database in opened:
        database.close()


def planned(database, table, *args, **more):
    with database.read() as session:
        return make_plan(session, table, *args, **more)


@SETTINGS
@given(before=LISTS, rows=LISTS, choices=CHOICES, default=DEFAULT)
def test_every_row_read_is_counted_once(fresh, table_of, before, rows, choices, default):
    database = fresh()
    commit(database, planned(database, table_of(*before)), backup=False)
    table = table_of(*rows)
    plan = planned(database, table, choices=choices, default=default)
    assert [row.row for row in plan.rows] == [row.row for row in table.rows]
    assert plan.counts["read"] == len(table.rows) == sum(plan.counts[kind] for kind in KINDS)


@SETTINGS
@given(rows=LISTS)
def test_a_list_imported_twice_adds_and_changes_nobody(fresh, table_of, rows):
    database = fresh()
    table = table_of(*rows)
    first = planned(database, table)
    commit(database, first, backup=False)
    again = planned(database, table)
    assert not again.changes_anything
    assert again.counts["problem"] == first.counts["problem"]


@SETTINGS
@given(rows=LISTS)
def test_people_with_different_suffixes_are_never_one(fresh, table_of, rows):
    suffixes = {}
    for row in planned(fresh(), table_of(*rows)).rows:
        if row.kind in ("new", "same"):
            suffixes.setdefault(row.same_as_row or row.row, set()).add(row.values.get("suffix"))
    assert all(len(found - {None}) < 2 for found in suffixes.values())


@SETTINGS
@given(before=LISTS, rows=LISTS, default=DEFAULT)
def test_a_state_number_has_one_owner(fresh, table_of, before, rows, default):
    database = fresh()
    commit(database, planned(database, table_of(*before)), backup=False)
    commit(database, planned(database, table_of(*rows), default=default), backup=False)
    with database.read() as session:
        keys = session.scalars(select(StateNumber.key)).all()
    assert len(set(keys)) == len(keys)


@SETTINGS
@given(rows=LISTS, default=DEFAULT)
def test_what_was_planned_is_what_happens(fresh, table_of, rows, default):
    database = fresh()
    plan = planned(database, table_of(*rows), default=default)
    result = commit(database, plan, backup=False)
    people = {row.row for row in plan.rows if row.kind in ("new", "update", "same")}
    assert people <= result.person_ids.keys()
    new = [result.person_ids[row.row] for row in plan.rows if row.kind == "new"]
    assert len(set(new)) == len(new) == plan.counts["new"]
