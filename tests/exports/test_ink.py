"""Text on a page: it wraps, shrinks and ends where it says."""

from datetime import date
from io import BytesIO

import pytest

from cit_desktop.errors import Refused
from cit_desktop.exports import ink
from cit_desktop.exports.fonts import Face
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import new_canvas, page_size
from cit_desktop.exports.typeset import LEADING, line_width

DAY = date(2026, 3, 9)
WORDS = "Everybody signs in and out of each block of the day"


def drawn(draw):
    """What a function gives, and the PDF of the page that it drew on."""
    buffer = BytesIO()
    canvas = new_canvas(buffer, "T", "", "", DAY, page_size("a4"))
    found = draw(canvas)
    canvas.showPage()
    canvas.save()
    return found, buffer.getvalue()


def test_a_paragraph_takes_as_many_lines_as_it_needs_and_says_where_it_ends(pages):
    end, content = drawn(lambda c: ink.paragraph(c, WORDS, Pen(10), 50, 700, 120))
    lines = round((700 - end) / (10 * LEADING))
    assert 2 < lines < 6
    assert pages(content) == [WORDS]


def test_a_word_wider_than_the_room_gets_smaller_instead_of_leaving_it():
    set_ = ink.fitted("W" * 40, Pen(12), 100)
    assert line_width(set_.lines[0], set_.face, set_.size) <= 100
    end, _ = drawn(lambda c: ink.paragraph(c, "W" * 40, Pen(12), 50, 700, 100))
    assert 700 - end < 12


def test_a_line_shrinks_before_a_second_is_taken():
    assert len(ink.fitted(WORDS, Pen(10), 215, lines=2).lines) == 1
    assert len(ink.fitted(WORDS, Pen(10), 120, lines=2).lines) == 2


def test_a_text_takes_the_first_typeface_that_has_all_its_letters():
    assert ink.fitted("Ana", Pen(10, faces=ink.BOLD), 100).face == Face.SANS_BOLD
    with pytest.raises(Refused, match="田"):
        ink.fitted("田中", Pen(10), 100)


def test_the_foot_of_a_page_says_which_of_how_many_it_is_and_cuts_a_long_title(pages):
    _, content = drawn(lambda c: ink.foot(c, "Long title " * 40, 2, 7, 36, 540))
    (text,) = pages(content)
    assert text.endswith("Page 2 of 7")
    assert "…" in text


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595.276, 841.89))])
def test_a_sheet_stands_unless_it_lies(paper, size):
    assert page_size(paper) == size
    assert page_size(paper, lying=True) == size[::-1]
