import logging
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from cit_desktop import log
from cit_desktop.errors import FileProblem, Refused
from ui import errors
from ui.widgets.banner import Banner
from ui.widgets.label import TextLabel

NAME = "Donald O'Brien"


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def hook(window, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = errors.CrashHook(window)
    made.install(tmp_path)
    yield made
    log.stop()


def broken():
    return {"Margaret": 1}[NAME]


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


def raise_here():
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    QApplication.processEvents()


def test_an_unexpected_error_is_logged_and_shown_without_names(hook, caplog):
    raise_here()
    assert hook.dialog.isVisible()
    report = hook.dialog.details.toPlainText()
    assert "KeyError" in report
    assert "test_errors.py" in report
    assert NAME not in report + caplog.text
    assert [r.levelno for r in caplog.records] == [logging.ERROR]
    caplog.clear()


def test_a_second_error_does_not_open_a_second_box(hook, window, caplog):
    for _ in range(3):
        raise_here()
    assert len(window.findChildren(errors.CrashDialog)) == 1
    assert hook.dialog.details.toPlainText().count("KeyError") == 1
    sys.excepthook(ValueError, ValueError(NAME), None)
    QApplication.processEvents()
    assert "ValueError" in hook.dialog.details.toPlainText()
    assert len(window.findChildren(errors.CrashDialog)) == 1
    hook.dialog.accept()
    assert hook.dialog is None
    caplog.clear()


def test_the_same_error_later_is_told_without_a_box(hook, caplog):
    told = []
    hook.again.connect(lambda: told.append(True))
    raise_here()
    hook.dialog.accept()
    raise_here()
    assert hook.dialog is None
    assert told == [True]
    caplog.clear()


class Unpaintable(QWidget):
    """Fails whenever it is painted, with a painter in its hands."""

    times = 0

    def paintEvent(self, event):
        painter = QPainter(self)
        self.times += 1
        raise ZeroDivisionError(painter.isActive())


@pytest.mark.qt_no_exception_capture
def test_what_cannot_be_painted_shows_one_box_and_lets_work_go_on(hook, window, qtbot, caplog):
    told = []
    hook.again.connect(lambda: told.append(True))
    broken_widget = Unpaintable(window)
    broken_widget.resize(50, 50)
    broken_widget.show()
    qtbot.waitUntil(lambda: hook.dialog is not None)
    for _ in range(5):
        broken_widget.update()
        QApplication.processEvents()
    qtbot.mouseClick(hook.dialog.close_button, Qt.MouseButton.LeftButton)
    before = broken_widget.times
    broken_widget.update()
    qtbot.waitUntil(lambda: broken_widget.times > before)
    QApplication.processEvents()
    assert before >= 6
    assert hook.dialog is None
    assert QApplication.activeModalWidget() is None
    assert told
    assert len(caplog.records) < broken_widget.times
    caplog.clear()


def test_many_different_errors_end_in_a_banner_too(hook, caplog):
    told = []
    hook.again.connect(lambda: told.append(True))
    for number in range(8):
        kind = type(f"Error{number}", (Exception,), {})
        sys.excepthook(kind, kind(), None)
        QApplication.processEvents()
        if hook.dialog is not None:
            hook.dialog.accept()
    assert len(told) == 3
    caplog.clear()


def test_quitting_from_the_box_closes_the_window(hook, window, qtbot, caplog):
    raise_here()
    qtbot.mouseClick(hook.dialog.quit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible())
    caplog.clear()


def test_the_report_can_be_saved_and_says_where(window, qtbot, tmp_path):
    dialog = errors.CrashDialog("KeyError\nfile.py:3 in broken", window)
    dialog.open()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog)
    assert chooser.isVisible()
    chooser.fileSelected.emit(str(tmp_path / "report.txt"))
    chooser.reject()
    assert (tmp_path / "report.txt").read_text() == "KeyError\nfile.py:3 in broken"
    assert dialog.told.text().startswith("The report was saved as")
    dialog.write(str(tmp_path / "no such folder" / "report.txt"))
    assert dialog.told.text().endswith("Choose another folder.")


def test_a_crash_of_the_last_run_offers_no_quitting(window):
    assert errors.CrashDialog("KeyError", window, earlier=True).quit.isHidden()


def test_an_error_of_another_thread_is_shown_on_the_windows_own(hook, qtbot, caplog):
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: hook.dialog is not None)
    assert hook.dialog.thread() is QApplication.instance().thread()
    caplog.clear()


def test_a_refusal_that_nobody_caught_is_no_crash(hook, window, caplog):
    sys.excepthook(Refused, Refused("This class is full."), None)
    QApplication.processEvents()
    assert hook.dialog is None
    assert window.findChild(QMessageBox).text() == "This class is full."
    assert caplog.records == []


def test_a_crash_of_the_last_run_is_told_as_such(window, qtbot):
    now, earlier = (errors.CrashDialog("KeyError", window, earlier=e) for e in (False, True))
    texts = [
        " ".join(label.text() for label in dialog.findChildren(TextLabel))
        for dialog in (now, earlier)
    ]
    assert "was not saved" in texts[0]
    assert "last time" in texts[1]


def test_the_details_can_be_copied(window, qtbot):
    dialog = errors.CrashDialog("KeyError\nfile.py:3 in broken", window)
    dialog.open()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "KeyError\nfile.py:3 in broken"
