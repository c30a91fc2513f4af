"""Certificates: issued once, frozen and numbered; later replaced or revoked, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.documents.certificates import CertificateKind, canonical_json
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Certificate, TrainingClass
from cit_desktop.services import candidates, drafts, numbering, signing
from cit_desktop.services.candidates import Candidate
from cit_desktop.services.certificate_list import CertificateRow, Filter, Sort, Status, ids, rows
from cit_desktop.services.certificate_views import (
    CertificateView,
    Flaw,
    check,
    images,
    snapshots,
    view,
)
from cit_desktop.services.drafts import Draft, Drawable, always_drawable
from cit_desktop.text import clean

__all__ = [
    "Candidate",
    "CertificateRow",
    "CertificateView",
    "Filter",
    "Flaw",
    "Sort",
    "Status",
    "check",
    "eligible",
    "ids",
    "images",
    "issue",
    "mark_printed",
    "reissue",
    "revoke",
    "rows",
    "snapshots",
    "view",
]


def eligible(session: Session, class_id: int) -> list[Candidate]:
    """Everybody in a class, with the certificate they can have or what keeps them from it.

    Raises:
        NotFound: There is no such class.
    """
    return candidates.of_class(session, class_id)


def issue(
    session: Session,
    class_id: int,
    enrollment_ids: Collection[int] | None = None,
    kinds: Collection[CertificateKind] | None = None,
    drawable: Drawable = always_drawable,
    wordings: Mapping[int, CertificateKind] | None = None,
) -> list[int]:
    """Issue certificates of a finalized class; gives their ids, in the order of the names.

    It is final: do it in an operation with ``undoable=False``.

    Args:
        enrollment_ids: For whom, or None for everybody who completed the class.
        kinds: Only these kinds; naming ``letter`` or ``instructor`` issues these, too.
        drawable: Gives the letters of a text that cannot be printed.
        wordings: By enrollment, the wording to use instead of the usual one.

    Raises:
        NotFound: There is no such class.
        Refused: Somebody named has no claim to one or has one already, a name cannot be printed,
            or there is nobody to issue one for. Nothing is issued then.
    """
    chosen = _chosen(eligible(session, class_id), enrollment_ids, kinds)
    chosen = [candidates.worded(c, (wordings or {}).get(c.enrollment_id, c.kind)) for c in chosen]
    made = drafts.of(session, class_id, chosen, clock.today())
    drafts.refuse_undrawable(made, drawable)
    chapter_id = _chapter_of(session, class_id)
    key, now, year = signing.key_for(session, chapter_id), clock.now(), clock.today().year
    numbers = numbering.take(session, chapter_id, year, len(made))
    issued = [
        _frozen(draft, number, class_id, key, now)
        for draft, number in zip(made, numbers, strict=True)
    ]
    session.add_all(issued)
    session.flush()
    return [certificate.id for certificate in issued]


def reissue(
    session: Session,
    certificate_id: int,
    reason: str,
    drawable: Drawable = always_drawable,
    wording: CertificateKind | None = None,
) -> int:
    """Replace a certificate by one with the facts of today; gives the id of the new one.

    Args:
        wording: The one to use instead of the usual one.

    Raises:
        NotFound: There is no such certificate.
        Refused: It is not valid any more, no reason is given, or the person has no claim to one.
    """
    old = _valid(session, certificate_id, "reissued")
    reason = _reason(reason)
    everybody = candidates.of_class(session, old.class_id, besides=old.id)
    candidate = next(c for c in everybody if c.enrollment_id == old.enrollment_id)
    if candidate.reason:
        raise Refused(
            f"Certificate {old.number} cannot be reissued. {candidate.reason}",
            "Revoke it if it must not stand.",
        )
    candidate = candidates.worded(candidate, wording or candidate.kind)
    made = drafts.of(session, old.class_id, [candidate], clock.today())
    drafts.refuse_undrawable(made, drawable)
    key = signing.key_for(session, _chapter_of(session, old.class_id))
    number = numbering.take_reissue(session, old.number)
    new = _frozen(made[0], number, old.class_id, key, clock.now())
    new.replaces_id = old.id
    old.status, old.revoked_reason = "replaced", reason
    session.add(new)
    session.flush()
    return new.id


def revoke(session: Session, certificate_id: int, reason: str) -> None:
    """Take a certificate back; its number stays taken.

    Raises:
        NotFound: There is no such certificate.
        Refused: It is not valid any more, or no reason is given.
    """
    certificate = _valid(session, certificate_id, "revoked")
    certificate.revoked_reason = _reason(reason)
    certificate.status = "revoked"
    certificate.revoked_at = clock.now()


def mark_printed(session: Session, certificate_ids: Collection[int]) -> None:
    """Note that these certificates were put on paper just now; saving a file is none of it."""
    for certificate in session.scalars(
        select(Certificate).where(Certificate.id.in_(list(certificate_ids)))
    ):
        certificate.printed_at = clock.now()


def _chosen(
    everybody: list[Candidate],
    enrollment_ids: Collection[int] | None,
    kinds: Collection[CertificateKind] | None,
) -> list[Candidate]:
    """Whom to issue for; whoever was named must have a claim.

    Raises:
        Refused: Lists those who have none, or says that nobody has.
    """
    if enrollment_ids is None:
        chosen = [c for c in everybody if c.ready and _wanted(c, kinds)]
    else:
        chosen = [c for c in everybody if c.enrollment_id in enrollment_ids]
        _refuse_strangers(chosen, enrollment_ids)
        _refuse_unready(chosen)
        chosen = [c for c in chosen if kinds is None or c.kind in kinds]
    if not chosen:
        raise Refused("There is no certificate to issue.", _why_none(everybody))
    return chosen


def _wanted(candidate: Candidate, kinds: Collection[CertificateKind] | None) -> bool:
    return not candidate.on_wish if kinds is None else candidate.kind in kinds


def _refuse_strangers(chosen: list[Candidate], enrollment_ids: Collection[int]) -> None:
    missing = set(enrollment_ids) - {c.enrollment_id for c in chosen}
    if missing:
        raise NotFound(
            f"{len(missing)} of the people chosen "
            f"{'is' if len(missing) == 1 else 'are'} not in this class any more.",
            "Nothing was issued. Look at the roster and choose again.",
        )


def _refuse_unready(chosen: list[Candidate]) -> None:
    fields = {str(c.enrollment_id): c.reason for c in chosen if not c.ready}
    if fields:
        listed = " ".join(f"{c.name}: {c.reason}" for c in chosen if not c.ready)
        raise Refused(
            f"No certificate can be issued for {len(fields)} of those chosen. {listed}",
            "Nothing was issued. To correct a certificate, reissue it.",
            fields,
        )


def _why_none(everybody: list[Candidate]) -> str:
    reasons = {c.reason for c in everybody if c.reason}
    if not everybody:
        return "Nobody is in this class."
    if len(reasons) == 1:
        return reasons.pop()
    return "Nobody in this class completed it without having a certificate already."


def _frozen(
    draft: Draft, number: str, class_id: int, key: signing.Key, now: datetime
) -> Certificate:
    snapshot = signing.proven(key, draft.numbered(number))
    text = canonical_json(snapshot)
    return Certificate(
        number=number,
        person_id=draft.person_id,
        class_id=class_id,
        enrollment_id=draft.enrollment_id,
        kind=snapshot.kind,
        completed_on=snapshot.completed,
        minutes=snapshot.minutes,
        issued_at=now,
        snapshot=text,
        snapshot_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        signature=signing.sign(key, text),
        key_id=key.key_id,
        code=snapshot.code,
    )


def _valid(session: Session, certificate_id: int, verb: str) -> Certificate:
    certificate = session.get(Certificate, certificate_id)
    if certificate is None:
        raise NotFound("This certificate is not in the records.")
    if certificate.status not in candidates.ACTIVE:
        raise Refused(
            f"Certificate {certificate.number} cannot be {verb}: it was "
            f"{certificate.status} already.",
            "Look at the person's other certificates.",
        )
    return certificate


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        sentence = "A reason is needed; it is kept with the certificate."
        raise Refused(sentence, fields={"reason": sentence})
    return reason


def _chapter_of(session: Session, class_id: int) -> int:
    return session.scalars(
        select(TrainingClass.chapter_id).where(TrainingClass.id == class_id)
    ).one()
