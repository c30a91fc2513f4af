"""What the tests of the import page start from: a chapter, a class, and answers to dialogs."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from cit_desktop.db import Database
from cit_desktop.imports.planned import Plan
from cit_desktop.imports.reading import from_workbook
from cit_desktop.imports.text_file import read_pasted
from cit_desktop.imports.types import SourceTable
from cit_desktop.models import Block, Chapter, Course, Person, TrainingClass
from ui.pages.imports.page import ImportPage
from ui.pages.imports.source import ImportDialogs

FIXTURES = Path(__file__).parents[2] / "fixtures"
WEB_FORM = FIXTURES / "web_form_a.csv"
AGENCY_SHEET = FIXTURES / "agency_sheet_a.xlsx"


def add_chapter(db: Database) -> None:
    """A chapter in Missouri, so that counties and numbers are known."""
    with db.operation("Add chapter") as session:
        session.add(Chapter(name="Ozark Ridge CIT Council", word="council", code="OR", state="MO"))


def add_class(db: Database, code: str = "CIT40-2026-01", **more: object) -> int:
    """An open class of one block."""
    with db.operation("Add class") as session:
        course = session.scalar(select(Course)) or Course(
            code="CIT40", title="40-hour", minutes=240
        )
        session.add(course)
        session.flush()
        day = date(2026, 10, 12)
        made = TrainingClass(
            chapter_id=1,
            course_id=course.id,
            code=code,
            title="Fall class",
            minutes=240,
            starts=day,
            ends=day,
            **more,
        )
        session.add(made)
        session.flush()
        session.add(Block(class_id=made.id, day=day, starts_at=480, minutes=240, title="Mon AM"))
        return made.id


def people_of(db: Database) -> list[str]:
    """The last names of everybody in the records."""
    with db.read() as session:
        return sorted(session.scalars(select(Person.last)))


def write_csv(path: Path, *rows: list[str]) -> Path:
    """A text file of these rows."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def table_of(text: str, **more: object) -> SourceTable:
    """A table as the page has it, from a pasted text."""
    return from_workbook(read_pasted(text), **more)  # type: ignore[arg-type]


class Answers(ImportDialogs):
    """Answers the dialogs at once."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self.target: Path | None = None
        self.titles: list[str] = []

    def open(self, parent: QWidget, folder: Path, chosen) -> None:
        if self.file is not None:
            chosen(self.file)

    def save(self, parent: QWidget, title: str, suggested: Path, chosen) -> None:
        self.titles.append(suggested.name)
        if self.target is not None:
            chosen(self.target)


def shown(qtbot, page: ImportPage) -> ImportPage:
    """The page in sight, as the window shows it."""
    qtbot.addWidget(page)
    page.resize(1084, 754)
    page.refresh(None)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    return page


def take(qtbot, page: ImportPage, path: Path, class_id: int | None = None) -> Plan | None:
    """Drop a file and wait until it is read, and compared where nothing is doubtful."""
    with qtbot.waitSignal(page.work.read, timeout=10_000):
        page.take(path, class_id)
    settle(qtbot, page)
    return page.work.plan


def settle(qtbot, page: ImportPage) -> None:
    """Wait until nothing runs."""
    qtbot.waitUntil(lambda: page.work.job is None, timeout=10_000)
