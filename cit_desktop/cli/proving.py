"""Commands that prove certificates: checking them, the page for a website, the chapter's key."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from cit_desktop.cli import papers, passphrases
from cit_desktop.cli.plumbing import AsJson, RecordsFile, chapter_id, need_file, records, say
from cit_desktop.db import Database
from cit_desktop.proving import known_keys, proof, verdicts
from cit_desktop.proving.verdicts import KeyList, Verdict
from cit_desktop.services import chapter_keys, trust

_READABLE = (".pdf", ".png", ".jpg", ".jpeg", ".txt")


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command()(verify)
    app.command("verify-page")(verify_page)
    app.command("key")(keep_key)


def verify(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FILE|TEXT",
            help="A PDF or a scan (PNG, JPEG), the text of the code, or - for standard input. "
            "With --data a certificate's number or short code, too.",
        ),
    ],
    data: Annotated[
        Path | None, typer.Option("--data", metavar="FILE", help="Records to ask.")
    ] = None,
    keys: Annotated[
        list[Path] | None,
        typer.Option("--keys", metavar="PAGE", help="A chapter's page for checking."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check certificates. Ends with 0 if all are valid, 1 if not, 2 if there is none."""
    lists = [known_keys.read(path) for path in keys or ()]
    if data is None:
        found = _judged(_proofs(what), [*lists, *known_keys.remembered()])
    else:
        with records(data, readonly=True) as db, db.read() as session:
            own = trust.key_lists(session)
            known_keys.remember(own)
            everybody = [*own.values(), *lists, *known_keys.remembered()]
            found = _judged(_proofs(what, session), everybody)
            found = [trust.compared(session, verdict) for verdict in found]
    if all(verdict.status == "no certificate" for verdict in found):
        raise typer.BadParameter("There is no code of a certificate in it.")
    valid = all(verdict.status == "valid" for verdict in found)
    answer = {"valid": valid, "verdicts": [_plain(verdict) for verdict in found]}
    say("\n\n".join(map(_told, found)), answer, as_json=as_json, left_over=not valid)


def verify_page(
    file: RecordsFile,
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help="The page to write.")],
    reasons: Annotated[
        bool, typer.Option("--reasons", help="Tell on it why certificates were revoked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the page for the chapter's website that checks certificates."""
    from cit_desktop.exports.verify_page import page

    with records(file, readonly=True) as db, db.read() as session:
        known_keys.remember(trust.key_lists(session))
        known = trust.key_list(session, chapter_id(session), reasons=reasons)
    papers.write(out, page(known))
    counts = {"keys": len(known.keys), "withdrawn": len(known.withdrawn)}
    say(str(out), {"file": str(out)} | counts, as_json=as_json)


def keep_key(
    file: RecordsFile,
    protect: Annotated[
        bool, typer.Option("--protect", help="Set or change its passphrase.")
    ] = False,
    unprotect: Annotated[bool, typer.Option("--unprotect", help="Remove its passphrase.")] = False,
    rotate: Annotated[bool, typer.Option("--rotate", help="Retire it and make a new one.")] = False,
    sheet: Annotated[
        Path | None, typer.Option("--recovery", metavar="OUT.pdf", help="Write its recovery sheet.")
    ] = None,
    restore: Annotated[
        bool, typer.Option("--restore", help="Take it back from the lines of a sheet.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the keys that sign certificates, or change how the one in use is kept.

    Passphrases are asked for, or come from CIT_DESKTOP_PASSPHRASE and CIT_DESKTOP_NEW_PASSPHRASE.
    The lines of a sheet are read from standard input.
    """
    if sum((protect, unprotect, rotate, restore, sheet is not None)) > 1:
        raise typer.BadParameter("Give one of these options at a time.")
    if protect or unprotect or rotate or restore:
        with records(file) as db:
            _change(db, protect=protect, unprotect=unprotect, rotate=rotate)
            _show(db, as_json=as_json)
    elif sheet is not None:
        _write_sheet(file, sheet, as_json=as_json)
    else:
        with records(file, readonly=True) as db:
            _show(db, as_json=as_json)


def _change(db: Database, *, protect: bool, unprotect: bool, rotate: bool) -> None:
    if protect:
        _do(db, "Protect the chapter's key", chapter_keys.protect, passphrases.new())
    elif unprotect:
        _do(db, "Remove the passphrase of the chapter's key", chapter_keys.unprotect)
    elif rotate:
        _rotate(db)
    else:
        lines = sys.stdin.read()
        _do(db, "Take back the chapter's key", chapter_keys.restore, lines, unlocked=False)


def _do(
    db: Database, label: str, act: Callable[..., Any], *arguments: str, unlocked: bool = True
) -> None:
    with db.read() as session:
        chapter = chapter_id(session)
        if unlocked:
            passphrases.unlock(session, chapter)
    with db.operation(label, undoable=False) as session:
        act(session, chapter, *arguments)
    with db.read() as session:
        known_keys.remember(trust.key_lists(session))


def _rotate(db: Database) -> None:
    with db.read() as session:
        chapter = chapter_id(session)
        state = next((key.state for key in chapter_keys.keys(session, chapter)), "open")
    fresh = [passphrases.new()] if state in ("locked", "unlocked") else []
    _do(db, "Make a new key", chapter_keys.rotate, *fresh, unlocked=False)


def _write_sheet(file: Path, out: Path, *, as_json: bool) -> None:
    from cit_desktop.exports.recovery_pdf import draw_sheet

    papers.need_folder(out)
    with records(file) as db:
        with db.read() as session:
            chapter = chapter_id(session)
            passphrases.unlock(session, chapter)
        with db.operation("Print the recovery sheet", undoable=False) as session:
            sheet = chapter_keys.recovery_sheet(session, chapter)
    papers.write(out, draw_sheet(sheet))
    say(str(out), {"file": str(out), "key": sheet.key_id}, as_json=as_json)


def _show(db: Database, *, as_json: bool) -> None:
    with db.read() as session:
        found = chapter_keys.keys(session, chapter_id(session))
    lines = [
        f"{key.key_id}\t{key.state}\tsince {key.created.astimezone():%Y-%m-%d}"
        + (f" until {key.retired.astimezone():%Y-%m-%d}" if key.retired else "")
        for key in found
    ]
    data = {"keys": [asdict(key) for key in found]}
    none = "There is no key yet: it is made when the first certificate is issued."
    say("\n".join(lines) or none, data, as_json=as_json)


def _proofs(what: str, session: Session | None = None) -> list[tuple[int, str, str]]:
    """Page, proof and printed words of everything to judge."""
    from cit_desktop.exports import proof_reading

    path = Path(what)
    if what == "-":
        return [(0, sys.stdin.read(), "")]
    if proof.PREFIX not in proof.bare(what):
        if path.suffix.lower() in _READABLE:
            need_file(path)
            found = proof_reading.proofs(path.read_bytes())
            return [(one.page, one.text, one.words) for one in found]
        if session is not None:
            return [(0, trust.proof_of(session, what), "")]
    return [(0, what, "")]


def _judged(found: Sequence[tuple[int, str, str]], lists: Sequence[KeyList]) -> list[Verdict]:
    return [
        replace(verdicts.compared(verdict, words) if words else verdict, page=page)
        for page, text, words in found
        for verdict in verdicts.judge(text, lists)
    ]


def _told(verdict: Verdict) -> str:
    where = f"Page {verdict.page}: " if verdict.page else ""
    lines = [f"{where}{verdict.status}. {verdict.sentence}", *verdict.notes]
    if verdict.record is not None:
        lines += [f"  {label + ':':<11}{value}" for label, value in verdicts.told(verdict.record)]
    if verdict.as_of is not None:
        lines.append(f"As of the list of {verdict.as_of:%Y-%m-%d}.")
    return "\n".join(lines)


def _plain(verdict: Verdict) -> dict[str, Any]:
    return {name: value for name, value in asdict(verdict).items() if value not in (None, "", ())}
