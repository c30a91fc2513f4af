"""Whatever is typed into the attendance grid, it stays in its cells and asks only what fits."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from tests.ui.keys import press, type_text
from ui import format as fmt
from ui.widgets.attendance_grid import AttendanceGrid, GridBlock, GridData, GridPerson, Mark
from ui.widgets.grid_data import KINDS, came, mark_text, overwrite_text, parse_hours, present_text

MONDAY = date(2026, 10, 12)
LENGTHS = (240, 60, 45, 480)
PEOPLE = tuple(GridPerson(n, n, f"Person {n}") for n in range(1, 5))
BLOCKS = tuple(
    GridBlock(100 + n, MONDAY + timedelta(n), ("Mon", "AM"), minutes, f"Block {n}")
    for n, minutes in enumerate(LENGTHS)
)
LONGEST = {block.block_id: block.minutes for block in BLOCKS}
LETTERS = "palexPALEX0123456789.,fF mMnNrRqzüç\u00e9%"
CODES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home),
    *(Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return),
    *(Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Tab),
    *(Qt.Key.Key_Backtab, Qt.Key.Key_F5, Qt.Key.Key_Insert),
)
KEYS = st.lists(st.sampled_from([*LETTERS, *CODES]), max_size=30)
some = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def grid(qtbot):
    made = AttendanceGrid()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_data(GridData(PEOPLE, BLOCKS))
    made.show()
    made.asked = []
    made.marked.connect(lambda *asked: made.asked.append(asked))
    made.marked.connect(lambda *asked: answer(made, *asked))
    made.cleared.connect(lambda row, block: made.set_mark(row, block, None))
    return made


def answer(grid, enrollment_id, block_id, kind, minutes):
    """Draw what was asked for, as the page does."""
    whole = 0 if kind in ("absent", "excused") else LONGEST[block_id]
    grid.set_mark(enrollment_id, block_id, Mark(kind, whole if minutes is None else minutes))


def type_keys(grid, typed):
    for key in typed:
        if isinstance(key, str):
            type_text(grid.panes.blocks, key)
        else:
            press(grid.panes.blocks, key)


def fresh(grid, **more):
    grid.set_data(GridData(PEOPLE, BLOCKS, **more))
    grid.choose(1, 100)
    grid.asked.clear()


@some
@given(KEYS)
def test_the_cursor_never_leaves_the_cells(grid, typed):
    fresh(grid)
    type_keys(grid, typed)
    enrollment_id, block_id = grid.current()
    assert 1 <= enrollment_id <= len(PEOPLE)
    assert block_id in LONGEST


@some
@given(KEYS)
def test_no_key_asks_for_more_time_than_a_block_has(grid, typed):
    fresh(grid)
    type_keys(grid, typed)
    for enrollment_id, block_id, kind, minutes in grid.asked:
        assert 1 <= enrollment_id <= len(PEOPLE)
        assert kind in KINDS
        assert (kind == "partial") == (minutes is not None)
        assert minutes is None or 0 < minutes < LONGEST[block_id]


@some
@given(KEYS)
def test_a_locked_grid_asks_for_nothing(grid, typed):
    marks = {(1, 100): Mark("present", 240)}
    fresh(grid, marks=dict(marks), locked=True)
    type_keys(grid, typed)
    assert grid.asked == []
    assert grid.data.marks == marks


@some
@given(KEYS)
def test_what_is_drawn_can_be_told_in_words(grid, typed):
    fresh(grid)
    type_keys(grid, typed)
    model = grid.panes.model
    for row in range(len(PEOPLE)):
        assert model.row_text(row).startswith(f"Person {row + 1}")
    for block in BLOCKS:
        text = present_text(grid.data, block)
        there = sum(came(grid.data.marks.get((p.enrollment_id, block.block_id))) for p in PEOPLE)
        assert text.startswith(f"{there} of {len(PEOPLE)} present")


@pytest.mark.parametrize("key", list(LETTERS))
def test_a_grid_of_nobody_takes_any_letter(grid, key):
    grid.set_data(GridData((), BLOCKS))
    type_text(grid.panes.blocks, key)
    assert grid.asked == []
    assert grid.current() is None


@pytest.mark.parametrize("key", CODES)
def test_a_grid_without_blocks_takes_any_key(grid, key):
    grid.set_data(GridData(PEOPLE, ()))
    press(grid.panes.blocks, key)
    assert grid.asked == []


@pytest.mark.parametrize(
    ("typed", "kind", "minutes"),
    [
        ("0", "absent", None),
        (".5", "partial", 30),
        ("0.25", "partial", 15),
        ("1", "partial", 60),
        ("3.75", "partial", 225),
        ("3,5", "partial", 210),
        ("4", "present", None),
        ("4.00", "present", None),
        ("03", "partial", 180),
    ],
)
def test_hours_typed_into_four(grid, typed, kind, minutes):
    fresh(grid)
    type_text(grid.panes.blocks, typed)
    press(grid.panes.blocks, Qt.Key.Key_Return)
    assert grid.asked == [(1, 100, kind, minutes)]


@pytest.mark.parametrize("typed", ["5", "4.01", "99999", "1.2.3", "7"])
def test_hours_that_do_not_fit_stay_at_their_cell(grid, typed):
    fresh(grid)
    type_text(grid.panes.blocks, typed)
    for leaving in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Right):
        press(grid.panes.blocks, leaving)
        assert grid.current() == (1, 100)
    assert grid.asked == []
    press(grid.panes.blocks, Qt.Key.Key_Escape)
    press(grid.panes.blocks, Qt.Key.Key_Down)
    assert grid.current() == (2, 100)


def test_backspace_takes_the_last_sign_typed(grid):
    fresh(grid)
    type_text(grid.panes.blocks, "35")
    press(grid.panes.blocks, Qt.Key.Key_Backspace)
    press(grid.panes.blocks, Qt.Key.Key_Return)
    assert grid.asked == [(1, 100, "partial", 180)]


@settings(max_examples=25)
@given(st.integers(1, 1440), st.data())
def test_hours_written_are_the_hours_read(longest, data):
    minutes = data.draw(st.integers(0, longest))
    found = parse_hours(f"{minutes / 60:.4f}", longest)
    assert found is not None
    assert found.minutes == minutes
    assert found.kind == {0: "absent", longest: "present"}.get(minutes, "partial")


@settings(max_examples=25)
@given(st.text(max_size=6), st.integers(1, 1440))
def test_no_text_makes_hours_that_do_not_fit(text, longest):
    found = parse_hours(text, longest)
    assert found is None or 0 <= found.minutes <= longest


@pytest.mark.parametrize("text", ["inf", "-inf", "nan", "1e999", "-1", "", " ", ".", ",", "1:30"])
def test_what_is_no_time_is_no_mark(text):
    assert parse_hours(text, 240) is None


@pytest.mark.parametrize(("kind", "made_up"), list(product(KINDS, (0, 60))))
def test_every_mark_has_words_for_whole_part_and_none(kind, made_up):
    block = BLOCKS[0]
    for minutes in (0, 90, 240):
        words = mark_text(Mark(kind, minutes, made_up), block)
        assert words
        assert ("made up" in words) == bool(made_up)
        if kind != "partial":
            assert words.startswith(kind)
        else:
            assert words.startswith(f"{fmt.hours(minutes)} of 4 hours")


def test_what_overwriting_changes_is_of_that_block_only():
    marks = {(1, 100): Mark("absent"), (2, 101): Mark("late", 30), (3, 100): Mark("present", 240)}
    data = GridData(PEOPLE, BLOCKS, marks)
    assert overwrite_text(data, 100) == "1 existing mark will change: absent 1"
    assert overwrite_text(data, 101) == "1 existing mark will change: late 1"
    assert overwrite_text(data, 102) == ""
