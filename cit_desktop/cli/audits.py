"""Commands for somebody who checks the records: transcripts and audit packets."""

from __future__ import annotations

from typing import Annotated

import typer

from cit_desktop.cli import papers
from cit_desktop.cli.plumbing import AsJson, RecordsFile, class_id, day, person_id, records, say
from cit_desktop.cli.printing import OutPdf
from cit_desktop.db import Database
from cit_desktop.papers import packets, person_papers

_PERSON = "Of a person: the id that “people --json” tells, a state number or an e-mail."
PersonKey = Annotated[str, typer.Option("--person", metavar="WHO", help=_PERSON)]


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command("transcript")(write_transcript)
    app.command("packet")(write_packet)


def write_transcript(
    file: RecordsFile,
    out: OutPdf,
    person: PersonKey,
    as_json: AsJson = False,
) -> None:
    """Write what a person was trained in as PDF."""
    papers.need_folder(out)
    with records(file, readonly=True) as db:
        papers.write(out, person_papers.transcript(db, _person(db, person)))
    say(str(out), {"file": str(out)}, as_json=as_json)


def write_packet(
    file: RecordsFile,
    out: OutPdf,
    code: Annotated[str, typer.Option("--class", metavar="CODE", help="Of one class.")] = "",
    person: PersonKey = "",
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="Of a period.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="Its last day.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write all there is of a class, a person or a period as one PDF, for an audit."""
    scopes = sum((bool(code), bool(person), bool(start or end)))
    if scopes != 1 or bool(start) != bool(end):
        raise typer.BadParameter(
            "Give one of --class CODE, --person WHO, or both --from DATE and --to DATE."
        )
    papers.need_folder(out)
    with records(file, readonly=True) as db:
        papers.write(out, _drawn(db, code, person, start, end))
    say(str(out), {"file": str(out)}, as_json=as_json)


def _person(db: Database, typed: str) -> int:
    with db.read() as session:
        return person_id(session, typed)


def _drawn(db: Database, code: str, person: str, start: str, end: str) -> bytes:
    if code:
        with db.read() as session:
            chosen = class_id(session, code)
        return packets.of_class(db, chosen)
    if person:
        return packets.of_person(db, _person(db, person))
    return packets.of_period(db, day(start), day(end))
