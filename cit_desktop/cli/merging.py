"""Commands for people who are in the records twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, cast

import typer
from sqlalchemy.orm import Session

from cit_desktop import backup
from cit_desktop.cli.plumbing import AsJson, RecordsFile, records, say
from cit_desktop.errors import NotFound
from cit_desktop.services import duplicates as listing
from cit_desktop.services import merge as merging
from cit_desktop.services import people_list, unmerge
from cit_desktop.services.merge_views import LABELS, MergePreview, Side

_KEEP = typer.Argument(metavar="KEEP", help="The id of who stays.")
_OTHER = typer.Argument(metavar="OTHER", help="The id of who becomes one with them.")


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command("duplicates")(duplicates)
    app.command("not-same")(not_same)
    app.command("merge")(merge)
    app.command("unmerge")(separate)


def duplicates(
    file: RecordsFile,
    most: Annotated[int, typer.Option(min=1, help="How many pairs.")] = listing.MOST,
    as_json: AsJson = False,
) -> None:
    """Two people who may be one, the likeliest first, with their ids and the reasons."""
    with records(file, readonly=True) as db, db.read() as session:
        found = listing.likely(session, most)
        names = _names(session, sorted({key for p in found.pairs for key in (p.one, p.other)}))
    lines = [
        "\t".join(
            (
                pair.level,
                f"{pair.one} {names[pair.one]}",
                f"{pair.other} {names[pair.other]}",
                ", ".join(pair.reasons),
            )
        )
        for pair in found.pairs
    ]
    data = [
        {
            "people": [{"id": key, "name": names[key]} for key in (pair.one, pair.other)],
            "level": pair.level,
            "reasons": list(pair.reasons),
        }
        for pair in found.pairs
    ]
    said = [*lines, *found.notes]
    if found.total > len(found.pairs):
        said.append(f"{found.total - len(found.pairs):,} more are not listed.")
    answer = {"duplicates": data, "total": found.total, "notes": list(found.notes)}
    say("\n".join(said) or "Nobody seems to be in the records twice.", answer, as_json=as_json)


def not_same(
    file: RecordsFile,
    one: Annotated[int, typer.Argument(metavar="ONE", help="The id of somebody.")],
    other: Annotated[int, typer.Argument(metavar="OTHER", help="The id of somebody else.")],
    as_json: AsJson = False,
) -> None:
    """Remember that two people are not the same."""
    with records(file) as db:
        with db.operation("Say that two people are not the same") as session:
            listing.keep_apart(session, one, other)
        with db.read() as session:
            names = _names(session, [one, other])
    text = f"{names[one]} and {names[other]} will not be taken for one."
    say(text, {"apart": [one, other]}, as_json=as_json)


def merge(
    file: RecordsFile,
    keep: Annotated[int, _KEEP],
    other: Annotated[int, _OTHER],
    take: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=SIDE", help="Whose value stays: email=other, note=both, …"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make two people one. A backup is made first."""
    choices = _choices(take or ())
    with records(file, readonly=dry_run) as db:
        with db.read() as session:
            seen = merging.preview(session, keep, other, choices)
        data = _plain(seen)
        if dry_run:
            say("\n".join(_told(seen)), data, as_json=as_json, left_over=bool(seen.obstacles))
            return
        if not seen.obstacles:
            backup.make(file, reason="merge")
        with db.operation("Merge two people") as session:
            made = merging.merge(session, keep, other, choices, seen.versions)
    text = f"{seen.other_name} ({other}) is one with {seen.keep_name} ({keep}) now."
    text += f" To take them apart again: unmerge {made}."
    say(text, {**data, "alias": made}, as_json=as_json)


def separate(
    file: RecordsFile,
    alias: Annotated[
        int | None,
        typer.Argument(metavar="ID", help="As merge gave it; without it all are listed."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take merged people apart again, or list them."""
    with records(file, readonly=alias is None) as db:
        with db.read() as session:
            known = {row.id: row for row in unmerge.merged(session)}
        if alias is None:
            lines = [
                f"{row.id}\t{row.name}\t{row.person_id} {row.person}" for row in known.values()
            ]
            data = [
                {"id": row.id, "name": row.name, "person": row.person_id, "at": row.at.isoformat()}
                for row in known.values()
            ]
            say("\n".join(lines) or "Nobody was merged.", {"merged": data}, as_json=as_json)
            return
        with db.operation("Separate two people") as session:
            person_id = unmerge.unmerge(session, alias)
    row = known[alias]
    text = f"{row.name} ({person_id}) and {row.person} ({row.person_id}) are two people again."
    say(text, {"people": [person_id, row.person_id]}, as_json=as_json)


def _choices(take: Sequence[str]) -> dict[str, Side]:
    found: dict[str, Side] = {}
    for one in take:
        field, equals, side = one.partition("=")
        if not equals or field not in LABELS or side not in ("keep", "other", "both"):
            raise typer.BadParameter(
                f"“{one}” is not FIELD=SIDE. The fields are {', '.join(LABELS)}; the sides are "
                "keep, other and, for a note, both."
            )
        found[field] = cast(Side, side)
    return found


def _names(session: Session, ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at in range(0, len(ids), 500):
        rows = people_list.rows(session, ids[at : at + 500])
        found.update({key: row.name for key, row in rows.items()})
    if len(found) < len(ids):
        raise NotFound("One of these people is no longer in the records.", "List them again.")
    return found


def _told(seen: MergePreview) -> list[str]:
    lines = [f"{line.label}\t{line.keep}\t{line.other}\t{line.result}" for line in seen.fields]
    lines += [f"{count} {word}" for word, count in seen.moves]
    lines += [line.sentence for line in seen.classes if line.sentence]
    return [*lines, *seen.remarks]


def _plain(seen: MergePreview) -> dict[str, Any]:
    return {
        "keep": {"id": seen.keep_id, "name": seen.keep_name},
        "other": {"id": seen.other_id, "name": seen.other_name},
        "fields": {
            line.field: {"keep": line.keep, "other": line.other, "result": line.result}
            for line in seen.fields
        },
        "classes": [
            {"class": line.code, "what": line.what, "message": line.sentence}
            for line in seen.classes
        ],
        "moves": dict(seen.moves),
        "obstacles": list(seen.obstacles),
        "remarks": list(seen.remarks),
    }
