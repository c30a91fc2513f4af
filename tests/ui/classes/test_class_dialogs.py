"""The dialogs that finalize, reopen and make up."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from ui.dialogs.finalize import FinalizeDialog, Hindrance
from ui.dialogs.makeup import MadeUp, MakeupDialog, made_up_text
from ui.dialogs.reopen import ReopenDialog

BLANK = Hindrance("Thu Oct 15 1:00–5:00: O'Brien, Donald is not marked.", 4, 8, kind="blank")
WARNING = Hindrance("The blocks add up to 41 hours.", blocking=False, kind="hours")


def opened(dialog, qtbot):
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_what_prevents_finalizing_is_listed_and_nothing_else_is_offered(qtbot):
    dialog = opened(FinalizeDialog("October", [BLANK, WARNING], 3, 1), qtbot)
    assert not dialog.possible
    assert not dialog.finalize.isVisible()
    assert [dialog.lines.item(n).text() for n in range(2)] == [BLANK.text, WARNING.text]
    assert "Blank is not present" in dialog.text.text()


@pytest.mark.parametrize("way", ["key", "click"])
def test_each_line_leads_to_its_place(qtbot, way):
    dialog = opened(FinalizeDialog("October", [WARNING, BLANK], 3, 1), qtbot)
    dialog.lines.setCurrentRow(1)
    with qtbot.waitSignal(dialog.jumped) as told:
        if way == "key":
            qtbot.keyClick(dialog.lines, Qt.Key.Key_Return)
        else:
            place = dialog.lines.visualItemRect(dialog.lines.item(1)).center()
            qtbot.mouseClick(dialog.lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [BLANK]
    assert not dialog.isVisible()


def test_without_hindrance_it_says_what_will_happen_and_asks(qtbot):
    dialog = opened(FinalizeDialog("October", [], 24, 2), qtbot)
    assert dialog.text.text().startswith("24 people complete the class; 2 attend in part.")
    with qtbot.waitSignal(dialog.confirmed):
        qtbot.mouseClick(dialog.finalize, Qt.MouseButton.LeftButton)


def test_a_warning_does_not_keep_from_finalizing(qtbot):
    dialog = opened(FinalizeDialog("October", [WARNING], 1, 0), qtbot)
    assert dialog.finalize.isVisible()
    assert dialog.text.text().startswith("1 person completes the class. ")


def test_closing_finalizes_nothing(qtbot):
    dialog = opened(FinalizeDialog("October", [], 24, 2), qtbot)
    confirmed = []
    dialog.confirmed.connect(lambda: confirmed.append(1))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert confirmed == []


def test_reopening_needs_a_reason(qtbot):
    dialog = opened(ReopenDialog("October"), qtbot)
    assert not dialog.reopen.isEnabled()
    qtbot.keyClicks(dialog.reason, "  ")
    assert not dialog.reopen.isEnabled()
    qtbot.keyClicks(dialog.reason, "Wrong sheet ")
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.mouseClick(dialog.reopen, Qt.MouseButton.LeftButton)
    assert told.args == ["Wrong sheet"]


def test_a_make_up_tells_minutes_day_approval_and_note(qtbot):
    dialog = opened(MakeupDialog("Davis", "Tuesday AM", 240), qtbot)
    dialog.hours.setValue(2.5)
    dialog.day.set_value(date(2026, 10, 19))
    dialog.approved_by.setText(" R. Hill ")
    dialog.note.setText("Online")
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    assert told.args == [MadeUp(150, date(2026, 10, 19), "R. Hill", "Online")]


def test_no_more_than_what_is_missing_can_be_made_up(qtbot):
    dialog = opened(MakeupDialog("Davis", "Tuesday AM", 100), qtbot)
    dialog.hours.setValue(8)
    dialog.approved_by.setText("R. Hill")
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert told.args[0].minutes == 100


def test_a_make_up_needs_approval_and_a_day(qtbot):
    dialog = opened(MakeupDialog("Davis", "Tuesday AM", 240), qtbot)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.problem.text() == "Enter who approved the make-up."
    dialog.day.set_value(None)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.problem.text() == "Enter the day on which the time was made up."
    assert dialog.isVisible()


def test_a_make_up_day_that_cannot_be_read_is_never_replaced_by_today(qtbot):
    dialog = opened(MakeupDialog("Davis", "Tuesday AM", 240), qtbot)
    dialog.approved_by.setText("R. Hill")
    dialog.day.line.setText("last week")
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.problem.text().startswith("“last week” is not a day.")


def test_the_time_made_up_can_be_typed_over_at_once(qtbot):
    dialog = opened(MakeupDialog("Davis", "Tuesday AM", 240), qtbot)
    qtbot.keyClicks(dialog.hours, "2.5")
    assert dialog.hours.value() == 2.5


def test_earlier_make_ups_are_listed_and_can_be_removed(qtbot):
    text = made_up_text(120, date(2026, 10, 19), "R. Hill")
    assert text == "2 hours on Oct 19, 2026, approved by R. Hill"
    dialog = opened(MakeupDialog("Davis", "Tuesday AM", 0, [(7, text)]), qtbot)
    assert not dialog.save.isVisible()
    with qtbot.waitSignal(dialog.removed) as told:
        dialog._remove(7)
    assert told.args == [7]


def test_a_long_hindrance_is_shown_whole(qtbot):
    short = opened(FinalizeDialog("October", [BLANK], 3, 1), qtbot)
    names = "; ".join(f"Somebody, Number {n}" for n in range(12))
    long = opened(FinalizeDialog("October", [Hindrance(f"Fri Oct 16: {names}")], 3, 1), qtbot)
    assert long.lines.height() > short.lines.height()
    item = long.lines.visualItemRect(long.lines.item(0))
    assert item.bottom() <= long.lines.viewport().height()
