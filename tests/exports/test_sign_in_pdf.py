"""Sign-in sheets: large rows that are never split, and a code on each page that can be read."""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from cit_desktop.documents.sign_ins import SignInLine, read_page_code
from cit_desktop.errors import Refused
from cit_desktop.exports import sign_in_pdf
from cit_desktop.exports.fonts import printable
from cit_desktop.exports.sign_in_pdf import draw_sheets
from tests.exports.certificate_contents import hard_names
from tests.exports.class_sheets import (
    CODE,
    HALVES,
    LONG_AGENCY,
    LONG_NAME,
    MONDAY,
    QUARTERS,
    long_sheet,
    sheet,
)
from tests.exports.reference import held_against

PAPERS = ("letter", "a4")
HOW_MANY = int(os.environ.get("CIT_NAMES", "50"))  # 1000 by hand
SHEETS = {"short": sheet, "long": long_sheet}


def each_page(content):
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            yield page
            page.close()


def sizes(content):
    return [tuple(round(side) for side in page.get_size()) for page in each_page(content)]


def text_boxes(page):
    """Left and right of each run of text on a page, from top to bottom."""
    text = page.get_textpage()
    found = [text.get_rect(number) for number in range(text.count_rects())]
    text.close()
    return found


def assert_no_text_in_boxes(content, spans, paper):
    frame = sign_in_pdf._frame(spans, paper)
    for page in each_page(content):
        for left, _, right, top in text_boxes(page):
            if 80 < top < frame.up - 200:  # between headings and foot
                assert not left < frame.boxes - 1 < right - 1


def scanned(content):
    """What a scanner at 150 dots to the inch reads from each page."""
    found = []
    for page in each_page(content):
        picture = page.render(scale=150 / 72).to_pil().convert("L")
        found += [read_page_code(code.text) for code in zxingcpp.read_barcodes(picture)]
    return found


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("amount", SHEETS)
def test_sheets_look_as_they_were_judged(amount, paper, picture_of, tmp_path):
    drawn = picture_of(draw_sheets([SHEETS[amount]()], MONDAY, paper=paper))
    assert held_against(drawn, f"sign-in-{paper}-{amount}", tmp_path) == ""


def test_a_sheet_says_what_it_is_and_who_is_expected(pages):
    (text,) = pages(draw_sheets([sheet(3)], MONDAY))
    for said in (
        *("Sign-in sheet Monday, October 12, 2026 40-hour CIT, October 2026", CODE),
        *("Location", "Courthouse, Rolla", "Lead instructor", "Dep. R. Hill"),
        *("8:00 AM – 12:00 PM", "1:00 PM – 5:00 PM", "Monday afternoon In Out", "In Out Signature"),
        *("Nguyễn, Thị Ánh", "Rolla Police Department · 0000003", "Signature"),
        *("Checked by (instructor’s signature)", "Date and time", "Page 1 of 1"),
    ):
        assert said in text


def test_every_page_has_headings_its_own_code_and_a_line_to_be_checked(pages):
    texts = pages(draw_sheets([sheet(60)], MONDAY))
    assert len(texts) == 4
    for number, text in enumerate(texts, 1):
        assert f"{CODE}/2026-10-12/{number}" in text
        assert text.count(f"Page {number} of 4") == 2
        for said in ("Printed name", "In Out Signature", "Checked by", "Monday, October 12, 2026"):
            assert said in text


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("count", [0, 1, 5, 24, 60, 131])
def test_every_person_and_ten_lines_more_stand_once_in_order(count, paper, pages):
    texts = pages(draw_sheets([sheet(count)], MONDAY, paper=paper))
    numbers = []
    for text in texts:
        rows = text.split("Signature ", 1)[1].split("Checked by")[0]
        rows = re.sub(r"· \d{7}", "", rows)
        numbers += [int(found) for found in re.findall(r"(?<![\w/])\d{1,3}(?![\w/])", rows)]
    assert numbers == list(range(1, count + 11))
    assert sum(text.count("Agency State number") for text in texts) == 10


@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_of_each_page_is_read_from_a_scan_at_150_dots_to_the_inch(paper):
    found = scanned(draw_sheets([sheet(24), long_sheet()], MONDAY, paper=paper))
    expected = [number for pages in (2, len(found) - 2) for number in range(1, pages + 1)]
    assert [page.page for page in found] == expected
    assert {(page.class_code, page.day) for page in found} == {(CODE, MONDAY)}


def test_a_long_code_of_a_class_can_still_be_scanned():
    long = replace(sheet(1), code="Ozark Ridge, fall class for dispatchers 2026/27 (Rolla)")
    (page,) = scanned(draw_sheets([long], MONDAY))
    assert page.class_code == long.code


def test_up_to_two_pairs_of_boxes_stand_upright_and_more_lie():
    for count, size in ((1, (612, 792)), (2, (612, 792)), (3, (792, 612)), (4, (792, 612))):
        assert sizes(draw_sheets([sheet(1, QUARTERS[:count])], MONDAY)) == [size]


def test_days_of_different_layout_keep_their_own_pages():
    days = [sheet(1, spans) for spans in (HALVES, QUARTERS, HALVES[:1])]
    assert sizes(draw_sheets(days, MONDAY)) == [(612, 792), (792, 612), (612, 792)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("spans", [HALVES, QUARTERS])
def test_long_names_are_whole_and_reach_into_no_box(spans, paper, pages):
    lines = tuple(SignInLine(n, LONG_NAME, LONG_AGENCY, f"{n:07}") for n in range(1, 9))
    made = sheet(spans=spans, lines=lines)
    content = draw_sheets([made], MONDAY, paper=paper)
    joined = " ".join(pages(content)).replace("\ufffe", "-")
    assert joined.count(LONG_NAME) == joined.count(LONG_AGENCY) == 8
    assert_no_text_in_boxes(content, spans, paper)


def test_even_the_longest_name_can_be_read():
    frame = sign_in_pdf._frame(QUARTERS, "a4")
    row = SignInLine(1, LONG_NAME, LONG_AGENCY, "0000001")
    (name, _), (below, _) = sign_in_pdf._person(row, frame.name_room, 0)
    assert name.size >= 8
    assert below.size >= 5.5


@pytest.mark.parametrize("name", ["<b>", "a & b", "=1+1", "Łącki, Ψαρρός", "(", "X" * 60])
def test_a_name_is_printed_letter_for_letter(name, pages):
    (text,) = pages(draw_sheets([sheet(lines=(SignInLine(1, name),))], MONDAY))
    assert f" 1 {name} " in text


@pytest.mark.parametrize("spans", [HALVES, QUARTERS])
def test_hard_names_are_printed_letter_for_letter_and_reach_into_no_box(spans, pages):
    names = hard_names(HOW_MANY, seed=len(spans))
    lines = tuple(SignInLine(number, name) for number, name in enumerate(names, 1))
    content = draw_sheets([sheet(lines=lines, spans=spans)], MONDAY)
    text = "".join("".join(pages(content)).replace("\ufffe", "-").split())
    assert [name for name in names if "".join(printable(name).split()) not in text] == []
    assert_no_text_in_boxes(content, spans, "letter")


def test_a_letter_that_no_typeface_has_is_refused():
    with pytest.raises(Refused, match="“田中” cannot be printed"):
        draw_sheets([sheet(lines=(SignInLine(1, "田中"),))], MONDAY)


def test_a_title_of_a_block_that_is_too_long_ends_in_an_ellipsis(pages):
    spans = (QUARTERS[0]._replace(title="Understanding " * 12), *QUARTERS[1:])
    (text,) = pages(draw_sheets([sheet(1, spans)], MONDAY))
    assert "Understanding" in text
    assert "…" in text


def test_the_same_sheets_give_the_same_bytes_and_progress_is_told():
    told = []
    days = [sheet(3), sheet(4)]
    first = draw_sheets(days, MONDAY, progress=lambda *step: told.append(step))
    assert first == draw_sheets(days, MONDAY)
    assert told == [(0, 2), (1, 2), (2, 2)]
