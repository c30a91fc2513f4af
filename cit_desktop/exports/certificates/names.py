"""Which names a certificate had to make smaller, break into lines, or cannot print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cit_desktop.documents.certificates import CertificateSnapshot
from cit_desktop.errors import Refused
from cit_desktop.exports.certificates.compose import compose

Trouble: TypeAlias = Literal["smaller", "wrapped", "unprintable"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before a certificate is issued.

    Attributes:
        trouble: ``unprintable`` keeps the certificate from being issued, the others do not.
        sentence: What happens to the name, in full.
    """

    recipient: str
    trouble: Trouble
    sentence: str


def look_through(snapshots: Sequence[CertificateSnapshot]) -> Iterator[Finding]:
    """What there is to look at, certificate by certificate.

    Raises:
        TooNew: A certificate has a layout that this program does not know.
    """
    for snapshot in snapshots:
        try:
            lines = list(compose(snapshot).lines("recipient"))
        except Refused as refusal:
            yield Finding(snapshot.recipient, "unprintable", str(refusal))
            continue
        if len(lines) > 1:
            told = f"The name {snapshot.recipient} stands on {len(lines)} lines."
            yield Finding(snapshot.recipient, "wrapped", told)
        part = min(line.size / line.wished for line in lines)
        if part < 1:
            told = f"The name {snapshot.recipient} is printed at {part:.0%} of its usual size."
            yield Finding(snapshot.recipient, "smaller", told)
