"""One certificate, what is drawn of it, and whether all are genuine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from cit_desktop.documents.certificates import (
    CertificateSnapshot,
    snapshot_from_json,
    verification_code,
)
from cit_desktop.errors import CitError, FileProblem, NotFound, Refused
from cit_desktop.models import Certificate
from cit_desktop.services import assets, signing
from cit_desktop.services.certificate_list import CertificateRow, rows

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CertificateView:
    """One certificate.

    Attributes:
        snapshot: What is printed on it; None for one that was entered from old papers.
        reason: Why it was revoked or replaced.
        replaces: Number of the certificate it stands in for, or an empty text.
        replaced_by_id: The certificate that stands in for it.
        flaw: What is wrong with the stored text, as a sentence, or an empty text.
    """

    row: CertificateRow
    enrollment_id: int
    snapshot: CertificateSnapshot | None
    code: str
    key_id: str
    revoked: datetime | None
    reason: str
    replaces_id: int | None
    replaces: str
    replaced_by_id: int | None
    replaced_by: str
    flaw: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """A certificate whose stored text is not the one that was issued."""

    certificate_id: int
    number: str
    sentence: str


def view(session: Session, certificate_id: int) -> CertificateView:
    """One certificate with all that is known of it.

    Raises:
        NotFound: There is no such certificate.
    """
    successor, before = aliased(Certificate), aliased(Certificate)
    found = session.execute(
        select(Certificate, before.number, successor.id, successor.number)
        .outerjoin(before, before.id == Certificate.replaces_id)
        .outerjoin(successor, successor.replaces_id == Certificate.id)
        .where(Certificate.id == certificate_id)
    ).first()
    if found is None:
        raise NotFound("This certificate is not in the records.")
    certificate, replaces, replaced_by_id, replaced_by = found
    wrong = flaw(certificate, signing.public_keys(session))
    return CertificateView(
        row=rows(session, [certificate_id])[certificate_id],
        enrollment_id=certificate.enrollment_id,
        snapshot=readable(certificate.snapshot),
        code=certificate.code,
        key_id=certificate.key_id,
        revoked=certificate.revoked_at,
        reason=certificate.revoked_reason,
        replaces_id=certificate.replaces_id,
        replaces=replaces or "",
        replaced_by_id=replaced_by_id,
        replaced_by=replaced_by or "",
        flaw=wrong,
    )


def snapshots(session: Session, certificate_ids: Sequence[int]) -> list[CertificateSnapshot]:
    """What is printed on these certificates, in the order of the ids.

    Raises:
        NotFound: One of them is not in the records.
        Refused: One was entered from old papers; there is nothing to draw it from.
        FileProblem: One was altered outside the program.
    """
    found: dict[int, Certificate] = {}
    for start in range(0, len(certificate_ids), _AT_ONCE):
        some = certificate_ids[start : start + _AT_ONCE]
        for row in session.scalars(select(Certificate).where(Certificate.id.in_(some))):
            found[row.id] = row
    if len(found) < len(set(certificate_ids)):
        raise NotFound("One of these certificates is not in the records.", "Choose them again.")
    return [_drawn(found[certificate_id]) for certificate_id in certificate_ids]


def images(session: Session, snapshots: Iterable[CertificateSnapshot]) -> dict[str, bytes]:
    """The logos and signatures that these certificates need, by their SHA-256.

    Raises:
        FileProblem: One of them was altered outside the program.
    """
    return assets.images(session, {sha for one in snapshots for sha in one.images()})


def check(session: Session) -> list[Flaw]:
    """Every certificate whose stored text, hash, code or signature is not as it was issued."""
    keys = signing.public_keys(session)
    found = []
    for certificate in session.scalars(
        select(Certificate)
        .where(Certificate.status != "on record")
        .order_by(Certificate.id)
        .execution_options(yield_per=_AT_ONCE)
    ):
        sentence = flaw(certificate, keys)
        if sentence:
            found.append(Flaw(certificate.id, certificate.number, sentence))
    return found


def readable(text: str) -> CertificateSnapshot | None:
    """What is printed on a certificate with this stored text; None where nobody can tell."""
    if not text:
        return None
    try:
        return snapshot_from_json(text)
    except CitError:
        return None


def erased(certificate: Certificate) -> bool:
    """Whether its texts went with the name of its person, as :mod:`privacy` takes them."""
    texts = (certificate.snapshot, certificate.snapshot_sha256, certificate.signature)
    return not any((*texts, certificate.key_id, certificate.code))


def _drawn(certificate: Certificate) -> CertificateSnapshot:
    if erased(certificate) and certificate.status != "on record":
        raise Refused(
            f"Certificate {certificate.number} was issued to somebody who was erased since: its "
            "text is gone.",
            "Leave it out of what is printed.",
        )
    if not certificate.snapshot:
        raise Refused(
            f"Certificate {certificate.number} was entered from old papers and cannot be drawn.",
            "Leave it out of what is printed.",
        )
    if _sha(certificate.snapshot) != certificate.snapshot_sha256:
        raise FileProblem(
            f"Certificate {certificate.number} was altered outside CIT Desktop.",
            "Restore a backup to print it again.",
        )
    return snapshot_from_json(certificate.snapshot)


def flaw(certificate: Certificate, keys: dict[str, str]) -> str:
    """What is wrong with its stored text as a sentence; empty where nothing is.

    Args:
        keys: The public keys that certificates are signed with, by key id.
    """
    text = certificate.snapshot
    if not text and (certificate.status == "on record" or erased(certificate)):
        return ""
    if _sha(text) != certificate.snapshot_sha256:
        return "Its text is not the one that was issued."
    if certificate.key_id not in keys:
        return f"The key {certificate.key_id} that signed it is missing."
    if not signing.verify(text, certificate.signature, keys[certificate.key_id]):
        return "Its signature does not belong to its text."
    snapshot = readable(text)
    if snapshot is None:
        return "Its text cannot be read."
    if snapshot.number != certificate.number:
        return f"It was issued as {snapshot.number}."
    if not snapshot.code == certificate.code == verification_code(snapshot):
        return "Its code does not follow from its text."
    return ""


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
