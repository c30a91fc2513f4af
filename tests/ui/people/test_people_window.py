"""The pages of people in the window: keys, panes, and refusals that are said once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QTableView

from cit_desktop.services import people, undo
from tests.ui.keys import press
from tests.ui.people.forms import problem, type_into
from ui.entries import ENTRIES
from ui.main_window import MainWindow
from ui.preferences import Preferences


@pytest.fixture
def window(trained, qtbot):
    preferences = Preferences()
    preferences.set("window/page", "people")
    made = MainWindow(ENTRIES, preferences)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.attach(trained.context)
    made.undo_requested.connect(lambda: undo.undo(trained.context.db))
    yield made
    trained.context.commands.jobs.wait()
    made.detach()


def page(window, key):
    window.show_page(key)
    return window.pages[key]


def action(window, text):
    found = [a for a in window.findChildren(QAction) if a.text().replace("&", "") == text]
    return found[0]


def test_the_menu_offers_what_the_page_can_make(window):
    page(window, "people")
    action(window, "New person…").trigger()
    shown = window.pages["people"]
    assert shown.has_form()
    page(window, "agencies")
    assert action(window, "New agency…").isEnabled()


def test_the_menu_prints_the_transcript(window, trained, qtbot):
    window.show_page("person", trained.people["Allen"])
    action(window, "Print transcript…").trigger()
    shown = window.pages["person"]
    qtbot.waitUntil(lambda: shown.papers.dialog is not None)
    shown.papers.dialog.reject()


def test_work_begins_in_the_table(window):
    assert page(window, "people").table.hasFocus()


def test_f6_goes_from_the_table_to_the_pane_and_on(window):
    shown = page(window, "people")
    shown.show_now()
    shown.table.setFocus()
    window.next_pane()
    assert shown.right.isAncestorOf(window.focusWidget())
    window.next_pane()
    assert shown.filters.words.hasFocus()
    window.next_pane()
    assert shown.filters.isAncestorOf(window.focusWidget())


def test_enter_opens_the_person_and_back_returns_to_the_list(window, trained):
    shown = page(window, "people")
    shown.table.choose(trained.people["Allen"])
    press(shown.table, Qt.Key.Key_Return)
    assert window.page() is window.pages["person"]
    assert window.page().title.text() == "Margaret Allen"
    window.go_back()
    assert window.page() is shown
    assert shown.table.current_id() == trained.people["Allen"]


def test_undo_in_the_banner_takes_the_archiving_back(window, trained):
    shown = page(window, "people")
    shown.table.choose(trained.people["Ito"])
    press(shown.table, Qt.Key.Key_Delete)
    assert trained.person("Ito").archived
    shown.undo_banner.link.click()
    assert not trained.person("Ito").archived


def test_a_refusal_that_stands_under_its_field_is_not_said_twice(window, trained):
    shown = page(window, "people")
    shown.choose(trained.people["Ito"])
    type_into(shown.pane.record.form, "email", "nonsense")
    assert problem(shown.pane.record.form, "email")
    assert not shown.banner.isVisible()


def test_a_refusal_without_a_field_is_said_in_the_banner(window, trained):
    shown = page(window, "people")
    shown.choose(trained.people["Ito"])
    stale = shown.pane.record.view
    trained.do(people.update, stale.id, stale.version, phone="5735550000")
    shown.pane.record.view = stale
    type_into(shown.pane.record.form, "phone", "5735551111")
    assert "changed elsewhere" in shown.banner.label.text()


def test_a_refused_form_says_it_in_the_form_alone(window):
    shown = page(window, "people")
    shown.new_record()
    shown.person_form.submit()
    assert problem(shown.person_form.form, "last")
    assert not shown.banner.isVisible()


def test_a_change_on_one_page_shows_on_the_others(window, trained):
    agencies_page = page(window, "agencies")
    window.show_page("person", trained.people["Allen"])
    window.pages["person"].archive()
    shown = page(window, "people")
    names = [shown.table.records.text(n, 0) for n in range(shown.table.count())]
    assert "Allen, Margaret" not in names
    page(window, "agencies")
    rows = [agencies_page.table.records.record(n) for n in range(3)]
    rolla = next(row for row in rows if row.name == "Rolla Police Department")
    assert rolla.people == 1


def test_the_history_shows_what_was_just_done(window, trained):
    shown = page(window, "people")
    shown.choose(trained.people["Ito"])
    type_into(shown.pane.record.form, "county", "Dent")
    history_page = page(window, "history")
    assert history_page.table.records.text(0, 1) == "Change county"


def test_a_search_hit_of_an_agency_is_shown_beside_the_list(window, trained):
    window.show_page("agency", trained.agencies["Phelps Health"])
    assert window.page() is window.pages["agencies"]
    assert window.page().pane.name.text() == "Phelps Health"


def test_several_chosen_are_counted_in_the_status_line(window):
    shown = page(window, "people")
    shown.table.selectAll()
    shown.show_now()
    assert window.status.center.text() == "5 chosen"


def test_ctrl_c_copies_the_chosen_rows(window, trained, qapp):
    shown = page(window, "people")
    shown.table.setFocus()
    shown.table.choose(trained.people["Ito"])
    press(shown.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = qapp.clipboard().text().split("\n")
    assert len(lines) == 2
    assert lines[1].startswith("Ito, Ana\tRolla Police Department\tSergeant")


def test_sort_and_widths_are_kept_for_the_next_time(window, trained, qtbot):
    shown = page(window, "people")
    shown.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    keep = trained.context.preferences
    qtbot.waitUntil(lambda: keep.get("table/people/sort", []) == ["agency", True])


def test_every_input_has_a_name_for_screen_readers(window, trained):
    for key in ("people", "agencies", "history"):
        shown = page(window, key)
        for kind in (QLineEdit, QComboBox, QTableView):
            for widget in shown.findChildren(kind):
                inside = widget.parent()
                named = widget.accessibleName() or inside.accessibleName()
                assert named, f"{key}: {widget} without a name"
