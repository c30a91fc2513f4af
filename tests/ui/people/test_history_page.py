import sqlite3

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services import certificates, history, people
from tests.ui.keys import press
from ui.pages.history.page import HistoryPage
from ui.pages.history.pane import HistoryPane, state_text
from ui.pages.history.table import changed_text, detail_line


@pytest.fixture
def changed(chapter):
    """Ito's phone, then Allen's county, were changed by two people."""
    for actor, last, label, fields in (
        ("r.vance@office", "Ito", "Change phone", {"phone": "5735550000"}),
        ("d.reyes@office", "Allen", "Change county", {"county": "Dent"}),
    ):
        chapter.context.db.actor = actor
        view = chapter.person(last)
        chapter.context.commands.do(label, people.update, view.id, view.version, **fields)
    return chapter


@pytest.fixture
def page(changed, show):
    return show(HistoryPage(changed.context))


def labels(page):
    return [page.table.records.text(row, 1) for row in range(page.table.count())]


def states(page):
    return [page.table.records.text(row, 4) for row in range(page.table.count())]


def choose(page, label):
    page.table.choose(page.table.records.id_at(labels(page).index(label)))
    page._show_chosen()
    return page.pane


# The list


def test_steps_are_listed_newest_first_with_who_and_how_many(page):
    assert labels(page)[:2] == ["Change county", "Change phone"]
    first = [page.table.records.text(0, column) for column in range(5)]
    assert first[0].startswith("Nov 20, 2026, ")
    assert first[2:] == ["d.reyes@office", "1", ""]
    assert page.subtitle.text() == f"{page.table.count()} steps"


def test_a_new_step_appears_at_once(page, changed):
    changed.context.commands.do("Archive person", people.archive, changed.people["Ito"])
    assert labels(page)[0] == "Archive person"


def test_the_chip_shows_the_steps_of_one_person(page):
    page.actor.choose("r.vance@office", "r.vance@office")
    assert labels(page) == ["Change phone"]
    assert "r.vance@office" in page.subtitle.text()


def test_the_chip_offers_everybody_who_did_something(page):
    offered = [text for _value, text in page._actors()]
    assert {"r.vance@office", "d.reyes@office"} <= set(offered)


def test_words_narrow_by_what_was_done(page):
    page.words.setText("COUNTY change")
    page.filters.tell()
    assert labels(page) == ["Change county"]


def test_no_match_offers_to_show_all(page):
    page.words.setText("zzz")
    page.filters.tell()
    assert page.inside.currentIndex() == 1
    assert "the words “zzz”" in page.empty.text.text()
    page.empty.action.click()
    assert labels(page)[0] == "Change county"


def test_percent_signs_in_the_words_are_plain(changed):
    assert changed.ask(history.ids, "", "%") == []


def test_new_records_have_no_history(context, show):
    page = show(HistoryPage(context))
    assert page.empty.title.text() == "Nothing was changed yet"
    assert not page.empty.action.isVisible()


def test_a_step_asked_for_is_chosen_whatever_the_filters_hid(page, changed):
    step = changed.ask(history.ids, "", "change phone")[0]
    page.actor.choose("d.reyes@office", "d.reyes@office")
    page.open_record(step)
    assert page.table.current_id() == step
    assert page.pane.label.text() == "Change phone"


# The pane


def test_the_pane_tells_field_before_and_after(page):
    pane = choose(page, "Change county")
    assert pane.label.text() == "Change county"
    assert "d.reyes@office, Nov 20, 2026" in pane.facts.text()
    line = pane.source.items[0]
    assert (line.record, line.field, line.before, line.after) == (
        "Margaret Allen",
        "County",
        "(empty)",
        "Dent",
    )


def test_the_column_of_former_values_goes_where_there_were_none(page):
    pane = choose(page, "Change county")
    assert not pane.table.isColumnHidden(2)
    choose(page, "Prepare")
    assert pane.table.isColumnHidden(2)


def test_what_was_taken_away_is_said(page, changed):
    number = changed.person("Ito").numbers[0]
    changed.context.commands.do("Remove state number", people.remove_number, number.id)
    pane = choose(page, "Remove state number")
    shown = {line.field: line.after for line in pane.source.items}
    assert set(shown.values()) == {"(removed)"}


def test_a_step_with_many_records_is_read_beside_the_window(page, changed, monkeypatch, qtbot):
    monkeypatch.setattr("ui.pages.history.pane._AT_ONCE", 0)
    page.pane.row = None
    with qtbot.waitSignal(page.pane.ready):
        choose(page, "Change phone")
    assert page.pane.source.items[0].field == "Phone"


def test_only_the_step_chosen_last_is_shown(page, changed, monkeypatch, qtbot):
    monkeypatch.setattr("ui.pages.history.pane._AT_ONCE", 0)
    page.pane.row = None
    choose(page, "Change phone")
    choose(page, "Change county")
    qtbot.waitUntil(lambda: bool(page.pane.source.items))
    assert page.pane.source.items[0].field == "County"


def test_enter_goes_to_what_the_step_changed(page):
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    assert page.pane.table.hasFocus()


def test_what_a_step_changed_is_counted_in_words(page, changed):
    step = changed.ask(history.ids)[0]
    text = changed_text(changed.ask(history.rows, [step])[step])
    assert text == "1 record changed: 1 × person."


def test_an_erased_change_still_says_that_there_was_one():
    line = detail_line(
        history.FieldChange("Person", "(erased)", "update", "", "(erased)", "(erased)")
    )
    assert (line.record, line.before) == ("(erased)", "(erased)")


# Undo


def test_one_step_is_undone_though_others_came_after_it(page, changed):
    choose(page, "Change phone").undo.click()
    assert changed.person("Ito").phone == ""
    assert changed.person("Allen").county == "Dent"
    assert page.banner.label.text() == "Undone: Change phone."
    assert labels(page)[0] == "Undo “Change phone”"
    assert states(page)[labels(page).index("Change phone")] == "Undone"


def test_an_undone_step_cannot_be_undone_again(page, changed):
    choose(page, "Change phone").undo.click()
    pane = choose(page, "Change phone")
    assert not pane.undo.isEnabled()
    assert "no longer counts" in pane.state.text()


def test_an_undo_can_be_undone(page, changed):
    choose(page, "Change phone").undo.click()
    pane = choose(page, "Undo “Change phone”")
    assert pane.undo.text() == "&Undo this undo"
    pane.undo.click()
    assert changed.person("Ito").phone == "5735550000"


def test_a_step_whose_records_changed_since_is_refused_with_the_reason(page, changed):
    view = changed.person("Ito")
    changed.context.commands.do(
        "Change phone again", people.update, view.id, view.version, phone="5735551111"
    )
    choose(page, "Change phone").undo.click()
    assert page.banner.tone == "wrong"
    assert page.banner.isVisible()
    assert changed.person("Ito").phone == "5735551111"


def test_a_final_step_says_so_and_offers_no_undo(trained, show):
    page = show(HistoryPage(trained.context))
    pane = choose(page, "Issue certificates")
    assert states(page)[labels(page).index("Issue certificates")] == "Final"
    assert not pane.undo.isEnabled()
    assert pane.state.text() == "This step is final: it cannot be undone."


def test_a_final_step_is_refused_by_the_records_too(trained, show):
    page = show(HistoryPage(trained.context))
    step = trained.ask(history.ids, "", "issue certificates")[0]
    page.undo_step(step)
    assert page.banner.tone == "wrong"
    assert len(trained.ask(certificates.ids)) == 2


def test_an_ordinary_step_has_no_state(changed):
    step = changed.ask(history.ids)[0]
    assert state_text(changed.ask(history.rows, [step])[step]) == ""


# Checking


def test_a_whole_history_is_said_to_be_whole(page, changed, qtbot):
    page.check_button.click()
    assert not page.check_button.isEnabled()
    qtbot.waitUntil(lambda: page.banner.isVisible())
    steps = changed.steps()
    assert page.banner.label.text() == (
        f"The history is whole: {steps} steps checked, none was altered."
    )
    qtbot.waitUntil(page.check_button.isEnabled)


def test_an_altered_history_names_the_first_altered_step(changed, show, qtbot):
    step = changed.ask(history.ids, "", "change phone")[0]
    with sqlite3.connect(changed.context.db.path) as direct:
        direct.execute("UPDATE operation SET actor = 'nobody' WHERE id = ?", (step,))
    direct.close()
    page = show(HistoryPage(changed.context))
    page.check()
    qtbot.waitUntil(lambda: page.banner.isVisible())
    assert page.banner.tone == "wrong"
    assert "first in the step “Change phone” of Nov 20, 2026" in page.banner.label.text()


def test_nothing_chosen_is_nothing_to_undo(changed, qtbot):
    pane = HistoryPane(changed.context)
    qtbot.addWidget(pane)
    told = []
    pane.undo_wanted.connect(told.append)
    pane.undo.click()
    assert told == []
