from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine

from cit_desktop import opening, schema
from cit_desktop.db import Database
from cit_desktop.models import Base
from cit_desktop.services import certificates, check, classes, people_list
from tests.migrations import golden
from tests.migrations.test_migrations import tables_of

SCHEMAS = range(1, schema.NEWEST + 1)


@pytest.fixture(params=SCHEMAS)
def old(request, tmp_path):
    """A copy of the file of a schema."""
    return golden.unpack(request.param, tmp_path / "old.cit")


@pytest.fixture
def opened(old):
    db = Database.open(old, before_upgrade=lambda _: None)
    yield db
    db.close()


@pytest.mark.parametrize("number", SCHEMAS)
def test_the_file_of_a_schema_is_small_and_says_which_it_is(number, tmp_path):
    assert golden.file_of(number).stat().st_size < 200_000
    file = golden.unpack(number, tmp_path / "old.cit")
    assert opening.inspect(file) == number
    with closing(sqlite3.connect(file)) as driver:
        assert driver.execute("SELECT count(*) FROM change").fetchone()[0] > 0


def test_the_records_of_every_schema_are_brought_up_to_date(opened):
    assert opening.inspect(opened.path) == schema.NEWEST
    fresh, upgraded = create_engine("sqlite://"), create_engine(f"sqlite:///{opened.path}")
    Base.metadata.create_all(fresh)
    assert tables_of(upgraded) == tables_of(fresh), golden.AGAIN
    fresh.dispose()
    upgraded.dispose()


def test_the_records_of_every_schema_are_sound_after_the_upgrade(opened):
    with opened.read() as session:
        assert check.run(session) == []
        assert len(people_list.ids(session)) == 4
        ids = certificates.ids(session)
        (snapshot,) = certificates.snapshots(session, ids)
        assert (snapshot.recipient, snapshot.number) == ("Ana María Ito", "OR-2025-0001")
        assert len(classes.ids(session)) == 2


def test_the_records_of_every_schema_can_be_written_to(opened):
    with opened.operation("Add a note") as session:
        class_id = classes.ids(session)[0]
        classes.update(session, class_id, classes.view(session, class_id).version, note="Kept")
    with opened.read() as session:
        assert check.run(session) == []
