"""How a chapter's certificates look from now on; those issued keep what they have."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.documents import design as certificate_design
from cit_desktop.documents.design import Design
from cit_desktop.models import Asset, Chapter
from cit_desktop.services import chapters, records, settings


def of(session: Session, chapter_id: int) -> Design:
    """The design that the chapter chose, or the usual one.

    Raises:
        NotFound: There is no such chapter.
        FileProblem: What is kept cannot be read.
    """
    stored = settings.get(session, _name(session, chapter_id))
    return Design() if stored is None else certificate_design.from_values(stored)


def save(session: Session, chapter_id: int, design: Design) -> Design:
    """Choose how new certificates look; gives the design as it is kept.

    Raises:
        NotFound: There is no such chapter, or no such picture of a seal.
        Refused: Something of it cannot be drawn; its fields say what.
    """
    design = certificate_design.checked(design)
    if design.seal and not session.scalar(select(Asset.id).filter_by(sha256=design.seal)):
        raise records.refused("seal", "The picture of the seal is not in the records.")
    settings.put(session, _name(session, chapter_id), certificate_design.to_values(design))
    return design


def shift(session: Session) -> tuple[float, float]:
    """How far the current chapter moves text on pre-printed stock: right and up, in millimeters."""
    chapter = chapters.current(session)
    if chapter is None:
        return (0.0, 0.0)
    design = of(session, chapter.id)
    return (design.right, design.up)


def reset(session: Session, chapter_id: int) -> None:
    """Go back to the usual design.

    Raises:
        NotFound: There is no such chapter.
    """
    settings.remove(session, _name(session, chapter_id))


def _name(session: Session, chapter_id: int) -> str:
    return f"certificate.design.{records.fetch(session, Chapter, chapter_id, 'chapter').uid}"
