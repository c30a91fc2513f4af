"""A design that is not saved yet, kept from one start of the program to the next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cit_desktop.documents import design as certificate_design
from cit_desktop.documents.design import Design
from ui.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, right or wrong.

    Attributes:
        seal: The file of a picture that was chosen for the seal; None where it is in the records.
    """

    design: Design
    seal: Path | None = None


def keep(preferences: Preferences, chapter: str, draft: Draft) -> None:
    """Remember what was typed for a chapter, by its uid."""
    values = certificate_design.to_values(draft.design)
    seal = None if draft.seal is None else str(draft.seal)
    preferences.set(_key(chapter), {"design": values, "seal": seal})


def kept(preferences: Preferences, chapter: str) -> Draft | None:
    """What was typed for a chapter and not saved, or None."""
    values: dict[str, Any] = preferences.get(_key(chapter), {})
    try:
        design = certificate_design.from_typed(values["design"])
        return Draft(design, Path(values["seal"]) if values["seal"] else None)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def drop(preferences: Preferences, chapter: str) -> None:
    """Forget it: it was saved, or is not wanted."""
    preferences.set(_key(chapter), None)


def _key(chapter: str) -> str:
    return f"design/draft/{chapter}"
