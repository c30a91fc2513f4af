from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from cit_desktop.documents.certificates import Signer
from cit_desktop.documents.letters import USUAL, Letter, Letterhead, Wording, fill
from cit_desktop.errors import FileProblem, Refused
from cit_desktop.exports import letter_pdf
from cit_desktop.exports.letter_pdf import draw_letters
from cit_desktop.progress import Cancelled
from tests.exports.reference import held_against

PAPERS = ("letter", "a4")
POINTS = 72.0
# What a window shows wherever the paper slides to, in inches from the paper's left and top edges.
WINDOWS = {"letter": (0.875, 2.04, 4.375, 3.17), "a4": (0.79, 2.24, 3.94, 3.19)}


@pytest.fixture(scope="module")
def head(images):
    logo, signature = images
    return Letterhead(
        "Heartland CIT Council",
        "Missouri Crisis Intervention Team Council",
        ("900 Pine Street", "Rolla, MO 65401"),
        "573-555-0100",
        "info@heartland.example",
        logo,
        Signer("Robert Mbeki", "CIT Coordinator", signature),
        contact="573-555-0100 or info@heartland.example",
    )


def letter(
    head: Letterhead,
    name: str = "Ana Ito",
    address: tuple[str, ...] = ("Cole County Sheriff", "350 East High Street", "Jefferson City"),
    wording: Wording = USUAL,
) -> Letter:
    values = {
        "name": name,
        "first": name.split()[0],
        "course": "Crisis Intervention Team 40-Hour Course",
        "completed": "March 6, 2024",
        "hours": "40 hours",
        "due": "January 15, 2027",
        "agency": address[0] if address else "your agency",
        "chapter": head.chapter,
        "contact": head.contact,
    }
    subject, greeting, paragraphs = fill(wording, values)
    due = date(2027, 1, 15)
    return Letter(
        7, head, date(2026, 11, 23), name, "Ito, Ana", address, "ana@example.org", due,
        subject, greeting, paragraphs, values,
    )  # fmt: skip


def long_letter(head: Letterhead) -> Letter:
    grand = replace(
        head,
        chapter="Greater Southeast Missouri and Bootheel Regional Crisis Intervention Team Council "
        "of Law Enforcement and Behavioral Health",
        address=("Suite 1200, Public Safety Building", "1400 North Kingshighway Boulevard",
                 "Cape Girardeau, MO 63701-2191"),
        email="crisis.intervention.team.coordinator@southeast-behavioral-health.example",
        signer=Signer("Maximiliana Featherstonehaugh-Cholmondeley",
                      "Regional Coordinator and Chair of the Training Committee"),
    )  # fmt: skip
    agency = "Southeast Missouri Regional Crime Laboratory and Co-Responder Division"
    address = (agency, "Suite 4", "1400 North Kingshighway Boulevard", "Cape Girardeau, MO 63701")
    told = replace(USUAL, text="\n\n".join([USUAL.text] * 3))
    name = "Łukasz Šimić-O'Brien Featherstonehaugh-Cholmondeley de la Vega y Montenegro III"
    return letter(grand, name, address, told)


def boxes(content: bytes, page: int = 0) -> list[tuple[str, float, float, float, float]]:
    """The lines of a page: text, left, top, right, bottom, in inches from its upper left corner."""
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        opened = pdf[page]
        height, text = opened.get_height(), opened.get_textpage()
        found = []
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            said = text.get_text_bounded(left, bottom, right, top).strip()
            sides = (left, height - top, right, height - bottom)
            found.append((said, *(side / POINTS for side in sides)))
        text.close()
        opened.close()
    return found


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", ["usual", "long"])
def test_a_letter_looks_as_it_did(kind, paper, head, images, picture_of, tmp_path):
    one = letter(head) if kind == "usual" else long_letter(head)
    content = draw_letters([one], images, paper)
    for page in range(1 if kind == "usual" else 2):
        name = f"renewal_{kind}_{page + 1}_{paper}"
        assert held_against(picture_of(content, page=page), name, tmp_path) == ""


@pytest.mark.parametrize("paper", PAPERS)
def test_the_address_shows_in_a_window_and_nothing_else_does(paper, head, images):
    made = letter(head)
    left, top, right, bottom = WINDOWS[paper]
    seen = [said for said, x, y, far, low in boxes(draw_letters([made], images, paper))
            if x < right and far > left and y < bottom and low > top]  # fmt: skip
    whole = [said for said, x, y, far, low in boxes(draw_letters([made], images, paper))
             if x >= left and far <= right and y >= top and low <= bottom]  # fmt: skip
    assert seen == whole == [made.name, *made.address]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_long_address_ends_above_the_fold_and_below_the_letterhead(paper, head, images):
    content = draw_letters([long_letter(head)], images, paper)
    lines = [line for line in boxes(content) if line[1] < 4.3 and line[2] < 3.6]
    address = lines[[line[0].startswith("Łukasz") for line in lines].index(True) :]
    least = letter_pdf.ADDRESS_LEAST / POINTS
    assert all(least - 0.01 <= top <= 3.17 for _said, _left, top, _right, _bottom in address[:6])
    assert max(bottom for *_rest, bottom in lines if bottom < 3.4) <= 3.19


def test_all_that_is_written_can_be_read_from_the_file(head, images, pages):
    made = letter(head, "Nguyễn Thị Ánh")
    (text,) = pages(draw_letters([made], images))
    for said in (made.name, *made.address, made.subject, made.greeting, *made.paragraphs):
        assert said in text
    assert "November 23, 2026" in text
    assert "Sincerely," in text
    assert "Robert Mbeki CIT Coordinator Heartland CIT Council" in text


def test_a_letter_of_two_pages_says_so_and_its_signature_is_not_alone(head, images, pages):
    first, second = pages(draw_letters([long_letter(head)], images))
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second
    assert second.index("correct it.") < second.index("Sincerely,")


def test_every_letter_begins_a_page_and_is_found_by_its_name(head, images, pages):
    content = draw_letters([letter(head), letter(head, "Ben Ode", ())], images, "a4")
    assert ["Dear Ana Ito" in text for text in pages(content)] == [True, False]
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        assert [mark.get_title() for mark in pdf.get_toc()] == ["Ana Ito", "Ben Ode"]
        assert pdf.get_metadata_dict()["Title"] == "Renewal letters"


def test_a_chapter_with_nothing_but_a_name_has_letters_too(pages):
    bare = Letterhead("Rolla CIT", contact="the office of the chapter")
    (text,) = pages(draw_letters([letter(bare, address=())], {}))
    assert text.startswith("Rolla CIT Ana Ito November 23, 2026")
    assert text.endswith("Sincerely, Rolla CIT")


def test_lines_within_a_paragraph_stay_lines(head, images):
    said = Wording("Dates", "", "First line\nSecond line\n\nAnother")
    lines = [line[0] for line in boxes(draw_letters([letter(head, wording=said)], images))]
    assert lines[lines.index("First line") :][:3] == ["First line", "Second line", "Another"]


def test_the_same_letters_give_the_same_bytes(head, images):
    assert draw_letters([letter(head)], images) == draw_letters([letter(head)], images)


def test_what_cannot_be_drawn_is_refused(head, images):
    with pytest.raises(Refused, match="cannot be printed"):
        draw_letters([letter(head, "山田")], images)
    with pytest.raises(FileProblem, match="not in the chapter's file"):
        draw_letters([letter(head)], {})


def test_drawing_tells_how_far_it_is_and_can_be_cancelled(head, images):
    steps = []

    def told(done, total, _text=""):
        steps.append((done, total))
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        draw_letters([letter(head)] * 3, images, progress=told)
    assert steps == [(0, 3), (1, 3)]
