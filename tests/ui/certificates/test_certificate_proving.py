"""Verifying certificates in the window: pasted, from files, and by the page for a website."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from cit_desktop.errors import FileProblem, NotFound
from cit_desktop.exports import verify_page
from cit_desktop.proving import known_keys
from cit_desktop.proving.verdicts import Verdict
from cit_desktop.services import certificates
from tests.core.proofs import OTHER_KEY, proof_text
from tests.ui.answers import Answers
from tests.ui.certificate_field import world  # noqa: F401 - a fixture
from tests.ui.keys import press, type_text
from ui.dialogs.verify_certificate import MOST_SHOWN, VerifyCertificate
from ui.pages.certificates.listing import CertificatesPage
from ui.work import certificate_files, certificate_proofs


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture
def ids(world):  # noqa: F811
    return world.issue()


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "Verify.html")


@pytest.fixture
def page(world, ids, qtbot, answers):  # noqa: F811
    made = CertificatesPage(world.context, answers)
    qtbot.addWidget(made)
    made.resize(1084, 740)
    made.refresh(None)
    made.show()
    yield made
    world.context.commands.jobs.wait()


@pytest.fixture
def dialog(page):
    page.proving.verify_action.trigger()
    return page.proving.dialog


def proof_of(world, certificate_id):  # noqa: F811
    return world.read(certificates.view, certificate_id).snapshot.proof


def texts(dialog):
    return [label.text() for label in dialog.shown]


def check(dialog, qtbot, text):
    dialog.pasted.setFocus()
    dialog.pasted.selectAll()
    type_text(dialog.pasted, text)
    qtbot.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.summary.text() != "Checking…", timeout=10_000)


def check_file(page, qtbot, path):
    page.proving.check_file(path)
    dialog = page.proving.dialog
    qtbot.waitUntil(lambda: dialog.summary.text() != "Checking…", timeout=20_000)


def saved(world, ids, path):  # noqa: F811
    path.write_bytes(certificate_files.drawn(world.context.db, ids))
    return path


# In words


def test_a_pasted_code_is_valid_and_says_what_was_certified(page, dialog, ids, world, qtbot):  # noqa: F811
    check(dialog, qtbot, proof_of(world, ids[2]))
    said = texts(dialog)
    assert said[0] == "Valid"
    assert said[1] == "This certificate is genuine. Ozark Ridge CIT Council issued it."
    for fact in ("Ana Ito", "Completed the course", "16", "OR-2026-0003"):
        assert fact in said
    assert said[-1].startswith("As of the list of keys of ")
    assert dialog.summary.text() == "The pasted text"


@pytest.mark.parametrize("what", ["number", "code"])
def test_a_number_or_short_code_of_these_records_does_too(page, dialog, ids, world, qtbot, what):  # noqa: F811
    view = world.read(certificates.view, ids[0])
    check(dialog, qtbot, {"number": view.row.number, "code": view.code}[what])
    assert texts(dialog)[0] == "Valid"
    assert "Sam Abbott" in texts(dialog)


def test_one_changed_letter_is_refused_and_says_what_was_certified(
    page,
    dialog,
    ids,
    world,  # noqa: F811
    qtbot,
):
    proof = proof_of(world, ids[0])
    place = len(proof) - 20  # within the signature
    other = "A" if proof[place] != "A" else "B"
    check(dialog, qtbot, proof[:place] + other + proof[place + 1 :])
    assert texts(dialog)[0] == "Changed"
    assert texts(dialog)[1].endswith("Do not accept it.")
    assert "Sam Abbott" in texts(dialog)


def test_what_was_revoked_is_told_with_the_reason(page, dialog, ids, world, qtbot):  # noqa: F811
    world.work(lambda f: certificates.revoke(f.session, ids[1], "Wrong person"))
    check(dialog, qtbot, proof_of(world, ids[1]))
    said = texts(dialog)
    assert said[0] == "Revoked"
    assert "Reason: Wrong person." in said[1]


def test_what_was_replaced_names_the_one_that_stands(page, dialog, ids, world, qtbot):  # noqa: F811
    world.work(lambda f: certificates.reissue(f.session, ids[0], "Name changed"))
    check(dialog, qtbot, proof_of(world, ids[0]))
    assert texts(dialog)[0] == "Replaced"
    assert "OR-2026-0001-R1" in texts(dialog)[1]


def test_a_key_that_nobody_here_knows_is_neither_valid_nor_changed(page, dialog, qtbot):
    check(dialog, qtbot, proof_text(OTHER_KEY, recipient="Ana Ito"))
    said = texts(dialog)
    assert said[0] == "Unknown key"
    assert OTHER_KEY.key_id in said[1]
    assert "Ana Ito" in said


def test_what_is_neither_code_nor_number_says_so(page, dialog, qtbot):
    check(dialog, qtbot, "nothing")
    assert "neither the number nor the code" in dialog.summary.text()
    assert dialog.summary.property("role") == "wrong"
    assert dialog.shown == []


def test_there_is_nothing_to_check_before_something_is_typed(dialog):
    assert not dialog.check.isEnabled()
    type_text(dialog.pasted, "  ")
    assert not dialog.check.isEnabled()
    type_text(dialog.pasted, "x")
    assert dialog.check.isEnabled()


def test_escape_closes_it_and_a_late_answer_hurts_nobody(page, dialog, ids, world, qtbot):  # noqa: F811
    page.proving.check_text(proof_of(world, ids[0]))
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    jobs = world.context.commands.jobs
    qtbot.waitUntil(lambda: not jobs.running, timeout=10_000)


def test_only_the_answer_to_the_last_question_is_shown(page, dialog, ids, world, qtbot):  # noqa: F811
    page.proving.check_text(proof_of(world, ids[0]))
    page.proving.check_text(proof_of(world, ids[2]))
    qtbot.waitUntil(lambda: "Ana Ito" in texts(dialog), timeout=10_000)
    assert "Sam Abbott" not in texts(dialog)


# From files


def test_every_certificate_of_a_pdf_is_judged_with_its_page(
    page,
    dialog,
    ids,
    world,  # noqa: F811
    qtbot,
    tmp_path,
):
    world.work(lambda f: certificates.revoke(f.session, ids[1], "Wrong person"))
    content = saved(world, [ids[0], ids[2]], tmp_path / "Two.pdf")
    check_file(page, qtbot, content)
    said = texts(dialog)
    assert dialog.summary.text() == "“Two.pdf”: 2 valid"
    assert said[0] == "Valid, page 1"
    assert "Valid, page 2" in said


def test_a_pdf_without_a_code_is_no_certificate(page, dialog, qtbot, tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "Letter.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 72, "Dear all")
    canvas.save()
    check_file(page, qtbot, path)
    assert texts(dialog)[:2] == [
        "No certificate",
        "There is no code of a certificate in this.",
    ]


def test_a_file_that_cannot_be_read_is_told(page, dialog, qtbot, tmp_path):
    check_file(page, qtbot, tmp_path / "missing.pdf")
    assert "“missing.pdf” cannot be read" in dialog.summary.text()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    check_file(page, qtbot, broken)
    assert "damaged" in dialog.summary.text()


def test_choosing_a_file_asks_the_system(page, dialog, qtbot, ids, world, tmp_path):  # noqa: F811
    qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog)
    path = saved(world, ids[:1], tmp_path / "One.pdf")
    chooser.fileSelected.emit(str(path))
    qtbot.waitUntil(lambda: "Valid, page 1" in texts(dialog), timeout=20_000)
    chooser.reject()


def test_a_file_too_large_is_refused_unread(world, tmp_path):  # noqa: F811
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(257 * 2**20)
    with pytest.raises(FileProblem, match="too large"):
        certificate_proofs.of_file(world.context.db, path)


def test_a_long_list_is_cut_and_counted(qtbot):
    dialog = VerifyCertificate()
    qtbot.addWidget(dialog)
    one = Verdict("no certificate", "There is no code of a certificate in this.")
    other = Verdict("changed", "It was changed.", notes=("Look at it.",))
    dialog.show_verdicts([one] * MOST_SHOWN + [other], "“All.pdf”")
    assert dialog.summary.text() == f"“All.pdf”: {MOST_SHOWN} no certificate, 1 changed"
    assert texts(dialog).count("No certificate") == MOST_SHOWN
    dialog.show_verdicts([other], "“All.pdf”")
    assert texts(dialog) == ["Changed", "It was changed.", "Look at it."]


# The page for a website


def test_the_page_for_the_website_has_the_key_and_no_reasons(
    page,
    ids,
    world,  # noqa: F811
    qtbot,
    answers,
):
    world.work(lambda f: certificates.revoke(f.session, ids[1], "Wrong person"))
    with qtbot.waitSignal(page.work.saver.saved, timeout=10_000):
        page.proving.page_action.trigger()
    title, suggested = answers.asked[0]
    assert (title, suggested.name) == ("Write verification page", "Verify certificates.html")
    written = answers.answer.read_bytes()
    assert b"Wrong person" not in written
    known = known_keys.read(answers.answer)
    assert known.chapter == "Ozark Ridge CIT Council"
    assert [one.number for one in known.withdrawn] == [world.row(ids[1]).number]
    assert written == verify_page.page(known)
    assert "Put it on the chapter’s website" in page.saved_banner.label.text()


def test_without_a_chapter_there_is_no_page_to_write(db):
    with pytest.raises(NotFound, match="no chapter"):
        certificate_proofs.page(db)


def test_the_keys_are_remembered_for_checking_without_these_records(world, ids):  # noqa: F811
    certificate_proofs.of_text(world.context.db, proof_of(world, ids[0]))
    assert [one.chapter for one in known_keys.remembered()] == ["Ozark Ridge CIT Council"]


def test_the_button_is_there_before_anything_was_issued(context, qtbot):
    page = CertificatesPage(context)
    qtbot.addWidget(page)
    page.refresh(None)
    page.show()
    assert page.verify_button.isVisible()
    assert page.verify_button.isEnabled()
    assert [one.text() for one in page.verify_button.menu().actions()] == [
        "Verify a &certificate…",
        "&Write verification page…",
    ]
