"""The schedule of a class: blocks moved, renamed, taught, added, removed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services import attendance, blocks, finalize
from cit_desktop.services.classes import PartView
from cit_desktop.services.layout import PartPlan
from ui.pages.classes.parts_editor import PartsEditor
from ui.pages.classes.schedule import ClassSchedule, free_hour


@pytest.fixture
def schedule(training, show):
    made = show(ClassSchedule(training.context))
    made.show_class(training.view())
    training.context.commands.changed.connect(made.refresh)
    return made


def cells(schedule, row):
    return [schedule.table.records.text(row, column) for column in range(5)]


def type_into(qtbot, schedule, key, text):
    line = schedule.editor.form.editor(key)
    line = getattr(schedule.editor.form.rows[key].editor, "line", line)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def problem(schedule, key):
    return schedule.editor.form.rows[key].problem.text()


def test_blocks_stand_by_day_and_the_day_only_once(schedule):
    assert schedule.table.count() == 10
    assert cells(schedule, 0)[:2] == ["Mon Oct 12", "8:00 AM – 12:00 PM"]
    assert cells(schedule, 1)[:2] == ["", "1:00 – 5:00 PM"]
    assert cells(schedule, 2)[0] == "Tue Oct 13"
    assert schedule.total.text() == "10 blocks, 40 of 40 hours"


def test_the_first_block_is_shown_at_once(schedule, training):
    assert schedule.block().id == training.blocks[0]
    assert schedule.editor.form.values()["starts"] == "8:00 AM"
    assert len(schedule.editor.parts.lines) == 3


def test_a_block_is_renamed_in_place(schedule, training, qtbot):
    type_into(qtbot, schedule, "title", "Opening")
    assert training.view().blocks[0].title == "Opening"
    assert cells(schedule, 0)[2] == "Opening"


def test_a_block_that_starts_later_also_ends_later(schedule, training, qtbot):
    with qtbot.waitSignal(schedule.done) as told:
        type_into(qtbot, schedule, "starts", "7:30 am")
    block = training.view().blocks[0]
    assert (block.starts_at, block.minutes) == (450, 240)
    assert told.args[0].endswith("was moved.")


def test_another_end_makes_a_block_longer_and_the_sum_says_so(schedule, training, qtbot):
    schedule.choose_block(training.blocks[1])
    type_into(qtbot, schedule, "ends", "5:30 pm")
    assert training.view().blocks[1].minutes == 270
    assert schedule.total.text() == "10 blocks, 40.5 of 40 hours"
    assert schedule.total.property("role") == "care"


def test_a_block_moves_to_another_day_and_stays_chosen(schedule, training, qtbot):
    type_into(qtbot, schedule, "day", "10/17/2026")
    assert training.view().blocks[-1].day == date(2026, 10, 17)
    assert schedule.block().id == training.blocks[0]
    assert schedule.table.currentIndex().row() == 9


def test_a_time_that_is_none_is_said_at_its_field(schedule, training, qtbot):
    type_into(qtbot, schedule, "starts", "early")
    assert problem(schedule, "starts") == "Write a time like 8:00 AM or 13:30."
    assert training.view().blocks[0].starts_at == 480


def test_an_end_before_the_start_is_said_at_its_field(schedule, qtbot):
    type_into(qtbot, schedule, "ends", "7:00 am")
    assert problem(schedule, "ends") == "A block ends after it starts, by midnight."


def test_an_overlap_is_refused_at_the_start(schedule, training, qtbot):
    with qtbot.waitSignal(schedule.refused):
        type_into(qtbot, schedule, "starts", "9:30 am")
    assert "already" in problem(schedule, "starts")
    assert training.view().blocks[0].starts_at == 480


def test_an_empty_title_is_refused_at_the_title(schedule, qtbot):
    line = schedule.editor.form.editor("title")
    line.clear()
    line.editingFinished.emit()
    assert problem(schedule, "title") == "A block needs a title."


def test_instructors_are_found_by_name_added_and_taken_away(schedule, training, qtbot):
    hill = training.add_person("Hill", "Robert", title="Deputy")
    schedule.editor.add_teacher.setFocus()
    qtbot.keyClicks(schedule.editor.add_teacher, "hill")
    qtbot.keyClick(schedule.editor.add_teacher, Qt.Key.Key_Return)
    assert [who.person_id for who in training.view().blocks[0].instructors] == [hill]
    assert cells(schedule, 0)[3] == "Robert Hill"
    schedule.editor._take_teacher(hill)
    assert training.view().blocks[0].instructors == ()


def test_nobody_is_named_twice_and_no_new_person_is_offered(schedule, training, qtbot):
    hill = training.add_person("Hill", "Robert")
    schedule.editor._add_teacher(hill)
    schedule.editor._add_teacher(hill)
    assert len(training.view().blocks[0].instructors) == 1
    schedule.editor.add_teacher.setFocus()
    qtbot.keyClicks(schedule.editor.add_teacher, "zebra")
    assert schedule.editor.add_teacher.list.rows.count() == 0


def test_a_block_is_added_after_the_last_and_its_title_waits_to_be_typed(schedule, training, qtbot):
    with qtbot.waitSignal(schedule.done):
        qtbot.mouseClick(schedule.add_button, Qt.MouseButton.LeftButton)
    added = training.view().blocks[-1]
    assert (added.day, added.starts_at, added.minutes) == (date(2026, 10, 17), 480, 60)
    assert schedule.block().id == added.id
    assert schedule.editor.form.editor("title").hasFocus()


@pytest.mark.parametrize(
    ("ends_at", "expected"),
    [(600, (16, 600)), (720, (16, 780)), (740, (16, 780)), (1000, (17, 480))],
)
def test_a_free_hour_leaves_noon_and_the_evening_alone(training, ends_at, expected):
    view = training.view()
    last = view.blocks[-1]
    training.do(blocks.remove, view.blocks[-2].id)
    training.do(blocks.move, last.id, last.version, last.day, ends_at - 60, 60)
    day, start = free_hour(training.view())
    assert (day.day, start) == expected


def test_del_removes_a_block_without_marks(schedule, training, qtbot):
    schedule.choose_block(training.blocks[9])
    with qtbot.waitSignal(schedule.done) as told:
        qtbot.keyClick(schedule.table, Qt.Key.Key_Delete)
    assert told.args[0].endswith("was removed.")
    assert len(training.view().blocks) == 9


def test_a_block_with_marks_stays_and_the_reason_is_told(schedule, training, qtbot):
    training.do(attendance.mark, training.blocks[0], training.enrolled["Allen"], "present")
    with qtbot.waitSignal(schedule.refused) as told:
        schedule.remove_block()
    assert "has attendance of 1 person" in str(told.args[0])
    assert len(training.view().blocks) == 10


def test_the_facts_of_the_class_are_edited_in_place(schedule, training, qtbot):
    schedule.show_facts()
    line = schedule.facts.editor("location")
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Library")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert training.view().location == "Library"
    assert schedule.facts.values()["rule"] == "40 hours, all of it; make-ups allowed"


def test_a_code_that_is_taken_is_said_at_the_code(schedule, training, qtbot):
    training.add_class("Other", code="X-1")
    schedule.show_facts()
    schedule.facts.edited.emit("code", "X-1")
    assert schedule.facts.rows["code"].problem.text() == "There is a class X-1 already."


def test_a_locked_class_takes_only_its_number_and_note(schedule, training):
    training.all_present()
    training.do(finalize.finalize, training.class_id)
    schedule.show_class(training.view())
    assert not schedule.add_button.isVisible()
    assert not schedule.editor.remove.isVisible()
    assert schedule.facts.editor("location").isReadOnly()
    assert not schedule.facts.editor("course_number").isReadOnly()
    schedule.facts.edited.emit("course_number", "MO-77")
    assert training.view().course_number == "MO-77"


def test_a_change_from_elsewhere_is_not_overwritten(schedule, training, qtbot):
    training.context.commands.changed.disconnect(schedule.refresh)
    block = training.view().blocks[0]
    training.do(blocks.rename, block.id, block.version, "Changed elsewhere")
    with qtbot.waitSignal(schedule.refused) as told:
        type_into(qtbot, schedule, "title", "Mine")
    assert "changed elsewhere" in str(told.args[0])
    assert training.view().blocks[0].title == "Changed elsewhere"


# Modules


@pytest.fixture
def parts(show):
    made = show(PartsEditor())
    given = (PartView("Law", 120, "lecture", "legal"), PartView("Role play", 120, "", "skill"))
    made.show_parts(given, 240, locked=False)
    return made


def test_unchanged_modules_need_no_saving(parts):
    assert parts.sum.text() == "240 of 240 minutes of the block"
    assert not parts.save.isVisible()


def test_modules_can_only_be_saved_when_they_add_up(parts, qtbot):
    parts.lines[0].minutes.setValue(90)
    assert parts.sum.text() == "210 of 240 minutes of the block"
    assert parts.save.isVisible()
    assert not parts.save.isEnabled()
    parts.lines[1].minutes.setValue(150)
    with qtbot.waitSignal(parts.changed) as told:
        qtbot.mouseClick(parts.save, Qt.MouseButton.LeftButton)
    assert told.args[0] == [
        PartPlan("Law", 90, "lecture", "legal"),
        PartPlan("Role play", 150, "", "skill"),
    ]


def test_a_new_module_gets_the_minutes_that_are_left(parts, qtbot):
    parts.lines[0].minutes.setValue(60)
    qtbot.mouseClick(parts.add, Qt.MouseButton.LeftButton)
    assert parts.lines[2].minutes.value() == 60
    assert not parts.save.isEnabled()  # it has no title yet
    qtbot.keyClicks(parts.lines[2].title, "Break-out")
    assert parts.save.isEnabled()


def test_a_module_can_be_taken_out(parts):
    parts._removed(parts.lines[1])
    assert [line.title.text() for line in parts.lines] == ["Law"]
    assert parts.sum.text() == "120 of 240 minutes of the block"


def test_saved_modules_change_the_credit_of_the_block(schedule, training):
    block = training.view().blocks[0]
    plan = [PartPlan("Law", block.minutes, "lecture", "legal")]
    schedule.editor.parts_changed.emit(plan)
    assert [part.area for part in training.view().blocks[0].parts] == ["legal"]
    assert len(schedule.editor.parts.lines) == 1


def test_a_refused_sum_is_said_at_the_modules(schedule, training):
    schedule.editor.parts_changed.emit([PartPlan("Law", 10, "lecture", "legal")])
    assert "add up to 10 minutes" in schedule.editor.parts.sum.text()
