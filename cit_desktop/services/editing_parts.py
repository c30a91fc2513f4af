"""What the lists that are edited in a spreadsheet share: values, their checks, their drop-downs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.documents.edits import EditColumn
from cit_desktop.errors import Refused
from cit_desktop.models import Base
from cit_desktop.services import agency_list, chapters, records
from cit_desktop.text import fold

AT_ONCE = 500
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it stands now; values as text by column, as they went out.

    Attributes:
        person_id: Who it is about, if anybody.
    """

    id: int
    name: str
    values: Values
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Who a new row is.

    Attributes:
        person_id: Somebody of the records; None: nobody.
        problem: Why the row cannot be taken.
        remark: What is worth knowing about it all the same.
    """

    person_id: int | None = None
    problem: str = ""
    remark: str = ""


NOBODY = Match()


@dataclass(frozen=True, slots=True)
class Added:
    """What a new row has made."""

    id: int
    person_id: int | None = None


class Editable(Protocol):
    """A list that can be edited: what stands in it now, and how a change is checked and written.

    Attributes:
        unique: Columns in which no two rows can have the same value.
        required: Columns that a new row cannot do without.
    """

    unique: frozenset[str]
    required: frozenset[str]

    def columns(self) -> tuple[EditColumn, ...]:
        """The columns, in order."""

    def keys(self, ids: Sequence[int] | None) -> list[str]:
        """The keys of the records with these ids, or of all, in the order of the list."""

    def kept(self, keys: Sequence[str]) -> dict[str, Kept]:
        """These records as they stand; those that are gone are left out."""

    def normal(self, column: str, text: str, whole: Values) -> str:
        """A typed value as it would be stored and shown.

        Args:
            whole: The row as typed, where a value depends on another.

        Raises:
            Refused: It is none.
        """

    def problem(self, column: str, text: str, record: Kept | None) -> str:
        """Why a value cannot be written although it is one: somebody else has the number."""

    def match(self, values: Values) -> Match:
        """Who or what a new row is."""

    def write(self, record: Kept, changes: Values) -> None:
        """Write the changed values of a record, within the operation that is open."""

    def add(self, values: Values, match: Match) -> Added:
        """Add a new record, within the operation that is open."""


@dataclass(slots=True)
class Lists:
    """The drop-downs of a chapter: names by what is stored."""

    disciplines: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    counties: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    state: str = ""

    @classmethod
    def of(cls, session: Session) -> Lists:
        """Those of the chapter that is being worked for."""
        chapter = chapters.current(session)
        state = chapter.state if chapter else ""
        return cls(
            {found.key: found.name for found in catalogs.disciplines()},
            {found.key: found.name for found in catalogs.agency_kinds()},
            tuple(county.name for county in catalogs.counties(state)),
            tuple(dict.fromkeys(name for _, name in agency_list.all_names(session))),
            state,
        )


def chosen(column: str, text: str, choices: Sequence[str], *, strict: bool = True) -> str:
    """The choice that a text stands for, however it is spelled.

    Raises:
        Refused: It stands for none, and nothing else is allowed.
    """
    found = next((choice for choice in choices if fold(choice) == fold(text)), None)
    if found is not None or not text:
        return found or ""
    if not strict:
        return text
    raise records.refused(
        column, f"“{text}” is not in the list.", "Choose one from the drop-down of the cell."
    )


def key_of(text: str, names: Mapping[str, str]) -> str:
    """What is stored for a name of a drop-down."""
    return next((key for key, name in names.items() if name == text), text)


def whole_number(column: str, text: str, least: int, most: int, what: str) -> str:
    """A whole number as text; empty stays empty.

    Raises:
        Refused: It is none, or out of bounds.
    """
    if not text:
        return ""
    if not text.isdecimal() or not least <= int(text) <= most:
        raise records.refused(
            column, f"“{text}” is no {what}; expected {least} to {most:,}.", "Correct the number."
        )
    return str(int(text))


def a_day(column: str, text: str) -> str:
    """A day as ISO text; empty stays empty.

    Raises:
        Refused: It is none.
    """
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise records.refused(
            column, f"“{text}” is no date.", "Type it like 10/12/2026."
        ) from error


def day_of(text: str) -> date | None:
    """The day of an ISO text; None for none."""
    return date.fromisoformat(text) if text else None


def phone_shown(stored: str) -> str:
    """A US number with dashes, any other as it is."""
    plain = len(stored) == 10 and stored.isdecimal()
    return f"{stored[:3]}-{stored[3:6]}-{stored[6:]}" if plain else stored


def by_uid(session: Session, model: Any, keys: Sequence[str]) -> dict[str, int]:
    """Ids by uid; those that are gone are left out."""
    found: dict[str, int] = {}
    for some in chunks(keys):
        rows = session.execute(select(model.uid, model.id).where(model.uid.in_(some)))
        found.update(rows.tuples().all())
    return found


def uids(session: Session, model: Any, ids: Sequence[int]) -> list[str]:
    """The uids of these records, in the order of the ids."""
    found: dict[int, str] = {}
    for some in chunks(ids):
        rows = session.execute(select(model.id, model.uid).where(model.id.in_(some)))
        found.update(rows.tuples().all())
    return [found[key] for key in ids if key in found]


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Parts that fit into one statement."""
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def version_of(session: Session, model: type[Base], record_id: int) -> int:
    """The version of a record within the operation that is open, in which nobody else writes."""
    record: Any = records.fetch(session, model, record_id, "record")
    version: int = record.version
    return version


def refusal(call: Callable[[], object]) -> str:
    """What refuses a call, as a sentence; empty when nothing does."""
    try:
        call()
    except Refused as error:
        return str(error)
    return ""
