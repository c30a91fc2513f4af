"""Texts one under the other in a box, as large as all of them fit; nothing is ever cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, Final

from PIL import ImageFont

from cit_desktop.exports import ink
from cit_desktop.exports.certificates.page import Box
from cit_desktop.exports.fonts import Face, load, printable
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.typeset import BASELINE, Fitted

_SMALLER: Final = 0.94  # from one try to the next
_WORTH: Final = 0.85  # part of its size in several lines that the first text may have in one
_DOTS: Final = 100  # size at which letters are measured


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a stack.

    Attributes:
        lines: In how many lines it may stand.
        least: Part of its size down to which one line shrinks before a second is taken.
        gap: Free room above it in points, unless it is the first.
    """

    said: str
    pen: Pen
    lines: int = 2
    least: float = 0.7
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Stack:
    """Lines that fit, with their color and the room above each.

    Attributes:
        scale: How much smaller all of them are than they would be if there were more height.
    """

    texts: tuple[tuple[Fitted, Any, float], ...]
    scale: float = 1.0

    @property
    def height(self) -> float:
        """Of all of it, in points."""
        return sum(text.height + gap for text, _, gap in self.texts)

    def draw(self, canvas: Any, box: Box, align: float = 0.5, upright: float = 0.5) -> None:
        """Draw it into a box.

        Args:
            align: Where lines are aligned: 0 at the left, 0.5 in the middle, 1 at the right.
            upright: The part of the room left over that is above it.
        """
        x = box.left + (box.right - box.left) * align
        top = box.top - (box.top - box.bottom - self.height) * upright
        for text, color, gap in self.texts:
            top -= gap
            canvas.setFillColor(color)
            text.draw(canvas, x, top, align=align)
            top -= text.height


def fit(parts: Sequence[Part], box: Box) -> Stack:
    """Set texts into a box: each shrinks and wraps by its width, all together by their height.

    The first stays in one line where a second would cost the others more than it gains.

    Raises:
        Refused: No typeface has a letter of one of them.
    """
    said = [part for part in parts if printable(part.said)]
    wrapped = _set(said, box)
    if not said or wrapped.scale == 1:
        return wrapped
    whole = _set([replace(said[0], lines=1), *said[1:]], box)
    return whole if _first(whole) > _WORTH * _first(wrapped) else wrapped


def _set(parts: Sequence[Part], box: Box) -> Stack:
    room, height, scale = box.right - box.left, box.top - box.bottom, 1.0
    while True:
        texts = []
        for place, part in enumerate(parts):
            text = _fitted(part, room, scale)
            gap = part.gap * scale if place else 0.0
            for line in text.lines:
                above = gap + _rise(line, text.face) * text.size
                texts.append((replace(text, lines=(line,)), part.pen.color, above))
                gap = 0.0
        made = Stack(tuple(texts), scale)
        if made.height <= height:
            return made
        scale *= _SMALLER


def _fitted(part: Part, room: float, scale: float) -> Fitted:
    pen = part.pen._replace(size=part.pen.size * scale)
    return ink.fitted(part.said, pen, room, lines=part.lines, least=part.least)


def _first(stack: Stack) -> float:
    return stack.texts[0][0].size


@lru_cache(maxsize=4096)
def _rise(line: str, face: Face) -> float:
    """How far the accents of a line reach above the room of its letters, as part of its size."""
    above = -_measured(face).getbbox(line, anchor="ls")[1] / _DOTS
    return float(max(0.0, above - BASELINE))


@cache
def _measured(face: Face) -> ImageFont.FreeTypeFont:
    file = BytesIO(load(face).face._ttf_data)
    return ImageFont.truetype(file, _DOTS, layout_engine=ImageFont.Layout.BASIC)
