"""Names written in capitals or in small letters only, as people write them."""

from __future__ import annotations

import re

# Small in the middle of a name: Juan de la Cruz. At its very front they are kept small, too,
# but for those that American families write large there.
_SMALL = {
    "da", "das", "de", "del", "della", "den", "der", "des", "do", "dos", "du", "e", "la", "las",
    "los", "ten", "ter", "und", "van", "von", "vom", "y", "zu", "zum", "zur", "bin", "ibn",
}  # fmt: skip
_LARGE_IN_FRONT = {"van", "la", "las", "los", "du", "do", "ten", "ter", "den", "des", "e", "y"}
_MAC = {
    "alister", "allister", "alpine", "arthur", "askill", "aulay", "bean", "beth", "bride",
    "callum", "cormack", "coy", "diarmid", "donald", "donell", "donnell", "dougal", "dougall",
    "dowell", "duff", "eachern", "ewan", "ewen", "fadden", "farland", "farlane", "gill",
    "gillivray", "ginnis", "gowan", "gregor", "gyver", "innes", "innis", "intosh", "intyre",
    "iver", "ivor", "kay", "kenna", "kenzie", "kinley", "kinnon", "kintosh", "lachlan", "laine",
    "laren", "laughlin", "lea", "lean", "leish", "lellan", "lennan", "leod", "manus", "master",
    "millan", "murray", "nab", "namara", "neil", "neill", "nicol", "phail", "phee", "pherson",
    "quarrie", "queen", "rae", "ritchie", "shane", "swain", "tavish", "vicar", "william",
}  # fmt: skip
_ROMAN = {"ii", "iii", "iv", "vi", "vii"}
_INITIALS = {"aj", "ac", "al", "ad", "ej", "ec", "jd", "jj"} - {"al"}
_PIECE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def is_uniform(text: str) -> bool:
    """Whether all letters have one case, so that their case says nothing."""
    return sum(map(str.isalpha, text)) > 1 and (text.isupper() or text.islower())


def name(text: str, *, given: bool = False) -> str:
    """Write a name with the usual large and small letters.

    Args:
        given: It is a first name: `CJ` and `TJ` stay initials, particles are not expected.
    """
    words = text.split()
    return " ".join(
        _word(word, first=position == 0, last=position == len(words) - 1, given=given)
        for position, word in enumerate(words)
    )


def _word(word: str, *, first: bool, last: bool, given: bool) -> str:
    lower = word.lower()
    bare = lower.strip(".,")
    if bare in _ROMAN:
        return word.upper()
    if bare in _SMALL and not last and not given:
        return _capital(lower) if first and bare in _LARGE_IN_FRONT else lower
    if given and len(bare) == 2 and (bare in _INITIALS or not re.search("[aeiouy]", bare)):
        return word.upper()
    return _PIECE.sub(lambda found: _piece(found.group().lower()), word)


def _piece(piece: str) -> str:
    head, mark, tail = piece.partition("’" if "’" in piece else "'")
    if mark:
        if len(tail) < 2 and len(head) > 1:  # a possessive or a cut: Ja'k stays one word
            return _capital(head) + mark + tail
        return _capital(head) + mark + _piece(tail)
    if piece.startswith("mc") and len(piece) > 3:
        return "Mc" + _capital(piece[2:])
    if piece.startswith("mac") and piece[3:] in _MAC:
        return "Mac" + _capital(piece[3:])
    return _capital(piece)


def _capital(piece: str) -> str:
    return piece[:1].title() + piece[1:]
