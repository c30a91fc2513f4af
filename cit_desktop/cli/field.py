"""Commands for work in the field: whom to call, and blank forms."""

from __future__ import annotations

from typing import Any

import typer

from cit_desktop.cli.plumbing import AsJson, RecordsFile, records, say
from cit_desktop.services import liaison_papers
from cit_desktop.services import liaisons as liaison_service

_LIAISON = ("id", "name", "kind", "employer", "phone", "after_hours", "email", "counties")


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command()(liaisons)


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
