"""State rosters: a profile filled from the records, and what the state would send back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from cit_desktop.catalogs import Profile
from cit_desktop.catalogs.kinds import discipline_groups
from cit_desktop.documents.tables import Cell, TableColumn, TableDocument
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import TrainingClass
from cit_desktop.services import names, roster_facts, roster_values
from cit_desktop.services.roster_facts import ClassFacts, PersonFacts
from cit_desktop.text import letters

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why the state would reject a row, or what to look at before it is sent.

    Attributes:
        row: The row of the document, from 1; 0 for the roster as a whole or somebody left out.
        person_id: 0 where it is about nobody in particular.
        column: The label of the column, or an empty text.
        severity: ``error``: the state would reject it; ``warning``: look at it.
    """

    row: int
    person_id: int
    name: str
    column: str
    sentence: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody of these classes whom the roster does not list, and why."""

    person_id: int
    name: str
    class_code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StateRoster:
    """A roster to be written, with what was found on the way.

    Attributes:
        row_people: Whose row each row of the document is.
        class_codes: The classes it covers, by their last day.
    """

    document: TableDocument
    problems: tuple[RowProblem, ...]
    skipped: tuple[Skipped, ...]
    row_people: tuple[int, ...]
    class_codes: tuple[str, ...]

    @property
    def errors(self) -> tuple[RowProblem, ...]:
        """The problems for which the state would reject something."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def state_roster(
    session: Session,
    profile: Profile,
    class_id: int | None = None,
    start: date | None = None,
    end: date | None = None,
    chapter_id: int | None = None,
) -> StateRoster:
    """The roster that a profile asks for, of one class or of the classes that ended in a period.

    Raises:
        NotFound: There is no such class.
        Refused: Neither a class nor a whole period is given, or the period ends before it begins.
    """
    trainings = _trainings(session, class_id, start, end, chapter_id)
    period = ""
    if class_id is None and start is not None and end is not None:
        first, last = (names.figures(day, profile.date_format) for day in (start, end))
        period = f"{first} – {last}"
    listed, skipped, doubts = _sorted_out(roster_facts.people(session, trainings), profile)
    columns = tuple(roster_values.column(wanted) for wanted in profile.columns)
    rows = tuple(
        tuple(roster_values.cell(person, profile, column) for column in columns)
        for person in listed
    )
    header = _header(profile, trainings, period)
    problems = [
        *_about_classes(trainings, bool(listed)),
        *_about_header(header, bool(listed)),
        *_by_hand(columns, bool(listed)),
        *doubts,
        *_about_rows(listed, rows, columns, profile),
    ]
    return StateRoster(
        document=TableDocument(
            title=profile.title,
            columns=columns,
            rows=rows,
            subtitle=() if profile.official else ("Layout unofficial: check with your state.",),
            header=header,
            sheet_name="Roster",
            date_format=profile.date_format,
        ),
        problems=tuple(problems),
        skipped=tuple(skipped),
        row_people=tuple(person.person_id for person in listed),
        class_codes=tuple(training.code for training in trainings),
    )


def _trainings(
    session: Session,
    class_id: int | None,
    start: date | None,
    end: date | None,
    chapter_id: int | None,
) -> list[ClassFacts]:
    if class_id is not None:
        found = roster_facts.classes(session, TrainingClass.id == class_id)
        if not found:
            raise NotFound("This class no longer exists.", "Choose another class.")
        return found
    if start is None or end is None:
        raise Refused(
            "A state roster is made for a class or for a period.",
            "Choose a class, or the first and the last day of the period.",
        )
    if end < start:
        sentence = f"The period ends on {names.day(end)}, before it begins."
        raise Refused(sentence, "Exchange the two days.", {"end": sentence})
    which = [
        TrainingClass.ends >= start,
        TrainingClass.ends <= end,
        TrainingClass.status != "cancelled",
    ]
    if chapter_id is not None:
        which.append(TrainingClass.chapter_id == chapter_id)
    return roster_facts.classes(session, *which)


def _header(
    profile: Profile, trainings: Sequence[ClassFacts], period: str
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (line.label, roster_values.header(line.field, trainings, period, profile))
        for line in profile.header
    )


def _sorted_out(
    everybody: Sequence[PersonFacts], profile: Profile
) -> tuple[list[PersonFacts], list[Skipped], list[RowProblem]]:
    """Who is listed, who is not, and whom to look at because no discipline says."""
    listed, skipped, doubts = [], [], []
    for person in everybody:
        sentence = _left_out(person, profile)
        if not sentence:
            listed.append(person)
            continue
        code = person.training.code
        skipped.append(Skipped(person.person_id, person.name, code, sentence))
        if person.role in profile.roles and not person.discipline and profile.groups:
            doubt = f"{person.name} is left out: no discipline is recorded."
            doubts.append(RowProblem(0, person.person_id, person.name, "", doubt, "warning"))
    return listed, skipped, doubts


def _left_out(person: PersonFacts, profile: Profile) -> str:
    if person.role not in profile.roles:
        return f"This roster does not list anybody as {person.role}."
    if profile.groups and roster_facts.group_of(person.discipline) not in profile.groups:
        if not person.discipline:
            return "No discipline is recorded, and the roster lists only some."
        called = {group.key: group.name.lower() for group in discipline_groups()}
        wanted = ", ".join(called[group] for group in profile.groups)
        return f"The roster lists {wanted} only."
    if profile.only_completed and person.role == "trainee" and person.result != "completed":
        if person.result == "open":
            return "The class is not finalized, so nobody has completed it yet."
        return "Did not complete the class."
    return ""


def _about_classes(trainings: Sequence[ClassFacts], anybody: bool) -> Iterator[RowProblem]:
    if not trainings:
        yield RowProblem(0, 0, "", "", "No class ended in this period.", "warning")
    elif not anybody:
        yield RowProblem(0, 0, "", "", "The roster lists nobody.", "warning")
    for training in trainings:
        if training.status == "open":
            sentence = f"{training.code} is not finalized: its hours and results can still change."
            yield RowProblem(0, 0, "", "", sentence, "warning")


def _about_header(header: Sequence[tuple[str, str]], anybody: bool) -> Iterator[RowProblem]:
    for label, value in header:
        if anybody and not value:
            sentence = f"The line “{label}” above the rows is empty."
            yield RowProblem(0, 0, "", label, sentence, "warning")


def _by_hand(columns: Sequence[TableColumn], anybody: bool) -> Iterator[RowProblem]:
    for column in columns:
        if anybody and column.required and column.key in roster_values.BY_HAND:
            sentence = f"The column “{column.label}” is to be filled in by hand."
            yield RowProblem(0, 0, "", column.label, sentence, "warning")


def _about_rows(
    listed: Sequence[PersonFacts],
    rows: Sequence[tuple[Cell, ...]],
    columns: Sequence[TableColumn],
    profile: Profile,
) -> Iterator[RowProblem]:
    shared = _shared_numbers(listed, profile)
    repeated = Counter((person.person_id, person.training.course_id) for person in listed)
    seen: set[tuple[int, int]] = set()
    for number, (person, row) in enumerate(zip(listed, rows, strict=True), start=1):
        for column, value in zip(columns, row, strict=True):
            sentence = _cell_problem(person, column, value, profile)
            if not sentence and column.key == "state_number" and value:
                sentence = shared.get(person.person_id, "")
            if sentence:
                yield RowProblem(
                    number, person.person_id, person.name, column.label, sentence, "error"
                )
        key = (person.person_id, person.training.course_id)
        if repeated[key] > 1 and key in seen:
            sentence = f"Is listed {repeated[key]} times for {person.training.course}."
            yield RowProblem(number, person.person_id, person.name, "", sentence, "warning")
        seen.add(key)


def _cell_problem(person: PersonFacts, column: TableColumn, value: Cell, profile: Profile) -> str:
    if not column.required or column.key in roster_values.BY_HAND:
        return ""
    if column.kind == "hours" and not value:
        return f"“{column.label}” is 0: nothing was attended or credited."
    if value is not None and value != "":
        return ""
    if column.key == "state_number":
        return _no_number(person, profile)
    return f"“{column.label}” is missing."


def _no_number(person: PersonFacts, profile: Profile) -> str:
    wanted = profile.state_number_kind or "state number"
    if not person.numbers:
        return f"There is no {wanted}."
    kind, number = person.numbers[0]
    return f"There is no {wanted}, only {kind} {number}."


def _shared_numbers(listed: Sequence[PersonFacts], profile: Profile) -> dict[int, str]:
    """What to say about each person whose number somebody else on the roster has, too."""
    owners: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for person in listed:
        number = roster_values.state_number(person, profile)[1]
        if number:
            owners[letters(number)][person.person_id] = person.name
    said = {}
    for people in owners.values():
        for person_id in people if len(people) > 1 else ():
            others = [name for other, name in people.items() if other != person_id]
            said[person_id] = f"The same number belongs to {', '.join(others)}."
    return said
