"""What an import says of itself: to machines, in a workbook, in a sentence."""

from __future__ import annotations

import json

import pytest

from cit_desktop.imports import apply, report
from cit_desktop.imports.plan import make_plan
from cit_desktop.services import people
from cit_desktop.services.people import PersonDraft

ANA = {"first": "Ana", "last": "Ito", "email": "ana@example.org", "agency": "Rolla PD"}


@pytest.fixture
def plan(db):
    def make(table, *args, **more):
        with db.read() as session:
            return make_plan(session, table, *args, **more)

    return make


@pytest.fixture
def known(db):
    with db.operation("Add") as session:
        return people.add(
            session, PersonDraft("Ito", "Ana", email="ana@example.org", county="Dent")
        )


def cells(table, row):
    keys = [column.key for column in table.columns]
    return dict(zip(keys, table.rows[row], strict=True))


def test_the_json_has_the_agreed_shape(plan, table_of):
    found = report.to_json(plan(table_of({**ANA, "minutes": 2400, "note": "x"}, "A note")))
    assert found == {
        "source": "list.csv",
        "sheet": "list",
        "header_row": 1,
        "columns": {
            "first": "first", "last": "last", "email": "email", "agency": "agency",
            "minutes": "minutes", "note": "note",
        },
        "rows": [
            {
                "row": 2,
                "kind": "new",
                "person": None,
                "values": {**ANA, "minutes": 2400},
                "issues": [],
            },
            {"row": 3, "kind": "skipped", "person": None, "values": {}, "issues": []},
        ],
        "counts": {"read": 2, "new": 1, "update": 0, "same": 0, "skipped": 1, "problem": 0},
        "purpose": "people",
        "agencies": [
            {
                "written": "Rolla PD", "agency": "Rolla PD", "id": None, "confidence": 1.0,
                "reasons": [], "decision": "", "rows": [2],
            },
        ],
    }  # fmt: skip
    assert json.loads(json.dumps(found)) == found


def test_the_json_names_the_issue_by_its_heading(plan, table_of):
    row = report.to_json(plan(table_of({"first": "Ana"})))["rows"][0]
    assert row["kind"] == "problem"
    assert (row["issues"][0]["column"], row["issues"][0]["severity"]) == ("first", "error")


def test_the_json_after_an_import_has_the_people_it_made(plan, table_of, db):
    found = plan(table_of(ANA, ANA))
    result = apply.commit(db, found, backup=False)
    rows = report.to_json(found, dict(result.person_ids))["rows"]
    assert [row["person"] for row in rows] == [1, 1]


def test_the_table_has_every_row_with_its_result(plan, table_of, known):
    table = report.to_table(plan(table_of({**ANA, "county": "Phelps"}, {"first": "Bo"}, "A note")))
    assert [row[:2] for row in table.rows] == [
        (2, "completed"), (3, "not taken"), (4, "skipped"),
    ]  # fmt: skip
    first = cells(table, 0)
    assert (first["last"], first["agency"]) == ("Ito", "Rolla PD")
    assert "agency: Rolla PD" in first["done"]
    assert "County in the records is “Dent”, here “Phelps”; it was kept." in first["wrong"]
    assert cells(table, 1)["wrong"].startswith("first: This row has no last name.")
    assert cells(table, 2)["done"] == "A note"


def test_an_update_shows_old_and_new(plan, table_of, known):
    found = plan(table_of({**ANA, "county": "Phelps"}), default="update")
    assert "county: Dent → Phelps" in report.done(found.rows[0])


def test_a_new_person_has_nothing_more_to_say(plan, table_of):
    assert report.done(plan(table_of(ANA)).rows[0]) == ""


def test_the_summary_counts_in_a_sentence(plan, table_of, class_id):
    found = plan(table_of(ANA, ANA, {"first": "Bo"}, "A note"), class_id)
    assert report.summary(found) == (
        "4 rows read: 1 new, 1 unchanged, 1 skipped, 1 not taken. 1 person for CIT40-2026-01."
    )


def test_an_empty_list_has_a_sentence_too(plan, table_of):
    assert report.summary(plan(table_of())) == "0 rows read."


def test_the_table_names_the_class(plan, table_of, class_id):
    table = report.to_table(plan(table_of(ANA), class_id))
    assert table.header == (("Sheet", "list"), ("Class", "CIT40-2026-01"))
    assert table.subtitle == ("1 row read: 1 new. 1 person for CIT40-2026-01.",)
