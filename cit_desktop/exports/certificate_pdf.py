"""Certificates as PDF, drawn from their snapshots alone: the same snapshot, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Final

from cit_desktop.documents.certificates import CertificateSnapshot, usual_heading
from cit_desktop.errors import Refused
from cit_desktop.exports.certificates import single
from cit_desktop.exports.certificates.compose import compose
from cit_desktop.exports.certificates.sheet import Mark, Sheet
from cit_desktop.exports.certificates.single import About
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
    moved = (shift[0] * MILLIMETER, shift[1] * MILLIMETER)
    content, _ = _drawn(snapshots, Pictures(images), _about(snapshots), progress, moved)
    progress(len(snapshots), len(snapshots))
    return content


def draw_separately(
    snapshots: Sequence[CertificateSnapshot],
    images: Mapping[str, bytes],
    progress: Progress = silent,
) -> Iterator[bytes]:
    """A PDF for each certificate, in their order.

    They are drawn many at once and then parted: alike to the eye with one drawn alone, and the
    same bytes whenever the same certificates are drawn together.
    """
    pictures = Pictures(images)
    for start in range(0, len(snapshots), single.CHUNK):
        some = snapshots[start : start + single.CHUNK]
        content, marks = _drawn(some, pictures, _about(some), silent, (0.0, 0.0))
        parts = zip(some, single.parted(content), marks, strict=True)
        for number, (snapshot, page, found) in enumerate(parts, start):
            progress(number, len(snapshots), snapshot.recipient)
            yield single.completed(page, _about([snapshot]), found)
    progress(len(snapshots), len(snapshots))


def check(snapshot: CertificateSnapshot, images: Mapping[str, bytes]) -> None:
    """Refuse what could not be drawn, before a certificate is issued.

    Raises:
        Refused, FileProblem, TooNew: See ``draw_certificates``.
    """
    compose(replace(snapshot, proof=snapshot.proof or "its code"))
    pictures = Pictures(images)
    for sha256 in sorted(snapshot.images()):
        pictures.prepared(sha256)


def undrawable(text: str) -> str:
    """The letters of a text that no typeface of certificates has, for the service that issues."""
    return min((missing_glyphs(text, face) for face in SERIF), key=len)


def _drawn(
    snapshots: Sequence[CertificateSnapshot],
    pictures: Pictures,
    about: About,
    progress: Progress,
    moved: tuple[float, float],
) -> tuple[bytes, list[list[Mark]]]:
    """The document, and the marks of the parts of each of its pages."""
    buffer = BytesIO()
    canvas = new_canvas(buffer, about.title, about.author, about.subject, about.made)
    canvas.setKeywords(about.keywords)
    sheet, structure, marks = Sheet(canvas, pictures), Structure(canvas), []
    for number, snapshot in enumerate(snapshots):
        progress(number, len(snapshots), snapshot.recipient)
        marks.append(sheet.draw(compose(snapshot), moved))
        structure.page(marks[-1])
    structure.finish()
    canvas.save()
    return buffer.getvalue(), marks


def _about(snapshots: Sequence[CertificateSnapshot]) -> About:
    first = snapshots[0]
    title = f"{first.heading or usual_heading(first.kind)} {first.number}, {first.recipient}"
    if len(snapshots) > 1:
        title = f"{len(snapshots)} certificates, {first.course}"
    proofs = [snapshot.proof for snapshot in snapshots] if len(snapshots) <= _PROVEN else []
    made = max(snapshot.issued for snapshot in snapshots)
    return About(title, first.chapter, first.course, " ".join(proofs).strip(), made)
