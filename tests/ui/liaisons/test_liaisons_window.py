"""Liaisons and forms in the window: how they are reached, keys, and records only to be read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTableView

from cit_desktop.services import liaisons, undo
from tests.ui.keys import press
from ui.entries import ENTRIES
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.widgets.search_box import Hit


@pytest.fixture
def window(council, qtbot):
    preferences = Preferences()
    preferences.set("window/page", "agencies")
    made = MainWindow(ENTRIES, preferences)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.attach(council.context)
    made.undo_requested.connect(lambda: undo.undo(council.context.db))
    yield made
    council.context.commands.jobs.wait()
    made.detach()


def lit(window):
    return [item.text() for item in window.rail.items if item.isChecked()]


def tomas(council):
    return council.ask(liaisons.ids, liaisons.LiaisonFilter(text="elgin"))[0]


@pytest.mark.parametrize(("typed", "key"), [("liais", "liaisons"), ("field fo", "forms")])
def test_ctrl_k_leads_to_liaisons_and_forms(window, typed, key):
    window.open_palette()
    search = window.page().search
    search.setText(typed)
    search.refresh_hits()
    press(search, Qt.Key.Key_Return)
    assert window.page_key() == key
    assert lit(window) == ["Agencies"]


def test_agencies_lead_to_liaisons_to_forms_and_back(window):
    window.page().liaisons_button.click()
    assert window.page_key() == "liaisons"
    window.page().forms_button.click()
    assert window.page_key() == "forms"
    window.page().back.click()
    assert window.page_key() == "liaisons"
    window.go_back()
    assert window.page_key() == "forms"


def test_a_liaison_that_was_found_is_shown_beside_the_list(window, council):
    window._open_hit(Hit("liaison", tomas(council), "Tomás Elgin"))
    assert window.page_key() == "liaisons"
    assert window.page().pane.name.text() == "Tomás Elgin"


def test_the_menu_makes_and_prints_what_the_page_has(window):
    window.show_page("liaisons")
    assert window.menus.new.text() == "&New liaison…"
    assert window.menus.print.text() == "&Print directory of liaisons…"
    window.menus.new.trigger()
    assert window.page().has_form()
    window.show_page("forms")
    assert not window.menus.new.isEnabled()
    assert window.menus.print.text() == "&Print contact report…"


def test_a_step_offered_to_be_undone_is_undone(window, council):
    window.show_page("liaisons", tomas(council))
    shown = window.page()
    shown.table.setFocus()
    press(shown.table, Qt.Key.Key_Delete)
    assert shown.undo_banner.isVisible()
    shown.undo_banner.link.click()
    assert not council.ask(liaisons.view, tomas(council)).archived


def test_everything_that_takes_keys_has_a_name(window):
    for key in ("liaisons", "forms"):
        window.show_page(key)
        page = window.page()
        for kind in (QLineEdit, QTableView, QAbstractButton):
            for widget in page.findChildren(kind):
                if widget.isVisibleTo(page) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    text = widget.text() if isinstance(widget, QAbstractButton) else ""
                    assert widget.accessibleName() or text, widget


def test_buttons_of_a_row_say_of_which_form_they_are(window):
    window.show_page("forms")
    rows = window.page().rows.values()
    names = [made.accessibleName() for row in rows for made in row.buttons]
    assert "Print… Liaison referral" in names
    assert len(names) == len(set(names))


def test_f6_goes_from_the_list_to_the_pane(window):
    window.show_page("liaisons")
    shown = window.page()
    shown.show_now()
    shown.table.setFocus()
    window.next_pane()
    assert shown.right.isAncestorOf(window.focusWidget())


def test_enter_edits_the_liaison_and_ctrl_f_filters(window):
    window.show_page("liaisons")
    shown = window.page()
    shown.table.choose(shown.table.records.id_at(0))
    shown.table.setFocus()
    press(shown.table, Qt.Key.Key_Return)
    assert shown.pane.form.editor("name").hasFocus()
    shown.focus_filter()
    assert shown.filters.words.hasFocus()


@pytest.fixture
def only_read(council):
    council.context.db.readonly = True
    yield
    council.context.db.readonly = False


def test_records_that_are_only_read_are_shown_and_not_changed(only_read, window, council):
    window.show_page("liaisons", tomas(council))
    pane = window.page().pane
    assert not pane.archive.isEnabled()
    assert not pane.served.isEnabled()
    assert pane.form.editor("name").isReadOnly() or not pane.form.editor("name").isEnabled()
    window.page().new_record()
    assert not window.page().has_form()
    window.show_page("forms")
    edit, _revert = window.page().rows["contact-report"].buttons[-2:]
    assert not edit.isEnabled()


def test_the_page_stands_in_a_small_window_without_cutting_the_pane(window, qtbot):
    window.show_page("liaisons")
    window.resize(900, 560)
    shown = window.page()
    qtbot.waitUntil(lambda: window.width() <= 940)
    right = shown.right.mapTo(shown, shown.right.rect().topRight()).x()
    assert right <= shown.width()
