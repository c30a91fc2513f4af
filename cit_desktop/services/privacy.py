"""Erasing a person for good: a separate, logged act that no undo takes back."""

from __future__ import annotations

import json
import logging
from typing import Any, Final, TypeAlias

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from cit_desktop import journal
from cit_desktop.errors import Refused
from cit_desktop.models import (
    Attendance,
    BlockInstructor,
    Certificate,
    Employment,
    Enrollment,
    ImportBatch,
    Makeup,
    NotSame,
    Operation,
    Person,
    PersonAlias,
    RenewalLetter,
    StateNumber,
)
from cit_desktop.services import records, search
from cit_desktop.services.history_people import ids_of_person, once_merged, rows_of_person
from cit_desktop.text import fold, sort_key

NAME: Final = "Erased person"
_Rows: TypeAlias = dict[str, frozenset[int]]
_log = logging.getLogger(__name__)


def erase(session: Session, person_id: int, reason: str, *, anonymise: bool = False) -> None:
    """Remove a person, and what the history holds of them; the open operation becomes final.

    Whoever has attendance, results, certificates or teaching to their name can only be made
    nameless: the records of classes stay true, but nothing in them tells who it was. The texts of
    their certificates go; numbers, hours and days stay. Whoever was merged into the person goes
    as well, and can no longer be separated.

    Args:
        reason: Kept in the history; it must not name the person.
        anonymise: Make nameless instead of removing.

    Raises:
        NotFound: There is no such person.
        Refused: The reason is missing or names the person, or records stand in the way.
    """
    person = records.fetch(session, Person, person_id, "person")
    said = _reason(person, reason)
    if not anonymise and _has_records(session, person_id):
        raise Refused(
            "This person has attendance, results, certificates or teaching on record, which must "
            "stay true.",
            "Make the person nameless instead: the records of classes stay, the name goes.",
        )
    rows = rows_of_person(session, person_id)
    own, merged = ids_of_person(session, person_id), once_merged(session, person_id)
    _remove_own(session, person_id)
    if anonymise:
        _make_nameless(session, person)
    else:
        _remove(session, person_id)
    batches = _scrub_imports(session, own)
    session.flush()
    _forget(session, rows, merged, batches)
    _seal(session, said)
    _log.info("Erased person %d", person_id)


def can_remove(session: Session, person_id: int) -> bool:
    """Whether the person can be removed as a whole; otherwise only made nameless."""
    return not _has_records(session, person_id)


def _reason(person: Person, reason: str) -> str:
    said = records.required("reason", reason, "Say why the person is erased.")
    if any(_words(name).strip() and _words(name) in _words(said) for name in _names(person)):
        raise records.refused(
            "reason", "The reason names the person, and it stays in the history.", "Leave it out."
        )
    return said


def _names(person: Person) -> tuple[str, ...]:
    return person.last, person.first, person.nickname


def _words(text: str) -> str:
    """The words of a text between single spaces, to look for a name of any length among them."""
    parted = "".join(char if char.isalnum() else " " for char in fold(text))
    return f" {' '.join(parted.split())} "


def _has_records(session: Session, person_id: int) -> bool:
    own = select(Enrollment.id).where(Enrollment.person_id == person_id)
    kept = (
        exists().where(Attendance.enrollment_id.in_(own)),
        exists().where(Makeup.enrollment_id.in_(own)),
        exists().where(Certificate.person_id == person_id),
        exists().where(BlockInstructor.person_id == person_id),
        exists().where(
            Enrollment.person_id == person_id, Enrollment.result.in_(("completed", "partial"))
        ),
    )
    return any(session.scalar(select(condition)) for condition in kept)


def _remove_own(session: Session, person_id: int) -> None:
    for model in (StateNumber, Employment, PersonAlias, NotSame, RenewalLetter):
        session.execute(delete(model).where(model.person_id == person_id))
    session.execute(delete(NotSame).where(NotSame.other_id == person_id))


def _remove(session: Session, person_id: int) -> None:
    session.execute(delete(Enrollment).where(Enrollment.person_id == person_id))
    session.execute(delete(Person).where(Person.id == person_id))


def _make_nameless(session: Session, person: Person) -> None:
    blank = ("first", "middle", "suffix", "nickname", "county", "email", "phone", "note")
    records.assign(person, {**dict.fromkeys(blank, ""), "last": NAME, "archived": True})
    person.sort_key = sort_key(NAME)
    for enrollment in session.scalars(select(Enrollment).filter_by(person_id=person.id)):
        records.assign(enrollment, {"note": "", "title": ""})
    enrolled = select(Enrollment.id).where(Enrollment.person_id == person.id)
    session.execute(update(Makeup).where(Makeup.enrollment_id.in_(enrolled)).values(note=""))
    taught = BlockInstructor.person_id == person.id
    session.execute(update(BlockInstructor).where(taught).values(title=""))
    for certificate in session.scalars(select(Certificate).filter_by(person_id=person.id)):
        texts = ("snapshot", "snapshot_sha256", "signature", "key_id", "code", "revoked_reason")
        records.assign(certificate, dict.fromkeys(texts, ""))


def _scrub_imports(session: Session, person_ids: frozenset[int]) -> frozenset[int]:
    """Take the person's rows out of the reports of imports; gives the ids of those imports."""
    changed = set()
    for batch in session.scalars(select(ImportBatch)):
        report = json.loads(batch.report or "null")
        scrubbed = _without(report, person_ids)
        if scrubbed != report:
            batch.report = json.dumps(scrubbed, ensure_ascii=False)
            changed.add(batch.id)
    return frozenset(changed)


def _without(node: Any, person_ids: frozenset[int]) -> Any:
    """A JSON value in which the entries about a person keep nothing but their place."""
    if isinstance(node, list):
        return [_without(entry, person_ids) for entry in node]
    if not isinstance(node, dict):
        return node
    if node.get("person", node.get("person_id")) in person_ids:
        return {key: node[key] for key in ("row", "kind") if key in node}
    return {key: _without(value, person_ids) for key, value in node.items()}


def _forget(session: Session, rows: _Rows, merged: _Rows, batches: frozenset[int]) -> None:
    """Blank the images that the history holds, and the words of the search index.

    Of whoever was once merged with the person and is apart again, the history held values of both.
    """
    blanked = [(table, row_id) for table, row_ids in rows.items() for row_id in row_ids]
    blanked += [(table, row_id) for table, row_ids in merged.items() for row_id in row_ids]
    blanked += [(ImportBatch.__tablename__, batch_id) for batch_id in batches]
    journal.erase_images(session.connection(), blanked)
    for table in (Person.__tablename__, StateNumber.__tablename__, PersonAlias.__tablename__):
        search.forget(session, table, rows.get(table, ()))


def _seal(session: Session, reason: str) -> None:
    """Make the open operation final, and let the history say why it was done."""
    session.execute(
        update(Operation)
        .where(Operation.id == session.info["operation_id"])
        .values(undoable=0, label=f"Erase a person ({reason})")
    )
