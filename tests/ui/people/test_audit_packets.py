from datetime import date
from types import SimpleNamespace

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.keys import press
from ui.dialogs.period import PeriodDialog
from ui.pages.history.page import HistoryPage
from ui.pages.people.page import PersonPage

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def text_of(content):
    with PdfDocument(content) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def answering(path):
    """Chooses a file in place of the system's dialog."""
    return SimpleNamespace(save=lambda _parent, _title, _suggested, chosen: chosen(path))


@pytest.fixture
def window(qtbot):
    """What a dialog stands on."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def asked(window):
    """A dialog with the year 2025, and what it emitted."""
    dialog = PeriodDialog("Audit packet", "One PDF.", "&Make packet", YEAR, window)
    found = []
    dialog.chosen.connect(lambda *days: found.append(days))
    dialog.open()
    return dialog, found


def test_the_period_that_is_offered_is_taken_with_enter(asked):
    dialog, found = asked
    assert (dialog.start.line.text(), dialog.end.line.text()) == ("Jan 1, 2025", "Dec 31, 2025")
    press(dialog.start.line, Qt.Key.Key_Return)
    assert found == [YEAR]


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        ("soon", "12/31/2025", "“soon” is not a day. Type it as 10/12/2026 or choose it."),
        ("", "12/31/2025", "Enter both days."),
        ("1/1/2025", "", "Enter both days."),
        ("1/1/2026", "12/31/2025", "The last day is before the first."),
    ],
)
def test_a_period_that_is_none_is_told_in_place(asked, first, last, problem):
    dialog, found = asked
    for editor, text in ((dialog.start, first), (dialog.end, last)):
        editor.set_value(None)
        editor.line.setText(text)
    dialog.make.click()
    assert dialog.problem.text() == problem
    assert not dialog.problem.isHidden()
    assert found == []
    assert dialog.isVisible()


def test_the_packet_of_a_period_is_shown_and_saved_from_the_history(trained, show, qtbot, tmp_path):
    out = tmp_path / "packet.pdf"
    page = show(HistoryPage(trained.context, answering(out)))
    page.packet_button.click()
    dialog = page.period_dialog
    assert (dialog.start.value(), dialog.end.value()) == YEAR
    dialog.start.set_value(date(2026, 1, 1))
    dialog.end.set_value(date(2026, 12, 31))
    dialog.make.click()
    qtbot.waitUntil(lambda: page.papers.dialog is not None, timeout=20_000)
    assert page.papers.dialog.windowTitle() == "Audit packet 2026-01-01 to 2026-12-31"
    page.papers.dialog.save_button.click()
    qtbot.waitUntil(lambda: page.saved_banner.isVisible(), timeout=20_000)
    text = text_of(out.read_bytes())
    assert "Audit packet of a period 2026" in text
    assert "40-hour CIT, October 2026" in text
    page.papers.dialog.reject()


def test_a_seal_from_a_paper_finds_its_step_in_the_history(trained, show):
    from cit_desktop.services import seal

    printed = trained.ask(seal.now).seal
    page = show(HistoryPage(trained.context))
    page.words.setText(printed)
    page.filter_list()
    assert page.table.count() == 1
    page.words.setText(f"{printed[:-1]}{'0' if printed[-1] != '0' else '1'}")
    page.filter_list()
    assert page.table.count() == 0


def test_the_packet_of_a_person_is_shown_from_the_persons_page(trained, show, qtbot, tmp_path):
    out = tmp_path / "allen.pdf"
    page = show(PersonPage(trained.context, answering(out)))
    page.open_record(trained.people["Allen"])
    page.facts.packet_button.click()
    qtbot.waitUntil(lambda: page.papers.dialog is not None, timeout=20_000)
    assert page.papers.dialog.windowTitle() == "Audit packet of Margaret Allen"
    page.papers.dialog.save_button.click()
    qtbot.waitUntil(lambda: page.saved_banner.isVisible(), timeout=20_000)
    assert "Audit packet of a person Margaret Allen" in text_of(out.read_bytes())
    page.papers.dialog.reject()


def test_the_button_beside_the_transcript_leaves_a_narrow_page_to_the_tabs(trained, show):
    page = show(PersonPage(trained.context))
    page.open_record(trained.people["Allen"])
    page.resize(1100, 700)
    assert page.packet_button.isVisible()
    page.resize(900, 700)
    assert not page.packet_button.isVisible()
    assert page.minimumSizeHint().width() <= 900


def test_a_packet_that_cannot_be_drawn_is_refused_with_the_name(trained, show, qtbot):
    from cit_desktop.services import people

    view = trained.person("Allen")
    trained.do(people.update, view.id, view.version, last="田中")
    page = show(PersonPage(trained.context))
    page.open_record(view.id)
    with qtbot.waitSignal(trained.context.commands.failed, timeout=20_000) as told:
        page.packet_button.click()
    assert "田中" in str(told.args[0])
    assert page.papers.dialog is None
