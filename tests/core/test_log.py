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
    log.write_report(ValueError("x"), tmp_path)
    caplog.clear()
    assert "ValueError" in log.last_crash(tmp_path)
    assert log.last_crash(tmp_path) == ""


def test_a_clean_end_leaves_no_crash(tmp_path):
    log.start(tmp_path)
    log.install_crash_hooks(lambda _: None, tmp_path)
    log.stop()
    assert log.last_crash(tmp_path) == ""
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__


def test_the_log_rotates(tmp_path):
    log.start(tmp_path)
    for _ in range(30):
        logging.getLogger("cit_desktop").info("x" * 50_000)
    log.stop()
    assert 2 <= len(list(tmp_path.glob("cit-desktop.log*"))) <= 5
