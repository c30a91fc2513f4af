"""The head of a paper of a class: what it is, its title, and what is to be known of the class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from cit_desktop.exports import ink
from cit_desktop.exports.fonts import width
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import ACCENT, INK, SOFT

_GAP: Final = 12.0
_BETWEEN: Final = 20.0
_LABEL: Final = Pen(7, SOFT, ink.MEDIUM)
_VALUE: Final = Pen(9.5)


class Head(NamedTuple):
    """What stands above a paper.

    Attributes:
        kind: What paper it is, in small letters above the title.
        pairs: Labels and values side by side; those without a value are left out.
    """

    kind: str
    title: str
    about: str
    pairs: tuple[tuple[str, str], ...]


def draw_head(canvas: Any, head: Head, x: float, top: float, room: float) -> float:
    """Draw it; gives where the paper itself begins.

    Raises:
        Refused: A text has a letter that cannot be printed.
    """
    kind = Pen(8, SOFT, ink.MEDIUM, tracking=0.6)
    top = ink.line(canvas, head.kind, kind, x, top, room)
    top = draw_title(canvas, head.title, x, top - 1, room)
    top = ink.line(canvas, head.about, Pen(11, INK, ink.MEDIUM), x, top - 2, room, lines=2)
    pairs = [(label, value) for label, value in head.pairs if value]
    if not pairs:
        return top - _GAP
    ends = []
    for (label, value), wide in zip(pairs, _widths(pairs, room), strict=True):
        ends.append(draw_pair(canvas, label, value, x, top - 8, wide - _BETWEEN))
        x += wide
    return min(ends) - _GAP


def draw_title(canvas: Any, title: str, x: float, top: float, room: float) -> float:
    """Draw the title of a paper; gives where it ends."""
    return ink.line(canvas, title, Pen(22, ACCENT, ink.SERIF), x, top, room, lines=2)


def draw_pair(
    canvas: Any, label: str, value: str, x: float, top: float, room: float, *, least: float = 0.97
) -> float:
    """Draw a value below its label; gives where it ends.

    Args:
        least: Part of its size down to which the value shrinks before it takes a second line.
    """
    below = ink.line(canvas, label, _LABEL, x, top, room)
    return ink.line(canvas, value, _VALUE, x, below - 1, room, lines=2, least=least)


def _widths(pairs: Sequence[tuple[str, str]], room: float) -> list[float]:
    """As wide as each pair is, or where that is too much, no more than an equal part."""
    natural = [
        max(_width(label, _LABEL), _width(value, _VALUE)) + _BETWEEN + 0.5 for label, value in pairs
    ]
    if sum(natural) <= room:
        return natural
    part = room / len(pairs)
    short = [wide for wide in natural if wide <= part]
    rest = (room - sum(short)) / (len(pairs) - len(short))
    return [wide if wide <= part else rest for wide in natural]


def _width(said: str, pen: Pen) -> float:
    text = ink.fitted(said, pen, 10_000.0)
    return width(text.lines[0], text.face, text.size)
