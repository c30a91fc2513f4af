"""Every kind of editor: what it shows, what it gives back, when it tells that one is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from cit_desktop.exports import words
from cit_desktop.services import names
from tests.ui.keys import press, type_text
from ui import format as fmt
from ui.widgets.calendar import Calendar
from ui.widgets.day_text import parse_day
from ui.widgets.editor import SEVERAL, SEVERAL_TEXT
from ui.widgets.editors import make_editor
from ui.widgets.fields import ComboBox, SpinBox, TimeEdit
from ui.widgets.record_view import Field

CHOICES = (("", "None"), ("police", "Police"), (7, "Seven"))
FIELDS = {
    "line": Field("k", "K", "line", hint="Type"),
    "text": Field("k", "K", "text", hint="Type"),
    "combo": Field("k", "K", "combo", choices=CHOICES, hint="Choose"),
    "date": Field("k", "K", "date"),
    "check": Field("k", "K", "check", hint="Yes"),
    "spin": Field("k", "K", "spin", minimum=1, maximum=60, suffix=" years"),
    "read": Field("k", "K", "read"),
}
VALUES = {
    "line": ["", "Ito", "<b>x</b>", "O'Neil; DROP", "Ünï 🙂", "x" * 500],
    "text": ["", "One", "One\n\nthree", "<i>no</i>"],
    "combo": ["", "police", 7],
    "date": [None, date(2026, 10, 12), date(2024, 2, 29), date(1999, 12, 31)],
    "check": [True, False],
    "spin": [None, 1, 60, 30],
    "read": [None, "0012345", date(2026, 1, 5), 0],
}
EVERY = [(kind, value) for kind, values in VALUES.items() for value in values]
CHANGEABLE = [kind for kind in FIELDS if kind != "read"]


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.column = QVBoxLayout(made)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def editor(window):
    def make(kind):
        made = make_editor(FIELDS[kind])
        window.column.addWidget(made.widget)
        made.widget.show()
        made.told = []
        made.committed.connect(lambda: made.told.append(made.value()))
        return made

    return make


@pytest.mark.parametrize(("kind", "value"), EVERY)
def test_what_is_shown_is_what_is_given_back(editor, kind, value):
    made = editor(kind)
    made.set_value(value)
    assert made.value() == value
    assert made.told == []


@pytest.mark.parametrize("kind", CHANGEABLE)
def test_several_values_stay_several_until_touched(editor, kind):
    made = editor(kind)
    made.set_value(SEVERAL)
    assert made.value() is SEVERAL


@pytest.mark.parametrize(("kind", "value"), EVERY)
def test_one_value_after_several_is_that_value(editor, kind, value):
    made = editor(kind)
    made.set_value(SEVERAL)
    made.set_value(value)
    assert made.value() == value


def hint(made):
    if isinstance(made.widget, QLineEdit | QPlainTextEdit | ComboBox):
        return made.widget.placeholderText()
    return made.line.placeholderText()


@pytest.mark.parametrize("kind", ["line", "text", "combo", "date"])
def test_an_empty_field_says_several_only_while_it_is_of_several(editor, kind):
    made = editor(kind)
    before = hint(made)
    made.set_value(SEVERAL)
    assert hint(made) == SEVERAL_TEXT
    made.set_value(None)
    assert hint(made) == before


@pytest.mark.parametrize("kind", CHANGEABLE)
def test_a_mistake_frames_the_field_until_it_is_mended(editor, kind):
    made = editor(kind)
    framed = made.line if kind == "date" else made.widget
    made.set_wrong(True)
    assert framed.property("wrong") is True
    made.set_wrong(False)
    assert framed.property("wrong") is False


@pytest.mark.parametrize("kind", ["combo", "date", "check", "spin"])
def test_a_locked_field_takes_no_keys(editor, kind):
    made = editor(kind)
    made.set_value(VALUES[kind][-1])
    made.set_enabled(False)
    assert not made.widget.isEnabled()


@pytest.mark.parametrize("kind", ["line", "text"])
def test_a_locked_text_can_be_copied_but_not_changed(editor, kind):
    made = editor(kind)
    made.set_value("Kept")
    made.set_enabled(False)
    made.widget.setFocus()
    type_text(made.widget, "x")
    assert made.value() == "Kept"
    made.widget.selectAll()
    made.widget.copy()
    assert QApplication.clipboard().text() == "Kept"


# One line


@pytest.mark.parametrize(
    ("typed", "given"),
    [("  Ana  ", "Ana"), ("Ana \t María", "Ana María"), (" ", ""), ("\u00a0x", "x")],
)
def test_a_line_is_tidied_when_it_is_read(editor, typed, given):
    made = editor("line")
    made.line.setText(typed)
    assert made.value() == given


def test_enter_ends_a_line(editor):
    made = editor("line")
    made.line.setFocus()
    type_text(made.line, "Ana")
    assert made.told == []
    press(made.line, Qt.Key.Key_Return)
    assert made.told == ["Ana"]


def test_escape_gives_the_old_text_back_and_the_second_is_left_to_the_form(editor):
    made = editor("line")
    made.set_value("Ito")
    made.line.setFocus()
    type_text(made.line, "x")
    press(made.line, Qt.Key.Key_Escape)
    assert made.value() == "Ito"
    assert not made.line.isModified()


def test_escape_brings_several_values_back(editor):
    made = editor("line")
    made.set_value(SEVERAL)
    made.line.setFocus()
    type_text(made.line, "x")
    assert made.value() == "x"
    press(made.line, Qt.Key.Key_Escape)
    assert made.value() is SEVERAL


def test_a_long_line_shows_its_beginning(editor):
    made = editor("line")
    made.set_value("x" * 500)
    assert made.line.cursorPosition() == 0


# Several lines


def test_tab_leaves_a_text_instead_of_writing_a_tab(editor, window, qtbot):
    made, after = editor("text"), QLineEdit()
    window.column.addWidget(after)
    after.show()
    made.text.setFocus()
    type_text(made.text, "One")
    press(made.text, Qt.Key.Key_Tab)
    qtbot.waitUntil(after.hasFocus)
    assert made.value() == "One"
    assert made.told == ["One"]


def test_enter_within_a_text_is_a_new_line(editor):
    made = editor("text")
    made.text.setFocus()
    type_text(made.text, "One")
    press(made.text, Qt.Key.Key_Return, text="\r")
    type_text(made.text, "two")
    assert made.value() == "One\ntwo"
    assert made.told == []


# One of a few


@pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_Down, "police"), (Qt.Key.Key_End, 7)])
def test_keys_choose_and_tell(editor, key, value):
    made = editor("combo")
    made.set_value("")
    made.combo.setFocus()
    press(made.combo, key)
    assert made.told == [value]


def test_a_value_no_longer_offered_is_kept_until_another_is_chosen(editor):
    made = editor("combo")
    made.set_value("was once a choice")
    assert made.combo.currentIndex() == -1
    assert made.value() == "was once a choice"


def test_choosing_tells_whether_there_is_such_a_choice(qtbot):
    combo = ComboBox(CHOICES)
    qtbot.addWidget(combo)
    assert combo.choose(7)
    assert combo.currentText() == "Seven"
    assert not combo.choose("seven")
    assert combo.currentIndex() == -1


# Yes or no


def test_space_changes_a_check_and_tells(editor):
    made = editor("check")
    made.set_value(False)
    made.check.setFocus()
    press(made.check, Qt.Key.Key_Space, text=" ")
    press(made.check, Qt.Key.Key_Space, text=" ")
    assert made.told == [True, False]


def test_a_check_of_several_becomes_yes_or_no_and_has_no_third_state_then(editor):
    made = editor("check")
    made.set_value(SEVERAL)
    assert made.check.checkState() == Qt.CheckState.PartiallyChecked
    made.check.setFocus()
    press(made.check, Qt.Key.Key_Space, text=" ")
    assert made.value() in (True, False)
    made.set_value(True)
    assert not made.check.isTristate()


# Numbers


@pytest.mark.parametrize(("typed", "value"), [("5", 5), ("60", 60), ("61", 6), ("", None)])
def test_a_number_cannot_leave_its_range(editor, typed, value):
    made = editor("spin")
    made.set_value(None)
    made.spin.setFocus()
    made.spin.selectAll()
    type_text(made.spin, typed)
    press(made.spin, Qt.Key.Key_Return)
    assert made.value() == value


def test_arrows_count_and_stop_at_the_ends(editor):
    made = editor("spin")
    made.set_value(59)
    made.spin.setFocus()
    for _ in range(3):
        press(made.spin, Qt.Key.Key_Up)
    assert made.value() == 60
    made.set_value(2)
    press(made.spin, Qt.Key.Key_Down)
    assert made.value() == 1
    press(made.spin, Qt.Key.Key_Down)
    assert made.value() is None


def test_none_is_shown_as_a_dash(editor):
    made = editor("spin")
    made.set_value(None)
    assert made.spin.text() == "–"
    made.set_value(12)
    assert made.spin.text() == "12 years"


# Days


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("10/12/26", date(2026, 10, 12)),
        ("2/29/2024", date(2024, 2, 29)),
        ("Feb 29 2024", date(2024, 2, 29)),
        ("31 dec 99", date(1999, 12, 31)),
        ("2026-1-5", date(2026, 1, 5)),
    ],
)
def test_a_typed_day_is_written_out_and_told(editor, typed, day):
    made = editor("date")
    made.line.setFocus()
    type_text(made.line, typed)
    press(made.line, Qt.Key.Key_Return)
    assert made.told == [day]
    assert made.line.text() == fmt.day(day)


@pytest.mark.parametrize(
    "typed", ["2/29/2025", "13/1/2026", "2/30/2026", "soon", "10/12", "10/12/0202", "1/1/9999"]
)
def test_what_is_no_day_is_framed_and_keeps_the_old_one(editor, typed):
    made = editor("date")
    made.set_value(date(2026, 1, 5))
    made.line.setFocus()
    made.line.selectAll()
    type_text(made.line, typed)
    press(made.line, Qt.Key.Key_Return)
    assert made.line.property("wrong") is True
    assert made.told == []
    assert made.value() == date(2026, 1, 5)
    assert made.line.text() == typed  # left to be mended


def test_a_mended_day_loses_its_frame(editor):
    made = editor("date")
    made.line.setFocus()
    type_text(made.line, "2/30/2026")
    press(made.line, Qt.Key.Key_Return)
    made.line.selectAll()
    type_text(made.line, "2/28/2026")
    press(made.line, Qt.Key.Key_Return)
    assert made.line.property("wrong") is False
    assert made.told == [date(2026, 2, 28)]


def test_an_emptied_day_is_none(editor):
    made = editor("date")
    made.set_value(date(2026, 1, 5))
    made.line.setFocus()
    made.line.selectAll()
    press(made.line, Qt.Key.Key_Delete)
    press(made.line, Qt.Key.Key_Return)
    assert made.told == [None]


def test_the_calendar_opens_at_the_day_shown(editor):
    made = editor("date")
    made.set_value(date(2024, 2, 29))
    made.open_button.click()
    assert made.calendar.selectedDate() == QDate(2024, 2, 29)
    made.calendar.close()


def test_a_day_of_the_calendar_is_told_once_and_closes_it(window):
    calendar = Calendar(window)
    told = []
    calendar.chosen.connect(told.append)
    calendar.open_under(window)
    calendar.clicked.emit(QDate(2026, 10, 12))
    assert told == [date(2026, 10, 12)]
    assert calendar.isHidden()


some = settings(max_examples=50)
DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@some
@given(DAYS)
def test_every_day_is_read_in_every_way_it_is_shown(day):
    month = fmt.MONTHS[day.month - 1]
    for text in (
        fmt.day(day),
        fmt.paper_day(day),
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%m/%d/%y}",
        f"{month} {day.day}, {day.year}",
        f"{month[:3].upper()}. {day.day} {day.year}",
        f"  {day.day}   {month[:4].lower()}  {day:%y} ",
    ):
        assert parse_day(text) == day, text


@some
@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_a_day(text):
    found = parse_day(text)
    assert found is None or 1900 <= found.year < 2200


@some
@given(st.integers(-1000, 100_000))
def test_hours_shown_are_the_minutes_within_a_half(minutes):
    shown = float(fmt.hours(minutes))
    assert abs(shown * 60 - minutes) <= 0.3
    assert fmt.hours(minutes)[-1] in "0123456789"


@some
@given(st.integers(0, 100_000))
def test_screen_and_paper_say_the_same_hours(minutes):
    assert fmt.hours(minutes) == words.hours(minutes).replace(",", "")
    assert names.hours(minutes) == words.hours(minutes)


@some
@given(st.integers(0, 3000), st.integers(1, 3000))
def test_all_of_it_is_a_hundred_percent_and_no_less_is(part, whole):
    shown = int(fmt.percent(part, whole).rstrip("%\u00a0"))
    assert (shown >= 100) == (part >= whole)
    assert (shown > 0) == (100 * part >= whole)


@some
@given(st.integers(0, 10**12))
def test_a_size_is_short_and_never_a_thousand_of_its_unit_below_giants(octets):
    number, unit = fmt.size(octets).split()
    assert unit in ("B", "kB", "MB")
    if unit != "MB":
        assert float(number) < 1000


@some
@given(DAYS, st.integers(0, 800))
def test_a_range_of_days_names_its_ends(first, length):
    last = first + timedelta(days=length)
    text = fmt.day_range(first, last)
    assert text.endswith(f"{last.day}, {last.year}")
    assert text.startswith(fmt.month_day(first))
    assert fmt.day_range(last, last) == fmt.day(last)
    assert fmt.day_range(None, last) == fmt.day_range(last, None) == fmt.day(last)


def test_no_days_are_no_text():
    assert fmt.day_range(None, None) == ""
    assert fmt.day(None) == fmt.moment(None) == ""


@pytest.mark.parametrize("make", [ComboBox, SpinBox, TimeEdit])
def test_a_field_takes_the_focus_by_click_and_tab_but_not_by_the_wheel(qtbot, make):
    made = make()
    qtbot.addWidget(made)
    assert made.focusPolicy() == Qt.FocusPolicy.StrongFocus
