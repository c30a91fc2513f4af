"""Commands of the training itself: classes, attendance, certificates, rosters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cit_desktop import clock
from cit_desktop.cli import papers, passphrases, samples
from cit_desktop.cli.plumbing import (
    AsJson,
    ClassCode,
    RecordsFile,
    chapter_id,
    class_id,
    day,
    need_file,
    records,
    say,
    warn,
)
from cit_desktop.db import Database
from cit_desktop.errors import Refused
from cit_desktop.proving import known_keys
from cit_desktop.services import (
    attendance_columns,
    certificates,
    classes,
    finalize,
    profiles,
    rosters,
    state_rosters,
    trust,
)

Out = Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="The workbook to write.")]

_UNSIGNED = (
    "The chapter had nobody who signs when they were issued: no signature line is printed; "
    "add signers in the window’s Settings before the next certificates."
)


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command("class")(new_class)
    app.command()(attendance)
    app.command("finalize")(finalize_class)
    app.command("certificates")(issue_certificates)
    app.command("roster")(class_roster)
    app.command("state-roster")(state_roster)
    app.command()(demo)


def new_class(
    file: RecordsFile,
    course: Annotated[str, typer.Option(metavar="CODE", help="The course's code.")],
    title: Annotated[str, typer.Option(metavar="T", help="What the class is called.")],
    start: Annotated[str, typer.Option(metavar="DATE", help="Its first day: 2026-10-12.")],
    weekly: Annotated[bool, typer.Option("--weekly", help="One day a week.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a class from a course, and print its code."""
    draft = classes.ClassDraft(title=title, start=day(start), course_code=course, weekly=weekly)
    with records(file) as db:
        with db.operation(f"Add class {title}") as session:
            made = classes.create(session, chapter_id(session), draft)
        with db.read() as session:
            code = classes.view(session, made).code
    say(code, {"class": code}, as_json=as_json)


def attendance(
    file: RecordsFile,
    code: ClassCode,
    everybody: Annotated[
        bool, typer.Option("--all-present", help="Everybody not yet marked was there.")
    ] = False,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="SOURCE", help="A sign-in grid.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Mark attendance, of all or from a sheet."""
    if everybody == (source is not None):
        raise typer.BadParameter("Give either --all-present or --from SOURCE.")
    with records(file) as db:
        with db.read() as session:
            chosen = class_id(session, code)
        if source is not None:
            _from_grid(db, chosen, source, as_json=as_json)
            return
        with db.operation("Mark everybody present") as session:
            count = attendance_columns.all_present(session, chosen)
            ahead = attendance_columns.to_come(session, chosen)
    told = f"{count} marks were set; existing ones were kept."
    if ahead:
        told += f" Not marked, as they are still to come: {ahead} of the blocks."
    say(told, {"marked": count, "to_come": ahead}, as_json=as_json, left_over=ahead > 0)


def _from_grid(db: Database, chosen: int, source: Path, *, as_json: bool) -> None:
    from cit_desktop.imports import attendance_apply

    need_file(source)
    planned = attendance_apply.run(db, source, chosen)
    told = [
        {"row": row.row, "severity": issue.severity, "message": issue.message}
        for row in planned.rows
        for issue in row.issues
    ]
    for one in told:
        warn(f"Row {one['row']}: {one['message']}")
    for note in planned.notes:
        warn(note)
    say(
        f"{len(planned.marks)} marks were set.",
        {"marked": len(planned.marks), "counts": dict(planned.counts), "issues": told},
        as_json=as_json,
        left_over=planned.left_over,
    )


def finalize_class(file: RecordsFile, code: ClassCode, as_json: AsJson = False) -> None:
    """Give results and lock a class. Lists what prevents it, if anything does."""
    with records(file) as db:
        with db.read() as session:
            chosen = class_id(session, code)
            found = finalize.obstacles(session, chosen)
        sentences = [obstacle.sentence for obstacle in found if obstacle.blocking]
        if sentences:
            data = {"finalized": False, "obstacles": sentences}
            say("\n".join(sentences), data, as_json=as_json, left_over=True)
        with db.operation(f"Finalize class {code}") as session:
            outcome = finalize.finalize(session, chosen)
    data = {"finalized": True, "completed": outcome.completed, "partial": outcome.partial}
    text = f"{code} is finalized: {outcome.completed} completed, {outcome.partial} in part."
    say(text, data, as_json=as_json)


def issue_certificates(
    file: RecordsFile,
    code: ClassCode,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the PDFs go.")],
    one_file: Annotated[bool, typer.Option("--one-file", help="All in one PDF.")] = False,
    as_json: AsJson = False,
) -> None:
    """Issue certificates and write the PDFs. Those issued before are written again."""
    from cit_desktop.exports.certificate_pdf import undrawable

    with records(file) as db:
        with db.read() as session:
            chosen = class_id(session, code)
            ready = [c for c in certificates.eligible(session, chosen) if c.ready]
        if any(not candidate.on_wish for candidate in ready):
            with db.read() as session:
                passphrases.unlock(session, classes.view(session, chosen).chapter_id)
            with db.operation("Issue certificates", undoable=False) as session:
                certificates.issue(session, chosen, drawable=undrawable)
        with db.read() as session:
            known_keys.remember(trust.key_lists(session))
            everybody = certificates.eligible(session, chosen)
            numbers = papers.valid_numbers(session, chosen)
            if not numbers:
                reasons = sorted({c.reason for c in everybody if c.reason})
                raise Refused("No certificate was issued.", " ".join(reasons))
            written = papers.write_certificates(session, chosen, out, one_file=one_file)
            if papers.nobody_signs(session, chosen):
                warn(_UNSIGNED)
    data = {"certificates": numbers, "files": [str(path) for path in written]}
    say("\n".join(str(path) for path in written), data, as_json=as_json)


def class_roster(file: RecordsFile, code: ClassCode, out: Out, as_json: AsJson = False) -> None:
    """The roster of a class as a workbook."""
    from cit_desktop.exports.table_xlsx import workbook

    with records(file, readonly=True) as db, db.read() as session:
        document = rosters.class_roster_document(session, class_id(session, code))
    papers.write(out, workbook(document))
    say(str(out), {"file": str(out), "rows": len(document.rows)}, as_json=as_json)


def state_roster(
    file: RecordsFile,
    profile: Annotated[str, typer.Option(metavar="ID", help="The layout: mo_clee, tn_post, …")],
    out: Out,
    code: Annotated[str, typer.Option("--class", metavar="CODE", help="Of one class.")] = "",
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="Of a period.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="Its last day.")] = "",
    as_json: AsJson = False,
) -> None:
    """A roster in a state's layout. Rows the state would reject are listed, and end with 1."""
    from cit_desktop.exports.table_xlsx import workbook

    if bool(code) == bool(start or end) or bool(start) != bool(end):
        raise typer.BadParameter("Give either --class CODE or both --from DATE and --to DATE.")
    with records(file, readonly=True) as db, db.read() as session:
        found = state_rosters.state_roster(
            session,
            profiles.get(session, profile),
            class_id=class_id(session, code) if code else None,
            start=day(start) if start else None,
            end=day(end) if end else None,
        )
    for problem in found.problems:
        warn(f"{problem.severity}: {_told(problem)}")
    papers.write(out, workbook(found.document))
    data = {
        "file": str(out),
        "rows": len(found.document.rows),
        "problems": [
            {"severity": p.severity, "person": p.person_id or None, "message": _told(p)}
            for p in found.problems
        ],
    }
    say(str(out), data, as_json=as_json, left_over=bool(found.errors))


def _told(problem: state_rosters.RowProblem) -> str:
    if not problem.name or problem.name in problem.sentence:
        return problem.sentence
    return f"{problem.name}: {problem.sentence}"


def demo(
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="DIR", help="Where its documents go; without it a window opens."
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Make the sample chapter and write its documents."""
    from cit_desktop import sample

    papers.make_folder(out)
    file = out / "Sample chapter.cit"
    sample.make(file)
    with records(file, readonly=True) as db:
        written = samples.write(db, out, clock.today())
    paths = [str(path) for path in (file, *written)]
    say("\n".join(paths), {"files": paths}, as_json=as_json)
