"""What a certificate says, gathered from the records of this day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.day_words import formal, formal_days
from cit_desktop.documents.certificates import CertificateSnapshot, Signer, verification_code
from cit_desktop.documents.design import Design, filled
from cit_desktop.errors import Refused
from cit_desktop.models import (
    Agency,
    Asset,
    Chapter,
    Course,
    Enrollment,
    Person,
    TrainingClass,
)
from cit_desktop.models import Signer as SignerRow
from cit_desktop.services import certificate_designs, earned, names, records
from cit_desktop.services.candidates import Candidate

Drawable = Callable[[str], str]

SIGNERS_AT_MOST = 3
AREAS: Final = {
    "legal": "Legal Studies",
    "technical": "Technical Studies",
    "interpersonal": "Interpersonal Perspectives",
    "skill": "Skill Development",
}


def always_drawable(_text: str) -> str:
    """For callers that print nothing: no letter is missing."""
    return ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A certificate before it has its number."""

    enrollment_id: int
    person_id: int
    snapshot: CertificateSnapshot
    design: Design

    def numbered(self, number: str) -> CertificateSnapshot:
        """The finished snapshot, with the code that follows from all of it."""
        finished = dressed(replace(self.snapshot, code=""), self.design, number)
        return replace(finished, code=verification_code(finished))

    def shown(self, number: str) -> CertificateSnapshot:
        """The snapshot to look at before it is issued; what stands for its code proves nothing."""
        return replace(dressed(self.snapshot, self.design, number), proof=number)


def of(
    session: Session, class_id: int, candidates: Sequence[Candidate], issued: date
) -> list[Draft]:
    """The drafts of these candidates of one class, in their order."""
    facts, design = _class_facts(session, class_id)
    ids = [candidate.enrollment_id for candidate in candidates]
    people, minutes = _people(session, ids), earned.of(session, ids)
    made = []
    for candidate in candidates:
        person, got = people[candidate.enrollment_id], minutes[candidate.enrollment_id]
        areas = got.taught_areas if candidate.kind == "instructor" else got.areas
        snapshot = replace(
            facts,
            kind=candidate.kind,
            recipient=names.full(person.first, person.middle, person.last, person.suffix),
            agency=person.agency or "",
            completed=person.completed_on or facts.completed,
            issued=issued,
            minutes=candidate.minutes,
            areas=_titled(earned.in_order(earned.share(candidate.minutes, areas.items()))),
        )
        snapshot = dressed(snapshot, design, "")
        made.append(Draft(candidate.enrollment_id, person.person_id, snapshot, design))
    return made


def _titled(areas: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((AREAS.get(area, area), minutes) for area, minutes in areas)


def dressed(snapshot: CertificateSnapshot, design: Design, number: str) -> CertificateSnapshot:
    """The snapshot with its number, template and wording; fields get their values at once."""
    wording, values = design.wording(snapshot.kind), _values(snapshot, number)
    texts = tuple(filled(text, values) for text in wording.texts())
    return replace(
        snapshot,
        number=number,
        template=design.template_for(snapshot.kind),
        heading=texts[0],
        wording=texts[1:],
    )


def _values(snapshot: CertificateSnapshot, number: str) -> dict[str, str]:
    """What stands for each of the fields of a wording."""
    return {
        "name": snapshot.recipient,
        "agency": snapshot.agency,
        "course": snapshot.course,
        "hours": f"{names.hours(snapshot.minutes)} {'hour' if snapshot.minutes == 60 else 'hours'}",
        "days": formal_days(snapshot.starts, snapshot.ends),
        "date": formal(snapshot.completed),
        "chapter": snapshot.chapter,
        "council": snapshot.council,
        "class": snapshot.class_code,
        "number": number,
    }


def refuse_undrawable(drafts: Iterable[Draft], drawable: Drawable) -> None:
    """Refuse certificates with a letter that no typeface has, before any is numbered.

    Raises:
        Refused: Lists each text with the letters that are missing.
    """
    found: dict[str, str] = {}
    fields: dict[str, str] = {}
    for draft in drafts:
        for text in _texts(draft.snapshot):
            letters = drawable(text)
            if letters:
                found[text] = f"{text} ({' '.join(letters)})"
                fields[str(draft.enrollment_id)] = f"“{text}” cannot be printed: {letters}"
    if found:
        raise Refused(
            f"No typeface can print every letter of: {'; '.join(found.values())}.",
            "Nothing was issued. Write them in Latin, Greek or Cyrillic letters.",
            fields,
        )


def _texts(snapshot: CertificateSnapshot) -> Iterator[str]:
    yield from (snapshot.recipient, snapshot.agency, snapshot.course, snapshot.chapter)
    yield from (snapshot.council, snapshot.provider, snapshot.control_number, snapshot.class_code)
    yield from (snapshot.heading, *snapshot.wording, snapshot.contact)
    yield from (name for name, _ in snapshot.areas)
    for signer in snapshot.signers:
        yield from (signer.name, signer.title)


def _class_facts(session: Session, class_id: int) -> tuple[CertificateSnapshot, Design]:
    """A snapshot with what all certificates of a class share, and how they look."""
    training, course = session.execute(
        select(TrainingClass, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(TrainingClass.id == class_id)
    ).one()
    if training.starts is None or training.ends is None:
        raise Refused(
            f"The class {training.code} has no dates, and a certificate must show them.",
            "Add its blocks first.",
        )
    design = certificate_designs.of(session, training.chapter_id)
    facts = replace(
        chapter_facts(session, training.chapter_id, design),
        course=course.title,
        course_code=course.code,
        class_code=training.code,
        control_number=training.course_number,
        starts=training.starts,
        ends=training.ends,
        completed=training.ends,
    )
    return facts, design


def chapter_facts(session: Session, chapter_id: int, design: Design) -> CertificateSnapshot:
    """A snapshot with what all certificates of a chapter share, of nobody and no class yet."""
    chapter = records.fetch(session, Chapter, chapter_id, "chapter")
    logo = session.scalar(select(Asset.sha256).where(Asset.id == chapter.logo_id))
    contact = (*chapter.address.splitlines(), _dashed(chapter.phone), chapter.email)
    return CertificateSnapshot(
        number="",
        kind="officer",
        chapter=chapter.name,
        chapter_word=chapter.word,
        council=chapter.council_line,
        provider=design.approval or chapter.provider,
        recipient="",
        course="",
        starts=date.min,
        ends=date.min,
        completed=date.min,
        issued=date.min,
        minutes=0,
        signers=_signers(session, chapter.id),
        logo=logo or "",
        paper=design.paper,
        accent=design.accent,
        ink=design.ink,
        seal=design.seal,
        contact=" · ".join(part for part in contact if part),
        hidden=design.hidden,
    )


def _dashed(phone: str) -> str:
    """A US number as it is read, any other as it was typed."""
    usual = len(phone) == 10 and phone.isdecimal()
    return "-".join((phone[:3], phone[3:6], phone[6:])) if usual else phone


def _signers(session: Session, chapter_id: int) -> tuple[Signer, ...]:
    rows = session.execute(
        select(SignerRow.name, SignerRow.title, Asset.sha256)
        .outerjoin(Asset, Asset.id == SignerRow.signature_id)
        .where(SignerRow.chapter_id == chapter_id, SignerRow.archived.is_(False))
        .order_by(SignerRow.position, SignerRow.id)
        .limit(SIGNERS_AT_MOST)
    )
    return tuple(Signer(name, title, image or "") for name, title, image in rows)


def _people(session: Session, enrollment_ids: Sequence[int]) -> dict[int, Any]:
    rows = session.execute(
        select(
            Enrollment.id,
            Enrollment.person_id,
            Enrollment.completed_on,
            Person.first,
            Person.middle,
            Person.last,
            Person.suffix,
            Agency.name.label("agency"),
        )
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(Agency, Agency.id == Enrollment.agency_id)
        .where(Enrollment.id.in_(enrollment_ids))
    )
    return {row.id: row for row in rows}
