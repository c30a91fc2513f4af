"""Headings and cells of sign-in sheets as chapters keep them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.imports import marks
from cit_desktop.imports.marks import Meaning, Meeting

MONDAY = date(2026, 10, 12)
WEEK = tuple(
    Meeting(2 * n + half + 1, MONDAY + timedelta(days=n), start, 240)
    for n in range(5)
    for half, start in enumerate((480, 780))
)
EVENINGS = tuple(Meeting(n + 1, MONDAY + timedelta(days=7 * n), 1080, 180) for n in range(4))


def ids(heading: str, blocks: tuple[Meeting, ...] = WEEK) -> list[int]:
    return [block.id for block in marks.blocks_of(heading, blocks)]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Day 1 AM", [1]),
        ("Day 5 p.m.", [10]),
        ("day #2", [3, 4]),
        ("Day 6", []),
        ("Day 0", []),
        ("Block 3", [3]),
        ("Session #10", [10]),
        ("Half-day 4", [4]),
        ("Meeting 11", []),
        ("Tues", [3, 4]),
        ("Thurs. afternoon", [8]),
        ("Wednesday Morning", [5]),
        ("Saturday", []),
        ("10/14", [5, 6]),
        ("10-14 AM", [5]),
        ("Fri 10/16", [9, 10]),
        ("Oct 12", [1, 2]),
        ("October 13th", [3, 4]),
        ("Oct 12 PM", [2]),
        ("Mon, Oct 12", [1, 2]),
        ("12 Oct", [1, 2]),
        ("10/12/2026", [1, 2]),
        ("10/17", []),
        ("AM", []),  # every morning of the week: too much
        ("Monetary", []),
        ("Amount", []),
        ("Pampered", []),
        ("Name", []),
        ("", []),
    ],
)
def test_a_heading_names_blocks_of_one_day_or_none(heading, found):
    assert ids(heading) == found


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Week 1", [1]),
        ("Week 4", [4]),
        ("Week 5", []),
        ("Day 2", [2]),
        ("Monday", []),  # all four evenings
        ("Oct 19", [2]),
        ("11/2", [4]),
        ("Meeting 3", [3]),
        ("Evening", []),
    ],
)
def test_evenings_of_several_weeks_are_named_by_number_or_date(heading, found):
    assert ids(heading, EVENINGS) == found


def test_half_of_a_day_is_decided_by_noon():
    around = (
        Meeting(1, MONDAY, 719, 1),
        Meeting(2, MONDAY, 720, 60),
    )
    assert ids("Mon AM", around) == [1]
    assert ids("Mon PM", around) == [2]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (True, Meaning("present")),
        (False, Meaning("absent")),
        ("P.", Meaning("present")),
        (" x ", Meaning("present")),
        ("No Show", Meaning("absent")),
        ("NS", Meaning("absent")),
        ("LE", Meaning("left early")),
        ("Tardy", Meaning("late")),
        ("exc.", Meaning("excused")),
        ("4.5", Meaning(minutes=270)),
        ("4:00", Meaning(minutes=240)),
        (8, Meaning(minutes=480)),
        ("", Meaning(blank=True)),
        (None, Meaning(blank=True)),
        ("P/A", None),
        ("(x)", None),
        ("half", None),
        ("n/a", None),
        ("-", None),
        ("TRUE", None),
    ],
)
def test_a_cell_is_a_mark_a_time_blank_or_nothing_that_can_be_told(cell, told):
    assert marks.meaning(cell) == told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (1, Meaning("present")),
        ("1", Meaning("present")),
        (1.0, Meaning("present")),
        (0, Meaning("absent")),
        (True, None),
        (False, None),
        (2, None),
        ("", None),
    ],
)
def test_only_a_written_one_or_nought_is_a_tick(cell, told):
    assert marks.ticked(cell) == told


@pytest.mark.parametrize(
    ("columns", "ticks"),
    [
        ([[1, 0, 1], [1, 1, 0]], (True, True)),
        ([[0, 0], [0, 0]], (False, False)),  # nobody was there: may be hours as well
        ([[1, 0], [4, 3.5]], (False, True)),  # other columns keep hours
        ([["x", "a"], [1, 0]], (True, True)),
        ([["x", "a"]], (False, False)),
        ([[None, ""], [1]], (True, True)),
        ([], (False, False)),
    ],
)
def test_ones_and_noughts_are_ticks_where_no_column_keeps_hours(columns, ticks):
    assert marks.are_ticks(columns) == ticks


@pytest.mark.parametrize(
    ("headings", "kept"),
    [
        ({"Q": ["x", "a", "zzz"]}, ["Q"]),  # two of three cells are marks
        ({"Q": ["x", "zzz"]}, []),  # one of two is not enough
        ({"Mon": ["x", "zzz", "zzz"]}, ["Mon"]),  # but its heading says when
        ({"Mon": ["zzz"]}, []),
        ({"Mon": []}, ["Mon"]),  # nobody has signed yet
        ({"Q": []}, []),
        ({"Q": ["", None, "x"]}, ["Q"]),  # blanks say nothing
    ],
)
def test_a_column_is_of_marks_by_its_cells_or_by_its_heading(headings, kept):
    assert marks.columns_of(headings) == kept


def test_headings_that_name_one_block_twice_are_matched_by_their_order():
    two = WEEK[:2]
    found, named = marks.match_columns(["Mon AM", "Mon a.m."], two)
    assert not named
    assert found == {"Mon AM": (two[0],), "Mon a.m.": (two[1],)}


def test_a_column_without_a_name_of_its_own_is_left_where_others_are_named():
    found, named = marks.match_columns(["Mon AM", "Initials"], WEEK)
    assert named
    assert found == {"Mon AM": (WEEK[0],)}


def test_more_columns_than_blocks_are_not_matched_by_order():
    assert marks.match_columns(["A", "B", "C"], WEEK[:2]) == ({}, False)
    assert marks.match_columns(["A", "B"], WEEK[:2])[0]


@given(st.text(max_size=25))
def test_no_heading_names_blocks_of_two_days(heading):
    for blocks in (WEEK, EVENINGS):
        assert len({block.day for block in marks.blocks_of(heading, blocks)}) <= 1


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.none()))
def test_a_cell_is_never_a_mark_and_a_time_at_once(cell):
    told = marks.meaning(cell)
    if told is not None:
        assert (told.mark is not None) + (told.minutes is not None) + told.blank == 1
