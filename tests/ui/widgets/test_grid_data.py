from datetime import date

import pytest

from ui.widgets.grid_data import (
    GridBlock,
    GridData,
    GridPerson,
    Mark,
    came,
    mark_text,
    overwrite_text,
    parse_hours,
    present_text,
)
from ui.widgets.grid_delegate import cell_look
from ui.widgets.marks import Pill

BLOCK = GridBlock(7, date(2026, 10, 13), ("Tue", "AM"), 240, "Legal issues")
PEOPLE = tuple(GridPerson(n, n, f"Person {n}") for n in range(1, 7))


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (None, "not marked"),
        (Mark("present", 240), "present"),
        (Mark("absent"), "absent"),
        (Mark("partial", 150), "2.5 of 4 hours"),
        (Mark("late", 210), "late, 3.5 of 4 hours"),
        (Mark("left early", 60), "left early, 1 of 4 hours"),
        (Mark("excused"), "excused"),
        (Mark("absent", 0, 240), "absent, 4 hours made up"),
    ],
)
def test_a_mark_is_told_in_words(mark, words):
    assert mark_text(mark, BLOCK) == words


@pytest.mark.parametrize(
    ("mark", "look"),
    [
        (None, ("", "soft")),
        (Mark("present", 240), ("✓", "good")),
        (Mark("absent"), ("A", "wrong")),
        (Mark("late", 200), ("L", "care")),
        (Mark("excused"), ("E", "care")),
        (Mark("left early", 200), ("X", "care")),
        (Mark("partial", 150), ("2.5", "care")),
        (Mark("absent", 0, 240), ("M", "good")),
        (Mark("absent", 0, 60), ("M", "care")),
    ],
)
def test_every_mark_has_a_letter_or_a_shape(mark, look):
    assert cell_look(mark, BLOCK) == look


@pytest.mark.parametrize(
    ("mark", "answer"),
    [
        (None, False),
        (Mark("present", 240), True),
        (Mark("late"), True),
        (Mark("partial", 30), True),
        (Mark("absent"), False),
        (Mark("excused"), False),
    ],
)
def test_blank_is_not_present(mark, answer):
    assert came(mark) is answer


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("2.5", Mark("partial", 150)),
        ("2,5", Mark("partial", 150)),
        (".5", Mark("partial", 30)),
        ("4", Mark("present", 240)),
        ("0", Mark("absent", 0)),
        ("4.5", None),
        ("", None),
        (".", None),
        ("1.2.3", None),
    ],
)
def test_hours_typed_into_a_cell_become_a_mark_that_fits_the_block(typed, mark):
    assert parse_hours(typed, 240) == mark


def test_the_count_of_a_block_names_what_is_blank():
    data = GridData(PEOPLE, (BLOCK,), {(n, 7): Mark("present", 240) for n in range(1, 5)})
    assert present_text(data, BLOCK) == "4 of 6 present this block · 2 not marked"
    data.marks[5, 7] = data.marks[6, 7] = Mark("absent")
    assert present_text(data, BLOCK) == "4 of 6 present this block"


def test_overwriting_says_which_marks_will_change():
    marks = {(n, 7): Mark("excused") for n in (1, 2, 3)}
    marks |= {(4, 7): Mark("absent"), (5, 7): Mark("present", 240), (1, 8): Mark("absent")}
    data = GridData(PEOPLE, (BLOCK,), marks)
    assert overwrite_text(data, 7) == "4 existing marks will change: excused 3, absent 1"


def test_overwriting_nothing_says_nothing():
    data = GridData(PEOPLE, (BLOCK,), {(1, 7): Mark("present", 240)})
    assert overwrite_text(data, 7) == ""


def test_one_mark_is_singular():
    data = GridData(PEOPLE, (BLOCK,), {(1, 7): Mark("late", 200)})
    assert overwrite_text(data, 7) == "1 existing mark will change: late 1"


def test_a_block_is_spoken_with_its_whole_day():
    assert BLOCK.spoken() == "Tuesday AM"


def test_a_state_has_a_shape_unless_it_says_otherwise():
    assert Pill("Ready").shape == "full"
