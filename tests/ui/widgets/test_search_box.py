import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.ui.keys import press, type_text
from ui.widgets.search_box import Command, Hit, SearchBox, matching

CARTER = Hit("person", 3, "Carter, Andrew Lynn", "Rolla 31 School District")
CLASS = Hit("class", 9, "40-hour CIT, October 2026", "Oct 12–16, 2026")
ANH = Hit("person", 5, "Nguyễn, Thị Ánh", "Compass Health Network")


def find(text):
    return [hit for hit in (CARTER, CLASS, ANH) if text.casefold() in hit.title.casefold()]


@pytest.fixture
def box(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    made = SearchBox()
    made.finder = find
    column.addWidget(made)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made.setFocus()
    made.holder = window
    return made


def titles(box):
    rows = box.list.rows
    return [rows.item(n).data(Qt.ItemDataRole.UserRole).title for n in range(rows.count())]


def test_hits_appear_as_one_types(box):
    type_text(box, "cart")
    assert box.list.isVisible()
    assert titles(box) == ["Carter, Andrew Lynn"]


def test_letters_of_any_alphabet_can_be_typed(box):
    type_text(box, "Thị Án")
    assert titles(box) == ["Nguyễn, Thị Ánh"]


def test_enter_opens_the_first_hit(box, qtbot):
    type_text(box, "cart")
    with qtbot.waitSignal(box.chosen) as blocker:
        press(box, Qt.Key.Key_Return)
    assert blocker.args == [CARTER]
    assert box.text() == ""
    assert not box.list.isVisible()


def test_arrows_choose_another_hit_and_go_around(box, qtbot):
    type_text(box, "c")
    assert titles(box) == [CARTER.title, CLASS.title]
    press(box, Qt.Key.Key_Down)
    press(box, Qt.Key.Key_Down)
    press(box, Qt.Key.Key_Up)
    with qtbot.waitSignal(box.chosen) as blocker:
        press(box, Qt.Key.Key_Enter)
    assert blocker.args == [CLASS]


def test_a_click_opens_a_hit(box, qtbot):
    type_text(box, "c")
    rows = box.list.rows
    place = rows.visualItemRect(rows.item(1)).center()
    with qtbot.waitSignal(box.chosen) as blocker:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert blocker.args == [CLASS]


def test_escape_closes_the_list_and_empties_the_box(box):
    type_text(box, "c")
    press(box, Qt.Key.Key_Escape)
    assert not box.list.isVisible()
    assert box.text() == ""


def test_finding_nothing_says_so(box):
    type_text(box, "xyz")
    assert box.list.isVisible()
    assert box.list.nothing.text().startswith("Nothing found for “xyz”")


def test_an_empty_box_shows_no_list(box):
    type_text(box, "c")
    press(box, Qt.Key.Key_Backspace)
    assert not box.list.isVisible()


def test_leaving_the_box_closes_the_list(box, qtbot):
    type_text(box, "c")
    box.holder.findChildren(QLineEdit)[-1].setFocus()
    qtbot.waitUntil(lambda: not box.list.isVisible())


def test_the_list_stays_inside_the_window(box):
    type_text(box, "c")
    assert box.holder.rect().contains(box.list.geometry())


def test_the_palette_lists_commands_at_once(box):
    box.commands = [Command("New class…", int, "Ctrl+N"), Command("Quit", int, "Ctrl+Q")]
    box.open_palette()
    assert titles(box) == ["New class…", "Quit"]
    assert box.list.rows.item(0).text() == "New class…, Ctrl+N"


def test_a_command_is_run_and_not_told_as_a_hit(box, qtbot):
    ran = []
    box.commands = [Command("Quit", lambda: ran.append("quit"))]
    box.open_palette()
    type_text(box, "qu")
    with qtbot.assertNotEmitted(box.chosen):
        press(box, Qt.Key.Key_Return)
    assert ran == ["quit"]


def test_records_stand_before_commands(box):
    box.commands = [Command("Close the file", int)]
    type_text(box, "c")
    assert titles(box) == [CARTER.title, CLASS.title, "Close the file"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["New class…", "New person…", "Print roster…"]),
        ("new", ["New class…", "New person…"]),
        ("per", ["New person…"]),
        ("n p", ["New person…"]),
        ("ew", []),
    ],
)
def test_commands_match_by_the_starts_of_their_words(text, found):
    commands = [Command(t, int) for t in ("New class…", "New person…", "Print roster…")]
    assert [hit.title for hit in matching(commands, text)] == found


def test_a_matched_command_keeps_its_place_in_the_list():
    commands = [Command("New class…", int), Command("Quit", int)]
    assert [hit.id for hit in matching(commands, "quit")] == [1]


def test_the_list_is_drawn_with_titles_and_asides(box):
    type_text(box, "c")
    image = box.list.grab().toImage()
    colors = {image.pixelColor(x, 24).name() for x in range(image.width())}
    assert len(colors) > 3
