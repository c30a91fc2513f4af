from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from tests.ui.keys import press, type_text
from ui import theme
from ui.theme import Scheme
from ui.widgets.attendance_grid import (
    AttendanceGrid,
    GridBlock,
    GridData,
    GridPerson,
    Mark,
    Summary,
)
from ui.widgets.grid_model import GridModel
from ui.widgets.marks import Pill

MONDAY = date(2026, 10, 12)
NAMES = ("Allen, Margaret", "Nguyễn, Thị Ánh", "O'Brien, Donald J", "<b>Torres</b>", "Young, Zoë")
PEOPLE = tuple(GridPerson(n, n, name, f"Agency {n}") for n, name in enumerate(NAMES * 2, start=1))
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
READY = Summary("40", Pill("Ready", "good"))


def blocks(count, per_day=2):
    halves = ("AM", "PM", "Eve", "Late", "Night")
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    return tuple(
        GridBlock(
            100 + n,
            MONDAY + timedelta(n // per_day),
            (days[n // per_day], halves[n % per_day]),
            240,
            "Legal issues",
        )
        for n in range(count)
    )


def data(people=PEOPLE, count=4, **more):
    return GridData(people, blocks(count), summaries=dict.fromkeys(range(1, 11), READY), **more)


@pytest.fixture
def grid(qtbot):
    made = AttendanceGrid()
    qtbot.addWidget(made)
    made.resize(1028, 560)
    made.set_data(data())
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def marks(grid):
    told = []
    grid.marked.connect(lambda *mark: told.append(mark))
    return told


def keys(grid, text):
    type_text(grid.panes.blocks, text)


def key(grid, code, modifiers=Qt.KeyboardModifier.NoModifier):
    press(grid.panes.blocks, code, modifiers)


# Marks


@pytest.mark.parametrize(
    ("letter", "kind"),
    [("p", "present"), ("a", "absent"), ("l", "late"), ("e", "excused"), ("x", "left early")],
)
def test_one_key_marks_and_moves_down(grid, marks, letter, kind):
    keys(grid, letter)
    assert marks == [(1, 100, kind, None)]
    assert grid.current() == (2, 100)


def test_the_last_row_stays_the_last(grid, marks):
    grid.choose(10)
    keys(grid, "pp")
    assert [mark[0] for mark in marks] == [10, 10]


def test_a_whole_block_is_marked_by_typing(grid, marks):
    keys(grid, "ppappppppp")
    assert [mark[2][0] for mark in marks] == list("ppappppppp")
    assert [mark[0] for mark in marks] == list(range(1, 11))


def test_the_grid_draws_nothing_before_it_is_told(grid, marks):
    keys(grid, "p")
    assert grid.data.marks == {}
    grid.set_mark(1, 100, Mark("present", 240))
    assert grid.data.marks == {(1, 100): Mark("present", 240)}


def test_digits_are_partial_hours_until_enter(grid, marks):
    keys(grid, "2.5")
    assert marks == []
    assert grid.panes.painted.entry == "2.5"
    key(grid, Qt.Key.Key_Return)
    assert marks == [(1, 100, "partial", 150)]
    assert grid.current() == (2, 100)


def test_a_comma_is_a_point(grid, marks):
    keys(grid, "1,5")
    key(grid, Qt.Key.Key_Enter)
    assert marks == [(1, 100, "partial", 90)]


def test_moving_away_takes_the_typed_hours(grid, marks):
    keys(grid, "3")
    key(grid, Qt.Key.Key_Right)
    assert marks == [(1, 100, "partial", 180)]
    assert grid.current() == (1, 101)


def test_hours_can_start_with_a_point(grid, marks):
    keys(grid, ".5")
    key(grid, Qt.Key.Key_Down)
    assert marks == [(1, 100, "partial", 30)]


def test_all_hours_of_a_block_are_present_and_none_absent(grid, marks):
    keys(grid, "4")
    key(grid, Qt.Key.Key_Return)
    keys(grid, "0")
    key(grid, Qt.Key.Key_Return)
    assert marks == [(1, 100, "present", None), (2, 100, "absent", None)]


def test_hours_longer_than_the_block_are_refused_and_stay_to_be_mended(grid, marks, qtbot):
    keys(grid, "9")
    with qtbot.waitSignal(grid.status) as blocker:
        key(grid, Qt.Key.Key_Return)
    assert blocker.args == ["“9” does not fit: this block is 4 hours long."]
    assert grid.panes.painted.entry == "9"
    assert grid.current() == (1, 100)
    key(grid, Qt.Key.Key_Backspace)
    assert grid.panes.painted.entry == ""
    assert marks == []


def test_escape_takes_typed_hours_back(grid, marks):
    keys(grid, "2.5")
    key(grid, Qt.Key.Key_Escape)
    key(grid, Qt.Key.Key_Down)
    assert marks == []


def test_a_letter_replaces_typed_hours(grid, marks):
    keys(grid, "2a")
    assert marks == [(1, 100, "absent", None)]
    assert grid.panes.painted.entry == ""


def test_leaving_the_grid_takes_the_typed_hours(grid, marks, qtbot):
    keys(grid, "2")
    grid.number.setFocus()
    qtbot.waitUntil(lambda: marks == [(1, 100, "partial", 120)])


def test_a_point_makes_a_cell_blank_and_stays(grid, qtbot):
    grid.set_mark(1, 100, Mark("absent"))
    with qtbot.waitSignal(grid.cleared) as blocker:
        keys(grid, ".")
    assert blocker.args == [1, 100]
    assert grid.current() == (1, 100)


def test_delete_makes_a_cell_blank_and_moves_down(grid, qtbot):
    grid.set_mark(1, 100, Mark("absent"))
    with qtbot.waitSignal(grid.cleared):
        key(grid, Qt.Key.Key_Delete)
    assert grid.current() == (2, 100)


def test_clearing_a_blank_cell_asks_for_nothing(grid, qtbot):
    with qtbot.assertNotEmitted(grid.cleared):
        keys(grid, ".")
        key(grid, Qt.Key.Key_Delete)


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, "present"), (Mark("present", 240), "absent"), (Mark("absent"), "present")],
)
def test_space_changes_between_present_and_absent_and_stays(grid, marks, before, after):
    grid.set_mark(1, 100, before)
    keys(grid, " ")
    assert marks == [(1, 100, after, None)]
    assert grid.current() == (1, 100)


def test_f_fills_blanks_only_and_shift_f_everything(grid):
    asked = []
    grid.fill_requested.connect(lambda *fill: asked.append(fill))
    key(grid, Qt.Key.Key_Right)
    keys(grid, "f")
    keys(grid, "F")
    assert asked == [(101, False), (101, True)]


def test_the_grid_says_what_overwriting_would_change(grid):
    grid.set_mark(1, 100, Mark("excused"))
    assert grid.overwrite_text(100) == "1 existing mark will change: excused 1"
    assert grid.overwrite_text(101) == ""


def test_m_asks_for_a_make_up(grid, qtbot):
    with qtbot.waitSignal(grid.makeup_requested) as blocker:
        keys(grid, "m")
    assert blocker.args == [1, 100]


def test_letters_with_ctrl_are_not_marks(grid, marks):
    for code in (Qt.Key.Key_A, Qt.Key.Key_P, Qt.Key.Key_F):
        press(grid.panes.blocks, code, CONTROL, "\x01")
    assert marks == []


def test_letters_of_other_alphabets_do_nothing(grid, marks):
    keys(grid, "ñộя")
    assert marks == []
    assert grid.current() == (1, 100)


def test_a_grid_without_people_takes_keys_without_harm(grid, marks):
    grid.set_data(GridData())
    keys(grid, "p2.f m")
    for code in (Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Return):
        key(grid, code)
    assert marks == []
    assert grid.current() is None


# A finalized class


def test_a_finalized_class_says_why_nothing_is_marked(grid, marks, qtbot):
    grid.set_data(data(locked=True))
    with qtbot.waitSignal(grid.status) as blocker:
        keys(grid, "p")
    assert blocker.args == ["This class is finalized. Reopen it to change marks."]
    keys(grid, "a2.5 f")
    assert marks == []
    assert not grid.number.isVisible()
    assert not grid.walk_in.isVisible()


def test_a_finalized_class_can_still_be_walked_through(grid):
    grid.set_data(data(locked=True))
    key(grid, Qt.Key.Key_Down)
    key(grid, Qt.Key.Key_Right)
    assert grid.current() == (2, 101)


def test_reopening_brings_the_keys_back(grid, marks):
    grid.set_locked(True)
    grid.set_locked(False)
    keys(grid, "p")
    assert len(marks) == 1
    assert grid.number.isVisible()
    assert grid.legend.text().startswith("P present")


# Moving


@pytest.mark.parametrize(
    ("code", "modifiers", "cell"),
    [
        (Qt.Key.Key_Up, None, (4, 101)),
        (Qt.Key.Key_Down, None, (6, 101)),
        (Qt.Key.Key_Left, None, (5, 100)),
        (Qt.Key.Key_Right, None, (5, 102)),
        (Qt.Key.Key_Home, None, (5, 100)),
        (Qt.Key.Key_End, None, (5, 103)),
        (Qt.Key.Key_Home, CONTROL, (1, 100)),
        (Qt.Key.Key_End, CONTROL, (10, 103)),
        (Qt.Key.Key_Down, CONTROL, (10, 101)),
        (Qt.Key.Key_Left, CONTROL, (5, 100)),
        (Qt.Key.Key_PageDown, None, (10, 101)),
        (Qt.Key.Key_PageUp, None, (1, 101)),
        (Qt.Key.Key_Return, None, (6, 101)),
        (Qt.Key.Key_Tab, None, (5, 102)),
        (Qt.Key.Key_Backtab, None, (5, 100)),
    ],
)
def test_keys_move_the_cursor(grid, code, modifiers, cell):
    grid.choose(5, 101)
    key(grid, code, modifiers or Qt.KeyboardModifier.NoModifier)
    assert grid.current() == cell


def test_tab_goes_on_in_the_next_row_and_leaves_at_the_end(grid):
    grid.choose(1, 103)
    key(grid, Qt.Key.Key_Tab)
    assert grid.current() == (2, 100)
    grid.choose(10, 103)
    key(grid, Qt.Key.Key_Tab)
    assert not grid.panes.blocks.hasFocus()


def test_a_click_moves_the_cursor(grid, qtbot):
    index = grid.panes.model.index(3, 4)
    place = grid.panes.blocks.visualRect(index).center()
    qtbot.mouseClick(grid.panes.blocks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.current() == (4, 102)


def test_a_click_on_a_name_keeps_the_block(grid, qtbot):
    grid.choose(1, 102)
    place = grid.panes.left.visualRect(grid.panes.model.index(3, 0)).center()
    qtbot.mouseClick(grid.panes.left.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.current() == (4, 102)
    assert grid.panes.blocks.hasFocus()


def test_a_double_click_marks(grid, marks, qtbot):
    place = grid.panes.blocks.visualRect(grid.panes.model.index(2, 2)).center()
    view = grid.panes.blocks.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert marks == [(3, 100, "present", None)]


def test_the_cursor_stays_on_its_person_when_the_data_come_anew(grid):
    grid.choose(5, 102)
    grid.set_data(data(people=PEOPLE[2:]))
    assert grid.current() == (5, 102)


def test_a_cursor_whose_person_left_goes_to_the_first(grid):
    grid.choose(5, 102)
    grid.set_data(data(people=PEOPLE[:3]))
    assert grid.current() == (1, 102)


def test_the_next_blank_is_found_block_by_block_and_around(grid):
    all_marked = {
        (p.enrollment_id, b.block_id): Mark("present", 240) for p in PEOPLE for b in blocks(4)
    }
    del all_marked[3, 101]
    del all_marked[7, 100]
    grid.set_data(data(marks=all_marked))
    found = []
    for _ in range(3):
        assert grid.next_blank()
        found.append(grid.current())
    assert found == [(7, 100), (3, 101), (7, 100)]
    for cell in ((3, 101), (7, 100)):
        grid.set_mark(*cell, Mark("absent"))
    assert not grid.next_blank()


# Menus


def test_the_menu_of_a_cell_marks_with_the_mouse(grid, marks):
    view = grid.panes.blocks
    place = view.visualRect(grid.panes.model.index(0, 2)).center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(view, QContextMenuEvent(reason, place, view.mapToGlobal(place)))
    texts = [action.text() for action in grid.menu.actions() if action.text()]
    assert texts[0] == "&Present\tP"
    assert "&Make-up…\tM" in texts
    grid.menu.actions()[1].trigger()
    assert marks == [(1, 100, "absent", None)]
    grid.menu.close()


def test_the_menu_of_a_block_fills_it(grid, qtbot):
    header = grid.panes.header
    header.customContextMenuRequested.emit(QPoint(header.sectionViewportPosition(3) + 10, 10))
    with qtbot.waitSignal(grid.fill_requested) as blocker:
        grid.menu.actions()[0].trigger()
    assert blocker.args == [101, False]
    grid.menu.close()


def test_a_finalized_class_offers_no_marks_in_its_menu(grid):
    grid.set_data(data(locked=True))
    grid._open_cell_menu(grid.mapToGlobal(grid.rect().center()))
    assert not any(a.isEnabled() for a in grid.menu.actions() if not a.isSeparator())
    grid.menu.close()


# Numbers, walk-ins, status


def test_a_number_is_handed_over_and_its_name_echoed(grid, qtbot):
    keys(grid, "n")
    assert grid.number.hasFocus()
    type_text(grid.number, "12-15")
    with qtbot.waitSignal(grid.number_entered) as blocker:
        press(grid.number, Qt.Key.Key_Return)
    assert blocker.args == ["12-15"]
    with qtbot.waitSignal(grid.status) as status:
        grid.answer_number("Allen, Margaret is present", known=True)
    assert status.args[0].startswith("Allen, Margaret is present · ")
    assert grid.number.text() == ""


def test_the_echo_of_a_number_outlasts_what_is_drawn_anew(grid, qtbot):
    keys(grid, "n")
    grid.answer_number("Allen, Margaret is present", known=True)
    with qtbot.waitSignal(grid.status) as status:
        grid.set_data(grid.data)
    assert status.args[0].startswith("Allen, Margaret is present · ")


def test_escape_leaves_the_number_box_for_the_marks(grid, qtbot):
    keys(grid, "n")
    type_text(grid.number, "12")
    grid.answer_number("Allen, Margaret is present", known=True)
    with qtbot.waitSignal(grid.status) as status:
        press(grid.number, Qt.Key.Key_Escape)
    assert grid.panes.blocks.hasFocus()
    assert grid.number.text() == ""
    assert "Allen" not in status.args[0]


def test_an_unknown_number_stays_to_be_mended(grid):
    grid.number.setText("99")
    grid.answer_number("Nobody has number 99", known=False)
    assert grid.number.selectedText() == "99"
    assert grid.number.property("wrong") is True
    grid.answer_number("Young, Zoë is present", known=True)
    assert grid.number.property("wrong") is False


def test_an_empty_number_asks_for_nothing(grid, qtbot):
    with qtbot.assertNotEmitted(grid.number_entered):
        grid.number.setText("  ")
        press(grid.number, Qt.Key.Key_Return)


def test_a_walk_in_can_be_added(grid, qtbot):
    with qtbot.waitSignal(grid.walk_in_requested):
        qtbot.mouseClick(grid.walk_in, Qt.MouseButton.LeftButton)


def test_the_status_counts_the_block_of_the_cursor(grid, qtbot):
    with qtbot.waitSignal(grid.status) as blocker:
        grid.set_mark(1, 100, Mark("present", 240))
    assert blocker.args == ["1 of 10 present this block · 9 not marked"]
    with qtbot.assertNotEmitted(grid.status):
        grid.set_mark(1, 103, Mark("present", 240))


def test_r_reads_the_whole_row(grid, qtbot):
    grid.set_mark(1, 101, Mark("absent"))
    with qtbot.waitSignal(grid.status) as blocker:
        keys(grid, "r")
    text = blocker.args[0]
    assert text.startswith("Allen, Margaret; Monday AM not marked; Monday PM absent;")
    assert text.endswith("40 hours; Ready")


# Blocks still to come


@pytest.fixture
def later(grid):
    """The last two blocks are on a day that has not come yet."""
    there, ahead = blocks(4)[:2], blocks(4)[2:]
    grid.set_data(GridData(PEOPLE, (*there, *(replace(block, to_come=True) for block in ahead))))
    grid.choose(3, 102)
    return grid


@pytest.mark.parametrize("keyed", ["p", "l", "x", "4", " ", "f", "F"])
def test_presence_in_a_block_to_come_is_refused_where_the_cursor_is(later, marks, keyed, qtbot):
    filled, said = [], []
    later.fill_requested.connect(lambda *block: filled.append(block))
    later.status.connect(said.append)
    keys(later, keyed)
    if keyed == "4":
        key(later, Qt.Key.Key_Return)
    assert (marks, filled) == ([], [])
    assert "Tuesday AM is still to come" in said[-1]
    if keyed != "4":
        assert later.current() == (3, 102)
    assert later.panes.blocks.hasFocus()


@pytest.mark.parametrize("keyed", ["a", "e"])
def test_who_will_be_missing_can_be_marked_ahead(later, marks, keyed):
    keys(later, keyed)
    assert [mark[:2] for mark in marks] == [(3, 102)]
    assert later.current() == (4, 102)


def test_a_block_to_come_waits_for_no_mark(later):
    role = Qt.ItemDataRole.AccessibleTextRole
    cell = later.panes.model.index(2, later.panes.column())
    assert cell.data(role) == "O'Brien, Donald J, Tuesday AM, still to come"
    for person in PEOPLE:
        for block in later.data.blocks[:2]:
            later.set_mark(person.enrollment_id, block.block_id, Mark("present", 240))
    assert not later.next_blank()


# What is drawn and read


def test_the_model_keeps_qts_rules(qtmodeltester):
    model = GridModel()
    model.set_data(data())
    qtmodeltester.check(model, force_py=True)


def test_every_cell_is_read_with_its_person_and_block(grid):
    grid.set_mark(2, 102, Mark("partial", 150))
    role = Qt.ItemDataRole.AccessibleTextRole
    read = [grid.panes.model.index(1, column).data(role) for column in (0, 1, 2, 4, 6, 7)]
    assert read == [
        "2, Nguyễn, Thị Ánh",
        "Nguyễn, Thị Ánh, Agency, Agency 2",
        "Nguyễn, Thị Ánh, Monday AM, not marked",
        "Nguyễn, Thị Ánh, Tuesday AM, 2.5 of 4 hours",
        "Nguyễn, Thị Ánh, Hours, 40",
        "Nguyễn, Thị Ánh, State, Ready",
    ]


def test_a_heading_tells_its_block_and_its_count(grid):
    grid.set_mark(1, 102, Mark("present", 240))
    role = Qt.ItemDataRole.ToolTipRole
    tip = grid.panes.model.headerData(4, Qt.Orientation.Horizontal, role)
    assert "Tuesday AM, Oct 13 · Legal issues · 4 hours" in tip
    assert "1 of 10 present" in tip
    assert grid.panes.model.headerData(7, Qt.Orientation.Horizontal) == "Of 40"


def test_a_tooltip_shows_a_name_like_markup_as_it_is(grid):
    tip = grid.panes.model.index(3, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b>Torres" in tip


def cell_colors(grid, row, column):
    view = grid.panes.blocks
    rect = view.visualRect(grid.panes.model.index(row, column))
    image = view.viewport().grab(rect).toImage()
    spots = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in spots}


@pytest.mark.parametrize(
    ("mark", "ground"),
    [
        (Mark("present", 240), "good_ground"),
        (Mark("absent"), "wrong_ground"),
        (Mark("partial", 150), "care_ground"),
        (Mark("excused"), "care_ground"),
    ],
)
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_a_mark_stands_on_the_ground_of_its_tone(grid, the_theme, mark, ground, scheme):
    the_theme.choose(scheme)
    grid.set_mark(5, 101, mark)
    assert theme.colors().role(ground).name() in cell_colors(grid, 4, 3)


def test_a_blank_cell_has_no_ground_of_a_mark(grid):
    grounds = {theme.LIGHT.role(f"{tone}_ground").name() for tone in ("good", "care", "wrong")}
    assert not grounds & cell_colors(grid, 4, 3)


def test_the_cursor_is_a_ring_in_accent_only_with_the_focus(grid, qtbot):
    accent = theme.LIGHT.accent.name()
    grid.choose(5, 101)
    assert accent in cell_colors(grid, 4, 3)
    assert accent not in cell_colors(grid, 3, 3)
    grid.number.setFocus()
    qtbot.waitUntil(lambda: accent not in cell_colors(grid, 4, 3))


def test_the_row_of_the_cursor_is_marked_in_all_three_parts(grid):
    grid.choose(5, 101)
    model, panes = grid.panes.model, grid.panes
    for view, column in ((panes.left, 1), (panes.blocks, 4), (panes.right, 6)):
        rect = view.visualRect(model.index(4, column))
        image = view.viewport().grab().toImage()
        assert image.pixelColor(rect.left() + 1, rect.top() + 2) == theme.LIGHT.current


def test_names_and_hours_stay_in_sight_with_many_blocks(grid):
    grid.resize(700, 300)
    grid.set_data(GridData(PEOPLE, blocks(25, per_day=5)))
    panes = grid.panes
    assert panes.horizontal.isVisible()
    assert panes.left.width() >= 240
    grid.choose(1, 124)
    rect = panes.blocks.visualRect(panes.model.index(0, 26))
    assert panes.blocks.viewport().rect().contains(rect.center())
    assert panes.right.x() + panes.right.width() <= panes.width()


def test_many_blocks_have_their_day_once_over_them(grid):
    assert not grid.panes.header.grouped()
    grid.set_data(GridData(PEOPLE, blocks(25, per_day=5)))
    header = grid.panes.header
    assert header.grouped()
    assert header._group(4) == (2, 6)
    assert header._group(7) == (7, 11)
    assert header.grab().toImage().width() > 0


def test_the_three_parts_scroll_together(grid):
    grid.resize(1028, 240)
    grid.choose(10, 100)
    values = {
        v.verticalScrollBar().value()
        for v in (grid.panes.left, grid.panes.blocks, grid.panes.right)
    }
    assert len(values) == 1
    assert values != {0}
    grid.panes.vertical.setValue(0)
    assert grid.panes.left.verticalScrollBar().value() == 0


def test_compact_rows_take_effect_at_once(grid, the_theme):
    the_theme.choose(Scheme.LIGHT, compact=True)
    heights = {v.rowHeight(0) for v in (grid.panes.left, grid.panes.blocks, grid.panes.right)}
    assert heights == {28}


def test_a_summary_can_change_alone(grid, qtbot):
    with qtbot.waitSignal(grid.panes.model.dataChanged) as blocker:
        grid.set_summary(3, Summary("36", Pill("4 short", "care", "half")))
    top, bottom = blocker.args[0], blocker.args[1]
    assert (top.row(), top.column(), bottom.column()) == (2, 6, 7)
    assert grid.panes.model.index(2, 7).data() == "4 short"


def test_a_mark_of_somebody_who_is_not_here_is_kept_but_not_drawn(grid, qtbot):
    with qtbot.assertNotEmitted(grid.panes.model.dataChanged):
        grid.set_mark(4711, 100, Mark("present", 240))
        grid.set_summary(4711, READY)


def test_in_strong_contrast_a_mark_has_an_outline(grid, the_theme):
    the_theme.choose(Scheme.LIGHT, high_contrast=True)
    grid.set_mark(5, 101, Mark("present", 240))
    assert theme.colors().good.name() in cell_colors(grid, 4, 3)
