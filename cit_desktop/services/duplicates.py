"""People who may be one, across the whole chapter; and those of whom somebody said they are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cit_desktop.errors import Refused
from cit_desktop.models import NotSame, Person
from cit_desktop.progress import Progress, silent
from cit_desktop.services import duplicate_search, records

Pair: TypeAlias = tuple[int, int]
Level: TypeAlias = Literal["very likely", "likely", "perhaps"]

MOST: Final = 500
_LEVELS: Final[tuple[tuple[int, Level], ...]] = ((80, "very likely"), (45, "likely"))


@dataclass(frozen=True, slots=True)
class Likely:
    """Two people who may be one.

    Attributes:
        one, other: Their ids, the smaller one first.
        reasons: What speaks for it, the strongest first, then what speaks against it.
        score: Only for the order: more is likelier.
    """

    one: int
    other: int
    reasons: tuple[str, ...]
    score: int

    @property
    def level(self) -> Level:
        """How likely, in words."""
        return next((word for least, word in _LEVELS if self.score >= least), "perhaps")


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The likeliest pairs of a chapter, the likeliest first.

    Attributes:
        total: How many pairs there are, with those that are not listed.
        notes: Sentences about what was not compared.
    """

    pairs: tuple[Likely, ...]
    total: int
    notes: tuple[str, ...] = ()


def likely(session: Session, most: int = MOST, *, progress: Progress = silent) -> Duplicates:
    """Who may be one person, among all people of the records; nothing is changed.

    Whoever was said not to be the same is left out, and so are two who are both archived.

    Args:
        most: How many pairs are listed.

    Raises:
        Cancelled: Progress asked to stop.
    """
    found, notes = duplicate_search.search(session, known_apart(session), progress)
    ranked = sorted(found, key=lambda one: (-one[2], one[0], one[1]))
    return Duplicates(
        tuple(Likely(one, other, reasons, score) for one, other, score, reasons in ranked[:most]),
        len(ranked),
        tuple(notes),
    )


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
