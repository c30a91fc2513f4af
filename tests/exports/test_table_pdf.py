import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.documents.tables import TableColumn, TableDocument
from cit_desktop.errors import Refused
from cit_desktop.exports.fonts import Face, width
from cit_desktop.exports.table_layout import PAD, lay_out, paginate
from cit_desktop.exports.table_pdf import draw_table
from cit_desktop.progress import Cancelled, silent

DAY = date(2026, 3, 9)
COLUMNS = (
    TableColumn("number", "#", "int", 4),
    TableColumn("name", "Name", width=24),
    TableColumn("agency", "Agency", width=30),
    TableColumn("minutes", "Hours", "hours", 8),
    TableColumn("day", "Completed", "date", 12),
    TableColumn("passed", "Passed", "yesno", 8),
)


def row(number=1, name="Ana Ito", agency="Cole County Sheriff"):
    return (number, name, agency, 2190, date(2026, 3, 6), True)


def table(count=1, **parts):
    rows = tuple(row(n, f"Person {n}") for n in range(1, count + 1))
    return TableDocument("Class roster", COLUMNS, rows, **parts)


def laid_out(document, room=720.0):
    return lay_out(document, room, 19.0, lambda done: silent(done, 0))


def test_title_header_values_and_footer_are_printed(pages):
    document = TableDocument(
        "Class roster",
        COLUMNS,
        (row(),),
        subtitle=("Heartland CIT",),
        header=(("Dates", "March 2–6, 2026"), ("Location", "Jefferson City")),
        footer=("One person.",),
    )
    (text,) = pages(draw_table(document, DAY))
    for part in (
        "Class roster Heartland CIT",
        "Dates March 2–6, 2026",
        "Location Jefferson City",
        "# Name Agency Hours Completed Passed",
        "1 Ana Ito Cole County Sheriff 36.5 03/06/2026 Yes",
        "One person.",
        "Page 1 of 1",
    ):
        assert part in text


def test_headings_title_and_page_number_stand_on_every_page(pages):
    texts = pages(draw_table(table(100, subtitle=("Heartland CIT",)), DAY))
    assert len(texts) > 3
    for number, text in enumerate(texts, 1):
        assert "# Name Agency Hours Completed Passed" in text
        assert text.startswith("Class roster")
        assert f"Page {number} of {len(texts)}" in text


def test_every_row_is_printed_once_and_in_order(pages):
    text = " ".join(pages(draw_table(table(100), DAY)))
    found = [int(part.split(" ")[0]) for part in text.split("Person ")[1:]]
    assert found == list(range(1, 101))


def test_a_table_without_rows_is_a_page_with_headings(pages):
    (text,) = pages(draw_table(table(0), DAY))
    assert "Name Agency" in text


@pytest.mark.parametrize("count", range(20, 28))
def test_the_footer_never_runs_into_the_page_number(pages, count):
    footer = tuple(f"Footer line {n}." for n in range(4))
    texts = pages(draw_table(table(count, footer=footer), DAY))
    assert "Footer line 0. Footer line 1. Footer line 2. Footer line 3." in texts[-1]
    assert f"Page {len(texts)} of {len(texts)}" in texts[-1]


@pytest.mark.parametrize(
    "name", ["<b>", "<b", "a & b", "=1+1", "Nguyễn Thị Ánh", "Łącki", "Ψαρρός", "(", "Ḁna"]
)
def test_a_name_is_printed_letter_for_letter(pages, name):
    document = TableDocument(name, COLUMNS, (row(name=name),), (name,), ((name, name),), (name,))
    (text,) = pages(draw_table(document, DAY))
    assert text.count(name) == 7


def test_a_name_that_no_typeface_has_is_refused():
    with pytest.raises(Refused, match="“田中” cannot be printed"):
        draw_table(TableDocument("T", COLUMNS, (row(name="田中"),)), DAY)


def test_an_empty_value_prints_nothing(pages):
    document = TableDocument("T", COLUMNS, ((None,) * 6,))
    (text,) = pages(draw_table(document, DAY))
    assert "None" not in text


def test_room_left_over_goes_to_all_columns_by_what_stands_in_them():
    columns = (TableColumn("a", "A"), TableColumn("b", "B"), TableColumn("c", "C"))
    short, long, empty = laid_out(
        TableDocument("T", columns, (("Ana", "Ana Ito " * 3, None),))
    ).widths
    assert empty < short < long
    assert short + long + empty == pytest.approx(720)


def test_many_columns_get_smaller_text_before_words_are_cut():
    columns = tuple(TableColumn(f"c{n}", f"Heading {n}") for n in range(14))
    layout = laid_out(TableDocument("T", columns, (("Department",) * 14,)))
    assert layout.size < 9
    assert all(cell == ("Department",) for cell in layout.rows[0].cells)


def test_a_text_gets_as_many_lines_as_it_needs_and_is_cut_after_forty():
    long = row(agency="Department of Health " * 30)
    cell = laid_out(TableDocument("T", COLUMNS, (long,))).rows[0].cells[2]
    assert 3 < len(cell) < 40
    assert " ".join(cell) == long[2].strip()
    endless = TableDocument("T", COLUMNS, (row(agency="Department of Health " * 300),))
    cut = laid_out(endless).rows[0].cells[2]
    assert len(cut) == 40
    assert cut[-1].endswith("…")


def test_a_word_wider_than_its_column_is_broken_and_whole():
    word = "x" * 400
    cell = laid_out(TableDocument("T", COLUMNS, (row(agency=word),))).rows[0].cells[2]
    assert len(cell) > 1
    assert "".join(cell) == word


def test_numbers_are_never_elided():
    document = TableDocument(
        "T", COLUMNS, tuple(row(n, agency="Department of Health " * 9) for n in range(1, 1200, 7))
    )
    assert all("…" not in laid.cells[0][0] for laid in laid_out(document).rows)


@given(
    st.lists(
        st.lists(st.text("abcWÀŁ ", max_size=60), min_size=4, max_size=4), min_size=1, max_size=6
    )
)
@settings(max_examples=20)
def test_every_line_fits_its_column(texts):
    columns = tuple(TableColumn(f"c{n}", f"Heading {n}") for n in range(4))
    layout = laid_out(TableDocument("T", columns, tuple(map(tuple, texts))), 300.0)
    assert sum(layout.widths) == pytest.approx(300)
    for laid in layout.rows:
        for cell, face, wide in zip(laid.cells, laid.faces, layout.widths, strict=True):
            assert all(width(line, face, layout.size) <= wide - 2 * PAD + 0.1 for line in cell)


def test_pages_hold_what_fits_and_every_row_once():
    layout = laid_out(table(50))
    pages_of_rows = paginate(layout, 200.0, 300.0, 20.0)
    numbers = [n for start, end in pages_of_rows for n in range(start, end)]
    assert numbers == list(range(50))
    for start, end in pages_of_rows[1:]:
        used = layout.heading_height + sum(laid.height for laid in layout.rows[start:end])
        assert used <= 300.0


def test_a_footer_without_room_gets_a_page_of_its_own():
    layout = laid_out(table(2))
    height = layout.heading_height + sum(laid.height for laid in layout.rows)
    assert paginate(layout, height + 5, 300.0, 20.0) == [(0, 2), (2, 2)]


def test_the_same_table_gives_the_same_bytes_in_another_process():
    script = (
        "import hashlib\n"
        "from datetime import date\n"
        "from cit_desktop.documents.tables import TableColumn, TableDocument\n"
        "from cit_desktop.exports.table_pdf import draw_table\n"
        "columns = (TableColumn('a', 'A'), TableColumn('b', 'B'))\n"
        "rows = tuple((f'Ana {n}', f'Bo {9 - n}') for n in range(9))\n"
        "document = TableDocument('T', columns, rows)\n"
        "print(hashlib.sha256(draw_table(document, date(2026, 3, 9))).hexdigest())\n"
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


def test_a_very_long_title_and_header_stay_on_the_paper():
    long = "Crisis Intervention Team Class " * 12
    document = replace(table(3, header=(("Location", long), (long, "x"))), title=long)
    with closing(pypdfium2.PdfDocument(draw_table(document, DAY))) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        rects = [text.get_rect(n) for n in range(text.count_rects())]
        text.close()
        page.close()
    assert all(left > 34 and right < 758 and bottom > 20 for left, bottom, right, _ in rects)


def test_progress_is_told_and_can_stop_the_work():
    told = []

    def stop(done, total, what=""):
        told.append((done, total))
        if done >= 200:
            raise Cancelled

    with pytest.raises(Cancelled):
        draw_table(table(500), DAY, progress=stop)
    assert told == [(0, 500), (200, 500)]


def test_figures_take_the_plain_sans():
    assert laid_out(table(1)).rows[0].faces[0] is Face.SANS


def test_a_table_fills_the_paper_that_it_is_printed_on():
    with closing(pypdfium2.PdfDocument(draw_table(table(3), DAY, paper="a4"))) as pdf:
        assert pdf.get_page_size(0) == pytest.approx((841.89, 595.276), abs=0.1)
        (found,) = [part for part in pdf[0].get_objects() if abs(_wide(part) - 769.89) < 1][:1]
        assert found


def _wide(part):
    left, _, right, _ = part.get_bounds()
    return right - left
