"""Pieces on pages: none is split, headings stay with what follows, space falls away at the top."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.exports import flow
from cit_desktop.exports.flow import Piece


def piece(height, tied=False):
    return Piece(height, lambda _canvas, _top: None, tied)


def test_pieces_go_to_the_next_page_when_they_do_not_fit():
    one, two, three = piece(40), piece(40), piece(40)
    assert flow.flow([one, two, three], 80, 100) == [[one, two], [three]]


def test_a_heading_goes_along_with_what_follows():
    first, heading, body = piece(60), piece(20, tied=True), piece(30)
    assert flow.flow([first, heading, body], 100, 100) == [[first], [heading, body]]


def test_space_falls_away_at_the_top_of_a_page():
    first, second = piece(90), piece(30)
    pages = flow.flow([flow.gap(10), first, flow.gap(10), second], 100, 100)
    assert pages == [[first], [second]]


def test_a_piece_higher_than_a_page_stands_alone():
    high, low = piece(500), piece(10)
    assert flow.flow([low, high, low], 100, 100) == [[low], [high], [low]]


def test_what_belongs_together_but_fits_no_page_goes_on_on_the_next():
    low, *run = piece(10), *(piece(40, tied=True) for _ in range(4)), piece(40)
    assert flow.flow([low, *run], 100, 100) == [[low], run[:2], run[2:4], run[4:]]


def test_what_fits_every_page_but_the_first_is_not_cut_off_there():
    run = [piece(45, tied=True), piece(45)]
    assert flow.flow(run, 80, 100) == [run[:1], run[1:]]


def test_no_pieces_make_one_empty_page():
    assert flow.flow([], 100, 100) == [[]]


def test_pieces_are_drawn_one_below_the_other():
    tops = []
    made = [Piece(height, lambda _canvas, top: tops.append(top)) for height in (10, 25)]
    assert flow.draw(None, made, 700) == 665
    assert tops == [700, 690]


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=30))
@settings(max_examples=30)
def test_every_piece_stands_once_and_in_order(heights):
    made = [piece(height, tied) for height, tied in heights]
    pages = flow.flow(made, 80, 100)
    assert [one for page in pages for one in page] == made
    for page, room in zip(pages, [80, *[100] * len(made)], strict=False):
        assert sum(one.height for one in page) <= room
