"""What is said about merging: what moves, what becomes one, what stands in the way."""

from __future__ import annotations

from datetime import datetime

from cit_desktop.services.duplicates import Likely
from cit_desktop.services.merge_views import MergedRow, MergePreview
from ui import format as fmt
from ui.widgets.marks import Pill

_ONE = {
    "classes": "class",
    "certificates": "certificate",
    "employments": "employment",
    "state numbers": "state number",
    "blocks taught": "block taught",
    "former names": "former name",
}
_LEVELS = {
    "very likely": Pill("Very likely", "care", "half"),
    "likely": Pill("Likely", "accent", "half"),
    "perhaps": Pill("Perhaps", "soft", "empty"),
}


def level(pair: Likely) -> Pill:
    """How likely two people are one."""
    return _LEVELS[pair.level]


def reasons(pair: Likely) -> str:
    """``Same MO POST license 0000002, same name; but other suffixes``."""
    speaks = [reason for reason in pair.reasons if not reason.startswith("but ")]
    against = [reason for reason in pair.reasons if reason.startswith("but ")]
    text = "; ".join(part for part in (", ".join(speaks), ", ".join(against)) if part)
    return text[:1].upper() + text[1:]


def moves(preview: MergePreview) -> str:
    """``2 classes and 1 certificate move to Ana Ito.``"""
    known = list(_ONE)
    found = sorted(preview.moves, key=lambda one: known.index(one[0]) if one[0] in known else 99)
    parts = [fmt.plural(count, _ONE.get(word, word), word) for word, count in found]
    if not parts:
        return f"{preview.other_name} has no classes, certificates or employments that would move."
    said = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    one = len(parts) == 1 and preview.moves[0][1] == 1
    return f"{said} {'moves' if one else 'move'} to {preview.keep_name}."


def joined(preview: MergePreview) -> list[str]:
    """What becomes of the classes that both are in."""
    return [line.sentence for line in preview.classes if line.what == "joined" and line.sentence]


def merged(other: str, keep: str) -> str:
    """What was done."""
    if other == keep:
        return f"The two records of {keep} are one now."
    return f"{other} and {keep} are one person now."


def former(row: MergedRow) -> str:
    """``Also known as Ana Ito, ana@example.org; merged on Nov 20, 2026 by R. Vance``."""
    known = ", ".join(part for part in (row.name, row.email, fmt.phone(row.phone)) if part)
    return (
        f"Also known as {known}; merged on {_day(row.at)}{f' by {row.actor}' if row.actor else ''}"
    )


def _day(moment: datetime) -> str:
    return fmt.local_day(moment)
