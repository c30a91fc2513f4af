"""The small parts of the pages of classes on their own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services.enrollment import RosterRow
from cit_desktop.services.people import PersonHit
from ui.pages.classes.roster_bar import RosterBar
from ui.pages.classes.roster_table import discipline_name, result_pill
from ui.pages.classes.schedule_list import BlockSource
from ui.pages.classes.why_short import WhyShort
from ui.pages.people.line import PersonLine
from ui.pages.people.new_person_form import NewPersonForm
from ui.widgets.editor import SEVERAL

HILL = PersonHit(7, "Hill, Robert", "Phelps County Sheriff", "Deputy", "0077", "", False)
HALL = PersonHit(8, "Hall, Ann", "", "", "", "ann@example.org", True)
ROW = RosterRow(
    id=1,
    person_id=7,
    name="Hill, Robert",
    agency_id=None,
    agency="",
    title="",
    discipline="sheriff",
    state_number="",
    email="",
    phone="",
    role="trainee",
    number=1,
    score=None,
    scenario_passed=None,
    result="open",
    minutes=0,
    required=2400,
    certificate="",
)


# The line that finds people


@pytest.fixture
def line(show):
    known = {"h": [HILL, HALL], "hill": [HILL]}
    made = show(PersonLine(lambda text: known.get(text, []), "Find"))
    made.setFocus()
    return made


def listed(line):
    return [line.list.rows.item(n).text() for n in range(line.list.rows.count())]


def test_a_hit_says_title_agency_and_number_and_who_is_archived(line, qtbot):
    qtbot.keyClicks(line, "h")
    assert listed(line)[:2] == [
        "Hill, Robert, Deputy · Phelps County Sheriff · 0077",
        "Hall, Ann, archived",
    ]


def test_the_mouse_picks_a_hit(line, qtbot):
    qtbot.keyClicks(line, "h")
    rows = line.list.rows
    place = rows.visualItemRect(rows.item(1)).center()
    with qtbot.waitSignal(line.picked) as told:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [8]


def test_arrows_go_round_the_list(line, qtbot):
    qtbot.keyClicks(line, "hill")
    for _ in range(2):
        qtbot.keyClick(line, Qt.Key.Key_Down)
    with qtbot.waitSignal(line.picked) as told:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [7]


def test_enter_after_the_list_was_closed_finds_again(line, qtbot):
    qtbot.keyClicks(line, "hill")
    line.list.hide()
    with qtbot.waitSignal(line.picked) as told:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [7]


def test_enter_in_an_empty_line_does_nothing(line, qtbot):
    heard = []
    line.picked.connect(heard.append)
    line.new_wanted.connect(heard.append)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert heard == []


def test_the_text_goes_along_when_somebody_new_is_wanted(line, qtbot):
    qtbot.keyClicks(line, "  Jane   Doe ")
    with qtbot.waitSignal(line.new_wanted) as told:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert told.args == ["Jane Doe"]


def test_a_line_that_cannot_add_says_that_nobody_is_known(show, qtbot):
    line = show(PersonLine(lambda _text: [], "Find", can_add=False))
    line.setFocus()
    qtbot.keyClicks(line, "zebra")
    assert line.list.nothing.text() == "Nobody is known by “zebra”."
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "zebra"


def test_the_list_opens_above_when_there_is_no_room_below(show, qtbot):
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    page = QWidget()
    line = PersonLine(lambda _text: [HILL] * 6, "Find")
    column = QVBoxLayout(page)
    column.addStretch(1)
    column.addWidget(line)
    show(page)
    line.setFocus()
    qtbot.keyClicks(line, "h")
    assert line.list.geometry().bottom() <= line.geometry().top()


# The form for somebody new


@pytest.fixture
def form(show):
    made = show(NewPersonForm())
    made.start("Doe, Jane", ["Phelps Health", "Rolla Police Department"])
    return made


def test_the_cursor_stands_in_the_first_field_that_is_empty(form):
    assert form.fields["agency"].hasFocus()
    form.start("Doe", [])
    assert form.fields["first"].hasFocus() or form.fields["last"].hasFocus()


def test_a_rank_before_the_name_becomes_the_title(form):
    form.start("Sgt. Jane Doe", [])
    assert form.fields["title"].text().startswith("S")
    assert form.fields["last"].text() == "Doe"


def test_agencies_are_offered_by_any_part_of_their_name(form, qtbot):
    completer = form.fields["agency"].completer()
    completer.setCompletionPrefix("police")
    assert completer.currentCompletion() == "Rolla Police Department"


def test_a_changed_name_is_told_as_typed(form):
    form.start("Jane Q. Doe", [])
    form.fields["first"].setText("Janet")
    typed = form.person()
    assert (typed.first, typed.middle, typed.last) == ("Janet", "", "Doe")


def test_the_discipline_follows_title_and_agency_unless_chosen(form):
    assert form.person().discipline == ""
    form.discipline.choose("dispatch")
    assert form.person().discipline == "dispatch"


def test_a_second_person_starts_with_an_empty_form(form):
    form.fields["email"].setText("jane@example.org")
    form.set_problems({"last": "The person needs a last name."})
    form.warn_of(7, "Robert Hill", "same name")
    form.start("Ann Hall", [])
    assert form.fields["email"].text() == ""
    assert not form.problems["last"].isVisible()
    assert not form.use_known.isVisible()
    assert form.add.text() == "&Add to the class"


def test_what_belongs_to_no_field_is_said_below(form):
    form.set_problems({"": "The file cannot be written."})
    assert form.notice.text() == "The file cannot be written."


def test_every_field_has_a_name_for_a_screen_reader(form):
    assert all(line.accessibleName() for line in form.fields.values())
    assert form.discipline.accessibleName() == "Discipline"


# The bar under the roster


@pytest.fixture
def bar(show):
    made = show(RosterBar())
    made.show_tests(score=True, scenario=True)
    return made


def test_one_person_is_named_and_several_are_counted(bar):
    bar.show_rows([ROW])
    assert bar.who.text() == "Hill, Robert"
    bar.show_rows([ROW, replace(ROW, id=2)])
    assert bar.who.text() == "2 people chosen"


def test_the_bar_goes_when_nobody_is_chosen_or_the_class_is_locked(bar):
    bar.show_rows([])
    assert not bar.isVisible()
    bar.set_locked(True)
    bar.show_rows([ROW])
    assert not bar.isVisible()


def test_equal_values_are_shown_and_different_ones_are_several(bar):
    bar.show_rows([replace(ROW, score=80), replace(ROW, id=2, score=80, role="observer")])
    assert bar.editors["score"].value() == 80
    assert bar.editors["role"].value() is SEVERAL


def test_tests_are_offered_for_trainees_only(bar):
    bar.show_rows([replace(ROW, role="instructor")])
    assert not bar.editors["score"].widget.isVisible()
    bar.show_rows([ROW])
    assert bar.editors["score"].widget.isVisible()


def test_a_scenario_that_was_not_passed_is_not_the_same_as_not_taken(bar):
    bar.show_rows([replace(ROW, scenario_passed=0)])
    assert bar.editors["scenario"].value() is False
    bar.show_rows([ROW])
    assert bar.editors["scenario"].value() is None


def test_leaving_a_field_untouched_changes_nothing(bar):
    heard = []
    bar.score_typed.connect(heard.append)
    bar.show_rows([replace(ROW, score=80), replace(ROW, id=2, score=90)])
    bar.editors["score"].committed.emit()
    assert heard == []


# What cells say


@pytest.mark.parametrize(
    ("result", "text"),
    [("completed", "Completed"), ("partial", "In part"), ("withdrawn", "Withdrawn")],
)
def test_results_have_words_and_shapes(result, text):
    pill = result_pill(replace(ROW, result=result))
    assert pill is not None
    assert pill.text == text
    assert pill.shape != "none"


def test_an_open_result_says_nothing():
    assert result_pill(ROW) is None


def test_disciplines_are_shown_in_words_and_unknown_ones_as_they_are():
    assert discipline_name("sheriff") == "Sheriff"
    assert discipline_name("falconry") == "falconry"
    assert discipline_name("") == ""


def test_some_blocks_are_read_with_the_day_of_their_first(training):
    source = BlockSource()
    source.blocks = training.view().blocks
    second = source.rows([training.blocks[1]])[training.blocks[1]]
    assert second.day == ""
    assert list(source.rows([training.blocks[2], 999])) == [training.blocks[2]]


def test_a_very_long_name_leaves_room_for_the_reason(show, marked):
    strip = show(WhyShort())
    summary = marked.grid().summaries[marked.enrolled["Davis"]]
    strip.show_summary("Wolfeschlegelsteinhausenbergerdorff, " * 3, summary)
    assert len(strip.name.text()) == 41
    assert strip.why.text().startswith("32 of 40 hours")
    strip.show_summary("", None)
    assert not strip.isVisible()
