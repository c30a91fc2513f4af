"""Letters on renewals for the job thread: who gets one, on paper, as a workbook, as drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cit_desktop.documents.letters import USUAL, Letter, Wording
from cit_desktop.documents.tables import Paper
from cit_desktop.errors import CitError, FileProblem
from cit_desktop.progress import Progress, silent
from cit_desktop.services import chapters, papers, renewal_writing, renewals
from cit_desktop.services.renewals import Renewal

if TYPE_CHECKING:
    from cit_desktop.db import Database


@dataclass(frozen=True, slots=True)
class Drawn:
    """Letters on paper.

    Attributes:
        pages: Person and due day of the letter on each page.
    """

    content: bytes
    pages: tuple[tuple[int, date], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Who is due, and what their letters say.

    Attributes:
        chapter: Its uid; empty while the records have none.
        problem: Why the kept wording cannot be read; the usual one stands for it.
    """

    people: tuple[Renewal, ...]
    wording: Wording
    chapter: str
    problem: CitError | None = None


def listed(db: Database, by: date) -> Listed:
    """Whose renewal is due by a day, and what the chapter's letters say."""
    with db.read() as session:
        chapter = chapters.current(session)
        people = tuple(renewals.until(session, by))
        if chapter is None:
            return Listed(people, USUAL, "")
        try:
            return Listed(people, renewal_writing.wording(session), chapter.uid)
        except FileProblem as error:
            return Listed(people, USUAL, chapter.uid, error)


def drawn(
    db: Database,
    chosen: Sequence[Renewal],
    wording: Wording | None = None,
    progress: Progress = silent,
) -> Drawn:
    """The letters to these people as PDF.

    Args:
        wording: What they say; the chapter's own wording unless given.

    Raises:
        Refused: The wording cannot be used, or a text cannot be printed.
    """
    from cit_desktop.exports import letter_pdf

    letters, images, paper = _letters(db, chosen, wording)
    content = letter_pdf.draw_letters(letters, images, paper, progress)
    counts = letter_pdf.page_counts(letters, paper)
    pages = [
        (letter.person_id, letter.due)
        for letter, count in zip(letters, counts, strict=True)
        for _page in range(count)
    ]
    return Drawn(content, tuple(pages))


def workbook(db: Database, chosen: Sequence[Renewal], progress: Progress = silent) -> bytes:
    """The letters as a workbook for mail merge."""
    from cit_desktop.exports import merge_xlsx

    return merge_xlsx.workbook(_letters(db, chosen, None)[0], progress)


def write_drafts(
    db: Database,
    chosen: Sequence[Renewal],
    folder: Path,
    told: Callable[[Path, Letter], object],
    progress: Progress = silent,
    *,
    attach: bool = False,
) -> None:
    """Put drafts of e-mails into a folder; see :func:`letter_mail.write_drafts`.

    Args:
        attach: Each has the letter on paper with it.
    """
    from cit_desktop.exports import letter_mail, letter_pdf

    letters, images, paper = _letters(db, chosen, None)

    def pdf(letter: Letter) -> bytes:
        return letter_pdf.draw_letters([letter], images, paper)

    letter_mail.write_drafts(letters, folder, told, pdf if attach else None, progress)


def _letters(
    db: Database, chosen: Sequence[Renewal], wording: Wording | None
) -> tuple[list[Letter], dict[str, bytes], Paper]:
    with db.read() as session:
        letters = renewal_writing.letters(session, chosen, wording)
        return letters, renewal_writing.images(session, letters), papers.of_chapter(session)
