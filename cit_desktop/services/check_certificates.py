"""Rules that certificates and their numbers must keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cit_desktop.models import Certificate, Enrollment, TrainingClass
from cit_desktop.services import certificate_views, numbering, settings
from cit_desktop.services import outdated as stale
from cit_desktop.services.findings import Finding, counted, some


def altered(session: Session) -> Iterator[Finding]:
    """Certificates whose stored text is not the one that was issued."""
    for flaw in certificate_views.check(session):
        yield Finding(
            "error",
            f"Certificate {flaw.number} is not as it was issued. {flaw.sentence}",
            "Restore a backup, or revoke it and issue it again.",
        )


def without_hours(session: Session) -> Iterator[Finding]:
    """Certificates that show no hours."""
    for number in session.scalars(
        select(Certificate.number)
        .where(Certificate.status == "issued", func.coalesce(Certificate.minutes, 0) <= 0)
        .order_by(Certificate.number)
    ):
        yield Finding(
            "error",
            f"Certificate {number} shows no hours.",
            "Correct the attendance and reissue it, or revoke it.",
        )


def misplaced(session: Session) -> Iterator[Finding]:
    """Certificates that do not belong to the enrollment they name."""
    for number in session.scalars(
        select(Certificate.number)
        .join(Enrollment, Enrollment.id == Certificate.enrollment_id)
        .where(
            (Enrollment.person_id != Certificate.person_id)
            | (Enrollment.class_id != Certificate.class_id)
        )
        .order_by(Certificate.number)
    ):
        yield Finding(
            "error",
            f"Certificate {number} names another person or class than the roster it came from.",
            "Revoke it and issue a new one from the class.",
        )


def outdated(session: Session) -> Iterator[Finding]:
    """Certificates of another result than the class has by now: it was reopened and corrected."""
    found = stale.joined(select(Certificate.number, TrainingClass.code)).where(stale.rule())
    for number, code in session.execute(found.order_by(Certificate.number)):
        yield Finding(
            "error",
            f"Certificate {number} says something else than the results of {code} do by now.",
            "Reissue it, or revoke it if it must not stand.",
        )


def issued_twice(session: Session) -> Iterator[Finding]:
    """Enrollments with more than one valid certificate."""
    for first, second, count in session.execute(
        select(func.min(Certificate.number), func.max(Certificate.number), func.count())
        .where(Certificate.status == "issued")
        .group_by(Certificate.enrollment_id)
        .having(func.count() > 1)
    ):
        yield Finding(
            "error",
            f"{count} certificates are valid for the same person in the same class: "
            f"{first} and {second}.",
            "Revoke all but one.",
        )


def gaps(session: Session) -> Iterator[Finding]:
    """Numbers that were given out, but that no certificate bears: lost where a backup was
    restored, since they stand on paper.
    """
    restored = settings.get(session, "restored_from", None) is not None
    for gap in numbering.gaps(session):
        named = f": {some(gap.numbers)}" if gap.numbers else ""
        what = counted(gap.count, "certificate number", "certificate numbers")
        yield Finding(
            "warning" if restored else "error",
            f"{what} of {gap.chapter} in {gap.year}, given out already, on no certificate{named}.",
            "A backup was restored from before they were issued. Compare with what was kept then."
            if restored
            else "Certificates were removed outside CIT Desktop. Compare with a backup.",
        )


def ahead(session: Session) -> Iterator[Finding]:
    """Certificates with a number that was not given out yet."""
    for number in numbering.ahead(session):
        yield Finding(
            "error",
            f"Certificate {number} bears a number that was not given out yet.",
            "It was changed outside CIT Desktop. Compare with a backup.",
        )


RULES: Final = (altered, without_hours, misplaced, outdated, issued_twice, gaps, ahead)
