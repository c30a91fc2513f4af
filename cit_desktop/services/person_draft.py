"""A person as typed or read from a file, before it becomes a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cit_desktop.services.state_numbers import NumberDraft


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person to be added.

    Attributes:
        discipline: Key of the disciplines; empty: what title and agency point to.
        agency_id: Where the person works now, as ``title``, since ``starts``.
    """

    last: str
    first: str = ""
    middle: str = ""
    suffix: str = ""
    nickname: str = ""
    discipline: str = ""
    county: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""
    numbers: Sequence[NumberDraft] = ()
    agency_id: int | None = None
    title: str = ""
    starts: date | None = None
