"""Papers are drawn beside the window, shown, and printed or saved from where they are shown."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cit_desktop.errors import Refused
from tests.ui.answers import Answers
from tests.ui.printers import file_printer
from tests.ui.widgets.test_pdf_preview import document
from ui.previewing import PaperDrawing
from ui.saving import Opener, Saver

TITLE = "Directory of liaisons"


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "directory.pdf")


@pytest.fixture
def papers(context, qtbot, answers):
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    opened = []
    opener = Opener(lambda url: opened.append(Path(url.toLocalFile())) is None)
    saver = Saver(context, page, answers, opener)
    made = PaperDrawing(context, page, saver)
    made.page, made.saver, made.opened = page, saver, opened
    yield made
    context.commands.jobs.cancel_all()
    context.commands.jobs.wait()


def draw(_db, pages, progress):
    progress(pages, pages)
    return document(pages)


@pytest.fixture
def shown(papers, qtbot):
    papers.draw("Draw directory", TITLE, draw, 3)
    qtbot.waitUntil(lambda: papers.dialog is not None)
    dialog = papers.dialog
    yield dialog
    if isValid(dialog):
        dialog.reject()


def test_what_was_drawn_is_shown_under_its_title(shown):
    assert shown.windowTitle() == TITLE
    assert shown.pdf.place.text() == "Page 1 of 3"


def test_whoever_asked_gets_the_open_preview(papers, qtbot):
    got = []
    papers.draw("Draw directory", TITLE, draw, 1, then=got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [papers.dialog]
    assert papers.dialog.isVisible()
    papers.dialog.reject()


def test_drawing_can_be_cancelled_and_shows_nothing_then(papers, context, qtbot):
    begun, go_on = threading.Event(), threading.Event()

    def slow(_db, progress):
        begun.set()
        go_on.wait(5)
        progress(1, 2)
        return document(1)

    papers.draw("Draw directory", TITLE, slow)
    job = context.commands.jobs.running[0]
    assert (job.label, begun.wait(5)) == ("Draw directory", True)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
        go_on.set()
    assert papers.dialog is None


def test_a_paper_that_cannot_be_drawn_is_told_as_any_refusal(papers, context, qtbot):
    def refuse(_db, progress):
        raise Refused("The name cannot be printed.")

    with qtbot.waitSignal(context.commands.failed) as told:
        papers.draw("Draw directory", TITLE, refuse)
    assert str(told.args[0]) == "The name cannot be printed."
    assert papers.dialog is None


def test_a_file_saved_from_the_preview_is_told_and_opened_there(shown, papers, qtbot, answers):
    with qtbot.waitSignal(papers.saver.saved):
        shown.save_button.click()
    assert answers.asked[0][1].name == f"{TITLE}.pdf"
    assert shown.saved_banner.isVisible()
    assert shown.saved_banner.label.text().startswith("Saved “directory.pdf” in ")
    shown.saved_banner.link.click()
    assert papers.opened == [answers.answer.resolve()]


def test_a_file_that_cannot_be_written_is_told_in_the_preview(shown, context, qtbot, answers):
    answers.answer = answers.answer / "in no folder.pdf"
    with qtbot.waitSignal(context.commands.failed) as told:
        shown.save_button.click()
    assert shown.saved_banner.label.text() == str(told.args[0])
    assert shown.saved_banner.tone == "wrong"
    assert not shown.saved_banner.folder_link.isVisible()


def test_a_preview_closed_while_its_file_is_written_is_no_trouble(shown, papers, qtbot, answers):
    with qtbot.waitSignal(papers.saver.saved):
        shown.save_button.click()
        shown.reject()
    assert answers.answer.exists()


def test_the_preview_says_when_printing_is_done(shown, qtbot, tmp_path):
    with qtbot.waitSignal(shown.pdf.printed):
        shown.pdf.print_on(file_printer(tmp_path / "paper.pdf"))
    assert shown.saved_banner.label.text() == "Printed 3 pages."
    assert not shown.saved_banner.folder_link.isVisible()
