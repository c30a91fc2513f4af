import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from cit_desktop import backup, holder, paths
from cit_desktop.db import Database
from cit_desktop.errors import FileProblem
from cit_desktop.models import ImportBatch
from cit_desktop.proving import known_keys
from cit_desktop.services import agencies, chapters, settings, signing
from cit_desktop.services.agencies import AgencyDraft
from ui.errors import CrashDialog
from ui.main_window import MainWindow, PageEntry
from ui.opening import instance
from ui.opening.backups import Made
from ui.opening.sample import sample_path
from ui.opening.welcome import Trouble, Welcome
from ui.pages.imports.page import ImportPage
from ui.pages.settings.page import SettingsPage
from ui.pages.today.page import TodayPage
from ui.preferences import Preferences
from ui.program import Program

ENTRIES = (
    PageEntry("today", "Today", "today", TodayPage),
    PageEntry("settings", "Settings", "settings", SettingsPage, bottom=True),
    PageEntry("import", "Import", "import", ImportPage, under="today"),
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(folder))
    return folder


@pytest.fixture
def records(template, tmp_path):
    path = tmp_path / "Ozark Ridge.cit"
    shutil.copyfile(template, path)
    db = Database.open(path)
    with db.operation("Begin the records") as session:
        chapters.create(session, chapters.ChapterDraft(name="Ozark Ridge", state="MO"))
    db.close()
    return path


@pytest.fixture
def program(qtbot, the_theme):
    preferences = Preferences()
    window = MainWindow(ENTRIES, preferences, the_theme)
    qtbot.addWidget(window)
    made = Program(window, preferences)
    window.show()
    yield made
    window.close()


def opened(program, qtbot, path, **how):
    with qtbot.waitSignal(program.ready, timeout=10_000):
        program.open(path, **how)
    settle(program, qtbot)


def settle(program, qtbot):
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=10_000)


def add_agency(program, name="Rolla Police Department"):
    draft = AgencyDraft(name=name)
    done = program.context.commands.do("Add agency", agencies.add, draft)
    assert done
    return done.value


def agency_count(program):
    with program.context.db.read() as session:
        return len(agencies.ids(session))


def trouble(program):
    page = program.window.stack.currentWidget()
    assert isinstance(page, Trouble)
    return page


# Opening and beginning


def test_opening_shows_the_chapter_and_its_first_page(program, records, qtbot):
    opened(program, qtbot, records)
    assert program.window.windowTitle().startswith("Ozark Ridge")
    assert isinstance(program.window.page(), TodayPage)
    assert program.recent() == [records]


def test_the_first_page_shows_its_records_when_it_is_said_to_be_filled(program, records, qtbot):
    found = []
    program.filled.connect(lambda: found.append(program.window.page().found))
    opened(program, qtbot, records)
    assert [day is not None for day in found] == [True]


def with_key(records):
    db = Database.open(records)
    with db.operation("Sign") as session:
        key = signing.key_for(session, chapters.current(session).id)
    db.close()
    return key.key_id


@pytest.mark.parametrize("readonly", [False, True])
def test_the_keys_of_opened_records_are_known_without_them(program, records, qtbot, readonly):
    key_id = with_key(records)
    opened(program, qtbot, records, readonly=readonly)
    program.let_go()
    assert [known.key_id for one in known_keys.remembered() for known in one.keys] == [key_id]


def test_certificates_of_the_sample_are_not_known_for_ever(program, records, qtbot):
    with_key(records)
    opened(program, qtbot, records.rename(sample_path()))
    program.let_go()
    assert known_keys.remembered() == []


def test_records_that_are_let_go_of_are_never_said_to_be_shown(program, records, qtbot):
    heard = []
    program.filled.connect(lambda: heard.append(program.file.path))
    program.file.opened.connect(lambda _found: program.let_go())
    with qtbot.waitSignal(program.file.opened, timeout=10_000):
        program.open(records)
    settle(program, qtbot)
    assert heard == []


def test_beginning_makes_a_file_with_a_chapter_and_courses(program, tmp_path, qtbot):
    path = tmp_path / "New.cit"
    draft = {"name": "Dent County CIT", "word": "program", "state": "MO", "counties": ["Dent"]}
    signer = {"name": "Dana Reyes", "title": "Coordinator"}
    with qtbot.waitSignal(program.ready, timeout=20_000):
        program.front.create(path, draft | {"signers": [signer]})
    with program.context.db.read() as session:
        chapter = chapters.current(session)
    assert (chapter.name, chapter.word, chapter.counties) == (
        "Dent County CIT",
        "program",
        ("Dent",),
    )
    assert chapter.signers[0].name == "Dana Reyes"
    settle(program, qtbot)


def test_a_file_that_cannot_be_made_is_told_and_the_questions_stay(program, records, qtbot):
    program.front.welcome(begin=True)
    program.front.create(records, {"name": "X"})
    assert not program.front.page.isEnabled()
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None, timeout=10_000)
    assert "exists already" in program.window.findChild(QMessageBox).text()
    assert program.front.page.isEnabled()


def test_a_damaged_file_is_refused_with_the_ways_on(program, tmp_path, qtbot):
    bad = tmp_path / "bad.cit"
    bad.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    before = bad.read_bytes()
    with qtbot.waitSignal(program.file.failed):
        program.open(bad)
    page = trouble(program)
    assert "bad.cit" in page.message.text()
    assert [b.text() for b in page.buttons] == [
        "&Try again",
        "Restore a &backup…",
        "Choose &another file…",
    ]
    assert bad.read_bytes() == before
    assert not program.menu.restore.isEnabled()


def test_a_file_that_appears_opens_on_trying_again(program, records, tmp_path, qtbot):
    missing = tmp_path / "later.cit"
    with qtbot.waitSignal(program.file.failed):
        program.open(missing)
    shutil.copyfile(records, missing)
    with qtbot.waitSignal(program.ready, timeout=10_000):
        qtbot.mouseClick(trouble(program).buttons[0], Qt.MouseButton.LeftButton)
    settle(program, qtbot)


def test_choosing_another_file_leads_to_the_welcome(program, tmp_path, qtbot):
    with qtbot.waitSignal(program.file.failed):
        program.open(tmp_path / "none.cit")
    qtbot.mouseClick(trouble(program).buttons[-1], Qt.MouseButton.LeftButton)
    assert isinstance(program.window.stack.currentWidget(), Welcome)


def test_records_in_use_elsewhere_can_be_read_only(program, records, qtbot):
    words = '{"user": "ann", "host": "PC-7", "pid": 1, "since": "%s", "seen": "%s"}'
    moment = "2026-03-02T08:00:00+00:00"
    holder.lock_path(records).write_text(words % (moment, moment), encoding="utf-8")
    with qtbot.waitSignal(program.file.failed):
        program.open(records)
    page = trouble(program)
    assert "ann on PC-7" in page.message.text()
    with qtbot.waitSignal(program.ready, timeout=10_000):
        page.readonly.emit()
    assert "reading only" in program.window.page().banner.label.text()
    assert program.backups is None
    program.save_now()
    assert "nothing to save" in program.window.page().banner.label.text()
    settle(program, qtbot)


def test_a_mistake_while_opening_is_reported_and_not_left_hanging(
    program, records, qtbot, monkeypatch
):
    caught = []
    monkeypatch.setattr("sys.excepthook", lambda *error: caught.append(error))
    monkeypatch.setattr(Database, "open", lambda *_a, **_k: 1 / 0)
    with qtbot.waitSignal(program.file.failed):
        program.open(records)
    assert caught[0][0] is ZeroDivisionError
    assert "mistake in the program" in trouble(program).message.text()
    assert holder.read(records) is None


# One window a file


def test_a_second_start_raises_the_first_window(program, records, qtbot):
    opened(program, qtbot, records)
    program.window.showMinimized()
    with qtbot.waitSignal(program.file.raised):
        assert instance.raise_other(records)
    assert not program.window.windowState() & Qt.WindowState.WindowMinimized


def test_records_open_in_another_window_are_not_opened_twice(program, records, qtbot, tmp_path):
    doorbell = instance.Doorbell(records)
    opened(program, qtbot, copy_of(records, tmp_path))
    with qtbot.waitSignal(doorbell.rung):
        program.open_chosen(records)
    assert "another window" in program.window.page().banner.label.text()
    assert program.file.path != records
    doorbell.close()


def copy_of(records, tmp_path):
    return Path(shutil.copyfile(records, tmp_path / "Copy.cit"))


# Undo and redo


def test_the_menu_names_what_undo_and_redo_would_do(program, records, qtbot):
    opened(program, qtbot, records)
    undo, redo = program.window.menus.undo, program.window.menus.redo
    add_agency(program)
    assert undo.text() == "&Undo add agency"
    assert not redo.isEnabled()
    undo.trigger()
    assert program.window.page().undo_banner.label.text() == "Undone: Add agency."
    assert agency_count(program) == 0
    assert redo.text() == "&Redo add agency"
    redo.trigger()
    assert agency_count(program) == 1
    assert program.window.page().undo_banner.label.text() == "Done again: Add agency."


def test_what_a_page_offers_to_undo_goes_when_something_else_was_done(program, records, qtbot):
    opened(program, qtbot, records)
    page = program.window.page()
    add_agency(program)
    page.undo_banner.done("An agency was added.")
    add_agency(program, "Phelps Health")
    assert page.undo_banner.isHidden()
    page.undo_banner.done("Another agency was added.")
    program.window.menus.undo.trigger()
    assert page.undo_banner.label.text() == "Undone: Add agency."
    assert page.undo_banner.link.isHidden()
    assert page.banner.isHidden()


def test_a_backup_that_something_else_made_is_told_at_once(program, records, qtbot):
    opened(program, qtbot, records)
    qtbot.waitUntil(lambda: not program.jobs.running)
    program.backups.state = Made(datetime(2026, 1, 1, tzinfo=UTC), problem="The disk was full.")

    def begin_import(session):
        session.add(ImportBatch(source="list.csv", sha256="", counts="{}", report="{}"))

    made = backup.make(records, reason="import")
    program.context.commands.do("Import", begin_import)
    assert program.backups.state == Made(made.made)
    assert program.window.status.left.text().endswith("Backed up just now")


def test_an_undo_that_is_refused_says_why(program, records, qtbot):
    opened(program, qtbot, records)
    program.undoing.undo()
    program.undoing.undo()
    assert program.window.page().banner.tone == "wrong"


def test_undo_without_records_does_nothing(program):
    program.undoing.undo()
    program.undoing.redo()
    assert not program.window.menus.undo.isEnabled()


# Backups


def backups_of(records):
    return backup.listed(paths.backup_folder(records))


def test_opening_changed_records_backs_them_up(program, records, qtbot):
    opened(program, qtbot, records)
    assert [made.reason for made in backups_of(records)] == ["regular"]
    assert program.window.status.left.text() == "Backed up just now"


def test_closing_backs_up_what_was_changed(program, records, qtbot):
    opened(program, qtbot, records)
    add_agency(program)
    program.window.close()
    (last,) = [made for made in backups_of(records) if made.reason == "closing"]
    assert last.rows["agency"] == 1
    assert holder.read(records) is None


def test_closing_unchanged_records_makes_no_backup(program, records, qtbot):
    opened(program, qtbot, records)
    program.window.close()
    assert len(backups_of(records)) == 1


def test_saving_says_that_everything_is_saved_and_backs_up(program, records, qtbot):
    opened(program, qtbot, records)
    with qtbot.waitSignal(program.backups.changed):
        program.menu.back_up.trigger()
    assert "saved as you make it" in program.window.page().banner.label.text()
    assert {made.reason for made in backups_of(records)} == {"regular", "by hand"}


def test_a_second_folder_gets_a_copy_apart_from_those_of_other_files(
    program, records, qtbot, tmp_path
):
    second = tmp_path / "stick"
    second.mkdir()
    opened(program, qtbot, records)
    program.context.commands.do("Choose folder", settings.put, "backup/second", str(second))
    with qtbot.waitSignal(program.backups.changed):
        program.backups.make("by hand")
    (folder,) = second.iterdir()
    assert folder.name == paths.backup_folder(records).name
    assert len(backup.listed(folder)) == 1


def test_a_second_folder_that_is_gone_is_told_and_never_made(program, records, qtbot, tmp_path):
    opened(program, qtbot, records)
    program.backups.second = str(tmp_path / "unplugged")
    with qtbot.waitSignal(program.backups.changed):
        program.backups.make("by hand")
    line = program.window.status.left
    assert line.text() == "Backed up just now, but not into the second folder"
    assert "cannot be reached" in line.toolTip()
    assert line.property("role") == "care"
    assert not (tmp_path / "unplugged").exists()


def test_a_failed_backup_is_told(program, records, qtbot, monkeypatch):
    opened(program, qtbot, records)

    def full(*_a, **_k):
        raise FileProblem("The disk is full.", "Free some space.")

    monkeypatch.setattr(backup, "make", full)
    with qtbot.waitSignal(program.backups.changed):
        program.backups.make("by hand")
    assert program.window.status.left.text() == "The last backup failed"
    assert "disk is full" in program.window.status.left.toolTip()


def test_a_backup_that_fails_on_closing_does_not_keep_the_window(
    program, records, qtbot, monkeypatch, caplog
):
    opened(program, qtbot, records)
    add_agency(program)

    def full(*_a, **_k):
        raise FileProblem("The disk is full.")

    monkeypatch.setattr(backup, "make", full)
    assert program.window.close()
    assert "could not be made" in caplog.text
    assert holder.read(records) is None
    caplog.clear()


# Restoring


def offered(program, qtbot):
    program.menu.restore.trigger()
    qtbot.waitUntil(lambda: program.restoring.dialog is not None, timeout=10_000)
    return program.restoring.dialog


def test_restoring_shows_what_is_in_a_backup_and_what_is_there_now(program, records, qtbot):
    opened(program, qtbot, records)
    add_agency(program)
    dialog = offered(program, qtbot)
    counts = {key: (then.text(), now.text()) for key, (then, now) in dialog.counts.items()}
    assert counts["person"] == ("0", "0")
    assert counts["operation"] == ("1", "2")
    assert dialog.why.text() == "Regular, just now"
    dialog.reject()
    assert program.restoring.dialog is None
    assert agency_count(program) == 1


def test_restoring_goes_back_and_opens_the_records_again(program, records, qtbot):
    opened(program, qtbot, records)
    add_agency(program)
    dialog = offered(program, qtbot)
    with qtbot.waitSignal(program.ready, timeout=20_000):
        qtbot.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    settle(program, qtbot)
    assert agency_count(program) == 0
    text = program.window.page().banner.label.text()
    assert text.startswith("The records are as they were on ")
    kept = [made for made in backups_of(records) if made.reason == "restore"]
    assert kept[0].rows["agency"] == 1
    assert kept[0].path.name in text
    assert holder.read(records) is not None


def test_a_backup_that_was_tampered_with_leaves_the_records_as_they_were(program, records, qtbot):
    opened(program, qtbot, records)
    add_agency(program)
    dialog = offered(program, qtbot)
    made = backups_of(records)[0].path
    data = bytearray(made.read_bytes())
    data[-1] ^= 1
    made.write_bytes(data)
    with qtbot.waitSignal(program.ready, timeout=20_000):
        qtbot.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    settle(program, qtbot)
    assert agency_count(program) == 1
    assert program.restoring.outcome == ""


def test_damaged_records_can_be_restored_from_the_page_that_says_so(program, records, qtbot):
    opened(program, qtbot, records)
    program.let_go()
    records.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with qtbot.waitSignal(program.file.failed):
        program.open(records)
    trouble(program).restore.emit()
    qtbot.waitUntil(lambda: program.restoring.dialog is not None, timeout=10_000)
    dialog = program.restoring.dialog
    assert {now.text() for _then, now in dialog.counts.values()} == {"–"}
    with qtbot.waitSignal(program.ready, timeout=20_000):
        dialog.replace.click()
    settle(program, qtbot)
    assert program.window.windowTitle().startswith("Ozark Ridge")
    assert list(records.parent.glob("*.damaged-*"))


def test_a_backup_from_elsewhere_can_be_chosen(program, records, qtbot, tmp_path):
    opened(program, qtbot, records)
    dialog = offered(program, qtbot)
    elsewhere = backup.make(records, tmp_path / "elsewhere", reason="by hand")
    program.restoring.add_file(dialog, elsewhere.path)
    assert dialog.current() == elsewhere
    program.restoring.add_file(dialog, records)
    assert "no readable description" in dialog.banner.label.text()
    dialog.reject()


# The rest of the window


def test_checking_from_the_menu_leads_to_its_place_in_the_settings(program, records, qtbot):
    opened(program, qtbot, records)
    program.menu.check.trigger()
    page = program.window.page()
    assert page.section() is page.about
    qtbot.waitUntil(lambda: page.about.outcome.text() == "The records are sound", timeout=10_000)


def test_a_list_is_imported_from_the_menu_into_the_class_in_sight(program, records, qtbot):
    assert not program.menu.take_in.isEnabled()
    opened(program, qtbot, records)
    program.menu.take_in.trigger()
    page = program.window.page()
    assert (program.window.page_key(), page.import_into()) == ("import", None)
    page.work.set_class(7)
    program.menu.take_in.trigger()
    assert page.import_into() == 7


def test_recent_files_are_offered_by_their_names(program, records, qtbot, tmp_path):
    other = copy_of(records, tmp_path)
    opened(program, qtbot, records)
    opened(program, qtbot, other)
    program.menu.recent.aboutToShow.emit()
    assert [a.text() for a in program.menu.recent.actions()] == ["&1 Copy", "&2 Ozark Ridge"]
    with qtbot.waitSignal(program.ready, timeout=10_000):
        program.menu.recent.actions()[1].trigger()
    assert program.file.path == records
    settle(program, qtbot)


def test_new_records_can_be_left_for_those_that_are_open(program, records, qtbot):
    opened(program, qtbot, records)
    program.menu.begin.trigger()
    assert program.front.page.stack.currentIndex() == 1
    program.front.page.first.cancelled.emit()
    assert isinstance(program.window.page(), TodayPage)
    assert program.window.rail.isEnabled()


def test_pages_cannot_be_reached_past_the_welcome(program):
    program.front.welcome()
    program.window.show_page("settings")
    assert isinstance(program.window.stack.currentWidget(), Welcome)
    assert not program.window.rail.isEnabled()


def test_going_to_a_page_leaves_the_questions_behind(program, records, qtbot):
    opened(program, qtbot, records)
    program.menu.begin.trigger()
    program.window.show_page("settings")
    assert isinstance(program.window.page(), SettingsPage)
    assert program.window.rail.isEnabled()


def test_the_title_follows_the_chapters_name(program, records, qtbot):
    opened(program, qtbot, records)
    commands = program.context.commands
    with program.context.db.read() as session:
        chapter = chapters.current(session)
    commands.do("Change chapter", chapters.update, chapter.id, chapter.version, name="Gateway CIT")
    assert program.window.rail.chapter.text() == "Gateway CIT"


def test_what_another_program_changed_is_shown(program, records, qtbot):
    opened(program, qtbot, records)
    other = Database.open(records)
    with other.operation("Change chapter") as session:
        chapter = chapters.current(session)
        chapters.update(session, chapter.id, chapter.version, name="Gateway CIT")
    other.close()
    program.file._look_for_changes()
    with other.operation("Add agency") as session:
        agencies.add(session, AgencyDraft(name="Rolla"))
    other.close()
    with qtbot.waitSignal(program.file.changed_elsewhere):
        program.file._look_for_changes()
    assert program.window.rail.chapter.text() == "Gateway CIT"


def test_a_crash_of_the_last_run_is_offered_quietly_once(program, records, qtbot):
    program.crash_report = "KeyError\nfile.py, line 3"
    opened(program, qtbot, records)
    banner = program.window.page().banner
    assert banner.label.text().startswith("The program stopped by itself last time")
    assert (banner.tone, banner.link.text()) == ("info", "Show the report")
    qtbot.mouseClick(banner.link, Qt.MouseButton.LeftButton)
    dialog = program.window.findChild(CrashDialog)
    assert dialog.details.toPlainText() == "KeyError\nfile.py, line 3"
    dialog.accept()
    assert program.crash_report == ""


def test_a_page_can_ask_for_help_and_for_colors(program, records, qtbot, the_theme):
    opened(program, qtbot, records)
    page = program.window.page()
    page.asked.emit("help", "backups")
    assert program.help.topic() == "backups"
    page.asked.emit("appearance", ("dark", True))
    assert program.preferences.get("theme/scheme") == "dark"
    assert program.window.menus.compact.isChecked()
    assert the_theme.compact
    program.help.close()


def test_f1_opens_help_on_what_is_in_sight(program, records, qtbot):
    opened(program, qtbot, records)
    program.window.show_page("settings", "backups")
    keys = {command.shortcut: command for command in program.window.menus.commands()}
    keys["F1"].run()
    assert program.help.isVisible()
    assert program.help.topic() == "backups"
    program.window.show_page("today")
    keys["F1"].run()
    assert program.help.topic() == "start"
    program.help.close()


def test_search_asks_the_open_records(program, records, qtbot):
    assert program._find("rolla") == []
    opened(program, qtbot, records)
    agency_id = add_agency(program)
    (hit,) = program._find("rolla")
    assert (hit.kind, hit.id, hit.title) == ("agency", agency_id, "Rolla Police Department")
    QApplication.processEvents()
