"""A list edited in a spreadsheet, from the command line."""

from __future__ import annotations

import openpyxl
import pytest

PEOPLE = """First,Last,Agency,E-mail,POST license
Ana,Ito,Rolla PD,ana@example.org,0045
Ben,Okafor,Rolla PD,ben@example.org,77
"""


@pytest.fixture
def begun_list(cli, chapter, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    assert cli("import", chapter, path).code == 0
    return chapter


@pytest.fixture
def edited(cli, begun_list, tmp_path):
    """The list of people as it went out, and a way to change it."""
    out = tmp_path / "people.xlsx"
    assert cli("edit", begun_list, "--list", "people", out).lines == [str(out)]

    def change(name, column, value):
        book = openpyxl.load_workbook(out)
        sheet = book.worksheets[0]
        labels = [cell.value for cell in sheet[3]]
        row = next(row for row in sheet.iter_rows(min_row=4) if row[1].value == name)
        row[labels.index(column)].value = value
        book.save(out)
        return out

    return change


def found(cli, file):
    return {row["last"]: row for row in cli("people", file, "--json").json["people"]}


def test_a_list_goes_out_is_edited_and_comes_back(cli, begun_list, edited, home):
    out = edited("Okafor", "Phone", "573 555 0142")
    assert cli("import", begun_list, out, "--dry-run").out == (
        "2 rows came back: 1 changed, 1 unchanged.\n"
    )
    assert found(cli, begun_list)["Okafor"]["phone"] == ""
    told = cli("import", begun_list, out)
    assert (told.code, told.out) == (0, "2 rows came back: 1 changed, 1 unchanged.\n")
    assert found(cli, begun_list)["Okafor"]["phone"] == "5735550142"
    assert cli("import", begun_list, out).out == "2 rows came back: 2 unchanged.\n"
    assert cli("undo", begun_list).out == "Undone: Edit people in people.xlsx.\n"
    assert len(list(home.rglob("*-import.cit"))) >= 1


@pytest.mark.parametrize(("side", "email"), [("records", "new@x.org"), ("workbook", "our@x.org")])
def test_a_conflict_is_told_with_its_three_values(cli, begun_list, edited, tmp_path, side, email):
    out = edited("Ito", "E-mail", "our@x.org")
    ours = out.read_bytes()
    cli("edit", begun_list, "--list", "people", out)
    cli("import", begun_list, edited("Ito", "E-mail", "new@x.org"))
    out.write_bytes(ours)
    told = cli("import", begun_list, out, "--conflicts", side)
    assert told.code == (1 if side == "records" else 0)
    assert told.err == (
        "Row 4 (Ana Ito): E-mail was “ana@example.org” when it went out, is “new@x.org” in the "
        f"records and “our@x.org” in the workbook. “{email}” stays.\n"
    )
    assert found(cli, begun_list)["Ito"]["email"] == email


def test_a_wrong_cell_is_told_and_the_rest_is_written(cli, begun_list, edited):
    edited("Ito", "E-mail", "nobody")
    told = cli("import", begun_list, edited("Okafor", "Suffix", "Jr."))
    assert told.code == 1
    assert told.err.startswith("Row 4 (Ana Ito): E-mail: “nobody” is not an e-mail address.")
    assert found(cli, begun_list)["Okafor"]["suffix"] == "Jr."


def test_a_class_goes_out_as_roster_and_attendance(cli, chapter, fixtures, tmp_path):
    cli("class", chapter, "--course", "CIT40", "--title", "Fall", "--start", "2026-10-12")
    code = "CIT40-2026-01"
    cli("import", chapter, fixtures / "agency_sheet_a.xlsx", "--class", code)
    for which in ("roster", "attendance"):
        out = tmp_path / f"{which}.xlsx"
        told = cli("edit", chapter, "--list", which, "--class", code, out, "--json").json
        assert told["rows"] > 20
        assert cli("import", chapter, out, "--json").json["counts"]["same"] == told["rows"]


@pytest.mark.parametrize("arguments", [("roster",), ("people", "--class", "X")])
def test_a_class_is_named_for_lists_of_a_class_alone(cli, begun_list, tmp_path, arguments):
    told = cli("edit", begun_list, "--list", *arguments, tmp_path / "o.xlsx")
    assert (told.code, "--class CODE" in told.err) == (2, True)
