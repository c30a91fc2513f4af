"""What others need to check this chapter's certificates: public keys, and what was taken back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from cit_desktop import clock
from cit_desktop.documents.certificates import snapshot_from_json
from cit_desktop.errors import NotFound
from cit_desktop.models import Certificate, Chapter, SigningKey, TrainingClass
from cit_desktop.proving.proof import Record
from cit_desktop.proving.verdicts import KeyList, KnownKey, Verdict, Withdrawn
from cit_desktop.text import letters


def key_list(session: Session, chapter_id: int, *, reasons: bool = True) -> KeyList:
    """A chapter's public keys and what it revoked or replaced, as of today.

    Args:
        reasons: Tell why, too. They may be about a person: leave them out of what is published.
    """
    keys = session.execute(
        select(SigningKey.key_id, SigningKey.public_key, Chapter.name)
        .join(Chapter, Chapter.id == SigningKey.chapter_id)
        .where(SigningKey.chapter_id == chapter_id)
        .order_by(SigningKey.id)
    )
    return KeyList(
        chapter=session.scalars(select(Chapter.name).where(Chapter.id == chapter_id)).one(),
        made=clock.today(),
        keys=tuple(KnownKey(*key) for key in keys),
        withdrawn=_withdrawn(session, chapter_id, reasons=reasons),
    )


def key_lists(session: Session) -> dict[str, KeyList]:
    """The list of every chapter of the file that has a key, by the chapter's uid."""
    chapters = session.execute(
        select(Chapter.id, Chapter.uid)
        .where(Chapter.id.in_(select(SigningKey.chapter_id)))
        .order_by(Chapter.id)
    )
    return {uid: key_list(session, chapter_id) for chapter_id, uid in chapters}


def proof_of(session: Session, text: str) -> str:
    """The proof of the certificate with this number, or with this short code.

    Raises:
        NotFound: No certificate that was issued here has it.
    """
    wanted = letters(text)
    code = f"{wanted[:5]}-{wanted[5:]}".upper()
    found = session.scalars(
        select(Certificate.snapshot).where(
            or_(Certificate.number == text.strip(), Certificate.code == code),
            Certificate.snapshot != "",
        )
    ).first()
    proof = "" if found is None else snapshot_from_json(found).proof
    if not proof:
        raise NotFound(
            f"“{text.strip()}” is neither the number nor the code of a certificate issued here.",
            "Compare it with the paper. The code has ten letters and digits.",
        )
    return proof


def compared(session: Session, verdict: Verdict) -> Verdict:
    """The verdict after a look into the records: what they should know and do not."""
    note = _doubt(session, verdict.record) if verdict.record and verdict.chapter else ""
    return replace(verdict, notes=(*verdict.notes, note)) if note else verdict


def _doubt(session: Session, record: Record) -> str:
    if session.scalar(select(SigningKey.id).filter_by(key_id=record.key_id)) is None:
        return ""
    code = session.scalar(select(Certificate.code).filter_by(number=record.number))
    if code is None:
        return (
            f"These records have no certificate {record.number}. Was a backup restored? If not, "
            "somebody else has the chapter's key: make a new one."
        )
    if code and code != record.code:
        return f"The certificate {record.number} of these records has the code {code}."
    return ""


def _withdrawn(session: Session, chapter_id: int, *, reasons: bool) -> tuple[Withdrawn, ...]:
    successor = aliased(Certificate)
    rows = session.execute(
        select(
            Certificate.number,
            Certificate.status,
            Certificate.revoked_at,
            Certificate.revoked_reason,
            successor.number.label("by"),
            successor.issued_at,
        )
        .join(TrainingClass, TrainingClass.id == Certificate.class_id)
        .outerjoin(successor, successor.replaces_id == Certificate.id)
        .where(
            TrainingClass.chapter_id == chapter_id,
            Certificate.status.in_(("revoked", "replaced")),
        )
        .order_by(Certificate.number)
    )
    return tuple(
        Withdrawn(
            number=row.number,
            status=row.status,
            day=(row.revoked_at or row.issued_at).astimezone().date(),
            reason=row.revoked_reason if reasons else "",
            by=row.by or "",
        )
        for row in rows
    )
