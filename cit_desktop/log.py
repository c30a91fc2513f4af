"""The log, and what is left behind when the program crashes. No names of people in either."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sqlite3
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from cit_desktop import __version__, clock, paths
from cit_desktop.errors import CitError

log = logging.getLogger("cit_desktop")
Reporter = Callable[[str], object]
_CRASH = "crash.txt"
_native: TextIOWrapper | None = None
_crashes: Path | None = None


def start(folder: Path | None = None) -> Path:
    """Write the log into a folder from now on; gives the log's path."""
    where = paths.log_folder() if folder is None else folder
    target = where / "cit-desktop.log"
    handler = RotatingFileHandler(target, maxBytes=1_000_000, backupCount=4, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    log.info(
        "CIT Desktop %s, Python %s, SQLite %s, %s",
        __version__,
        platform.python_version(),
        sqlite3.sqlite_version,
        _system(),
    )
    return target


def install_crash_hooks(
    report: Reporter,
    folder: Path | None = None,
    *,
    refused: Callable[[CitError], object] | None = None,
    stopped: Callable[[], object] | None = None,
) -> None:
    """Send every unexpected error, of any thread, to the log and to ``report``.

    A crash below Python leaves its stack in a file that :func:`last_crash` finds at the next
    start; ask that before calling this.

    Args:
        refused: Gets what somebody can mend and nobody caught; it is no crash.
        stopped: Called when Ctrl+C is pressed in the terminal.
    """
    global _native, _crashes
    where = _crashes = paths.log_folder() if folder is None else folder
    times = Counter[str]()

    def on_error(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            if stopped is None:
                sys.__excepthook__(kind, error, trace)
            else:
                stopped()
        elif isinstance(error, CitError) and refused is not None:
            refused(error)
        else:
            text = report_text(error)
            times[place_of(text)] += 1
            if times[place_of(text)].bit_count() == 1:  # a window paints often: 1st, 2nd, 4th, 8th
                keep_report(text, where)
            report(text)
            traceback.clear_frames(trace)  # a painter that such a frame holds is never ended

    def on_thread_error(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            on_error(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = on_error
    threading.excepthook = on_thread_error
    _native = (where / "native-crash.txt").open("w", encoding="utf-8")
    faulthandler.enable(_native)


def report_text(error: BaseException) -> str:
    """The report of an unexpected error.

    It holds the places in the program and the kind of error, not its message: that may
    name a person.
    """
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    return (
        f"CIT Desktop {__version__}, {clock.now():%Y-%m-%d %H:%M} UTC, "
        f"Python {platform.python_version()}, {_system()}\n"
        f"{type(error).__name__}\n{frames}"
    )


def _system() -> str:
    """The operating system; ``platform.platform`` would search Python's own file as well."""
    return f"{platform.system()} {platform.release()} {platform.machine()}"


def place_of(report: str) -> str:
    """What was wrong and where, the same for every report of one mistake."""
    lines = report.splitlines()
    frames = [line for line in lines if line.startswith("  File ")]
    return "\n".join([*lines[1:2], *frames[-1:]])


def keep_report(text: str, folder: Path) -> None:
    """Log a report, and leave it behind in a file until the program ends cleanly."""
    log.error("Unexpected error\n%s", text)
    with suppress(OSError):  # a full disk must not keep the error from being told
        (folder / _CRASH).write_text(text, encoding="utf-8")


def last_crash(folder: Path | None = None) -> str:
    """What the last run left behind when it crashed, or an empty text; asked once, then gone."""
    where = paths.log_folder() if folder is None else folder
    texts = []
    for name in (_CRASH, "native-crash.txt"):
        file = where / name
        if file.exists():
            texts.append(file.read_text(encoding="utf-8", errors="replace"))
            file.unlink()
    return "\n".join(text for text in texts if text.strip())


def stop() -> None:
    """Close the log's files; a clean end leaves no crash behind."""
    global _native, _crashes
    if _native is not None:
        faulthandler.disable()
        _native.close()
        _native = None
    if _crashes is not None:
        (_crashes / _CRASH).unlink(missing_ok=True)
        _crashes = None
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h, RotatingFileHandler)]:
        root.removeHandler(handler)
        handler.close()
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
