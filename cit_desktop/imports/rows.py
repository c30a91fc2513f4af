"""Which rows below the headings are records, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from cit_desktop.imports import content, headings
from cit_desktop.imports.clean import as_text
from cit_desktop.imports.days import day
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
_TELLING: dict[str, Callable[[str], object]] = {
    "email": lambda text: "@" in text,
    "phone": lambda text: sum(map(str.isdigit, text)) >= 7,
    "state_number": lambda text: sum(map(str.isdigit, text)) >= 4 and len(text.split()) < 4,
    "certificate": lambda text: sum(map(str.isdigit, text)) >= 3 and len(text.split()) < 4,
    "completed": lambda text: not text.isdecimal() and day(text),
    "full_name": lambda text: "," in text and _looks_like_name(text),
}
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
    if not table.header_row or any(map(_DATA.search, texts)):
        return None
    if len(texts) < 2:
        alone = len(table.headings) == 1 and texts == list(table.headings)
        return "The headings are repeated here." if alone else None
    own = {headings.plain(heading) for heading in table.headings}
    told = [headings.plain(text) for text in texts]
    same = sum(text in own for text in told)
    halves = [text for one in own for text in (one.split(" ", 1) if " " in one else (one,))]
    if same >= max(2, 0.7 * len(texts)) or all(text in halves for text in told):
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
    if _TOTAL.fullmatch(first) and not any(
        tells(mapped.get(index), text) for index, text in filled.items()
    ):
        return "It holds totals, not a person."
    if len(filled) == 1 and width > 1:
        index, text = next(iter(filled.items()))
        if tells(mapped.get(index), text) or (index in name_indexes and _looks_like_name(text)):
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


def tells(field: str | None, text: str) -> bool:
    """Whether a cell holds what only a person's row has in its column."""
    test = _TELLING.get(field or "")
    return bool(test and test(text))


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
