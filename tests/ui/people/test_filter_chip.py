import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.ui.keys import press, type_text
from ui.pages.filter_chip import FilterChip
from ui.pages.filter_row import FilterRow
from ui.pages.list_sources import ListSource
from ui.widgets.record_table import Sort

COUNTIES = [(name, name) for name in ("Crawford", "Dent", "Maries", "Phelps", "Pulaski")]
MANY = [(n, f"Agency {n:03}") for n in range(40)]


@pytest.fixture
def window(qtbot):
    made = QWidget()
    QVBoxLayout(made).addStretch(1)
    qtbot.addWidget(made)
    made.resize(500, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def chip(window):
    made = FilterChip("C&ounty", "All counties", lambda: COUNTIES)
    window.layout().insertWidget(0, made)
    made.told = []
    made.changed.connect(lambda: made.told.append(made.value))
    return made


def texts(popup):
    items = [popup.list.item(n) for n in range(popup.list.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_a_chip_is_called_what_it_filters_by_until_it_does(chip):
    assert chip.text() == "C&ounty"
    assert chip.accessibleName() == "Filter by county"
    chip.choose("Dent", "Dent")
    assert chip.text() == "Dent"
    assert chip.accessibleName() == "Filter by county: Dent"


def test_a_click_lists_the_choices_and_a_click_takes_one(chip, qtbot):
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    popup = chip.popup
    assert texts(popup) == ["All counties", *(text for _v, text in COUNTIES)]
    popup.list.itemClicked.emit(popup.list.item(2))
    assert chip.told == ["Dent"]
    assert not popup.isVisible()


def test_arrows_and_enter_choose(chip):
    chip.setFocus()
    press(chip, Qt.Key.Key_Down)
    popup = chip.popup
    press(popup.list, Qt.Key.Key_Down)
    press(popup.list, Qt.Key.Key_Down)
    press(popup.list, Qt.Key.Key_Return)
    assert chip.value == "Dent"
    assert chip.hasFocus()


def test_esc_closes_the_list_and_changes_nothing(chip):
    chip.setFocus()
    chip.open_choices()
    popup = chip.popup
    press(popup.list, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert chip.told == []


def test_the_list_goes_with_the_focus(chip, window):
    other = QLineEdit()
    window.layout().addWidget(other)
    other.show()
    chip.setFocus()
    chip.open_choices()
    popup = chip.popup
    other.setFocus()
    assert not popup.isVisible()


def test_the_list_stands_on_the_choice_in_force(chip):
    chip.set_value("Phelps", "Phelps")
    chip.open_choices()
    assert chip.popup.list.currentItem().text() == "Phelps"


def test_all_takes_the_filter_away(chip):
    chip.set_value("Phelps", "Phelps")
    chip.open_choices()
    chip.popup.list.itemClicked.emit(chip.popup.list.item(0))
    assert chip.told == [None]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_del_takes_the_filter_away(chip, key):
    chip.set_value("Phelps", "Phelps")
    press(chip, key)
    assert chip.told == [None]
    assert chip.text() == "C&ounty"


def test_the_cross_takes_the_filter_away(chip, qtbot):
    chip.set_value("Phelps", "Phelps")
    chip.resize(chip.sizeHint())
    where = QPoint(chip.width() - 16, chip.height() // 2)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=where)
    assert chip.told == [None]


def test_choosing_the_same_again_tells_nobody(chip):
    chip.set_value("Phelps", "Phelps")
    chip.choose("Phelps", "Phelps")
    assert chip.told == []


def test_a_long_list_has_a_line_that_narrows_it(chip, window):
    long = FilterChip("A&gency", "All agencies", lambda: MANY)
    window.layout().addWidget(long)
    long.open_choices()
    popup = long.popup
    assert popup.line.hasFocus()
    type_text(popup.line, "03 agen")
    assert texts(popup) == ["Agency 003", *(f"Agency {n:03}" for n in range(30, 40))]
    press(popup.line, Qt.Key.Key_Down)
    press(popup.line, Qt.Key.Key_Return)
    assert long.value == 30


def test_a_line_that_matches_nothing_chooses_nothing(window):
    long = FilterChip("A&gency", "All agencies", lambda: MANY)
    window.layout().addWidget(long)
    long.open_choices()
    type_text(long.popup.line, "zzz")
    press(long.popup.line, Qt.Key.Key_Return)
    assert long.value is None


def test_a_short_list_has_no_line(chip):
    chip.open_choices()
    assert not chip.popup.line.isVisible()


def test_a_chip_without_choices_is_switched(window):
    switch = FilterChip("Archi&ved")
    window.layout().addWidget(switch)
    switch.click()
    assert switch.value is True
    switch.click()
    assert switch.value is None


def test_a_name_with_an_ampersand_is_shown_as_it_is(chip):
    chip.set_value(1, "Smith & Sons")
    assert chip.text() == "Smith && Sons"
    assert chip.shown == "Smith & Sons"


def test_a_long_value_does_not_widen_the_row(chip):
    chip.set_value(1, "x" * 300)
    assert chip.sizeHint().width() <= 220


def test_a_row_says_in_words_what_hides_the_rest(chip, qtbot):
    line = QLineEdit()
    row = FilterRow(line, (chip,))
    qtbot.addWidget(row)
    qtbot.addWidget(line)
    assert row.hiding() == []
    chip.choose("Dent", "Dent")
    with qtbot.waitSignal(row.changed):
        line.setText(" ito ")
    assert row.hiding() == ["the words “ito”", "the county “Dent”"]
    with qtbot.waitSignal(row.changed):
        row.clear()
    assert row.hiding() == []


class Thing:
    def __init__(self, name, day):
        self.name, self.day = name, day


def test_a_list_is_put_in_order_with_the_empty_ones_last():
    source = ListSource()
    source.items = [Thing("b", 2), Thing("A", None), Thing("c", 1)]
    assert list(source.ids(None, {})) == [0, 1, 2]
    assert source.ids(Sort("name"), {}) == [1, 0, 2]
    assert source.ids(Sort("day"), {}) == [2, 0, 1]
    assert source.ids(Sort("day", descending=True), {}) == [0, 2, 1]
    assert list(source.rows([0, 7])) == [0]
