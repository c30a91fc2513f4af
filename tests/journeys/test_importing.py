"""Lists of every kind through the command line."""

from __future__ import annotations


def test_ten_years_of_classes_come_in_by_one_command_and_once(cli, chapter, fixtures):
    source = fixtures / "history_a.xlsx"
    seen = cli("import", chapter, source, "--dry-run", "--json")
    assert (seen.code, seen.json["purpose"], seen.json["counts"]["new"]) == (0, "history", 119)
    first = cli("import", chapter, source, "--history", "--join-agencies", "--json")
    assert first.code == 0
    assert len({row["person"] for row in first.json["rows"]}) == 119
    again = cli("import", chapter, source, "--json").json["counts"]
    assert (again["new"], again["update"], again["same"]) == (0, 0, 220)
    assert cli("check", chapter).code == 0


def test_a_history_is_no_list_for_a_class(cli, chapter, fixtures):
    told = cli("import", chapter, fixtures / "history_a.xlsx", "--history", "--class", "X")
    assert told.code == 2


def test_the_order_of_day_and_month_can_be_said(cli, chapter, tmp_path):
    source = tmp_path / "past.csv"
    source.write_text("Name,Class date,Cert #\nAna Ito,3/4/2019,1\nBo Lee,5/6/2019,2\n", "utf-8")
    open_ = cli("import", chapter, source, "--dry-run", "--json").json["rows"]
    assert all("class" not in row for row in open_)
    said = cli("import", chapter, source, "--day-order", "dmy", "--json").json["rows"]
    assert [row["class"]["completed"] for row in said] == ["2019-04-03", "2019-06-05"]


def test_spellings_of_one_agency_are_joined_when_that_is_asked(cli, chapter, tmp_path):
    source = tmp_path / "people.csv"
    rows = ["Ana Ito,Rolla Police Department", "Bo Lee,ROLLA PD", "Cy Orr,Rolla Police Dept."]
    source.write_text("\n".join(("Name,Agency", *rows)), "utf-8")
    told = cli("import", chapter, source, "--join-agencies", "--json").json["agencies"]
    assert {one["agency"] for one in told} == {"Rolla Police Department"}
    assert [one["decision"] for one in told] == ["", "join", "join"]


def test_all_sheets_of_a_list_are_read_when_that_is_asked(cli, chapter, fixtures):
    source = fixtures / "history_a.xlsx"
    one = cli("import", chapter, source, "--sheet", "2017", "--dry-run", "--json").json
    assert one["counts"]["read"] == 22
    every = cli("import", chapter, source, "--all-sheets", "--dry-run", "--json").json
    assert every["counts"]["read"] == 220
