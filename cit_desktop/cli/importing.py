"""The command that takes lists in: people, a class roster, or finished classes of past years."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from cit_desktop.cli import editing, papers
from cit_desktop.cli.plumbing import AsJson, RecordsFile, class_id, day, need_file, records, say

Source = Annotated[Path, typer.Argument(metavar="SOURCE", help="The list to take in.")]
IntoClass = Annotated[str, typer.Option("--class", metavar="CODE", help="Into this class.")]
OneSheet = Annotated[str | None, typer.Option(metavar="NAME", help="Which sheet.")]
AllSheets = Annotated[
    bool, typer.Option("--all-sheets", help="With it every sheet that looks like it.")
]
History = Annotated[
    bool, typer.Option("--history", help="Finished classes of past years, put on record.")
]
OfCourse = Annotated[
    str, typer.Option("--course", metavar="CODE", help="Of past classes: the course of all.")
]
CompletedOn = Annotated[
    str,
    typer.Option("--completed", metavar="DATE", help="Of past classes: for rows without a day."),
]
DayOrder = Annotated[
    Literal["mdy", "dmy"] | None,
    typer.Option("--day-order", help="How a day such as 3/4/2026 is meant that can be two."),
]
JoinAgencies = Annotated[
    bool, typer.Option("--join-agencies", help="Take what surely is one agency as one.")
]
Conflicts = Annotated[
    editing.Side, typer.Option("--conflicts", help="Of an edited list: whose value stays.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]
Report = Annotated[Path | None, typer.Option(metavar="OUT.xlsx", help="Row by row.")]


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command("import")(import_file)


def import_file(
    file: RecordsFile,
    source: Source,
    code: IntoClass = "",
    sheet: OneSheet = None,
    all_sheets: AllSheets = False,
    history: History = False,
    course: OfCourse = "",
    completed: CompletedOn = "",
    day_order: DayOrder = None,
    join_agencies: JoinAgencies = False,
    conflicts: Conflicts = "records",
    dry_run: DryRun = False,
    report: Report = None,
    as_json: AsJson = False,
) -> None:
    """Take in people or past classes from a workbook or text file."""
    from cit_desktop.exports.result_xlsx import workbook
    from cit_desktop.imports import apply, column_memory, plan, planned, result, sheets
    from cit_desktop.imports import report as telling

    if history and code:
        raise typer.BadParameter("Give either --class CODE or --history.")
    past_day = day(completed) if completed else None
    need_file(source)
    if report is not None:
        papers.need_folder(report)
    if editing.bring_back(file, source, conflicts=conflicts, dry_run=dry_run, as_json=as_json):
        return
    with records(file, readonly=dry_run) as db:
        with db.read() as session:
            memory = column_memory.remembered(session)
        table = sheets.read_list(
            source,
            sheet,
            usual_order=day_order,
            all_sheets=all_sheets or history or None,
            memory=memory,
        )
        with db.read() as session:
            into = class_id(session, code) if code else None
            options = planned.PlanOptions(
                join_agencies=join_agencies,
                purpose="history" if history else sheets.purpose_of(table, into),
                course=course,
                past_day=past_day,
            )
            made = plan.make_plan(session, table, into, options=options)
        people = {} if dry_run else dict(apply.commit(db, made).person_ids)
        if report is not None:
            with db.read() as session:
                marked = result.document(session, made, people)
            papers.write(report, workbook(marked))
    data = telling.to_json(made, people)
    left = made.counts["problem"] > 0
    say(telling.summary(made), data, as_json=as_json, left_over=left)
