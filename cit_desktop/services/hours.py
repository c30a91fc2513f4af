"""Hours of the people of a class: the attendance grid, and where each of them stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from cit_desktop.errors import NotFound
from cit_desktop.models import (
    Agency,
    Attendance,
    Block,
    BlockPart,
    Enrollment,
    Makeup,
    Person,
    TrainingClass,
)
from cit_desktop.services import names
from cit_desktop.services.hours_rules import (
    Mark,
    Rule,
    Slot,
    State,
    Summary,
    assess,
    credit,
    required,
)
from cit_desktop.services.roster_reading import numbering

TRAINEES = ("trainee",)


@dataclass(frozen=True, slots=True)
class GridBlock:
    """A column of the grid."""

    id: int
    version: int
    day: date
    starts_at: int
    minutes: int
    title: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GridPerson:
    """A row of the grid.

    Attributes:
        name: As in a sorted list: “Ito, Ana”.
        number: On the roster, stored or to be.
    """

    id: int
    person_id: int
    name: str
    agency: str
    number: int | None
    role: str
    result: str
    score: int | None
    scenario_passed: int | None


@dataclass(frozen=True, slots=True)
class AttendanceGrid:
    """Who was where in a class.

    Attributes:
        locked: Nothing can be marked.
        marks: By enrollment and block; what is not in it is blank.
        summaries: By enrollment.
    """

    class_id: int
    code: str
    title: str
    status: str
    locked: bool
    rule: Rule
    makeup_allowed: bool
    blocks: tuple[GridBlock, ...]
    people: tuple[GridPerson, ...]
    marks: Mapping[tuple[int, int], Mark]
    summaries: Mapping[int, Summary]

    def present(self, block_id: int) -> int:
        """How many people were there for any time."""
        found = (self.marks.get((person.id, block_id)) for person in self.people)
        return sum(mark is not None and mark.minutes > 0 for mark in found)


def grid(
    session: Session,
    class_id: int,
    *,
    roles: Collection[str] = TRAINEES,
    withdrawn: bool = False,
) -> AttendanceGrid:
    """The attendance of a class, in the same few selects whatever its size.

    Args:
        roles: Whose rows; trainees unless asked otherwise.
        withdrawn: Also the rows of those who left.

    Raises:
        NotFound: There is no such class.
    """
    head = session.execute(_CLASS.where(TrainingClass.id == class_id)).first()
    if head is None:
        raise NotFound("This class no longer exists.", "It was removed, or an undo took it back.")
    code, title, status, makeup_allowed, *rule_values = head
    rule = Rule(*rule_values)
    blocks = _blocks(session, class_id)
    people = _people(session, class_id, roles, withdrawn)
    marks = _marks(session, class_id)
    slots = [_slot(block) for block in blocks]
    of_person: defaultdict[int, dict[int, Mark]] = defaultdict(dict)
    for (enrollment_id, block_id), found in marks.items():
        of_person[enrollment_id][block_id] = found
    shown = {person.id for person in people}
    return AttendanceGrid(
        class_id=class_id,
        code=code,
        title=title,
        status=status,
        locked=status != "open",
        rule=rule,
        makeup_allowed=makeup_allowed,
        blocks=blocks,
        people=people,
        marks={key: found for key, found in marks.items() if key[0] in shown},
        summaries={
            person.id: assess(
                person.id, rule, slots, of_person[person.id], person.score, person.scenario_passed
            )
            for person in people
        },
    )


def summary(session: Session, enrollment_id: int) -> Summary:
    """Where one person stands in a class.

    Raises:
        NotFound: There is no such enrollment.
    """
    row = session.execute(_ONE, {"enrollment_id": enrollment_id}).first()
    if row is None:
        raise NotFound("This person is no longer in the class.", "An undo took the name back.")
    class_id, score, scenario_passed, *rule_values = row
    slots = [_slot(block) for block in _blocks(session, class_id)]
    marks = {
        block_id: found for (_, block_id), found in _marks(session, class_id, enrollment_id).items()
    }
    return assess(enrollment_id, Rule(*rule_values), slots, marks, score, scenario_passed)


_RULE = (
    TrainingClass.minutes,
    TrainingClass.min_attendance,
    TrainingClass.min_score,
    TrainingClass.scenario_required,
)
_CLASS = select(
    TrainingClass.code,
    TrainingClass.title,
    TrainingClass.status,
    TrainingClass.makeup_allowed,
    *_RULE,
)
_ONE = (
    select(Enrollment.class_id, Enrollment.score, Enrollment.scenario_passed, *_RULE)
    .join(TrainingClass, TrainingClass.id == Enrollment.class_id)
    .where(Enrollment.id == bindparam("enrollment_id"))
)
_BLOCK = (
    select(Block.id, Block.version, Block.day, Block.starts_at, Block.minutes, Block.title)
    .where(Block.class_id == bindparam("class_id"))
    .order_by(Block.day, Block.starts_at, Block.id)
)
_PARTS = (
    select(BlockPart.block_id, BlockPart.area, BlockPart.minutes)
    .join(Block, Block.id == BlockPart.block_id)
    .where(Block.class_id == bindparam("class_id"))
    .order_by(BlockPart.block_id, BlockPart.position)
)


def _slot(block: GridBlock) -> Slot:
    return Slot(block.id, block.day, block.starts_at, block.minutes, block.parts)


def _blocks(session: Session, class_id: int) -> tuple[GridBlock, ...]:
    parts: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for block_id, area, minutes in session.execute(_PARTS, {"class_id": class_id}):
        parts[block_id].append((area, minutes))
    found = session.execute(_BLOCK, {"class_id": class_id}).tuples()
    return tuple(GridBlock(*row, parts=tuple(parts[row[0]])) for row in found)


def _people(
    session: Session, class_id: int, roles: Collection[str], withdrawn: bool
) -> tuple[GridPerson, ...]:
    query = (
        select(
            *(Enrollment.id, Enrollment.person_id, Agency.name, Enrollment.role),
            *(Enrollment.result, Enrollment.score, Enrollment.scenario_passed),
            *(Person.first, Person.middle, Person.last, Person.suffix),
        )
        .join(Person, Person.id == Enrollment.person_id)
        .join(Agency, Agency.id == Enrollment.agency_id, isouter=True)
        .where(Enrollment.class_id == class_id, Enrollment.role.in_(roles))
        .order_by(Person.sort_key, Enrollment.id)
    )
    if not withdrawn:
        query = query.where(Enrollment.result != "withdrawn")
    numbers = numbering(session, [class_id])
    return tuple(
        GridPerson(
            id=key,
            person_id=person_id,
            name=names.listed(*name),
            agency=agency or "",
            number=numbers.get(key),
            role=role,
            result=result,
            score=score,
            scenario_passed=scenario_passed,
        )
        for key, person_id, agency, role, result, score, scenario_passed, *name in session.execute(
            query
        )
    )


def _marks(
    session: Session, class_id: int, enrollment_id: int | None = None
) -> dict[tuple[int, int], Mark]:
    """Marks with the time made up, by enrollment and block."""
    made_up: defaultdict[tuple[int, int], int] = defaultdict(int)
    for key, block_id, minutes in _of(
        session,
        select(Makeup.enrollment_id, Makeup.block_id, Makeup.minutes),
        Makeup,
        class_id,
        enrollment_id,
    ):
        made_up[key, block_id] += minutes
    columns = (Attendance.enrollment_id, Attendance.block_id, Attendance.mark, Attendance.minutes)
    return {
        (key, block_id): Mark(mark, minutes, made_up.get((key, block_id), 0))
        for key, block_id, mark, minutes in _of(
            session, select(*columns), Attendance, class_id, enrollment_id
        )
    }


def _of(
    session: Session,
    query: Select[Any],
    table: type[Attendance] | type[Makeup],
    class_id: int,
    enrollment_id: int | None,
) -> Sequence[Any]:
    if enrollment_id is not None:
        query = query.where(table.enrollment_id == enrollment_id)
    else:
        query = query.join(Enrollment, Enrollment.id == table.enrollment_id).where(
            Enrollment.class_id == class_id
        )
    return session.execute(query).all()


__all__ = [
    "AttendanceGrid",
    "GridBlock",
    "GridPerson",
    "Mark",
    "State",
    "Summary",
    "assess",
    "credit",
    "grid",
    "required",
    "summary",
]
