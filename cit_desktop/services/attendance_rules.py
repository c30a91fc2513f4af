"""What a mark of attendance means, pure: its kind and its minutes."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast, get_args

from cit_desktop.errors import Refused

MarkKind: TypeAlias = Literal["present", "absent", "late", "excused", "left early", "partial"]
MARKS: tuple[MarkKind, ...] = get_args(MarkKind)


def resolved(
    mark: str, minutes: int | None, block_minutes: int, before: str | None = None
) -> tuple[MarkKind, int]:
    """What is stored for a mark: its kind and the minutes.

    Args:
        before: The mark it replaces, if there is one.

    Raises:
        Refused: There is no such mark, or the minutes do not fit it.
    """
    if mark not in MARKS:
        raise Refused(f"“{mark}” is no mark of attendance.", f"Use one of {', '.join(MARKS)}.")
    if minutes is not None and not 0 <= minutes <= block_minutes:
        sentence = f"{minutes} minutes do not fit a block of {block_minutes} minutes."
        hint = "Check the time, or the length of the block."
        raise Refused(sentence, hint, {"minutes": sentence})
    if mark == "partial":
        return _part(minutes, block_minutes, before)
    whole = 0 if mark in ("absent", "excused") else block_minutes
    if mark in ("late", "left early") and minutes is not None:
        whole = minutes
    if minutes is not None and minutes != whole:
        sentence = f"“{mark}” is {whole} minutes of this block, not {minutes}."
        raise Refused(sentence, "Give the minutes without it.", {"minutes": sentence})
    return cast(MarkKind, mark), whole


def _part(minutes: int | None, block_minutes: int, before: str | None) -> tuple[MarkKind, int]:
    if minutes is None:
        sentence = "For part of a block its time is needed."
        raise Refused(sentence, "Type the hours, such as 2.5.", {"minutes": sentence})
    if before in ("late", "left early") and minutes:
        return cast(MarkKind, before), minutes
    if minutes in (0, block_minutes):
        return ("present" if minutes else "absent"), minutes
    return "partial", minutes
