"""Merging two people found to be one: a preview, then all that the one who goes had moves.

The one who goes stays as an alias, so that old numbers, names and e-mails still lead to the
person; :mod:`unmerge` takes the two apart again. Certificates keep their printed text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Column, Table, delete, func, select, update
from sqlalchemy.orm import Session

from cit_desktop import journal
from cit_desktop.errors import Refused
from cit_desktop.models import Base, BlockInstructor, Person, PersonAlias
from cit_desktop.services import duplicates, merge_classes, merge_fields, names, records
from cit_desktop.services.merge_views import (
    FIELDS,
    LABELS,
    ClassLine,
    FieldLine,
    MergedRow,
    MergePreview,
    Side,
)
from cit_desktop.services.state_numbers import numbers

_WORDS: Final = {
    "enrollment": "classes",
    "certificate": "certificates",
    "employment": "employments",
    "state_number": "state numbers",
    "block_instructor": "blocks taught",
    "person_alias": "former names",
    "renewal_letter": "renewal letters",
}


def preview(
    session: Session, keep_id: int, other_id: int, choices: Mapping[str, Side] | None = None
) -> MergePreview:
    """What merging two people would do; nothing is written.

    Args:
        choices: Whose value stays, by field; otherwise the kept person's, with blanks filled
            and notes joined.

    Raises:
        NotFound: One of them is not in the records.
        Refused: It is one person, or a choice is not one.
    """
    keep, other = _two(session, keep_id, other_id)
    lines, _ = merge_classes.of_other(session, keep_id, other_id)
    return MergePreview(
        keep_id=keep_id,
        other_id=other_id,
        keep_name=_name(keep),
        other_name=_name(other),
        versions=(keep.version, other.version),
        fields=merge_fields.lines(session, keep, other, choices or {}),
        classes=tuple(lines),
        moves=tuple(_moves(session, other_id)),
        obstacles=tuple(line.sentence for line in lines if line.what == "refused"),
        remarks=tuple(_remarks(session, keep, other)),
    )


def merge(
    session: Session,
    keep_id: int,
    other_id: int,
    choices: Mapping[str, Side] | None = None,
    versions: tuple[int, int] | None = None,
) -> int:
    """Make two people one; gives the id of the alias, by which they are taken apart again.

    It must be the only thing that its operation does.

    Args:
        choices: As in :func:`preview`.
        versions: Those that a preview showed.

    Raises:
        NotFound: One of them is not in the records.
        Conflict: One of them was changed since the preview.
        Refused: It is one person, or their records in a class contradict each other.
    """
    keep, other = _two(session, keep_id, other_id)
    for person, version in zip((keep, other), versions or (keep.version, other.version)):  # noqa: B905
        records.expect_version(person, version, "person")
    lines, twice = merge_classes.of_other(session, keep_id, other_id)
    refused = [line.sentence for line in lines if line.what == "refused"]
    if refused:
        raise Refused(" ".join(refused), "Nothing was merged.")
    operation_id: int = session.info["operation_id"]
    if journal.changed_anything(session.connection(), operation_id):
        raise Refused("Two people are merged in a step of their own.", "Merge them one by one.")
    chosen = merge_fields.lines(session, keep, other, choices or {})
    sides = {line.field: line.side for line in chosen}
    for one in twice:
        merge_classes.join(session, one)
    merge_fields.settle_work(session, keep_id, other_id, sides.get("work", "keep"))
    merge_fields.settle_numbers(session, keep_id, other_id, sides.get("state_number", "keep"))
    merge_fields.write_person(keep, other, chosen)
    session.flush()
    _move_pairs(session, keep_id, other_id)
    _move_teaching(session, keep_id, other_id)
    _move_rest(session, keep_id, other_id)
    alias_id = _alias(session, keep_id, other, operation_id)
    session.expire_all()
    session.execute(delete(Person).where(Person.id == other_id))
    return alias_id


def resolve(session: Session, person_id: int) -> int:
    """The id of the person that this one is by now: its own unless merged."""
    kept = session.scalar(select(PersonAlias.person_id).filter_by(former_id=person_id))
    return person_id if kept is None else kept


def kept_of(session: Session, uid: str) -> str:
    """The name of the person into whom the one of this uid was merged; empty for nobody."""
    wanted = select(Person).join(PersonAlias, PersonAlias.person_id == Person.id)
    kept = session.scalar(wanted.where(PersonAlias.uid == uid))
    return "" if kept is None else _name(kept)


def _two(session: Session, keep_id: int, other_id: int) -> tuple[Person, Person]:
    if keep_id == other_id:
        raise Refused("This is one person, not two.", "Choose another person.")
    keep = records.fetch(session, Person, keep_id, "person")
    return keep, records.fetch(session, Person, other_id, "person")


def _name(person: Person) -> str:
    return names.full(person.first, person.middle, person.last, person.suffix)


def _owned() -> Iterator[tuple[Table, Column[Any]]]:
    """Every table and column that holds records of a person, whatever they are."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "person" and table.name != "not_same":
                yield table, key.parent


def _moves(session: Session, other_id: int) -> Iterator[tuple[str, int]]:
    for table, owner in _owned():
        count = session.scalar(select(func.count()).select_from(table).where(owner == other_id))
        if count:
            word = _WORDS.get(table.name, table.name.replace("_", " "))
            yield word, count


def _remarks(session: Session, keep: Person, other: Person) -> Iterator[str]:
    if duplicates.pair(keep.id, other.id) in duplicates.known_apart(session):
        yield "Somebody said that these two are not the same person."
    own = {number.kind: number.number for number in numbers(session, keep.id)}
    for number in numbers(session, other.id):
        if own.get(number.kind, number.number) != number.number:
            yield (
                f"Their {number.kind} numbers differ: {own[number.kind]} and {number.number}. "
                "Both stay."
            )
    if keep.archived != other.archived:
        yield "One of them is archived; the person will not be."
    if merge_fields.current(session, keep.id) and merge_fields.current(session, other.id):
        works = {merge_fields.shown(session, person, "work") for person in (keep, other)}
        if len(works) > 1:
            yield "Both have a current employment: the one that is not chosen ends yesterday."


def _move_pairs(session: Session, keep_id: int, other_id: int) -> None:
    """Whoever was not the same as the other is not the same as the kept person."""
    for pair in duplicates.known_apart(session):
        if other_id not in pair:
            continue
        third = pair[0] if pair[1] == other_id else pair[1]
        duplicates.forget_apart(session, *pair)
        if third != keep_id:
            duplicates.keep_apart(session, third, keep_id)


def _move_teaching(session: Session, keep_id: int, other_id: int) -> None:
    """Of a block that both are said to have taught, the kept person's entry stays."""
    taught = select(BlockInstructor.block_id).filter_by(person_id=keep_id)
    session.execute(
        delete(BlockInstructor).where(
            BlockInstructor.person_id == other_id, BlockInstructor.block_id.in_(taught)
        )
    )


def _move_rest(session: Session, keep_id: int, other_id: int) -> None:
    for table, owner in _owned():
        values: dict[str, Any] = {owner.name: keep_id}
        if "version" in table.columns:
            values["version"] = table.c.version + 1
        session.execute(update(table).where(owner == other_id).values(values))


def _alias(session: Session, keep_id: int, other: Person, operation_id: int) -> int:
    same = ("uid", "last", "first", "middle", "suffix", "nickname", "sort_key", "email", "phone")
    alias = PersonAlias(
        person_id=keep_id,
        former_id=other.id,
        operation_id=operation_id,
        **{name: getattr(other, name) for name in same},
    )
    session.add(alias)
    session.flush()
    return alias.id


__all__ = [
    "FIELDS",
    "LABELS",
    "ClassLine",
    "FieldLine",
    "MergePreview",
    "MergedRow",
    "Side",
    "kept_of",
    "merge",
    "preview",
    "resolve",
]
