"""Commands for somebody who checks the records: transcripts, audit packets, seals."""

from __future__ import annotations

from typing import Annotated

import typer

from cit_desktop import person_papers
from cit_desktop.cli import papers
from cit_desktop.cli.plumbing import AsJson, RecordsFile, records, say
from cit_desktop.cli.printing import OutPdf

PersonId = Annotated[
    int, typer.Option("--person", metavar="ID", help="The person, as “people --json” tells.")
]


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command("transcript")(write_transcript)


def write_transcript(
    file: RecordsFile, out: OutPdf, person: PersonId, as_json: AsJson = False
) -> None:
    """Write what a person was trained in as PDF."""
    papers.need_folder(out)
    with records(file, readonly=True) as db:
        papers.write(out, person_papers.transcript(db, person))
    say(str(out), {"file": str(out)}, as_json=as_json)
