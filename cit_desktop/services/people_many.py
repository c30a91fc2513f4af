"""Many people at once: one change for all of them, and what a list can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypedDict

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session
from typing_extensions import Unpack

from cit_desktop import catalogs
from cit_desktop.models import Agency, Person
from cit_desktop.progress import Progress, silent
from cit_desktop.services import records

_AT_ONCE = 500


class SharedFields(TypedDict, total=False):
    """What several people can be given at once."""

    discipline: str
    county: str


def count(session: Session) -> int:
    """How many people there are, archived ones included."""
    return session.scalar(select(func.count()).select_from(Person)) or 0


def counties(session: Session) -> list[str]:
    """Every county that a person or an agency is in."""
    found = union(select(Person.county), select(Agency.county)).subquery()
    ordered = session.scalars(select(found.c.county).order_by(found.c.county))
    return [county for county in ordered if county]


def shared(session: Session, person_ids: Sequence[int]) -> dict[str, str | None]:
    """What these people agree on, by field; None where they do not."""
    found: dict[str, set[str]] = {name: set() for name in SharedFields.__annotations__}
    for some in _parts(person_ids):
        for name, values in found.items():
            if len(values) < 2:
                column = getattr(Person, name)
                chosen = select(column).where(Person.id.in_(some)).distinct()
                values.update(session.scalars(chosen))
    return {name: next(iter(v)) if len(v) == 1 else None for name, v in found.items()}


def update_all(
    session: Session,
    person_ids: Sequence[int],
    *,
    progress: Progress = silent,
    **fields: Unpack[SharedFields],
) -> int:
    """Change the given fields of all these people; gives how many of them differed.

    Raises:
        Refused: A value is wrong; nothing was changed.
        Cancelled: Progress asked to stop.
    """
    records.known_only(fields, frozenset(SharedFields.__annotations__))
    values = {name: records.line(name, str(value)) for name, value in fields.items()}
    known = {"", *(found.key for found in catalogs.disciplines())}
    if values.get("discipline", "") not in known:
        raise records.refused("discipline", f"There is no discipline “{values['discipline']}”.")
    return _assign_all(session, person_ids, values, progress)


def archive_all(
    session: Session,
    person_ids: Sequence[int],
    archived: bool = True,
    *,
    progress: Progress = silent,
) -> int:
    """Put people aside, or take them up again; gives how many were not so already.

    Raises:
        Cancelled: Progress asked to stop.
    """
    return _assign_all(session, person_ids, {"archived": archived}, progress)


def _assign_all(
    session: Session, person_ids: Sequence[int], values: dict[str, Any], progress: Progress
) -> int:
    changed = done = 0
    for some in _parts(person_ids):
        for person in session.scalars(select(Person).where(Person.id.in_(some))):
            changed += records.assign(person, values)
        session.flush()
        session.expunge_all()
        done += len(some)
        progress(done, len(person_ids))
    return changed


def _parts(person_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(person_ids), _AT_ONCE):
        yield person_ids[start : start + _AT_ONCE]
