from __future__ import annotations

import hashlib
import json
import sqlite3

import pytest
from sqlalchemy import select

from cit_desktop import journal, revert, schema
from cit_desktop.errors import Conflict, Refused
from cit_desktop.models import Agency, Asset, Change, Employment, Operation, Person, SigningKey
from cit_desktop.tables import Base


def add(db, **values):
    with db.operation("Add person") as session:
        person = Person(sort_key="x", **values)
        session.add(person)
        session.flush()
        return person.id


def undo(db, operation_id):
    with db.operation("Undo", undoes_id=operation_id) as session:
        revert.refuse_final(session.connection(), operation_id, schema.NEWEST)
        revert.apply(session.connection(), operation_id)


def last_operation(db):
    with db.read() as session:
        return journal.head(session.connection())[0]


def dump(db):
    with db.read() as session:
        connection = session.connection()
        return {
            table.name: connection.exec_driver_sql(
                f"SELECT {', '.join(journal.columns(table))} FROM {table.name} ORDER BY id"
            ).fetchall()
            for table in journal.journaled()
        } | {"search": connection.exec_driver_sql("SELECT words FROM search").fetchall()}


def alter(path, statement):
    driver = sqlite3.connect(path)
    driver.execute(statement)
    driver.commit()
    driver.close()


def test_the_history_holds_values_before_and_after(db):
    person_id = add(db, last="Ito")
    with db.operation("Rename") as session:
        session.get_one(Person, person_id).last = "Sato"
    with db.read() as session:
        change = session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert (change.table, change.row_id, change.kind) == ("person", person_id, "update")
        assert '"last":"Ito"' in change.before
        assert '"last":"Sato"' in change.after


def test_every_table_but_the_history_is_journaled():
    names = {table.name for table in journal.journaled()}
    assert names == set(Base.metadata.tables) - {"operation", "change"}


def test_secrets_and_pictures_stay_out_of_the_history(db):
    add(db, last="Ito")
    with db.operation("Add") as session:
        session.add(Asset(sha256="ab", media_type="image/png", data=b"picture"))
    with db.read() as session:
        images = "".join(session.scalars(select(Change.after)).all())
        assert "picture" not in images
        assert "data" not in images
    assert "private_key" not in journal.columns(SigningKey.__table__)


def test_undo_takes_back_what_was_added_changed_and_removed(db):
    start = dump(db)
    person_id = add(db, last="Ito")
    added = dump(db)
    with db.operation("Change") as session:
        session.get_one(Person, person_id).note = "moved"
        session.add(Agency(name="Rolla PD", sort_key="rolla pd"))
    changed = dump(db)
    with db.operation("Remove") as session:
        session.delete(session.get_one(Person, person_id))
    undo(db, 3)
    assert dump(db) == changed
    undo(db, 2)
    assert dump(db) == added
    undo(db, 1)
    assert dump(db) == start


def test_undoing_an_undo_does_it_again(db):
    person_id = add(db, last="Ito")
    with db.operation("Change") as session:
        session.get_one(Person, person_id).note = "moved"
    changed = dump(db)
    undo(db, last_operation(db))
    undo(db, last_operation(db))
    assert dump(db) == changed


def test_parents_and_children_come_back_together(db):
    with db.operation("Hire") as session:
        person, agency = Person(last="I", sort_key="i"), Agency(name="A", sort_key="a")
        session.add_all([person, agency])
        session.flush()
        session.add(Employment(person_id=person.id, agency_id=agency.id))
    hired = dump(db)
    undo(db, 1)
    undo(db, 2)
    assert dump(db) == hired


def test_what_changed_since_is_not_overwritten(db):
    person_id = add(db, last="Ito")
    with db.operation("Change") as session:
        session.get_one(Person, person_id).note = "a"
    with db.operation("Change again") as session:
        session.get_one(Person, person_id).note = "b"
    before = dump(db)
    with pytest.raises(Conflict, match="changed again since"):
        undo(db, 2)
    assert dump(db) == before


def test_an_edit_made_before_an_undo_is_stale_after_it(db):
    person_id = add(db, last="Ito")
    with db.operation("Change") as session:
        session.get_one(Person, person_id).note = "a"
    with db.read() as session:
        seen = session.get_one(Person, person_id).version
    undo(db, 2)
    with db.read() as session:
        assert session.get_one(Person, person_id).version > seen


def test_a_final_operation_is_not_undone(db):
    with db.operation("Issue certificates", undoable=False) as session:
        session.add(Person(last="I", sort_key="i"))
    with pytest.raises(Refused, match="is final"):
        undo(db, 1)


def test_an_operation_of_an_older_schema_is_not_undone(db, path):
    add(db, last="Ito")
    db.close()
    alter(path, "UPDATE operation SET schema = 0")
    with pytest.raises(Refused, match="older version"):
        undo(db, 1)


def test_an_untouched_history_is_found_whole(db):
    for name in ("A", "B", "C"):
        add(db, last=name)
    with db.read() as session:
        assert journal.verify(session.connection()) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operation SET label = 'x' WHERE id = 2",
        "UPDATE operation SET at = '2001-01-01T00:00:00Z' WHERE id = 2",
        "UPDATE operation SET actor = 'x' WHERE id = 2",
        "UPDATE change SET after = replace(after, 'B', 'X') WHERE operation_id = 2",
        "UPDATE change SET row_id = 7 WHERE operation_id = 2",
        "DELETE FROM change WHERE operation_id = 2",
        "UPDATE change SET digest = 'x' WHERE operation_id = 2",
        "UPDATE change SET after = '{}', salt = NULL WHERE operation_id = 2",
    ],
)
def test_an_altered_history_is_noticed_where_it_was_altered(db, path, statement):
    for name in ("A", "B", "C"):
        add(db, last=name)
    alter(path, statement)
    with db.read() as session:
        assert journal.verify(session.connection()) == 2


def test_a_removed_operation_is_noticed(db, path):
    for name in ("A", "B", "C"):
        add(db, last=name)
    alter(path, "DELETE FROM change WHERE operation_id = 2")
    alter(path, "DELETE FROM operation WHERE id = 2")
    with db.read() as session:
        assert journal.verify(session.connection()) == 3


def test_a_removed_end_of_the_history_is_noticed(db, path):
    for name in ("A", "B", "C"):
        add(db, last=name)
    alter(path, "DELETE FROM change WHERE operation_id = 3")
    alter(path, "DELETE FROM operation WHERE id = 3")
    with db.read() as session:
        assert journal.verify(session.connection()) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET last = 'Forged' WHERE id = 2",
        "DELETE FROM person WHERE id = 2",
        "INSERT INTO person (uid, last, sort_key) VALUES ('u', 'Forged', 'forged')",
    ],
)
def test_records_changed_past_the_history_are_counted(db, path, statement):
    for name in ("A", "B", "C"):
        add(db, last=name)
    with db.operation("Remove") as session:
        session.delete(session.get_one(Person, 1))
    undo(db, last_operation(db))
    with db.read() as session:
        assert journal.strays(session.connection(), schema.NEWEST) == {}
    alter(path, statement)
    with db.read() as session:
        assert journal.strays(session.connection(), schema.NEWEST) == {"person": 1}


def test_records_that_an_older_schema_wrote_last_are_not_compared(db, path):
    add(db, last="Ito")
    alter(path, "UPDATE person SET last = 'Sato'")
    with db.read() as session:
        assert journal.strays(session.connection(), schema.NEWEST + 1) == {}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM operation",
        "UPDATE operation SET label = 'x'",
        "DELETE FROM change",
        "UPDATE change SET after = ''",
    ],
)
def test_the_program_itself_cannot_alter_the_history(db, statement):
    add(db, last="Ito")
    with pytest.raises(Exception, match="history is"), db.operation("Tamper") as session:
        session.connection().exec_driver_sql(statement)


def test_erased_values_are_gone_and_the_chain_holds(db, path):
    person_id = add(db, last="Xylophone")
    with db.operation("Erase a person") as session:
        session.delete(session.get_one(Person, person_id))
        session.flush()
        journal.erase_images(session.connection(), [("person", person_id)])
    with db.read() as session:
        assert journal.verify(session.connection()) is None
        assert journal.strays(session.connection(), schema.NEWEST) == {}
        assert session.scalars(select(Operation.label)).all() == ["Add person", "Erase a person"]
    db.close()
    assert b"Xylophone" not in path.read_bytes()


@pytest.mark.parametrize("before", [None, "", '{"last": "O\\"Núñez\\\\"}', "\x1f\n \u2028 é"])
def test_the_digest_of_a_change_is_that_of_a_json_list_of_it(before):
    change = ["person", 7, "update", before, '{"a": 1}', "salt"]
    written = json.dumps(change, ensure_ascii=False).encode()
    assert journal._digest(*change) == hashlib.sha256(written).hexdigest()
