"""Rosters of a class: the list to keep, the sheet to sign, and what a state asks for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import day_words
from cit_desktop.documents import RosterRow, TableColumn, TableDocument, class_roster
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Block, TrainingClass
from cit_desktop.services import names, roster_facts, roster_values
from cit_desktop.services.roster_facts import ClassFacts, PersonFacts
from cit_desktop.services.roster_reading import numbering
from cit_desktop.services.state_rosters import RowProblem, Skipped, StateRoster, state_roster

__all__ = [
    "RowProblem",
    "Skipped",
    "StateRoster",
    "class_roster_document",
    "sign_in_document",
    "state_roster",
]

WALK_INS = 6
_ROLES = ("trainee", "instructor", "observer")


def class_roster_document(session: Session, class_id: int) -> TableDocument:
    """The roster of a class: trainees, then instructors and observers, each by name.

    Raises:
        NotFound: There is no such class.
    """
    training, people = _class(session, class_id)
    numbers = numbering(session, [class_id])
    return class_roster(
        training.title,
        (_row(numbers.get(person.enrollment_id), person) for person in people),
        subtitle=(training.chapter,),
        header=_header(training),
        footer=(_count(people),),
    )


def sign_in_document(session: Session, class_id: int, day: date | None = None) -> TableDocument:
    """The sheet to sign on a day of a class, the first one if none is given.

    Somebody signs in and out of each block; some lines are left free for walk-ins. The numbers
    are those that mark people in the grid, so store them when the sheet is put on paper:
    :func:`enrollment.assign_numbers`. Who withdrew is left out.

    Raises:
        NotFound: There is no such class.
        Refused: The class has no block on that day.
    """
    training, everybody = _class(session, class_id)
    people = [person for person in everybody if person.result != "withdrawn"]
    if day is None and training.days:
        day = training.days[0]
    blocks = session.execute(
        select(Block.starts_at, Block.minutes)
        .where(Block.class_id == class_id, Block.day == day)
        .order_by(Block.starts_at, Block.id)
    ).all()
    if day is None or not blocks:
        raise Refused(
            f"{training.code} has no block on {names.day(day) if day else 'any day'}.",
            "Choose a day of the class.",
        )
    title = f"Sign-in sheet, {day_words.weekday(day)}, {day_words.formal(day)}"
    columns = _sign_in_columns([(start, minutes) for start, minutes in blocks])
    free = (None,) * (len(columns) - 4)
    numbers = numbering(session, [class_id])
    last = max(numbers.values(), default=0)
    lines = [
        (numbers.get(person.enrollment_id), person.name, person.agency, _number(person), *free)
        for person in people
    ]
    lines += [(last + extra, "", "", "", *free) for extra in range(1, WALK_INS + 1)]
    return TableDocument(
        title=training.title,
        columns=columns,
        rows=tuple(lines),
        subtitle=(title, training.chapter),
        header=_header(training),
        sheet_name="Sign-in",
    )


def _class(session: Session, class_id: int) -> tuple[ClassFacts, list[PersonFacts]]:
    found = roster_facts.classes(session, TrainingClass.id == class_id)
    if not found:
        raise NotFound("This class no longer exists.", "Choose another class.")
    people = roster_facts.people(session, found)
    return found[0], sorted(people, key=lambda person: _ROLES.index(person.role))


def _header(training: ClassFacts) -> tuple[tuple[str, str], ...]:
    taught = [name for name, _ in training.instructors[:1]]
    lines = (
        ("Class", training.code),
        ("Course", training.course),
        ("Dates", day_words.formal_list(training.days)),
        ("Location", training.location),
        ("Lead instructor", training.lead_instructor or "".join(taught)),
        ("Provider", training.provider),
        ("Hours", names.hours(training.minutes)),
    )
    return tuple((label, value) for label, value in lines if value)


def _row(number: int | None, person: PersonFacts) -> RosterRow:
    trainee = person.role == "trainee"
    required = -(-person.training.minutes * person.training.min_attendance // 100)
    result = roster_values.RESULTS.get(person.result, person.result)
    return RosterRow(
        number=number,
        last=person.last,
        first=person.first,
        middle=person.middle,
        suffix=person.suffix,
        agency=person.agency,
        title=person.title,
        discipline=roster_facts.discipline_name(person.discipline),
        state_number=_number(person),
        email=person.email,
        phone=person.phone,
        minutes=person.earned.taught if person.role == "instructor" else person.minutes,
        required=required if trainee else 0,
        result=result if trainee else person.role.capitalize(),
        certificate=person.certificate,
    )


def _number(person: PersonFacts) -> str:
    return person.numbers[0][1] if person.numbers else ""


def _count(people: list[PersonFacts]) -> str:
    trainees = [person for person in people if person.role == "trainee"]
    completed = sum(person.result == "completed" for person in trainees)
    word = "trainee" if len(trainees) == 1 else "trainees"
    return f"{len(trainees)} {word}, {completed} completed."


def _sign_in_columns(blocks: list[tuple[int, int]]) -> tuple[TableColumn, ...]:
    stamps = []
    for place, (start, minutes) in enumerate(blocks, start=1):
        begin, end = names.clock_time(start), names.clock_time(start + minutes)
        stamps.append(TableColumn(f"in_{place}", f"In {begin}", width=11))
        stamps.append(TableColumn(f"out_{place}", f"Out {end}", width=11))
    return (
        TableColumn("number", "#", "int", 5),
        TableColumn("name", "Printed name", width=26),
        TableColumn("agency", "Agency", width=28),
        TableColumn("state_number", "State number", width=14),
        *stamps,
        TableColumn("signature", "Signature", width=24),
    )
