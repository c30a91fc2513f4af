"""What all papers of a chapter have in common."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cit_desktop.documents.tables import Paper
from cit_desktop.services import certificate_designs


def size(session: Session, chapter_id: int) -> Paper:
    """The paper that a chapter prints on: the one chosen in the design of its certificates."""
    return "a4" if certificate_designs.of(session, chapter_id).paper == "a4" else "letter"
