"""Whether two names can be one person's, from their sort keys; a guess, never a proof."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from cit_desktop.text import letters

_ALIKE = 0.9  # Jaro-Winkler likeness of first names that are one name misspelled


def last(key: str) -> str:
    """Letters of the last name in a key."""
    return _part(key, 0)


def first(key: str) -> str:
    """Letters of the first name in a key."""
    return _part(key, 1)


def middle(key: str) -> str:
    """Letters of the middle name in a key."""
    return _part(key, 2)


def whole(key: str) -> str:
    """Last and first name of a key, by which namesakes are found."""
    return f"{last(key)} {first(key)}"


def firsts_fit(one_key: str, two_key: str, nickname: str = "", other_nickname: str = "") -> bool:
    """Whether two first names can be one: `Dan` and `Daniel`, an initial, a nickname."""
    one, two = first(one_key), first(two_key)
    if one == two or not one or not two:
        return True
    short, long = sorted((one, two), key=len)
    if long.startswith(short) and (len(short) == 1 or len(short) > 2):
        return True
    if letters(nickname) == two or letters(other_nickname) == one:
        return True
    return bool(meant(one) & meant(two)) or _alike(one, two)


def meant(name: str) -> frozenset[str]:
    """The first names that a first name can stand for, itself included: `bob` and `robert`.

    Args:
        name: Its letters, as in a key.
    """
    return _short_names().get(name, frozenset()) | {name}


@cache
def _short_names() -> Mapping[str, frozenset[str]]:
    text = resources.files("resources").joinpath("short_names.toml").read_text("utf-8")
    return {short: frozenset(names) for short, names in tomllib.loads(text).items()}


def middles_differ(one: str, two: str) -> bool:
    """Whether two middle names cannot be one: an initial stands for the whole name."""
    short, long = sorted((middle(one), middle(two)), key=len)
    if not short:
        return False
    return not long.startswith(short) if len(short) == 1 else short != long


def suffixes_differ(one: str, two: str) -> bool:
    """Whether two suffixes cannot be one person's; a blank one says nothing."""
    return bool(one and two) and letters(one) != letters(two)


def _alike(one: str, two: str) -> bool:
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity(one, two) >= _ALIKE


def _part(key: str, position: int) -> str:
    part = key.split("\x1f")[position]
    return part if part.isalnum() else "".join(filter(str.isalnum, part))
