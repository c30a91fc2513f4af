"""Whether the records agree with themselves and with the rules of the field."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import journal, schema
from cit_desktop.models import Operation
from cit_desktop.services import assets, check_certificates, check_records
from cit_desktop.services.findings import Finding, counted

__all__ = ["Finding", "run"]

_COMPARE = "Compare with a backup made before; keep this file for whoever looks into it."


def run(session: Session) -> list[Finding]:
    """Every rule that the records break, errors first; nothing is changed."""
    rules = (_history, _outside, _pictures, *check_certificates.RULES, *check_records.RULES)
    found = [finding for rule in rules for finding in rule(session)]
    return sorted(found, key=lambda finding: finding.severity != "error")


def _history(session: Session) -> Iterator[Finding]:
    altered = journal.verify(session.connection())
    if altered is None:
        return
    label = session.scalar(select(Operation.label).where(Operation.id == altered))
    step = f"step {altered} (“{label}”)" if label is not None else f"step {altered}, which is gone"
    yield Finding(
        "error", f"The history was altered outside CIT Desktop, first in {step}.", _COMPARE
    )


def _outside(session: Session) -> Iterator[Finding]:
    """Records that somebody changed with another program, past the history."""
    for table, count in journal.strays(session.connection(), schema.NEWEST).items():
        rows = counted(count, "record", "records")
        yield Finding(
            "error",
            f"{rows} ({table.replace('_', ' ')}) changed outside CIT Desktop: not as the history "
            "left them.",
            _COMPARE,
        )


def _pictures(session: Session) -> Iterator[Finding]:
    """Logos and signatures that are not what was chosen; the history does not hold them."""
    for name in assets.altered(session):
        yield Finding("error", f"{name} was altered outside CIT Desktop.", assets.MENDED_BY)
