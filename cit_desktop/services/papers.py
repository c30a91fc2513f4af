"""What all papers of a chapter have in common."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cit_desktop.documents.tables import Paper
from cit_desktop.models import TrainingClass
from cit_desktop.services import certificate_designs, chapters, records


def of_class(session: Session, class_id: int) -> Paper:
    """The paper that the chapter of a class prints on.

    Raises:
        NotFound: There is no such class.
    """
    return _chosen(session, records.fetch(session, TrainingClass, class_id, "class").chapter_id)


def of_chapter(session: Session) -> Paper:
    """The paper of the chapter that is worked for; letter before there is one."""
    chapter = chapters.current(session)
    return "letter" if chapter is None else _chosen(session, chapter.id)


def _chosen(session: Session, chapter_id: int) -> Paper:
    """The one chosen in the design of the chapter's certificates."""
    return "a4" if certificate_designs.of(session, chapter_id).paper == "a4" else "letter"
