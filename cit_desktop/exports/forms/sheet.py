"""What the parts of a form are drawn on: a page, its width, and whose copy it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import LINE, SOFT
from cit_desktop.exports.typeset import Fitted

MARGIN: Final = 40.0
PAD: Final = 5.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that is being drawn.

    Attributes:
        room: Width between the margins.
        prefix: Begins the names of the fields.
    """

    canvas: Any
    room: float
    prefix: str = ""

    def frame(self, x: float, top: float, width: float, height: float) -> None:
        """A thin box, dark enough to be copied."""
        self.canvas.setStrokeColor(SOFT)
        self.canvas.setLineWidth(0.4)
        self.canvas.rect(x, top - height, width, height, stroke=1, fill=0)

    def ground(self, top: float, height: float, color: Any = LINE) -> None:
        """A colored band from margin to margin."""
        self.canvas.setFillColor(color)
        self.canvas.rect(MARGIN, top - height, self.room, height, stroke=0, fill=1)

    def write(self, text: Fitted, pen: Pen, x: float, top: float) -> float:
        """Draw lines that were measured before; gives where they end."""
        self.canvas.setFillColor(pen.color)
        text.draw(self.canvas, x, top, align=0)
        return top - text.height


class Part(Protocol):
    """Something that stands between the margins."""

    @property
    def height(self) -> float:
        """In points, without what it may grow by."""

    @property
    def grows(self) -> bool:
        """Whether it takes what is left of a page."""

    def draw(self, sheet: Sheet, top: float, more: float) -> None:
        """Draw it downwards from ``top``.

        Args:
            more: By how much it is higher than its height.
        """


def paginate(groups: Sequence[Sequence[Part]], first: float, later: float) -> list[list[Part]]:
    """The parts of each page; a group is never torn.

    Args:
        first: Height of the first page, in points.
        later: Height of every other page.
    """
    pages: list[list[Part]] = [[]]
    left = first
    for group in groups:
        height = sum(part.height for part in group)
        if height > left and pages[-1]:
            pages.append([])
            left = later
        pages[-1].extend(group)
        left -= height
    return pages
