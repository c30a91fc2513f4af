from datetime import date

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services import agencies, people, undo
from cit_desktop.services.agencies import AgencyDraft
from tests.ui.keys import press
from tests.ui.people.forms import pick, problem, type_into
from ui.pages.agencies.listing import AgenciesPage
from ui.pages.agencies.pane import coverage_text

ROLLA = "Rolla Police Department"


@pytest.fixture
def page(chapter, show):
    return show(AgenciesPage(chapter.context))


def names(page):
    return [page.table.records.text(row, 0) for row in range(page.table.count())]


def row(page, name):
    number = names(page).index(name)
    return [page.table.records.text(number, place) for place in range(6)]


def set_spin(form, key, number):
    spin = form.editor(key)
    spin.setValue(number)
    spin.editingFinished.emit()


# The list


def test_agencies_are_listed_with_people_trained_and_coverage(trained, show):
    page = show(AgenciesPage(trained.context))
    assert row(page, ROLLA) == [ROLLA, "Police department", "Phelps", "2", "1", "5\u00a0%"]
    assert row(page, "Phelps County 911")[3:] == ["1", "1", "n/a"]
    assert page.subtitle.text() == "3 agencies"


def test_coverage_counts_sworn_people_only(trained, show):
    view = trained.agency("Phelps County 911")
    trained.do(agencies.update, view.id, view.version, patrol_strength=10)
    page = show(AgenciesPage(trained.context))
    assert row(page, "Phelps County 911")[4:] == ["1", "0\u00a0%"]


def test_the_list_agrees_with_the_page_of_an_agency(trained):
    for name, agency_id in trained.agencies.items():
        shown = trained.ask(agencies.rows, [agency_id])[agency_id]
        view = trained.agency(name)
        assert (shown.people, shown.trained) == (len(view.people), view.trained)
        assert shown.coverage == view.coverage


def test_two_employments_at_one_agency_count_as_one_person(chapter):
    agency_id = chapter.agencies[ROLLA]
    draft = people.EmploymentDraft(agency_id, "Instructor")
    chapter.do(people.add_employment, chapter.people["Ito"], draft)
    assert chapter.ask(agencies.rows, [agency_id])[agency_id].people == 2


def test_sorting_by_people_puts_the_largest_first(page):
    page.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert names(page)[0] == ROLLA


def test_sorting_by_kind_works(page):
    page.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert len(names(page)) == 3


@pytest.mark.parametrize(
    ("chip", "value", "text", "found"),
    [
        ("kind", "police", "Police department", [ROLLA]),
        ("county", "Pulaski", "Pulaski", ["Phelps Health"]),
    ],
)
def test_chips_narrow_the_list(page, chip, value, text, found):
    offered = dict(getattr(page.filters, chip)._choices())
    assert value in offered or value == "police"
    key = value if value in offered else next(k for k, v in offered.items() if v == text)
    getattr(page.filters, chip).choose(key, text)
    assert names(page) == found


def test_words_find_a_spelling(page, chapter):
    chapter.do(agencies.add_spelling, chapter.agencies[ROLLA], "RPD Rolla")
    page.filters.words.setText("rpd")
    page.filters.tell()
    assert names(page) == [ROLLA]


def test_no_match_offers_to_show_all(page):
    page.filters.words.setText("zzz")
    page.filters.tell()
    assert page.empty.title.text() == "No agency matches"
    page.empty.action.click()
    assert len(names(page)) == 3


def test_an_empty_page_offers_the_first_agency(blank, show):
    page = show(AgenciesPage(blank.context))
    assert page.empty.title.text() == "No agencies yet"
    page.empty.action.click()
    assert page.has_form()


def test_a_search_hit_chooses_the_agency(page, chapter):
    page.open_record(chapter.agencies["Phelps Health"])
    assert page.pane.name.text() == "Phelps Health"
    assert page.table.current_id() == chapter.agencies["Phelps Health"]


def test_enter_goes_to_the_pane(page, chapter):
    page.table.choose(chapter.agencies[ROLLA])
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    assert page.pane.form.editor("name").hasFocus()


# The pane


@pytest.mark.parametrize(
    ("key", "text", "stored"),
    [
        ("name", "Rolla PD", "Rolla PD"),
        ("county", "Dent", "Dent"),
        ("ori", "MO0810100", "MO0810100"),
        ("contact", "Chief Fagan", "Chief Fagan"),
        ("email", "TRAINING@rolla.example", "training@rolla.example"),
        ("phone", "573-555-0100", "5735550100"),
        ("note", "Sends two a year", "Sends two a year"),
        ("address", "900 Pine St, Rolla", "900 Pine St, Rolla"),
        ("strength_on", "1/1/2026", date(2026, 1, 1)),
    ],
)
def test_each_field_is_saved_when_it_is_left(page, chapter, key, text, stored):
    page.choose(chapter.agencies[ROLLA])
    type_into(page.pane.form, key, text)
    assert getattr(chapter.agency(ROLLA), key) == stored


def test_kind_and_strength_are_saved(page, chapter):
    page.choose(chapter.agencies["Phelps Health"])
    pick(page.pane.form, "kind", "")
    set_spin(page.pane.form, "patrol_strength", 12)
    assert chapter.agency("Phelps Health").kind == ""
    assert chapter.agency("Phelps Health").patrol_strength == 12
    set_spin(page.pane.form, "patrol_strength", 0)
    assert chapter.agency("Phelps Health").patrol_strength is None


def test_coverage_follows_the_strength(trained, show):
    page = show(AgenciesPage(trained.context))
    page.choose(trained.agencies[ROLLA])
    assert "Coverage 5\u00a0% of 20 patrol officers" in page.pane.about.text()
    set_spin(page.pane.form, "patrol_strength", 4)
    assert "Coverage 25\u00a0% of 4 patrol officers" in page.pane.about.text()
    assert row(page, ROLLA)[5] == "25\u00a0%"


def test_coverage_is_not_applicable_without_a_strength(chapter):
    text = coverage_text(chapter.agency("Phelps Health"))
    assert text == "1 person on record, 0 trained. Coverage n/a: patrol strength is not known."


def test_a_name_that_is_known_already_is_refused_at_the_name(page, chapter):
    page.choose(chapter.agencies[ROLLA])
    type_into(page.pane.form, "name", "Phelps Health")
    assert "known already" in problem(page.pane.form, "name")
    assert chapter.agency(ROLLA).name == ROLLA
    assert not page.banner.isVisible()


def test_somebody_elses_change_is_never_overwritten(page, chapter):
    page.choose(chapter.agencies[ROLLA])
    stale = page.pane.view
    chapter.do(agencies.update, stale.id, stale.version, contact="Chief Fagan")
    page.pane.view = stale
    type_into(page.pane.form, "contact", "Somebody else")
    assert chapter.agency(ROLLA).contact == "Chief Fagan"
    assert "changed elsewhere" in page.banner.label.text()
    assert page.pane.form.values()["contact"] == "Chief Fagan"


def test_people_there_are_listed_and_open(trained, show):
    page = show(AgenciesPage(trained.context))
    page.choose(trained.agencies[ROLLA])
    listed = page.pane.people
    assert listed.heading.text() == "People there today (2)"
    texts = [[listed.table.records.text(n, c) for c in range(3)] for n in range(2)]
    assert texts == [["Allen, Margaret", "2026", "Officer"], ["Ito, Ana", "No", "Sergeant"]]
    listed.table.choose(1)
    press(listed.table, Qt.Key.Key_Return)
    assert page.went == [("person", trained.people["Ito"])]


def test_all_people_of_an_agency_are_shown_on_the_page_of_people(page, chapter):
    page.choose(chapter.agencies[ROLLA])
    page.pane.people.every.click()
    assert page.went == [("people", ("agency", chapter.agencies[ROLLA]))]


def test_an_agency_without_people_says_so(page, chapter):
    empty = chapter.do(agencies.add, AgencyDraft("Newburg Police Department"))
    page.choose(empty)
    assert page.pane.people.none.isVisibleTo(page.pane)
    assert not page.pane.people.table.isVisibleTo(page.pane)


# Spellings


def spellings(chapter, name=ROLLA):
    return [text for _id, text in chapter.agency(name).spellings]


def test_a_spelling_is_added_with_enter(page, chapter):
    page.choose(chapter.agencies[ROLLA])
    page.pane.spellings.line.setText("Rolla Polcie")
    press(page.pane.spellings.line, Qt.Key.Key_Return)
    assert spellings(chapter) == ["Rolla Polcie"]
    assert page.pane.spellings.lines.count() == 1
    assert page.pane.spellings.line.text() == ""


def test_a_spelling_is_removed_with_undo(page, chapter):
    chapter.do(agencies.add_spelling, chapter.agencies[ROLLA], "Rolla Polcie")
    page.choose(chapter.agencies[ROLLA])
    key = chapter.agency(ROLLA).spellings[0][0]
    page.pane.spellings.removed.emit(key)
    assert spellings(chapter) == []
    assert page.undo_banner.label.text() == "The spelling was removed."
    undo.undo(chapter.context.db)
    assert spellings(chapter) == ["Rolla Polcie"]


def test_a_spelling_of_another_agency_is_refused_beside_the_line(page, chapter):
    page.choose(chapter.agencies[ROLLA])
    page.pane.spellings.line.setText("Phelps Health")
    press(page.pane.spellings.line, Qt.Key.Key_Return)
    assert "known already" in page.pane.spellings.problem.text()
    assert page.pane.spellings.line.text() == "Phelps Health"
    assert not page.banner.isVisible()


# New, archived


def test_a_new_agency_is_added_and_shown(page, chapter):
    page.new_button.click()
    form = page.agency_form.form
    type_into(form, "name", "Salem Police Department")
    type_into(form, "county", "Dent")
    set_spin(form, "patrol_strength", 14)
    type_into(form, "strength_on", "1/1/2026")
    press(form.editor("county"), Qt.Key.Key_Return)
    assert page.pane.name.text() == "Salem Police Department"
    added = chapter.ask(agencies.view, page.table.current_id())
    assert (added.county, added.patrol_strength) == ("Dent", 14)
    assert added.strength_on == date(2026, 1, 1)
    assert added.kind_name == "Police department"
    assert page.undo_banner.label.text() == "Salem Police Department was added."


@pytest.mark.parametrize(("name", "part"), [("", "needs a name"), (ROLLA, "known already")])
def test_a_wrong_new_agency_is_refused_at_its_name(page, name, part):
    page.new_record()
    type_into(page.agency_form.form, "name", name)
    page.agency_form.submit()
    assert part in problem(page.agency_form.form, "name")
    assert page.has_form()


def test_esc_closes_the_form(page):
    page.new_record()
    press(page.agency_form.form.editor("name"), Qt.Key.Key_Escape)
    assert not page.has_form()


def test_del_archives_with_undo(page, chapter):
    page.table.choose(chapter.agencies["Phelps Health"])
    press(page.table, Qt.Key.Key_Delete)
    assert names(page) == ["Phelps County 911", ROLLA]
    assert page.undo_banner.label.text() == "Phelps Health was archived."
    assert page.table.current_id() == chapter.agencies[ROLLA]
    undo.undo(chapter.context.db)
    assert "Phelps Health" in names(page)


def test_an_archived_agency_is_taken_up_again(page, chapter):
    page.table.choose(chapter.agencies["Phelps Health"])
    page.show_now()
    page.pane.archive.click()
    page.filters.archived.click()
    assert names(page) == ["Phelps Health"]
    page.show_now()
    page.pane.archive.click()
    assert not chapter.agency("Phelps Health").archived


def test_several_agencies_are_archived_in_one_step(page, chapter):
    before = chapter.steps()
    page.archive(list(chapter.agencies.values())[:2])
    assert chapter.steps() == before + 1
    assert page.undo_banner.label.text() == "2 agencies were archived."


def test_an_agency_that_is_gone_is_said(page):
    page.archive([999])
    assert not page.undo_banner.isVisible()
    page.show_chosen([999])
    assert "no longer in the records" in page.banner.label.text()
