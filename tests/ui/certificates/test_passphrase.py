from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from cit_desktop.services import certificates, chapter_keys, numbering
from tests.ui.certificate_field import world  # noqa: F401 - a fixture
from tests.ui.keys import type_text
from ui.dialogs.passphrase import PassphraseDialog
from ui.pages.classes.certificates import ClassCertificates

PASSPHRASE = "río stone lamp orchard"
WAIT = 10_000


@pytest.fixture
def dialog(qtbot):
    made = PassphraseDialog("Ozark Ridge CIT Council")
    qtbot.addWidget(made)
    made.open()
    return made


def test_letters_are_hidden_until_they_are_asked_for(dialog, qtbot):
    assert dialog.passphrase.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClick(dialog.show_letters, Qt.Key.Key_Space)
    assert dialog.passphrase.echoMode() == QLineEdit.EchoMode.Normal
    qtbot.keyClick(dialog.show_letters, Qt.Key.Key_Space)
    assert dialog.passphrase.echoMode() == QLineEdit.EchoMode.Password


def test_nothing_typed_unlocks_nothing(dialog, qtbot):
    given = []
    dialog.given.connect(given.append)
    for text in ("", "   "):
        dialog.passphrase.setText(text)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert given == []


def test_what_was_typed_is_given_once_and_the_answer_awaited(dialog, qtbot):
    given = []
    dialog.given.connect(given.append)
    type_text(dialog.passphrase, PASSPHRASE)
    for _twice in range(2):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert given == [PASSPHRASE]
    assert dialog.isVisible()
    assert dialog.said.text() == "Checking…"


def test_a_refusal_stays_until_something_else_is_typed(dialog, qtbot):
    type_text(dialog.passphrase, "wrong")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    dialog.refuse("This is not the passphrase.")
    assert dialog.said.text() == "This is not the passphrase."
    assert dialog.passphrase.selectedText()
    assert dialog.unlock.isEnabled()
    type_text(dialog.passphrase, "r")
    assert dialog.passphrase.text() == "r"
    assert dialog.said.text() == ""


# Before issuing


@pytest.fixture
def page(world, qtbot):  # noqa: F811
    made = ClassCertificates(world.context)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.show_class(world.classes["done"])
    yield made
    world.context.commands.jobs.wait()


@pytest.fixture
def locked(world, page):  # noqa: F811
    """The chapter's key has a passphrase, and nobody gave it today."""
    world.work(lambda f: chapter_keys.protect(f.session, world.chapter_id, PASSPHRASE))
    world.context.db.keyring.lock()
    return page


def asked(page, qtbot):
    """The question for the passphrase, after it was confirmed that certificates are wanted."""
    with qtbot.waitSignal(page.issuing.busy, timeout=WAIT, check_params_cb=lambda on: not on):
        qtbot.mouseClick(page.primary, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.issuing.dialog, Qt.Key.Key_Return)
    return page.issuing.unlocking.dialog


def give(dialog, qtbot, text):
    dialog.passphrase.selectAll()
    type_text(dialog.passphrase, text)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_issuing_goes_on_once_the_passphrase_is_given(locked, world, qtbot):  # noqa: F811
    dialog = asked(locked, qtbot)
    assert world.read(certificates.ids) == []
    with qtbot.waitSignal(locked.issuing.issued, timeout=WAIT) as blocker:
        give(dialog, qtbot, PASSPHRASE)
    assert len(blocker.args[0]) == 3
    assert world.read(certificates.check) == []


def test_another_passphrase_is_said_to_be_and_can_be_mended(locked, world, qtbot):  # noqa: F811
    dialog = asked(locked, qtbot)
    give(dialog, qtbot, "garden stone lamp orchard")
    qtbot.waitUntil(lambda: "not the passphrase" in dialog.said.text(), timeout=WAIT)
    assert world.read(certificates.ids) == []
    with qtbot.waitSignal(locked.issuing.issued, timeout=WAIT):
        give(dialog, qtbot, PASSPHRASE)


def test_cancelling_leaves_everything_as_it_was(locked, world, qtbot):  # noqa: F811
    chosen = locked.table.source.chosen()
    before = world.read(numbering.upcoming, world.chapter_id, 2026, 1)
    qtbot.mouseClick(asked(locked, qtbot).cancel, Qt.MouseButton.LeftButton)
    assert world.read(certificates.ids) == []
    assert world.read(numbering.upcoming, world.chapter_id, 2026, 1) == before
    assert locked.table.source.chosen() == chosen
    assert locked.primary.isEnabled()


def test_cancelling_while_it_is_checked_issues_nothing(locked, world, qtbot):  # noqa: F811
    dialog = asked(locked, qtbot)
    with qtbot.waitSignal(world.context.commands.jobs.idle, timeout=WAIT):
        give(dialog, qtbot, PASSPHRASE)
        dialog.reject()
    assert world.read(certificates.ids) == []


def test_it_is_asked_once_a_day_for_issuing_and_reissuing(locked, world, qtbot):  # noqa: F811
    with qtbot.waitSignal(locked.issuing.issued, timeout=WAIT):
        give(asked(locked, qtbot), qtbot, PASSPHRASE)
    first = world.read(certificates.ids)[0]
    reissue(locked, first, qtbot)
    assert locked.work.unlocking.dialog is None
    assert world.row(first).status == "replaced"


def test_without_a_passphrase_nothing_is_asked(page, world, qtbot):  # noqa: F811
    assert asked(page, qtbot) is None
    assert len(world.read(certificates.ids)) == 3


# Before reissuing


def reissue(page, certificate_id, qtbot):
    page.work.reissue(certificate_id)
    qtbot.keyClicks(page.work.dialog.reason, "Married")
    with qtbot.waitSignal(page.work.reissued, timeout=WAIT):
        qtbot.keyClick(page.work.dialog, Qt.Key.Key_Return)


def test_reissuing_asks_for_it_too(world, page, qtbot):  # noqa: F811
    first = world.issue()[0]
    world.work(lambda f: chapter_keys.protect(f.session, world.chapter_id, PASSPHRASE))
    world.context.db.keyring.lock()
    page.work.reissue(first)
    qtbot.keyClicks(page.work.dialog.reason, "Married")
    qtbot.keyClick(page.work.dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.work.unlocking.dialog is not None, timeout=WAIT)
    assert world.row(first).status == "issued"
    with qtbot.waitSignal(page.work.reissued, timeout=WAIT):
        give(page.work.unlocking.dialog, qtbot, PASSPHRASE)
    assert world.row(first).status == "replaced"
