from io import BytesIO

import openpyxl
import pytest
from PySide6.QtCore import Qt

from cit_desktop.errors import Refused
from cit_desktop.services import chapters, liaisons, undo
from tests.ui.answers import Answers
from tests.ui.keys import press
from tests.ui.people.forms import problem, type_into
from ui.pages.liaisons.listing import LiaisonsPage, gap_text
from ui.pages.liaisons.pane import about_text

MARISOL, TOMAS = "Marisol Okafor", "Tomás Elgin"


@pytest.fixture
def page(council, show):
    return show(LiaisonsPage(council.context))


def names(page):
    return [page.table.records.text(row, 0) for row in range(page.table.count())]


def choose(page, council, name):
    wanted = liaisons.LiaisonFilter(text=name)
    page.choose(council.ask(liaisons.ids, wanted)[0])
    return page.pane.view


def now(page, council):
    return council.ask(liaisons.view, page.pane.view.id)


def check(counties, *names, on=True):
    """Tick counties of the list as a click does."""
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    for row in range(counties.list.count()):
        if counties.list.item(row).text() in names:
            counties.list.item(row).setCheckState(state)


# The list


def test_liaisons_are_listed_with_their_counties(page):
    shown = [page.table.records.text(1, place) for place in range(5)]
    assert shown == [TOMAS, "YBHL", "Dent, Phelps", "", "Schools"]
    assert page.subtitle.text() == "2 liaisons"


@pytest.mark.parametrize(
    ("chip", "value", "found"),
    [("kind", "CBHL", [MARISOL]), ("county", "Dent", [TOMAS]), ("archived", True, [])],
)
def test_chips_narrow_the_list(page, chip, value, found):
    filters = getattr(page.filters, chip)
    if filters._choices is not None:
        assert value in dict(filters._choices())
    filters.choose(value, str(value))
    assert names(page) == found


@pytest.mark.parametrize(("text", "found"), [("marisol", [MARISOL]), ("555-0199", [MARISOL])])
def test_words_find_a_name_and_a_phone(page, text, found):
    page.filters.words.setText(text)
    page.filters.tell()
    assert names(page) == found


def test_sorting_by_kind_puts_the_youth_liaison_last(page):
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(page) == [TOMAS, MARISOL]


def test_an_empty_page_says_what_it_is_for_and_offers_the_first(blank, show):
    page = show(LiaisonsPage(blank.context))
    assert page.empty.title.text() == "No liaisons yet"
    assert not page.print_button.isEnabled()
    assert not page.gaps.isVisible()
    page.empty.action.click()
    assert page.has_form()


# Counties that nobody serves


def test_the_counties_that_nobody_serves_are_said(page, council):
    assert page.gaps.label.text() == "No liaison on record serves Pulaski."
    choose(page, council, MARISOL)
    check(page.pane.served.counties, "Pulaski")
    assert not page.gaps.isVisible()


@pytest.mark.parametrize(
    ("without", "served", "text"),
    [
        (["Dent"], 4, "No liaison on record serves Dent."),
        (["Dent", "Ray"], 4, "No liaison on record serves Dent and Ray."),
        (["A", "B", "C"], 4, "No liaison on record serves A, B and C."),
        (["A", "B"], 2, "Nobody on record serves any of the council’s 2 counties."),
        (list("ABCDEFGHI"), 20, "No liaison on record serves A, B, C, D, E, F and 3 more."),
    ],
)
def test_many_counties_are_named_in_part(without, served, text):
    assert gap_text(without, served, "council") == text


# The pane


@pytest.mark.parametrize(
    ("key", "text", "stored"),
    [
        ("name", "Marisol Reyes", "Marisol Reyes"),
        ("kind", "Crisis worker", "Crisis worker"),
        ("employer", "Ozark Guidance", "Ozark Guidance"),
        ("phone", "573-555-0100", "5735550100"),
        ("after_hours", "988", "988"),
        ("email", "MARISOL@Example.org", "marisol@example.org"),
        ("note", "On leave in May", "On leave in May"),
    ],
)
def test_each_field_is_saved_when_it_is_left(page, council, key, text, stored):
    choose(page, council, MARISOL)
    type_into(page.pane.form, key, text)
    assert getattr(now(page, council), key) == stored


def test_a_name_that_is_there_already_is_refused_at_the_name(page, council):
    choose(page, council, MARISOL)
    type_into(page.pane.form, "name", TOMAS)
    assert "in the directory already" in problem(page.pane.form, "name")
    assert now(page, council).name == MARISOL


def test_somebody_elses_change_is_never_overwritten(page, council):
    stale = choose(page, council, MARISOL)
    council.do(liaisons.update, stale.id, stale.version, phone="5735550100")
    page.pane.view = stale
    type_into(page.pane.form, "phone", "5735550101")
    assert now(page, council).phone == "5735550100"
    assert "changed elsewhere" in page.banner.label.text()


def test_counties_of_the_council_stand_first_and_are_saved_when_ticked(page, council):
    choose(page, council, MARISOL)
    listed = page.pane.served.counties
    assert [listed.list.item(row).text() for row in range(3)] == ["Phelps", "Pulaski", "Adair"]
    check(listed, "Adair", "Pulaski")
    check(listed, "Phelps", on=False)
    assert now(page, council).counties == ("Adair", "Pulaski")
    assert page.pane.about.text() == "Community behavioral health liaison, serves 2 counties."
    undo.undo(council.context.db)
    assert now(page, council).counties == ("Adair", "Phelps", "Pulaski")


def test_the_counties_of_another_liaison_are_shown(page, council):
    choose(page, council, MARISOL)
    choose(page, council, TOMAS)
    assert page.pane.served.chosen() == ["Phelps", "Dent"]


def test_a_refused_county_is_said(page, council):
    choose(page, council, MARISOL)
    said = []
    page.pane.refused.connect(said.append)
    page.pane.served.counties.list.item(0).setText("x" * 300)
    assert isinstance(said[0], Refused)
    assert now(page, council).counties == ("Phelps",)


def test_in_a_state_without_a_list_counties_are_typed(blank, show):
    chapter = blank.ask(chapters.view, blank.chapter_id)
    blank.do(chapters.update, chapter.id, chapter.version, state="WY")
    blank.do(liaisons.add, liaisons.LiaisonDraft("Ann Bell"))
    page = show(LiaisonsPage(blank.context))
    choose(page, blank, "Ann Bell")
    assert page.pane.about.text() == "Serves no county yet."
    page.pane.served.counties.typed.setText("Teton, Sublette")
    page.pane.served.counties.typed.editingFinished.emit()
    assert now(page, blank).counties == ("Sublette", "Teton")


def test_known_kinds_and_organizations_are_offered(page, council):
    choose(page, council, MARISOL)
    offered = {}
    for key in ("kind", "employer"):
        line = page.pane.form.editor(key)
        line.setFocus()
        offered[key] = line.completer().model().stringList()
    assert offered == {"kind": ["CBHL", "YBHL"], "employer": ["Ozark Health", "Schools"]}


def test_a_word_of_its_own_is_a_kind_too(council):
    liaison_id = council.do(liaisons.add, liaisons.LiaisonDraft("Ann", "Crisis worker"))
    view = council.ask(liaisons.view, liaison_id)
    assert about_text(view) == "Crisis worker, serves no county yet."


# New, archived, elsewhere


def test_a_new_liaison_is_added_with_counties(page, council):
    page.new_button.click()
    form = page.liaison_form
    type_into(form.form, "name", "Ann Bell")
    type_into(form.form, "phone", "(573) 555-0102")
    check(form.served.counties, "Pulaski", "Adair")
    press(form.form.editor("phone"), Qt.Key.Key_Return)
    added = now(page, council)
    assert (added.name, added.phone) == ("Ann Bell", "5735550102")
    assert added.counties == ("Adair", "Pulaski")
    assert page.undo_banner.label.text() == "Ann Bell was added."
    page.new_record()
    assert page.liaison_form.served.chosen() == []


def test_a_new_liaison_without_a_name_is_refused_at_the_name(page):
    page.new_record()
    page.liaison_form.submit()
    assert "needs a name" in problem(page.liaison_form.form, "name")


def test_del_archives_with_undo(page, council):
    choose(page, council, MARISOL)
    press(page.table, Qt.Key.Key_Delete)
    assert names(page) == [TOMAS]
    assert page.undo_banner.label.text() == "Marisol Okafor was archived."
    undo.undo(council.context.db)
    assert MARISOL in names(page)


def test_the_forms_are_a_click_away(page):
    page.forms_button.click()
    assert page.went == [("forms", None)]


# Paper


def test_the_directory_is_shown_as_it_prints(page, qtbot):
    page.print_button.click()
    qtbot.waitUntil(lambda: page.papers.dialog is not None)
    assert page.papers.dialog.windowTitle() == "Directory of liaisons"
    assert page.papers.dialog.pdf.sheets.pages.count() == 1
    page.papers.dialog.close()


def test_the_directory_is_saved_as_a_workbook(council, show, qtbot, tmp_path):
    page = show(LiaisonsPage(council.context, Answers(tmp_path / "out.xlsx")))
    with qtbot.waitSignal(page.saver.saved) as saved:
        page.save_excel()
    [path] = saved.args[0].paths
    sheet = openpyxl.load_workbook(BytesIO(path.read_bytes())).active
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"Phelps", "Nobody on record", "573-555-0141", TOMAS} <= cells
    assert page.saved_banner.isVisible()


def test_drawing_the_directory_says_how_far_it_is_and_can_be_cancelled(page, council, qtbot):
    page.print_preview()
    job = council.context.commands.jobs.running[0]
    with qtbot.waitSignal(job.progressed):
        qtbot.waitUntil(lambda: page.papers.dialog is not None)
    page.papers.dialog.close()
