"""What an audit packet shows of a person: standing, training, attendance and teaching."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop import day_words, record_words
from cit_desktop.documents.packets import Section, filled
from cit_desktop.documents.tables import Cell, TableColumn, TableDocument
from cit_desktop.models import (
    Attendance,
    Block,
    BlockInstructor,
    Enrollment,
    Makeup,
    TrainingClass,
)
from cit_desktop.services import names, packet_attendance, transcript_document
from cit_desktop.services.hours_rules import Mark
from cit_desktop.services.people import PersonView
from cit_desktop.services.transcript import Transcript

_NEWEST_CLASS = (  # each class from its first block to its last
    func.max(Block.day).over(partition_by=Block.class_id).desc(),
    Block.class_id,
    Block.day,
    Block.starts_at,
    Block.id,
)
_JOBS = (
    TableColumn("agency", "Agency", width=44),
    TableColumn("title", "Title", width=30),
    TableColumn("from", "From", "date", 12),
    TableColumn("to", "To", "date", 12),
)
_ATTENDED = (
    TableColumn("class", "Class", width=16),
    TableColumn("day", "Day", "date", 11),
    TableColumn("time", "Time", width=20),
    TableColumn("block", "Block", width=50),
    TableColumn("mark", "Minutes present", width=20),
    TableColumn("minutes", "Of", "int", 6),
)
_TAUGHT = (
    TableColumn("class", "Class", width=16),
    TableColumn("day", "Day", "date", 11),
    TableColumn("time", "Time", width=20),
    TableColumn("block", "Block", width=50),
    TableColumn("title", "As", width=20),
    TableColumn("minutes", "Hours", "hours", 7),
)


def sections(session: Session, view: PersonView, found: Transcript) -> tuple[Section, ...]:
    """Everything but certificates and history; neither phone nor e-mail."""
    classes, by_year, _ = transcript_document.sections(session, found)
    return (
        _person(view, found),
        classes,
        by_year,
        _attendance(session, view.id),
        _teaching(session, view.id),
    )


def _person(view: PersonView, found: Transcript) -> Section:
    standing = found.standing
    facts = (
        ("Name", view.name),
        *transcript_document.facts(view),
        ("Standing", transcript_document.standing(found)),
        ("Put away", "Yes" if view.archived else ""),
    )
    rows = tuple((job.agency, job.title, job.starts, job.ends) for job in view.employments)
    tables = (TableDocument("Employment", _JOBS, rows),) if rows else ()
    shown = tuple((label, value) for label, value in facts if value)
    return Section("Person", shown, (record_words.why(standing, day_words.formal),), tables)


def _attendance(session: Session, person_id: int) -> Section:
    made_up: dict[tuple[int, int], int] = {}
    for enrollment_id, block_id, minutes in session.execute(
        select(Makeup.enrollment_id, Makeup.block_id, Makeup.minutes)
        .join(Enrollment, Enrollment.id == Makeup.enrollment_id)
        .where(Enrollment.person_id == person_id)
    ):
        key = (enrollment_id, block_id)
        made_up[key] = made_up.get(key, 0) + minutes
    found = session.execute(
        select(Attendance, Block, TrainingClass.code)
        .join(Enrollment, Enrollment.id == Attendance.enrollment_id)
        .join(Block, Block.id == Attendance.block_id)
        .join(TrainingClass, TrainingClass.id == Block.class_id)
        .where(Enrollment.person_id == person_id)
        .order_by(*_NEWEST_CLASS)
    )
    rows = []
    for mark, block, code in found:
        extra = made_up.get((mark.enrollment_id, mark.block_id), 0)
        said = packet_attendance.cell(Mark(mark.mark, mark.minutes, extra))
        rows.append((*_block(block, code), said, block.minutes))
    if not rows:
        return Section("Attendance", sentences=("No attendance by block is on record.",))
    table = TableDocument("", _ATTENDED, tuple(rows))
    made = packet_attendance.makeups(session, Enrollment.person_id == person_id)
    return Section("Attendance", sentences=("“+” is time made up.",), tables=(table, *made))


def _teaching(session: Session, person_id: int) -> Section:
    found = session.execute(
        select(BlockInstructor.title, Block, TrainingClass.code)
        .join(Block, Block.id == BlockInstructor.block_id)
        .join(TrainingClass, TrainingClass.id == Block.class_id)
        .where(BlockInstructor.person_id == person_id)
        .order_by(*_NEWEST_CLASS)
    )
    rows = tuple((*_block(block, code), title, block.minutes) for title, block, code in found)
    if not rows:
        return Section("Teaching", sentences=("No block is on record as taught by this person.",))
    return Section("Teaching", tables=(filled(TableDocument("", _TAUGHT, rows)),))


def _block(block: Block, code: str) -> tuple[Cell, ...]:
    ends = block.starts_at + block.minutes
    span = f"{names.clock_time(block.starts_at)}–{names.clock_time(ends)}"
    return (code, block.day, span, block.title)
