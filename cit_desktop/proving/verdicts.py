"""Whether a certificate is genuine, from its proof and the keys of chapters; no records needed.

The page for a chapter's website judges in the same way, in ``resources/verify``.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from cit_desktop import day_words
from cit_desktop.documents.certificates import CertificateKind
from cit_desktop.errors import FileProblem, TooNew
from cit_desktop.proving import proof
from cit_desktop.proving.proof import Record

Status: TypeAlias = Literal[
    "valid", "changed", "unknown key", "revoked", "replaced", "no certificate"
]
FORMAT: Final = "cit-desktop-keys-1"
_FAMILY: Final = "cit-desktop-keys-"

_HYPHENS: Final = {ord("‐"): "-", ord("‑"): "-", 0xAD: None}
_CERTIFIED: Final[dict[CertificateKind, str]] = {
    "officer": "Completed the course",
    "responder": "Completed the course",
    "community": "Completed the course",
    "instructor": "Taught the course",
    "letter": "Attended a part of the course",
}


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A public key, base64 of its 32 bytes, and the chapter that signs or signed with it."""

    key_id: str
    public_key: str
    chapter: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A certificate that was signed and does not stand any more.

    Attributes:
        reason: Why, or an empty text where that is not told.
        by: Number of the certificate in its place, or an empty text.
    """

    number: str
    status: Literal["revoked", "replaced"]
    day: date
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class KeyList:
    """The public keys of a chapter and what it took back, as of a day."""

    chapter: str
    made: date
    keys: tuple[KnownKey, ...]
    withdrawn: tuple[Withdrawn, ...] = ()

    def key(self, key_id: str) -> KnownKey | None:
        """The key of an id."""
        return next((key for key in self.keys if key.key_id == key_id), None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a certificate.

    Attributes:
        sentence: The verdict in words.
        record: What its proof says; to be believed unless it was changed. None if unreadable.
        chapter: Whose key signed it, where that is known.
        as_of: The day of the list that was asked.
        withdrawn: Where it was revoked or replaced: when, why, and by what.
        notes: What to look at besides.
        page: Of the file that it stands in, from 1; 0 for a text.
    """

    status: Status
    sentence: str
    record: Record | None = None
    chapter: str = ""
    as_of: date | None = None
    withdrawn: Withdrawn | None = None
    notes: tuple[str, ...] = ()
    page: int = 0


def judge(text: str, lists: Sequence[KeyList]) -> list[Verdict]:
    """A verdict on each certificate that a text proves; on the whole text if it proves none."""
    found = proof.find(text)
    return [judge_one(one, lists) for one in found] or [judge_one(text, lists)]


def judge_one(text: str, lists: Sequence[KeyList]) -> Verdict:
    """The verdict on one proof."""
    read = proof.read(text)
    if read is None:
        return _unreadable(text)
    record = read.record
    having = sorted(
        (known for known in lists if known.key(record.key_id)), key=lambda known: known.made
    )
    if not having:
        return Verdict(
            "unknown key",
            f"Nobody here knows the key {record.key_id} that signed it, so anybody may have made "
            "it. Ask the chapter named on it for its list of keys.",
            record,
        )
    key = having[-1].key(record.key_id)
    if key is None or not proof.genuine(read, key.public_key):
        return Verdict(
            "changed",
            "It was changed after it was signed, or was never issued. Do not accept it.",
            record,
            as_of=having[-1].made,
        )
    return _standing(record, key.chapter, having)


def told(record: Record) -> list[tuple[str, str]]:
    """What a record says, line by line."""
    return [
        ("Name", record.recipient),
        ("Certifies", _CERTIFIED[record.kind]),
        ("Course", record.course),
        ("Hours", _hours(record)),
        ("Class", day_words.formal_days(record.starts, record.ends)),
        ("Completed", day_words.formal(record.completed)),
        ("Number", record.number),
        ("Issued", day_words.formal(record.issued)),
        ("Code", record.code),
        ("Key", record.key_id),
    ]


def compared(verdict: Verdict, page_text: str) -> Verdict:
    """The verdict after a look at the words around a proof: they must be those certified."""
    record = verdict.record
    if record is None or verdict.status not in ("valid", "revoked", "replaced"):
        return verdict
    shown = _plain(page_text)
    wrong = [name for name, fact in _printed(record) if not _stands_in(shown, fact)]
    if not wrong:
        return verdict
    return replace(
        verdict,
        status="changed",
        sentence=f"What is printed was changed: the {' and the '.join(wrong)} on the page "
        f"{'is' if len(wrong) == 1 else 'are'} not what was certified. Do not accept it.",
    )


def to_json(known: KeyList) -> str:
    """A list of keys as text, for a page or another computer; ASCII, the same every time."""
    values = asdict(known) | {"format": FORMAT, "made": known.made.isoformat()}
    for one in values["withdrawn"]:
        one["day"] = one["day"].isoformat()
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> KeyList:
    """The list of keys in a text.

    Raises:
        TooNew: A newer program made it.
        FileProblem: It is none.
    """
    try:
        values = json.loads(text)
        if values["format"] != FORMAT and str(values["format"]).startswith(_FAMILY):
            raise TooNew(
                "A newer version of CIT Desktop made this list of keys.",
                "Install the newest version to use it.",
            )
        return _list_of(values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileProblem(
            "This is no list of a chapter's keys.",
            "Give the page that the chapter made for checking certificates, or its records.",
        ) from error


def _list_of(values: dict[str, Any]) -> KeyList:
    if values["format"] != FORMAT:
        raise ValueError(values["format"])
    withdrawn = (one | {"day": date.fromisoformat(one["day"])} for one in values["withdrawn"])
    return KeyList(
        chapter=str(values["chapter"]),
        made=date.fromisoformat(values["made"]),
        keys=tuple(_key_of(**key) for key in values["keys"]),
        withdrawn=tuple(Withdrawn(**one) for one in withdrawn),
    )


def _key_of(key_id: str, public_key: str, chapter: str) -> KnownKey:
    """A key under its own id, which follows from it: nobody can pass theirs off as another's."""
    if proof.key_id_of(base64.b64decode(public_key, validate=True)) != key_id:
        raise ValueError(key_id)
    return KnownKey(key_id, public_key, chapter)


def _standing(record: Record, chapter: str, having: Sequence[KeyList]) -> Verdict:
    """The verdict on a genuine certificate: whether it still stands.

    What any list of the chapter says is revoked is revoked: no list brings it back.
    """
    as_of = having[-1].made
    withdrawn = (one for known in reversed(having) for one in known.withdrawn)
    found = next((one for one in withdrawn if one.number == record.number), None)
    if found is None:
        sentence = f"This certificate is genuine. {chapter} issued it."
        return Verdict("valid", sentence, record, chapter, as_of)
    sentence = f"{chapter} issued it and revoked it on {day_words.formal(found.day)}."
    if found.status == "replaced":
        sentence = (
            f"{chapter} issued it and replaced it by {found.by} on {day_words.formal(found.day)}."
        )
    if found.reason:
        sentence += f" Reason: {found.reason.rstrip('.')}."
    return Verdict(found.status, sentence, record, chapter, as_of, found)


def _unreadable(text: str) -> Verdict:
    if proof.PREFIX in proof.bare(text):
        return Verdict(
            "changed", "Its code is damaged or was changed, and cannot be read. Do not accept it."
        )
    return Verdict("no certificate", "There is no code of a certificate in this.")


def _printed(record: Record) -> list[tuple[str, str]]:
    """What every certificate shows in these very words."""
    hours = "1 hour" if record.minutes == 60 else f"{_hours(record)} hours"
    return [
        ("name", record.recipient),
        ("number", record.number),
        ("course", record.course),
        ("hours", hours),
        ("days", day_words.formal_days(record.starts, record.ends)),
    ]


def _hours(record: Record) -> str:
    return f"{record.minutes / 60:,.2f}".rstrip("0").rstrip(".")


def _stands_in(shown: str, fact: str) -> bool:
    """Whether a page has these words, whole and one after the other, on whatever lines."""
    words = _plain(fact.removesuffix("…")).split()
    said = r"(?<![\w.,])" + r"\s+".join(map(re.escape, words))
    return re.search(said if fact.endswith("…") else said + r"(?!\w)", shown) is not None


def _plain(text: str) -> str:
    """Words whatever their case, spaces and kinds of hyphens."""
    return unicodedata.normalize("NFKC", text).translate(_HYPHENS).casefold()
