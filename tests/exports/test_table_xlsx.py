import os
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cit_desktop.documents.tables import TableColumn, TableDocument
from cit_desktop.errors import Refused
from cit_desktop.exports import table_xlsx
from cit_desktop.exports.table_xlsx import workbook
from cit_desktop.progress import Cancelled

COLUMNS = (
    TableColumn("name", "Name", width=20),
    TableColumn("licence", "Licence", width=12),
    TableColumn("count", "Count", "int", 6),
    TableColumn("minutes", "Hours", "hours", 8),
    TableColumn("day", "Day", "date", 12),
    TableColumn("passed", "Passed", "yesno", 8),
)
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "#N/A",
    "#REF!",
    "<b",
    "a & b <i>c</i>",
    "00123",
    "1E5",
    "3-4",
    " edges ",
    "two\nlines",
    "'apostrophe",
    "TRUE",
    "]]>",
    "Nguyễn Łukasz Ğül",
    "😀",
    "_x0041_",
]


@pytest.fixture(params=["written", "streamed"])
def path(request, monkeypatch):
    """Both ways in which rows get into a sheet; they must not differ."""
    if request.param == "streamed":
        monkeypatch.setattr(table_xlsx, "STREAMED_FROM", 0)
    return request.param


def table(rows, **parts):
    return TableDocument("Class roster", COLUMNS, tuple(rows), **parts)


def person(name="Ana Ito", licence="007", count=1, minutes=2190, passed=True):
    return (name, licence, count, minutes, date(2026, 3, 6), passed)


def sheet_of(content, number=0):
    return openpyxl.load_workbook(BytesIO(content)).worksheets[number]


def xml_of(content, name="xl/worksheets/sheet1.xml"):
    return zipfile.ZipFile(BytesIO(content)).read(name).decode()


def calamine_rows(content):
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def test_the_table_stands_under_its_title_and_header(path):
    document = table(
        [person()],
        subtitle=("Heartland CIT",),
        header=(("Class", "CIT40-1"), ("Dates", "March 2–6, 2026")),
        footer=("One person.",),
    )
    sheet = sheet_of(workbook(document))
    texts = [[cell.value for cell in row if cell.value is not None] for row in sheet.rows]
    assert texts == [
        ["Class roster"],
        ["Heartland CIT"],
        ["Class", "CIT40-1"],
        ["Dates", "March 2–6, 2026"],
        [],
        ["Name", "Licence", "Count", "Hours", "Day", "Passed"],
        ["Ana Ito", "007", 1, 36.5, datetime(2026, 3, 6), "Yes"],
        [],
        ["One person."],
    ]


def test_values_keep_their_kind_and_format(path):
    row = sheet_of(workbook(table([person()])))[4]
    kinds = [(cell.data_type.replace("inlineStr", "s"), cell.number_format) for cell in row]
    assert kinds == [
        ("s", "@"),
        ("s", "@"),
        ("n", "0"),
        ("n", "0.0#"),
        ("d", "mm/dd/yyyy"),
        ("s", "@"),
    ]


def test_hours_are_numbers_of_four_places(path):
    rows = [person(minutes=minutes) for minutes in (0, 20, 60, 2400)]
    sheet = sheet_of(workbook(table(rows)))
    assert [sheet.cell(n, 4).value for n in range(4, 8)] == [0, 0.3333, 1, 40]


def test_an_empty_value_is_an_empty_cell(path):
    sheet = sheet_of(workbook(table([(None, "", None, None, None, None)])))
    assert [cell.value for cell in sheet[4]] == [None] * 6


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_stored_as_it_is_and_never_as_a_formula(path, text):
    document = TableDocument(
        text, (TableColumn("a", text),), ((text,),), (text,), ((text, text),), (text,)
    )
    content = workbook(document)
    assert "<f>" not in xml_of(content)
    assert 't="e"' not in xml_of(content)
    found = [value for row in calamine_rows(content) for value in row if value != ""]
    assert found == [text] * 7


@given(st.lists(st.text(max_size=30), max_size=5))
@settings(max_examples=30)
def test_a_workbook_opens_again_whatever_the_texts(texts):
    content = workbook(table([person(name=text) for text in texts]))
    assert sheet_of(content).max_row >= 3
    assert len(calamine_rows(content)) >= 3


def test_control_characters_are_removed_with_a_note(path):
    content = workbook(table([person(name="An\x07a"), person(name="B\x00o"), person()]))
    sheet = sheet_of(content)
    assert [sheet.cell(row, 1).value for row in (4, 5)] == ["Ana", "Bo"]
    assert sheet.cell(8, 1).value == "Control characters were removed from 2 cells."


def test_a_text_longer_than_a_cell_is_refused(path):
    with pytest.raises(Refused, match="32,768 characters is too long"):
        workbook(table([person(name="x" * 32_768)]))
    assert workbook(table([person(name="x" * 32_767)]))


def test_a_day_before_excels_calendar_is_kept_as_text(path):
    row = (*person()[:4], date(1899, 5, 1), None)
    assert sheet_of(workbook(table([row]))).cell(4, 5).value == "1899-05-01"


def test_headings_stay_in_sight_filter_and_repeat_on_paper(path):
    sheet = sheet_of(workbook(table([person(), person()])))
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:F5"
    assert sheet.print_title_rows == "$3:$3"


def test_it_prints_on_landscape_letter_one_page_wide(path):
    sheet = sheet_of(workbook(table([person()])))
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 1
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter.right.text == "Page &P of &N"


def test_an_ampersand_in_the_title_is_no_command_in_the_page_footer():
    sheet = sheet_of(workbook(TableDocument("Law & Order", COLUMNS, ())))
    assert "Law && Order" in sheet.oddFooter.left.text


def test_columns_are_as_wide_as_their_texts_up_to_a_limit():
    rows = [person(name="A" * 30), person(licence="B" * 300)]
    widths = sheet_of(workbook(table(rows))).column_dimensions
    assert widths["A"].width == 32
    assert widths["B"].width == 46
    assert widths["E"].width == 12


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Roster", "Roster"),
        ("a/b\\c:d*e?f[g]", "a b c d e f g"),
        ("'quoted'", "quoted"),
        ("History", "History 2"),
        ("x" * 40, "x" * 31),
        ("😀" * 20, "😀" * 15),
        ("", "Sheet"),
        ("///", "Sheet"),
    ],
)
def test_a_sheet_gets_a_name_that_excel_accepts(title, name):
    assert sheet_of(workbook(TableDocument(title, COLUMNS, ()))).title == name


def test_sheets_of_one_name_are_numbered():
    documents = [TableDocument(title, COLUMNS, ()) for title in ("R", "r", "x" * 40, "x" * 50)]
    book = openpyxl.load_workbook(BytesIO(workbook(*documents)))
    assert book.sheetnames == ["R", "r 2", "x" * 31, "x" * 29 + " 2"]


def test_streamed_rows_stand_before_the_footer_and_within_the_dimension(monkeypatch):
    monkeypatch.setattr(table_xlsx, "STREAMED_FROM", 2)
    rows = [person(name=f"Ana {n}") for n in range(5)]
    content = workbook(table(rows, footer=("The end.",)))
    assert 'dimension ref="A1:F10"' in xml_of(content)
    numbers = [int(n) for n in re.findall(r'<row r="(\d+)"', xml_of(content))]
    assert numbers == sorted(numbers)
    assert [row[0] for row in calamine_rows(content)][3:] == [
        *(f"Ana {n}" for n in range(5)),
        "",
        "The end.",
    ]


def test_streamed_rows_equal_written_ones(monkeypatch):
    rows = [person(name=text, minutes=n * 7) for n, text in enumerate(HOSTILE)]
    written = calamine_rows(workbook(table(rows)))
    monkeypatch.setattr(table_xlsx, "STREAMED_FROM", 0)
    assert calamine_rows(workbook(table(rows))) == written


def test_a_long_table_and_a_short_one_share_a_workbook(monkeypatch):
    monkeypatch.setattr(table_xlsx, "STREAMED_FROM", 2)
    content = workbook(table([person()]), table([person(name=f"Ana {n}") for n in range(5)]))
    assert sheet_of(content, 0).cell(4, 1).value == "Ana Ito"
    assert sheet_of(content, 1).cell(8, 1).value == "Ana 4"


def test_the_same_document_gives_the_same_bytes_in_another_process(path):
    script = (
        "import hashlib\n"
        "from cit_desktop.documents.tables import TableColumn, TableDocument\n"
        "from cit_desktop.exports import table_xlsx\n"
        f"table_xlsx.STREAMED_FROM = {table_xlsx.STREAMED_FROM}\n"
        "document = TableDocument('T', (TableColumn('a', 'A'),), (('Ana',), ('Bo',)))\n"
        "print(hashlib.sha256(table_xlsx.workbook(document)).hexdigest())\n"
    )
    digests = set()
    for seed in ("1", "99"):
        run = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        digests.add(run.stdout)
    assert len(digests) == 1


def test_the_file_does_not_tell_when_it_was_made():
    core = xml_of(workbook(table([])), "docProps/core.xml")
    assert "Class roster" in core
    assert "created" not in core
    assert "modified" not in core


def test_progress_is_told_and_can_stop_the_work(path):
    told = []

    def stop(done, total, what=""):
        told.append((done, total))
        if done >= 500:
            raise Cancelled

    with pytest.raises(Cancelled):
        workbook(table([person()] * 1_200), progress=stop)
    assert told == [(0, 1_200), (500, 1_200)]


def test_days_are_shown_as_the_receiver_writes_them(path):
    row = ("Ito", "0042", 1, 60, date(2026, 3, 6), True)
    written = workbook(table([row], date_format="yyyy-mm-dd"))
    sheet = openpyxl.load_workbook(BytesIO(written)).active
    days = [cell for line in sheet.iter_rows() for cell in line if cell.is_date]
    assert [(cell.value.date(), cell.number_format) for cell in days] == [
        (date(2026, 3, 6), "yyyy-mm-dd")
    ]
