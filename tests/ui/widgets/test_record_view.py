from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.ui.keys import press, type_text
from ui.widgets.day_text import parse_day
from ui.widgets.fields import ComboBox, SpinBox, TimeEdit
from ui.widgets.record_view import SEVERAL, Field, RecordView

FIELDS = (
    Field("last", "Last name", required=True, section="Carter, Andrew"),
    Field("note", "Notes", "text"),
    Field("discipline", "Discipline", "combo", choices=((1, "Police"), (2, "Dispatch"))),
    Field("hired", "Hired", "date"),
    Field("veteran", "Veteran", "check", hint="Served in the armed forces"),
    Field("years", "Years", "spin", maximum=60, suffix=" years"),
    Field("number", "State number", "read", section="Licence"),
)
CARTER = {
    "last": "Carter",
    "note": "Second line\nbelow",
    "discipline": 1,
    "hired": date(2011, 3, 4),
    "veteran": True,
    "years": 12,
    "number": "0012345",
}


@pytest.fixture
def view(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    made = RecordView(FIELDS)
    column.addWidget(made)
    made.elsewhere = QLineEdit()
    column.addWidget(made.elsewhere)
    qtbot.addWidget(window)
    window.resize(480, 640)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made.set_values(CARTER)
    made.window_kept = window
    return made


@pytest.fixture
def told(view):
    edits = []
    view.edited.connect(lambda *edit: edits.append(edit))
    return edits


def replace(view, key, text):
    line = view.editor(key)
    target = line if isinstance(line, QLineEdit) else line.focusProxy()
    target.setFocus()
    target.selectAll()
    type_text(target, text)
    return target


def test_what_is_shown_is_what_was_given(view, told):
    assert view.values() == CARTER
    assert told == []


def test_enter_tells_the_new_value(view, told):
    line = replace(view, "last", "Nguyễn")
    press(line, Qt.Key.Key_Return)
    assert told == [("last", "Nguyễn")]


def test_leaving_a_field_tells_the_new_value_once(view, told, qtbot):
    replace(view, "last", "Peña")
    view.elsewhere.setFocus()
    qtbot.waitUntil(lambda: told == [("last", "Peña")])


def test_leaving_without_a_change_tells_nothing(view, told):
    view.editor("last").setFocus()
    view.elsewhere.setFocus()
    press(view.editor("last"), Qt.Key.Key_Return)
    assert told == []


def test_escape_takes_back_what_was_typed(view, told):
    line = replace(view, "last", "Wrong")
    press(line, Qt.Key.Key_Escape)
    press(line, Qt.Key.Key_Return)
    assert line.text() == "Carter"
    assert told == []


def test_spaces_around_and_between_are_tidied(view, told):
    line = replace(view, "last", "  van  der   Berg ")
    press(line, Qt.Key.Key_Return)
    assert told == [("last", "van der Berg")]


def test_a_text_of_several_lines_is_told_when_it_is_left(view, told, qtbot):
    notes = view.editor("note")
    notes.setFocus()
    notes.setPlainText("New\nnote")
    view.elsewhere.setFocus()
    qtbot.waitUntil(lambda: told == [("note", "New\nnote")])


def test_a_choice_is_told_at_once(view, told):
    combo = view.editor("discipline")
    combo.setFocus()
    press(combo, Qt.Key.Key_Down)
    combo.activated.emit(combo.currentIndex())
    assert told == [("discipline", 2)]


def test_a_phone_is_shown_with_punctuation_and_told_only_when_it_changed(qtbot):
    made = RecordView([Field("phone", "Phone", "phone"), Field("note", "Note")])
    qtbot.addWidget(made)
    told: list[tuple[str, object]] = []
    made.edited.connect(lambda key, value: told.append((key, value)))
    made.set_values({"phone": "5735550101"})
    line = made.editor("phone")
    assert isinstance(line, QLineEdit)
    assert line.text() == "(573) 555-0101"
    press(line, Qt.Key.Key_Return)
    assert told == []
    line.setText("573-555-0102")
    press(line, Qt.Key.Key_Return)
    assert told == [("phone", "573-555-0102")]


def test_a_check_is_told_at_once(view, told, qtbot):
    view.editor("veteran").click()
    assert told == [("veteran", False)]


def test_a_number_is_told_when_it_is_finished(view, told):
    spin = view.editor("years")
    spin.setFocus()
    spin.selectAll()
    type_text(spin, "15")
    press(spin, Qt.Key.Key_Return)
    assert told == [("years", 15)]


def test_a_number_can_be_none(view, told):
    view.set_value("years", None)
    assert view.values()["years"] is None


def test_a_day_can_be_typed_as_one_likes(view, told):
    line = replace(view, "hired", "10/12/26")
    press(line, Qt.Key.Key_Return)
    assert told == [("hired", date(2026, 10, 12))]
    assert line.text() == "Oct 12, 2026"


def test_a_day_that_is_none_is_marked_and_not_told(view, told):
    line = replace(view, "hired", "February 31")
    press(line, Qt.Key.Key_Return)
    assert told == []
    assert line.property("wrong") is True


def test_a_day_can_be_taken_away(view, told):
    line = replace(view, "hired", " ")
    press(line, Qt.Key.Key_Return)
    assert told == [("hired", None)]


def test_a_day_can_be_chosen_in_a_calendar(view, told, qtbot):
    editor = view.rows["hired"].editor
    qtbot.mouseClick(editor.open_button, Qt.MouseButton.LeftButton)
    assert editor.calendar.selectedDate() == QDate(2011, 3, 4)
    editor.calendar.clicked.emit(QDate(2026, 10, 12))
    assert told == [("hired", date(2026, 10, 12))]


@pytest.mark.parametrize("key", ["last", "note", "discipline", "hired", "veteran", "years"])
def test_several_values_stay_untouched_until_somebody_changes_them(view, told, key, qtbot):
    view.set_value(key, SEVERAL)
    assert view.values()[key] is SEVERAL
    view.editor(key).setFocus()
    view.elsewhere.setFocus()
    qtbot.wait(10)
    assert told == []


def test_several_values_are_shown_as_such(view):
    view.set_value("last", SEVERAL)
    assert view.editor("last").placeholderText() == "(several values)"
    assert str(SEVERAL) == "(several values)"
    view.set_value("last", "Carter")
    assert view.editor("last").placeholderText() == ""


def test_a_change_of_several_values_is_told(view, told):
    view.set_value("last", SEVERAL)
    line = replace(view, "last", "Green")
    press(line, Qt.Key.Key_Return)
    assert told == [("last", "Green")]


def test_a_problem_stands_under_its_field_and_the_first_gets_the_focus(view):
    view.set_problems({"years": "Must be under 60.", "hired": "Lies in the future."})
    rows = view.rows
    assert rows["hired"].problem.text() == "Lies in the future."
    assert rows["hired"].problem.isVisible()
    assert not rows["last"].problem.isVisible()
    assert view.window_kept.focusWidget() is rows["hired"].editor.line
    view.set_values(CARTER)
    assert not rows["hired"].problem.isVisible()


def test_a_mended_field_loses_its_problem(view, told):
    view.set_problems({"last": "Somebody must have a name."})
    line = replace(view, "last", "Green")
    press(line, Qt.Key.Key_Return)
    assert not view.rows["last"].problem.isVisible()
    assert view.editor("last").property("wrong") is False


def test_read_only_fields_can_still_be_copied(view):
    view.set_read_only(True)
    assert view.editor("last").isReadOnly()
    assert view.editor("note").isReadOnly()
    assert not view.editor("discipline").isEnabled()
    view.set_read_only(False)
    assert not view.editor("last").isReadOnly()


def test_a_value_to_read_is_text_even_when_it_looks_like_markup(view):
    view.set_value("number", "<b>12</b>")
    label = view.editor("number")
    assert label.text() == "<b>12</b>"
    assert label.textFormat() == Qt.TextFormat.PlainText
    view.set_value("number", date(2026, 10, 12))
    assert label.text() == "Oct 12, 2026"


def test_every_editor_has_a_name_for_screen_readers(view):
    assert [view.editor(f.key).accessibleName() for f in FIELDS] == [f.label for f in FIELDS]


def wheel(widget):
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(widget.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turn)


def test_the_wheel_over_a_form_changes_no_value(qtbot):
    combo, spin, time = ComboBox([(1, "One"), (2, "Two")]), SpinBox(0, 9), TimeEdit()
    combo.choose(2)
    spin.setValue(4)
    before = time.time()
    for widget in (combo, spin, time):
        qtbot.addWidget(widget)
        widget.show()
        wheel(widget)
    assert (combo.currentData(), spin.value(), time.time()) == (2, 4, before)


def test_choosing_what_a_box_does_not_have_chooses_nothing(qtbot):
    combo = ComboBox([(1, "One")])
    qtbot.addWidget(combo)
    assert combo.choose(1)
    assert not combo.choose(3)
    assert combo.currentIndex() == -1


@pytest.mark.parametrize(
    "text",
    [
        "10/12/2026",
        "10/12/26",
        "10-12-2026",
        "10.12.2026",
        "10 12 2026",
        "2026-10-12",
        "Oct 12, 2026",
        "12 oct 26",
        "12. Oct. 2026",
        "October 12, 2026",
        "Oct 12 2026",
        "  Oct   12,  2026 ",
    ],
)
def test_days_are_read_as_people_write_them(text):
    assert parse_day(text) == date(2026, 10, 12)


@pytest.mark.parametrize(
    "text",
    ["", "12", "10/12", "13/40/2026", "2/30/2026", "12 Foo 2026", "tomorrow", "1/2/202", "0/1/26"],
)
def test_what_is_no_day_is_not_guessed(text):
    assert parse_day(text) is None


def test_two_digits_of_a_year_lie_between_1970_and_2069():
    assert parse_day("1/2/69") == date(2069, 1, 2)
    assert parse_day("1/2/70") == date(1970, 1, 2)
