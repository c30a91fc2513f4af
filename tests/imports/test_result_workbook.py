"""The result of an import: the list itself, marked, mended in a spreadsheet, and taken in again."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest
from sqlalchemy import select

from cit_desktop.documents.edits import HIDDEN_SHEET
from cit_desktop.documents.results import SUMMARY_SHEET
from cit_desktop.exports import result_xlsx
from cit_desktop.imports import apply, former, planned, result, sheets
from cit_desktop.imports.plan import make_plan
from cit_desktop.imports.report import summary
from cit_desktop.models import Chapter, Person
from cit_desktop.progress import Cancelled
from cit_desktop.services import merge, people, undo

HEADINGS = ["Last name", "First name", "Agency", "E-mail", "POST license", "Phone", "Hours"]
FAULTS = {  # line: the column, what stands there, and what should
    7: ("Last name", None, "Last06"),
    11: ("E-mail", "last10 at example.org", "last10@example.org"),
    16: ("POST license", datetime(2026, 3, 4), "00115"),
    21: ("POST license", "00104", "00119"),
    27: ("First name", None, "First26"),
}


def person(number):
    """A row of the roster; letters for numbers would be no names."""
    name = "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")
    return [
        f"Mc{name}", f"Ana{name}", "Rolla Police Department", f"{name}@example.org",
        f"001{number:02}", f"573-555-01{number:02}", 40,
    ]  # fmt: skip


@pytest.fixture
def roster(make_book):
    """28 people below a title, five of them with a fault each."""
    rows = [["Sign-up list of Rolla"], HEADINGS, *(person(number) for number in range(1, 29))]
    for line, (column, wrong, _) in FAULTS.items():
        rows[line - 1][HEADINGS.index(column)] = wrong
    return make_book(rows, "roster.xlsx")


class Book:
    """The result, opened in a spreadsheet program."""

    def __init__(self, path):
        self.path = path
        self.file = openpyxl.load_workbook(path)
        self.sheet = self.file.worksheets[1]
        self.summary = self.file.worksheets[0]
        self.header = int(self.sheet.freeze_panes[1:]) - 1
        self.labels = [cell.value for cell in self.sheet[self.header]]

    def cell(self, line, column):
        return self.sheet.cell(line, self.labels.index(column) + 1)

    def save(self):
        self.file.save(self.path)
        return self.path


@pytest.fixture
def take(db, tmp_path):
    """Import a list; gives the plan and its result, opened."""

    def make(path, **how):
        table = sheets.read_list(path, all_sheets=how.pop("all_sheets", None))
        options = planned.PlanOptions()
        with db.read() as session:
            plan = make_plan(session, table, how.get("class_id"), options=options, **{
                key: value for key, value in how.items() if key != "class_id"
            })  # fmt: skip
        ids = apply.commit(db, plan, backup=False).person_ids
        out = tmp_path / f"result of {path.stem}.xlsx"
        with db.read() as session:
            out.write_bytes(result_xlsx.workbook(result.document(session, plan, ids)))
        return plan, Book(out)

    return make


def everybody(db):
    with db.read() as session:
        found = session.execute(select(Person.id, Person.uid, Person.last, Person.email))
        return {row.id: tuple(row) for row in found}


def kinds(plan):
    return {row.row: row.kind for row in plan.rows}


def test_five_faults_are_all_shown_at_once_mended_and_only_their_rows_touched(db, roster, take):
    _, book = take(roster)
    marked = {
        (cell.row, book.labels[cell.column - 1])
        for row in book.sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    assert marked == {(line, column) for line, (column, *_) in FAULTS.items()}
    before = everybody(db)
    for line, (column, _, right) in FAULTS.items():
        book.cell(line, column).value = right
    again, second = take(book.save())
    after = everybody(db)
    touched = {row.row for row in again.rows if row.kind in ("new", "update")}
    assert touched == set(FAULTS)
    assert {kind for line, kind in kinds(again).items() if line not in FAULTS} == {"same"}
    untouched = {row.person_id for row in again.rows if row.row not in FAULTS}
    assert {key: after[key] for key in untouched} == {key: before[key] for key in untouched}
    assert len(after) == 28
    assert again.counts["problem"] == 0
    assert second.summary.max_row < 12
    third, _ = take(book.path)
    assert set(kinds(third).values()) == {"same"}


def test_the_rows_and_columns_are_those_of_the_source(db, roster, take):
    _, book = take(roster)
    source = openpyxl.load_workbook(roster).worksheets[0]
    for row in source.iter_rows():
        for cell in row:
            there = book.sheet.cell(cell.row, cell.column).value
            assert there == cell.value, cell.coordinate
    assert book.sheet.title == source.title
    assert book.sheet.freeze_panes == "A3"


def test_a_marked_cell_is_colored_and_says_what_to_do(db, roster, take):
    _, book = take(roster)
    cell = book.cell(11, "E-mail")
    assert cell.fill.fgColor.rgb == "FFF9D0CC"
    assert cell.comment.text == (
        "Not taken as it is. “last10 at example.org” is not an e-mail address. Expected something "
        "like name@example.org; correct it or leave it blank."
    )
    assert book.cell(12, "E-mail").comment is None
    assert book.cell(12, "E-mail").fill.fgColor.rgb != "FFF9D0CC"


def test_the_summary_lists_everything_with_a_link_to_its_cell(db, roster, take):
    plan, book = take(roster)
    texts = [[cell.value for cell in row[:3]] for row in book.summary.iter_rows()]
    assert texts[0][0] == "Import of roster.xlsx"
    assert texts[1][0] == summary(plan)
    listed = {row[0]: row[1] for row in texts if isinstance(row[0], int)}
    assert listed == {line: column for line, (column, *_) in FAULTS.items()}
    links = {
        cell.value: cell.hyperlink.location
        for row in book.summary.iter_rows(max_col=1)
        for cell in row
        if cell.hyperlink
    }
    assert links[11] == "'First'!D11"


def test_a_clean_list_says_that_nothing_is_to_be_mended(db, make_book, take):
    _, book = take(make_book([HEADINGS, person(1), person(2)]))
    texts = {cell.value for row in book.summary.iter_rows() for cell in row}
    assert "Nothing is to be mended." in texts


def test_a_sorted_result_is_known_row_by_row(db, roster, take):
    _, book = take(roster)
    rows = [[cell.value for cell in row] for row in book.sheet.iter_rows(min_row=3)]
    for line, row in enumerate(sorted(rows, key=str, reverse=True), 3):
        for index, value in enumerate(row, 1):
            book.sheet.cell(line, index).value = value
    again, _ = take(book.save(), default="update")
    assert again.counts["same"] == 28 - again.counts["problem"] - again.counts["update"]
    assert again.counts["new"] == again.counts["update"] == 0


def test_somebody_without_number_or_address_is_known_again_after_an_edit(db, make_book, take):
    _, book = take(make_book([["Last", "First", "E-mail"], ["Ito", "Ana", "x@"], ["Li", "Bo", ""]]))
    book.sheet["C2"] = "ana@example.org"
    again, _ = take(book.save())
    assert kinds(again) == {2: "update", 3: "same"}
    assert [row[2:] for row in everybody(db).values()] == [("Ito", "ana@example.org"), ("Li", "")]


def test_a_row_as_it_was_changes_nothing_even_where_all_is_to_be_updated(db, make_book, take):
    _, book = take(make_book([["Last", "First", "Phone"], ["Ito", "Ana", "573 555 0100"]]))
    with db.operation("Edit") as session:
        people.update(session, 1, 1, phone="573 555 0199")
    again, _ = take(book.path, default="update")
    assert kinds(again) == {2: "same"}


def test_a_row_as_it_was_still_enrolls_into_a_class(db, class_id, make_book, take):
    _, book = take(make_book([["Last", "First", "Phone"], ["Ito", "Ana", "573 555 0100"]]))
    again, _ = take(book.path, class_id=class_id)
    assert again.enrolls == 1


def test_who_was_merged_since_is_known_as_the_one_who_was_kept(db, make_book, take):
    book = [
        ["Last", "First", "Phone"],
        ["Ito", "Ana", "573 555 0100"],
        ["Li", "Bo", "573 555 0101"],
    ]
    _, out = take(make_book(book))
    with db.operation("Merge two people") as session:
        merge.merge(session, 2, 1)
    again, _ = take(out.path)
    assert [row.person_id for row in again.rows] == [2, 2]
    assert set(kinds(again).values()) == {"same"}


def test_an_import_that_was_undone_comes_in_anew_from_its_result(db, make_book, take):
    _, book = take(make_book([["Last", "First", "Phone"], ["Ito", "Ana", "573 555 0100"]]))
    undo.undo(db)
    again, _ = take(book.path)
    assert kinds(again) == {2: "new"}


def test_the_result_of_another_chapter_knows_nobody_here(db, make_book, take):
    _, book = take(make_book([["Last", "First", "Phone"], ["Ito", "Ana", "573 555 0100"]]))
    with db.operation("Elsewhere") as session:
        session.scalars(select(Chapter)).one().uid = "elsewhere"
    table = sheets.read_list(book.path)
    assert table.former is not None
    with db.read() as session:
        assert result.known_people(session, table.former.chapter, {2: "x"}) == {}


def test_what_the_result_adds_is_no_part_of_the_list(db, roster, take):
    _, book = take(roster)
    table = sheets.read_list(book.path, all_sheets=True)
    assert (table.sheet, table.other_sheets, table.notes) == ("First", (), ())
    assert [one.title for one in book.file.worksheets] == [SUMMARY_SHEET, "First", HIDDEN_SHEET]
    assert book.file[HIDDEN_SHEET].sheet_state == "veryHidden"


@pytest.mark.parametrize("damage", ["value", "head"])
def test_a_result_whose_hidden_sheet_was_changed_is_an_ordinary_list(db, roster, take, damage):
    _, book = take(roster)
    hidden = book.file[HIDDEN_SHEET]
    if damage == "head":
        hidden["A1"] = "x"
    else:
        hidden["B2"] = '[3, "somebody else"]'
    table = sheets.read_list(book.save(), "First")
    assert table.former is None
    assert former.recognised(table) == former.Recognised()


def test_values_of_every_kind_come_back_as_they_were(db, make_book, take):
    rows = [
        ["Last", "First", "POST license", "Completed on", "Hours", "Paid"],
        ["Ito", "Ana", "00123", date(2026, 3, 4), 36.5, True],
        ["Li", "Bo", "=1+1", datetime(2026, 3, 4, 9, 30), "40 hrs", False],
    ]
    path = make_book(rows)
    source = openpyxl.load_workbook(path)
    source.worksheets[0]["C3"].data_type = "s"
    source.save(path)
    _, book = take(path)
    found = [list(row) for row in book.sheet.iter_rows(min_row=2, values_only=True)]
    assert found[0] == ["Ito", "Ana", "00123", datetime(2026, 3, 4), 36.5, True]
    assert found[1][2:] == ["=1+1", datetime(2026, 3, 4, 9, 30), "40 hrs", False]
    assert book.sheet["C3"].data_type == "s"
    again, _ = take(book.path)
    assert set(kinds(again).values()) <= {"same", "problem"}


def test_a_text_file_becomes_a_workbook_that_comes_in_again(db, make_text, take):
    path = make_text("Last;First;POST license\nIto;Ana;00123\n;Bo;00456\n")
    _, book = take(path)
    cell = book.sheet["C2"]
    assert (cell.value, cell.number_format) == ("00123", "@")
    book.sheet["A3"] = "Li"
    again, _ = take(book.save())
    assert kinds(again) == {2: "same", 3: "new"}


def test_a_total_stands_as_it_was_and_is_not_marked(db, make_book, take):
    _, book = take(make_book([HEADINGS, person(1), person(2), ["Total", 2]]))
    assert book.sheet["A4"].value == "Total"
    assert book.sheet["A4"].comment is None
    assert book.sheet["A4"].font.color.rgb == "FF5B6672"


def test_what_the_records_have_otherwise_is_marked_with_both_values(db, make_book, take):
    take(make_book([HEADINGS, person(1)]))
    other = person(1)
    other[5] = "573 555 0999"
    _, book = take(make_book([HEADINGS, other], "other.xlsx"))
    text = book.cell(2, "Phone").comment.text
    assert "in the records is “5735550101”, here “5735550999”" in text


def test_the_same_result_gives_the_same_bytes_and_can_be_given_up(db, roster):
    table = sheets.read_list(roster)
    with db.read() as session:
        plan = make_plan(session, table)
        one = result.document(session, plan, {})
    assert result_xlsx.workbook(one) == result_xlsx.workbook(one)

    def stop(done, total, what=""):
        raise Cancelled

    with pytest.raises(Cancelled):
        result_xlsx.workbook(one, stop)
