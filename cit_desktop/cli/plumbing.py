"""What all commands share: opening the records, saying what was done, and how it ended."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from cit_desktop import backup, holder
from cit_desktop.db import Database
from cit_desktop.errors import Busy, FileProblem, NotFound, Refused
from cit_desktop.services import chapters, classes, merge, people_find, people_list


def _absolute(path: Path) -> Path:
    return path.absolute()


RecordsFile = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="The file of records.", callback=_absolute),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of sentences.")]
ClassCode = Annotated[str, typer.Option("--class", metavar="CODE", help="The class's code.")]


_ID_LENGTH = 18  # digits; a longer one is nobody's id


@contextmanager
def records(path: Path, *, readonly: bool = False) -> Iterator[Database]:
    """The records of a file, for the length of a command.

    Args:
        readonly: Never write: it works beside an open window, and where nothing may be written.

    Raises:
        Busy: Another computer has the file open in a window.
    """
    other = None if readonly else holder.read(path)
    if other is not None and other.host != platform.node() and not holder.is_stale(path):
        raise Busy(other.sentence(path.name), "Ask them to close it, then try again.")
    db = Database.open(
        path,
        readonly=readonly,
        before_upgrade=lambda file: backup.make(file, reason="upgrade"),
    )
    try:
        yield db
    finally:
        db.close()


def need_file(path: Path) -> None:
    """Refuse a file to be read that is not there.

    Raises:
        FileProblem: Names it and its folder.
    """
    if not path.is_file():
        raise FileProblem(
            f"There is no file “{path.name}” in “{path.absolute().parent}”.",
            "Check the name, or whether the drive or share is connected.",
        )


def say(text: str, data: dict[str, Any], *, as_json: bool, left_over: bool = False) -> None:
    """Answer in sentences or as one JSON object; ``left_over`` ends the command with 1."""
    words = json.dumps(data, ensure_ascii=False, default=_plain) if as_json else text
    if words:
        sys.stdout.write(f"{words}\n")
    if left_over:
        raise typer.Exit(1)


def warn(text: str) -> None:
    """Say something beside the answer."""
    sys.stderr.write(f"{text}\n")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def day(text: str) -> date:
    """A day given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"“{text}” is no date; write it like 2026-10-12.") from error


def class_id(session: Session, code: str) -> int:
    """The class of a code."""
    return classes.by_code(session, code)


def person_id(session: Session, typed: str) -> int:
    """The one person whose id, state number or e-mail this is; ``id:12`` is an id alone.

    Raises:
        NotFound: It is nobody's.
        Refused: It is that of several people.
    """
    key = typed.strip().removeprefix("id:").strip()
    found = set() if typed.strip().startswith("id:") else people_find.with_exact_key(session, key)
    if key.isascii() and key.isdecimal() and len(key) < _ID_LENGTH:
        found |= people_list.rows(session, [merge.resolve(session, int(key))]).keys()
    if not found:
        raise NotFound(
            f"Nobody in the records has the id, state number or e-mail “{typed}”.",
            "“cit-desktop people FILE --json” lists everybody with all three.",
        )
    if len(found) > 1:
        people = sorted(people_list.rows(session, sorted(found)).values(), key=lambda row: row.id)
        who = "; ".join(f"{row.name}, id {row.id}" for row in people)
        raise Refused(
            f"“{typed}” leads to {len(people)} people: {who}.", "Give the id, like id:12."
        )
    return found.pop()


def chapter_id(session: Session) -> int:
    """The chapter that these records are kept for."""
    chapter = chapters.current(session)
    if chapter is None:
        raise NotFound("These records have no chapter yet.", "Add it in the window's Settings.")
    return chapter.id
