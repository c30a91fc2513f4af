"""What is printed on certificates, frozen when they are issued, and its one text to sign."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Literal, TypeAlias

from cit_desktop.errors import FileProblem, TooNew

CertificateKind: TypeAlias = Literal["officer", "responder", "community", "instructor", "letter"]
SNAPSHOT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a certificate.

    Attributes:
        image: SHA-256 of the picture of the signature, or an empty text for a line to sign on.
    """

    name: str
    title: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class CertificateSnapshot:
    """Everything printed on one certificate, as it was on the day of issue.

    Attributes:
        kind: Whom it is worded for.
        chapter_word: What this body calls itself: chapter, council, program.
        council: Line under the chapter's name, such as the state council; may be empty.
        minutes: Credited time in whole minutes.
        areas: Minutes by credit area, in the order printed.
        heading: Title of the certificate; empty for the usual one of its kind.
        wording: The line above the name, the line below it, then closing lines; empty for
            the usual ones of its kind.
        logo: SHA-256 of the logo, or an empty text.
        provider: Such as "… is a POST Approved Provider"; may be empty.
        control_number: The state's number for the course, if it gave one.
        code: Short code that the chapter checks a certificate by.
        proof: Text of the QR code, a signed record that anybody can check; see :mod:`proof`.
        template: How it is drawn; ``certificate_design`` names the templates.
        paper: ``letter`` or ``a4``.
        accent: Color of ornaments and of the name, as ``#RRGGBB``.
        ink: Color of the text.
        seal: SHA-256 of the seal's picture, or an empty text.
        contact: Where the chapter is reached, on one line; letters show it.
        hidden: Parts that are not printed, such as the heading on pre-printed stock.
    """

    number: str
    kind: CertificateKind
    chapter: str
    recipient: str
    course: str
    starts: date
    ends: date
    completed: date
    issued: date
    minutes: int
    chapter_word: str = "chapter"
    council: str = ""
    agency: str = ""
    course_code: str = ""
    class_code: str = ""
    areas: tuple[tuple[str, int], ...] = ()
    heading: str = ""
    wording: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    logo: str = ""
    provider: str = ""
    control_number: str = ""
    code: str = ""
    proof: str = ""
    template: str = "classic"
    paper: str = "letter"
    accent: str = "#0B6E6E"
    ink: str = "#1B2127"
    seal: str = ""
    contact: str = ""
    hidden: tuple[str, ...] = ()

    def images(self) -> frozenset[str]:
        """SHA-256 of every picture the certificate needs."""
        wanted = {self.logo, self.seal, *(signer.image for signer in self.signers)}
        return frozenset(wanted - {""})


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """A chapter's private key, to print once and to keep where the records are not.

    Attributes:
        lines: What is typed in to take the key back; see :mod:`recovery`.
    """

    chapter: str
    key_id: str
    created: date
    lines: tuple[str, ...]


_HEADINGS: dict[CertificateKind, str] = {
    "officer": "Certificate of Completion",
    "responder": "Certificate of Completion",
    "community": "Certificate of Recognition",
    "instructor": "Certificate of Appreciation",
    "letter": "Letter of Attendance",
}
_WORDINGS: dict[CertificateKind, tuple[str, ...]] = {
    "officer": ("This certifies that", "has successfully completed"),
    "responder": ("This certifies that", "has successfully completed"),
    "community": (
        "Presented with appreciation to",
        "in recognition of completing",
        "and of helping to build a community that meets people in crisis with care.",
    ),
    "instructor": (
        "Presented with gratitude to",
        "in recognition of teaching",
        "and of sharing the knowledge that helps people in crisis find safety and care.",
    ),
    "letter": (
        "This confirms that",
        "attended",
        "This letter confirms attendance. It is not a certificate of completion.",
    ),
}


def usual_heading(kind: CertificateKind) -> str:
    """The title of a certificate of this kind, unless the chapter chose another."""
    return _HEADINGS[kind]


def usual_wording(kind: CertificateKind) -> tuple[str, ...]:
    """The wording of a certificate of this kind; stored with it, so that it never changes."""
    return _WORDINGS[kind]


_DATES = ("starts", "ends", "completed", "issued")
_KINDS = ("officer", "responder", "community", "instructor", "letter")


def canonical_json(snapshot: CertificateSnapshot) -> str:
    """The one text of a snapshot, to sign and to store: sorted keys, no spaces, ISO days."""
    values = asdict(snapshot)
    for key in _DATES:
        values[key] = values[key].isoformat()
    values["version"] = SNAPSHOT_VERSION
    return json.dumps(
        values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def snapshot_from_json(text: str) -> CertificateSnapshot:
    """The snapshot of a stored text; what a text of an older version lacks gets its default.

    Raises:
        TooNew: A newer program wrote it and prints things this one does not know of.
        FileProblem: It is not the text of a snapshot.
    """
    try:
        values = json.loads(text)
        version = values.pop("version")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise _damaged() from error
    if isinstance(version, int) and version > SNAPSHOT_VERSION:
        raise TooNew(
            "This certificate was issued by a newer version of CIT Desktop.",
            hint="Install the newest version to see or print it.",
        )
    if version != SNAPSHOT_VERSION or values.keys() - {f.name for f in fields(CertificateSnapshot)}:
        raise _damaged()
    try:
        return _snapshot(values)
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged() from error


def verification_code(snapshot: CertificateSnapshot) -> str:
    """Ten letters and digits that follow from all else on the certificate, as ``XXXXX-XXXXX``."""
    text = canonical_json(replace(snapshot, code="", proof=""))
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    code = base64.b32encode(digest).decode("ascii")
    return f"{code[:5]}-{code[5:10]}"


def _snapshot(values: dict[str, Any]) -> CertificateSnapshot:
    found = dict(values)
    for key in _DATES:
        found[key] = date.fromisoformat(found[key])
    found["areas"] = tuple((str(name), _whole(least)) for name, least in found.get("areas", ()))
    found["signers"] = tuple(Signer(**signer) for signer in found.get("signers", ()))
    found["wording"] = tuple(found.get("wording", ()))
    found["hidden"] = tuple(found.get("hidden", ()))
    _whole(found["minutes"])
    if found["kind"] not in _KINDS:
        raise ValueError(found["kind"])
    return CertificateSnapshot(**found)


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _damaged() -> FileProblem:
    return FileProblem(
        "The stored text of this certificate cannot be read.",
        hint="It was changed outside CIT Desktop. Restore a backup to see the certificate again.",
    )
