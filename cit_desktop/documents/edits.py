"""A list that goes out to be edited in a spreadsheet and comes back; neither database nor file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

EditKind: TypeAlias = Literal["people", "roster", "attendance", "agencies"]
ColumnKind: TypeAlias = Literal["text", "note", "int", "date", "choice", "mark"]

KINDS: tuple[EditKind, ...] = ("people", "roster", "attendance", "agencies")
FORMAT = 1
HIDDEN_SHEET = "CIT Desktop"
KEY_LABEL = "CIT id"


@dataclass(frozen=True, slots=True)
class EditColumn:
    """One column of a list to be edited.

    Attributes:
        key: Its name for code; unique within its list.
        width: In characters.
        choices: What its drop-down offers.
        strict: Nothing else than a choice can be typed.
        editable: Otherwise the column is only there to be read.
        hint: What a click on a cell says.
    """

    key: str
    label: str
    kind: ColumnKind = "text"
    width: int = 16
    choices: tuple[str, ...] = ()
    strict: bool = True
    editable: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class EditRow:
    """One record: its key (a uid) and its values as text, a day as ISO text."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditDocument:
    """A list to be edited in a workbook.

    Attributes:
        chapter: The uid of the chapter that it comes from.
        about: The uid of the class, for a roster and for attendance; otherwise empty.
        adds: Whether new rows may be typed below.
    """

    kind: EditKind
    title: str
    chapter: str
    columns: tuple[EditColumn, ...]
    rows: tuple[EditRow, ...]
    about: str = ""
    adds: bool = True
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for what, found in (
            ("key", {column.key for column in self.columns}),
            ("label", {column.label for column in self.columns}),
        ):
            if len(found) != len(self.columns):
                raise ValueError(f"Two columns of “{self.title}” have the same {what}.")

    def head(self) -> dict[str, object]:
        """What the hidden sheet says of the whole list."""
        return {
            "format": FORMAT,
            "kind": self.kind,
            "chapter": self.chapter,
            "about": self.about,
            "columns": [[column.key, column.label, column.kind] for column in self.columns],
            "rows": len(self.rows),
        }


def base_text(row: EditRow) -> str:
    """The values of a row as the hidden sheet keeps them."""
    return json.dumps(row.values, ensure_ascii=False, separators=(",", ":"))


def fingerprint(head: dict[str, object], rows: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over the hidden sheet: what went out is what is compared with."""
    sha = hashlib.sha256(json.dumps(head, sort_keys=True, ensure_ascii=False).encode())
    for key, text in rows:
        sha.update(f"\n{key}\t{text}".encode())
    return sha.hexdigest()


def cell_value(column: EditColumn, text: str) -> str | int | float | date | None:
    """What a cell holds: a day as a day, a number as a number, all else as text."""
    if not text:
        return None
    if column.kind == "int":
        return int(text)
    if column.kind == "date":
        return date.fromisoformat(text)
    return text
