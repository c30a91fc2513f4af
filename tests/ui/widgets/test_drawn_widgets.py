"""Small drawn parts: any size, any theme, any text, and what a screen reader hears of them."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QMainWindow, QWidget

from tests.ui.keys import press, type_text
from ui import theme
from ui.menus import TITLES, Menus
from ui.widgets.banner import Banner
from ui.widgets.county_list import CountyList
from ui.widgets.empty_state import EmptyState
from ui.widgets.hit_list import SHOWN, HitList
from ui.widgets.marks import Pill, Shape, Tone, draw_shape
from ui.widgets.pill_label import PillLabel
from ui.widgets.search_box import Command, Hit, SearchBox, matching
from ui.widgets.status_line import StatusLine
from ui.widgets.tabs import Tabs

HOSTILE = ("<b>x</b>", "&amp;", "&", "a\nb", "\u202eabc", "W" * 400, "🙂", "Nguyễn Thị Ánh")
SIZES = (QSize(1, 1), QSize(30, 12), QSize(900, 60))
SHAPES = get_args(Shape)
TONES = get_args(Tone)


def picture(size=24):
    made = QImage(size, size, QImage.Format.Format_ARGB32)
    made.fill(Qt.GlobalColor.transparent)
    return made


def inked(image):
    return {
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 40
    }


def shape(name, color="black", size=12):
    image = picture()
    painter = QPainter(image)
    draw_shape(painter, name, QPointF(12, 12), size, theme.QColor(color))
    painter.end()
    return image


@pytest.mark.parametrize("name", [name for name in SHAPES if name != "none"])
def test_a_shape_draws_within_its_box(qapp, name):
    dots = inked(shape(name))
    assert dots
    assert all(4 <= x <= 20 and 4 <= y <= 20 for x, y in dots)


def test_no_two_shapes_look_alike_without_their_color(qapp):
    drawn = {name: frozenset(inked(shape(name))) for name in SHAPES}
    assert len(set(drawn.values())) == len(SHAPES)
    assert drawn["none"] == frozenset()


def test_a_full_shape_has_more_ink_than_a_half_and_a_half_more_than_an_empty_one(qapp):
    full, half, empty = (len(inked(shape(name))) for name in ("full", "half", "empty"))
    assert full > half > empty > 0


@pytest.mark.parametrize("tone", TONES)
def test_a_pill_is_drawn_in_the_color_of_its_tone(qtbot, tone):
    label = PillLabel(Pill("Ready", tone))
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    color = theme.colors().role(tone)
    image = label.grab().toImage()
    assert image.pixelColor(6, label.height() // 2 + 1) == color


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_a_pill_of_any_text_is_drawn_at_any_size(qtbot, text, size):
    label = PillLabel(Pill(text, "care", "half"))
    qtbot.addWidget(label)
    label.resize(size)
    assert not label.grab().isNull()
    assert label.accessibleName() == text


def test_a_pill_says_its_reason_as_plain_text(qtbot):
    label = PillLabel()
    qtbot.addWidget(label)
    label.set_pill(Pill("Short"), "4 hours < 8")
    assert label.toolTip() == "<span>4 hours &lt; 8</span>"
    label.set_pill(Pill("Ready"))
    assert label.toolTip() == ""


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("tone", ["info", "good", "care", "wrong"])
def test_a_banner_says_any_text_as_it_is(qtbot, text, tone):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.resize(400, 60)
    banner.say(text, tone, link="Do it", closable=True)
    assert banner.label.text() == text
    assert banner.label.textFormat() == Qt.TextFormat.PlainText
    assert not banner.grab().isNull()


@pytest.mark.parametrize("text", HOSTILE)
def test_an_empty_page_says_any_text_as_it_is(qtbot, text):
    empty = EmptyState("people", text, text, "Add")
    qtbot.addWidget(empty)
    empty.resize(500, 400)
    assert empty.title.text() == text
    assert not empty.grab().isNull()


def test_an_empty_page_without_a_step_has_no_button(qtbot):
    empty = EmptyState("people", "No people", "Nobody fits the filter.")
    qtbot.addWidget(empty)
    assert empty.action.isHidden()
    empty.say("No people", "Add the first one.", "Add")
    assert not empty.action.isHidden()
    with qtbot.waitSignal(empty.acted):
        empty.action.click()


@pytest.mark.parametrize("text", HOSTILE)
def test_the_status_line_shows_any_text_in_one_line(qtbot, text):
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(600, 26)
    line.say(text)
    line.say_center(text)
    line.begin(text)
    line.progress(3, 7, text)
    assert line.height() == 26
    assert (line.bar.value(), line.bar.maximum()) == (3, 7)
    assert not line.grab().isNull()
    line.end()


@pytest.mark.parametrize(("done", "total"), [(0, 0), (0, 1), (1, 1), (10**6, 10**6)])
def test_progress_takes_any_count(qtbot, done, total):
    line = StatusLine()
    qtbot.addWidget(line)
    line.begin("Work", can_cancel=False)
    line.progress(done, total)
    assert line.cancel.isHidden()
    line.end()
    assert line.work.isHidden()


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_the_chosen_tab_is_underlined_whether_or_not_it_can_be_chosen(qtbot, chosen):
    tabs = Tabs(("&Roster", "Attendance", "R & D"))
    qtbot.addWidget(tabs)
    tabs.setTabEnabled(1, False)
    tabs.setCurrentIndex(chosen)
    tabs.resize(tabs.sizeHint())
    image = tabs.grab().toImage()
    rect = tabs.tabRect(tabs.currentIndex())
    assert image.pixelColor(rect.center().x(), rect.bottom() - 1) == theme.colors().accent


# The list under the search box


def hits(count, kind="person"):
    return [Hit(kind, n, f"Person {n}", "Rolla") for n in range(count)]


@pytest.fixture
def found(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    made = HitList(holder)
    made.kept = holder
    made.told = []
    made.picked.connect(made.told.append)
    return made


@pytest.mark.parametrize("count", [1, 5, SHOWN, SHOWN + 20])
def test_the_list_is_as_high_as_its_hits_up_to_nine(found, count):
    found.show_hits(hits(count), "")
    assert found.wanted_height() == min(count, SHOWN) * 40 + 12
    assert found.has_content()


@pytest.mark.parametrize(
    ("steps", "place"), [((1,), 1), ((-1,), 4), ((1,) * 5, 0), ((-1,) * 6, 4), ((7,), 2)]
)
def test_steps_go_around_the_ends(found, steps, place):
    found.show_hits(hits(5), "")
    for step in steps:
        found.step(step)
    found.pick_current()
    assert [hit.id for hit in found.told] == [place]


def test_a_list_of_nothing_can_be_stepped_and_picked(found):
    found.show_hits([], "")
    found.step(1)
    found.pick_current()
    assert found.told == []
    assert not found.has_content()


def test_nothing_found_is_said_and_new_hits_replace_it(found):
    found.show_hits([], "Nothing found.")
    assert found.has_content()
    assert found.nothing.text() == "Nothing found."
    found.show_hits(hits(2), "Nothing found.")
    assert found.nothing.isHidden()


@pytest.mark.parametrize("kind", ["person", "class", "agency", "certificate", "command", "other"])
@pytest.mark.parametrize("text", ["", "x" * 300, "<b>"])
def test_hits_of_every_kind_are_drawn_with_any_text(found, kind, text):
    found.show_hits([Hit(kind, 1, text, text)], "")
    found.resize(420, 60)
    assert not found.grab().isNull()


def test_a_hit_is_read_with_its_aside(found):
    found.show_hits([Hit("person", 1, "Ito, Ana", "Rolla"), Hit("class", 2, "CIT")], "")
    assert [found.rows.item(n).text() for n in range(2)] == ["Ito, Ana, Rolla", "CIT"]


COMMANDS = [Command(title, lambda: None) for title in ("New person…", "New class…", "Back up now")]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("", ["New person…", "New class…", "Back up now"]),
        ("new", ["New person…", "New class…"]),
        ("NEW P", ["New person…"]),
        ("p n", ["New person…"]),
        ("now", ["Back up now"]),
        ("ack", []),
        ("new new", ["New person…", "New class…"]),
    ],
)
def test_commands_are_found_by_the_beginnings_of_words(typed, titles):
    assert [hit.title for hit in matching(COMMANDS, typed)] == titles


@settings(max_examples=50)
@given(st.text(max_size=10), st.integers(0, 3))
def test_a_found_command_keeps_its_number(text, limit):
    found = matching(COMMANDS, text, limit)
    assert len(found) <= limit
    assert all(COMMANDS[hit.id].title == hit.title for hit in found)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_search_box_takes_any_text(qtbot, text):
    box = SearchBox()
    asked = []
    box.finder = lambda typed: asked.append(typed) or ()
    qtbot.addWidget(box)
    box.show()
    box.setText(text.replace("\n", " "))
    box.refresh_hits()
    assert asked == [text.replace("\n", " ").strip()]
    assert box.list.has_content()


# Counties


@pytest.fixture
def counties(qtbot):
    made = CountyList()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    made.told = []
    made.changed.connect(lambda: made.told.append(made.counties()))
    return made


def test_the_counties_of_missouri_are_listed_and_those_chosen_are_told(counties):
    counties.show_state("MO", ("Phelps", "Dent"))
    assert counties.list.count() == 115
    assert sorted(counties.counties()) == ["Dent", "Phelps"]
    assert counties.chosen.text() == "2 chosen: Dent, Phelps"
    assert counties.typed.isHidden()


def test_space_chooses_a_county_and_tells(counties):
    counties.show_state("MO")
    assert counties.chosen.text() == "None chosen yet; Space chooses"
    counties.list.setFocus()
    press(counties.list, Qt.Key.Key_Space, text=" ")
    first = counties.list.item(0).text()
    assert counties.told == [[first]]
    press(counties.list, Qt.Key.Key_Space, text=" ")
    assert counties.told == [[first], []]


def test_a_county_of_elsewhere_stays_in_the_list_and_chosen(counties):
    counties.show_state("MO", ("Atlantis", "Phelps"))
    assert counties.list.count() == 116
    assert counties.counties() == ["Atlantis", "Phelps"]


def test_counties_of_the_chapter_stand_first_and_in_sight(counties):
    counties.show_state("MO", ("Wright",), ("Texas", "Wright"))
    assert [counties.list.item(row).text() for row in range(3)] == ["Texas", "Wright", "Adair"]
    assert counties.list.count() == 115
    assert counties.list.currentRow() == 0
    assert counties.counties() == ["Wright"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Polk, Dallas", ["Polk", "Dallas"]),
        (" Polk ,, Dallas ,", ["Polk", "Dallas"]),
        ("", []),
        (" , ", []),
        ("St. Louis (city)", ["St. Louis (city)"]),
    ],
)
def test_where_no_list_ships_counties_are_typed(counties, typed, found):
    counties.show_state("IA")
    assert counties.frame.isHidden()
    counties.typed.setFocus()
    type_text(counties.typed, typed)
    press(counties.typed, Qt.Key.Key_Return)
    assert counties.told[-1] == found


def test_another_state_keeps_what_was_chosen(counties):
    counties.show_state("MO", ("Phelps",))
    counties.show_state("IA", counties.counties())
    assert counties.counties() == ["Phelps"]
    counties.show_state("MO", counties.counties())
    assert counties.counties() == ["Phelps"]


def test_showing_a_state_tells_nobody(counties):
    counties.show_state("MO", ("Phelps",))
    assert counties.told == []


# Menus


@pytest.fixture
def menus(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Menus(window)
    made.kept = window
    return made


def test_a_menu_appears_with_its_first_action(menus):
    assert not any(menus._menus[name].menuAction().isVisible() for name in TITLES)
    menus.add("class", "&Finalize…", lambda: None)
    assert menus._menus["class"].menuAction().isVisible()


def test_the_palette_offers_what_can_be_done_now_without_the_marks_of_keys(menus):
    ran = []
    menus.add("file", "&Back up now", lambda: ran.append("backup"), "Ctrl+B")
    menus.separator("file")
    menus.add("edit", "&Undo", lambda: None).setEnabled(False)
    menus.add("view", "Hidden", lambda: None).setVisible(False)
    menus.menu("view").addMenu("Sub").addAction("In a sub&menu")
    commands = menus.commands()
    assert [command.title for command in commands] == ["Back up now", "In a submenu"]
    assert commands[0].shortcut == "Ctrl+B"
    commands[0].run()
    assert ran == ["backup"]


def test_an_action_can_stand_before_another(menus):
    last = menus.add("file", "Quit", lambda: None)
    menus.add("file", "Open…", lambda: None, before=last)
    assert [action.text() for action in menus.menu("file").actions()] == ["Open…", "Quit"]
