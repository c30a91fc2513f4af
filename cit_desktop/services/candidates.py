"""Who in a class has earned which certificate, and what keeps the others from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Certificate, Enrollment, Person, TrainingClass
from cit_desktop.models.certificates import ACTIVE as ACTIVE
from cit_desktop.services import earned, names, outdated

if TYPE_CHECKING:
    from cit_desktop.documents.certificates import CertificateKind

ON_WISH: Final = frozenset[str]({"instructor", "letter"})
WORDINGS: Final = outdated.COMPLETES

_GROUPS: Final[dict[str, CertificateKind]] = {
    "law_enforcement": "officer",
    "corrections": "officer",
    "communications": "responder",
    "fire_ems": "responder",
}
_CLASS_REASONS: Final = {
    "open": "The class is not finalized yet.",
    "cancelled": "The class was cancelled.",
    "on record": "The class was entered from old papers.",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in a class, and the certificate that person can have.

    Attributes:
        name: As in a sorted list: “Ito, Ana”.
        minutes: What the certificate would show.
        reason: Why there can be no new one now, as a sentence, or an empty text.
        certificate_number: The number of the certificate that is valid already, or an empty text.
        outdated: What it says that does not hold any more, as a sentence, or an empty text.
        on_wish: Only issued when asked for: letters of attendance and thanks to instructors.
    """

    enrollment_id: int
    name: str
    kind: CertificateKind
    minutes: int
    reason: str = ""
    certificate_number: str = ""
    on_wish: bool = False
    outdated: str = ""

    @property
    def ready(self) -> bool:
        """Whether a certificate can be issued now."""
        return not self.reason


def kind_for(discipline: str) -> CertificateKind:
    """The kind of certificate for those who complete, by what they do for a living."""
    for known in catalogs.disciplines():
        if known.key == discipline:
            return _GROUPS.get(known.group, "community")
    return "community"


def worded(candidate: Candidate, kind: CertificateKind) -> Candidate:
    """The candidate with the wording chosen for the certificate of those who complete.

    Raises:
        Refused: Letters and thanks to instructors have no other wording.
    """
    if kind == candidate.kind:
        return candidate
    if candidate.kind not in WORDINGS or kind not in WORDINGS:
        raise Refused(
            f"The certificate of {candidate.name} cannot be worded for another kind of people.",
            f"The wordings to choose from are {', '.join(WORDINGS)}.",
        )
    return replace(candidate, kind=kind)


def of_class(session: Session, class_id: int, besides: int | None = None) -> list[Candidate]:
    """Everybody in a class, in the order of their names.

    Args:
        besides: A certificate that does not count, because it is about to be replaced.

    Raises:
        NotFound: There is no such class.
    """
    status = session.scalar(select(TrainingClass.status).where(TrainingClass.id == class_id))
    if status is None:
        raise NotFound("This class no longer exists.", "Choose another class.")
    found = _people(session, class_id)
    minutes = earned.of(session, [row.id for row in found if row.role != "trainee"])
    issued = _issued(session, class_id, besides)
    wrong = outdated.sentences(session, Certificate.class_id == class_id)
    return [
        _candidate(row, status, minutes.get(row.id), issued.get(row.id), wrong) for row in found
    ]


def _people(session: Session, class_id: int) -> list[Any]:
    return list(
        session.execute(
            select(
                Enrollment.id,
                Enrollment.role,
                Enrollment.result,
                Enrollment.credited_minutes,
                Person.first,
                Person.middle,
                Person.last,
                Person.suffix,
                Person.discipline,
            )
            .join(Person, Person.id == Enrollment.person_id)
            .where(Enrollment.class_id == class_id)
            .order_by(Person.sort_key, Person.id)
        )
    )


def _issued(session: Session, class_id: int, besides: int | None) -> dict[int, Any]:
    """The valid certificate of each enrollment."""
    rows = session.execute(
        select(Certificate.id, Certificate.enrollment_id, Certificate.number)
        .where(
            Certificate.class_id == class_id,
            Certificate.status.in_(ACTIVE),
            Certificate.id != (besides or 0),
        )
        .order_by(Certificate.id)
    )
    return {row.enrollment_id: row for row in rows}


def _candidate(
    row: Any, status: str, taught: earned.Earned | None, issued: Any, wrong: Mapping[int, str]
) -> Candidate:
    kind, minutes = _kind_and_minutes(row, taught)
    reason = _CLASS_REASONS.get(status, "") or _own_reason(row, minutes)
    stale = "" if issued is None else wrong.get(issued.id, "")
    if issued is not None:
        reason = f"Certificate {issued.number} was issued already."
        reason += f" {stale} Reissue or revoke it." if stale else ""
    return Candidate(
        enrollment_id=row.id,
        name=names.listed(row.first, row.middle, row.last, row.suffix),
        kind=kind,
        minutes=minutes,
        reason=reason,
        certificate_number="" if issued is None else issued.number,
        on_wish=kind in ON_WISH,
        outdated=stale,
    )


def _kind_and_minutes(row: Any, taught: earned.Earned | None) -> tuple[CertificateKind, int]:
    credited = row.credited_minutes or 0
    if row.role == "instructor":
        return "instructor", taught.taught if taught else credited
    if row.role == "trainee" and row.result == "completed":
        return kind_for(row.discipline), credited
    if row.role == "trainee" and row.result == "open":
        return kind_for(row.discipline), credited
    return "letter", credited or (taught.attended if taught else 0)


def _own_reason(row: Any, minutes: int) -> str:
    if row.role == "trainee" and row.result == "open":
        return "No result was recorded."
    if row.role == "trainee" and row.result == "withdrawn":
        return "Withdrew from the class."
    if minutes <= 0:
        if row.role == "instructor":
            return "No block names this instructor, so there are no hours to show."
        return "No hours were credited." if row.result == "completed" else "No hours were attended."
    return ""
