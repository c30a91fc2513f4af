"""From what a certificate says to what stands where on its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cit_desktop.documents.certificates import CertificateSnapshot
from cit_desktop.errors import Refused, TooNew
from cit_desktop.exports.certificates import band
from cit_desktop.exports.certificates.page import (
    SIZES,
    Box,
    Element,
    Page,
    Palette,
    Picture,
    Stroke,
)
from cit_desktop.exports.certificates.stack import SCALES, Item, fits, stacked
from cit_desktop.exports.certificates.templates import TEMPLATES, Template
from cit_desktop.exports.certificates.voices import Column, Voice, spoken, texts

_HEAD = ("chapter", "council", "contact")
_RULE = 130.0


def compose(snapshot: CertificateSnapshot) -> Page:
    """Put everything that a certificate says in its place.

    Raises:
        Refused: A text has a letter that cannot be printed, or is too long for the page.
        TooNew: The certificate has a layout that this program does not know.
    """
    template, (width, height) = _known(snapshot)
    if template.text_only:
        snapshot = replace(snapshot, logo="", seal="")
    palette = Palette(snapshot.accent, snapshot.ink)
    foot = band.foot(snapshot, template.band, width, palette)
    top, bottom = height - template.top, foot.top
    for scale in SCALES:
        items = list(_body(snapshot, template, width, palette, scale))
        if fits(items, top - bottom):
            break
    else:
        raise Refused(
            f"The text of the certificate of {snapshot.recipient} is too long for one page.",
            hint="Shorten the wording or the title of the course.",
        )
    elements = stacked(items, top, bottom, middle=template.align > 0, most=template.most)
    shown = (*elements, *foot.elements)
    return Page(width, height, snapshot.template, palette, shown, template.text_only)


def size_of(snapshot: CertificateSnapshot) -> tuple[float, float]:
    """Width and height of the paper, in points."""
    return _known(snapshot)[1]


def _known(snapshot: CertificateSnapshot) -> tuple[Template, tuple[float, float]]:
    template, size = TEMPLATES.get(snapshot.template), SIZES.get(snapshot.paper)
    if template is None or size is None:
        unknown = snapshot.paper if template else snapshot.template
        raise TooNew(
            f"Certificate {snapshot.number} has the layout “{unknown}”, "
            "which this version of CIT Desktop does not know.",
            hint="Install the newest version to print it.",
        )
    return template, (size[1], size[0]) if template.portrait else size


def _body(
    snapshot: CertificateSnapshot, template: Template, width: float, palette: Palette, scale: float
) -> Iterator[Item]:
    said, logo = texts(snapshot), _logo_of(snapshot)
    room = width - template.left - template.right
    column = Column(template.left + template.align * room, room, template.align)
    if template.corner:
        yield _letterhead(snapshot, template, column, palette, scale)
    elif logo:
        yield _logo(snapshot, template, column.x, scale)
    for voice in template.voices:
        color = palette.named(voice.color)
        if voice.role == "rule":
            yield _rule(voice, template, column, palette, scale)
        elif voice.role == "facts":
            yield from template.facts(snapshot, column, scale, palette)
        elif not (template.corner and voice.role in _HEAD):
            yield from spoken(voice, said.get(voice.role, ()), column, scale, color)


def _letterhead(
    snapshot: CertificateSnapshot,
    template: Template,
    column: Column,
    palette: Palette,
    scale: float,
) -> Item:
    """Who issues it at the left, the logo at the right; as high as the higher of them."""
    said, logo = texts(snapshot), _logo_of(snapshot)
    across, up = (length * scale for length in template.logo) if logo else (0.0, 0.0)
    beside = Column(column.x, column.room - (across + 16 if logo else 0), template.align)
    lines = [
        item
        for voice in template.voices
        if voice.role in _HEAD
        for item in spoken(
            voice, said.get(voice.role, ()), beside, scale, palette.named(voice.color)
        )
    ]
    height = sum(item.gap + item.height for item in lines)

    def place(top: float) -> Iterator[Element]:
        if logo:
            right = column.left + column.room
            box = Box(right - across, top - up, right, top)
            yield Picture("logo", logo, box, f"Logo of {snapshot.chapter}", 1.0, 1.0)
        for item in lines:
            top -= item.gap
            yield from item.place(top)
            top -= item.height

    return Item(0.0, max(up, height), place)


def _logo_of(snapshot: CertificateSnapshot) -> str:
    return "" if "logo" in snapshot.hidden else snapshot.logo


def _logo(snapshot: CertificateSnapshot, template: Template, x: float, scale: float) -> Item:
    across, up = (length * scale for length in template.logo)

    def place(top: float) -> list[Element]:
        box = Box(x - across / 2, top - up, x + across / 2, top)
        return [Picture("logo", snapshot.logo, box, f"Logo of {snapshot.chapter}")]

    return Item(0.0, up, place)


def _rule(voice: Voice, template: Template, column: Column, palette: Palette, scale: float) -> Item:
    half = _RULE if template.align else column.room / 2
    middle = column.left + column.room / 2

    def place(top: float) -> list[Element]:
        y = top - voice.size * scale / 2
        ornament = template.align > 0
        return [Stroke("rule", middle - half, middle + half, y, palette.accent, 0.5
                       if ornament else 1.2, ornament)]  # fmt: skip

    return Item(voice.gap * scale, voice.size * scale, place)
