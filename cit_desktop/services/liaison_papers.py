"""The directory of liaisons as a table, county by county, for paper and Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy.orm import Session

from cit_desktop import catalogs, clock, day_words
from cit_desktop.documents.tables import TableColumn, TableDocument
from cit_desktop.services import chapters, liaison_list
from cit_desktop.services.editing_parts import phone_shown
from cit_desktop.services.liaison_list import LiaisonRow
from cit_desktop.text import fold

TITLE: Final = "Behavioral-health liaisons"
NOBODY: Final = "Nobody on record"
NOWHERE: Final = "No county yet"
COLUMNS: Final = (
    TableColumn("county", "County", width=15),
    TableColumn("name", "Liaison", width=22),
    TableColumn("kind", "Kind", width=9),
    TableColumn("employer", "Organization", width=26),
    TableColumn("phone", "Phone", width=15),
    TableColumn("after_hours", "After hours", width=15),
    TableColumn("email", "E-mail", width=28),
)


def directory(session: Session) -> TableDocument:
    """Who serves which county: those of the chapter, then others that somebody serves.

    Who serves no county yet comes last.
    """
    chapter = chapters.current(session)
    own = liaison_list.of_chapter(session)
    known = {fold(county) for county in own}
    others = [one for one in liaison_list.served(session) if fold(one) not in known]
    found = {one: liaison_list.for_county(session, one) for one in [*own, *others]}
    unplaced = liaison_list.without_county(session)
    if unplaced:
        found[NOWHERE] = unplaced
    without = [county for county in own if not found[county]]
    return TableDocument(
        title=TITLE,
        columns=COLUMNS,
        rows=tuple(_rows(found)),
        subtitle=(chapter.name,) if chapter is not None else (),
        header=(
            ("As of", day_words.formal(clock.today())),
            ("Liaisons", str(liaison_list.count(session))),
            ("Counties served", f"{len(own) - len(without)} of {len(own)}" if own else "n/a"),
        ),
        footer=_meanings(found.values()),
        sheet_name="Liaisons",
    )


def _rows(found: dict[str, list[LiaisonRow]]) -> Iterator[tuple[str, ...]]:
    for county, liaisons in found.items():
        if not liaisons:
            yield (county, NOBODY, "", "", "", "", "")
        for row in liaisons:
            phones = (phone_shown(row.phone), phone_shown(row.after_hours))
            yield (county, row.name, row.kind, row.employer, *phones, row.email)


def _meanings(found: Iterable[list[LiaisonRow]]) -> tuple[str, ...]:
    """What the letters in the table stand for."""
    used = {row.kind for rows in found for row in rows}
    known = catalogs.liaison_kinds()
    return tuple(f"{letters}: {known[letters]}." for letters in known if letters in used)
