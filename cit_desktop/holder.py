"""Who has a file of records open in a window: one at a time, told to everybody else."""

from __future__ import annotations

import getpass
import json
import os
import platform
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cit_desktop import clock, day_words
from cit_desktop.errors import Busy

STALE = timedelta(minutes=5)
HEARTBEAT_SECONDS = 30
_TRIES, _PAUSE = 10, 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a file, on which computer, since when, and when they were last heard of."""

    user: str
    host: str
    pid: int
    since: datetime
    seen: datetime

    def sentence(self, name: str) -> str:
        """Who has the file open, for people."""
        since = self.since.astimezone()
        today = since.date() == clock.today()
        when = day_words.clock(since) if today else day_words.moment(since)
        return f"“{name}” is in use by {self.user} on {self.host} since {when}."


class Hold:
    """The right to keep a file open in a window, as long as its lock file tells of us."""

    def __init__(self, records: Path) -> None:
        self._file = lock_path(records)
        self._since = clock.now()

    @classmethod
    def take(cls, records: Path, *, take_over: bool = False) -> Hold | None:
        """Hold a file, or learn that one cannot.

        Gives None where the folder cannot be written: the file is then open for reading at best.

        Args:
            take_over: Somebody decided that the former holder is gone.

        Raises:
            Busy: Somebody else holds it and was heard of within five minutes.
        """
        hold = cls(records)
        try:
            hold._create(records, take_over=take_over)
        except OSError:
            return None
        return hold

    def _create(self, records: Path, *, take_over: bool) -> None:
        for _ in range(_TRIES):
            try:
                handle = os.open(self._file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                self._clear(records, take_over=take_over)
                take_over = False  # the choice was about that holder, not about whoever comes next
            else:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(self._words())
                return
        raise Busy(f"“{records.name}” is being opened elsewhere just now.", "Try again.")

    def _clear(self, records: Path, *, take_over: bool) -> None:
        """Remove a lock that holds nothing any more, unless somebody else was faster.

        It is taken out of the way under another name first: of two who try, one does not find
        it, and who finds that it was not the one they judged puts it back.
        """
        judged, other = _settled(self._file)
        if other is not None and not take_over and not _is_gone(other):
            raise Busy(other.sentence(records.name), _advice(records))
        aside = self._file.with_name(f"{self._file.name}.{secrets.token_hex(4)}")
        try:
            self._file.rename(aside)
        except FileNotFoundError:
            return
        moved = aside.read_bytes()
        if moved == judged:
            aside.unlink()
            return
        if not self._file.exists():
            aside.rename(self._file)
        aside.unlink(missing_ok=True)

    def _words(self) -> str:
        words = {
            "user": _user(),
            "host": platform.node(),
            "pid": os.getpid(),
            "since": self._since.isoformat(),
            "seen": clock.now().isoformat(),
        }
        return json.dumps(words)

    def _write(self) -> None:
        """Put the lock in its place whole: nobody may read half of it and think it void."""
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            part.write_text(self._words(), encoding="utf-8")
            part.replace(self._file)
        finally:
            part.unlink(missing_ok=True)

    def beat(self) -> None:
        """Say that we are still here; to be called every :data:`HEARTBEAT_SECONDS`.

        A share that is away for a while is no reason to stop; who took over is left alone.
        """
        with suppress(OSError):
            if not self._is_taken_over():
                self._write()

    def release(self) -> None:
        """Let go, so that others can open the file."""
        with suppress(OSError):
            if not self._is_taken_over():
                self._file.unlink(missing_ok=True)

    def _is_taken_over(self) -> bool:
        other = _parsed(self._file)
        return other is not None and (other.host, other.pid) != (platform.node(), os.getpid())


def lock_path(records: Path) -> Path:
    """The lock file of a file of records: beside it."""
    return records.with_name(records.name + ".lock")


def read(records: Path) -> Holder | None:
    """Who holds a file now, or None; an unreadable lock file counts as nobody."""
    return _parsed(lock_path(records))


def _parsed(file: Path) -> Holder | None:
    return _holder(_content(file))


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _holder(content: bytes | None) -> Holder | None:
    try:
        words = json.loads(content or b"")
        return Holder(
            str(words["user"]),
            str(words["host"]),
            int(words["pid"]),
            datetime.fromisoformat(words["since"]).astimezone(UTC),
            datetime.fromisoformat(words["seen"]).astimezone(UTC),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _settled(lock: Path) -> tuple[bytes | None, Holder | None]:
    """What stands in a lock that may just be coming into being, and whom it tells of."""
    content = _content(lock)
    for _ in range(_TRIES):
        if content is None or _holder(content) is not None:
            break
        time.sleep(_PAUSE)
        content = _content(lock)
    return content, _holder(content)


def is_stale(records: Path) -> bool:
    """Whether the holder has not been heard of for five minutes, so that one may take over.

    Both times are the file server's own: the clocks of two computers may differ by hours.
    """
    probe = lock_path(records).with_suffix(f".{os.getpid()}.probe")
    try:
        probe.touch()
        silent_for = probe.stat().st_mtime - lock_path(records).stat().st_mtime
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
    return silent_for > STALE.total_seconds()


def _advice(records: Path) -> str:
    if is_stale(records):
        return (
            "They were not heard of for five minutes. If that computer is off, take the file over."
        )
    return "Ask them to close it, or open it here for reading only."


def _is_gone(other: Holder) -> bool:
    if other.host == platform.node():
        return other.pid == os.getpid() or not _alive(other.pid)
    return False


def _alive(pid: int) -> bool:
    if os.name == "nt":
        return _alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _alive_on_windows(pid: int) -> bool:
    import ctypes

    query, still_active, denied = 0x1000, 259, 5
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(query, False, pid)
    if not handle:  # denied: somebody else's, so it runs
        return bool(ctypes.get_last_error() == denied)  # type: ignore[attr-defined]
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == still_active


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
