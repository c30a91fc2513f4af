from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from cit_desktop import catalogs
from cit_desktop.documents.tables import TableColumn, TableDocument
from cit_desktop.services.rosters import RowProblem, Skipped, StateRoster
from ui.pages.classes.document_row import DocumentRow
from ui.pages.rosters import tables
from ui.pages.rosters.profile_card import ProfileCard
from ui.pages.rosters.scope import RosterScope, Scope
from ui.widgets.button import button

COLUMNS = (
    TableColumn("last", "Last name", required=True),
    TableColumn("hours", "Hours", "hours", 6),
    TableColumn("completed", "Completed", "date", 10),
    TableColumn("completed_yes_no", "Done", "yesno", 5),
    TableColumn("score", "Score", "int", 5),
)
ROWS = (
    ("Ito", 2400, date(2026, 3, 6), True, 91),
    ("Zahn", 0, None, False, None),
)
PROBLEMS = (
    RowProblem(0, 0, "", "", "CIT40-2026-1 is not finalized.", "warning"),
    RowProblem(2, 12, "Zahn, Kim", "Hours", "“Hours” is 0.", "error"),
    RowProblem(2, 12, "Zahn, Kim", "Completed", "“Completed” is missing.", "error"),
)
LEFT_OUT = (Skipped(13, "Dahl, Leo", "CIT40-2026-1", "Did not complete the class."),)


@pytest.fixture
def roster():
    document = TableDocument("Roster", COLUMNS, ROWS, date_format="yyyy-mm-dd")
    return StateRoster(document, PROBLEMS, LEFT_OUT, (11, 12), ("C",))


def cells(table):
    columns = range(len(table.records.columns))
    return [[table.records.text(row, n) for n in columns] for row in range(table.count())]


@pytest.fixture
def rows(roster, qtbot):
    made = tables.rows_table(roster)
    qtbot.addWidget(made)
    return made


def test_values_are_written_as_the_state_writes_them(rows):
    assert cells(rows) == [
        ["1", "Ito", "Fine", "Ito", "40", "2026-03-06", "Yes", "91"],
        ["2", "Zahn", "2 problems", "Zahn", "0", "", "No", ""],
    ]


def test_columns_that_must_be_filled_bear_a_star(rows):
    titles = [column.title for column in rows.records.columns]
    assert titles == [
        *("#", "Name", "Check", "Last name *"),
        *("Hours", "Completed", "Done", "Score"),
    ]


def test_numbers_stand_at_the_right(rows):
    aligned = {column.key: column.align for column in rows.records.columns}
    assert aligned["hours"] == aligned["score"] == Qt.AlignmentFlag.AlignRight
    assert aligned["last"] == Qt.AlignmentFlag.AlignLeft


def test_the_rows_are_a_sound_model(rows, qtmodeltester):
    qtmodeltester.check(rows.records)


def test_the_order_is_that_of_the_file(rows):
    rows.horizontalHeader().setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    assert [row[1] for row in cells(rows)] == ["Ito", "Zahn"]


def test_what_is_rejected_comes_before_what_is_to_be_looked_at(roster, qtbot):
    made = tables.problems_table(roster.problems)
    qtbot.addWidget(made)
    assert cells(made) == [
        ["2", "Zahn, Kim", "Rejected", "“Hours” is 0."],
        ["2", "Zahn, Kim", "Rejected", "“Completed” is missing."],
        ["", "The roster", "Look at it", "CIT40-2026-1 is not finalized."],
    ]


def test_each_table_knows_whom_a_row_is_about(roster, rows, qtbot):
    problems = tables.problems_table(roster.problems)
    skipped = tables.skipped_table(roster.skipped)
    for made in (problems, skipped):
        qtbot.addWidget(made)
    assert tables.person_of(rows, roster, 1) == 12
    assert tables.person_of(problems, roster, 0) == 12
    assert tables.person_of(problems, roster, 2) == 0
    assert tables.person_of(skipped, roster, 0) == 13


def test_those_left_out_are_listed_with_class_and_reason(roster, qtbot):
    made = tables.skipped_table(roster.skipped)
    qtbot.addWidget(made)
    assert cells(made) == [["Dahl, Leo", "CIT40-2026-1", "Did not complete the class."]]


# The facts of a layout


@pytest.fixture
def card(qtbot):
    made = ProfileCard()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("status", "official", "said"),
    [
        ("A", True, "✓ The columns are named in a rule or on an official page"),
        ("B", False, "△ Layout unofficial: check with your state. The columns are known"),
        ("C", False, "△ Layout unofficial: check with your state. The columns are not public"),
    ],
)
def test_each_status_letter_is_explained(card, status, official, said):
    profile = replace(catalogs.profile("mo_clee"), status=status, official=official)
    card.show_profile(profile, own=False, shipped=True)
    assert card.status.text().startswith(said)
    assert card.status.property("role") == ("good" if official else "care")


@pytest.mark.parametrize(
    ("days", "text", "said"),
    [
        (30, "", "Due 30 days after the class."),
        (30, "By the end of July.", "By the end of July."),
        (None, "", "No due date is known."),
    ],
)
def test_it_says_when_the_roster_is_due(card, days, text, said):
    profile = replace(catalogs.profile("mo_clee"), due_days=days, due_text=text)
    card.show_profile(profile, own=False, shipped=True)
    assert card.due.text() == said


def test_a_note_does_not_say_twice_that_the_layout_is_unofficial(card):
    card.show_profile(catalogs.profile("mo_clee"), own=False, shipped=True)
    assert "unofficial" not in card.note.text()
    assert card.note.text().startswith("The columns of the state's online system")


def test_what_is_not_known_takes_no_room(card):
    profile = replace(catalogs.profile("mo_clee"), note="", source="")
    card.show_profile(profile, own=False, shipped=True)
    assert not card.note.isVisible()
    assert not card.source.isVisible()


@pytest.mark.parametrize(
    ("own", "shipped", "copy", "back"),
    [
        (False, True, "&Make my own copy…", False),
        (True, True, "E&dit my copy…", True),
        (True, False, "E&dit my copy…", False),
    ],
)
def test_a_copy_can_be_given_up_where_there_is_one_to_go_back_to(card, own, shipped, copy, back):
    card.show_profile(catalogs.profile("mo_clee"), own=own, shipped=shipped)
    assert card.copy.text() == copy
    assert card.revert.isVisible() is back


# Of what a roster is made


@pytest.fixture
def scope(qtbot):
    made = RosterScope()
    qtbot.addWidget(made)
    made.set_classes([(3, "CIT40-2026-3, March"), (2, "CIT40-2026-2, May")], date(2026, 8, 1))
    made.show()
    return made


def test_the_newest_class_is_offered_first(scope):
    assert scope.scope() == Scope(class_id=3)
    assert scope.words() == "CIT40-2026-3"


def test_this_year_is_the_usual_period(scope, qtbot):
    scope.way.setFocus()
    with qtbot.waitSignal(scope.changed):
        scope.way.setCurrentIndex(1)
        scope.way.activated.emit(1)
    assert scope.scope() == Scope(start=date(2026, 1, 1), end=date(2026, 12, 31))
    assert scope.start.line.isVisible()


def test_a_day_typed_is_a_new_period(scope, qtbot):
    scope.way.setCurrentIndex(1)
    scope.way.activated.emit(1)
    scope.start.line.clear()
    qtbot.keyClicks(scope.start.line, "7/1/2026")
    with qtbot.waitSignal(scope.changed):
        qtbot.keyClick(scope.start.line, Qt.Key.Key_Return)
    assert scope.scope().start == date(2026, 7, 1)


def test_half_a_period_is_none(scope):
    scope.way.setCurrentIndex(1)
    scope.start.set_value(None)
    assert scope.scope() is None


def test_the_class_stays_chosen_when_the_list_is_made_anew(scope):
    scope.choose_class(2)
    scope.set_classes([(4, "CIT40-2026-4, June"), (2, "CIT40-2026-2, May")], date(2026, 8, 1))
    assert scope.scope() == Scope(class_id=2)


def test_without_classes_nothing_is_chosen(scope):
    scope.set_classes([], date(2026, 8, 1))
    assert scope.scope() is None


# A row of the documents


def test_a_row_of_documents_elides_what_is_long_and_names_its_buttons(qtbot):
    made = button("&Preview…")
    row = DocumentRow("file", "A very long title " * 20, "text", (made,))
    qtbot.addWidget(row)
    row.resize(400, 56)
    row.show()
    row.say("Ready", "good")
    assert row.title.is_elided()
    assert made.accessibleName().startswith("Preview… A very long title")
    assert row.state.property("role") == "good"
    assert row.grab().width() >= 400
