"""A workbook of 20,000 people: preview and import against what the libraries alone take.

Run by hand: ``python -m tests.bench.imports [RUNS]``. The floor is measured in the same process:
calamine reading the file, the name, phone and date parsers on its distinct values, and SQLite
inserting the rows that the import has written, without history and search. The ratio is of each
run, then the median; that of processor time holds on a computer that is busy with other work, too.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROWS = 20_000
MOST = 2.0
TABLES = ("agency", "agency_spelling", "person", "state_number", "employment")
HEADINGS = ("Name", "Agency", "Title", "POST #", "E-mail", "Cell phone", "Completed", "Hours")
_STARTS = [
    "Al",
    "Bren",
    "Cor",
    "Dal",
    "El",
    "Fran",
    "Gar",
    "Hen",
    "Is",
    "Jos",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Os",
    "Per",
    "Quin",
    "Ros",
    "Sam",
    "Tor",
]
_MIDDLES = ["a", "e", "i", "o", "u", "an", "en", "on", "ar", "er", "or", "il", "el", "al", "in"]
_ENDS = [
    "da",
    "ton",
    "ley",
    "man",
    "ner",
    "son",
    "wick",
    "den",
    "by",
    "ford",
    "well",
    "ric",
    "vin",
    "dra",
    "sha",
    "lyn",
    "mond",
    "bert",
]
_TOWNS = [
    "Rolla",
    "Vienna",
    "Salem",
    "Cuba",
    "Steelville",
    "Houston",
    "Licking",
    "Newburg",
    "Belle",
    "Owensville",
]
_KINDS = ("Police Department", "County Sheriff's Office", "Fire Protection District", "Hospital")
_TITLES = ("Officer", "Deputy", "Sergeant", "Corporal", "Dispatcher", "Nurse", "")


Parts = dict[str, tuple[float, float]]  # seconds, and seconds of the processor


def main() -> None:
    """Measure some runs and print them with their ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIT_DESKTOP_HOME"] = folder
        book = write_book(Path(folder) / "many.xlsx")
        ratios = []
        for number in range(runs):
            records = Path(folder) / f"{number}.cit"
            ours, floor = measure_ours(book, records), measure_floor(book, records)
            ratios.append([_total(ours, kind) / _total(floor, kind) for kind in (0, 1)])
            for name, parts in (("libraries", floor), ("import", ours)):
                told = "  ".join(f"{part} {seconds[0]:.2f}" for part, seconds in parts.items())
                print(f"{name:10} {_total(parts, 0):6.2f} s   {told}")
            print(f"ratio {ratios[-1][0]:.2f}, of processor time {ratios[-1][1]:.2f}")
    middle, busy = (statistics.median(kind) for kind in zip(*ratios, strict=True))
    print(f"median ratio {middle:.2f}, of processor time {busy:.2f}; at most {MOST:.1f} is allowed")


def _total(parts: Parts, kind: int) -> float:
    return sum(seconds[kind] for seconds in parts.values())


def write_book(path: Path, rows: int = ROWS) -> Path:
    """A workbook of made-up people, each once."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Trained")
    sheet.append(HEADINGS)
    for row in people(rows):
        sheet.append(row)
    book.save(path)
    return path


def people(rows: int) -> list[tuple[Any, ...]]:
    """Made-up people, the same for every call."""
    dice = random.Random(20_000)
    words = sorted({a + b + c for a in _STARTS for b in _MIDDLES for c in _ENDS})
    agencies = [f"{town} {kind}" for town in _TOWNS for kind in _KINDS]
    made = []
    for number in range(rows):
        last, first = dice.choice(words), dice.choice(words)
        done = date(2011, 1, 3) + timedelta(days=dice.randrange(5_000))
        phone = f"({dice.choice((573, 314, 417))}) {dice.randrange(200, 999)}-{number % 10000:04}"
        name = f"{last}, {first} {dice.choice('ABCDEFGHJKLMNPRSTW')}."
        mail = f"{first}.{last}{number}@example.org".lower()
        made.append(
            (name, dice.choice(agencies), dice.choice(_TITLES), f"{10_000_000 + number * 7}", mail,
             phone, done.strftime("%m/%d/%Y"), 40)
        )  # fmt: skip
    return made


def timed(parts: Parts, name: str, work: Callable[[], Any]) -> Any:
    """The outcome of some work; its seconds, and those of the processor, go into ``parts``."""
    start, busy = time.perf_counter(), os.times()
    outcome = work()
    now = os.times()
    parts[name] = time.perf_counter() - start, sum(now[:4]) - sum(busy[:4])
    return outcome


def measure_ours(book: Path, records: Path) -> Parts:
    """Seconds of each step of an import into an empty file, backup included."""
    from cit_desktop.db import Database
    from cit_desktop.imports import apply, plan, reading, sheet
    from cit_desktop.services import chapters

    db = Database.create(records)
    with db.operation("Begin") as session:
        chapters.create(session, chapters.ChapterDraft(name="Bench", state="MO"))
    parts: Parts = {}
    read = timed(parts, "read", lambda: sheet.read(book))
    table = timed(parts, "columns", lambda: reading.from_workbook(read))
    with db.read() as session:
        made = timed(parts, "plan", lambda: plan.make_plan(session, table))
    done = timed(parts, "write", lambda: apply.commit(db, made))
    assert made.counts["new"] == ROWS, made.counts
    assert len(done.person_ids) == ROWS
    db.close()
    return parts


def measure_floor(book: Path, records: Path) -> Parts:
    """Seconds that the libraries take for the same, each doing nothing but its own part."""
    import phonenumbers
    import python_calamine
    from dateutil import parser
    from nameparser import HumanName

    from cit_desktop.db import Database

    parts: Parts = {}
    rows = timed(
        parts,
        "calamine",
        lambda: python_calamine.load_workbook(str(book)).get_sheet_by_index(0).to_python()[1:],
    )
    distinct = [list(dict.fromkeys(row[index] for row in rows)) for index in range(len(HEADINGS))]
    timed(parts, "names", lambda: [HumanName(text) for text in distinct[0]])
    timed(parts, "phones", lambda: [phonenumbers.parse(text, "US") for text in distinct[5]])
    timed(parts, "dates", lambda: [parser.parse(text) for text in distinct[6]])
    target, written = records.with_suffix(".floor"), _written(records)
    Database.create(target).close()
    timed(parts, "sqlite", lambda: _insert(target, written))
    return parts


def _written(records: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that the import has written, by table."""
    driver = sqlite3.connect(records)
    rows = {name: driver.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
    driver.close()
    return rows


def _insert(path: Path, written: dict[str, list[tuple[Any, ...]]]) -> None:
    """Insert them into the same tables, without history and search."""
    driver = sqlite3.connect(path, isolation_level=None)
    driver.execute("PRAGMA journal_mode = TRUNCATE")
    driver.execute("PRAGMA synchronous = EXTRA")
    driver.execute("BEGIN IMMEDIATE")
    for name, rows in written.items():
        marks = ", ".join("?" * len(rows[0]))
        driver.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    driver.execute("COMMIT")
    driver.close()


if __name__ == "__main__":
    main()
