"""Cells that are typed anew before a list goes in, and what holds for all of its rows."""

from __future__ import annotations

import pytest

from cit_desktop.imports import mending, places, sheet, sheets
from cit_desktop.imports.reading import from_workbook
from cit_desktop.imports.returned import Returned, ReturnedColumn, ReturnedLine

ROWS = [["Last", "First", "Email"], ["Ito", "Ana", "ana(at)example"], ["Li", "Bo", None]]


@pytest.fixture
def book(make_book):
    return sheet.read(make_book(ROWS))


def test_a_mended_cell_is_read_in_the_place_of_what_stands_there(book):
    wrong = from_workbook(book)
    assert [one.severity for one in wrong.rows[0].issues] == ["error"]
    place = mending.place_of(wrong, 2, "Email")
    right = from_workbook(mending.mended(book, {place: "ana@example.org"}))
    assert right.rows[0].values["email"] == "ana@example.org"
    assert right.rows[0].issues == ()
    assert right.rows[1] == wrong.rows[1]


def test_a_cell_beyond_the_end_of_its_row_can_be_filled(book):
    place = ("First", 3, "Email")
    found = from_workbook(mending.mended(book, {place: "bo@example.org"}))
    assert found.rows[1].values["email"] == "bo@example.org"


def test_a_cell_can_be_emptied(book):
    found = from_workbook(mending.mended(book, {("First", 2, "Email"): ""}))
    assert "email" not in found.rows[0].values
    assert found.rows[0].issues == ()


@pytest.mark.parametrize(
    "place", [("First", 99, "Email"), ("First", 2, "Shoe"), ("Other", 2, "Email")]
)
def test_a_place_that_is_not_there_changes_nothing(book, place):
    assert from_workbook(mending.mended(book, {place: "x"})) == from_workbook(book)


def test_without_edits_the_file_is_the_same(book):
    assert mending.mended(book, {}) is book


def test_a_cell_of_another_sheet_is_found_by_its_row(make_book):
    head = ["Name", "Agency", "Completed", "Hours"]
    one = [head, ["Ito, Ana", "Rolla PD", "2019-05-03", 40], ["Li, Bo", "Dent SO", "2019-05-03", 8]]
    two = [
        ["Agency", "Name", "Completed", "Hours"],
        ["Rolla PD", "Orr, Cy", "2020-05-03", 40],
        ["Dent SO", "Poe, Di", "2020-05-03", 40],
    ]
    book = sheet.read(make_book(one, Second=two))
    found = sheets.list_of(book)
    assert found.sheets == ("First", "Second")
    row = places.key(1, 2)
    place = mending.place_of(found, row, "Name")
    assert place == ("Second", 2, "Name")
    again = sheets.list_of(mending.mended(book, {place: "Roe, Cy"}))
    values = {one.row: one.values for one in again.rows}
    assert (values[row]["last"], values[2]["last"]) == ("Roe", "Ito")


def test_what_holds_for_all_rows_stands_only_where_nothing_is_said(table_of):
    made = table_of(
        {"first": "Ana", "last": "Ito", "agency": "Rolla PD"},
        {"first": "Bo", "last": "Li"},
        "Total: 2",
    )
    given = mending.with_constants(made, {"agency": " Dent SO ", "county": " "})
    assert [row.values.get("agency") for row in given.rows] == ["Rolla PD", "Dent SO", None]
    assert all("county" not in row.values for row in given.rows)
    assert mending.with_constants(made, {"agency": ""}) is made


def test_only_what_no_column_holds_can_be_given_for_all(table_of):
    assert mending.can_be_constant(table_of({"last": "Ito"})) == mending.CONSTANTS
    assert "agency" not in mending.can_be_constant(table_of({"last": "Ito", "agency": "x"}))


def test_a_value_of_an_edited_list_can_be_typed_anew():
    columns = (ReturnedColumn("email", "E-mail", "text", 1),)
    lines = tuple(ReturnedLine(n, f"k{n}", {"email": "wrong"}) for n in (2, 3))
    came = Returned("a.xlsx", "people", "uid", "", "People", columns, {}, lines)
    right = mending.returned_mended(came, {("", 3, "E-mail"): "ana@example.org"})
    assert [line.texts["email"] for line in right.lines] == ["wrong", "ana@example.org"]
    assert mending.returned_mended(came, {("", 3, "Shoe"): "x"}) is came
    assert mending.returned_mended(came, {}) is came


def test_what_is_typed_anew_is_read_as_the_cell_of_an_edited_list_is():
    columns = (
        ReturnedColumn("b1", "Mon AM", "mark", 1),
        ReturnedColumn("number", "State number", "text", 2),
    )
    line = ReturnedLine(2, "k", {"b1": "here", "number": "x"})
    base = {"k": {"b1": "", "number": "0042"}}
    came = Returned("a.xlsx", "attendance", "uid", "", "Sheet", columns, base, (line,))
    edits = {("", 2, "Mon AM"): "P", ("", 2, "State number"): ""}
    right = mending.returned_mended(came, edits)
    assert right.lines[0].texts == {"b1": "present", "number": ""}
