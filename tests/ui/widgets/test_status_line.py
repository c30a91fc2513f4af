import pytest
from PySide6.QtCore import Qt

from ui.widgets.status_line import StatusLine


@pytest.fixture
def line(qtbot):
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(1084, 26)
    made.show()
    return made


def test_it_says_what_was_saved_and_what_is_going_on(line):
    line.say("Saved 9:42 · Backed up 12 min ago")
    line.say_center("23 of 26 present this block")
    assert line.left.text() == "Saved 9:42 · Backed up 12 min ago"
    assert line.center.text() == "23 of 26 present this block"
    assert line.height() == 26


def test_short_work_shows_no_progress(line, qtbot):
    line.begin("Importing")
    line.end()
    qtbot.wait(350)
    assert not line.work.isVisible()


def test_work_that_takes_longer_shows_progress(line, qtbot):
    line.begin("Importing")
    assert not line.work.isVisible()
    qtbot.waitUntil(line.work.isVisible, timeout=2000)
    line.progress(3, 10, "Reading rows")
    assert (line.bar.value(), line.bar.maximum()) == (3, 10)
    assert line.what.text() == "Reading rows"
    line.end()
    assert not line.work.isVisible()


def test_work_of_unknown_length_shows_that_it_goes_on(line):
    line.begin("Importing")
    line.progress(5, 0)
    assert (line.bar.minimum(), line.bar.maximum()) == (0, 0)
    line.end()


def test_it_can_be_cancelled(line, qtbot):
    line.begin("Importing")
    line.work.show()
    with qtbot.waitSignal(line.cancelled):
        qtbot.mouseClick(line.cancel, Qt.MouseButton.LeftButton)
    line.end()


def test_what_cannot_be_cancelled_offers_no_cancel(line):
    line.begin("Closing", can_cancel=False)
    line.work.show()
    assert not line.cancel.isVisible()
    line.end()


def test_the_middle_text_stays_in_the_middle(line):
    line.say_center("23 of 26 present this block")
    before = line.center.geometry().center().x()
    line.say("A long text about what was saved and when it was backed up and restored")
    line.work.show()
    line.layout().activate()
    assert abs(line.center.geometry().center().x() - before) <= 2
    assert abs(before - line.width() / 2) < 20
