"""The four templates: what stands where, how each part is set, and the art beneath."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from cit_desktop.exports.certificates import art
from cit_desktop.exports.certificates.band import Band
from cit_desktop.exports.certificates.facts import Facts, in_a_line, in_columns, in_rows
from cit_desktop.exports.certificates.page import Palette
from cit_desktop.exports.certificates.voices import BOLD, ITALIC, MEDIUM, SANS, SERIF, Voice

Art = Callable[[float, float, Palette], str]


@dataclass(frozen=True, slots=True)
class Template:
    """A way to draw certificates. Lengths are points from the paper's edges.

    Attributes:
        align: 0.5 centers the body, 0 sets it from the left.
        logo: The most room of the logo, across and up.
        corner: The logo stands in the upper right corner, beside the first lines.
        voices: The parts of the body from top to bottom; ``rule`` and ``facts`` are among them.
        text_only: For stock that has border, logo and seal printed on it already.
    """

    voices: tuple[Voice, ...]
    facts: Facts
    band: Band
    left: float
    right: float
    top: float
    align: float
    art: Art | None = None
    logo: tuple[float, float] = (150.0, 56.0)
    corner: bool = False
    portrait: bool = False
    text_only: bool = False
    most: float = 1.9


def _classic_voices() -> tuple[Voice, ...]:
    return (
        Voice("chapter", 8, 14, SERIF, "accent", tracking=1.9, upper=True),
        Voice("council", 3, 11.5, ITALIC, "soft"),
        Voice("heading", 11, 41, SERIF, "ink", least=30),
        Voice("rule", 5, 8, SERIF, "accent"),
        Voice("above", 11, 14, ITALIC, "soft"),
        Voice("recipient", 7, 36, SERIF, "accent", least=25, lines=3),
        Voice("agency", 3, 13, SERIF, "ink"),
        Voice("below", 10, 14, ITALIC, "soft"),
        Voice("course", 6, 22, SERIF, "ink", least=17, lines=3),
        Voice("closing", 5, 13, ITALIC, "soft", lines=3),
        Voice("facts", 7, 12.5, SERIF, "ink"),
        Voice("provider", 7, 9.5, SERIF, "ink"),
    )


_CLASSIC_BAND = Band(line=126, bottom=60, left=62, right=62, code=66, align=0.5, medal=True)

CLASSIC: Final = Template(
    voices=_classic_voices(),
    facts=in_a_line,
    band=_CLASSIC_BAND,
    left=96,
    right=96,
    top=60,
    align=0.5,
    art=art.classic,
)

PLAIN: Final = Template(
    voices=tuple(voice for voice in _classic_voices() if voice.role != "rule"),
    facts=in_a_line,
    band=replace(_CLASSIC_BAND, medal=False),
    left=96,
    right=96,
    top=60,
    align=0.5,
    text_only=True,
)

MODERN: Final = Template(
    voices=(
        Voice("chapter", 0, 15, BOLD, "accent"),
        Voice("council", 2, 10, SANS, "soft"),
        Voice("heading", 26, 33, SANS, "ink", least=25),
        Voice("above", 16, 12, SANS, "soft"),
        Voice("recipient", 5, 36, BOLD, "accent", least=25, lines=3),
        Voice("agency", 2, 12.5, SANS, "ink"),
        Voice("below", 12, 12, SANS, "soft"),
        Voice("course", 4, 20, MEDIUM, "ink", least=15, lines=3),
        Voice("closing", 5, 11.5, SANS, "soft", lines=3),
        Voice("facts", 13, 13, MEDIUM, "ink"),
        Voice("provider", 9, 9, SANS, "ink"),
    ),
    facts=in_columns,
    band=Band(
        line=104,
        bottom=40,
        left=78,
        right=48,
        code=46,
        align=0,
        pitch=215,
        names=(
            Voice("signer", 0, 10.5, MEDIUM, "ink", least=9),
            Voice("signer", 0, 8.5, SANS, "soft", lines=2),
        ),
    ),
    left=78,
    right=78,
    top=52,
    align=0,
    art=art.modern,
    corner=True,
    most=1.6,
)

LETTER: Final = Template(
    voices=(
        Voice("chapter", 0, 20, SERIF, "accent"),
        Voice("council", 2, 11, ITALIC, "soft"),
        Voice("contact", 4, 8, SANS, "soft"),
        Voice("rule", 10, 2, SERIF, "accent"),
        Voice("day", 26, 11.5, SERIF, "ink"),
        Voice("heading", 22, 27, SERIF, "ink", least=22),
        Voice("above", 18, 13, SERIF, "ink"),
        Voice("recipient", 5, 27, SERIF, "accent", least=20, lines=3),
        Voice("agency", 2, 12.5, SERIF, "ink"),
        Voice("below", 11, 13, SERIF, "ink"),
        Voice("course", 4, 18, SERIF, "ink", least=15, lines=3),
        Voice("facts", 16, 11.5, SERIF, "ink"),
        Voice("closing", 16, 12, SERIF, "ink", lines=3),
        Voice("provider", 12, 10, SERIF, "soft"),
    ),
    facts=in_rows,
    band=Band(line=196, bottom=62, left=74, right=74, code=68, align=0, pitch=220, beside=False),
    left=74,
    right=74,
    top=62,
    align=0,
    art=art.letter,
    logo=(120.0, 60.0),
    corner=True,
    portrait=True,
    most=1.0,
)

TEMPLATES: Final = {"classic": CLASSIC, "modern": MODERN, "plain": PLAIN, "letter": LETTER}
