"""From a file to cleaned rows: every row once, and what is doubtful is told."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.errors import FileProblem
from cit_desktop.imports import text_file
from cit_desktop.imports.reading import from_workbook, read_table, read_tables
from cit_desktop.imports.types import Issue, SourceRow


def issues(row: SourceRow) -> list[tuple[str, str]]:
    return [(issue.column, issue.severity) for issue in row.issues]


def pasted(text: str, **how):  # type: ignore[no-untyped-def]
    return from_workbook(text_file.read_pasted(text), **how)


def test_days_that_can_be_two_days_are_asked_once_for_the_column(make_book):
    path = make_book([["Name", "Class Date"], ["Al Smith", "3/4/2025"], ["Bo Jones", "5/6/2025"]])
    table = read_table(path)
    assert [(doubt.column, doubt.kind, doubt.rows) for doubt in table.doubts] == [
        ("Class Date", "day_order", (2, 3))
    ]
    assert issues(table.rows[0]) == [("Class Date", "warning")]
    answered = read_table(path, day_orders={"Class Date": "dmy"})
    assert answered.doubts == ()
    assert [row.values["completed"] for row in answered.rows] == ["2025-04-03", "2025-06-05"]
    assert answered.rows[0].issues == ()


def test_one_day_that_can_only_be_read_one_way_settles_the_column(make_book):
    path = make_book([["Name", "Class Date"], ["Al Smith", "3/4/2025"], ["Bo Jones", "26/4/2025"]])
    table = read_table(path)
    assert table.doubts == ()
    assert table.rows[0].values["completed"] == "2025-04-03"


def test_days_of_both_orders_in_one_column_are_asked(make_book):
    rows = [["Al Smith", "3/4/2025"], ["Bo Jones", "26/4/2025"], ["Jo Doe", "4/26/2025"]]
    table = read_table(make_book([["Name", "Class Date"], *rows]))
    assert [(doubt.kind, doubt.rows) for doubt in table.doubts] == [("mixed_days", (2,))]


def test_what_is_wrong_in_a_row_is_told_all_at_once(make_book):
    rows = [["Name", "Email", "Class Date", "Hours"], ["Al Smith", "al@b", "2/30/2025", "many"]]
    row = read_table(make_book(rows)).rows[0]
    assert issues(row) == [("Email", "error"), ("Class Date", "error"), ("Hours", "error")]
    assert row.values == {"first": "Al", "last": "Smith"}
    assert row.raw == {
        "Name": "Al Smith", "Email": "al@b", "Class Date": "2/30/2025", "Hours": "many",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "words"),
    [("Ann & Bob Lee", "two people"), ("Madonna", "no first name"), (None, "no name")],
)
def test_a_row_without_one_whole_name_is_an_error(make_book, name, words):
    rows = [["Name", "Email"], ["Al Smith", "al@b.co"], [name, "x@b.co"]]
    row = read_table(make_book(rows)).rows[1]
    assert [issue.severity for issue in row.issues] == ["error"]
    assert words in row.issues[0].message


def test_a_rank_in_front_of_a_name_is_its_title_unless_there_is_one(make_book):
    rows = [
        ["Name", "Rank", "Email"],
        ["Sgt. Al Smith", None, "a@b.co"],
        ["Sgt. Bo Hall", "Lt", "c@b.co"],
    ]
    table = read_table(make_book(rows))
    assert [row.values["title"] for row in table.rows] == ["Sgt.", "Lt"]


def test_nicknames_and_credentials_come_along(make_book):
    rows = [["Name", "Email"], ['William "Bill" Smith, RN', "a@b.co"]]
    values = read_table(make_book(rows)).rows[0].values
    assert (values["nickname"], values["credentials"]) == ("Bill", "RN")


def test_a_suffix_column_beside_whole_names_is_used(make_book):
    rows = [["Name", "Suffix", "Email"], ["Al Smith", "JR", "a@b.co"]]
    assert read_table(make_book(rows)).rows[0].values["suffix"] == "Jr."


def test_names_without_commas_follow_the_heading(make_book):
    rows = [["Name (Last, First)", "Email"], ["Smith Al", "a@b.co"], ["Jones Bo", "c@b.co"]]
    assert read_table(make_book(rows)).rows[0].values["last"] == "Smith"


def test_what_a_column_means_can_be_chosen(make_book):
    path = make_book([["Name", "Misc"], ["Al Smith", "12345"]])
    table = read_table(path, mapping_override={"Misc": "state_number", "Name": "full_name"})
    assert table.rows[0].values["state_number"] == "12345"
    assert table.columns["Misc"].confidence == 1.0
    left_out = read_table(path, mapping_override={"Name": None})
    assert left_out.columns["Name"].field is None


def test_a_text_file_that_lost_its_zeros_gets_them_back_with_a_warning():
    numbers = [f"{n}" for n in range(51301590, 51301601)]
    lines = [f"Al Smith{chr(65 + i)},{number}" for i, number in enumerate([*numbers, "4373121"])]
    table = pasted("Name,POST #\n" + "\n".join(lines))
    last = table.rows[-1]
    assert last.values["state_number"] == "04373121"
    assert issues(last) == [("POST #", "warning")]


def test_a_text_file_that_kept_its_zeros_is_left_alone():
    numbers = ["01301590", *[f"{n}" for n in range(51301591, 51301601)], "4373121"]
    lines = [f"Al Smith{chr(65 + i)},{number}" for i, number in enumerate(numbers)]
    assert pasted("Name,POST #\n" + "\n".join(lines)).rows[-1].values["state_number"] == "4373121"


def test_a_block_copied_from_a_spreadsheet_is_read():
    table = pasted("Name\tEmail\nSmith, Al\ta@b.co\n")
    assert table.rows[0].values == {"first": "Al", "last": "Smith", "email": "a@b.co"}


def test_a_block_copied_from_an_email_needs_no_headings():
    table = pasted("Al Smith, Rolla PD, al@b.co\nBo Jones, Phelps Co SO, bo@b.co\n")
    assert [row.values["agency"] for row in table.rows] == ["Rolla PD", "Phelps Co SO"]
    assert [row.row for row in table.rows] == [1, 2]


def test_a_moment_counts_as_its_day(make_book):
    rows = [["Name", "Completed"], ["Al Smith", datetime(2025, 3, 4, 9, 30)]]
    assert read_table(make_book(rows)).rows[0].values["completed"] == "2025-03-04"


def test_a_column_of_minutes_is_not_taken_for_hours(make_book):
    rows = [["Name", "Minutes attended"], ["Al Smith", 90]]
    assert read_table(make_book(rows)).rows[0].values["minutes"] == 90


def test_the_sheet_that_looks_like_a_list_is_chosen(make_book):
    path = make_book(
        [["Park behind the building"]], Roster=[["Name", "Email"], ["Al Smith", "a@b.co"]]
    )
    table = read_table(path)
    assert (table.sheet, table.other_sheets) == ("Roster", ("First",))
    assert [found.sheet for found in read_tables(path)] == ["Roster"]
    assert read_table(path, "First").header_row == 0


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(make_book):
    with pytest.raises(FileProblem, match="First"):
        read_table(make_book([["Name", "Email"]]), "Second")


def test_a_file_without_any_cell_is_refused(make_book, make_text):
    for path in (make_book([]), make_text("\n\n,,\n")):
        with pytest.raises(FileProblem, match="no rows"):
            read_table(path)


def test_too_many_rows_are_refused_and_none_is_dropped(make_text):
    rows = "".join(f"Al Smith{i},a{i}@b.co\n" for i in range(20_001))
    with pytest.raises(FileProblem, match="20,000"):
        read_table(make_text("Name,Email\n" + rows))


CELL = st.one_of(
    st.sampled_from(
        ["Smith, Al", "BO JONES", "Total", "Name", "Email", "a@b.co", "573-555-1234", "3/4/2025",
         "Rolla PD", "X", "40 hrs", "0123", "note: call", "-", "#", "Jr."]
    ),
    st.text(max_size=12),
    st.just(""),
)  # fmt: skip


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=12))
def test_every_row_is_read_exactly_once(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    try:
        book = text_file.read_pasted(text.getvalue())
        table = from_workbook(book)
    except FileProblem:
        return
    sheet = book.sheets[0]
    filled = [
        line
        for line, cells in zip(sheet.lines, sheet.rows, strict=True)
        if any(cell and str(cell).strip() for cell in cells)
    ]
    below = [line for line in filled if line > table.header_row]
    assert [row.row for row in table.rows] == below
    assert all((row.skipped_reason is None) or not row.values for row in table.rows)
    for row in table.rows:
        assert all(isinstance(issue, Issue) and issue.message for issue in row.issues)


def test_importing_the_types_loads_nothing_heavy():
    code = (
        "import sys, cit_desktop.imports.types, cit_desktop.imports.reading\n"
        "heavy = {'python_calamine', 'nameparser', 'phonenumbers', 'charset_normalizer',"
        " 'sqlalchemy', 'openpyxl', 'PySide6'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


NOTES = [
    ["Lunch is on your own. Questions? Call the training office."],
    ["Total", 2],
    ["* denotes instructor"],
]


@pytest.mark.parametrize("first", ["Email", "Phone", "License", "Completed", "Certificate", "Name"])
@pytest.mark.parametrize("note", NOTES, ids=lambda note: note[0][:5])
def test_a_note_or_total_is_no_person_whatever_column_it_stands_in(make_book, first, note):
    rows = [[None, "Smith, Ana", "Rolla PD"], [None, "Lee, Bo", "Dent Co SO"]]
    if first == "Name":
        rows = [[name, None, agency] for _, name, agency in rows]
    other = "Full Name" if first != "Name" else "Phone"
    path = make_book([[first, other, "Agency"], *rows, note])
    table = read_table(path)
    assert [row.values["last"] for row in table.records] == ["Smith", "Lee"]


def test_a_day_without_its_format_is_a_day_and_said(make_book):
    table = read_table(make_book([["Last", "First", "Class Date"], ["Ito", "Ana", 43_588]]))
    (row,) = table.records
    assert row.values["completed"] == "2019-05-03"
    assert "spreadsheet's day" in row.issues[0].message


def test_short_last_names_in_capitals_are_names_where_all_are_so(make_book):
    names = ["SMITH, Ana", "LE, Bo", "MA III, Cy", "DO, Di"]
    table = read_table(make_book([["Name"], *([name] for name in names)]))
    assert [row.values["last"] for row in table.records] == ["Smith", "Le", "Ma", "Do"]
    mixed = read_table(make_book([["Last", "First"], ["MA", "Ana"], ["Smith", "Bo"]], "b.xlsx"))
    assert mixed.records[0].values["last"] == "MA"


def test_a_heading_repeated_in_a_list_of_one_column_is_nobody(make_book):
    table = read_table(make_book([["Officer"], ["Ana Ito"], ["Bo Lee"], ["Officer"], ["Cy Orr"]]))
    assert [row.values["last"] for row in table.records] == ["Ito", "Lee", "Orr"]
