"""The command for renewals: who is due, and the letters to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cit_desktop import clock
from cit_desktop.cli import papers
from cit_desktop.cli.plumbing import AsJson, RecordsFile, day, records, say, warn
from cit_desktop.db import Database
from cit_desktop.documents.letters import Letter, Way
from cit_desktop.exports import letter_mail, letter_pdf, merge_xlsx
from cit_desktop.services import papers as paper_service
from cit_desktop.services import renewal_writing
from cit_desktop.services import renewals as renewal_service
from cit_desktop.services.renewals import Renewal

_SHOWN = ("person_id", "name", "agency", "county", "need", "why", "due", "email", "certificate",
          "written", "enrolled")  # fmt: skip

ByDay = Annotated[
    str | None, typer.Option("--by", metavar="DATE", help="Due by this day; else in 90 days.")
]
Pdf = Annotated[Path | None, typer.Option(metavar="OUT.pdf", help="All letters as one PDF.")]
Merge = Annotated[Path | None, typer.Option(metavar="OUT.xlsx", help="A workbook for mail merge.")]
Eml = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Drafts of e-mails; nothing is sent.")
]
Attach = Annotated[bool, typer.Option("--attach", help="Drafts have the letter with them as PDF.")]
Everybody = Annotated[
    bool,
    typer.Option("--all", help="Also to those who were written to, or are enrolled in a class."),
]


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command()(renewals)


def renewals(
    file: RecordsFile,
    by: ByDay = None,
    pdf: Pdf = None,
    merge: Merge = None,
    eml: Eml = None,
    attach: Attach = False,
    everybody: Everybody = False,
    as_json: AsJson = False,
) -> None:
    """Whose renewal is due; with an output the letters to them, which is remembered."""
    until = renewal_service.default_day(clock.today()) if by is None else day(by)
    if sum(one is not None for one in (pdf, merge, eml)) > 1:
        raise typer.BadParameter("Only one of --pdf, --merge and --eml at a time.")
    writes = pdf is not None or merge is not None or eml is not None
    for out in (pdf, merge):
        if out is not None:
            papers.need_folder(out)
    with records(file, readonly=not writes) as db:
        with db.read() as session:
            found = renewal_service.until(session, until)
        data: dict[str, Any] = {"by": until, "people": [_told(one) for one in found]}
        if not writes:
            say(_listed(found, until), data, as_json=as_json)
            return
        chosen = [one for one in found if everybody or one.waits]
        files, sent = _write(db, chosen, pdf, merge, eml, attach=attach)
    reached = {letter.person_id for letter in sent}
    without = [one.name for one in chosen if one.person_id not in reached]
    if without and not as_json:
        warn(f"Without an e-mail address, and so without a draft: {'; '.join(without)}.")
    data |= {"files": [str(path) for path in files], "letters": len(sent), "left_out": without}
    passed = len(found) - len(chosen)
    text = _said(files, len(sent), until, passed)
    say(text, data, as_json=as_json, left_over=bool(without))


def _write(
    db: Database,
    chosen: Sequence[Renewal],
    pdf: Path | None,
    merge: Path | None,
    eml: Path | None,
    *,
    attach: bool,
) -> tuple[list[Path], list[Letter]]:
    """Write the letters and remember them; gives the files and the letters in them."""
    with db.read() as session:
        letters = renewal_writing.letters(session, chosen)
        images = renewal_writing.images(session, letters)
        paper = paper_service.of_chapter(session)
    if not letters:
        return [], []
    files, sent = list[Path](), list[Letter]()
    way: Way = "eml"
    if eml is not None:

        def drawn(letter: Letter) -> bytes:
            return letter_pdf.draw_letters([letter], images, paper)

        def told(path: Path, letter: Letter) -> None:
            files.append(path)
            sent.append(letter)

        papers.make_folder(eml)
        letter_mail.write_drafts(letters, eml, told, drawn if attach else None)
    elif pdf is not None:
        way, sent = "pdf", letters
        files.append(papers.write(pdf, letter_pdf.draw_letters(letters, images, paper)))
    elif merge is not None:
        way, sent = "merge", letters
        files.append(papers.write(merge, merge_xlsx.workbook(letters)))
    if sent:
        with db.operation(f"Write renewal letters to {_people(len(sent))}") as session:
            due = [(letter.person_id, letter.due) for letter in sent]
            renewal_service.remember(session, due, way)
    return files, sent


def _told(one: Renewal) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _SHOWN}


def _listed(found: Sequence[Renewal], until: date) -> str:
    lines = [
        "\t".join((one.due.isoformat(), one.name, one.agency, one.why, one.email, one.note))
        for one in found
    ]
    return "\n".join(line.rstrip() for line in lines) or f"Nobody is due by {until.isoformat()}."


def _said(files: Sequence[Path], count: int, until: date, passed: int) -> str:
    if not files:
        why = (
            f" {_people(passed)} have a letter or a place in a class; see --all." if passed else ""
        )
        return f"No letter was made for a renewal due by {until.isoformat()}.{why}"
    lines = [str(path) for path in files]
    return "\n".join([*lines, f"Letters to {_people(count)}. Nothing was sent."])


def _people(count: int) -> str:
    return f"{count} {'person' if count == 1 else 'people'}"
