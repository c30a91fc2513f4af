"""What a list would do to the records, before anything is written."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from cit_desktop.errors import NotFound, Refused
from cit_desktop.imports.apply import commit
from cit_desktop.imports.plan import make_plan
from cit_desktop.imports.types import Column, Issue, SourceRow, SourceTable
from cit_desktop.models import Employment, Person, TrainingClass
from cit_desktop.progress import Cancelled
from cit_desktop.services import agencies, enrollment, people
from cit_desktop.services.people import PersonDraft
from cit_desktop.services.state_numbers import NumberDraft

LICENSE = "MO POST license"
ANA = {"first": "Ana", "last": "Ito", "email": "ana@example.org"}


@pytest.fixture
def plan(db):
    def make(table, *args, **more):
        with db.read() as session:
            return make_plan(session, table, *args, **more)

    return make


@pytest.fixture
def add(db):
    """Add somebody to the records."""

    def make(agency="", number="", title="", **values):
        with db.operation("Add person") as session:
            draft = PersonDraft(
                **{"last": "Ito", "first": "Ana", **values},
                numbers=[NumberDraft(LICENSE, number)] if number else [],
                agency_id=agencies.find_or_add(session, agency) if agency else None,
                title=title,
            )
            return people.add(session, draft)

    return make


def kinds(plan):
    return [row.kind for row in plan.rows]


def changes(row):
    return [(one.field, one.before, one.after) for one in row.changes]


def test_somebody_unknown_is_new(plan, table_of):
    found = plan(table_of(ANA))
    assert kinds(found) == ["new"]
    assert found.rows[0].person_id is None
    assert found.counts == {
        "read": 1, "new": 1, "update": 0, "same": 0, "skipped": 0, "problem": 0,
    }  # fmt: skip


def test_blanks_are_filled_and_nothing_else_is_touched(plan, table_of, add):
    person_id = add(email="ana@example.org", county="Phelps")
    found = plan(table_of({**ANA, "phone": "5735550100", "county": "Pulaski"}))
    row = found.rows[0]
    assert (row.kind, row.person_id) == ("update", person_id)
    assert changes(row) == [("phone", "", "5735550100")]
    assert [(one.field, one.before, one.after) for one in row.kept] == [
        ("county", "Phelps", "Pulaski")
    ]


def test_update_replaces_what_differs_and_shows_both_values(plan, table_of, add):
    add(email="ana@example.org", county="Phelps")
    found = plan(table_of({**ANA, "county": "Pulaski"}), default="update")
    assert changes(found.rows[0]) == [("county", "Phelps", "Pulaski")]


def test_update_erases_nothing(plan, table_of, add):
    add(email="ana@example.org", county="Phelps", phone="5735550100")
    assert kinds(plan(table_of(ANA), default="update")) == ["same"]


def test_one_row_can_be_updated_and_the_others_filled(plan, table_of, add):
    add(email="ana@example.org", county="Phelps")
    add(first="Bo", email="bo@example.org", county="Phelps")
    bo = {"first": "Bo", "last": "Ito", "email": "bo@example.org", "county": "Dent"}
    found = plan(table_of({**ANA, "county": "Dent"}, bo), choices={3: "update"})
    assert kinds(found) == ["same", "update"]
    assert [row.choice for row in found.rows] == ["fill", "update"]


def test_a_row_can_be_left_out_by_choice(plan, table_of):
    found = plan(table_of(ANA), choices={2: "skip"})
    assert kinds(found) == ["skipped"]
    assert found.rows[0].reasons == ("You chose to skip it.",)
    assert found.new_agencies == ()


def test_known_people_can_be_skipped_while_new_ones_come_in(plan, table_of, add):
    person_id = add(email="ana@example.org")
    found = plan(
        table_of({**ANA, "phone": "5735550100"}, {"first": "Bo", "last": "Li"}), default="skip"
    )
    assert kinds(found) == ["skipped", "new"]
    assert found.rows[0].person_id == person_id


def test_a_row_without_any_name_is_a_problem_that_says_what_to_do(plan, table_of):
    found = plan(table_of({"email": "ana@example.org"}))
    assert kinds(found) == ["problem"]
    issue = found.rows[0].issues[-1]
    assert issue.severity == "error"
    assert "has no name. Expected a first and a last name" in issue.message


def test_a_row_without_a_last_name_is_a_problem(plan, table_of):
    found = plan(table_of({"first": "Ana", "email": "ana@example.org"}))
    assert kinds(found) == ["problem"]
    assert found.rows[0].issues[-1].message.startswith("This row has no last name.")


def test_an_error_in_the_name_makes_a_problem_and_is_said_once(plan):
    issue = Issue("Name", "error", "“Ana and Bo Ito” seems to hold two people.")
    row = SourceRow(2, {"first": "Ana", "last": "Ito"}, {"Name": "Ana and Bo Ito"}, (issue,))
    table = SourceTable("a.csv", "a", 1, (), {"Name": Column("Name", 0, "full_name", 1.0)}, (row,))
    found = plan(table)
    assert kinds(found) == ["problem"]
    assert found.rows[0].issues == (issue,)


def test_an_error_in_another_cell_leaves_the_person_in(plan):
    issue = Issue("Mail", "error", "“ana@” is not an e-mail address.")
    row = SourceRow(2, {"first": "Ana", "last": "Ito"}, {"Mail": "ana@"}, (issue,))
    table = SourceTable("a.csv", "a", 1, (), {"Mail": Column("Mail", 0, "email", 1.0)}, (row,))
    found = plan(table)
    assert kinds(found) == ["new"]
    assert found.rows[0].issues == (issue,)


def test_totals_and_notes_are_counted_as_skipped_with_their_reason(plan, table_of):
    found = plan(table_of(ANA, "It holds totals, not a person."))
    assert kinds(found) == ["new", "skipped"]
    assert found.rows[1].reasons == ("It holds totals, not a person.",)
    assert found.counts["read"] == 2


def test_the_same_person_twice_is_one_and_blanks_are_merged(plan, table_of):
    found = plan(table_of(ANA, {**ANA, "phone": "5735550100"}))
    assert kinds(found) == ["new", "same"]
    assert found.rows[1].same_as_row == 2
    assert found.rows[0].stored["phone"] == "5735550100"
    assert "phone" not in found.rows[0].values
    assert found.rows[1].issues[-1].message == "Adds to row 2: phone."


def test_the_same_person_twice_with_other_values_is_told(plan, table_of):
    found = plan(table_of({**ANA, "phone": "5735550100"}, {**ANA, "phone": "5735550199"}))
    assert found.rows[0].stored["phone"] == "5735550100"
    message = found.rows[1].issues[-1].message
    assert "Row 2 is the same person and has “5735550100”, this row “5735550199”" in message


def test_a_known_person_twice_is_filled_once(plan, table_of, add):
    person_id = add(email="ana@example.org")
    found = plan(table_of(ANA, {**ANA, "phone": "5735550100"}))
    assert kinds(found) == ["update", "same"]
    assert [row.person_id for row in found.rows] == [person_id] * 2
    assert changes(found.rows[0]) == [("phone", "", "5735550100")]


def test_a_skipped_first_row_leaves_the_person_to_the_second(plan, table_of):
    found = plan(table_of(ANA, ANA), choices={2: "skip"})
    assert kinds(found) == ["skipped", "new"]


def test_agencies_are_found_by_any_known_spelling(plan, table_of, db):
    with db.operation("Add agency") as session:
        agency_id = agencies.add(session, agencies.AgencyDraft("Rolla Police Department"))
        agencies.add_spelling(session, agency_id, "Rolla PD")
    found = plan(table_of({**ANA, "agency": "ROLLA P.D."}))
    assert found.rows[0].agency.id == agency_id
    assert found.rows[0].agency.written == "ROLLA P.D."
    assert found.new_agencies == ()


def test_a_new_agency_is_planned_once_for_all_its_rows_in_its_best_spelling(plan, table_of):
    bo = {"first": "Bo", "last": "Li", "agency": "Rolla Police Dept."}
    found = plan(table_of({**ANA, "agency": "ROLLA POLICE DEPT"}, bo))
    agency = found.new_agencies[0]
    assert [one.name for one in found.new_agencies] == ["Rolla Police Dept."]
    assert agency.rows == (2, 3)
    assert agency.kind == "police"


def test_an_agency_that_nobody_needs_is_not_planned(plan, table_of, add):
    add(email="ana@example.org", agency="Rolla PD")
    found = plan(table_of({**ANA, "agency": "Another Agency"}))
    assert kinds(found) == ["same"]
    assert found.new_agencies == ()
    assert found.rows[0].kept[0].after == "Another Agency"


def test_na_is_no_agency(plan, table_of):
    found = plan(table_of({**ANA, "agency": "N/A", "title": "-"}))
    assert found.rows[0].agency is None
    assert found.rows[0].values == ANA


def test_a_title_without_an_agency_is_told(plan, table_of):
    found = plan(table_of({**ANA, "title": "Counselor"}))
    assert "has no agency to be kept with" in found.rows[0].issues[0].message


def test_the_discipline_comes_from_the_column_or_from_title_and_agency(plan, table_of):
    found = plan(
        table_of(
            {**ANA, "discipline": "Dispatch", "agency": "Rolla PD"},
            {"first": "Bo", "last": "Li", "title": "Deputy"},
            {"first": "Cy", "last": "Li", "discipline": "Wizardry"},
        )
    )
    assert [row.stored.get("discipline") for row in found.rows] == ["dispatch", "sheriff", None]
    assert "“Wizardry” is no discipline" in found.rows[2].issues[0].message


def test_an_inferred_discipline_never_replaces_one(plan, table_of, add):
    add(email="ana@example.org", discipline="dispatch", agency="Rolla PD", title="Deputy")
    row = {**ANA, "agency": "Rolla PD", "title": "Deputy"}
    assert kinds(plan(table_of(row), default="update")) == ["same"]


@pytest.mark.parametrize(
    ("written", "county"),
    [
        ("phelps county", "Phelps"),
        ("SAINT LOUIS CITY", "St. Louis City"),
        ("Elsewhere", "Elsewhere"),
    ],
)
def test_counties_are_written_as_the_state_does(plan, table_of, written, county):
    assert plan(table_of({**ANA, "county": written})).rows[0].stored["county"] == county


def test_zeros_only_are_left_out_as_a_state_number(plan, table_of):
    found = plan(table_of({**ANA, "state_number": "00000000"}))
    assert "state_number" not in found.rows[0].stored
    assert "nobody's state number" in found.rows[0].issues[0].message


def test_a_text_that_is_too_long_is_left_out_and_told(plan, table_of):
    found = plan(table_of({**ANA, "title": "x" * 201}))
    assert "title" not in found.rows[0].stored
    assert "at most 200 fit" in found.rows[0].issues[0].message


def test_the_number_of_somebody_else_is_a_problem(plan, table_of, add):
    add(first="Bo", last="Chan", number="00123")
    found = plan(table_of({**ANA, "state_number": "00123"}))
    assert kinds(found) == ["problem"]
    assert found.rows[0].issues[0].column == "state_number"


def test_a_number_of_another_kind_says_nothing(plan, table_of, add, db):
    person_id = add(first="Bo", last="Chan")
    with db.operation("Add number") as session:
        people.add_number(session, person_id, NumberDraft("Badge", "00123"))
    assert kinds(plan(table_of({**ANA, "state_number": "00123"}))) == ["new"]


def test_a_former_agency_is_evidence_too(plan, table_of, add, db):
    person_id = add(agency="Rolla PD")
    with db.operation("Move") as session:
        moved = agencies.find_or_add(session, "St. James PD")
        people.set_current(session, person_id, moved)
    found = plan(table_of({"first": "Ana", "last": "Ito", "agency": "Rolla PD"}))
    assert found.rows[0].person_id == person_id
    assert found.rows[0].reasons == ("same name and agency",)


def test_a_list_of_bare_names_adds_nobody_the_second_time(plan, table_of, db):
    table = table_of({"first": "Ana", "last": "Ito"}, {"first": "Ana", "last": "Ito"})
    commit(db, plan(table), backup=False)
    again = plan(table)
    assert kinds(again) == ["same", "same"]
    assert len({row.person_id for row in again.rows}) == 2


def test_a_person_who_was_renamed_after_the_import_is_still_known(plan, table_of, db):
    table = table_of({"first": "Ana", "last": "Ito"})
    commit(db, plan(table), backup=False)
    with db.operation("Rename") as session:
        session.get(Person, 1).last = "Ruiz"
    assert plan(table).rows[0].person_id == 1


def test_people_are_enrolled_who_are_not_in_the_class(plan, table_of, add, class_id):
    add(email="ana@example.org")
    found = plan(table_of(ANA, {"first": "Bo", "last": "Li"}, ANA), class_id)
    assert kinds(found) == ["update", "new", "same"]
    assert [row.enrolls for row in found.rows] == [True, True, False]
    assert changes(found.rows[0]) == [("class", "", "CIT40-2026-01")]
    assert found.enrolls == 2


def test_somebody_who_withdrew_is_not_enrolled_again(plan, table_of, add, class_id, db):
    person_id = add(email="ana@example.org")
    with db.operation("Withdraw") as session:
        enrollment.withdraw(session, enrollment.enroll(session, class_id, person_id))
    row = plan(table_of(ANA), class_id).rows[0]
    assert (row.kind, row.enrolls) == ("same", False)
    assert "Withdrew" in row.issues[0].message


def test_more_people_than_seats_are_told(plan, table_of, class_id, db):
    with db.operation("Change seats") as session:
        session.get(TrainingClass, class_id).seats = 1
    found = plan(table_of(ANA, {"first": "Bo", "last": "Li"}), class_id)
    assert found.notes == (
        "CIT40-2026-01 has 1 seat and would have 2 people. Skip some rows, or add seats.",
    )


def test_nobody_can_be_planned_into_a_finalized_or_missing_class(plan, table_of, class_id, db):
    with db.operation("Finalize") as session:
        session.get(TrainingClass, class_id).status = "finalized"
    with pytest.raises(Refused, match="CIT40-2026-01 is finalized"):
        plan(table_of(ANA), class_id)
    with pytest.raises(NotFound):
        plan(table_of(ANA), class_id + 1)


def test_hours_of_past_classes_are_shown_and_said_not_to_be_taken(plan, table_of):
    found = plan(table_of({**ANA, "minutes": 2400, "completed": "2020-03-09"}))
    assert found.rows[0].values["minutes"] == 2400
    assert "shown but not taken" in found.notes[0]


def test_planning_asks_as_many_questions_for_many_rows_as_for_one(plan, table_of, db, class_id):
    asked = []

    def count(*args):
        asked.append(args[2])

    rows = [{"first": "Ana", "last": f"Ito{n}", "agency": f"Agency {n}"} for n in range(60)]
    event.listen(db._engine, "before_cursor_execute", count)
    plan(table_of(rows[0]), class_id)
    one = len(asked)
    plan(table_of(*rows), class_id)
    assert len(asked) == 2 * one


def test_planning_writes_nothing(plan, table_of, dump, class_id):
    before = dump()
    plan(table_of({**ANA, "agency": "Rolla PD"}), class_id)
    assert dump() == before


def test_a_changed_title_is_filled_only_where_it_was_blank(plan, table_of, add, db):
    add(email="ana@example.org", agency="Rolla PD")
    row = {**ANA, "agency": "Rolla PD", "title": "Sergeant"}
    found = plan(table_of(row))
    assert changes(found.rows[0]) == [("title", "", "Sergeant")]
    with db.operation("Title") as session:
        session.get(Employment, 1).title = "Officer"
    assert kinds(plan(table_of(row))) == ["same"]
    found = plan(table_of(row), default="update")
    assert changes(found.rows[0]) == [("title", "Officer", "Sergeant")]


def test_a_problem_of_two_names_with_one_number_stays_one_when_read_again(plan, table_of, db):
    table = table_of(
        {"first": "Ana", "last": "Ito", "state_number": "00123"},
        {"first": "Ana", "last": "Ruiz", "state_number": "00123"},
    )
    first = plan(table)
    assert kinds(first) == ["new", "problem"]
    commit(db, first, backup=False)
    assert kinds(plan(table)) == ["same", "problem"]


def test_the_known_name_of_an_agency_tells_the_discipline_of_new_people_only(
    plan, table_of, add, db
):
    with db.operation("Add agency") as session:
        agency_id = agencies.add(session, agencies.AgencyDraft("Rolla Police Department"))
        agencies.add_spelling(session, agency_id, "Rolla Dept")
    add(email="ana@example.org")
    with db.operation("Blank") as session:
        session.get(Person, 1).discipline = ""
    bo = {"first": "Bo", "last": "Li", "agency": "Rolla Dept"}
    found = plan(table_of({**ANA, "agency": "Rolla Dept"}, bo))
    assert [row.stored.get("discipline") for row in found.rows] == [None, "municipal_police"]
    assert changes(found.rows[0]) == [("agency", "", "Rolla Dept")]


def test_comparing_says_how_far_it_is_and_can_be_stopped(plan, table_of):
    rows = [{"first": "Ana", "last": f"Ito{number}"} for number in range(120)]
    told = []

    def progress(done, total, what=""):
        told.append((done, total))
        if done == 100:
            raise Cancelled

    with pytest.raises(Cancelled):
        plan(table_of(*rows), progress=progress)
    assert told == [(0, 120), (50, 120), (100, 120)]
