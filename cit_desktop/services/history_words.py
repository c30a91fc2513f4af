"""How people say what the history holds: tables, fields, values and the names of records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from cit_desktop import day_words
from cit_desktop.models import (
    Base,
    Block,
    Certificate,
    Course,
    Enrollment,
    Person,
    PersonAlias,
    TrainingClass,
)
from cit_desktop.services import names, search_titles
from cit_desktop.tables import Day, Flag, Moment

Image = Mapping[str, Any]

_TABLES: Final = {
    "asset": "Picture",
    "block_instructor": "Instructor of a block",
    "block_part": "Part of a block",
    "chapter_county": "County of the chapter",
    "course_module": "Module of a course",
    "import_batch": "Import",
    "liaison_county": "County of a liaison",
    "makeup": "Make-up",
    "not_same": "Not the same person",
    "number_series": "Certificate numbers",
    "person_alias": "Merged person",
    "renewal_letter": "Renewal letter",
    "training_class": "Class",
}
_FIELDS: Final = {
    "after_hours": "After-hours phone",
    "credited_minutes": "Hours credited",
    "email": "E-mail",
    "employer": "Organization",
    "ends": "Last day",
    "first": "First name",
    "issued_at": "Issued",
    "last": "Last name",
    "makeup_allowed": "Make-ups allowed",
    "middle": "Middle name",
    "min_attendance": "Attendance required, percent",
    "min_score": "Score required, percent",
    "minutes": "Hours",
    "ori": "ORI",
    "other_block_id": "Made up in block",
    "printed_at": "Printed",
    "revoked_at": "Revoked",
    "signature_id": "Signature",
    "starts": "First day",
    "strength_on": "Strength as of",
    "toml": "Layout",
    "word": "Called",
}
_SETTINGS: Final = {
    "certificate.design": "Design of certificates",
    "certificate.number": "Pattern of certificate numbers",
    "chapter.current": "Current chapter",
    "form.": "Own layout of a field form",
    "renewal.letter": "Text of renewal letters",
}
_TITLE_OF_WORK: Final = frozenset({"employment", "enrollment", "signer", "block_instructor"})
_HIDDEN: Final = frozenset(
    {
        "id",
        "uid",
        "sort_key",
        "key",
        "former_id",
        "operation_id",
        "sha256",
        "snapshot",
        "snapshot_sha256",
        "signature",
        "key_id",
    }
)
_ABOUT: Final = (
    *("enrollment_id", "person_id", "agency_id", "liaison_id"),
    *("class_id", "course_id", "block_id"),
)
_CALLED: Final = ("name", "title", "number", "county", "source", "profile", "chapter_id")
_LONGEST: Final = 300


class Names:
    """Names of records for one look at the history: those of today, else those of then."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, int], str] = {}

    def record(self, table: str, row_id: int, image: Image) -> str:
        """What a changed row is about: for a mark or a number, whose it is."""
        if table in ("person", "person_alias") and image.get("last"):
            parts = (image.get(part) or "" for part in ("first", "middle", "last", "suffix"))
            return names.full(*parts)
        if table == "setting" and image.get("name"):
            return _setting(str(image["name"]))
        for field in _ABOUT if table != "training_class" else ():
            if isinstance(image.get(field), int):
                return self.value(table, field, image[field])
        for field in _CALLED:
            if image.get(field):
                return self.value(table, field, image[field])
        return self.of(table, row_id)

    def of(self, table: str, record_id: int) -> str:
        """The name that a record has today, or its number when it is gone."""
        key = (table, record_id)
        if key not in self._known:
            model = _MODELS.get(table)
            record = None if model is None else self._session.get(model, record_id)
            if record is None and table == "person":
                record = self._session.scalar(select(PersonAlias).filter_by(former_id=record_id))
            self._known[key] = "" if record is None else self._named(record)
        return self._known[key] or f"No. {record_id}"

    def value(self, table: str, field: str, value: Any) -> str:
        """A stored value as people write it; empty for nothing."""
        if value is None or value == "":
            return ""
        column = _column(table, field)
        if column is not None and column.foreign_keys and isinstance(value, int):
            return self.of(next(iter(column.foreign_keys)).column.table.name, value)
        text = _written(field, column, value)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def _named(self, record: Any) -> str:
        if isinstance(record, Person | PersonAlias):
            return names.full(record.first, record.middle, record.last, record.suffix)
        if isinstance(record, Enrollment):
            person = self.of("person", record.person_id)
            return f"{person}, {self.of('training_class', record.class_id)}"
        if isinstance(record, Block):
            return f"{names.day(record.day)}, {names.clock_time(record.starts_at)}"
        if isinstance(record, TrainingClass | Course):
            return record.title
        if isinstance(record, Certificate):
            return record.number
        return str(getattr(record, "name", ""))


def table_word(table: str) -> str:
    """What people call the records of a table."""
    return _TABLES.get(table) or _capitalized(table)


def field_word(table: str, field: str) -> str:
    """What people call a field of a record."""
    if field == "title" and table in _TITLE_OF_WORK:
        return "Rank or job title"
    return _FIELDS.get(field) or _capitalized(field.removesuffix("_id"))


def shown(field: str) -> bool:
    """Whether a field means something to people."""
    return field not in _HIDDEN


def _capitalized(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _column(table: str, field: str) -> Column[Any] | None:
    found = Base.metadata.tables.get(table)
    return None if found is None else found.columns.get(field)


def _setting(name: str) -> str:
    return next((said for key, said in _SETTINGS.items() if name.startswith(key)), name)


def _written(field: str, column: Column[Any] | None, value: Any) -> str:
    kind = None if column is None else column.type
    if column is not None and column.table.name == "setting":
        return _setting(str(value)) if field == "name" else _plain(str(value))
    if isinstance(kind, Flag) or field == "scenario_passed":
        return "Yes" if value else "No"
    if isinstance(kind, Day):
        return names.day(date.fromisoformat(value))
    if isinstance(kind, Moment):
        return _moment(value)
    if field in ("minutes", "credited_minutes", "planned"):
        return f"{names.hours(value)} h"
    if field == "starts_at":
        return names.clock_time(value)
    if field == "discipline":
        return search_titles.discipline_name(value)
    if field == "kind" and column is not None and column.table.name == "agency":
        return search_titles.kind_name(value)
    return str(value)


def _plain(stored: str) -> str:
    """A setting as it was typed: its stored form has quotation marks around a text."""
    value = json.loads(stored) if stored.startswith('"') else stored
    return str(value)


def _moment(stored: str) -> str:
    return day_words.moment(datetime.fromisoformat(stored))


_MODELS: Final[dict[str, Any]] = {
    mapper.local_table.name: mapper.class_  # type: ignore[attr-defined]
    for mapper in Base.registry.mappers
}
