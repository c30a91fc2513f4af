"""Files made for one test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from cit_desktop import journal
from cit_desktop.db import Database
from cit_desktop.imports.types import Cell, Column, Sheet, SourceRow, SourceTable, Value
from cit_desktop.models import Block, Chapter, Course, TrainingClass

MakeBook = Callable[..., Path]
TableOf = Callable[..., SourceTable]


@pytest.fixture
def fixtures() -> Path:
    return Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Write rows into a workbook; more sheets by name."""

    def make(
        rows: Iterable[Sequence[Any]], name: str = "list.xlsx", **more: Iterable[Sequence[Any]]
    ) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "First"
        for row in rows:
            sheet.append(row)
        for title, extra in more.items():
            other = book.create_sheet(title)
            for row in extra:
                other.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def make_text(tmp_path: Path) -> Callable[..., Path]:
    """Write a text file, as text or as bytes."""

    def make(content: str | bytes, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def sheet_of() -> Callable[[Sequence[Sequence[Cell]]], Sheet]:
    def make(rows: Sequence[Sequence[Cell]]) -> Sheet:
        return Sheet("List", tuple(map(tuple, rows)), tuple(range(1, len(rows) + 1)))

    return make


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.cit"
    Database.create(path).close()
    return path


@pytest.fixture
def db(empty_records: Path, tmp_path: Path) -> Iterator[Database]:
    """Records that hold a chapter in Missouri and nothing else."""
    path = tmp_path / "chapter.cit"
    shutil.copyfile(empty_records, path)
    database = Database.open(path)
    with database.operation("Add chapter") as session:
        session.add(Chapter(name="Ozark Ridge CIT Council", word="council", code="OR", state="MO"))
    yield database
    database.close()


@pytest.fixture
def class_id(db: Database) -> int:
    """An open class of one block."""
    with db.operation("Add class") as session:
        course = Course(code="CIT40", title="40-hour CIT", minutes=240)
        session.add(course)
        session.flush()
        made = TrainingClass(
            chapter_id=1,
            course_id=course.id,
            code="CIT40-2026-01",
            title="Fall class",
            minutes=240,
            starts=date(2026, 10, 12),
            ends=date(2026, 10, 12),
        )
        session.add(made)
        session.flush()
        session.add(
            Block(
                class_id=made.id, day=date(2026, 10, 12), starts_at=480, minutes=240, title="Mon AM"
            )
        )
        return made.id


@pytest.fixture
def table_of() -> TableOf:
    """A table as reading a file makes it, from the cleaned values of its rows."""

    def make(*rows: dict[str, Value] | str, source: str = "list.csv") -> SourceTable:
        names = list(dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row))
        columns = {name: Column(name, index, name, 1.0) for index, name in enumerate(names)}
        made = tuple(
            SourceRow(line, {}, {"first": row}, skipped_reason=row)
            if isinstance(row, str)
            else SourceRow(line, row, dict(row))
            for line, row in enumerate(rows, start=2)
        )
        return SourceTable(source, "list", 1, (), columns, made)

    return make


@pytest.fixture
def dump(db: Database) -> Callable[[], dict[str, list[Any]]]:
    """All that the records hold, but for the history and the counters of edits."""

    def make() -> dict[str, list[Any]]:
        with db.read() as session:
            return {
                table.name: session.execute(
                    select(*(table.c[name] for name in journal.columns(table))).order_by(table.c.id)
                ).all()
                for table in journal.journaled()
            }

    return make
