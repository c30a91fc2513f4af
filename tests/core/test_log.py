from __future__ import annotations

import logging
import sys
import threading

import pytest

from cit_desktop import log
from cit_desktop.errors import Refused


@pytest.fixture
def hooked(tmp_path):
    told: list[str] = []
    log.start(tmp_path)
    log.install_crash_hooks(told.append, tmp_path)
    yield told
    log.stop()


NAME = "Margaret"


def crash():
    raise RuntimeError(f"{NAME} has no number")


def test_an_unexpected_error_is_logged_and_told_without_its_message(hooked, tmp_path, caplog):
    try:
        crash()
    except RuntimeError:
        sys.excepthook(*sys.exc_info())
    written = (tmp_path / "cit-desktop.log").read_text()
    assert "RuntimeError" in hooked[0]
    assert "in crash" in hooked[0]
    assert NAME not in hooked[0] + written
    assert "in crash" in written
    caplog.clear()


def crash_often(times):
    for _ in range(times):
        try:
            crash()
        except RuntimeError:
            sys.excepthook(*sys.exc_info())


def test_a_mistake_that_repeats_is_told_each_time_and_logged_ever_more_rarely(hooked, caplog):
    crash_often(20)
    assert len(hooked) == 20
    assert len({log.place_of(text) for text in hooked}) == 1
    assert len(caplog.records) == 5  # the 1st, 2nd, 4th, 8th and 16th
    sys.excepthook(ValueError, ValueError("x"), None)
    assert len(caplog.records) == 6
    caplog.clear()


def test_what_a_failed_function_held_is_let_go(hooked, caplog):
    class Painter:
        ended = False

        def __del__(self):
            Painter.ended = True

    def paint():
        painter = Painter()
        raise RuntimeError(painter)

    try:
        paint()
    except RuntimeError as error:
        trace = error.__traceback__
        error.args = ()
        sys.excepthook(RuntimeError, error, trace)
        assert Painter.ended
    caplog.clear()


def test_a_folder_that_cannot_be_written_does_not_hide_the_error(tmp_path, caplog):
    log.keep_report("ValueError", tmp_path / "gone")
    assert "ValueError" in caplog.text
    caplog.clear()


def test_an_error_of_a_thread_is_told_too(hooked, caplog):
    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
    assert "RuntimeError" in hooked[0]
    caplog.clear()


def test_what_somebody_can_mend_is_no_crash(tmp_path, caplog):
    told, refused = [], []
    log.install_crash_hooks(told.append, tmp_path, refused=refused.append)
    error = Refused("This class is full.")
    sys.excepthook(Refused, error, None)
    log.stop()
    assert (told, refused) == ([], [error])
    assert not (tmp_path / "crash.txt").exists()


def test_stopping_the_program_from_the_terminal_is_no_crash(tmp_path):
    told, stopped = [], []
    log.install_crash_hooks(told.append, tmp_path, stopped=lambda: stopped.append(True))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    log.stop()
    assert (told, stopped) == ([], [True])


def test_the_next_start_finds_a_crash_once(hooked, tmp_path, caplog):
    log.keep_report(log.report_text(ValueError("x")), tmp_path)
    caplog.clear()
    assert "ValueError" in log.last_crash(tmp_path)
    assert log.last_crash(tmp_path) == ""


def test_a_clean_end_leaves_no_crash(tmp_path, caplog):
    log.start(tmp_path)
    log.install_crash_hooks(lambda _: None, tmp_path)
    sys.excepthook(ValueError, ValueError("x"), None)
    assert (tmp_path / "crash.txt").exists()
    log.stop()
    assert log.last_crash(tmp_path) == ""
    caplog.clear()
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__


def test_the_log_rotates(tmp_path):
    log.start(tmp_path)
    for _ in range(30):
        logging.getLogger("cit_desktop").info("x" * 50_000)
    log.stop()
    assert 2 <= len(list(tmp_path.glob("cit-desktop.log*"))) <= 5
