"""What an audit packet shows of certificates, and whether each is as it was issued."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from cit_desktop import record_words
from cit_desktop.documents.packets import CertificateProof, Section
from cit_desktop.documents.tables import Cell, TableColumn, TableDocument
from cit_desktop.errors import CitError
from cit_desktop.models import Certificate, Person
from cit_desktop.services import certificate_views, names, signing, transcript_document

GENUINE = "As issued; the signature holds."
_COLUMNS = (
    TableColumn("number", "Number", width=16),
    TableColumn("name", "Issued to", width=28),
    TableColumn("kind", "Kind", width=11),
    TableColumn("completed", "Completed", "date", 11),
    TableColumn("issued", "Issued", "date", 11),
    TableColumn("status", "State", width=36),
    TableColumn("key", "Key", width=14),
    TableColumn("sha256", "SHA-256 of the signed text", width=34),
    TableColumn("minutes", "Hours", "hours", 7),
)


def section(
    session: Session, *which: ColumnElement[bool]
) -> tuple[Section, tuple[CertificateProof, ...]]:
    """The certificates that the conditions let through, the replaced and revoked ones, too."""
    found = _found(session, which)
    if not found:
        return Section("Certificates", sentences=("No certificate is on record.",)), ()
    keys = signing.public_keys(session)
    table = TableDocument("", _COLUMNS, tuple(_row(*one) for one in found))
    proofs = tuple(_proof(certificate, keys) for certificate, *_ in found)
    return Section("Certificates", sentences=_counts(proofs), tables=(table,)), proofs


def _found(session: Session, which: Iterable[ColumnElement[bool]]) -> list[Any]:
    successor = aliased(Certificate)
    return list(
        session.execute(
            select(
                Certificate,
                successor.number,
                *(Person.first, Person.middle, Person.last, Person.suffix),
            )
            .join(Person, Person.id == Certificate.person_id)
            .outerjoin(successor, successor.replaces_id == Certificate.id)
            .where(*which)
            .order_by(Certificate.number, Certificate.id)
        )
    )


def _row(certificate: Certificate, replaced_by: str | None, *name: Any) -> tuple[Cell, ...]:
    snapshot = certificate_views.readable(certificate.snapshot)
    issued = transcript_document.local_day(certificate.issued_at)
    return (
        certificate.number,
        snapshot.recipient if snapshot else names.full(*name),
        record_words.KINDS.get(certificate.kind, certificate.kind.capitalize()),
        certificate.completed_on,
        snapshot.issued if snapshot else issued,
        transcript_document.state(
            certificate.status,
            certificate.revoked_at,
            certificate.revoked_reason,
            replaced_by or "",
        ),
        certificate.key_id,
        grouped(certificate.snapshot_sha256),
        certificate.minutes,
    )


def grouped(digest: str) -> str:
    """A hash in groups of sixteen, so that it is compared by eye and broken into lines."""
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))


def _proof(certificate: Certificate, keys: dict[str, str]) -> CertificateProof:
    return CertificateProof(
        number=certificate.number,
        status=record_words.CERTIFICATES.get(certificate.status, certificate.status.capitalize()),
        sha256=certificate.snapshot_sha256,
        finding=_finding(certificate, keys),
    )


def _finding(certificate: Certificate, keys: dict[str, str]) -> str:
    if certificate.snapshot:
        try:
            wrong = certificate_views.flaw(certificate, keys)
        except CitError as error:
            wrong = error.message
        return f"ALTERED: {wrong}" if wrong else GENUINE
    if certificate.status == "on record":
        return "Entered from old papers; it was not signed here."
    if certificate_views.erased(certificate):
        return "Its text went when the person was erased."
    return "ALTERED: Its text is missing."


def _counts(proofs: tuple[CertificateProof, ...]) -> tuple[str, ...]:
    """How many there are of each state: ``24 certificates: 22 issued, 2 revoked.``."""
    states = [proof.status for proof in proofs]
    parts = [
        f"{states.count(word)} {word.lower()}"
        for word in dict.fromkeys((*record_words.CERTIFICATES.values(), *sorted(states)))
        if word in states
    ]
    count = "1 certificate" if len(states) == 1 else f"{len(states):,} certificates"
    return (f"{count}: {', '.join(parts)}.",)
