"""Commands that keep the records: begin, list, look back, back up, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cit_desktop import backup, catalogs, opening, paths
from cit_desktop import restore as restoring
from cit_desktop.cli.plumbing import AsJson, RecordsFile, need_file, records, say
from cit_desktop.db import Database
from cit_desktop.errors import CitError
from cit_desktop.holder import Hold, is_stale
from cit_desktop.services import chapters, courses, history, people_list
from cit_desktop.services import check as checks
from cit_desktop.services import undo as undoing

_PERSON = (
    "id", "first", "middle", "last", "suffix", "agency", "title", "discipline", "county",
    "state_number", "email", "phone",
)  # fmt: skip
_MOST_STEPS = 1_000_000_000
Find = Annotated[str, typer.Option("--find", metavar="TEXT", help="Part of a name or number.")]


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    for command in (new, list_courses, people, show_history, undo, check, make_backup, restore):
        names = {
            "list_courses": "courses",
            "show_history": "history",
            "make_backup": "backup",
        }
        app.command(names.get(command.__name__, command.__name__))(command)


def new(
    file: RecordsFile,
    chapter: Annotated[str, typer.Option("--chapter", metavar="NAME", help="Its name.")],
    state: Annotated[str, typer.Option("--state", metavar="MO", help="Its state, as two letters.")],
    word: Annotated[str, typer.Option(help="chapter, council or program.")] = "chapter",
    as_json: AsJson = False,
) -> None:
    """Begin a new file of records."""
    known = {found.code for found in catalogs.states()}
    if state.upper() not in known:
        raise typer.BadParameter(f"“{state}” is no state; write two letters such as MO.")
    db = Database.create(file)
    try:
        with db.operation("Begin the records", undoable=False) as session:
            draft = chapters.ChapterDraft(name=chapter, word=word, state=state.upper())
            chapters.create(session, draft)
            courses.seed(session)
    except CitError:
        db.close()
        paths.remove_records(file)
        raise
    db.close()
    data = {"file": str(file), "chapter": chapter}
    say(f"{file} is ready for the records of {chapter}.", data, as_json=as_json)


def list_courses(file: RecordsFile, as_json: AsJson = False) -> None:
    """The courses to make classes from, a code a line."""
    with records(file, readonly=True) as db, db.read() as session:
        found = courses.listing(session)
    data = [{"code": c.code, "title": c.title, "minutes": c.minutes} for c in found]
    say("\n".join(course.code for course in found), {"courses": data}, as_json=as_json)


def people(file: RecordsFile, find: Find = "", as_json: AsJson = False) -> None:
    """The people, or those that a text finds."""
    with records(file, readonly=True) as db, db.read() as session:
        ids = people_list.ids(session, people_list.PersonFilter(text=find))
        known = [people_list.rows(session, ids[at : at + 500]) for at in range(0, len(ids), 500)]
    found = [row for some in known for row in some.values()]
    order = {person_id: place for place, person_id in enumerate(ids)}
    found.sort(key=lambda row: order[row.id])
    lines = ["\t".join((row.name, row.agency, row.state_number)).rstrip() for row in found]
    data = {"people": [{name: getattr(row, name) for name in _PERSON} for row in found]}
    say("\n".join(lines) or "Nobody is found.", data, as_json=as_json)


def show_history(
    file: RecordsFile,
    last: Annotated[
        int, typer.Option(min=1, max=_MOST_STEPS, help="How many steps, from the newest.")
    ] = 50,
    as_json: AsJson = False,
) -> None:
    """Who did what and when, newest first."""
    with records(file, readonly=True) as db, db.read() as session:
        ids = history.ids(session)[:last]
        found = history.rows(session, ids)
    steps = [found[step] for step in ids]
    lines = [
        f"{row.id}\t{row.at.astimezone():%Y-%m-%d %H:%M}\t{row.actor}\t{row.label}"
        + (" (undone)" if row.undone else "")
        for row in steps
    ]
    data = [
        {
            "id": row.id,
            "at": row.at.isoformat(),
            "actor": row.actor,
            "label": row.label,
            "undone": row.undone,
            "changes": dict(row.changes),
        }
        for row in steps
    ]
    say("\n".join(lines) or "Nothing has been done yet.", {"history": data}, as_json=as_json)


def undo(file: RecordsFile, as_json: AsJson = False) -> None:
    """Take back the last step."""
    with records(file) as db:
        step = undoing.undo(db)
    say(f"Undone: {step.label}.", {"undone": step.label}, as_json=as_json)


def check(file: RecordsFile, as_json: AsJson = False) -> None:
    """Look for contradictions in the records."""
    with records(file, readonly=True) as db, db.read() as session:
        found = checks.run(session)
    data = [{"severity": f.severity, "message": f.sentence, "hint": f.hint} for f in found]
    lines = [f"{f.severity}: {f.sentence} {f.hint}".rstrip() for f in found]
    wrong = any(f.severity == "error" for f in found)
    say(
        "\n".join(lines) or "The records are sound.",
        {"sound": not wrong, "findings": data},
        as_json=as_json,
        left_over=wrong,
    )


def make_backup(
    file: RecordsFile,
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a verified copy of the records."""
    opening.inspect(file)
    made = backup.make(file, folder, reason="by hand")
    data = {"backup": str(made.path), "sha256": made.sha256}
    say(str(made.path), data, as_json=as_json)


def restore(
    file: RecordsFile,
    chosen: Annotated[Path, typer.Argument(metavar="BACKUP", help="The backup to go back to.")],
    as_json: AsJson = False,
) -> None:
    """Go back to a backup. The records as they were are kept aside."""
    need_file(chosen)
    hold = Hold.take(file, take_over=is_stale(file))
    try:
        former = restoring.restore(file, backup.read_manifest(chosen))
    finally:
        if hold is not None:
            hold.release()
    text = f"{file} is as it was in the backup."
    if former.exists():
        text += f" What was there before is kept as {former}."
    data = {"restored": str(chosen), "former": str(former) if former.exists() else None}
    say(text, data, as_json=as_json)
