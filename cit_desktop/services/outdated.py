"""Certificates that say something else than what was earned: their class was reopened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from cit_desktop.models import Certificate, Enrollment, TrainingClass
from cit_desktop.services import names
from cit_desktop.services.hours_rules import decimal

if TYPE_CHECKING:
    from cit_desktop.documents.certificates import CertificateKind

COMPLETES: Final[tuple[CertificateKind, ...]] = ("officer", "responder", "community")

_TRAINEE = Enrollment.role == "trainee"
_COMPLETED = and_(_TRAINEE, Enrollment.result == "completed")
_OTHER_RESULT = or_(
    and_(Certificate.kind.in_(COMPLETES), ~_COMPLETED),
    and_(Certificate.kind == "letter", _COMPLETED),
)
_OTHER_HOURS = and_(
    Enrollment.role.in_(("trainee", "instructor")),
    Certificate.minutes != Enrollment.credited_minutes,
    Certificate.minutes > 0,  # of those without any, the check of the records tells
)
_OTHER_DAY = and_(
    Certificate.kind.in_(COMPLETES), Certificate.completed_on != Enrollment.completed_on
)


def rule() -> ColumnElement[bool]:
    """Whether a certificate is outdated, for a query that :func:`joined` has prepared."""
    return and_(
        Certificate.status == "issued",
        TrainingClass.status == "finalized",
        or_(~_TRAINEE, Enrollment.result != "open"),
        or_(_OTHER_RESULT, _OTHER_HOURS, _OTHER_DAY),
    )


def joined(query: Select[Any]) -> Select[Any]:
    """A query over certificates with the enrollment and the class of each."""
    return query.join(Enrollment, Enrollment.id == Certificate.enrollment_id).join(
        TrainingClass, TrainingClass.id == Enrollment.class_id
    )


def sentences(session: Session, *of: ColumnElement[bool]) -> dict[int, str]:
    """What does not hold any more, by certificate; those that hold are left out.

    Args:
        of: Which certificates to look at; all without any.
    """
    query = joined(
        select(
            Certificate.id,
            Certificate.kind,
            Certificate.minutes,
            Certificate.completed_on,
            Enrollment.role,
            Enrollment.result,
            Enrollment.credited_minutes,
            Enrollment.completed_on.label("day"),
        )
    )
    return {row.id: _sentence(row) for row in session.execute(query.where(rule(), *of))}


def _sentence(row: Any) -> str:
    completed = row.role == "trainee" and row.result == "completed"
    if row.kind in COMPLETES and not completed:
        return "It says that the class was completed, which is not so any more."
    if row.kind == "letter" and completed:
        return "It is a letter of attendance, but the class was completed after all."
    if row.credited_minutes is not None and row.minutes != row.credited_minutes:
        hours = f"{decimal(row.minutes)} hours, but {decimal(row.credited_minutes)}"
        return f"It shows {hours} were earned."
    return (
        f"It gives {names.day(row.completed_on)} as the last day, which was {names.day(row.day)}."
    )
