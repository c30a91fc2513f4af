"""Pictures of the window for somebody without a display."""

import pytest
from PySide6.QtCore import QTimer

from cit_desktop import paths
from cit_desktop.db import Database
from cit_desktop.services import chapters
from ui import screenshots
from ui.main_window import MainWindow, PageEntry
from ui.pages.settings.page import TABS, SettingsPage
from ui.pages.today.page import TodayPage
from ui.preferences import Preferences
from ui.program import Program

ENTRIES = (
    PageEntry("today", "Today", "today", TodayPage),
    PageEntry("settings", "Settings", "settings", SettingsPage, bottom=True),
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture
def program(qtbot, the_theme, template):
    preferences = Preferences()
    window = MainWindow(ENTRIES, preferences, the_theme)
    qtbot.addWidget(window)
    made = Program(window, preferences)
    window.show()
    path = paths.data_folder() / "a.cit"
    db = Database.create(path)
    with db.operation("Begin the records") as session:
        chapters.create(session, chapters.ChapterDraft(name="Ozark Ridge"))
    db.close()
    with qtbot.waitSignal(made.ready, timeout=10_000):
        made.open(path)
    yield made
    window.close()


def test_every_page_and_every_tab_gets_a_picture(program, tmp_path):
    found = screenshots._every_page(program, tmp_path, "light")
    names = {path.name for path in found}
    assert "today_light.png" in names
    assert "settings_signers_and_logo_light.png" in names
    assert len(found) == 1 + len(TABS)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in found)


def test_work_that_runs_ends_before_the_picture_is_taken(program):
    screenshots._settle(program)
    assert program.jobs.running == []


def test_work_that_a_page_begins_a_moment_later_ends_as_well(program):
    ended = []

    def begin():
        program.jobs.start("Later", ended.append, "later")

    QTimer.singleShot(200, begin)
    screenshots._settle(program)
    assert ended == ["later"]


def test_without_a_folder_nothing_is_made(capsys):
    assert screenshots.run(["--screenshots", "--out"]) == screenshots.USAGE
    assert screenshots.run(["--screenshots"]) == screenshots.USAGE
    assert "--out needs the name of a folder" in capsys.readouterr().err
