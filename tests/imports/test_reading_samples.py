"""The sample files give what a careful person would have typed in from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cit_desktop.imports.disciplines import guess_discipline
from cit_desktop.imports.reading import read_table, read_tables

# What the truth calls a field, and what the import calls it.
NAMES = {
    "first": "first", "middle": "middle", "last": "last", "suffix": "suffix", "title": "title",
    "agency_written": "agency", "license": "state_number", "email": "email", "phone": "phone",
    "completed": "completed", "certificate": "certificate", "county": "county",
}  # fmt: skip


def truth_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_name(f"{path.name}.truth.json").read_text("utf-8"))
    return found


def compared(path: Path) -> list[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Line, what was read and what is true, for the fields that the file has."""
    tables = read_tables(path)
    found = []
    rows = [(table, row) for table in tables for row in table.records]
    truth = truth_of(path)["rows"]
    for (table, row), true in zip(rows, truth, strict=True):
        fields = {column.field for column in table.columns.values()}
        if "full_name" in fields:
            fields |= {"first", "middle", "last", "suffix"}
        names = {name: field for name, field in NAMES.items() if name in true and field in fields}
        found.append(
            (
                row.row,
                {name: row.values.get(field, "") for name, field in names.items()},
                {name: true[name] for name in names},
            )
        )
    return found


@pytest.mark.parametrize(
    "name",
    ["agency_sheet_a.xlsx", "semicolons_a.csv", "old_a.xls", "history_a.xlsx", "sign_in_a.xlsx"],
)
def test_every_row_of_a_sample_is_read_exactly(fixtures, name):
    wrong = [entry for entry in compared(fixtures / name) if entry[1] != entry[2]]
    assert wrong == []


def test_the_web_form_is_read_exactly_with_the_person_who_answered_twice(fixtures):
    path = fixtures / "web_form_a.csv"
    rows = read_table(path).records
    truth = truth_of(path)
    true = [*truth["rows"]]
    for before, again in truth["same_person_rows"]:
        true.insert(again - 1, true[before - 1])
    assert len(rows) == len(true)
    for row, expected in zip(rows, true, strict=True):
        fields = (
            "first",
            "middle",
            "last",
            "suffix",
            "agency_written",
            "title",
            "license",
            "email",
            "phone",
        )
        read = {name: row.values.get(NAMES[name], "") for name in fields}
        assert read == {name: expected[name] for name in fields}


def test_the_agency_sheet_tells_its_title_its_total_and_its_note(fixtures):
    table = read_table(fixtures / "agency_sheet_a.xlsx")
    assert table.sheet == "Class list"
    assert table.other_sheets == ("Directions",)
    assert table.header_row == 5
    assert table.titles[1] == "Rolla, MO October 12–16, 2026"
    skipped = {row.row: row.skipped_reason for row in table.rows if row.skipped_reason}
    assert skipped.keys() == {33, 34}
    assert "total" in skipped[33]
    assert "Lunch is on your own" in skipped[34]
    assert len(table.records) == 24


def test_a_licence_regains_its_zero_and_says_so(fixtures):
    table = read_table(fixtures / "old_a.xls")
    row = next(row for row in table.records if row.values["last"] == "Sanchez")
    assert row.values["state_number"] == "04373121"
    assert [(issue.column, issue.severity) for issue in row.issues] == [("LICENSE", "note")]
    assert row.values["completed"] == truth_of(fixtures / "old_a.xls")["completed"]


def test_the_hours_of_past_classes_are_whole_minutes(fixtures):
    path = fixtures / "history_a.xlsx"
    read = [row.values["minutes"] for table in read_tables(path) for row in table.records]
    assert read == [round(row["hours"] * 60) for row in truth_of(path)["rows"]]


def test_all_ten_sheets_of_past_classes_are_read(fixtures):
    tables = read_tables(fixtures / "history_a.xlsx")
    assert [table.sheet for table in tables] == [str(year) for year in range(2016, 2026)]
    assert all(table.titles == (f"CIT graduates {table.sheet}",) for table in tables)
    assert all(not table.doubts for table in tables)


def test_the_marks_of_a_sign_in_sheet_stay_as_they_were(fixtures):
    table = read_table(fixtures / "sign_in_a.xlsx")
    row = table.records[0]
    assert row.raw["Tue PM"] == 4
    assert row.raw["Mon PM"] == "✓"
    assert "Wed AM" not in row.raw
    assert all(table.columns[name].field is None for name in ("Mon AM", "Fri PM", "Total"))


@pytest.mark.parametrize(
    "name",
    ["web_form_a.csv", "agency_sheet_a.xlsx", "semicolons_a.csv", "old_a.xls", "sign_in_a.xlsx"],
)
def test_no_sample_has_a_row_in_error(fixtures, name):
    table = read_table(fixtures / name)
    errors = [i for row in table.records for i in row.issues if i.severity != "note"]
    assert errors == []


def test_an_encoding_that_had_to_be_guessed_is_told(fixtures):
    assert "Windows-1252" in " ".join(read_table(fixtures / "semicolons_a.csv").notes)


def test_title_and_agency_tell_most_disciplines(fixtures):
    rows = truth_of(fixtures / "agency_sheet_a.xlsx")["rows"]
    guessed = [guess_discipline(row["title"], row["agency_written"]) for row in rows]
    assert sum(found is not None for found in guessed) >= 0.9 * len(rows)


def test_a_discipline_that_is_written_out_decides():
    assert guess_discipline("Officer", "Rolla PD", "Dispatch") == guess_discipline(
        "Dispatcher", "Phelps County 911"
    )
    assert guess_discipline("Deputy", "Phelps Co SO", "law enforcement") == "sheriff"
    assert guess_discipline("", "") is None
