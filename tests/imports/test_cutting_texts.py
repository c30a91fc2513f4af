"""A text cut into rows and cells, and cells that only show that something is wrong."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.errors import FileProblem
from cit_desktop.imports import delimited, faults, places
from cit_desktop.imports.types import Sheet

CELL = st.text("ab \"'\n;,|\t1@", max_size=8)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b;c\n1;2,5;3\n", ";"),
        ("a|b\n1|2\n", "|"),
        ("a\tb\n1\t2", "\t"),
        ("a\n1\n", ","),
        ("", ","),
        ('"x;y",b\n"z;w",c\n', ","),
        ("Last, First;Agency\nIto, Ana;Rolla PD\nLi, Bo;Salem\n", ";"),
        ("name\nIto, Ana\nLi, Bo\n", ","),
        ("Name;Hours\nIto;36,5\nLi;40,0\nMoss;12,0\n", ";"),
    ],
)
def test_the_delimiter_is_what_cuts_most_rows_alike(text, delimiter):
    assert delimited.delimiter_of(text) == delimiter


def cut(text: str, delimiter: str = ",") -> list[delimited.Record]:
    return list(delimited.records(text, delimiter, "list.csv"))


def test_a_row_knows_the_line_it_begins_on_past_cells_of_several_lines():
    assert cut('a,b\n1,"x\ny"\n2,z\n') == [(1, ["a", "b"]), (2, ["1", "x\ny"]), (4, ["2", "z"])]


def test_an_empty_line_is_a_row_without_cells():
    assert cut("a,b\n\n1,2\n") == [(1, ["a", "b"]), (2, []), (3, ["1", "2"])]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b,c\n1,2,"3\n4,5,6\n7,8,"9\n', 2),  # the quote swallows a whole row
        ('a,b\n1,2\n3,"4\n', 3),  # it is never closed
        ('a,b\n1,"2" x\n', 2),  # something stands behind it
        ('a,b\n"1,2014\n3","4"\n', 2),  # half a row, told by its data
    ],
)
def test_a_quotation_mark_that_merges_rows_is_refused_with_its_line(text, line):
    with pytest.raises(FileProblem) as caught:
        cut(text)
    assert caught.value.message.startswith(
        f"“list.csv”, line {line}: a quotation mark is opened here"
    )
    assert caught.value.hint == (
        "Open the file in a text editor, mend or remove the quotation mark in "
        f"line {line}, save it and choose it again."
    )


def test_a_remark_of_several_lines_is_one_cell():
    text = 'a,b\n1,"first, second\nthird"\n'
    assert cut(text)[1] == (2, ["1", "first, second\nthird"])


def copied(text: str) -> list[delimited.Record]:
    return list(delimited.copied(text, "\t", "what was pasted"))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"Bo" Smith\tx', [(1, ['"Bo" Smith', "x"])]),
        ('"a ""b"""\tx', [(1, ['a "b"', "x"])]),
        ("a\t\nb\tc\r\nd\te\r", [(1, ["a", ""]), (2, ["b", "c"]), (3, ["d", "e"])]),
        ("a\t", [(1, ["a", ""])]),
        ('"a\nb"\tc\nd\te', [(1, ["a\nb", "c"]), (3, ["d", "e"])]),
        ('"', [(1, ['"'])]),
        ('"a\t"b', [(1, ['"a', '"b'])]),
        ("", []),
        ("\n\na", [(1, [""]), (2, [""]), (3, ["a"])]),
    ],
)
def test_what_a_spreadsheet_copies_is_taken_apart_as_it_was(text, rows):
    assert copied(text) == rows


def test_a_pasted_quotation_mark_that_swallows_rows_is_refused():
    with pytest.raises(FileProblem, match="“what was pasted”, line 2: a quotation mark"):
        copied('a\tb\tc\n1\t2\t"3\n4\t5\t6\n7\t8\t9"\n')


@given(st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=5))
def test_written_rows_come_back_or_are_refused_but_never_merged(rows):
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(rows)
    try:
        found = [cells for _, cells in cut(written.getvalue())]
    except FileProblem:
        return
    assert found == rows


# Cells that show an error


@pytest.mark.parametrize(
    "cell", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#SPILL!", "#GETTING_DATA", "Err:502"]
)
def test_a_formula_without_a_value_is_told_with_what_to_do(cell):
    assert faults.sentence(cell) == (
        f"This cell shows {cell}: its formula found no value. Type the value in place of the "
        "formula, or leave the cell blank."
    )


@pytest.mark.parametrize(("cell", "shown"), [("###", "###"), ("#" * 20, "#" * 8)])
def test_a_column_that_was_too_narrow_is_told(cell, shown):
    assert faults.sentence(cell) == (
        f"This cell shows {shown}: its column was too narrow when it was copied. "
        "Widen the column and copy it again."
    )


def test_a_formula_that_was_never_calculated_is_told():
    told = faults.sentence(faults.UNCALCULATED)
    assert told is not None
    assert "Open the file in Excel, save it and choose it again" in told


@pytest.mark.parametrize(
    "cell",
    ["##", "#1", "#div/0!", "Err:50", "Err:5021", "E", "(formula)", "", 5, None, "#REF! x", "[12 "],
)
def test_a_cell_with_a_value_shows_no_error(cell):
    assert faults.sentence(cell) is None


def test_a_long_text_is_cut_told_and_kept_beside():
    long = "x" * 50 + "   " + "y" * 400
    sheet = Sheet("A", (("Name", "Note"), ("Ito", long), ("Li", "z" * 400)), (3, 4, 7))
    short, kept = faults.shortened(sheet)
    assert kept == {(4, 1): long}
    cell = short.rows[1][1]
    assert cell == f"{long[:60].rstrip()}… [453 characters]"
    assert short.rows[2][1] == "z" * 400  # exactly as long as a note may be
    assert faults.sentence(cell) == "This text has 453 characters. It was left out; shorten it."


def test_a_sheet_of_short_texts_is_left_as_it_is():
    sheet = Sheet("A", (("Name",), ("Ito",)), (1, 2))
    assert faults.shortened(sheet) == (sheet, {})
    assert faults.shortened(sheet)[0] is sheet


# Rows of several sheets


@given(st.integers(0, 90), st.integers(1, places.SHEET_STEP - 1))
def test_a_row_of_several_sheets_is_found_again_by_its_number(sheet, line):
    row = places.key(sheet, line)
    assert (places.sheet_of(row), places.line_of(row)) == (sheet, line)


def test_a_row_is_called_by_its_line_and_by_its_sheet_from_the_second_on():
    assert places.words(places.key(0, 12)) == "row 12"
    assert places.words(places.key(1, 12)) == "row 12 of sheet 2"
