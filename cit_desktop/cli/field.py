"""Commands for work in the field: whom to call, and blank forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cit_desktop import catalogs
from cit_desktop.cli import papers
from cit_desktop.cli.plumbing import AsJson, RecordsFile, records, say
from cit_desktop.documents.tables import Paper
from cit_desktop.papers import field_papers
from cit_desktop.services import liaison_papers
from cit_desktop.services import liaisons as liaison_service

_LIAISON = ("id", "name", "kind", "employer", "phone", "after_hours", "email", "counties")
_FORMS = ", ".join(catalogs.FORMS)


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command()(liaisons)
    app.command("form")(blank_form)


def liaisons(file: RecordsFile, as_json: AsJson = False) -> None:
    """The liaisons by county, and the counties that nobody serves."""
    with records(file, readonly=True) as db, db.read() as session:
        found = liaison_service.rows(session, liaison_service.ids(session))
        uncovered = liaison_service.uncovered(session)
        listed = liaison_papers.directory(session).rows
    lines = ["\t".join(map(str, row)).rstrip() for row in listed]
    data: dict[str, Any] = {
        "liaisons": [{name: getattr(row, name) for name in _LIAISON} for row in found.values()],
        "uncovered": uncovered,
    }
    say("\n".join(lines) or "No liaison is on record yet.", data, as_json=as_json)


def blank_form(
    file: RecordsFile,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {_FORMS}.")],
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The file to write.")],
    county: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only for this county; else a copy for each."),
    ] = None,
    paper: Annotated[
        str | None, typer.Option(metavar="SIZE", help="letter or a4; else the chapter's.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a blank form as PDF that can be filled in; nothing of that is ever kept."""
    papers.need_folder(out)
    with records(file, readonly=True) as db:
        content = field_papers.form_pdf(db, kind, county, _paper(paper))
    papers.write(out, content)
    say(str(out), {"file": str(out)}, as_json=as_json)


def _paper(text: str | None) -> Paper | None:
    sizes: dict[str, Paper] = {"letter": "letter", "a4": "a4"}
    if text is not None and text.lower() not in sizes:
        raise typer.BadParameter(f"“{text}” is no paper; it can be letter or a4.")
    return None if text is None else sizes[text.lower()]
