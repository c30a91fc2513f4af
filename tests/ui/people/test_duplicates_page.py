"""People who may be here twice: found, compared, merged, kept apart."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from cit_desktop.paths import backup_folder
from cit_desktop.services import attendance, classes, duplicates, enrollment, people, undo
from cit_desktop.services.classes import ClassDraft
from cit_desktop.services.people import NumberDraft, PersonDraft
from tests.ui.keys import press
from ui.pages.merging import duplicate_pairs
from ui.pages.merging.duplicates import DuplicatesPage

LONG = "Wolfeschlegelsteinhausenbergerdorff-Fernández"


@pytest.fixture
def twice(chapter):
    """Ana Ito is here again as Anna Marie, with another number, a note and a class."""
    first = chapter.person("Ito")
    chapter.do(people.update, first.id, first.version, note="Asked for spring.")
    again = PersonDraft(
        "Ito",
        "Anna",
        middle="Marie",
        email="ana@example.org",
        phone="5735550101",
        note="Speaks Spanish.",
        numbers=[NumberDraft("MO POST license", "0000077")],
    )
    chapter.people["Anna"] = chapter.do(people.add, again)
    chapter.class_id = chapter.do(
        classes.create,
        chapter.chapter_id,
        ClassDraft("40-hour CIT, October", date(2026, 10, 12), course_code="CIT40"),
    )
    chapter.do(enrollment.enroll, chapter.class_id, chapter.people["Anna"])
    return chapter


def opened(chapter, show, qtbot):
    page = show(DuplicatesPage(chapter.context))
    settle(page, qtbot)
    return page


def settle(page, qtbot):
    qtbot.waitUntil(lambda: page.job is None and page.pairs is not None)
    page.show_chosen()


@pytest.fixture
def page(twice, show, qtbot):
    return opened(twice, show, qtbot)


def listed(page):
    records = page.table.records
    return [tuple(records.text(row, n) for n in range(3)) for row in range(page.table.count())]


def checked(page, field):
    choices = page.pane.grid.choices.items()
    return [side for (name, side), one in choices if name == field and one.radio.isChecked()]


# What is listed


def test_a_pair_is_listed_with_its_reasons_side_by_side(page):
    assert page.subtitle.text() == "1 pair of people who may be one"
    assert listed(page) == [("Perhaps", "Ito, Ana", "Ito, Anna Marie")]
    texts = page.pane.texts()
    assert "Same e-mail, like first names; but MO POST license 0000003 and 0000077." in texts
    assert {"Ana Ito", "Anna Marie Ito", "(573) 555-0101", "Speaks Spanish."} <= set(texts)
    assert "40-hour CIT, October (trainee)" in texts
    assert "1 class and 1 state number move to Ana Ito." in texts


def test_without_likely_pairs_the_page_says_what_it_is_for(chapter, show, qtbot):
    page = opened(chapter, show, qtbot)
    assert page.inside.currentIndex() == 0
    assert page.empty.title.text() == "Nobody seems to be here twice"
    assert page.subtitle.text() == ""


def test_somebody_added_meanwhile_is_listed(chapter, show, qtbot):
    page = opened(chapter, show, qtbot)
    chapter.context.commands.do("Add", people.add, PersonDraft("Young", "Zoë"))
    qtbot.waitUntil(lambda: page.table.count() == 1)
    assert page.inside.currentIndex() == 1


def test_the_likeliest_pair_comes_first(twice, show, qtbot):
    twice.do(people.add, PersonDraft("Young", "Zoë"))
    twice.do(people.add, PersonDraft("Davis", "Mary-Kate", email="mary-kate@example.org"))
    page = opened(twice, show, qtbot)
    assert [line[0] for line in listed(page)] == ["Likely", "Perhaps", "Perhaps"]
    assert listed(page)[0][1] == "Davis, Mary-Kate"


def test_more_pairs_than_are_listed_are_told(twice, show, qtbot):
    twice.do(people.add, PersonDraft("Young", "Zoë"))
    page = opened(twice, show, qtbot)
    page._show(duplicate_pairs.find(twice.context.db, most=1))
    assert page.subtitle.text() == "2 pairs of people who may be one"
    assert page.notes.isVisible()
    assert page.notes.text() == "The likeliest 1 are listed; decide on them to see more."


def test_a_search_that_was_stopped_can_be_started_again(twice, show, qtbot):
    page = DuplicatesPage(twice.context)
    page.refresh(None)
    page.job.cancel()
    qtbot.waitUntil(lambda: page.job is None)
    if page.pairs is None:
        assert page.empty.title.text() == "The search was stopped"
    show(page)
    settle(page, qtbot)
    assert page.table.count() == 1


def test_very_long_names_never_push_the_other_side_out_of_sight(chapter, show, qtbot):
    email = f"{LONG.lower().replace('á', 'a')}@communications.phelps-county.example.org"
    for middle in ("", "Bartholomew"):
        draft = PersonDraft(LONG, "Maximiliano-Alejandro", middle=middle, email=email)
        chapter.do(people.add, draft)
    page = opened(chapter, show, qtbot)
    area = page.pane.area
    assert area.widget().width() <= area.viewport().width()


def test_both_people_are_in_sight_in_the_smallest_window(page):
    page.resize(704, 540)
    area = page.pane.area
    assert area.widget().width() <= area.viewport().width()


# Keys


def test_enter_goes_to_the_choices_and_arrows_choose(page):
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    radio = page.focusWidget()
    assert isinstance(radio, QRadioButton)
    assert radio.accessibleName() == "First name: Ana, of Ana Ito"
    press(radio, Qt.Key.Key_Right)
    assert checked(page, "first") == ["other"]
    assert page.focusWidget().accessibleName() == "First name: Anna, of Anna Marie Ito"
    assert page.pane.choices == {"first": "other"}


def test_a_click_on_the_words_chooses_a_value(page, qtbot):
    qtbot.mouseClick(page.pane.grid.choices["note", "keep"].words, Qt.MouseButton.LeftButton)
    assert checked(page, "note") == ["keep"]


def test_notes_are_joined_and_blanks_filled_unless_chosen_otherwise(page):
    assert checked(page, "note") == ["both"]
    assert checked(page, "phone") == ["other"]
    assert ("email", "keep") not in page.pane.grid.choices


def test_f6_goes_from_the_list_to_the_comparison(page):
    page.focus_start()
    assert page.focusWidget() is page.table
    assert page.next_pane()
    assert page.pane.isAncestorOf(page.focusWidget())


# Not the same


def test_not_the_same_is_remembered_and_can_be_undone(page, twice, qtbot):
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Delete)
    assert page.undo_banner.isVisible()
    assert "will not be taken for one person" in page.undo_banner.label.text()
    assert page.empty.isVisible()
    settle(page, qtbot)
    assert page.table.count() == 0
    assert len(twice.ask(duplicates.known_apart)) == 1
    undo.undo(twice.context.db)
    qtbot.waitUntil(lambda: page.table.count() == 1)


def test_the_next_pair_is_chosen_after_one_is_decided(twice, show, qtbot):
    twice.do(people.add, PersonDraft("Young", "Zoë"))
    page = opened(twice, show, qtbot)
    first = page.chosen()
    qtbot.mouseClick(page.pane.apart_button, Qt.MouseButton.LeftButton)
    assert page.chosen() is not None
    assert page.chosen().pair != first.pair
    assert page.focusWidget() is page.table


# Merging


def merged(page, qtbot):
    with qtbot.waitSignal(page.pane.merged):
        qtbot.mouseClick(page.pane.merge_button, Qt.MouseButton.LeftButton)
    settle(page, qtbot)


def test_merging_writes_what_was_chosen_after_a_backup(page, twice, qtbot):
    page.pane.grid.choices["first", "other"].radio.click()
    merged(page, qtbot)
    kept = twice.person("Ito")
    assert kept.name == "Anna Marie Ito"
    assert kept.note == "Asked for spring.\nSpeaks Spanish."
    assert [line.class_title for line in kept.trainings] == ["40-hour CIT, October"]
    assert page.undo_banner.label.text() == "Anna Marie Ito and Ana Ito are one person now."
    assert page.table.count() == 0
    assert list(backup_folder(twice.context.db.path).glob("*merge*"))


def test_one_undo_brings_both_back(page, twice, qtbot):
    merged(page, qtbot)
    undo.undo(twice.context.db)
    qtbot.waitUntil(lambda: page.table.count() == 1)
    assert twice.person("Anna").name == "Anna Marie Ito"
    assert twice.person("Ito").name == "Ana Ito"


def test_the_other_one_can_stay_and_chosen_values_stay_chosen(page, twice, qtbot):
    page.pane.grid.choices["first", "keep"].radio.click()
    page.pane.grid.choices["first", "other"].radio.click()
    qtbot.mouseClick(page.pane.swap_button, Qt.MouseButton.LeftButton)
    assert page.pane.preview.keep_id == twice.people["Anna"]
    assert checked(page, "first") == ["keep"]
    page.refresh(None)
    settle(page, qtbot)
    assert page.pane.preview.keep_id == twice.people["Anna"]
    merged(page, qtbot)
    assert twice.person("Anna").name == "Anna Marie Ito"


def test_records_that_contradict_each_other_are_told_and_not_merged(twice, show, qtbot):
    block = twice.ask(classes.view, twice.class_id).blocks[0].id
    there = twice.do(enrollment.enroll, twice.class_id, twice.people["Ito"])
    other = next(key for key in twice.ask(enrollment.ids, twice.class_id) if key != there)
    twice.do(attendance.mark, block, there, "present")
    twice.do(attendance.mark, block, other, "absent")
    page = opened(twice, show, qtbot)
    texts = page.pane.texts()
    assert any("they are marked differently" in text for text in texts)
    assert "What happens" not in texts
    assert not page.pane.merge_button.isEnabled()
    assert page.pane.apart_button.isEnabled()


def test_somebody_changed_since_the_preview_is_not_merged(page, twice, qtbot):
    person = twice.person("Ito")
    twice.context.commands.blockSignals(True)
    twice.do(people.update, person.id, person.version, county="Pulaski")
    with qtbot.waitSignal(page.pane.refused):
        page.pane.merge()
    twice.context.commands.blockSignals(False)
    assert page.banner.isVisible()
    assert twice.person("Anna").name == "Anna Marie Ito"
    assert not page.undo_banner.isVisible()


def test_a_pair_of_somebody_who_is_gone_says_so(page, twice):
    page.pane.show_pair(twice.people["Ito"], 99_999)
    assert "no longer in the records" in page.banner.label.text()
    assert page.pane.preview is None
    page.pane.merge()
    page.pane.swap()
    page.pane.keep_apart()
    assert len(twice.ask(duplicates.known_apart)) == 0


def test_a_name_in_the_comparison_opens_the_person(page, twice):
    page.pane.opened.emit(twice.people["Anna"])
    assert page.went == [("person", twice.people["Anna"])]
