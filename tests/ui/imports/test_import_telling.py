"""What each kind of import says: its button, its rows, its reasons, and what it has done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cit_desktop.imports import intake
from cit_desktop.imports.apply import Result
from cit_desktop.imports.attendance_apply import MarkedResult
from cit_desktop.imports.intake import Decisions, Opened
from cit_desktop.imports.marked import MarkedRow, NewMark, SheetPlan
from cit_desktop.imports.planned import PastTraining, PlannedRow
from cit_desktop.imports.returned import Returned
from cit_desktop.imports.returned_plan import FieldEdit, ReturnedPlan, ReturnedRow
from cit_desktop.imports.sheet import read
from cit_desktop.imports.types import Issue
from tests.ui.imports.import_help import FIXTURES, add_chapter, add_class, table_of
from ui.pages.imports import lines as import_lines
from ui.pages.imports import rows as import_rows
from ui.pages.imports import telling, words
from ui.pages.imports.detail import ImportDetail
from ui.pages.imports.done import ImportDone
from ui.pages.imports.preview import ImportPreview
from ui.pages.imports.source import ImportSource
from ui.pages.imports.work import Done
from ui.preferences import Preferences
from ui.widgets.record_table import Sort

CLEAN = "First\tLast\tEmail\nAna\tIto\tana@example.org\nBo\tLi\tbo@example.org\n"
SIGN_IN = "Name\tMon AM\tTue AM\nAna Ito\tX\tA\nBo Li\t?\tX\nCy Orr\tX\t\n"


def a_sheet(*rows, **more):
    """A plan of a sign-in sheet with these rows."""
    kinds = ("marked", "same", "skipped", "problem")
    counts = {kind: sum(row.kind == kind for row in rows) for kind in kinds}
    values = {"columns": {"Mon AM": (1,), "Tue AM": (2, 3)}, "notes": (), "head": (1, "")}
    return SheetPlan(
        source="signin.csv",
        sheet="signin",
        class_id=1,
        rows=tuple(rows),
        counts={"read": len(rows), **counts},
        table=table_of(SIGN_IN),
        **(values | more),
    )


ANA = MarkedRow(
    2,
    "Ana Ito",
    "marked",
    1,
    (NewMark(1, 1, "present", 240), NewMark(2, 1, "absent", 0), NewMark(3, 1, "absent", 0)),
    kept=1,
    blank=2,
)
BO = MarkedRow(3, "Bo Li", "problem", issues=(Issue("Name", "error", "Nobody of that name."),))
CY = MarkedRow(4, "Cy Orr", "same", 3)


def a_list(*rows):
    """A plan of an edited list with these rows."""
    kinds = ("changed", "new", "conflict", "error", "same")
    counts = {kind: sum(row.kind == kind for row in rows) for kind in kinds}
    came = Returned("people.xlsx", "people", "uid", "", "People", (), {}, ())
    return ReturnedPlan(
        source="people.xlsx",
        sheet="People",
        kind="people",
        class_id=None,
        rows=tuple(rows),
        counts={"read": len(rows), **counts},
        notes=("1 row was removed from the workbook.",),
        gone=("Ito, Ana",),
        choices={},
        default="records",
        returned=came,
        head=(1, ""),
    )


PHONE = FieldEdit("phone", "Phone", "1", "1", "2")
EMPTIED = FieldEdit("county", "County", "Dent", "Dent", "")
FOUGHT = FieldEdit(
    "email", "E-mail", "a@x.org", "b@x.org", "c@x.org", conflict=True, side="records"
)
CHANGED = ReturnedRow(2, "changed", "k2", "Ito, Ana", (PHONE, EMPTIED))
CONFLICT = ReturnedRow(3, "conflict", "k3", "Li, Bo", (FOUGHT,))
NEW = ReturnedRow(4, "new", "", "Cy Orr", values={"first": "Cy", "last": "Orr", "county": ""})
WRONG = ReturnedRow(5, "error", "k5", "Di Poe", issues=(Issue("Phone", "error", "No number."),))
SAME = ReturnedRow(6, "same", "k6", "Ed Roe")


@pytest.fixture
def plan(db):
    add_chapter(db)

    def make(text=CLEAN, decided=None):
        opened = intake.open_pasted(text, "", "Pasted", Decisions())
        return intake.compare(db, opened, decided or Decisions())

    return make


# The button and the reasons --------------------------------------------------------------------


def test_the_button_says_what_is_written(plan, db):
    assert telling.go(plan()) == "&Import 2 people"
    assert telling.go(a_sheet(ANA, BO)) == "&Set 3 marks"
    assert telling.go(a_list(CHANGED, CONFLICT, NEW, SAME)) == "&Change 2 rows"


def test_what_was_done_stands_in_the_title(plan):
    assert telling.title(plan()) == "2 people imported"
    assert telling.title(a_sheet(ANA)) == "3 marks set"
    assert telling.title(a_list(CHANGED)) == "1 row changed"


def test_why_nothing_would_be_written_is_said_for_each_kind(plan):
    assert telling.nothing_to_do(a_sheet(ANA)) == ""
    assert "marked already" in telling.nothing_to_do(a_sheet(CY))
    assert "1 row cannot be used" in telling.nothing_to_do(a_sheet(BO, CY))
    assert "since it went out" in telling.nothing_to_do(a_list(SAME))
    assert "1 row cannot be used" in telling.nothing_to_do(a_list(WRONG))
    assert telling.nothing_to_do(a_list(NEW)) == ""


@pytest.mark.parametrize(
    ("decided", "text"),
    [
        (Decisions(), ""),
        (Decisions("roster", 1), ""),
        (Decisions("roster"), "Choose the class of these people."),
        (Decisions("attendance"), "Choose the class whose attendance this is."),
    ],
)
def test_a_class_is_asked_for_where_nothing_can_be_compared_without(decided, text):
    assert telling.question(decided) == text


@pytest.mark.parametrize(
    ("decided", "label", "chosen"),
    [
        (Decisions(default="update"), "Known people", "update"),
        (Decisions("history"), "Known people", "fill"),
        (Decisions("attendance", 1, overwrite=True), "Marks that differ", "update"),
        (Decisions("attendance", 1), "Marks that differ", "fill"),
        (Decisions("returned", side="workbook"), "Changed on both sides", "workbook"),
    ],
)
def test_what_holds_for_all_rows_has_its_own_words(decided, label, chosen):
    text, choices = telling.choices(decided.purpose)
    assert text.replace("&", "") == label
    assert telling.chosen(decided) == chosen
    assert chosen in dict(choices)


def test_one_row_was_and_several_were():
    assert telling.verb("changed", 2) == "were changed"
    assert telling.verb("changed", 1) == "was changed"
    assert telling.verb("new", 1) == "came into the records"
    assert telling.verb("same", 2) == "were as they are in the records"
    assert telling.verb("same", 1) == "was as it is in the records"


def test_the_line_under_the_title_says_which_list_goes_where():
    assert telling.where("", "") == "No file yet"
    assert telling.where("a.csv", "") == "a.csv"
    assert telling.where("a.csv", "Fall class") == "a.csv · into Fall class"


def test_past_classes_are_counted_once_for_all_who_were_in_them(plan):
    made = plan()
    past = PastTraining(date(2019, 5, 3), 2400, 1, "CIT40", "40-hour", "19-1", "completed", None)
    rows = [
        replace(row, training=replace(past, certificate=number))
        for row, number in zip(made.rows, ("19-1", ""), strict=True)
    ]
    told = telling.history(replace(made, rows=tuple(rows)))
    assert told.startswith("1 class and 1 certificate of past years")
    assert telling.history(made) == ""


# The rows ----------------------------------------------------------------------------------------


def test_the_rows_of_a_sign_in_sheet_say_their_marks():
    lines = import_lines.lines_of(a_sheet(ANA, BO, CY))
    assert lines.line(2).will == "1 present, 2 absent; 1 mark kept; 2 blank"
    assert lines.line(3).will == "Nobody of that name."
    assert lines.line(3).who.text == "Look"
    assert (lines.line(4).will, lines.line(4).who) == ("Nothing differs", None)
    assert not lines.has_people


def test_the_rows_of_an_edited_list_say_what_stays():
    lines = import_lines.lines_of(a_list(CHANGED, CONFLICT, NEW, WRONG, SAME))
    assert lines.line(2).will == "Phone: 1 → 2; County: Dent → blank"
    assert lines.line(3).will == "E-mail: b@x.org → c@x.org (the records stay)"
    assert [lines.line(n).will for n in (4, 5, 6)] == ["Added", "No number.", "Nothing differs"]
    assert lines.source(2) is None
    assert lines.heading(2, "Phone") == ""


def test_a_row_of_several_sheets_says_its_sheet_and_finds_its_own_heading():
    text = "Name\tOfficer\tAgency\nAna Ito\t\tRolla PD\n\tBo Li\tDent SO\n"
    table = table_of(text, mapping_override={"Name": "full_name", "Officer": None})
    columns = dict(table.columns)
    columns["Officer"] = replace(columns["Officer"], field="full_name")
    table = replace(table, columns=columns, sheets=("2019", "2020"))
    lines = import_lines.Lines({row.row: row for row in table.rows}, table)
    assert lines.where(2) == "2019 · 2"
    assert lines.where(10_000_003) == "2020 · 3"
    assert lines.has_sheets
    assert not import_lines.Lines({}, replace(table, sheets=())).has_sheets
    assert lines.heading(2, "Officer") == "Name"
    assert lines.heading(3, "Officer") == "Officer"
    assert lines.heading(3, "Shoe") == ""


def test_a_known_person_is_told_from_a_new_and_a_doubtful_one(plan):
    made = plan()
    first, second = made.rows
    doubt = replace(second, issues=(Issue("", "warning", "Look."),))
    known = replace(first, kind="same", person_id=7)
    lines = import_lines.lines_of(replace(made, rows=(known, doubt)))
    assert (lines.line(2).who.text, lines.line(3).who.text) == ("Known", "Look")
    assert lines.tells_who(known)
    assert import_lines.lines_of(made).line(2).who is None
    rows = import_rows.PlanRows()
    rows.show(made)
    assert not rows.tells_who


@pytest.mark.parametrize("key", ["line", "kind", "name", "will"])
@pytest.mark.parametrize("made", [a_sheet(ANA, BO, CY), a_list(CHANGED, CONFLICT, NEW)])
def test_every_kind_of_rows_can_be_sorted_and_filtered(made, key):
    rows = import_rows.PlanRows()
    rows.show(made)
    up, down = rows.ids(Sort(key), {}), rows.ids(Sort(key, True), {})
    assert up == down[::-1]
    assert len(rows.rows(up)) == 3
    for chip in rows.chips():
        assert len(rows.ids(None, {"kind": chip.key})) == chip.count


def test_only_a_conflict_of_an_edited_list_can_be_decided():
    assert import_rows.can_choose(CONFLICT, None)
    assert not any(import_rows.can_choose(row, None) for row in (CHANGED, NEW, WRONG, SAME, ANA))


def test_whoever_was_found_by_a_state_number_is_no_stranger():
    found = PlannedRow(2, "same", {}, person_id=1, reasons=("same e-mail address",))
    assert words.can_be_stranger(found)
    assert not words.can_be_stranger(replace(found, reasons=("same state number",)))
    assert not words.can_be_stranger(PlannedRow(2, "new", {}))
    assert words.can_be_stranger(PlannedRow(2, "same", {}, same_as_row=1))


# The pane, the file and the end ----------------------------------------------------------------


@pytest.fixture
def show(qtbot):
    def make(widget):
        holder = QWidget()
        QVBoxLayout(holder).addWidget(widget)
        qtbot.addWidget(holder)
        holder.resize(900, 600)
        holder.show()
        qtbot.waitExposed(holder)
        widget.holder = holder
        return widget

    return make


def test_marks_are_listed_under_the_headings_of_the_sheet(show):
    detail = show(ImportDetail())
    detail.show_row(ANA, a_sheet(ANA))
    said = detail.texts()
    assert said[said.index("Mon AM") + 1] == "present, 4 h"
    assert said[said.index("Tue AM") + 1] == "absent; absent"


def test_a_new_row_of_an_edited_list_shows_what_is_added(show):
    detail = show(ImportDetail())
    detail.show_row(NEW, a_list(NEW))
    said = detail.texts()
    assert "Will be added" in said
    assert said[said.index("First name") + 1] == "Cy"
    assert "County" not in said


def test_another_kind_of_list_gives_its_choices_the_room_they_need(show):
    step = show(ImportPreview(Preferences()))
    step.known.addItem("Fill", "fill")
    narrow = step.known.sizeHint().width()
    step.show_plan(a_list(), Decisions("returned"))
    metrics = step.known.fontMetrics()
    needed = max(metrics.horizontalAdvance(step.known.itemText(n)) for n in (0, 1))
    assert step.known.sizeHint().width() >= max(needed, narrow)


def test_several_conflicts_are_decided_together(show, qtbot):
    detail = show(ImportDetail())
    detail.show_rows([CONFLICT, CONFLICT])
    with qtbot.waitSignal(detail.decided) as decided:
        detail.choices["workbook"].click()
    assert decided.args == ["workbook"]


def test_the_whole_of_an_edited_list_is_told_without_a_row(show):
    detail = show(ImportDetail())
    detail.show_plan(a_list(CHANGED))
    assert "1 row was removed from the workbook." in detail.texts()


def test_a_past_class_is_shown_with_its_old_number():
    past = PastTraining(date(2019, 5, 3), 2400, 1, "CIT40", "40-hour", "19-1", "partial", None)
    told = {label: value for label, _, value in words.training(past)}
    assert told["Completed on"] == "May 3, 2019"
    assert (told["Hours"], told["Result"], told["Certificate"]) == ("40", "Partial", "19-1")
    assert len(words.training(replace(past, certificate=""))) == len(told) - 1


def test_what_the_file_is_for_decides_what_else_is_asked(show):
    source = show(ImportSource())
    book = read(FIXTURES / "semicolons_a.csv")
    opened = intake.read(book, Decisions())
    source.show_opened(opened, Decisions("roster", 1))
    assert source.purpose.isVisible()
    assert source.into.isVisible()
    assert not source.sheet.isVisible()
    source.show_opened(opened, Decisions("history"))
    assert not source.into.isVisible()
    came = Opened(book, None, a_list(SAME).returned)
    source.show_opened(came, Decisions("returned"))
    assert not source.purpose.isVisible()
    assert source.found.text() == "An edited list that comes back: 0 rows of the people list."


def test_the_end_tells_of_marks_without_offering_a_result_workbook(show):
    report = show(ImportDone())
    made = a_sheet(ANA, BO)
    result = MarkedResult(4, made.counts, 3, Path("copy.cit"))
    report.show_done(Done(made, result, 9), undone=False)
    said = report.texts()
    assert "1 row was marked" in said
    assert "1 row could not be taken as it is." in said
    assert report.undo.isVisible()
    assert report.save.isHidden()
    assert report.again.isHidden()


def test_the_result_workbook_is_explained_where_it_is_offered(show, plan):
    report = show(ImportDone())
    made = plan()
    report.show_done(Done(made, Result(4, made.counts, {}, 0), 9), undone=False)
    assert report.save.isVisible()
    assert "Corrected, it goes in again" in report.again.text()
    assert not report.left.isVisible()
    report.show_done(Done(made, Result(4, made.counts, {}, 0), 9), undone=True)
    assert report.title.text() == "This import was undone"
    assert report.again.isHidden()


def test_a_roster_from_a_sign_in_sheet_offers_its_attendance(show, plan, db, qtbot):
    report = show(ImportDone())
    made = plan(SIGN_IN, Decisions("roster", add_class(db)))
    report.show_done(Done(made, Result(4, made.counts, {}, 3), 9), undone=False)
    with qtbot.waitSignal(report.marks_wanted):
        report.marks.click()
    without = plan(CLEAN, Decisions("roster", made.class_id))
    report.show_done(Done(without, Result(5, without.counts, {}, 2), 9), undone=False)
    assert report.marks.isHidden()
