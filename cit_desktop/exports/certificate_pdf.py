"""Certificates as PDF, drawn from their snapshots alone: the same snapshot, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from cit_desktop.documents import CertificateSnapshot, usual_heading
from cit_desktop.errors import Refused
from cit_desktop.exports.certificates.compose import compose
from cit_desktop.exports.certificates.sheet import Sheet
from cit_desktop.exports.certificates.structure import Structure
from cit_desktop.exports.certificates.voices import SERIF
from cit_desktop.exports.fonts import missing_glyphs
from cit_desktop.exports.pdf import new_canvas
from cit_desktop.exports.pictures import Pictures
from cit_desktop.progress import Progress, silent

MILLIMETER: Final = 72 / 25.4
_PROVEN: Final = 50  # certificates whose proofs a file carries as keywords, to be checked unseen


def draw_certificates(
    snapshots: Sequence[CertificateSnapshot],
    images: Mapping[str, bytes],
    progress: Progress = silent,
    shift: tuple[float, float] = (0.0, 0.0),
) -> bytes:
    """One PDF with a page for each certificate.

    Args:
        images: Logos, seals and signatures by their SHA-256.
        shift: How far text on pre-printed stock is moved to the right and up, in millimeters.

    Raises:
        Refused: A text has a letter that cannot be printed, or is too long for the page.
        FileProblem: A picture is missing, altered or cannot be read.
        TooNew: A certificate has a layout that this program does not know.
        Cancelled: Progress asked to stop.
    """
    if not snapshots:
        raise Refused("There is no certificate to print.", hint="Choose at least one person.")
    buffer = BytesIO()
    canvas = _canvas(buffer, snapshots)
    moved = (shift[0] * MILLIMETER, shift[1] * MILLIMETER)
    sheet, structure = Sheet(canvas, Pictures(images)), Structure(canvas)
    for number, snapshot in enumerate(snapshots):
        progress(number, len(snapshots), snapshot.recipient)
        structure.page(sheet.draw(compose(snapshot), moved))
    structure.finish()
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
    compose(snapshot if snapshot.proof else replace(snapshot, proof=snapshot.number))
    pictures = Pictures(images)
    for sha256 in sorted(snapshot.images()):
        pictures.prepared(sha256)


def undrawable(text: str) -> str:
    """The letters of a text that no typeface of certificates has, for the service that issues."""
    return min((missing_glyphs(text, face) for face in SERIF), key=len)


def _canvas(buffer: BytesIO, snapshots: Sequence[CertificateSnapshot]) -> Any:
    first = snapshots[0]
    title = _title(first)
    if len(snapshots) > 1:
        title = f"{len(snapshots)} certificates, {first.course}"
    made = max(snapshot.issued for snapshot in snapshots)
    canvas = new_canvas(buffer, title, first.chapter, first.course, made)
    if len(snapshots) <= _PROVEN:
        canvas.setKeywords(" ".join(snapshot.proof for snapshot in snapshots).strip())
    return canvas


def _title(snapshot: CertificateSnapshot) -> str:
    heading = snapshot.heading or usual_heading(snapshot.kind)
    return f"{heading} {snapshot.number}, {snapshot.recipient}"
