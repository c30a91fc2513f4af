"""Each kind of list through the whole page: sign-in sheets, past classes, edited lists, doubts."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from sqlalchemy import func, select

from cit_desktop.exports import edit_xlsx
from cit_desktop.models import Agency, AgencySpelling, Attendance, Certificate, NotSame, Person
from cit_desktop.services import classes, courses, editing, enrollment, people
from cit_desktop.services.people import PersonDraft
from tests.ui.imports.import_help import (
    FIXTURES,
    Answers,
    add_chapter,
    people_of,
    settle,
    shown,
    take,
    write_csv,
)
from tests.ui.keys import press
from ui.pages.imports.page import ImportPage
from ui.pages.imports.steps import CHECK, COLUMNS, DONE, PREVIEW, SOURCE

HEAD = ["First", "Last", "Agency", "Email"]
ANA = ["Ana", "Ito", "Rolla PD", "ana@example.org"]
BO = ["Bo", "Li", "Phelps Health", "bo@example.org"]
SIGN_IN = FIXTURES / "sign_in_a.xlsx"


@pytest.fixture
def class_id(db):
    """A class of ten half-days that are past."""
    add_chapter(db)
    with db.operation("Add class") as session:
        courses.seed(session)
        start = date(2026, 10, 12)
        draft = classes.ClassDraft(title="Fall class", start=start, course_code="CIT40")
        return classes.create(session, 1, draft)


@pytest.fixture
def answers():
    return Answers()


@pytest.fixture
def page(qtbot, context, class_id, answers):
    return shown(qtbot, ImportPage(context, answers))


@pytest.fixture
def enrolled(db, class_id):
    """Ana and Bo are in the class."""
    with db.operation("Enroll") as session:
        ids = [
            people.add(session, PersonDraft(last=last, first=first, email=email))
            for first, last, _agency, email in (ANA, BO)
        ]
        enrollment.enroll_many(session, class_id, ids)
    return ids


def write(qtbot, page):
    if page.step() == CHECK:
        page.next.click()
        settle(qtbot, page)
    with qtbot.waitSignal(page.work.written, timeout=10_000):
        page.next.click()


def decide(qtbot, page, act):
    with qtbot.waitSignal(page.work.compared, timeout=10_000):
        act()


def marks(db):
    with db.read() as session:
        return session.scalar(select(func.count(Attendance.id)))


# Sign-in sheets ------------------------------------------------------------------------------


@pytest.fixture
def sheet(tmp_path):
    def make(*rows, head=("Name", "Mon AM", "Mon PM")):
        return write_csv(tmp_path / "signin.csv", list(head), *[list(row) for row in rows])

    return make


def test_a_sign_in_sheet_dropped_on_a_class_takes_a_drop_and_one_key(
    qtbot, page, sheet, enrolled, class_id, db
):
    take(qtbot, page, sheet(("Ana Ito", "X", "A"), ("Bo Li", "P", "")), class_id)
    assert page.work.decided.purpose == "attendance"
    assert page.step() == PREVIEW
    assert page.next.text() == "&Set 3 marks"
    assert page.next.hasFocus()
    with qtbot.waitSignal(page.work.written, timeout=10_000):
        press(page.next, Qt.Key.Key_Return)
    assert marks(db) == 3
    assert page.report.title.text() == "3 marks set"
    assert page.report.save.isHidden()
    with qtbot.waitSignal(page.work.undone_changed, timeout=10_000):
        page.report.undo.click()
    assert marks(db) == 0


def test_the_preview_says_who_gets_which_marks(qtbot, page, sheet, enrolled, class_id):
    take(qtbot, page, sheet(("Ana Ito", "X", "A"), ("Bo Li", "3.25", "")), class_id)
    table = page.preview.table
    assert table.isColumnHidden([c.key for c in table.records.columns].index("agency"))
    table.selectRow(0)
    said = page.preview.detail.texts()
    assert said[:3] == ["Ana Ito", "Row 2 of signin.csv", "Marked"]
    assert said[said.index("Mon AM") + 1] == "present, 4 h"
    assert said[said.index("Mon PM") + 1] == "absent"
    assert page.preview.rows.rows([3])[3].will == "1 partial; 1 blank"


def test_marks_that_differ_are_kept_unless_the_sheet_is_taken(
    qtbot, page, sheet, enrolled, class_id, db
):
    take(qtbot, page, sheet(("Ana Ito", "X", "X"), ("Bo Li", "X", "X")), class_id)
    assert not page.preview.bar.isVisible()
    write(qtbot, page)
    plan = take(qtbot, page, sheet(("Ana Ito", "A", "X"), ("Bo Li", "X", "X")), class_id)
    assert plan.rows[0].kept == 1
    page.go_to(PREVIEW)
    assert page.preview.bar.isVisible()
    assert page.banner.label.text().startswith("Nothing new")
    decide(qtbot, page, lambda: qtbot.keyClick(page.preview.known, Qt.Key.Key_Down))
    assert page.next.text() == "&Set 1 mark"
    write(qtbot, page)
    with db.read() as session:
        found = session.scalars(select(Attendance.mark)).all()
    assert sorted(found) == ["absent", "present", "present", "present"]


def test_a_cell_that_is_no_mark_is_mended_in_the_check(qtbot, page, sheet, enrolled, class_id):
    take(qtbot, page, sheet(("Ana Ito", "?!", "X"), ("Bo Li", "X", "X")), class_id)
    assert page.step() == CHECK
    edit = page.check.problems.lines[0].edit
    assert edit.hasFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "P")
    decide(qtbot, page, lambda: qtbot.keyClick(edit, Qt.Key.Key_Return))
    assert page.work.plan.counts["problem"] == 0
    assert len(page.work.plan.marks) == 4
    assert page.check.empty.isVisible()


def test_what_1_and_0_mean_is_asked_once(qtbot, page, sheet, enrolled, class_id):
    take(qtbot, page, sheet(("Ana Ito", "1", "0"), ("Bo Li", "1", "1")), class_id)
    assert page.step() == CHECK
    assert page.check.ticks.ticks.isChecked()
    assert page.check.ticks.ticks.hasFocus()
    decide(qtbot, page, lambda: page.check.ticks.hours.click())
    assert page.work.plan.marks[0].minutes == 60
    assert not page.check.waits


def test_people_of_a_sign_in_sheet_are_enrolled_first_and_marked_then(qtbot, page, class_id, db):
    take(qtbot, page, SIGN_IN, class_id)
    assert page.step() == CHECK
    assert page.check.enroll.title.text() == "26 people of this sheet are not in the class"
    assert page.check.enroll.enroll.hasFocus()
    decide(qtbot, page, lambda: qtbot.keyClick(page.check.enroll.enroll, Qt.Key.Key_Space))
    write(qtbot, page)
    assert len(people_of(db)) == 26
    assert page.report.marks.isVisible()
    decide(qtbot, page, page.report.marks.click)
    assert page.next.text() == "&Set 255 marks"
    write(qtbot, page)
    assert marks(db) == 255


def test_a_sign_in_sheet_without_a_class_asks_for_it(qtbot, page, class_id, enrolled):
    with qtbot.waitSignal(page.work.read, timeout=10_000):
        page.take(SIGN_IN)
    settle(qtbot, page)
    assert page.step() == SOURCE
    assert page.banner.label.text() == "Choose the class whose attendance this is."
    assert page.source.into.hasFocus()
    assert not page.next.isEnabled()
    assert not page.tabs.isTabEnabled(PREVIEW)
    qtbot.keyClick(page.source.into, Qt.Key.Key_Down)
    assert not page.banner.isVisible()
    decide(qtbot, page, page.next.click)
    assert page.work.plan.class_id == class_id


def test_the_class_page_asks_for_its_sign_in_sheet_at_once(
    qtbot, page, answers, sheet, enrolled, class_id
):
    answers.file = sheet(("Ana Ito", "X"), ("Bo Li", "X"), head=("Name", "Mon AM"))
    decide(qtbot, page, lambda: page.open_record(("attendance", class_id)))
    assert page.work.decided.purpose == "attendance"
    assert page.next.text() == "&Set 2 marks"


def test_columns_that_are_no_blocks_are_refused_with_what_to_do(
    qtbot, page, answers, sheet, enrolled, class_id
):
    answers.file = sheet(("Ana Ito", "X"), ("Bo Li", "X"), head=("Full name", "Was there"))
    with qtbot.waitSignal(page.work.refused, timeout=10_000):
        page.open_record(("attendance", class_id))
        qtbot.waitUntil(lambda: page.work.table is not None, timeout=5_000)
        page.go_to(PREVIEW)
    assert page.step() == SOURCE
    assert "which is which cannot be told" in page.banner.label.text()


def test_what_a_list_is_can_be_chosen(qtbot, page, sheet, enrolled, class_id):
    take(qtbot, page, sheet(("Ana Ito", "X", "X"), ("Bo Li", "X", "")), class_id)
    page.go_to(SOURCE)
    assert page.source.purpose.currentData() == "attendance"
    qtbot.keyClick(page.source.purpose, Qt.Key.Key_Up)
    assert page.work.decided.purpose == "roster"
    assert page.work.class_id == class_id
    qtbot.keyClick(page.source.purpose, Qt.Key.Key_Up)
    assert page.work.decided.purpose == "people"
    assert page.work.class_id is None
    decide(qtbot, page, page.next.click)
    assert page.work.plan.class_id is None


# Finished classes ----------------------------------------------------------------------------


def test_ten_years_of_classes_come_in_with_their_old_numbers(qtbot, page, db):
    take(qtbot, page, FIXTURES / "history_a.xlsx")
    assert page.work.decided.purpose == "history"
    assert page.step() == CHECK
    assert page.source.found.text() == "220 rows on 10 sheets that look alike."
    assert page.check.courses.isVisible()
    assert not page.source.into.isVisible()
    page.go_to(PREVIEW)
    line = page.preview.rows.rows([5])[5]
    assert (line.sheet, line.line) == ("2016", 5)
    hidden = {
        column.key: page.preview.table.isColumnHidden(place)
        for place, column in enumerate(page.preview.table.records.columns)
    }
    assert (hidden["sheet"], hidden["number"], hidden["agency"]) == (False, True, False)
    write(qtbot, page)
    assert "certificates of past years are put on record" in page.report.sentence.text()
    with db.read() as session:
        numbers = session.scalars(select(Certificate.number)).all()
    assert "2016-001" in numbers


def test_another_course_is_chosen_for_the_rows_of_some_hours(qtbot, page):
    take(qtbot, page, FIXTURES / "history_a.xlsx")
    box = page.check.courses.boxes[480]
    place = next(n for n in range(box.count()) if box.itemData(n) == "CIT40")
    box.setCurrentIndex(place)
    decide(qtbot, page, lambda: box.activated.emit(place))
    assert next(one for one in page.work.plan.courses if one.minutes == 480).code == "CIT40"
    assert not page.check.waits or any(one.is_open for one in page.work.plan.agencies)


def test_one_sheet_of_several_can_be_read_alone_and_all_again(qtbot, page):
    take(qtbot, page, FIXTURES / "history_a.xlsx")
    page.go_to(SOURCE)
    assert page.source.sheet.currentText() == "All sheets that look alike (10)"
    with qtbot.waitSignal(page.work.read, timeout=10_000):
        qtbot.keyClick(page.source.sheet, Qt.Key.Key_Up)
    settle(qtbot, page)
    assert page.work.table.sheets == ()
    assert page.work.decided.purpose == "history"
    page.go_to(SOURCE)
    with qtbot.waitSignal(page.work.read, timeout=10_000):
        qtbot.keyClick(page.source.sheet, Qt.Key.Key_End)
    settle(qtbot, page)
    assert len(page.work.table.sheets) == 10


def test_a_day_for_all_rows_without_one_is_given_in_the_check(qtbot, page, tmp_path):
    rows = [["Ana Ito", "", "40", "19-1"], ["Bo Li", "2019-05-03", "40", "19-2"]]
    take(
        qtbot, page, write_csv(tmp_path / "p.csv", ["Name", "Completed", "Hours", "Cert #"], *rows)
    )
    assert page.step() == CHECK
    page.check.day.line.setText("5/2/2019")
    decide(qtbot, page, lambda: qtbot.keyClick(page.check.day.line, Qt.Key.Key_Return))
    assert [row.training.day.day for row in page.work.plan.rows] == [2, 3]


# Edited lists --------------------------------------------------------------------------------


@pytest.fixture
def edited(db, enrolled, tmp_path):
    """The list of people as it went out, edited by a function of its sheet."""

    def make(edit):
        path = tmp_path / "people.xlsx"
        with db.read() as session:
            path.write_bytes(edit_xlsx.workbook(editing.document(session, "people")))
        book = openpyxl.load_workbook(path)
        cells = {str(cell.value): cell for row in book.worksheets[0] for cell in row}
        edit(cells)
        book.save(path)
        return path

    return make


def test_an_edited_list_is_known_by_itself_and_changes_what_was_edited(
    qtbot, page, edited, enrolled, db
):
    path = edited(lambda cells: setattr(cells["ana@example.org"], "value", "new@example.org"))
    take(qtbot, page, path)
    assert page.step() == PREVIEW
    assert page.next.text() == "&Change 1 row"
    assert not page.tabs.isTabEnabled(COLUMNS)
    assert "An edited list that comes back: 2 rows" in page.source.found.text()
    page.preview.chips.chips["changed"].click()
    page.preview.table.selectRow(0)
    said = page.preview.detail.texts()
    assert said[said.index("E-mail") + 1 : said.index("E-mail") + 3] == [
        "ana@example.org",
        "new@example.org",
    ]
    write(qtbot, page)
    assert page.report.title.text() == "1 row changed"
    with db.read() as session:
        assert people.view(session, enrolled[0]).email == "new@example.org"


def test_an_edited_list_with_nothing_edited_says_so(qtbot, page, edited):
    take(qtbot, page, edited(lambda cells: None))
    assert page.banner.label.text() == "Nothing was changed in this workbook since it went out."
    page.step_back()
    assert page.step() == SOURCE
    assert not page.source.purpose.isVisible()
    assert not page.source.into.isVisible()


def test_a_conflict_is_shown_field_by_field_and_decided(qtbot, page, edited, enrolled, db, context):
    path = edited(lambda cells: setattr(cells["ana@example.org"], "value", "new@example.org"))
    with db.read() as session:
        version = people.view(session, enrolled[0]).version
    context.commands.do("Edit", people.update, enrolled[0], version, email="other@example.org")
    take(qtbot, page, path)
    page.go_to(PREVIEW)
    page.preview.chips.chips["conflict"].click()
    page.preview.table.selectRow(0)
    said = page.preview.detail.texts()
    assert "E-mail was changed on both sides" in said
    assert {"ana@example.org", "other@example.org", "new@example.org"} <= set(said)
    assert page.preview.detail.choices["records"].isChecked()
    assert page.preview.bar.isVisible()
    decide(qtbot, page, page.preview.detail.choices["workbook"].click)
    write(qtbot, page)
    with db.read() as session:
        assert people.view(session, enrolled[0]).email == "new@example.org"


def test_a_cell_of_an_edited_list_is_mended_in_the_check_and_beside_its_row(
    qtbot, page, edited, enrolled, db
):
    path = edited(lambda cells: setattr(cells["ana@example.org"], "value", "ana(at)example"))
    take(qtbot, page, path)
    assert page.step() == CHECK
    card = page.check.problems.groups[0]
    assert card.title == "“E-mail”: 1 cell that cannot be taken"
    line = page.check.problems.lines[0].edit
    assert (line.text(), line.hasFocus()) == ("ana(at)example", True)
    page.go_to(PREVIEW)
    page.preview.table.choose(page.work.plan.rows[0].line)
    beside = page.preview.detail.edits["E-mail"]
    assert beside.text() == "ana(at)example"
    beside.setText("mended@example.org")
    decide(qtbot, page, lambda: qtbot.keyClick(beside, Qt.Key.Key_Return))
    assert page.next.text() == "&Change 1 row"
    write(qtbot, page)
    with db.read() as session:
        assert people.view(session, enrolled[0]).email == "mended@example.org"


def test_all_conflicts_are_decided_at_once(qtbot, page, edited, enrolled, db, context):
    path = edited(lambda cells: setattr(cells["ana@example.org"], "value", "new@example.org"))
    context.commands.do("Edit", people.update, enrolled[0], 1, email="other@example.org")
    take(qtbot, page, path)
    page.go_to(PREVIEW)
    assert not page.work.plan.changes_anything
    decide(qtbot, page, lambda: qtbot.keyClick(page.preview.known, Qt.Key.Key_Down))
    assert page.next.text() == "&Change 1 row"


# Agencies, people and what the list leaves out -------------------------------------------------


def test_joined_spellings_are_one_agency_and_remembered(qtbot, page, tmp_path, db):
    rows = [ANA, ["Bo", "Li", "ROLLA POLICE DEPARTMENT", "bo@example.org"]]
    take(qtbot, page, write_csv(tmp_path / "a.csv", HEAD, *rows))
    assert page.step() == CHECK
    line = next(iter(page.check.agencies.lines.values()))
    assert line.join.hasFocus()
    decide(qtbot, page, lambda: qtbot.keyClick(line.join, Qt.Key.Key_Space))
    assert line.join.isChecked()
    page.go_to(PREVIEW)
    shown = page.preview.rows.rows([2, 3])
    assert {one.agency for one in shown.values()} == {line.choice.name}
    write(qtbot, page)
    with db.read() as session:
        assert session.scalar(select(func.count(Agency.id))) == 1
        assert session.scalar(select(func.count(AgencySpelling.id))) == 2
    assert "1 decision about agencies remembered" in page.report.texts()
    again = [["Cy", "Orr", "Rolla Police Department", "cy@example.org"]] * 1
    take(qtbot, page, write_csv(tmp_path / "b.csv", HEAD, *again))
    assert page.step() == PREVIEW


def test_what_is_left_open_is_not_joined(qtbot, page, tmp_path, db):
    rows = [ANA, ["Bo", "Li", "ROLLA POLICE DEPARTMENT", "bo@example.org"]]
    take(qtbot, page, write_csv(tmp_path / "a.csv", HEAD, *rows))
    write(qtbot, page)
    with db.read() as session:
        assert session.scalar(select(func.count(Agency.id))) == 2


def test_somebody_is_not_the_same_person_and_stays_apart(qtbot, page, tmp_path, enrolled, db):
    take(qtbot, page, write_csv(tmp_path / "a.csv", HEAD, ANA))
    page.go_to(PREVIEW)
    page.preview.table.selectRow(0)
    assert page.preview.rows.rows([2])[2].who.text == "Known"
    stranger = _link(page, "Not the same")
    decide(qtbot, page, stranger.click)
    assert page.work.plan.counts["new"] == 1
    decide(qtbot, page, _link(page, "It is the same").click)
    assert page.work.plan.counts["new"] == 0
    decide(qtbot, page, _link(page, "Not the same").click)
    write(qtbot, page)
    with db.read() as session:
        assert session.scalar(select(func.count(Person.id))) == 3
        assert session.scalar(select(func.count(NotSame.id))) == 1


def _link(page, text):
    detail = page.preview.detail
    found = [part for part in detail.widget().findChildren(type(page.next)) if part.isEnabled()]
    return next(part for part in found if text in part.text().replace("&", ""))


def test_a_cell_is_mended_beside_its_row(qtbot, page, tmp_path, db):
    path = write_csv(tmp_path / "a.csv", HEAD, ANA, ["Bo", "", "Phelps Health", "bo@example.org"])
    take(qtbot, page, path)
    page.go_to(PREVIEW)
    page.preview.table.selectRow(1)
    edit = page.preview.detail.edits["Last"]
    edit.setFocus()
    qtbot.keyClicks(edit, "Li")
    decide(qtbot, page, lambda: qtbot.keyClick(edit, Qt.Key.Key_Return))
    assert page.work.plan.counts["problem"] == 0
    write(qtbot, page)
    assert people_of(db) == ["Ito", "Li"]
    assert path.read_text("utf-8").count("Li") == 0  # the file stays as it is


def test_one_agency_is_given_for_all_rows(qtbot, page, tmp_path, db):
    take(qtbot, page, write_csv(tmp_path / "a.csv", ["First", "Last"], ANA[:2], BO[:2]))
    page.go_to(COLUMNS)
    line = page.columns.constants.lines["agency"]
    line.setFocus()
    qtbot.keyClicks(line, "Dent County Sheriff")
    with qtbot.waitSignal(page.work.mapped, timeout=10_000):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    decide(qtbot, page, page.next.click)
    assert [one.name for one in page.work.plan.new_agencies] == ["Dent County Sheriff"]


def test_a_row_is_shown_from_the_check(qtbot, page, tmp_path):
    path = write_csv(tmp_path / "a.csv", HEAD, ANA, ["Bo", "", "Phelps Health", "bo@example.org"])
    take(qtbot, page, path)
    page.check.problems.lines[0].show_row.click()
    assert page.step() == PREVIEW
    assert page.preview.table.selected_ids() == [3]


def test_back_leads_to_the_check_only_where_there_is_something_in_it(qtbot, page, tmp_path):
    take(qtbot, page, write_csv(tmp_path / "clean.csv", HEAD, ANA, BO))
    page.back.click()
    assert page.step() == COLUMNS
    faulty = ["Cy", "", "Dent SO", "cy@example.org"]
    take(qtbot, page, write_csv(tmp_path / "faulty.csv", HEAD, ANA, faulty))
    page.next.click()
    page.back.click()
    assert page.step() == CHECK


# Paste and Esc ---------------------------------------------------------------------------------


@pytest.fixture
def clipboard():
    """Emptied in time: what Python has put there cannot be let go of once Python has ended."""
    made = QGuiApplication.clipboard()
    yield made
    made.clear()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("First\tLast\nAna\tIto\nBo\tLi\n", ""),
        ("Ana Ito Bo Li", "<table><tr><th>First<th>Last<tr><td>Ana<td>Ito<tr><td>Bo<td>Li</table>"),
        ("Name: Ana Ito\nAgency: Rolla PD\n\nName: Bo Li\nAgency: Dent SO\n", ""),
    ],
)
def test_a_table_a_page_and_answers_are_pasted_at_any_step(
    qtbot, page, tmp_path, clipboard, text, html
):
    take(qtbot, page, write_csv(tmp_path / "clean.csv", HEAD, ["Cy", "Orr", "Dent SO", ""]))
    assert page.step() == PREVIEW
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    clipboard.setMimeData(data)
    with qtbot.waitSignal(page.work.read, timeout=10_000):
        qtbot.keyClick(page.next, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert page.work.plan.counts["new"] == 2


def test_esc_stops_what_runs_and_leaves_nothing(qtbot, page, db):
    with qtbot.waitSignal(page.work.cancelled, timeout=10_000):
        page.take(FIXTURES / "agency_sheet_a.xlsx")
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.work.opened is None
    assert people_of(db) == []
    assert page.step() != DONE
