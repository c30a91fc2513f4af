"""Text and lines on a page, the same on every paper of a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from cit_desktop.exports.fonts import Face, face_for, printable
from cit_desktop.exports.pdf import INK, LINE, SOFT
from cit_desktop.exports.typeset import Fitted, elide, fit, wrap

SANS: Final = (Face.SANS, Face.SERIF)
MEDIUM: Final = (Face.SANS_MEDIUM, *SANS)
BOLD: Final = (Face.SANS_BOLD, *SANS)
SERIF: Final = (Face.SERIF, Face.SANS)

FOOT: Final = 36.0  # height of the line above the foot
_FOOT_SIZE = 7.5


class Pen(NamedTuple):
    """How text looks.

    Attributes:
        size: In points.
        faces: Typefaces; the first that can draw the whole text is taken.
        tracking: Extra space between letters, in points.
    """

    size: float
    color: Any = INK
    faces: Sequence[Face] = SANS
    tracking: float = 0.0


def paragraph(
    canvas: Any, said: str, pen: Pen, x: float, top: float, room: float, *, align: float = 0.0
) -> float:
    """Draw a text in as many lines as it needs; gives where it ends.

    Args:
        x: Where lines are aligned; see :meth:`Fitted.draw`.
        room: Width in points. Only a single word that is wider gets smaller.

    Raises:
        Refused: No typeface has a letter of the text.
    """
    return _draw(canvas, wrapped(said, pen, room), pen, x, top, align)


def wrapped(said: str, pen: Pen, room: float) -> Fitted:
    """A text in as many lines as it needs, to be drawn later; see :func:`paragraph`."""
    line = printable(said)
    face = face_for(line, *pen.faces)
    lines = wrap(line.split(), " ", face, pen.size, room)
    size = min([pen.size, *(fit([one], face, pen.size, room, least=0).size for one in lines)])
    return Fitted(lines, face, size, pen.tracking)


def line(
    canvas: Any,
    said: str,
    pen: Pen,
    x: float,
    top: float,
    room: float,
    *,
    align: float = 0.0,
    lines: int = 1,
    least: float = 0.85,
) -> float:
    """Draw a text in at most so many lines, smaller where it must be; gives where it ends.

    Args:
        least: Part of its size down to which one line shrinks before a second is taken.

    Raises:
        Refused: No typeface has a letter of the text.
    """
    return _draw(canvas, fitted(said, pen, room, lines=lines, least=least), pen, x, top, align)


def fitted(said: str, pen: Pen, room: float, *, lines: int = 1, least: float = 0.85) -> Fitted:
    """A text set to fit a width, to be drawn later; see :func:`line`."""
    whole = printable(said)
    face = face_for(whole, *pen.faces)
    return fit(whole.split(), face, pen.size, room, least=pen.size * least, lines=lines)


def rule(canvas: Any, x: float, y: float, across: float, color: Any = LINE) -> None:
    """A thin line from left to right."""
    canvas.setStrokeColor(color)
    canvas.setLineWidth(0.5)
    canvas.line(x, y, x + across, y)


def foot(canvas: Any, said: str, page: int, pages: int, x: float, across: float) -> None:
    """The line at the bottom of every page: what it belongs to, and which of how many it is."""
    rule(canvas, x, FOOT, across)
    canvas.setFillColor(SOFT)
    title = printable(said)
    face = face_for(title, *SANS)
    shown = elide(title, face, _FOOT_SIZE, across - 90)
    Fitted((shown,), face, _FOOT_SIZE).draw(canvas, x, FOOT - 4, align=0)
    number = Fitted((f"Page {page} of {pages}",), Face.SANS, _FOOT_SIZE)
    number.draw(canvas, x + across, FOOT - 4, align=1)


def _draw(canvas: Any, text: Fitted, pen: Pen, x: float, top: float, align: float) -> float:
    canvas.setFillColor(pen.color)
    text.draw(canvas, x, top, align=align)
    return top - text.height
