"""The roster of a class."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from cit_desktop.services import attendance, classes, enrollment, finalize
from ui.pages.classes.roster import ClassRoster
from ui.pages.classes.roster_table import COLUMNS
from ui.widgets.editor import SEVERAL

KEYS = [column.key for column in COLUMNS]


@pytest.fixture
def roster(training, show):
    made = show(ClassRoster(training.context))
    made.show_class(training.view())
    training.context.commands.changed.connect(made.refresh)
    made.table.setFocus()
    return made


@pytest.fixture
def tested(training, roster):
    """The class asks for a score and a scenario."""
    view = training.view()
    training.do(classes.update, view.id, view.version, min_score=80, scenario_required=True)
    roster.show_class(training.view())
    return roster


def cell(roster, name, key):
    return roster.table.records.text(row_of(roster, name), KEYS.index(key))


def row_of(roster, name):
    rows = range(roster.table.count())
    return next(n for n in rows if roster.table.records.text(n, 0).startswith(name))


def put_cursor(roster, name, key):
    roster.table.setCurrentIndex(roster.table.records.index(row_of(roster, name), KEYS.index(key)))


def stored(training, name):
    key = training.enrolled[name]
    return training.ask(enrollment.rows, [key])[key]


def test_it_shows_who_is_in_the_class_with_agency_and_number(roster):
    assert roster.table.count() == 5
    assert cell(roster, "Davis", "agency") == "Phelps County 911"
    assert cell(roster, "Davis", "discipline") == "Dispatch and 911"
    assert cell(roster, "Davis", "role") == "Trainee"
    assert cell(roster, "Davis", "number") == "2"
    assert cell(roster, "Davis", "state_number") == "0000002"


def test_tests_and_results_are_columns_only_when_there_are_any(roster, training):
    for key in ("score", "scenario_passed", "result"):
        assert roster.table.isColumnHidden(KEYS.index(key))
    training.all_present()
    training.do(finalize.finalize, training.class_id)
    roster.show_class(training.view())
    assert not roster.table.isColumnHidden(KEYS.index("result"))
    assert cell(roster, "Allen", "result") == "Completed"


def test_enter_opens_the_person(roster, training, qtbot):
    put_cursor(roster, "Davis", "agency")
    with qtbot.waitSignal(roster.go) as went:
        qtbot.keyClick(roster.table, Qt.Key.Key_Return)
    assert went.args == ["person", training.people["Davis"]]


def test_a_digit_on_a_number_starts_to_edit_it_and_enter_goes_down(roster, training, qtbot):
    put_cursor(roster, "Davis", "number")
    qtbot.keyClicks(roster.table, "7")
    editor = roster.table.editor
    qtbot.keyClicks(editor, "7")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert stored(training, "Davis").number == 77
    assert roster.table.hasFocus()
    assert roster.table.currentIndex().row() == row_of(roster, "Nguyễn")
    assert roster.table.current_key() == "number"


def test_escape_leaves_the_number_as_it_was(roster, training, qtbot):
    put_cursor(roster, "Davis", "number")
    qtbot.keyClick(roster.table, Qt.Key.Key_F2)
    qtbot.keyClicks(roster.table.editor, "99")
    qtbot.keyClick(roster.table.editor, Qt.Key.Key_Escape)
    assert roster.table.editor is None
    assert stored(training, "Davis").number == 2


def test_a_double_click_on_a_score_edits_it_and_on_a_name_opens_it(tested, training, qtbot):
    index = tested.table.records.index(row_of(tested, "Allen"), KEYS.index("score"))
    place = tested.table.visualRect(index).center()
    qtbot.mouseDClick(tested.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert isinstance(tested.table.editor, QLineEdit)
    qtbot.keyClicks(tested.table.editor, "85")
    qtbot.keyClick(tested.table.editor, Qt.Key.Key_Tab)
    assert stored(training, "Allen").score == 85
    with qtbot.waitSignal(tested.go):
        name = tested.table.visualRect(tested.table.records.index(0, 0)).center()
        qtbot.mouseDClick(tested.table.viewport(), Qt.MouseButton.LeftButton, pos=name)


def test_what_is_no_whole_number_is_refused(tested, training, qtbot):
    put_cursor(tested, "Allen", "score")
    qtbot.keyClick(tested.table, Qt.Key.Key_F2)
    qtbot.keyClicks(tested.table.editor, "good")
    with qtbot.waitSignal(tested.refused) as told:
        qtbot.keyClick(tested.table.editor, Qt.Key.Key_Return)
    assert "“good” is not a whole number." in str(told.args[0])
    assert stored(training, "Allen").score is None


def test_a_score_above_100_is_refused_with_a_sentence(tested, training, qtbot):
    with qtbot.waitSignal(tested.refused) as told:
        tested.table.cell_edited.emit(training.enrolled["Allen"], "score", 400)
    assert "between 0 and 100" in str(told.args[0])


def test_a_number_of_somebody_else_is_refused(roster, training, qtbot):
    training.do(enrollment.set_number, training.enrolled["Allen"], 1)
    with qtbot.waitSignal(roster.refused) as told:
        roster.table.cell_edited.emit(training.enrolled["Davis"], "number", 1)
    assert "belongs to Margaret Allen" in str(told.args[0])


def test_the_bar_changes_all_who_are_chosen_in_one_operation(roster, training, qtbot):
    roster.table.selectAll()
    assert roster.bar.who.text() == "5 people chosen"
    combo = roster.bar.editors["role"].widget
    combo.setCurrentIndex(combo.findText("Observer"))
    with qtbot.waitSignals([training.context.commands.changed, roster.done]):
        combo.activated.emit(combo.currentIndex())
    rows = training.ask(enrollment.rows, list(training.enrolled.values()))
    assert {row.role for row in rows.values()} == {"observer"}


def test_what_differs_shows_several_values_and_is_not_touched(tested, training, qtbot):
    training.do(enrollment.set_score, training.enrolled["Allen"], 90)
    tested.refresh(None)
    tested.table.selectAll()
    assert tested.bar.editors["score"].value() is SEVERAL
    scenario = tested.bar.editors["scenario"].widget
    scenario.setCurrentIndex(scenario.findText("Passed"))
    scenario.activated.emit(scenario.currentIndex())
    assert stored(training, "Allen").score == 90
    assert stored(training, "Davis").score is None
    assert stored(training, "Davis").scenario_passed == 1


def test_the_same_score_for_all_is_typed_once(tested, training, qtbot):
    tested.table.selectAll()
    spin = tested.bar.editors["score"].widget
    spin.setValue(88)
    spin.editingFinished.emit()
    rows = training.ask(enrollment.rows, list(training.enrolled.values()))
    assert {row.score for row in rows.values()} == {88}


def test_the_selection_stays_after_a_change_of_many(roster, qtbot):
    roster.table.selectAll()
    roster.bar.role_chosen.emit("observer")
    assert len(roster.table.selected_ids()) == 5


def test_del_removes_who_left_no_trace_and_withdraws_the_others(roster, training, qtbot):
    training.do(attendance.mark, training.blocks[0], training.enrolled["Allen"], "present")
    roster.table.selectAll()
    with qtbot.waitSignal(roster.done) as told:
        qtbot.keyClick(roster.table, Qt.Key.Key_Delete)
    assert told.args == ["4 people removed, 1 withdrawn; marks are kept."]
    assert stored(training, "Allen").result == "withdrawn"
    assert roster.table.count() == 1


def test_whoever_withdrew_can_be_reinstated(roster, training, qtbot):
    training.do(enrollment.withdraw, training.enrolled["Allen"])
    roster.show_class(training.view())
    roster.table.choose(training.enrolled["Allen"])
    assert roster.bar.reinstate.isVisible()
    assert not roster.bar.remove.isVisible()
    qtbot.mouseClick(roster.bar.reinstate, Qt.MouseButton.LeftButton)
    assert stored(training, "Allen").result == "open"


def test_adding_shows_the_new_person_and_offers_to_undo(roster, training, qtbot):
    training.add_person("Torres", "Deborah")
    with qtbot.waitSignal(roster.done) as told:
        roster.quick_add.add_known(training.people["Torres"])
    assert told.args == ["Torres, Deborah was added."]
    assert roster.table.records.text(roster.table.currentIndex().row(), 0) == "Torres, Deborah"


def test_an_empty_roster_says_how_to_begin(empty, show):
    class_id = empty.add_class()
    roster = show(ClassRoster(empty.context))
    roster.show_class(empty.ask(classes.view, class_id))
    assert roster.inside.currentWidget() is roster.empty
    assert roster.empty.title.text() == "Nobody is in this class yet"
    roster.focus_add()
    assert roster.quick_add.line.hasFocus()


def test_import_goes_to_the_import_of_this_class(roster, training, qtbot):
    with qtbot.waitSignal(roster.go) as went:
        qtbot.mouseClick(roster.import_button, Qt.MouseButton.LeftButton)
    assert went.args == ["import", training.class_id]


def test_a_finalized_roster_can_only_be_read(roster, training, qtbot):
    training.all_present()
    training.do(finalize.finalize, training.class_id)
    roster.show_class(training.view())
    put_cursor(roster, "Allen", "number")
    qtbot.keyClicks(roster.table, "5")
    assert roster.table.editor is None
    assert not roster.quick_add.isVisible()
    assert not roster.bar.isVisible()
    qtbot.keyClick(roster.table, Qt.Key.Key_Delete)
    assert roster.table.count() == 5


def test_clicking_elsewhere_keeps_what_was_typed(roster, training, qtbot):
    put_cursor(roster, "Davis", "number")
    qtbot.keyClick(roster.table, Qt.Key.Key_F2)
    qtbot.keyClicks(roster.table.editor, "12")
    qtbot.mouseClick(roster.quick_add.line, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    roster.quick_add.line.setFocus()
    assert stored(training, "Davis").number == 12


def test_choosing_a_person_focuses_the_row(roster, training):
    roster.choose(training.enrolled["Young"])
    assert roster.table.current_id() == training.enrolled["Young"]
    assert [row.name for row in roster.chosen()] == ["Young, Zoë"]
