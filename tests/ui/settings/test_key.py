"""The chapter's key in the settings, with real keys, passphrases and sheets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from cit_desktop.proving import known_keys, recovery
from cit_desktop.services import chapter_keys, chapters, signing
from cit_desktop.services.chapters import ChapterDraft
from tests.ui.keys import type_text
from ui.dialogs.new_passphrase import NewPassphrase
from ui.dialogs.recovery_lines import RecoveryLines
from ui.pages.settings.page import SettingsPage

PASSPHRASE = "river stone lamp orchard"
WAIT = 10_000


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture
def chapter_id(db):
    with db.operation("Begin the records") as session:
        return chapters.create(session, ChapterDraft(name="Ozark Ridge CIT Council", state="MO"))


@pytest.fixture
def page(context, chapter_id, qtbot):
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(1084, 754)
    made.show()
    made.open_record("certificates")
    made.refresh(None)
    yield made
    context.commands.jobs.wait()


@pytest.fixture
def card(page):
    return page.certificates.key


@pytest.fixture
def key(db, chapter_id, page):
    """A key without a passphrase, made as by the first certificate."""
    with db.operation("Sign") as session:
        made = signing.key_for(session, chapter_id)
    page.refresh(None)
    return made


@pytest.fixture
def locked(db, chapter_id, key, page):
    with db.operation("Protect", undoable=False) as session:
        chapter_keys.protect(session, chapter_id, PASSPHRASE)
    db.keyring.lock()
    page.refresh(None)


def click(qtbot, target):
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)


def done(card, qtbot, act):
    with qtbot.waitSignal(card.said, timeout=WAIT) as blocker:
        act()
    qtbot.waitUntil(lambda: not card._context.commands.jobs.running, timeout=WAIT)
    return blocker.args[0]


def give_new(dialog, qtbot, passphrase=PASSPHRASE):
    type_text(dialog.first, passphrase)
    type_text(dialog.again, passphrase)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)


def unlock(card, qtbot):
    type_text(card.unlocking.dialog.passphrase, PASSPHRASE)
    qtbot.keyClick(card.unlocking.dialog, Qt.Key.Key_Return)


def states(card):
    return [key.state for key in card.keys]


# What is shown


def test_before_the_first_certificate_there_is_no_key(card):
    assert card.key.text() == "None yet"
    assert card.passphrase.text() == "None"
    assert not card.rotate.isEnabled()
    assert not card.unprotect.isEnabled()


def test_a_key_says_which_it_is_and_who_can_sign(card, key):
    assert card.key.text().startswith(f"{key.key_id}, in use since ")
    assert card.passphrase.text() == "None: whoever has the records can sign"
    assert card.protect.text() == "Set a &passphrase…"


def test_records_that_are_only_read_keep_their_key(card, key, page, context):
    context.db.readonly = True
    page.refresh(None)
    assert not card.isEnabled()
    context.db.readonly = False


# A passphrase


def test_a_passphrase_is_set_and_asked_for_the_next_day(card, key, page, qtbot, db):
    click(qtbot, card.protect)
    said = done(card, qtbot, lambda: give_new(card.dialog, qtbot))
    assert said.startswith("The passphrase was set. Print the recovery sheet")
    assert page.banner.label.text() == said
    assert card.passphrase.text() == "Set, and given today"
    db.keyring.lock()
    page.refresh(None)
    assert card.passphrase.text() == "Set; it is asked for before certificates are issued"


def test_it_is_changed_by_whoever_knows_it(card, locked, qtbot, db, chapter_id):
    click(qtbot, card.protect)
    assert card.dialog is None
    unlock(card, qtbot)
    qtbot.waitUntil(lambda: card.dialog is not None, timeout=WAIT)
    done(card, qtbot, lambda: give_new(card.dialog, qtbot, "another good passphrase"))
    db.keyring.lock()
    with db.read() as session:
        chapter_keys.unlock(session, chapter_id, "another good passphrase")


def test_it_is_removed_after_a_question_and_the_passphrase(card, locked, qtbot):
    card.unprotect.trigger()
    click(qtbot, card.dialog.action)
    assert done(card, qtbot, lambda: unlock(card, qtbot)) == "The passphrase was removed."
    assert states(card) == ["open"]


@pytest.mark.parametrize(
    ("first", "again", "said", "ready"),
    [
        ("", "", "at least 12 letters", False),
        ("short", "short", "at least 12 letters", False),
        (PASSPHRASE, "river", "", False),
        (PASSPHRASE, "river stone lamp orcharD", "The two differ.", False),
        (PASSPHRASE, PASSPHRASE, "", True),
    ],
)
def test_a_new_passphrase_is_long_and_typed_twice_alike(qtbot, first, again, said, ready):
    dialog = NewPassphrase("Set a passphrase", "Why", "&Set passphrase")
    qtbot.addWidget(dialog)
    dialog.open()
    type_text(dialog.first, first)
    type_text(dialog.again, again)
    assert (said in dialog.said.text()) if said else not dialog.said.text()
    assert dialog.action.isEnabled() == ready
    dialog.reject()


# The sheet


def shown_sheet(card, qtbot):
    qtbot.waitUntil(lambda: card.dialog is not None, timeout=WAIT)
    return card.dialog


def test_the_recovery_sheet_is_shown_to_be_printed_and_no_file_is_left(card, key, qtbot):
    click(qtbot, card.sheet)
    dialog = shown_sheet(card, qtbot)
    assert dialog.pdf.sheets.pages.count() == 1
    assert dialog.pdf.print_button.isEnabled()
    assert dialog.save_button.isHidden()
    dialog.reject()


def test_a_sheet_of_a_locked_key_needs_the_passphrase(card, locked, qtbot):
    click(qtbot, card.sheet)
    assert card.dialog is None
    unlock(card, qtbot)
    shown_sheet(card, qtbot).reject()


def test_a_sheet_before_the_first_certificate_makes_the_key(card, qtbot):
    click(qtbot, card.sheet)
    shown_sheet(card, qtbot).reject()
    assert states(card) == ["open"]


def test_a_key_whose_passphrase_is_lost_comes_back_from_its_lines(card, key, locked, qtbot):
    card.restore.trigger()
    card.dialog.lines.setPlainText("\n".join(recovery.lines_of(key.private_key)).lower())
    said = done(card, qtbot, lambda: click(qtbot, card.dialog.action))
    assert said == "The key was taken back. It signs again."
    assert states(card) == ["open"]


def test_a_mistyped_line_is_named_and_can_be_mended(qtbot):
    dialog = RecoveryLines()
    qtbot.addWidget(dialog)
    dialog.open()
    given = []
    dialog.given.connect(given.append)
    assert not dialog.action.isEnabled()
    lines = list(recovery.lines_of(signing.made().private_key))
    wrong = [lines[0], lines[1][:-1] + ("A" if lines[1][-1] != "A" else "B"), *lines[2:]]
    dialog.lines.setPlainText("\n".join(wrong))
    click(qtbot, dialog.action)
    assert dialog.said.text().startswith("Line 2 has a mistyped letter")
    assert (given, dialog.isVisible()) == ([], True)
    dialog.lines.setPlainText("\n".join(lines))
    assert dialog.said.text() == ""
    click(qtbot, dialog.action)
    assert given == ["\n".join(lines)]


# A new key


def test_a_new_key_takes_the_place_of_the_old_one_which_stays_known(card, key, qtbot):
    card.rotate.trigger()
    assert "what it signed stays valid" in card.dialog.text.text()
    said = done(card, qtbot, lambda: click(qtbot, card.dialog.action))
    assert said == "New certificates are signed with a new key."
    assert states(card) == ["open", "retired"]
    assert card.older.text().startswith("1, kept for ever")
    assert key.key_id not in card.key.text()
    known = [one.key_id for found in known_keys.remembered() for one in found.keys]
    assert key.key_id in known
    assert len(known) == 2


def test_a_new_key_for_a_protected_one_gets_a_passphrase(card, locked, qtbot):
    card.rotate.trigger()
    assert isinstance(card.dialog, NewPassphrase)
    done(card, qtbot, lambda: give_new(card.dialog, qtbot))
    assert states(card) == ["unlocked", "retired"]


def test_cancelling_a_new_key_keeps_the_old_one(card, key, page, qtbot):
    card.rotate.trigger()
    click(qtbot, card.dialog.cancel)
    page.refresh(None)
    assert states(card) == ["open"]
