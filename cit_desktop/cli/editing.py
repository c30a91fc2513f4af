"""Commands for lists that are edited in a spreadsheet and come back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from cit_desktop.cli import papers
from cit_desktop.cli.plumbing import AsJson, RecordsFile, class_id, records, say, warn
from cit_desktop.services import editing

ListName = Literal["people", "roster", "attendance", "agencies"]
Side = Literal["records", "workbook"]


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command("edit")(edit)


def edit(
    file: RecordsFile,
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="The workbook to write.")],
    which: Annotated[ListName, typer.Option("--list", help="Which list.")],
    code: Annotated[
        str, typer.Option("--class", metavar="CODE", help="Of a roster or attendance: the class.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Write a list to be edited in Excel. Import the workbook afterwards to bring it back."""
    from cit_desktop.exports.edit_xlsx import workbook

    if (which in editing.OF_CLASS) != bool(code):
        needs = "needs" if which in editing.OF_CLASS else "has no"
        raise typer.BadParameter(f"The list {which} {needs} --class CODE.")
    with records(file, readonly=True) as db, db.read() as session:
        chosen = class_id(session, code) if code else None
        document = editing.document(session, which, class_id=chosen)
    papers.write(out, workbook(document))
    say(str(out), {"file": str(out), "rows": len(document.rows)}, as_json=as_json)


def bring_back(
    file: Path,
    source: Path,
    *,
    conflicts: Side = "records",
    dry_run: bool = False,
    as_json: bool = False,
) -> bool:
    """Take in a workbook that went out for editing; tells whether the file is one.

    Args:
        conflicts: Which value stays where both sides changed a field.
    """
    from cit_desktop.imports import returned, returned_apply, returned_plan

    found = returned.read(source)
    if found is None:
        return False
    with records(file, readonly=dry_run) as db:
        with db.read() as session:
            plan = returned_plan.make_plan(session, found, default=conflicts)
        if not dry_run:
            returned_apply.commit(db, plan)
    if not as_json:
        for sentence in returned_apply.told(plan):
            warn(sentence)
    data = returned_apply.to_json(plan)
    say(returned_apply.summary(plan), data, as_json=as_json, left_over=plan.left_over)
    return True
