"""The chapter's keys: what they signed can be checked without trusting the file."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.documents.certificates import CertificateSnapshot
from cit_desktop.errors import Locked
from cit_desktop.models import Chapter, SigningKey
from cit_desktop.proving import keyring, proof
from cit_desktop.proving.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Key:
    """An Ed25519 key in use. Both halves are base64 of their 32 bytes."""

    key_id: str
    public_key: str
    private_key: str = field(repr=False)


def key_for(session: Session, chapter_id: int) -> Key:
    """The key a chapter signs with, made when it signs for the first time.

    Raises:
        Locked: Its passphrase was not given today.
    """
    found = in_use(session, chapter_id)
    if found is None:
        found = add(session, chapter_id, made())
    return Key(found.key_id, found.public_key, opened(session, found))


def in_use(session: Session, chapter_id: int) -> SigningKey | None:
    """The stored key that a chapter signs with, if it has one yet."""
    return session.scalars(
        select(SigningKey)
        .where(
            SigningKey.chapter_id == chapter_id,
            SigningKey.retired.is_(False),
            SigningKey.private_key != "",
        )
        .order_by(SigningKey.id.desc())
        .limit(1)
    ).first()


def opened(session: Session, key: SigningKey) -> str:
    """The private half of a stored key.

    Raises:
        Locked: Its passphrase was not given today.
    """
    if not keyring.is_wrapped(key.private_key):
        return key.private_key
    private_key = keys_in_memory(session).get(key.key_id)
    if private_key is None:
        chapter = session.scalars(select(Chapter.name).where(Chapter.id == key.chapter_id)).one()
        raise Locked(
            f"The key of {chapter} is locked, and nothing can be signed.",
            "Unlock it with its passphrase, then issue again. It stays unlocked for this day.",
        )
    return private_key


def keys_in_memory(session: Session) -> Keyring:
    """The keys that were unlocked for the open file."""
    found = session.info.setdefault("keyring", Keyring())
    assert isinstance(found, Keyring)  # noqa: S101 - the database puts it there
    return found


def made() -> Key:
    """A new key, stored nowhere yet."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return of_private(_text(Ed25519PrivateKey.generate().private_bytes_raw()))


def of_private(private_key: str) -> Key:
    """The whole key of a private half."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(private_key))
    public = private.public_key().public_bytes_raw()
    return Key(proof.key_id_of(public), _text(public), private_key)


def add(session: Session, chapter_id: int, key: Key, passphrase: str = "") -> SigningKey:
    """Store a key that a chapter signs with from now on; an empty passphrase protects nothing.

    Raises:
        Refused: The passphrase is too short.
    """
    stored = SigningKey(
        chapter_id=chapter_id,
        key_id=key.key_id,
        public_key=key.public_key,
        private_key=key.private_key,
        created=clock.now(),
    )
    if passphrase:
        stored.private_key = keyring.wrap(key.private_key, key.key_id, passphrase)
        keys_in_memory(session).put(key.key_id, key.private_key)
    session.add(stored)
    session.flush()
    return stored


def proven(key: Key, snapshot: CertificateSnapshot) -> CertificateSnapshot:
    """The certificate with its proof, the signed record that its QR code shows.

    Raises:
        Refused: Its number, hours or days do not fit a proof.
    """
    signed = proof.signed_bytes(proof.record_of(snapshot, key.key_id))
    return replace(snapshot, proof=proof.text_of(signed, _signature(key, signed)))


def public_keys(session: Session) -> dict[str, str]:
    """Every public key of the file, by its id."""
    found = session.execute(select(SigningKey.key_id, SigningKey.public_key))
    return dict(found.tuples().all())


def sign(key: Key, text: str) -> str:
    """The signature of a text, as base64."""
    return _text(_signature(key, text.encode("utf-8")))


def _signature(key: Key, data: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key.private_key)).sign(data)


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


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
