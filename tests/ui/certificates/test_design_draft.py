"""What is typed into a design and not saved, left behind and found again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from cit_desktop.documents.design import Design, Wording
from cit_desktop.services import certificate_designs, chapters
from cit_desktop.services.chapters import ChapterDraft
from tests.ui.keys import type_text
from ui.main_window import MainWindow, PageEntry
from ui.pages.design import draft as drafts
from ui.pages.design.draft import Draft
from ui.pages.design.page import DesignPage
from ui.pages.settings.page import SettingsPage
from ui.preferences import Preferences

ENTRIES = (
    PageEntry("settings", "Settings", "settings", SettingsPage, bottom=True),
    PageEntry("design", "Design of certificates", "settings", DesignPage, under="settings"),
)


@pytest.fixture
def chapter_id(db):
    with db.operation("Begin the records") as session:
        return chapters.create(session, ChapterDraft(name="Ozark Ridge CIT Council", state="MO"))


@pytest.fixture
def uid(db, chapter_id):
    with db.read() as session:
        return chapters.view(session, chapter_id).uid


@pytest.fixture
def window(context, chapter_id, qtbot):
    made = MainWindow(ENTRIES, context.preferences)
    qtbot.addWidget(made)
    made.show()
    made.attach(context)
    yield made
    context.commands.jobs.wait()


def design_page(window):
    window.show_page("design")
    return window.pages["design"]


def type_heading(page, text):
    field = page.form.wording.heading
    field.setFocus()
    field.selectAll()
    type_text(field, text)


def opened_again(window, context):
    """The page after the records were let go of and opened anew, as after a start."""
    window.detach()
    window.attach(context)
    return design_page(window)


def settle(context, qtbot):
    qtbot.waitUntil(lambda: not context.commands.jobs.running, timeout=20_000)


def test_a_change_is_here_again_after_the_records_were_closed(window, context, qtbot):
    type_heading(design_page(window), "Honored guardian")
    page = opened_again(window, context)
    assert page.form.wording.heading.text() == "Honored guardian"
    assert page.banner.label.text().startswith("What was changed here and not saved is here again")
    assert page.subtitle.text() == "Not saved yet"
    assert page.save.isEnabled()


def test_something_half_typed_is_here_again_with_what_is_wrong(window, context):
    page = design_page(window)
    page.form.accent.line.setFocus()
    page.form.accent.line.selectAll()
    type_text(page.form.accent.line, "#0B6")
    page = opened_again(window, context)
    assert page.form.accent.text() == "#0B6"
    assert "is not a color" in page.form.problems["accent"].text()
    assert not page.save.isEnabled()


@pytest.mark.parametrize("end", ["save", "discard"])
def test_what_was_saved_or_discarded_does_not_come_back(window, context, uid, qtbot, end):
    page = design_page(window)
    type_heading(page, "Honored guardian")
    qtbot.mouseClick(getattr(page, end), Qt.MouseButton.LeftButton)
    page = opened_again(window, context)
    assert page.banner.isHidden()
    assert not page.is_changed()
    assert drafts.kept(context.preferences, uid) is None


def test_what_was_typed_back_leaves_nothing_behind(window, context, uid):
    page = design_page(window)
    usual = page.form.wording.heading.text()
    type_heading(page, "Honored guardian")
    type_heading(page, usual)
    window.show_page("settings")
    assert drafts.kept(context.preferences, uid) is None


def test_a_seal_that_is_not_saved_is_read_again_from_its_file(window, context, qtbot, tmp_path):
    path = tmp_path / "seal.png"
    Image.new("RGB", (80, 80), "#AA3300").save(path)
    page = design_page(window)
    page._pick_seal(path)
    qtbot.waitUntil(lambda: page.form.seal != "", timeout=10_000)
    chosen = page.form.seal
    page = opened_again(window, context)
    qtbot.waitUntil(lambda: page.form.seal == chosen, timeout=10_000)
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    settle(context, qtbot)
    assert page.stored.seal == chosen


def test_a_seal_whose_file_is_gone_is_told_and_the_rest_is_here(window, context, qtbot, tmp_path):
    path = tmp_path / "seal.png"
    Image.new("RGB", (80, 80), "#AA3300").save(path)
    page = design_page(window)
    type_heading(page, "Honored guardian")
    page._pick_seal(path)
    qtbot.waitUntil(lambda: page.form.seal != "", timeout=10_000)
    settle(context, qtbot)
    path.unlink()
    page = opened_again(window, context)
    assert page.form.wording.heading.text() == "Honored guardian"
    assert page.form.seal == ""
    settle(context, qtbot)


def test_the_settings_tell_of_a_design_that_is_not_saved(window, qtbot):
    page = design_page(window)
    type_heading(page, "Honored guardian")
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    section = window.pages["settings"].certificates
    assert section.unsaved.isVisible()
    page = design_page(window)
    qtbot.mouseClick(page.discard, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert not section.unsaved.isVisible()


def test_a_draft_of_what_is_stored_by_now_is_not_spoken_of(window, context, db, chapter_id, uid):
    design = replace(Design(), approval="POST Approved Provider")
    drafts.keep(context.preferences, uid, Draft(design))
    with db.operation("Design") as session:
        certificate_designs.save(session, chapter_id, design)
    assert design_page(window).banner.isHidden()


def test_each_chapter_has_a_draft_of_its_own():
    preferences = Preferences()
    worded = Design(accent="#12").worded("officer", Wording("Honored {nobody}", closing=("One",)))
    drafts.keep(preferences, "a", Draft(worded))
    assert drafts.kept(preferences, "a") == Draft(worded)
    assert drafts.kept(preferences, "b") is None


@pytest.mark.parametrize(
    "values",
    [{}, {"design": []}, {"design": {"accent": 5}, "seal": None}, {"design": {"right": "far"}}],
)
def test_a_damaged_draft_is_none(values):
    preferences = Preferences()
    preferences.set("design/draft/a", values)
    assert drafts.kept(preferences, "a") is None
