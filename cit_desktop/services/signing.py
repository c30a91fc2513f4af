"""The chapter's keys: what they signed can be checked without trusting the file."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.models import SigningKey


@dataclass(frozen=True, slots=True)
class Key:
    """An Ed25519 key in use. Both halves are base64 of their 32 bytes."""

    key_id: str
    public_key: str
    private_key: str = field(repr=False)


def key_for(session: Session, chapter_id: int) -> Key:
    """The key a chapter signs with, made when it signs for the first time."""
    found = session.scalars(
        select(SigningKey)
        .where(
            SigningKey.chapter_id == chapter_id,
            SigningKey.retired.is_(False),
            SigningKey.private_key != "",
        )
        .order_by(SigningKey.id.desc())
        .limit(1)
    ).first()
    if found is None:
        found = _made(chapter_id)
        session.add(found)
        session.flush()
    return Key(found.key_id, found.public_key, found.private_key)


def public_keys(session: Session) -> dict[str, str]:
    """Every public key of the file, by its id."""
    found = session.execute(select(SigningKey.key_id, SigningKey.public_key))
    return dict(found.tuples().all())


def sign(key: Key, text: str) -> str:
    """The signature of a text, as base64."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(key.private_key))
    return _text(private.sign(text.encode("utf-8")))


def verify(snapshot_json: str, signature: str, public_key: str) -> bool:
    """Whether this text was signed by the owner of this key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), snapshot_json.encode("utf-8"))
    except (InvalidSignature, ValueError):
        return False
    return True


def _made(chapter_id: int) -> SigningKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return SigningKey(
        chapter_id=chapter_id,
        key_id=hashlib.sha256(public).hexdigest()[:16],
        public_key=_text(public),
        private_key=_text(private.private_bytes_raw()),
        created=clock.now(),
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
