from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cit_desktop.db import Database
from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import Attendance, Base, Enrollment, Operation, Person, TrainingClass
from cit_desktop.services import (
    agencies,
    attendance,
    certificates,
    chapters,
    check,
    enrollment,
    finalize,
    people,
    undo,
    undo_order,
)
from cit_desktop.services import settings as settings_service
from tests.core.helpers_records import (
    add_agency,
    add_class,
    add_person,
    attend,
    certify,
    enroll,
    number,
)


def dump(db: Database) -> dict[str, list[Any]]:
    """Every record without the history, pictures and the counters of edits."""
    left_out = {"operation", "change", "asset"}
    with db.read() as session:
        return {
            table.name: [
                tuple(value for name, value in row._mapping.items() if name != "version")
                for row in session.execute(select(table).order_by(table.c.id))
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in left_out
        }


def names(db):
    with db.read() as session:
        return [row.name for row in people.rows(session, people.ids(session)).values()]


def next_labels(db):
    with db.read() as session:
        steps = (undo.next_undo(session), undo.next_redo(session))
    return tuple(step.label if step else None for step in steps)


def test_undo_and_redo_name_the_step_they_take(db):
    person_id = add_person(db)
    with db.operation("Rename person") as session:
        people.update(session, person_id, 1, last="Moss")
    assert next_labels(db) == ("Rename person", None)
    assert undo.undo(db).label == "Rename person"
    assert names(db) == ["Ito, Ana"]
    assert next_labels(db) == ("Add person", "Rename person")
    assert undo.redo(db).label == "Rename person"
    assert names(db) == ["Moss, Ana"]
    assert next_labels(db) == ("Rename person", None)


def test_the_history_says_what_was_undone_and_redone(db):
    add_person(db)
    undo.undo(db)
    undo.redo(db)
    with db.read() as session:
        labels = session.scalars(select(Operation.label).order_by(Operation.id)).all()
    assert labels == ["Add person", "Undo “Add person”", "Redo “Add person”"]


def test_steps_are_undone_and_redone_in_order_any_number_of_times(db):
    for last in ("A", "B", "C"):
        add_person(db, last, "")
    for _ in range(3):
        for left in (["A", "B"], ["A"], []):
            undo.undo(db)
            assert names(db) == left
        for back in (["A"], ["A", "B"], ["A", "B", "C"]):
            undo.redo(db)
            assert names(db) == back


def test_there_is_nothing_to_undo_or_redo_in_a_new_file(db):
    assert next_labels(db) == (None, None)
    with pytest.raises(Refused, match="nothing to undo"):
        undo.undo(db)
    with pytest.raises(Refused, match="nothing to redo"):
        undo.redo(db)


def test_a_new_step_ends_redo(db):
    add_person(db, "A", "")
    undo.undo(db)
    add_person(db, "B", "")
    assert next_labels(db) == ("Add person", None)
    with pytest.raises(Refused, match="nothing to redo"):
        undo.redo(db)
    undo.undo(db)
    assert names(db) == []


def test_undo_survives_closing_the_file(db, path):
    add_person(db)
    undo.undo(db)
    db.close()
    again = Database.open(path)
    try:
        assert next_labels(again) == (None, "Add person")
        undo.redo(again)
        assert names(again) == ["Ito, Ana"]
    finally:
        again.close()


def test_a_final_step_stops_undo_and_says_why(db):
    class_id, _ = add_class(db)
    person_id = add_person(db)
    enrollment_id = enroll(db, class_id, person_id)
    certify(db, class_id, person_id, enrollment_id, "{}")
    with db.read() as session:
        step = undo.next_undo(session)
    assert step is not None
    assert "“Issue certificates” is final" in step.why_not
    with pytest.raises(Refused, match="is final"):
        undo.undo(db)
    add_person(db, "Moss")
    assert undo.undo(db).label == "Add person"
    with pytest.raises(Refused, match="is final"):
        undo.undo(db)


def test_a_step_of_an_older_schema_says_why_it_stays(db):
    add_person(db)
    with db.operation("Older") as session:
        people.add(session, people.PersonDraft("Moss"))
        operation = session.get_one(Operation, session.info["operation_id"])
        operation.schema = 0
    with db.read() as session:
        step = undo.next_undo(session)
    assert step is not None
    assert "older version" in step.why_not


def test_a_step_that_left_nothing_behind_is_passed_over(db):
    add_person(db)
    with db.operation("Add picture") as session:
        chapters.add_asset(session, _png(), "image/png", "logo.png")
    with db.operation("Add and remove") as session:
        settings_service.put(session, "x", 1)
        settings_service.remove(session, "x")
    assert next_labels(db) == ("Add person", None)
    undo.undo(db)
    assert names(db) == []


def _png() -> bytes:
    import io

    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(target, "PNG")
    return target.getvalue()


def test_only_the_latest_steps_are_looked_at(db, monkeypatch):
    monkeypatch.setattr(undo_order, "LOOK_BACK", 3)
    for last in ("A", "B", "C"):
        add_person(db, last, "")
    undo.undo(db)
    assert next_labels(db)[0] == "Add person"
    undo.undo(db)
    assert next_labels(db)[0] is None
    assert names(db) == ["A"]


def test_an_older_step_can_be_undone_alone_and_redone(db):
    first = add_person(db, "A", "")
    add_person(db, "B", "")
    with db.read() as session:
        operation_id = session.scalars(select(Operation.id).order_by(Operation.id)).first()
    assert operation_id is not None
    undo.undo_operation(db, operation_id)
    assert names(db) == ["B"]
    assert next_labels(db) == ("Add person", "Add person")
    with pytest.raises(Refused, match="undone already"):
        undo.undo_operation(db, operation_id)
    undo.redo(db)
    assert names(db) == ["A", "B"]
    with db.read() as session:
        assert people.view(session, first).last == "A"


def test_undoing_an_undo_from_the_history_does_the_step_again(db):
    add_person(db)
    undo.undo(db)
    with db.read() as session:
        newest = session.scalars(select(Operation.id).order_by(Operation.id.desc())).first()
    assert newest is not None
    assert undo.undo_operation(db, newest).label == "Add person"
    assert names(db) == ["Ito, Ana"]
    assert next_labels(db) == ("Add person", None)


def test_an_older_step_whose_records_changed_again_is_a_conflict(db):
    person_id = add_person(db)
    with db.operation("Rename") as session:
        people.update(session, person_id, 1, last="Moss")
    before = dump(db)
    with pytest.raises(Conflict, match="changed again"):
        undo.undo_operation(db, 1)
    assert dump(db) == before


def test_a_step_that_is_not_in_the_history_is_not_found(db):
    with pytest.raises(NotFound, match="not in the history"):
        undo.undo_operation(db, 99)


@pytest.mark.parametrize("gone", [False, True])
def test_marks_of_a_class_finalized_since_stay_behind_its_lock(db, gone):
    class_id, block_id = add_class(db, status="open")
    enrollment_id = enroll(db, class_id, add_person(db))
    attend(db, enrollment_id, block_id)
    if gone:
        with db.operation("Clear marks") as session:
            session.delete(session.scalars(select(Attendance)).one())
    with db.operation("Finalize class") as session:
        session.get_one(TrainingClass, class_id).status = "finalized"
        session.get_one(Enrollment, enrollment_id).result = "completed"
    with db.read() as session:
        newest = session.scalars(select(Operation.id).order_by(Operation.id.desc())).all()
    with pytest.raises(Refused, match="finalized by now"):
        undo.undo_operation(db, newest[1])
    undo.undo(db)
    undo.undo_operation(db, newest[1])
    with db.read() as session:
        assert len(session.scalars(select(Attendance)).all()) == int(gone)


def newest(db):
    with db.read() as session:
        return session.scalars(select(Operation.id).order_by(Operation.id.desc())).first()


def done(db, label, function, *arguments, undoable=True):
    with db.operation(label, undoable=undoable) as session:
        function(session, *arguments)
    return newest(db)


def test_a_withdrawal_stays_behind_the_lock_of_a_class_finalized_since(world_db, world):
    ben = world.open_enrolled[1]
    withdrawn = done(world_db, "Withdraw", enrollment.withdraw, ben)
    done(world_db, "Mark everybody present", attendance.all_present, world.open_class)
    done(world_db, "Finalize class", finalize.finalize, world.open_class)
    with pytest.raises(Refused, match="finalized by now"):
        undo.undo_operation(world_db, withdrawn)
    with world_db.read() as session:
        assert session.get_one(Enrollment, ben).result == "withdrawn"


def test_finalizing_is_not_undone_from_under_the_certificates(world_db, world):
    done(world_db, "Mark everybody present", attendance.all_present, world.open_class)
    finalized = done(world_db, "Finalize class", finalize.finalize, world.open_class)
    issued = done(
        world_db, "Issue certificates", certificates.issue, world.open_class, undoable=False
    )
    with pytest.raises(Refused, match="Later steps rest on “Finalize class”"):
        undo.undo_operation(world_db, finalized)
    with pytest.raises(Refused, match="is final"):
        undo.undo_operation(world_db, issued)


def test_reopening_is_not_undone_from_under_new_marks(world_db, world):
    reopened = done(world_db, "Reopen class", finalize.reopen, world.done_class, "A wrong mark")
    block, ana = world.done_blocks[0], world.done_enrolled[0]
    done(world_db, "Mark attendance", attendance.mark, block, ana, "absent")
    with pytest.raises(Refused, match="Later steps rest on “Reopen class”"):
        undo.undo_operation(world_db, reopened)
    undo.undo(world_db)
    undo.undo_operation(world_db, reopened)
    with world_db.read() as session:
        assert session.get_one(TrainingClass, world.done_class).status == "finalized"


def test_a_revocation_is_not_undone_beside_a_newer_certificate(world_db, world):
    ana = world.done_enrolled[0]
    revoked = done(
        world_db, "Revoke certificate", certificates.revoke, world.certificate, "Misspelled"
    )
    done(
        world_db,
        "Issue certificates",
        certificates.issue,
        world.done_class,
        [ana],
        undoable=False,
    )
    with pytest.raises(Refused, match="Later steps rest on"):
        undo.undo_operation(world_db, revoked)
    with world_db.read() as session:
        assert [finding.sentence for finding in check.run(session)] == []


def test_a_person_enrolled_since_stays_and_the_history_says_why(world_db, world):
    added = done(world_db, "Add person", people.add, people.PersonDraft("Sato", "Mei"))
    with world_db.operation("Enroll") as session:
        mei = session.scalars(select(Person.id).filter_by(last="Sato")).one()
        enrollment.enroll(session, world.open_class, mei)
    with pytest.raises(Conflict, match="later records need what it added"):
        undo.undo_operation(world_db, added)
    with world_db.read() as session:
        assert session.get(Person, mei) is not None


def test_a_code_that_another_class_has_by_now_does_not_come_back(world_db, world):
    with world_db.read() as session:
        code = session.get_one(TrainingClass, world.open_class).code
    with world_db.operation("Change class") as session:
        session.get_one(TrainingClass, world.open_class).code = "SPRING"
    renamed = newest(world_db)
    with world_db.operation("Change another class") as session:
        session.get_one(TrainingClass, world.done_class).code = code
    with pytest.raises(Conflict, match="the name or number that would come back"):
        undo.undo_operation(world_db, renamed)


def test_a_second_undo_at_the_same_moment_takes_nothing_more(db):
    add_person(db, "A", "")
    add_person(db, "B", "")
    with db.read() as session:
        step = undo.next_undo(session)
    assert step is not None
    undo.undo(db)
    with pytest.raises(Conflict, match="meantime"):
        undo._take_back(db, step, "Undo", undo.next_undo)
    assert names(db) == ["A"]


def test_a_live_chain_is_told_from_its_ids_alone():
    # 1 was done, undone by 2, redone by 3, undone again by 4; 5 stands by itself.
    chain = [(5, None), (4, 1), (3, 2), (2, 1), (1, None)]
    assert undo_order.live(chain) == {5: True, 4: True, 3: True, 2: False, 1: False}


# Any steps, undone one by one, give the records of the start; redone, those of the end.

SOME = ("Ito", "Moss", "Ñuñez")
steps = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(SOME), st.sampled_from(["", "00123", "7"])),
    st.tuples(st.just("rename"), st.integers(0, 3), st.sampled_from(SOME)),
    st.tuples(st.just("move"), st.integers(0, 3), st.sampled_from(SOME)),
    st.tuples(st.just("archive"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("forget"), st.integers(0, 3), st.just("")),
    st.tuples(st.just("setting"), st.just("x"), st.integers(0, 2)),
    st.tuples(st.just("signers"), st.integers(1, 3), st.just("")),
)


def take(db: Database, chapter_id: int, step: tuple[str, Any, Any]) -> None:
    kind, one, two = step
    with db.operation(kind) as session:
        found = people.ids(session)
        person_id = found[one % len(found)] if isinstance(one, int) and found else None
        if kind == "add":
            numbers = [number(two)] if two else []
            people.add(session, people.PersonDraft(one, numbers=numbers))
        elif kind == "setting":
            settings_service.put(session, one, two)
        elif kind == "signers":
            signers = [chapters.SignerDraft(name) for name in SOME[:one]]
            chapters.set_signers(session, chapter_id, signers)
        elif person_id is not None:
            take_of_person(session, kind, person_id, two)


def take_of_person(session: Any, kind: str, person_id: int, value: Any) -> None:
    person = people.view(session, person_id)
    if kind == "rename":
        people.update(session, person_id, person.version, last=value)
    elif kind == "move":
        agency_id = agencies.find_or_add(session, value)
        people.set_current(session, person_id, agency_id, "Officer", date(2026, 1, 1))
    elif kind == "archive" and value:
        people.archive(session, person_id)
    elif kind == "forget":
        for known in person.numbers:
            people.remove_number(session, known.id)


@settings(max_examples=12)
@given(taken=st.lists(steps, min_size=1, max_size=9))
def test_undoing_everything_gives_the_start_and_redoing_everything_the_end(
    template, tmp_path_factory, taken
):
    path = tmp_path_factory.mktemp("undo") / "chapter.cit"
    path.write_bytes(template.read_bytes())
    db = Database.open(path)
    try:
        with db.operation("Chapter", undoable=False) as session:
            chapter_id = chapters.create(session, chapters.ChapterDraft("Ozark Ridge"))
        start, done = dump(db), 0
        for step in taken:
            try:
                take(db, chapter_id, step)
            except Refused:
                continue
        end = dump(db)
        while not (step := peek(db)).why_not:
            undo.undo(db)
            done += 1
        assert dump(db) == start
        for _ in range(done):
            undo.redo(db)
        assert dump(db) == end
        assert redo_is_over(db)
    finally:
        db.close()


def peek(db: Database) -> undo.Step:
    with db.read() as session:
        step = undo.next_undo(session)
    assert step is not None
    return step


def redo_is_over(db: Database) -> bool:
    with db.read() as session:
        return undo.next_redo(session) is None


def test_an_undone_agency_is_added_again_under_its_own_id(db):
    agency_id = add_agency(db)
    undo.undo(db)
    undo.redo(db)
    with db.read() as session:
        assert agencies.by_spelling(session, "rolla police department") == agency_id
