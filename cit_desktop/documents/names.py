"""What stands on name tents, badges and labels: the people of a class by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameCard:
    """One person.

    Attributes:
        called: What the person is called in class: the first name, or another that is used.
        role: ``Instructor`` or ``Observer``; empty for trainees.
        work: The discipline in words; may be empty.
        certificate: Number of the valid certificate, or an empty text.
        address: Of the agency, in lines; none where it is not known.
    """

    called: str
    name: str
    agency: str = ""
    role: str = ""
    work: str = ""
    certificate: str = ""
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameCards:
    """The people of a class, in the order in which they are printed.

    Attributes:
        logo: SHA-256 of the chapter's logo, or an empty text.
    """

    chapter: str
    class_code: str
    class_title: str
    cards: tuple[NameCard, ...]
    logo: str = ""
