"""The seal of the history: how it stands, for the foot of a paper."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cit_desktop import journal, schema
from cit_desktop.documents.packets import Chain
from cit_desktop.services import history


def now(session: Session) -> Chain:
    """How the history stands, without looking whether it holds."""
    number, digest = journal.head(session.connection())
    return Chain(number, digest, number)


def checked(session: Session) -> Chain:
    """How the history stands after checking all of it, and all records against it."""
    found = history.verify(session)
    number, digest = journal.head(session.connection())
    strays = journal.strays(session.connection(), schema.NEWEST)
    return Chain(number, digest, found.operations, found.first_altered, sum(strays.values()))
