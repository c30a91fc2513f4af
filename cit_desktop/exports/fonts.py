"""The typefaces that are embedded in every PDF, and what they can draw."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from typing_extensions import override

from cit_desktop.errors import Refused


class Face(StrEnum):
    """A bundled typeface. All of them draw Latin, Vietnamese, Greek and Cyrillic letters."""

    SERIF = "CIT-Serif"
    SERIF_ITALIC = "CIT-Serif-Italic"
    SANS = "CIT-Sans"
    SANS_MEDIUM = "CIT-Sans-Medium"
    SANS_BOLD = "CIT-Sans-Bold"


_FILES = {
    Face.SERIF: ("fontpkg_eb_garamond", "EBGaramond[wght].ttf"),
    Face.SERIF_ITALIC: ("fontpkg_eb_garamond", "EBGaramond-Italic[wght].ttf"),
    Face.SANS: ("fontpkg_fira_sans", "FiraSans-Regular.ttf"),
    Face.SANS_MEDIUM: ("fontpkg_fira_sans", "FiraSans-Medium.ttf"),
    Face.SANS_BOLD: ("fontpkg_fira_sans", "FiraSans-SemiBold.ttf"),
}
_NO_BREAK, _RARE, _ROOM = 0xA0, 128, 128
_PLAIN = {
    **{"‐": "-", "‑": "-", "\u00ad": ""},  # hyphens that look the same, and one never seen
    **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
}


class WholeLines(TTFont):  # type: ignore[misc]
    """A typeface of which a document keeps subsets, and sets each line from a single one.

    A line of two subsets is drawn in two pieces, and readers see a space where a narrow letter
    follows. Each subset has all of ASCII and room for 128 letters more.
    """

    @override
    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        state, known = self._assignState(doc), self.face.charToGlyph
        if not hasattr(state, "places"):
            state.subsets, state.places = [], []
            _subset_for(state, ())
        if text.isascii() and text.isprintable():  # nearly every line: every subset has it
            return [(0, text.encode())] if text else []
        codes = [32 if code == _NO_BREAK else code for code in map(ord, text)]
        rare = dict.fromkeys(code for code in codes if code >= _RARE and code in known)
        if len(rare) > _ROOM:
            middle = len(text) // 2
            return [
                *self.splitString(text[:middle], doc, encoding),
                *self.splitString(text[middle:], doc, encoding),
            ]
        number = _subset_for(state, rare)
        places = state.places[number]
        line = bytes([places.get(code, 0) for code in codes])
        return [(number, line)] if line else []


def _subset_for(state: Any, rare: Collection[int]) -> int:
    """The first subset that has these letters or takes those it lacks; a new one else."""
    fitting = (
        number
        for number, places in enumerate(state.places)
        if len(places.keys() | set(rare)) <= _RARE - 32 + _ROOM
    )
    number = next(fitting, len(state.places))
    if number == len(state.places):
        state.subsets.append([0] * 32 + list(range(32, _RARE)))
        state.places.append({code: code for code in range(32, _RARE)})
    for code in rare:
        if code not in state.places[number]:
            state.places[number][code] = len(state.subsets[number])
            state.subsets[number].append(code)
    return number


@cache
def load(face: Face) -> Any:
    """The typeface, known to reportlab from now on."""
    package, name = _FILES[face]
    with resources.as_file(resources.files(package) / "files" / name) as path:
        font = WholeLines(face.value, str(path), shapable=False)
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """The text as one line to draw: composed letters, single spaces, no control characters."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if c.isspace() else _PLAIN.get(c, c) for c in composed)
    return " ".join(_without_controls(spaced).split())


def missing_glyphs(text: str, face: Face) -> str:
    """The letters of the text that the typeface cannot draw, each once, in their order."""
    known = load(face).face.charToGlyph
    return "".join(dict.fromkeys(c for c in printable(text) if ord(c) not in known))


@lru_cache(maxsize=8192)
def width(text: str, face: Face, size: float) -> float:
    """Width of the text as drawn, in points."""
    load(face)
    return float(pdfmetrics.stringWidth(text, face.value, size))


@lru_cache(maxsize=4096)
def face_for(text: str, *faces: Face) -> Face:
    """The first of the typefaces that can draw the whole text.

    Raises:
        Refused: None of them can; says which letter of which text.
    """
    for face in faces:
        if not missing_glyphs(text, face):
            return face
    letter = min((missing_glyphs(text, face) for face in faces), key=len)[0]
    name = unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
    raise Refused(
        f"“{printable(text)}” cannot be printed: no typeface has the letter “{letter}” ({name}).",
        hint="Write it in Latin, Greek or Cyrillic letters as it should stand on paper.",
    )


def _without_controls(text: str) -> str:
    return "".join(c for c in text if not unicodedata.category(c).startswith("C"))
