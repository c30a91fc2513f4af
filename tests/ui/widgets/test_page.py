import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from ui.widgets.button import button
from ui.widgets.page import Page, focus_into


@pytest.fixture
def page(qtbot):
    made = Page("Classes")
    qtbot.addWidget(made)
    made.resize(1084, 754)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_it_says_what_it_is_and_where_one_is(page):
    page.set_title("40-hour CIT", "Oct 12–16 · Rolla")
    assert page.title.text() == "40-hour CIT"
    assert page.subtitle.text() == "Oct 12–16 · Rolla"
    assert page.title.font().bold()


def test_search_stands_at_the_upper_right(page):
    place = page.search.geometry()
    assert place.right() == page.width() - 29
    assert place.top() == 20


def test_only_one_button_is_filled_and_it_stands_last(page):
    finalize = button("Finalize class…")
    page.set_actions([button("Print"), button("Export")], finalize)
    shown = [page.actions_row.itemAt(n).widget() for n in range(page.actions_row.count())]
    assert [made.text() for made in shown] == ["Print", "Export", "Finalize class…"]
    assert [made.property("kind") for made in shown] == ["plain", "plain", "primary"]


def test_new_actions_replace_the_old_ones(page):
    page.set_actions([button("Print")], button("Finalize class…"))
    page.set_actions([], button("Reopen…"))
    assert page.actions_row.count() == 1
    assert page.primary.text() == "Reopen…"
    page.set_actions([], None)
    assert page.primary is None


def test_tabs_show_one_content_each(page):
    roster, attendance = QLabel("Roster"), QLabel("Attendance")
    page.add_content(roster, "Roster")
    page.add_content(attendance, "Attendance")
    assert page.tabs.isVisible()
    page.tabs.setCurrentIndex(1)
    assert attendance.isVisible()
    assert not roster.isVisible()


def test_one_content_needs_no_tabs_and_no_row_for_them(page):
    content = QLabel("People")
    page.add_content(content)
    page.layout().activate()
    assert not page.tabs.isVisible()
    high = page.stack.geometry().top()
    page.add_tool(QLineEdit())
    page.layout().activate()
    assert page.stack.geometry().top() > high + 30


def test_a_banner_takes_room_only_while_it_speaks(page):
    page.add_content(QLabel("People"))
    page.layout().activate()
    before = page.stack.geometry().top()
    page.banner.say("Five marks are still blank.")
    page.layout().activate()
    assert page.stack.geometry().top() > before + 30
    page.banner.clear()
    page.layout().activate()
    assert page.stack.geometry().top() == before


def test_a_long_title_leaves_the_search_in_its_place(page):
    before = page.search.geometry()
    page.set_title("A class with a very long name " * 8, "and a place with one " * 12)
    page.layout().activate()
    assert page.search.geometry() == before
    assert page.title.is_elided()


def test_f6_moves_from_the_content_to_the_search_and_out(page):
    line = QLineEdit()
    page.add_content(line)
    page.focus_start()
    assert page.focusWidget() is line
    assert page.next_pane()
    assert page.focusWidget() is page.search
    assert not page.next_pane()


def test_ctrl_f_goes_to_the_search_of_a_page_without_a_filter(page):
    page.add_content(QLabel("People"))
    page.focus_filter()
    assert page.focusWidget() is page.search


def test_the_focus_goes_into_a_pane_to_what_takes_keys(page):
    pane = QWidget()
    QLabel("Name", pane)
    off, on = QPushButton("Off", pane), QPushButton("On", pane)
    off.setEnabled(False)
    page.add_content(pane)
    assert focus_into(pane)
    assert page.focusWidget() is on


def test_a_pane_of_labels_takes_no_focus(page):
    pane = QWidget()
    QLabel("Name", pane)
    page.add_content(pane)
    assert not focus_into(pane)


def test_a_page_that_shows_no_records_watches_no_table(page):
    assert page.watches == frozenset()
    page.refresh(None)
    page.open_record(1)
    page.new_record()
    page.print_preview()
    assert page.title.text() == "Classes"
