"""The step of an import that asks and mends: agencies, problems, what a list leaves open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cit_desktop.imports import intake
from cit_desktop.imports.intake import Decisions
from cit_desktop.imports.planned import AgencyChoice, CourseChoice, PlanOptions
from cit_desktop.services import courses
from tests.ui.imports.import_help import add_chapter
from ui.pages.imports import agencies as import_agencies
from ui.pages.imports import problems as import_problems
from ui.pages.imports.agencies import ImportAgencies
from ui.pages.imports.check import ImportCheck
from ui.pages.imports.constants import ImportConstants
from ui.pages.imports.mend import MendLine
from ui.pages.imports.questions import CourseQuestion, DayQuestion, TickQuestion

FAULTY = (
    "First\tLast\tAgency\tEmail\tPhone\n"
    "Ana\tIto\tRolla PD\tana(at)example\t573-555-0100\n"
    "Bo\t\tROLLA POLICE DEPT\tbo@example.org\t12\n"
    "Cy\tOrr\tRolla Police Department\tcy(at)example\t573-555-0101\n"
)
CLEAN = "First\tLast\tEmail\nAna\tIto\tana@example.org\nBo\tLi\tbo@example.org\n"
PAST = "Name\tAgency\tCompleted\tHours\tCertificate\nAna Ito\tRolla PD\t{day}\t40\t2019-1\n"


@pytest.fixture
def show(qtbot):
    def make(widget):
        holder = QWidget()
        QVBoxLayout(holder).addWidget(widget)
        qtbot.addWidget(holder)
        holder.resize(1000, 600)
        holder.show()
        qtbot.waitExposed(holder)
        holder.activateWindow()
        widget.holder = holder
        return widget

    return make


@pytest.fixture
def plan(db):
    add_chapter(db)
    with db.operation("Add courses") as session:
        courses.seed(session)

    def make(text, decided=None, **options):
        opened = intake.open_pasted(text, "", "Pasted", Decisions())
        chosen = decided or Decisions(intake.purpose_of(opened, None))
        chosen = replace(chosen, options=PlanOptions(**options))
        return intake.compare(db, intake.read(opened.book, chosen), chosen), chosen

    return make


@pytest.fixture
def check(show):
    return show(ImportCheck())


# Agencies ------------------------------------------------------------------------------------


def choice(written, name, confidence=0.97, **more):
    values = {"agency_id": None, "reasons": ("the same words",), "decision": "", "rows": (2, 3)}
    key = written.casefold().replace(" ", "")
    return AgencyChoice(
        key=key, written=written, name=name, confidence=confidence, **(values | more)
    )


ROLLA = choice("ROLLA PD", "Rolla Police Department")
DENT = choice("Dent SO", "Dent County Sheriff", 0.6, agency_id=7)
OWN = choice("Phelps Health", "Phelps Health", 1.0)


@pytest.fixture
def agencies(show):
    made = show(ImportAgencies())
    made.show_agencies([ROLLA, DENT, OWN], {})
    return made


def test_only_what_seems_to_be_another_agency_is_asked_about(agencies):
    assert [line.choice.written for line in agencies.lines.values()] == ["Dent SO", "ROLLA PD"]
    line = agencies.lines["rollapd"]
    assert line.name.text() == "→  Rolla Police Department"
    assert (line.count.text(), line.why.text()) == ("2 rows", "the same words")
    assert (line.pill.pill.text, line.pill.pill.shape) == ("Likely 97 %", "full")
    assert agencies.lines["dentso"].pill.pill.text == "Perhaps 60 %"
    assert not line.join.isChecked()
    assert not line.apart.isChecked()


def test_a_spelling_is_joined_by_key_with_the_agency_of_the_records_or_its_name(agencies, qtbot):
    for key, asked in (
        ("rollapd", {"ROLLA PD": "Rolla Police Department"}),
        ("dentso", {"Dent SO": 7}),
    ):
        with qtbot.waitSignal(agencies.chosen) as chosen:
            qtbot.keyClick(agencies.lines[key].join, Qt.Key.Key_Space)
        assert chosen.args == [asked]


def test_a_spelling_is_kept_apart(agencies, qtbot):
    with qtbot.waitSignal(agencies.chosen) as chosen:
        agencies.lines["rollapd"].apart.click()
    assert chosen.args == [{"ROLLA PD": None}]


def test_join_all_joins_those_that_are_likely_and_says_how_many(agencies, qtbot):
    assert agencies.join_all.text() == "&Join the 1 likely ones"
    with qtbot.waitSignal(agencies.chosen) as chosen:
        agencies.join_all.click()
    assert chosen.args == [{"ROLLA PD": "Rolla Police Department"}]
    agencies.show_agencies([ROLLA, OWN], {})
    assert agencies.join_all.text() == "&Join all 1"


def test_what_was_decided_stays_in_sight_and_keeps_the_focus(agencies, qtbot):
    line = agencies.lines["rollapd"]
    line.join.setFocus()
    joined = replace(ROLLA, decision="join")
    assert agencies.show_agencies([joined, DENT, OWN], {"ROLLA PD": "x"}) == 1
    assert agencies.lines["rollapd"] is line
    assert line.join.isChecked()
    assert line.join.hasFocus()
    apart = replace(ROLLA, decision="apart", name=ROLLA.written, confidence=1.0, reasons=())
    agencies.show_agencies([apart, DENT, OWN], {"ROLLA PD": None})
    assert line.apart.isChecked()
    assert line.name.text() == "→  Rolla Police Department"


def test_another_list_asks_nothing_about_the_agencies_of_this_one(agencies):
    agencies.forget()
    assert agencies.show_agencies([replace(ROLLA, decision="join")], {}) == 0
    assert agencies.isHidden()


def test_very_many_spellings_are_shown_a_part_at_a_time(agencies):
    many = [choice(f"Town {n} PD", f"Town {n} Police") for n in range(import_agencies.LISTED + 9)]
    assert agencies.show_agencies(many, {}) == len(many)
    assert len(agencies.lines) == import_agencies.LISTED


# Problems ------------------------------------------------------------------------------------


def test_problems_are_grouped_by_what_mends_them_errors_first(plan):
    made, _ = plan(FAULTY)
    found = import_problems.group(made)
    assert [(one.heading, one.severity, len(one.problems)) for one in found] == [
        ("Last", "error", 1),
        ("Email", "error", 2),
        ("Phone", "warning", 1),
    ]
    assert found[0].title == "“Last”: 1 cell that cannot be taken"
    assert found[1].title == "“Email”: 2 cells that cannot be taken as they are"
    assert found[2].title == "“Phone”: 1 cell to look at"
    first = found[1].problems[0]
    assert (first.row, first.name, first.text) == (2, "Ito, Ana", "ana(at)example")


@pytest.mark.parametrize(("first", "last", "blank"), [("Ana", "", "Last"), ("", "Ito", "First")])
def test_a_missing_part_of_a_name_is_asked_for_in_its_own_column(plan, first, last, blank):
    made, _ = plan(f"First\tLast\tEmail\n{first}\t{last}\tana@example.org\nBo\tLi\t\n")
    (found,) = import_problems.group(made)
    assert (found.heading, found.problems[0].text) == (blank, "")


def test_a_single_name_is_asked_for_where_it_stands(plan):
    made, _ = plan("Name\tEmail\nMadonna\tana@example.org\nBo Li\tbo@example.org\n")
    (found,) = import_problems.group(made)
    assert (found.heading, found.problems[0].text) == ("Name", "Madonna")


def test_a_list_without_faults_has_no_problems(plan):
    assert import_problems.group(plan(CLEAN)[0]) == []


def test_a_cell_is_mended_where_its_fault_is_told(check, plan, qtbot):
    made, decided = plan(FAULTY)
    check.show_plan(made, decided, [])
    assert check.waits
    line = check.problems.lines[1]
    assert "name@example.org" in line.message.text()
    line.edit.selectAll()
    qtbot.keyClicks(line.edit, "ana@example.org")
    with qtbot.waitSignal(check.mended) as mended:
        qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    assert mended.args == [2, "Email", "ana@example.org"]


def test_after_a_cell_is_mended_the_cursor_is_at_the_next_one(check, plan):
    made, decided = plan(FAULTY)
    check.show_plan(made, decided, [])
    check.problems.lines[1].edit.setFocus()
    better, _ = plan(FAULTY.replace("ana(at)example", "ana@example.org"))
    check.show_plan(better, decided, [])
    assert check.problems.lines[1].edit.hasFocus()
    assert check.problems.lines[1].edit.text() == "cy(at)example"


def test_the_same_problems_are_not_drawn_anew(check, plan):
    made, decided = plan(FAULTY)
    check.show_plan(made, decided, [])
    line = check.problems.lines[0]
    check.show_plan(made, decided, [])
    assert check.problems.lines[0] is line


def test_a_row_is_shown_in_the_preview(check, plan, qtbot):
    check.show_plan(*plan(FAULTY), [])
    with qtbot.waitSignal(check.row_wanted) as wanted:
        check.problems.lines[2].show_row.click()
    assert wanted.args == [4]


def test_of_very_many_problems_some_are_listed_and_the_rest_counted(check, plan):
    rows = "".join(f"P{n}\t\tx{n}@y.org\n" for n in range(import_problems.LISTED + 5))
    check.show_plan(*plan(f"First\tLast\tEmail\n{rows}"), [])
    assert len(check.problems.lines) == import_problems.LISTED
    assert len(check.problems.groups[0].problems) == import_problems.LISTED + 5


def test_a_cell_left_as_it_was_is_not_mended(show, qtbot):
    line = show(MendLine(4, "Email", "x@y"))
    with qtbot.assertNotEmitted(line.mended):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    line.setText("  z@y.org ")
    with qtbot.waitSignal(line.mended) as mended:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert mended.args == [4, "Email", "z@y.org"]
    with qtbot.assertNotEmitted(line.mended):
        qtbot.keyClick(line, Qt.Key.Key_Return)


# The whole step ------------------------------------------------------------------------------


def test_a_clean_list_has_nothing_to_check(check, plan):
    check.show_plan(*plan(CLEAN), [])
    assert not check.waits
    assert not check.has_work
    assert check.empty.isVisible()


def test_open_spellings_wait_and_decided_ones_do_not(check, plan):
    made, decided = plan(
        FAULTY.replace("(at)example", "@example.org").replace("Bo\t\t", "Bo\tLi\t")
    )
    check.look(made, decided)
    assert check.waits
    names = {one.written: one.name for one in made.agencies if one.is_open}
    joined, decided = plan(
        FAULTY.replace("(at)example", "@example.org").replace("Bo\t\t", "Bo\tLi\t"), agencies=names
    )
    check.look(joined, decided)
    assert not check.waits
    assert check.has_work


def test_the_focus_goes_to_the_first_thing_to_settle(check, plan):
    check.show_plan(*plan(FAULTY), [])
    assert check.focus_first()
    assert check.problems.lines[0].edit.hasFocus()


def test_a_past_class_without_a_day_asks_for_it(check, plan, qtbot):
    text = PAST.format(day="") + "Bo Li\tRolla PD\t2019-05-03\t40\t2019-2\n"
    made, decided = plan(text, Decisions("history"))
    check.show_plan(made, decided, [("CIT40", "40-hour")])
    assert check.waits
    assert check.day.title.text() == "1 row without a day of completion"
    check.day.line.setFocus()
    qtbot.keyClicks(check.day.line, "5/3/2019")
    with qtbot.waitSignal(check.day_chosen) as chosen:
        qtbot.keyClick(check.day.line, Qt.Key.Key_Return)
    assert chosen.args == [date(2019, 5, 3)]
    given, decided = plan(text, Decisions("history"), past_day=date(2019, 5, 3))
    check.show_plan(given, decided, [])
    assert check.day.line.text() == "May 3, 2019"
    assert not check.waits


# Questions -----------------------------------------------------------------------------------


def test_the_day_of_a_title_is_offered_and_taken_with_one_click(show, qtbot):
    question = show(DayQuestion())
    question.show_day(12, None, date(2016, 10, 14))
    assert question.offer.text() == "&Take Oct 14, 2016, as the title says"
    with qtbot.waitSignal(question.chosen) as chosen:
        question.offer.click()
    assert chosen.args == [date(2016, 10, 14)]
    question.show_day(12, date(2016, 10, 14), date(2016, 10, 14))
    assert question.offer.isHidden()
    question.line.setText("")
    with qtbot.waitSignal(question.chosen) as chosen:
        qtbot.keyClick(question.line, Qt.Key.Key_Return)
    assert chosen.args == [None]
    question.show_day(0, None, None)
    assert question.isHidden()


def test_what_is_no_day_is_not_taken(show, qtbot):
    question = show(DayQuestion())
    question.show_day(1, None, None)
    question.line.setText("sometime")
    with qtbot.assertNotEmitted(question.chosen):
        qtbot.keyClick(question.line, Qt.Key.Key_Return)


COURSES = [("CIT40", "40-hour"), ("REF8", "Refresher")]


def test_another_course_is_chosen_by_key_and_the_line_stays(show, qtbot):
    question = show(CourseQuestion())
    eight, forty = (
        CourseChoice(480, (2,), "REF8", "Refresher", False),
        CourseChoice(2400, (3, 4), "CIT40", "40-hour", True),
    )
    question.show_courses([eight, forty], COURSES)
    box = question.boxes[480]
    assert box.currentText() == "Refresher (REF8)"
    with qtbot.waitSignal(question.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert chosen.args == [480, "CIT40"]
    question.show_courses([replace(eight, code="CIT40", sure=True), forty], COURSES)
    assert question.boxes[480] is box
    question.show_courses([], COURSES)
    assert question.isHidden()


def test_what_1_and_0_mean_is_asked_only_where_it_can_be_doubted(show, qtbot):
    question = show(TickQuestion())
    question.show_ticks(asked=False, ticks=False)
    assert question.isHidden()
    question.show_ticks(asked=True, ticks=True)
    assert question.ticks.isChecked()
    with qtbot.waitSignal(question.chosen) as chosen:
        question.hours.click()
    assert chosen.args == [False]


def test_what_the_list_leaves_out_is_given_for_all_rows(show, plan, qtbot):
    constants = show(ImportConstants())
    table = plan(CLEAN)[0].table
    constants.show_table(table, Decisions())
    assert all(line.isVisible() for line in constants.lines.values())
    line = constants.lines["agency"]
    line.setFocus()
    qtbot.keyClicks(line, "Rolla PD")
    with qtbot.waitSignal(constants.chosen) as chosen:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert chosen.args == ["agency", "Rolla PD"]
    constants.show_table(plan(FAULTY)[0].table, Decisions())
    assert line.isHidden()
    constants.show_table(table, Decisions("attendance"))
    assert constants.isHidden()
