import pytest
from PySide6.QtCore import Qt

from tests.ui.keys import press
from ui import theme
from ui.widgets.rail import Rail
from ui.widgets.tabs import Tabs


@pytest.fixture
def rail(qtbot):
    made = Rail("CIT Desktop")
    for key in ("today", "classes", "people"):
        made.add(key, key.title(), key)
    made.add("settings", "Settings", "settings", bottom=True)
    made.chapter.setText("Ozark Ridge CIT Council")
    qtbot.addWidget(made)
    made.resize(made.width(), 700)
    made.show()
    made.select("today")
    return made


def test_a_click_chooses_a_page(rail, qtbot):
    with qtbot.waitSignal(rail.chosen) as blocker:
        qtbot.mouseClick(rail.items[2], Qt.MouseButton.LeftButton)
    assert blocker.args == ["people"]
    assert rail.current() == "people"


def test_selecting_tells_nobody(rail, qtbot):
    with qtbot.assertNotEmitted(rail.chosen):
        rail.select("classes")
    assert [item.isChecked() for item in rail.items] == [False, True, False, False]


def test_nothing_is_chosen_by_an_unknown_name(rail):
    rail.select("nowhere")
    assert rail.current() == ""


def test_arrows_move_from_page_to_page(rail):
    chosen = []
    rail.chosen.connect(chosen.append)
    rail.items[0].setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Home):
        press(rail.focusWidget(), key)
    assert chosen == ["classes", "people", "classes", "settings", "today"]


def test_arrows_stop_at_the_ends(rail):
    rail.items[0].setFocus()
    press(rail.items[0], Qt.Key.Key_Up)
    assert rail.current() == "today"


def test_settings_stand_at_the_bottom(rail):
    tops = [item.y() for item in rail.items]
    assert tops == sorted(tops)
    assert tops[3] > 600
    assert tops[2] < 250


def test_the_chosen_page_is_on_accent_ground(rail):
    image = rail.grab().toImage()
    assert image.pixelColor(160, rail.items[0].geometry().center().y()) == theme.LIGHT.accent_ground
    assert image.pixelColor(160, rail.items[1].geometry().center().y()) == theme.LIGHT.rail


def test_only_the_chosen_page_is_reached_with_tab(rail):
    policies = [item.focusPolicy() for item in rail.items]
    assert policies.count(Qt.FocusPolicy.TabFocus) == 1
    assert policies[0] == Qt.FocusPolicy.TabFocus


def test_a_badge_is_read_aloud_too(rail):
    rail.set_badge("today", 4)
    assert rail.items[0].accessibleDescription() == "4 to do"
    before = rail.grab().toImage()
    rail.set_badge("today", 0)
    assert rail.items[0].accessibleDescription() == ""
    assert rail.grab().toImage() != before


def test_each_item_says_its_name(rail):
    names = [item.accessibleName() for item in rail.items]
    assert names == ["Today", "Classes", "People", "Settings"]


def test_the_chosen_tab_is_underlined_in_accent(qtbot):
    tabs = Tabs(("Roster", "Attendance"))
    qtbot.addWidget(tabs)
    tabs.show()
    tabs.setCurrentIndex(1)
    rect = tabs.tabRect(1)
    image = tabs.grab().toImage()
    assert image.pixelColor(rect.center().x(), rect.bottom() - 1) == theme.LIGHT.accent
    first = tabs.tabRect(0)
    assert image.pixelColor(first.center().x(), first.bottom() - 1) != theme.LIGHT.accent


def test_choosing_a_tab_moves_no_other_tab(qtbot):
    tabs = Tabs(("Roster", "Attendance", "Certificates"))
    qtbot.addWidget(tabs)
    tabs.show()
    before = [tabs.tabRect(n) for n in range(3)]
    tabs.setCurrentIndex(2)
    assert [tabs.tabRect(n) for n in range(3)] == before


def test_arrows_change_the_tab(qtbot):
    tabs = Tabs(("Roster", "Attendance"))
    qtbot.addWidget(tabs)
    tabs.show()
    press(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
