"""Writing a plan: all of it in one step that can be undone, or nothing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from cit_desktop import backup, clock
from cit_desktop.errors import Conflict, FileProblem
from cit_desktop.imports import apply
from cit_desktop.imports.plan import make_plan
from cit_desktop.models import (
    Agency,
    AgencySpelling,
    Employment,
    Enrollment,
    ImportBatch,
    Operation,
    Person,
    StateNumber,
)
from cit_desktop.progress import Cancelled
from cit_desktop.services import agencies, people, search, undo
from cit_desktop.services.people import PersonDraft
from cit_desktop.text import sort_key

ANA = {
    "first": "Ana", "middle": "M", "last": "Ito", "suffix": "Jr.", "email": "ana@example.org",
    "phone": "5735550100", "agency": "Rolla PD", "title": "Sergeant", "state_number": "00123",
    "county": "Phelps", "discipline": "Municipal police", "note": "Left-handed",
    "nickname": "Annie",
}  # fmt: skip
BO = {"first": "Bo", "last": "Li", "agency": "Rolla PD", "email": "bo@example.org"}


@pytest.fixture(autouse=True)
def fixed_day():
    clock.set_source(lambda: datetime(2026, 10, 1, 12, tzinfo=UTC))
    yield
    clock.set_source(None)


@pytest.fixture
def plan(db):
    def make(table, *args, **more):
        with db.read() as session:
            return make_plan(session, table, *args, **more)

    return make


@pytest.fixture
def take(db, plan):
    """Plan and write without a backup."""

    def make(table, *args, **more):
        return apply.commit(db, plan(table, *args, **more), backup=False)

    return make


@pytest.fixture
def all_of(db):
    def make(model):
        with db.read() as session:
            return session.scalars(select(model).order_by(model.id)).all()

    return make


def test_every_field_of_a_new_person_is_stored(take, table_of, all_of):
    take(table_of(ANA))
    person = all_of(Person)[0]
    assert {name: getattr(person, name) for name in ANA.keys() & {*Person.__table__.c.keys()}} == {
        name: value
        for name, value in {**ANA, "discipline": "municipal_police"}.items()
        if name in Person.__table__.c
    }
    assert person.sort_key == sort_key("Ito", "Ana", "M")
    number = all_of(StateNumber)[0]
    assert (number.kind, number.number, number.key) == ("MO POST license", "00123", "00123")
    job = all_of(Employment)[0]
    assert (job.person_id, job.title, job.starts, job.ends) == (person.id, "Sergeant", None, None)


def test_an_agency_is_added_once_with_its_spelling_and_kind(take, table_of, all_of):
    take(table_of(ANA, BO))
    agency = all_of(Agency)[0]
    assert (agency.name, agency.kind, agency.sort_key) == ("Rolla PD", "police", "rolla pd")
    assert [(one.agency_id, one.key) for one in all_of(AgencySpelling)] == [(agency.id, "rollapd")]
    assert [job.agency_id for job in all_of(Employment)] == [agency.id] * 2


def test_the_result_says_who_each_row_became(take, table_of, all_of):
    result = take(table_of(ANA, "A note", BO, ANA, {"first": "Nobody"}))
    ids = {person.first: person.id for person in all_of(Person)}
    assert result.person_ids == {2: ids["Ana"], 4: ids["Bo"], 5: ids["Ana"]}
    assert result.counts == {
        "read": 5, "new": 2, "update": 0, "same": 1, "skipped": 1, "problem": 1,
    }  # fmt: skip


def test_new_people_are_found_by_the_search(take, table_of, db):
    take(table_of(ANA))
    with db.read() as session:
        assert ("person", 1) in search.records_matching(session, "annie ito")


def test_blanks_of_a_known_person_are_filled(take, table_of, all_of, db):
    with db.operation("Add") as session:
        people.add(session, PersonDraft("Ito", "Ana", email="ana@example.org", county="Dent"))
    take(table_of(ANA))
    person = all_of(Person)[0]
    assert (person.county, person.phone, person.middle) == ("Dent", "5735550100", "M")
    assert person.sort_key == sort_key("Ito", "Ana", "M")
    assert [one.number for one in all_of(StateNumber)] == ["00123"]
    assert [(job.title, job.starts) for job in all_of(Employment)] == [("Sergeant", None)]


def test_update_replaces_county_number_and_agency(take, table_of, all_of):
    take(table_of(ANA))
    moved = {**ANA, "county": "Dent", "state_number": "00999", "agency": "St. James PD"}
    take(table_of(moved), default="update")
    assert [person.county for person in all_of(Person)] == ["Dent"]
    assert [(one.number, one.key) for one in all_of(StateNumber)] == [("00999", "00999")]
    today = date(2026, 10, 1)
    assert [(job.starts, job.ends) for job in all_of(Employment)] == [
        (None, today - timedelta(days=1)),
        (today, None),
    ]


def test_a_changed_last_name_is_taken_with_update(take, table_of, all_of):
    take(table_of(ANA))
    take(table_of({**ANA, "last": "Ruiz"}), default="update")
    assert [(one.last, one.sort_key) for one in all_of(Person)] == [
        ("Ruiz", sort_key("Ruiz", "Ana", "M"))
    ]


def test_a_new_title_of_the_same_agency_begins_an_employment_with_update(take, table_of, all_of):
    take(table_of(ANA))
    take(table_of({**ANA, "title": "Chief"}), default="update")
    assert [job.title for job in all_of(Employment)] == ["Sergeant", "Chief"]
    assert all_of(Employment)[0].ends == date(2026, 9, 30)


def test_people_are_enrolled_with_agency_and_title_of_the_file(take, table_of, all_of, class_id):
    take(table_of(BO))
    result = take(table_of({**BO, "agency": "St. James PD", "title": "Chief"}, ANA), class_id)
    enrolled = all_of(Enrollment)
    names = {agency.id: agency.name for agency in all_of(Agency)}
    assert result.enrolled == 2
    assert [(one.person_id, names[one.agency_id], one.title) for one in enrolled] == [
        (1, "St. James PD", "Chief"),
        (2, "Rolla PD", "Sergeant"),
    ]
    jobs = [job for job in all_of(Employment) if job.person_id == 1]
    assert [names[job.agency_id] for job in jobs] == ["Rolla PD"]


def test_the_import_is_one_step_of_the_history(take, table_of, all_of, class_id):
    take(table_of(ANA, BO), class_id)
    assert [one.label for one in all_of(Operation)][2:] == ["Import list.csv"]


def test_undo_takes_back_new_people_and_what_was_filled(take, table_of, dump, db, class_id):
    with db.operation("Add") as session:
        people.add(session, PersonDraft("Ito", "Ana", email="ana@example.org"))
        agencies.add(session, agencies.AgencyDraft("Dent County Sheriff"))
    before = dump()
    take(table_of(ANA, BO), class_id, default="update")
    assert dump() != before
    undo.undo(db)
    assert dump() == before


def test_after_undo_the_same_list_is_new_again(take, table_of, plan, db):
    take(table_of({"first": "Ana", "last": "Ito"}))
    undo.undo(db)
    assert plan(table_of({"first": "Ana", "last": "Ito"})).counts["new"] == 1


def test_the_records_keep_what_became_of_the_rows(take, table_of, all_of, class_id):
    table = table_of(ANA, "A note", {"first": "Nobody"})
    result = take(table, class_id)
    batch = all_of(ImportBatch)[0]
    assert result.batch_id == batch.id
    assert (batch.source, batch.sheet, batch.class_id) == ("list.csv", "list", class_id)
    assert json.loads(batch.counts)["new"] == 1
    rows = json.loads(batch.report)["rows"]
    assert rows[0] == {"row": 2, "kind": "new", "person": 1}
    assert rows[1]["reasons"] == ["A note"]
    assert rows[2]["issues"][0]["severity"] == "error"


def test_a_plan_with_nothing_to_write_leaves_no_trace(take, table_of, all_of):
    take(table_of(ANA))
    result = take(table_of(ANA))
    assert (result.batch_id, result.person_ids) == (None, {2: 1})
    assert len(all_of(ImportBatch)) == 1
    assert len(all_of(Operation)) == 2


def test_nothing_is_written_over_records_that_changed_meanwhile(plan, table_of, dump, db):
    old = plan(table_of(ANA))
    with db.operation("Add") as session:
        people.add(session, PersonDraft("Ito", "Ana", email="ana@example.org"))
    before = dump()
    with pytest.raises(Conflict, match="The records have changed since"):
        apply.commit(db, old, backup=False)
    assert dump() == before


def test_an_unrelated_change_does_not_stop_the_import(plan, table_of, all_of, db):
    old = plan(table_of(ANA))
    with db.operation("Add") as session:
        people.add(session, PersonDraft("Chan", "Cy"))
    apply.commit(db, old, backup=False)
    assert [person.first for person in all_of(Person)] == ["Cy", "Ana"]


def test_a_plan_can_be_written_within_another_operation(plan, table_of, all_of, db):
    old = plan(table_of(ANA))
    with db.operation("Something else") as session:
        people.add(session, PersonDraft("Chan", "Cy"))
        apply.apply(session, old)
    assert len(all_of(Person)) == 2


@pytest.mark.parametrize("step", range(7))
def test_cancelling_at_any_step_leaves_nothing(plan, table_of, dump, db, class_id, step):
    found = plan(table_of(ANA, BO), class_id)
    before = dump()

    def cancel(done, total, what=""):
        if done == step:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply.commit(db, found, backup=False, progress=cancel)
    assert dump() == before


def test_a_verified_backup_of_the_records_before_is_made(plan, table_of, db, tmp_path):
    result = apply.commit(db, plan(table_of(ANA)), backup_folder=tmp_path / "backups")
    made = backup.read_manifest(result.backup)
    backup.verify(made)
    assert (made.reason, made.rows["person"]) == ("import", 0)


def test_without_a_backup_nothing_is_written(plan, table_of, dump, db, tmp_path):
    (tmp_path / "backups").write_text("a file, not a folder")
    before = dump()
    with pytest.raises(FileProblem, match="No backup could be made"):
        apply.commit(db, plan(table_of(ANA)), backup_folder=tmp_path / "backups")
    assert dump() == before


def test_a_whole_import_from_a_file_says_what_it_does_meanwhile(db, make_text, all_of):
    path = make_text("First name,Last name,E-mail\nAna,Ito,ana@example.org\nBo,Li,\n")
    said = []
    plan, result = apply.run(
        db, path, backup=False, progress=lambda done, total, what="": said.append(what)
    )
    assert plan.counts["new"] == 2
    assert set(result.person_ids.values()) == {person.id for person in all_of(Person)}
    assert said[0] == "Reading list.csv"
    assert "Comparing with the records" in said
    assert said[-1] == "Saving"


def test_cancelling_is_heard_while_many_people_are_added(plan, table_of, dump, db):
    found = plan(table_of(*({"first": f"A{n}", "last": "Ito"} for n in range(250))))
    before, said = dump(), []

    def cancel(done, total, what=""):
        said.append(what)
        if said.count("Adding people") == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply.commit(db, found, backup=False, progress=cancel)
    assert dump() == before
    assert said[-1] == "Adding people"


def test_two_thousand_rows_go_in_and_out(take, table_of, dump, db):
    before = dump()
    rows = [
        {"first": f"A{n}", "last": "Ito", "state_number": f"{n:05}", "agency": f"Agency {n % 50}"}
        for n in range(1, 2001)
    ]
    assert take(table_of(*rows)).counts["new"] == 2000
    filled = [{**row, "phone": f"573555{n:04}"} for n, row in enumerate(rows)]
    assert take(table_of(*filled)).counts["update"] == 2000
    undo.undo(db)
    undo.undo(db)
    assert dump() == before
