"""The attendance grid on real records."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cit_desktop import clock
from cit_desktop.services import attendance, blocks, classes, enrollment, finalize, hours
from ui.dialogs.makeup import MadeUp
from ui.pages.classes import attendance_data
from ui.pages.classes.attendance import ClassAttendance


@pytest.fixture
def make(show):
    """The tab on a class, refreshed by what changes as a window does it."""

    def made(training):
        tab = show(ClassAttendance(training.context))
        training.context.commands.changed.connect(tab.refresh)
        tab.show_hours(training.grid())
        tab.grid.setFocus()
        return tab

    return made


def go_to(tab, training, name, block):
    tab.grid.choose(training.enrolled[name], training.blocks[block])


def press(tab, qtbot, *keys):
    for key in keys:
        qtbot.keyClick(tab.grid.panes.blocks, key)


def state(tab, training, name):
    return tab.grid.data.summaries[training.enrolled[name]]


def test_columns_are_days_and_halves(training):
    shown = attendance_data.blocks(training.grid().blocks)
    assert [block.heading for block in shown[:3]] == [("Mon", "AM"), ("Mon", "PM"), ("Tue", "AM")]


def test_columns_of_a_weekly_class_have_their_date(training):
    weekly = training.add_class("Weekly", weekly=True, code="W-1")
    shown = attendance_data.blocks(training.ask(hours.grid, weekly).blocks)
    assert [block.heading for block in shown[1:3]] == [("Oct 12", "PM"), ("Oct 19", "AM")]


def test_several_blocks_of_one_half_have_their_time(training):
    modules = training.add_class("Modules", layout="modules", code="M-1")
    shown = attendance_data.blocks(training.ask(hours.grid, modules).blocks)
    assert [block.heading[1] for block in shown[:3]] == ["8:00", "9:00", "10:00"]


def test_one_key_is_one_operation_on_disk_before_the_next_frame(training, make, qtbot):
    tab = make(training)
    operations = []
    training.context.commands.changed.connect(operations.append)
    go_to(tab, training, "Davis", 1)
    qtbot.keyClick(tab.grid.panes.blocks, Qt.Key.Key_A)
    assert training.mark("Davis", 1) == "absent"
    assert len(operations) == 1
    assert operations[0].rows.keys() == {"attendance"}
    assert operations[0].label.startswith("Mark absent: CIT40-2026-")


def test_the_row_says_at_once_where_the_person_stands(training, make, qtbot):
    tab = make(training)
    training.all_present()
    tab.refresh(None)
    go_to(tab, training, "Davis", 1)
    press(tab, qtbot, Qt.Key.Key_A)
    assert state(tab, training, "Davis").hours == "36"
    assert state(tab, training, "Davis").state.text == "4 short"


def test_a_mark_never_reads_the_whole_grid_again(training, make, qtbot):
    tab = make(training)
    resets = []
    tab.grid.panes.model.modelReset.connect(lambda: resets.append(1))
    go_to(tab, training, "Allen", 0)
    press(tab, qtbot, Qt.Key.Key_P, Qt.Key.Key_A, Qt.Key.Key_L, Qt.Key.Key_E, Qt.Key.Key_X)
    assert resets == []
    assert [training.mark(name, 0) for name in training.enrolled] == [
        "present",
        "absent",
        "late",
        "excused",
        "left early",
    ]


def test_hours_are_typed_and_a_late_mark_stays_late(training, make, qtbot):
    tab = make(training)
    go_to(tab, training, "Davis", 1)
    press(tab, qtbot, Qt.Key.Key_L)
    go_to(tab, training, "Davis", 1)
    press(tab, qtbot, Qt.Key.Key_3, Qt.Key.Key_Period, Qt.Key.Key_5, Qt.Key.Key_Return)
    key = training.enrolled["Davis"], training.blocks[1]
    assert training.grid().marks[key].minutes == 210
    assert training.mark("Davis", 1) == "late"
    drawn = tab.grid.data.marks[key]
    assert (drawn.kind, drawn.minutes) == ("late", 210)


def test_what_is_drawn_is_what_is_stored_after_many_keys(marked, make, qtbot):
    tab = make(marked)
    go_to(tab, marked, "Davis", 2)
    press(tab, qtbot, Qt.Key.Key_L, Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_Delete)
    go_to(tab, marked, "Allen", 3)
    press(tab, qtbot, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_E)
    stored = attendance_data.grid_data(marked.grid())
    assert tab.grid.data.marks == stored.marks
    assert tab.grid.data.summaries == stored.summaries


def test_a_point_makes_the_cell_blank_again(marked, make, qtbot):
    tab = make(marked)
    go_to(tab, marked, "Allen", 0)
    press(tab, qtbot, Qt.Key.Key_Period)
    assert marked.mark("Allen", 0) is None
    assert state(tab, marked, "Allen").state.text == "1 to mark"


def test_f_fills_only_the_blanks_of_the_block(marked, make, qtbot):
    tab = make(marked)
    go_to(tab, marked, "O'Brien", 7)
    with qtbot.waitSignal(tab.done) as told:
        press(tab, qtbot, Qt.Key.Key_F)
    assert told.args[0].startswith("1 mark set to present: Thursday PM")
    assert marked.mark("O'Brien", 7) == "present"
    assert marked.mark("Davis", 2) == "absent"


def test_f_on_a_full_block_says_so_and_changes_nothing(marked, make, qtbot):
    tab = make(marked)
    operations = []
    marked.context.commands.changed.connect(operations.append)
    go_to(tab, marked, "Allen", 0)
    with qtbot.waitSignal(tab.status, check_params_cb=lambda text: "already" in text):
        press(tab, qtbot, Qt.Key.Key_F)
    assert operations == []


def test_shift_f_asks_with_the_counts_before_it_overwrites(marked, make, qtbot):
    tab = make(marked)
    marked.do(attendance.mark, marked.blocks[2], marked.enrolled["Young"], "excused")
    tab.refresh(None)
    go_to(tab, marked, "Allen", 2)
    qtbot.keyClick(tab.grid.panes.blocks, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert tab.question.heading.text().startswith("2 existing marks will change: ")
    assert "absent 1" in tab.question.heading.text()
    assert marked.mark("Davis", 2) == "absent"
    tab.question.accept()
    assert marked.mark("Davis", 2) == "present"
    assert marked.mark("Young", 2) == "present"


def test_shift_f_without_marks_to_change_does_not_ask(training, make, qtbot):
    tab = make(training)
    go_to(tab, training, "Allen", 0)
    qtbot.keyClick(tab.grid.panes.blocks, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert tab.question is None
    assert training.mark("Young", 0) == "present"


@pytest.mark.parametrize(
    ("typed", "present"),
    [
        ("2", {"Davis"}),
        ("2-4", {"Davis", "Nguyễn", "O'Brien"}),
        ("0000005", {"Young"}),
        ("1, 5", {"Allen", "Young"}),
    ],
)
def test_numbers_ranges_and_badges_mark_and_echo_the_name(training, make, qtbot, typed, present):
    tab = make(training)
    said = lambda text: text.startswith(f"{len(present)} present: ")  # noqa: E731
    go_to(tab, training, "Allen", 3)
    press(tab, qtbot, Qt.Key.Key_N)
    qtbot.keyClicks(tab.grid.number, typed)
    with qtbot.waitSignal(tab.status, check_params_cb=said):
        qtbot.keyClick(tab.grid.number, Qt.Key.Key_Return)
    assert {name for name in training.enrolled if training.mark(name, 3) == "present"} == present
    assert tab.grid.number.text() == ""


def scan(tab, qtbot, text):
    """What a scanner does: it types a code and presses Enter."""
    tab.grid.number.setFocus()
    qtbot.keyClicks(tab.grid.number, text)
    qtbot.keyClick(tab.grid.number, Qt.Key.Key_Return)


def test_a_scanned_page_leads_to_its_day_and_the_numbers_on_it_mark_people(training, make, qtbot):
    tab = make(training)
    go_to(tab, training, "Nguyễn", 0)
    told = []
    tab.status.connect(told.append)
    scan(tab, qtbot, f"{training.view().code}/2026-10-14/1")
    assert told[-1].startswith("Wed Oct 14, page 1: type who signed, such as 1-14,16 · 0 of 5")
    assert tab.grid.current() == (training.enrolled["Nguyễn"], training.blocks[4])
    assert tab.grid.number.text() == ""
    scan(tab, qtbot, "1-3,5")
    there = [name for name in training.enrolled if training.mark(name, 4) == "present"]
    assert there == ["Allen", "Davis", "Nguyễn", "Young"]
    scan(tab, qtbot, f"{training.view().code}/2026-10-14/1")
    assert tab.grid.current_block().block_id == training.blocks[4]  # O'Brien is still blank
    scan(tab, qtbot, "4")
    scan(tab, qtbot, f"{training.view().code}/2026-10-14/1")
    assert tab.grid.current_block().block_id == training.blocks[5]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("OTHER-1/2026-10-14/1", "This page belongs to the class OTHER-1"),
        ("CIT40-2026-01/2026-12-24/1", "has no block on Dec 24, 2026"),
    ],
)
def test_a_page_of_something_else_is_told_and_stays_in_the_box(training, make, qtbot, code, said):
    tab = make(training)
    go_to(tab, training, "Davis", 1)
    with qtbot.waitSignal(tab.status) as told:
        scan(tab, qtbot, code)
    assert said in told.args[0]
    assert tab.grid.number.text() == code
    assert tab.grid.current() == (training.enrolled["Davis"], training.blocks[1])


def at(day):
    clock.set_source(lambda: datetime(2026, 10, day, 15, tzinfo=UTC))


@pytest.mark.parametrize(("day", "block"), [(14, 4), (12, 0), (20, 0)])
def test_an_opened_class_is_ready_for_the_blocks_of_today(training, make, qtbot, day, block):
    at(day)
    tab = make(training)
    assert tab.grid.current() == (training.enrolled["Allen"], training.blocks[block])


def test_an_opened_class_whose_morning_is_marked_is_ready_for_its_afternoon(training, make, qtbot):
    at(14)
    training.do(attendance.fill_blanks, training.blocks[4])
    assert make(training).grid.current_block().block_id == training.blocks[5]


def test_an_opened_class_of_the_past_shows_its_first_blank(marked, make):
    tab = make(marked)
    assert tab.grid.current() == (marked.enrolled["O'Brien"], marked.blocks[7])


def test_the_cursor_stays_when_the_same_class_is_read_again(training, make):
    tab = make(training)
    go_to(tab, training, "Davis", 3)
    tab.show_hours(training.grid())
    assert tab.grid.current() == (training.enrolled["Davis"], training.blocks[3])


def test_a_class_without_a_blank_starts_at_its_first_mark(training, make):
    training.all_present()
    tab = make(training)
    assert tab.grid.current() == (training.enrolled["Allen"], training.blocks[0])


def test_an_unknown_number_beeps_and_stays_in_the_box(training, make, qtbot, monkeypatch):
    beeps = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    tab = make(training)
    go_to(tab, training, "Allen", 3)
    tab.grid.number.setText("99")
    qtbot.keyClick(tab.grid.number, Qt.Key.Key_Return)
    assert beeps == [1]
    assert tab.grid.number.text() == "99"
    assert training.grid().marks == {}


def test_a_sign_in_sheet_is_asked_for_from_the_grid(training, make, qtbot):
    tab = make(training)
    with qtbot.waitSignal(tab.go) as went:
        qtbot.keyClick(tab.grid.sheet, Qt.Key.Key_Space)
    assert went.args == ["import", ("attendance", tab.class_id)]
    tab.grid.set_locked(True)
    assert tab.grid.sheet.isHidden()


def test_a_walk_in_joins_the_class_and_is_present_in_the_block(training, make, qtbot):
    training.add_person("Torres", "Deborah")
    tab = make(training)
    go_to(tab, training, "Allen", 4)
    qtbot.mouseClick(tab.grid.walk_in, Qt.MouseButton.LeftButton)
    assert tab.walk_in.isVisible()
    qtbot.keyClicks(tab.walk_in.line, "torres")
    with qtbot.waitSignal(tab.done) as told:
        qtbot.keyClick(tab.walk_in.line, Qt.Key.Key_Return)
    assert told.args == ["Torres, Deborah walked in and was added to the class."]
    grid = training.grid()
    torres = next(person for person in grid.people if person.name == "Torres, Deborah")
    assert grid.marks[torres.id, training.blocks[4]].mark == "present"
    assert tab.grid.current_person().name == "Torres, Deborah"


def test_walk_ins_take_the_free_lines_of_a_printed_sheet_in_their_order(training, make):
    training.do(enrollment.assign_numbers, training.class_id)
    tab = make(training)
    go_to(tab, training, "Allen", 4)
    for last in ("Torres", "Abbott"):
        tab.walk_in.add_known(training.add_person(last))
    numbers = {person.name: person.number for person in training.grid().people}
    assert (numbers["Torres"], numbers["Abbott"]) == (6, 7)


def test_the_walk_in_is_marked_where_the_cursor_is_then(training, make, qtbot):
    training.add_person("Torres", "Deborah")
    tab = make(training)
    qtbot.mouseClick(tab.grid.walk_in, Qt.MouseButton.LeftButton)
    go_to(tab, training, "Allen", 6)
    tab.walk_in.add_known(training.people["Torres"])
    grid = training.grid()
    torres = next(person for person in grid.people if person.name == "Torres, Deborah")
    assert list(grid.marks) == [(torres.id, training.blocks[6])]


def test_time_is_made_up_with_m(marked, make, qtbot):
    tab = make(marked)
    go_to(tab, marked, "Davis", 2)
    press(tab, qtbot, Qt.Key.Key_M)
    dialog = tab.makeup_dialog
    assert dialog.hours.value() == 4
    dialog.hours.setValue(1.5)
    dialog.approved_by.setText("Dep. R. Hill")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    key = marked.enrolled["Davis"], marked.blocks[2]
    assert marked.grid().marks[key].made_up == 90
    assert tab.grid.data.marks[key].makeup == 90
    assert state(tab, marked, "Davis").hours == "33.5"


def test_a_make_up_can_be_taken_back(marked, make, qtbot):
    tab = make(marked)
    tab._add_makeup(
        marked.enrolled["Davis"], marked.blocks[2], MadeUp(240, date(2026, 10, 19), "R. Hill")
    )
    go_to(tab, marked, "Davis", 2)
    press(tab, qtbot, Qt.Key.Key_M)
    made = marked.ask(attendance.makeups, marked.enrolled["Davis"])
    tab.makeup_dialog.removed.emit(made[0].id)
    assert marked.ask(attendance.makeups, marked.enrolled["Davis"]) == []
    assert state(tab, marked, "Davis").hours == "32"


@pytest.mark.parametrize(
    ("name", "block", "sentence"),
    [("O'Brien", 7, "Mark first what was missed"), ("Allen", 0, "Nothing of this block")],
)
def test_where_nothing_was_missed_no_dialog_opens(marked, make, qtbot, name, block, sentence):
    tab = make(marked)
    go_to(tab, marked, name, block)
    with qtbot.waitSignal(tab.refused) as told:
        press(tab, qtbot, Qt.Key.Key_M)
    assert str(told.args[0]).startswith(sentence)
    assert tab.makeup_dialog is None


def test_the_line_below_says_why_somebody_falls_short(marked, make, qtbot):
    tab = make(marked)
    go_to(tab, marked, "Davis", 0)
    qtbot.waitUntil(lambda: tab.why.name.text() == "Davis, Mary-Kate")
    assert tab.why.why.text() == ("32 of 40 hours: missing Tue 8:00–12:00, Wed 1:00–5:00.")
    assert "Technical" in tab.why.areas.text()


def test_the_line_follows_the_marks(marked, make, qtbot):
    tab = make(marked)
    go_to(tab, marked, "Davis", 2)
    press(tab, qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: tab.why.why.text() == "36 of 40 hours: missing Wed 1:00–5:00.")


def test_the_status_line_counts_who_is_present(marked, make, qtbot):
    tab = make(marked)
    with qtbot.waitSignal(tab.status) as told:
        go_to(tab, marked, "O'Brien", 7)
    assert told.args == ["4 of 5 present this block · 1 not marked"]


def test_the_standing_is_told_after_each_mark(marked, make, qtbot):
    tab = make(marked)
    assert (len(tab.standing().short), tab.standing().blanks) == (1, 1)
    go_to(tab, marked, "O'Brien", 7)
    with qtbot.waitSignal(tab.standing_changed) as told:
        press(tab, qtbot, Qt.Key.Key_A)
    assert (len(told.args[0].short), told.args[0].blanks) == (2, 0)


def test_show_them_goes_to_blanks_first_then_from_one_short_to_the_next(marked, make):
    tab = make(marked)
    tab.show_next_problem()
    assert tab.grid.current() == (marked.enrolled["O'Brien"], marked.blocks[7])
    marked.do(attendance.mark, marked.blocks[7], marked.enrolled["O'Brien"], "absent")
    tab.refresh(None)
    seen = set()
    for _ in range(2):
        tab.show_next_problem()
        seen.add(tab.grid.current_person().name)
    assert seen == {"Davis, Mary-Kate", "O'Brien, Donald"}


def test_what_somebody_else_did_is_shown(marked, make):
    tab = make(marked)
    result = marked.context.commands.do(
        "Elsewhere", attendance.mark, marked.blocks[0], marked.enrolled["Allen"], "excused"
    )
    assert result
    assert tab.grid.data.marks[marked.enrolled["Allen"], marked.blocks[0]].kind == "excused"


def test_a_finalized_class_can_only_be_read(marked, make, qtbot):
    marked.do(attendance.fill_blanks, marked.blocks[7])
    marked.do(finalize.finalize, marked.class_id)
    tab = make(marked)
    go_to(tab, marked, "Allen", 0)
    press(tab, qtbot, Qt.Key.Key_A, Qt.Key.Key_F, Qt.Key.Key_M)
    assert marked.mark("Allen", 0) == "present"
    assert not tab.grid.number.isVisible()
    assert not tab.grid.walk_in.isVisible()


def test_a_refusal_leaves_the_cell_as_it_was(marked, make, qtbot):
    tab = make(marked)
    marked.context.commands.changed.disconnect(tab.refresh)  # done at another computer
    marked.do(enrollment.withdraw, marked.enrolled["Allen"])
    go_to(tab, marked, "Allen", 0)
    with qtbot.waitSignal(tab.refused) as told:
        press(tab, qtbot, Qt.Key.Key_A)
    assert "withdrew from the class" in str(told.args[0])
    assert tab.grid.data.marks[marked.enrolled["Allen"], marked.blocks[0]].kind == "present"


def test_a_class_of_modules_can_be_marked_across(training, make, qtbot):
    class_id = training.add_class("Modules", layout="modules", code="M-1")
    training.class_id = class_id
    training.enrolled = {
        "Allen": training.do(enrollment.enroll, class_id, training.people["Allen"])
    }
    training.blocks = [block.id for block in training.ask(classes.view, class_id).blocks]
    tab = make(training)
    tab.show_place(training.enrolled["Allen"], training.blocks[25])
    press(tab, qtbot, Qt.Key.Key_P)
    assert training.mark("Allen", 25) == "present"


def test_a_place_without_a_person_goes_to_the_first_row(training, make):
    tab = make(training)
    tab.show_place(None, training.blocks[9])
    assert tab.grid.current() == (training.enrolled["Allen"], training.blocks[9])


def test_marks_follow_a_block_that_became_longer(marked, make):
    tab = make(marked)
    view = marked.view()
    block = view.blocks[1]
    marked.do(blocks.move, block.id, block.version, block.day, block.starts_at, 300)
    tab.refresh(None)
    assert tab.grid.data.marks[marked.enrolled["Allen"], block.id].minutes == 300


def test_the_number_box_says_in_full_what_it_takes(training, make):
    box = make(training).grid.number
    needed = box.fontMetrics().horizontalAdvance(box.placeholderText())
    assert needed + 30 < box.width()


def test_a_class_of_nobody_leads_to_its_roster(empty, make, qtbot):
    empty.class_id = empty.add_class()
    tab = make(empty)
    assert tab.empty.title.text() == "Nobody is enrolled yet"
    assert tab.empty.isVisible()
    assert not tab.grid.isVisible()
    with qtbot.waitSignal(tab.roster_requested):
        tab.empty.action.click()
    person_id = empty.add_person("Allen", "Margaret")
    empty.do(enrollment.enroll, empty.class_id, person_id)
    tab.refresh(None)
    assert tab.grid.isVisible()
    assert not tab.empty.isVisible()
