"""Sign-in sheets: who is expected on a day, and where a scanned page belongs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cit_desktop import day_words
from cit_desktop.documents.sign_ins import PageCode, SignInLine, SignInSheet, SignInSpan, spans
from cit_desktop.errors import Refused
from cit_desktop.models import Attendance, Block, Enrollment, TrainingClass
from cit_desktop.services import class_reading, enrollment, rosters
from cit_desktop.services.class_views import BlockView
from cit_desktop.services.roster_facts import PersonFacts

WALK_INS: Final = 10


def sheets(
    session: Session, class_id: int, days: Sequence[date] | None = None
) -> list[SignInSheet]:
    """The sheets of some days of a class, of all its days if none are given.

    The numbers are those that mark people in the grid, so store them when a sheet is put on
    paper: :func:`enrollment.assign_numbers`. Who withdrew is left out; who teaches without being
    enrolled signs on the days of his or her blocks, after the trainees and without a number.

    Raises:
        NotFound: There is no such class.
        Refused: The class has no block on one of the days, or none at all.
    """
    training, everybody = rosters.class_facts(session, class_id)
    found = class_reading.blocks(session, class_id)
    blocks = {day: list(group) for day, group in groupby(found, key=lambda block: block.day)}
    wanted = list(blocks) if days is None else days
    for day in wanted or (None,):
        if day not in blocks:
            raise _no_block(training.code, day)
    numbers = enrollment.numbering(session, [class_id])
    last = max(numbers.values(), default=0)
    taught = [name for name, _ in training.instructors[:1]]
    return [
        SignInSheet(
            code=training.code,
            title=training.title,
            chapter=training.chapter,
            day=day,
            location=training.location,
            lead_instructor=training.lead_instructor or "".join(taught),
            spans=spans(SignInSpan(b.title, b.starts_at, b.ends_at) for b in blocks[day]),
            lines=_lines(everybody, numbers, blocks[day]),
            walk_ins=tuple(range(last + 1, last + 1 + WALK_INS)),
        )
        for day in wanted
    ]


def unnumbered(session: Session, class_id: int) -> bool:
    """Whether numbers that a sheet shows are not stored yet, though the class could have them."""
    status = session.scalar(select(TrainingClass.status).where(TrainingClass.id == class_id))
    if status != "open":
        return False
    stored = set(
        session.scalars(
            select(Enrollment.id).where(
                Enrollment.class_id == class_id, Enrollment.number.is_not(None)
            )
        )
    )
    return bool(enrollment.numbering(session, [class_id]).keys() - stored)


def number_newcomer(session: Session, enrollment_id: int, *, walked_in: bool) -> None:
    """Give somebody who comes when sheets are printed the number of their next free line.

    Before that, and unless somebody walks into a class of nobody, numbers wait for all to be
    enrolled: they are given by name.
    """
    class_id = session.get_one(Enrollment, enrollment_id).class_id
    others = session.scalars(
        select(Enrollment.number).where(
            Enrollment.class_id == class_id, Enrollment.id != enrollment_id
        )
    ).all()
    if any(number is not None for number in others) or (walked_in and not others):
        enrollment.assign_numbers(session, class_id)


def block_of_page(session: Session, class_id: int, page: PageCode) -> int:
    """The block to mark from a page: the first one of its day that is not marked for everybody.

    Raises:
        Refused: The page is of another class, or the class has no block on its day any more.
    """
    code = session.scalars(select(TrainingClass.code).where(TrainingClass.id == class_id)).one()
    if page.class_code.casefold() != code.casefold():
        raise Refused(
            f"This page belongs to the class {page.class_code}, not to {code}.",
            "Open that class to enter it.",
        )
    query = select(Block.id).where(Block.class_id == class_id, Block.day == page.day)
    blocks = session.scalars(query.order_by(Block.starts_at, Block.id)).all()
    if not blocks:
        raise _no_block(code, page.day)
    blank = (
        exists()
        .where(Attendance.block_id == Block.id, Attendance.enrollment_id == Enrollment.id)
        .correlate(Block, Enrollment)
    )
    open_blocks = session.scalars(
        select(Block.id)
        .join(Enrollment, Enrollment.class_id == Block.class_id)
        .where(Block.id.in_(blocks), Enrollment.role == "trainee")
        .where(Enrollment.result != "withdrawn", ~blank)
        .order_by(Block.starts_at, Block.id)
    ).first()
    return blocks[0] if open_blocks is None else open_blocks


def _lines(
    everybody: Sequence[PersonFacts], numbers: dict[int, int], blocks: Sequence[BlockView]
) -> tuple[SignInLine, ...]:
    """Everybody by number, then those without one as they stand on the roster."""
    teaching = {who.person_id for block in blocks for who in block.instructors}
    made = [
        SignInLine(
            numbers.get(person.enrollment_id),
            person.name,
            person.agency,
            person.numbers[0][1] if person.numbers else "",
            "" if person.role == "trainee" else person.role.capitalize(),
        )
        for person in everybody
        if person.result != "withdrawn" and (person.enrolled or person.person_id in teaching)
    ]
    return tuple(sorted(made, key=lambda one: (one.number is None, one.number or 0)))


def _no_block(code: str, day: date | None) -> Refused:
    return Refused(
        f"{code} has no block on {day_words.day(day) if day else 'any day'}.",
        "Choose a day of the class.",
    )
