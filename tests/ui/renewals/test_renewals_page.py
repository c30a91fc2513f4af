"""Renewals: real keys, real letters, real files."""

from __future__ import annotations

import email
import shutil
from datetime import UTC, date, datetime, timedelta
from email import policy

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtPrintSupport import QPrinter

from cit_desktop import clock
from cit_desktop.db import Database
from cit_desktop.documents.letters import USUAL
from cit_desktop.services import (
    chapters,
    employments,
    renewal_writing,
    renewals,
    settings,
    undo,
)
from cit_desktop.services.chapters import ChapterDraft, SignerDraft
from tests.core.field import Field
from tests.ui.answers import Answers
from tests.ui.keys import press, type_text
from ui import theme
from ui.pages.renewals.page import RenewalsPage
from ui.pages.renewals.table import COLUMNS
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.record_delegate import PAD

TODAY = date(2026, 6, 1)
DUE = {"Due": date(2024, 2, 1), "Over": date(2023, 1, 2), "Soon": date(2024, 7, 1)}


@pytest.fixture(autouse=True)
def the_day():
    clock.set_source(lambda: datetime(2026, 6, 1, 15, tzinfo=UTC))
    yield
    clock.set_source(None)


@pytest.fixture(scope="module")
def made(template, tmp_path_factory):
    """A file with three people to be renewed, and their ids by name; one has no e-mail address."""
    path = tmp_path_factory.mktemp("renewals") / "chapter.cit"
    shutil.copyfile(template, path)
    db = Database.open(path)
    with db.operation("Begin the records") as session:
        signers = [SignerDraft("Dana Reyes", "Coordinator")]
        draft = ChapterDraft("Ozark Ridge CIT Council", "council", "MO", signers=signers)
        field = Field(session, chapters.create(session, draft))
        course = field.course("CIT40", refresher_months=24, validity_months=36)
        people = {}
        for name, day in DUE.items():
            mail = "" if name == "Due" else f"{name.lower()}@example.org"
            people[name] = field.person(name, email=mail)
            class_id = field.training(
                f"C-{name}", starts=day, days=1, course_id=course, status="finalized"
            )
            field.complete(class_id, people[name])
            employments.set_current(session, people[name], field.agency(f"{name} Police"))
    db.close()
    return path, people


@pytest.fixture
def people(made):
    return made[1]


@pytest.fixture
def db(made, tmp_path):
    path = tmp_path / "records" / "chapter.cit"
    path.parent.mkdir()
    shutil.copyfile(made[0], path)
    opened = Database.open(path)
    yield opened
    opened.close()


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path)


@pytest.fixture
def show(context, answers, qtbot):
    def open_page():
        made = RenewalsPage(context, answers)
        qtbot.addWidget(made)
        made.resize(1084, 754)
        made.refresh(None)
        context.commands.changed.connect(
            lambda changes: made.refresh(changes) if changes.touches(made.watches) else None
        )
        made.show()
        made.activateWindow()
        made.focus_start()
        settle(made, qtbot)
        return made

    yield open_page
    context.commands.jobs.wait()


@pytest.fixture
def page(show):
    return show()


def settle(page, qtbot):
    def quiet():
        waiting = page.preview._pause.isActive() or page._typed.isActive()
        return not (page.context.commands.jobs.running or page._job or waiting)

    qtbot.waitUntil(quiet, timeout=20_000)


def names(page):
    return [line.name for line in page.table.shown()]


def chosen(page):
    return [one.name for one in page.chosen()]


def written(page):
    with page.context.db.read() as session:
        found = renewals.until(session, renewals.default_day(TODAY))
    return [one.name for one in found if one.written is not None]


def letter_text(page):
    pages = page.preview.pdf.sheets.pages
    assert isinstance(pages, PdfPages)
    return text_of(pages)


def text_of(pages):
    text = pages._document[0].get_textpage()
    found = " ".join(text.get_text_range().split())
    text.close()
    return found


SHAPE = 16  # of a pill, with the gap behind it

# What is shown


def test_name_standing_and_the_day_of_a_letter_are_seen_whole_in_a_usual_window(page, qtbot):
    page.work._remember([(line.renewal.person_id, line.due) for line in page.table.shown()], "pdf")
    settle(page, qtbot)
    records = page.table.records
    for n in (n for n, one in enumerate(COLUMNS) if one.key in ("name", "chosen", "need", "due")):
        column = COLUMNS[n]
        pills = [records.pill(row, n) for row in range(records.rowCount())]
        texts = [pill.text if pill else records.text(row, n) for row, pill in enumerate(pills)]
        metrics = QFontMetrics(theme.font(bold=column.bold))
        room = page.table.columnWidth(n) - 2 * PAD - (SHAPE if column.pill else 0)
        assert max(metrics.horizontalAdvance(text) for text in texts) <= room
    assert any(line.renewal.written for line in page.table.shown())


def test_whoever_is_due_is_listed_ticked_and_the_most_pressing_is_previewed(page):
    assert names(page) == ["Over, Ana", "Due, Ana", "Soon, Ana"]
    assert chosen(page) == names(page)
    assert page.subtitle.text() == ("3 people due by Aug 30, 2026 · 3 letters · 1 without e-mail")
    assert page.print_button.text() == "&Print 3…"
    assert page.preview.who.text() == "Ana Over"
    assert page.preview.why.text() == "Expired on Jan 2, 2026.\nover@example.org"
    assert "Dear Ana Over:" in letter_text(page)
    assert page.table.hasFocus()


def test_space_unticks_and_ticks_and_only_what_is_ticked_is_made(page):
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Space)
    assert chosen(page) == ["Due, Ana", "Soon, Ana"]
    assert page.print_button.text() == "&Print 2…"
    press(page.table, Qt.Key.Key_Space)
    assert len(chosen(page)) == 3
    page.table.selectAll()
    press(page.table, Qt.Key.Key_Space)
    assert chosen(page) == []
    assert not page.print_button.isEnabled()
    assert not page.save_button.isEnabled()
    page.print_preview()
    assert page.work.dialog is None


def test_a_click_in_the_column_letter_ticks(page, qtbot):
    column = [column.key for column in COLUMNS].index("chosen")
    place = page.table.visualRect(page.table.model().index(1, column)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen(page) == ["Over, Ana", "Soon, Ana"]
    name = page.table.visualRect(page.table.model().index(1, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert chosen(page) == ["Over, Ana", "Soon, Ana"]


def test_the_row_chosen_is_the_letter_in_sight(page, qtbot):
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Down)
    settle(page, qtbot)
    assert "Dear Ana Due:" in letter_text(page)
    assert page.preview.why.text().endswith("No e-mail address")


def test_filters_narrow_the_list_and_what_is_made(page, qtbot):
    page.focus_filter()
    type_text(page.words, "soon pol")
    settle(page, qtbot)
    assert names(page) == chosen(page) == ["Soon, Ana"]
    page.words.clear()
    page.need.setCurrentIndex(page.need.findData("expired"))
    page.need.activated.emit(page.need.currentIndex())
    assert names(page) == ["Over, Ana"]
    page.words.setText("nobody")
    settle(page, qtbot)
    assert page.empty.title.text() == "Nobody matches"
    page.empty.acted.emit()
    assert len(names(page)) == 3


def test_an_earlier_day_lists_fewer_and_nobody_is_said_honestly(page, qtbot):
    page.by.set_value(date(2026, 1, 31))
    page.by.committed.emit()
    settle(page, qtbot)
    assert names(page) == ["Over, Ana"]
    page.by.set_value(date(2025, 1, 1))
    page.by.committed.emit()
    settle(page, qtbot)
    assert page.empty.title.text() == "Nobody is due by Jan 1, 2025"
    assert not page.preview.isVisible()
    page.empty.acted.emit()
    settle(page, qtbot)
    assert page.by.value() == TODAY + timedelta(days=365)
    assert len(names(page)) == 3


def test_enter_opens_the_person(page, people, qtbot):
    page.table.setFocus()
    with qtbot.waitSignal(page.go) as gone:
        press(page.table, Qt.Key.Key_Return)
    assert gone.args == ["person", people["Over"]]


def test_columns_sort(page):
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert names(page) == ["Soon, Ana", "Over, Ana", "Due, Ana"]


# What is made


def test_letters_are_saved_as_one_pdf_and_remembered(page, tmp_path, answers, qtbot):
    answers.answer = tmp_path / "Letters.pdf"
    page.as_pdf.trigger()
    settle(page, qtbot)
    with pypdfium2.PdfDocument(answers.answer) as pdf:
        assert [mark.get_title() for mark in pdf.get_toc()] == ["Ana Over", "Ana Due", "Ana Soon"]
    assert answers.asked[0][1].name == "Renewal letters.pdf"
    assert page.saved_banner.label.text().startswith("Saved “Letters.pdf”")
    assert len(written(page)) == 3


def test_whoever_was_written_to_is_not_ticked_again_until_it_is_undone(page, answers, qtbot):
    answers.answer /= "Letters.pdf"
    page.table.source.toggle([line.renewal.person_id for line in page.table.shown()[:2]])
    page.as_pdf.trigger()
    settle(page, qtbot)
    assert chosen(page) == []
    assert page.undo_banner.label.text() == "Remembered as written today: 1 person."
    assert page.table.shown()[2].renewal.note == "Written on Jun 1, 2026"
    assert page.table.records.pill(2, 1).text == "Written Jun 1"
    undo.undo(page.context.db)
    assert written(page) == []


def test_the_workbook_has_a_row_for_each_letter(page, answers, qtbot):
    answers.answer /= "Merge.xlsx"
    page.as_workbook.trigger()
    settle(page, qtbot)
    rows = list(openpyxl.load_workbook(answers.answer).active.values)
    assert [row[0] for row in rows] == ["Name", "Ana Over", "Ana Due", "Ana Soon"]
    assert len(written(page)) == 3


def test_drafts_are_saved_and_who_has_no_address_is_named(page, tmp_path, qtbot):
    page.as_drafts.trigger()
    settle(page, qtbot)
    assert sorted(path.name for path in tmp_path.glob("*.eml")) == [
        "Over, Ana.eml",
        "Soon, Ana.eml",
    ]
    assert page.saved_banner.label.text().startswith("2 drafts saved in")
    assert "Nothing was sent" in page.undo_banner.label.text()
    assert page.banner.label.text().endswith("and so without a draft: Due, Ana.")
    assert written(page) == ["Over, Ana", "Soon, Ana"]


def test_drafts_can_have_the_letter_with_them(page, tmp_path, qtbot):
    page.with_pdf.trigger()
    settle(page, qtbot)
    content = (tmp_path / "Over, Ana.eml").read_bytes()
    (attached,) = email.message_from_bytes(content, policy=policy.default).iter_attachments()
    assert attached.get_content().startswith(b"%PDF-1.7")


def test_without_any_address_no_folder_is_asked_for(page, answers, qtbot):
    page.words.setText("due")
    settle(page, qtbot)
    page.as_drafts.trigger()
    assert answers.asked == []
    assert "Due, Ana" in page.banner.label.text()


def test_printing_shows_the_pages_first_and_remembers_what_came_on_paper(page, tmp_path, qtbot):
    page.print_button.click()
    settle(page, qtbot)
    shown = page.work.dialog
    assert len(shown.pdf.sheets.pages.sizes) == 3
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    with qtbot.waitSignal(shown.pdf.printed, timeout=20_000):
        shown.pdf.print_on(printer)
    assert written(page) == []  # a file is no paper
    shown.pdf.on_paper.emit([0, 2], None)
    assert written(page) == ["Over, Ana", "Soon, Ana"]


# What the letters say


def test_the_letter_follows_what_is_typed_and_is_kept_when_saved(page, qtbot):
    page.edit_button.click()
    assert page.form.wording() == USUAL
    assert not page.save_button.isVisible()
    assert not page.typing.save.isEnabled()
    page.form.subject.setFocus()
    page.form.subject.selectAll()
    type_text(page.form.subject, "Come, ")
    page.form.put("first")
    settle(page, qtbot)
    assert "Come, Ana" in letter_text(page)
    page.typing.save.click()
    settle(page, qtbot)
    with page.context.db.read() as session:
        assert renewal_writing.wording(session).subject == "Come, {first}"
    assert page.undo_banner.label.text() == "The text was saved. New letters have it."
    assert page.save_button.isVisible()
    assert "Come, Ana" in letter_text(page)


def test_an_unknown_field_is_said_where_it_stands_and_cannot_be_saved(page, qtbot):
    page.edit_text()
    page.form.greeting.setFocus()
    page.form.greeting.selectAll()
    type_text(page.form.greeting, "Dear {nme}")
    assert page.form.problems["greeting"].text() == "There is no field {nme}."
    assert page.form.problems["subject"].isHidden()
    assert not page.typing.save.isEnabled()
    assert page.preview.note.text().startswith("The letter follows once")
    for _letter in "{nme}":
        press(page.form.greeting, Qt.Key.Key_Backspace)
    page.form.put("name")
    settle(page, qtbot)
    assert "Dear Ana Over" in letter_text(page)


def test_a_field_goes_where_one_typed_last(page):
    page.edit_text()
    page.form.text.selectAll()
    page.form.put("due")
    assert page.form.wording().text == "{due}"


def test_the_usual_text_comes_back(page, qtbot):
    page.edit_text()
    page.form.text.setPlainText("Other")
    page.typing.save.click()
    settle(page, qtbot)
    page.edit_text()
    page.typing.usual.click()
    page.typing.save.click()
    settle(page, qtbot)
    with page.context.db.read() as session:
        assert not any("renewal" in name for name in settings.everything(session))


def test_changes_are_discarded_by_going_back(page, qtbot):
    page.edit_text()
    page.form.text.setPlainText("Other")
    assert page.typing.done_button.text() == "Dis&card changes"
    page.typing.done_button.click()
    settle(page, qtbot)
    assert "Thank you" in letter_text(page)
    page.edit_text()
    assert page.form.wording() == USUAL
    assert page.typing.done_button.text() == "&Back to the list"


def test_what_was_not_saved_is_here_again(page, show, qtbot):
    page.edit_text()
    page.form.text.setPlainText("Half a thought")
    qtbot.waitUntil(lambda: not page.typing._draft.isActive())
    again = show()
    assert again.form.wording().text == "Half a thought"
    assert again.left.currentWidget() is again.form
    assert again.banner.label.text().startswith("What was typed here")


def test_while_nobody_is_due_a_sample_shows_the_text(page, qtbot):
    page.by.set_value(date(2020, 1, 1))
    page.by.committed.emit()
    settle(page, qtbot)
    page.edit_text()
    settle(page, qtbot)
    assert page.preview.isVisible()
    assert "Dear Ana Ito:" in letter_text(page)


def test_a_kept_text_that_cannot_be_read_is_told(page, qtbot):
    with page.context.db.operation("Damage") as session:
        chapter = chapters.current(session)
        settings.put(session, f"renewal.letter.{chapter.uid}", {"subject": 1})
    page.refresh(None)
    settle(page, qtbot)
    assert "cannot be read" in page.banner.label.text()
    assert "cannot be read" in page.preview.note.text()
