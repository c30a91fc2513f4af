"""How certificates are called on the screen."""

from __future__ import annotations

from typing import Final

from cit_desktop.record_words import KINDS as KINDS
from cit_desktop.services.certificates import CertificateRow
from ui.widgets.marks import Pill

WORDINGS: Final = tuple((kind, KINDS[kind]) for kind in ("officer", "responder", "community"))
STATUSES: Final = {
    "issued": Pill("Issued", "good", "check"),
    "replaced": Pill("Replaced", "care", "half"),
    "revoked": Pill("Revoked", "wrong", "cross"),
    "on record": Pill("On record", "soft", "empty"),
}
OUTDATED: Final = Pill("Outdated", "care", "warning")
WAYS_OUT: Final = "Reissue or revoke it."


def kind(value: str) -> str:
    """What a kind is called: "Officer"."""
    return KINDS.get(value, value.capitalize())


def status(row: CertificateRow) -> Pill:
    """Its state with shape and color."""
    if row.outdated:
        return OUTDATED
    return STATUSES.get(row.status, Pill(row.status.capitalize(), "soft", "empty"))


def why(row: CertificateRow) -> str:
    """What does not hold any more and what to do then; empty for one that holds."""
    return f"{row.outdated} {WAYS_OUT}" if row.outdated else ""
