"""Rosters of a class: the list to keep, and what a state asks for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cit_desktop import day_words
from cit_desktop.documents.tables import Cell, RosterRow, TableColumn, TableDocument, class_roster
from cit_desktop.errors import NotFound
from cit_desktop.models import TrainingClass
from cit_desktop.services import names, roster_facts, roster_values
from cit_desktop.services.roster_facts import ClassFacts, PersonFacts
from cit_desktop.services.roster_reading import numbering
from cit_desktop.services.state_rosters import RowProblem, Skipped, StateRoster, state_roster
from cit_desktop.text import sort_key

__all__ = [
    "PRINTED_COLUMNS",
    "RowProblem",
    "Skipped",
    "StateRoster",
    "class_facts",
    "class_roster_document",
    "printed_roster_document",
    "state_roster",
]

_ROLES = ("trainee", "instructor", "observer")


def class_roster_document(session: Session, class_id: int) -> TableDocument:
    """The roster of a class: trainees, then instructors and observers, each by name.

    Raises:
        NotFound: There is no such class.
    """
    training, people = class_facts(session, class_id)
    numbers = numbering(session, [class_id])
    return class_roster(
        training.title,
        (_row(numbers.get(person.enrollment_id), person) for person in people),
        subtitle=(training.chapter,),
        header=_header(training),
        footer=(_count(people),),
    )


def printed_roster_document(session: Session, class_id: int) -> TableDocument:
    """The roster as it is put on paper: a name in one column, nobody's e-mail and no phone.

    Raises:
        NotFound: There is no such class.
    """
    training, people = class_facts(session, class_id)
    numbers = numbering(session, [class_id])
    return TableDocument(
        title=training.title,
        columns=PRINTED_COLUMNS,
        rows=tuple(_printed(numbers.get(person.enrollment_id), person) for person in people),
        subtitle=(f"Class roster · {training.chapter}",),
        header=_printed_header(training),
        footer=(_count(people) if any(p.enrolled for p in people) else "Nobody is enrolled yet.",),
    )


def class_facts(session: Session, class_id: int) -> tuple[ClassFacts, list[PersonFacts]]:
    """A class, and everybody in it: trainees, then instructors and observers, each by name.

    Who teaches a block is an instructor, also without being enrolled.

    Raises:
        NotFound: There is no such class.
    """
    found = roster_facts.classes(session, TrainingClass.id == class_id)
    if not found:
        raise NotFound("This class no longer exists.", "Choose another class.")
    people = roster_facts.people(session, found)
    here = {person.person_id for person in people}
    people += roster_facts.teachers(session, found[0], here)
    return found[0], sorted(people, key=_place)


def _place(person: PersonFacts) -> tuple[int, str]:
    return _ROLES.index(person.role), sort_key(person.last, person.first, person.middle)


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


PRINTED_COLUMNS = (
    TableColumn("number", "#", "int", 5),
    TableColumn("name", "Name", width=26),
    TableColumn("title", "Title"),
    TableColumn("agency", "Agency", width=30),
    TableColumn("discipline", "Discipline", width=18),
    TableColumn("state_number", "State number", width=14),
    TableColumn("minutes", "Hours", "hours", 8),
    TableColumn("result", "Result", width=13),
    TableColumn("certificate", "Certificate no.", width=16),
)


def _printed(number: int | None, person: PersonFacts) -> tuple[Cell, ...]:
    row = _row(number, person)
    return (
        *(row.number, person.name, row.title, row.agency, row.discipline, row.state_number),
        *(row.minutes, row.result, row.certificate),
    )


def _printed_header(training: ClassFacts) -> tuple[tuple[str, str], ...]:
    """What a class is; days that do not follow each other are told by the first and the last."""
    lines = dict(_header(training))
    if ";" in lines.get("Dates", ""):
        days = training.days
        span = day_words.formal_days(days[0], days[-1])
        lines["Dates"] = f"{span} ({len(days)} days)"
    if training.min_attendance < 100:
        required = -(-training.minutes * training.min_attendance // 100)
        lines["Hours"] = f"{names.hours(training.minutes)}, of which {names.hours(required)} needed"
    return tuple(lines.items())


def _number(person: PersonFacts) -> str:
    return person.numbers[0][1] if person.numbers else ""


def _count(people: list[PersonFacts]) -> str:
    trainees = [person for person in people if person.role == "trainee"]
    completed = sum(person.result == "completed" for person in trainees)
    word = "trainee" if len(trainees) == 1 else "trainees"
    return f"{len(trainees)} {word}, {completed} completed."
