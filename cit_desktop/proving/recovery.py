"""A private key as lines to print and to type in again; each line finds its own typing errors."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from cit_desktop.errors import Refused

LINES: Final = 4
_BYTES = 8  # of the key on each line, and two that check them
_READ_AS = str.maketrans({"0": "O", "1": "I", "8": "B"})  # digits that no line has
_LABEL = re.compile(r"^\s*[1-4](?:\s*[.:)]\s*|\s+)")


def lines_of(private_key: str) -> tuple[str, ...]:
    """Four lines of four groups of four letters, from a private key in base64."""
    raw = base64.b64decode(private_key)
    parts = [raw[at : at + _BYTES] for at in range(0, LINES * _BYTES, _BYTES)]
    return tuple(_line(number, part) for number, part in enumerate(parts))


def private_key_of(text: str) -> str:
    """The private key, in base64, that four typed lines hold; spaces and case do not matter.

    Raises:
        Refused: A line is missing, or has a letter that was mistyped; says which line.
    """
    typed = [_LABEL.sub("", line) for line in text.splitlines() if line.strip()]
    if len(typed) == 1:
        letters = _letters(typed[0])
        typed = [letters[at : at + 16] for at in range(0, len(letters), 16)]
    if len(typed) != LINES:
        raise _wrong(f"A recovery sheet has {LINES} lines. Lines that were typed: {len(typed)}.")
    return base64.b64encode(b"".join(_part(n, line) for n, line in enumerate(typed))).decode()


def _line(number: int, part: bytes) -> str:
    letters = base64.b32encode(part + _check(number, part)).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _part(number: int, line: str) -> bytes:
    letters = _letters(line)
    if len(letters) != 16:
        raise _wrong(f"Line {number + 1} has {len(letters)} letters instead of 16.")
    try:
        whole = base64.b32decode(letters)
    except ValueError as error:
        raise _wrong(f"Line {number + 1} has a letter that no line has.") from error
    part, check = whole[:_BYTES], whole[_BYTES:]
    if check != _check(number, part):
        raise _wrong(f"Line {number + 1} has a mistyped letter, or is another line.")
    return part


def _letters(line: str) -> str:
    return re.sub(r"[\s\-–]", "", line).upper().translate(_READ_AS)


def _check(number: int, part: bytes) -> bytes:
    return hashlib.sha256(b"CIT recovery line %d:" % (number + 1) + part).digest()[:2]


def _wrong(sentence: str) -> Refused:
    return Refused(sentence, "Compare it with the sheet.", {"recovery": sentence})
