"""What is taught in a block: parts whose minutes add up to the block's."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.errors import Refused
from cit_desktop.models import Block, BlockPart
from cit_desktop.services.class_guard import Faults
from cit_desktop.services.hours_rules import divided
from cit_desktop.services.layout import PartPlan
from cit_desktop.text import clean


def fit_parts(session: Session, block: Block, minutes: int) -> None:
    """Give the parts of a block another sum, in the proportions that they were planned in.

    However often its length changes, at the length that it was planned with they are as planned.

    Raises:
        Refused: One of them would be left without a minute, and its credit area with it.
    """
    parts = list(
        session.scalars(
            select(BlockPart).where(BlockPart.block_id == block.id).order_by(BlockPart.position)
        )
    )
    planned = [part.minutes if part.planned is None else part.planned for part in parts]
    shares = divided(planned, minutes)
    if 0 in shares:
        sentence = f"{minutes} minutes are too few for the {len(parts)} modules of this block."
        hint = "Take modules out of the block first, or make it longer."
        raise Refused(sentence, hint, {"minutes": sentence})
    for part, share, plan in zip(parts, shares, planned, strict=True):
        part.minutes, part.planned = share, plan
    if shares == planned:
        for part in parts:
            part.planned = None


def check_parts(parts: Sequence[PartPlan], minutes: int) -> None:
    """Refuse parts that do not make up a block.

    Raises:
        Refused: They do not add up to the minutes, or one of them is wrong.
    """
    faults = Faults()
    total = sum(part.minutes for part in parts)
    faults.unless(
        total == minutes,
        "parts",
        f"The modules add up to {total} minutes, but the block has {minutes}.",
    )
    for part in parts:
        faults.unless(bool(clean(part.title)), "parts", "Each module needs a title.")
        faults.unless(part.minutes >= 1, "parts", f"“{part.title}” needs at least 1 minute.")
        faults.unless(
            part.area in catalogs.AREAS,
            "parts",
            f"“{part.title}” has the credit area “{part.area}”; "
            f"known are {', '.join(catalogs.AREAS)}.",
        )
    faults.refuse("Change the minutes of a module, or the length of the block.")


def write_parts(session: Session, block_id: int, parts: Sequence[PartPlan]) -> None:
    """Replace the parts of a block."""
    session.execute(delete(BlockPart).where(BlockPart.block_id == block_id))
    session.add_all(
        BlockPart(
            block_id=block_id,
            position=position,
            title=clean(part.title),
            minutes=part.minutes,
            delivery=clean(part.delivery),
            area=part.area,
        )
        for position, part in enumerate(parts)
    )
    session.flush()
