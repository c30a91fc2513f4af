"""Fitting text to paper: shrink a little, then wrap, never overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cit_desktop.exports.fonts import Face, width

LEADING = 1.16
BASELINE = 0.84


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text in lines that fit a width.

    Attributes:
        tracking: Extra space between letters, in points.
    """

    lines: tuple[str, ...]
    face: Face
    size: float
    tracking: float = 0.0

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last, in points."""
        return len(self.lines) * self.size * LEADING

    def draw(self, canvas: Any, x: float, top: float, align: float = 0.5) -> None:
        """Draw the lines downwards from ``top``.

        Args:
            x: Where the lines are aligned.
            align: The part of a line left of ``x``: 0 starts there, 0.5 centers, 1 ends there.
        """
        canvas.setFont(self.face.value, self.size)
        for number, line in enumerate(self.lines):
            left = x - align * line_width(line, self.face, self.size, self.tracking)
            baseline = top - self.size * (number * LEADING + BASELINE)
            canvas.drawString(left, baseline, line, charSpace=self.tracking)


def line_width(text: str, face: Face, size: float, tracking: float = 0.0) -> float:
    """Width of a line with letters spaced out, in points."""
    return width(text, face, size) + tracking * max(len(text) - 1, 0)


def fit(
    pieces: Sequence[str],
    face: Face,
    size: float,
    room: float,
    *,
    least: float,
    lines: int = 1,
    between: str = " ",
    tracking: float = 0.0,
) -> Fitted:
    """Set pieces of text as large as they fit.

    One line shrinks down to ``least``; then it is broken into up to ``lines`` balanced lines,
    and only what still does not fit gets smaller than ``least``.

    Args:
        pieces: Text that is never broken within; breaks fall between them.
        size: The size wished for, in points.
        room: Width to fit in, in points.
        between: What stands between two pieces on one line.
    """
    best = Fitted((), face, 0.0)
    for count in range(1, lines + 1):
        broken = _balanced(pieces, between, count, face)
        widest = max((line_width(line, face, size, tracking) for line in broken), default=0.0)
        fitting = size if widest <= room else _floor(size * room / widest)
        if fitting > best.size:
            best = Fitted(broken, face, fitting, tracking * fitting / size)
        if best.size >= least:
            break
    return best


def words(text: str) -> list[str]:
    """The pieces of an ordinary text."""
    return text.split()


def wrap(
    pieces: Sequence[str], between: str, face: Face, size: float, room: float
) -> tuple[str, ...]:
    """Fill lines one after the other; a piece wider than the room gets a line of its own."""
    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]}{between}{piece}" if lines else piece
        if lines and width(longer, face, size) <= room:
            lines[-1] = longer
        else:
            lines.append(piece)
    return tuple(lines)


def elide(text: str, face: Face, size: float, room: float) -> str:
    """The text, or its beginning with an ellipsis, so that it fits the width."""
    if width(text, face, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", face, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def _balanced(pieces: Sequence[str], between: str, count: int, face: Face) -> tuple[str, ...]:
    """The pieces in at most so many lines, of which the longest is as short as can be."""
    if count == 1 or len(pieces) < 2:
        return (between.join(pieces),) if pieces else ()
    low, high = 0.0, width(between.join(pieces), face, 100.0)
    for _ in range(14):
        middle = (low + high) / 2
        if len(wrap(pieces, between, face, 100.0, middle)) <= count:
            high = middle
        else:
            low = middle
    return wrap(pieces, between, face, 100.0, high)


def _floor(size: float) -> float:
    return int(size * 20) / 20
