"""Keeping the chapter's keys: a passphrase, a new key for an old one, the recovery sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.documents.certificates import RecoverySheet
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Chapter, SigningKey
from cit_desktop.proving import keyring, recovery
from cit_desktop.services import signing

KeyState: TypeAlias = Literal["open", "locked", "unlocked", "retired"]


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key of a chapter.

    Attributes:
        state: ``open`` needs no passphrase, ``locked`` needs it, ``unlocked`` had it today,
            ``retired`` signs no more, and what it signed stays valid.
    """

    key_id: str
    public_key: str
    state: KeyState
    created: datetime
    retired: datetime | None


def keys(session: Session, chapter_id: int) -> tuple[KeyView, ...]:
    """Every key that a chapter ever had, the newest first; none before it first signs."""
    found = session.scalars(
        select(SigningKey).filter_by(chapter_id=chapter_id).order_by(SigningKey.id.desc())
    )
    return tuple(
        KeyView(key.key_id, key.public_key, _state(session, key), key.created, key.retired_at)
        for key in found
    )


def is_locked(session: Session, chapter_id: int) -> bool:
    """Whether the passphrase must be given before anything is signed."""
    key = signing.in_use(session, chapter_id)
    return key is not None and _state(session, key) == "locked"


def unlock(session: Session, chapter_id: int, passphrase: str) -> None:
    """Unlock a chapter's key for the rest of the day; nothing is written.

    Raises:
        NotFound: It has no key yet.
        Refused: It is another passphrase.
    """
    key = _in_use(session, chapter_id)
    private_key = keyring.unwrap(key.private_key, key.key_id, passphrase)
    signing.keys_in_memory(session).put(key.key_id, private_key)


def protect(session: Session, chapter_id: int, passphrase: str) -> None:
    """Set or change the passphrase of a chapter's key, which is made if there is none.

    Do it in an operation with ``undoable=False``. Copies and backups made before still hold the
    key as it was kept then.

    Raises:
        Locked: The present passphrase was not given today.
        Refused: The new one is too short.
    """
    key = _made_if_new(session, chapter_id)
    private_key = signing.opened(session, key)
    _keep(key, keyring.wrap(private_key, key.key_id, passphrase))
    signing.keys_in_memory(session).put(key.key_id, private_key)


def unprotect(session: Session, chapter_id: int) -> None:
    """Keep a chapter's key without a passphrase.

    Raises:
        NotFound: It has no key yet.
        Locked: The present passphrase was not given today.
    """
    key = _in_use(session, chapter_id)
    if keyring.is_wrapped(key.private_key):
        _keep(key, signing.opened(session, key))


def rotate(session: Session, chapter_id: int, passphrase: str = "") -> str:
    """Retire a chapter's key and make a new one; gives its id.

    The private half of the old key is deleted; its public half stays, and so does the proof of
    every certificate that it signed. Do it in an operation with ``undoable=False``.

    Args:
        passphrase: For the new key; needed where the old one had one, which may be lost.

    Raises:
        Refused: The passphrase is missing or too short.
    """
    old = signing.in_use(session, chapter_id)
    if old is not None and keyring.is_wrapped(old.private_key):
        keyring.check_passphrase(passphrase)
    _retire(old)
    return signing.add(session, chapter_id, signing.made(), passphrase).key_id


def recovery_sheet(session: Session, chapter_id: int) -> RecoverySheet:
    """What to print and to keep in a safe place; the key is made if there is none.

    Raises:
        Locked: The passphrase was not given today.
    """
    key = _made_if_new(session, chapter_id)
    return RecoverySheet(
        chapter=session.scalars(select(Chapter.name).where(Chapter.id == chapter_id)).one(),
        key_id=key.key_id,
        created=key.created.date(),
        lines=recovery.lines_of(signing.opened(session, key)),
    )


def restore(session: Session, chapter_id: int, text: str, passphrase: str = "") -> str:
    """Take back a key from the lines of its recovery sheet; gives its id.

    A key that these records do not know becomes the one that signs, and retires the present one.

    Args:
        passphrase: For the restored key; empty to keep it without.

    Raises:
        Refused: A line is mistyped, the key is retired, or the passphrase is too short.
    """
    key = signing.of_private(recovery.private_key_of(text))
    known = session.scalar(select(SigningKey).filter_by(key_id=key.key_id))
    if known is None:
        _retire(signing.in_use(session, chapter_id))
        return signing.add(session, chapter_id, key, passphrase).key_id
    if known.retired or known.chapter_id != chapter_id:
        raise Refused(
            f"The sheet is of the key {key.key_id}, which is retired or of another chapter.",
            "What it signed stays valid. Look for the sheet of the key in use.",
        )
    stored = key.private_key
    if passphrase:
        stored = keyring.wrap(key.private_key, key.key_id, passphrase)
    _keep(known, stored)
    signing.keys_in_memory(session).put(key.key_id, key.private_key)
    return key.key_id


def _state(session: Session, key: SigningKey) -> KeyState:
    if key.retired or not key.private_key:
        return "retired"
    if not keyring.is_wrapped(key.private_key):
        return "open"
    unlocked = signing.keys_in_memory(session).get(key.key_id) is not None
    return "unlocked" if unlocked else "locked"


def _in_use(session: Session, chapter_id: int) -> SigningKey:
    key = signing.in_use(session, chapter_id)
    if key is None:
        raise NotFound(
            "This chapter has no key yet.", "It is made when the first certificate is issued."
        )
    return key


def _made_if_new(session: Session, chapter_id: int) -> SigningKey:
    found = signing.in_use(session, chapter_id)
    return found if found is not None else signing.add(session, chapter_id, signing.made())


def _keep(key: SigningKey, private_key: str) -> None:
    key.private_key = private_key
    key.keepings += 1


def _retire(key: SigningKey | None) -> None:
    if key is not None:
        _keep(key, "")
        key.retired, key.retired_at = True, clock.now()
