"""A name written in one cell, taken apart; and the parts put right when they come apart already.

The order of words and the particles are nameparser's work. Its own lists of titles hold
everyday first names (Dean, Earl, Judge, Major, Junior), so ranks, suffixes and letters after
a name are taken off here first, by lists made for rosters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from cit_desktop.imports import letter_case, name_words
from cit_desktop.text import clean

_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'"}
)
_NICKNAME = re.compile(r"\s*(?:\"([^\"]*)\"|\(([^()]*)\)|(?<!\S)'([^']+)'(?!\S))\s*")
_GLUED_SAINT = re.compile(r"\b(St)\.(?=[^\W\d_])", re.IGNORECASE)
_EVERYDAY = re.compile(r"([A-Z][a-z]+), ([A-Z][a-z]+)(?: (?:([A-Z])\.?|([A-Z][a-z]+)))?")
_TELLING = frozenset(
    {*name_words.SUFFIXES, *name_words.RANKS, *name_words.AFTER, *name_words.PARTICLES}
)
_SPACED_O = re.compile(r"\b(O')\s+(?=[^\W\d_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts.

    Attributes:
        rank: What stood in front of it: Sgt., Dr.
        credentials: What stood behind it: RN, LCSW.
    """

    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""
    nickname: str = ""
    rank: str = ""
    credentials: str = ""


@lru_cache(maxsize=4096)
def split_name(text: str, *, family_first: bool = False) -> Name:
    """Take a written name apart; no word of it is lost.

    Args:
        family_first: Without a comma the family name comes first (`Smith James Lee`), as a
            heading such as "Last, First" says.
    """
    return _everyday(text) or _taken_apart(text, family_first=family_first)


def _everyday(text: str) -> Name | None:
    """What most names of a long list are, and all that is in them: `Smith, James L.`"""
    found = _EVERYDAY.fullmatch(text)
    if found is None or any(word.strip(",.") in _TELLING for word in text.lower().split()):
        return None
    last, first, initial, middle = found.groups("")
    return Name(first, initial or middle, last)


def _taken_apart(text: str, *, family_first: bool = False) -> Name:
    text = clean(text).translate(_QUOTES)
    uniform = letter_case.is_uniform(text)
    text, nickname = _take_nicknames(text)
    parts = [part.strip() for part in _commas(text) if any(map(str.isalnum, part))]
    parts, suffixes, after = _take_behind(parts)
    if not parts:
        return Name(last=" ".join((*suffixes, *after)), nickname=nickname)
    parts, ranks = _take_ranks(parts)
    found = _by_comma(parts) if len(parts) > 1 else _by_order(parts[0], family_first)
    found = replace(
        found,
        suffix=" ".join(suffixes),
        nickname=nickname,
        rank=" ".join(ranks),
        credentials=", ".join(after),
    )
    return cased(found, uniform=uniform)


def cased(found: Name, *, uniform: bool | None = None) -> Name:
    """Mend the letter case where the source's case says nothing, and only there."""
    whole = f"{found.first} {found.middle} {found.last}"
    if uniform is None:
        uniform = letter_case.is_uniform(whole)
    return replace(
        found,
        first=_cased(found.first, uniform, given=True),
        middle=_cased(found.middle, uniform, given=True),
        last=_cased(found.last, uniform, given=False),
        nickname=_cased(found.nickname, uniform, given=True),
    )


def _cased(part: str, uniform: bool, *, given: bool) -> str:
    loud = part.isupper() and sum(map(str.isalpha, part)) > 2  # SMITH, John
    small = uniform and part.islower()
    if loud or small or (uniform and part.isupper()):
        return letter_case.name(part, given=given)
    return part


def join_parts(first: str, middle: str, last: str, suffix: str) -> Name:
    """Put right a name that came in columns: a suffix behind the last name, an initial or a
    rank with the first, capitals throughout."""
    first, nickname = _take_nicknames(clean(first).translate(_QUOTES))
    last = clean(last).translate(_QUOTES)
    suffix = clean(suffix)
    first_parts, first_suffixes, first_after = _take_behind(_listed(first))
    last_parts, last_suffixes, last_after = _take_behind(_listed(last))
    first_parts, ranks = _take_ranks(first_parts) if first_parts else ([], [])
    first, last = " ".join(first_parts), " ".join(last_parts)
    middle = _middle(clean(middle).translate(_QUOTES).split())
    words = first.split()
    if not middle and len(words) > 1 and _is_initial(words[-1]) and not _is_initial(words[0]):
        first, middle = " ".join(words[:-1]), words[-1][0]
    written = [suffix_of(suffix) or suffix] if suffix else []
    return cased(
        Name(
            first,
            middle,
            last,
            " ".join(dict.fromkeys((*written, *last_suffixes, *first_suffixes))),
            nickname,
            " ".join(ranks),
            ", ".join((*last_after, *first_after)),
        )
    )


def suffix_of(word: str) -> str | None:
    """The usual form of a generation suffix: Jr., III; None when it is none."""
    return name_words.SUFFIXES.get(word.strip(" .,").lower())


def _listed(part: str) -> list[str]:
    return [piece for piece in (piece.strip(" ;") for piece in part.split(",")) if piece]


def _commas(text: str) -> list[str]:
    text = _SPACED_O.sub(r"\1", _GLUED_SAINT.sub(r"\1. ", text))
    parts = re.split(r"[,;]", text)
    if len(parts) > 1:
        return parts
    words = text.split()
    for position, word in enumerate(words[1:-1], start=1):
        if (suffix_of(word) or "V") != "V":  # `Smith Jr James`: who has it stands before it
            return [" ".join(words[: position + 1]), " ".join(words[position + 1 :])]
    return parts


def _take_nicknames(text: str) -> tuple[str, str]:
    found = [next(filter(None, groups), "").strip() for groups in _NICKNAME.findall(text)]
    bare = clean(_NICKNAME.sub(" ", text))
    if not bare.strip(" ,."):  # only a nickname: then it is the name
        return re.sub(r"[\"()]", " ", text), ""
    return bare, ", ".join(filter(None, found))


def _take_behind(parts: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Take suffixes and letters off the ends of the parts between commas."""
    kept: list[str] = []
    suffixes: list[str] = []
    after: list[str] = []
    for number, part in enumerate(parts):
        words = part.split()
        alone = number > 0 and all(_is_behind(word, alone=True) for word in words)
        taken: list[str] = []
        while words and _may_go(words, number, len(parts), alone):
            taken.insert(0, words.pop())
        suffixes += [found for word in taken if (found := suffix_of(word))]
        after += [word for word in taken if not suffix_of(word)]
        if words:
            kept.append(" ".join(words))
    return kept, list(dict.fromkeys(suffixes)), after


def _may_go(words: list[str], number: int, parts: int, alone: bool) -> bool:
    """Whether the last word is a suffix or letters, and not the name itself."""
    if alone:
        return True
    if len(words) == 1 or not _is_behind(words[-1], alone=False):
        return False
    suffix = suffix_of(words[-1])
    if suffix == "V":  # `Smith, John V` has an initial, `Smith V, John` and `John Smith V` a suffix
        return number == 0 and (parts > 1 or len(words) > 2)
    return suffix is not None or number > 0 or parts > 1 or len(words) > 2


def _is_behind(word: str, *, alone: bool) -> bool:
    bare = word.strip(".,").lower()
    if bare in name_words.SUFFIXES:
        return alone or bare not in name_words.SPELLED
    plain = bare.replace(".", "")
    if plain not in name_words.AFTER:
        return False
    written_so = not word.istitle() or "." in word or len(plain) > 4
    return alone or (plain not in name_words.AFTER_OR_SURNAME and written_so)


def _take_ranks(parts: list[str]) -> tuple[list[str], list[str]]:
    """Take ranks off the front of a part, and parts that are nothing but a rank."""
    kept: list[str] = []
    ranks: list[str] = []
    for number, part in enumerate(parts):
        words = part.split()
        if number > 0 and _is_only_rank(words, len(parts)):
            ranks += words
            continue
        while _is_rank(words, alone=len(parts) > 1):
            ranks.append(words.pop(0))
        kept.append(" ".join(words))
    return kept, ranks


def _is_only_rank(words: list[str], parts: int) -> bool:
    return all(map(_is_plain_rank, words)) and (
        parts > 2 or any(word.strip(".").lower() not in name_words.ALSO_NAMES for word in words)
    )


def _is_plain_rank(word: str) -> bool:
    return word.strip(".").lower() in name_words.RANKS


def _is_rank(words: list[str], *, alone: bool) -> bool:
    """Whether the first word is a rank: `Major Smith` is a person, `Major John Smith` has one."""
    word = words[0]
    bare = word.strip(".").lower()
    if bare not in name_words.RANKS or len(words) == 1:
        return False
    if bare not in name_words.ALSO_NAMES or word.endswith("."):
        return True
    if alone:  # `Chief King, Ann`: what stands in front of the comma
        return bare in name_words.RANKS_BEFORE_SURNAME
    return len(words) > 2 and not _is_initial(words[1])


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isalpha()


def _by_comma(parts: list[str]) -> Name:
    first, *middle = [word for part in parts[1:] for word in part.split()]
    return Name(first, _middle(middle), parts[0])


def _middle(words: list[str]) -> str:
    """Middle names; an initial stands without its full stop."""
    return " ".join(word[0] if _is_initial(word) else word for word in words)


def _by_order(text: str, family_first: bool) -> Name:
    words = text.split()
    if len(words) == 1:
        return Name(last=text)
    if family_first:
        length = 1
        while (
            length < len(words) - 1 and words[length - 1].lower().strip(".") in name_words.PARTICLES
        ):
            length += 1
        return Name(words[length], _middle(words[length + 1 :]), " ".join(words[:length]))
    found = _parse(text)
    parts = f"{found.first} {found.middle} {found.last}".split()
    if sorted(parts) != sorted(words) or not found.first or not found.last:
        return Name(words[0], _middle(words[1:-1]), words[-1])
    first = found.first.split()  # of `Al J Do`, nameparser makes the first name `Al J`
    middle = [*first[1:], *found.middle.split()] if _is_initial(first[-1]) else None
    if len(first) > 1 and middle:
        return Name(first[0], _middle(middle), found.last)
    return Name(found.first, _middle(found.middle.split()), found.last)


_constants: Any = None


def _parse(text: str) -> Any:
    """What nameparser makes of it, without its titles and suffixes."""
    global _constants
    from nameparser import HumanName
    from nameparser.config import Constants

    if _constants is None:
        _constants = Constants(titles=set(), suffix_acronyms=set(), suffix_not_acronyms=set())
    return HumanName(text, constants=_constants)
