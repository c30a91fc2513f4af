"""The whole main job from a command line, and what each command says when it cannot."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from cit_desktop.db import Database
from cit_desktop.papers import class_papers
from cit_desktop.services import chapters
from cit_desktop.services.chapters import SignerDraft
from cit_desktop.text import letters

TOP = Path(__file__).parents[2]
CLASS = "CIT40-2026-01"
DAY = "2026-10-12"
SAMPLES = ("web_form_a.csv", "agency_sheet_a.xlsx")
FIELDS = {
    "first", "middle", "last", "suffix", "agency", "title", "discipline", "county",
    "state_number", "email", "phone", "completed", "minutes", "certificate",
}  # fmt: skip
KINDS = {"new", "update", "same", "skipped", "problem"}


@pytest.fixture
def with_class(cli, chapter):
    made = cli("class", chapter, "--course", "CIT40", "--title", "Fall", "--start", "2026-10-12")
    assert made.lines == [CLASS]
    return chapter


@pytest.fixture
def finalized(cli, with_class, fixtures):
    for step in (
        ("import", with_class, fixtures / "agency_sheet_a.xlsx", "--class", CLASS),
        ("attendance", with_class, "--class", CLASS, "--all-present"),
        ("finalize", with_class, "--class", CLASS),
    ):
        assert cli(*step).code == 0
    return with_class


def truth(fixtures, name):
    return json.loads((fixtures / f"{name}.truth.json").read_text(encoding="utf-8"))["rows"]


def pdf_texts(path):
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


# The journey


def test_the_main_job_is_done_from_sign_up_lists_to_a_state_roster(cli, chapter, fixtures):
    home = chapter.parent
    assert "CIT40" in cli("courses", chapter).lines
    made = cli("class", chapter, "--course", "CIT40", "--title", "Fall", "--start", "2026-10-12")
    assert (made.code, made.out) == (0, f"{CLASS}\n")

    for name, new in zip(SAMPLES, (31, 24), strict=True):
        told = cli("import", chapter, fixtures / name, "--class", CLASS)
        assert told.code == 0
        assert f"{new} new" in told.out
        assert told.out.endswith(f"{new} people for {CLASS}.\n")

    told = cli("attendance", chapter, "--class", CLASS, "--all-present")
    assert told.out == "550 marks were set; existing ones were kept.\n"
    told = cli("finalize", chapter, "--class", CLASS)
    assert told.out == f"{CLASS} is finalized: 55 completed, 0 in part.\n"

    told = cli("certificates", chapter, "--class", CLASS, "--out", home / "one by one")
    assert [Path(line).name for line in told.lines] == sorted(
        (file.name for file in (home / "one by one").iterdir()), key=told.out.find
    )
    assert len(told.lines) == 55
    told = cli("certificates", chapter, "--class", CLASS, "--out", home / "in one", "--one-file")
    assert len(told.lines) == 1
    texts = pdf_texts(told.lines[0])
    assert len(texts) == 55
    assert "0001" in texts[0]
    assert "0055" in texts[-1]

    told = cli("roster", chapter, "--class", CLASS, home / "roster.xlsx")
    assert (told.code, told.lines) == (0, [str(home / "roster.xlsx")])
    for profile in ("generic_full", "mo_clee", "mo_cit", "tn_post", "ok_cleet"):
        out = home / f"{profile}.xlsx"
        told = cli("state-roster", chapter, "--profile", profile, "--class", CLASS, out)
        assert told.code == int("error:" in told.err)
        assert openpyxl.load_workbook(out).active.max_row > 20

    told = cli("people", chapter, "--find", "robin")
    assert sorted(line.split("\t")[0] for line in told.lines) == [
        "Robinson, Elizabeth", "Robinson, Margaret III",
    ]  # fmt: skip
    labels = [line.split("\t")[3] for line in cli("history", chapter).lines]
    assert labels == [
        "Issue certificates",
        f"Finalize class {CLASS}",
        "Mark everybody present",
        "Import agency_sheet_a.xlsx",
        "Import web_form_a.csv",
        "Add class Fall",
        "Begin the records",
    ]
    assert cli("check", chapter).out == "The records are sound.\n"


def test_backup_undo_and_restore_lead_back_and_forth(cli, with_class, fixtures, home):
    cli("import", with_class, fixtures / "web_form_a.csv")
    kept = Path(cli("backup", with_class, with_class.parent / "kept").lines[0])
    assert kept.parent == with_class.parent / "kept"
    assert cli("undo", with_class).out == "Undone: Import web_form_a.csv.\n"
    assert cli("people", with_class).out == "Nobody is found.\n"
    told = cli("restore", with_class, kept)
    assert told.code == 0
    assert "What was there before is kept as" in told.out
    assert len(cli("people", with_class).lines) == 31
    assert cli("check", with_class).code == 0


def test_a_backup_without_a_folder_goes_where_the_program_keeps_them(cli, chapter, home):
    made = Path(cli("backup", chapter).lines[0])
    assert home in made.parents
    assert made.is_file()


def test_lost_records_are_restored_from_a_backup_alone(cli, with_class):
    kept = cli("backup", with_class, with_class.parent / "kept").lines[0]
    with_class.unlink()
    told = cli("restore", with_class, kept)
    assert told.out == f"{with_class} is as it was in the backup.\n"
    assert cli("check", with_class).code == 0


def test_the_history_says_who_when_and_what(cli, chapter, fixtures):
    cli("import", chapter, fixtures / "web_form_a.csv")
    newest = cli("history", chapter, "--json").json["history"][0]
    assert newest["label"] == "Import web_form_a.csv"
    assert "@" in newest["actor"]
    assert newest["at"].startswith("20")
    assert newest["changes"]["Person"] == 31
    cli("undo", chapter)
    lines = cli("history", chapter).lines
    assert [line.split("\t")[3] for line in lines] == [
        "Undo “Import web_form_a.csv”", "Import web_form_a.csv (undone)", "Begin the records",
    ]  # fmt: skip
    assert len(cli("history", chapter, "--last", "1").lines) == 1


# Importing


@pytest.mark.parametrize("name", SAMPLES)
def test_the_people_of_a_sample_are_those_of_its_truth(cli, chapter, fixtures, name):
    cli("import", chapter, fixtures / name)
    fields = ("first", "middle", "last", "suffix", "title", "state_number", "phone", "email")
    found = [
        (*(person[field] for field in fields), letters(person["agency"]))
        for person in cli("people", chapter, "--json").json["people"]
    ]
    named = ("first", "middle", "last", "suffix", "title", "license", "phone", "email")
    wanted = [
        (*(row.get(field, "") for field in named), letters(row["agency_written"]))
        for row in truth(fixtures, name)
    ]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_file_again_gives_nothing_new(cli, chapter, fixtures, name):
    cli("import", chapter, fixtures / name)
    before = cli("history", chapter).out
    counts = cli("import", chapter, fixtures / name, "--json").json["counts"]
    assert counts["new"] == counts["update"] == counts["problem"] == 0
    assert cli("history", chapter).out == before


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_import_prints_the_documented_object_and_its_counts_add_up(
    cli, chapter, fixtures, name, dry
):
    told = cli("import", chapter, fixtures / name, *dry, "--json")
    assert told.code == 0
    found = told.json
    documented = {"source", "sheet", "header_row", "columns", "rows", "counts"}
    assert set(found) == documented | {"purpose", "agencies"}
    assert found["source"] == name
    assert isinstance(found["header_row"], int)
    assert all(field is None or isinstance(field, str) for field in found["columns"].values())
    for row in found["rows"]:
        assert set(row) == {"row", "kind", "person", "values", "issues"}
        assert row["kind"] in KINDS
        assert set(row["values"]) <= FIELDS
        assert all(set(one) == {"column", "severity", "message"} for one in row["issues"])
    counts = found["counts"]
    assert set(counts) == {"read", *KINDS}
    assert counts["read"] == len(found["rows"]) == sum(counts[kind] for kind in KINDS)
    for kind in KINDS:
        assert counts[kind] == sum(row["kind"] == kind for row in found["rows"])


def test_import_names_the_people_it_made(cli, chapter, fixtures):
    rows = cli("import", chapter, fixtures / "web_form_a.csv", "--json").json["rows"]
    known = {one["id"] for one in cli("people", chapter, "--json").json["people"]}
    assert {row["person"] for row in rows if row["kind"] == "new"} == known


def test_a_dry_run_writes_nothing(cli, chapter, fixtures):
    before = chapter.read_bytes()
    told = cli("import", chapter, fixtures / "web_form_a.csv", "--dry-run", "--json")
    assert {row["person"] for row in told.json["rows"] if row["kind"] == "new"} == {None}
    assert chapter.read_bytes() == before


def test_an_import_writes_its_result_which_comes_in_again_and_adds_nobody(
    cli, chapter, fixtures, tmp_path
):
    out = tmp_path / "report.xlsx"
    told = cli("import", chapter, fixtures / "web_form_a.csv", "--report", out)
    summary, listed, _ = openpyxl.load_workbook(out).worksheets
    assert summary["A2"].value == told.lines[0]
    assert "Nothing is to be mended." in {cell.value for row in summary for cell in row}
    assert listed.max_row == 33
    assert cli("import", chapter, out).out == "32 rows read: 32 unchanged.\n"


def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(
    cli, chapter, fixtures, tmp_path
):
    out = tmp_path / "nowhere" / "report.xlsx"
    told = cli("import", chapter, fixtures / "web_form_a.csv", "--report", out)
    assert told.code == 1
    assert f"There is no folder “{out.parent}”." in told.err
    assert cli("people", chapter).out == "Nobody is found.\n"


def test_rows_that_could_not_be_taken_end_with_1(cli, chapter, tmp_path):
    source = tmp_path / "list.csv"
    source.write_text("Last name,First name,Email\nIto,Ana,ana@example.org\n,,x@example.org\n")
    told = cli("import", chapter, source, "--json")
    assert told.code == 1
    assert told.json["counts"]["problem"] == 1
    assert len(cli("people", chapter).lines) == 1


def test_one_sheet_of_a_workbook_can_be_named(cli, chapter, fixtures):
    source = fixtures / "agency_sheet_a.xlsx"
    named = cli("import", chapter, source, "--sheet", "Class list", "--dry-run", "--json").json
    assert named["sheet"] == "Class list"
    told = cli("import", chapter, source, "--sheet", "Nope")
    assert told.code == 1
    assert "It has: Class list, Directions." in told.err


# Classes, attendance, papers


def test_a_weekly_class_meets_on_one_day_a_week(cli, chapter):
    options = ("--course", "CIT40", "--title", "Mondays", "--start", "2026-10-12", "--weekly")
    assert cli("class", chapter, *options, "--json").json == {"class": CLASS}
    driver = sqlite3.connect(chapter)
    days = driver.execute("SELECT DISTINCT day FROM block ORDER BY day").fetchall()
    driver.close()
    assert [day for (day,) in days] == [
        "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09",
    ]  # fmt: skip


def test_what_prevents_finalizing_is_listed_and_nothing_is_locked(cli, with_class, fixtures):
    cli("import", with_class, fixtures / "agency_sheet_a.xlsx", "--class", CLASS)
    told = cli("finalize", with_class, "--class", CLASS)
    assert told.code == 1
    assert len(told.lines) == 10
    assert all("not marked" in line for line in told.lines)
    told = cli("finalize", with_class, "--class", CLASS, "--json")
    assert (told.code, told.json["finalized"]) == (1, False)
    assert len(told.json["obstacles"]) == 10
    assert cli("attendance", with_class, "--class", CLASS, "--all-present").code == 0


def test_all_present_keeps_the_marks_that_are_there(cli, with_class, fixtures):
    cli("import", with_class, fixtures / "agency_sheet_a.xlsx", "--class", CLASS)
    again = ("attendance", with_class, "--class", CLASS, "--all-present", "--json")
    assert cli(*again).json == {"marked": 240, "to_come": 0}
    assert cli(*again).json == {"marked": 0, "to_come": 0}


def test_blocks_to_come_are_told_and_stay_unmarked(cli, with_class, fixtures):
    ahead = ("class", with_class, "--course", "CIT40", "--title", "Far", "--start", "2199-01-07")
    (code,) = cli(*ahead).lines
    cli("import", with_class, fixtures / "agency_sheet_a.xlsx", "--class", code)
    told = cli("attendance", with_class, "--class", code, "--all-present", "--json")
    assert (told.code, told.json) == (1, {"marked": 0, "to_come": 10})


def test_attendance_is_read_from_a_sign_in_grid(cli, with_class, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("Last name,First name\nIto,Ana\nVance,Ruth\n")
    cli("import", with_class, people, "--class", CLASS)
    days = [f"{day} {half}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for half in ("AM", "PM")]
    grid = tmp_path / "grid.csv"
    grid.write_text(f'Name,{",".join(days)}\n"Ito, Ana"{",X" * 10}\n"Nobody, Known"{",X" * 10}\n')
    told = cli("attendance", with_class, "--class", CLASS, "--from", grid, "--json")
    assert told.code == 1
    assert told.json["marked"] == 10
    assert told.json["counts"]["problem"] == 1
    assert "Row 3" in told.err


def test_issuing_again_writes_the_same_certificates(cli, finalized, tmp_path):
    for folder in ("first", "second"):
        told = cli(
            "certificates", finalized, "--class", CLASS, "--out", tmp_path / folder, "--json"
        )
        assert told.code == 0
        assert len(told.json["certificates"]) == len(told.json["files"]) == 24
    written = [
        {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()}
        for folder in ("first", "second")
    ]
    assert written[0] == written[1]


@pytest.mark.parametrize("signers", [(), (SignerDraft("Ruth Vance", "Coordinator"),)])
def test_certificates_that_nobody_signs_are_warned_of_beside_the_answer(
    cli, finalized, tmp_path, signers
):
    db = Database.open(finalized)
    with db.operation("Name who signs") as session:
        chapters.set_signers(session, 1, signers)
    db.close()
    told = cli("certificates", finalized, "--class", CLASS, "--out", tmp_path, "--json")
    assert told.code == 0
    assert ("no signature line is printed; add signers" in told.err) == (not signers)
    assert len(told.json["files"]) == 24


def test_a_class_that_is_not_finalized_has_no_certificates(cli, with_class, fixtures, tmp_path):
    cli("import", with_class, fixtures / "agency_sheet_a.xlsx", "--class", CLASS)
    told = cli("certificates", with_class, "--class", CLASS, "--out", tmp_path / "out")
    assert told.code == 1
    assert told.err == "No certificate was issued. The class is not finalized yet.\n"
    assert not (tmp_path / "out").exists()


def test_what_is_final_cannot_be_undone(cli, finalized, tmp_path):
    cli("certificates", finalized, "--class", CLASS, "--out", tmp_path / "out")
    told = cli("undo", finalized)
    assert told.code == 1
    assert "is final and cannot be undone" in told.err


@pytest.mark.parametrize("kind", [paper.key for paper in class_papers.PAPERS])
def test_every_paper_of_a_class_is_written_as_pdf(cli, finalized, tmp_path, kind):
    cli("certificates", finalized, "--class", CLASS, "--out", tmp_path)
    told = cli("paper", finalized, kind, tmp_path / "out.pdf", "--class", CLASS)
    assert (told.code, told.lines) == (0, [str(tmp_path / "out.pdf")])
    assert "".join(pdf_texts(tmp_path / "out.pdf")).strip()


def paper(cli, file, tmp_path, kind, *options):
    told = cli("paper", file, kind, tmp_path / "out.pdf", "--class", CLASS, *options)
    return told, pdf_texts(tmp_path / "out.pdf") if told.code == 0 else []


def test_labels_begin_where_a_begun_sheet_is_left_on_the_stock_asked_for(cli, finalized, tmp_path):
    cli("certificates", finalized, "--class", CLASS, "--out", tmp_path)
    _, one = paper(cli, finalized, tmp_path, "labels", "--stock", "avery-5160")
    _, two = paper(cli, finalized, tmp_path, "labels", "--stock", "avery-5160", "--start-at", "30")
    assert (len(one), len(two)) == (1, 2)
    assert "Certificate no." not in one[0]
    _, numbered = paper(cli, finalized, tmp_path, "labels", "--stock", "avery-5163", "--numbers")
    assert len(numbered) > 1
    assert "Certificate no. " in numbered[0]


def test_a_sheet_is_printed_as_far_off_as_the_printer_is(cli, with_class, tmp_path):
    import pypdfium2

    def left(*options):
        paper(cli, with_class, tmp_path, "badges", "--test", *options)
        with closing(pypdfium2.PdfDocument(tmp_path / "out.pdf")) as pdf:
            return min(part.get_bounds()[0] for part in pdf[0].get_objects())

    assert left("--right", "2.54") == pytest.approx(left() + 7.2, abs=0.05)


def test_a_test_page_needs_nobody_in_the_class(cli, with_class, tmp_path):
    _, texts = paper(cli, with_class, tmp_path, "labels", "--test")
    assert len(texts) == 1
    assert "Avery 5160" in texts[0]


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("roster", ("--stock", "avery-5160"), "“class roster” has no stock to choose."),
        ("tents", ("--numbers",), "“name tents” has no certificate numbers"),
        ("badges", ("--stock", "avery-5160"), "no stock “avery-5160” for badges."),
        ("badges", ("--start-at", "7"), "a sheet has no place 7. Start at a number from 1 to 6."),
        ("badges", ("--who", "instructors"), f"{CLASS} has no instructors yet."),
        ("badges", ("--right", "10.5"), "A sheet can be moved by 10 mm at most."),
        ("tents", ("--up", "nan"), "A sheet can be moved by 10 mm at most."),
        ("labels", (), f"Nobody of {CLASS} has a valid certificate yet."),
    ],
)
def test_what_a_paper_cannot_do_is_refused_in_a_sentence(
    cli, finalized, tmp_path, kind, options, said
):
    told, _ = paper(cli, finalized, tmp_path, kind, *options)
    assert told.code == 1
    assert said in told.err
    assert not (tmp_path / "out.pdf").exists()


def test_sign_in_sheets_are_of_one_day_or_of_every_day(cli, with_class, fixtures, tmp_path):
    cli("import", with_class, fixtures / "agency_sheet_a.xlsx", "--class", CLASS)
    _, one = paper(cli, with_class, tmp_path, "sign-in", "--day", "2026-10-14")
    assert all(f"{CLASS}/2026-10-14/{page}" in text for page, text in enumerate(one, 1))
    _, week = paper(cli, with_class, tmp_path, "sign-in")
    assert len(week) == 5 * len(one)


def test_numbers_on_sheets_are_stored_once_and_then_only_read(cli, with_class, fixtures, tmp_path):
    cli("import", with_class, fixtures / "agency_sheet_a.xlsx", "--class", CLASS)

    def steps():
        return [line for line in cli("history", with_class).lines if "Number the roster" in line]

    for _ in range(2):
        told, _ = paper(cli, with_class, tmp_path, "sign-in")
        assert told.code == 0
        assert len(steps()) == 1


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [
        ("schedule", DAY, "The paper “class schedule” has no day to choose."),
        ("sign-in", "2026-12-24", f"{CLASS} has no block on Dec 24, 2026."),
    ],
)
def test_a_day_that_a_paper_cannot_be_of_is_refused(cli, with_class, tmp_path, kind, on, said):
    told, _ = paper(cli, with_class, tmp_path, kind, "--day", on)
    assert told.code == 1
    assert said in told.err
    assert not (tmp_path / "out.pdf").exists()


def test_a_day_that_is_no_date_is_not_understood(cli, with_class, tmp_path):
    told, _ = paper(cli, with_class, tmp_path, "sign-in", "--day", "Monday")
    assert told.code == 2
    assert "write it like 2026-10-12" in told.err


def test_an_unknown_paper_is_refused_with_those_there_are(cli, finalized, tmp_path):
    told = cli("paper", finalized, "poster", tmp_path / "out.pdf", "--class", CLASS)
    assert told.code == 1
    assert "There is no paper “poster” of a class." in told.err
    assert "roster" in told.err
    assert not (tmp_path / "out.pdf").exists()


def test_a_state_roster_can_be_of_a_period(cli, finalized, tmp_path):
    def rows(start, end):
        out = tmp_path / "out.xlsx"
        period = ("--from", start, "--to", end)
        told = cli("state-roster", finalized, "--profile", "generic_full", *period, out, "--json")
        return told.json["rows"]

    assert rows("2026-10-01", "2026-10-31") == 24
    assert rows("2025-01-01", "2025-12-31") == 0


def test_rows_that_the_state_would_reject_are_named_and_end_with_1(cli, with_class, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("Last name,First name,Title,Agency\nIto,Ana,Officer,Rolla Police Dept\n")
    cli("import", with_class, people, "--class", CLASS)
    cli("attendance", with_class, "--class", CLASS, "--all-present")
    cli("finalize", with_class, "--class", CLASS)
    out = tmp_path / "out.xlsx"
    order = ("state-roster", with_class, "--profile", "mo_clee", "--class", CLASS, out)
    told = cli(*order)
    assert told.code == 1
    assert "error: Ito, Ana: There is no MO POST license." in told.err
    found = cli(*order, "--json")
    assert found.code == 1
    assert "error" in {one["severity"] for one in found.json["problems"]}
    assert out.is_file()


def test_papers_need_a_folder_that_is_there(cli, finalized, tmp_path):
    out = tmp_path / "nowhere" / "out.xlsx"
    told = cli("roster", finalized, "--class", CLASS, out)
    assert told.code == 1
    assert told.err.startswith(f"There is no folder “{out.parent}”.")


def test_certificates_do_not_go_where_a_file_stands(cli, finalized, tmp_path):
    (tmp_path / "out").write_text("a file")
    told = cli("certificates", finalized, "--class", CLASS, "--out", tmp_path / "out")
    assert told.code == 1
    assert "cannot be made" in told.err


def test_the_demo_writes_the_documents_of_the_sample_chapter(cli, tmp_path):
    told = cli("demo", "--out", tmp_path / "demo", "--json")
    assert told.code == 0
    files = [Path(path) for path in told.json["files"]]
    assert all(path.stat().st_size > 1000 for path in files)
    assert {path.suffix for path in files} == {".cit", ".xlsx", ".pdf"}
    named = {path.stem for path in files}
    assert {paper.title for paper in class_papers.PAPERS} <= named
    assert {"Renewal letters", "Liaisons", "CIT contact report"} <= named
    assert cli("check", files[0]).code == 0


# Refusals: exit code 1, a sentence, and the file as it was


def commands(file, tmp_path, source):
    """Every command that needs records."""
    out = tmp_path / "out.xlsx"
    return [
        ("courses", file),
        ("class", file, "--course", "CIT40", "--title", "T", "--start", "2026-10-12"),
        ("import", file, source),
        ("import", file, source, "--dry-run"),
        ("attendance", file, "--class", CLASS, "--all-present"),
        ("finalize", file, "--class", CLASS),
        ("certificates", file, "--class", CLASS, "--out", tmp_path / "out"),
        ("roster", file, "--class", CLASS, out),
        ("paper", file, "roster", out, "--class", CLASS),
        ("state-roster", file, "--profile", "mo_clee", "--class", CLASS, out),
        ("people", file),
        ("liaisons", file),
        ("form", file, "contact-report", tmp_path / "out.pdf"),
        ("history", file),
        ("undo", file),
        ("check", file),
        ("backup", file),
    ]


def damage(path):
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\x5a" * 8192
    path.write_bytes(content)


def pragma(name, value):
    def change(path):
        driver = sqlite3.connect(path)
        driver.execute(f"PRAGMA {name} = {value}")
        driver.commit()
        driver.close()

    return change


UNUSABLE = {
    "missing": (Path.unlink, "There is no file “chapter.cit”"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "a text": (lambda path: path.write_text("Last,First\n"), "is not a file of CIT Desktop"),
    "foreign": (pragma("application_id", 1), "is a database of another program"),
    "damaged": (damage, "is damaged"),
    "newer": (pragma("user_version", 9999), "was written by a newer version"),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_file_that_holds_no_usable_records_is_refused_and_left_as_it_is(
    cli, chapter, fixtures, tmp_path, kind
):
    spoil, sentence = UNUSABLE[kind]
    spoil(chapter)
    before = chapter.read_bytes() if chapter.exists() else None
    for command in commands(chapter, tmp_path, fixtures / "web_form_a.csv"):
        told = cli(*command)
        assert (told.code, told.out) == (1, ""), command
        assert sentence in told.err
        as_json = cli(*command, "--json")
        assert as_json.code == 1
        assert sentence in as_json.json["error"]["message"]
    assert (chapter.read_bytes() if chapter.exists() else None) == before


def test_records_are_not_begun_over_a_file(cli, chapter):
    before = chapter.read_bytes()
    told = cli("new", chapter, "--chapter", "Other", "--state", "MO")
    assert told.code == 1
    assert told.err == (
        f"“chapter.cit” exists already in “{chapter.parent}”. "
        "Choose another name; nothing was overwritten.\n"
    )
    assert chapter.read_bytes() == before


def test_a_refused_chapter_leaves_no_file(cli, tmp_path):
    told = cli("new", tmp_path / "a.cit", "--chapter", " ", "--state", "MO")
    assert (told.code, told.err) == (1, "The chapter needs a name.\n")
    assert list(tmp_path.glob("a.cit*")) == []


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (("class", "--course", "CITX", "--title", "T", "--start", "2026-10-12"), "Perhaps CIT40"),
        (("attendance", "--class", "CIT40-2026-9", "--all-present"), f"Perhaps {CLASS} is meant"),
        (
            ("state-roster", "--profile", "no", "--class", CLASS, "o.xlsx"),
            "There are: generic_full",
        ),
        (("import", "nothere.csv"), "There is no file “nothere.csv”"),
        (("attendance", "--class", CLASS, "--from", "no.csv"), "There is no file “no.csv”"),
        (("restore", "nothere.cit"), "There is no file “nothere.cit”"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(cli, with_class, order, sentence):
    told = cli(order[0], with_class, *order[1:])
    assert (told.code, told.out) == (1, "")
    assert sentence in told.err


def test_nothing_to_undo_is_said(cli, tmp_path):
    file = tmp_path / "a.cit"
    cli("new", file, "--chapter", "Test", "--state", "MO")
    told = cli("undo", file)
    assert told.code == 1
    assert told.err.endswith(".\n")


def test_records_that_another_process_writes_to_are_refused_with_a_sentence(chapter):
    writer = sqlite3.connect(chapter, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    told = started("class", chapter, "--course", "CIT40", "--title", "T", "--start", "2026-10-12")
    writer.close()
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        "“chapter.cit” is being written to by another window, program or computer. "
        "Nothing was changed. Wait a moment and try again.\n"
    )


@pytest.fixture
def untouchable(finalized):
    """Records that may only be read, in a folder where nothing may be written."""
    folder = finalized.parent / "share"
    folder.mkdir()
    path = Path(shutil.copyfile(finalized, folder / "chapter.cit"))
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)


READING = (
    ("courses",),
    ("people",),
    ("history",),
    ("check",),
    ("roster", "--class", CLASS, "{out}/roster.xlsx"),
    ("state-roster", "--profile", "generic_full", "--class", CLASS, "{out}/state.xlsx"),
)


def test_what_only_reads_needs_no_right_to_write_and_changes_nothing(cli, untouchable, tmp_path):
    before = untouchable.stat()
    for command, *rest in READING:
        told = cli(command, untouchable, *(word.format(out=tmp_path) for word in rest))
        assert told.code == 0, command
    assert untouchable.stat().st_mtime_ns == before.st_mtime_ns
    assert [file.name for file in untouchable.parent.iterdir()] == ["chapter.cit"]


def test_what_only_reads_works_while_a_window_writes(cli, finalized, tmp_path):
    from cit_desktop.db import Database
    from cit_desktop.holder import Hold

    hold, db = Hold.take(finalized), Database.open(finalized)
    with db.operation("Write") as session:
        session.connection().exec_driver_sql("UPDATE person SET nickname = 'A'")
        for command, *rest in READING:
            told = cli(command, finalized, *(word.format(out=tmp_path) for word in rest))
            assert told.code == 0, command
    db.close()
    hold.release()


def test_reading_leaves_records_of_an_older_version_as_they_are(cli, chapter):
    with sqlite3.connect(chapter) as driver:
        driver.execute("PRAGMA user_version = 0")
    driver.close()
    before = chapter.read_bytes()
    told = cli("courses", chapter)
    assert told.code == 1
    assert "must be brought up to date first" in told.err
    assert chapter.read_bytes() == before
    assert cli("backup", chapter, chapter.parent / "kept").code == 0


def test_half_a_letter_on_the_command_line_is_left_out(cli, chapter):
    made = cli("class", chapter, "--course", "cit40", "--title", "Fa\udcffll", "--start", DAY)
    assert made.lines == [CLASS]
    assert cli("people", chapter, "--find", "\udcff").code == 0
    assert cli("history", chapter).lines[0].endswith("Add class Fall")


def test_records_in_use_on_another_computer_are_not_written_to(cli, with_class):
    from cit_desktop import clock

    now = clock.now().isoformat()
    held = {"user": "ruth", "host": "front-desk", "pid": 7, "since": now, "seen": now}
    lock = with_class.with_name("chapter.cit.lock")
    lock.write_text(json.dumps(held))
    before = with_class.read_bytes()
    for order in (("undo", with_class), ("restore", with_class, with_class)):
        told = cli(*order)
        assert told.code == 1
        assert "is in use by ruth on front-desk" in told.err
    assert with_class.read_bytes() == before
    assert cli("courses", with_class).code == 0


# Unusable arguments: exit code 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--data",), "--data needs the name of one file."),
        (("--data", "a.cit", "b.cit"), "--data needs the name of one file."),
        (("frobnicate",), "No such command"),
        (("--frobnicate",), "No such option"),
        (("new", "a.cit", "--chapter", "Test"), "--state"),
        (("new", "a.cit", "--chapter", "Test", "--state", "ZZ"), "“ZZ” is no state"),
        (("courses",), "Missing argument"),
        (("class", "a.cit", "--course", "CIT40", "--title", "T"), "--start"),
        (
            ("class", "a.cit", "--course", "CIT40", "--title", "T", "--start", "12/10/2026"),
            "“12/10/2026” is no date; write it like 2026-10-12.",
        ),
        (("attendance", "a.cit", "--class", CLASS), "Give either --all-present or --from SOURCE."),
        (
            ("attendance", "a.cit", "--class", CLASS, "--all-present", "--from", "b.xlsx"),
            "Give either --all-present or --from SOURCE.",
        ),
        (("state-roster", "a.cit", "--profile", "mo_clee", "o.xlsx"), "Give either --class CODE"),
        (
            ("state-roster", "a.cit", "--profile", "mo_clee", "--from", "2026-01-01", "o.xlsx"),
            "both --from DATE and --to DATE",
        ),
        (("certificates", "a.cit", "--class", CLASS), "--out"),
        (("history", "a.cit", "--last", "some"), "--last"),
        (("history", "a.cit", "--last", "0"), "greater than or equal to 1"),
        (("history", "a.cit", "--last", "9" * 20), "less than or equal to"),
    ],
)
def test_unusable_arguments_end_with_2_and_a_sentence(
    cli, tmp_path, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(tmp_path)
    told = cli(*arguments)
    assert (told.code, told.out) == (2, "")
    assert sentence in told.err
    assert list(tmp_path.glob("*.cit")) == []


def test_unusable_arguments_are_told_as_json_too(cli, tmp_path):
    told = cli("new", tmp_path / "a.cit", "--chapter", "Test", "--state", "ZZ", "--json")
    assert told.code == 2
    assert "“ZZ” is no state" in told.json["error"]["message"]


def test_every_command_answers_as_one_json_object(cli, finalized, fixtures, tmp_path):
    for command in commands(finalized, tmp_path, fixtures / "agency_sheet_a.xlsx"):
        told = cli(*command, "--json")
        assert told.code in (0, 1), command
        assert "error" not in told.json or told.code == 1


# As programs of their own


def started(*arguments, folder=None, **environment):
    return subprocess.run(
        [sys.executable, str(TOP / "main.py"), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=os.environ | environment,
        timeout=120,
        check=False,
    )


def test_the_program_runs_from_another_folder(tmp_path, begun):
    shutil.copyfile(begun, tmp_path / "chapter.cit")
    told = started("courses", "chapter.cit", folder=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines()[0] == "CIT40"


def test_names_in_any_script_are_printed_on_a_console_of_an_old_code_page(tmp_path, begun):
    file = shutil.copyfile(begun, tmp_path / "chapter.cit")
    people = tmp_path / "people.csv"
    people.write_text("Last name,First name\nNguyễn,Łukasz\n", encoding="utf-8")
    started("import", file, people)
    told = started("people", file, PYTHONIOENCODING="cp437", PYTHONUTF8="0")
    assert (told.returncode, told.stdout) == (0, "Nguyễn, Łukasz\n")


def test_every_command_stands_in_the_readme():
    told = started("--help")
    assert told.returncode == 0
    listed = re.findall(r"^  ([a-z-]+)  ", told.stdout.split("Commands:")[1], re.MULTILINE)
    assert {"attendance", "import", "merge", "paper", "undo"} <= set(listed)
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    assert [name for name in listed if not re.search(f"`{name}[ `]", readme)] == []
