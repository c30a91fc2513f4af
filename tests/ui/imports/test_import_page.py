"""The whole way of an import, with keys and clicks, on real records."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from cit_desktop.services import enrollment, people, undo
from cit_desktop.services.people import PersonDraft
from tests.ui.imports.import_help import (
    AGENCY_SHEET,
    WEB_FORM,
    Answers,
    add_chapter,
    add_class,
    people_of,
    settle,
    shown,
    take,
    write_csv,
)
from tests.ui.keys import press
from ui.pages.imports.page import ImportPage
from ui.pages.imports.steps import CHECK, COLUMNS, DONE, PREVIEW, SOURCE

CONTROL = Qt.KeyboardModifier.ControlModifier
HEAD = ["First", "Last", "Agency", "Email"]
ANA = ["Ana", "Ito", "Rolla PD", "ana@example.org"]
BO = ["Bo", "Li", "Phelps Health", "bo@example.org"]


@pytest.fixture
def class_id(db):
    add_chapter(db)
    return add_class(db)


@pytest.fixture
def answers():
    return Answers()


@pytest.fixture
def page(qtbot, context, class_id, answers):
    return shown(qtbot, ImportPage(context, answers))


@pytest.fixture
def clean(tmp_path):
    return write_csv(tmp_path / "clean.csv", HEAD, ANA, BO)


def write(qtbot, page):
    if step(page) == CHECK:
        page.next.click()
    with qtbot.waitSignal(page.work.written, timeout=10_000):
        page.next.click()


def step(page):
    return page.tabs.currentIndex()


# A clean list --------------------------------------------------------------------------------


def test_a_clean_list_takes_a_drop_and_one_key(qtbot, page, clean, class_id, db):
    take(qtbot, page, clean, class_id)
    assert step(page) == PREVIEW
    assert page.next.hasFocus()
    assert page.next.text() == "&Import 2 people"
    with qtbot.waitSignal(page.work.written, timeout=10_000):
        press(page.next, Qt.Key.Key_Return)
    assert step(page) == DONE
    assert people_of(db) == ["Ito", "Li"]
    with db.read() as session:
        assert len(enrollment.rows(session, enrollment.ids(session, class_id))) == 2


@pytest.mark.parametrize(("path", "count"), [(WEB_FORM, 31), (AGENCY_SHEET, 24)])
def test_the_lists_that_chapters_get_ask_about_agencies_alone(qtbot, page, path, count, class_id):
    plan = take(qtbot, page, path, class_id)
    assert step(page) == CHECK
    assert page.check.problems.groups == []
    assert page.check.agencies.lines
    assert page.check.agencies.isVisible()
    assert plan.counts["new"] == count
    page.next.click()
    assert page.next.text() == f"&Import {count} people"


def test_the_done_step_tells_what_was_done(qtbot, page, class_id):
    take(qtbot, page, WEB_FORM, class_id)
    write(qtbot, page)
    said = page.report.texts()
    assert "31 people imported" in said
    assert "32 rows read: 31 new, 1 unchanged. 31 people for CIT40-2026-01." in said
    assert f"31 people in {page.into[class_id]}" in said
    assert page.into[class_id].endswith(" · CIT40-2026-01")
    assert f"{len(page.work.done.plan.new_agencies)} agencies added" in said


def test_a_backup_is_made_before_and_named(qtbot, page, clean, class_id):
    take(qtbot, page, clean, class_id)
    write(qtbot, page)
    made = page.work.done.result.backup
    assert made.is_file()
    assert f"“{made.name}” was made before" in page.report.texts()


def test_the_file_itself_stays_as_it_was(qtbot, page, clean, class_id):
    before = clean.read_bytes(), clean.stat().st_mtime_ns
    take(qtbot, page, clean, class_id)
    write(qtbot, page)
    assert (clean.read_bytes(), clean.stat().st_mtime_ns) == before


def test_the_same_list_again_says_that_nothing_is_new(qtbot, page, clean, class_id, db):
    take(qtbot, page, clean, class_id)
    write(qtbot, page)
    take(qtbot, page, clean, class_id)
    assert page.banner.isVisible()
    assert page.banner.label.text().startswith("Nothing new")
    assert page.next.text() == "&Choose another file…"
    assert people_of(db) == ["Ito", "Li"]


def test_ctrl_enter_goes_on_from_anywhere_on_the_page(qtbot, page, clean, class_id, db):
    take(qtbot, page, clean, class_id)
    page.preview.table.setFocus()
    with qtbot.waitSignal(page.work.written, timeout=10_000):
        qtbot.keyClick(page.preview.table, Qt.Key.Key_Return, CONTROL)
    assert people_of(db) == ["Ito", "Li"]


def test_the_next_step_after_it_is_the_class(qtbot, page, clean, class_id):
    take(qtbot, page, clean, class_id)
    write(qtbot, page)
    with qtbot.waitSignal(page.go) as went:
        page.next.click()
    assert went.args == ["class", class_id]


def test_without_a_class_the_next_step_is_the_people(qtbot, page, clean):
    take(qtbot, page, clean)
    write(qtbot, page)
    assert page.next.text() == "Show the &people"
    with qtbot.waitSignal(page.go) as went:
        page.next.click()
    assert went.args == ["people", None]


# Undo ----------------------------------------------------------------------------------------


def test_undo_takes_all_of_it_back_and_offers_it_again(qtbot, page, clean, class_id, db):
    take(qtbot, page, clean, class_id)
    write(qtbot, page)
    with qtbot.waitSignal(page.work.undone_changed, timeout=10_000):
        page.report.undo.click()
    assert people_of(db) == []
    assert "This import was undone" in page.report.texts()
    assert "2 rows came into the records" not in page.report.texts()
    assert not page.report.undo.isVisible()
    assert page.next.hasFocus()
    page.next.click()
    settle(qtbot, page)
    assert page.next.text() == "&Import 2 people"


def test_an_undo_and_redo_elsewhere_are_seen_here(qtbot, page, clean, class_id, db, context):
    context.commands.changed.connect(page.refresh)
    take(qtbot, page, clean, class_id)
    write(qtbot, page)
    with qtbot.waitSignal(page.work.undone_changed, timeout=5000):
        undo.undo(db)
    assert page.work.is_undone
    with qtbot.waitSignal(page.work.undone_changed, timeout=5000):
        undo.redo(db)
    assert "2 people imported" in page.report.texts()


def test_undo_that_would_lose_later_work_is_refused(qtbot, page, clean, db, context):
    take(qtbot, page, clean)
    write(qtbot, page)
    person_id = next(iter(page.work.done.result.person_ids.values()))
    context.commands.do("Edit", people.update, person_id, 1, county="Phelps")
    with qtbot.waitSignal(page.work.refused, timeout=5000):
        page.report.undo.click()
    assert page.banner.isVisible()
    assert people_of(db) == ["Ito", "Li"]
    assert page.report.undo.isVisible()


# Back and forth ------------------------------------------------------------------------------


def test_steps_that_cannot_be_taken_yet_are_closed(page):
    assert [page.tabs.isTabEnabled(n) for n in range(5)] == [True, *[False] * 4]
    assert not page.next.isVisible()


def test_one_walks_back_and_forth(qtbot, page, clean, class_id):
    take(qtbot, page, clean, class_id)
    page.back.click()
    assert step(page) == COLUMNS
    page.back.click()
    assert step(page) == SOURCE
    assert not page.back.isVisible()
    page.next.click()
    assert step(page) == PREVIEW
    qtbot.keyClick(page.tabs, Qt.Key.Key_Left)
    assert step(page) == COLUMNS


def test_leaving_and_coming_back_loses_nothing(qtbot, page, clean, class_id):
    take(qtbot, page, clean, class_id)
    page.preview.table.selectRow(1)
    page.hide()
    page.show()
    page.open_record(class_id)
    assert step(page) == PREVIEW
    assert page.preview.table.selected_ids() == [3]


def test_another_class_is_compared_anew(qtbot, page, clean, class_id, db):
    other = add_class(db, "CIT40-2026-02")
    take(qtbot, page, clean, class_id)
    page.open_record(other)
    settle(qtbot, page)
    assert page.work.plan.class_code == "CIT40-2026-02"
    assert "CIT40-2026-02" in page.subtitle.text()


def test_the_class_is_chosen_on_the_first_step(qtbot, page, clean, class_id):
    page.refresh(None)
    page.source.into.setFocus()
    qtbot.keyClick(page.source.into, Qt.Key.Key_Down)
    assert page.work.class_id == class_id
    assert page.import_into() == class_id
    answers = page.dialogs
    answers.file = clean
    with qtbot.waitSignal(page.work.compared, timeout=10_000):
        page.source.empty.action.click()
    assert page.work.plan.enrolls == 2


def test_the_next_import_into_another_class_starts_with_its_file(qtbot, page, clean, class_id, db):
    take(qtbot, page, clean, class_id)
    write(qtbot, page)
    page.open_record(add_class(db, "CIT40-2026-02"))
    assert step(page) == SOURCE


def test_the_next_import_into_the_same_class_starts_with_its_file(qtbot, page, clean, class_id):
    take(qtbot, page, clean, class_id)
    write(qtbot, page)
    page.open_record(class_id)
    assert step(page) == SOURCE


def test_no_class_can_be_asked_for(qtbot, page, clean, class_id):
    take(qtbot, page, clean, class_id)
    page.open_record(0)
    settle(qtbot, page)
    assert page.work.plan.class_id is None
    assert page.subtitle.text() == "clean.csv"


def test_what_changes_in_the_records_is_compared_anew(qtbot, page, clean, context):
    context.commands.changed.connect(page.refresh)
    take(qtbot, page, clean)
    assert page.work.plan.counts["new"] == 2
    draft = PersonDraft(last="Ito", first="Ana", email="ana@example.org")
    with qtbot.waitSignal(page.work.compared, timeout=5000):
        context.commands.do("Add person", people.add, draft)
    assert page.work.plan.counts["new"] == 1


def test_what_changed_unseen_is_refused_and_shown_anew(qtbot, page, clean, db, context):
    take(qtbot, page, clean)
    with db.operation("Add person") as session:
        people.add(session, PersonDraft(last="Ito", first="Ana", email="ana@example.org"))
    with qtbot.waitSignal(page.work.refused, timeout=10_000):
        page.next.click()
    settle(qtbot, page)
    assert "Nothing was written" in page.banner.label.text()
    assert page.banner.isVisible()
    assert page.work.plan.counts["new"] == 1
    assert people_of(db) == ["Ito"]


# Doubts --------------------------------------------------------------------------------------


def test_a_doubt_about_days_is_asked_once_before_the_preview(qtbot, page, tmp_path):
    rows = [[*ANA, "03/04/2025"], [*BO, "05/06/2025"]]
    path = write_csv(tmp_path / "days.csv", [*HEAD, "Completed"], *rows)
    take(qtbot, page, path)
    assert step(page) == COLUMNS
    assert "days are meant" in page.banner.label.text()
    line = next(iter(page.columns.lines.values()))
    assert line.heading.text() == "Completed"
    assert line.question.choices["mdy"].hasFocus()
    with qtbot.waitSignal(page.work.mapped, timeout=5000):
        press(line.question.choices["dmy"], Qt.Key.Key_Space)
    assert not page.banner.isVisible()
    assert line.question.choices["dmy"].isChecked()
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, page)
    assert page.work.plan.rows[0].values["completed"] == "2025-04-03"


def test_a_list_without_names_cannot_go_on_until_they_are_found(qtbot, page, tmp_path):
    path = write_csv(tmp_path / "odd.csv", ["A", "B"], ["x1", "Ana"], ["x2", "Bo"])
    take(qtbot, page, path)
    assert step(page) == COLUMNS
    assert not page.next.isEnabled()
    assert not page.tabs.isTabEnabled(PREVIEW)
    assert page.banner.label.text().startswith("Which column holds the name?")
    box = list(page.columns.lines.values())[1].field
    with qtbot.waitSignal(page.work.mapped, timeout=5000):
        qtbot.keyClicks(box, "Full")
    assert page.next.isEnabled()


# What is decided -----------------------------------------------------------------------------


@pytest.fixture
def known(context, class_id):
    """Ana is in the records, with another county and no telephone."""
    draft = PersonDraft(last="Ito", first="Ana", email="ana@example.org", county="Pulaski")
    return context.commands.do("Add person", people.add, draft).value


@pytest.fixture
def differing(tmp_path):
    head = [*HEAD, "County", "Phone"]
    return write_csv(
        tmp_path / "more.csv",
        head,
        [*ANA, "Phelps", "573-555-0100"],
        [*BO, "Phelps", ""],
    )


def test_known_people_are_completed_or_updated_as_one_chooses(qtbot, page, known, differing, db):
    take(qtbot, page, differing)
    assert page.work.plan.rows[0].kind == "update"
    assert [one.field for one in page.work.plan.rows[0].kept] == ["county"]
    with qtbot.waitSignal(page.work.compared, timeout=5000):
        qtbot.keyClick(page.preview.known, Qt.Key.Key_Down)
    assert page.work.decided.default == "update"
    write(qtbot, page)
    with db.read() as session:
        assert people.view(session, known).county == "Phelps"


def test_a_row_is_skipped_with_del_and_taken_again(qtbot, page, differing, class_id, db):
    take(qtbot, page, differing)
    page.preview.table.selectRow(0)
    with qtbot.waitSignal(page.work.compared, timeout=5000):
        qtbot.keyClick(page.preview.table, Qt.Key.Key_Delete)
    assert page.work.plan.rows[0].kind == "skipped"
    assert page.next.text() == "&Import 1 person"
    assert page.preview.table.selected_ids() == [2]
    with qtbot.waitSignal(page.work.compared, timeout=5000):
        page.preview.detail.choices["fill"].click()
    assert page.next.text() == "&Import 2 people"


def test_a_row_that_leaves_the_filter_hands_on_to_the_next(qtbot, page, clean, class_id):
    take(qtbot, page, clean, class_id)
    page.preview.chips.choose("new")
    page.preview.table.setFocus()
    page.preview.table.choose(2)
    qtbot.keyClick(page.preview.table, Qt.Key.Key_Delete)
    settle(qtbot, page)
    assert page.preview.table.selected_ids() == [3]
    assert page.preview.detail.texts()[0] == "Li, Bo"
    qtbot.keyClick(page.preview.table, Qt.Key.Key_Delete)
    settle(qtbot, page)
    assert page.preview.chips.current() == "all"  # nothing is left of that kind
    assert page.preview.table.selected_ids() == [3]


def test_several_rows_are_decided_at_once(qtbot, page, differing):
    take(qtbot, page, differing)
    page.preview.table.selectAll()
    assert page.preview.detail.texts()[0] == "2 rows chosen"
    with qtbot.waitSignal(page.work.compared, timeout=5000):
        page.preview.detail.choices["skip"].click()
    assert page.work.plan.counts["skipped"] == 2
    assert "all of its rows are skipped" in page.banner.label.text()


def test_enter_goes_to_the_choice_and_it_keeps_the_focus(qtbot, page, differing):
    take(qtbot, page, differing)
    page.preview.table.setFocus()
    page.preview.table.selectRow(0)
    qtbot.keyClick(page.preview.table, Qt.Key.Key_Return)
    assert page.preview.detail.choices["fill"].hasFocus()
    with qtbot.waitSignal(page.work.compared, timeout=5000):
        qtbot.keyClick(page.preview.detail.choices["fill"], Qt.Key.Key_Down)
    assert page.preview.detail.choices["skip"].hasFocus()


def test_coming_back_to_the_preview_leads_once(qtbot, page, differing):
    take(qtbot, page, differing)
    page.back.click()
    page.columns.focus_first()
    page.step_on()
    assert page.next.hasFocus()
    page.preview.table.selectRow(0)
    page.preview.focus_choice()
    with qtbot.waitSignal(page.work.compared, timeout=5000):
        qtbot.keyClick(page.preview.detail.choices["fill"], Qt.Key.Key_Down)
    assert page.preview.detail.choices["skip"].hasFocus()


# Refusals ------------------------------------------------------------------------------------


def faulty_files(tmp_path):
    made = {
        "empty.csv": (b"", "is empty (0 bytes)"),
        "picture.png": (b"\x89PNG\r\n", "picture.png"),
        "broken.xlsx": (b"PK\x03\x04 and then nothing", "is damaged"),
        "page.xls": (b"<html><table></table></html>", "is a web page"),
        "blank.csv": (b",,,\n,,,\n", "holds no rows"),
    }
    for name, (content, _text) in made.items():
        (tmp_path / name).write_bytes(content)
    return {tmp_path / name: text for name, (_content, text) in made.items()}


def test_files_that_cannot_be_read_get_a_sentence_each(qtbot, page, tmp_path, db):
    for path, text in faulty_files(tmp_path).items():
        with qtbot.waitSignal(page.work.refused, timeout=10_000):
            page.take(path)
        assert text in page.banner.label.text()
        assert page.banner.isVisible()
        assert step(page) == SOURCE
    assert people_of(db) == []


def test_a_file_that_cannot_be_read_leaves_the_one_before(qtbot, page, clean, class_id, tmp_path):
    take(qtbot, page, clean, class_id)
    with qtbot.waitSignal(page.work.refused, timeout=10_000):
        page.take(tmp_path / "gone.csv", None)
    assert "is no longer there" in page.banner.label.text()
    assert page.next.text() == "&Import 2 people"
    assert page.work.class_id == class_id


def test_what_was_refused_is_not_told_of_the_next_list(qtbot, page, clean, class_id, tmp_path):
    take(qtbot, page, clean, class_id)
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04")
    page.take(bad)
    settle(qtbot, page)
    assert page.banner.isVisible()
    take(qtbot, page, clean, class_id)
    assert not page.banner.isVisible()


def test_a_class_that_is_not_open_is_refused_where_another_is_chosen(qtbot, page, clean, db):
    closed = add_class(db, "CIT40-2025-01", status="finalized")
    take(qtbot, page, clean, closed)
    assert step(page) == SOURCE
    assert "nobody can be enrolled in it" in page.banner.label.text()


def test_a_refusal_is_also_told_by_the_window(qtbot, page, context, tmp_path):
    with qtbot.waitSignal(context.commands.failed, timeout=10_000) as told:
        page.take(tmp_path / "gone.csv")
    assert "no longer there" in told.args[0].message


def test_rows_that_cannot_be_taken_are_told_and_left_out(qtbot, page, tmp_path, db):
    path = write_csv(tmp_path / "some.csv", HEAD, ANA, ["", "Solo", "Rolla PD", "x@example.org"])
    take(qtbot, page, path)
    assert step(page) == CHECK
    page.next.click()
    page.preview.chips.chips["problem"].click()
    assert page.preview.table.count() == 1
    page.preview.table.selectRow(0)
    said = page.preview.detail.texts()
    assert any(text.startswith("Row 3, column “") for text in said)
    assert any("no first name" in text for text in said)
    page.next.click()
    settle(qtbot, page)
    assert people_of(db) == ["Ito"]
    assert page.report.left.isVisible()
    assert page.report.left.text() == "1 row could not be taken as it is."
    assert "goes in again" in page.report.again.text()
    page.report.show_left.click()
    settle(qtbot, page)
    assert step(page) == PREVIEW
    assert page.preview.chips.current() == "look"


# Cancelling ----------------------------------------------------------------------------------


def test_a_cancelled_import_leaves_nothing(qtbot, page, clean, class_id, db):
    take(qtbot, page, clean, class_id)
    with qtbot.waitSignal(page.work.cancelled, timeout=10_000):
        page.next.click()
        page.work.cancel()
    assert people_of(db) == []
    assert page.banner.label.text() == "Cancelled: nothing was changed."
    assert step(page) == PREVIEW
    assert page.next.isEnabled()


def test_a_cancelled_reading_stays_where_one_was(qtbot, page, clean):
    with qtbot.waitSignal(page.work.cancelled, timeout=10_000):
        page.take(AGENCY_SHEET)
        page.work.cancel()
    assert page.work.table is None
    assert step(page) == SOURCE
    assert take(qtbot, page, clean).counts["new"] == 2


def test_slow_work_is_shown_with_a_way_to_stop_it(qtbot, page):
    page.slow.setInterval(0)
    with qtbot.waitSignal(page.work.cancelled, timeout=10_000):
        page.take(AGENCY_SHEET)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.busy, timeout=5000)
        assert page.busy.title.text() == "Reading agency_sheet_a.xlsx"
        assert page.busy.cancel.hasFocus()
        assert not page.tabs.isEnabled()
        qtbot.keyClick(page.busy.cancel, Qt.Key.Key_Space)
        assert not page.busy.cancel.isEnabled()
    assert page.stack.currentWidget() is page.source
    assert page.tabs.isEnabled()


def test_nothing_else_is_begun_while_an_import_is_written(qtbot, page, clean, class_id, answers):
    take(qtbot, page, clean, class_id)
    with qtbot.waitSignal(page.work.written, timeout=10_000):
        page.next.click()
        page.take(AGENCY_SHEET)
        assert "is being written" in page.banner.label.text()
        answers.file = AGENCY_SHEET
        page.choose_file()
        page.open_record(0)
    assert page.work.table.source == "clean.csv"
    assert page.work.class_id == class_id


# Files dropped, chosen and pasted --------------------------------------------------------------


def drag(page, *urls):
    data = QMimeData()
    data.setUrls(list(urls))
    args = (Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data)
    buttons = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), *args, *buttons)
    QApplication.sendEvent(page, enter)
    return enter, QDropEvent(QPointF(9, 9), *args, *buttons), data


def test_a_file_is_dropped_anywhere_on_the_page(qtbot, page, clean, class_id):
    page.open_record(class_id)
    enter, drop, _data = drag(page, QUrl.fromLocalFile(str(clean)))
    assert enter.isAccepted()
    assert enter.dropAction() == Qt.DropAction.CopyAction
    assert page.source.zone.is_lit
    with qtbot.waitSignal(page.work.compared, timeout=10_000):
        QApplication.sendEvent(page, drop)
    assert not page.source.zone.is_lit
    assert page.work.plan.class_id == class_id


def test_what_is_no_file_cannot_be_dropped(page):
    enter, _drop, _data = drag(page, QUrl("https://example.org/list.csv"))
    assert not enter.isAccepted()
    assert not page.source.zone.is_lit


def test_two_files_at_once_are_explained(page, clean):
    page.take_dropped([clean, clean])
    assert "one list is imported at a time" in page.banner.label.text()
    assert page.work.job is None


def test_a_drop_that_brings_nothing_is_explained(page):
    page.take_dropped([])
    assert "Drop it again, or choose the file" in page.banner.label.text()
    assert page.work.job is None


def test_a_file_is_chosen_with_ctrl_n_and_the_button(qtbot, page, clean, answers):
    answers.file = clean
    with qtbot.waitSignal(page.work.compared, timeout=10_000):
        page.new_record()
    assert page.source.name.text() == "clean.csv"


def test_rows_are_pasted(qtbot, page):
    QGuiApplication.clipboard().setText("First\tLast\tAgency\nAna\tIto\tRolla PD\n")
    with qtbot.waitSignal(page.work.compared, timeout=10_000):
        qtbot.keyClick(page.source.empty.action, Qt.Key.Key_V, CONTROL)
    assert page.subtitle.text() == "Pasted rows"
    assert page.work.plan.counts["new"] == 1


def test_an_empty_clipboard_is_nothing(qtbot, page):
    QGuiApplication.clipboard().setText(" ")
    qtbot.keyClick(page.source.empty.action, Qt.Key.Key_V, CONTROL)
    assert page.work.job is None


# The report ------------------------------------------------------------------------------------


def cells(book):
    return [c for sheet in book if sheet.sheet_state == "visible" for row in sheet for c in row]


def test_the_report_is_saved_as_a_workbook(qtbot, page, class_id, answers, tmp_path):
    take(qtbot, page, WEB_FORM, class_id)
    write(qtbot, page)
    answers.target = tmp_path / "report.xlsx"
    with qtbot.waitSignal(page.saver.saved, timeout=10_000):
        page.report.save.click()
    assert answers.titles == ["Result of web_form_a.xlsx"]
    assert page.saved_banner.isVisible()
    found = [str(cell.value) for cell in cells(openpyxl.load_workbook(answers.target))]
    assert any("robinson" in text.casefold() for text in found)


def test_the_corrected_result_goes_in_again_and_touches_those_rows_alone(
    qtbot, page, tmp_path, answers, db
):
    rows = [ANA, ["Bo", "", "Phelps Health", "bo@example.org"], ["Cy", "Orr", "Dent SO", "cy(at)x"]]
    take(qtbot, page, write_csv(tmp_path / "three.csv", HEAD, *rows))
    write(qtbot, page)
    assert people_of(db) == ["Ito", "Orr"]
    answers.target = tmp_path / "result.xlsx"
    with qtbot.waitSignal(page.saver.saved, timeout=10_000):
        page.report.save.click()
    book = openpyxl.load_workbook(answers.target)
    wrong = {cell.value: cell for cell in cells(book) if cell.comment}
    assert "name@example.org" in wrong["cy(at)x"].comment.text
    wrong["cy(at)x"].value = "cy@example.org"
    next(cell for cell in cells(book) if cell.value == "Bo").offset(0, 1).value = "Li"
    book.save(answers.target)
    plan = take(qtbot, page, answers.target)
    assert [row.kind for row in plan.rows] == ["same", "new", "update"]
    write(qtbot, page)
    assert people_of(db) == ["Ito", "Li", "Orr"]


# The rest --------------------------------------------------------------------------------------


def tab_through(qtbot, page, count):
    found = []
    for _ in range(count):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        found.append(QApplication.focusWidget())
    return found


def test_tab_goes_through_the_check_as_it_stands_and_then_on(qtbot, page, tmp_path):
    rows = [ANA, BO, ["Cy", "Orr", "ROLLA POLICE DEPT", "cy(at)x"], ["Di", "Ng", "", "di(at)x"]]
    path = write_csv(tmp_path / "faulty.csv", HEAD, *rows)
    take(qtbot, page, path)
    lines = page.check.problems.lines
    assert lines[0].edit.hasFocus()
    agency = next(iter(page.check.agencies.lines.values()))
    qtbot.waitUntil(agency.join.isVisible)
    assert tab_through(qtbot, page, 7) == [
        lines[0].show_row,
        lines[1].edit,
        lines[1].show_row,
        page.check.agencies.join_all,
        agency.join,
        page.back,
        page.next,
    ]


def test_tab_goes_from_the_filters_over_the_rows_to_what_may_be_decided(qtbot, page, clean, known):
    take(qtbot, page, clean)
    page.preview.table.choose(2)
    page.focus_filter()
    assert tab_through(qtbot, page, 3)[:2] == [page.preview.table, page.preview.known]
    assert page.preview.detail.hasFocus()
    decided = tab_through(qtbot, page, 1)[0]
    assert decided in page.preview.detail.choices.values()


def test_the_first_arrow_key_chooses_the_first_row_and_the_next_one_moves(qtbot, page, clean):
    take(qtbot, page, clean)
    table = page.preview.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.current_id() == 2
    assert table.selected_ids() == []
    for chosen in ([2], [3]):
        press(table, Qt.Key.Key_Down)
        assert table.selected_ids() == chosen
    assert "Li, Bo" in page.preview.detail.texts()
    press(table, Qt.Key.Key_Up)
    assert table.selected_ids() == [2]


def test_an_arrow_key_held_with_shift_chooses_more_rows(qtbot, page, clean):
    take(qtbot, page, clean)
    table = page.preview.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == [2, 3]
    press(table, Qt.Key.Key_Up)
    assert table.selected_ids() == [2]


def test_tab_goes_through_the_columns_to_what_holds_for_all_rows(qtbot, page, clean):
    take(qtbot, page, clean)
    page.go_to(COLUMNS)
    fields = [line.field for line in page.columns.lines.values()]
    fields[0].setFocus()
    found = tab_through(qtbot, page, len(fields))
    assert found[:-1] == fields[1:]
    assert found[-1] in page.columns.constants.lines.values()


def test_f6_moves_through_the_steps_the_rows_and_the_button(qtbot, page, clean):
    take(qtbot, page, clean)
    page.tabs.setFocus()
    page.next_pane()
    assert page.preview.table.hasFocus()
    page.next_pane()
    assert page.preview.detail.hasFocus()
    page.next_pane()
    assert page.next.hasFocus()


def test_ctrl_f_goes_to_the_filters_of_the_preview(qtbot, page, clean):
    page.focus_filter()
    assert page.search.hasFocus()
    take(qtbot, page, clean)
    page.focus_filter()
    assert page.preview.chips.chips["all"].hasFocus()


def test_work_begins_at_the_button_that_goes_on(qtbot, page, clean):
    page.focus_start()
    assert page.source.empty.action.hasFocus()
    take(qtbot, page, clean)
    page.preview.table.setFocus()
    page.focus_start()
    assert page.next.hasFocus()


def test_access_keys_are_not_given_twice(qtbot, page, clean, known):
    take(qtbot, page, clean)
    page.preview.table.selectRow(0)
    texts = [page.back.text(), page.next.text(), page.preview.known_label.text()]
    texts += [made.text() for made in page.preview.detail.choices.values()]
    keys = [text[text.index("&") + 1].lower() for text in texts]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set("fevh")  # the menus of the window


def test_a_person_is_opened_from_the_row(qtbot, page, clean, known):
    take(qtbot, page, clean)
    page.preview.table.selectRow(0)
    with qtbot.waitSignal(page.go) as went:
        page.preview.detail.person_wanted.emit(known)
    assert went.args == ["person", known]
