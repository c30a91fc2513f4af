"""The foot of a certificate: who signs it, its seal, its numbers and the code that proves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cit_desktop.documents.certificates import CertificateSnapshot, Signer
from cit_desktop.exports import words
from cit_desktop.exports.certificates.page import (
    Box,
    Code,
    Element,
    Line,
    Medal,
    Palette,
    Picture,
    Stroke,
    set_lines,
)
from cit_desktop.exports.certificates.voices import SANS, SERIF, Voice, dotted, set_in
from cit_desktop.exports.fonts import printable
from cit_desktop.exports.typeset import Fitted

CODE: Final = 82.0  # points, less than 30 mm, with the white around the code
_APART: Final = 14.0
_CLEAR: Final = 10.0  # between the foot and the body
_SIGNED: Final = 45.0  # the same above a line to sign on
_UNDER: Final = 3.0
_ABOVE: Final = 7.0  # between titles and numbers
_CAPTION = Voice("caption", 0, 6.2, SANS, "soft", lines=1)


@dataclass(frozen=True, slots=True)
class Band:
    """Where the foot's parts stand, in points from the paper's edges.

    Attributes:
        line: Height of the lines to sign on, unless what stands below asks for more.
        bottom: Below the numbers.
        left: Margin where the band starts.
        right: Margin where it ends.
        code: Lower edge of code and seal.
        align: 0.5 centers signatures and numbers and puts the seal opposite to the code; 0 sets
            them from the left and the seal beside the code.
        pitch: The most room of one signature.
        beside: Signatures stand beside code and seal, not above them.
        medal: Where there is no seal, an ornament balances the code.
        names: How names and titles of those who sign are set.
    """

    line: float
    bottom: float
    left: float
    right: float
    code: float
    align: float
    pitch: float = 270.0
    beside: bool = True
    medal: bool = False
    names: tuple[Voice, Voice] = (
        Voice("signer", 0, 11, SERIF, "ink", least=9.5),
        Voice("signer", 0, 9, SERIF, "soft"),
    )


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot of one certificate.

    Attributes:
        top: How far down the body may reach.
        elements: Everything of the foot, in the order in which it is read.
    """

    top: float
    elements: tuple[Element, ...]


def foot(snapshot: CertificateSnapshot, band: Band, width: float, palette: Palette) -> Foot:
    """Compose the foot from the bottom up, so that none of its parts meets another."""
    coded = bool(snapshot.proof)
    left, right = _span(snapshot, band, width, coded=coded)
    sets = [dotted(pieces, SANS, 7.0, right - left, least=1.0) for pieces in _pieces(snapshot)]
    top = band.bottom + sum(fitted.height for fitted in sets)
    below: list[Element] = []
    if snapshot.seal:
        box = _seal_box(band, width, coded=coded)
        below.append(Picture("seal", snapshot.seal, box, f"Seal of {snapshot.chapter}", below=0.5))
    elif coded and band.medal:
        below.append(Medal("medal", _seal_box(band, width, coded=coded), palette.accent))
    below += _numbers(sets, band, left + band.align * (right - left), top, palette)
    if coded:
        below += _code(snapshot.proof, band, width, palette)
    if coded or snapshot.seal:
        top = max(top, band.code + CODE)
    if not snapshot.signers or "signers" in snapshot.hidden:
        return Foot(top + _CLEAR, tuple(below))
    return _signed(snapshot, band, width, (left, right, top), palette, below)


def _signed(
    snapshot: CertificateSnapshot,
    band: Band,
    width: float,
    taken: tuple[float, float, float],
    palette: Palette,
    below: list[Element],
) -> Foot:
    """The foot with signatures; ``taken`` is what numbers, code and seal leave of it."""
    left, right, top = taken
    if band.beside:
        top = max((element.box.top for element in below if isinstance(element, Line)
                   and element.role == "numbers"), default=band.bottom)  # fmt: skip
    else:
        left, right = band.left, width - band.right
    pitch = min((right - left) / len(snapshot.signers), band.pitch)
    half = min(pitch / 2 - 12, 96.0)
    blocks = [list(_named(signer, half, band)) for signer in snapshot.signers]
    tallest = max(sum(fitted.height for _, fitted in block) for block in blocks)
    line = max(band.line, top + tallest + _UNDER + _ABOVE)
    elements = list[Element]()
    for number, (signer, block) in enumerate(zip(snapshot.signers, blocks, strict=True)):
        x = (left + right) / 2 + (number - (len(blocks) - 1) / 2) * pitch
        if not band.align:
            x = left + half + number * pitch
        role = f"signer {number + 1}"
        elements += _signature(signer, role, block, (x - half, line, x + half), band, palette)
    return Foot(line + _SIGNED, (*elements, *below))


def _span(
    snapshot: CertificateSnapshot, band: Band, width: float, *, coded: bool
) -> tuple[float, float]:
    """Left and right of what is between seal and code."""
    taken = CODE + _APART
    if band.align:
        inset = taken if coded or snapshot.seal else 0.0
        return band.left + inset, width - band.right - inset
    inset = taken * (int(coded) + bool(snapshot.seal))
    return band.left, width - band.right - inset


def _seal_box(band: Band, width: float, *, coded: bool) -> Box:
    if band.align:
        left = band.left
    else:
        left = width - band.right - CODE - (CODE + _APART if coded else 0.0)
    return Box(left, band.code, left + CODE, band.code + CODE)


def _named(signer: Signer, half: float, band: Band) -> Iterator[tuple[Voice, Fitted]]:
    """Name and title of somebody who signs, fitted under a line of this half length."""
    room = 2 * half + (16 if band.align else 2)
    for text, voice in zip((signer.name, signer.title), band.names, strict=True):
        if printable(text):
            yield voice, set_in(voice, printable(text), room, 1.0)


def _signature(
    signer: Signer,
    role: str,
    block: list[tuple[Voice, Fitted]],
    line: tuple[float, float, float],
    band: Band,
    palette: Palette,
) -> Iterator[Element]:
    """Picture, line, name and title; ``line`` is its left end, its height and its right end."""
    left, y, right = line
    if signer.image:
        box, alt = Box(left, y - 3, right, y + 37), f"Signature of {signer.name}"
        yield Picture(role, signer.image, box, alt, across=band.align)
    yield Stroke(role, left, right, y, palette.ink)
    top, at = y - _UNDER, left + band.align * (right - left)
    for voice, fitted in block:
        color = palette.named(voice.color)
        yield from set_lines(fitted, role, at, top, color, band.align, voice.size)
        top -= fitted.height


def _numbers(
    sets: list[Fitted], band: Band, x: float, top: float, palette: Palette
) -> Iterator[Element]:
    for fitted in sets:
        yield from set_lines(fitted, "numbers", x, top, palette.soft, band.align, 7.0)
        top -= fitted.height


def _pieces(snapshot: CertificateSnapshot) -> Iterator[tuple[str, ...]]:
    first = [f"Certificate no. {snapshot.number}", f"Issued {words.day(snapshot.issued)}"]
    if snapshot.kind == "letter":
        first[0] = f"Letter no. {snapshot.number}"
    if snapshot.code:
        first.insert(1, f"Verification code {snapshot.code}")
    control = "" if "control" in snapshot.hidden else snapshot.control_number
    second = [
        f"{label} {value}"
        for label, value in (
            ("Course", snapshot.course_code),
            ("Class", snapshot.class_code),
            ("Control no.", control),
        )
        if value
    ]
    second.append(f"Verify with the issuing {snapshot.chapter_word.lower() or 'chapter'}")
    yield tuple(first)
    yield tuple(second)


def _code(text: str, band: Band, width: float, palette: Palette) -> Iterator[Element]:
    left = width - band.right - CODE
    box = Box(left, band.code, left + CODE, band.code + CODE)
    caption = set_in(_CAPTION, "Scan to verify", CODE, 1.0)
    yield from set_lines(caption, "caption", left + CODE / 2, band.code, palette.soft, 0.5)
    yield Code("code", text, box, "Code to verify this certificate")
