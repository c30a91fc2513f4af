"""What lies beneath the text: borders and grounds, as PDF operators drawn once a document."""

from __future__ import annotations

from cit_desktop.exports import engraving
from cit_desktop.exports.certificates.page import Palette, mixed

_BAR = 30.0
_RINGS = 17


def classic(width: float, height: float, palette: Palette) -> str:
    """A woven border with a pale rosette in the middle."""
    fine, ground = mixed(palette.accent, 0.655), mixed(palette.accent, 0.111)
    return engraving.border(width, height, *map(numbers, (palette.accent, fine, ground)))


def modern(width: float, height: float, palette: Palette) -> str:
    """A bar of color at the left and fine rings that rise from the lower right."""
    strong, pale = numbers(palette.accent), numbers(mixed(palette.accent, 0.16))
    rings = [
        f"q 1 0 0 1 {width + 18:.2f} {height * 0.62:.2f} cm",
        f"{pale} RG",
        *(f"{0.3 + 0.05 * number:.2f} w {_circle(70 + 15.5 * number)} S"
          for number in range(_RINGS)),
        "Q",
    ]  # fmt: skip
    second = numbers(mixed(palette.accent, 0.45))
    bars = (
        f"{strong} rg 0 0 {_BAR:.2f} {height:.2f} re f",
        f"{second} rg {_BAR:.2f} 0 3.2 {height:.2f} re f",
    )
    return "\n".join(("q", *rings, *bars, "Q"))


def letter(width: float, height: float, palette: Palette) -> str:
    """A narrow line of color along the upper edge."""
    return f"q {numbers(palette.accent)} rg 0 {height - 9:.2f} {width:.2f} 9 re f Q"


def medal(radius: float, color: str) -> str:
    """A rosette around the origin, like those of the corners."""
    parts = (
        f"{numbers(color)} RG 0.4 w",
        engraving.rosette(radius, 0.86, 24, 6),
        engraving.rosette(radius * 0.7, 0.72, 16, 6),
        engraving.rosette(radius * 0.38, 0.6, 10, 5),
    )
    return "\n".join(("q 1 J 1 j", *parts, "Q"))


def numbers(color: str) -> str:
    """A color as PDF writes it: three numbers from 0 to 1."""
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


def _circle(radius: float) -> str:
    bow = radius * 0.5523
    return (
        f"{radius:.2f} 0 m "
        f"{radius:.2f} {bow:.2f} {bow:.2f} {radius:.2f} 0 {radius:.2f} c "
        f"{-bow:.2f} {radius:.2f} {-radius:.2f} {bow:.2f} {-radius:.2f} 0 c "
        f"{-radius:.2f} {-bow:.2f} {-bow:.2f} {-radius:.2f} 0 {-radius:.2f} c "
        f"{bow:.2f} {-radius:.2f} {radius:.2f} {-bow:.2f} {radius:.2f} 0 c h"
    )
