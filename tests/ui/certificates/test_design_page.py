"""The design of certificates, with real keys, a real file and real pictures."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from cit_desktop.documents.design import Design, Wording, usual
from cit_desktop.services import assets, certificate_designs, chapters, undo
from cit_desktop.services.certificate_samples import SAMPLE_NAMES
from cit_desktop.services.chapters import ChapterDraft, SignerDraft
from tests.ui.answers import Answers
from tests.ui.keys import press, type_text
from ui.pages.design.page import DesignPage
from ui.pages.settings.page import SettingsPage
from ui.widgets.pdf_pages import PdfPages


@pytest.fixture
def chapter_id(db):
    with db.operation("Begin the records") as session:
        signers = [SignerDraft("Dana Reyes", "Coordinator")]
        draft = ChapterDraft(name="Ozark Ridge CIT Council", state="MO", signers=signers)
        return chapters.create(session, draft)


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "Test page.pdf")


@pytest.fixture
def page(context, chapter_id, answers, qtbot):
    made = DesignPage(context, answers)
    qtbot.addWidget(made)
    made.resize(1084, 754)
    made.refresh(None)
    context.commands.changed.connect(
        lambda changes: made.refresh(changes) if changes.touches(made.watches) else None
    )
    made.show()
    made.activateWindow()
    yield made
    context.commands.jobs.wait()


def settle(page, qtbot):
    jobs = page.context.commands.jobs
    qtbot.waitUntil(lambda: not jobs.running and not page.preview._pause.isActive(), timeout=20_000)


def stored(page):
    with page.context.db.read() as session:
        chapter = chapters.current(session)
        return certificate_designs.of(session, chapter.id)


def replace_text(field, text):
    field.setFocus()
    field.selectAll()
    type_text(field, text)


def click(qtbot, target):
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)


def seal(tmp_path, name="seal.png"):
    path = tmp_path / name
    Image.new("RGB", (80, 80), "#AA3300").save(path)
    return path


# What is shown


def test_a_new_chapter_has_the_usual_design_and_nothing_to_save(page, qtbot):
    settle(page, qtbot)
    assert page.form.design() == Design()
    assert not any(part.isEnabled() for part in (page.save, page.discard, page.usual))
    assert page.subtitle.text().startswith("New certificates look like this")
    assert (page.preview.sheet.image.width(), page.preview.sheet.image.height()) == (840, 650)
    assert page.preview.note.text() == "This name fits at its usual size."


def test_a_key_is_followed_by_another_picture(page, qtbot):
    settle(page, qtbot)
    before = page.preview.sheet.image.copy()
    replace_text(page.form.wording.heading, "Certificate of Honor")
    assert page.subtitle.text() == "Not saved yet"
    settle(page, qtbot)
    assert page.preview.sheet.image != before


def test_pictures_between_two_keys_are_not_drawn(page, qtbot):
    settle(page, qtbot)
    begun = []
    page.context.commands.jobs.started.connect(begun.append)
    replace_text(page.form.wording.heading, "Certificate of Perseverance and Honor")
    settle(page, qtbot)
    assert 1 <= len(begun) <= 2


def test_the_paper_changes_the_form_of_the_picture(page, qtbot):
    page.form.paper.setFocus()
    press(page.form.paper, Qt.Key.Key_End)
    settle(page, qtbot)
    assert page.form.paper.currentText() == "A4"
    assert page.preview.sheet.image.height() == 594


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (SAMPLE_NAMES[1], "is printed at"),
        (SAMPLE_NAMES[2], "fits"),
        (SAMPLE_NAMES[3], "fits"),
        (f"{SAMPLE_NAMES[1]} and {SAMPLE_NAMES[1]} of Woolfardisworthy", "stands on "),
        ("伊藤", "“伊”"),
    ],
)
def test_a_name_to_try_says_how_it_fares(page, qtbot, name, sentence):
    replace_text(page.preview.name.lineEdit(), name)
    settle(page, qtbot)
    assert sentence in page.preview.note.text()


def test_no_name_to_try_is_the_first_sample(page, qtbot):
    replace_text(page.preview.name.lineEdit(), "x")
    press(page.preview.name.lineEdit(), Qt.Key.Key_Backspace)
    assert page.preview.sample_name() == SAMPLE_NAMES[0]
    settle(page, qtbot)


def test_the_picture_is_of_the_kind_whose_wording_is_in_sight(page, qtbot):
    settle(page, qtbot)
    before = page.preview.sheet.image.copy()
    page.form.wording.kind.setFocus()
    press(page.form.wording.kind, Qt.Key.Key_End)
    assert page.form.wording.heading.text() == usual("letter").heading
    settle(page, qtbot)
    assert page.preview.sheet.image != before
    assert not page.save.isEnabled()


def test_without_a_chapter_nothing_can_be_designed(context, qtbot):
    page = DesignPage(context)
    qtbot.addWidget(page)
    page.refresh(None)
    assert not page.form.isEnabled()
    assert not page.save.isEnabled()


def test_records_that_are_only_read_keep_their_design(page, context, qtbot):
    settle(page, qtbot)
    context.db.readonly = True
    page.refresh(None)
    assert not page.form.isEnabled()
    context.db.readonly = False


def test_a_design_that_cannot_be_read_is_told_and_can_be_set_anew(page, qtbot, db, chapter_id):
    from cit_desktop.services import settings

    with db.operation("Damage") as session:
        certificate_designs.save(session, chapter_id, Design(paper="a4"))
        settings.put(session, certificate_designs._name(session, chapter_id), {"paper": "papyrus"})
    page.refresh(None)
    assert "cannot be read" in page.banner.label.text()
    assert page.form.design() == Design()


# Saving


def test_one_save_keeps_everything_and_one_undo_takes_it_back(page, qtbot):
    replace_text(page.form.accent.line, "#7A1F2B")
    replace_text(page.form.approval, "POST Approved Provider 17")
    click(qtbot, page.form.parts["areas"])
    replace_text(page.form.wording.heading, "Certificate of Honor")
    page.form.template.setFocus()
    press(page.form.template, Qt.Key.Key_Down)
    click(qtbot, page.save)
    kept = stored(page)
    assert (kept.template, kept.accent, kept.hidden) == ("modern", "#7A1F2B", ("areas",))
    assert kept.approval == "POST Approved Provider 17"
    assert kept.wordings == (
        ("officer", Wording("Certificate of Honor", *usual("officer").texts()[1:3])),
    )
    assert page.undo_banner.label.text() == "The design was saved. New certificates have it."
    assert not page.save.isEnabled()
    step = undo.undo(page.context.db)
    assert step.label == "Change the design of certificates"
    assert stored(page) == Design()
    qtbot.waitUntil(lambda: page.form.design() == Design())


def test_a_change_that_is_not_saved_survives_what_others_change(page, context, chapter_id):
    replace_text(page.form.approval, "Mine")
    chapter = stored_chapter(page)
    context.commands.do("Rename", chapters.update, chapter_id, chapter.version, name="Gateway CIT")
    assert page.form.approval.text() == "Mine"
    assert page.save.isEnabled()


def stored_chapter(page):
    with page.context.db.read() as session:
        return chapters.current(session)


def test_discarding_shows_what_is_kept(page, qtbot):
    replace_text(page.form.accent.line, "#7A1F2B")
    click(qtbot, page.discard)
    assert page.form.design() == Design()
    assert not page.discard.isEnabled()
    assert stored(page) == Design()


def test_the_usual_design_comes_back_in_one_step(page, qtbot):
    replace_text(page.form.approval, "Mine")
    click(qtbot, page.save)
    click(qtbot, page.usual)
    assert stored(page) == Design()
    assert page.form.approval.text() == ""
    assert page.undo_banner.label.text() == "Certificates have the usual design again."
    undo.undo(page.context.db)
    assert stored(page).approval == "Mine"


def test_what_is_only_typed_is_dropped_for_the_usual_design(page, qtbot):
    replace_text(page.form.approval, "Mine")
    click(qtbot, page.usual)
    assert page.form.approval.text() == ""
    assert page.undo_banner.isHidden()


# What is wrong


@pytest.mark.parametrize(
    ("color", "sentence"),
    [("#FFEE99", "too pale"), ("teal", "is not a color"), ("", "is not a color")],
)
def test_a_wrong_color_is_told_at_its_field_and_cannot_be_saved(page, color, sentence):
    replace_text(page.form.accent.line, color)
    if not color:
        press(page.form.accent.line, Qt.Key.Key_Delete)
    assert sentence in page.form.problems["accent"].text()
    assert page.form.problems["accent"].isVisible()
    assert page.form.problems["ink"].isHidden()
    assert not page.save.isEnabled()
    assert page.preview.note.text().startswith("The picture follows")
    replace_text(page.form.accent.line, "#0B6E6E")
    assert page.form.problems["accent"].isHidden()


def test_an_unknown_field_is_told_under_the_wording_whatever_kind_is_in_sight(page):
    replace_text(page.form.wording.above, "For {nickname}")
    problem = page.form.wording.problem
    assert problem.text() == "The wording asks for {nickname}, which is not known."
    page.form.wording.kind.choose("community")
    assert problem.text().startswith("Officer: The wording asks for {nickname}")
    assert not page.save.isEnabled()


def test_too_many_lines_are_told(page):
    page.form.wording.closing.setFocus()
    page.form.wording.closing.setPlainText("a\nb\n\nc\nd\ne")
    assert page.form.wording.problem.text() == "There is room for 4 lines under the course."


# Wording


def test_a_field_is_inserted_where_the_cursor_was(page, qtbot):
    line = page.form.wording.below
    replace_text(line, "has completed hours of")
    line.setCursorPosition(len("has completed "))
    type_text(line, " ")
    line.setCursorPosition(len("has completed "))
    page.form.wording.insert.setFocus()
    menu = page.form.wording.insert.menu()
    action = next(one for one in menu.actions() if one.text().endswith("{hours}"))
    assert action.text() == "Credited hours  {hours}"
    action.trigger()
    assert line.text() == "has completed {hours} hours of"
    assert line.hasFocus()
    closing = page.form.wording.closing
    closing.setFocus()
    type_text(closing, "On ")
    next(one for one in menu.actions() if one.text().endswith("{days}")).trigger()
    assert page.form.design().wording("officer").closing == ("On {days}",)


def test_each_kind_keeps_what_was_typed_and_goes_back_on_its_own(page, qtbot):
    wording = page.form.wording
    assert wording.usual.isHidden()
    replace_text(wording.heading, "Honor")
    wording.kind.choose("instructor")
    replace_text(wording.heading, "Thanks")
    wording.kind.choose("officer")
    assert wording.heading.text() == "Honor"
    click(qtbot, wording.usual)
    assert wording.heading.text() == usual("officer").heading
    assert [kind for kind, _wording in page.form.design().wordings] == ["instructor"]
    assert wording.usual.isHidden()


# Colors, seal and stock


def test_a_color_is_chosen_from_the_dialog(page, qtbot):
    field = page.form.ink
    click(qtbot, field.choose)
    assert field.dialog.currentColor() == QColor("#1B2127")
    field.dialog.setCurrentColor(QColor("#102040"))
    field.dialog.accept()
    assert page.form.design().ink == "#102040"
    assert page.save.isEnabled()


def test_a_seal_is_seen_at_once_and_kept_with_the_design(page, qtbot, tmp_path):
    settle(page, qtbot)
    before = page.preview.sheet.image.copy()
    page.form.seal_field.picked.emit(seal(tmp_path))
    qtbot.waitUntil(lambda: page.form.seal != "", timeout=10_000)
    settle(page, qtbot)
    assert page.preview.sheet.image != before
    assert stored(page).seal == ""
    click(qtbot, page.save)
    kept = stored(page).seal
    with page.context.db.read() as session:
        assert list(assets.images(session, [kept])) == [kept]
    assert page.form.seal_field.remove.isVisible()
    click(qtbot, page.form.seal_field.remove)
    click(qtbot, page.save)
    assert stored(page).seal == ""
    undo.undo(page.context.db)
    assert stored(page).seal == kept


def test_what_is_no_picture_is_refused_at_the_seal(page, qtbot, tmp_path):
    wrong = tmp_path / "seal.png"
    wrong.write_text("no picture")
    page.form.seal_field.picked.emit(wrong)
    problem = page.form.problems["seal"]
    qtbot.waitUntil(lambda: "not a PNG" in problem.text(), timeout=10_000)
    page.form.seal_field.picked.emit(tmp_path / "missing.png")
    assert "cannot be read" in problem.text()
    assert page.form.seal == ""


def test_the_shift_belongs_to_stock_and_its_test_page_says_it(page, qtbot, answers):
    assert page.form.stock.isHidden()
    page.form.template.setFocus()
    press(page.form.template, Qt.Key.Key_End)
    assert page.form.stock.isVisible()
    replace_text(page.form.right, "2.5")
    press(page.form.right, Qt.Key.Key_Return)
    replace_text(page.form.up, "-1")
    press(page.form.up, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.saver.saved, timeout=20_000):
        click(qtbot, page.form.test_page)
    assert answers.asked[0][1].name == "Test page for pre-printed stock.pdf"
    pages = PdfPages(answers.answer)
    assert pages.count() == 1
    pages.close()
    assert "Test page.pdf" in page.saved_banner.label.text()
    click(qtbot, page.save)
    with page.context.db.read() as session:
        assert certificate_designs.shift(session) == (2.5, -1.0)


def test_the_wheel_never_moves_the_text(page, qtbot):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.form.up, turn)
    assert page.form.up.value() == 0


# The way here


def test_the_settings_lead_to_the_design_and_back(context, page, qtbot):
    settings = SettingsPage(context)
    qtbot.addWidget(settings)
    settings.refresh(None)
    settings.open_record("certificates")
    with qtbot.waitSignal(settings.go) as blocker:
        settings.certificates.design.click()
    assert blocker.args == ["design", None]
    with qtbot.waitSignal(page.go) as blocker:
        click(qtbot, page.back)
    assert blocker.args == ["settings", "certificates"]


def test_f6_moves_between_the_form_and_the_sample(page):
    page.focus_start()
    assert page.form.template.hasFocus()
    assert page.next_pane()
    assert page.preview.name.hasFocus() or page.preview.name.lineEdit().hasFocus()
