"""The seal of the history: what a paper shows of it, and whether that still holds."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import journal
from cit_desktop.models import Operation
from cit_desktop.packet_documents import Chain
from cit_desktop.services import history

_SEAL: Final = re.compile(r"(\d{1,12})[-–](\w{8})")


def now(session: Session) -> Chain:
    """How the history stands, without looking whether it holds."""
    number, digest = journal.head(session.connection())
    return Chain(number, digest, number)


def checked(session: Session) -> Chain:
    """How the history stands after checking all of it."""
    found = history.verify(session)
    number, digest = journal.head(session.connection())
    return Chain(number, digest, found.operations, found.first_altered)


def operation_of(session: Session, text: str) -> int | None:
    """The operation that a seal on paper was taken from; None if the records have no such one.

    Args:
        text: As it is printed: ``168-d1c1b866``.
    """
    found = _SEAL.fullmatch(text.strip().lower())
    if found is None:
        return None
    digest = session.scalar(select(Operation.hash).where(Operation.id == int(found[1])))
    return int(found[1]) if digest is not None and digest[:8] == found[2] else None
