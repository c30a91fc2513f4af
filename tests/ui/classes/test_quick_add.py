"""Adding people to a class: the line that finds them, and the form for whoever is new."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services import agencies, enrollment, people
from ui.pages.classes.quick_add import QuickAdd
from ui.pages.people.new_person_form import NewPersonForm


@pytest.fixture
def quick(training, show):
    training.add_person("Torres", "Deborah", "Phelps Health", "Social worker")
    made = show(QuickAdd(training.context))
    here = [row.person_id for row in roster(training).values()]
    made.show_class(training.class_id, here)
    made.line.setFocus()
    return made


def roster(training):
    ids = training.ask(enrollment.ids, training.class_id)
    return training.ask(enrollment.rows, ids)


def names(training):
    return sorted(row.name for row in roster(training).values())


def listed(line):
    return [line.list.rows.item(n).text() for n in range(line.list.rows.count())]


def test_typing_lists_who_is_known_and_offers_to_add_who_is_not(quick, qtbot):
    qtbot.keyClicks(quick.line, "tor")
    assert quick.line.list.isVisible()
    assert listed(quick.line) == [
        "Torres, Deborah, Social worker · Phelps Health · 0000006",
        "Add “tor” as a new person",
    ]


@pytest.mark.parametrize("typed", ["deb torres", "Torres, Deborah", "0000006"])
def test_enter_adds_the_person_found_by_name_or_number(quick, training, qtbot, typed):
    qtbot.keyClicks(quick.line, typed)
    with qtbot.waitSignal(quick.added) as told:
        qtbot.keyClick(quick.line, Qt.Key.Key_Return)
    assert told.args[1] == "Torres, Deborah"
    assert "Torres, Deborah" in names(training)
    assert quick.line.text() == ""
    assert not quick.line.list.isVisible()


def test_whoever_is_in_the_class_is_marked_so_and_is_not_added_twice(quick, training, qtbot):
    qtbot.keyClicks(quick.line, "allen")
    assert listed(quick.line)[0] == "Allen, Margaret, already here"
    with qtbot.waitSignal(quick.refused) as told:
        qtbot.keyClick(quick.line, Qt.Key.Key_Return)
    assert "is in this class already" in str(told.args[0])
    assert len(names(training)) == 5


def test_escape_closes_the_list_and_empties_the_line(quick, qtbot):
    qtbot.keyClicks(quick.line, "tor")
    qtbot.keyClick(quick.line, Qt.Key.Key_Escape)
    assert not quick.line.list.isVisible()
    assert quick.line.text() == ""


def test_arrows_choose_in_the_list(quick, training, qtbot):
    qtbot.keyClicks(quick.line, "tor")
    qtbot.keyClick(quick.line, Qt.Key.Key_Down)
    qtbot.keyClick(quick.line, Qt.Key.Key_Return)
    assert quick.form.isVisible()
    assert len(names(training)) == 5


def test_the_list_goes_when_the_line_is_hidden(quick, qtbot):
    qtbot.keyClicks(quick.line, "tor")
    quick.line.hide()
    assert not quick.line.list.isVisible()


def test_nobody_fits_so_enter_opens_the_form_with_the_name_taken_apart(quick, qtbot):
    qtbot.keyClicks(quick.line, "Jane Q. Doe Jr")
    qtbot.keyClick(quick.line, Qt.Key.Key_Return)
    assert quick.form.isVisible()
    assert quick.form.fields["first"].text() == "Jane Q"
    assert quick.form.fields["last"].text() == "Doe Jr."
    typed = quick.form.person()
    assert (typed.first, typed.middle, typed.last, typed.suffix) == ("Jane", "Q", "Doe", "Jr.")


@pytest.mark.parametrize(("text", "field"), [("jane@example.org", "email"), ("0012345", "number")])
def test_an_email_or_a_number_goes_into_its_own_field(qtbot, text, field):
    form = NewPersonForm()
    qtbot.addWidget(form)
    form.start(text, [])
    assert form.fields[field].text() == text
    assert form.fields["last"].text() == ""


def test_a_new_person_comes_into_records_agency_and_class_in_one_operation(quick, training, qtbot):
    quick._open_form("Jane Doe")
    quick.form.fields["agency"].setText("Rolla Fire & Rescue")
    quick.form.fields["title"].setText("Dispatcher")
    quick.form.fields["number"].setText("0077")
    with qtbot.waitSignal(training.context.commands.changed) as told:
        qtbot.keyClick(quick.form.fields["email"], Qt.Key.Key_Return)
    assert {"person", "agency", "enrollment", "state_number"} <= told.args[0].rows.keys()
    assert not quick.form.isVisible()
    row = next(row for row in roster(training).values() if row.name == "Doe, Jane")
    assert (row.agency, row.title, row.state_number) == (
        "Rolla Fire & Rescue",
        "Dispatcher",
        "0077",
    )
    assert row.discipline == "dispatch"


def test_a_known_agency_is_used_however_it_is_written(quick, training, qtbot):
    quick._open_form("Jane Doe")
    quick.form.fields["agency"].setText("PHELPS HEALTH")
    quick.form.submit()
    assert training.ask(agencies.by_spelling, "Phelps Health") == training.ask(
        agencies.by_spelling, "PHELPS HEALTH"
    )
    row = next(row for row in roster(training).values() if row.name == "Doe, Jane")
    assert row.agency == "Phelps Health"


def test_a_missing_last_name_is_said_under_its_field(quick, qtbot):
    quick._open_form("jane@example.org")
    quick.form.submit()
    assert quick.form.problems["last"].text() == "The person needs a last name."
    assert quick.form.problems["last"].isVisible()
    assert quick.form.fields["last"].hasFocus()


def test_a_namesake_is_offered_before_a_second_record_is_made(quick, training, qtbot):
    quick._open_form("Deborah Torres")
    quick.form.submit()
    assert quick.form.notice.text() == "Deborah Torres is known already (same name)."
    assert len(names(training)) == 5
    qtbot.mouseClick(quick.form.use_known, Qt.MouseButton.LeftButton)
    assert "Torres, Deborah" in names(training)
    found = training.ask(people.find, "Torres")
    assert len(found) == 1


def test_two_people_of_one_name_can_both_be_added(quick, training, qtbot):
    quick._open_form("Deborah Torres")
    quick.form.submit()
    assert quick.form.add.text() == "&Add anyway"
    quick.form.submit()
    assert len(training.ask(people.find, "Torres")) == 2


def test_another_persons_number_is_refused_at_the_number(quick, training):
    quick._open_form("Jane Doe")
    quick.form.fields["number"].setText("0000006")
    quick.form.submit()  # warns of the same number
    quick.form.submit()
    assert "belongs to Deborah Torres" in quick.form.problems["number"].text()
    assert len(names(training)) == 5


def test_escape_in_the_form_goes_back_to_the_line(quick, qtbot):
    quick._open_form("Jane Doe")
    qtbot.keyClick(quick.form.fields["title"], Qt.Key.Key_Escape)
    assert not quick.form.isVisible()
    assert quick.line.hasFocus()


def test_another_class_starts_with_an_empty_line(quick):
    quick._open_form("Jane Doe")
    quick.show_class(quick.class_id + 1, [])
    assert not quick.form.isVisible()
