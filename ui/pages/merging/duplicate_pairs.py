"""Pairs of people who may be one, as a table shows them, and how they are found."""

from __future__ import annotations

from dataclasses import dataclass

from cit_desktop.db import Database
from cit_desktop.progress import Progress, silent
from cit_desktop.services import duplicates, people
from cit_desktop.services.duplicates import Likely
from ui import format as fmt
from ui.pages.merging import words
from ui.widgets.record_table import Column

_AT_ONCE = 400
COLUMNS = (
    Column("place", "How likely", width=112, pill=lambda line: words.level(line.pair)),
    Column("name", "Person", bold=True, width=142),
    Column("other", "May be the same as", width=0),
)


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two people in the table; ``place``: the likeliest pair is the first."""

    place: int
    pair: Likely
    name: str
    other: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a search found.

    Attributes:
        total: How many there are, with those that are not listed.
        notes: Sentences about what is not listed or was not compared.
    """

    lines: tuple[PairLine, ...]
    total: int
    notes: tuple[str, ...]


def find(db: Database, progress: Progress = silent, most: int = duplicates.MOST) -> Pairs:
    """Compare everybody, beside the window; at most so many pairs are listed."""
    with db.read() as session:
        found = duplicates.likely(session, most, progress=progress)
        ids = sorted({key for pair in found.pairs for key in (pair.one, pair.other)})
        names: dict[int, str] = {}
        for at in range(0, len(ids), _AT_ONCE):
            rows = people.rows(session, ids[at : at + _AT_ONCE])
            names.update({key: row.name for key, row in rows.items()})
    lines = tuple(
        PairLine(place, pair, names[pair.one], names[pair.other])
        for place, pair in enumerate(found.pairs)
    )
    hidden = found.total - len(lines)
    listed = f"The likeliest {len(lines):,} are listed; decide on them to see more."
    return Pairs(lines, found.total, (*found.notes, listed) if hidden else found.notes)


def count(db: Database, progress: Progress) -> int:
    """How many pairs there are, beside the window."""
    with db.read() as session:
        return duplicates.likely(session, 0, progress=progress).total


def count_text(total: int) -> str:
    """``3 pairs of people who may be one``."""
    return f"{fmt.plural(total, 'pair')} of people who may be one"
