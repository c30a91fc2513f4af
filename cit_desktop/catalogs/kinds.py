"""Disciplines of people and kinds of agencies, and the words that give them away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from cit_desktop.catalogs.toml import Table, shipped
from cit_desktop.errors import NotFound


@dataclass(frozen=True, slots=True)
class DisciplineGroup:
    """What reports add disciplines up to."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Discipline:
    """A kind of work.

    Attributes:
        group: Key of its group.
        titles: Job titles that tell it by themselves, in small letters.
        agencies: Words in an agency's name that suggest it, in small letters.
    """

    key: str
    name: str
    group: str
    titles: tuple[str, ...]
    agencies: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that suggests it."""
        return self.titles + self.agencies


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of employer.

    Attributes:
        discipline: What most of its people do.
    """

    key: str
    name: str
    discipline: str


@cache
def _disciplines() -> Table:
    return Table.parse(shipped("disciplines.toml"), "disciplines.toml")


@cache
def discipline_groups() -> tuple[DisciplineGroup, ...]:
    """The groups, in the order of reports."""
    top = _disciplines()
    return tuple(DisciplineGroup(t.text("key"), t.text("name")) for t in top.tables("groups"))


@cache
def disciplines() -> tuple[Discipline, ...]:
    """Every discipline, in the order of lists."""
    top = _disciplines()
    groups = [group.key for group in discipline_groups()]
    return tuple(
        Discipline(
            key=table.text("key"),
            name=table.text("name"),
            group=table.choice("group", groups),
            titles=table.texts("titles"),
            agencies=table.texts("agencies"),
        )
        for table in top.tables("disciplines")
    )


def discipline(key: str) -> Discipline:
    """The discipline with this key.

    Raises:
        NotFound: There is none.
    """
    for found in disciplines():
        if found.key == key:
            return found
    raise NotFound(f"There is no discipline “{key}”.")


@cache
def agency_kinds() -> tuple[AgencyKind, ...]:
    """Every kind of agency, in the order of lists."""
    top = Table.parse(shipped("agency_kinds.toml"), "agency_kinds.toml")
    known = [entry.key for entry in disciplines()]
    return tuple(
        AgencyKind(
            key=table.text("key"),
            name=table.text("name"),
            discipline=table.choice("discipline", known),
        )
        for table in top.tables("kinds")
    )


@cache
def liaison_kinds() -> dict[str, str]:
    """What liaisons are called, by the letters that are used for it."""
    named = Table.parse(shipped("liaison_kinds.toml"), "liaison_kinds.toml").table("kinds")
    return {letters: named.text(letters) for letters in named.names()}


def suggest_discipline(title: str, agency: str) -> str | None:
    """Key of the discipline that a job title and an agency's name point to, if any do.

    A telling title wins over the agency: a dispatcher of a police department is a dispatcher.
    """
    by_title = _longest(title, ((d.key, d.titles) for d in disciplines()))
    by_agency = _longest(agency, ((d.key, d.agencies) for d in disciplines()))
    if by_title == "private_security" and by_agency == "healthcare":
        return "hospital_security"
    return by_title or by_agency


def suggest_agency_kind(name: str) -> str | None:
    """Key of the kind that an agency's name points to, if one does."""
    return _longest(name, ((k.key, discipline(k.discipline).agencies) for k in agency_kinds()))


def _longest(text: str, entries: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
    """The key with the longest phrase that stands in the text as whole words."""
    padded = f" {_plain(text)} "
    best, length = None, 0
    for key, phrases in entries:
        for phrase in phrases:
            if len(phrase) > length and f" {phrase} " in padded:
                best, length = key, len(phrase)
    return best


def _plain(text: str) -> str:
    lowered = text.casefold().replace("'", "").replace("’", "")
    return " ".join(re.findall(r"[^\W_]+", lowered))
