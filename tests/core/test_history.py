from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from cit_desktop.db import Database
from cit_desktop.errors import NotFound
from cit_desktop.models import Makeup
from cit_desktop.services import history, people, undo
from tests.core.helpers_records import (
    add_agency,
    add_class,
    add_person,
    attend,
    certify,
    enroll,
    number,
)


def rows(db, actor=""):
    with db.read() as session:
        found = history.ids(session, actor)
        by_id = history.rows(session, found)
        return [by_id[operation_id] for operation_id in found]


def details(db, operation_id):
    with db.read() as session:
        return [
            (line.table, line.record, line.field, line.before, line.after)
            for line in history.details(session, operation_id)
        ]


def of_person(db, person_id):
    with db.read() as session:
        return history.of_person(session, person_id)


def test_steps_are_listed_newest_first_with_what_they_changed(db):
    db.actor = "ana@desk"
    agency_id = add_agency(db)
    db.actor = "bo@desk"
    add_person(db, agency_id=agency_id, numbers=[number("1")])
    newest, oldest = rows(db)
    assert (newest.label, newest.actor, oldest.actor) == ("Add person", "bo@desk", "ana@desk")
    assert newest.changes == {"Person": 1, "State number": 1, "Employment": 1}
    assert newest.undoable
    assert not newest.undone
    assert [row.label for row in rows(db, "ana@desk")] == ["Add agency"]
    with db.read() as session:
        assert history.actors(session) == ["ana@desk", "bo@desk"]


def test_a_step_says_whether_it_was_undone(db):
    add_person(db)
    undo.undo(db)
    assert [(row.undone, row.undoable, row.undoes_id) for row in rows(db)] == [
        (False, True, 1),
        (True, False, None),
    ]
    undo.redo(db)
    assert [row.undone for row in rows(db)] == [False, True, False]


def test_a_final_step_cannot_be_undone_as_the_list_says(db):
    with db.operation("Final", undoable=False) as session:
        people.add(session, people.PersonDraft("Ito"))
    assert [row.undoable for row in rows(db)] == [False]


def test_details_say_field_by_field_what_was_and_what_is(db):
    person_id = add_person(db)
    with db.operation("Edit") as session:
        people.update(session, person_id, 1, last="Moss", discipline="sheriff", email="a@x.org")
    assert details(db, 2) == [
        ("Person", "Ana Moss", "Last name", "Ito", "Moss"),
        ("Person", "Ana Moss", "Discipline", "", "Sheriff"),
        ("Person", "Ana Moss", "E-mail", "", "a@x.org"),
    ]


def test_details_name_other_records_instead_of_numbering_them(db):
    agency_id, person_id = add_agency(db), add_person(db)
    with db.operation("Employ") as session:
        people.set_current(session, person_id, agency_id, "Officer", date(2026, 1, 5))
    assert details(db, 3) == [
        ("Employment", "Ana Ito", "Agency", "", "Rolla Police Department"),
        ("Employment", "Ana Ito", "Rank or job title", "", "Officer"),
        ("Employment", "Ana Ito", "First day", "", "Jan 5, 2026"),
    ]


def test_details_of_marks_are_in_hours_and_name_person_class_and_block(db):
    class_id, block_id = add_class(db)
    attend(db, enroll(db, class_id, add_person(db)), block_id, 210)
    [line] = [line for line in details(db, 4) if line[2] == "Hours"]
    assert line == ("Attendance", "Ana Ito, Spring class", "Hours", "", "3.5 h")
    assert ("Block", "Mar 2, 2026, 8:00 AM") in {(line[2], line[4]) for line in details(db, 4)}


def test_details_of_a_class_write_days_times_and_yes(db):
    add_class(db, status="open")
    lines = {(line[0], line[2]): line[4] for line in details(db, 1)}
    assert lines["Class", "First day"] == "Mar 2, 2026"
    assert lines["Course", "Basic"] == "Yes"
    assert lines["Block", "Starts at"] == "8:00 AM"
    assert ("Class", "Archived") not in lines


def test_a_record_that_is_gone_keeps_the_name_it_had(db):
    add_person(db)
    undo.undo(db)
    assert {line[1] for line in details(db, 1)} == {"Ana Ito"}
    assert ("Person", "Ana Ito", "Last name", "Ito", "") in details(db, 2)


def test_a_step_that_is_not_there_is_not_found(db):
    with pytest.raises(NotFound, match="not in the history"):
        details(db, 9)


def test_everything_about_a_person_is_told_those_records_removed_included(db):
    class_id, block_id = add_class(db)
    agency_id = add_agency(db)
    person_id = add_person(db, agency_id=agency_id, numbers=[number("00123")])
    other = add_person(db, "Moss", "Bo", numbers=[number("9")])
    enrollment_id = enroll(db, class_id, person_id)
    attend(db, enrollment_id, block_id)
    attend(db, enroll(db, class_id, other), block_id)
    certify(db, class_id, person_id, enrollment_id, "{}")
    with db.operation("Make up") as session:
        session.add(
            Makeup(
                enrollment_id=enrollment_id,
                block_id=block_id,
                minutes=60,
                day=date(2026, 3, 9),
                approved_by="Bo",
            )
        )
        [known] = people.numbers(session, person_id)
        people.remove_number(session, known.id)
    lines = of_person(db, person_id)
    assert {line.what.table for line in lines} == {
        "Person", "State number", "Employment", "Enrollment", "Attendance", "Make-up",
        "Certificate",
    }  # fmt: skip
    assert [line.operation_id for line in lines] == sorted(
        (line.operation_id for line in lines), reverse=True
    )
    removed = [line.what for line in lines if line.what.kind == "delete"]
    assert ("Number", "00123", "") in {(what.field, what.before, what.after) for what in removed}
    assert not any("Moss" in line.what.record or line.what.after == "9" for line in lines)


def test_nothing_is_told_about_somebody_who_never_was(db):
    add_person(db)
    assert of_person(db, 99) == []


def test_the_history_is_whole_until_somebody_alters_it(db, path):
    person_id = add_person(db)
    with db.operation("Edit") as session:
        people.update(session, person_id, 1, note="x")
    with db.read() as session:
        check = history.verify(session)
    assert (check.whole, check.operations, len(check.head)) == (True, 2, 64)
    db.close()
    driver = sqlite3.connect(path)
    driver.execute("UPDATE change SET after = replace(after, 'Ito', 'Ivo') WHERE id = 1")
    driver.commit()
    driver.close()
    altered = Database.open(path)
    try:
        with altered.read() as session:
            check = history.verify(session)
    finally:
        altered.close()
    assert (check.whole, check.first_altered) == (False, 1)
