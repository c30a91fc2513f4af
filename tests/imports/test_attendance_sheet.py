"""Attendance from a sign-in sheet onto the blocks of a class."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from cit_desktop import clock
from cit_desktop.errors import Conflict, FileProblem, Refused
from cit_desktop.imports import apply, attendance_apply
from cit_desktop.imports.attendance_apply import run
from cit_desktop.imports.attendance_sheet import holds_marks, plan_marks
from cit_desktop.imports.reading import read_table
from cit_desktop.models import (
    Attendance,
    Block,
    Enrollment,
    ImportBatch,
    Operation,
    Person,
    TrainingClass,
)
from cit_desktop.services import attendance, enrollment, undo

ANA = {"first": "Ana", "last": "Ito"}
BO = {"first": "Bo", "last": "Li"}


@pytest.fixture
def week(db, class_id):
    """The class with ten half-days from Monday to Friday."""
    monday = date(2026, 10, 12)
    with db.operation("Add blocks") as session:
        for number in range(1, 10):
            day, half = divmod(number, 2)
            session.add(
                Block(
                    class_id=class_id,
                    day=monday + timedelta(days=day),
                    starts_at=480 + 300 * half,
                    minutes=240,
                    title="Block",
                )
            )
    return class_id


@pytest.fixture
def enrolled(db, week, table_of):
    """Ana and Bo are in the class."""

    def add(*rows):
        with db.read() as session:
            plan = apply.make_plan(session, table_of(*rows, source="people.csv"), week)
        apply.commit(db, plan, backup=False)

    add(ANA, BO)
    return add


@pytest.fixture
def sheet(make_text):
    def make(text):
        return make_text(text, "signin.csv")

    return make


@pytest.fixture
def marks(db):
    """Every mark by first name and number of the block."""

    def make():
        with db.read() as session:
            found = session.execute(
                select(Person.first, Attendance.block_id, Attendance.mark, Attendance.minutes)
                .join(Enrollment, Enrollment.id == Attendance.enrollment_id)
                .join(Person, Person.id == Enrollment.person_id)
            )
            return {(row.first, row.block_id): (row.mark, row.minutes) for row in found}

    return make


@pytest.mark.parametrize(
    ("cells", "marked", "note"),
    [
        (("1", "0"), [("present", 240), ("absent", 0)], "1 was taken as there"),
        (("1", "4"), [("partial", 60), ("present", 240)], "1 and 0 were taken as hours"),
        (("0", "4"), [("absent", 0), ("present", 240)], None),
    ],
)
def test_ones_and_zeros_are_marks_or_hours_and_doubt_is_told(
    db, enrolled, sheet, marks, week, cells, marked, note
):
    planned = run(db, sheet(f"First,Last,Mon AM,Mon PM\nAna,Ito,{cells[0]},{cells[1]}\n"), week)
    assert [found for _, found in sorted(marks().items())] == marked
    assert any(note in told for told in planned.notes) if note else "taken as" not in str(planned)


def test_the_sample_gives_the_hours_of_its_truth(db, fixtures, week):
    path = fixtures / "sign_in_a.xlsx"
    apply.run(db, path, class_id=week, backup=False)
    plan = run(db, path, week, backup=False)
    assert plan.counts == {"read": 26, "marked": 26, "same": 0, "skipped": 0, "problem": 0}
    assert not plan.left_over
    truth = json.loads((fixtures / "sign_in_a.xlsx.truth.json").read_text("utf-8"))
    with db.read() as session:
        blocks = session.scalars(
            select(Block.id).where(Block.class_id == week).order_by(Block.day, Block.starts_at)
        ).all()
        found = session.execute(
            select(Person.first, Person.last, Attendance.block_id, Attendance.minutes)
            .join(Enrollment, Enrollment.person_id == Person.id)
            .join(Attendance, Attendance.enrollment_id == Enrollment.id)
        ).all()
    stored = {(row.first, row.last, row.block_id): row.minutes for row in found}
    for row in truth["rows"]:
        hours = [stored.get((row["first"], row["last"], block), 0) / 60 for block in blocks]
        assert hours == row["hours"], row["last"]


def test_blank_cells_of_the_sample_stay_unmarked_and_are_said(db, fixtures, week):
    path = fixtures / "sign_in_a.xlsx"
    apply.run(db, path, class_id=week, backup=False)
    plan = run(db, path, week, backup=False)
    blank = sum(row.blank for row in plan.rows)
    assert blank == 5
    assert len(plan.marks) == 26 * 10 - blank
    assert any(note.startswith("5 cells are blank and stay unmarked") for note in plan.notes)


def test_the_same_sheet_again_marks_nothing(db, fixtures, week, dump):
    path = fixtures / "sign_in_a.xlsx"
    apply.run(db, path, class_id=week, backup=False)
    run(db, path, week, backup=False)
    before = dump()
    assert run(db, path, week, backup=False).counts["same"] == 26
    assert dump() == before


def test_the_marks_are_one_step_that_undo_takes_back(db, enrolled, week, sheet, dump):
    before = dump()
    run(db, sheet("Name,Mon AM,Mon PM\nAna Ito,X,3.25\nBo Li,A,L\n"), week, backup=False)
    with db.read() as session:
        labels = session.scalars(select(Operation.label).order_by(Operation.id)).all()
    assert labels[-1] == "Import attendance from signin.csv"
    undo.undo(db)
    assert dump() == before


def test_every_kind_of_mark_is_stored_with_its_minutes(db, enrolled, week, sheet, marks):
    run(db, sheet("Name,Mon AM,Mon PM,Tue AM\nAna Ito,✓,3.25h,E\nBo Li,0,L,\n"), week, backup=False)
    assert marks() == {
        ("Ana", 1): ("present", 240),
        ("Ana", 2): ("partial", 195),
        ("Ana", 3): ("excused", 0),
        ("Bo", 1): ("absent", 0),
        ("Bo", 2): ("late", 240),
    }


def test_a_mark_that_is_there_is_kept_and_told(db, enrolled, week, sheet, marks):
    with db.operation("Mark") as session:
        attendance.mark(session, 1, 1, "absent")
    plan = run(db, sheet("Name,Mon AM\nAna Ito,X\nBo Li,X\n"), week, backup=False)
    assert marks()["Ana", 1] == ("absent", 0)
    assert plan.rows[0].kept == 1
    assert "Marked already as absent, 0 h; the sheet says present, 4 h" in (
        plan.rows[0].issues[0].message
    )
    assert "1 mark differs from the sheet and stayed as marked." in plan.notes


def test_marks_are_replaced_where_that_was_chosen(db, enrolled, week, sheet, marks):
    with db.operation("Mark") as session:
        attendance.mark(session, 1, 1, "absent")
    run(db, sheet("Name,Mon AM\nAna Ito,X\nBo Li,X\n"), week, overwrite=True, backup=False)
    assert marks()["Ana", 1] == ("present", 240)


def test_a_cell_that_is_no_mark_is_left_unmarked_and_told(db, enrolled, week, sheet, marks):
    text = "Name,Mon AM,Mon PM\nAna Ito,X,perhaps\nBo Li,9,P\n"
    plan = run(db, sheet(text), week, backup=False)
    assert sorted(marks()) == [("Ana", 1), ("Bo", 2)]
    assert plan.left_over
    messages = [row.issues[0].message for row in plan.rows]
    assert messages[0].startswith("“perhaps” is no mark that is known.")
    assert messages[1] == "“9” is longer than the 4 hours there; left unmarked."


def test_a_whole_day_in_one_column_is_both_of_its_blocks(db, enrolled, week, sheet, marks):
    plan = run(db, sheet("Name,Mon,Tue\nAna Ito,X,8\nBo Li,3,A\n"), week, backup=False)
    assert {key: mark for key, (mark, _) in marks().items()} == {
        ("Ana", 1): "present", ("Ana", 2): "present",
        ("Ana", 3): "present", ("Ana", 4): "present",
        ("Bo", 3): "absent", ("Bo", 4): "absent",
    }  # fmt: skip
    assert "does not say which of the 2 blocks" in plan.rows[1].issues[0].message


def test_somebody_outside_the_class_is_a_problem_and_not_enrolled(db, enrolled, week, sheet):
    plan = run(db, sheet("Name,Mon AM\nCy Chan,X\nBo Li,X\n"), week, backup=False)
    assert [row.kind for row in plan.rows] == ["problem", "marked"]
    assert "is not a trainee of this class" in plan.rows[0].issues[0].message
    assert plan.left_over


def test_a_name_that_two_trainees_share_is_a_problem(db, enrolled, week, sheet):
    enrolled({**ANA, "middle": "Maria", "email": "other@example.org"})
    plan = run(db, sheet("Name,Mon AM\nAna Ito,X\nBo Li,X\n"), week, backup=False)
    assert plan.rows[0].kind == "problem"
    assert "perhaps Ana Ito or Ana Maria Ito" in plan.rows[0].issues[0].message


def test_a_name_that_is_only_alike_marks_nobody(db, enrolled, week, sheet, marks):
    plan = run(db, sheet("Name,Mon AM\nAnna Ito,X\nBo Li,X\n"), week, backup=False)
    assert [row.kind for row in plan.rows] == ["problem", "marked"]
    assert "not certain who Anna Ito is: perhaps Ana Ito." in plan.rows[0].issues[0].message
    assert marks() == {("Bo", 1): ("present", 240)}


def test_a_person_who_stands_twice_counts_once(db, enrolled, week, sheet, marks):
    plan = run(db, sheet("Name,Mon AM\nAna Ito,X\nAna Ito,A\n"), week, backup=False)
    assert [row.kind for row in plan.rows] == ["marked", "problem"]
    assert marks() == {("Ana", 1): ("present", 240)}


def test_somebody_who_withdrew_is_not_marked(db, enrolled, week, sheet):
    with db.operation("Withdraw") as session:
        enrollment.withdraw(session, 1)
    plan = run(db, sheet("Name,Mon AM\nAna Ito,X\nBo Li,X\n"), week, backup=False)
    assert [row.kind for row in plan.rows] == ["problem", "marked"]


def test_totals_and_notes_are_skipped_and_every_row_is_counted(db, enrolled, week, sheet):
    text = "Name,Mon AM\nAna Ito,X\nTotal,1\n,X\n"
    plan = run(db, sheet(text), week, backup=False)
    assert plan.counts["read"] == 3 == len(plan.rows)
    assert plan.counts["skipped"] >= 1


def test_columns_that_are_no_blocks_are_refused_with_what_to_do(db, enrolled, week, table_of):
    table = table_of(ANA)
    with pytest.raises(FileProblem, match="0 columns of marks, and the class has 10 blocks"):
        with db.read() as session:
            plan_marks(session, table, week)


def test_what_the_sheet_leaves_out_is_said(db, enrolled, week, sheet):
    plan = run(db, sheet("Name,Mon AM,Sat AM\nAna Ito,X,X\nBo Li,X,X\n"), week, backup=False)
    assert "The column “Sat AM” is no block of this class; it was left out." in plan.notes
    assert "9 of 10 blocks are not on this sheet." in plan.notes


def test_a_finalized_class_is_not_marked(db, enrolled, week, sheet):
    with db.operation("Finalize") as session:
        session.get(TrainingClass, week).status = "finalized"
    with pytest.raises(Refused):
        run(db, sheet("Name,Mon AM\nAna Ito,X\n"), week, backup=False)


def test_an_open_operation_can_take_the_marks(db, enrolled, week, sheet, marks):
    table = read_table(sheet("Name,Mon AM\nAna Ito,X\nBo Li,\n"))
    with db.operation("Something else") as session:
        plan = plan_marks(session, table, week)
        assert attendance_apply.apply(session, plan)
    assert marks() == {("Ana", 1): ("present", 240)}


def test_nobody_is_said_to_have_been_in_a_block_to_come(db, enrolled, week, sheet, marks):
    clock.set_source(lambda: datetime(2026, 10, 12, 20, tzinfo=UTC))
    try:
        text = "Name,Mon AM,Tue AM,Tue PM,Wed AM\nAna Ito,X,X,2,E\nBo Li,,,,X\n"
        plan = run(db, sheet(text), week, backup=False)
    finally:
        clock.set_source(None)
    assert marks() == {("Ana", 1): ("present", 240), ("Ana", 5): ("excused", 0)}
    assert [row.kind for row in plan.rows] == ["marked", "same"]
    told = [note for note in plan.notes if "still to come" in note]
    assert [note.split(":")[1] for note in told] == [
        " 2 marks were left out.",
        " 1 mark was left out.",
    ]
    assert told[0].startswith("Oct 13, 2026 is still to come")


# What somebody says about it, and what is kept of it


def test_columns_under_days_or_halves_of_days_make_a_sign_in_sheet(sheet, table_of):
    assert holds_marks(read_table(sheet("Name,Mon AM,Mon PM\nAna Ito,X,A\nBo Li,X,\n")))
    assert not holds_marks(read_table(sheet("Name,Vegetarian,Parking\nAna Ito,yes,no\n")))
    assert not holds_marks(table_of(ANA, BO))


@pytest.mark.parametrize(("ticks", "minutes"), [(True, 240), (False, 60), (None, 240)])
def test_what_1_and_0_mean_can_be_said(db, enrolled, week, sheet, ticks, minutes):
    table = read_table(sheet("Name,Mon AM,Mon PM\nAna Ito,1,0\nBo Li,1,1\n"))
    with db.read() as session:
        plan = plan_marks(session, table, week, ticks=ticks)
    assert plan.asks_ticks
    assert plan.reads_ticks is (ticks is not False)
    assert plan.marks[0].minutes == minutes
    assert any("taken as there" in note for note in plan.notes) is (ticks is None)


def test_marks_alone_leave_nothing_to_be_said_about_numbers(db, enrolled, week, sheet):
    with db.read() as session:
        plan = plan_marks(session, read_table(sheet("Name,Mon AM\nAna Ito,X\n")), week, ticks=True)
    assert not plan.asks_ticks
    assert plan.marks[0].mark == "present"


def test_an_import_of_marks_is_kept_without_a_word_about_anybody(db, enrolled, week, sheet):
    table = read_table(sheet("Name,Mon AM\nAna Ito,X\nZoe Unknown,X\n"))
    with db.read() as session:
        plan = plan_marks(session, table, week)
    done = attendance_apply.commit(db, plan, backup=False)
    assert (done.marked, done.backup) == (1, None)
    with db.read() as session:
        kept = session.get(ImportBatch, done.batch_id)
        assert json.loads(kept.counts)["marked"] == 1
        assert kept.class_id == week
        assert not kept.sha256
        assert "Zoe" not in kept.report
        assert json.loads(kept.report)["rows"][0] == {"row": 2, "kind": "marked", "marks": 1}


def test_marks_that_were_compared_with_other_records_are_not_made(db, enrolled, week, sheet, marks):
    with db.read() as session:
        plan = plan_marks(session, read_table(sheet("Name,Mon AM\nAna Ito,X\n")), week)
    with db.operation("Mark") as session:
        mark = plan.marks[0]
        attendance.mark(session, mark.block_id, mark.enrollment_id, "excused")
    with pytest.raises(Conflict, match="have changed since"):
        attendance_apply.commit(db, plan, backup=False)
    assert marks() == {("Ana", 1): ("excused", 0)}


def test_marks_hold_when_something_else_was_changed(db, enrolled, week, sheet, marks):
    with db.read() as session:
        plan = plan_marks(session, read_table(sheet("Name,Mon AM\nAna Ito,X\n")), week)
    with db.operation("Rename") as session:
        session.get(TrainingClass, week).title = "Another title"
    attendance_apply.commit(db, plan, backup=False)
    assert marks() == {("Ana", 1): ("present", 240)}


def test_a_sheet_with_nothing_new_makes_no_backup_and_leaves_no_trace(db, enrolled, week, sheet):
    path = sheet("Name,Mon AM\nAna Ito,X\n")
    run(db, path, week, backup=False)
    with db.read() as session:
        plan = plan_marks(session, read_table(path), week)
        before = session.scalars(select(Operation.id)).all()
    assert attendance_apply.commit(db, plan).batch_id is None
    with db.read() as session:
        assert session.scalars(select(Operation.id)).all() == before


def test_a_sheet_is_summed_up_in_a_sentence(db, enrolled, week, sheet):
    table = read_table(sheet("Name,Mon AM\nAna Ito,X\nZoe Unknown,X\n"))
    with db.read() as session:
        plan = plan_marks(session, table, week)
    assert attendance_apply.summary(plan) == "2 rows read: 1 with new marks, 1 not taken."
