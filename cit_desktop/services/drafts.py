"""What a certificate says, gathered from the records of this day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.documents import (
    CertificateSnapshot,
    Signer,
    usual_heading,
    usual_wording,
    verification_code,
)
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
from cit_desktop.services import earned, names
from cit_desktop.services.candidates import Candidate

Drawable = Callable[[str], str]

SIGNERS_AT_MOST = 3


def always_drawable(_text: str) -> str:
    """For callers that print nothing: no letter is missing."""
    return ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A certificate before it has its number."""

    enrollment_id: int
    person_id: int
    snapshot: CertificateSnapshot

    def numbered(self, number: str) -> CertificateSnapshot:
        """The finished snapshot, with the code that follows from all of it."""
        finished = replace(self.snapshot, number=number, code="")
        return replace(finished, code=verification_code(finished))


def of(
    session: Session, class_id: int, candidates: Sequence[Candidate], issued: date
) -> list[Draft]:
    """The drafts of these candidates of one class, in their order."""
    facts = _class_facts(session, class_id)
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
            areas=earned.in_order(earned.share(candidate.minutes, areas.items())),
            heading=usual_heading(candidate.kind),
            wording=usual_wording(candidate.kind),
        )
        made.append(Draft(candidate.enrollment_id, person.person_id, snapshot))
    return made


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
    for signer in snapshot.signers:
        yield from (signer.name, signer.title)


def _class_facts(session: Session, class_id: int) -> CertificateSnapshot:
    """A snapshot with what all certificates of a class share."""
    training, course, chapter, logo = session.execute(
        select(TrainingClass, Course, Chapter, Asset.sha256)
        .join(Course, Course.id == TrainingClass.course_id)
        .join(Chapter, Chapter.id == TrainingClass.chapter_id)
        .outerjoin(Asset, Asset.id == Chapter.logo_id)
        .where(TrainingClass.id == class_id)
    ).one()
    if training.starts is None or training.ends is None:
        raise Refused(
            f"The class {training.code} has no dates, and a certificate must show them.",
            "Add its blocks first.",
        )
    return CertificateSnapshot(
        number="",
        kind="officer",
        chapter=chapter.name,
        chapter_word=chapter.word,
        council=chapter.council_line,
        provider=chapter.provider,
        recipient="",
        course=course.title,
        course_code=course.code,
        class_code=training.code,
        control_number=training.course_number,
        starts=training.starts,
        ends=training.ends,
        completed=training.ends,
        issued=training.ends,
        minutes=0,
        signers=_signers(session, chapter.id),
        logo=logo or "",
    )


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
