"""Commands that put papers into PDF files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cit_desktop.cli import papers
from cit_desktop.cli.plumbing import AsJson, ClassCode, RecordsFile, class_id, day, records, say
from cit_desktop.documents.options import Options, Who
from cit_desktop.papers import class_papers
from cit_desktop.services import sign_in_sheets

OutPdf = Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The file to write.")]
_KINDS = ", ".join(paper.key for paper in class_papers.PAPERS)


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command("paper")(class_paper)


def class_paper(
    file: RecordsFile,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {_KINDS}.")],
    out: OutPdf,
    code: ClassCode,
    on: Annotated[
        str, typer.Option("--day", metavar="DATE", help="The day of sign-in sheets; all if none.")
    ] = "",
    stock: Annotated[
        str, typer.Option(metavar="ID", help="The labels or cards used, such as avery-5160.")
    ] = "",
    start_at: Annotated[
        int, typer.Option(metavar="N", help="The first label of a begun sheet that is left.")
    ] = 1,
    who: Annotated[Who, typer.Option(help="Whose names are printed.")] = "all",
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Numbers of certificates on their labels, too.")
    ] = False,
    test: Annotated[
        bool, typer.Option("--test", help="A page to hold against the labels or cards.")
    ] = False,
    right: Annotated[
        float, typer.Option(metavar="MM", help="Move all of it to the right, by millimeters.")
    ] = 0.0,
    up: Annotated[float, typer.Option(metavar="MM", help="Move all of it up.")] = 0.0,
    as_json: AsJson = False,
) -> None:
    """Write a paper of a class as PDF."""
    papers.need_folder(out)
    options = Options(
        stock=stock, start_at=start_at, who=who, numbers=numbers, test=test, right=right, up=up,
        day=day(on) if on else None,
    )  # fmt: skip
    with records(file, readonly=True) as db, db.read() as session:
        chosen = class_id(session, code)
        writes = kind == class_papers.SIGN_IN.key and sign_in_sheets.unnumbered(session, chosen)
    with records(file, readonly=not writes) as db:
        papers.write(out, class_papers.draw(db, kind, chosen, options))
    say(str(out), {"file": str(out)}, as_json=as_json)
