"""A person's transcript as a document to print."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from cit_desktop import day_words, record_words
from cit_desktop.documents.packets import Section, TranscriptDocument
from cit_desktop.documents.tables import TableColumn, TableDocument
from cit_desktop.services import certificate_views, chapters, names, people, seal, transcript
from cit_desktop.services.certificate_list import CertificateRow
from cit_desktop.services.people import PersonView
from cit_desktop.services.transcript import Line, Transcript, YearOfAreas

_CLASSES = (
    TableColumn("title", "Class", width=34),
    TableColumn("days", "Dates", width=22),
    TableColumn("work", "Agency and title then", width=30),
    TableColumn("role", "Role", width=10),
    TableColumn("result", "Result", width=11),
    TableColumn("certificate", "Certificate no.", width=16),
    TableColumn("minutes", "Hours", "hours", 7),
)
_CERTIFICATES = (
    TableColumn("number", "Number", width=16),
    TableColumn("title", "Class", width=36),
    TableColumn("status", "State", width=34),
    TableColumn("completed", "Completed", "date", 12),
    TableColumn("issued", "Issued", "date", 12),
    TableColumn("minutes", "Hours", "hours", 7),
)


def of(session: Session, person_id: int, today: date) -> TranscriptDocument:
    """The transcript of a person as of a day.

    Raises:
        NotFound: There is no such person.
    """
    view = people.view(session, person_id)
    found = transcript.of(session, person_id, today)
    chapter = chapters.current(session)
    return TranscriptDocument(
        name=view.name,
        chapter=chapter.name if chapter is not None else "",
        facts=facts(view),
        standing=standing(found),
        reason=record_words.why(found.standing, day_words.formal),
        day=today,
        seal=seal.now(session).seal,
        sections=sections(session, found),
    )


def standing(found: Transcript) -> str:
    """The standing in a word or two; a class of another kind is training, too."""
    trained = any(line.result == "completed" for line in found.lines)
    return record_words.standing(found.standing.state, trained=trained)


def facts(view: PersonView) -> tuple[tuple[str, str], ...]:
    """What is to be known of a person; neither phone nor e-mail."""
    numbers = ", ".join(f"{number.kind} {number.number}" for number in view.numbers)
    known = (
        ("Agency", view.current.agency if view.current else ""),
        ("Title", view.current.title if view.current else ""),
        ("Discipline", view.discipline_name),
        ("State number", numbers),
    )
    return tuple((label, value) for label, value in known if value)


def sections(session: Session, found: Transcript) -> tuple[Section, ...]:
    """Classes, hours and certificates; what there is none of is said in a sentence."""
    return (_classes(found), _hours(found), _certificates(session, found))


def _classes(found: Transcript) -> Section:
    if not found.lines:
        return Section("Classes", sentences=("No class is on record.",))
    table = TableDocument("", _CLASSES, tuple(_line(line) for line in found.lines))
    opened = any(line.status == "open" for line in found.lines)
    notes = ("Hours of open classes are those attended so far.",) if opened else ()
    return Section("Classes", sentences=notes, tables=(table,))


def _line(line: Line) -> tuple[str | int | None, ...]:
    known = line.starts or line.ends
    return (
        line.title,
        "" if known is None else day_words.formal_days(known, line.ends or known),
        " · ".join(part for part in (line.agency, line.job_title) if part),
        record_words.role(line.role),
        record_words.result(line.result, line.status) if line.role == "trainee" else "",
        line.certificate,
        line.minutes,
    )


def _hours(found: Transcript) -> Section:
    said = [f"Credited as a trainee: {_hours_of(found.total)}."]
    if found.taught:
        said.append(f"Taught: {_hours_of(found.taught)}.")
    tables = (_years(found.years),) if found.years else ()
    return Section("Hours by year and credit area", sentences=(" ".join(said),), tables=tables)


def _years(years: tuple[YearOfAreas, ...]) -> TableDocument:
    keys = [key for key in record_words.AREAS if key]
    keys += sorted({key for year in years for key, _ in year.areas} - {*keys, ""})
    other = any(year.other for year in years)
    rows = []
    for year in years:
        known = dict(year.areas)
        given = tuple(known.get(key) for key in keys)
        rest = (year.other or None, year.total) if other else (year.total,)
        rows.append((str(year.year), *given, *rest))
    named = [*keys, ""] if other else keys
    columns = (
        TableColumn("year", "Year", width=12),
        *(TableColumn(f"area {key}", record_words.area(key), "hours", 14) for key in named),
        TableColumn("total", "Total", "hours", 12),
    )
    return TableDocument("", columns, tuple(rows))


def _certificates(session: Session, found: Transcript) -> Section:
    if not found.certificates:
        return Section("Certificates", sentences=("No certificate is on record.",))
    rows = tuple(_certificate(session, row) for row in found.certificates)
    return Section("Certificates", tables=(TableDocument("", _CERTIFICATES, rows),))


def _certificate(session: Session, row: CertificateRow) -> tuple[str | int | date | None, ...]:
    view = certificate_views.view(session, row.id)
    return (
        row.number,
        row.class_title,
        state(row.status, view.revoked, view.reason, view.replaced_by),
        row.completed,
        view.snapshot.issued if view.snapshot else local_day(row.issued),
        row.minutes,
    )


def state(status: str, revoked: datetime | None, reason: str, replaced_by: str) -> str:
    """``Revoked March 9, 2026: never attended``, ``Replaced by OR-2026-0004``, ``Issued``."""
    word = record_words.CERTIFICATES.get(status, status.capitalize())
    if status == "revoked" and revoked is not None:
        word = f"{word} {day_words.formal(revoked.astimezone().date())}"
    if replaced_by:
        word = f"{word} by {replaced_by}" if status == "replaced" else f"{word}, then {replaced_by}"
    return f"{word}: {reason}" if reason else word


def local_day(moment: datetime | None) -> date | None:
    """The day of a moment where the computer stands."""
    return None if moment is None else moment.astimezone().date()


def _hours_of(minutes: int) -> str:
    return "1 hour" if minutes == 60 else f"{names.hours(minutes)} hours"
