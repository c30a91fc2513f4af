import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication

from cit_desktop.services import history, people, people_many, undo
from cit_desktop.services.people import PersonDraft
from tests.ui.keys import press, type_text
from tests.ui.people.forms import pick, problem, type_into
from ui.pages import list_sources
from ui.pages.people.listing import PeoplePage
from ui.widgets.record_view import SEVERAL


@pytest.fixture
def page(chapter, show):
    return show(PeoplePage(chapter.context))


def names(page):
    rows = range(page.table.count())
    return [page.table.records.text(row, 0) for row in rows]


def column(page, row, title):
    titles = [shown.title for shown in page.table.records.columns]
    return page.table.records.text(row, titles.index(title))


def select(page, chapter, *lasts):
    flags = QItemSelectionModel.SelectionFlag
    page.table.clearSelection()
    for last in lasts:
        row = page.table.records.row_of(chapter.people[last])
        index = page.table.records.index(row, 0)
        page.table.selectionModel().select(index, flags.Select | flags.Rows)
    page.show_now()


def settle(page):
    page.show_now()
    return page.pane


# The list


def test_everybody_is_listed_by_name_with_what_matters(page):
    assert names(page)[:3] == ["Allen, Margaret", "Davis, Mary-Kate", "Ito, Ana"]
    assert column(page, 0, "Agency") == "Rolla Police Department"
    assert column(page, 0, "Title") == "Officer"
    assert column(page, 0, "Discipline") == "Municipal police"
    assert column(page, 0, "County") == "Phelps"
    assert column(page, 0, "State number") == "0000001"
    assert page.subtitle.text() == "5 people"


def test_a_trained_person_has_the_day_and_an_untrained_one_says_so(trained, show):
    page = show(PeoplePage(trained.context))
    assert column(page, 0, "Trained") == "Oct 16, 2026"
    assert column(page, 2, "Trained") == "Not trained"


def test_sorting_by_agency_puts_those_without_one_last(page):
    page.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(page)[0] == "Davis, Mary-Kate"
    assert names(page)[-1] == "Young, Zoë"


def test_enter_opens_the_person(page, chapter):
    page.table.choose(chapter.people["Ito"])
    press(page.table, Qt.Key.Key_Return)
    assert page.went == [("person", chapter.people["Ito"])]


def test_copying_gives_a_block_with_headings(page, chapter):
    select(page, chapter, "Allen", "Ito")
    page.table.copy()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].startswith("Name\tAgency\tTitle\t")
    assert [line.split("\t")[0] for line in lines[1:]] == ["Allen, Margaret", "Ito, Ana"]


def test_import_leads_to_the_import_page(page):
    page.import_button.click()
    assert page.went == [("import", 0)]


def test_a_change_elsewhere_shows_at_once(page, chapter):
    chapter.do(people.add, PersonDraft("Zamora", "Eva"))
    assert "Zamora, Eva" in names(page)


# Filters


def test_words_narrow_the_list_after_a_pause(page, qtbot):
    type_text(page.filters.words, "ito")
    qtbot.waitUntil(lambda: names(page) == ["Ito, Ana"])
    assert page.subtitle.text() == "1 person with the words “ito”"


@pytest.mark.parametrize(
    ("chip", "value", "text", "found"),
    [
        ("group", "communications", "Communications", ["Davis, Mary-Kate"]),
        ("county", "Pulaski", "Pulaski", ["O'Brien, Donald"]),
        ("trained", True, "Trained", ["Allen, Margaret", "Davis, Mary-Kate"]),
    ],
)
def test_each_chip_narrows_the_list(trained, show, chip, value, text, found):
    page = show(PeoplePage(trained.context))
    getattr(page.filters, chip).choose(value, text)
    assert names(page) == found
    assert text in page.subtitle.text()


def test_the_agency_chip_offers_the_agencies_and_narrows_to_one(page, chapter):
    page.filters.agency.click()
    offered = page.filters.agency.popup.list
    texts = [offered.item(n).text() for n in range(offered.count())]
    assert texts == [
        "All agencies",
        "Phelps County 911",
        "Phelps Health",
        "Rolla Police Department",
    ]
    press(offered, Qt.Key.Key_Down)
    press(offered, Qt.Key.Key_Return)
    assert names(page) == ["Davis, Mary-Kate"]


def test_the_page_of_an_agency_leads_to_its_people(page, chapter):
    page.open_record(("agency", chapter.agencies["Rolla Police Department"]))
    assert names(page) == ["Allen, Margaret", "Ito, Ana"]
    assert page.filters.agency.shown == "Rolla Police Department"


def test_the_archived_are_shown_only_when_asked_for(page, chapter):
    chapter.do(people.archive, chapter.people["Ito"])
    assert "Ito, Ana" not in names(page)
    page.filters.archived.click()
    assert names(page) == ["Ito, Ana"]
    page.filters.archived.click()
    assert len(names(page)) == 4


def test_no_match_says_which_filter_hides_the_rest_and_takes_it_away(page):
    page.filters.county.choose("Pulaski", "Pulaski")
    page.filters.words.setText("ito")
    page.filters.tell()
    assert page.left.currentIndex() == 1
    assert "the words “ito” and the county “Pulaski”" in page.empty.text.text()
    page.empty.action.click()
    assert len(names(page)) == 5
    assert page.filters.county.value is None


def test_clear_filters_is_offered_while_a_chip_is_on(page):
    assert not page.filters.clear_link.isVisible()
    page.filters.trained.choose(False, "Not trained")
    assert page.filters.clear_link.isVisible()
    page.filters.clear_link.click()
    assert page.filters.trained.value is None
    assert not page.filters.clear_link.isVisible()


def test_opening_somebody_hidden_by_a_filter_takes_the_filter_away(page, chapter):
    page.filters.county.choose("Pulaski", "Pulaski")
    page.open_record(chapter.people["Allen"])
    assert page.table.current_id() == chapter.people["Allen"]
    assert page.pane.name.text() == "Margaret Allen"


def test_ctrl_f_goes_to_the_words(page):
    page.focus_filter()
    assert page.filters.words.hasFocus()


# The empty page


def test_an_empty_page_says_what_it_is_for_and_adds_the_first_person(blank, show):
    page = show(PeoplePage(blank.context))
    assert page.empty.title.text() == "Nobody here yet"
    assert not page.right.isVisible()
    page.empty.action.click()
    assert page.right.currentWidget() is page.person_form
    assert page.person_form.form.editor("first").hasFocus()
    type_into(page.person_form.form, "last", "Ito")
    page.person_form.add.click()
    assert names(page) == ["Ito"]
    assert page.left.currentIndex() == 0


# The pane


def test_the_pane_shows_the_chosen_person_with_standing(trained, show):
    page = show(PeoplePage(trained.context))
    page.table.choose(trained.people["Allen"])
    pane = settle(page)
    assert pane.name.text() == "Margaret Allen"
    assert pane.standing.pill.text == "Current"
    assert "Oct 16, 2026" in pane.why.text()
    assert pane.record.form.values()["agency"] == "Rolla Police Department"


@pytest.mark.parametrize(
    ("key", "text", "stored"),
    [
        ("last", "Ito-Smith", "Ito-Smith"),
        ("first", "  Anna  ", "Anna"),
        ("middle", "M", "M"),
        ("suffix", "Jr.", "Jr."),
        ("nickname", "Annie", "Annie"),
        ("county", "Dent", "Dent"),
        ("email", "ANA@Example.org", "ana@example.org"),
        ("phone", "(573) 555-0123", "5735550123"),
        ("note", "Speaks Japanese", "Speaks Japanese"),
    ],
)
def test_each_field_is_saved_when_it_is_left(page, chapter, key, text, stored):
    page.choose(chapter.people["Ito"])
    form = page.pane.record.form
    type_into(form, key, text)
    assert getattr(chapter.person("Ito"), key) == stored
    assert form.values()[key] == stored


def test_the_discipline_is_saved_when_it_is_chosen(page, chapter):
    page.choose(chapter.people["Ito"])
    pick(page.pane.record.form, "discipline", "sheriff")
    assert chapter.person("Ito").discipline == "sheriff"


def test_two_fields_can_be_changed_one_after_the_other(page, chapter):
    page.choose(chapter.people["Ito"])
    type_into(page.pane.record.form, "first", "Anna")
    type_into(page.pane.record.form, "last", "Smith")
    assert chapter.person("Ito").name == "Anna Smith"
    assert page.table.current_id() == chapter.people["Ito"]


def test_a_wrong_value_is_said_under_its_field_and_only_there(page, chapter):
    page.choose(chapter.people["Ito"])
    form = page.pane.record.form
    type_into(form, "email", "nonsense")
    assert "not an e-mail address" in problem(form, "email")
    assert not page.banner.isVisible()
    assert chapter.person("Ito").email == "ana@example.org"
    assert form.editor("email").text() == "nonsense"


def test_an_empty_last_name_is_refused(page, chapter):
    page.choose(chapter.people["Ito"])
    type_into(page.pane.record.form, "last", "")
    assert "needs a last name" in problem(page.pane.record.form, "last")
    assert chapter.person("Ito").last == "Ito"


def test_what_is_being_typed_survives_a_change_from_elsewhere(page, chapter):
    page.choose(chapter.people["Ito"])
    line = page.pane.record.form.editor("phone")
    line.setFocus()
    type_text(line, "573")
    version = chapter.person("Ito").version
    chapter.do(people.update, chapter.people["Ito"], version, county="Dent")
    page.show_now()
    assert line.text() == "573"
    assert page.pane.record.form.values()["county"] == "Dent"


def test_somebody_elses_change_is_never_overwritten(page, chapter):
    page.choose(chapter.people["Ito"])
    record = page.pane.record
    stale = record.view
    chapter.do(people.update, stale.id, stale.version, phone="5735550000")
    record.view = stale
    type_into(record.form, "phone", "5735551111")
    assert chapter.person("Ito").phone == "5735550000"
    assert "changed elsewhere" in page.banner.label.text()
    assert record.form.values()["phone"] == "5735550000"


def test_another_agency_begins_today_and_the_former_one_stays_in_the_history(page, chapter):
    page.choose(chapter.people["Ito"])
    type_into(page.pane.record.form, "agency", "Phelps Health")
    now = chapter.person("Ito")
    assert now.current.agency == "Phelps Health"
    assert [found.agency for found in now.employments] == [
        "Phelps Health",
        "Rolla Police Department",
    ]
    assert "Rolla Police Department stays in the history" in page.undo_banner.label.text()


def test_an_agency_that_is_not_known_is_added_and_said(page, chapter):
    page.choose(chapter.people["Young"])
    type_into(page.pane.record.form, "agency", "St. James Police Department")
    assert chapter.person("Young").current.agency == "St. James Police Department"
    assert "is new and was added" in page.undo_banner.label.text()


def test_a_title_waits_for_an_agency(page, chapter):
    page.choose(chapter.people["Young"])
    assert not page.pane.record.form.editor("title").isEnabled()
    type_into(page.pane.record.form, "agency", "Phelps Health")
    assert page.pane.record.form.editor("title").isEnabled()
    type_into(page.pane.record.form, "title", "Peer specialist")
    assert chapter.person("Young").current.title == "Peer specialist"


def test_a_new_title_begins_a_new_employment(page, chapter):
    page.choose(chapter.people["Ito"])
    type_into(page.pane.record.form, "title", "Lieutenant")
    assert [e.title for e in chapter.person("Ito").employments] == ["Lieutenant", "Sergeant"]
    type_into(page.pane.record.form, "title", "")
    assert chapter.person("Ito").current.title == ""


def test_an_emptied_agency_ends_the_employment(page, chapter):
    page.choose(chapter.people["Ito"])
    type_into(page.pane.record.form, "agency", "")
    assert chapter.person("Ito").current is None
    assert len(chapter.person("Ito").employments) == 1


def test_an_agency_of_today_that_is_emptied_again_never_was(page, chapter):
    page.choose(chapter.people["Ito"])
    type_into(page.pane.record.form, "agency", "Phelps Health")
    type_into(page.pane.record.form, "agency", "")
    assert [e.agency for e in chapter.person("Ito").employments] == ["Rolla Police Department"]


# State numbers


def test_a_state_number_is_added_in_the_empty_row(page, chapter):
    page.choose(chapter.people["Young"])
    kind, number = page.pane.record.numbers.lines[-1]
    assert kind.text() == "MO POST license"
    number.setText("0099")
    number.editingFinished.emit()
    assert [n.number for n in chapter.person("Young").numbers] == ["0099"]
    assert len(page.pane.record.numbers.lines) == 2


def test_a_state_number_is_corrected_in_place(page, chapter):
    page.choose(chapter.people["Ito"])
    _kind, number = page.pane.record.numbers.lines[0]
    number.setText("0000333")
    number.editingFinished.emit()
    assert [n.number for n in chapter.person("Ito").numbers] == ["0000333"]


def test_an_emptied_state_number_is_removed(page, chapter):
    page.choose(chapter.people["Ito"])
    _kind, number = page.pane.record.numbers.lines[0]
    number.setText("")
    number.editingFinished.emit()
    assert chapter.person("Ito").numbers == ()
    assert "removed" in page.undo_banner.label.text()


def test_a_number_of_somebody_else_is_refused_by_name(page, chapter):
    page.choose(chapter.people["Young"])
    numbers = page.pane.record.numbers
    number = numbers.lines[-1][1]
    number.setText("0000001")
    steps = chapter.steps()
    number.editingFinished.emit()
    number.editingFinished.emit()
    assert "belongs to Margaret Allen" in numbers.problem.text()
    assert numbers.problem.isVisibleTo(numbers)
    assert number.text() == "0000001"
    assert chapter.steps() == steps


# A new person


def test_a_new_person_is_added_with_agency_and_number(page, chapter):
    page.new_record()
    form = page.person_form.form
    for key, text in (
        ("first", "Eva"),
        ("last", "Cruz"),
        ("agency", "Phelps County 911"),
        ("title", "Dispatcher"),
        ("number", "0007"),
        ("email", "eva@example.org"),
    ):
        type_into(form, key, text)
    press(form.editor("email"), Qt.Key.Key_Return)
    added = chapter.ask(people.view, page.table.current_id())
    assert added.name == "Eva Cruz"
    assert added.current.agency == "Phelps County 911"
    assert added.discipline == "dispatch"
    assert [(n.kind, n.number) for n in added.numbers] == [("MO POST license", "0007")]
    assert page.undo_banner.label.text() == "Eva Cruz was added."
    assert page.right.currentWidget() is page.pane


def test_a_new_person_and_a_new_agency_are_one_step(page, chapter):
    before = chapter.steps()
    page.new_record()
    type_into(page.person_form.form, "last", "Cruz")
    type_into(page.person_form.form, "agency", "Salem Police Department")
    page.person_form.submit()
    assert chapter.steps() == before + 1
    undo.undo(chapter.context.db)
    assert "Cruz" not in names(page)


def test_a_new_person_without_a_last_name_is_asked_for_it(page):
    page.new_record()
    type_into(page.person_form.form, "first", "Eva")
    page.person_form.submit()
    assert "needs a last name" in problem(page.person_form.form, "last")
    assert page.has_form()
    assert not page.banner.isVisible()


def test_a_title_without_an_agency_is_refused_at_the_title(page):
    page.new_record()
    type_into(page.person_form.form, "last", "Cruz")
    type_into(page.person_form.form, "title", "Officer")
    page.person_form.submit()
    assert "agency" in problem(page.person_form.form, "title")


def test_a_namesake_is_shown_before_a_second_record_is_made(page, chapter):
    page.new_record()
    type_into(page.person_form.form, "first", "Ana")
    type_into(page.person_form.form, "last", "Ito")
    page.person_form.submit()
    assert page.person_form.notice.label.text() == "Ana Ito is known already (same name)."
    page.person_form.notice.link.click()
    assert page.table.current_id() == chapter.people["Ito"]
    assert names(page).count("Ito, Ana") == 1


def test_a_namesake_can_be_added_in_spite_of_it(page):
    page.new_record()
    type_into(page.person_form.form, "first", "Ana")
    type_into(page.person_form.form, "last", "Ito")
    page.person_form.submit()
    page.person_form.add.click()
    assert names(page).count("Ito, Ana") == 2


def test_esc_closes_the_form_and_nothing_is_added(page, chapter):
    before = chapter.steps()
    page.new_record()
    type_into(page.person_form.form, "last", "Cruz")
    press(page.person_form.form.editor("last"), Qt.Key.Key_Escape)
    page.person_form.cancel.click()
    assert chapter.steps() == before
    assert page.right.currentWidget() is page.pane
    assert page.table.hasFocus()


def test_only_one_button_is_filled_at_a_time(page):
    assert page.new_button.property("kind") == "primary"
    page.new_record()
    assert page.new_button.property("kind") == "plain"
    page.close_form()
    assert page.new_button.property("kind") == "primary"


# Several at once


def test_what_several_people_do_not_share_is_said_and_left_alone(page, chapter):
    select(page, chapter, "Allen", "Davis")
    assert page.right.currentWidget() is page.many
    assert page.many.heading.text() == "2 people chosen"
    assert page.many.form.values()["discipline"] is SEVERAL
    assert not page.many.apply.isEnabled()


def test_only_the_fields_touched_change_and_in_one_step(page, chapter):
    select(page, chapter, "Allen", "Davis", "O'Brien")
    before = chapter.steps()
    type_into(page.many.form, "county", "Dent")
    assert page.many.apply.text() == "&Change county of 3"
    page.many.apply.click()
    assert chapter.steps() == before + 1
    changed = [chapter.person(last) for last in ("Allen", "Davis", "O'Brien")]
    assert [view.county for view in changed] == ["Dent"] * 3
    assert [view.discipline for view in changed][:2] == ["municipal_police", "dispatch"]
    assert page.undo_banner.label.text() == "County of 3 people changed."


def test_two_touched_fields_are_one_step_and_one_undo(page, chapter):
    select(page, chapter, "Allen", "Davis")
    before = chapter.steps()
    type_into(page.many.form, "county", "Dent")
    pick(page.many.form, "discipline", "sheriff")
    page.many.apply.click()
    assert chapter.steps() == before + 1
    undo.undo(chapter.context.db)
    assert chapter.person("Davis").discipline == "dispatch"
    assert chapter.person("Davis").county == ""


def test_the_people_stay_chosen_after_the_change(page, chapter):
    select(page, chapter, "Allen", "Davis")
    type_into(page.many.form, "county", "Dent")
    page.many.apply.click()
    wanted = {chapter.people["Allen"], chapter.people["Davis"]}
    assert set(page.table.selected_ids()) == wanted


def test_reset_takes_back_what_was_touched(page, chapter):
    select(page, chapter, "Allen", "Davis")
    type_into(page.many.form, "county", "Dent")
    page.many.reset.click()
    assert page.many.touched == {}
    assert page.many.form.values()["county"] == ""
    assert not page.many.apply.isEnabled()


def test_a_value_put_back_by_hand_is_not_touched(page, chapter):
    select(page, chapter, "Allen", "Davis")
    type_into(page.many.form, "county", "Dent")
    type_into(page.many.form, "county", "")
    assert not page.many.apply.isEnabled()


def test_many_people_are_changed_beside_the_window(page, chapter, monkeypatch, qtbot):
    monkeypatch.setattr("ui.pages.people.listing.AT_ONCE", 1)
    select(page, chapter, "Allen", "Davis")
    assert page.many.form.values()["county"] is SEVERAL
    type_into(page.many.form, "county", "Dent")
    page.many.apply.click()
    qtbot.waitUntil(lambda: page.undo_banner.isVisible())
    assert chapter.person("Davis").county == "Dent"


# Archiving


def test_del_archives_with_undo_and_the_next_one_is_chosen(page, chapter):
    page.table.choose(chapter.people["Davis"])
    press(page.table, Qt.Key.Key_Delete)
    assert chapter.person("Davis").archived
    assert page.undo_banner.label.text() == "Mary-Kate Davis was archived."
    assert page.table.current_id() == chapter.people["Ito"]
    undo.undo(chapter.context.db)
    assert not chapter.person("Davis").archived


def test_several_are_archived_in_one_step(page, chapter):
    select(page, chapter, "Allen", "Davis")
    before = chapter.steps()
    page.many.archive.click()
    assert chapter.steps() == before + 1
    assert page.undo_banner.label.text() == "2 people were archived."
    assert len(names(page)) == 3


def test_an_archived_person_is_taken_up_again_from_the_pane(page, chapter):
    chapter.do(people.archive, chapter.people["Ito"])
    page.filters.archived.click()
    page.show_now()
    assert page.pane.archive.text() == "Take up again"
    page.pane.archive.click()
    assert not chapter.person("Ito").archived
    assert "taken up again" in page.undo_banner.label.text()


# A long list


def test_a_long_list_is_read_beside_the_window_and_keeps_the_old_one(
    page, chapter, monkeypatch, qtbot
):
    monkeypatch.setattr(list_sources, "LARGE", 1)
    page.filters.county.choose("Pulaski", "Pulaski")
    assert page.source.waiting()
    assert len(names(page)) == 5
    with qtbot.waitSignal(page.source.ready):
        pass
    assert names(page) == ["O'Brien, Donald"]
    assert page.subtitle.text() == "1 person with the county “Pulaski”"


def test_only_the_list_asked_for_last_arrives(page, monkeypatch, qtbot):
    monkeypatch.setattr(list_sources, "LARGE", 1)
    page.filters.county.choose("Pulaski", "Pulaski")
    page.filters.county.choose("Phelps", "Phelps")
    qtbot.waitUntil(lambda: not page.source.waiting())
    assert names(page) == ["Allen, Margaret", "Davis, Mary-Kate", "Ito, Ana"]


def test_a_hundred_thousand_people_cost_one_page_of_rows(page, chapter, monkeypatch):
    read = []
    rows = page.source._read_rows

    def counting(session, ids):
        read.extend(ids)
        return rows(session, ids)

    page.source._read_rows = counting
    page.source._ids = [chapter.people["Ito"]] * 100_000
    page.source._known = (page.table.records.order, tuple(sorted(page.wanted().items())))
    page.table.records.reload()
    assert page.table.count() == 100_000
    page.table.viewport().repaint()
    assert 0 < len(read) <= 2 * 128


# The services behind it


def test_all_that_differ_are_counted(chapter):
    ids = list(chapter.people.values())
    assert chapter.do(people_many.update_all, ids, county="Dent") == 5
    assert chapter.ask(people_many.shared, ids)["county"] == "Dent"
    assert chapter.do(people_many.archive_all, ids[:2]) == 2
    assert chapter.do(people_many.archive_all, ids) == 3


def test_a_wrong_discipline_changes_nobody(page, chapter):
    result = chapter.context.commands.do(
        "x", people_many.update_all, list(chapter.people.values()), discipline="wizard"
    )
    assert "wizard" in str(result.error)
    assert chapter.person("Ito").discipline == "municipal_police"


def test_the_history_names_what_was_done(page, chapter):
    page.choose(chapter.people["Ito"])
    type_into(page.pane.record.form, "county", "Dent")
    newest = chapter.ask(history.ids)[0]
    assert chapter.ask(history.rows, [newest])[newest].label == "Change county"


def test_rows_in_sight_are_not_read_again_while_a_list_is_being_read(page, monkeypatch, qtbot):
    monkeypatch.setattr(list_sources, "LARGE", 1)
    page.table.viewport().repaint()
    before = dict(page.source._seen)
    page.filters.county.choose("Pulaski", "Pulaski")
    assert page.source.rows(list(before)) == before
    qtbot.waitUntil(lambda: not page.source.waiting())
    assert list(page.source._seen) != list(before)


def test_the_form_is_the_only_next_step_on_an_empty_page(blank, show):
    page = show(PeoplePage(blank.context))
    page.new_record()
    assert not page.empty.action.isVisible()
    page.close_form()
    assert page.empty.action.isVisible()
