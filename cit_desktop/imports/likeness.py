"""Whether two names can be one person's, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cit_desktop.imports import places
from cit_desktop.services import names
from cit_desktop.services.name_likeness import (
    first,
    firsts_fit,
    last,
    middle,
    middles_differ,
    suffixes_differ,
    whole,
)
from cit_desktop.text import letters


@dataclass(frozen=True, slots=True)
class FormerName:
    """The name of somebody who was merged into a person, and the id from before."""

    person_id: int
    key: str
    suffix: str = ""
    nickname: str = ""


@dataclass(slots=True)
class Subject:
    """Somebody a row may be: a person of the records, or one that an earlier row brought.

    Attributes:
        row: The first row of the file that is this person; None until there is one.
        key: Folded last, first and middle name, as ``text.sort_key`` makes it.
        numbers: Keys of the state numbers of the kind that the file holds.
        agencies: Keys of agencies, as ``matching.agency_key`` makes them.
        formers: Names from before other records were merged into this one.
    """

    name: str
    key: str
    suffix: str = ""
    nickname: str = ""
    person_id: int | None = None
    row: int | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    archived: bool = False
    formers: tuple[FormerName, ...] = ()

    @property
    def where(self) -> str:
        """Where this person stands, for sentences."""
        if self.person_id is None:
            return places.words(self.row or 0)
        return "the records (archived)" if self.archived else "the records"


@dataclass(frozen=True, slots=True)
class Clues:
    """What a row tells of who it is; blank where it says nothing.

    Attributes:
        number: Key of the state number; ``number_written`` is for sentences.
        known_as: The person that this very row became when the same list was imported before.
    """

    key: str
    name: str
    suffix: str = ""
    nickname: str = ""
    email: str = ""
    phone: str = ""
    number: str = ""
    number_written: str = ""
    agency: str = ""
    known_as: int | None = None


def may_be(clues: Clues, other: Subject) -> bool:
    """Whether the names allow it and nothing speaks against it; enough among a few people only."""
    return name_fits(clues, other) and not contradiction(clues, other)


def evidence(clues: Clues, other: Subject) -> str:
    """What, besides the name, speaks for one person; empty if nothing does."""
    agency = bool(clues.agency) and clues.agency in other.agencies
    phone = bool(clues.phone) and clues.phone in other.phones
    if agency and phone:
        return "same name, agency and phone"
    if agency:
        return "same name and agency"
    return "same name and phone" if phone else ""


def contradiction(clues: Clues, other: Subject) -> str:
    """What speaks against one person; empty if nothing does."""
    if clues.number and other.numbers and clues.number not in other.numbers:
        return "the state numbers differ"
    if middles_differ(clues.key, known_as(clues, other).key):
        return "the middle names differ"
    same_phone = bool(clues.phone) and clues.phone in other.phones
    if clues.email and other.emails and clues.email not in other.emails and not same_phone:
        return "the e-mail addresses differ"
    return ""


def name_fits(clues: Clues, other: Subject) -> bool:
    """Whether the name allows that both are one person: `Dan Lee Jr.` and `Daniel Lee`."""
    return _fits(clues, other) or any(_fits(clues, one) for one in other.formers)


def known_as(clues: Clues, other: Subject) -> Subject | FormerName:
    """The name of a person that a row has: the one of today, or one from before a merge."""
    if not other.formers or _fits(clues, other):
        return other
    return next((one for one in other.formers if _fits(clues, one)), other)


def _fits(clues: Clues, other: Subject | FormerName) -> bool:
    if last(clues.key) != last(other.key) or suffixes_differ(clues.suffix, other.suffix):
        return False
    return firsts_fit(clues.key, other.key, clues.nickname, other.nickname)


def may_be_renamed(clues: Clues, other: Subject) -> bool:
    """Whether only the last name differs from that of a person of the records.

    Not for somebody who stands in the file already, under the name of the records.
    """
    recorded = other.person_id is not None and other.row is None
    same_first = first(clues.key) == first(other.key)
    return recorded and same_first and not suffixes_differ(clues.suffix, other.suffix)


def same_suffix(clues: Clues, other: Subject) -> bool:
    """Whether the suffixes are equal, blank ones included."""
    return letters(clues.suffix) == letters(known_as(clues, other).suffix)


def written_name(values: Mapping[str, object]) -> str:
    """The name of a row as a sentence has it."""
    parts = [str(values.get(part, "")) for part in ("first", "middle", "last", "suffix")]
    return names.full(*parts)


__all__ = [
    "Clues",
    "FormerName",
    "Subject",
    "contradiction",
    "evidence",
    "first",
    "known_as",
    "last",
    "may_be",
    "may_be_renamed",
    "middle",
    "middles_differ",
    "name_fits",
    "same_suffix",
    "whole",
    "written_name",
]
