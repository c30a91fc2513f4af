"""One of each document, of the records that the demo shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cit_desktop.cli.papers import write as write_file
from cit_desktop.cli.papers import write_certificates
from cit_desktop.db import Database
from cit_desktop.exports import files, letter_pdf, merge_xlsx, table_xlsx
from cit_desktop.papers import class_papers, field_papers, person_papers
from cit_desktop.services import (
    certificate_list,
    class_reading,
    form_copies,
    papers,
    profiles,
    renewal_writing,
    renewals,
    rosters,
    state_rosters,
)
from cit_desktop.services.class_views import ClassFilter

_LETTERS = 5
_PROFILES = ("mo_clee", "generic_full")


def write(db: Database, folder: Path, today: date) -> list[Path]:
    """Write the documents of the newest finalized 40-hour class, of a person and of the chapter."""
    with db.read() as session:
        which = ClassFilter(status="finalized", text="CIT40")
        newest = class_reading.ids(session, which, "starts", True)[0]
        certificates = write_certificates(session, newest, folder, one_file=True)
    found = (*_of_class(db, newest), *_of_person(db, newest), *_of_chapter(db, today))
    written = [write_file(folder / files.safe_name(name), content) for name, content in found]
    return [*written, *certificates]


def _of_class(db: Database, class_id: int) -> Iterator[tuple[str, bytes]]:
    with db.read() as session:
        roster = rosters.class_roster_document(session, class_id)
        states = [
            state_rosters.state_roster(session, profiles.get(session, wanted), class_id=class_id)
            for wanted in _PROFILES
        ]
    yield "Class roster.xlsx", table_xlsx.workbook(roster)
    for wanted, found in zip(_PROFILES, states, strict=True):
        yield f"State roster {wanted}.xlsx", table_xlsx.workbook(found.document)
    for paper in class_papers.PAPERS:
        yield f"{paper.title}.pdf", class_papers.draw(db, paper.key, class_id)


def _of_person(db: Database, class_id: int) -> Iterator[tuple[str, bytes]]:
    with db.read() as session:
        which = certificate_list.Filter(class_id=class_id, statuses=("issued",))
        rows = certificate_list.rows(session, certificate_list.ids(session, which)[:1])
    for row in rows.values():
        yield f"Transcript {row.name}.pdf", person_papers.transcript(db, row.person_id)


def _of_chapter(db: Database, today: date) -> Iterator[tuple[str, bytes]]:
    with db.read() as session:
        due = renewals.until(session, renewals.default_day(today))[:_LETTERS]
        letters = renewal_writing.letters(session, due)
        images = renewal_writing.images(session, letters)
        paper = papers.of_chapter(session)
        forms = form_copies.forms(session)
    yield "Renewal letters.pdf", letter_pdf.draw_letters(letters, images, paper)
    yield "Renewal letters.xlsx", merge_xlsx.workbook(letters)
    yield "Liaisons.pdf", field_papers.directory_pdf(db)
    for form in forms:
        yield f"{form.title}.pdf", field_papers.form_pdf(db, form.key)
