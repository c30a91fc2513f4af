"""Letters on renewals as frozen values: what they say, and what stands on one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias, get_args

from cit_desktop.documents.certificates import Signer
from cit_desktop.errors import FileProblem, Refused
from cit_desktop.text import clean, clean_lines

Way: TypeAlias = Literal["pdf", "print", "merge", "eml"]

WAYS: Final[tuple[Way, ...]] = get_args(Way)
FIELDS: Final = {
    "name": "Name of the person",
    "first": "First name",
    "course": "Course completed last",
    "completed": "Day of completion",
    "hours": "Hours of that course",
    "due": "Day on which the renewal is due",
    "agency": "Agency of the person",
    "chapter": "Name of the chapter",
    "contact": "Phone and e-mail of the chapter",
}
CLOSING: Final = "Sincerely,"
_LINE_MOST, _TEXT_MOST = 200, 4_000
_FIELD = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
_LABELS: Final = {"subject": "subject", "greeting": "greeting", "text": "text"}


@dataclass(frozen=True, slots=True)
class Wording:
    """What every letter says; each text may hold fields such as ``{name}``.

    Attributes:
        text: Paragraphs with a blank line between them.
    """

    subject: str
    greeting: str
    text: str

    def paragraphs(self) -> tuple[str, ...]:
        """The text without the blank lines; a line break within a paragraph stays."""
        return tuple(part for part in re.split(r"\n\s*\n", self.text) if part.strip())


USUAL: Final = Wording(
    subject="Time to renew your CIT training",
    greeting="Dear {name}:",
    text=(
        "Thank you for the care that you bring to people in crisis.\n\n"
        "Our records show that you completed {course} ({hours}) on {completed}. The date on "
        "record for your renewal is {due}.\n\n"
        "A refresher is a good day to practice, to hear what has changed, and to meet others who "
        "answer the same calls. We would be glad to have you in one of our next classes. Please "
        "tell us which dates suit you and {agency}. You can reach us at {contact}.\n\n"
        "If you have renewed elsewhere, send us a copy of the certificate, and we will add it to "
        "your record. And if anything in this letter is not right, let us know, so that we can "
        "correct it."
    ),
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The chapter at the top of a letter, and who signs at its end.

    Attributes:
        address: The lines of its address.
        logo: SHA-256 of the logo, or an empty text.
        signer: Who signs; None where the chapter has nobody on record.
        accent: Color of the chapter's name, as ``#RRGGBB``.
        contact: Phone and e-mail in words, for a sentence.
    """

    chapter: str
    council: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    logo: str = ""
    signer: Signer | None = None
    accent: str = "#0B6E6E"
    contact: str = ""

    def images(self) -> frozenset[str]:
        """SHA-256 of every picture that a letter needs."""
        signature = self.signer.image if self.signer is not None else ""
        return frozenset({self.logo, signature} - {""})

    def reached(self) -> tuple[str, ...]:
        """How the chapter is reached, part by part."""
        return tuple(part for part in (*self.address, self.phone, self.email) if part)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person, with every field filled in.

    Attributes:
        person_id: Whom it is to, for what is remembered of it.
        name: As on the envelope.
        listed: As in a sorted list; files are named by it.
        address: The lines under the name: the agency, then where that is.
        email: Where a draft goes; may be empty.
        due: The day on which the renewal is due.
        values: What stands for each of ``FIELDS``.
    """

    person_id: int
    head: Letterhead
    made: date
    name: str
    listed: str
    address: tuple[str, ...]
    email: str
    due: date
    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    values: Mapping[str, str]

    def plain_text(self) -> str:
        """The letter as the text of an e-mail."""
        parts = [self.greeting, *self.paragraphs, "\n".join(_signed(self.head))]
        return "\n\n".join(part for part in parts if part) + "\n"


def _signed(head: Letterhead) -> Iterator[str]:
    yield CLOSING
    yield ""
    if head.signer is not None:
        yield from filter(None, (head.signer.name, head.signer.title))
    yield head.chapter
    yield from filter(None, (head.phone, head.email))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the values of its fields; one that is not known stays as it was typed."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), text)


def fill(wording: Wording, values: Mapping[str, str]) -> tuple[str, str, tuple[str, ...]]:
    """Subject, greeting and paragraphs with the values of their fields."""
    paragraphs = tuple(filled(part, values) for part in wording.paragraphs())
    return filled(wording.subject, values), filled(wording.greeting, values), paragraphs


def checked(wording: Wording) -> Wording:
    """The wording in the form in which it is kept.

    Raises:
        Refused: A text is missing or too long, or asks for a field that there is not; its fields
            say which.
    """
    kept = Wording(
        clean(wording.subject), clean(wording.greeting), clean_lines(wording.text).strip()
    )
    faults = {key: fault for key, value in asdict(kept).items() if (fault := _fault(key, value))}
    if faults:
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise Refused(" ".join(faults.values()), f"These fields are filled in: {known}.", faults)
    return kept


def to_values(wording: Wording) -> dict[str, Any]:
    """The wording as values for JSON."""
    return asdict(wording)


def from_values(values: Any) -> Wording:
    """The wording of stored values.

    Raises:
        FileProblem: They are not those of a wording.
    """
    try:
        return checked(Wording(**values))
    except (Refused, TypeError, ValueError, AttributeError) as error:
        raise FileProblem(
            "The text of renewal letters in this file cannot be read.",
            "Type it anew on the page Renewals, or go back to the usual text there.",
        ) from error


def _fault(key: str, value: str) -> str:
    """What is wrong with a text; empty when all is well."""
    most = _TEXT_MOST if key == "text" else _LINE_MOST
    if key != "greeting" and not value:
        return f"The letter needs a {_LABELS[key]}."
    if len(value) > most:
        return f"The {_LABELS[key]} has {len(value):,} characters; at most {most:,} fit."
    unknown = [name for name in _FIELD.findall(value) if name not in FIELDS]
    if unknown:
        return f"There is no field {{{unknown[0]}}}."
    if _BRACE.search(_FIELD.sub("", value)):
        return f"In the {_LABELS[key]}, a brace stands alone; a field is written like {{name}}."
    return ""
