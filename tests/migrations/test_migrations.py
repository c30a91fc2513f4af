from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import create_engine, inspect

from cit_desktop import schema
from cit_desktop.db import Database
from cit_desktop.models import Base


def tables_of(engine):
    found = inspect(engine)
    names = [n for n in found.get_table_names() if not n.startswith(("search", "alembic"))]
    return {
        name: {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"], c["primary_key"])
                for c in found.get_columns(name)
            ),
            "uniques": sorted(
                (u["name"], tuple(u["column_names"])) for u in found.get_unique_constraints(name)
            ),
            "checks": sorted((c["name"], c["sqltext"]) for c in found.get_check_constraints(name)),
            "keys": sorted(
                (tuple(k["constrained_columns"]), k["referred_table"], str(k["options"]))
                for k in found.get_foreign_keys(name)
            ),
            "indexes": sorted(
                (i["name"], tuple(i["column_names"]))
                for i in found.get_indexes(name)
                if i["column_names"] and not i.get("duplicates_constraint")
            ),
        }
        for name in names
    }


@pytest.fixture
def migrated(tmp_path):
    path = tmp_path / "new.cit"
    Database.create(path).close()
    return path


def test_the_migrations_make_the_tables_that_the_program_knows(migrated):
    fresh = create_engine("sqlite://")
    Base.metadata.create_all(fresh)
    upgraded = create_engine(f"sqlite:///{migrated}")
    assert tables_of(upgraded) == tables_of(fresh)
    fresh.dispose()
    upgraded.dispose()


def test_every_table_is_strict_and_never_reuses_a_key(migrated):
    driver = sqlite3.connect(migrated)
    made = dict(driver.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
    strict = {row[1] for row in driver.execute("PRAGMA table_list") if row[5]}
    driver.close()
    for table in Base.metadata.tables:
        assert table in strict, table
        assert "AUTOINCREMENT" in made[table], table


def test_nothing_is_removed_with_what_it_belongs_to():
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            assert key.ondelete is None, key


def test_a_new_file_says_what_it_is(migrated):
    driver = sqlite3.connect(migrated)
    assert driver.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    assert driver.execute("PRAGMA user_version").fetchone()[0] == schema.NEWEST
    assert driver.execute("PRAGMA foreign_key_check").fetchall() == []
    driver.close()


def test_the_newest_schema_is_the_last_migration(migrated):
    driver = sqlite3.connect(migrated)
    last = driver.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    driver.close()
    assert int(last) == schema.NEWEST


def test_a_failing_upgrade_leaves_the_file_as_it_was(migrated, monkeypatch):
    from cit_desktop import db

    driver = sqlite3.connect(migrated)
    driver.execute("PRAGMA user_version = 0")
    driver.commit()
    driver.close()
    before = migrated.read_bytes()

    def break_off(connection):
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        connection.exec_driver_sql("DROP TABLE attendance")
        raise RuntimeError("broken off")

    monkeypatch.setattr(db.schema, "upgrade", break_off)
    with pytest.raises(RuntimeError, match="broken off"):
        Database.open(migrated, before_upgrade=lambda _: None)
    dumped = sqlite3.connect(migrated)
    names = {row[0] for row in dumped.execute("SELECT name FROM sqlite_schema")}
    dumped.close()
    assert "half" not in names
    assert "attendance" in names
    assert len(migrated.read_bytes()) == len(before)


def test_no_upgrade_without_a_backup(migrated):
    driver = sqlite3.connect(migrated)
    driver.execute("PRAGMA user_version = 0")
    driver.commit()
    driver.close()
    before = migrated.read_bytes()

    def cannot(_):
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        Database.open(migrated, before_upgrade=cannot)
    assert migrated.read_bytes() == before
