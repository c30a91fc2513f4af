"""Keys that outlive a restore: what they signed stands on paper, and must stay provable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.models import Chapter, SigningKey

KEPT: Final = (
    "SELECT chapter.uid, key_id, public_key, private_key, keepings, created, retired, retired_at "
    "FROM signing_key JOIN chapter ON chapter.id = chapter_id ORDER BY signing_key.id"
)


class KeptKey(NamedTuple):
    """A row of ``KEPT``: a key as a file of records holds it."""

    chapter_uid: str
    key_id: str
    public_key: str
    private_key: str
    keepings: int
    created: str
    retired: int
    retired_at: str | None


def keep(session: Session, keys: Iterable[KeptKey]) -> None:
    """Bring keys into the records; of one that is there, the form that was kept last wins.

    So a passphrase that was set since the backup still protects the key, and a key that was
    retired since signs no more. Keys of a chapter that is not in the records are passed over.
    """
    chapters = dict(session.execute(select(Chapter.uid, Chapter.id)).tuples().all())
    known = {key.key_id: key for key in session.scalars(select(SigningKey))}
    for key in keys:
        if key.chapter_uid not in chapters:
            continue
        stored = known.get(key.key_id)
        if stored is None:
            stored = SigningKey(
                chapter_id=chapters[key.chapter_uid],
                key_id=key.key_id,
                public_key=key.public_key,
                keepings=-1,
                created=_moment(key.created),
            )
            session.add(stored)
            known[key.key_id] = stored
        if key.keepings > stored.keepings:
            stored.private_key, stored.keepings = key.private_key, key.keepings
            stored.retired = bool(key.retired)
            stored.retired_at = _moment(key.retired_at) if key.retired_at else None
    session.flush()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
