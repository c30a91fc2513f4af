import subprocess
import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from cit_desktop.errors import Refused
from cit_desktop.journal import Changes
from tests.ui.keys import press, type_text
from ui.commands import Commands
from ui.context import Context
from ui.main_window import MainWindow, PageEntry
from ui.menus import Menus
from ui.preferences import Preferences
from ui.widgets.page import Page
from ui.widgets.search_box import Hit

CONTROL = Qt.KeyboardModifier.ControlModifier
HEAVY = (
    "sqlalchemy alembic openpyxl reportlab PIL pypdfium2 nameparser phonenumbers dateutil "
    "python_calamine cryptography"
)


class ListPage(Page):
    """A page that remembers what it was asked."""

    def __init__(self, title, watches, new_text=""):
        super().__init__(title)
        self.watches = frozenset(watches)
        self.new_text = new_text
        self.line = QLineEdit()
        self.add_content(self.line)
        self.calls = []

    def refresh(self, changes):
        self.calls.append("all" if changes is None else changes.label)

    def open_record(self, record_id):
        self.calls.append(record_id)

    def new_record(self):
        self.calls.append("new")


def people(context):
    return ListPage("People", {"person"}, "New person…")


def classes(context):
    return ListPage("Classes", {"training_class", "person"})


def one_class(context):
    return ListPage("Class", {"attendance"})


ENTRIES = (
    PageEntry("people", "People", "people", people),
    PageEntry("classes", "Classes", "classes", classes),
    PageEntry("settings", "Settings", "settings", lambda _c: ListPage("Settings", ()), bottom=True),
    PageEntry("class", "Class", "classes", one_class, under="classes"),
)


@pytest.fixture
def preferences():
    return Preferences()


@pytest.fixture
def window(qtbot, preferences):
    made = MainWindow(ENTRIES, preferences)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def opened(window, db, preferences):
    commands = Commands(db)
    window.attach(Context(db, commands, preferences))
    yield window
    commands.jobs.cancel_all()
    assert commands.jobs.wait()


def page(window, key):
    return window.pages[key]


def test_the_window_shows_before_the_records_are_open(window):
    assert window.pages == {}
    assert window.page().title.text() == "People"
    assert window.page().subtitle.text() == "Opening the records…"


def test_nothing_heavy_is_loaded_when_the_window_shows():
    code = f"""
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from ui.entries import ENTRIES
from ui.main_window import MainWindow
from ui.theme import Theme
app = QApplication([])
theme = Theme(app)
theme.choose("system")
window = MainWindow(ENTRIES, theme=theme)
window.show()
app.processEvents()
window.grab()
print([name for name in {HEAVY!r}.split() if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_opening_the_records_builds_only_the_page_in_sight(opened):
    assert list(opened.pages) == ["people"]
    assert page(opened, "people").calls == ["all"]


def test_the_rail_goes_from_page_to_page(opened):
    opened.rail.choose("classes")
    assert opened.page() is page(opened, "classes")
    opened.rail.choose("people")
    opened.rail.choose("classes")
    assert page(opened, "classes").calls == ["all"]


def test_a_page_can_go_to_a_record_of_another(opened):
    page(opened, "people").go.emit("class", 7)
    assert page(opened, "class").calls == ["all", 7]
    assert opened.rail.current() == "classes"


def test_going_to_a_page_that_does_not_exist_stays(opened):
    opened.show_page("nowhere", 7)
    assert opened.page() is page(opened, "people")


def test_back_returns_to_where_one_was(opened):
    opened.show_page("class", 7)
    opened.show_page("class", 8)
    opened.show_page("people")
    opened.go_back()
    assert page(opened, "class").calls[-1] == 8
    opened.go_back()
    assert page(opened, "class").calls[-1] == 7
    opened.go_back()
    opened.go_back()
    assert opened.page() is page(opened, "people")


def test_a_change_refreshes_the_page_in_sight_and_the_others_when_they_are_shown(opened):
    opened.show_page("classes")
    opened.on_changed(Changes(1, "Add person", {"person": frozenset({3})}))
    assert page(opened, "classes").calls == ["all", "Add person"]
    assert page(opened, "people").calls == ["all"]
    opened.show_page("people")
    assert page(opened, "people").calls == ["all", "all"]


def test_a_change_of_other_tables_refreshes_nothing(opened):
    opened.on_changed(Changes(1, "Add course", {"course": frozenset({3})}))
    assert page(opened, "people").calls == ["all"]


def test_a_change_from_elsewhere_refreshes_everything(opened):
    opened.show_page("classes")
    opened.on_changed(None)
    opened.show_page("people")
    assert page(opened, "classes").calls == ["all", "all"]
    assert page(opened, "people").calls == ["all", "all"]


def test_a_refusal_stands_on_the_page_in_sight(opened):
    def refuse(session):
        raise Refused("This class is full.", "Raise its seats first.")

    opened.context.commands.do("Enroll", refuse)
    assert opened.page().banner.label.text() == "This class is full. Raise its seats first."


def test_letting_go_of_the_records_brings_the_placeholder_back(opened):
    commands = opened.context.commands
    opened.detach()
    assert opened.pages == {}
    assert opened.page() is opened.placeholder
    commands.changed.emit(Changes(1, "Add person", {"person": frozenset({3})}))
    assert opened.context is None


def test_long_work_is_shown_in_the_status_line(opened, qtbot):
    def count(session, progress):
        progress(3, 10, "Reading rows")

    job = opened.context.commands.start("Import", count)
    assert opened.status.what.text() == "Import"
    with qtbot.waitSignal(job.finished):
        pass
    assert not opened.status.work.isVisible()


def test_the_page_says_what_stands_in_the_middle_of_the_status_line(opened):
    opened.page().status.emit("23 of 26 present this block")
    assert opened.status.center.text() == "23 of 26 present this block"
    opened.show_page("classes")
    assert opened.status.center.text() == ""
    page(opened, "people").status.emit("late")
    assert opened.status.center.text() == ""


def test_undo_names_what_it_takes_back(window, qtbot):
    assert not window.menus.undo.isEnabled()
    window.set_undo("Mark attendance", "Add person")
    assert window.menus.undo.text() == "&Undo mark attendance"
    assert window.menus.redo.text() == "&Redo add person"
    with qtbot.waitSignal(window.undo_requested):
        window.menus.undo.trigger()
    window.set_undo("", "")
    assert window.menus.undo.text() == "&Undo"
    assert not window.menus.redo.isEnabled()


def test_new_makes_what_the_page_in_sight_can_make(opened):
    assert opened.menus.new.text() == "&New person…"
    opened.menus.new.trigger()
    assert page(opened, "people").calls[-1] == "new"
    opened.show_page("classes")
    assert not opened.menus.new.isEnabled()


def test_search_finds_and_opens(opened):
    opened.set_search(lambda text: [Hit("class", 9, "40-hour CIT")])
    search = opened.page().search
    search.setFocus()
    type_text(search, "40")
    press(search, Qt.Key.Key_Return)
    assert page(opened, "class").calls[-1] == 9


def test_pages_built_later_search_too(opened):
    opened.set_search(lambda text: [Hit("class", 9, "40-hour CIT")])
    opened.show_page("classes")
    assert next(iter(opened.page().search.finder("4"))).id == 9


def test_the_palette_offers_every_command_with_its_key(opened):
    opened.open_palette()
    offered = {command.title: command.shortcut for command in opened.page().search.commands}
    assert offered["Save now"] == "Ctrl+S"
    assert offered["Classes"] == "Ctrl+2"
    assert offered["New person…"] == "Ctrl+N"
    assert "Undo" not in offered


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("Ctrl+Z", "&Undo"),
        ("Ctrl+Y", "&Redo"),
        ("Ctrl+N", "&New"),
        ("Ctrl+S", "&Save now"),
        ("Ctrl+P", "&Print"),
        ("Ctrl+F", "&Filter"),
        ("Ctrl+K", "&Search"),
        ("Ctrl+Shift+F", "&Search"),
        ("F1", "&Help"),
        ("F5", "Re&fresh"),
        ("F6", "Next &pane"),
        ("Alt+Left", "&Back"),
    ],
)
def test_every_key_of_the_window_is_in_a_menu(window, key, title):
    actions = [a for a in window.actions() + all_actions(window) if a.text().startswith(title)]
    keys = {shortcut.toString() for action in actions for shortcut in action.shortcuts()}
    assert key in keys


def all_actions(window):
    menus = [action.menu() for action in window.menuBar().actions()]
    return [action for menu in menus for action in menu.actions()]


def test_no_two_menu_entries_share_a_key(window):
    keys = [s.toString() for a in all_actions(window) for s in a.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_refresh_reads_the_page_again(opened):
    press(opened, Qt.Key.Key_F5)
    next(a for a in all_actions(opened) if a.text() == "Re&fresh").trigger()
    assert page(opened, "people").calls[-1] == "all"


def test_f6_goes_from_the_content_to_the_search_to_the_rail_and_back(opened, qtbot):
    places = []
    for _ in range(4):
        places.append(QApplication.focusWidget())
        opened.next_pane()
    people_page = page(opened, "people")
    assert places[0] is people_page.line
    assert places[1] is people_page.search
    assert places[2] is opened.rail.items[0]
    assert places[3] is people_page.line


def test_help_is_asked_for_with_the_topic_of_the_page(opened, qtbot):
    opened.page().help_topic = "people"
    with qtbot.waitSignal(opened.help_requested) as blocker:
        next(a for a in all_actions(opened) if a.text() == "&Help on this page").trigger()
    assert blocker.args == ["people"]


def test_the_chapter_stands_on_the_rail_and_in_the_title(window):
    window.set_chapter("Ozark Ridge CIT Council")
    assert window.rail.chapter.text() == "Ozark Ridge CIT Council"
    assert window.windowTitle() == "Ozark Ridge CIT Council – CIT Desktop"
    window.set_chapter("")
    assert window.windowTitle() == "CIT Desktop"


def test_size_and_page_are_remembered(qtbot, preferences):
    first = MainWindow(ENTRIES, preferences)
    qtbot.addWidget(first)
    first.resize(1100, 640)
    first.show_page("classes")
    QApplication.sendEvent(first, QCloseEvent())
    second = MainWindow(ENTRIES, preferences)
    qtbot.addWidget(second)
    assert second.height() == 640  # its width is held to the screen of the tests
    assert second.rail.current() == "classes"


def test_a_first_window_is_no_higher_than_its_screen(qtbot, preferences):
    made = MainWindow(ENTRIES, preferences)
    qtbot.addWidget(made)
    assert made.height() < made.screen().availableSize().height()


@pytest.mark.parametrize("saved", ["zz", "00ff", "x" * 40])
def test_a_damaged_size_is_forgotten(qtbot, saved):
    preferences = Preferences()
    preferences.set("window/geometry", saved)
    made = MainWindow(ENTRIES, preferences)
    qtbot.addWidget(made)
    usual = MainWindow(ENTRIES, Preferences())
    qtbot.addWidget(usual)
    assert made.size() == usual.size()


def test_the_colors_can_be_chosen_and_are_remembered(qtbot, preferences, the_theme):
    made = MainWindow(ENTRIES, preferences, the_theme)
    qtbot.addWidget(made)
    made.menus.schemes["dark"].trigger()
    assert preferences.get("theme/scheme") == "dark"
    made.menus.compact.trigger()
    assert preferences.get("theme/compact") is True
    assert the_theme.compact


def test_a_menu_without_entries_is_not_shown(qtbot):
    made = MainWindow(ENTRIES)
    qtbot.addWidget(made)
    menus = {action.text(): action.isVisible() for action in made.menuBar().actions()}
    assert not menus["&Class"]
    ran = []
    made.menus.add("class", "&Finalize class…", lambda: ran.append(1))
    made.menus.menu("class").actions()[0].trigger()
    assert ran == [1]
    assert made.menus.menu("class").menuAction().isVisible()


def test_an_action_can_stand_before_another(qtbot):
    made = MainWindow(ENTRIES)
    qtbot.addWidget(made)
    assert isinstance(made.menus, Menus)
    made.menus.add("file", "&Open…", int, "Ctrl+O", before=made.menus.save)
    texts = [action.text() for action in made.menus.menu("file").actions()]
    assert texts.index("&Open…") == texts.index("&Save now") - 1


def test_a_context_carries_what_pages_work_with(db, preferences, qapp):
    commands = Commands(db)
    context = Context(db, commands, preferences)
    assert SimpleNamespace(**vars(context)).commands is commands
