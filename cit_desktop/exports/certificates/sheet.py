"""Drawing composed pages: each part marked with what it is, for those who listen to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, NamedTuple

from cit_desktop.exports import engraving, packed
from cit_desktop.exports.certificates import art, symbol
from cit_desktop.exports.certificates.art import numbers
from cit_desktop.exports.certificates.page import (
    Code,
    Element,
    Line,
    Medal,
    Page,
    Palette,
    Picture,
    Stroke,
)
from cit_desktop.exports.certificates.templates import TEMPLATES, Art
from cit_desktop.exports.fonts import load
from cit_desktop.exports.pictures import Pictures

_ESCAPED: Final = {
    **{code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))},
    **{ord(sign): f"\\{sign}" for sign in "()\\"},
}
_TOGETHER: Final = {
    **dict.fromkeys(("chapter", "council", "contact"), "issuer"),
    **dict.fromkeys(("above", "recipient", "agency", "below", "course", "closing"), "statement"),
    **dict.fromkeys(("facts", "areas", "provider"), "facts"),
    **dict.fromkeys(("numbers", "caption"), "numbers"),
    **dict.fromkeys(("medal", "rule"), "art"),
}


class Mark(NamedTuple):
    """A part of a page in its structure: ``H1``, ``P`` or ``Figure``, and how it is read."""

    kind: str
    alt: str = ""


class Sheet:
    """A canvas that composed pages are drawn on, one after the other.

    Args:
        with_art: Draw what lies beneath the text, too.
    """

    def __init__(self, canvas: Any, pictures: Pictures, *, with_art: bool = True) -> None:
        self._canvas = canvas
        self._pictures = pictures
        self._with_art = with_art
        self._color = ""

    def draw(self, page: Page, shift: tuple[float, float]) -> list[Mark]:
        """Draw a page; gives the marks of its parts in the order in which they are read.

        Args:
            shift: How far a page on pre-printed stock is moved to the right and up, in points.
        """
        self._canvas.setPageSize((page.width, page.height))
        self._color = ""
        moved = page.moves and any(shift)
        self._write(f"q 1 0 0 1 {shift[0]:.2f} {shift[1]:.2f} cm" if moved else "q")
        self._art(page)
        marks: list[Mark] = []
        for mark, elements in _parts(page.elements):
            if mark is None:
                self._write("/Artifact BMC")
            else:
                self._write(f"/{mark.kind} <</MCID {len(marks)}>> BDC")
                marks.append(mark)
            for element, following in zip(elements, [*elements[1:], None], strict=True):
                self._element(element, " " if following else "")
            self._write("EMC")
        self._write("Q")
        self._canvas.showPage()
        return marks

    def _art(self, page: Page) -> None:
        beneath = TEMPLATES[page.template].art
        if beneath is None or not self._with_art:
            return
        make = _packed_art(beneath, page.width, page.height, page.palette)
        self._write("/Artifact BMC")
        packed.draw(self._canvas, page.art, make)
        self._write("EMC")

    def _element(self, element: Element, ending: str) -> None:
        """Draw an element; the ending keeps words of two lines apart for those who listen."""
        match element:
            case Line():
                self._line(element, ending)
            case Stroke():
                self._stroke(element)
            case Picture():
                self._pictures.draw(self._canvas, element)
            case Code():
                drawn = symbol.operators(element.text, element.box.right - element.box.left)
                at = f"1 0 0 1 {element.box.left:.2f} {element.box.bottom:.2f} cm"
                self._write(f"q {at}\n{drawn}\nQ")
            case Medal():
                self._medal(element)

    def _line(self, line: Line, ending: str) -> None:
        """Operators of a line: a third of what a text object writes, in a third of the time."""
        font, document = load(line.face), self._canvas._doc
        color = ""
        if line.color != self._color:
            color, self._color = f"{numbers(line.color)} rg ", line.color
        parts = [f"{color}BT 1 0 0 1 {line.left:.2f} {line.baseline:.2f} Tm"]
        if line.tracking:
            parts.append(f"{line.tracking:.3f} Tc")
        for subset, codes in font.splitString(line.text + ending, document):
            name = font.getSubsetInternalName(subset, document)
            text = codes.decode("latin-1").translate(_ESCAPED)
            parts.append(f"{name} {line.size:g} Tf ({text}) Tj")
        parts.append("0 Tc ET" if line.tracking else "ET")
        self._write(" ".join(parts))

    def _stroke(self, stroke: Stroke) -> None:
        color = numbers(stroke.color)
        if stroke.ornament:
            middle = (stroke.left + stroke.right) / 2
            self._write(engraving.rule(middle, stroke.y, stroke.right - middle, color))
            return
        ends = f"{stroke.left:.2f} {stroke.y:.2f} m {stroke.right:.2f} {stroke.y:.2f} l S"
        self._write(f"{color} RG {stroke.width} w {ends}")

    def _medal(self, medal: Medal) -> None:
        left, bottom, right, top = medal.box
        radius = (right - left) / 2 - 3
        self._write(f"q 1 0 0 1 {(left + right) / 2:.2f} {(bottom + top) / 2:.2f} cm")
        make = _packed_medal(radius, medal.color)
        packed.draw(self._canvas, f"m{medal.color[1:]}", make)
        self._write("Q")

    def _write(self, operators: str) -> None:
        self._canvas.addLiteral(operators)


@lru_cache(maxsize=16)
def _packed_art(
    beneath: Art, width: float, height: float, palette: Palette
) -> Callable[[], object]:
    return packed.form(beneath(width, height, palette), (0, 0, width, height))


@lru_cache(maxsize=16)
def _packed_medal(radius: float, color: str) -> Callable[[], object]:
    return packed.form(art.medal(radius, color), (-radius, -radius, radius, radius))


def _parts(elements: Sequence[Element]) -> Iterator[tuple[Mark | None, list[Element]]]:
    """What is read together, with its mark; None for what is only ornament."""
    for part, group in groupby(elements, _part):
        found = list(group)
        if part == "art":
            yield None, found
        elif part in ("logo", "seal", "code"):
            yield Mark("Figure", "".join(getattr(element, "alt", "") for element in found)), found
        else:
            yield Mark("H1" if part == "heading" else "P"), found


def _part(element: Element) -> str:
    """The part of the page that an element is read with."""
    return _TOGETHER.get(element.role, element.role.partition(" ")[0])
