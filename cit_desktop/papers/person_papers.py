"""The papers of a person: how they come from the records onto paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cit_desktop import clock
from cit_desktop.progress import Progress, silent
from cit_desktop.services import merge, papers, transcript_document

if TYPE_CHECKING:
    from cit_desktop.db import Database


def transcript(db: Database, person_id: int, progress: Progress = silent) -> bytes:
    """The transcript of a person as PDF, as of today.

    Raises:
        NotFound: There is no such person.
        Refused: A name has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """
    from cit_desktop.exports import transcript_pdf

    with db.read() as session:
        known = merge.resolve(session, person_id)
        document = transcript_document.of(session, known, clock.today())
        size = papers.of_chapter(session)
    return transcript_pdf.draw_transcript(document, paper=size, progress=progress)
