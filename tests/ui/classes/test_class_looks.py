"""Pages of classes in dark colors, compact rows, small windows and with very long names."""

from __future__ import annotations

import pytest

from cit_desktop.services import classes, enrollment
from ui import theme as theme_module
from ui.pages.classes.listing import ClassesPage
from ui.pages.classes.page import ClassPage
from ui.theme import Scheme

SMALLEST = 704  # a page in the smallest window
LONG = "Wolfeschlegelsteinhausenbergerdorff-Carter"


@pytest.fixture
def long_names(marked):
    view = marked.view()
    marked.do(
        classes.update,
        view.id,
        view.version,
        title="40-hour Crisis Intervention Team class of the southern counties, autumn 2026",
        location="The Regional Emergency Services and Community Resilience Training Center",
    )
    person = marked.add_person(LONG, "Andrew Lynn Maximilian", "Southern " * 8 + "Agency", "Deputy")
    marked.enrolled[LONG] = marked.do(enrollment.enroll, marked.class_id, person)
    return marked


@pytest.fixture
def page(long_names, show):
    made = show(ClassPage(long_names.context))
    made.open_record(long_names.class_id)
    return made


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("compact", [False, True])
def test_every_tab_draws_itself_on_the_ground_of_the_theme(page, theme, scheme, compact):
    theme.choose(scheme, compact=compact)
    for place in range(page.tabs.count()):
        page.show_tab(place)
        picture = page.grab().toImage()
        assert picture.pixelColor(4, 4) == theme_module.colors().background


def test_long_titles_and_names_never_widen_the_page(page):
    for place in range(page.tabs.count()):
        page.show_tab(place)
        assert page.minimumSizeHint().width() <= SMALLEST
        assert page.width() == 1084


def test_the_whole_of_an_elided_name_is_in_its_tooltip(page, long_names):
    page.show_tab(0)
    table = page.roster.table
    row = table.records.row_of(long_names.enrolled[LONG])
    tip = table.records.index(row, 0).data(3)  # Qt.ItemDataRole.ToolTipRole
    assert LONG in tip


def test_markup_in_names_stays_text(marked, show):
    view = marked.view()
    marked.do(classes.update, view.id, view.version, title="<b>Bold</b> & co")
    page = show(ClassPage(marked.context))
    page.open_record(marked.class_id)
    assert page.title.text() == "<b>Bold</b> & co"
    listed = show(ClassesPage(marked.context))
    listed.refresh(None)
    assert listed.table.records.text(0, 0) == "<b>Bold</b> & co"
    listed.table.archive_requested.emit([marked.class_id])
    assert "<b>Bold</b> & co" in listed.undo_banner.label.text()


def test_the_list_of_classes_fits_a_small_window(marked, show):
    page = show(ClassesPage(marked.context))
    page.refresh(None)
    page.resize(SMALLEST, 500)
    assert page.minimumSizeHint().width() <= SMALLEST
    assert page.table.columnWidth(0) >= 80


def test_a_narrow_window_keeps_the_tabs_and_moves_a_button_into_the_menu(page):
    assert page.steps.sheets.isVisible()
    page.resize(SMALLEST, 500)
    assert not page.steps.sheets.isVisible()
    texts = [action.text().replace("&", "") for action in page.steps.menu.actions()]
    assert "Print sign-in sheets" in texts
    page.resize(1084, 740)
    assert page.steps.sheets.isVisible()
