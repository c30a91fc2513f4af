import re
from importlib.resources import files

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextTable

from tests.ui.keys import press, type_text
from ui.entries import ENTRIES
from ui.help import TOPICS, HelpDialog, topics
from ui.widgets.grid_keys import MARKS


@pytest.fixture
def dialog(qtbot):
    made = HelpDialog()
    qtbot.addWidget(made)
    return made


def titles(dialog):
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_every_topic_has_a_page_and_every_page_is_a_topic():
    names = {file.name for file in (files("resources") / "help").iterdir()}
    assert names == {f"{key}.md" for key in TOPICS}


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.key)
def test_a_page_begins_with_its_title_and_holds_no_markup_but_markdown(topic):
    assert topic.text.startswith(f"# {topic.title}\n")
    assert re.search(r"<[a-zA-Z/!]|!\[", topic.text) is None
    assert len(topic.text.split()) < 400


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.key)
def test_links_of_a_page_lead_to_topics(topic):
    for target in re.findall(r"\]\(([^)]*)\)", topic.text):
        assert target.removesuffix(".md") in TOPICS


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_page_of_the_window_has_a_topic_that_exists(entry, context, qtbot):
    page = entry.build(context)
    qtbot.addWidget(page)
    for tab in range(max(1, page.tabs.count())):
        page.tabs.setCurrentIndex(tab)
        assert page.topic() in TOPICS


def test_the_key_table_has_every_key_of_the_grid():
    text = next(topic.text for topic in topics() if topic.key == "attendance")
    for letter in (*MARKS, "F", "M", "N", "R"):
        assert f"\n| {letter} |" in text


def test_a_topic_is_shown_with_its_heading(dialog):
    dialog.show_topic("attendance")
    assert dialog.isVisible()
    assert dialog.topic() == "attendance"
    assert dialog.page.toPlainText().startswith("Attendance\n")
    tables = dialog.page.document().rootFrame().childFrames()
    assert any(isinstance(frame, QTextTable) for frame in tables)


def test_an_unknown_topic_leads_to_the_first_page(dialog):
    dialog.show_topic("")
    assert dialog.topic() == "start"


def test_words_find_the_pages_that_have_all_of_them(dialog):
    dialog.show_topic("start")
    type_text(dialog.words, "second folder")
    assert "Backups and restore" in titles(dialog)
    assert "Attendance" not in titles(dialog)
    assert dialog.topic()


def test_words_that_nothing_has_are_told(dialog):
    dialog.show_topic("start")
    type_text(dialog.words, "zebra crossing")
    assert dialog.list.count() == 0
    assert dialog.nothing.isVisible()
    dialog.activateWindow()
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.list.count() == len(TOPICS)


def test_opening_a_topic_clears_the_search(dialog):
    dialog.show_topic("start")
    type_text(dialog.words, "zebra")
    dialog.show_topic("keys")
    assert dialog.words.text() == ""
    assert dialog.topic() == "keys"


def test_a_link_leads_to_its_topic(dialog):
    dialog.show_topic("start")
    dialog.page.anchorClicked.emit(QUrl("import.md"))
    assert dialog.topic() == "import"
    assert dialog.list.currentItem().text() == "Import a list"


def test_escape_closes_help_and_arrows_turn_pages(dialog):
    dialog.show_topic("start")
    press(dialog.list, Qt.Key.Key_Down)
    assert dialog.topic() == TOPICS[1]
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
