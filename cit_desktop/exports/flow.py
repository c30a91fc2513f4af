"""Pieces of a paper, one below the other, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

_TRIFLE: Final = 0.01  # points: what sums of heights may be off by


class Piece(NamedTuple):
    """Something that is drawn downwards and is never split.

    Attributes:
        draw: Called with the canvas and where it begins.
        tied: It stands on the same page as the piece below it, as headings do, unless both
            belong to more than a page can hold.
        gap: It falls away at the top of a page, as space between pieces.
    """

    height: float
    draw: Callable[[Any, float], object]
    tied: bool = False
    gap: bool = False


def gap(height: float) -> Piece:
    """Space between two pieces that falls away at the top of a page."""
    return Piece(height, lambda _canvas, _top: None, tied=True, gap=True)


def flow(pieces: Iterable[Piece], first: float, other: float) -> list[list[Piece]]:
    """Which pieces stand on which page.

    Args:
        first: Height on the first page, in points.
        other: Height on every other page.
    """
    pages: list[list[Piece]] = [[]]
    free = first
    for run in _runs(pieces):
        together = sum(piece.height for piece in run)
        for piece in run:
            if pages[-1] and max(together, piece.height) > free + _TRIFLE:
                pages.append([])
                free = other
            together = 0.0
            if not (piece.gap and not pages[-1]):
                pages[-1].append(piece)
                free -= piece.height
    return pages


def draw(canvas: Any, pieces: Iterable[Piece], top: float) -> float:
    """Draw the pieces of a page; gives where the last one ends."""
    for piece in pieces:
        piece.draw(canvas, top)
        top -= piece.height
    return top


def _runs(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces that stay together."""
    run: list[Piece] = []
    for piece in pieces:
        run.append(piece)
        if not piece.tied:
            yield run
            run = []
    if run:
        yield run
