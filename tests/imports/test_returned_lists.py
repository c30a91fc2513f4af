"""Lists that were edited in a spreadsheet and come back."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, date, datetime

import openpyxl
import pytest
from sqlalchemy import select

from cit_desktop import clock
from cit_desktop.db import Database
from cit_desktop.documents.edits import HIDDEN_SHEET, KEY_LABEL
from cit_desktop.errors import Conflict, FileProblem, NotFound, Refused, TooNew
from cit_desktop.exports import edit_xlsx
from cit_desktop.imports import returned, returned_apply, returned_plan
from cit_desktop.imports.types import Sheet, Workbook
from cit_desktop.models import Chapter, ImportBatch
from cit_desktop.progress import Cancelled
from cit_desktop.services import (
    agencies,
    check,
    editing,
    enrollment,
    finalize,
    history,
    merge,
    people,
    privacy,
    undo,
)
from tests.core.helpers.world import HISTORY, build, records, steps

BUT = HISTORY | {"import_batch"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("world") / "world.cit"
    return path, build(path)


@pytest.fixture
def world(made):
    return made[1]


@pytest.fixture
def db(made, tmp_path):
    path = tmp_path / "world.cit"
    shutil.copyfile(made[0], path)
    database = Database.open(path)
    yield database
    database.close()


@pytest.fixture(autouse=True)
def fixed_day():
    clock.set_source(lambda: datetime(2026, 3, 10, 12, tzinfo=UTC))
    yield
    clock.set_source(None)


class Book:
    """A workbook that went out, opened in a spreadsheet program."""

    def __init__(self, path):
        self.path = path
        self.file = openpyxl.load_workbook(path)
        self.sheet = self.file.worksheets[0]
        self.labels = [cell.value for cell in self.sheet[3]]

    def place(self, name):
        """The line of somebody by a text that stands in it."""
        return next(
            row[0].row
            for row in self.sheet.iter_rows(min_row=4)
            if name in {cell.value for cell in row}
        )

    def cell(self, name, label):
        return self.sheet.cell(self.place(name), self.labels.index(label) + 1)

    def add(self, **values):
        line = self.sheet.max_row + 1
        for label, value in values.items():
            self.sheet.cell(line, self.labels.index(label.replace("_", " ")) + 1, value)
        return line

    def save(self):
        self.file.save(self.path)
        return self.path


@pytest.fixture
def out(db, world, tmp_path):
    """Write a list as a workbook and open it."""

    def make(kind, **how):
        if kind in editing.OF_CLASS:
            how.setdefault("class_id", world.open_class)
        with db.read() as session:
            document = editing.document(session, kind, **how)
        path = tmp_path / f"{kind}.xlsx"
        path.write_bytes(edit_xlsx.workbook(document))
        return Book(path)

    return make


def parsed(path):
    """The workbook as it is read, without starting the reading process for every test."""
    sheets = []
    for one in openpyxl.load_workbook(path).worksheets:
        rows = tuple(one.iter_rows(values_only=True))
        lines = tuple(range(1, len(rows) + 1))
        sheets.append(Sheet(one.title, rows, lines, hidden=one.sheet_state != "visible"))
    return returned.from_workbook(Workbook(path.name, "xlsx", tuple(sheets)))


@pytest.fixture
def look(db):
    def make(path, **how):
        with db.read() as session:
            return returned_plan.make_plan(session, parsed(path), **how)

    return make


@pytest.fixture
def back(db, look):
    """Bring a workbook back; gives the plan."""

    def make(path, **how):
        plan = look(path, **how)
        returned_apply.commit(db, plan, backup=False)
        return plan

    return make


@pytest.fixture
def do(db):
    def make(function, *args, **more):
        with db.operation("Meanwhile") as session:
            return function(session, *args, **more)

    return make


def view(db, person_id):
    with db.read() as session:
        return people.view(session, person_id)


def kinds(plan):
    return {row.name: row.kind for row in plan.rows}


def messages(plan):
    return [issue.message for row in plan.rows for issue in row.issues]


# Nothing edited


@pytest.mark.parametrize("kind", ["people", "roster", "attendance", "agencies"])
@pytest.mark.parametrize("saved_again", [False, True])
def test_a_round_trip_with_nothing_edited_leaves_the_file_as_it_is(
    db, out, back, kind, saved_again
):
    book = out(kind)
    if saved_again:
        book.save()
    before = hashlib.sha256(db.path.read_bytes()).hexdigest()
    plan = back(book.path)
    assert hashlib.sha256(db.path.read_bytes()).hexdigest() == before
    assert {row.kind for row in plan.rows} == {"same"}
    assert plan.counts["read"] == plan.counts["same"] == len(plan.rows) > 0
    assert not plan.changes_anything


def test_a_sorted_list_with_moved_columns_is_still_the_same(db, out, look):
    book = out("people")
    rows = [[cell.value for cell in row] for row in book.sheet.iter_rows(min_row=3)]
    rows[1:] = reversed(rows[1:])
    for line, row in enumerate(rows, 3):
        for index, value in enumerate([row[0], *reversed(row[1:])], 1):
            book.sheet.cell(line, index).value = value
    assert set(kinds(look(book.save())).values()) == {"same"}


# What was changed


def test_only_what_was_changed_is_written_in_one_step_that_can_be_undone(db, out, back, world):
    before = records(db, but=BUT)
    whole = records(db)
    done = steps(db)
    book = out("people")
    book.cell("Okafor", "Phone").value = "573 555 0188"
    book.cell("Okafor", "Nickname").value = " Benny "
    book.cell("Ito", "Discipline").value = "sheriff"
    plan = back(book.save())
    assert plan.counts == {
        "read": 4, "changed": 2, "new": 0, "conflict": 0, "error": 0, "same": 2,
    }  # fmt: skip
    ben = view(db, world.ben)
    assert (ben.phone, ben.nickname, ben.email) == ("5735550188", "Benny", "ben@example.org")
    assert view(db, world.ana).discipline == "sheriff"
    after = records(db, but=BUT)
    assert {name for name in before if before[name] != after[name]} == {"person"}
    assert steps(db) == done + 1
    undo.undo(db)
    assert records(db) == whole


def test_each_kind_of_field_of_a_person_comes_back(db, out, back, world):
    book = out("people")
    changes = {
        "Last name": "Ito-Reyes", "First name": "Anna", "Middle name": "M", "Suffix": "Jr.",
        "Agency": "Phelps Health Hospital", "Rank or job title": "Nurse", "County": "phelps",
        "State number": "0099", "E-mail": "ANA@Example.org", "Note": "Two\nlines",
    }  # fmt: skip
    place = book.place("Ito")
    for label, value in changes.items():
        book.sheet.cell(place, book.labels.index(label) + 1).value = value
    back(book.save())
    ana = view(db, world.ana)
    assert (ana.name, ana.county, ana.email) == (
        "Anna M Ito-Reyes Jr.",
        "Phelps",
        "ana@example.org",
    )
    assert ana.note == "Two\nlines"
    assert [number.number for number in ana.numbers] == ["0099"]
    assert (ana.current.agency, ana.current.title) == ("Phelps Health Hospital", "Nurse")
    assert ana.employments[1].ends == date(2026, 3, 9)
    with db.read() as session:
        assert check.run(session) == []


def test_a_number_that_lost_its_zeros_on_the_way_is_not_changed(db, out, do, look, world):
    do(people.add_number, world.ben, people.NumberDraft("MO POST license", "00123"))
    book = out("people")
    book.cell("Okafor", "State number").value = 123
    assert set(kinds(look(book.save())).values()) == {"same"}


def test_an_emptied_cell_empties_the_field(db, out, back, world):
    book = out("people")
    book.cell("Okafor", "E-mail").value = None
    book.cell("Ito", "State number").value = None
    book.cell("Ito", "Rank or job title").value = None
    back(book.save())
    assert view(db, world.ben).email == ""
    ana = view(db, world.ana)
    assert (ana.numbers, ana.current.title, len(ana.employments)) == ((), "", 1)


def test_rows_removed_from_the_workbook_remove_nobody(db, out, back):
    book = out("people")
    book.sheet.delete_rows(book.place("Okafor"))
    before = records(db)
    plan = back(book.save())
    assert records(db) == before
    assert plan.gone == ("Ben Okafor",)
    assert plan.notes == (
        "1 row was removed from the workbook. Nothing is removed from the records by that.",
    )


def test_a_column_removed_from_the_workbook_changes_nothing(db, out, back):
    book = out("people")
    book.sheet.delete_cols(book.labels.index("E-mail") + 1)
    before = records(db)
    assert "stay as they are: E-mail" in back(book.save()).notes[0]
    assert records(db) == before


# New rows


def test_somebody_typed_below_is_added_with_number_and_employment(db, out, back):
    book = out("people")
    book.add(
        Last_name="Vega", First_name="Luz", Agency="Salem Police Department", State_number="0007",
        Rank_or_job_title="Chief",
    )  # fmt: skip
    assert back(book.save()).counts["new"] == 1
    with db.read() as session:
        [hit] = people.find(session, "Vega")
        luz = people.view(session, hit.id)
    assert (luz.current.agency, luz.current.title) == ("Salem Police Department", "Chief")
    assert luz.numbers[0].number == "0007"


def test_a_new_agency_is_added_and_known_by_its_name(db, out, back):
    book = out("agencies")
    book.add(Name="Salem Police Department", County="Dent", Patrol_officers=12)
    book.cell("Rolla Police Department", "Counted on").value = datetime(2026, 1, 31)
    book.cell("Rolla Police Department", "Patrol officers").value = 40
    book.cell("Rolla Police Department", "Kind").value = "Sheriff's office"
    plan = back(book.save())
    if plan.counts["error"]:
        assert messages(plan) == []
    with db.read() as session:
        rolla, salem = (
            agencies.view(session, agencies.by_spelling(session, name))
            for name in ("Rolla Police Department", "Salem PD".replace("PD", "Police Department"))
        )
    assert (rolla.patrol_strength, rolla.strength_on) == (40, date(2026, 1, 31))
    assert (salem.patrol_strength, salem.county) == (12, "Dent")


def test_a_new_row_on_a_roster_enrolls_who_is_known_and_adds_who_is_not(db, out, back, world):
    book = out("roster")
    book.add(Last_name="Moss", First_name="Dan", Role="observer")
    book.add(Last_name="Vega", First_name="Luz", Agency="Salem Police Department", Score=88)
    book.add(
        Last_name="Diaz", First_name="Cara", Agency="Phelps Health Hospital",
        Rank_or_job_title="Nurse",
    )  # fmt: skip
    plan = back(book.save())
    assert [row.match.person_id for row in plan.rows if row.kind == "new"] == [
        None, None, world.cara,
    ]  # fmt: skip
    with db.read() as session:
        ids = enrollment.ids(session, world.open_class)
        rows = {row.name: row for row in enrollment.rows(session, ids).values()}
        assert check.run(session) == []
    assert rows["Diaz, Cara"].person_id == world.cara
    assert (rows["Moss, Dan"].role, rows["Vega, Luz"].score) == ("observer", 88)
    assert rows["Vega, Luz"].agency == "Salem Police Department"


def test_each_field_of_a_roster_comes_back(db, out, back, world):
    book = out("roster")
    for label, value in {
        "No.": 7, "Score": 95, "Scenario": "passed", "Role": "Instructor", "Agency": "Salem PD",
        "Rank or job title": "Sergeant", "Phone": "573 555 0111",
    }.items():  # fmt: skip
        book.cell("Okafor", label).value = value
    back(book.save())
    with db.read() as session:
        row = enrollment.rows(session, [world.open_enrolled[1]])[world.open_enrolled[1]]
    assert (row.number, row.score, row.scenario_passed, row.role) == (7, 95, 1, "instructor")
    assert (row.agency, row.title, row.phone) == ("Salem PD", "Sergeant", "5735550111")


def test_marks_and_hours_come_back_and_blanks_clear(db, out, back, world):
    book = out("attendance")
    first, second = book.labels[3:5]
    book.cell("Ito, Ana María", first).value = None
    book.cell("Ito, Ana María", second).value = "late 2.5 h"
    book.cell("Okafor, Ben", first).value = 1.5
    book.cell("Okafor, Ben", second).value = "E"
    plan = back(book.save())
    assert plan.counts["changed"] == 2
    again = out("attendance")
    assert [again.cell("Ito, Ana María", label).value for label in (first, second)] == [
        None, "late 2.5 h",
    ]  # fmt: skip
    assert [again.cell("Okafor, Ben", label).value for label in (first, second)] == [
        "1.5 h", "excused",
    ]  # fmt: skip
    with db.read() as session:
        assert check.run(session) == []


# Changed in the program meanwhile


def test_what_both_sides_changed_is_a_conflict_shown_field_by_field(db, out, do, look, world):
    book = out("people")
    version = view(db, world.ben).version
    do(people.update, world.ben, version, email="new@example.org", nickname="B")
    book.cell("Okafor", "E-mail").value = "other@example.org"
    book.cell("Okafor", "Phone").value = "573 555 0123"
    plan = look(book.save())
    row = next(row for row in plan.rows if row.kind == "conflict")
    assert {(e.column, e.base, e.now, e.ours, e.conflict, e.side) for e in row.edits} == {
        ("email", "ben@example.org", "new@example.org", "other@example.org", True, "records"),
        ("phone", "", "", "573-555-0123", False, "workbook"),
    }
    assert plan.left_over


@pytest.mark.parametrize(
    ("how", "email"),
    [
        ({}, "new@example.org"),
        ({"default": "workbook"}, "other@example.org"),
        ({"choices": {7: "workbook"}}, "other@example.org"),
    ],
)
def test_a_conflict_is_written_only_where_that_was_chosen(db, out, do, back, world, how, email):
    book = out("people")
    do(people.update, world.ben, view(db, world.ben).version, email="new@example.org")
    book.cell("Okafor", "E-mail").value = "other@example.org"
    book.cell("Okafor", "Nickname").value = "Benny"
    assert book.place("Okafor") == 7
    back(book.save(), **how)
    assert (view(db, world.ben).email, view(db, world.ben).nickname) == (email, "Benny")


def test_what_both_sides_changed_alike_is_no_conflict(db, out, do, look, world):
    book = out("people")
    do(people.update, world.ben, view(db, world.ben).version, email="new@example.org")
    book.cell("Okafor", "E-mail").value = "New@Example.org"
    assert kinds(look(book.save()))["Ben Okafor"] == "same"


def test_what_only_the_program_changed_stays(db, out, do, back, world):
    book = out("people")
    do(people.update, world.ben, view(db, world.ben).version, email="new@example.org")
    before = records(db)
    back(book.save())
    assert records(db) == before


def test_a_plan_that_is_no_longer_true_is_not_written(db, out, do, look, world):
    book = out("people")
    book.cell("Okafor", "E-mail").value = "other@example.org"
    plan = look(book.save())
    do(people.update, world.ben, view(db, world.ben).version, email="new@example.org")
    before = records(db)
    with pytest.raises(Conflict, match="have changed since"):
        returned_apply.commit(db, plan, backup=False)
    assert records(db) == before


def test_a_plan_survives_a_change_elsewhere(db, out, do, look, world):
    book = out("people")
    book.cell("Okafor", "Nickname").value = "Benny"
    plan = look(book.save())
    do(people.update, world.dan, view(db, world.dan).version, nickname="D")
    returned_apply.commit(db, plan, backup=False)
    assert view(db, world.ben).nickname == "Benny"


# What cannot be taken


@pytest.mark.parametrize(
    ("kind", "label", "value", "words"),
    [
        ("people", "Last name", None, "needs a last name"),
        ("people", "E-mail", "nobody", "is not an e-mail address"),
        ("people", "Discipline", "wizard", "not in the list"),
        ("people", "State number", "0045-12", "belongs to Ana María Ito"),
        ("people", "Rank or job title", "Chief", "has no agency"),
        ("people", "Note", "x" * 10_001, "at most 10,000"),
        ("roster", "Score", 101, "no score in percent"),
        ("roster", "Role", None, "role is missing"),
        ("roster", "No.", "A", "no roster number"),
        ("attendance", 0, "perhaps", "is no mark"),
        ("attendance", 0, 99, "do not fit a block"),
    ],
)
def test_a_wrong_cell_says_what_is_wrong_and_its_row_is_not_written(
    db, out, back, kind, label, value, words
):
    book = out(kind)
    name = "Okafor, Ben" if kind == "attendance" else "Okafor"
    label = book.labels[3] if kind == "attendance" else label
    if kind == "people":
        book.cell(name, "Nickname").value = "Benny"
    book.cell(name, label).value = value
    before = records(db)
    plan = back(book.save())
    assert records(db) == before
    [row] = [row for row in plan.rows if row.kind == "error"]
    assert words in " ".join(messages(plan))
    assert row.issues[0].column == label
    assert plan.left_over


def test_an_agency_cannot_be_emptied_or_named_like_another(db, out, look):
    book = out("people")
    book.cell("Ito", "Agency").value = None
    book.cell("Ito", "Rank or job title").value = None
    assert "end the employment" in messages(look(book.save()))[0]
    book = out("agencies")
    book.cell("Phelps Health Hospital", "Name").value = "ROLLA POLICE DEPARTMENT"
    assert "known already as “Rolla Police Department”" in messages(look(book.save()))[0]


def test_two_rows_cannot_be_given_the_same_number(db, out, look):
    book = out("people")
    book.cell("Okafor", "State number").value = "555"
    book.add(Last_name="Vega", State_number="555")
    plan = look(book.save())
    assert sorted(kinds(plan).values()) == ["error", "error", "same", "same", "same"]
    assert "Row 8 was given the same value" in messages(plan)[0]


def test_a_copied_row_is_told_apart_from_a_new_one(db, out, look):
    book = out("people")
    line = book.sheet.max_row + 1
    for cell in list(book.sheet[book.place("Okafor")]):
        book.sheet.cell(line, cell.column, cell.value)
    plan = look(book.save())
    assert plan.rows[-1].kind == "error"
    assert "copy of row 7" in messages(plan)[0]


def test_a_new_row_of_somebody_known_is_refused_on_the_list_of_people(db, out, look):
    book = out("people")
    book.add(Last_name="Okafor", First_name="Benjamin", **{"E-mail": "ben@example.org"})
    book.add(Last_name="Moss", First_name="Dan")
    plan = look(book.save())
    assert [row.kind for row in plan.rows[-2:]] == ["error", "new"]
    assert "Ben Okafor is in the records: same e-mail" in messages(plan)[0]
    assert "A second one is added" in messages(plan)[1]


def test_nobody_is_added_on_a_list_of_attendance(db, out, look):
    book = out("attendance")
    book.add(Name="Vega, Luz")
    assert "added on the roster" in messages(look(book.save()))[0]


def test_who_is_in_the_class_already_is_not_enrolled_again(db, out, look):
    book = out("roster")
    book.add(Last_name="Okafor", First_name="Ben", **{"E-mail": "ben@example.org"})
    assert "in the class already" in messages(look(book.save()))[0]


def test_a_column_that_is_only_shown_is_left_out_and_told(db, out, back):
    book = out("roster")
    book.cell("Okafor", "Result").value = "completed"
    before = records(db)
    plan = back(book.save())
    assert "only shown" in messages(plan)[0]
    assert records(db) == before


def test_somebody_merged_or_erased_since_is_said_only_where_the_row_was_edited(
    db, out, do, look, world
):
    untouched = out("people")
    do(merge.merge, world.ana, world.dan)
    with db.operation("Erase") as session:
        privacy.erase(session, world.cara, "asked")
    assert {row.kind for row in look(untouched.path).rows} == {"same"}
    untouched.cell("Moss", "Nickname").value = "D"
    untouched.cell("Diaz", "Nickname").value = "C"
    said = messages(look(untouched.save()))
    assert any("was merged into Ana María Ito since" in message for message in said)
    assert any("no longer there" in message for message in said)


# What comes from elsewhere, or is no such workbook


def test_a_workbook_of_another_chapter_is_refused(db, out, do, look):
    book = out("people")
    do(lambda session: setattr(session.scalars(select(Chapter)).first(), "uid", "another"))
    with pytest.raises(FileProblem, match="another chapter"):
        look(book.path)


def test_a_roster_of_a_class_finalized_since_is_refused(db, out, look, do, world):
    book = out("roster")
    from cit_desktop.services import attendance

    do(attendance.all_present, world.open_class)
    do(finalize.finalize, world.open_class)
    with pytest.raises(Refused, match="is finalized"):
        look(book.path)
    with db.read() as session, pytest.raises(Refused, match="is finalized"):
        editing.document(session, "attendance", class_id=world.open_class)


def test_a_class_that_is_not_here_is_refused(db):
    with db.read() as session, pytest.raises(NotFound, match="not in these records"):
        editing.class_of(session, "elsewhere")


@pytest.mark.parametrize("what", ["cell", "head", "row"])
def test_a_changed_hidden_sheet_is_refused(out, what):
    book = out("people")
    hidden = book.file[HIDDEN_SHEET]
    if what == "cell":
        hidden["B3"] = hidden["B3"].value.replace("Ana", "Eve")
    elif what == "head":
        hidden["A1"] = "{}"
    else:
        hidden.delete_rows(3)
    with pytest.raises(FileProblem, match="hidden sheet"):
        parsed(book.save())


def test_a_list_without_its_hidden_column_is_refused(out):
    book = out("people")
    book.sheet.delete_cols(1)
    with pytest.raises(FileProblem, match="column of ids is gone"):
        parsed(book.save())


def test_a_workbook_of_a_newer_program_is_refused(out):
    from cit_desktop.documents.edits import fingerprint

    book = out("agencies")
    hidden = book.file[HIDDEN_SHEET]
    head = json.loads(hidden["A1"].value) | {"format": 99}
    head.pop("sha256")
    rows = [(row[0].value, row[1].value) for row in hidden.iter_rows(min_row=2)]
    hidden["A1"] = json.dumps(head | {"sha256": fingerprint(head, rows)})
    with pytest.raises(TooNew):
        parsed(book.save())


def test_an_ordinary_workbook_is_no_returned_one(db, make_book, tmp_path):
    assert returned.read(make_book([["Last", "First"], ["Ito", "Ana"]])) is None
    assert returned.read(make_book([["Last"], ["CIT Desktop"]])) is None
    text = tmp_path / "a.csv"
    text.write_text("CIT Desktop", encoding="utf-8")
    assert returned.read(text) is None
    with pytest.raises(FileProblem, match="went out for editing"):
        returned_apply.run(db, text)


# The step


def test_a_backup_is_made_before_and_only_when_something_is_written(db, out):
    book = out("people")
    plan, result = returned_apply.run(db, book.path)
    assert result.backup is None
    book.cell("Okafor", "Nickname").value = "Benny"
    plan, result = returned_apply.run(db, book.save())
    assert result.backup is not None
    assert result.backup.exists()
    assert returned_apply.summary(plan) == "4 rows came back: 1 changed, 3 unchanged."


def test_what_came_back_is_kept_and_forgotten_with_an_erased_person(db, out, back, world):
    book = out("people")
    book.cell("Moss", "Nickname").value = "Danny"
    back(book.save())
    with db.read() as session:
        [batch] = session.scalars(select(ImportBatch))
        assert "Danny" in batch.report
        assert history.rows(session, history.ids(session)[:1]).popitem()[1].label == (
            "Edit people in people.xlsx"
        )
    with db.operation("Erase") as session:
        privacy.erase(session, world.dan, "asked")
    with db.read() as session:
        assert "Danny" not in session.scalars(select(ImportBatch)).one().report


def test_work_that_is_given_up_leaves_nothing(db, out, look):
    book = out("people")
    book.cell("Okafor", "Nickname").value = "Benny"
    plan = look(book.save())
    before = records(db)

    def stop(done, total, what=""):
        raise Cancelled

    with pytest.raises(Cancelled):
        returned_apply.commit(db, plan, backup=False, progress=stop)
    assert records(db) == before


def test_a_plan_tells_machines_what_would_be_written(out, look):
    book = out("people")
    book.cell("Okafor", "Nickname").value = "Benny"
    told = returned_apply.to_json(look(book.save()))
    assert told["counts"]["changed"] == 1
    assert told["rows"] == [
        {
            "row": 7,
            "kind": "changed",
            "name": "Ben Okafor",
            "fields": [
                {
                    "field": "nickname",
                    "base": "",
                    "records": "",
                    "workbook": "Benny",
                    "conflict": False,
                    "stays": "workbook",
                }
            ],
            "issues": [],
        }
    ]
    json.dumps(told)


# The workbook itself


def test_the_workbook_offers_drop_downs_and_hides_what_it_needs(out):
    book = out("people")
    rules = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in book.sheet.data_validations.dataValidation
    }
    assert rules["G"].formula1.startswith("'Lists'!")
    assert [one.sheet_state for one in book.file.worksheets] == [
        "visible", "veryHidden", "veryHidden",
    ]  # fmt: skip
    listed = book.file["Lists"]
    assert {cell.value for cell in next(listed.iter_rows(max_row=1))} >= {"discipline", "agency"}
    assert book.labels[0] == KEY_LABEL
    assert book.sheet.column_dimensions["A"].hidden
    assert book.sheet.freeze_panes == "D4"


def test_the_headings_are_locked_and_the_cells_are_not(out):
    book = out("agencies")
    assert book.sheet.protection.sheet
    assert book.sheet["B3"].protection.locked
    assert not book.sheet["B4"].protection.locked
    assert not book.sheet.column_dimensions["B"].protection.locked


def test_days_are_days_and_numbers_with_zeros_are_text(db, out, do, world):
    do(people.add_number, world.ben, people.NumberDraft("MO POST license", "00123"))
    with db.read() as session:
        police = agencies.view(session, world.police)
    do(agencies.update, world.police, police.version, strength_on=date(2026, 1, 2),
       patrol_strength=4)  # fmt: skip
    assert out("people").cell("Okafor", "State number").value == "00123"
    book = out("agencies")
    assert book.cell("Rolla Police Department", "Counted on").value == datetime(2026, 1, 2)
    assert book.cell("Rolla Police Department", "Patrol officers").value == 4


def test_the_same_list_gives_the_same_bytes(db, world):
    with db.read() as session:
        one, two = (editing.document(session, "people") for _ in range(2))
    assert edit_xlsx.workbook(one) == edit_xlsx.workbook(two)


def test_a_list_can_be_of_chosen_records_in_their_order(db, world):
    with db.read() as session:
        found = editing.document(session, "people", ids=[world.dan, world.ana])
    assert [row.values[0] for row in found.rows] == ["Moss", "Ito"]


def test_a_roster_without_a_class_is_refused(db):
    with db.read() as session, pytest.raises(Refused, match="those of a class"):
        editing.document(session, "roster")
