"""Who a row is: somebody of the records, somebody of an earlier row, or somebody new.

Two people are never merged by a guess. A state number or an e-mail address says who somebody is,
as long as the name does not speak against it; a name alone never does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cit_desktop.imports.likeness import (
    Clues,
    Subject,
    contradiction,
    evidence,
    first,
    known_as,
    last,
    may_be_renamed,
    middle,
    middles_differ,
    name_fits,
    same_suffix,
    whole,
)
from cit_desktop.services.name_likeness import meant
from cit_desktop.text import letters

_MOST_NAMED = 3  # namesakes that a warning lists


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a field of the row; an empty field stands for the name."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Match:
    """Who a row is.

    Attributes:
        subject: None: somebody new.
        reasons: Why it is this person.
        problem: Why it cannot be said who it is; then there is no subject.
    """

    subject: Subject | None = None
    reasons: tuple[str, ...] = ()
    warnings: tuple[Remark, ...] = ()
    problem: Remark | None = None


def agency_key(agency_id: int | None, spelling: str) -> str:
    """What agencies are compared by: the record if there is one, else the letters of the name."""
    return f"#{agency_id}" if agency_id is not None else letters(spelling)


def number_key(number: str) -> str:
    """What state numbers are compared by; blank for zeros only, which is nobody's number."""
    key = letters(number)
    return key if key.strip("0") else ""


class People:
    """Everybody a row may be, found by number, e-mail address and name."""

    def __init__(self, known: Iterable[Subject]) -> None:
        self._by_id: dict[int, Subject] = {}
        self._by_number: defaultdict[str, list[Subject]] = defaultdict(list)
        self._by_email: defaultdict[str, list[Subject]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Subject]] = defaultdict(list)
        self._by_meaning: defaultdict[str, list[Subject]] = defaultdict(list)
        for subject in known:
            self.add(subject)

    def add(self, subject: Subject) -> None:
        """Let later rows be this person."""
        if subject.person_id is not None:
            self._by_id[subject.person_id] = subject
        for former in subject.formers:
            self._by_id[former.person_id] = subject
        keys = (subject.key, *(former.key for former in subject.formers))
        for name in dict.fromkeys(map(whole, keys)):
            self._by_name[name].append(subject)
        for name in meanings(subject.key):
            self._by_meaning[name].append(subject)
        for number in subject.numbers:
            self._by_number[number].append(subject)
        for email in subject.emails:
            self._by_email[email].append(subject)

    def learn(self, subject: Subject, clues: Clues) -> None:
        """Let later rows be found by what this row told of the person."""
        if clues.number and clues.number not in subject.numbers:
            subject.numbers += (clues.number,)
            self._by_number[clues.number].append(subject)
        if clues.email and clues.email not in subject.emails:
            subject.emails += (clues.email,)
            self._by_email[clues.email].append(subject)
        subject.suffix = subject.suffix or clues.suffix
        subject.nickname = subject.nickname or clues.nickname
        if not middle(subject.key):
            subject.key = "\x1f".join((*subject.key.split("\x1f")[:2], clues.key.split("\x1f")[2]))
        if clues.phone and clues.phone not in subject.phones:
            subject.phones += (clues.phone,)
        if clues.agency and clues.agency not in subject.agencies:
            subject.agencies += (clues.agency,)

    def find(self, clues: Clues) -> Match:
        """Who the row is, by the strongest thing it tells."""
        known = self._by_id.get(clues.known_as) if clues.known_as is not None else None
        if known is not None:
            return Match(known, ("this row was imported before",))
        found = self._with_number(clues)
        if found is not None:
            return found
        found, warnings = self._with_email(clues)
        if found is not None:
            return found
        return self._with_name(clues, warnings)

    def stranger(self, clues: Clues) -> Match:
        """Somebody new because that was said; a state number that others have speaks against it."""
        holders = self._by_number.get(clues.number, []) if clues.number else []
        if not holders:
            return Match()
        return Match(
            problem=Remark(
                "state_number",
                f"{clues.number_written} is the state number of {holders[0].name} in "
                f"{holders[0].where}. Somebody else needs another one: correct it, or clear it.",
            )
        )

    def _with_number(self, clues: Clues) -> Match | None:
        holders = self._by_number.get(clues.number, []) if clues.number else []
        if not holders:
            return None
        fitting = [one for one in holders if name_fits(clues, one)]
        if len(fitting) == 1:
            return Match(fitting[0], ("same state number",), _unlike(clues, fitting[0]))
        if len(fitting) > 1:
            return Match(problem=_several(clues, fitting, "the state number and name"))
        renamed = [one for one in holders if may_be_renamed(clues, one)]
        if len(renamed) == 1:
            return Match(renamed[0], ("same state number and first name",), (_renamed(renamed[0]),))
        other = holders[0]
        return Match(
            problem=Remark(
                "state_number",
                f"{clues.number_written} is the state number of {other.name} in {other.where}, and "
                f"the name here is {clues.name}. Correct whichever is wrong, or skip the row.",
            )
        )

    def _with_email(self, clues: Clues) -> tuple[Match | None, tuple[Remark, ...]]:
        holders = self._by_email.get(clues.email, []) if clues.email else []
        fitting = [
            one
            for one in holders
            if name_fits(clues, one) and not middles_differ(clues.key, known_as(clues, one).key)
        ]
        if len(fitting) == 1:
            reasons = ("same e-mail address",)
            return Match(fitting[0], reasons, _unlike(clues, fitting[0])), ()
        if len(fitting) > 1:
            return Match(problem=_several(clues, fitting, "the e-mail address and name")), ()
        return None, tuple(
            Remark(
                "email",
                f"{clues.email} is also the address of {one.name} in {one.where}. "
                "They were kept apart because the names differ.",
            )
            for one in holders[:_MOST_NAMED]
        )

    def _with_name(self, clues: Clues, warnings: tuple[Remark, ...]) -> Match:
        namesakes = self._by_name.get(whole(clues.key), [])
        agreeing = [
            one
            for one in namesakes
            if evidence(clues, one) and not contradiction(clues, one) and same_suffix(clues, one)
        ]
        if len(agreeing) > 1:
            closer = [one for one in agreeing if middle(one.key) == middle(clues.key)]
            agreeing = closer if len(closer) == 1 else agreeing
        if len(agreeing) == 1:
            return Match(agreeing[0], (evidence(clues, agreeing[0]),), warnings)
        if agreeing:
            return Match(problem=_several(clues, agreeing, "this name and agency"))
        alike = tuple(_namesake(clues, one) for one in namesakes[:_MOST_NAMED])
        return Match(warnings=(*warnings, *alike, *self._short_forms(clues, namesakes)))

    def _short_forms(self, clues: Clues, namesakes: Sequence[Subject]) -> tuple[Remark, ...]:
        """Who may be meant by a short first name: to be looked at, never certain."""
        there = {
            id(one): one for name in meanings(clues.key) for one in self._by_meaning.get(name, ())
        }
        for one in namesakes:
            there.pop(id(one), None)
        found = [
            one
            for one in there.values()
            if evidence(clues, one) and not contradiction(clues, one) and same_suffix(clues, one)
        ]
        return tuple(_short_form(clues, one) for one in found[:_MOST_NAMED])


def _unlike(clues: Clues, other: Subject) -> tuple[Remark, ...]:
    """What differs about somebody who is found all the same."""
    found = []
    if clues.number and other.numbers and clues.number not in other.numbers:
        found.append(
            Remark(
                "state_number",
                f"The state number of {other.name} in {other.where} is another one "
                f"than {clues.number_written}. Look at which is right.",
            )
        )
    if middles_differ(clues.key, known_as(clues, other).key):
        found.append(
            Remark("", f"The middle name of {other.name} in {other.where} is another one.")
        )
    return tuple(found)


def _renamed(other: Subject) -> Remark:
    return Remark(
        "",
        f"In {other.where} this person is {other.name}: same state number and first name, another "
        "last name. Choose Update if the name has changed.",
    )


def _several(clues: Clues, found: list[Subject], what: str) -> Remark:
    listed = ", ".join(f"{one.name} in {one.where}" for one in found[:_MOST_NAMED])
    return Remark(
        "",
        f"{clues.name} can be several people with {what}: {listed}. Add a state number or an "
        "e-mail address that tells them apart, or skip the row.",
    )


def meanings(key: str) -> list[str]:
    """Last name with each first name that the first name of a key can stand for."""
    return [f"{last(key)} {name}" for name in meant(first(key))]


def _short_form(clues: Clues, other: Subject) -> Remark:
    shared = evidence(clues, other).removeprefix("same name and ").replace("same name, ", "")
    return Remark(
        "",
        f"{clues.name} may be {other.name} in {other.where}: one first name can be short for the "
        f"other, with the same {shared}. Skip this row if it is the same person.",
    )


def _namesake(clues: Clues, other: Subject) -> Remark:
    why = contradiction(clues, other)
    if not why:
        why = (
            "the suffixes differ" if not same_suffix(clues, other) else "only the name is the same"
        )
    return Remark(
        "",
        f"{other.name} stands in {other.where} already. They were kept apart because {why}. "
        "Skip this row if it is the same person.",
    )
