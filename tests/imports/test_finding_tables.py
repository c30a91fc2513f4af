"""Where the table is, what its columns mean, and which rows are records."""

from __future__ import annotations

from datetime import date

import pytest

from cit_desktop.errors import FileProblem
from cit_desktop.imports import content, headings, mapping, table
from cit_desktop.imports.rows import skipped_reasons


def fields(found: table.Table, **override: str | None) -> dict[str, str | None]:
    columns = mapping.guess(
        found.headings, [found.column(i) for i in range(len(found.headings))], override or None
    )
    return {heading: column.field for heading, column in columns.items()}


def skipped(found: table.Table) -> dict[int, str]:
    columns = mapping.guess(found.headings, [found.column(i) for i in range(len(found.headings))])
    return skipped_reasons(found, columns)


ROSTER = [
    ["Name", "Agency", "Phone"],
    ["Al Smith", "Rolla PD", "573-555-1234"],
    ["Bo Jones", "Rolla PD", "573-555-1235"],
]


def test_titles_and_blank_rows_above_are_not_the_headings(sheet_of):
    found = table.find(sheet_of([["CIT class", None, None], [None] * 3, *ROSTER]))
    assert found.header_row == 3
    assert found.titles == ("CIT class",)
    assert [line for line, _ in found.rows] == [4, 5]


def test_blank_rows_in_the_middle_do_not_end_the_table(sheet_of):
    found = table.find(sheet_of([*ROSTER, [None, None, None], ["", "  ", None], ROSTER[1]]))
    assert [line for line, _ in found.rows] == [2, 3, 6]


def test_headings_in_two_rows_are_joined(sheet_of):
    found = table.find(
        sheet_of(
            [
                ["CIT class", None, None, None, None],
                ["Officer", None, "Contact", None, "Agency"],
                ["Last", "First", "Phone", "Email", None],
                ["Smith", "Al", "573-555-1234", "al@b.co", "Rolla PD"],
                ["Jones", "Bo", "573-555-1235", "bo@b.co", "Rolla PD"],
            ]
        )
    )
    assert found.headings == ("Last", "First", "Phone", "Email", "Agency")
    assert found.header_lines == (2, 3)
    assert found.titles == ("CIT class",)


def test_days_below_a_merged_heading_are_joined_to_it(sheet_of):
    found = table.find(
        sheet_of(
            [
                ["Last Name", "First Name", "Agency", "Attendance", None],
                [None, None, None, "Mon", "Tue"],
                ["Smith", "Al", "Rolla PD", "X", 4],
            ]
        )
    )
    assert found.headings[3:] == ("Attendance Mon", "Attendance Tue")
    assert [line for line, _ in found.rows] == [3]


def test_a_list_without_headings_is_read_by_its_values(sheet_of):
    found = table.find(
        sheet_of(
            [
                ["Smith, Al", "Rolla PD", "al@b.co", "573-555-1234"],
                ["Jones, Bo", "Phelps Co SO", "bo@b.co", "573-555-1235"],
            ]
        )
    )
    assert found.header_row == 0
    assert len(found.rows) == 2
    assert list(fields(found).values()) == ["full_name", "agency", "email", "phone"]


def test_headings_in_words_that_nobody_knows_are_headings_all_the_same(sheet_of):
    found = table.find(sheet_of([["Nombre", "Correo"], ["Al Smith", "al@b.co"]]))
    assert found.header_row == 1
    assert fields(found) == {"Nombre": "full_name", "Correo": "email"}


def test_a_list_of_names_alone_has_a_heading(sheet_of):
    found = table.find(sheet_of([["Attendees"], ["Al Smith"], ["Bo Jones"]]))
    assert (found.header_row, len(found.rows)) == (1, 2)


def test_equal_and_blank_headings_get_names_of_their_own(sheet_of):
    found = table.find(sheet_of([["Name", "Agency", "Name", None], ["a b", "c", "d e", "f"]]))
    assert found.headings == ("Name", "Agency", "Name (2)", "Column D")


def test_columns_are_named_as_spreadsheets_do():
    assert [table.letters(index) for index in (0, 25, 26, 63)] == ["A", "Z", "AA", "BL"]


def test_an_empty_sheet_is_an_empty_table(sheet_of):
    found = table.find(sheet_of([]))
    assert (found.header_row, found.headings, found.rows) == (0, (), ())


def test_totals_notes_and_repeated_headings_are_told_with_a_reason(sheet_of):
    rows = [
        *ROSTER,
        ROSTER[0],
        ["Rolla Police Department", None, None],
        ["Total", 2, None],
        ["Instructor: Bob Hall", None, None],
        ["Lunch is on your own. Call us.", None, None],
        ["* makeup needed", None, None],
        [3, None, None],
    ]
    reasons = skipped(table.find(sheet_of(rows)))
    assert reasons.keys() == {4, 5, 6, 7, 8, 9, 10}
    assert "repeated" in reasons[4]
    assert "Rolla Police Department" in reasons[5]
    assert "total" in reasons[6]
    assert "Instructor" in reasons[7]


def test_a_row_with_a_name_alone_is_a_person(sheet_of):
    assert skipped(table.find(sheet_of([*ROSTER, ["Hall, Bob", None, None]]))) == {}


@pytest.mark.parametrize("last", ["Total", "Sum"])
def test_a_person_whose_name_is_like_a_total_is_kept(sheet_of, last):
    rows = [*ROSTER, [f"{last}, Ann", "Rolla PD", "573-555-1236"]]
    assert skipped(table.find(sheet_of(rows))) == {}


def test_another_table_below_is_told_row_by_row(sheet_of):
    rows = [*ROSTER, [None] * 3, ["Hours", "Email", "County"], ["40", "al@b.co", "Phelps"]]
    reasons = skipped(table.find(sheet_of(rows)))
    assert reasons.keys() == {5, 6}
    assert "Another table" in reasons[5]
    assert "row 5" in reasons[6]


def test_a_row_number_without_anything_else_is_no_record(sheet_of):
    rows = [["#", "Name", "Agency"], [1, "Al Smith", "Rolla PD"], [2, None, None]]
    assert skipped(table.find(sheet_of(rows))) == {3: "Only a number stands in this row."}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Last Name", "last"),
        ("LastName", "last"),
        ("first_name", "first"),
        ("M.I.", "middle"),
        ("Name (Last, First MI)", "full_name"),
        ("Attendee's Name", "full_name"),
        ("Officer", "full_name"),
        ("Dept.", "agency"),
        ("Agency / Organization", "agency"),
        ("Which agency do you work for?", "agency"),
        ("Rank/Title", "title"),
        ("POST License # (if officer)", "state_number"),
        ("POST No.", "state_number"),
        ("Tcole PID", "state_number"),
        ("E-Mail", "email"),
        ("Best email to reach you", "email"),
        ("Cell #", "phone"),
        ("Cert No", "certificate"),
        ("Hrs", "minutes"),
        ("HOURS ATTENDED", "minutes"),
        ("Date Completed", "completed"),
        ("Class End", "completed"),
        ("Timestamp", "ignored"),
        ("#", "ignored"),
        ("Supervisor's email", "ignored"),
        ("Emergency contact phone", "ignored"),
        ("Date of Birth", "ignored"),
        ("Any dietary needs?", "ignored"),
        ("Start date", "ignored"),
        ("Mon AM", "ignored"),
        ("", None),
    ],
)
def test_headings_are_known_by_their_words(heading, field):
    assert headings.best(heading)[0] == field


@pytest.mark.parametrize("heading", ["Driver's License", "Instructor name", "Agency phone"])
def test_a_heading_with_a_word_against_it_is_not_taken_for_sure(heading):
    field, _ = headings.best(heading)
    assert field not in {"state_number", "full_name", "agency"}


def test_a_heading_says_which_name_comes_first():
    assert headings.is_family_first("Name (Last, First MI)")
    assert not headings.is_family_first("First and last name")
    assert not headings.is_family_first("Name")


def guessed(heading: str, *cells: object) -> tuple[str | None, float]:
    column = mapping.guess([heading], [list(cells)])[heading]  # type: ignore[list-item]
    return column.field, column.confidence


def test_content_speaks_against_a_heading():
    assert guessed("Name", "al@b.co", "bo@b.co", "jo@b.co")[0] == "email"
    assert guessed("Phone", "yes", "no", "no", "no")[1] < 0.5
    assert guessed("Completed", "Yes", "Yes", "No", "Yes")[0] is None


def test_one_slip_does_not_make_a_heading_wrong():
    assert guessed("Email", "al@b")[0] == "email"
    assert guessed("Class Date", "2/30/2025")[0] == "completed"


def test_content_makes_a_heading_surer():
    assert guessed("Contact email for class", "al@b.co")[1] > guessed("Contact email for class")[1]


def test_three_different_samples_are_shown():
    column = mapping.guess(["Name"], [["Al Smith", "Al Smith", None, "Bo J", "Jo D", "Ed F"]])[
        "Name"
    ]
    assert column.samples == ("Al Smith", "Bo J", "Jo D")


def test_a_field_is_given_to_one_column_only(sheet_of):
    found = table.find(
        sheet_of(
            [
                ["Name", "Cell phone", "Work phone", "Class start", "Class end"],
                ["Al Smith", "573-555-1234", "573-555-1235", "10/12/2026", "10/16/2026"],
            ]
        )
    )
    assert fields(found) == {
        "Name": "full_name",
        "Cell phone": "phone",
        "Work phone": None,
        "Class start": None,
        "Class end": "completed",
    }


def test_a_name_comes_in_parts_or_whole_but_not_both():
    names = ["Name", "Last", "First"]
    columns = [["Al Smith"], ["Smith"], ["Al"]]
    assert [c.field for c in mapping.guess(names, columns).values()] == [None, "last", "first"]
    columns = [["Al", "Bo"], ["Smith", "Jones"]]
    assert [c.field for c in mapping.guess(["Name", "Last name"], columns).values()] == [
        "first",
        "last",
    ]


def test_what_somebody_chose_is_kept():
    columns = mapping.guess(
        ["Name", "Who"], [["x"], ["Al Smith"]], {"Who": "full_name", "Name": None, "gone": "email"}
    )
    assert (columns["Who"].field, columns["Who"].confidence) == ("full_name", 1.0)
    assert columns["Name"].field is None


@pytest.mark.parametrize("override", [{"A": "shoe"}, {"A": "email", "B": "email"}])
def test_a_choice_that_cannot_be_is_refused(override):
    with pytest.raises(FileProblem):
        mapping.guess(["A", "B"], [["x"], ["y"]], override)


def test_content_knows_a_running_number_and_a_day():
    assert content.look([1, 2, 3, 4]).sequence
    assert not content.look([1, 5, 3]).sequence
    assert content.look([date(2026, 1, 1), "1/2/2026", "x", None]).day == pytest.approx(2 / 3)
    assert content.look([None, "", "n/a"]).count == 0


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Student First", "first"), ("Officer Last", "last"), ("Attendee Suffix", "suffix")],
)
def test_the_word_for_the_person_does_not_hide_what_a_heading_names(heading, field):
    assert headings.best(heading)[0] == field
