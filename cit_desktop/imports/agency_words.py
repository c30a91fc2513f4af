"""The name of an agency taken apart: which words are its own, and what it is.

`ROLLA POLICE DEPT` and `Rolla PD` are both the police of Rolla. Names are compared by
*signatures*: two names that share one may be one agency, the more surely the more it keeps.
The words are data in ``resources/agency_words.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from cit_desktop import catalogs
from cit_desktop.text import clean, fold

_INITIALS = re.compile(r"([a-z]{2,6}?)(\d{3})?")
_SCHOOL_NUMBER = re.compile(r"(?:#\s*|\b(?:no|nbr|number)\b\.?\s*)(\d{1,3})\b")
_R_NUMBER = re.compile(r"\b[rc]-?\s?(\d{1,3}|[ivx]{1,4})\b")
_NINE_ONE_ONE = re.compile(r"\be-?\s?911\b|\b9-1-1\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_IN_BRACKETS = re.compile(r"\((?:[a-z]{2,6}|[a-z]+ \d)\)")
_CITY_OF = re.compile(r"^(?:the )?(?:city|town|village) of (\w[\w ]*)")
_MIN_INITIALS = 3


@dataclass(frozen=True, slots=True)
class AgencyName:
    """What a name says.

    Attributes:
        core: The words of its own, without those that only say what it is.
        kinds: What it is: police, sheriff, school, …
        number: Of a school district.
        words: All words, written out.
        dropped: What was left out of the name as a part of it: ``troop i``.
    """

    core: tuple[str, ...]
    kinds: frozenset[str]
    number: int | None
    words: tuple[str, ...]
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Something that names of one agency share.

    Attributes:
        sure: 0 to 1, how likely names that share it are one agency.
        why: What it leaves out, as a reason in words; empty for nothing.
        is_initials: The name is nothing but these initials.
        has_initials: The name is written out and has them.
    """

    key: tuple[object, ...]
    sure: float
    why: str = ""
    is_initials: bool = False
    has_initials: bool = False


@cache
def _data() -> dict[str, Any]:
    text = resources.files("resources").joinpath("agency_words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(p.split()), kind) for kind, some in _data()["kinds"].items() for p in some]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


@lru_cache(maxsize=16384)
def read(text: str, state: str = "") -> AgencyName:
    """Take a name apart.

    Args:
        state: Postal code of the chapter's state, whose code and name mean the same.
    """
    plain, number, is_school = _numbered(_plain(text, state))
    words = tuple(_written_out(_tokens(plain), state))
    words, dropped = _without_unit(words)
    kinds, rest = _kinds(words)
    if is_school and not kinds:
        kinds = frozenset({"school"})
    if number is None and kinds == {"school"}:
        number, rest = _bare_number(rest)
    left = tuple(word for word in rest if word not in _data()["dropped"]["always"])
    if kinds == {"sheriff"}:
        left = tuple(word for word in left if word != "county")
    if "patrol" in kinds:
        left = tuple(word for word in left if word != "state") or _state_words(state)
    return AgencyName(left, kinds, number, words, dropped)


def signatures(name: AgencyName) -> Iterator[Signature]:
    """What the name can be known by, the surest first."""
    core, kinds = name.core, name.kinds
    if not core and name.number is None:
        return
    part = f"“{name.dropped.title()}” is a part of it" if name.dropped else ""
    yield Signature((frozenset(core), kinds, name.number), 0.9 if part else 0.97, part)
    shorter = _without_tails(core)
    if shorter != core:
        gone = " ".join(word.title() for word in core if word not in shorter)
        yield Signature((frozenset(shorter), kinds, name.number), 0.9, f"only without “{gone}”")
    if kinds == {"school"}:
        why = "" if name.number is None else "the number of the district is left out"
        yield Signature(("school", frozenset(core)), 0.85, why)
    if "university" in core and any("&" in word for word in core):
        bare = frozenset(core) - {"university"}
        yield Signature((bare, kinds, name.number), 0.88, "only without “University”")
    if kinds == {"dispatch"} and "county" in core:
        bare = frozenset(core) - {"county"}
        yield Signature((bare, kinds, name.number), 0.8, "only without “County”")
    yield from _initials(name)


def _initials(name: AgencyName) -> Iterator[Signature]:
    """The initials of a name that is written out, or the name that is nothing but initials."""
    alone = _alone(name)
    if alone:
        yield Signature(("initials", alone), 0.85, is_initials=True)
    if len(name.words) > 1:
        for words in (name.words, [w for w in name.words if w not in ("of", "the", "and")]):
            short = "".join(word if word.isdecimal() else word[0] for word in words)
            if len(short) >= _MIN_INITIALS:
                own = 0.85 if len(name.core) + ("county" in name.words) > 1 else 0.75
                yield Signature(("initials", short), own, has_initials=True)


def _alone(name: AgencyName) -> str:
    if len(name.words) == 1 and len(name.core) == 1 and not name.kinds:
        found = _INITIALS.fullmatch(name.core[0])
        word = name.core[0]
        if found and len(word) >= _MIN_INITIALS and (found[2] or len(word) <= 5):
            return word
    return ""


def _plain(text: str, state: str) -> str:
    """The text in small letters, without the state behind a comma and initials in brackets."""
    plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), fold(clean(text)))
    plain = _NINE_ONE_ONE.sub("911", _IN_BRACKETS.sub(" ", plain)).replace(".", " ")
    for written in (state.lower(), " ".join(_state_words(state))):
        if written:
            plain = re.sub(rf",\s*{written}\b(?:\s*\d{{5}})?", " ", plain)
    return _CITY_OF.sub(r"\1", " ".join(plain.split()))


def _numbered(text: str) -> tuple[str, int | None, bool]:
    """Take the number of a school district out: `#31`, `R-80`, `R-II`."""
    for pattern in (_SCHOOL_NUMBER, _R_NUMBER):
        found = pattern.search(text)
        if found and found[1] != "911":
            number = int(found[1]) if found[1].isdecimal() else _ROMAN.get(found[1])
            if number is not None:
                return f"{text[: found.start()]} {text[found.end() :]}", number, True
    return text, None, False


def _bare_number(rest: Sequence[str]) -> tuple[int | None, tuple[str, ...]]:
    numbers = [word for word in rest if word.isdecimal()]
    if len(numbers) != 1:
        return None, tuple(rest)
    return int(numbers[0]), tuple(word for word in rest if word != numbers[0])


def _tokens(plain: str) -> list[str]:
    text = re.sub(r"'s?\b", "", plain)
    text = re.sub(r"\b(\w)\s*&\s*(\w)\b", r"\1&\2", text).replace(" & ", " and ")
    return re.findall(r"\w+&\w+|[^\W_]+", text)


def _written_out(spelled: Sequence[str], state: str) -> Iterator[str]:
    """Each word written out; what `co`, `st` and a state's code mean depends on the place."""
    words: dict[str, str] = _data()["words"]
    for position, word in enumerate(spelled):
        after = spelled[position + 1] if position + 1 < len(spelled) else ""
        if word == "st":
            yield "state" if after in ("hwy", "highway", "patrol", "police") else "saint"
        elif word == "co":
            yield "county"
        elif word == state.lower() and (position == 0 or not after):
            yield from _state_words(state)
        elif (kept := _short_patrol(word, state)) is not None:
            yield from kept
        else:
            yield from words.get(word, word).split()


def _short_patrol(token: str, state: str) -> list[str] | None:
    """`mshp`, `mhp`: the patrol of the chapter's state by its initials."""
    letter = "".join(word[0] for word in _state_words(state))
    if letter and token in (f"{letter}shp", f"{letter}hp", f"{letter}sp"):
        return [*_state_words(state), "state", "highway", "patrol"]
    return None


@cache
def _state_words(state: str) -> tuple[str, ...]:
    named = {one.code: one.name for one in catalogs.states()}
    return tuple(fold(named.get(state, "")).split())


def _without_unit(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    for position, word in enumerate(words):
        if word in _data()["dropped"]["units"] and position + 1 < len(words) and position:
            kept = words[:position] + words[position + 2 :]
            return kept, " ".join(words[position : position + 2])
    return words, ""


def _kinds(words: Sequence[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """What the words say it is, and the words that are left."""
    rest = list(words)
    kinds = set()
    for phrase, kind in _phrases():
        length = len(phrase)
        for start in range(len(rest) - length + 1):
            if tuple(rest[start : start + length]) == phrase:
                kinds.add(kind)
                rest[start : start + length] = ["\0"] * length
    return frozenset(kinds), tuple(word for word in rest if word != "\0")


def _without_tails(core: tuple[str, ...]) -> tuple[str, ...]:
    tails = set(_data()["dropped"]["tails"])
    if "health" in core[:-1] or "medical" in core[:-1]:
        tails.add("hospital")
    left = core
    while len(left) > 1 and left[-1] in tails:
        left = left[:-1]
    return left
