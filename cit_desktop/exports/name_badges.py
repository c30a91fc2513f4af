"""Badges: the first name to be read across a room, and who that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from reportlab.lib.colors import white

from cit_desktop.catalogs.stock import Stock
from cit_desktop.documents.names import NameCard, NameCards
from cit_desktop.exports import ink, stock_sheets, text_stack
from cit_desktop.exports.certificates.page import Box, Picture
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import ACCENT, INK, SOFT
from cit_desktop.exports.pictures import Pictures
from cit_desktop.exports.text_stack import Part
from cit_desktop.progress import Progress, silent

_TAG: Final = 0.3  # part of the width for the tag of instructors


def draw_badges(
    document: NameCards,
    stock: Stock,
    made: date,
    start_at: int = 1,
    images: Mapping[str, bytes] | None = None,
    progress: Progress = silent,
) -> bytes:
    """A badge for each person.

    Args:
        images: The logo by its SHA-256, where there is one.

    Raises:
        Refused: The sheet has no such place, or a name has a letter that cannot be printed.
        FileProblem: The logo is missing or cannot be read.
        Cancelled: Progress asked to stop.
    """
    pictures = Pictures(images or {})

    def card(canvas: Any, box: Box, person: NameCard) -> None:
        high = box.top - box.bottom
        inner = stock_sheets.inset(box, high * 0.09, high * 0.085)
        head = inner._replace(bottom=inner.top - high * 0.13)
        foot = inner._replace(top=inner.bottom + high * 0.1)
        _head(canvas, head, document, person, pictures)
        ink.rule(canvas, head.left, head.bottom - high * 0.02, head.right - head.left, ACCENT)
        below, under = foot.top + high * 0.02, head.bottom - high * 0.06
        _names(canvas, Box(inner.left, below, inner.right, under), person)
        title = [Part(document.class_title, Pen(min(8.5, high * 0.045), SOFT))]
        text_stack.fit(title, foot).draw(canvas, foot, upright=1)

    return stock_sheets.draw("Name badges", document, stock, start_at, made, card, progress)


def _head(canvas: Any, box: Box, document: NameCards, person: NameCard, pictures: Pictures) -> None:
    high, wide = box.top - box.bottom, box.right - box.left
    if document.logo:
        logo = pictures.prepared(document.logo)
        across = min(high * logo.width / logo.height, wide * 0.3)
        place = box._replace(right=box.left + across)
        pictures.draw(canvas, Picture("logo", document.logo, place, "Logo", across=0, below=0.5))
        box = box._replace(left=place.right + high * 0.25)
    if person.role:
        tag = Box(box.right - wide * _TAG, box.bottom + high * 0.1, box.right, box.top - high * 0.1)
        _tag(canvas, tag, person.role)
        box = box._replace(right=tag.left - high * 0.3)
    said = [Part(document.chapter, Pen(high * 0.52, ACCENT, ink.SERIF), least=0.75)]
    text_stack.fit(said, box).draw(canvas, box, align=0)


def _tag(canvas: Any, box: Box, role: str) -> None:
    canvas.setFillColor(ACCENT)
    high = box.top - box.bottom
    canvas.roundRect(box.left, box.bottom, box.right - box.left, high, high / 2, stroke=0, fill=1)
    inner = stock_sheets.inset(box, high * 0.4, 0)
    text_stack.fit([Part(role, Pen(high * 0.6, white, ink.MEDIUM))], inner).draw(canvas, inner)


def _names(canvas: Any, box: Box, person: NameCard) -> None:
    high = box.top - box.bottom
    parts = [
        Part(person.called, Pen(high * 0.45, INK, ink.BOLD), least=0.55),
        Part(person.name, Pen(high * 0.125, INK, ink.MEDIUM), lines=3, gap=high * 0.01),
        Part(person.agency, Pen(high * 0.095, SOFT), gap=high * 0.015),
        Part(person.work, Pen(high * 0.08, SOFT), gap=high * 0.015),
    ]
    if person.name == person.called:
        del parts[1]
    text_stack.fit(parts, box).draw(canvas, box)
