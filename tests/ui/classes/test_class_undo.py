"""Whatever is done on the page of a class is one step, and undo takes exactly that back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services import attendance, enrollment, people, undo
from cit_desktop.services.layout import PartPlan
from ui.dialogs.makeup import MadeUp
from ui.pages.classes.page import ClassPage
from ui.pages.classes.places import ATTENDANCE, ROSTER, SCHEDULE


@pytest.fixture
def page(marked, show):
    made = show(ClassPage(marked.context))
    marked.context.commands.changed.connect(made.refresh)
    made.open_record(marked.class_id)
    return made


def picture(training):
    """Everything of the class that the page shows."""
    ids = training.ask(enrollment.ids, training.class_id)
    view = training.view()
    return (
        view.status,
        view.title,
        view.location,
        [(b.day, b.starts_at, b.minutes, b.title, b.parts, b.instructors) for b in view.blocks],
        training.ask(enrollment.rows, ids),
        training.grid().marks,
    )


def press(page, training, key, name="Davis", block=0):
    page.show_tab(ATTENDANCE)
    page.attendance.show_place(training.enrolled[name], training.blocks[block])
    return lambda qtbot: qtbot.keyClick(page.attendance.grid.panes.blocks, key)


def on_roster(page):
    page.show_tab(ROSTER)
    return page.roster


def on_schedule(page):
    page.show_tab(SCHEDULE)
    return page.schedule


def change_parts(page):
    schedule = on_schedule(page)
    minutes = schedule.block().minutes
    schedule.editor.parts_changed.emit([PartPlan("Law", minutes, "lecture", "legal")])


def select_all_and(page, change):
    on_roster(page).table.selectAll()
    change(page.roster)


ACTS = {
    "Mark absent": lambda page, t, bot: press(page, t, Qt.Key.Key_A)(bot),
    "Mark late": lambda page, t, bot: press(page, t, Qt.Key.Key_L)(bot),
    "Clear mark": lambda page, t, bot: press(page, t, Qt.Key.Key_Delete)(bot),
    "Fill blanks": lambda page, t, bot: press(page, t, Qt.Key.Key_F, "O'Brien", 7)(bot),
    "Mark everybody present": lambda page, t, bot: page.attendance._fill_with(
        attendance.overwrite, t.blocks[2]
    ),
    "Enter make-up": lambda page, t, bot: page.attendance._add_makeup(
        t.enrolled["Davis"], t.blocks[2], MadeUp(60, date(2026, 10, 19), "R. Hill")
    ),
    "Change roster number": lambda page, t, bot: on_roster(page).table.cell_edited.emit(
        t.enrolled["Davis"], "number", 77
    ),
    "Enter score": lambda page, t, bot: on_roster(page).table.cell_edited.emit(
        t.enrolled["Davis"], "score", 91
    ),
    "Change role": lambda page, t, bot: select_all_and(
        page, lambda roster: roster.bar.role_chosen.emit("observer")
    ),
    "Enter scenario result": lambda page, t, bot: select_all_and(
        page, lambda roster: roster.bar.scenario_chosen.emit(True)
    ),
    "Remove from class": lambda page, t, bot: on_roster(page).remove(list(t.enrolled.values())),
    "Rename block": lambda page, t, bot: on_schedule(page).editor.renamed.emit("Opening"),
    "Move block": lambda page, t, bot: on_schedule(page).editor.moved.emit(
        date(2026, 10, 17), 540, 300
    ),
    "Change modules": lambda page, t, bot: change_parts(page),
    "Add block": lambda page, t, bot: on_schedule(page).add_block(),
    "Change class": lambda page, t, bot: on_schedule(page).facts.edited.emit("title", "Renamed"),
    "Cancel class": lambda page, t, bot: page.steps._cancel(),
}


@pytest.mark.parametrize("label", ACTS)
def test_each_act_is_one_step_that_undo_takes_back(page, marked, qtbot, label):
    before = picture(marked)
    ACTS[label](page, marked, qtbot)
    assert picture(marked) != before
    named = marked.ask(undo.next_undo).label
    assert named.startswith(label)
    assert "CIT40-2026-01" in named  # the history says of which class
    undo.undo(marked.context.db)
    assert picture(marked) == before


def test_a_new_person_goes_again_with_the_enrollment_when_undone(page, marked):
    quick = on_roster(page).quick_add
    quick._open_form("Jane Doe")
    quick.form.fields["agency"].setText("Rolla Fire & Rescue")
    quick.form.submit()
    assert len(marked.ask(people.find, "Doe")) == 1
    undo.undo(marked.context.db)
    assert marked.ask(people.find, "Doe") == []
    assert page.roster.table.count() == 5


def test_undo_of_a_mark_is_drawn_in_the_cell(page, marked, qtbot):
    press(page, marked, Qt.Key.Key_A, "Allen", 0)(qtbot)
    key = marked.enrolled["Allen"], marked.blocks[0]
    assert page.attendance.grid.data.marks[key].kind == "absent"
    undo.undo(marked.context.db)
    assert page.attendance.grid.data.marks[key].kind == "present"
    assert page.attendance.grid.data.summaries[key[0]].state.text == "Ready"


def test_redo_is_drawn_too(page, marked, qtbot):
    press(page, marked, Qt.Key.Key_A, "Allen", 0)(qtbot)
    undo.undo(marked.context.db)
    undo.redo(marked.context.db)
    key = marked.enrolled["Allen"], marked.blocks[0]
    assert page.attendance.grid.data.marks[key].kind == "absent"


def test_the_cursor_stays_on_its_person_when_undo_brings_others_back(page, marked, qtbot):
    marked.context.commands.do("Remove", enrollment.withdraw, marked.enrolled["Allen"])
    page.show_tab(ATTENDANCE)
    page.attendance.show_place(marked.enrolled["Young"], marked.blocks[3])
    undo.undo(marked.context.db)
    assert page.attendance.grid.current() == (marked.enrolled["Young"], marked.blocks[3])


def test_every_key_is_a_step_of_its_own(page, marked, qtbot):
    page.attendance.show_place(marked.enrolled["Allen"], marked.blocks[4])
    cells = page.attendance.grid.panes.blocks
    for key in (Qt.Key.Key_A, Qt.Key.Key_L, Qt.Key.Key_E):
        qtbot.keyClick(cells, key)
    undo.undo(marked.context.db)
    undo.undo(marked.context.db)
    kinds = [marked.mark(name, 4) for name in ("Allen", "Davis", "Nguyễn")]
    assert kinds == ["absent", "present", "present"]
