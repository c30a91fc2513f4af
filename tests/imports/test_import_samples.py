"""The two samples of the main job, from the file to the people in the records."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from cit_desktop.imports import apply, report
from cit_desktop.imports.reading import read_table
from cit_desktop.models import Agency, Employment, Enrollment, Operation, Person, StateNumber
from cit_desktop.services import undo
from cit_desktop.text import letters

SAMPLES = ("web_form_a.csv", "agency_sheet_a.xlsx")
PARTS = ("first", "middle", "last", "suffix")


def truth_of(path):
    return json.loads(path.with_name(path.name + ".truth.json").read_text("utf-8"))


def people(db):
    """Everybody in the records as the truth files write them, with the agency's letters."""
    statement = (
        select(Person, StateNumber.number, Agency.name)
        .outerjoin(StateNumber, StateNumber.person_id == Person.id)
        .outerjoin(Employment, Employment.person_id == Person.id)
        .outerjoin(Agency, Agency.id == Employment.agency_id)
    )
    with db.read() as session:
        return sorted(
            (
                *(getattr(one, part) for part in PARTS),
                number or "",
                one.phone,
                one.email,
                letters(agency),
            )
            for one, number, agency in session.execute(statement)
        )


def expected(truth):
    return sorted(
        (
            *(row[part] for part in PARTS),
            row["license"],
            row["phone"],
            row.get("email", ""),
            letters(row["agency_written"]),
        )
        for row in truth["rows"]
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_gives_exactly_the_people_of_its_truth(db, fixtures, name):
    apply.run(db, fixtures / name, backup=False)
    assert people(db) == expected(truth_of(fixtures / name))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_json_of_a_sample_shows_the_agencies_as_written(db, fixtures, name):
    plan, _ = apply.run(db, fixtures / name, backup=False)
    rows = [row for row in report.to_json(plan)["rows"] if row["kind"] == "new"]
    written = [row["agency_written"] for row in truth_of(fixtures / name)["rows"]]
    assert [row["values"]["agency"] for row in rows] == written


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_sample_again_writes_nothing(db, fixtures, dump, name):
    apply.run(db, fixtures / name, backup=False)
    before = dump()
    plan, result = apply.run(db, fixtures / name, backup=False)
    assert {row.kind for row in plan.rows} <= {"same", "skipped"}
    assert result.batch_id is None
    assert dump() == before
    with db.read() as session:
        labels = session.scalars(select(Operation.label)).all()
    assert labels == ["Add chapter", f"Import {name}"]


@pytest.mark.parametrize("name", SAMPLES)
def test_undo_takes_a_whole_sample_back(db, fixtures, dump, name):
    before = dump()
    apply.run(db, fixtures / name, backup=False)
    undo.undo(db)
    assert dump() == before


def test_who_answered_twice_is_one_person(db, fixtures):
    plan, result = apply.run(db, fixtures / "web_form_a.csv", backup=False)
    twice = [row for row in plan.rows if row.same_as_row]
    assert [(row.row, row.same_as_row, row.kind) for row in twice] == [(33, 5, "same")]
    assert result.person_ids[33] == result.person_ids[5]


def test_both_samples_can_go_into_one_class(db, fixtures, class_id):
    for name in SAMPLES:
        apply.run(db, fixtures / name, class_id=class_id, backup=False)
    with db.read() as session:
        enrolled = session.execute(select(Enrollment.person_id, Enrollment.agency_id)).all()
    assert len(enrolled) == len(set(enrolled)) == 31 + 24
    assert None not in {agency for _, agency in enrolled}


def test_a_sample_read_for_people_enrolls_them_when_read_again_for_a_class(db, fixtures, class_id):
    path = fixtures / "agency_sheet_a.xlsx"
    apply.run(db, path, backup=False)
    plan, result = apply.run(db, path, class_id=class_id, backup=False)
    assert plan.counts == {
        "read": 26, "new": 0, "update": 24, "same": 0, "skipped": 2, "problem": 0,
    }  # fmt: skip
    assert result.enrolled == 24
    again, _ = apply.run(db, path, class_id=class_id, backup=False)
    assert again.counts["same"] == 24


@pytest.mark.parametrize("name", SAMPLES)
def test_a_plan_counts_every_row_of_the_sample(db, fixtures, name):
    plan, _ = apply.run(db, fixtures / name, backup=False)
    table = read_table(fixtures / name)
    assert [row.row for row in plan.rows] == [row.row for row in table.rows]
    assert plan.counts["read"] == sum(
        plan.counts[kind] for kind in ("new", "update", "same", "skipped", "problem")
    )
