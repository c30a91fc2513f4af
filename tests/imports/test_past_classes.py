"""Finished classes of past years: people, classes, results and old certificates on record."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from cit_desktop.errors import NotFound
from cit_desktop.imports import places, report, sheets
from cit_desktop.imports.apply import commit, run
from cit_desktop.imports.plan import make_plan
from cit_desktop.imports.planned import PlanOptions
from cit_desktop.models import Certificate, Course, Enrollment, NumberSeries, Person, TrainingClass
from cit_desktop.services import certification, check, courses, transcript, undo

HISTORY = PlanOptions(purpose="history")


@pytest.fixture
def taught(db):
    """Records with the program's own courses."""
    with db.operation("Add courses") as session:
        courses.seed(session)
    return db


@pytest.fixture
def plan(taught, table_of):
    def make(*rows, **options):
        with taught.read() as session:
            chosen = PlanOptions(purpose="history", **options)
            return make_plan(session, table_of(*rows), options=chosen)

    return make


def row(first="Ana", day="2019-05-03", **more):
    return {"first": first, "last": "Ito", "agency": "Rolla PD", "completed": day, **more}


def all_of(db, *columns):
    with db.read() as session:
        return session.execute(select(*columns)).all()


def truth_of(fixtures):
    return json.loads((fixtures / "history_a.xlsx.truth.json").read_text("utf-8"))


# The sample


@pytest.fixture
def sample(taught, fixtures):
    plan, _ = run(taught, fixtures / "history_a.xlsx", backup=False)
    return plan


def test_the_ten_sheets_of_the_sample_give_exactly_its_truth(taught, fixtures, sample):
    truth = truth_of(fixtures)
    with taught.read() as session:
        statement = (
            select(
                Person.first, Person.last, Person.suffix, Certificate.completed_on,
                Certificate.minutes, Certificate.number,
            )
            .join(Person, Person.id == Certificate.person_id)
        )  # fmt: skip
        found = sorted(tuple(one) for one in session.execute(statement))
    expected = sorted(
        (
            one["first"], one["last"], one["suffix"], date.fromisoformat(one["completed"]),
            round(one["hours"] * 60), one["certificate"],
        )
        for one in truth["rows"]
    )  # fmt: skip
    assert found == expected


def test_who_came_again_in_another_year_is_one_person(taught, fixtures, sample):
    truth = truth_of(fixtures)
    assert len(all_of(taught, Person.id)) == truth["people"]
    assert sample.counts["new"] == truth["people"]
    assert (
        sample.counts["read"]
        == len(truth["rows"])
        == sum(sample.counts[kind] for kind in ("new", "update", "same", "skipped", "problem"))
    )
    assert sample.counts["problem"] == sample.counts["skipped"] == 0


def test_the_sample_again_adds_nothing(taught, fixtures, sample):
    for options in (None, PlanOptions(purpose="history", join_agencies=True)):
        again, result = run(taught, fixtures / "history_a.xlsx", options=options, backup=False)
        assert (again.counts["new"], again.counts["update"]) == (0, 0)
    assert result.enrolled == 0


def test_undo_takes_the_classes_back_with_the_people(taught, fixtures, dump):
    before = dump()
    run(taught, fixtures / "history_a.xlsx", backup=False)
    undo.undo(taught)
    assert dump() == before


def test_the_records_hold_together_with_what_is_on_record(taught, sample):
    with taught.read() as session:
        assert [one for one in check.run(session) if one.severity == "error"] == []
        assert session.scalar(select(func.count()).select_from(NumberSeries)) == 0
        statuses = Counter(session.scalars(select(TrainingClass.status)))
    assert set(statuses) == {"on record"}


def test_the_agencies_of_the_sample_can_be_joined(taught, fixtures):
    options = PlanOptions(purpose="history", join_agencies=True)
    plan, _ = run(taught, fixtures / "history_a.xlsx", options=options, backup=False)
    assert len(plan.new_agencies) == len({one["agency"] for one in truth_of(fixtures)["rows"]})


def test_rows_of_several_sheets_say_where_they_stand(sample):
    data = report.to_json(sample)
    assert [row["sheet"] for row in data["rows"]][::22] == [str(y) for y in range(2016, 2026)]
    assert {row["row"] for row in data["rows"]} == set(range(4, 26))
    assert data["purpose"] == "history"
    assert data["rows"][0]["class"] == {
        "course": "CIT40", "completed": "2016-03-09", "minutes": 2190,
        "certificate": "2016-001", "result": "completed",
    }  # fmt: skip


# What a row makes


def test_people_of_one_day_and_course_are_in_one_class(taught, plan):
    rows = [row("Ana"), row("Bo"), row("Cy", "2019-10-04"), row("Di", minutes=480)]
    made = plan(*rows, courses={480: "REF8"})
    commit(taught, made, backup=False)
    assert all_of(taught, TrainingClass.code, TrainingClass.ends, TrainingClass.status) == [
        ("CIT40-2019-01", date(2019, 5, 3), "on record"),
        ("CIT40-2019-02", date(2019, 10, 4), "on record"),
        ("REF8-2019-01", date(2019, 5, 3), "on record"),
    ]
    assert len(all_of(taught, Enrollment.id)) == 4


def test_a_later_list_of_the_same_day_comes_into_the_same_class(taught, plan):
    commit(taught, plan(row("Ana")), backup=False)
    commit(taught, plan(row("Bo")), backup=False)
    assert len(all_of(taught, TrainingClass.id)) == 1
    assert len(all_of(taught, Enrollment.id)) == 2


def test_a_class_on_record_counts_for_the_standing_and_the_transcript(taught, plan):
    commit(taught, plan(row(certificate="2019-007", minutes=2400)), backup=False)
    with taught.read() as session:
        person_id = session.scalars(select(Person.id)).one()
        found = transcript.of(session, person_id, date(2019, 6, 1))
        standing = certification.standing(session, [person_id], date(2019, 6, 1))
    assert standing[person_id].state == "current"
    assert found.total == 2400
    assert [(line.status, line.certificate) for line in found.lines] == [("on record", "2019-007")]


def test_too_few_hours_without_a_certificate_are_attended_in_part(taught, plan):
    commit(taught, plan(row("Ana", minutes=2100), row("Bo", minutes=2400)), backup=False)
    assert all_of(taught, Enrollment.result) == [("partial",), ("completed",)]


def test_a_row_without_a_day_is_a_person_without_a_class_and_says_so(taught, plan):
    bare = {"first": "Ana", "last": "Ito", "certificate": "7"}
    made = plan(bare)
    assert (made.rows[0].kind, made.rows[0].training) == ("new", None)
    assert "when it was completed" in made.rows[0].issues[0].message
    given = plan(bare, past_day=date(2018, 3, 2))
    assert given.rows[0].training.day == date(2018, 3, 2)


def test_the_day_of_a_title_is_offered(taught, make_book):
    path = make_book(
        [["CIT class, Rolla, October 12–16, 2020"], ["Name", "Cert #"], ["Ito, Ana", "1"]]
    )
    table = sheets.read_list(path)
    with taught.read() as session:
        assert make_plan(session, table, options=HISTORY).offered_day == date(2020, 10, 16)


def test_a_number_of_somebody_else_is_left_out_and_told(taught, plan):
    commit(taught, plan(row("Ana", certificate="2019-001")), backup=False)
    made = plan(row("Bo", certificate="2019-001"), row("Cy", certificate="X1"),
                row("Di", certificate="x-1"))  # fmt: skip
    assert [one.training.certificate for one in made.rows] == ["", "X1", ""]
    assert [len(one.issues) for one in made.rows] == [1, 0, 1]
    commit(taught, made, backup=False)
    assert len(all_of(taught, Certificate.id)) == 2


def test_the_same_person_in_two_years_has_two_classes(taught, plan):
    made = plan(row(), row(day="2021-05-03"), row())
    assert [one.kind for one in made.rows] == ["new", "update", "same"]
    commit(taught, made, backup=False)
    assert len(all_of(taught, Enrollment.id)) == 2
    assert len(all_of(taught, Person.id)) == 1


def test_the_agency_of_each_year_is_the_one_of_its_row(taught, plan):
    commit(taught, plan(row(state_number="7"), row(day="2021-05-03", agency="Dent Co SO",
                                                   state_number="7")), backup=False)  # fmt: skip
    agencies = [one for (one,) in all_of(taught, Enrollment.agency_id)]
    assert len(set(agencies)) == 2
    assert None not in agencies


# Courses


def test_hours_tell_the_course_and_what_was_assumed_is_said(plan):
    made = plan(row("A", minutes=2400), row("B", minutes=2190), row("C", minutes=480), row("D"))
    assert [(one.minutes, one.code, one.sure) for one in made.courses] == [
        (0, "CIT40", False),
        (480, "REF8", False),
        (2190, "CIT40", True),
        (2400, "CIT40", True),
    ]
    assert any("8 hours came in as REF8" in note for note in made.notes)


def test_a_course_is_chosen_for_so_many_hours_or_for_all(plan):
    rows = [row("A", minutes=2400), row("B", minutes=480)]
    made = plan(*rows, courses={480: "DISP8"})
    assert [one.training.course for one in made.rows] == ["CIT40", "DISP8"]
    assert [one.training.course for one in plan(*rows, course="CORR16").rows] == ["CORR16"] * 2


def test_a_course_that_there_is_not_is_refused(plan):
    with pytest.raises(NotFound, match="XYZ"):
        plan(row(), course="XYZ")


def test_records_without_a_course_cannot_take_past_classes(db, table_of):
    assert all_of(db, Course.id) == []
    with db.read() as session, pytest.raises(NotFound, match="no course"):
        make_plan(session, table_of(row()), options=HISTORY)


# Days that can be read two ways


DAYS = [["Name", "Class date", "Cert #"], ["Ito, Ana", "3/4/2019", "1"], ["Lee, Bo", "5/6/2019", 2]]


def test_a_day_that_can_be_two_makes_no_class_until_somebody_said_which(taught, make_book):
    path = make_book(DAYS)
    plan, _ = run(taught, path, backup=False)
    assert [one.kind for one in plan.rows] == ["new", "new"]
    assert all_of(taught, TrainingClass.id) == []
    table = sheets.read_list(path, usual_order="dmy")
    with taught.read() as session:
        again = make_plan(session, table, options=HISTORY)
    assert [one.training.day for one in again.rows] == [date(2019, 4, 3), date(2019, 6, 5)]
    commit(taught, again, backup=False)
    assert len(all_of(taught, Certificate.id)) == 2


def test_what_one_sheet_proves_of_its_days_holds_for_its_like(make_book):
    other = [DAYS[0], ["Kim, Cy", "25/6/2020", "3"]]
    table = sheets.read_list(make_book(DAYS, Second=other))
    assert table.sheets == ("First", "Second")
    assert table.doubts == ()
    assert [one.values["completed"] for one in table.records] == [
        "2019-04-03", "2019-06-05", "2020-06-25",
    ]  # fmt: skip


# Several sheets


def test_sheets_that_are_no_such_list_are_left_out_and_named(make_book):
    path = make_book(
        [*DAYS, ["Kim, Cy", "12/31/2019", 3]],
        Directions=[["Park behind the building"]],
        Agencies=[["Agency", "Phone"], ["Rolla PD", "5735550100"]],
        More=[["Officer", "Completed", "Certificate No."], ["Orr, Di", "2020-01-02", 4]],
    )
    table = sheets.read_list(path)
    assert table.sheets == ("First", "More")
    assert table.other_sheets == ("Directions", "Agencies")
    assert [places.words(one.row) for one in table.records][-1] == "row 2 of sheet 2"


def test_sheets_of_people_are_read_one_at_a_time_unless_all_are_wanted(make_book):
    people = [["Last", "First", "Agency"], ["Ito", "Ana", "Rolla PD"]]
    path = make_book(people, Waiting=[people[0], ["Lee", "Bo", "Rolla PD"]])
    assert len(sheets.read_list(path).records) == 1
    assert len(sheets.read_list(path, all_sheets=True).records) == 2
    assert len(sheets.read_list(path, "Waiting").records) == 1
