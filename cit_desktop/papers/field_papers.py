"""The papers of the field, from the records onto paper: the directory, and blank forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cit_desktop import clock
from cit_desktop.documents.tables import Paper, TableDocument
from cit_desktop.progress import Progress, silent
from cit_desktop.services import field_forms, liaison_papers, papers

if TYPE_CHECKING:
    from cit_desktop.db import Database


def directory_pdf(db: Database, progress: Progress = silent) -> bytes:
    """Who serves which county, on the chapter's paper."""
    from cit_desktop.exports import table_pdf

    document, paper = _directory(db)
    today = clock.today()
    return table_pdf.draw_table(document, today, paper=paper, progress=progress)


def directory_workbook(db: Database, progress: Progress = silent) -> bytes:
    """Who serves which county, as a workbook."""
    from cit_desktop.exports import table_xlsx

    return table_xlsx.workbook(_directory(db)[0], progress=progress)


def form_pdf(
    db: Database,
    key: str,
    county: str | None = None,
    paper: Paper | None = None,
    progress: Progress = silent,
) -> bytes:
    """A blank form, to be filled in on the screen or by hand; nothing of that ever comes back.

    Args:
        county: Whose liaisons it shows; None: a copy for each county, "": for no county.
        paper: Another paper than the chapter's.

    Raises:
        NotFound: There is no such form or county.
        Refused: The form is the same for every county, or a letter cannot be printed.
        Cancelled: Progress asked to stop.
    """
    from cit_desktop.exports.forms import draw

    with db.read() as session:
        copies = field_forms.copies(session, key, county)
        size = paper or papers.of_chapter(session)
    return draw.draw_forms(copies, clock.today(), paper=size, progress=progress)


def _directory(db: Database) -> tuple[TableDocument, Paper]:
    with db.read() as session:
        return liaison_papers.directory(session), papers.of_chapter(session)
