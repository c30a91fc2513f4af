"""Texts in a box: they fit it whole, and give way to each other fairly."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.errors import Refused
from cit_desktop.exports import ink
from cit_desktop.exports.certificates.page import Box
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import INK, new_canvas
from cit_desktop.exports.text_stack import Part, fit
from cit_desktop.exports.typeset import line_width

BOX = Box(50, 100, 250, 160)
LETTERS = "abgjMWÁẾģţ -ЩΩ"


def part(said, size=20.0, **more):
    return Part(said, Pen(size, INK, ink.BOLD), **more)


def lines(stack):
    return [line for text, _, _ in stack.texts for line in text.lines]


def sizes(stack):
    return [text.size for text, _, _ in stack.texts]


@given(st.lists(st.text(LETTERS, max_size=90), min_size=1, max_size=5), st.floats(20, 300))
@settings(max_examples=40, deadline=None)
def test_all_of_it_fits_and_no_letter_is_lost(texts, wide):
    box = BOX._replace(right=BOX.left + wide)
    stack = fit([part(text) for text in texts], box)
    assert stack.height <= box.top - box.bottom + 0.01
    for text, _, _ in stack.texts:
        assert line_width(text.lines[0], text.face, text.size) <= wide + 0.1
    assert "".join(lines(stack)).replace(" ", "") == "".join(texts).replace(" ", "")


def test_what_fits_keeps_its_size():
    stack = fit([part("Ana"), part("Ana Ito", 10)], BOX)
    assert (sizes(stack), stack.scale) == ([20, 10], 1)


def test_a_text_that_is_too_wide_shrinks_and_then_takes_another_line():
    said = "Maximiliana Featherstonehaugh"
    assert len(lines(fit([part(said, 14)], BOX))) == 1
    broken = fit([part(said, 25)], BOX)
    assert lines(broken) == said.split()
    assert lines(fit([part(said, 25, lines=1)], BOX)) == [said]


def test_all_shrink_together_when_the_height_is_short():
    stack = fit([part("Ana", 60), part("Ana Ito", 30)], BOX)
    assert stack.scale < 1
    assert sizes(stack) == pytest.approx([60 * stack.scale, 30 * stack.scale], abs=0.05)


def test_the_first_stays_in_one_line_where_a_second_would_cost_the_others_more():
    narrow = BOX._replace(right=170, top=150)
    first, others = part("Thị Ánh Nguyệt", 20, least=0.9), [part("Compass", 10), part("Phelps", 10)]
    assert len(lines(fit([first], narrow))) == 2
    stack = fit([first, *others], narrow)
    assert lines(stack) == ["Thị Ánh Nguyệt", "Compass", "Phelps"]
    assert stack.scale == 1


def test_accents_get_room_of_their_own():
    plain, high = fit([part("E")], BOX), fit([part("Ế")], BOX)
    assert high.height > plain.height + 3
    assert fit([part("e")], BOX).height == plain.height


def test_empty_texts_take_no_room():
    stack = fit([part(" "), part("Ana"), part("", gap=30), part("\u200b")], BOX)
    assert lines(stack) == ["Ana"]
    assert fit([part("")], BOX).height == 0


def test_the_gap_above_the_first_is_left_out():
    bare, spaced = (fit([part("Ana", gap=gap)], BOX) for gap in (0.0, 9.0))
    assert bare.height == spaced.height
    two = fit([part("Ana"), part("Ito", 10, gap=9)], BOX)
    assert two.height == pytest.approx(fit([part("Ana"), part("Ito", 10)], BOX).height + 9)


def test_a_letter_that_no_typeface_has_is_refused():
    with pytest.raises(Refused, match="田"):
        fit([part("田中")], BOX)


@pytest.mark.parametrize("upright", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("align", [0.0, 0.5, 1.0])
def test_it_is_drawn_where_it_belongs_in_the_box(align, upright):
    buffer = BytesIO()
    canvas = new_canvas(buffer, "T", "", "", date(2026, 3, 9))
    fit([part("Ana"), part("Ế", 12)], BOX).draw(canvas, BOX, align, upright)
    canvas.showPage()
    canvas.save()
    with closing(pypdfium2.PdfDocument(buffer.getvalue())) as pdf:
        page = pdf[0]
        found = [one.get_bounds() for one in page.get_objects()]
        page.close()
    lefts, bottoms, rights, tops = zip(*found, strict=True)
    left, bottom, right, top = min(lefts), min(bottoms), max(rights), max(tops)
    assert BOX.left - 1 <= left < right <= BOX.right + 1
    assert BOX.bottom <= bottom < top <= BOX.top
    middle, centre = (left + right) / 2, (bottom + top) / 2
    assert middle == pytest.approx(BOX.left + 20 + 160 * align, abs=4)
    assert centre == pytest.approx(BOX.top - 19 - 22 * upright, abs=4)
