from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cit_desktop.services import chapters, profiles, undo
from tests.ui.answers import Answers
from tests.ui.certificate_field import world  # noqa: F401 - a fixture
from ui.pages.rosters import profile_copies
from ui.pages.rosters.page import LEFT_OUT, PROBLEMS, ROWS, StateRostersPage


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "roster.xlsx")


@pytest.fixture
def page(world, qtbot, answers):  # noqa: F811
    made = StateRostersPage(world.context, answers)
    qtbot.addWidget(made)
    made.resize(1084, 754)
    made.show()
    made.refresh(None)
    yield made
    world.context.commands.jobs.wait()


def open_roster(page, qtbot, profile_id, class_id):
    page.open_record((profile_id, class_id))
    qtbot.waitUntil(lambda: page.roster is not None, timeout=10_000)


@pytest.fixture
def missouri(page, qtbot, world):  # noqa: F811
    """The officers of the finalized class; one of them has no number."""
    world.work(lambda f: f.complete(world.classes["done"], f.person("Zahn", "Kim")))
    page.refresh(None)
    open_roster(page, qtbot, "mo_clee", world.classes["done"])
    return page


def lines(page, place):
    table = page.tables.widget(place)
    columns = range(len(table.records.columns))
    return [[table.records.text(row, n) for n in columns] for row in range(table.count())]


def layouts(page):
    return [page.list.records.record(row) for row in range(page.list.count())]


# Choosing


def test_the_layouts_of_the_chapters_state_come_first(page):
    states = [layout.state for layout in layouts(page)]
    assert states[:4] == ["MO", "MO", "MO", "Any"]
    assert states[4:] == sorted(states[4:])


def test_the_card_explains_how_sure_a_layout_is(page):
    page.open_record("tn_post")
    assert page.facts.title.text() == "Tennessee POST class roster"
    assert page.facts.status.text().startswith("✓ The columns are named in a rule")
    assert page.facts.due.text() == "Within 30 days of the class."
    assert "1110-04-.06" in page.facts.source.text()
    page.open_record("mo_clee")
    assert page.facts.status.text().startswith(
        "△ Layout unofficial: check with your state. The columns"
    )


def test_arrows_go_from_layout_to_layout(page, qtbot):
    page.list.setFocus()
    first = page.facts.title.text()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.facts.title.text() != first


def test_a_class_given_by_another_page_is_chosen(page, qtbot, world):  # noqa: F811
    open_roster(page, qtbot, "mo_cit", world.classes["open"])
    assert page.scope.scope().class_id == world.classes["open"]
    assert page.roster.class_codes == ("CIT40-2026-2",)
    open_roster(page, qtbot, "", world.classes["done"])
    assert page.profile.id == "mo_cit"


def test_a_period_covers_the_classes_that_ended_in_it(page, qtbot):
    page.scope.way.setCurrentIndex(1)
    page.scope.way.activated.emit(1)
    page.scope.start.line.setText("1/1/2026")
    page.scope.end.line.setText("12/31/2026")
    page.scope.end.line.editingFinished.emit()
    qtbot.waitUntil(lambda: page.roster is not None, timeout=10_000)
    assert set(page.roster.class_codes) == {"CIT40-2026-1", "CIT40-2026-2"}
    assert page.scope.words() == "2026-01-01 to 2026-12-31"


def test_a_period_that_ends_before_it_begins_is_refused(page, qtbot, world):  # noqa: F811
    page.scope.way.setCurrentIndex(1)
    page.scope.start.set_value(date(2026, 5, 1))
    page.scope.end.set_value(date(2026, 4, 1))
    with qtbot.waitSignal(world.context.commands.failed) as blocker:
        page.scope.way.activated.emit(1)
    assert "before it begins" in blocker.args[0].message
    qtbot.waitUntil(lambda: page.nothing.title.text() == "The roster cannot be made")
    assert not page.save_button.isEnabled()


def test_without_a_class_one_is_asked_for(context, qtbot):
    with context.db.operation("Add chapter") as session:
        chapters.create(session, chapters.ChapterDraft(name="New CIT Chapter", state="TN"))
    page = StateRostersPage(context)
    qtbot.addWidget(page)
    page.refresh(None)
    assert page.nothing.title.text() == "Choose a class or a period"
    assert not page.save_button.isEnabled()
    assert page.profile.id == "tn_post"


# The preflight


def test_the_rows_are_shown_as_they_will_be_written(missouri):
    rows = lines(missouri, ROWS)
    headings = [column.title for column in missouri.tables.widget(ROWS).records.columns]
    assert headings[:5] == ["#", "Name", "Check", "License Number *", "Last Name *"]
    assert [(row[0], *row[2:5]) for row in rows] == [
        ("1", "2 problems", "", "Dahl"),
        ("2", "Fine", "0001234", "Ito"),
        ("3", "1 problem", "", "Zahn"),
    ]


def test_every_row_that_would_be_rejected_is_listed_and_said(missouri):
    problems = lines(missouri, PROBLEMS)
    zahn = next(row for row in problems if row[1].startswith("Zahn"))
    assert zahn[2] == "Rejected"
    assert zahn[3] == "There is no MO POST license."
    rejected = len({problem.row for problem in missouri.roster.errors})
    assert f"reject {rejected} row" in missouri.preflight.label.text()
    assert missouri.preflight.tone == "wrong"


def test_a_problem_leads_to_the_person(missouri, qtbot, world):  # noqa: F811
    qtbot.mouseClick(missouri.preflight.link, Qt.MouseButton.LeftButton)
    assert missouri.tables.currentIndex() == PROBLEMS
    table = missouri.tables.currentWidget()
    problem = table.records.record(0).problem
    table.choose(0)
    with qtbot.waitSignal(missouri.go) as blocker:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert blocker.args == ["person", problem.person_id]


def test_a_row_leads_to_its_person_too(missouri, qtbot, world):  # noqa: F811
    table = missouri.tables.widget(ROWS)
    place = next(n for n, row in enumerate(lines(missouri, ROWS)) if "Ito" in row)
    with qtbot.waitSignal(missouri.go) as blocker:
        table.opened.emit(place)
    assert blocker.args == ["person", world.people["Ito"]]


def test_who_is_left_out_is_listed_with_the_reason(missouri, qtbot, world):  # noqa: F811
    left_out = {row[0]: row[2] for row in lines(missouri, LEFT_OUT)}
    assert left_out["Abbott, Sam"].startswith("The roster lists")
    table = missouri.tables.widget(LEFT_OUT)
    place = next(n for n, row in enumerate(lines(missouri, LEFT_OUT)) if "Abbott" in row[0])
    with qtbot.waitSignal(missouri.go) as blocker:
        table.opened.emit(place)
    assert blocker.args == ["person", world.people["Abbott"]]


def test_a_roster_without_problems_says_that_it_was_checked(page, qtbot, world):  # noqa: F811
    open_roster(page, qtbot, "generic_full", world.classes["done"])
    assert page.preflight.tone == "good"
    assert page.tabs_inside.tabText(PROBLEMS) == "Problems (0)"


def test_a_class_still_open_calls_for_a_look(page, qtbot, world):  # noqa: F811
    open_roster(page, qtbot, "generic_full", world.classes["open"])
    assert page.preflight.tone == "care"
    sentences = [row[3] for row in lines(page, PROBLEMS)]
    assert any("is not finalized" in sentence for sentence in sentences)


# Saving


def test_a_clean_roster_is_saved_at_once(page, qtbot, answers, world):  # noqa: F811
    open_roster(page, qtbot, "generic_full", world.classes["done"])
    with qtbot.waitSignal(page.saver.saved, timeout=10_000):
        qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    assert answers.asked[0][1].name.endswith("CIT40-2026-1.xlsx")
    sheet = load_workbook(answers.answer).active
    found = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "0001234" in found


def test_with_problems_saving_asks_first_and_names_the_rows_after(missouri, qtbot, answers):
    qtbot.mouseClick(missouri.save_button, Qt.MouseButton.LeftButton)
    dialog = missouri.dialog
    assert "would reject" in dialog.heading.text()
    assert dialog.lines.count() == len(missouri.roster.errors)
    assert answers.asked == []
    with qtbot.waitSignal(missouri.saver.saved, timeout=10_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert answers.answer.exists()
    assert "would be rejected; see Problems." in missouri.saved_banner.label.text()
    assert missouri.tables.currentIndex() == PROBLEMS


def test_thinking_better_of_it_saves_nothing(missouri, qtbot, answers):
    missouri.save()
    qtbot.keyClick(missouri.dialog, Qt.Key.Key_Escape)
    assert answers.asked == []


# Own copies


@pytest.fixture
def editor(page, qtbot):
    page.open_record("mo_clee")
    qtbot.mouseClick(page.facts.copy, Qt.MouseButton.LeftButton)
    return page.copies.dialog


def test_the_editor_starts_from_the_profile_in_force(editor):
    assert 'id = "mo_clee"' in editor.editor.toPlainText()
    assert editor.action.isEnabled()
    editor.reject()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('status = "B"', 'status = "Q"', "It can be: A, B, C"),
        ('id = "mo_clee"', 'id = "mine"', "The id must stay “mo_clee”"),
        ('title = "', "title = ", ""),
    ],
)
def test_what_is_wrong_is_said_while_one_types_and_cannot_be_saved(editor, qtbot, old, new, said):
    editor.editor.setPlainText(editor.editor.toPlainText().replace(old, new, 1))
    qtbot.waitUntil(lambda: not editor.action.isEnabled())
    assert said in editor.said.text()
    editor.reject()


def test_a_copy_wins_can_be_undone_and_given_up(page, editor, qtbot, world):  # noqa: F811
    text = editor.editor.toPlainText().replace("(CLEE)", "(ours)", 1)
    editor.editor.setPlainText(text)
    qtbot.mouseClick(editor.action, Qt.MouseButton.LeftButton)
    assert page.facts.title.text().endswith("(ours) (your copy)")
    assert "Your copy of" in page.undo_banner.label.text()
    assert page.facts.copy.text() == "E&dit my copy…"
    undo.undo(world.context.db)
    page.refresh(None)
    assert page.facts.title.text().endswith("(CLEE)")
    undo.redo(world.context.db)
    page.refresh(None)
    qtbot.mouseClick(page.facts.revert, Qt.MouseButton.LeftButton)
    assert page.facts.title.text().endswith("(CLEE)")
    assert not page.facts.revert.isVisible()


def test_a_copy_saved_as_it_is_while_one_types_is_checked_at_once(editor):
    editor.editor.setPlainText("nonsense")
    editor.action.click()
    assert editor.isVisible()
    assert not editor.action.isEnabled()
    editor.reject()


def test_a_copy_that_cannot_be_read_any_more_is_told_and_the_shipped_one_shown(page, world):  # noqa: F811
    from cit_desktop.models import RosterProfile

    world.work(lambda f: f.add(RosterProfile(profile="mo_clee", toml="broken =")))
    page.refresh(None)
    page.open_record("mo_clee")
    assert page.profile.title.endswith("(CLEE)")
    assert "copy" in page.banner.label.text()
    assert page.facts.revert.isVisible()


def test_a_profile_of_ones_own_alone_has_nothing_to_go_back_to():
    assert profile_copies.ships("mo_clee")
    assert not profile_copies.ships("ours")


def test_reverting_what_was_never_copied_is_refused(page, world, qtbot):  # noqa: F811
    page.open_record("mo_clee")
    with qtbot.waitSignal(world.context.commands.failed):
        page.copies.revert(page.profile)
    assert world.read(profiles.own_ids) == frozenset()


def test_everything_in_sight_can_be_reached_and_named(missouri):
    for made in missouri.findChildren(QPushButton):
        if made.isVisible():
            assert made.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert made.text() or made.accessibleName()
    for named in (missouri.list, missouri.scope.way, missouri.scope.classes, missouri.tabs_inside):
        assert named.accessibleName()
    for place in (ROWS, PROBLEMS, LEFT_OUT):
        assert missouri.tables.widget(place).accessibleName()
