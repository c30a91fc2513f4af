"""How each part of a certificate is set, and the text it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from cit_desktop.documents.certificates import CertificateSnapshot, usual_heading, usual_wording
from cit_desktop.exports import words
from cit_desktop.exports.certificates.page import Element, set_lines
from cit_desktop.exports.certificates.stack import Item
from cit_desktop.exports.fonts import Face, face_for, printable
from cit_desktop.exports.typeset import Fitted, fit

DOT: Final = "   ·   "
SERIF: Final = (Face.SERIF, Face.SANS)
ITALIC: Final = (Face.SERIF_ITALIC, Face.SERIF, Face.SANS)
SANS: Final = (Face.SANS, Face.SERIF)
MEDIUM: Final = (Face.SANS_MEDIUM, Face.SANS, Face.SERIF)
BOLD: Final = (Face.SANS_BOLD, Face.SANS, Face.SERIF)
CHAINS: Final = (SERIF, ITALIC, SANS, MEDIUM, BOLD)


@dataclass(frozen=True, slots=True)
class Voice:
    """How one part is set.

    Attributes:
        role: The part.
        gap: Room above it, in points.
        faces: The first of them that has every letter is used.
        color: ``accent``, ``ink`` or ``soft``.
        least: The size below which the text is rather broken into lines; 0 for the usual.
        lines: How many lines it may be broken into.
        tracking: Extra space between letters.
        upper: Set in capitals.
    """

    role: str
    gap: float
    size: float
    faces: tuple[Face, ...]
    color: str
    least: float = 0.0
    lines: int = 2
    tracking: float = 0.0
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """The room that text is set in.

    Attributes:
        x: Where lines are aligned.
        align: The part of a line left of ``x``: 0 starts there, 0.5 centers.
    """

    x: float
    room: float
    align: float

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.x - self.align * self.room


def texts(snapshot: CertificateSnapshot) -> dict[str, tuple[str, ...]]:
    """What each part says; parts that are hidden or empty are missing."""
    wording = snapshot.wording or usual_wording(snapshot.kind)
    above, below, *closing = (*wording, "", "")
    found = {
        "chapter": (snapshot.chapter,),
        "council": (snapshot.council,),
        "contact": (snapshot.contact,),
        "day": (words.day(snapshot.issued),),
        "heading": (snapshot.heading or usual_heading(snapshot.kind),),
        "above": (above,),
        "recipient": (snapshot.recipient,),
        "agency": (snapshot.agency,),
        "below": (below,),
        "course": (snapshot.course,),
        "closing": tuple(closing),
        "provider": (snapshot.provider,),
    }
    shown = ((role, tuple(filter(printable, said))) for role, said in found.items())
    return {role: said for role, said in shown if said and role not in snapshot.hidden}


def spoken(
    voice: Voice, said: Iterable[str], column: Column, scale: float, color: str
) -> Iterator[Item]:
    """A part as items of a stack, one for each of its texts."""
    for number, text in enumerate(said):
        line = printable(text).upper() if voice.upper else printable(text)
        fitted = set_in(voice, line, column.room, scale)
        item = text_item(voice, fitted, column, scale, color)
        yield item if number == 0 else replace(item, gap=min(item.gap, 5 * scale))


def text_item(voice: Voice, fitted: Fitted, column: Column, scale: float, color: str) -> Item:
    """A fitted text as an item of a stack."""

    def place(top: float) -> Iterator[Element]:
        return set_lines(fitted, voice.role, column.x, top, color, column.align, voice.size)

    return Item(voice.gap * scale, fitted.height, place)


@lru_cache(maxsize=4096)
def set_in(voice: Voice, line: str, room: float, scale: float) -> Fitted:
    """A text of one line, broken and shrunk as the room asks for."""
    size = voice.size * scale
    least = min(voice.least or size * 0.8, size)
    return fit(
        line.split(), face_for(line, *voice.faces), size, room,
        least=least, lines=voice.lines, tracking=voice.tracking * scale,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def dotted(
    pieces: tuple[str, ...], faces: tuple[Face, ...], size: float, room: float, least: float = 0.9
) -> Fitted:
    """Texts side by side with dots between them, broken only there.

    Args:
        least: The part of the size below which they are rather broken into lines.
    """
    shown = [printable(piece) for piece in pieces]
    face = face_for(" · ".join(shown), *faces)
    return fit(shown, face, size, room, least=size * least, lines=4, between=DOT)


def when(snapshot: CertificateSnapshot) -> Sequence[tuple[str, str]]:
    """Hours and days, each with what it is called."""
    found = [
        ("Hours", words.hours_of(snapshot.minutes)),
        ("Dates", words.days(snapshot.starts, snapshot.ends)),
    ]
    if snapshot.completed != snapshot.ends:
        found.append(("Completed", words.day(snapshot.completed)))
    return found


def areas(snapshot: CertificateSnapshot) -> Sequence[tuple[str, str]]:
    """Hours by credit area, unless they are hidden."""
    if "areas" in snapshot.hidden:
        return ()
    return [(name, words.hours_of(minutes)) for name, minutes in snapshot.areas]
