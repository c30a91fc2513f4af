"""The page of a class: title, tabs, banner, next step, finalizing and reopening."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services import attendance, classes, enrollment, finalize
from ui.pages.classes import page as class_page
from ui.pages.classes.page import ClassPage
from ui.pages.classes.places import ATTENDANCE, CERTIFICATES, DOCUMENTS, ROSTER, SCHEDULE


@pytest.fixture
def open_page(show):
    """The page on a class, told what changes as a window does it."""

    def opened(training):
        page = show(ClassPage(training.context))
        training.context.commands.changed.connect(page.refresh)
        page.refresh(None)
        page.open_record(training.class_id)
        return page

    return opened


def done(training):
    """Everybody was there and the class is finalized."""
    training.all_present()
    training.do(finalize.finalize, training.class_id)


def menu_texts(page):
    return [action.text().replace("&", "") for action in page.steps.menu.actions()]


def test_title_and_line_say_what_and_where(marked, open_page):
    page = open_page(marked)
    assert page.title.text() == "40-hour CIT, October 2026"
    assert "5 of 30 seats" in page.subtitle.text()


def test_a_class_that_is_being_marked_opens_on_attendance(marked, open_page):
    page = open_page(marked)
    assert page.tabs.currentIndex() == ATTENDANCE
    assert page.primary.text() == "Finali&ze class…"
    assert page.attendance.grid.data.people[0].name == "Allen, Margaret"


def test_an_empty_class_opens_on_its_roster_and_offers_to_import(empty, open_page, qtbot):
    empty.class_id = empty.add_class()
    page = open_page(empty)
    assert page.tabs.currentIndex() == ROSTER
    assert not page.banner.isVisible()
    with qtbot.waitSignal(page.go) as went:
        qtbot.mouseClick(page.primary, Qt.MouseButton.LeftButton)
    assert went.args == ["import", empty.class_id]


def test_a_finalized_class_opens_on_its_certificates_with_one_filled_button(marked, open_page):
    done(marked)
    page = open_page(marked)
    assert page.tabs.currentIndex() == CERTIFICATES
    assert page.primary is None
    page.show_tab(ROSTER)
    assert page.primary.text() == "&Issue certificates…"


def test_the_banner_says_what_is_missing_and_leads_there(marked, open_page, qtbot):
    page = open_page(marked)
    page.show_tab(ROSTER)
    assert page.banner.label.text() == (
        "One person is short of 40 hours and one mark is still blank. Blank is not present: mark "
        "each before the class is finalized."
    )
    qtbot.mouseClick(page.banner.link, Qt.MouseButton.LeftButton)
    assert page.tabs.currentIndex() == ATTENDANCE
    assert page.attendance.grid.current() == (marked.enrolled["O'Brien"], marked.blocks[7])


def test_the_banner_follows_each_key(marked, open_page, qtbot):
    page = open_page(marked)
    page.attendance.show_place(marked.enrolled["O'Brien"], marked.blocks[7])
    qtbot.keyClick(page.attendance.grid.panes.blocks, Qt.Key.Key_P)
    assert page.banner.label.text() == "One person is short of 40 hours."


def test_a_key_reads_neither_class_nor_grid_again(marked, open_page, qtbot):
    page = open_page(marked)
    before = page.hours
    page.attendance.show_place(marked.enrolled["O'Brien"], marked.blocks[7])
    qtbot.keyClick(page.attendance.grid.panes.blocks, Qt.Key.Key_P)
    assert page.hours is before
    page.show_tab(ROSTER)
    row = page.roster.table.records.row_of(marked.enrolled["O'Brien"])
    assert page.roster.table.records.record(row).minutes == 2400


def test_coming_back_to_the_grid_shows_the_marks_made_before(marked, open_page, qtbot):
    page = open_page(marked)
    page.attendance.show_place(marked.enrolled["Allen"], marked.blocks[0])
    qtbot.keyClick(page.attendance.grid.panes.blocks, Qt.Key.Key_A)
    page.show_tab(ROSTER)
    page.show_tab(ATTENDANCE)
    key = marked.enrolled["Allen"], marked.blocks[0]
    assert page.attendance.grid.data.marks[key].kind == "absent"


def test_what_is_done_elsewhere_reaches_the_tab_in_sight(marked, open_page):
    page = open_page(marked)
    done_elsewhere = page.context.commands.do(
        "Clear", attendance.clear, marked.blocks[0], marked.enrolled["Allen"]
    )
    assert done_elsewhere
    assert "two marks are still blank" in page.banner.label.text()
    assert (marked.enrolled["Allen"], marked.blocks[0]) not in page.attendance.grid.data.marks


def test_a_refusal_stands_in_the_banner_until_it_is_dismissed(marked, open_page, qtbot):
    page = open_page(marked)
    page.attendance._say("Nothing of this block was missed.")
    assert page.banner.label.text() == "Nothing of this block was missed."
    page.attendance._fill(marked.blocks[7], False)
    page.refresh(None)
    assert page.banner.label.text() == "Nothing of this block was missed."
    qtbot.mouseClick(page.banner.close_button, Qt.MouseButton.LeftButton)
    assert page.banner.label.text().startswith("One person is short")


def test_a_new_class_takes_what_is_typed_as_people(empty, open_page, qtbot):
    empty.class_id = empty.add_class()
    page = open_page(empty)
    page.activateWindow()
    page.focus_start()
    assert page.roster.quick_add.line.hasFocus()
    qtbot.keyClicks(page.focusWidget(), "Allen")
    assert page.roster.quick_add.line.text() == "Allen"


def test_what_was_done_offers_undo(marked, open_page):
    page = open_page(marked)
    page.attendance._fill(marked.blocks[7], False)
    assert page.undo_banner.isVisible()
    assert page.undo_banner.link.text() == "Undo"


# Finalizing


def test_finalizing_lists_what_prevents_it_and_leads_to_the_cell(marked, open_page, qtbot):
    page = open_page(marked)
    page.show_tab(ROSTER)
    qtbot.mouseClick(page.primary, Qt.MouseButton.LeftButton)
    assert not page.dialog.possible
    assert "O'Brien, Donald is not marked" in page.dialog.lines.item(0).text()
    qtbot.keyClick(page.dialog.lines, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == ATTENDANCE
    assert page.attendance.grid.current() == (marked.enrolled["O'Brien"], marked.blocks[7])
    assert page.attendance.grid.panes.blocks.hasFocus()


def test_finalizing_locks_the_class_and_goes_to_the_certificates(marked, open_page, qtbot):
    marked.do(attendance.fill_blanks, marked.blocks[7])
    page = open_page(marked)
    page.ask_finalize()
    assert page.dialog.text.text().startswith("4 people complete the class; 1 attends in part.")
    page.dialog.finalize.click()
    assert marked.view().status == "finalized"
    assert page.tabs.currentIndex() == CERTIFICATES
    assert page.banner.link.text() == "Reopen…"
    assert "4 people completed, 1 attended in part" in page.banner.label.text()
    page.show_tab(ATTENDANCE)
    assert page.attendance.grid.data.locked


@pytest.mark.parametrize(
    ("kind", "tab"),
    [
        ("score", ROSTER),
        ("scenario", ROSTER),
        ("empty", ROSTER),
        ("blocks", SCHEDULE),
        ("hours", SCHEDULE),
        ("future", ATTENDANCE),
    ],
)
def test_each_kind_of_hindrance_has_its_place(marked, open_page, kind, tab):
    page = open_page(marked)
    person = marked.enrolled["Davis"] if kind in ("score", "scenario") else None
    block = marked.blocks[3] if kind in ("hours", "future") else None
    page.jump(class_page.Hindrance("…", person, block, kind=kind))
    assert page.tabs.currentIndex() == tab
    if person is not None:
        assert page.roster.table.current_id() == person
    if kind == "hours":
        assert page.schedule.block().id == block


def test_a_score_that_is_missing_leads_to_the_person(marked, open_page, qtbot):
    view = marked.view()
    marked.do(classes.update, view.id, view.version, min_score=80)
    marked.all_present()
    page = open_page(marked)
    page.ask_finalize()
    texts = [page.dialog.lines.item(n).text() for n in range(page.dialog.lines.count())]
    assert "Allen, Margaret has no test score." in texts
    page.dialog.lines.opened.emit(texts.index("Allen, Margaret has no test score."))
    assert page.roster.table.current_id() == marked.enrolled["Allen"]


def test_undo_of_what_came_before_is_not_offered_behind_the_lock(marked, open_page):
    marked.do(attendance.fill_blanks, marked.blocks[7])
    page = open_page(marked)
    page.undo_banner.done("Somebody was marked.")
    page.finalize()
    assert page.tabs.currentIndex() == CERTIFICATES
    assert not page.undo_banner.isVisible()


def test_a_class_changed_meanwhile_is_not_finalized(marked, open_page):
    page = open_page(marked)
    page.finalize()
    assert "cannot be finalized yet" in page.banner.label.text()
    assert marked.view().status == "open"


def test_reopening_asks_for_a_reason_and_says_what_becomes_of_certificates(
    marked, open_page, qtbot
):
    done(marked)
    page = open_page(marked)
    qtbot.mouseClick(page.banner.link, Qt.MouseButton.LeftButton)
    page.reopen_dialog.reason.setPlainText("Wrong sheet")
    page.reopen_dialog.reopen.click()
    assert marked.view().status == "open"
    assert marked.view().reopen_reason == "Wrong sheet"
    assert page.undo_banner.label.text() == (
        "The class is open again. No certificates were issued yet."
    )
    assert page.primary.text() == "Finali&ze class…"


def test_a_reopened_class_says_why_when_nothing_is_missing(training, open_page):
    done(training)
    training.do(finalize.reopen, training.class_id, "Name misspelled")
    page = open_page(training)
    assert page.banner.label.text() == "Reopened: Name misspelled"


# What else there is


def test_a_class_can_be_cancelled_and_reinstated(marked, open_page, qtbot):
    page = open_page(marked)
    page.steps._cancel()
    assert marked.view().status == "cancelled"
    assert page.banner.label.text().startswith("This class is cancelled.")
    assert page.primary.text() == "&Reinstate class"
    qtbot.mouseClick(page.primary, Qt.MouseButton.LeftButton)
    assert marked.view().status == "open"


def test_a_class_can_be_archived_and_taken_out_again(marked, open_page):
    page = open_page(marked)
    page.steps._archive()
    assert marked.view().archived
    assert "Take out of the archive" in menu_texts(page)
    page.steps._archive()
    assert not marked.view().archived


def test_the_menu_offers_what_fits_the_state(marked, open_page):
    page = open_page(marked)
    assert menu_texts(page) == [
        "Import a list…",
        "Edit roster in Excel…",
        "Edit attendance in Excel…",
        "Print sign-in sheets",
        "Class details",
        "",
        "Cancel class",
        "Archive class",
    ]
    marked.do(attendance.fill_blanks, marked.blocks[7])
    page.finalize()
    assert menu_texts(page)[1:] == ["Class details", "Reopen class…", "", "Archive class"]
    page.steps._details()
    assert page.tabs.currentIndex() == SCHEDULE
    assert page.schedule.pane.currentIndex() == 1


def test_ctrl_tab_goes_round_the_tabs(marked, open_page, qtbot):
    page = open_page(marked)
    page._step_tab(1)
    assert page.tabs.currentIndex() == CERTIFICATES
    page._step_tab(-1)
    page._step_tab(-1)
    assert page.tabs.currentIndex() == SCHEDULE
    page.show_tab(DOCUMENTS)
    page._step_tab(1)
    assert page.tabs.currentIndex() == ROSTER


def test_ctrl_n_adds_a_person(marked, open_page):
    page = open_page(marked)
    page.new_record()
    assert page.tabs.currentIndex() == ROSTER
    assert page.roster.quick_add.line.hasFocus()


def test_work_starts_in_the_grid(marked, open_page):
    page = open_page(marked)
    page.focus_start()
    assert page.attendance.grid.panes.blocks.hasFocus()


def test_another_class_is_shown_from_its_own_beginning(marked, open_page):
    page = open_page(marked)
    page.show_tab(SCHEDULE)
    other = marked.add_class("Empty class", code="E-1")
    page.open_record(other)
    assert page.title.text() == "Empty class"
    assert page.tabs.currentIndex() == ROSTER
    page.show_tab(SCHEDULE)
    assert {block.id for block in page.schedule.source.blocks}.isdisjoint(marked.blocks)


def test_the_same_class_opened_again_keeps_its_tab(marked, open_page):
    page = open_page(marked)
    page.show_tab(SCHEDULE)
    page.open_record(marked.class_id)
    assert page.tabs.currentIndex() == SCHEDULE


def test_a_class_that_is_gone_leads_back_to_the_list(marked, open_page, qtbot):
    page = open_page(marked)
    with qtbot.waitSignal(page.go) as went:
        page.open_record(99_999)
    assert went.args == ["classes", None]
    page.refresh(None)
    assert page.view is None


def test_only_an_id_opens_a_class(marked, open_page):
    page = open_page(marked)
    page.open_record("forty")
    assert page.view.id == marked.class_id


def test_the_roster_tab_shows_who_was_added_in_the_grid(marked, open_page):
    page = open_page(marked)
    torres = marked.add_person("Torres", "Deborah")
    page.attendance.walk_in.add_known(torres)
    page.show_tab(ROSTER)
    names = [page.roster.table.records.text(n, 0) for n in range(page.roster.table.count())]
    assert "Torres, Deborah" in names


def test_sign_in_sheets_are_offered_before_the_class_begins(training, open_page, today):
    from datetime import date

    later = training.add_class("Later", start=date(2026, 12, 7), code="L-1")
    training.do(enrollment.enroll, later, training.people["Allen"])
    training.class_id = later
    page = open_page(training)
    assert page.primary.text() == "&Print sign-in sheets"
    assert page.tabs.currentIndex() == ROSTER
    assert not page.banner.isVisible()


def test_printing_shows_the_sheets_first(marked, open_page, qtbot):
    page = open_page(marked)
    with qtbot.waitSignal(marked.context.commands.jobs.idle, timeout=20_000):
        page.print_preview()
    assert page.tabs.currentIndex() == DOCUMENTS
    qtbot.waitUntil(lambda: page.documents.papers.dialog is not None)
    page.documents.papers.dialog.close()


def test_tabs_and_inputs_have_names_for_a_screen_reader(marked, open_page):
    page = open_page(marked)
    named = (
        page.tabs,
        page.roster.table,
        page.schedule.table,
        page.attendance.grid.panes.blocks,
        page.roster.quick_add.line,
    )
    assert all(widget.accessibleName() for widget in named)


def test_the_state_roster_of_a_class_is_the_last_step(marked, open_page, qtbot):
    page = open_page(marked)
    with qtbot.waitSignal(page.go) as went:
        page.steps._report()
    assert went.args == ["rosters", ("", marked.class_id)]
