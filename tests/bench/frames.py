"""How late the window's frames come while a workbook of 20,000 people is imported beside it.

Run by hand: ``python -m tests.bench.frames``. A timer stands for the frames: it wants to tick every
10 ms, and how much later a tick comes is how long the window stood still.
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


def main() -> None:
    """Import step by step on the job thread and print how late frames came."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIT_DESKTOP_HOME"] = folder
        book = write_book(Path(folder) / "many.xlsx", int(sys.argv[1]) if sys.argv[1:] else ROWS)
        worst = _measure(book, Path(folder) / "bench.cit")
    print(f"latest frame {worst:.0f} ms, at most {LATEST:.0f} ms is allowed")


def _measure(book: Path, records: Path) -> float:
    from cit_desktop.db import Database
    from cit_desktop.imports import apply, plan, reading, sheet
    from cit_desktop.services import chapters
    from ui.app import make_application

    make_application()
    db = Database.create(records)
    with db.operation("Begin") as session:
        chapters.create(session, chapters.ChapterDraft(name="Bench", state="MO"))

    def planned(table: Any, **_: Any) -> Any:
        with db.read() as session:
            return plan.make_plan(session, table)

    worst, value = [_idle()], book
    steps = (
        ("reading", sheet.read),
        ("columns", reading.from_workbook),
        ("plan", planned),
        ("writing", lambda made, progress: apply.commit(db, made, progress=progress)),
        ("after", lambda _, progress: time.sleep(1)),
    )
    for name, step in steps:
        value, late = run(step, value)
        worst.append(late[0])
        print(f"{name:8} latest frames {'  '.join(f'{one:.0f}' for one in late[:5])} ms")
    db.close()
    return max(worst[1:])


def _idle() -> float:
    _, late = run(lambda _, progress: time.sleep(1), None)
    print(f"idle     latest frames {'  '.join(f'{one:.0f}' for one in late[:5])} ms")
    return late[0]


def run(step: Callable[..., Any], value: Any) -> tuple[Any, list[float]]:
    """Do one step on the job thread; its outcome, and how late frames came, the latest first."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    from ui.jobs import Jobs

    loop, jobs, outcome = QEventLoop(), Jobs(), []
    late: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        late.append((now - last[0]) * 1000 - EVERY)
        last[0] = now

    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=EVERY)
    timer.timeout.connect(tick)
    job = jobs.start("Step", step, value, wants_progress=True)
    job.done.connect(outcome.append)
    job.failed.connect(print)
    job.crashed.connect(print)
    job.finished.connect(loop.quit)
    timer.start()
    last[0] = time.perf_counter()
    loop.exec()
    timer.stop()
    jobs.wait()
    return outcome[0] if outcome else None, sorted(late, reverse=True)


if __name__ == "__main__":
    main()
