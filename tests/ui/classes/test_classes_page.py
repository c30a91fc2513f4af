"""The list of classes."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services import classes
from ui.dialogs.new_class import NewClassDialog
from ui.pages.classes.listing import COLUMNS, ClassesPage


@pytest.fixture
def page(training, show):
    training.add_class("CIT refresher, March 2025", start=date(2025, 3, 4), course_code="REF8")
    made = show(ClassesPage(training.context))
    made.refresh(None)
    return made


def titles(page):
    return [page.table.records.text(row, 0) for row in range(page.table.count())]


def row_texts(page, row):
    return {c.key: page.table.records.text(row, n) for n, c in enumerate(COLUMNS)}


def test_the_newest_class_comes_first(page):
    assert titles(page) == ["40-hour CIT, October 2026", "CIT refresher, March 2025"]


def test_a_row_says_dates_place_state_people_and_blanks(page):
    assert row_texts(page, 0) == {
        "title": "40-hour CIT, October 2026",
        "starts": "Oct 12–16, 2026",
        "location": "Courthouse, Rolla, Phelps County",
        "status": "To finalize",
        "people": "5 of 30",
        "blanks": "50",
        "certificates": "",
    }


def test_enter_opens_the_class(page, training, qtbot):
    page.table.choose(training.class_id)
    with qtbot.waitSignal(page.go) as went:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert went.args == ["class", training.class_id]


def test_words_year_and_state_narrow_the_list(page, qtbot):
    qtbot.keyClicks(page.words, "refresher")
    assert titles(page) == ["CIT refresher, March 2025"]
    page.words.clear()
    page.year.setCurrentIndex(page.year.findText("2026"))
    page.year.activated.emit(page.year.currentIndex())
    assert titles(page) == ["40-hour CIT, October 2026"]
    assert page.subtitle.text() == "1 class with the year 2026"


def test_nothing_found_says_which_filter_hides_the_rest_and_takes_it_away(page, qtbot):
    qtbot.keyClicks(page.words, "zebra")
    assert page.inside.currentWidget() is page.empty
    assert page.empty.text.text() == "The other classes are hidden by the words “zebra”."
    qtbot.mouseClick(page.empty.action, Qt.MouseButton.LeftButton)
    assert len(titles(page)) == 2
    assert page.inside.currentWidget() is page.card


def test_the_filter_takes_the_cursor(page):
    page.focus_filter()
    assert page.words.hasFocus()
    assert page.panes()[0] is page.table


def test_an_empty_list_says_what_a_class_is_and_offers_the_first(empty, show, qtbot):
    page = show(ClassesPage(empty.context))
    page.refresh(None)
    assert page.empty.title.text() == "No classes yet"
    assert "one run of a course" in page.empty.text.text()
    qtbot.mouseClick(page.empty.action, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, NewClassDialog)
    page.dialog.reject()


def test_a_new_class_is_made_and_opened(page, training, qtbot):
    page.new_record()
    dialog = page.dialog
    dialog.title.setText("Weekend class")
    dialog.location.setText("Library")
    with qtbot.waitSignal(page.go) as went:
        qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    key, class_id = went.args
    made = training.ask(classes.view, class_id)
    assert key == "class"
    assert (made.title, made.location, len(made.blocks)) == ("Weekend class", "Library", 10)


def test_without_a_chapter_the_page_says_where_to_set_it_up(context, show):
    page = show(ClassesPage(context))
    page.refresh(None)
    page.new_class()
    assert page.dialog is None
    assert "Set up your chapter" in page.banner.label.text()


def test_a_refused_class_is_said_in_the_banner(page, training):
    page._create(training.chapter_id, classes.ClassDraft("X", date(2026, 1, 5)))
    assert "A class needs a course." in page.banner.label.text()


def test_del_archives_and_offers_to_undo(page, training, qtbot):
    page.table.choose(training.class_id)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert training.view().archived
    assert page.undo_banner.label.text() == "“40-hour CIT, October 2026” was archived."
    page.refresh(None)
    assert titles(page) == ["CIT refresher, March 2025"]
    page.status_box.setCurrentIndex(page.status_box.findText("Archived too"))
    page.status_box.activated.emit(0)
    assert len(titles(page)) == 2
