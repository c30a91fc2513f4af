"""What an audit packet shows of attendance: people by blocks, and time made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from cit_desktop import day_words
from cit_desktop.documents.packets import Section, filled
from cit_desktop.documents.tables import Cell, TableColumn, TableDocument
from cit_desktop.models import Block, Enrollment, Makeup, Person, TrainingClass
from cit_desktop.services import names
from cit_desktop.services.hours import AttendanceGrid, GridBlock, GridPerson
from cit_desktop.services.hours_rules import Mark

_ACROSS = 10  # blocks side by side
_BLANK = "–"
_LEGEND = (
    "Minutes that each person was present in each block. “+” is time made up, as approved below; "
    "a dash is a block in which the person was not marked."
)
_MAKEUPS = (
    TableColumn("name", "Name", width=26),
    TableColumn("class", "Class", width=16),
    TableColumn("block", "Block missed", width=40),
    TableColumn("day", "Made up on", "date", 12),
    TableColumn("where", "Made up in", width=34),
    TableColumn("approved", "Approved by", width=22),
    TableColumn("note", "Note", width=30),
    TableColumn("minutes", "Minutes", "int", 9),
)


def section(session: Session, grid: AttendanceGrid) -> Section:
    """Who was where for how long; as many tables as its blocks need."""
    people = [one for one in grid.people if one.role == "trainee" or _marked(grid, one)]
    if not grid.blocks or not people:
        said = "No attendance by block is on record for this class."
        return Section("Attendance", sentences=(said,))
    groups = split(grid.blocks)
    tables = [
        _table(grid, people, blocks, total=number == len(groups))
        for number, blocks in enumerate(groups, 1)
    ]
    made_up = makeups(session, Enrollment.class_id == grid.class_id)
    return Section("Attendance", sentences=(_LEGEND,), tables=(*tables, *made_up))


def split(blocks: Sequence[GridBlock]) -> list[list[GridBlock]]:
    """The blocks in groups that fit side by side; a day is kept together where it can be."""
    groups: list[list[GridBlock]] = []
    for _, some in groupby(blocks, key=lambda block: block.day):
        day = list(some)
        if groups and len(groups[-1]) + len(day) <= _ACROSS:
            groups[-1] += day
        else:
            groups += [day[start : start + _ACROSS] for start in range(0, len(day), _ACROSS)]
    return groups


def cell(mark: Mark | None) -> str:
    """``240``, ``180 late``, ``absent +120``, or a dash."""
    if mark is None:
        return _BLANK
    minutes = str(mark.minutes) if mark.minutes or mark.mark == "present" else ""
    word = "" if mark.mark in ("present", "partial") else mark.mark
    said = " ".join(part for part in (minutes, word) if part) or "0"
    return f"{said} +{mark.made_up}" if mark.made_up else said


def makeups(session: Session, *which: ColumnElement[bool]) -> tuple[TableDocument, ...]:
    """A table of the time made up, or none where there is none."""
    other, elsewhere = aliased(Block), aliased(TrainingClass)
    found = session.execute(
        select(Makeup, Block, TrainingClass.code, other, elsewhere.code, *_NAME)
        .join(Enrollment, Enrollment.id == Makeup.enrollment_id)
        .join(Person, Person.id == Enrollment.person_id)
        .join(Block, Block.id == Makeup.block_id)
        .join(TrainingClass, TrainingClass.id == Block.class_id)
        .outerjoin(other, other.id == Makeup.other_block_id)
        .outerjoin(elsewhere, elsewhere.id == other.class_id)
        .where(*which)
        .order_by(Person.sort_key, Person.id, Block.day, Block.starts_at, Makeup.id)
    )
    rows = tuple(_makeup(*row) for row in found)
    return (filled(TableDocument("Time made up", _MAKEUPS, rows)),) if rows else ()


_NAME = (Person.first, Person.middle, Person.last, Person.suffix)


def _makeup(
    made: Makeup, block: Block, code: str, other: Block | None, elsewhere: str | None, *name: Any
) -> tuple[Cell, ...]:
    return (
        names.listed(*name),
        code,
        _called(block),
        made.day,
        f"{elsewhere}, {_called(other)}" if other is not None else "",
        made.approved_by,
        made.note,
        made.minutes,
    )


def _called(block: Block) -> str:
    return f"{names.day(block.day)}, {names.clock_time(block.starts_at)}, {block.title}"


def _marked(grid: AttendanceGrid, one: GridPerson) -> bool:
    return any((one.id, block.id) in grid.marks for block in grid.blocks)


def _table(
    grid: AttendanceGrid,
    people: Iterable[GridPerson],
    blocks: Sequence[GridBlock],
    *,
    total: bool,
) -> TableDocument:
    days = day_words.formal_list({block.day for block in blocks})
    sums = (TableColumn("total", "All blocks", "int", 9),) if total else ()
    columns = (
        TableColumn("name", "Name", width=26),
        *(TableColumn(f"block {block.id}", _heading(block), width=11) for block in blocks),
        *sums,
    )
    rows = []
    for one in people:
        marks = [cell(grid.marks.get((one.id, block.id))) for block in blocks]
        rows.append((one.name, *marks, *((grid.summaries[one.id].minutes,) if total else ())))
    return TableDocument(days, columns, tuple(rows))


def _heading(block: GridBlock) -> str:
    day = f"{day_words.weekday(block.day)[:3]} {block.day.month}/{block.day.day}"
    start, end = block.starts_at, block.starts_at + block.minutes
    return f"{day} {_clock(start)}–{_clock(end)}"


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes % 1440, 60)
    return f"{hour % 12 or 12}:{minute:02}"
