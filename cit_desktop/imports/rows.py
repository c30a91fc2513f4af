"""Which rows below the headings are records, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from cit_desktop.imports import content, headings
from cit_desktop.imports.clean import as_text
from cit_desktop.imports.names import split_name
from cit_desktop.imports.table import Table
from cit_desktop.imports.types import Cell, Column

NAME_FIELDS = frozenset({"full_name", "first", "last"})

_TOTAL = re.compile(
    r"(?:(?:grand|running)\s+)?(?:sub)?-?\s?totals?\b.*|(?:sum|count|average|avg|mean)\s*:?|"
    r"(?:number|no\.?|#) of\b.*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^@]{1,40}:|_{3,}.*|\*.*|(?:note|n\.b\.)\W.*", re.IGNORECASE)
_DATA = re.compile(r"@|\d{4}|\d/\d")  # what no heading has
_TELLING = {"email", "phone", "state_number", "completed", "certificate"}
_MOST_IN_NOTE = 2


def skipped_reasons(table: Table, columns: Mapping[str, Column]) -> dict[int, str]:
    """Why rows are no records, by line; the others are records, however faulty."""
    mapped = {column.index: column.field for column in columns.values() if column.field}
    name_indexes = {index for index, field in mapped.items() if field in NAME_FIELDS}
    found: dict[int, str] = {}
    other_table = 0
    for line, cells in table.rows:
        if other_table:
            found[line] = f"It belongs to another table, which starts in row {other_table}."
            continue
        reason = _heading_reason(cells, table)
        if reason == "other":
            other_table = line
            reason = "Another table starts here; it was not read."
        reason = reason or _reason(cells, mapped, name_indexes, len(table.headings))
        if reason:
            found[line] = reason
    return found


def _heading_reason(cells: Sequence[Cell], table: Table) -> str | None:
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if len(texts) < 2 or not table.header_row or any(map(_DATA.search, texts)):
        return None
    own = {headings.plain(heading) for heading in table.headings}
    same = sum(headings.plain(text) in own for text in texts)
    if same >= max(2, 0.7 * len(texts)):
        return "The headings are repeated here."
    named = [headings.best(text) for text in texts]
    sure = {field for field, score in named if score > 0.9}
    return "other" if len(sure) >= 3 and len(sure) >= 0.7 * len(texts) else None


def _reason(
    cells: Sequence[Cell],
    mapped: Mapping[int, str],
    name_indexes: Collection[int],
    width: int,
) -> str | None:
    filled = {
        index: text
        for index, cell in enumerate(cells)
        if (text := cell.strip() if isinstance(cell, str) else as_text(cell))
    }
    first = next(iter(filled.values()), "")
    named = any(index in filled for index in name_indexes)
    if _TOTAL.fullmatch(first) and not _is_person(filled, mapped):
        return "It holds totals, not a person."
    if len(filled) == 1 and width > 1:
        index, text = next(iter(filled.items()))
        if mapped.get(index) in _TELLING or (index in name_indexes and _looks_like_name(text)):
            return None
        if not text.replace(".", "").isdecimal():
            return f"It is a note, not a person: “{_short(text)}”"
        return "Only a number stands in this row."
    if not any(index in mapped for index in filled) and (width > 1 or name_indexes):
        return "Nothing stands in the columns that are read."
    if len(filled) <= _MOST_IN_NOTE and width > 3 and _LABEL.fullmatch(first):
        return f"It is a note, not a person: “{_short(' '.join(filled.values()))}”"
    if not named and name_indexes and len(filled) <= _MOST_IN_NOTE and _is_prose(first):
        return f"It is a note, not a person: “{_short(first)}”"
    return None


def _is_person(filled: Mapping[int, str], mapped: Mapping[int, str]) -> bool:
    """Whether a row that starts like a total holds what only a person has."""
    return any(mapped.get(index) in {"email", "phone", "state_number"} for index in filled) or any(
        "," in text for index, text in filled.items() if mapped.get(index) == "full_name"
    )


def _looks_like_name(text: str) -> bool:
    if re.search(r"[?!:@\d]|\.\s+[A-Z][a-z]+\s+[a-z]", text) or _LABEL.fullmatch(text):
        return False
    if content.AGENCY_WORDS.search(text):
        return False
    name = split_name(text)
    words = f"{name.first} {name.middle} {name.last}".split()
    small = [word for word in text.split() if word.islower() and len(word) > 3]
    return bool(name.first and name.last) and len(words) <= 5 and (not small or text.islower())


def _is_prose(text: str) -> bool:
    return len(text.split()) > 3


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
