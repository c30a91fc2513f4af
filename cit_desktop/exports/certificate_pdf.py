"""Certificates as PDF, drawn from their snapshots alone: the same snapshot, the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from cit_desktop.documents import CertificateSnapshot, usual_heading, usual_wording
from cit_desktop.errors import Refused, TooNew
from cit_desktop.exports import words
from cit_desktop.exports.engraving import border, rule
from cit_desktop.exports.fonts import Face, face_for, missing_glyphs, printable
from cit_desktop.exports.pdf import ACCENT, INK, LETTER_LANDSCAPE, SOFT, new_canvas
from cit_desktop.exports.pictures import Pictures
from cit_desktop.exports.typeset import Fitted, fit
from cit_desktop.progress import Progress, silent

_CENTER = LETTER_LANDSCAPE[0] / 2
_ROOM = 600.0
_TOP, _BOTTOM, _UNSIGNED = 552.0, 168.0, 108.0
_SIGNATURE_LINE = 122.0
_LOGO = (150.0, 56.0)
_DOT = "   ·   "
_SERIF = (Face.SERIF, Face.SANS)
_ITALIC = (Face.SERIF_ITALIC, Face.SERIF, Face.SANS)
_SANS = (Face.SANS, Face.SERIF)


@dataclass(frozen=True, slots=True)
class _Item:
    """Something of the page's body: a gap, then so much height in which it is drawn."""

    gap: float
    height: float
    draw: Callable[[Any, float], None]


def draw_certificates(
    snapshots: Sequence[CertificateSnapshot],
    images: Mapping[str, bytes],
    progress: Progress = silent,
) -> bytes:
    """One PDF with a page for each certificate.

    Args:
        images: Logos and signatures by their SHA-256.

    Raises:
        Refused: A text has a letter that cannot be printed, or is too long for the page.
        FileProblem: A picture is missing, altered or cannot be read.
        TooNew: A certificate has a layout that this program does not know.
        Cancelled: Progress asked to stop.
    """
    if not snapshots:
        raise Refused("There is no certificate to print.", hint="Choose at least one person.")
    pictures, buffer = Pictures(images), BytesIO()
    canvas = _canvas(buffer, snapshots)
    for number, snapshot in enumerate(snapshots):
        progress(number, len(snapshots), snapshot.recipient)
        canvas.doForm("border")
        _draw(canvas, snapshot, pictures)
        canvas.showPage()
    canvas.save()
    progress(len(snapshots), len(snapshots))
    return buffer.getvalue()


def draw_separately(
    snapshots: Sequence[CertificateSnapshot],
    images: Mapping[str, bytes],
    progress: Progress = silent,
) -> Iterator[bytes]:
    """A PDF for each certificate, in their order; equal to drawing each of them alone."""
    for number, snapshot in enumerate(snapshots):
        progress(number, len(snapshots), snapshot.recipient)
        yield draw_certificates([snapshot], images)
    progress(len(snapshots), len(snapshots))


def check(snapshot: CertificateSnapshot, images: Mapping[str, bytes]) -> None:
    """Refuse what could not be drawn, before a certificate is issued.

    Raises:
        Refused, FileProblem, TooNew: See ``draw_certificates``.
    """
    draw_certificates([snapshot], images)


def undrawable(text: str) -> str:
    """The letters of a text that no typeface of certificates has, for the service that issues."""
    return min((missing_glyphs(text, face) for face in _SERIF), key=len)


def _canvas(buffer: BytesIO, snapshots: Sequence[CertificateSnapshot]) -> Any:
    first = snapshots[0]
    title = f"{first.heading or usual_heading(first.kind)} {first.number}, {first.recipient}"
    if len(snapshots) > 1:
        title = f"{len(snapshots)} certificates, {first.course}"
    made = max(snapshot.issued for snapshot in snapshots)
    canvas = new_canvas(buffer, title, first.chapter, first.course, made)
    canvas.beginForm("border", 0, 0, *LETTER_LANDSCAPE)
    border(canvas)
    canvas.endForm()
    return canvas


def _draw(canvas: Any, snapshot: CertificateSnapshot, pictures: Pictures) -> None:
    if snapshot.template != "classic":
        raise TooNew(
            f"Certificate {snapshot.number} has the layout “{snapshot.template}”, "
            "which this version of CIT Desktop does not know.",
            hint="Install the newest version to print it.",
        )
    bottom = _BOTTOM if snapshot.signers else _UNSIGNED
    for scale in (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64):
        body = _body(snapshot, pictures, scale)
        if sum(item.height + 0.4 * item.gap for item in body) <= _TOP - bottom:
            break
    else:
        raise Refused(
            f"The text of the certificate of {snapshot.recipient} is too long for one page.",
            hint="Shorten the wording or the title of the course.",
        )
    _place(canvas, body, bottom)
    _signatures(canvas, snapshot, pictures)
    _foot(canvas, snapshot)


def _place(canvas: Any, body: Sequence[_Item], bottom: float) -> None:
    """Draw the body between top and bottom; gaps stretch or shrink, the rest is shared."""
    free = _TOP - bottom - sum(item.height for item in body)
    gaps = sum(item.gap for item in body)
    stretch = min(free / gaps, 1.9)
    top = _TOP - (free - gaps * stretch) / 2
    for item in body:
        top -= item.gap * stretch
        item.draw(canvas, top)
        top -= item.height


def _body(snapshot: CertificateSnapshot, pictures: Pictures, scale: float) -> list[_Item]:
    wording = snapshot.wording or usual_wording(snapshot.kind)
    above, below, *closing = (*wording, "", "")
    heading = snapshot.heading or usual_heading(snapshot.kind)
    items = [_logo(snapshot, pictures, scale)] if snapshot.logo else []

    def add(
        text: str, gap: float, size: float, faces: tuple[Face, ...], color: Any, **how: Any
    ) -> None:
        if printable(text):
            items.append(_text(text, gap * scale, size * scale, faces, color, **how))

    add(snapshot.chapter.upper(), 8, 14, _SERIF, ACCENT, tracking=1.9, lines=2)
    add(snapshot.council, 3, 11.5, _ITALIC, SOFT)
    add(heading, 11, 41, _SERIF, INK, least=30)
    items.append(_Item(5 * scale, 8 * scale, lambda c, top: rule(c, _CENTER, top - 4, 130)))
    add(above, 11, 14, _ITALIC, SOFT)
    add(snapshot.recipient, 7, 36, _SERIF, ACCENT, least=25, lines=3)
    add(snapshot.agency, 3, 13, _SERIF, INK, lines=2)
    add(below, 10, 14, _ITALIC, SOFT)
    add(snapshot.course, 6, 22, _SERIF, INK, least=17, lines=3)
    for line in closing:
        add(line, 5, 13, _ITALIC, SOFT, lines=3)
    items.append(_pieces(_when(snapshot), 7 * scale, 12.5 * scale, INK))
    if snapshot.areas:
        areas = [f"{name} {words.hours_of(least)}" for name, least in snapshot.areas]
        items.append(_pieces(areas, 4 * scale, 10.5 * scale, SOFT))
    add(snapshot.provider, 7, 9.5, _SERIF, INK, lines=2)
    return items


def _text(
    text: str,
    gap: float,
    size: float,
    faces: tuple[Face, ...],
    color: Any,
    *,
    least: float = 0.0,
    lines: int = 2,
    tracking: float = 0.0,
) -> _Item:
    line = printable(text)
    smallest = least or size * 0.8
    fitted = fit(
        line.split(), face_for(line, *faces), size, _ROOM,
        least=min(smallest, size), lines=lines, tracking=tracking,
    )  # fmt: skip
    return _item(gap, fitted, color)


def _item(gap: float, fitted: Fitted, color: Any) -> _Item:
    def draw(canvas: Any, top: float) -> None:
        canvas.setFillColor(color)
        fitted.draw(canvas, _CENTER, top)

    return _Item(gap, fitted.height, draw)


def _logo(snapshot: CertificateSnapshot, pictures: Pictures, scale: float) -> _Item:
    room, height = _LOGO[0] * scale, _LOGO[1] * scale

    def draw(canvas: Any, top: float) -> None:
        pictures.draw(canvas, snapshot.logo, (_CENTER - room / 2, top - height), (room, height))

    pictures.reader(snapshot.logo)
    return _Item(0.0, height, draw)


def _when(snapshot: CertificateSnapshot) -> list[str]:
    pieces = [words.hours_of(snapshot.minutes), words.days(snapshot.starts, snapshot.ends)]
    if snapshot.completed != snapshot.ends:
        pieces.append(f"completed {words.day(snapshot.completed)}")
    return pieces


def _pieces(texts: Sequence[str], gap: float, size: float, color: Any) -> _Item:
    """Texts side by side with dots between them, broken only there."""
    pieces = [printable(text) for text in texts]
    face = face_for(" · ".join(pieces), *_SERIF)
    fitted = fit(pieces, face, size, _ROOM, least=size * 0.9, lines=4, between=_DOT)
    return _item(gap, fitted, color)


def _signatures(canvas: Any, snapshot: CertificateSnapshot, pictures: Pictures) -> None:
    count = len(snapshot.signers)
    for number, signer in enumerate(snapshot.signers):
        pitch = min(_ROOM / count, 270.0)
        x = _CENTER + (number - (count - 1) / 2) * pitch
        half = min(pitch / 2 - 14, 96.0)
        if signer.image:
            corner = (x - half, _SIGNATURE_LINE - 3)
            pictures.draw(canvas, signer.image, corner, (2 * half, 40.0))
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.5)
        canvas.line(x - half, _SIGNATURE_LINE, x + half, _SIGNATURE_LINE)
        top = _SIGNATURE_LINE - 3
        for text, size, color in ((signer.name, 11.0, INK), (signer.title, 9.0, SOFT)):
            line = printable(text)
            fitted = fit([line], face_for(line, *_SERIF), size, 2 * half + 20, least=size)
            canvas.setFillColor(color)
            fitted.draw(canvas, x, top)
            top -= fitted.height


def _foot(canvas: Any, snapshot: CertificateSnapshot) -> None:
    first = [f"Certificate no. {snapshot.number}", f"Issued {words.day(snapshot.issued)}"]
    if snapshot.code:
        first.insert(1, f"Verification code {snapshot.code}")
    second = [
        f"{label} {value}"
        for label, value in (
            ("Course", snapshot.course_code),
            ("Class", snapshot.class_code),
            ("Control no.", snapshot.control_number),
        )
        if value
    ]
    second.append(f"Verify with the issuing {snapshot.chapter_word.lower() or 'chapter'}")
    canvas.setFillColor(SOFT)
    for pieces, top in ((first, 82.0), (second, 72.0)):
        texts = [printable(piece) for piece in pieces]
        face = face_for(" · ".join(texts), *_SANS)
        fit(texts, face, 7.0, _ROOM, least=7.0, between=_DOT).draw(canvas, _CENTER, top)
