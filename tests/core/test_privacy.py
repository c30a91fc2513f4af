from __future__ import annotations

import json

import pytest

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import BlockInstructor, Certificate, Enrollment, ImportBatch
from cit_desktop.services import history, people, privacy, search, undo
from tests.core.helpers_records import (
    add_agency,
    add_class,
    add_person,
    attend,
    certify,
    enroll,
    number,
)

CANARIES = ("Quetzal", "quetzal", "Xiomara", "xiomara", "77001234", "5735550199", "private note")


def add(db, **fields):
    return add_person(
        db,
        "Quetzal",
        "Xiomara",
        email="xiomara@quetzal.org",
        phone="573 555 0199",
        note="private note",
        numbers=[number("77001234")],
        **fields,
    )


def erase(db, person_id, reason="asked to be removed", **how):
    with db.operation("Erase") as session:
        privacy.erase(session, person_id, reason, **how)


def traces(path):
    data = path.read_bytes()
    return [word for word in CANARIES if word.encode() in data]


def test_nothing_of_an_erased_person_stays_in_the_file(db, path):
    add_person(db, "Moss", "Bo")
    person_id = add(db, agency_id=add_agency(db))
    with db.operation("Edit") as session:
        people.update(session, person_id, 1, note="private note, longer")
    assert traces(path) == list(CANARIES)
    with db.read() as session:
        assert privacy.can_remove(session, person_id)
    erase(db, person_id)
    db.close()
    assert traces(path) == []


def test_the_chain_of_the_history_holds_after_erasing(db):
    erase(db, add(db))
    with db.read() as session:
        assert history.verify(session).whole
        assert search.find(session, "quetzal") == []
        newest = history.rows(session, history.ids(session)[:1]).popitem()[1]
        assert newest.label == "Erase a person (asked to be removed)"
        assert {line.record for line in history.details(session, 1)} == {history.ERASED}


def test_erasing_is_final_and_so_are_the_steps_before(db):
    person_id = add(db)
    erase(db, person_id)
    with db.read() as session:
        step = undo.next_undo(session)
    assert step is not None
    assert "is final" in step.why_not
    with pytest.raises(Refused, match="final"):
        undo.undo(db)
    with pytest.raises(Refused, match="left nothing"):
        undo.undo_operation(db, 1)


@pytest.mark.parametrize("what", ["attendance", "certificate", "result", "teaching"])
def test_whoever_has_records_of_classes_can_only_be_made_nameless(db, what):
    class_id, block_id = add_class(db)
    person_id = add(db)
    if what == "teaching":
        with db.operation("Teach") as session:
            session.add(BlockInstructor(block_id=block_id, person_id=person_id))
    else:
        result = "completed" if what == "result" else "open"
        enrollment_id = enroll(db, class_id, person_id, result=result)
        if what == "attendance":
            attend(db, enrollment_id, block_id)
        if what == "certificate":
            certify(db, class_id, person_id, enrollment_id, "{}")
    with pytest.raises(Refused, match="must stay true"):
        erase(db, person_id)
    with db.read() as session:
        assert not privacy.can_remove(session, person_id)
        assert people.view(session, person_id).last == "Quetzal"


def test_a_nameless_person_keeps_hours_and_numbers_of_certificates_alone(db, path):
    class_id, block_id = add_class(db)
    person_id = add(db, agency_id=add_agency(db), title="Officer")
    enrollment_id = enroll(db, class_id, person_id, result="completed", credited_minutes=240)
    attend(db, enrollment_id, block_id)
    certify(db, class_id, person_id, enrollment_id, json.dumps({"name": "Xiomara Quetzal"}))
    erase(db, person_id, anonymise=True)
    with db.read() as session:
        person = people.view(session, person_id)
        [certificate] = session.query(Certificate).all()
    assert (person.name, person.archived) == (privacy.NAME, True)
    assert (person.email, person.phone, person.note) == ("", "", "")
    assert (person.numbers, person.employments) == ((), ())
    assert [training.minutes for training in person.trainings] == [240]
    assert (certificate.number, certificate.snapshot) == ("OR-2026-0001", "")
    db.close()
    assert traces(path) == []


def test_an_enrollment_without_marks_goes_with_the_person(db):
    class_id, _ = add_class(db, status="open")
    person_id = add(db)
    enroll(db, class_id, person_id)
    erase(db, person_id)
    with db.read() as session:
        assert session.query(Enrollment).all() == []


def test_the_reports_of_imports_forget_the_person_and_keep_the_others(db, path):
    person_id, other = add(db), add_person(db, "Moss", "Bo")
    report = [
        {"row": 2, "kind": "new", "person": person_id, "values": {"last": "Quetzal"}},
        {"row": 3, "kind": "new", "person": other, "values": {"last": "Moss"}},
    ]
    with db.operation("Import") as session:
        batch = ImportBatch(
            source="a.csv", sha256="0", counts="{}", report=json.dumps({"rows": report})
        )
        session.add(batch)
    erase(db, person_id)
    with db.read() as session:
        [batch] = session.query(ImportBatch).all()
    assert json.loads(batch.report) == {"rows": [{"row": 2, "kind": "new"}, report[1]]}
    db.close()
    assert traces(path) == []


@pytest.mark.parametrize("reason", ["", "  ", "Xiomara asked", "on behalf of QUETZAL."])
def test_a_reason_is_needed_and_must_not_name_the_person(db, reason):
    person_id = add(db)
    with pytest.raises(Refused) as caught:
        erase(db, person_id, reason)
    assert set(caught.value.fields) == {"reason"}
    with db.read() as session:
        assert people.view(session, person_id).last == "Quetzal"


def test_somebody_who_is_gone_cannot_be_erased(db):
    with pytest.raises(NotFound, match="This person"):
        erase(db, 99)
