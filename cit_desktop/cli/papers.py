"""Documents written to files by commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from cit_desktop.documents.certificates import CertificateSnapshot
from cit_desktop.errors import FileProblem
from cit_desktop.exports import certificate_pdf, files
from cit_desktop.services import (
    certificate_designs,
    certificate_list,
    certificate_views,
)

NAME = "{Last}_{First}_{Course}_{Date}"


def write(path: Path, content: bytes) -> Path:
    """Write a whole file, in the place of one of that name."""
    need_folder(path)
    files.write_bytes(path, content)
    return path


def need_folder(path: Path) -> None:
    """Refuse a file in a folder that is not there.

    Raises:
        FileProblem: Names the folder.
    """
    folder = path.absolute().parent
    if not folder.is_dir():
        raise FileProblem(f"There is no folder “{folder}”.", "Make it first, or choose another.")


def make_folder(folder: Path) -> None:
    """Make a folder unless it is there.

    Raises:
        FileProblem: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            f"The folder “{folder.absolute()}” cannot be made: {error.strerror}.",
            "Choose a folder that you may write to.",
        ) from error


def nobody_signs(session: Session, class_id: int) -> bool:
    """Whether a valid certificate of the class was issued without anybody who signs."""
    ids = [row.id for row in _valid(session, class_id)]
    return not all(one.signers for one in certificate_views.snapshots(session, ids))


def _valid(session: Session, class_id: int) -> list[certificate_list.CertificateRow]:
    which = certificate_list.Filter(class_id=class_id, statuses=("issued",))
    ids = certificate_list.ids(session, which, descending=False)
    rows = certificate_list.rows(session, ids)
    return [rows[certificate_id] for certificate_id in ids if rows[certificate_id].issued]


def valid_numbers(session: Session, class_id: int) -> list[str]:
    """The numbers of a class's certificates that are valid and can be drawn."""
    return [row.number for row in _valid(session, class_id)]


def write_certificates(
    session: Session, class_id: int, folder: Path, *, one_file: bool
) -> list[Path]:
    """Write a class's valid certificates, as one PDF or one a person; gives the files."""
    rows = _valid(session, class_id)
    snapshots = certificate_views.snapshots(session, [row.id for row in rows])
    images = certificate_views.images(session, snapshots)
    make_folder(folder)
    if one_file:
        name = files.safe_name(f"Certificates {rows[0].class_code}")
        shift = certificate_designs.shift(session)
        content = certificate_pdf.draw_certificates(snapshots, images, shift=shift)
        return [write(folder / f"{name}.pdf", content)]
    names = _names(session, rows, snapshots)
    drawn = certificate_pdf.draw_separately(snapshots, images)
    return [write(folder / f"{name}.pdf", pdf) for name, pdf in zip(names, drawn, strict=True)]


def _names(
    session: Session,
    rows: Sequence[certificate_list.CertificateRow],
    snapshots: Sequence[CertificateSnapshot],
) -> list[str]:
    """A file name each; who shares theirs with somebody gets the certificate's number too."""
    made = []
    for row, snapshot in zip(rows, snapshots, strict=True):
        last, _, first = row.name.partition(", ")
        values = {
            "Last": last,
            "First": first,
            "Course": snapshot.course_code,
            "Date": snapshot.completed.isoformat(),
        }
        made.append(files.pattern_name(NAME, values))
    folded = [name.casefold() for name in made]
    return [
        files.safe_name(f"{name}_{row.number}") if folded.count(name.casefold()) > 1 else name
        for name, row in zip(made, rows, strict=True)
    ]
