"""Lists go out to Excel from every page that lists them, and what else People's menu has."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction

from cit_desktop.services import classes, enrollment, people
from cit_desktop.services.classes import ClassDraft
from cit_desktop.services.people import PersonDraft
from tests.ui.answers import Answers
from ui.entries import ENTRIES
from ui.main_window import MainWindow
from ui.pages.agencies.listing import AgenciesPage
from ui.pages.classes.page import ClassPage
from ui.pages.classes.places import ATTENDANCE, ROSTER, SCHEDULE
from ui.pages.people.listing import PeoplePage
from ui.preferences import Preferences


@pytest.fixture
def answers(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path))
    (tmp_path / "out").mkdir()
    return Answers(tmp_path / "out" / "List.xlsx")


def cells(answers):
    """The texts of the sheet that is seen, row by row."""
    sheet = load_workbook(BytesIO(answers.answer.read_bytes())).worksheets[0]
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def holds(answers, text):
    return any(text in row for row in cells(answers))


def save(page, answers, qtbot, act):
    page.excel.saver.dialogs = answers
    with qtbot.waitSignal(page.excel.saver.saved):
        act()


def action(menu, text):
    return next(one for one in menu.actions() if one.text().replace("&", "") == text)


# People and agencies


def test_people_go_out_and_the_page_says_how_to_bring_them_back(chapter, show, answers, qtbot):
    page = show(PeoplePage(chapter.context))
    save(page, answers, qtbot, action(page.more.menu, "Edit in Excel…").trigger)
    assert holds(answers, "O'Brien")
    assert holds(answers, "Young")
    assert page.excel.banner.label.text() == (
        "Saved “List.xlsx” in out. Edit and save it, then drop it on this window, or take Import "
        "on People."
    )
    assert page.excel.banner.link.text() == "Open"
    assert answers.asked[0][1].name == "People.xlsx"


def test_only_the_people_that_are_listed_go_out(chapter, show, answers, qtbot):
    page = show(PeoplePage(chapter.context))
    page.filters.words.setText("Ito")
    page.filters.tell()
    qtbot.waitUntil(lambda: page.table.count() == 1)
    save(page, answers, qtbot, page.edit_in_excel)
    assert holds(answers, "Ito")
    assert not holds(answers, "Young")


def test_agencies_go_out(chapter, show, answers, qtbot):
    page = show(AgenciesPage(chapter.context))
    save(
        page,
        answers,
        qtbot,
        lambda: qtbot.mouseClick(page.excel_button, Qt.MouseButton.LeftButton),
    )
    assert holds(answers, "Phelps County 911")


def test_cancelling_the_dialog_writes_nothing(chapter, show, answers):
    page = show(AgenciesPage(chapter.context))
    answers.answer = None
    page.excel.saver.dialogs = answers
    page.edit_in_excel()
    assert len(answers.asked) == 1
    assert not page.excel.banner.isVisible()


# A class


@pytest.fixture
def open_class(chapter):
    draft = ClassDraft("40-hour CIT", date(2026, 10, 12), course_code="CIT40")
    chapter.class_id = chapter.do(classes.create, chapter.chapter_id, draft)
    chapter.do(enrollment.enroll, chapter.class_id, chapter.people["Allen"])
    return chapter


@pytest.fixture
def class_page(open_class, show):
    page = show(ClassPage(open_class.context))
    page.open_record(open_class.class_id)
    return page


@pytest.mark.parametrize(
    ("tab", "name"),
    [(ROSTER, "Roster"), (SCHEDULE, "Roster"), (ATTENDANCE, "Attendance")],
)
def test_a_class_gives_what_is_looked_at(class_page, answers, qtbot, tab, name):
    class_page.show_tab(tab)
    save(class_page, answers, qtbot, class_page.edit_in_excel)
    assert answers.asked[0][1].name.startswith(f"{name} CIT40-2026")
    assert any("Allen" in str(cell) for row in cells(answers) for cell in row)


def test_the_menu_of_a_class_has_both_lists(class_page, answers, qtbot):
    for text, word in (
        ("Edit attendance in Excel…", "Attendance"),
        ("Edit roster in Excel…", "Roster"),
    ):
        save(class_page, answers, qtbot, action(class_page.steps.menu, text).trigger)
        assert answers.asked[-1][1].name.startswith(word)


def test_a_finalized_class_says_why_it_does_not_go_out(trained, show, answers):
    page = show(ClassPage(trained.context))
    page.open_record(trained.class_id)
    page.excel.saver.dialogs = answers
    page.edit_in_excel()
    assert answers.asked == []
    assert "finalized" in page.banner.label.text()
    assert not any("Excel" in one.text() for one in page.steps.menu.actions())


# The menus of the window, and the duplicates


@pytest.fixture
def window(chapter, qtbot):
    preferences = Preferences()
    preferences.set("window/page", "people")
    made = MainWindow(ENTRIES, preferences)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.attach(chapter.context)
    yield made
    chapter.context.commands.jobs.wait()
    made.detach()


def commands(window):
    return {one.title: one for one in window.menus.commands()}


def test_the_palette_saves_for_excel_where_there_is_a_list(window, answers, qtbot):
    page = window.page()
    save(page, answers, qtbot, commands(window)["Edit in Excel…"].run)
    assert holds(answers, "Allen")
    window.show_page("history")
    assert "Edit in Excel…" not in commands(window)


def edit(path, texts):
    book = load_workbook(path)
    for row in book.worksheets[0]:
        for cell in row:
            cell.value = texts.get(cell.value, cell.value)
    book.save(path)


def test_people_edited_on_both_sides_come_back_and_the_conflict_is_decided(
    window, chapter, answers, qtbot
):
    def change(last, mail):
        found = chapter.person(last)
        chapter.do(people.update, found.id, found.version, email=mail)

    change("Allen", "a@example.org")
    change("Young", "y@example.org")
    save(window.page(), answers, qtbot, commands(window)["Edit in Excel…"].run)
    edit(answers.answer, {"a@example.org": "a2@example.org", "y@example.org": "y2@example.org"})
    change("Allen", "other@example.org")
    window.show_page("import")
    page = window.page()
    with qtbot.waitSignal(page.work.compared, timeout=10_000):
        page.take(answers.answer)
    assert (page.work.plan.counts["changed"], page.work.plan.counts["conflict"]) == (1, 1)
    page.preview.chips.choose("conflict")
    page.preview.table.selectRow(0)
    assert {"a@example.org", "other@example.org", "a2@example.org"} <= set(
        page.preview.detail.texts()
    )
    with qtbot.waitSignal(page.work.compared, timeout=10_000):
        page.preview.detail.choices["workbook"].click()
    with qtbot.waitSignal(page.work.written, timeout=10_000):
        page.step_on()
    assert chapter.person("Allen").email == "a2@example.org"
    assert chapter.person("Young").email == "y2@example.org"


def test_the_palette_goes_to_the_likely_duplicates(window, qtbot):
    commands(window)["Likely duplicates"].run()
    assert window.page_key() == "duplicates"
    assert window.rail.items
    page = window.page()
    qtbot.waitUntil(lambda: page.pairs is not None)
    assert page.empty.isVisible()


def test_two_chosen_people_are_merged_in_the_window(window, chapter, qtbot):
    page = window.page()
    flags = QItemSelectionModel.SelectionFlag
    page.table.clearSelection()
    for last in ("Allen", "Young"):
        row = page.table.records.row_of(chapter.people[last])
        index = page.table.records.index(row, 0)
        page.table.selectionModel().select(index, flags.Select | flags.Rows)
    page.show_now()
    qtbot.mouseClick(page.many.merge, Qt.MouseButton.LeftButton)
    assert window.page_key() == "merge"
    shown = window.page().pane.preview
    assert {shown.keep_name, shown.other_name} == {"Margaret Allen", "Zoë Young"}


def test_three_chosen_people_are_not_offered_to_be_merged(chapter, show):
    page = show(PeoplePage(chapter.context))
    page.table.selectAll()
    page.show_now()
    assert not page.many.merge.isVisible()
    page.merge_chosen()
    assert page.went == []


def test_the_menu_counts_the_duplicates_when_it_opens(chapter, show, qtbot):
    page = show(PeoplePage(chapter.context))
    entry = page.more.duplicates
    page.more.menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: not page.more._counting)
    assert entry.text() == "Likely &duplicates"
    chapter.context.commands.do("Add", people.add, PersonDraft("Young", "Zoë"))
    page.more.menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: entry.text() == "Likely &duplicates (1)")
    entry.trigger()
    assert page.went == [("duplicates", None)]


def test_the_entry_of_the_menu_has_no_other_of_its_name(window):
    titles = [one.text().replace("&", "") for one in window.findChildren(QAction)]
    assert titles.count("Likely duplicates") == 2  # of the window and of the page
