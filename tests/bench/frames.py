"""How late the window's frames come while a workbook of 20,000 people is imported.

Run by hand: ``python -m tests.bench.frames [ROWS]``. First the steps run on the job thread alone,
then the page of the import takes the same file in the window: read, check, preview, write, undo. A
timer stands for the frames: it wants to tick every 10 ms, and how much later a tick comes is how
long the window stood still. An idle window is measured before and after. On a machine that is busy
with other work a frame waits for its turn, too: the processor time that the window's own thread
took for its longest frame is printed beside it, and is what such a machine can be judged by.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.imports import ROWS, write_book

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
EVERY = 10  # milliseconds
LATEST = 100.0
_STUCK = 120_000  # milliseconds
Late = tuple[float, float]  # milliseconds: how late a frame came, and its own processor time


def main() -> None:
    """Import step by step, then in the window, and print how late frames came."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIT_DESKTOP_HOME"] = folder
        book = write_book(Path(folder) / "many.xlsx", int(sys.argv[1]) if sys.argv[1:] else ROWS)
        from ui.app import make_application

        make_application()
        floors = [_idle()]
        worst = [*_measure_jobs(book, Path(folder) / "jobs.cit"), *_measure_page(book, folder)]
        floors.append(_idle())
    late, own = (max(kind) for kind in zip(*worst, strict=True))
    print(f"latest frame {late:.0f} ms, longest by its own processor time {own:.0f} ms", end="; ")
    print(f"{LATEST:.0f} ms is allowed; an idle window {max(one for one, _ in floors):.0f} ms")


def _records(path: Path) -> Any:
    from cit_desktop.db import Database
    from cit_desktop.services import chapters

    db = Database.create(path)
    with db.operation("Begin") as session:
        chapters.create(session, chapters.ChapterDraft(name="Bench", state="MO"))
    return db


def _measure_jobs(book: Path, records: Path) -> list[Late]:
    from cit_desktop.imports import apply, plan, reading, sheet

    db = _records(records)

    def planned(table: Any, **_: Any) -> Any:
        with db.read() as session:
            return plan.make_plan(session, table)

    worst, value = list[Late](), book
    steps = (
        ("reading", sheet.read),
        ("columns", reading.from_workbook),
        ("plan", planned),
        ("writing", lambda made, progress: apply.commit(db, made, progress=progress)),
    )
    for name, step in steps:
        value, late = run(step, value)
        worst.append(_told(name, late))
    db.close()
    return worst


def _measure_page(book: Path, folder: str) -> list[Late]:
    """The page in its window, from the drop to the undo."""
    from PySide6.QtCore import Qt

    from ui.commands import Commands
    from ui.context import Context
    from ui.pages.imports.page import ImportPage
    from ui.pages.imports.steps import COLUMNS, PREVIEW
    from ui.preferences import Preferences

    db = _records(Path(folder) / "page.cit")
    page = ImportPage(Context(db, Commands(db), Preferences(None)))
    page.context.commands.changed.connect(page.refresh)
    page.resize(1084, 754)
    page.refresh(None)
    page.show()
    work, table = page.work, page.preview.table

    def sort(key: str) -> None:
        place = [column.key for column in table.records.columns].index(key)
        table.records.sort(place, Qt.SortOrder.AscendingOrder)
        table.scrollToBottom()

    steps: tuple[tuple[str, Callable[[], object], Any], ...] = (
        ("drop", lambda: page.take(book, purpose="people"), work.compared),
        ("columns", lambda: page.go_to(COLUMNS), None),
        ("preview", lambda: page.go_to(PREVIEW), None),
        ("by name", lambda: sort("name"), None),
        ("by agency", lambda: sort("agency"), None),
        ("by row", lambda: sort("line"), None),
        ("skipping", lambda: work.choose([3], "skip"), work.compared),
        ("filter", lambda: page.preview.chips.choose("new"), None),
        ("writing", page.step_on, work.written),
        ("undo", work.undo, work.undone_changed),
    )
    worst = [_told(f"page: {name}", _frames(begin, signal)) for name, begin, signal in steps]
    page.close()
    db.close()
    return worst


def _idle() -> Late:
    _, late = run(lambda _, progress: time.sleep(2), None)
    return _told("idle", late)


def _told(name: str, frames: list[Late]) -> Late:
    late = sorted((one for one, _ in frames), reverse=True)
    own = max(one for _, one in frames)
    told = "  ".join(f"{one:.0f}" for one in late[:5])
    print(f"{name:15} latest frames {told} ms; own time of the longest {own:.0f} ms")
    return late[0], own


def _frames(begin: Callable[[], object], until: Any) -> list[Late]:
    """How late frames came from an act until a signal and half a second more."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    tick = _Ticks()
    if until is None:
        QTimer.singleShot(500, loop.quit)
    else:
        until.connect(lambda *_: QTimer.singleShot(500, loop.quit))
    QTimer.singleShot(_STUCK, loop.quit)
    QTimer.singleShot(50, begin)
    tick.start()
    loop.exec()
    return tick.stop()


class _Ticks:
    """Counts how late a timer comes."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._late: list[Late] = []
        self._last = self._busy = 0.0
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=EVERY)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        self._late.append(((now - self._last) * 1000 - EVERY, (busy - self._busy) * 1000))
        self._last, self._busy = now, busy

    def start(self) -> None:
        self._last, self._busy = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> list[Late]:
        self._timer.stop()
        return self._late


def run(step: Callable[..., Any], value: Any) -> tuple[Any, list[Late]]:
    """Do one step on the job thread; its outcome, and how late frames came."""
    from PySide6.QtCore import QEventLoop

    from ui.jobs import Jobs

    loop, jobs, outcome = QEventLoop(), Jobs(), []
    ticks = _Ticks()
    job = jobs.start("Step", step, value, wants_progress=True)
    job.done.connect(outcome.append)
    job.failed.connect(print)
    job.crashed.connect(print)
    job.finished.connect(loop.quit)
    ticks.start()
    loop.exec()
    late = ticks.stop()
    jobs.wait()
    return outcome[0] if outcome else None, late


if __name__ == "__main__":
    main()
