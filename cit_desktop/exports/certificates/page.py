"""What stands where on a certificate: every line of text, picture and rule with its place.

A page is composed before it is drawn, so that whether something overlaps, leaves the paper or
had to shrink is known without a PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from cit_desktop.documents.design import contrast
from cit_desktop.exports.fonts import Face
from cit_desktop.exports.pdf import page_size
from cit_desktop.exports.typeset import BASELINE, LEADING, Fitted, line_width

SIZES: Final = {
    "letter": page_size("letter", lying=True),
    "a4": page_size("a4", lying=True),
}


class Box(NamedTuple):
    """A rectangle on the page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text.

    Attributes:
        role: What it is: ``recipient``, ``course``, ``signer 1`` …
        width: As drawn, in points.
        wished: The size it would have if there were room.
    """

    role: str
    text: str
    face: Face
    size: float
    wished: float
    left: float
    baseline: float
    width: float
    color: str
    tracking: float = 0.0

    @property
    def box(self) -> Box:
        """The room that the line takes, with what reaches above and below its letters."""
        bottom = self.baseline - (LEADING - BASELINE) * self.size
        return Box(self.left, bottom, self.left + self.width, bottom + LEADING * self.size)


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo, a seal or a signature, as large as it fits its box.

    Attributes:
        across: The part of the room left over that is left of the picture.
        below: The part that is below it.
    """

    role: str
    sha256: str
    box: Box
    alt: str
    across: float = 0.5
    below: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level line; ``ornament`` puts a lozenge into its middle."""

    role: str
    left: float
    right: float
    y: float
    color: str
    width: float = 0.5
    ornament: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """The code that proves the certificate, with the white around it."""

    role: str
    text: str
    box: Box
    alt: str


@dataclass(frozen=True, slots=True)
class Medal:
    """A rosette drawn in fine lines."""

    role: str
    box: Box
    color: str


Element: TypeAlias = Line | Picture | Stroke | Code | Medal


@dataclass(frozen=True, slots=True)
class Page:
    """A composed certificate.

    Attributes:
        moves: It stands on pre-printed stock, and is moved to where that was printed.
    """

    width: float
    height: float
    template: str
    palette: Palette
    elements: tuple[Element, ...]
    moves: bool = False

    @property
    def art(self) -> str:
        """Name of what lies under it all: the same for every page that looks the same."""
        return f"{self.template[0]}{self.width:.0f}{self.palette.accent[1:]}"

    def lines(self, role: str = "") -> Iterator[Line]:
        """The lines of text, or those of one role."""
        for element in self.elements:
            if isinstance(element, Line) and role in ("", element.role):
                yield element


@dataclass(frozen=True, slots=True)
class Palette:
    """The colors of a certificate, as ``#RRGGBB``; what the chapter did not choose follows."""

    accent: str
    ink: str

    @property
    def soft(self) -> str:
        """For what matters less, still readable."""
        softer = mixed(self.ink, 0.72)
        return softer if contrast(softer) >= 4.5 else self.ink

    def named(self, name: str) -> str:
        """The color of this name: ``accent``, ``ink`` or ``soft``."""
        return str(getattr(self, name))


def mixed(color: str, part: float) -> str:
    """So much of a color, the rest of it white."""
    channels = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - c) * part):02X}" for c in channels)


def set_lines(
    fitted: Fitted, role: str, x: float, top: float, color: str, align: float, wished: float = 0.0
) -> Iterator[Line]:
    """The lines of a fitted text, downwards from ``top``.

    Args:
        x: Where the lines are aligned.
        align: The part of a line left of ``x``: 0 starts there, 0.5 centers, 1 ends there.
    """
    for number, text in enumerate(fitted.lines):
        width = line_width(text, fitted.face, fitted.size, fitted.tracking)
        baseline = top - fitted.size * (number * LEADING + BASELINE)
        yield Line(
            role, text, fitted.face, fitted.size, wished or fitted.size,
            x - align * width, baseline, width, color, fitted.tracking,
        )  # fmt: skip
