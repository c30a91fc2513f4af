"""Files of every kind become plain cells; damaged and hostile ones become a sentence."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.errors import FileProblem
from cit_desktop.imports import preflight, reader, sheet, text_file
from cit_desktop.progress import Cancelled

FIRST_SHEET = "xl/worksheets/sheet1.xml"
Change = Callable[[bytes], bytes]


@pytest.fixture
def patched(make_book, tmp_path):
    """A workbook of two rows with its sheet's XML changed, or parts added."""
    base = make_book([["Name", "Agency"], ["Al Smith", "Rolla PD"]], "base.xlsx")

    def make(change: Change = bytes, name: str = "patched.xlsx", **parts: bytes) -> Path:
        path: Path = tmp_path / name
        with zipfile.ZipFile(base) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                content = old.read(part)
                new.writestr(part, change(content) if part == FIRST_SHEET else content)
            for part, content in parts.items():
                new.writestr(part, content)
        return path

    return make


def test_cells_keep_their_kinds(make_book):
    days = date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), clock(4, 30), timedelta(hours=40)
    row = ["00123", 42, 42.0, 36.5, True, *days, None, "é", "=literal"]
    book = openpyxl.Workbook()
    book.active.append(row)
    book.active["L1"].data_type = "s"
    path = make_book([], "kinds.xlsx")
    book.save(path)
    cells = sheet.read(path).sheets[0].rows[0]
    assert cells == ("00123", 42, 42, 36.5, True, *days, None, "é", "=literal")
    assert [type(cell) for cell in cells[:3]] == [str, int, int]


def test_leading_blank_rows_and_columns_keep_their_places(make_book):
    found = sheet.read(make_book([[], [None, None, "Name"]])).sheets[0]
    assert found.rows[1] == (None, None, "Name")
    assert found.lines == (1, 2)


def test_hidden_rows_and_sheets_are_read_and_told(make_book):
    path = make_book([["Name"], ["Al Smith"]], Secret=[["x"]])
    book = openpyxl.load_workbook(path)
    book["Secret"].sheet_state = "hidden"
    book["First"].row_dimensions[2].hidden = True
    book.save(path)
    found = sheet.read(path)
    assert [(item.name, item.hidden, item.hidden_rows) for item in found.sheets] == [
        ("First", False, (2,)),
        ("Secret", True, ()),
    ]
    assert "“Secret” is hidden" in " ".join(found.notes)
    assert "1 hidden row" in " ".join(found.notes)


def test_a_number_format_of_zeros_says_how_many_digits_are_shown(make_book):
    path = make_book([["POST"], [1681382], [5]])
    book = openpyxl.load_workbook(path)
    book["First"]["A2"].number_format = "00000000"
    book.save(path)
    assert sheet.read(path).sheets[0].masks == {(2, 0): 8}


def test_macros_are_ignored_and_told(patched):
    found = sheet.read(patched(name="list.xlsm", **{"xl/vbaProject.bin": b"x"}))
    assert found.kind == "xlsm"
    assert "macros" in found.notes[0]
    assert len(found.sheets[0].rows) == 2


def test_a_wrong_dimension_hides_no_row(patched):
    path = patched(lambda xml: re.sub(rb"<dimension[^>]*>", b'<dimension ref="A1"/>', xml))
    assert len(sheet.read(path).sheets[0].rows) == 2


def test_an_old_workbook_is_read(fixtures):
    found = sheet.read(fixtures / "old_a.xls")
    assert (found.kind, len(found.sheets[0].rows)) == ("xls", 19)


def test_an_open_document_is_read(tmp_path):
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("Name", "00123")
    )
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" '
        f'xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="List"><table:table-row>{cells}'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest xmlns="{office}manifest:1.0"/>')
        archive.writestr("content.xml", content)
    found = sheet.read(path)
    assert (found.kind, found.sheets[0].name) == ("ods", "List")
    assert found.sheets[0].rows == (("Name", "00123"),)


def test_a_workbook_under_a_wrong_name_is_read_by_its_content(make_book, tmp_path):
    path = make_book([["Name"], ["Al"]]).rename(tmp_path / "list.xls")
    assert sheet.read(path).kind == "xlsx"


def entity(xml: bytes) -> bytes:
    return xml.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)


def far_cell(xml: bytes) -> bytes:
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return xml.replace(b"</sheetData>", cell)


def test_declarations_are_refused_before_any_parser(patched):
    with pytest.raises(FileProblem, match="declarations"):
        preflight.check(patched(entity))


def test_declarations_in_two_byte_letters_are_refused(patched):
    with pytest.raises(FileProblem, match="declarations"):
        preflight.check(patched(lambda xml: entity(xml).decode().encode("utf-16")))


def test_a_bomb_is_refused_by_the_size_it_tells_before_it_is_unpacked(patched, monkeypatch):
    path = patched(**{"xl/worksheets/sheet2.xml": b" " * (30 << 20)})
    monkeypatch.delattr(zipfile.ZipExtFile, "read")
    with pytest.raises(FileProblem, match="30 MB unpacked"):
        preflight.check(path)


def test_thousands_of_parts_are_refused(patched):
    with pytest.raises(FileProblem, match="parts"):
        preflight.check(patched(**{f"xl/part{n}.bin": b"" for n in range(2_001)}))


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are of POSIX systems")
def test_a_parser_that_aborts_leaves_the_program_alive(patched):
    with pytest.raises(FileProblem, match="far outside"):
        sheet.read(patched(far_cell))


def test_a_far_cell_in_one_column_is_told_with_its_place(patched):
    change = lambda xml: xml.replace(  # noqa: E731
        b"</sheetData>", b'<row r="900000"><c r="B900000"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(FileProblem, match="row 900,000"):
        sheet.read(patched(change))


def test_a_cut_sheet_is_a_sentence(patched):
    with pytest.raises(FileProblem, match="damaged"):
        sheet.read(patched(lambda xml: xml[:50]))


def test_a_cut_file_is_a_sentence(make_book, tmp_path):
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(make_book([["Name"]]).read_bytes()[:2_000])
    with pytest.raises(FileProblem, match="damaged"):
        sheet.read(cut)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"hello", "not a workbook"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", OLE + "WordDocument".encode("utf-16-le"), "not a workbook"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "damaged"),
        ("a.xls", b"<html><table></table></html>", "web page"),
        ("a.xls", b"\x00\x01\x02", "not a workbook"),
        ("a.pdf", b"%PDF", "not a kind of file"),
        ("a.csv", b"\xff\xfe\x00", "not readable"),
        ("a.csv", b"a,b\x00\x01\x02\xff,", "not readable"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence_with_a_hint(make_text, name, content, words):
    with pytest.raises(FileProblem, match=words) as caught:
        sheet.read(make_text(content, name))
    assert caught.value.hint
    assert name in caught.value.message


def test_a_file_that_is_too_large_is_not_opened(make_text):
    path = make_text("x")
    with path.open("r+b") as file:
        file.truncate(preflight.LARGEST_FILE + 1)
    with pytest.raises(FileProblem, match="at most 20 MB"):
        sheet.read(path)


def test_a_missing_file_and_a_folder_are_sentences(tmp_path):
    for path in (tmp_path / "gone.xlsx", tmp_path / "folder.xlsx"):
        if path.stem == "folder":
            path.mkdir()
        with pytest.raises(FileProblem):
            sheet.read(path)


def test_reading_stops_when_somebody_cancels(make_book):
    def progress(done: int, total: int, what: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        sheet.read(make_book([["Name"]]), progress)


def test_text_with_the_name_of_a_workbook_is_read_as_text(make_text):
    found = sheet.read(make_text("Name\tEmail\nAl\ta@b.co\n", "form.xls"))
    assert found.sheets[0].rows == (("Name", "Email"), ("Al", "a@b.co"))


@pytest.mark.parametrize("value", [
    "text", "", 1, 1.5, None, True, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), clock(1, 2),
    timedelta(minutes=90),
])  # fmt: skip
def test_a_cell_survives_the_way_between_the_processes(value):
    sent = reader.plain(value)
    back = reader.restore(sent) if isinstance(sent, dict) else sent
    assert back == (value or None if value == "" else value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_letters_are_right_in_every_encoding(make_text, encoding):
    path = make_text("Last,First\nNúñez,Renée\n".encode(encoding))
    assert sheet.read(path).sheets[0].rows[1] == ("Núñez", "Renée")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(make_text, delimiter):
    rows = [["Name", "Agency"], ["Smith. Al", "PD"], ["Jones. Bo", "PD"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert sheet.read(make_text(text)).sheets[0].rows == tuple(map(tuple, rows))


def test_commas_within_semicolons_are_not_delimiters(make_text):
    path = make_text("Name;Agency\nSmith, Al;Rolla, PD\nJones, Bo;Rolla, PD\n")
    assert sheet.read(path).sheets[0].rows[1] == ("Smith, Al", "Rolla, PD")


def test_the_line_that_names_the_delimiter_is_no_row(make_text):
    found = sheet.read(make_text("sep=;\nName;Agency\nAl;PD\n")).sheets[0]
    assert found.rows == (("Name", "Agency"), ("Al", "PD"))
    assert found.lines == (2, 3)


def test_records_know_the_line_they_start_on(make_text):
    found = sheet.read(make_text('Name,Note\nAl,"two\nlines"\nBo,x\n')).sheets[0]
    assert found.lines == (1, 2, 4)
    assert found.rows[1] == ("Al", "two\nlines")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_ending_is_read(make_text, ending):
    path = make_text(ending.join(["Name,Agency", "Al,PD", "Bo,PD", ""]))
    assert len(sheet.read(path).sheets[0].rows) == 3


@pytest.mark.parametrize(
    "text",
    [
        'Name,Email,Agency\nAl,a@b.co,PD\n"Bo,c@b.co,PD\nJo,d@b.co,PD\n',
        'Name,Email,Agency\nAl,a@b.co,PD\n"Bo,c@b.co,PD\n"Jo",d@b.co,PD\n',
        'Name,Email,Agency\nAl,a@b.co,PD\n"Bo,c@b.co,PD\nJo",d@b.co,PD\n',
    ],
)
def test_a_quotation_mark_without_a_partner_never_merges_rows(make_text, text):
    with pytest.raises(FileProblem, match="line 3"):
        sheet.read(make_text(text))


def test_too_many_columns_are_refused(make_text):
    with pytest.raises(FileProblem, match="64 columns"):
        sheet.read(make_text(",".join(f"c{n}" for n in range(70))))


def sentence_or_rows(content: bytes) -> str | int:
    try:
        text, _ = text_file.decode(content, "x.csv")
        return len(text_file.read_pasted(text).sheets)
    except FileProblem as problem:
        return f"{problem.message} {problem.hint}"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(content):
    found = sentence_or_rows(content)
    assert found == 1 or (isinstance(found, str) and found.endswith("."))


ROWS = st.lists(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8),
             min_size=2, max_size=4),
    min_size=1, max_size=8,
)  # fmt: skip


@given(ROWS)
def test_tabbed_rows_come_back_with_their_count(rows):
    kept = [[cell.replace('"', "").replace("\t", "") or "x" for cell in row] for row in rows]
    text = "\n".join("\t".join(row) for row in kept)
    found = text_file.read_pasted(text).sheets[0]
    assert len(found.rows) == len(kept)


def test_the_program_itself_reads_a_workbook_when_it_is_asked_to(make_book):
    top = Path(__file__).parents[2]
    asked = [sys.executable, "main.py", sheet.READER_FLAG, str(make_book([["Name"]])), "xlsx"]
    said = subprocess.run(asked, cwd=top, capture_output=True, check=True).stdout.splitlines()
    assert said[1:] == [b'["Name"]', b'{"notes": []}']
