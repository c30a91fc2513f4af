"""Filters with counts, pills, the place to drop files, and files dropped on the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from ui import dropping, theme
from ui.context import Context
from ui.main_window import MainWindow, PageEntry
from ui.widgets.chips import ChipItem, Chips
from ui.widgets.drop_zone import DropZone
from ui.widgets.marks import Pill
from ui.widgets.page import Page
from ui.widgets.pill_label import PillLabel

ALL = ChipItem("all", Pill("All", shape="none"), 5)
NEW = ChipItem("new", Pill("New", "good", "full"), 3)
WRONG = ChipItem("wrong", Pill("Wrong", "wrong", "cross"), 0)


@pytest.fixture
def chips(qtbot):
    made = Chips("Which rows")
    qtbot.addWidget(made)
    made.show_items([ALL, NEW, WRONG])
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_the_first_filter_is_chosen_and_empty_ones_are_hidden(chips):
    assert chips.current() == "all"
    assert chips.chips["new"].isVisible()
    assert not chips.chips["wrong"].isVisible()


def test_a_click_and_the_arrows_choose(chips, qtbot):
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.mouseClick(chips.chips["new"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["new"]
    chips.chips["new"].setFocus()
    qtbot.keyClick(chips.chips["new"], Qt.Key.Key_Left)
    assert chips.current() == "all"


def test_a_filter_that_runs_empty_gives_way_to_the_first(chips):
    chips.choose("new")
    chips.show_items([ALL, ChipItem("new", NEW.pill, 0), WRONG])
    assert chips.current() == "all"


def test_counts_are_written_and_spoken(chips):
    chips.show_items([ALL, ChipItem("new", NEW.pill, 1234), WRONG])
    assert chips.chips["new"].text() == "New 1,234"
    assert chips.chips["new"].accessibleName() == "Show New 1,234"


def test_the_chosen_filter_is_told_by_more_than_its_color(chips):
    before = chips.chips["new"].grab().toImage()
    chips.choose("new")
    assert chips.chips["new"].grab().toImage() != before
    assert chips.chips["new"].isChecked()


def test_a_pill_says_its_state_in_words_with_a_reason(qtbot):
    made = PillLabel(Pill("Sure", "good", "full"))
    qtbot.addWidget(made)
    wide = made.sizeHint().width()
    made.set_pill(Pill("To look at", "care", "warning"), "By its heading")
    assert made.accessibleName() == "To look at"
    assert made.toolTip() == "<span>By its heading</span>"
    assert made.sizeHint().width() > wide


def test_a_pill_without_a_shape_takes_less_room(qtbot):
    plain, shaped = PillLabel(Pill("New", shape="none")), PillLabel(Pill("New"))
    for made in (plain, shaped):
        qtbot.addWidget(made)
    assert plain.sizeHint().width() < shaped.sizeHint().width()
    assert not plain.grab().isNull()


def test_the_place_to_drop_lights_up_while_a_file_is_held_over_it(qtbot):
    zone = DropZone()
    qtbot.addWidget(zone)
    zone.resize(200, 100)
    ground = zone.grab().toImage().pixelColor(100, 50)
    zone.light(True)
    assert zone.grab().toImage().pixelColor(100, 50) == theme.colors().accent_ground
    zone.light(False)
    assert zone.grab().toImage().pixelColor(100, 50) == ground


# Files dropped on the window -------------------------------------------------------------------


class Taker(Page):
    """A page that remembers what was dropped."""

    def __init__(self, title, into=None):
        super().__init__(title)
        self.into = into
        self.taken = []

    def import_into(self):
        return self.into

    def take_dropped(self, paths, class_id=None):
        self.taken.append((paths, class_id))


ENTRIES = (
    PageEntry("classes", "Classes", "classes", lambda _context: Taker("Class", 7)),
    PageEntry("people", "People", "people", lambda _context: Page("People")),
    PageEntry("import", "Import", "import", lambda _context: Taker("Import"), under="people"),
)


@pytest.fixture
def window(qtbot):
    made = MainWindow(ENTRIES)
    qtbot.addWidget(made)
    return made


def events(*urls, text=""):
    data = QMimeData()
    if urls:
        data.setUrls(list(urls))
    if text:
        data.setText(text)
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    more = (actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    return QDragEnterEvent(QPoint(5, 5), *more), QDropEvent(QPointF(5, 5), *more), data


def test_a_file_dropped_on_a_class_is_imported_into_it(window, context: Context, tmp_path):
    window.attach(context)
    path = tmp_path / "list.csv"
    enter, drop, _data = events(QUrl.fromLocalFile(str(path)))
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert enter.dropAction() == Qt.DropAction.CopyAction
    QApplication.sendEvent(window, drop)
    assert window.page() is window.pages["import"]
    assert window.pages["import"].taken == [([path], 7)]


def test_a_file_dropped_on_another_page_goes_into_no_class(window, context, tmp_path):
    window.attach(context)
    window.show_page("people")
    enter, drop, _data = events(QUrl.fromLocalFile(str(tmp_path / "list.csv")))
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, drop)
    assert window.pages["import"].taken == [([tmp_path / "list.csv"], None)]


def test_nothing_can_be_dropped_before_records_are_open(window, tmp_path):
    enter, _drop, _data = events(QUrl.fromLocalFile(str(tmp_path / "list.csv")))
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_a_dragged_text_is_not_taken(window, context):
    window.attach(context)
    enter, _drop, _data = events(text="Ana Ito")
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_only_files_of_this_computer_count(tmp_path):
    here, there = QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/x.csv")
    assert dropping.files_of(events(here, there)[2]) == [tmp_path]
    assert dropping.files_of(events(there)[2]) == []


def test_filters_that_are_not_asked_for_any_more_are_hidden(chips):
    chips.choose("new")
    other = ChipItem("other", Pill("Other"), 2)
    chips.show_items([ALL, other])
    assert chips.chips["new"].isHidden()
    assert not chips.chips["other"].isHidden()
    assert chips.current() == "all"
