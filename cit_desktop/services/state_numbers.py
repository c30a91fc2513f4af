"""The numbers that states give to people: POST licence, PSID, … one owner each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.errors import Refused
from cit_desktop.models import Person, StateNumber
from cit_desktop.services import names, records
from cit_desktop.text import fold, letters


@dataclass(frozen=True, slots=True)
class NumberDraft:
    """A number as text with its zeros, and what kind it is: “MO POST license”."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class NumberView:
    """A number of a person."""

    id: int
    kind: str
    number: str


def add_number(session: Session, person_id: int, draft: NumberDraft) -> int:
    """Give a person a number; one that the person has already is left as it is. Gives its id.

    Raises:
        NotFound: There is no such person.
        Refused: It is empty, or another person has it.
    """
    records.fetch(session, Person, person_id, "person")
    kind, number = checked(session, draft, person_id)
    for known in session.scalars(select(StateNumber).filter_by(person_id=person_id)):
        if known.key == letters(number) and fold(known.kind) == fold(kind):
            return known.id
    added = StateNumber(person_id=person_id, kind=kind, number=number, key=letters(number))
    session.add(added)
    session.flush()
    return added.id


def change_number(session: Session, number_id: int, draft: NumberDraft) -> None:
    """Correct a number or its kind.

    Raises:
        NotFound: There is no such number.
        Refused: It is empty, or another person has it.
    """
    known = records.fetch(session, StateNumber, number_id, "number")
    kind, number = checked(session, draft, known.person_id)
    records.assign(known, {"kind": kind, "number": number, "key": letters(number)})
    session.flush()


def remove_number(session: Session, number_id: int) -> None:
    """Take a number away from its person.

    Raises:
        NotFound: There is no such number.
    """
    session.delete(records.fetch(session, StateNumber, number_id, "number"))
    session.flush()


def numbers(session: Session, person_id: int) -> tuple[NumberView, ...]:
    """The numbers of a person in the order they were given; the first is the main one."""
    found = session.execute(
        select(StateNumber.id, StateNumber.kind, StateNumber.number)
        .where(StateNumber.person_id == person_id)
        .order_by(StateNumber.id)
    )
    return tuple(NumberView(*row) for row in found)


def owner(session: Session, kind: str, number: str) -> int | None:
    """The person who has this number, if anybody; an empty kind stands for any kind."""
    return next(
        (
            person_id
            for person_id, known in _holders(session, number)
            if not kind or fold(known) == fold(kind)
        ),
        None,
    )


def checked(session: Session, draft: NumberDraft, person_id: int | None) -> tuple[str, str]:
    """Kind and number in their stored form.

    Raises:
        Refused: It is empty, or somebody other than this person has it.
    """
    sentence = "The number needs a kind, such as “MO POST license”."
    kind = records.required("kind", draft.kind, sentence)
    number = records.required("number", draft.number, "The number is empty.")
    if not letters(number):
        raise records.refused("number", f"“{number}” has neither letters nor digits.")
    for holder, known_kind in _holders(session, number):
        if holder != person_id and fold(known_kind) == fold(kind):
            raise _taken(session, holder, kind, number)
    return kind, number


def _holders(session: Session, number: str) -> list[tuple[int, str]]:
    found = session.execute(
        select(StateNumber.person_id, StateNumber.kind)
        .where(StateNumber.key == letters(number))
        .order_by(StateNumber.id)
    )
    return [(person_id, kind) for person_id, kind in found]


def _taken(session: Session, holder: int, kind: str, number: str) -> Refused:
    person = records.fetch(session, Person, holder, "person")
    name = names.full(person.first, person.middle, person.last, person.suffix)
    archived = " (archived)" if person.archived else ""
    return records.refused(
        "number",
        f"{kind} {number} belongs to {name}{archived}.",
        "Check the number. If it is the same person, use that record instead of a second one.",
    )
