"""Work on certificates for the job thread: drawing, checking, one file a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cit_desktop import clock
from cit_desktop.documents.certificates import CertificateKind, CertificateSnapshot
from cit_desktop.errors import NotFound, Refused
from cit_desktop.progress import Progress, silent
from cit_desktop.services import candidates as who
from cit_desktop.services import certificate_designs, certificates, drafts
from cit_desktop.services.certificates import Candidate, CertificateRow

if TYPE_CHECKING:
    from cit_desktop.db import Database

PATTERN: Final = "{Last}_{First}_{Course}_{Date}"
FIELDS: Final = ("Last", "First", "Course", "Class", "Date", "Number")
DRAFT: Final = "Draft"

Pictures = Mapping[str, bytes]


def drawn(db: Database, certificate_ids: Sequence[int], progress: Progress = silent) -> bytes:
    """One PDF of issued certificates, in the order of the ids.

    Raises:
        NotFound, Refused, FileProblem: See ``certificates.snapshots``.
    """
    from cit_desktop.exports import certificate_pdf

    with db.read() as session:
        found = certificates.snapshots(session, certificate_ids)
        images = certificates.images(session, found)
        shift = certificate_designs.shift(session)
    return certificate_pdf.draw_certificates(found, images, progress, shift)


def drafted(db: Database, class_id: int, chosen: Sequence[Candidate]) -> bytes:
    """One PDF of certificates as they would be issued today; their number says that they are not.

    Raises:
        Refused: A text has a letter that cannot be printed, or is too long.
    """
    from cit_desktop.exports import certificate_pdf

    found, images = _drafts(db, class_id, chosen)
    return certificate_pdf.draw_certificates(found, images)


def checked(
    db: Database, class_id: int, chosen: Sequence[Candidate], progress: Progress = silent
) -> list[str]:
    """Refuse what could not be drawn, before any of these certificates is issued.

    Returns:
        A sentence for each name that is printed smaller or on several lines.

    Raises:
        Refused: Names everybody whose certificate cannot be drawn, with the reason.
    """
    from cit_desktop.exports import certificate_pdf
    from cit_desktop.exports.certificates.names import look_through

    found, images = _drafts(db, class_id, chosen)
    faults: dict[str, str] = {}
    sentences: list[str] = []
    for number, (candidate, snapshot) in enumerate(zip(chosen, found, strict=True)):
        progress(number, len(found), candidate.name)
        try:
            certificate_pdf.check(snapshot, images)
            sentences += [finding.sentence for finding in look_through([snapshot])]
        except Refused as fault:
            faults[candidate.name] = str(fault)
    progress(len(found), len(found))
    if faults:
        listed = " ".join(f"{name}: {fault}" for name, fault in faults.items())
        raise Refused(f"{len(faults)} of these certificates cannot be printed. {listed}",
                      "Nothing was issued. Correct what cannot be printed, or leave them out.",
                      faults)  # fmt: skip
    return sentences


def reissue_candidate(
    db: Database, certificate_id: int, wording: str = ""
) -> tuple[int, Candidate]:
    """The class and the candidate for a certificate that is about to be replaced.

    Args:
        wording: The kind of certificate chosen; the usual one if empty.

    Raises:
        NotFound: There is no such certificate, or the person is not in the class any more.
        Refused: The wording does not fit.
    """
    with db.read() as session:
        seen = certificates.view(session, certificate_id)
        everybody = who.of_class(session, seen.row.class_id, besides=certificate_id)
    for candidate in everybody:
        if candidate.enrollment_id == seen.enrollment_id:
            return seen.row.class_id, who.worded(candidate, _kind(wording) or candidate.kind)
    raise NotFound("This person is not in the class any more.", "Look at the roster.")


def save_each(
    db: Database,
    certificate_ids: Sequence[int],
    pattern: str,
    folder: Path,
    told: Callable[[Path], object],
    progress: Progress = silent,
) -> None:
    """Write one PDF a certificate into a folder; no file that is there is touched.

    Args:
        pattern: How files are named; see ``FIELDS``.
        told: Called with each file once it is written.

    Raises:
        FileProblem: The folder cannot be written to.
        Cancelled: Progress asked to stop; what was told stays.
    """
    from cit_desktop.exports import certificate_pdf, files

    with db.read() as session:
        found = certificates.snapshots(session, certificate_ids)
        images = certificates.images(session, found)
        rows = certificates.rows(session, certificate_ids)
    free = files.FreeNames(folder)
    pages: Iterator[bytes] = certificate_pdf.draw_separately(found, images, progress)
    for certificate_id, snapshot, content in zip(certificate_ids, found, pages, strict=True):
        stem = file_name(pattern, rows[certificate_id], snapshot.course_code or snapshot.course)
        path = free.path(stem, ".pdf")
        files.write_bytes(path, content)
        told(path)


def file_name(pattern: str, row: CertificateRow, course: str) -> str:
    """The name of one certificate's file, without its ending.

    Raises:
        Refused: The pattern asks for something that is not known.
    """
    from cit_desktop.exports import files

    last, _, first = row.name.partition(", ")
    values = {
        "Last": last,
        "First": first,
        "Course": course,
        "Class": row.class_code,
        "Date": row.completed.isoformat() if row.completed else "",
        "Number": row.number,
    }
    return files.pattern_name(pattern, values)


def _drafts(
    db: Database, class_id: int, chosen: Sequence[Candidate]
) -> tuple[list[CertificateSnapshot], Pictures]:
    with db.read() as session:
        made = drafts.of(session, class_id, chosen, clock.today())
        found = [draft.shown(DRAFT) for draft in made]
        return found, certificates.images(session, found)


def _kind(text: str) -> CertificateKind | None:
    return next((kind for kind in who.WORDINGS if kind == text), None)
