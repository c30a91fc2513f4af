"""What enrollments earned: minutes attended, minutes taught, and the credit areas of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.catalogs import AREAS
from cit_desktop.models import Attendance, Block, BlockInstructor, BlockPart, Enrollment, Makeup
from cit_desktop.services import hours_rules

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Earned:
    """Of one enrollment.

    Attributes:
        attended: Minutes present and made up, at most the length of each block.
        areas: The attended minutes by credit area, without time of which no area is known.
        taught: Minutes of the blocks that the person taught.
        taught_areas: The taught minutes by credit area.
        taught_blocks: How many blocks the person taught.
    """

    attended: int = 0
    areas: Mapping[str, int] = field(default_factory=dict)
    taught: int = 0
    taught_areas: Mapping[str, int] = field(default_factory=dict)
    taught_blocks: int = 0


def of(session: Session, enrollment_ids: Collection[int]) -> dict[int, Earned]:
    """What each of these enrollments earned."""
    found: dict[int, Earned] = {}
    ordered = sorted(set(enrollment_ids))
    for start in range(0, len(ordered), _AT_ONCE):
        found |= _some(session, ordered[start : start + _AT_ONCE])
    return found


def of_teachers(session: Session, class_id: int) -> dict[int, Earned]:
    """What each person who teaches a block of a class earned by that, enrolled or not."""
    taught: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for person_id, block_id, minutes in session.execute(
        select(BlockInstructor.person_id, Block.id, Block.minutes)
        .join(Block, Block.id == BlockInstructor.block_id)
        .where(Block.class_id == class_id)
    ):
        taught[person_id][block_id] = minutes
    parts = _parts(session, {block for blocks in taught.values() for block in blocks})
    return {
        person_id: Earned(
            taught=sum(blocks.values()),
            taught_areas=_areas(blocks, parts),
            taught_blocks=len(blocks),
        )
        for person_id, blocks in taught.items()
    }


def in_order(areas: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The areas that have minutes, in the order of the catalogue, then by name."""
    known = [area for area in AREAS if areas.get(area)]
    rest = sorted(area for area, minutes in areas.items() if minutes and area not in AREAS)
    return tuple((area, areas[area]) for area in [*known, *rest])


def share(minutes: int, parts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Minutes divided among the areas of these parts; none where no area is known."""
    shared = hours_rules.credit(parts, minutes)
    return {area: found for area, found in shared.items() if area}


def _some(session: Session, ids: list[int]) -> dict[int, Earned]:
    present = _present(session, ids)
    taught = _taught(session, ids)
    block_ids = {block for blocks in present.values() for block in blocks}
    block_ids |= {block for blocks in taught.values() for block in blocks}
    parts = _parts(session, block_ids)
    return {
        enrollment_id: Earned(
            attended=sum(present[enrollment_id].values()),
            areas=_areas(present[enrollment_id], parts),
            taught=sum(taught[enrollment_id].values()),
            taught_areas=_areas(taught[enrollment_id], parts),
            taught_blocks=len(taught[enrollment_id]),
        )
        for enrollment_id in ids
    }


def _areas(blocks: Mapping[int, int], parts: Mapping[int, list[tuple[str, int]]]) -> dict[str, int]:
    sums = Counter[str]()
    for block_id, minutes in blocks.items():
        sums.update(share(minutes, parts.get(block_id, ())))
    return dict(sums)


def _present(session: Session, ids: list[int]) -> defaultdict[int, dict[int, int]]:
    """Minutes by block of each enrollment, those made up included."""
    sums: defaultdict[int, dict[int, int]] = defaultdict(dict)
    longest: dict[int, int] = {}
    for table in (Attendance, Makeup):
        for enrollment_id, block_id, minutes, length in session.execute(
            select(table.enrollment_id, table.block_id, table.minutes, Block.minutes)
            .join(Block, Block.id == table.block_id)
            .where(table.enrollment_id.in_(ids))
        ):
            blocks, longest[block_id] = sums[enrollment_id], length
            blocks[block_id] = min(length, blocks.get(block_id, 0) + minutes)
    return sums


def _taught(session: Session, ids: list[int]) -> defaultdict[int, dict[int, int]]:
    sums: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for enrollment_id, block_id, minutes in session.execute(
        select(Enrollment.id, Block.id, Block.minutes)
        .join(Block, Block.class_id == Enrollment.class_id)
        .join(
            BlockInstructor,
            (BlockInstructor.block_id == Block.id)
            & (BlockInstructor.person_id == Enrollment.person_id),
        )
        .where(Enrollment.id.in_(ids))
    ):
        sums[enrollment_id][block_id] = minutes
    return sums


def _parts(session: Session, block_ids: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    found: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    ordered = sorted(block_ids)
    for start in range(0, len(ordered), _AT_ONCE):
        for block_id, area, minutes in session.execute(
            select(BlockPart.block_id, BlockPart.area, BlockPart.minutes).where(
                BlockPart.block_id.in_(ordered[start : start + _AT_ONCE])
            )
        ):
            found[block_id].append((area, minutes))
    return found
