"""Text that people type, and the keys it is found and sorted by."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
        "ħ": "h", "ŧ": "t", "ŋ": "n", "’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-",
    }
)  # fmt: skip
_HALVES = frozenset(map(chr, range(0xD800, 0xE000)))  # of a letter: no file can hold them
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean(value: str) -> str:
    """The text in one normal form: NFC, single spaces, nothing invisible."""
    if value.isprintable() and unicodedata.is_normalized("NFC", value):
        return " ".join(value.split())  # nearly every text: nothing to look for letter by letter
    kept = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", value)
        if char.isspace() or unicodedata.category(char) not in _DROPPED
    )
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def clean_lines(value: str) -> str:
    """Like :func:`clean`, keeping the lines of a note."""
    return "\n".join(clean(line) for line in value.splitlines()).strip()


def fold(value: str) -> str:
    """What a text is compared by: no accents, no case, no difference of dashes and quotes."""
    if value.isascii():  # nearly every text, and six times as fast
        return " ".join(value.casefold().split())
    decomposed = unicodedata.normalize("NFKD", value.casefold().translate(_LETTERS))
    bare = "".join(c for c in decomposed if not (unicodedata.combining(c) or c in _HALVES))
    return " ".join(bare.casefold().split())


def sort_key(*parts: str) -> str:
    """The stored key that orders records by these parts, the first one first."""
    return "\x1f".join(fold(part) for part in parts)


def letters(value: str) -> str:
    """Only the letters and digits of a folded text; for comparing numbers and spellings."""
    return "".join(filter(str.isalnum, fold(value)))
