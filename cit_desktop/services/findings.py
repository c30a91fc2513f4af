"""What a check of the records finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        severity: ``error``: the records contradict themselves; ``warning``: look at it.
    """

    severity: Literal["error", "warning"]
    sentence: str
    hint: str


def some(values: Sequence[str]) -> str:
    """The first few of these, and how many more there are."""
    shown = ", ".join(values[:SHOWN])
    return shown if len(values) <= SHOWN else f"{shown} and {len(values) - SHOWN} more"


def counted(count: int, one: str, many: str) -> str:
    """A number with its word: ``1 certificate``, ``2 certificates``."""
    return f"{count:,} {one if count == 1 else many}"
