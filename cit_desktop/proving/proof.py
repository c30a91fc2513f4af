"""The signed record in a certificate's QR code: what was certified, in under 400 characters.

The text is ``CIT1.``, the payload in base32 (RFC 4648, capitals, no padding), and a dot. Only
letters that a QR code packs as alphanumeric, none that a line break or a space could hurt::

    payload = record + Ed25519 signature (64 bytes) of b"CIT1." + record
    record  = key id (8) · kind (1) · minutes (2) · starts, ends, completed, issued (2 each, days
              since 1970-01-01) · verification code (7) · number, name, course (each a byte that
              counts the bytes of the UTF-8 that follows)

Numbers are big-endian. What is signed is what is read: there is one way to write a record, and
a reader refuses any other. A name or course without room ends with "…"; the verification code,
which follows from the whole certificate, stands for the rest.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cit_desktop.documents.certificates import CertificateKind, CertificateSnapshot
from cit_desktop.errors import Refused

PREFIX: Final = "CIT1."
LONGEST: Final = 395  # what a QR code of version 10-L holds: 57 modules, 28.5 mm at 0.5 mm each
NUMBER_ROOM: Final = 40  # bytes
KINDS: Final[tuple[CertificateKind, ...]] = (
    "officer",
    "responder",
    "community",
    "instructor",
    "letter",
)

_SIGNATURE = 64
_NAME_ROOM = 120
_ROOM = (LONGEST - len(PREFIX) - 1) * 5 // 8 - _SIGNATURE
_HEAD = struct.Struct(">8sBHHHHH7s")
_EPOCH = date(1970, 1, 1)
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")
_WRITTEN = re.compile(
    r"CIT1\.((?:[ \t\r\n\f\v\xa0]*[A-Z2-7])+)[ \t\r\n\f\v\xa0]*(?:\.|\Z)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Record:
    """What was certified.

    Attributes:
        key_id: The chapter's key that signed it, as 16 hexadecimal digits.
        recipient, course: As on the certificate; "…" ends what had no room.
        minutes: Credited time.
        code: The certificate's short code, as ``XXXXX-XXXXX``.
    """

    key_id: str
    kind: CertificateKind
    number: str
    recipient: str
    course: str
    minutes: int
    starts: date
    ends: date
    completed: date
    issued: date
    code: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A record as read, with the signature that it carries."""

    record: Record
    signed: bytes
    signature: bytes


def record_of(snapshot: CertificateSnapshot, key_id: str) -> Record:
    """What a proof tells of a certificate, shortened to what fits.

    Raises:
        Refused: Its number or its hours do not fit.
    """
    if len(snapshot.number.encode()) > NUMBER_ROOM:
        raise Refused(
            f"The number {snapshot.number} is too long for the code on a certificate.",
            f"Choose a pattern that gives at most {NUMBER_ROOM} letters.",
        )
    recipient = _shortened(snapshot.recipient, _NAME_ROOM)
    taken = _HEAD.size + 3 + len(snapshot.number.encode()) + len(recipient.encode())
    return Record(
        key_id=key_id,
        kind=snapshot.kind,
        number=snapshot.number,
        recipient=recipient,
        course=_shortened(snapshot.course, _ROOM - taken),
        minutes=snapshot.minutes,
        starts=snapshot.starts,
        ends=snapshot.ends,
        completed=snapshot.completed,
        issued=snapshot.issued,
        code=snapshot.code,
    )


def key_id_of(public_key: bytes) -> str:
    """The id of a public key, as it stands in a proof."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def signed_bytes(record: Record) -> bytes:
    """The bytes to sign; the same record gives the same bytes.

    Raises:
        Refused: A day or the hours do not fit the record.
    """
    days = (record.starts, record.ends, record.completed, record.issued)
    try:
        head = _HEAD.pack(
            bytes.fromhex(record.key_id),
            KINDS.index(record.kind),
            record.minutes,
            *((day - _EPOCH).days for day in days),
            _code_bytes(record.code),
        )
    except struct.error as error:
        raise Refused(
            f"The certificate {record.number} cannot be signed: its days must lie between 1970 "
            "and 2149, and its hours under 1,092.",
            "Correct the class first.",
        ) from error
    texts = (text.encode() for text in (record.number, record.recipient, record.course))
    return PREFIX.encode() + head + b"".join(bytes([len(text)]) + text for text in texts)


def text_of(signed: bytes, signature: bytes) -> str:
    """The text for the QR code."""
    payload = signed.removeprefix(PREFIX.encode()) + signature
    return f"{PREFIX}{base64.b32encode(payload).decode().rstrip('=')}."


def find(text: str) -> list[str]:
    """The texts of proofs within a text, without the spaces and line breaks they were given."""
    return [f"{PREFIX}{bare(found[1])}." for found in _WRITTEN.finditer(text)]


def bare(text: str) -> str:
    """The text without the spaces and line breaks that copying brings in."""
    return _SPACE.sub("", text)


def read(text: str) -> Proof | None:
    """What a proof says, genuine or not; None if it is no text of a proof."""
    written = bare(text)
    if not written.startswith(PREFIX) or not written.isascii():
        return None
    letters = written.removeprefix(PREFIX).removesuffix(".")
    try:
        payload = base64.b32decode(letters + "=" * (-len(letters) % 8))
        record = _unpacked(payload[:-_SIGNATURE])
    except (binascii.Error, struct.error, ValueError, IndexError, OverflowError):
        return None
    if base64.b32encode(payload).decode().rstrip("=") != letters:
        return None  # bits beyond the last byte: there is one way to write a payload
    return Proof(record, PREFIX.encode() + payload[:-_SIGNATURE], payload[-_SIGNATURE:])


def genuine(proof: Proof, public_key: str) -> bool:
    """Whether the owner of a public key, base64 of its 32 bytes, signed exactly this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        public.verify(proof.signature, proof.signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _unpacked(data: bytes) -> Record:
    key, kind, minutes, starts, ends, completed, issued, code = _HEAD.unpack_from(data)
    number, at = _text(data, _HEAD.size)
    recipient, at = _text(data, at)
    course, at = _text(data, at)
    shown = base64.b32encode(code).decode()
    record = Record(
        key_id=key.hex(),
        kind=KINDS[kind],
        number=number,
        recipient=recipient,
        course=course,
        minutes=minutes,
        starts=_day(starts),
        ends=_day(ends),
        completed=_day(completed),
        issued=_day(issued),
        code=f"{shown[:5]}-{shown[5:10]}",
    )
    if at != len(data) or _code_bytes(record.code) != code:
        raise ValueError("more than a record")
    return record


def _text(data: bytes, at: int) -> tuple[str, int]:
    end = at + 1 + data[at]
    if end > len(data):
        raise ValueError("cut off")
    return data[at + 1 : end].decode("utf-8"), end


def _day(count: int) -> date:
    return _EPOCH + timedelta(days=count)


def _code_bytes(code: str) -> bytes:
    """The fifty bits of a code, and six that are zero."""
    return base64.b32decode(f"{code.replace('-', '')}AA====")


def _shortened(text: str, room: int) -> str:
    """The text, or so much of it as fits into this many bytes, and a mark that it was cut."""
    if len(text.encode()) <= room:
        return text
    kept = text.encode()[: room - len("…".encode())]
    return kept.decode("utf-8", "ignore").rstrip() + "…"
