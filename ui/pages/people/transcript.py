"""A person's training history as a document to print."""

from __future__ import annotations

from datetime import date

from cit_desktop import day_words
from cit_desktop.db import Database
from cit_desktop.documents import TableColumn, TableDocument
from cit_desktop.services import chapters, people, transcript
from cit_desktop.services.people import PersonView
from cit_desktop.services.transcript import Transcript
from ui import format as fmt
from ui.pages.people import words

_COLUMNS = (
    TableColumn("title", "Class", width=34),
    TableColumn("days", "Dates", width=20),
    TableColumn("role", "Role", width=11),
    TableColumn("minutes", "Hours", "hours", 8),
    TableColumn("result", "Result", width=12),
    TableColumn("certificate", "Certificate no.", width=18),
    TableColumn("work", "Agency and title then", width=36),
)


def document(view: PersonView, found: Transcript, chapter: str, today: date) -> TableDocument:
    """The transcript as a table with standing, numbers and sums."""
    numbers = ", ".join(f"{number.kind} {number.number}" for number in view.numbers)
    header = [
        ("Agency", view.current.agency if view.current else ""),
        ("Title", view.current.title if view.current else ""),
        ("Discipline", view.discipline_name),
        ("State number", numbers),
    ]
    return TableDocument(
        title=f"Training transcript of {view.name}",
        subtitle=tuple(filter(None, (chapter, words.why(found.standing, fmt.paper_day)))),
        header=tuple((label, value) for label, value in header if value),
        columns=_COLUMNS,
        rows=tuple(
            (
                line.title,
                _days(line.starts, line.ends),
                words.role(line.role),
                line.minutes,
                pill.text if (pill := words.result_pill(line.result, line.status)) else "",
                line.certificate,
                " · ".join(part for part in (line.agency, line.job_title) if part),
            )
            for line in found.lines
        ),
        footer=_footer(found, today),
    )


def _days(first: date | None, last: date | None) -> str:
    known = first or last
    return "" if known is None else day_words.formal_days(known, last or known)


def _footer(found: Transcript, today: date) -> tuple[str, ...]:
    taught = f"; taught: {fmt.hours_long(found.taught)}" if found.taught else ""
    return (
        f"Credited as a trainee: {fmt.hours_long(found.total)}{taught}.",
        f"As of {fmt.paper_day(today)}. Hours of open classes are those attended so far.",
    )


def draw(db: Database, person_id: int, today: date) -> bytes:
    """The transcript as PDF; takes a moment, so it is done beside the window."""
    from cit_desktop.exports import table_pdf

    with db.read() as session:
        view = people.view(session, person_id)
        found = transcript.of(session, person_id, today)
        chapter = chapters.current(session)
    named = chapter.name if chapter is not None else ""
    return table_pdf.draw_table(document(view, found, named, today), today)
