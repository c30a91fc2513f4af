from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from cit_desktop import connect, journal
from cit_desktop.db import Changes, Database
from cit_desktop.errors import Busy, Conflict, FileProblem
from cit_desktop.models import Person, Setting, StateNumber


def add_person(db: Database, last: str = "Ito") -> int:
    with db.operation("Add person") as session:
        person = Person(last=last, sort_key=last.casefold())
        session.add(person)
        session.flush()
        return person.id


def test_an_operation_is_kept_and_told_to_listeners(db):
    heard: list[Changes] = []
    db.committed.append(heard.append)
    person_id = add_person(db)
    with db.read() as session:
        assert session.get_one(Person, person_id).last == "Ito"
    assert heard[0].label == "Add person"
    assert heard[0].rows == {"person": frozenset({person_id})}
    assert heard[0].touches(["class", "person"])
    assert not heard[0].touches(["agency"])


def test_an_error_takes_the_whole_operation_back(db):
    with pytest.raises(ValueError), db.operation("Add two") as session:
        session.add(Person(last="Ito", sort_key="ito"))
        session.flush()
        raise ValueError
    with db.read() as session:
        assert session.scalars(select(Person)).all() == []
        assert journal.head(session.connection()) == (0, "")


def test_an_operation_that_changes_nothing_leaves_no_history(db):
    heard: list[Changes] = []
    db.committed.append(heard.append)
    with db.operation("Look") as session:
        session.scalars(select(Person)).all()
    with db.read() as session:
        assert journal.head(session.connection()) == (0, "")
    assert heard == []


def test_a_write_outside_an_operation_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError, match="outside an operation"), db.read() as session:
        session.add(Person(last="Ito", sort_key="ito"))
        session.flush()


def test_after_a_failed_statement_nothing_more_is_written(db):
    with pytest.raises(FileProblem, match="none of it is kept"):
        with db.operation("Fail") as session:
            session.add(Setting(name="a", value="1"))
            session.flush()
            with pytest.raises(IntegrityError):
                session.execute(text("INSERT INTO setting(name, value) VALUES ('a', '2')"))
            session.execute(text("INSERT INTO setting(name, value) VALUES ('b', '2')"))
    with db.read() as session:
        assert session.scalars(select(Setting)).all() == []


def test_a_stale_record_is_not_overwritten(db):
    person_id = add_person(db)
    with db.read() as session:
        stale = session.get_one(Person, person_id)
    with db.operation("Change") as session:
        session.get_one(Person, person_id).first = "Ana"
    stale.first = "Bo"
    with pytest.raises(Conflict, match="Somebody else"), db.operation("Change") as session:
        session.add(stale)
    with db.read() as session:
        assert session.get_one(Person, person_id).first == "Ana"


def test_every_connection_keeps_the_records_safe(db):
    wanted = {"journal_mode": "truncate", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0}
    with db.read() as session:
        for name, value in wanted.items():
            assert session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() == value


def test_a_file_in_wal_mode_is_converted_when_opened(path):
    driver = sqlite3.connect(path)
    driver.execute("PRAGMA journal_mode=WAL")
    driver.close()
    Database.open(path).close()
    assert path.read_bytes()[18:20] == b"\x01\x01"


def test_keys_are_never_used_again(db):
    first = add_person(db)
    with db.operation("Remove") as session:
        session.delete(session.get_one(Person, first))
    assert add_person(db) == first + 1


@pytest.mark.parametrize("name", ["a #1?.cit", "100 %.cit", "O'Brien.cit", "Žižka.cit"])
def test_any_file_name_opens(template, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(template.read_bytes())
    db = Database.open(path)
    add_person(db)
    db.close()
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".cit"] == [name]


def test_the_address_of_a_share_keeps_its_server():
    address = connect.uri(Path("//server/share/chapter.cit"), "rw")
    assert address == "file:////server/share/chapter.cit?mode=rw" or address.startswith("file:///")


def test_a_file_for_reading_only_refuses_to_be_written(path):
    db = Database.open(path, readonly=True)
    with pytest.raises(FileProblem, match="reading only"), db.operation("Add"):
        pass
    with db.read() as session:
        assert session.scalars(select(Person)).all() == []
    db.close()


def test_a_second_writer_gets_a_clear_sentence(path):
    first, second = Database.open(path), Database.open(path, timeout=0.05)
    with first.operation("Add") as session:
        session.add(Person(last="Ito", sort_key="ito"))
        session.flush()
        with pytest.raises(Busy, match="being written to"), second.operation("Add too"):
            pass
    first.close()
    second.close()


def test_a_change_from_elsewhere_is_noticed(path):
    here, there = Database.open(path), Database.open(path)
    assert not here.changed_elsewhere()
    add_person(there)
    assert here.changed_elsewhere()
    assert not here.changed_elsewhere()
    here.close()
    there.close()


def test_what_was_written_here_is_no_change_from_elsewhere(path):
    here, there = Database.open(path), Database.open(path)
    add_person(here, "Before")
    assert not here.changed_elsewhere()
    add_person(here, "Own")
    assert not here.changed_elsewhere()
    add_person(here, "Own too")
    add_person(there, "Other")
    assert here.changed_elsewhere()
    add_person(here, "Own again")
    assert not here.changed_elsewhere()
    here.close()
    there.close()


def test_a_file_that_is_away_has_not_changed_elsewhere(path):
    away = Database(path.with_name("away.cit"))
    assert not away.changed_elsewhere()
    away.close()


def test_threads_write_one_after_the_other(db):
    threads = [threading.Thread(target=add_person, args=(db, f"N{i}")) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read() as session:
        assert len(session.scalars(select(Person)).all()) == 8
        assert journal.verify(session.connection()) is None


def test_what_is_written_can_be_searched_for(db):
    person_id = add_person(db, "O'Brien")
    with db.operation("Add number") as session:
        session.add(StateNumber(person_id=person_id, kind="MO POST", number="0042", key="0042"))
    with db.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT rowid FROM search WHERE search MATCH '\"obri\"*'"
        )
        assert found.scalars().all() == [person_id * 8]


def test_a_file_that_cannot_be_finished_is_not_left_behind(tmp_path, monkeypatch):
    def break_off(_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("cit_desktop.db._upgrade", break_off)
    with pytest.raises(FileProblem, match="could not be made"):
        Database.create(tmp_path / "new.cit")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [FileProblem("The file would not be safe."), KeyboardInterrupt()])
def test_no_file_is_left_of_one_that_was_not_made_whole(tmp_path, monkeypatch, error):
    def refuse(path):
        path.with_name(f"{path.name}-journal").touch()
        raise error

    monkeypatch.setattr("cit_desktop.db._upgrade", refuse)
    with pytest.raises(type(error)):
        Database.create(tmp_path / "new.cit")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_gives_a_sentence(tmp_path):
    (tmp_path / "folder").write_text("a file where a folder should be")
    with pytest.raises(FileProblem, match="could not be made") as caught:
        Database.create(tmp_path / "folder" / "new.cit")
    assert "may write to" in caught.value.hint


def test_only_its_owner_can_read_a_new_file(path, tmp_path):
    Database.create(tmp_path / "new.cit").close()
    assert (tmp_path / "new.cit").stat().st_mode & 0o077 == 0
