"""The parts of the design of certificates, each by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from sqlalchemy import func, select

from cit_desktop.documents.design import FIELDS, PARTS, Design, Wording, usual
from cit_desktop.errors import Refused
from cit_desktop.models import Asset
from cit_desktop.services import assets, certificate_designs, chapters
from cit_desktop.services.chapters import ChapterDraft
from tests.ui.keys import press, type_text
from ui.pages.certificates.words import KINDS
from ui.pages.design.color import ColorField
from ui.pages.design.form import PAPERS, TEMPLATES, DesignForm
from ui.pages.design.page import DesignPage
from ui.pages.design.preview import DesignPreview, Sheet
from ui.pages.design.wording import WordingFields
from ui.work import certificate_design_work as work
from ui.work.certificate_design_work import Asked

HONOR = Wording("Certificate of Honor", "To", "for {hours} hours of", ("On {days}",))
EVERYTHING = Design(
    template="plain",
    paper="a4",
    accent="#7A1F2B",
    ink="#102040",
    seal="ab" * 32,
    approval="POST Approved Provider 17",
    hidden=("areas", "control"),
    wordings=(("officer", HONOR),),
    right=2.5,
    up=-1.0,
)


@pytest.fixture
def chapter_id(db):
    with db.operation("Begin the records") as session:
        return chapters.create(session, ChapterDraft(name="Ozark Ridge CIT Council", state="MO"))


@pytest.fixture
def form(qtbot):
    made = DesignForm()
    qtbot.addWidget(made)
    made.resize(460, 900)
    made.show_design(Design(), b"")
    made.show()
    return made


@pytest.fixture
def wording(form):
    return form.wording


@pytest.fixture
def color(qtbot):
    made = ColorField("Accent color")
    qtbot.addWidget(made)
    made.show()
    return made


def picture(tmp_path, color="#AA3300"):
    path = tmp_path / "seal.png"
    Image.new("RGB", (40, 40), color).save(path)
    return path.read_bytes()


# The form


def test_the_form_gives_back_the_very_design_that_it_shows(form):
    form.show_design(EVERYTHING, b"")
    assert form.design() == EVERYTHING
    form.show_design(Design(), b"")
    assert form.design() == Design()


def test_showing_a_design_is_no_edit(form, qtbot):
    with qtbot.assertNotEmitted(form.edited):
        form.show_design(EVERYTHING, b"")


def test_every_template_paper_part_and_kind_has_a_word(form):
    from cit_desktop.documents import design as certificate_design

    assert tuple(TEMPLATES) == certificate_design.TEMPLATES
    assert tuple(PAPERS) == certificate_design.PAPERS
    assert list(form.parts) == list(PARTS)
    assert [form.wording.kind.itemData(n) for n in range(form.wording.kind.count())] == list(KINDS)


def test_space_leaves_a_part_out_and_prints_it_again(form, qtbot):
    box = form.parts["council"]
    box.setFocus()
    with qtbot.waitSignal(form.edited):
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert form.design().hidden == ("council",)
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert form.design().hidden == ()


def test_stock_is_offered_for_the_plain_template_only(form):
    shown = []
    for key in TEMPLATES:
        form.template.choose(key)
        shown.append(form.stock.isVisible())
    assert shown == [False, False, True]


def test_a_shift_keeps_within_what_can_be_moved(form):
    form.template.choose("plain")
    form.right.setFocus()
    form.right.selectAll()
    type_text(form.right, "80")
    press(form.right, Qt.Key.Key_Return)
    assert abs(form.design().right) <= 50


def test_problems_stand_at_their_fields_until_they_are_gone(form):
    form.show_problems({"ink": "Too pale.", "paper": "No such paper."})
    said = {key for key, label in form.problems.items() if label.isVisible()}
    assert said == {"ink", "paper"}
    form.show_problems({})
    assert not any(label.isVisible() for label in form.problems.values())


def test_every_field_has_a_name_for_screen_readers(form):
    fields = (form.template, form.paper, form.right, form.up, form.approval)
    worded = form.wording
    fields += (worded.kind, worded.heading, worded.above, worded.below, worded.closing)
    names = [field.accessibleName() for field in fields]
    assert all(names)
    assert len(set(names)) == len(names)
    assert form.accent.line.accessibleName() != form.ink.line.accessibleName()


def test_access_keys_of_the_page_do_not_share_a_letter(context, chapter_id, qtbot):
    from PySide6.QtWidgets import QLabel, QPushButton

    page = DesignPage(context)
    qtbot.addWidget(page)
    texts = [one.text() for kind in (QLabel, QPushButton) for one in page.findChildren(kind)]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) >= 15
    assert sorted(set(keys)) == sorted(keys)
    page.refresh(None)
    context.commands.jobs.wait()


def test_the_page_fits_the_smallest_window(context, chapter_id, qtbot):
    from ui.theme import RAIL_WIDTH

    page = DesignPage(context)
    qtbot.addWidget(page)
    page.refresh(None)
    assert page.minimumSizeHint().width() <= 900 - RAIL_WIDTH
    context.commands.jobs.wait()


# Wording


def test_every_field_can_be_inserted(wording):
    menu = wording.insert.menu()
    wording.heading.setFocus()
    wording.heading.clear()
    for action in menu.actions():
        action.trigger()
    assert wording.heading.text() == "".join(f"{{{name}}}" for name in FIELDS)


def test_empty_lines_at_the_end_are_no_lines(wording):
    wording.closing.setPlainText("One\n\n  \nTwo\n")
    assert wording.into(Design()).wording("officer").closing == ("One", "Two")


def test_tab_leaves_the_lines_at_the_end(wording):
    wording.closing.setFocus()
    press(wording.closing, Qt.Key.Key_Tab, text="\t")
    assert "\t" not in wording.closing.toPlainText()
    assert not wording.closing.hasFocus()


def test_turning_to_another_kind_is_no_edit(wording, qtbot):
    with qtbot.assertNotEmitted(wording.edited), qtbot.waitSignal(wording.turned):
        wording.kind.choose("letter")
    assert wording.into(Design()) == Design()


def test_the_wording_as_usual_is_not_kept_as_the_chapters_own(wording):
    wording.show_design(replace(Design(), wordings=(("officer", HONOR),)))
    assert wording.usual.isVisible()
    wording.heading.setFocus()
    wording.usual.click()
    assert wording.into(Design()) == Design()
    assert wording.heading.text() == usual("officer").heading


def test_a_form_that_was_never_filled_has_the_usual_wording(qtbot):
    made = WordingFields()
    qtbot.addWidget(made)
    made.kind.choose("letter")
    assert made.into(Design()) == Design()


# Colors


def test_a_typed_color_is_seen(color, qtbot):
    with qtbot.waitSignal(color.edited):
        type_text(color.line, "#7A1F2B")
    assert color.swatch.color == QColor("#7A1F2B")
    inside = color.swatch.grab().toImage().pixelColor(13, 13)
    assert inside == QColor("#7A1F2B")


@pytest.mark.parametrize("text", ["", "teal", "#12", "7A1F2B"])
def test_what_is_no_color_is_not_seen(color, text):
    color.set_text(text)
    assert not color.swatch.color.isValid()


def test_cancelling_the_dialog_keeps_the_color(color, qtbot):
    color.set_text("#7A1F2B")
    color.choose.click()
    with qtbot.assertNotEmitted(color.edited):
        color.dialog.reject()
    assert color.text() == "#7A1F2B"


# The sample


def test_a_sheet_shows_its_picture_whole_whatever_room_there_is(qtbot):
    sheet = Sheet()
    qtbot.addWidget(sheet)
    image = QImage(110, 85, QImage.Format.Format_RGB888)
    image.fill(QColor("#123456"))
    for size in (QSize(400, 200), QSize(200, 400)):
        sheet.resize(size)
        sheet.show_image(image)
        drawn = sheet.grab().toImage()
        assert drawn.pixelColor(size.width() // 2, 20) == QColor("#123456")
    assert drawn.pixelColor(100, 390) != QColor("#123456")


def test_a_sample_without_a_chapter_is_refused_in_words(context, qtbot):
    preview = DesignPreview(context)
    qtbot.addWidget(preview)
    with qtbot.waitSignal(preview.drawn, timeout=20_000):
        preview.show_sample(Asked(99, Design(), "Ana Ito", "officer", {}))
    assert "chapter" in preview.note.text()
    assert preview.note.property("role") == "wrong"


def test_what_was_asked_before_something_went_wrong_says_nothing_more(context, chapter_id, qtbot):
    preview = DesignPreview(context)
    qtbot.addWidget(preview)
    preview.show_sample(Asked(chapter_id, Design(), "Ana Ito", "officer", {}))
    preview._start()
    with qtbot.waitSignal(preview.drawn, timeout=20_000):
        preview.say("Something is wrong.")
    assert preview.note.text() == "Something is wrong."


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_has_a_sample(db, chapter_id, kind):
    found = work.drawn(db, Asked(chapter_id, Design(), "Ana Ito", kind, {}))
    assert (found.width, len(found.pixels)) == (840, 3 * found.width * found.height)
    assert found.notes == ()


# Saving


def test_a_new_seal_is_kept_once_and_with_the_design_only(db, chapter_id, tmp_path):
    seal = work.seal_of(picture(tmp_path), "image/png", "seal.png")
    design = Design(seal=seal.sha256)
    for _time in range(2):
        with db.operation("Save") as session:
            assert work.save(session, chapter_id, design, seal) == design
    with db.read() as session:
        assert session.scalar(select(func.count(Asset.id))) == 1
        assert assets.images(session, [seal.sha256]) == {seal.sha256: seal.made}


def test_a_seal_that_was_given_up_is_not_kept(db, chapter_id, tmp_path):
    seal = work.seal_of(picture(tmp_path), "image/png", "seal.png")
    with db.operation("Save") as session:
        work.save(session, chapter_id, Design(paper="a4"), seal)
    with db.read() as session:
        assert session.scalar(select(func.count(Asset.id))) == 0
        assert certificate_designs.of(session, chapter_id).paper == "a4"


def test_what_is_no_picture_is_no_seal():
    with pytest.raises(Refused, match=r"seal\.png"):
        work.seal_of(b"nothing", "image/png", "seal.png")
