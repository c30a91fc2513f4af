"""Rosters and sheets of classes for the job thread: as workbooks and as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cit_desktop.documents.tables import TableDocument
from cit_desktop.progress import Progress, silent
from cit_desktop.services import chapters, classes, profiles, rosters
from cit_desktop.services.rosters import StateRoster

if TYPE_CHECKING:
    from cit_desktop.db import Database


@dataclass(frozen=True)
class Preflight:
    """What a state roster of a class would be.

    Attributes:
        due: When it is to be sent, or None when nobody says.
        errors: Rows, and what the state would reject of them.
    """

    profile_id: str
    title: str
    official: bool
    due: date | None
    rows: int
    errors: int
    warnings: int


def roster_workbook(db: Database, class_id: int, progress: Progress = silent) -> bytes:
    """The roster of a class as a workbook."""
    with db.read() as session:
        document = rosters.class_roster_document(session, class_id)
    return table_workbook(document, progress)


def table_workbook(document: TableDocument, progress: Progress = silent) -> bytes:
    """A table as a workbook."""
    from cit_desktop.exports import table_xlsx

    return table_xlsx.workbook(document, progress=progress)


def state_roster(
    db: Database,
    profile_id: str,
    class_id: int | None = None,
    start: date | None = None,
    end: date | None = None,
) -> StateRoster:
    """What a profile asks for, of a class or a period."""
    with db.read() as session:
        profile = profiles.get(session, profile_id)
        return rosters.state_roster(session, profile, class_id, start, end)


def preflights(db: Database, class_id: int, progress: Progress = silent) -> list[Preflight]:
    """The state rosters that fit the state of a class's chapter, its own before the general."""
    with db.read() as session:
        shown = classes.view(session, class_id)
        state = chapters.view(session, shown.chapter_id).state
        fitting = [one for one in profiles.all(session) if one.state in ("", state)]
        fitting.sort(key=lambda profile: (not profile.state, profile.title))
        made = []
        for number, profile in enumerate(fitting):
            progress(number, len(fitting), profile.title)
            found = rosters.state_roster(session, profile, class_id)
            errors = len({problem.row for problem in found.errors})
            made.append(
                Preflight(
                    profile.id,
                    profile.title,
                    profile.official,
                    due_day(shown.ends, profile.due_days),
                    len(found.document.rows),
                    errors,
                    len(found.problems) - len(found.errors),
                )
            )
    return made


def due_day(ends: date | None, days: int | None) -> date | None:
    """The day by which a roster is to be sent."""
    if ends is None or days is None:
        return None
    return date.fromordinal(ends.toordinal() + days)
