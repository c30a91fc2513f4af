"""Who a row is: somebody of the records, somebody of an earlier row, or somebody new.

Two people are never merged by a guess. A state number or an e-mail address says who somebody is,
as long as the name does not speak against it; a name alone never does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cit_desktop.services import names
from cit_desktop.text import fold, letters

_MOST_NAMED = 3  # namesakes that a warning lists
_ALIKE = 0.9  # Jaro-Winkler likeness of first names that are one name misspelled


@dataclass(slots=True)
class Subject:
    """Somebody a row may be: a person of the records, or one that an earlier row brought.

    Attributes:
        row: The first row of the file that is this person; None until there is one.
        key: Folded last, first and middle name, as ``text.sort_key`` makes it.
        numbers: Keys of the state numbers of the kind that the file holds.
        agencies: Keys of agencies, see :func:`agency_key`.
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

    @property
    def where(self) -> str:
        """Where this person stands, for sentences."""
        if self.person_id is None:
            return f"row {self.row}"
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
        for subject in known:
            self.add(subject)

    def add(self, subject: Subject) -> None:
        """Let later rows be this person."""
        if subject.person_id is not None:
            self._by_id[subject.person_id] = subject
        self._by_name[_whole(subject.key)].append(subject)
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
        if not _middle(subject.key):
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

    def _with_number(self, clues: Clues) -> Match | None:
        holders = self._by_number.get(clues.number, []) if clues.number else []
        if not holders:
            return None
        fitting = [one for one in holders if _name_fits(clues, one)]
        if len(fitting) == 1:
            return Match(fitting[0], ("same state number",), _unlike(clues, fitting[0]))
        if len(fitting) > 1:
            return Match(problem=_several(clues, fitting, "the state number and name"))
        renamed = [one for one in holders if _may_be_renamed(clues, one)]
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
            if _name_fits(clues, one) and not _middles_differ(clues.key, one.key)
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
        namesakes = self._by_name.get(_whole(clues.key), [])
        agreeing = [
            one
            for one in namesakes
            if _evidence(clues, one) and not _contradiction(clues, one) and _same_suffix(clues, one)
        ]
        if len(agreeing) > 1:
            middle = [one for one in agreeing if _middle(one.key) == _middle(clues.key)]
            agreeing = middle if len(middle) == 1 else agreeing
        if len(agreeing) == 1:
            return Match(agreeing[0], (_evidence(clues, agreeing[0]),), warnings)
        if agreeing:
            return Match(problem=_several(clues, agreeing, "this name and agency"))
        alike = tuple(_namesake(clues, one) for one in namesakes[:_MOST_NAMED])
        return Match(warnings=(*warnings, *alike))


def _evidence(clues: Clues, other: Subject) -> str:
    """What, besides the name, speaks for one person; empty if nothing does."""
    agency = bool(clues.agency) and clues.agency in other.agencies
    phone = bool(clues.phone) and clues.phone in other.phones
    if agency and phone:
        return "same name, agency and phone"
    if agency:
        return "same name and agency"
    return "same name and phone" if phone else ""


def _contradiction(clues: Clues, other: Subject) -> str:
    """What speaks against one person; empty if nothing does."""
    if clues.number and other.numbers and clues.number not in other.numbers:
        return "the state numbers differ"
    if _middles_differ(clues.key, other.key):
        return "the middle names differ"
    same_phone = bool(clues.phone) and clues.phone in other.phones
    if clues.email and other.emails and clues.email not in other.emails and not same_phone:
        return "the e-mail addresses differ"
    return ""


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
    if _middles_differ(clues.key, other.key):
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


def _namesake(clues: Clues, other: Subject) -> Remark:
    why = _contradiction(clues, other)
    if not why:
        why = (
            "the suffixes differ" if not _same_suffix(clues, other) else "only the name is the same"
        )
    return Remark(
        "",
        f"{other.name} stands in {other.where} already. They were kept apart because {why}. "
        "Skip this row if it is the same person.",
    )


def _name_fits(clues: Clues, other: Subject) -> bool:
    """Whether the name allows that both are one person: `Dan Lee Jr.` and `Daniel Lee`."""
    if _last(clues.key) != _last(other.key) or _suffixes_differ(clues, other):
        return False
    one, two = _first(clues.key), _first(other.key)
    if one == two or not one or not two:
        return True
    short, long = sorted((one, two), key=len)
    if long.startswith(short) and (len(short) == 1 or len(short) > 2):
        return True
    if letters(clues.nickname) == two or letters(other.nickname) == one:
        return True
    return _alike(one, two)


def _alike(one: str, two: str) -> bool:
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity(one, two) >= _ALIKE


def _may_be_renamed(clues: Clues, other: Subject) -> bool:
    """Whether only the last name differs from that of a person of the records."""
    same_first = _first(clues.key) == _first(other.key)
    return bool(other.person_id) and same_first and not _suffixes_differ(clues, other)


def _suffixes_differ(clues: Clues, other: Subject) -> bool:
    return bool(clues.suffix and other.suffix) and not _same_suffix(clues, other)


def _same_suffix(clues: Clues, other: Subject) -> bool:
    return letters(clues.suffix) == letters(other.suffix)


def _middles_differ(one: str, two: str) -> bool:
    """Whether two middle names cannot be one: an initial stands for the whole name."""
    short, long = sorted((_middle(one), _middle(two)), key=len)
    if not short:
        return False
    return not long.startswith(short) if len(short) == 1 else short != long


def _part(key: str, position: int) -> str:
    part = key.split("\x1f")[position]
    return part if part.isalnum() else "".join(filter(str.isalnum, part))


def _last(key: str) -> str:
    return _part(key, 0)


def _first(key: str) -> str:
    return _part(key, 1)


def _middle(key: str) -> str:
    return _part(key, 2)


def _whole(key: str) -> str:
    return f"{_last(key)} {_first(key)}"


def written_name(values: Mapping[str, object]) -> str:
    """The name of a row as a sentence has it."""
    parts = [str(values.get(part, "")) for part in ("first", "middle", "last", "suffix")]
    return names.full(*parts)


def same_text(one: str, two: str) -> bool:
    """Whether two texts differ by case, accents and spaces at most."""
    return one == two or fold(one) == fold(two)
