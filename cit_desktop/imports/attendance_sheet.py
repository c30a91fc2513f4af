"""Attendance from a sign-in sheet: names by half-days, with marks of every kind.

A blank cell stays unmarked: it is neither present nor absent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.errors import FileProblem
from cit_desktop.imports import known
from cit_desktop.imports.drafts import Drafter
from cit_desktop.imports.likeness import Clues, Subject, may_be, whole
from cit_desktop.imports.marked import (
    ROW_KINDS,
    MarkedRow,
    NewMark,
    RowKind,
    SheetPlan,
    differs,
    spread,
    unreadable,
)
from cit_desktop.imports.marks import (
    Meaning,
    Meeting,
    are_ticks,
    columns_of,
    match_columns,
    meaning,
    says_when,
    ticked,
)
from cit_desktop.imports.matching import People
from cit_desktop.imports.plan import fingerprint
from cit_desktop.imports.types import Cell, Issue, SourceRow, SourceTable
from cit_desktop.models import Attendance, Block, Enrollment
from cit_desktop.services import names

_TAKEN_AS_TICKS = (
    "1 was taken as there and 0 as not there: the sheet has no other numbers. If they are hours, "
    "write them as 1:00."
)
_TAKEN_AS_HOURS = (
    "1 and 0 were taken as hours, as other numbers of the sheet are. If 1 means there, write X."
)


def holds_marks(table: SourceTable) -> bool:
    """Whether a list looks like a sign-in sheet: columns of marks under days or half-days."""
    return sum(map(says_when, columns_of(_free(table)))) > 1


def plan_marks(
    session: Session,
    table: SourceTable,
    class_id: int,
    *,
    overwrite: bool = False,
    ticks: bool | None = None,
) -> SheetPlan:
    """Compare a sign-in sheet with a class; nothing is written.

    Args:
        overwrite: Replace marks that differ; otherwise only blanks are filled.
        ticks: Whether 1 and 0 say who was there, or hours; None: as the sheet tells.

    Raises:
        NotFound: There is no such class.
        Refused: The class is not open.
        FileProblem: The columns cannot be told apart as blocks of the class.
    """
    reader = _Reader(session, table, class_id, overwrite, ticks)
    rows = tuple(reader.row(source) for source in table.rows)
    counts: dict[str, int] = {kind: sum(row.kind == kind for row in rows) for kind in ROW_KINDS}
    return SheetPlan(
        source=table.source,
        sheet=table.sheet,
        class_id=class_id,
        columns={name: tuple(b.id for b in some) for name, some in reader.columns.items()},
        rows=rows,
        counts={"read": len(rows), **counts},
        notes=(*table.notes, *reader.notes, *_to_come(reader.ahead), *_notes(rows)),
        table=table,
        head=known.head(session),
        overwrite=overwrite,
        ticks=ticks,
        asks_ticks=reader.asks_ticks,
        reads_ticks=reader.reads_ticks,
    )


class _NotHere(str):
    """Why nobody can be marked: the class has nobody of this name."""

    __slots__ = ()


class _Reader:
    """Reads the rows of one sheet for one class."""

    def __init__(
        self,
        session: Session,
        table: SourceTable,
        class_id: int,
        overwrite: bool,
        ticks: bool | None,
    ) -> None:
        records = known.load(session, class_id, fingerprint(table))
        self._overwrite = overwrite
        self._drafter = Drafter(table, records)
        self._trainees = _trainees(session, class_id)
        there = [one for one in records.subjects if one.person_id in self._trainees]
        self._subjects = there
        self._people = People(there)
        self._marks = _known_marks(session, class_id)
        self._first: dict[int, int] = {}
        self._today = clock.today()
        self.ahead: Counter[date] = Counter()  # marks of days that are still to come
        blocks = _blocks(session, class_id)
        self.columns, self.notes = _columns(table, blocks)
        filled = [[row.raw.get(name) for row in table.records] for name in self.columns]
        self.reads_ticks, self.asks_ticks = are_ticks(filled)
        if ticks is not None and self.asks_ticks:
            self.reads_ticks = ticks
        elif self.asks_ticks:
            self.notes.append(_TAKEN_AS_TICKS if self.reads_ticks else _TAKEN_AS_HOURS)

    def row(self, source: SourceRow) -> MarkedRow:
        if source.skipped_reason is not None:
            issue = Issue("", "note", source.skipped_reason)
            return MarkedRow(source.row, "", "skipped", issues=(issue,))
        draft = self._drafter.draft(source, "fill")
        if self._drafter.is_unusable(draft):
            return MarkedRow(source.row, "", "problem", issues=tuple(draft.issues))
        clues = self._drafter.clues(draft)
        found = self._who(clues)
        if isinstance(found, str):
            issue = Issue(self._drafter.heading(""), "error", found)
            unknown = isinstance(found, _NotHere)
            return MarkedRow(source.row, clues.name, "problem", issues=(issue,), unknown=unknown)
        enrollment_id = self._trainees[found.person_id or 0]
        if enrollment_id in self._first:
            first = self._first[enrollment_id]
            message = f"{clues.name} stands in row {first} already, which counts. Remove one."
            issue = Issue(self._drafter.heading(""), "error", message)
            return MarkedRow(source.row, clues.name, "problem", enrollment_id, issues=(issue,))
        self._first[enrollment_id] = source.row
        return self._marked(source, clues.name, enrollment_id)

    def _who(self, clues: Clues) -> Subject | str:
        """The trainee, or why it cannot be said who it is.

        Within a class the same first and last name is enough; one that is only alike is not.
        """
        match = self._people.find(clues)
        if match.subject is not None:
            return match.subject
        if match.problem is not None:
            return match.problem.message
        alike = [one for one in self._subjects if may_be(clues, one)]
        if len(alike) == 1 and whole(alike[0].key) == whole(clues.key):
            return alike[0]
        if alike:
            listed = " or ".join(one.name for one in alike)
            return (
                f"It is not certain who {clues.name} is: perhaps {listed}. "
                "Write the name as it stands in the class, or mark by hand."
            )
        return _NotHere(
            f"{clues.name} is not a trainee of this class. Enroll the person, then import again."
        )

    def _told(self, cell: Cell) -> Meaning | None:
        return (self.reads_ticks and ticked(cell)) or meaning(cell)

    def _marked(self, source: SourceRow, name: str, enrollment_id: int) -> MarkedRow:
        marks: list[NewMark] = []
        issues: list[Issue] = []
        kept = blank = 0
        for heading, blocks in self.columns.items():
            told = self._told(source.raw.get(heading))
            if told is not None and told.blank:
                blank += 1
                continue
            resolved_marks = None if told is None else spread(told, blocks)
            if resolved_marks is None:
                written = source.raw.get(heading)
                issues.append(Issue(heading, "error", unreadable(str(written), blocks)))
                continue
            for block, (mark, minutes) in zip(blocks, resolved_marks, strict=True):
                if minutes and block.day > self._today:
                    self.ahead[block.day] += 1
                    continue
                before = self._marks.get((enrollment_id, block.id))
                if before == (mark, minutes):
                    continue
                if before is None or self._overwrite:
                    marks.append(NewMark(block.id, enrollment_id, mark, minutes))
                else:
                    kept += 1
                    issues.append(Issue(heading, "warning", differs(before, mark, minutes)))
        kind: RowKind = "marked" if marks else "same"
        made = tuple(marks)
        return MarkedRow(source.row, name, kind, enrollment_id, made, kept, blank, tuple(issues))


def _columns(
    table: SourceTable, blocks: Sequence[Meeting]
) -> tuple[dict[str, tuple[Meeting, ...]], list[str]]:
    marked = columns_of(_free(table))
    found, by_heading = match_columns(marked, blocks)
    if not found:
        raise FileProblem(
            f"“{table.source}” has {len(marked)} columns of marks, and the class has "
            f"{len(blocks)} blocks; which is which cannot be told.",
            "Name the columns by day and half-day, such as “Mon AM”, or by date.",
        )
    notes = [
        f"The column “{heading}” is no block of this class; it was left out."
        for heading in marked
        if heading not in found
    ]
    if not by_heading:
        notes.append("The columns were taken as the blocks of the class in their order.")
    missing = len(blocks) - sum(map(len, found.values()))
    if missing:
        notes.append(f"{missing} of {len(blocks)} blocks are not on this sheet.")
    return found, notes


def _free(table: SourceTable) -> dict[str, list[Cell]]:
    """The cells of the columns that may hold marks."""
    return {
        heading: [row.raw.get(heading) for row in table.records]
        for heading, column in table.columns.items()
        if column.field is None
        and (says_when(heading) or column.reason != "not kept in the records")
    }


def _to_come(ahead: Mapping[date, int]) -> list[str]:
    """That somebody was marked as there on a day that has not come, by day."""
    return [
        f"{names.day(day)} is still to come, so nobody can have been there yet: "
        f"{'1 mark was' if count == 1 else f'{count} marks were'} left out."
        for day, count in sorted(ahead.items())
    ]


def _notes(rows: Sequence[MarkedRow]) -> list[str]:
    blank, kept = sum(row.blank for row in rows), sum(row.kept for row in rows)
    notes = []
    if blank:
        cells = "1 cell is blank and stays" if blank == 1 else f"{blank} cells are blank and stay"
        notes.append(f"{cells} unmarked: blank is neither present nor absent.")
    if kept:
        marks = "1 mark differs" if kept == 1 else f"{kept} marks differ"
        notes.append(f"{marks} from the sheet and stayed as marked.")
    return notes


def _blocks(session: Session, class_id: int) -> list[Meeting]:
    statement = select(Block.id, Block.day, Block.starts_at, Block.minutes)
    found = session.execute(
        statement.where(Block.class_id == class_id).order_by(Block.day, Block.starts_at, Block.id)
    )
    return [Meeting(*row) for row in found]


def _trainees(session: Session, class_id: int) -> dict[int, int]:
    """Enrollments of the trainees of a class who have not withdrawn, by person."""
    found = session.execute(
        select(Enrollment.person_id, Enrollment.id).where(
            Enrollment.class_id == class_id,
            Enrollment.role == "trainee",
            Enrollment.result != "withdrawn",
        )
    )
    return {row.person_id: row.id for row in found}


def _known_marks(session: Session, class_id: int) -> dict[tuple[int, int], tuple[str, int]]:
    found = session.execute(
        select(Attendance.enrollment_id, Attendance.block_id, Attendance.mark, Attendance.minutes)
        .join(Enrollment, Enrollment.id == Attendance.enrollment_id)
        .where(Enrollment.class_id == class_id)
    )
    return {(row.enrollment_id, row.block_id): (row.mark, row.minutes) for row in found}
