import logging
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from cit_desktop.errors import FileProblem, Refused
from ui import errors
from ui.widgets.banner import Banner


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def hook(window):
    return errors.CrashHook(window)


def broken():
    secret = {"Margaret Allen": 1}
    return secret["Donald O'Brien"]


def caught():
    try:
        broken()
    except KeyError as error:
        return error
    raise AssertionError


def test_a_refusal_stands_in_the_banner_with_its_hint(window):
    banner = Banner(window)
    errors.show(Refused("This class is full.", "Raise its seats first."), banner)
    assert banner.isVisible()
    assert banner.label.text() == "This class is full. Raise its seats first."
    assert banner.tone == "wrong"


def test_without_a_banner_a_box_says_it(window):
    errors.show(FileProblem("The file is open in Excel.", "Close it there."), None, window)
    box = window.findChild(QMessageBox)
    assert box.isVisible()
    assert (box.text(), box.informativeText()) == ("The file is open in Excel.", "Close it there.")
    assert box.textFormat() == Qt.TextFormat.PlainText


def test_a_report_names_the_place_but_no_person():
    report = errors.report_of(caught())
    assert "KeyError" in report
    assert "test_errors.py" in report
    assert "broken" in report
    assert "O'Brien" not in report


def test_an_unexpected_error_is_logged_and_shown(hook, qtbot, caplog):
    error = caught()
    hook.handle(type(error), error, error.__traceback__)
    assert hook.dialog.isVisible()
    assert "KeyError" in hook.dialog.details.toPlainText()
    assert [r.levelno for r in caplog.records] == [logging.ERROR]
    assert "O'Brien" not in caplog.text
    caplog.clear()


def test_a_second_error_does_not_open_a_second_box(hook, caplog):
    for _ in range(3):
        error = caught()
        hook.handle(type(error), error, error.__traceback__)
    first = hook.dialog
    assert len(hook._window.findChildren(errors.CrashDialog)) == 1
    first.accept()
    assert hook.dialog is None
    caplog.clear()


def test_an_error_of_another_thread_is_shown_on_the_windows_own(hook, qtbot, caplog):
    error = caught()
    thread = threading.Thread(target=hook.handle, args=(KeyError, error, error.__traceback__))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: hook.dialog is not None)
    assert hook.dialog.thread() is QApplication.instance().thread()
    caplog.clear()


def test_a_refusal_that_nobody_caught_is_no_crash(hook, window, caplog):
    error = Refused("This class is full.")
    hook.handle(Refused, error, None)
    assert hook.dialog is None
    assert window.findChild(QMessageBox).text() == "This class is full."
    assert caplog.records == []


def test_the_details_can_be_copied(window, qtbot):
    dialog = errors.CrashDialog("KeyError\nfile.py:3 in broken", window)
    dialog.open()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "KeyError\nfile.py:3 in broken"


def test_installing_catches_what_nobody_caught(hook, monkeypatch):
    import sys

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    hook.install()
    assert sys.excepthook == hook.handle
