"""The first questions with any answers, the rail with any keys, a document at any size."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from reportlab.pdfgen.canvas import Canvas

from cit_desktop.db import Database
from cit_desktop.services import chapters
from cit_desktop.services.chapters import ChapterDraft, SignerDraft
from tests.ui.keys import press, type_text
from ui.opening.first_chapter import STEPS, WORDS, FirstChapter
from ui.widgets import grid_keys
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_sheets import PdfSheets
from ui.widgets.rail import Rail

some = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def questions(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path))
    made = FirstChapter()
    qtbot.addWidget(made)
    made.show()
    made.start()
    return made


NAMES = {
    "Ozark Ridge CIT Council": "Ozark Ridge CIT Council.cit",
    "  Kansas City  ": "Kansas City.cit",
    "a/b\\c:d": "a-b-c-d.cit",
    "CON": "_CON.cit",
    "..": "document.cit",
    "": "My CIT chapter.cit",
    "Ste. Geneviève": "Ste. Geneviève.cit",
    "x" * 300: "x" * 99 + ".cit",
}


@pytest.mark.parametrize(("name", "file"), NAMES.items(), ids=list(NAMES.values()))
def test_any_name_gives_a_file_that_can_be_made(questions, tmp_path, name, file):
    questions.name.setText(name)
    path = questions.path()
    assert path.name == file
    assert path.parent == tmp_path
    path.write_bytes(b"")
    assert path.exists()


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("state", ["MO", "IA"])
def test_the_answers_make_a_chapter(questions, db: Database, word, state):
    questions.name.setText("Ozark Ridge")
    questions.word.setCurrentIndex(questions.word.findData(word))
    questions.state.setCurrentIndex(questions.state.findData(state))
    if state == "IA":
        questions.counties.typed.setText("Polk, Dallas")
    questions.signers[0][0].setText("Ruth Vance")
    questions.signers[2][0].setText(" Omar Diaz ")
    questions.signers[1][1].setText("A title of nobody")
    draft = questions.draft()
    signers = [SignerDraft(**signer) for signer in draft.pop("signers")]
    with db.operation("Begin") as session:
        made = chapters.create(session, ChapterDraft(**draft, signers=signers))
        shown = chapters.view(session, made)
    assert (shown.name, shown.word, shown.state) == ("Ozark Ridge", word, state)
    assert shown.counties == (("Dallas", "Polk") if state == "IA" else ())
    assert [signer.name for signer in shown.signers] == ["Ruth Vance", "Omar Diaz"]


def test_enter_goes_through_the_questions_and_escape_back(questions, qtbot):
    type_text(questions.name, "Ozark")
    press(questions.name, Qt.Key.Key_Return)
    assert questions.heading.text() == STEPS[1]
    press(questions, Qt.Key.Key_Escape)
    assert questions.heading.text() == STEPS[0]
    with qtbot.waitSignal(questions.cancelled):
        press(questions, Qt.Key.Key_Escape)
    assert questions.name.text() == "Ozark"


def test_answers_stay_while_one_goes_back_and_on(questions):
    questions.name.setText("Ozark")
    for step in (1, 2, 0, 2, 1, 0):
        questions.show_step(step)
    assert questions.name.text() == "Ozark"
    assert questions.draft()["word"] == "chapter"


# The rail

KEYS = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left),
    *(Qt.Key.Key_Right, Qt.Key.Key_A, Qt.Key.Key_Escape),
)


@some
@given(st.lists(st.sampled_from(KEYS), max_size=15))
def test_any_keys_leave_one_page_chosen(qtbot, keys):
    rail = Rail()
    for key in ("today", "classes", "people", "settings"):
        rail.add(key, key.title(), key, bottom=key == "settings")
    qtbot.addWidget(rail)
    rail.show()
    rail.activateWindow()
    rail.choose("today")
    rail.items[0].setFocus()
    for key in keys:
        focused = next((item for item in rail.items if item.hasFocus()), rail.items[0])
        press(focused, key)
        assert sum(item.isChecked() for item in rail.items) == 1
        assert rail.current() in ("today", "classes", "people", "settings")


@pytest.mark.parametrize(
    ("key", "control", "step"),
    [
        (Qt.Key.Key_Up, False, (-1, 0)),
        (Qt.Key.Key_Right, False, (0, 1)),
        (Qt.Key.Key_PageDown, False, (9, 0)),
        (Qt.Key.Key_PageUp, True, (-9, 0)),
        (Qt.Key.Key_Home, False, (0, -10_000)),
        (Qt.Key.Key_End, True, (10_000, 10_000)),
        (Qt.Key.Key_Down, True, (10_000, 0)),
        (Qt.Key.Key_Return, False, (1, 0)),
        (Qt.Key.Key_P, False, None),
        (Qt.Key.Key_P, True, None),
    ],
)
def test_a_key_moves_the_cursor_of_the_grid_so_far(key, control, step):
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, modifier)
    assert grid_keys.move(event, 9) == step


# Documents


def document(*sizes):
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.rect(0, 0, size[0] / 2, size[1], stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


LETTER, LYING, CARD = (612, 792), (792, 612), (243, 153)


@pytest.fixture
def sheets(qtbot):
    made = PdfSheets()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    made.show_pages(PdfPages(document(LETTER, LYING, CARD, LETTER, LYING)))
    return made


@some
@given(
    st.lists(
        st.sampled_from(
            (
                *(Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End),
                *(Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Up, Qt.Key.Key_Down),
            )
        ),
        max_size=20,
    )
)
def test_any_keys_keep_a_page_in_sight_and_the_zoom_within_its_limits(sheets, keys):
    for key in keys:
        press(sheets, key)
        assert 0 <= sheets.current_page() <= 4
        assert 0.1 <= sheets.zoom <= 6.0


@pytest.mark.parametrize("number", [-5, -1, 5, 99])
def test_a_page_that_there_is_not_is_not_gone_to(sheets, number):
    sheets.go_to(2)
    here = sheets.verticalScrollBar().value()
    sheets.go_to(number)
    assert sheets.verticalScrollBar().value() == here


@pytest.mark.parametrize("width", [1, 40, 200, 3000])
def test_a_fitting_document_is_drawn_at_any_width(sheets, width):
    sheets.resize(width, 300)
    assert not sheets.grab().isNull()
    assert sheets.zoom >= 0.1


@pytest.mark.parametrize("word", ["Draft", "X", "A very long word across the page"])
def test_a_mark_is_drawn_on_every_sheet_in_sight(sheets, word):
    plain = sheets.grab().toImage()
    sheets.mark = word
    sheets.viewport().update()
    assert sheets.grab().toImage() != plain


def test_nothing_is_drawn_where_there_is_no_document(sheets):
    sheets.show_pages(None)
    assert sheets.current_page() == 0
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Plus):
        press(sheets, key)
    assert not sheets.grab().isNull()
