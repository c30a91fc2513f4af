"""A key in the attendance grid: how long until it is on disk and on the screen.

Run by hand: ``python -m tests.bench.grid``. 50 people and 20 blocks, in the real page with a real
file; beside it the raw floor: the same row written and committed by SQLite alone.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PEOPLE, BLOCKS, KEYS = 50, 20, 200


def main() -> None:
    """Press keys and print medians, the slowest, and the ratio to the floor."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIT_DESKTOP_HOME"] = folder
        path = Path(folder) / "bench.cit"
        class_id = _build(path)
        keys = _press(path, class_id)
        floor = _floor(Path(folder) / "floor.db")
    middle, base = statistics.median(keys), statistics.median(floor)
    print(f"SQLite alone        {base:7.2f} ms")
    print(
        f"key to disk+screen  {middle:7.2f} ms   slowest {max(keys):.1f} ms   {middle / base:.1f} x"
    )


def _build(path: Path) -> int:
    from cit_desktop.db import Database
    from cit_desktop.services import blocks, chapters, classes, courses, joining, people

    db = Database.create(path)
    with db.operation("Begin") as session:
        chapter = chapters.create(session, chapters.ChapterDraft(name="Bench", state="MO"))
        courses.seed(session)
        draft = classes.ClassDraft(title="Forty", start=date(2026, 3, 2), course_code="CIT40")
        class_id = classes.create(session, chapter, draft)
        for number in range(BLOCKS - 10):
            blocks.add(session, class_id, date(2026, 3, 9 + number), 480, 240, f"More {number}")
        ids = [
            people.add(session, people.PersonDraft(last=f"Name {n:02}", first="Ana"))
            for n in range(PEOPLE)
        ]
        joining.enroll_many(session, class_id, ids)
    db.close()
    return class_id


def _press(path: Path, class_id: int) -> list[float]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from cit_desktop.db import Database
    from ui.app import make_application
    from ui.commands import Commands
    from ui.context import Context
    from ui.pages.classes.page import ClassPage
    from ui.preferences import Preferences

    app = make_application()
    db = Database.open(path)
    page: Any = ClassPage(Context(db, Commands(db), Preferences(None)))
    page.resize(1280, 800)
    page.show()
    page.open_record(class_id)
    page.tabs.setCurrentIndex(next(i for i in range(5) if page.tabs.tabText(i) == "Attendance"))
    app.processEvents()
    grid = page.attendance.grid
    grid.setFocus()
    target = app.focusWidget() or grid
    times = []
    for number in range(KEYS):
        key = (Qt.Key.Key_P, Qt.Key.Key_A)[number % 2]
        start = time.perf_counter()
        QTest.keyClick(target, key)  # returns when the operation is committed
        app.processEvents()
        times.append((time.perf_counter() - start) * 1000)
    with db.read() as session:
        made = session.connection().exec_driver_sql("SELECT count(*) FROM attendance").scalar()
    assert made, "no key reached the file"
    db.close()
    return times[10:]


def _floor(path: Path) -> list[float]:
    driver = sqlite3.connect(path, isolation_level=None)
    driver.execute("PRAGMA journal_mode = TRUNCATE")
    driver.execute("PRAGMA synchronous = EXTRA")
    driver.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, a, b, c)")
    times = []
    for number in range(KEYS):
        start = time.perf_counter()
        driver.execute("BEGIN IMMEDIATE")
        driver.execute("INSERT INTO mark(a, b, c) VALUES (?, ?, 'present')", (number, number))
        driver.execute("COMMIT")
        times.append((time.perf_counter() - start) * 1000)
    driver.close()
    return times


if __name__ == "__main__":
    main()
