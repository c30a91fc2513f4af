"""What a process does until it is killed. Each step that it reports was shown as saved."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from cit_desktop import backup
from cit_desktop.backup import read_manifest
from cit_desktop.db import Database
from cit_desktop.imports import apply
from cit_desktop.restore import restore
from cit_desktop.services import (
    attendance,
    attendance_columns,
    certificates,
    chapters,
    classes,
    courses,
    finalize,
    hours,
    joining,
    people,
)

MONDAY = date(2026, 3, 2)
TRAINEES = 12
SHEET = Path(__file__).parents[1] / "fixtures" / "web_form_a.csv"


def say(log: Path, step: str) -> None:
    with log.open("a") as file:
        file.write(f"{step}\n")
        file.flush()
        os.fsync(file.fileno())


def begin(work: Callable[[Path, Path], None], home: str, path: Path, log: Path) -> None:
    """Do some work as a process of its own, with its own folder for backups."""
    os.environ["CIT_DESKTOP_HOME"] = home
    work(path, log)


def build(path: Path) -> None:
    """A chapter with a finalized class and one under way."""
    db = Database.create(path)
    with db.operation("Begin") as session:
        chapter_id = chapters.create(session, chapters.ChapterDraft(name="Test", state="MO"))
        courses.seed(session)
        ids = [
            people.add(session, people.PersonDraft(last=f"N{n}", first="A"))
            for n in range(TRAINEES)
        ]
    for finalized in (True, False):
        with db.operation("Class") as session:
            draft = classes.ClassDraft(title="Forty", start=MONDAY, course_code="CIT40")
            class_id = classes.create(session, chapter_id, draft)
            joining.enroll_many(session, class_id, ids)
            if finalized:
                attendance_columns.all_present(session, class_id)
                finalize.finalize(session, class_id)
    db.close()


def edit(path: Path, log: Path) -> None:
    """Mark attendance, one operation a mark, in an order that can be checked."""
    db = Database.open(path)
    with db.read() as session:
        class_id = classes.by_code(session, "CIT40-2026-02")
        grid = hours.grid(session, class_id)
    for block in grid.blocks:
        for person in grid.people:
            with db.operation("Mark attendance") as session:
                attendance.mark(session, block.id, person.id, "present")
            say(log, f"{block.id} {person.id}")


def import_people(path: Path, log: Path) -> None:
    """Take in a file: backup, plan, one operation."""
    db = Database.open(path)
    apply.run(db, SHEET)
    say(log, "imported")


def issue(path: Path, log: Path) -> None:
    """Issue the certificates of the finalized class."""
    db = Database.open(path)
    with db.operation("Issue certificates", undoable=False) as session:
        certificates.issue(session, classes.by_code(session, "CIT40-2026-01"))
    say(log, "issued")


def back_up(path: Path, log: Path) -> None:
    """Make backups one after the other."""
    while True:
        say(log, backup.make(path).path.name)


def bring_back(path: Path, log: Path) -> None:
    """Restore the only backup there is."""
    found = next(path.parent.glob("before/*.cit"))
    restore(path, read_manifest(found))
    say(log, "restored")
