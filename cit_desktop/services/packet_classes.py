"""What an audit packet shows of a class: its facts, roster, instructors and hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from cit_desktop import day_words, record_words
from cit_desktop.documents.packets import Section, filled
from cit_desktop.documents.tables import Cell, TableColumn, TableDocument
from cit_desktop.services import (
    class_reading,
    hours_rules,
    layout,
    names,
    roster_facts,
    roster_queries,
)
from cit_desktop.services.class_views import BlockView, ClassView
from cit_desktop.services.hours import AttendanceGrid
from cit_desktop.services.roster_facts import PersonFacts
from cit_desktop.services.roster_reading import numbering

_ORDER = ("trainee", "instructor", "observer")
_ROSTER = (
    TableColumn("number", "#", width=4),
    TableColumn("name", "Name", width=26),
    TableColumn("agency", "Agency", width=30),
    TableColumn("title", "Title", width=16),
    TableColumn("discipline", "Discipline", width=18),
    TableColumn("state_number", "State number", width=16),
    TableColumn("role", "Role", width=10),
    TableColumn("result", "Result", width=12),
    TableColumn("completed", "Completed", "date", 11),
    TableColumn("certificate", "Certificate no.", width=16),
    TableColumn("required", "Required", "hours", 9),
    TableColumn("minutes", "Hours", "hours", 7),
)
_BLOCKS = (
    TableColumn("day", "Day", "date", 11),
    TableColumn("time", "Time", width=20),
    TableColumn("title", "Block", width=36),
    TableColumn("areas", "Hours by credit area", width=28),
    TableColumn("taught", "Taught by", width=30),
    TableColumn("minutes", "Hours", "hours", 7),
)
_MODULES = (
    TableColumn("day", "Day", "date", 11),
    TableColumn("time", "Time", width=20),
    TableColumn("module", "Module", width=60),
    TableColumn("area", "Credit area", width=28),
    TableColumn("minutes", "Minutes", "int", 9),
)
_INSTRUCTORS = (
    TableColumn("name", "Instructor", width=26),
    TableColumn("agency", "Agency", width=30),
    TableColumn("blocks", "Blocks", "int", 8),
    TableColumn("minutes", "Hours taught", "hours", 12),
)


def facts(view: ClassView) -> Section:
    """What the class is, and what it asked for."""
    days = sorted({block.day for block in view.blocks})
    days = days or sorted({day for day in (view.starts, view.ends) if day is not None})
    finalized = view.finalized_at
    known = (
        ("Class", view.code),
        ("Course", view.course_title),
        ("State’s course number", view.course_number),
        ("Dates", day_words.formal_list(days)),
        ("Location", view.location),
        ("County", view.county),
        ("Lead instructor", view.lead_instructor),
        ("Hours", names.hours(view.minutes)),
        ("Asked for", _rule(view)),
        ("State", record_words.CLASSES.get(view.status, view.status.capitalize())),
        ("Finalized", f"{finalized:%Y-%m-%d %H:%M} UTC" if finalized else ""),
        ("Last reopened because", view.reopen_reason),
    )
    return Section("Class", tuple((label, value) for label, value in known if value))


def _rule(view: ClassView) -> str:
    asked = [f"{view.min_attendance} % of the hours"]
    if view.min_score is not None:
        asked.append(f"a score of {view.min_score}")
    if view.scenario_required:
        asked.append("the scenario test")
    asked.append("make-ups allowed" if view.makeup_allowed else "no make-ups")
    return ", ".join(asked)


def roster(session: Session, class_id: int, people: Sequence[PersonFacts]) -> Section:
    """Everybody in the class; neither phones nor e-mail."""
    if not people:
        return Section("Roster", sentences=("Nobody is in this class.",))
    numbers = numbering(session, [class_id])
    rows = tuple(_row(numbers.get(one.enrollment_id), one) for one in in_order(people))
    return Section("Roster", tables=(TableDocument("", _ROSTER, rows),))


def in_order(people: Iterable[PersonFacts]) -> list[PersonFacts]:
    """Trainees, instructors, then observers; each as they come."""
    return sorted(people, key=lambda one: _ORDER.index(one.role))


def _row(number: int | None, one: PersonFacts) -> tuple[Cell, ...]:
    trainee, training = one.role == "trainee", one.training
    required = hours_rules.required(training.minutes, training.min_attendance)
    return (
        "" if number is None else str(number),
        one.name,
        one.agency,
        one.title,
        roster_facts.discipline_name(one.discipline),
        ", ".join(number for _, number in one.numbers),
        record_words.role(one.role),
        record_words.result(one.result, training.status) if trainee else "",
        one.completed if trainee else None,
        one.certificate,
        required if trainee else None,
        one.earned.taught if one.role == "instructor" else one.minutes,
    )


def instructors(session: Session, view: ClassView, people: Iterable[PersonFacts]) -> Section:
    """The blocks with what they counted for and who taught them, the sums, and every module."""
    if not view.blocks:
        return Section("Instructors", sentences=("No blocks are on record for this class.",))
    blocks = TableDocument("", _BLOCKS, tuple(_block(block) for block in view.blocks))
    modules = _modules(view.blocks)
    sums = _taught(view.blocks)
    if not sums:
        said = "Nobody is on record as having taught a block."
        return Section("Instructors", sentences=(said,), tables=(blocks, *modules))
    agencies = {one.person_id: one.agency for one in people}
    agencies |= _employers(session, view, sums.keys() - agencies.keys())
    rows = tuple(
        (name, agencies.get(person_id, ""), count, minutes)
        for person_id, (name, count, minutes) in sums.items()
    )
    taught = TableDocument("", _INSTRUCTORS, rows)
    return Section("Instructors", tables=(blocks, taught, *modules))


class _Teacher(NamedTuple):
    id: int
    person_id: int
    class_id: int


def _employers(session: Session, view: ClassView, person_ids: Iterable[int]) -> dict[int, str]:
    """For whom these people worked on the last day of the class."""
    asked = [_Teacher(person_id, person_id, view.id) for person_id in person_ids]
    found = roster_queries.employers(session, asked, {view.id: view.ends})
    return {person_id: job.name for person_id, job in found.items()}


def teachers(view: ClassView, people: Iterable[PersonFacts]) -> int:
    """How many people taught, or are in the class as instructors."""
    enrolled = {one.person_id for one in people if one.role == "instructor"}
    return len(enrolled | _taught(view.blocks).keys())


def _block(block: BlockView) -> tuple[Cell, ...]:
    areas: dict[str, int] = {}
    for part in block.parts:
        areas[part.area] = areas.get(part.area, 0) + part.minutes
    return (
        block.day,
        _time(block),
        _called(block),
        ", ".join(f"{record_words.area(key)} {names.hours(areas[key])}" for key in areas),
        "; ".join(", ".join(filter(None, (who.name, who.title))) for who in block.instructors),
        block.minutes,
    )


def _time(block: BlockView) -> str:
    return f"{names.clock_time(block.starts_at)}–{names.clock_time(block.ends_at)}"


def _called(block: BlockView) -> str:
    """The title of a block; one that counts its modules is told by all of them."""
    titles = [part.title for part in block.parts]
    if block.title != layout.block_title(titles):
        return block.title
    return "; ".join(dict.fromkeys(titles))


def _modules(blocks: Iterable[BlockView]) -> tuple[TableDocument, ...]:
    """A row for each module of each block, or no table where no module is on record."""
    rows = tuple(
        (block.day, _time(block), part.title, record_words.area(part.area), part.minutes)
        for block in blocks
        for part in block.parts
    )
    return (TableDocument("Modules of the blocks", _MODULES, rows),) if rows else ()


def _taught(blocks: Iterable[BlockView]) -> dict[int, tuple[str, int, int]]:
    sums: dict[int, tuple[str, int, int]] = {}
    for block in blocks:
        for who in block.instructors:
            _, count, minutes = sums.get(who.person_id, ("", 0, 0))
            sums[who.person_id] = (who.name, count + 1, minutes + block.minutes)
    return dict(sorted(sums.items(), key=lambda entry: (-entry[1][2], entry[1][0])))


def hours(grid: AttendanceGrid, people: Iterable[PersonFacts]) -> Section:
    """Hours of each trainee by credit area, tests, and what was missed."""
    trainees = [one for one in people if one.role == "trainee"]
    if not trainees:
        return Section("Hours by credit area", sentences=("No trainee is in this class.",))
    keys = _areas(trainees)
    others = [one.earned.attended - sum(one.earned.areas.values()) for one in trainees]
    rows = []
    for one, other in zip(trainees, others, strict=True):
        summary = grid.summaries.get(one.enrollment_id)
        rest = (other or None,) if any(others) else ()
        rows.append(
            (
                one.name,
                *(one.earned.areas.get(key) for key in keys),
                *rest,
                one.earned.attended,
                one.credited,
                "" if one.score is None else str(one.score),
                {None: "", 0: "Not passed"}.get(one.scenario_passed, "Passed"),
                _why_short(grid, summary.missing_text if summary else ""),
            )
        )
    table = TableDocument("", _hour_columns(keys, other=any(others)), tuple(rows))
    return Section("Hours by credit area", tables=(filled(table),))


def _why_short(grid: AttendanceGrid, missing: str) -> str:
    return missing.removeprefix("missing ") if grid.blocks else ""


def _areas(people: Iterable[PersonFacts]) -> list[str]:
    keys = [key for key in record_words.AREAS if key]
    return keys + sorted({key for one in people for key in one.earned.areas} - {*keys, ""})


def _hour_columns(keys: Sequence[str], *, other: bool) -> tuple[TableColumn, ...]:
    named = [*keys, ""] if other else keys
    return (
        TableColumn("name", "Name", width=26),
        *(TableColumn(f"area {key}", record_words.area(key), "hours", 11) for key in named),
        TableColumn("attended", "Attended", "hours", 10),
        TableColumn("credited", "Credited", "hours", 10),
        TableColumn("score", "Score", width=8),
        TableColumn("scenario", "Scenario", width=11),
        TableColumn("missing", "Missed", width=40),
    )


def view(session: Session, class_id: int) -> ClassView:
    """The class as its page shows it.

    Raises:
        NotFound: There is no such class.
    """
    return class_reading.view(session, class_id)
