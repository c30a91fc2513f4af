"""Table cards to be folded: the name on both faces, the upper one upside down."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from cit_desktop.catalogs.stock import Stock
from cit_desktop.documents.names import NameCard, NameCards
from cit_desktop.exports import ink, stock_sheets, text_stack
from cit_desktop.exports.certificates.page import Box
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import ACCENT, INK, SOFT
from cit_desktop.exports.text_stack import Part, Stack
from cit_desktop.progress import Progress, silent

_SIDE: Final = 0.07  # part of the width left free at each side
_FOOT: Final = 0.15  # part of a face's height for the line at its foot


def draw_tents(
    document: NameCards, stock: Stock, made: date, start_at: int = 1, progress: Progress = silent
) -> bytes:
    """A tent for each person.

    Raises:
        Refused: The sheet has no such place, or a name has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """

    def card(canvas: Any, box: Box, person: NameCard) -> None:
        fold = (box.bottom + box.top) / 2
        face = Box(box.left, box.bottom, box.right, fold)
        names, foot = _set(face, person, document.chapter)
        _face(canvas, face, names, foot)
        canvas.saveState()
        canvas.translate(box.left + box.right, 2 * fold)
        canvas.rotate(180)
        _face(canvas, face, names, foot)
        canvas.restoreState()

    return stock_sheets.draw("Name tents", document, stock, start_at, made, card, progress)


def _set(face: Box, person: NameCard, chapter: str) -> tuple[Stack, Stack]:
    """The names and the line at the foot, as they fit a face."""
    high = face.top - face.bottom
    names = [
        Part(person.called, Pen(high * 0.41, INK, ink.BOLD), least=0.5),
        Part(person.name, Pen(high * 0.095, INK, ink.MEDIUM), gap=high * 0.01),
        Part(person.agency, Pen(high * 0.072, SOFT), gap=high * 0.015),
    ]
    if person.name == person.called:
        del names[1]
    said = " · ".join(part for part in (person.role, chapter) if part)
    foot = [Part(said, Pen(high * 0.062, ACCENT, ink.SERIF))]
    return text_stack.fit(names, _upper(face)), text_stack.fit(foot, _lower(face))


def _face(canvas: Any, face: Box, names: Stack, foot: Stack) -> None:
    names.draw(canvas, _upper(face))
    lower = _lower(face)
    middle, half = (face.left + face.right) / 2, (face.right - face.left) * 0.06
    ink.rule(canvas, middle - half, lower.top + 2, 2 * half, ACCENT)
    foot.draw(canvas, lower)


def _upper(face: Box) -> Box:
    high = face.top - face.bottom
    inner = stock_sheets.inset(face, (face.right - face.left) * _SIDE, high * 0.05)
    return inner._replace(bottom=face.bottom + high * (_FOOT + 0.06))


def _lower(face: Box) -> Box:
    high = face.top - face.bottom
    inner = stock_sheets.inset(face, (face.right - face.left) * _SIDE, high * 0.07)
    return inner._replace(top=face.bottom + high * _FOOT)
