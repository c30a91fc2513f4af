"""The fields of two people side by side: which value stays, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.errors import Refused
from cit_desktop.models import Agency, Employment, Person, StateNumber
from cit_desktop.services import employments, records, search_titles
from cit_desktop.services.merge_views import FIELDS, LABELS, FieldLine, Side
from cit_desktop.text import fold, sort_key

OF_PERSON = FIELDS[:-2]


def lines(
    session: Session, keep: Person, other: Person, choices: Mapping[str, Side]
) -> tuple[FieldLine, ...]:
    """Every field that one of the two has.

    Raises:
        Refused: A choice is none, or not of this field.
    """
    unknown = sorted(set(choices) - set(FIELDS))
    if unknown:
        raise Refused(f"“{unknown[0]}” is no field of a person.", f"Use {', '.join(FIELDS)}.")
    found = []
    for field in FIELDS:
        one, two = shown(session, keep, field), shown(session, other, field)
        if one or two:
            found.append(_line(field, one, two, choices.get(field)))
    return tuple(found)


def _line(field: str, keep: str, other: str, chosen: Side | None) -> FieldLine:
    agreed = keep == other
    sides: tuple[Side, ...] = ("keep",) if agreed else ("keep", "other")
    joined = f"{keep}\n{other}"
    if field == "note" and keep and other and not agreed and len(joined) <= records.NOTE:
        sides = ("both", "keep", "other")
    usual: Side = "other" if not keep else sides[0]
    if field == "last" and chosen == "other" and not other:
        raise Refused("The person needs a last name.", "Keep the one there is.")
    if chosen is not None and not agreed and chosen not in sides:
        raise Refused(f"{LABELS[field]} can be {' or '.join(sides)}, not “{chosen}”.")
    side = usual if chosen is None or agreed else chosen
    return FieldLine(field, LABELS[field], keep, other, side, sides)


def shown(session: Session, person: Person, field: str) -> str:
    """A field of a person as people read it; empty for nothing."""
    if field == "work":
        job = current(session, person.id)
        if job is None:
            return ""
        agency = records.fetch(session, Agency, job.agency_id, "agency").name
        return f"{job.title}, {agency}" if job.title else agency
    if field == "state_number":
        first = next(iter(_numbers(session, person.id)), None)
        return "" if first is None else f"{first.kind} {first.number}"
    value: str = getattr(person, field)
    return search_titles.discipline_name(value) if field == "discipline" else value


def current(session: Session, person_id: int) -> Employment | None:
    """The employment of today, the latest one if there are several."""
    now = employments.id_of_person_on(clock.today())
    return session.scalar(
        select(Employment).join(Person, Person.id == person_id).where(Employment.id == now)
    )


def write_person(keep: Person, other: Person, chosen: tuple[FieldLine, ...]) -> None:
    """Give the kept person the values that stay."""
    values: dict[str, Any] = {}
    for line in chosen:
        if line.field in OF_PERSON and line.side != "keep":
            value = getattr(other, line.field)
            values[line.field] = line.result if line.side == "both" else value
    values["archived"] = keep.archived and other.archived
    records.assign(keep, values)
    keep.sort_key = sort_key(keep.last, keep.first, keep.middle)


def settle_work(session: Session, keep_id: int, other_id: int, side: Side) -> None:
    """Let one current employment stay one; the other's ends yesterday, or was the same."""
    kept, gone = current(session, keep_id), current(session, other_id)
    if kept is None or gone is None:
        return
    stays, ends = (kept, gone) if side == "keep" else (gone, kept)
    same = stays.agency_id == ends.agency_id and fold(ends.title) in ("", fold(stays.title))
    if same and ends.ends is None and ends.starts in (None, stays.starts):
        session.delete(ends)
    else:
        yesterday = clock.today() - timedelta(days=1)
        if ends.starts is not None and ends.starts > yesterday:
            session.delete(ends)
        else:
            ends.ends = yesterday
    session.flush()


def settle_numbers(session: Session, keep_id: int, other_id: int, side: Side) -> None:
    """Let a number that both have be there once, and the main one come first."""
    own, others = _numbers(session, keep_id), _numbers(session, other_id)
    first, then = (own, others) if side == "keep" else (others, own)
    known = {(fold(number.kind), number.key) for number in first}
    for number in then:
        if (fold(number.kind), number.key) in known:
            session.delete(number)
        elif first and number.id < first[0].id:
            _put_last(session, number)
    session.flush()


def _put_last(session: Session, number: StateNumber) -> None:
    """Numbers are listed in the order of their ids, so a later place is a new row."""
    values = {name: getattr(number, name) for name in ("person_id", "kind", "number", "key")}
    session.delete(number)
    session.add(StateNumber(**values))


def _numbers(session: Session, person_id: int) -> list[StateNumber]:
    owned = select(StateNumber).filter_by(person_id=person_id).order_by(StateNumber.id)
    return list(session.scalars(owned))
