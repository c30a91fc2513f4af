"""The dialog for a new class."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from cit_desktop.errors import Refused
from cit_desktop.services import classes, courses
from ui.dialogs.new_class import Choices, CourseChoice, NewClassDialog


@pytest.fixture
def dialog(empty, qtbot):
    listed = empty.ask(courses.listing)
    choices = tuple(CourseChoice(row.id, row.title, row.minutes) for row in listed)
    made = NewClassDialog(
        Choices(choices, ("Phelps", "Pulaski")), lambda draft: empty.ask(classes.preview, draft)
    )
    qtbot.addWidget(made)
    made.open()
    return made


def choose_course(dialog, part):
    place = dialog.course.findText(part, Qt.MatchFlag.MatchContains)
    dialog.course.setCurrentIndex(place)
    dialog.course.activated.emit(place)


def shown_days(dialog):
    rows = range(dialog.blocks.count())
    return [text for row in rows if (text := dialog.blocks.records.text(row, 0))]


def test_it_opens_with_the_course_most_classes_are_and_a_title(dialog):
    assert dialog.course.currentText() == "Crisis Intervention Team, 40-hour course"
    assert dialog.title.text() == "40-hour CIT, October 2026"
    assert dialog.total.text() == "10 blocks on 5 days, 40 hours. Each can be moved later."


def test_the_preview_follows_the_first_day_and_leaves_out_the_weekend(dialog, qtbot):
    dialog.start.line.setText("10/15/2026")
    dialog.start.line.editingFinished.emit()
    assert shown_days(dialog) == [
        "Thu Oct 15",
        "Fri Oct 16",
        "Mon Oct 19",
        "Tue Oct 20",
        "Wed Oct 21",
    ]


def test_one_day_a_week_goes_on_for_five_weeks(dialog):
    dialog.weekly.setChecked(True)
    assert shown_days(dialog) == [
        "Tue Oct 20",
        "Tue Oct 27",
        "Tue Nov 3",
        "Tue Nov 10",
        "Tue Nov 17",
    ]


def test_a_block_each_module_is_shown_at_once(dialog):
    dialog.modules.setChecked(True)
    assert dialog.blocks.count() == 26
    assert dialog.draft().layout == "modules"


def test_the_title_follows_course_and_day_until_it_is_typed(dialog, qtbot):
    choose_course(dialog, "CIT refresher")
    assert dialog.title.text() == "CIT refresher, October 2026"
    dialog.title.setText("Our refresher")
    choose_course(dialog, "CIT advanced")
    assert dialog.title.text() == "Our refresher"


def test_it_tells_what_was_chosen(dialog, qtbot):
    dialog.location.setText("Courthouse")
    dialog.county.setCurrentText("Phelps")
    dialog.seats.setValue(24)
    dialog.lead.setText("Dep. R. Hill")
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
    draft = told.args[0]
    assert (draft.location, draft.county, draft.seats) == ("Courthouse", "Phelps", 24)
    assert (draft.lead_instructor, draft.weekly) == ("Dep. R. Hill", False)
    assert draft.start == date(2026, 10, 20)


def test_no_seats_means_no_limit(dialog):
    assert dialog.draft().seats is None
    assert dialog.seats.text() == "No limit"


def test_without_a_day_there_is_nothing_to_create(dialog):
    dialog.start.set_value(None)
    dialog.show_preview()
    assert not dialog.create_button.isEnabled()
    assert dialog.blocks.count() == 0
    dialog._accept()
    assert dialog.problem.text() == "Choose a course and a first day."


def test_a_day_that_cannot_be_read_is_never_replaced_by_the_one_before(dialog, qtbot):
    dialog.start.line.setText("next Monday")
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(dialog.start.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.problem.text().startswith("“next Monday” is not a day.")
    assert dialog.start.line.property("wrong")


def test_an_outline_that_does_not_fit_is_said_and_cannot_be_created(qtbot):
    def refuse(_draft):
        raise Refused("Day 1 of the outline runs past midnight.")

    dialog = NewClassDialog(Choices((CourseChoice(1, "Long", 2400),)), refuse)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.problem.text() == "Day 1 of the outline runs past midnight."
    assert not dialog.create_button.isEnabled()


def test_every_input_has_a_name_for_a_screen_reader(dialog):
    inputs = (dialog.course, dialog.title, dialog.location, dialog.county, dialog.seats)
    assert all(widget.accessibleName() for widget in inputs)
