"""What the cells and headings of a sign-in sheet mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cit_desktop.imports.marks import (
    Meaning,
    Meeting,
    are_ticks,
    blocks_of,
    columns_of,
    match_columns,
    meaning,
)

MONDAY = date(2026, 10, 12)
WEEK = [
    Meeting(2 * day + half + 1, MONDAY + timedelta(days=day), 480 + 300 * half, 240)
    for day in range(5)
    for half in range(2)
]
MONDAYS = [
    Meeting(2 * week + half + 1, MONDAY + timedelta(days=7 * week), 480 + 300 * half, 240)
    for week in range(5)
    for half in range(2)
]


def ids(blocks):
    return [block.id for block in blocks]


@pytest.mark.parametrize("cell", ["X", "x", "✓", "✔", "P", "p.", " Present ", "Yes", True])
def test_these_cells_mean_present(cell):
    assert meaning(cell) == Meaning("present")


@pytest.mark.parametrize("cell", ["A", "abs", "Abs.", "ABSENT", "no show", False])
def test_these_cells_mean_absent(cell):
    assert meaning(cell) == Meaning("absent")


@pytest.mark.parametrize(
    ("cell", "mark"),
    [("L", "late"), ("tardy", "late"), ("Exc.", "excused"), ("left early", "left early")],
)
def test_other_marks_are_known_by_letter_and_word(cell, mark):
    assert meaning(cell) == Meaning(mark)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (4, 240),
        ("4.0", 240),
        (0, 0),
        ("0", 0),
        (3.25, 195),
        ("3.25h", 195),
        ("2 hrs", 120),
        ("1:30", 90),
    ],
)
def test_numbers_are_hours(cell, minutes):
    assert meaning(cell) == Meaning(minutes=minutes)


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_blank_is_neither_present_nor_absent(cell):
    assert meaning(cell) == Meaning(blank=True)


@pytest.mark.parametrize("cell", ["-", "?", "n/a", "maybe", "JS", -2])
def test_what_cannot_be_told_is_not_guessed(cell):
    assert meaning(cell) is None


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Mon AM", [1]),
        ("Friday p.m.", [10]),
        ("Tues. afternoon", [4]),
        ("Wed", [5, 6]),
        ("10/15 AM", [7]),
        ("10/15/2026 PM", [8]),
        ("Thu 10/15 AM", [7]),
        ("October 16, 2026", [9, 10]),
        ("Day 2 AM", [3]),
        ("Block 10", [10]),
        ("Block 11", []),
        ("AM", []),
        ("Saturday", []),
        ("Total", []),
        ("Signature", []),
    ],
)
def test_a_heading_names_the_blocks_of_a_week(heading, found):
    assert ids(blocks_of(heading, WEEK)) == found


@pytest.mark.parametrize(
    ("heading", "found"),
    [("Week 3 AM", [5]), ("Mon AM", []), ("10/26 PM", [6]), ("Day 5", [9, 10])],
)
def test_a_heading_names_the_blocks_of_five_mondays(heading, found):
    assert ids(blocks_of(heading, MONDAYS)) == found


def test_named_columns_are_matched_in_any_order():
    found, told = match_columns(["Fri PM", "Mon AM", "Notes"], WEEK)
    assert {name: ids(blocks) for name, blocks in found.items()} == {"Fri PM": [10], "Mon AM": [1]}
    assert told


def test_columns_without_telling_names_are_matched_in_order():
    names = [f"Mark {letter}" for letter in "ABCDEFGHIJ"]
    found, told = match_columns(names, WEEK)
    assert [ids(found[name]) for name in names] == [[number] for number in range(1, 11)]
    assert not told


@pytest.mark.parametrize("names", [["A", "B"], ["Mon AM", "Monday AM"]])
def test_columns_that_cannot_be_told_apart_are_not_matched(names):
    assert match_columns(names, WEEK) == ({}, False)


def test_columns_of_marks_are_told_from_columns_of_text():
    assert columns_of(
        {
            "Mon AM": ["X", "P", None, 4],
            "Mon PM": [None, None],
            "Lunch": ["vegan", "none", "fish"],
            "Blank": [None],
        }
    ) == ["Mon AM", "Mon PM"]


@pytest.mark.parametrize(
    ("columns", "ticks", "doubtful"),
    [
        ([[1, 0, 1]], True, True),
        ([["1", None, "0"], ["X", 1.0]], True, True),
        ([[1, 0], [4, 3.25]], False, True),
        ([[0, 4, 1, 2], [3]], False, False),
        ([[0, 0]], False, False),
        ([["1:00", 0]], False, False),
        ([["X", "A"], [True, False]], False, False),
        ([], False, False),
    ],
)
def test_ones_and_zeros_are_ticks_only_where_no_other_numbers_stand(columns, ticks, doubtful):
    assert are_ticks(columns) == (ticks, doubtful)
