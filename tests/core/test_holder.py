from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cit_desktop import holder
from cit_desktop.errors import Busy
from cit_desktop.holder import Hold


@pytest.fixture
def records(tmp_path):
    return tmp_path / "chapter.cit"


def lock_of(records, **words):
    given = {
        "user": "Ann",
        "host": "PC-7",
        "pid": 1,
        "since": "2026-11-23T15:12:00+00:00",
        "seen": "2026-11-23T15:12:00+00:00",
    }
    holder.lock_path(records).write_text(json.dumps(given | words))


def test_a_file_can_be_held_once_let_go_and_held_again(records):
    hold = Hold.take(records)
    assert holder.read(records).pid == os.getpid()
    hold.release()
    assert holder.read(records) is None
    assert Hold.take(records) is not None


def test_who_has_the_file_is_told(records):
    lock_of(records)
    with pytest.raises(Busy, match="in use by Ann on PC-7 since"):
        Hold.take(records)


def gone() -> int:
    """The number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_a_holder_that_is_gone_from_this_computer_is_replaced(records):
    import platform

    lock_of(records, host=platform.node(), pid=gone())
    assert Hold.take(records) is not None
    assert holder.read(records).pid == os.getpid()


def test_a_holder_on_this_computer_that_runs_is_respected(records):
    import platform

    lock_of(records, host=platform.node(), pid=os.getppid())
    with pytest.raises(Busy):
        Hold.take(records)


@pytest.mark.parametrize("chosen", [False, True])
def test_of_two_who_take_a_stale_lock_over_one_is_told_of_the_other(records, monkeypatch, chosen):
    import platform

    lock_of(records, host="PC-7" if chosen else platform.node(), pid=gone())
    rename = Path.rename

    def come_first(path, target):
        monkeypatch.setattr(Path, "rename", rename)
        lock_of(records, user="Bob")
        return path.rename(target)

    monkeypatch.setattr(Path, "rename", come_first)
    with pytest.raises(Busy, match="in use by Bob"):
        Hold.take(records, take_over=chosen)
    assert holder.read(records).user == "Bob"
    assert list(records.parent.iterdir()) == [holder.lock_path(records)]


def test_who_finds_the_stale_lock_gone_does_not_take_over_the_next_holder(records, monkeypatch):
    lock_of(records)
    rename = Path.rename

    def come_first(path, target):
        monkeypatch.setattr(Path, "rename", rename)
        path.unlink()
        lock_of(records, user="Bob")
        raise FileNotFoundError

    monkeypatch.setattr(Path, "rename", come_first)
    with pytest.raises(Busy, match="in use by Bob"):
        Hold.take(records, take_over=True)


def test_a_silent_holder_elsewhere_can_be_taken_over_but_only_by_choice(records):
    lock_of(records)
    long_ago = time.time() - 3600
    os.utime(holder.lock_path(records), (long_ago, long_ago))
    assert holder.is_stale(records)
    with pytest.raises(Busy) as caught:
        Hold.take(records)
    assert "take the file over" in caught.value.hint
    assert Hold.take(records, take_over=True) is not None


def test_a_wrong_clock_elsewhere_makes_nobody_stale(records):
    lock_of(records, seen="2026-11-23T09:12:00+00:00")
    assert not holder.is_stale(records)


@pytest.mark.parametrize("words", ["", "{", "[]", '{"user": 1}', '{"pid": "x"}'])
def test_an_unreadable_lock_holds_nobody_up(records, words):
    holder.lock_path(records).write_text(words)
    assert holder.read(records) is None
    assert Hold.take(records) is not None


def test_a_heartbeat_keeps_the_start(records):
    hold = Hold.take(records)
    since = holder.read(records).since
    hold.beat()
    assert holder.read(records).since == since


def test_where_no_lock_can_be_written_none_is_held(tmp_path):
    assert Hold.take(tmp_path / "missing" / "chapter.cit") is None


def test_a_lock_that_is_just_being_written_is_waited_for(records):
    holder.lock_path(records).touch()
    writer = threading.Timer(0.1, lock_of, [records])
    writer.start()
    with pytest.raises(Busy, match="in use by Ann"):
        Hold.take(records)
    writer.join()


def test_who_was_taken_over_neither_beats_nor_lets_go_for_the_other(records):
    hold = Hold.take(records)
    lock_of(records)
    hold.beat()
    assert holder.read(records).user == "Ann"
    hold.release()
    assert holder.read(records).user == "Ann"


def test_a_share_that_is_away_stops_nobody(tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    hold = Hold.take(folder / "chapter.cit")
    folder.rename(tmp_path / "away")
    hold.beat()
    hold.release()
    (tmp_path / "away").rename(folder)
    hold.beat()
    assert holder.read(folder / "chapter.cit").pid == os.getpid()


def test_nothing_but_the_lock_stands_beside_the_file(records):
    hold = Hold.take(records)
    hold.beat()
    assert list(records.parent.iterdir()) == [holder.lock_path(records)]
