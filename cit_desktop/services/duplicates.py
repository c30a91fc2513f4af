"""People who may be one, across the whole chapter; and those of whom somebody said they are not."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cit_desktop.errors import Refused
from cit_desktop.models import NotSame, Person
from cit_desktop.services import records

Pair = tuple[int, int]


def pair(one: int, other: int) -> Pair:
    """Two ids in the order in which they are kept."""
    return (one, other) if one < other else (other, one)


def keep_apart(session: Session, one: int, other: int) -> None:
    """Remember that two people are not the same; saying it twice changes nothing.

    Raises:
        NotFound: One of them is not in the records.
        Refused: It is one person.
    """
    if one == other:
        raise Refused("This is one person, not two.", "Choose another person.")
    for person_id in (one, other):
        records.fetch(session, Person, person_id, "person")
    first, second = pair(one, other)
    known = select(NotSame.id).filter_by(person_id=first, other_id=second)
    if session.scalar(known) is None:
        session.add(NotSame(person_id=first, other_id=second))
        session.flush()


def forget_apart(session: Session, one: int, other: int) -> None:
    """Forget that two people were said not to be the same."""
    first, second = pair(one, other)
    session.execute(delete(NotSame).filter_by(person_id=first, other_id=second))


def known_apart(session: Session) -> frozenset[Pair]:
    """Every two people of whom somebody said that they are not the same, the smaller id first."""
    found = session.execute(select(NotSame.person_id, NotSame.other_id))
    return frozenset(found.tuples())
