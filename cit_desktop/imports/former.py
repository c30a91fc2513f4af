"""A result workbook that comes in again: who its rows were, and which were not touched."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cit_desktop.documents.edits import FORMAT, HIDDEN_SHEET, fingerprint
from cit_desktop.documents.results import RESULT_KIND, SUMMARY_SHEET
from cit_desktop.imports.clean import as_text
from cit_desktop.imports.types import Cell, Former, SourceRow, SourceTable, Workbook


@dataclass(frozen=True, slots=True)
class Recognised:
    """Rows of a list that are known from the import before.

    Attributes:
        people: Uid of who a row became.
        settled: Rows that are as they were; nothing is to be done about them again.
    """

    people: dict[int, str] = field(default_factory=dict)
    settled: frozenset[int] = frozenset()


def unwrap(book: Workbook) -> Workbook:
    """A workbook without what a result adds to a list, and with what it remembers."""
    hidden = next((one for one in book.sheets if one.name == HIDDEN_SHEET), None)
    former = None if hidden is None else _remembered(hidden.rows)
    if former is None:
        return book
    own = (HIDDEN_SHEET, SUMMARY_SHEET)
    sheets = tuple(one for one in book.sheets if one.name not in own)
    notes = tuple(note for note in book.notes if f"“{HIDDEN_SHEET}”" not in note)
    return replace(book, sheets=sheets, notes=notes, former=former)


def recognised(table: SourceTable) -> Recognised:
    """Who the rows of a list are by what its result remembers.

    A row that is as it was is known wherever it stands by now; one that was edited, where it
    stood, as long as its old self stands nowhere else.
    """
    former = table.former
    if former is None:
        return Recognised()
    marks = {row.row: mark(row) for row in table.rows}
    there: defaultdict[str, int] = defaultdict(int)
    for found in marks.values():
        there[found] += 1
    people: dict[int, str] = {}
    settled = set()
    for row, found in marks.items():
        before = former.lines.get(row, "")
        if former.people.get(found):
            people[row] = former.people[found]
            settled.add(row)
        elif before and not there[before] and former.people.get(before):
            people[row] = former.people[before]
    return Recognised(people, frozenset(settled))


def mark(row: SourceRow) -> str:
    """A fingerprint of a row's cells, whatever program has saved them since."""
    cells = {heading: _plain(cell) for heading, cell in row.raw.items()}
    told = {heading: text for heading, text in cells.items() if text}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(cell: Cell) -> str:
    text = as_text(cell)
    return text.lstrip("0") or "0" if text.isdecimal() else text


def _remembered(rows: Sequence[Sequence[Cell]]) -> Former | None:
    """What the hidden sheet says; None where it is of another kind, or was changed."""
    cells = [[as_text(cell) for cell in row] for row in rows]
    pairs = [(row[0], row[1]) for row in cells[1:] if len(row) > 1]
    try:
        head = json.loads(str(rows[0][0]))
        sha = head.pop("sha256")
        if head["kind"] != RESULT_KIND or head["format"] != FORMAT:
            return None
        if sha != fingerprint(head, pairs):
            return None
        people, lines = {}, {}
        for found, text in pairs:
            line, person = json.loads(text)
            lines[int(line)] = found
            people[found] = str(person)
        return Former(str(head["chapter"]), people, lines)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):
        return None
