"""Ornament drawn in fine lines, like the ground of a banknote: borders, rosettes, rules.

The border is written as PDF operators, once, and each of its patterns as one tile that is
repeated: equal text packs to almost nothing, and drawing it point by point takes 0.4 s.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

_MIDDLE = 36.0  # of the woven band, from the edge of the paper
_CORNER = 21.0  # half a corner's square


def border(across: float, up: float, strong: str, fine: str, ground: str) -> str:
    """Operators for the border of a certificate and the pale rosette behind its text.

    Args:
        across: Width of the paper in points.
        up: Its height.
        strong: Color of lines and corners, like those after it as three numbers from 0 to 1.
        fine: Color of the woven band.
        ground: Color of the rosette.
    """
    far, high = across - _MIDDLE, up - _MIDDLE
    wide, tall = far - _MIDDLE, high - _MIDDLE
    parts = [
        _placed(_ground(ground), across / 2, up / 2 + 8),
        *(_placed(_band(wide, fine), _MIDDLE, y) for y in (_MIDDLE, high)),
        *(_placed("0 1 -1 0 0 0 cm", x, _MIDDLE, _band(tall, fine)) for x in (_MIDDLE, far)),
        f"{strong} RG",
    ]
    for inset, line in ((22.0, 1.3), (25.5, 0.35), (46.5, 0.35), (50.0, 0.9)):
        sides = f"{across - 2 * inset:.2f} {up - 2 * inset:.2f}"
        parts.append(f"{line} w {inset} {inset} {sides} re S")
    parts += [_placed(_corner(strong), x, y) for x in (_MIDDLE, far) for y in (_MIDDLE, high)]
    return "\n".join(("q 1 J 1 j", *parts, "Q"))


def rule(x: float, y: float, half: float, color: str) -> str:
    """Operators for a fine centered rule with a small lozenge in its middle and at its ends."""
    parts = [f"{color} RG {color} rg 0.5 w"]
    for start, end in ((x - half, x - 9), (x + 9, x + half)):
        parts.append(f"{start:.2f} {y:.2f} m {end:.2f} {y:.2f} l S")
    for offset, size in ((0.0, 3.2), (-half, 1.3), (half, 1.3)):
        middle = x + offset
        parts.append(
            f"{middle - size:.2f} {y:.2f} m {middle:.2f} {y + size:.2f} l "
            f"{middle + size:.2f} {y:.2f} l {middle:.2f} {y - size:.2f} l f"
        )
    return "\n".join(("q", *parts, "Q"))


def rosette(radius: float, middle: float, petals: int, phases: int) -> str:
    """Operators for closed waves around a point.

    Args:
        middle: Mean radius of the waves as a part of the whole.
        phases: How many waves are laid over each other, each turned a little.
    """
    tile = []
    for number in range(phases):
        phase = number * 2 * pi / phases

        def at(part: float, phase: float = phase) -> Point:
            angle = 2 * pi * part / petals
            reach = radius * (middle + (1 - middle) * cos(2 * pi * part + phase))
            return reach * cos(angle), reach * sin(angle)

        tile.append(_curve(at, 6))
    turn = 2 * pi / petals
    matrix = f"{cos(turn):.6f} {sin(turn):.6f} {-sin(turn):.6f} {cos(turn):.6f} 0 0 cm"
    return _repeated("\n".join(tile), petals, matrix)


def _placed(code: str, x: float, y: float, *more: str) -> str:
    return "\n".join((f"q 1 0 0 1 {x:.2f} {y:.2f} cm", code, *more, "Q"))


def _ground(color: str) -> str:
    return "\n".join(
        (f"{color} RG 0.45 w", rosette(172.0, 0.80, 18, 9), rosette(118.0, 0.66, 12, 9))
    )


def _corner(color: str) -> str:
    parts = [f"1 g {color} RG"]
    for half, line in ((_CORNER, 1.3), (_CORNER - 2.6, 0.35)):
        parts.append(f"{line} w {-half:.2f} {-half:.2f} {2 * half:.2f} {2 * half:.2f} re B")
    parts += ["0.35 w", rosette(16.6, 0.78, 10, 5), rosette(9.6, 0.62, 6, 5)]
    return "\n".join((*parts, "2.6 w 0 0 m 0 0 l S"))


def _band(length: float, color: str) -> str:
    """Woven waves to the right of a point."""
    waves = round(length / 24)
    pitch, tile = length / waves, []
    for number in range(4):
        for height, times in ((8.2, 1), (4.6, 2)):
            phase = number * pi / 2 / times

            def at(part: float, h: float = height, t: int = times, p: float = phase) -> Point:
                return part * pitch, h * sin(2 * pi * t * part + p)

            tile.append(_curve(at, 4 * times))
    matrix = f"1 0 0 1 {pitch:.4f} 0 cm"
    return "\n".join((f"{color} RG 0.35 w", _repeated("\n".join(tile), waves, matrix)))


def _repeated(tile: str, times: int, matrix: str) -> str:
    """The tile, and again each time after the matrix was applied once more."""
    return "\n".join(("q", tile, *(f"{matrix}\n{tile}" for _ in range(times - 1)), "Q"))


def _curve(at: Callable[[float], Point], steps: int) -> str:
    """Operators for a curve from 0 to 1, in smooth pieces that share their tangents."""
    step = 1 / steps
    parts = ["{:.2f} {:.2f} m".format(*at(0.0))]
    for number in range(steps):
        part = number * step
        (x0, y0), (x1, y1) = at(part), at(part + step)
        (dx0, dy0), (dx1, dy1) = _slope(at, part, step), _slope(at, part + step, step)
        points = (x0 + dx0, y0 + dy0, x1 - dx1, y1 - dy1, x1, y1)
        parts.append(" ".join(f"{value:.2f}" for value in points) + " c")
    return "\n".join((*parts, "S"))


def _slope(at: Callable[[float], Point], part: float, step: float) -> Point:
    """A third of the way that the curve goes in one step at this point."""
    small = step / 64
    (x0, y0), (x1, y1) = at(part - small), at(part + small)
    scale = step / (2 * small) / 3
    return (x1 - x0) * scale, (y1 - y0) * scale
