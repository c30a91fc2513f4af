"""Two chosen people on the page that merges them, and on the page of the person after it."""

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services import duplicates, merge, people, undo, unmerge
from cit_desktop.services.people import PersonDraft
from tests.ui.keys import press, type_text
from ui.pages.merging.page import MergePage
from ui.pages.people.page import PersonPage


@pytest.fixture
def pair(trained):
    """Margaret Allen was typed again as Peggy Allan."""
    draft = PersonDraft("Allan", "Peggy", email="peggy@example.org", phone="5735550102")
    trained.people["Peggy"] = trained.do(people.add, draft)
    return trained


@pytest.fixture
def page(pair, show):
    made = show(MergePage(pair.context))
    made.open_record((pair.people["Allen"], pair.people["Peggy"]))
    made.focus_start()
    return made


@pytest.fixture
def person(pair, show):
    made = show(PersonPage(pair.context))
    made.open_record(pair.people["Allen"])
    return made


def merge_now(page, qtbot):
    with qtbot.waitSignal(page.pane.merged):
        press(page.pane.merge_button, Qt.Key.Key_Space)


def joined(pair, other="Peggy"):
    return pair.do(merge.merge, pair.people["Allen"], pair.people[other])


def test_in_a_narrow_window_no_tab_of_a_person_is_cut_off(person):
    for width, printed in ((1084, True), (704, False)):
        person.resize(width, 540)
        assert person.print_button.isVisible() is printed
        last = person.tabs.tabRect(person.tabs.count() - 1)
        assert last.right() <= person.tabs.width()


# Finding the other one


def test_the_person_page_asks_for_the_same_person(person, pair, qtbot):
    qtbot.mouseClick(person.merge_button, Qt.MouseButton.LeftButton)
    assert person.went[-1] == ("merge", (pair.people["Allen"], 0))


def test_the_other_one_is_found_by_typing(pair, show):
    page = show(MergePage(pair.context))
    page.open_record((pair.people["Allen"], 0))
    page.focus_start()
    assert page.state.title.text() == "Who is the same person as Margaret Allen?"
    assert page.focusWidget() is page.line
    type_text(page.line, "peggy")
    press(page.line, Qt.Key.Key_Return)
    assert page.went == [("merge", (pair.people["Allen"], pair.people["Peggy"]))]


def test_nobody_is_merged_with_themselves(pair, show):
    page = show(MergePage(pair.context))
    page.open_record((pair.people["Allen"], 0))
    type_text(page.line, "margaret allen")
    press(page.line, Qt.Key.Key_Return)
    assert page.went == []
    assert page.banner.label.text() == "This is the person already. Choose another one."


def test_a_person_who_is_gone_is_told(pair, show):
    page = show(MergePage(pair.context))
    page.open_record((99_999, 0))
    assert "no longer in the records" in page.banner.label.text()


# Merging


def test_both_are_compared_before_anything_is_done(page, pair):
    assert page.inside.currentWidget() is page.pane
    assert not page.line.isVisible()
    assert {"Margaret Allen", "Peggy Allan", "(573) 555-0102"} <= set(page.pane.texts())
    assert pair.person("Peggy").name == "Peggy Allan"


def test_merging_offers_the_person_and_one_undo_shows_both_again(page, pair, qtbot):
    merge_now(page, qtbot)
    assert page.state.title.text() == "Both are Margaret Allen now"
    assert page.undo_banner.isVisible()
    press(page.state.action, Qt.Key.Key_Return)
    assert page.went == [("person", pair.people["Allen"])]
    undo.undo(pair.context.db)
    qtbot.waitUntil(lambda: page.inside.currentWidget() is page.pane)
    assert pair.person("Peggy").phone == "5735550102"


def test_the_one_who_was_swapped_in_is_opened_after_it(page, pair, qtbot):
    qtbot.mouseClick(page.pane.swap_button, Qt.MouseButton.LeftButton)
    merge_now(page, qtbot)
    press(page.state.action, Qt.Key.Key_Return)
    assert page.went == [("person", pair.people["Peggy"])]


def test_somebody_who_has_nothing_that_moves_is_told(page):
    text = "Peggy Allan has no classes, certificates or employments that would move."
    assert text in page.pane.texts()


def test_two_who_are_not_the_same_are_remembered(page, pair, qtbot):
    qtbot.mouseClick(page.pane.apart_button, Qt.MouseButton.LeftButton)
    assert len(pair.ask(duplicates.known_apart)) == 1
    assert "will not be taken for one person" in page.undo_banner.label.text()
    assert "Somebody said that these two are not the same person." in page.pane.texts()


def test_the_names_open_the_people(page, pair):
    page.pane.opened.emit(pair.people["Peggy"])
    assert page.went == [("person", pair.people["Peggy"])]


def test_a_page_for_nobody_is_left_alone(page):
    before = page.pane.preview
    page.open_record(None)
    assert page.pane.preview is before


# After it: the person's page


def test_nobody_merged_leaves_no_line(person):
    assert not person.former.isVisible()


def test_former_names_stand_under_the_heading(person, pair):
    joined(pair)
    person.refresh(None)
    assert person.former.isVisible()
    text = person.former.texts()[0]
    assert text.startswith("Also known as Peggy Allan, peggy@example.org, (573) 555-0102; merged")
    assert "Nov 20, 2026" in text


def test_the_old_id_leads_to_the_person(person, pair):
    joined(pair)
    person.open_record(pair.people["Peggy"])
    assert person.view.id == pair.people["Allen"]
    assert person.title.text() == "Margaret Allen"


def test_more_former_names_are_shown_when_asked_for(person, pair, qtbot):
    for number in range(3):
        pair.people[str(number)] = pair.do(people.add, PersonDraft("Allan", f"Meg {number}"))
        joined(pair, str(number))
    person.refresh(None)
    assert len(person.former.texts()) == 2
    person.former._show_all()
    assert len(person.former.texts()) == 3
    person.open_record(pair.people["Davis"])
    assert not person.former.isVisible()


def separate(person):
    person.former.ask(person.former.rows[0])
    question = person.former.question
    assert question.heading.text() == "Separate Peggy Allan and Margaret Allen?"
    press(question.action, Qt.Key.Key_Space)


def test_separating_gives_two_people_and_can_be_undone(person, pair, qtbot):
    joined(pair)
    person.refresh(None)
    separate(person)
    assert pair.person("Peggy").email == "peggy@example.org"
    assert pair.person("Allen").phone == ""
    assert not person.former.isVisible()
    assert "are two people again" in person.undo_banner.label.text()
    undo.undo(pair.context.db)
    qtbot.waitUntil(person.former.isVisible)


def test_separating_says_why_it_cannot_be(person, pair):
    joined(pair)
    view = pair.person("Allen")
    pair.do(people.update, view.id, view.version, phone="5735559999")
    person.refresh(None)
    separate(person)
    assert "Peggy Allan cannot be separated: the phone" in person.banner.label.text()
    assert len(pair.ask(unmerge.merged)) == 1
