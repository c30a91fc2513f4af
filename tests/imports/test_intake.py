"""Whatever comes in: what it is taken for, what it would do, and that it is done."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from cit_desktop.errors import Conflict
from cit_desktop.exports import edit_xlsx
from cit_desktop.imports import intake
from cit_desktop.imports.intake import Decisions
from cit_desktop.imports.marked import SheetPlan
from cit_desktop.imports.planned import Plan
from cit_desktop.imports.returned_plan import ReturnedPlan
from cit_desktop.models import Attendance, NotSame, Person
from cit_desktop.services import classes, courses, editing, people, undo
from cit_desktop.services.people import PersonDraft


@pytest.fixture
def week(db):
    """A class of ten half-days, whose days are past."""
    with db.operation("Add class") as session:
        courses.seed(session)
        start = date(2026, 10, 12)
        draft = classes.ClassDraft(title="Fall class", start=start, course_code="CIT40")
        return classes.create(session, 1, draft)


@pytest.fixture
def take(db, week, fixtures):
    """Open a file as it guesses to be taken, and compare it."""

    def make(name, class_id=None, **decided):
        path = fixtures / name if isinstance(name, str) else name
        chosen = Decisions(class_id=class_id)
        opened = intake.open_file(path, chosen)
        chosen = replace(chosen, **{"purpose": intake.purpose_of(opened, class_id)} | decided)
        return intake.compare(db, opened, chosen)

    return make


@pytest.mark.parametrize(
    ("name", "into", "purpose"),
    [
        ("web_form_a.csv", False, "people"),
        ("web_form_a.csv", True, "roster"),
        ("agency_sheet_a.xlsx", True, "roster"),
        ("old_a.xls", True, "roster"),
        ("semicolons_a.csv", False, "people"),
        ("history_a.xlsx", False, "history"),
        ("history_a.xlsx", True, "roster"),
        ("sign_in_a.xlsx", True, "attendance"),
        ("sign_in_a.xlsx", False, "attendance"),
    ],
)
def test_a_file_tells_what_it_is_for(fixtures, name, into, purpose):
    class_id = 1 if into else None
    opened = intake.open_file(fixtures / name, Decisions(class_id=class_id))
    assert intake.purpose_of(opened, class_id) == purpose


@pytest.mark.parametrize(
    ("purpose", "class_id", "needs"),
    [
        ("people", None, False),
        ("history", None, False),
        ("roster", None, True),
        ("attendance", None, True),
        ("attendance", 1, False),
    ],
)
def test_a_roster_and_a_sign_in_sheet_need_a_class(purpose, class_id, needs):
    assert Decisions(purpose=purpose, class_id=class_id).needs_class is needs


def test_all_sheets_of_finished_classes_are_read_and_one_can_be_chosen(fixtures):
    opened = intake.open_file(fixtures / "history_a.xlsx", Decisions())
    assert len(opened.table.sheets) == 10
    one = intake.read(opened.book, Decisions("history", sheet="2018"))
    assert (one.table.sheet, one.table.sheets) == ("2018", ())
    all_again = intake.read(opened.book, Decisions("history", sheet="2018", all_sheets=True))
    assert len(all_again.table.rows) == len(opened.table.rows)


def test_a_sign_in_sheet_gives_its_truth_once_its_people_are_enrolled(db, week, take, fixtures):
    intake.write(db, take("sign_in_a.xlsx", week, purpose="roster"))
    plan = take("sign_in_a.xlsx", week)
    assert isinstance(plan, SheetPlan)
    assert plan.counts["marked"] == len(plan.rows)
    intake.write(db, plan)
    truth = json.loads((fixtures / "sign_in_a.xlsx.truth.json").read_text("utf-8"))["rows"]
    with db.read() as session:
        total = session.scalar(select(func.sum(Attendance.minutes)))
    assert total == round(sum(row["total"] for row in truth) * 60)
    undo.undo(db)
    with db.read() as session:
        assert session.scalar(select(func.count(Attendance.id))) == 0


def test_finished_classes_come_in_with_their_old_numbers(db, take):
    plan = take("history_a.xlsx")
    assert isinstance(plan, Plan)
    assert plan.options.purpose == "history"
    result = intake.write(db, plan)
    assert result.backup.is_file()
    assert take("history_a.xlsx").counts["new"] == 0


def test_an_edited_list_is_known_again_whatever_it_was_dropped_on(db, week, take, tmp_path):
    with db.operation("Add person") as session:
        draft = PersonDraft(last="Ito", first="Ana", email="ana@example.org")
        people.add(session, draft)
    path = tmp_path / "people.xlsx"
    with db.read() as session:
        path.write_bytes(edit_xlsx.workbook(editing.document(session, "people")))
    plan = take(path, week)
    assert isinstance(plan, ReturnedPlan)
    assert not plan.changes_anything
    assert intake.write(db, plan).batch_id is None
    assert intake.problems(plan) == 0
    assert "1 unchanged" in intake.summary(plan)


def test_problems_are_counted_whatever_the_plan(take, week):
    marks = take("sign_in_a.xlsx", week)
    assert intake.problems(marks) == len(marks.rows)  # nobody is in the class
    assert "not taken" in intake.summary(marks)
    people_of = take("web_form_a.csv", week)
    assert intake.problems(people_of) == people_of.counts["problem"]
    assert intake.summary(people_of).startswith("32 rows read")


def test_what_was_pasted_is_read_like_a_file(db, week):
    opened = intake.open_pasted("First\tLast\nAna\tIto\nBo\tLi\n", "", "Pasted", Decisions())
    plan = intake.compare(db, opened, Decisions())
    assert plan.counts["new"] == 2
    constants = Decisions(constants={"agency": "Rolla PD"})
    again = intake.read(opened.book, constants)
    with_agency = intake.compare(db, again, constants)
    assert [one.name for one in with_agency.new_agencies] == ["Rolla PD"]


# Not the same person


@pytest.fixture
def ana(db):
    with db.operation("Add person") as session:
        draft = PersonDraft(last="Ito", first="Ana", email="ana@example.org")
        return people.add(session, draft)


def planned(db, text, *strangers):
    opened = intake.open_pasted(text, "", "Pasted", Decisions())
    decided = Decisions()
    options = replace(decided.options, strangers=frozenset(strangers))
    return intake.compare(db, opened, replace(decided, options=options))


LIST = "First\tLast\tEmail\nAna\tIto\tana@example.org\nBo\tLi\tbo@example.org\n"


def test_somebody_who_is_not_the_same_comes_in_as_somebody_new_and_is_kept_apart(db, ana):
    assert planned(db, LIST).rows[0].person_id == ana
    plan = planned(db, LIST, 2)
    assert (plan.rows[0].kind, plan.rows[0].person_id) == ("new", None)
    result = intake.write(db, plan)
    with db.read() as session:
        apart = session.execute(select(NotSame.person_id, NotSame.other_id)).all()
        assert apart == [(ana, result.person_ids[2])]
        assert session.scalar(select(func.count(Person.id))) == 3


def test_the_same_list_again_knows_the_one_that_was_kept_apart(db, ana):
    made = intake.write(db, planned(db, LIST, 2)).person_ids
    again = planned(db, LIST)
    assert [row.kind for row in again.rows] == ["same", "same"]
    assert again.rows[0].person_id == made[2]


def test_undo_takes_the_decision_back_with_the_person(db, ana):
    intake.write(db, planned(db, LIST, 2))
    undo.undo(db)
    with db.read() as session:
        assert session.scalar(select(func.count(NotSame.id))) == 0


def test_a_row_that_is_another_person_than_one_above_is_added_too(db):
    twice = LIST + "Ana\tIto\tana@example.org\n"
    assert planned(db, twice).rows[2].same_as_row == 2
    apart = planned(db, twice, 4)
    assert [row.kind for row in apart.rows] == ["new"] * 3
    assert len(set(intake.write(db, apart).person_ids.values())) == 3


def test_a_state_number_of_somebody_else_speaks_against_a_stranger(db):
    text = "First\tLast\tPOST #\nAna\tIto\t12345678\nBo\tLi\t12345679\n"
    intake.write(db, planned(db, text))
    other = text.replace("Bo\tLi\t12345679", "Cy\tOrr\t12345670")
    plan = planned(db, other, 2)
    assert plan.rows[0].kind == "problem"
    assert "is the state number of" in plan.rows[0].issues[0].message


def test_a_plan_with_strangers_is_compared_anew_with_them(db, ana):
    plan = planned(db, LIST, 2)
    with db.operation("Add person") as session:
        people.add(session, PersonDraft(last="Orr", first="Cy"))
    assert intake.write(db, plan).counts["new"] == 2
    stale = planned(db, LIST.replace("Li", "Poe"), 2)
    with db.operation("Add person") as session:
        people.add(session, PersonDraft(last="Poe", first="Bo", email="bo@example.org"))
    with pytest.raises(Conflict):
        intake.write(db, stale)
