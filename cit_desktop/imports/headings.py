"""What a heading says by its words alone; the words are data in ``resources/headings.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from cit_desktop.text import clean, fold

IGNORED = "ignored"
SURE = 0.75

_PERSONS = {
    "officer", "student", "attendee", "participant", "trainee", "employee", "name", "person",
    "graduate", "member", "registrant", "deputy", "candidate", "your",
}  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NUMBER = re.compile(r"#|\b(?:no|num|nbr|nr)\b\.?|№")


@dataclass(frozen=True, slots=True)
class _Words:
    exact: frozenset[str]
    phrases: tuple[str, ...]
    excluded: frozenset[str]


def plain(heading: str) -> str:
    """A heading as it is compared: small letters, words only."""
    text = fold(_CAMEL.sub(" ", clean(heading)).replace("_", " "))
    text = re.sub(r"\be[- ]mails?\b", "email", re.sub(r"'s?\b", "", text))
    text = _NUMBER.sub(" number ", text.replace("&", " and "))
    return " ".join(re.findall(r"[^\W_]+", text))


@cache
def _vocabulary() -> Mapping[str, _Words]:
    text = resources.files("resources").joinpath("headings.toml").read_text("utf-8")
    return {
        field: _Words(
            frozenset(words.get("exact", ())),
            tuple(words.get("words", ())),
            frozenset(words.get("not", ())),
        )
        for field, words in tomllib.loads(text).items()
    }


@lru_cache(maxsize=4096)
def scores(heading: str) -> Mapping[str, float]:
    """How well a heading names each field, 0 to 1; fields that it does not name are left out."""
    whole, base = plain(heading), plain(_BRACKETS.sub(" ", heading))
    if not whole:
        return {}
    found: dict[str, float] = {}
    for field, words in _vocabulary().items():
        score = max(_score(whole, words), _score(base, words) - 0.02 if base != whole else 0.0)
        if score > 0:
            found[field] = score
    bare = _of_person(whole)
    if bare != whole:  # `Student First` under a heading of two rows
        for field, score in scores(bare).items():
            found[field] = max(found.get(field, 0.0), score - 0.05)
    tokens = set(whole.split())
    if {"last", "first"} <= tokens and not tokens & _vocabulary()["full_name"].excluded:
        found = {**found, "full_name": 0.95, "last": 0.2, "first": 0.2}
    return found


def _of_person(text: str) -> str:
    """A heading without the word for the person whose column it is."""
    first, _, rest = text.partition(" ")
    return rest if rest and first in _PERSONS else text


def _score(text: str, words: _Words) -> float:
    if not text:
        return 0.0
    if text in words.exact:
        return 0.97
    tokens = text.split()
    if words.excluded & {*tokens, *(token.removesuffix("s") for token in tokens)}:
        return 0.0
    padded = f" {text} "
    lengths = [len(phrase.split()) for phrase in words.phrases if f" {phrase} " in padded]
    return 0.6 + 0.3 * max(lengths) / len(tokens) if lengths else 0.0


def best(heading: str) -> tuple[str | None, float]:
    """The field (or ``ignored``) that the words name best, and how well."""
    found = scores(heading)
    if not found:
        return None, 0.0
    field = max(found, key=lambda key: found[key])
    return field, found[field]


def is_family_first(heading: str) -> bool:
    """Whether the heading says that the family name comes first: `Name (Last, First MI)`."""
    tokens = plain(heading).split()
    return "last" in tokens and "first" in tokens and tokens.index("last") < tokens.index("first")
