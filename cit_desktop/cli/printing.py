"""Commands that put papers into PDF files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cit_desktop import class_papers
from cit_desktop.cli import papers
from cit_desktop.cli.plumbing import AsJson, ClassCode, RecordsFile, class_id, records, say

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
    as_json: AsJson = False,
) -> None:
    """Write a paper of a class as PDF."""
    papers.need_folder(out)
    with records(file, readonly=True) as db:
        with db.read() as session:
            chosen = class_id(session, code)
        papers.write(out, class_papers.draw(db, kind, chosen))
    say(str(out), {"file": str(out)}, as_json=as_json)
