"""A test page for pre-printed stock: where text falls, and by how much to move it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from cit_desktop.documents.certificates import CertificateSnapshot
from cit_desktop.exports.certificates.art import numbers
from cit_desktop.exports.certificates.compose import compose
from cit_desktop.exports.certificates.page import Page, Palette, set_lines
from cit_desktop.exports.certificates.voices import SANS, Voice, set_in
from cit_desktop.exports.pdf import new_canvas

MILLIMETER: Final = 72 / 25.4
_MARK = 25 * MILLIMETER  # the crosses stand so far from the edges
_SAYS = Voice("says", 0, 9, SANS, "ink")
_NAMES = {"recipient": "name", "course": "course", "facts": "hours and days"}


def calibration(snapshot: CertificateSnapshot, shift: tuple[float, float], made: date) -> bytes:
    """A page to print on plain paper and to hold against the stock.

    Crosses stand 25 mm from each edge: how far they are off tells by how much to move the text.
    Boxes show where name, course, hours and days fall.

    Args:
        snapshot: A sample with the template ``plain``.
        shift: How far everything is moved to the right and up, in millimeters.

    Raises:
        Refused: The sample cannot be drawn.
    """
    page, buffer = compose(snapshot), BytesIO()
    canvas = new_canvas(buffer, "Test page for pre-printed stock", snapshot.chapter, "", made)
    canvas.setPageSize((page.width, page.height))
    canvas.translate(shift[0] * MILLIMETER, shift[1] * MILLIMETER)
    canvas.addLiteral(f"{numbers(page.palette.ink)} RG 0.5 w")
    _crosses(canvas, page)
    for role, name in _NAMES.items():
        _box(canvas, page, role, name)
    _say(canvas, page, shift)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _crosses(canvas: Any, page: Page) -> None:
    for x in (_MARK, page.width - _MARK):
        for y in (_MARK, page.height - _MARK):
            canvas.lines([(x - 14, y, x + 14, y), (x, y - 14, x, y + 14)])
            canvas.circle(x, y, 5)


def _box(canvas: Any, page: Page, role: str, name: str) -> None:
    boxes = [line.box for line in page.lines(role)]
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    bottom, top = min(box.bottom for box in boxes), max(box.top for box in boxes)
    canvas.setDash(3, 2)
    canvas.rect(left - 8, bottom, right - left + 16, top - bottom)
    canvas.setDash()
    _write(canvas, [name], right + 14, (bottom + top) / 2 + 5, 0, page.palette)


def _say(canvas: Any, page: Page, shift: tuple[float, float]) -> None:
    right, up = shift
    lines = (
        "Print this page at actual size, without “fit to page”, and hold it against your stock.",
        "Each cross should stand 25 mm from two edges of the paper. Measure one of them.",
        "Too far left by 2 mm: add 2 to “right”. Too low by 2 mm: add 2 to “up”.",
        f"This page was printed with right {right:g} mm and up {up:g} mm.",
    )
    _write(canvas, lines, page.width / 2, page.height - _MARK + 6, 0.5, page.palette)


def _write(
    canvas: Any, texts: Sequence[str], x: float, top: float, align: float, palette: Palette
) -> None:
    canvas.addLiteral(f"{numbers(palette.soft)} rg")
    for text in texts:
        fitted = set_in(_SAYS, text, 560, 1.0)
        for line in set_lines(fitted, "says", x, top, palette.soft, align):
            canvas.setFont(line.face.value, line.size)
            canvas.drawString(line.left, line.baseline, line.text)
        top -= fitted.height + 2
