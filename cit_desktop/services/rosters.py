"""Rosters of a class: the list to keep, and what a state asks for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cit_desktop import day_words
from cit_desktop.documents import RosterRow, TableDocument, class_roster
from cit_desktop.errors import NotFound
from cit_desktop.models import TrainingClass
from cit_desktop.services import names, roster_facts, roster_values
from cit_desktop.services.roster_facts import ClassFacts, PersonFacts
from cit_desktop.services.roster_reading import numbering
from cit_desktop.services.state_rosters import RowProblem, Skipped, StateRoster, state_roster

__all__ = [
    "RowProblem",
    "Skipped",
    "StateRoster",
    "class_facts",
    "class_roster_document",
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


def class_facts(session: Session, class_id: int) -> tuple[ClassFacts, list[PersonFacts]]:
    """A class, and everybody in it: trainees, then instructors and observers, each by name.

    Raises:
        NotFound: There is no such class.
    """
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
