"""Parts of a page set under each other: gaps stretch or shrink, then everything gets smaller."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cit_desktop.exports.certificates.page import Element

SCALES: Final = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64)
_LEAST, _MOST = 0.4, 1.9


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the page: a gap, then so much height in which ``place`` sets it from its top."""

    gap: float
    height: float
    place: Callable[[float], Iterable[Element]]


def fits(items: Sequence[Item], room: float) -> bool:
    """Whether the parts have room if their gaps shrink as far as they can."""
    return sum(item.height + _LEAST * item.gap for item in items) <= room


def stacked(
    items: Sequence[Item], top: float, bottom: float, *, middle: bool, most: float = _MOST
) -> list[Element]:
    """The parts between top and bottom.

    Args:
        middle: Share what is left over between top and bottom; otherwise it stays below.
        most: How far gaps stretch.
    """
    free = top - bottom - sum(item.height for item in items)
    gaps = sum(item.gap for item in items) or 1.0
    stretch = min(free / gaps, most)
    at = top - (free - gaps * stretch) / 2 if middle else top
    elements: list[Element] = []
    for item in items:
        at -= item.gap * stretch
        elements += item.place(at)
        at -= item.height
    return elements
