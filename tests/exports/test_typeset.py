import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.exports.fonts import Face, width
from cit_desktop.exports.typeset import elide, fit, line_width, wrap

TEXTS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzÀŁẾ", min_size=1, max_size=30), min_size=1, max_size=20
)


def test_a_short_text_keeps_its_size():
    assert fit(["Ana", "Ito"], Face.SERIF, 36, 600, least=25).size == 36


def test_a_long_text_shrinks_before_it_wraps():
    fitted = fit(["Maximilian"] * 4, Face.SERIF, 36, 600, least=25, lines=2)
    assert len(fitted.lines) == 1
    assert 25 <= fitted.size < 36


def test_a_longer_text_wraps_into_lines_of_about_one_length():
    fitted = fit(["Maximilian"] * 8, Face.SERIF, 36, 600, least=25, lines=3)
    assert fitted.lines == (" ".join(["Maximilian"] * 4),) * 2


def test_what_cannot_be_broken_shrinks_further():
    fitted = fit(["W" * 60], Face.SERIF, 36, 600, least=25, lines=3)
    assert len(fitted.lines) == 1
    assert fitted.size < 25


@given(TEXTS, st.integers(1, 4), st.sampled_from([0.0, 1.9]))
def test_every_line_fits_and_no_word_is_lost(pieces, lines, tracking):
    fitted = fit(pieces, Face.SERIF, 30, 400, least=20, lines=lines, tracking=tracking)
    assert " ".join(fitted.lines) == " ".join(pieces)
    assert len(fitted.lines) <= lines
    for line in fitted.lines:
        assert line_width(line, fitted.face, fitted.size, fitted.tracking) <= 400.01


def test_breaks_fall_only_between_pieces():
    fitted = fit(["Legal Studies 6.5"] * 6, Face.SERIF, 12, 300, least=11, lines=3, between=" · ")
    assert fitted.lines == (" · ".join(["Legal Studies 6.5"] * 3),) * 2


@given(TEXTS, st.floats(20, 300))
def test_wrapping_loses_nothing_and_overfills_only_with_one_piece(pieces, room):
    lines = wrap(pieces, " ", Face.SANS, 9, room)
    assert " ".join(lines) == " ".join(pieces)
    assert all(width(line, Face.SANS, 9) <= room or line in pieces for line in lines)


@pytest.mark.parametrize("room", [5, 30, 60, 200])
def test_an_elided_text_fits_and_says_that_it_was_cut(room):
    text = "Department of Behavioral Health"
    cut = elide(text, Face.SANS, 9, room)
    assert width(cut, Face.SANS, 9) <= max(room, width("…", Face.SANS, 9))
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
