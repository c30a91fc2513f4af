"""The dialog that verifies certificates, without records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from PySide6.QtCore import Qt

from cit_desktop.proving import verdicts
from cit_desktop.proving.proof import Record
from cit_desktop.proving.verdicts import Status, Verdict
from tests.ui.keys import press, type_text
from ui.dialogs.verify_certificate import TONES, VerifyCertificate

DAY = date(2026, 3, 3)
RECORD = Record(
    key_id="14c61623cc0ec2c8",
    kind="officer",
    number="OR-2026-0002",
    recipient="<b>Nguyễn Thị Ánh</b>",
    course="Crisis Intervention Team",
    minutes=960,
    starts=date(2026, 3, 2),
    ends=DAY,
    completed=DAY,
    issued=DAY,
    code="RIFOE-ZXQLH",
)
VALID = Verdict("valid", "This certificate is genuine.", RECORD, "Ozark Ridge", DAY)


@pytest.fixture
def dialog(qtbot):
    made = VerifyCertificate()  # ends itself when it is closed
    made.open()
    return made


def texts(dialog):
    return [label.text() for label in dialog.shown]


def test_every_verdict_has_a_word_and_a_color():
    assert set(TONES) == set(get_args(Status))
    assert [word for word, role in TONES.values() if role == "good"] == ["Valid"]


@pytest.mark.parametrize("status", list(TONES))
def test_the_first_line_is_the_word_in_its_color(dialog, status):
    dialog.show_verdicts([replace(VALID, status=status)], "“One.pdf”")
    word, role = TONES[status]
    assert dialog.shown[0].text() == word
    assert dialog.shown[0].property("role") == role


def test_everything_that_was_certified_is_told_as_plain_text(dialog):
    dialog.show_verdicts([VALID], "“One.pdf”")
    for _name, value in verdicts.told(RECORD):
        assert value in texts(dialog)
    name = next(label for label in dialog.shown if "Nguyễn" in label.text())
    assert name.textFormat() == Qt.TextFormat.PlainText
    assert texts(dialog)[-1] == "As of the list of keys of March 3, 2026."


def test_what_is_said_can_be_copied_by_mouse_and_keyboard(dialog):
    dialog.show_verdicts([VALID], "“One.pdf”")
    wanted = Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert all(label.textInteractionFlags() & wanted for label in dialog.shown)


def test_notes_stand_with_their_verdict(dialog):
    note = "These records have no certificate OR-2026-0002."
    dialog.show_verdicts([replace(VALID, notes=(note,), page=3)], "“One.pdf”")
    assert texts(dialog)[:3] == ["Valid, page 3", "This certificate is genuine.", note]
    assert dialog.shown[2].property("role") == "care"


def test_a_sentence_takes_the_place_of_older_verdicts(dialog):
    dialog.show_verdicts([VALID], "“One.pdf”")
    dialog.say("The file is damaged.", "wrong")
    assert dialog.shown == []
    assert dialog.summary.text() == "The file is damaged."
    dialog.show_verdicts([VALID, VALID], "“Two.pdf”")
    assert dialog.summary.text() == "“Two.pdf”: 2 valid"
    assert dialog.summary.property("role") == "text"


def test_the_keyboard_is_enough(dialog, qtbot):
    dialog.pasted.setFocus()
    type_text(dialog.pasted, " CIT1.ABC ")
    press(dialog.pasted, Qt.Key.Key_Tab)
    assert dialog.choose.hasFocus()
    with qtbot.waitSignal(dialog.file_wanted):
        press(dialog.choose, Qt.Key.Key_Space)
    dialog.check.setFocus()
    with qtbot.waitSignal(dialog.text_given) as blocker:
        press(dialog.check, Qt.Key.Key_Return)
    assert blocker.args == ["CIT1.ABC"]


def test_escape_ends_it(dialog, qtbot):
    with qtbot.waitSignal(dialog.rejected):
        press(dialog.pasted, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
