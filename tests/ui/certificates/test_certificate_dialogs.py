from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from cit_desktop.errors import Refused
from ui.dialogs.certificate_reason import CertificateReason
from ui.dialogs.document_preview import DocumentPreview
from ui.dialogs.file_pattern import FilePattern
from ui.dialogs.fitting import fit_height
from ui.dialogs.profile_text import ProfileText
from ui.dialogs.question import Question
from ui.widgets.label import TextLabel

WORDINGS = (("officer", "Officer"), ("community", "Community"))


def opened(qtbot, dialog):
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test lets go of it
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def texts(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


# Question


@pytest.fixture
def question(qtbot):
    return opened(qtbot, Question("Print again?", "It is a copy.", "&Print…", lines=["A", "B"]))


def test_a_question_says_what_and_why_and_of_whom(question):
    assert question.heading.text() == "Print again?"
    assert question.text.text() == "It is a copy."
    assert [question.lines.item(n).text() for n in range(question.lines.count())] == ["A", "B"]
    assert question.lines.accessibleName() == "Print again?"


def test_enter_confirms_a_question(question, qtbot):
    with qtbot.waitSignal(question.confirmed):
        qtbot.keyClick(question, Qt.Key.Key_Return)


def test_esc_and_cancel_do_not_confirm(question, qtbot):
    confirmed = []
    question.confirmed.connect(lambda: confirmed.append(True))
    qtbot.mouseClick(question.cancel, Qt.MouseButton.LeftButton)
    assert confirmed == []
    assert not question.isVisible()


def test_a_question_about_one_thing_has_no_list(qtbot):
    made = opened(qtbot, Question("Sure?", "It is final.", "&Yes"))
    assert not made.lines.isVisible()


def test_a_long_list_scrolls_instead_of_growing(qtbot):
    few = opened(qtbot, Question("A", "b", "&Go", lines=["x"] * 9))
    many = opened(qtbot, Question("A", "b", "&Go", lines=["x"] * 900))
    assert few.height() == many.height()


def test_names_in_a_question_are_never_markup(qtbot):
    made = opened(qtbot, Question("<b>Ann</b>", "<i>x</i>", "&Go"))
    formats = {label.textFormat() for label in made.findChildren(TextLabel)}
    assert formats == {Qt.TextFormat.PlainText}


# Why


@pytest.fixture
def reason(qtbot):
    made = CertificateReason(
        "Reissue OR-1?", "It is final.", "&Reissue", wordings=WORDINGS, current="community"
    )
    return opened(qtbot, made)


def test_the_cursor_waits_for_a_reason(reason):
    assert reason.focusWidget() is reason.reason
    assert not reason.action.isEnabled()


def test_spaces_are_no_reason(reason, qtbot):
    qtbot.keyClicks(reason.reason, "   ")
    assert not reason.action.isEnabled()
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    assert reason.isVisible()


def test_the_reason_and_the_wording_are_given(reason, qtbot):
    qtbot.keyClicks(reason.reason, " Name misspelt ")
    with qtbot.waitSignal(reason.given) as blocker:
        qtbot.keyClick(reason, Qt.Key.Key_Return)
    assert blocker.args == ["Name misspelt", "community"]


def test_another_wording_can_be_chosen_by_key(reason, qtbot):
    qtbot.keyClicks(reason.reason, "x")
    reason.wording.setFocus()
    qtbot.keyClick(reason.wording, Qt.Key.Key_Up)
    with qtbot.waitSignal(reason.given) as blocker:
        reason.action.click()
    assert blocker.args[1] == "officer"


def test_without_wordings_none_is_asked_for(qtbot):
    made = opened(qtbot, CertificateReason("Revoke OR-1?", "x", "&Revoke", kind="danger"))
    assert not made.wording.isVisible()
    assert "&Wording" not in texts(made)
    qtbot.keyClicks(made.reason, "x")
    with qtbot.waitSignal(made.given) as blocker:
        made.action.click()
    assert blocker.args == ["x", ""]


def test_esc_gives_no_reason(reason, qtbot):
    given = []
    reason.given.connect(lambda *found: given.append(found))
    qtbot.keyClicks(reason.reason, "x")
    qtbot.keyClick(reason, Qt.Key.Key_Escape)
    assert given == []


# How files are named


def example(pattern):
    if "{Badge}" in pattern:
        raise Refused("The pattern asks for {Badge}.", "Use any of {Last}.")
    return pattern.replace("{Last}", "Ito")


@pytest.fixture
def pattern(qtbot):
    return opened(qtbot, FilePattern("Save 3 files", "{Last}", ("Last", "Date"), example))


def test_the_fields_and_the_first_name_are_shown(pattern):
    assert any("{Last}, {Date}" in text for text in texts(pattern))
    assert pattern.shown.text() == "First file: Ito.pdf"
    assert pattern.label.buddy() is pattern.pattern


def test_the_example_follows_what_is_typed(pattern, qtbot):
    pattern.pattern.setFocus()
    qtbot.keyClick(pattern.pattern, Qt.Key.Key_End)
    qtbot.keyClicks(pattern.pattern, " 2026")
    assert pattern.shown.text() == "First file: Ito 2026.pdf"
    with qtbot.waitSignal(pattern.chosen) as blocker:
        qtbot.keyClick(pattern, Qt.Key.Key_Return)
    assert blocker.args == ["{Last} 2026"]


@pytest.mark.parametrize(("typed", "said"), [("{Badge}", "asks for {Badge}"), ("  ", "Type how")])
def test_what_names_no_file_is_said_and_cannot_be_used(pattern, qtbot, typed, said):
    pattern.pattern.setText(typed)
    assert said in pattern.shown.text()
    assert not pattern.action.isEnabled()


# The text of a profile


@pytest.fixture
def profile(qtbot):
    def problem_of(text):
        return "The key “status” is missing." if "status" not in text else ""

    return opened(qtbot, ProfileText("Missouri", 'status = "A"', problem_of))


def test_a_good_text_says_that_it_can_be_used(profile):
    assert profile.said.text() == "✓ The profile can be used."
    assert profile.action.isEnabled()


def test_a_mistake_is_said_shortly_after_it_was_typed(profile, qtbot):
    profile.editor.selectAll()
    qtbot.keyClicks(profile.editor, "nothing")
    qtbot.waitUntil(lambda: profile.said.text() == "The key “status” is missing.")
    assert not profile.action.isEnabled()


def test_saving_gives_the_whole_text(profile, qtbot):
    profile.editor.appendPlainText("# mine")
    with qtbot.waitSignal(profile.chosen) as blocker:
        profile.action.click()
    assert blocker.args == ['status = "A"\n# mine']
    assert profile.result() == QDialog.DialogCode.Accepted


def test_a_mistake_typed_just_before_saving_is_not_saved(profile, qtbot):
    chosen = []
    profile.chosen.connect(chosen.append)
    profile.editor.setPlainText("nothing")
    profile.action.click()
    assert chosen == []
    assert profile.isVisible()


# A preview on its own


def test_the_preview_asks_its_page_to_save(qtbot):
    from tests.ui.widgets.test_pdf_printing import document

    dialog = opened(qtbot, DocumentPreview("Roster", document()))
    assert dialog.pdf.place.text() == "Page 1 of 4"
    with qtbot.waitSignal(dialog.save_requested):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    dialog.reject()


# Heights


def test_a_dialog_is_just_as_high_as_its_sentences_need(qtbot):
    short = opened(qtbot, Question("A", "Short.", "&Go"))
    long = opened(qtbot, Question("A", "A sentence that is told at some length. " * 12, "&Go"))
    assert short.width() == long.width() == 480
    assert long.height() > short.height() + 60
    assert long.text.height() == pytest.approx(long.text.heightForWidth(long.text.width()), abs=4)


def test_a_dialog_without_a_layout_is_left_as_it_is(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    before = dialog.size()
    fit_height(dialog)
    assert dialog.size() == before
