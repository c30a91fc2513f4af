"""Tents, badges and labels in their own window: what is chosen is drawn, printed and saved."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cit_desktop.documents.options import Options
from cit_desktop.papers import class_papers
from tests.ui.answers import Answers
from tests.ui.certificate_field import world  # noqa: F401 - a fixture
from ui.pages.classes.documents import ClassDocuments
from ui.widgets.paper_choices import PaperChoices, StockItem
from ui.widgets.pdf_pages import PdfPages

STOCKS = (StockItem("large", "Ten a sheet", 10), StockItem("small", "Thirty a sheet", 30))
LABELS = class_papers.LABELS


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "out.pdf")


@pytest.fixture
def page(world, qtbot, answers):  # noqa: F811
    made = ClassDocuments(world.context, answers)
    qtbot.addWidget(made)
    made.show_class(world.classes["done"])
    yield made
    world.context.commands.jobs.wait()


@pytest.fixture
def shown(page, qtbot):
    """Opens a paper of the class and waits until its pages, or a sentence, are in sight."""

    def show(paper):
        page.show_paper(paper)
        settle(qtbot, page.papers.dialog)
        return page.papers.dialog

    return show


@pytest.fixture
def caught(monkeypatch):
    """What reached the crash hook."""
    found = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: found.append(error))
    return found


def settle(qtbot, dialog):
    def settled():
        return bool(dialog.content) or dialog.note.text() != "Drawing…"

    qtbot.waitUntil(settled, timeout=10_000)


def drawn_again(qtbot, dialog, act):
    act()
    assert not dialog.content
    qtbot.waitUntil(lambda: bool(dialog.content), timeout=10_000)


def pages_of(dialog):
    return dialog.pdf.sheets.pages.count()


@pytest.mark.parametrize(("key", "pages"), [("tents", 2), ("badges", 1)])
def test_a_paper_opens_for_everybody_on_the_usual_stock(shown, key, pages):
    paper = class_papers.find(key)
    dialog = shown(paper)
    assert dialog.windowTitle() == f"CIT40-2026-1 {paper.title.lower()}"
    assert pages_of(dialog) == pages  # four people: three trainees and an instructor
    assert dialog.choices.options() == Options(dialog.choices.stock.currentData())
    assert not dialog.choices.numbers.isVisible()
    assert dialog.pdf.print_button.isEnabled()


def test_what_is_chosen_is_drawn_anew(shown, qtbot):
    dialog = shown(class_papers.TENTS)
    drawn_again(qtbot, dialog, lambda: dialog.choices.start_at.setValue(2))
    assert pages_of(dialog) == 3
    drawn_again(qtbot, dialog, lambda: dialog.choices.who.choose("instructors"))
    assert pages_of(dialog) == 1
    drawn_again(qtbot, dialog, lambda: dialog.choices.stock.choose("tents-letter-large"))
    assert dialog.pdf.sheets.pages.sizes[0].width() > dialog.pdf.sheets.pages.sizes[0].height()


def test_nothing_can_be_printed_or_saved_while_something_else_was_chosen(shown, qtbot):
    dialog = shown(class_papers.TENTS)
    dialog.choices.test.setChecked(True)
    assert not dialog.save_button.isEnabled()
    assert not dialog.pdf.print_button.isEnabled()
    qtbot.waitUntil(lambda: bool(dialog.content), timeout=10_000)
    assert dialog.save_button.isEnabled()
    assert dialog.pdf.print_button.isEnabled()


def test_labels_for_nobody_say_why_and_come_once_there_are_certificates(shown, world, page, qtbot):  # noqa: F811
    dialog = shown(LABELS)
    assert "has a valid certificate yet" in dialog.note.text()
    assert not dialog.pdf.print_button.isEnabled()
    assert not dialog.pdf.sheets.isVisible()
    world.issue()
    drawn_again(qtbot, dialog, lambda: dialog.choices.numbers.setChecked(True))
    assert not dialog.note.isVisible()
    assert pages_of(dialog) == 1


def test_a_stock_is_remembered_for_its_paper(shown, qtbot, world):  # noqa: F811
    world.issue()
    dialog = shown(LABELS)
    drawn_again(qtbot, dialog, lambda: dialog.choices.stock.choose("avery-5163"))
    dialog.reject()
    assert shown(LABELS).choices.stock.currentData() == "avery-5163"
    assert shown(class_papers.BADGES).choices.stock.currentData() == "avery-5392"


def test_how_far_a_printer_is_off_is_remembered_for_the_stock(shown, qtbot, world):  # noqa: F811
    dialog = shown(class_papers.TENTS)
    straight = dialog.content
    drawn_again(qtbot, dialog, lambda: dialog.choices.test.setChecked(True))
    drawn_again(qtbot, dialog, lambda: dialog.choices.right.setValue(1.5))
    drawn_again(qtbot, dialog, lambda: dialog.choices.test.setChecked(False))
    assert dialog.content != straight
    dialog.reject()
    again = shown(class_papers.TENTS)
    assert again.choices.options().right == 1.5
    assert again.choices.shifts.isVisible()
    drawn_again(qtbot, again, lambda: again.choices.right.setValue(0))
    assert again.content == straight
    assert world.context.preferences.get("papers/shift/tents-letter") is None


@pytest.mark.parametrize("kept", [["a", 1], [1], "much"])
def test_a_damaged_memory_of_it_is_no_shift(shown, world, kept):  # noqa: F811
    world.context.preferences.set("papers/shift/tents-letter", kept)
    assert shown(class_papers.TENTS).choices.options().right == 0


def test_what_is_in_sight_is_saved(shown, qtbot, page, answers, tmp_path):
    dialog = shown(class_papers.BADGES)
    with qtbot.waitSignal(page.saver.saved, timeout=10_000):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert answers.asked[0][1].name == "CIT40-2026-1 name badges.pdf"
    saved = PdfPages(tmp_path / "out.pdf")
    assert saved.count() == 1
    saved.close()


def test_a_test_page_is_saved_under_a_name_of_its_own(shown, qtbot, page, answers):
    dialog = shown(class_papers.BADGES)
    drawn_again(qtbot, dialog, lambda: dialog.choices.test.setChecked(True))
    with qtbot.waitSignal(page.saver.saved, timeout=10_000):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert answers.asked[0][1].name == "CIT40-2026-1 name badges test page.pdf"
    assert dialog.saved_banner.isVisible()


def test_a_mistake_while_drawing_is_told_where_the_pages_would_be(
    shown, qtbot, monkeypatch, caught
):
    def broken(*_args, progress):
        raise RuntimeError("a mistake")

    monkeypatch.setattr(class_papers, "draw", broken)
    dialog = shown(class_papers.TENTS)
    assert dialog.note.text().startswith("The program made a mistake")
    assert not dialog.save_button.isEnabled()
    assert [str(error) for error in caught] == ["a mistake"]


def test_a_window_closed_while_it_is_drawn_stays_closed(page, qtbot, world):  # noqa: F811
    page.show_paper(class_papers.TENTS)
    qtbot.keyClick(page.papers.dialog, Qt.Key.Key_Escape)
    world.context.commands.jobs.wait()
    qtbot.wait(20)
    assert not world.context.commands.jobs.running


def test_a_class_that_is_gone_has_no_papers(page, qtbot, world, monkeypatch):  # noqa: F811
    monkeypatch.setattr(page, "_class", replace(page._class, id=99))
    with qtbot.waitSignal(world.context.commands.failed):
        page.show_paper(class_papers.TENTS)


# The row of choices


@pytest.fixture
def choices(qtbot):
    made = PaperChoices(LABELS.takes, STOCKS, "small")
    qtbot.addWidget(made)
    made.show()
    return made


def test_choices_begin_with_the_stock_that_is_liked_or_the_first(choices, qtbot):
    assert choices.options() == Options("small")
    other = PaperChoices(LABELS.takes, STOCKS, "sold out")
    qtbot.addWidget(other)
    assert other.options() == Options("large")


def test_a_sheet_begins_at_one_of_its_places(choices, qtbot):
    choices.start_at.setValue(99)
    assert choices.options().start_at == 30
    with qtbot.waitSignal(choices.changed) as told:
        choices.stock.choose("large")
    assert told.args == [Options("large", 10)]


def test_a_test_page_is_of_the_stock_alone(choices, qtbot):
    choices.start_at.setValue(3)
    choices.numbers.setChecked(True)
    with qtbot.waitSignal(choices.changed) as told:
        qtbot.keyClick(choices.test, Qt.Key.Key_Space)
    assert told.args == [Options("small", test=True)]
    assert not choices.start_at.isEnabled()
    assert not choices.who.isEnabled()
    choices.test.setChecked(False)
    assert choices.options() == Options("small", 3, "all", True)


def test_each_stock_has_its_own_shift_that_is_seen_when_there_is_one(choices):
    assert not choices.shifts.isVisible()
    choices.test.setChecked(True)
    assert choices.shifts.isVisible()
    choices.up.setValue(-2)
    choices.test.setChecked(False)
    assert choices.shifts.isVisible()
    choices.stock.choose("large")
    assert choices.options() == Options("large")
    assert not choices.shifts.isVisible()
    choices.stock.choose("small")
    assert choices.options() == Options("small", up=-2)


def test_every_field_is_named_for_who_cannot_see_it(choices):
    fields = (choices.stock, choices.start_at, choices.who, choices.right, choices.up)
    names = [field.accessibleName() for field in fields]
    assert names == ["Stock", "Start at", "For", "Move right", "Move up"]


def test_no_two_keys_of_the_window_are_alike(shown, world):  # noqa: F811
    world.issue()
    dialog = shown(LABELS)
    texts = [button.text() for button in dialog.findChildren(QPushButton) if button.text()]
    texts += [dialog.choices.numbers.text(), dialog.choices.test.text(), "Stoc&k", "Start &at"]
    keys = [
        text[text.index("&") + 1].lower()
        for text in [*texts, "Fo&r", "&Move", "&up"]
        if "&" in text
    ]
    assert len(keys) == len(set(keys)) > 5
