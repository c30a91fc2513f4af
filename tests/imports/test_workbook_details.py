"""What a workbook hides, joins or leaves uncalculated is told, and no value is made up for it."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cit_desktop.errors import FileProblem
from cit_desktop.imports import faults, sheet
from cit_desktop.imports.reading import read_table

HEADINGS = ("Name", "Agency", "POST #", "Completed")
ROWS = (
    ("Smith, Al", "Rolla PD", "00123", date(2026, 3, 7)),
    ("Jones, Bo", None, 10456, date(2026, 3, 7)),
    ("Reyes, Cy", "Cuba PD", "20789", date(2026, 3, 8)),
)


@pytest.fixture
def book():
    made = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS):
        made.active.append(row)
    return made


@pytest.fixture
def saved(book, tmp_path):
    """The table that is read from the workbook as it is now."""

    def save():
        path = tmp_path / "list.xlsx"
        book.save(path)
        return read_table(path)

    return save


def issues(table):
    return {(row.row, one.column): one for row in table.rows for one in row.issues}


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"])
def test_an_error_in_a_cell_is_a_problem_of_that_cell(book, saved, error):
    book.active["B4"] = error
    book.active["B4"].data_type = "e"
    table = saved()
    found = issues(table)[4, "Agency"]
    assert found.severity == "error"
    assert error in found.message
    assert "agency" not in table.rows[2].values
    assert len(issues(table)) == 1


def test_a_formula_that_was_never_calculated_is_told_and_its_row_is_kept(book, saved):
    book.active.append(["=A2", '=B2&""', "=C2", "=D2"])
    table = saved()
    assert len(table.rows) == 4
    told = [one.message for (row, _), one in issues(table).items() if row == 5]
    assert sum("result is not saved" in message for message in told) == 4


def test_a_formula_with_its_result_is_read_by_the_result(book, tmp_path):
    import zipfile

    book.active["B3"] = "=B2"
    path, other = tmp_path / "a.xlsx", tmp_path / "list.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            content = content.replace(
                b'<c r="B3"><f>B2</f><v /></c>', b'<c r="B3" t="str"><f>B2</f><v>Rolla PD</v></c>'
            )
            new.writestr(part, content)
    table = read_table(other)
    assert table.rows[1].values["agency"] == "Rolla PD"
    assert (3, "Agency") not in issues(table)


def test_hidden_columns_are_read_and_named(book, saved):
    book.active.column_dimensions["B"].hidden = True
    table = saved()
    assert "hidden column (B) that was read" in " ".join(table.notes)
    assert table.rows[0].values["agency"] == "Rolla PD"


def test_cells_merged_over_rows_give_each_row_their_value(book, saved):
    book.active.merge_cells("B2:B3")
    table = saved()
    assert [row.values["agency"] for row in table.rows] == ["Rolla PD", "Rolla PD", "Cuba PD"]
    assert "1 cell lies within merged cells" in " ".join(table.notes)


def test_a_title_merged_above_the_list_is_no_value_of_it(book, saved):
    book.active.insert_rows(1, 2)
    book.active["A1"] = "Class of March"
    book.active.merge_cells("A1:A2")
    table = saved()
    assert (table.header_row, len(table.rows), table.titles) == (3, 3, ("Class of March",))
    assert not table.notes


def test_days_of_a_workbook_that_counts_from_1904_are_right(book, saved):
    book.epoch = CALENDAR_MAC_1904
    assert [row.values["completed"] for row in saved().rows] == [
        "2026-03-07",
        "2026-03-07",
        "2026-03-08",
    ]


def test_a_format_far_outside_the_list_does_not_make_it_too_large(book, saved):
    book.active["CZ9"].number_format = "0.00"
    book.active["CZ9"].value = ""
    assert len(saved().rows) == 3


def test_sheets_tell_how_many_rows_they_hold(book, tmp_path):
    other = book.create_sheet("Notes")
    other.append(["Bring a pen."])
    other.append([None])
    other.append(["Lunch is on your own."])
    path = tmp_path / "list.xlsx"
    book.save(path)
    assert [(one.name, one.filled) for one in sheet.read(path).sheets] == [
        ("Sheet", 4),
        ("Notes", 2),
    ]


def test_errors_that_came_as_text_are_problems_too(make_text):
    table = read_table(make_text("Last,First,Agency\nSmith,Al,#REF!\nJones,Bo,#####\n"))
    assert "#REF!" in issues(table)[2, "Agency"].message
    assert "too narrow" in issues(table)[3, "Agency"].message


@pytest.mark.parametrize(
    "cell", ["#1", "Al", "", None, 5, "# of seats", "#hashtag", "Erin", "(573)"]
)
def test_what_is_no_error_is_left_alone(cell):
    assert faults.sentence(cell) is None


def test_a_long_text_is_a_problem_of_its_cell_and_stays_as_it_was_written(make_text):
    long = "1/" * 15_000
    text = f"Last,First,Agency,Notes\nSmith,Al,{long},{'ab ' * 300}\nJones,Bo,Rolla PD,x\n"
    table = read_table(make_text(text))
    row = table.rows[0]
    assert "30,000 characters" in issues(table)[2, "Agency"].message
    assert (row.raw["Agency"], row.values["last"]) == (long, "Smith")
    assert row.values["note"] == ("ab " * 300).strip()


def test_a_cell_longer_than_any_can_be_refuses_the_file(book, saved, make_text):
    with pytest.raises(FileProblem, match="line 2: a cell has 40,000"):
        read_table(make_text(f"Last,First\n{'a' * 40_000},Al\n"))
    book.active["B2"] = "x" * 32_767
    assert "32,767 characters" in issues(saved())[2, "Agency"].message
