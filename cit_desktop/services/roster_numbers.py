"""From what is typed or scanned to people of a class: roster numbers, ranges, state numbers."""

from __future__ import annotations

import re
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.errors import Refused
from cit_desktop.models import Enrollment, Person, StateNumber
from cit_desktop.services import enrollment, names
from cit_desktop.text import clean, letters

_RANGE = re.compile(r"(\d{1,4})-(\d{1,4})")


def resolve(session: Session, class_id: int, text: str) -> list[tuple[int, str]]:
    """The enrollments that a typed text means, with their names, in the order typed.

    Stores the roster numbers of the class if they were not used before.

    Raises:
        Refused: Nothing was typed, or something in it is nobody's number; nothing is stored then.
    """
    called = _called(session, class_id)
    by_number = {
        number: key
        for key, number in enrollment.numbering(session, [class_id]).items()
        if key in called
    }
    by_state = _by_state(session, class_id)
    found: dict[int, None] = {}
    unknown: list[str] = []
    for typed in re.split(r"[,;\s]+", re.sub(r"\s*[-–—]\s*", "-", clean(text))):
        keys, strange = _one(typed, by_number, by_state) if typed else ([], [])
        found |= dict.fromkeys(key for key in keys if key in called)
        unknown += strange
    if unknown or not found:
        raise _nobody(unknown)
    enrollment.assign_numbers(session, class_id)
    return [(key, called[key]) for key in found]


def _one(
    typed: str, by_number: dict[int, int], by_state: dict[str, list[int]]
) -> tuple[list[int], list[str]]:
    """Enrollments that one word means, and what of it is unknown."""
    key = int(typed) if typed.isdecimal() and len(typed) <= 4 else 0
    if key in by_number and not typed.startswith("0"):  # zeros begin a state number
        return [by_number[key]], []
    bounds = _RANGE.fullmatch(typed)
    if bounds is not None and int(bounds[1]) in by_number:
        wanted = range(int(bounds[1]), int(bounds[2]) + 1)
        known = [by_number[number] for number in wanted if number in by_number]
        strange = [str(number) for number in wanted if number not in by_number]
        return known, strange if known and len(strange) <= 20 else [typed]
    people = by_state.get(letters(typed), [])
    if len(people) > 1:
        return [], [f"{typed} (the number of {len(people)} people)"]
    return people, [] if people else [typed]


def _nobody(unknown: list[str]) -> Refused:
    if not unknown:
        sentence = "No number was typed."
        return Refused(sentence, "Type 7, 12-15 or a state number.", {"text": sentence})
    verb = "is" if len(unknown) == 1 else "are"
    sentence = f"{', '.join(unknown)} {verb} not on this roster."
    return Refused(
        sentence,
        "Nobody was marked. Check the number, or enroll the person first.",
        {"text": sentence},
    )


def _called(session: Session, class_id: int) -> dict[int, str]:
    rows = session.execute(
        select(Enrollment.id, Person.first, Person.middle, Person.last, Person.suffix)
        .join(Person, Person.id == Enrollment.person_id)
        .where(Enrollment.class_id == class_id, Enrollment.result != "withdrawn")
    )
    return {key: names.full(*name) for key, *name in rows}


def _by_state(session: Session, class_id: int) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, key in session.execute(
        select(StateNumber.number, Enrollment.id)
        .join(Enrollment, Enrollment.person_id == StateNumber.person_id)
        .where(Enrollment.class_id == class_id, Enrollment.result != "withdrawn")
    ):
        if key not in found[letters(number)]:
            found[letters(number)].append(key)
    return found
