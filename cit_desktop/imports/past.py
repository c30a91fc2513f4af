"""Finished classes of past years: what the rows of an old list make of them.

Everybody who completed the same course on the same day was in one class. Classes and certificates
come in as "on record", with their old numbers; nothing of them is signed or numbered anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.errors import NotFound
from cit_desktop.imports.days import day
from cit_desktop.imports.planned import (
    CourseChoice,
    FieldChange,
    PastTraining,
    PlannedRow,
    PlanOptions,
)
from cit_desktop.imports.types import Issue, SourceTable
from cit_desktop.models import Certificate, Course, Enrollment, TrainingClass
from cit_desktop.services.names import hours
from cit_desktop.text import fold, letters

_NEARLY_WHOLE = 0.8  # of a course's hours: 36.5 of 40 is a missed half-day


@dataclass(frozen=True, slots=True)
class _Course:
    id: int
    code: str
    title: str
    minutes: int
    basic: bool
    refresher: bool


class Past:
    """The past classes of one list, compared with those of the records."""

    def __init__(self, session: Session, table: SourceTable, options: PlanOptions) -> None:
        self._table = table
        self._options = options
        self._courses = _courses(session)
        self._classes = _classes(session)
        self._numbers = _numbers(session)
        self._trained = _trained(session)
        self._doubtful = {row for doubt in table.doubts for row in doubt.rows}
        self._heading = {one.field: name for name, one in table.columns.items() if one.field}
        self._said = _words((table.sheet, *table.titles))
        self._taken: dict[str, tuple[str, int]] = {}
        self._seen: set[tuple[tuple[str, int], int, date]] = set()
        self.choices = self._course_choices()
        self._by_minutes = {one.minutes: one for one in self.choices}

    def attach(self, rows: Iterable[PlannedRow]) -> tuple[PlannedRow, ...]:
        """The rows with the past class of each, where it has one that is not known yet."""
        return tuple(self._attached(row) for row in rows)

    def _attached(self, row: PlannedRow) -> PlannedRow:
        if row.kind in ("skipped", "problem"):
            return row
        day = self._day(row)
        if isinstance(day, Issue):
            return replace(row, issues=(*row.issues, day))
        choice = self._by_minutes[_minutes(row)]
        course = self._courses[choice.code]
        who = _who(row)
        number, issues = self._number(row, who)
        known = (who, course.id, day)
        there = row.person_id is not None and (
            (row.person_id, course.id, day) in self._trained
            or self._numbers.get(letters(number)) == row.person_id
        )
        if there or known in self._seen:
            return replace(row, issues=(*row.issues, *issues))
        self._seen.add(known)
        self._taken[letters(number)] = who
        minutes = _minutes(row) or course.minutes
        completed = bool(number) or minutes >= course.minutes
        training = PastTraining(
            day, minutes, course.id, course.code, course.title, number,
            "completed" if completed else "partial", self._classes.get((course.id, day)),
        )  # fmt: skip
        change = FieldChange("class", "", f"{course.title}, {day.isoformat()}")
        return replace(
            row,
            kind="update" if row.kind == "same" else row.kind,
            changes=(*row.changes, change) if row.kind != "new" else row.changes,
            issues=(*row.issues, *issues),
            training=training,
        )

    def _day(self, row: PlannedRow) -> date | Issue:
        written = row.values.get("completed")
        heading = self._heading.get("completed", "")
        if row.row in self._doubtful:
            return Issue(
                heading,
                "warning",
                "No class was made of this row: say first whether the month or the day of "
                "this column comes first.",
            )
        if isinstance(written, str):
            return date.fromisoformat(written)
        if self._options.past_day is not None:
            return self._options.past_day
        return Issue(
            heading,
            "warning",
            "No class was made of this row: it does not say when it was completed. Add the day, "
            "or give one for all rows that have none.",
        )

    def _number(self, row: PlannedRow, who: tuple[str, int]) -> tuple[str, tuple[Issue, ...]]:
        """The old certificate number; none, with the reason, when it is somebody else's."""
        number = str(row.values.get("certificate", ""))
        key = letters(number)
        owner = self._numbers.get(key)
        mine = row.person_id is not None and owner == row.person_id
        if not key or (owner is None and self._taken.get(key, who) == who) or mine:
            return number if key else "", ()
        return "", (
            Issue(
                self._heading.get("certificate", ""),
                "error",
                f"Certificate {number} belongs to somebody else already; it was left out. Correct "
                "the number and import again.",
            ),
        )

    def _course_choices(self) -> tuple[CourseChoice, ...]:
        rows: defaultdict[int, list[int]] = defaultdict(list)
        for row in self._table.records:
            rows[int(row.values.get("minutes", 0))].append(row.row)
        return tuple(
            self._course_choice(minutes, tuple(lines)) for minutes, lines in sorted(rows.items())
        )

    def _course_choice(self, minutes: int, rows: tuple[int, ...]) -> CourseChoice:
        chosen = self._options.courses.get(minutes, self._options.course)
        if chosen:
            course = self._courses.get(chosen)
            if course is None:
                raise NotFound(
                    f"There is no course with the code “{chosen}”.",
                    f"There are: {', '.join(sorted(self._courses))}.",
                )
            return CourseChoice(minutes, rows, course.code, course.title, True)
        fitting = [one for one in self._courses.values() if one.minutes == minutes]
        basic = max(
            self._courses.values(), key=lambda one: (one.basic, one.code == "CIT40", one.minutes)
        )
        if not minutes or minutes > basic.minutes or minutes >= _NEARLY_WHOLE * basic.minutes:
            sure = bool(minutes) and minutes <= basic.minutes
            return CourseChoice(minutes, rows, basic.code, basic.title, sure)
        best = max(fitting or [basic], key=self._likeness)
        sure = len(fitting) == 1
        return CourseChoice(minutes, rows, best.code, best.title, sure)

    def _likeness(self, course: _Course) -> tuple[int, bool, bool, str]:
        """How well a course of the right length fits what the sheet says of itself."""
        own = _words((course.title,)) - {"cit", "for", "and", "the", "of"}
        return len(own & self._said), "refresher" in own, course.refresher, course.code


def notes(history: Past) -> list[str]:
    """What was assumed about the classes, as sentences."""
    said = []
    for one in history.choices:
        if not one.sure:
            told = f"{hours(one.minutes)} hours" if one.minutes else "no hours"
            rows = "1 row" if len(one.rows) == 1 else f"{len(one.rows):,} rows"
            said.append(
                f"{rows} with {told} came in as {one.code}, {one.title}; choose another course if "
                "it was one."
            )
    return said


def _who(row: PlannedRow) -> tuple[str, int]:
    """The person of a row: of the records, or by the first row that is this person."""
    if row.person_id is not None:
        return "person", row.person_id
    return "row", row.same_as_row or row.row


def _minutes(row: PlannedRow) -> int:
    return int(row.values.get("minutes", 0))


def _words(texts: Iterable[str]) -> set[str]:
    return {word.strip(",.:()–-") for text in texts for word in fold(text).split()}


def _courses(session: Session) -> dict[str, _Course]:
    statement = select(
        Course.id, Course.code, Course.title, Course.minutes, Course.basic, Course.refresher
    )
    found = session.execute(statement.where(Course.archived.is_(False)).order_by(Course.id))
    courses = {row.code: _Course(*row) for row in found}
    if not courses:
        raise NotFound(
            "There is no course that past classes could be of.",
            "Add a course, or take one of the program's own on the Courses page.",
        )
    return courses


def _classes(session: Session) -> dict[tuple[int, date], int]:
    """Classes on record by course and last day."""
    statement = select(TrainingClass.course_id, TrainingClass.ends, TrainingClass.id)
    found = session.execute(statement.where(TrainingClass.status == "on record"))
    return {(row.course_id, row.ends): row.id for row in found if row.ends is not None}


def _numbers(session: Session) -> dict[str, int]:
    found = session.execute(select(Certificate.number, Certificate.person_id))
    return {letters(row.number): row.person_id for row in found}


def _trained(session: Session) -> set[tuple[int, int, date]]:
    """Who completed which course when, as far as the records know."""
    statement = (
        select(Enrollment.person_id, TrainingClass.course_id, Enrollment.completed_on,
               TrainingClass.ends)
        .join(TrainingClass, TrainingClass.id == Enrollment.class_id)
        .where(Enrollment.role == "trainee", TrainingClass.status.in_(("finalized", "on record")))
    )  # fmt: skip
    return {
        (row.person_id, row.course_id, day)
        for row in session.execute(statement)
        if (day := row.completed_on or row.ends) is not None
    }


def offered_day(table: SourceTable) -> date | None:
    """The day that a title above the list names, to be offered for rows without one."""
    found = Counter(
        one.day for text in table.titles for part in _parts(text) if (one := day(part)) is not None
    )
    return max(found) if found else None


def _parts(text: str) -> list[str]:
    """A title and what stands behind its commas, dashes and colons."""
    words = text.split()
    return [text, *(" ".join(words[start:]) for start in range(1, len(words)))]
