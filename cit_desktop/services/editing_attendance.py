"""The attendance of a class as a grid to be edited in a spreadsheet: a column a block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import day_words
from cit_desktop.documents.edits import EditColumn
from cit_desktop.models import Attendance, Block, Enrollment
from cit_desktop.services import attendance, enrollment, names, records
from cit_desktop.services import editing_parts as parts
from cit_desktop.services.attendance_rules import MarkKind, resolved
from cit_desktop.services.class_guard import open_class, refuse_to_come
from cit_desktop.services.editing_parts import Added, Kept, Match, Values

WORDS: tuple[MarkKind, ...] = ("present", "absent", "late", "excused", "left early")
_HINT = "Choose a mark, or type the hours: 2.5. Late with its time: late 3 h. Blank: not marked."
_TIMED = re.compile(r"(?:(late|left early)\s+)?(\d{1,2}(?:\.\d{1,4})?)\s*h?", re.IGNORECASE)


class Grid:
    """The trainees of one open class by its blocks; keys are the uids of their enrollments."""

    unique: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()

    def __init__(self, session: Session, class_id: int) -> None:
        open_class(session, class_id)
        self._session = session
        self._class_id = class_id
        found = session.scalars(select(Block).where(Block.class_id == class_id))
        ordered = sorted(found, key=lambda block: (block.day, block.starts_at, block.id))
        self._blocks = {f"b{block.id}": block for block in ordered}

    def columns(self) -> tuple[EditColumn, ...]:
        """The columns, in order."""
        labels: dict[str, str] = {}
        for key, block in self._blocks.items():
            label = f"{day_words.weekday_short(block.day)} {names.clock_time(block.starts_at)}"
            taken = sum(known.startswith(label) for known in labels.values())
            labels[key] = f"{label} ({taken + 1})" if taken else label
        return (
            EditColumn("name", "Name", width=26, editable=False),
            EditColumn("agency", "Agency", width=28, editable=False),
            *(
                EditColumn(key, label, "mark", 12, WORDS, strict=False, hint=_HINT)
                for key, label in labels.items()
            ),
        )

    def keys(self, ids: Sequence[int] | None) -> list[str]:
        """The keys of these enrollments, or of all trainees of the class, by name."""
        everybody = enrollment.ids(self._session, self._class_id, role="trainee", withdrawn=False)
        return parts.uids(self._session, Enrollment, everybody if ids is None else ids)

    def kept(self, keys: Sequence[str]) -> dict[str, Kept]:
        """The marks of these trainees as they stand."""
        found: dict[str, Kept] = {}
        for some in parts.chunks(keys):
            held = dict(
                self._session.execute(
                    select(Enrollment.id, Enrollment.uid).where(
                        Enrollment.uid.in_(some),
                        Enrollment.class_id == self._class_id,
                        Enrollment.result != "withdrawn",
                    )
                )
                .tuples()
                .all()
            )
            rows = enrollment.rows(self._session, list(held))
            marks = self._marks(list(held))
            for enrollment_id, uid in held.items():
                row = rows[enrollment_id]
                values = {"name": row.name, "agency": row.agency}
                values |= {key: marks.get((enrollment_id, key), "") for key in self._blocks}
                found[uid] = Kept(enrollment_id, row.name, values, row.person_id)
        return found

    def normal(self, column: str, text: str, whole: Values) -> str:
        """A typed mark as it would be stored and shown."""
        if not text:
            return ""
        block = self._blocks[column]
        mark, minutes = _typed(column, text)
        if mark == "partial" and minutes == block.minutes:
            mark, minutes = "present", None
        kind, there = resolved(mark, minutes, block.minutes)
        if there:
            refuse_to_come(block.day)
        return shown(kind, there, block.minutes)

    def problem(self, column: str, text: str, record: Kept | None) -> str:
        """Nobody else can have a mark of somebody."""
        return ""

    def match(self, values: Values) -> Match:
        """Nobody is added here."""
        return Match(problem="People are added on the roster of the class, not here.")

    def write(self, record: Kept, changes: Values) -> None:
        """Make or clear the changed marks of somebody."""
        for key, text in changes.items():
            block = self._blocks[key]
            if not text:
                attendance.clear(self._session, block.id, record.id)
                continue
            mark, minutes = _typed(key, text)
            attendance.mark(self._session, block.id, record.id, mark, minutes)

    def add(self, values: Values, match: Match) -> Added:
        """Nobody is added here; a plan never asks for it."""
        raise records.refused("name", match.problem)

    def _marks(self, enrollment_ids: Sequence[int]) -> dict[tuple[int, str], str]:
        found = self._session.execute(
            select(
                Attendance.enrollment_id, Attendance.block_id, Attendance.mark, Attendance.minutes
            ).where(Attendance.enrollment_id.in_(enrollment_ids))
        )
        marks = {}
        for enrollment_id, block_id, mark, minutes in found:
            block = self._blocks.get(f"b{block_id}")
            if block is not None:
                text = shown(mark, minutes, block.minutes)
                marks[enrollment_id, f"b{block_id}"] = text
        return marks


def shown(mark: str, minutes: int, block_minutes: int) -> str:
    """A mark as a cell has it: ``present``, ``2.5 h``, ``late 3 h``."""
    if mark == "partial":
        return f"{_hours(minutes)} h"
    if mark in ("late", "left early") and minutes != block_minutes:
        return f"{mark} {_hours(minutes)} h"
    return mark


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.4f}".rstrip("0").rstrip(".")


def _typed(column: str, text: str) -> tuple[MarkKind, int | None]:
    """The mark and the minutes of a cell."""
    plain = " ".join(text.casefold().split())
    for word in WORDS:
        if plain == word:
            return word, None
    timed = _TIMED.fullmatch(plain)
    if timed is None:
        raise records.refused(
            column,
            f"“{text}” is no mark.",
            f"Use {', '.join(WORDS)}, or hours such as 2.5.",
        )
    minutes = round(float(timed[2]) * 60)
    if timed[1] == "late":
        return "late", minutes
    return ("left early" if timed[1] else "partial"), minutes
