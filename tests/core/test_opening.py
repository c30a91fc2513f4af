from __future__ import annotations

import sqlite3

import pytest

from cit_desktop import opening, schema
from cit_desktop.db import Database
from cit_desktop.errors import Busy, FileProblem, TooNew


def state(folder):
    return {f.name: (f.read_bytes(), f.stat().st_mtime_ns) for f in folder.iterdir()}


def missing(path):
    path.unlink()


def empty(path):
    path.write_bytes(b"")


def text(path):
    path.write_text("a list of people\n" * 100)


def picture(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 5000)


def foreign(path):
    path.unlink()
    driver = sqlite3.connect(path)
    driver.execute("CREATE TABLE moz_places(id)")
    driver.commit()
    driver.close()


def cut_in_half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def newer(path):
    driver = sqlite3.connect(path)
    driver.execute(f"PRAGMA user_version = {schema.NEWEST + 1}")
    driver.commit()
    driver.close()


def older(path):
    driver = sqlite3.connect(path)
    driver.execute("PRAGMA user_version = 0")
    driver.commit()
    driver.close()


@pytest.mark.parametrize(
    ("spoil", "problem", "sentence"),
    [
        (missing, FileProblem, "There is no file"),
        (empty, FileProblem, "is empty"),
        (text, FileProblem, "is not a file of CIT Desktop"),
        (picture, FileProblem, "is not a file of CIT Desktop"),
        (foreign, FileProblem, "another program"),
        (cut_in_half, FileProblem, "is damaged"),
        (newer, TooNew, "newer version"),
        (older, FileProblem, "older version"),
    ],
)
def test_a_file_that_is_not_ours_to_open_is_refused_and_untouched(path, spoil, problem, sentence):
    spoil(path)
    before = state(path.parent)
    with pytest.raises(problem, match=sentence) as caught:
        Database.open(path)
    assert caught.value.hint
    assert state(path.parent) == before


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileProblem, match="is a folder"):
        opening.inspect(tmp_path)


def test_creating_refuses_a_file_that_exists(path):
    before = path.read_bytes()
    with pytest.raises(FileProblem, match="exists already"):
        Database.create(path)
    assert path.read_bytes() == before


def test_records_that_point_at_missing_ones_are_reported(path):
    driver = sqlite3.connect(path)
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute(
        "INSERT INTO state_number(person_id, kind, number, key) VALUES (99, 'x', '1', '1')"
    )
    driver.commit()
    driver.close()
    with pytest.raises(FileProblem, match="point at missing"):
        Database.open(path)


@pytest.mark.parametrize(
    ("code", "problem", "word"),
    [
        (sqlite3.SQLITE_BUSY, Busy, "being written"),
        (sqlite3.SQLITE_FULL, FileProblem, "full"),
        (sqlite3.SQLITE_READONLY, FileProblem, "not written"),
        (sqlite3.SQLITE_CORRUPT, FileProblem, "damaged"),
        (sqlite3.SQLITE_IOERR_WRITE, FileProblem, "reached"),
        (sqlite3.SQLITE_TOOBIG, FileProblem, "could not be used"),
    ],
)
def test_what_sqlite_reports_becomes_a_sentence(path, code, problem, word):
    error = sqlite3.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    found = opening.translate(error, path)
    assert isinstance(found, problem)
    assert word in found.message
    assert found.hint


def test_a_full_disk_loses_nothing_that_was_saved(path):
    from cit_desktop.models import Setting

    db = Database.open(path)
    with db.operation("First") as session:
        session.add(Setting(name="first", value="1"))
    with pytest.raises(FileProblem, match="full"), db.operation("Large") as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        session.add_all(Setting(name=str(i), value="x" * 4000) for i in range(50))
        session.flush()
    db.close()
    again = Database.open(path)
    with again.read() as session:
        assert [s.name for s in session.query(Setting)] == ["first"]
    again.close()


def test_a_read_only_folder_lets_one_read(path):
    path.chmod(0o444)
    db = Database.open(path, readonly=True)
    with db.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM person").scalar() == 0
    db.close()
