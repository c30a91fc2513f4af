"""Workbooks that go out to be edited or mended: what the files themselves hold."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from cit_desktop.documents.edits import HIDDEN_SHEET, EditColumn, EditDocument, EditRow
from cit_desktop.documents.results import (
    SUMMARY_SHEET,
    Remark,
    ResultDocument,
    ResultRow,
    ResultSheet,
)
from cit_desktop.exports import edit_xlsx, result_xlsx
from cit_desktop.progress import Cancelled

NASTY = ["=1+1", "+1", "@SUM(A1)", "_x0041_", "#REF!", "<b>&", "a\x07b", "x" * 40, "ﷺ", "'"]
COLUMNS = (
    EditColumn("last", "Last name", hint="The name of the family."),
    EditColumn("role", "Role", "choice", 12, ("trainee", "instructor")),
    EditColumn("county", "County", "choice", 12, ("Phelps",), strict=False),
    EditColumn("score", "Score", "int", 8),
    EditColumn("day", "Day", "date", 12),
    EditColumn("result", "Result", editable=False),
)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def edited(rows, columns=COLUMNS, **more):
    document = EditDocument(
        "roster",
        "Roster of X",
        "chapter",
        columns,
        tuple(EditRow(f"k{place}", tuple(row)) for place, row in enumerate(rows)),
        **more,
    )
    return opened(edit_xlsx.workbook(document))


def result(*rows, **more):
    sheet = {"name": "List", "header_row": 1, "headings": {0: "Last", 1: "First"}} | more
    document = ResultDocument(
        "list.xlsx",
        "chapter",
        "1 row read.",
        (("new", 1),),
        (ResultSheet(rows=tuple(rows), **sheet),),
    )
    return result_xlsx.workbook(document)


ROW = ["Ito", "trainee", "Phelps", "7", "2026-01-02", "open"]


def test_texts_that_look_like_formulas_stay_texts():
    book = edited([[text, *ROW[1:]] for text in NASTY])
    cells = [row[1] for row in book.worksheets[0].iter_rows(min_row=4, max_row=3 + len(NASTY))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value.replace("_x005F_", "_") for cell in cells] == [
        text.replace("\x07", "") for text in NASTY
    ]


def test_days_and_numbers_are_typed_and_blanks_are_blank():
    sheet = edited([ROW, ["Li", "", "", "", "", ""]]).worksheets[0]
    assert [cell.value for cell in sheet[4]] == [
        "k0", "Ito", "trainee", "Phelps", 7, datetime(2026, 1, 2), "open",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]] == ["k1", "Li", None, None, None, None, None]
    assert sheet["F4"].number_format == "mm/dd/yyyy"
    assert sheet["B4"].number_format == "@"


def test_each_column_says_what_can_be_typed():
    sheet = edited([ROW]).worksheets[0]
    rules = {
        str(rule.sqref).rstrip("0123456789").split(":")[0][0]: rule
        for rule in sheet.data_validations.dataValidation
    }
    kinds = {letter: rule.type for letter, rule in rules.items()}
    assert kinds == {
        "B": None, "C": "list", "D": "list", "E": "whole", "F": "date", "G": "custom",
    }  # fmt: skip
    assert rules["B"].prompt == "The name of the family."
    assert (rules["C"].showErrorMessage, rules["D"].showErrorMessage) == (True, False)
    assert (rules["C"].formula1, rules["D"].formula1) == (
        "'Lists'!$A$2:$A$3", "'Lists'!$B$2:$B$2",
    )  # fmt: skip
    assert rules["G"].error == "This column is only shown. Nothing in it is changed."


def test_rows_typed_below_have_the_drop_downs_and_are_not_locked():
    sheet = edited([ROW]).worksheets[0]
    assert all("504" in str(rule.sqref) for rule in sheet.data_validations.dataValidation)
    assert sheet.column_dimensions["C"].number_format == "@"
    for letter in "ABCDEFG":
        assert not sheet.column_dimensions[letter].protection.locked


def test_a_list_without_choices_has_no_sheet_of_them():
    book = edited([["Ito"]], (EditColumn("last", "Last name"),))
    assert [sheet.title for sheet in book.worksheets] == ["Roster of X", HIDDEN_SHEET]


def test_an_empty_list_can_be_filled():
    sheet = edited([]).worksheets[0]
    assert sheet.max_row == 3
    assert sheet.auto_filter.ref == "A3:G4"


@pytest.mark.parametrize("adds", [True, False])
def test_the_workbook_says_how_it_is_used(adds):
    said = edited([ROW], adds=adds).worksheets[0]["B2"].value
    assert ("New rows go below" in said, "added on the roster" in said) == (adds, not adds)


def test_writing_an_edited_list_can_be_given_up():
    def stop(done, total, what=""):
        raise Cancelled

    with pytest.raises(Cancelled):
        edit_xlsx.workbook(EditDocument("people", "P", "c", COLUMNS, ()), stop)


# The result of an import


def test_a_cell_with_several_remarks_has_the_color_of_the_worst_and_all_texts():
    remarks = (
        Remark(1, "note", "Cut."),
        Remark(1, "error", "Wrong."),
        Remark(1, "error", "Wrong."),
    )
    sheet = opened(result(ResultRow(2, {0: "Ito"}, remarks))).worksheets[1]
    assert sheet["B2"].comment.text == "Cut.\n\nWrong."
    assert sheet["B2"].fill.fgColor.rgb == "FFF9D0CC"
    assert sheet["A2"].comment is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "=1+1"),
        (7, 7),
        (7.5, 7.5),
        (True, True),
        (date(2026, 1, 2), datetime(2026, 1, 2)),
        (datetime(2026, 1, 2, 8, 30), datetime(2026, 1, 2, 8, 30)),
        (time(8, 30), time(8, 30)),
        (timedelta(hours=40), timedelta(hours=40)),
        ("a\x07b", "ab"),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_a_value_stands_as_it_was(value, shown):
    sheet = opened(result(ResultRow(2, {0: value}))).worksheets[1]
    assert sheet["A2"].value == shown
    assert sheet["A2"].data_type != "f"


def test_rows_stand_in_their_lines_below_titles_and_gaps():
    book = opened(
        result(
            ResultRow(5, {0: "Ito"}),
            ResultRow(9, {0: "Li"}),
            header_row=4,
            titles=("Sign-up", "Rolla"),
        )
    )
    sheet = book.worksheets[1]
    column = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert column == ["Sign-up", "Rolla", None, "Last", "Ito", None, None, None, "Li"]
    assert sheet.freeze_panes == "A5"


def test_a_list_without_headings_gets_none():
    sheet = opened(result(ResultRow(1, {0: "Ito"}), header_row=0)).worksheets[1]
    assert (sheet["A1"].value, sheet.freeze_panes) == ("Ito", None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Import result", "Import result 2"),
        (HIDDEN_SHEET, f"{HIDDEN_SHEET} 2"),
        ("a/b:c", "a b c"),
        ("x" * 40, "x" * 31),
        ("", "List"),
        ("History", "History 2"),
    ],
)
def test_a_sheet_keeps_its_name_as_far_as_excel_lets_it(name, expected):
    book = opened(result(ResultRow(2, {0: "Ito"}), name=name))
    assert [sheet.title for sheet in book.worksheets] == [SUMMARY_SHEET, expected, HIDDEN_SHEET]


def test_a_name_with_an_apostrophe_can_be_jumped_to():
    row = ResultRow(2, {0: "Ito"}, (Remark(0, "error", "Wrong."),))
    summary = opened(result(row, name="Ann's list")).worksheets[0]
    [link] = [cell.hyperlink for row in summary.iter_rows() for cell in row if cell.hyperlink]
    assert link.location == "'Ann''s list'!A2"


def test_a_total_is_quiet():
    sheet = opened(result(ResultRow(2, {0: "Total"}, quiet=True))).worksheets[1]
    assert sheet["A2"].font.color.rgb == "FF5B6672"


def test_findings_come_with_the_worst_first_and_not_without_end(monkeypatch):
    rows = [
        ResultRow(2, {}, (Remark(0, "note", "Cut."),)),
        ResultRow(3, {}, (Remark(0, "warning", "Look."),)),
        ResultRow(4, {}, (Remark(0, "error", "Wrong."),)),
    ]
    summary = opened(result(*rows)).worksheets[0]
    assert [row[0].value for row in summary if isinstance(row[0].value, int)] == [4, 3, 2]
    monkeypatch.setattr(result_xlsx, "_LISTED", 2)
    summary = opened(result(*rows)).worksheets[0]
    assert summary.cell(summary.max_row, 1).value == "1 more are only on the list itself."


def test_nothing_tells_when_a_workbook_was_made():
    with zipfile.ZipFile(io.BytesIO(result(ResultRow(2, {0: "Ito"})))) as archive:
        assert b"dcterms:created" not in archive.read("docProps/core.xml")
