"""What is shown to somebody who checks the records: a transcript, or a whole audit packet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias

from cit_desktop.documents.tables import TableColumn, TableDocument

PacketKind: TypeAlias = Literal["class", "person", "period"]


@dataclass(frozen=True, slots=True)
class Section:
    """One subject: what is to be said of it, and its tables.

    Attributes:
        facts: Pairs of label and value.
        small: Its tables may be long and are set in small print.
    """

    name: str
    facts: tuple[tuple[str, str], ...] = ()
    sentences: tuple[str, ...] = ()
    tables: tuple[TableDocument, ...] = ()
    small: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The sections about one class or person, or about all of them.

    Attributes:
        code: What it is found by in the records, such as the code of a class; may be empty.
    """

    title: str
    sections: tuple[Section, ...]
    code: str = ""

    @property
    def name(self) -> str:
        """Code and title."""
        return ", ".join(filter(None, (self.code, self.title)))


@dataclass(frozen=True, slots=True)
class Chain:
    """How the history stood when the document was made.

    Attributes:
        number: Of the last operation.
        hash: Of the last operation; it covers all before it.
        operations: How many there are.
        first_altered: The first whose record was altered; None where the chain holds.
        strays: How many records are not as the history left them.
    """

    number: int
    hash: str
    operations: int
    first_altered: int | None = None
    strays: int = 0

    @property
    def whole(self) -> bool:
        """Nothing was altered, as far as was looked."""
        return self.first_altered is None and not self.strays

    @property
    def seal(self) -> str:
        """Number of the last operation and the beginning of its hash: ``168-d1c1b866``."""
        return f"{self.number}-{self.hash[:8]}" if self.hash else "none"


@dataclass(frozen=True, slots=True)
class CertificateProof:
    """What a certificate's stored text is, and whether it is as it was issued.

    Attributes:
        sha256: Of the stored text; empty where there is none.
        finding: A sentence about it.
    """

    number: str
    status: str
    sha256: str
    finding: str


@dataclass(frozen=True, slots=True)
class TranscriptDocument:
    """What somebody was trained in, to be handed out.

    Attributes:
        standing: In a word or two; ``reason`` is the sentence with its days.
        day: What it holds is as of this day.
        seal: Of the history at that time.
    """

    name: str
    chapter: str
    facts: tuple[tuple[str, str], ...]
    standing: str
    reason: str
    day: date
    seal: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that the records hold of a class, a person or a period.

    Attributes:
        subject: What it covers.
        about: Lines that say more of it.
        counts: Labels and numbers for its cover.
    """

    kind: PacketKind
    subject: str
    about: tuple[str, ...]
    chapter: str
    day: date
    version: str
    counts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    chain: Chain


def canonical(section: Section) -> str:
    """The one text of a section that its hash is made of: sorted keys, no spaces, ISO days."""
    return json.dumps(
        asdict(section),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=_iso,
    )


def sha256(section: Section) -> str:
    """The hash of a section; another word or figure in it gives another hash."""
    return hashlib.sha256(canonical(section).encode("utf-8")).hexdigest()


def sealed(packet: Packet, proofs: Iterable[CertificateProof]) -> Packet:
    """The packet with a part about hashes, of every section before it and of certificates."""
    sections = TableDocument(
        title="Sections of this packet",
        columns=(
            TableColumn("part", "Part", width=34),
            TableColumn("section", "Section", width=18),
            TableColumn("sha256", "SHA-256", width=64),
        ),
        rows=tuple(
            (part.code or part.title, section.name, sha256(section))
            for part in packet.parts
            for section in part.sections
        ),
    )
    certificates = TableDocument(
        title="Texts of certificates",
        columns=(
            TableColumn("number", "Certificate", width=18),
            TableColumn("status", "State", width=12),
            TableColumn("sha256", "SHA-256 of the stored text", width=64),
            TableColumn("finding", "Found", width=30),
        ),
        rows=tuple((one.number, one.status, one.sha256, one.finding) for one in proofs),
    )
    tables = (sections, certificates) if certificates.rows else (sections,)
    hashes = Section("Hashes", _chain_facts(packet.chain), _chain_words(packet.chain), tables, True)
    part = Part("Hashes", (hashes,))
    return replace(packet, parts=(*packet.parts, part))


def filled(document: TableDocument) -> TableDocument:
    """The table without the columns in which nothing stands."""
    kept = [
        place
        for place in range(len(document.columns))
        if any(row[place] not in (None, "") for row in document.rows)
    ]
    return replace(
        document,
        columns=tuple(document.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in document.rows),
    )


def verdict(chain: Chain) -> str:
    """Whether history and records are whole, as sentences."""
    if chain.whole:
        return (
            "The history is whole: every operation was checked, none was altered, and the "
            "records are as the history left them."
        )
    said = []
    if chain.first_altered is not None:
        said.append(
            "The history was ALTERED outside CIT Desktop, first in operation "
            f"{chain.first_altered}."
        )
    if chain.strays:
        records = "1 record is" if chain.strays == 1 else f"{chain.strays:,} records are"
        said.append(f"{records} NOT as the history left them.")
    said.append("What is said here cannot be relied on without a backup from before.")
    return " ".join(said)


def _chain_facts(chain: Chain) -> tuple[tuple[str, str], ...]:
    return (
        ("Seal", chain.seal),
        ("Operations", f"{chain.operations:,}"),
        ("Chain of hashes", "Whole" if chain.first_altered is None else "BROKEN"),
        ("Records altered", f"{chain.strays:,}"),
    )


def _chain_words(chain: Chain) -> tuple[str, ...]:
    return (
        verdict(chain),
        f"Hash of the last operation: {chain.hash or 'none'}.",
        "Each section’s hash is the SHA-256 of its canonical JSON. A packet made again from the "
        "same records by the same version has the same hashes. The hash of a certificate is that "
        "of the signed text from which it is drawn.",
    )


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)
