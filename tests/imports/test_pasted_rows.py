"""What is copied from a sheet, a document or an e-mail comes in as it was shown there."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.errors import FileProblem
from cit_desktop.imports import answers, sheet, text_file
from cit_desktop.imports.reading import from_workbook, read_table

MAIL = """\
Hi Ann, here are ours:

Name: Al Smith
Agency: Rolla PD
E-mail: al@rolla.gov

name: Bo Jones
Agency:
  Cuba PD
E-mail: bo@cuba.gov
Phone: (573) 555-0123

Title:

Thanks, Cy
"""


def rows(text: str) -> tuple[tuple[object, ...], ...]:
    return text_file.read_pasted(text).sheets[0].rows


def test_a_cell_with_line_breaks_is_one_cell():
    found = text_file.read_pasted('Name\tNote\r\nAl\t"late, \r\nsaid ""sorry"""\r\nBo\tx\r\n')
    assert found.sheets[0].rows[1:] == (("Al", 'late, \r\nsaid "sorry"'), ("Bo", "x"))
    assert found.sheets[0].lines == (1, 2, 4)


def test_a_cell_that_starts_with_a_quotation_mark_is_no_mistake():
    assert rows('Name\tAgency\n"Bo" Smith\tRolla PD\n"Al\tCuba PD\n')[1:] == (
        ('"Bo" Smith', "Rolla PD"),
        ('"Al', "Cuba PD"),
    )


def test_a_quotation_mark_never_swallows_copied_rows():
    with pytest.raises(FileProblem, match="line 2"):
        rows('Name\tEmail\tAgency\n"Bo\tb@c.co\tPD\nJo\tj@c.co\tPD\n"\tk@c.co\tPD\n')


def test_a_formula_stays_text():
    assert rows("Name\tAgency\n=A1\t+PD\n")[1] == ("=A1", "+PD")


def test_blank_cells_keep_their_places():
    assert rows("A\tB\tC\n\t\tx\n\ty\t\n\nz\n")[1:] == (
        (None, None, "x"),
        (None, "y", None),
        (None,),
        ("z",),
    )


CELLS = st.text(st.sampled_from('ab",\n é='), max_size=6).filter(lambda text: text.strip() == text)


def excel(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if "\n" in cell or cell.startswith('"') else cell


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_a_spreadsheet_copies_comes_back(cells):
    text = "".join("\t".join(map(excel, row)) + "\r\n" for row in cells)
    found = rows(text)
    wanted = [tuple(cell or None for cell in row) for row in cells]
    while wanted and not any(wanted[-1]):
        wanted.pop()
    assert list(found) == wanted


@given(st.text(st.sampled_from('a\t"\r\n,='), max_size=60))
def test_any_copied_text_is_rows_or_a_sentence(text):
    with suppress(FileProblem):
        assert text_file.read_pasted(text).sheets


# Answers of an e-mail --------------------------------------------------------------------------


def test_answers_in_an_email_become_rows_with_the_line_they_start_on():
    table = from_workbook(text_file.read_pasted(MAIL))
    assert [row.row for row in table.rows] == [3, 7]
    assert [row.values["last"] for row in table.rows] == ["Smith", "Jones"]
    assert [row.values["agency"] for row in table.rows] == ["Rolla PD", "Cuba PD"]
    assert table.rows[1].values["phone"] == "5735550123"
    assert "title" not in table.rows[1].values


def test_lines_without_an_answer_are_told_and_answer_nothing():
    assert "not read: 1, 15" in " ".join(from_workbook(text_file.read_pasted(MAIL)).notes)


def test_a_text_file_of_answers_is_read_and_a_list_of_lines_is_not(make_text):
    assert len(read_table(make_text(MAIL, "mail.txt")).rows) == 2
    assert answers.find("Last,First,Time\nSmith,Al,8:30\nJones,Bo,9:15\n") is None
    assert answers.find("Note: bring a pen\nPlace: Rolla\n") is None


def test_messages_that_are_passed_on_are_not_mixed_up():
    text = (
        "> From: al@rolla.gov\n> Subject: CIT\n> Name: Al Smith\n> Agency: Rolla PD\n\n"
        "> From: bo@cuba.gov\n> Subject: CIT\n> E-mail: bo@cuba.gov\n> Name: Bo Jones\n"
    )
    found = answers.find(text)
    assert found is not None
    assert found.rows == (
        ("Name", "Agency", "E-mail"),
        ("Al Smith", "Rolla PD", None),
        ("Bo Jones", None, "bo@cuba.gov"),
    )


# Tables of a page ------------------------------------------------------------------------------


def page(*tables: str) -> str:
    return f"<html><head><style>td {{}}</style></head><body>{''.join(tables)}</body></html>"


TABLE = (
    "<table><tr><th>Name<th>Agency</tr>"
    "<tr><td>Smith,&nbsp;Al</td><td rowspan=2>Rolla<br>PD</td></tr>"
    "<tr><td>Jones, Bo</td></tr><tr><td colspan=2>Lunch is free</td></tr></table>"
)


def test_a_copied_table_is_read_with_what_spans_rows():
    book = sheet.read_pasted("Name\nAgency\n", page(TABLE))
    table = from_workbook(book)
    assert book.kind == "html"
    assert [row.values["agency"] for row in table.records] == ["Rolla PD", "Rolla PD"]
    assert [row.values["last"] for row in table.records] == ["Smith", "Jones"]


def test_a_copied_text_without_a_table_is_read_as_text():
    book = sheet.read_pasted("Name\tAgency\nAl\tPD\n", page("<p>Al</p>"))
    assert book.sheets[0].rows[1] == ("Al", "PD")


def test_a_table_around_another_is_not_part_of_it(make_text):
    outer = f"<table><tr><td>Greetings</td><td>{TABLE}</td></tr></table>"
    found = sheet.read(make_text(page(outer), "mail.html"))
    assert found.sheets[0].rows[0] == ("Name", "Agency")
    assert len(found.sheets) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_page_with_the_name_of_a_workbook_is_read(make_text, encoding):
    content = page(TABLE.replace("Smith", "Núñez")).encode(encoding)
    found = sheet.read(make_text(content, "export.xls"))
    assert found.sheets[0].rows[1][0] == "Núñez, Al"
    assert "web page" in found.notes[0]
