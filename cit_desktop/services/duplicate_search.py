"""Comparing everybody with everybody, without doing so: only people who share something.

People who share a number, an address, a phone and a name, or a name and an agency are put
side by side; within such a group each two are compared once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.models import Employment, Person, StateNumber
from cit_desktop.progress import Progress
from cit_desktop.services import name_likeness as names
from cit_desktop.text import fold, letters

_CROWD: Final = 40  # so many who share something do not become likelier to be one by it
_LEAST: Final = 25  # fewer points are not worth a look
_STEP: Final = 2_000
_NUMBER, _EMAIL, _PHONE, _AGENCY = 60, 40, 25, 15
_SAME_NAME, _NICKNAME, _LIKE_NAME, _SAME_FIRST = 30, 25, 20, 5
_OTHER_NUMBER, _OTHER_NAME, _OTHER_EMAIL = 35, 30, 5


class Found(NamedTuple):
    """Two ids, the smaller one first, points, and the reasons in words."""

    one: int
    other: int
    score: int
    reasons: tuple[str, ...]


class _Number(NamedTuple):
    kind: str
    key: str
    number: str


@dataclass(slots=True)
class _Somebody:
    """A person as compared: names and nickname by their letters, numbers by their kind."""

    id: int
    key: str
    suffix: str
    nickname: str
    email: str
    phone: str
    archived: bool
    last: str
    first: str
    numbers: dict[str, _Number]
    agencies: frozenset[int] = frozenset()


def search(
    session: Session, apart: Collection[tuple[int, int]], progress: Progress
) -> tuple[list[Found], list[str]]:
    """Every two people with something in common that makes them worth a look, and notes.

    Raises:
        Cancelled: Progress asked to stop.
    """
    progress(0, 3, "Reading people")
    everybody = _everybody(session)
    progress(1, 3, "Comparing")
    groups, notes = _groups(everybody.values())
    seen: set[tuple[int, int]] = set(apart)
    found: list[Found] = []
    for done, group in enumerate(groups):
        if done % _STEP == 0:
            progress(1, 3, "Comparing")
        for one, two in combinations(sorted(group), 2):
            if (one, two) not in seen:
                seen.add((one, two))
                judged = _judged(everybody[one], everybody[two])
                if judged is not None:
                    found.append(judged)
    progress(3, 3, "Comparing")
    return found, notes


def _everybody(session: Session) -> dict[int, _Somebody]:
    columns = (
        Person.id,
        Person.sort_key,
        Person.suffix,
        Person.nickname,
        Person.email,
        Person.phone,
        Person.archived,
    )
    found = {row[0]: _somebody(*row) for row in session.execute(select(*columns))}
    numbers = select(
        StateNumber.person_id, StateNumber.kind, StateNumber.key, StateNumber.number
    ).where(StateNumber.key != "")
    for person_id, kind, key, number in session.execute(numbers.order_by(StateNumber.id.desc())):
        found[person_id].numbers[fold(kind)] = _Number(kind, key, number)
    agencies: defaultdict[int, set[int]] = defaultdict(set)
    for person_id, agency_id in session.execute(select(Employment.person_id, Employment.agency_id)):
        agencies[person_id].add(agency_id)
    for person_id, worked in agencies.items():
        found[person_id].agencies = frozenset(worked)
    return found


def _somebody(
    person_id: int, key: str, suffix: str, nickname: str, email: str, phone: str, archived: bool
) -> _Somebody:
    last, first, nick = names.last(key), names.first(key), letters(nickname)
    return _Somebody(person_id, key, suffix, nick, email, phone, archived, last, first, {})


def _groups(everybody: Collection[_Somebody]) -> tuple[list[list[int]], list[str]]:
    """People who share something, by what they share; a crowd is split by name."""
    shared: defaultdict[Hashable, list[int]] = defaultdict(list)
    whole: dict[int, str] = {}
    for person in everybody:
        whole[person.id] = f"{person.last} {person.first}"
        for key in _keys(person):
            shared[key].append(person.id)
    groups: list[list[int]] = []
    notes = []
    for key, ids in shared.items():
        if len(ids) < 2:
            continue
        if len(ids) <= _CROWD:
            groups.append(ids)
            continue
        by_name: defaultdict[str, list[int]] = defaultdict(list)
        for person_id in ids:
            by_name[whole[person_id]].append(person_id)
        groups += [some for some in by_name.values() if 2 <= len(some) <= _CROWD]
        if any(len(some) > _CROWD for some in by_name.values()):
            notes.append(f"{len(ids):,} people share {_what(key)}; they were not compared.")
    return groups, notes


def _keys(person: _Somebody) -> Iterator[Hashable]:
    for kind, number in person.numbers.items():
        yield ("number", kind, number.key)
    if person.email:
        yield ("email", person.email)
    if person.phone:
        yield ("phone", person.phone, "last", person.last)
        yield ("phone", person.phone, "first", person.first)
    for agency_id in person.agencies:
        yield ("agency", agency_id, person.last)
    yield ("name", person.last, person.first)
    if person.nickname:
        yield ("name", person.last, person.nickname)


def _what(key: Hashable) -> str:
    assert isinstance(key, tuple)  # noqa: S101 - made above
    words = {"number": "one state number", "email": "one e-mail address", "phone": "one phone"}
    return words.get(key[0], "one name")


def _judged(one: _Somebody, two: _Somebody) -> Found | None:
    """What speaks for and against two people being one; None: too little for a look."""
    if one.archived and two.archived:
        return None
    of_number = _of_numbers(one, two)
    of_name = _of_name(one, two)
    if of_name is None and not any(points > 0 for points, _ in of_number):
        return None
    said = [*of_number, *([of_name] if of_name else []), *_of_rest(one, two)]
    score = sum(points for points, _ in said)
    if score < _LEAST:
        return None
    speaks = [words for points, words in sorted(said, key=lambda s: -s[0]) if points > 0]
    against = [f"but {words}" for points, words in said if points < 0 and words]
    return Found(one.id, two.id, score, (*speaks, *against))


def _of_numbers(one: _Somebody, two: _Somebody) -> list[tuple[int, str]]:
    found = []
    for kind in one.numbers.keys() & two.numbers.keys():
        own, theirs = one.numbers[kind], two.numbers[kind]
        if own.key == theirs.key:
            found.append((_NUMBER, f"same {own.kind} {own.number}"))
        else:
            found.append((-_OTHER_NUMBER, f"{own.kind} {own.number} and {theirs.number}"))
    return sorted(found, reverse=True)


def _of_rest(one: _Somebody, two: _Somebody) -> Iterator[tuple[int, str]]:
    if one.email and two.email:
        same = one.email == two.email
        yield (_EMAIL, "same e-mail") if same else (-_OTHER_EMAIL, "")
    if one.phone and one.phone == two.phone:
        yield _PHONE, "same phone"
    if one.last == two.last and one.agencies & two.agencies:
        yield _AGENCY, "same agency"
    if names.middles_differ(one.key, two.key):
        yield -_OTHER_NAME, "other middle names"
    if names.suffixes_differ(one.suffix, two.suffix):
        yield -_OTHER_NAME, "other suffixes"


def _of_name(one: _Somebody, two: _Somebody) -> tuple[int, str] | None:
    """Points for the name alone; None where the names cannot be one person's."""
    if one.last != two.last:
        same_first = bool(one.first) and one.first == two.first
        return (_SAME_FIRST, "same first name") if same_first else None
    if one.first == two.first:
        return _SAME_NAME, "same name"
    if (one.nickname and one.nickname == two.first) or (two.nickname and two.nickname == one.first):
        return _NICKNAME, "nickname"
    if names.firsts_fit(one.key, two.key):
        return _LIKE_NAME, "like first names"
    return None
