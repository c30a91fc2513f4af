"""What every service does with a record: fetch it, check its version, change its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import Base
from cit_desktop.text import clean, clean_lines

LINE = 200
NOTE = 10_000

Record = TypeVar("Record", bound=Base)


class HasVersion(Protocol):
    """A record that counts its edits."""

    version: Any


def fetch(session: Session, model: type[Record], record_id: int, what: str) -> Record:
    """The record with this id; ``what`` names it in the sentence when it is gone.

    Raises:
        NotFound: There is none.
    """
    record = session.get(model, record_id)
    if record is None:
        raise NotFound(f"This {what} is no longer in the records.", "Refresh the list.")
    return record


def in_order(session: Session, statement: Select[tuple[int]]) -> list[int]:
    """The ids that a statement gives, past the ORM, which would take longer than the database."""
    cursor = session.connection().execute(statement).cursor
    return [] if cursor is None else [row[0] for row in cursor.fetchall()]


def archived(model: Any, record_id: Any, wanted: bool) -> ColumnElement[bool]:
    """SQL: the id is one of an archived record, or of one that is not.

    Looking the archived ones up once keeps a long list within its index.
    """
    aside = select(model.id).where(model.archived.is_(True))
    condition: ColumnElement[bool] = record_id.in_(aside) if wanted else record_id.not_in(aside)
    return condition


def expect_version(record: HasVersion, version: int, what: str) -> None:
    """Refuse to change a record that is no longer what the caller saw.

    Raises:
        Conflict: Somebody changed it in the meantime.
    """
    if record.version != version:
        raise Conflict(
            f"This {what} was changed elsewhere while it was open here.",
            "Nothing was overwritten. Look at the new values and make your change again.",
        )


def assign(record: Base, fields: Mapping[str, Any]) -> bool:
    """Set the fields that differ; tells whether any did."""
    changed = {name: value for name, value in fields.items() if getattr(record, name) != value}
    for name, value in changed.items():
        setattr(record, name, value)
    return bool(changed)


def known_only(fields: Mapping[str, Any], known: frozenset[str]) -> None:
    """Let no field pass that a service does not offer: a mistake in the program."""
    unknown = sorted(set(fields) - known)
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(unknown)}")


def refused(field: str, sentence: str, hint: str = "") -> Refused:
    """The refusal of one field, to be raised by the caller."""
    return Refused(sentence, hint, {field: sentence})


def line(field: str, value: str) -> str:
    """A typed line in its stored form.

    Raises:
        Refused: It is longer than a line may be.
    """
    return _at_most(LINE, field, clean(value))


def required(field: str, value: str, sentence: str) -> str:
    """A typed line that must not be empty.

    Raises:
        Refused: It is empty or too long.
    """
    text = line(field, value)
    if not text:
        raise refused(field, sentence)
    return text


def note(field: str, value: str) -> str:
    """A typed text of several lines in its stored form.

    Raises:
        Refused: It is longer than a note may be.
    """
    return _at_most(NOTE, field, clean_lines(value))


def email(field: str, value: str) -> str:
    """An e-mail address in small letters; empty stays empty.

    Raises:
        Refused: It cannot be an address.
    """
    text = line(field, value).lower()
    name, at, host = text.rpartition("@")
    if text and (not name or not at or not host or " " in text or "@" in name):
        raise refused(
            field,
            f"“{text}” is not an e-mail address.",
            "Write it like ana@example.org, or leave it empty.",
        )
    return text


def phone(field: str, value: str) -> str:
    """A phone number: ten digits where it is a US number, otherwise as typed."""
    text = line(field, value)
    digits = "".join(char for char in text if char in "0123456789")
    if all(char in "0123456789 ()-.+/" for char in text):
        if len(digits) == 11 and digits[0] == "1":
            return digits[1:]
        if len(digits) == 10 and not text.startswith("+"):
            return digits
    return text


def _at_most(longest: int, field: str, text: str) -> str:
    if len(text) > longest:
        raise refused(
            field,
            f"This text has {len(text):,} characters; at most {longest:,} fit here.",
            "Shorten it, or put the rest into a note.",
        )
    return text
