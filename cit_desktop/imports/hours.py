"""Hours as people and spreadsheets write them, made whole minutes."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from cit_desktop.imports.clean import Cleaned, Problem, as_text, is_nothing
from cit_desktop.imports.types import Cell

_UNIT = r"(?:hours?|hrs?\.?|h\.?)"
_MINUTE = r"(?:minutes?|mins?\.?|m\.?)"
_PLAIN_HOURS = re.compile(rf"(\d+(?:[.,]\d+)?|[.,]\d+)\s*{_UNIT}?", re.I)
_CLOCKED = re.compile(rf"(\d{{1,4}}):([0-5]\d)(?::[0-5]\d)?\s*{_UNIT}?", re.I)
_BOTH = re.compile(rf"(\d+)\s*{_UNIT}\s*(?:and|,)?\s*(\d{{1,2}})\s*{_MINUTE}?", re.I)
_ONLY_MINUTES = re.compile(rf"(\d+)\s*{_MINUTE}", re.I)
_FRACTION = str.maketrans({"½": ".5", "¼": ".25", "¾": ".75"})
MOST_HOURS = 1_000


def minutes(cell: Cell, *, unit: int = 60) -> Cleaned[int]:
    """Hours in a cell as whole minutes.

    Args:
        unit: What a bare number counts, in minutes: 60 for hours, 1 for a column of minutes.
    """
    text = as_text(cell)
    if is_nothing(text):
        return Cleaned()
    found = _minutes(cell, text, unit)
    if found is None or not 0 <= found <= MOST_HOURS * 60:
        return Cleaned(
            None,
            Problem(
                "error",
                f"“{text}” is not a number of hours. Expected something like 40, 36.5 or 4:30; "
                "correct it or leave it blank.",
            ),
        )
    return Cleaned(found)


def _minutes(cell: Cell, text: str, unit: int) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return round(cell * unit) if abs(cell) < 1e6 else None
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, datetime):  # 40:00 in a cell formatted as a time of day
        days = (cell.date() - date(1899, 12, 31)).days
        return days * 1440 + cell.hour * 60 + cell.minute if 0 <= days < 60 else None
    return None if isinstance(cell, date) else _written_minutes(text, unit)


def _written_minutes(text: str, unit: int) -> int | None:
    text = re.sub(r"\s+(?=\.\d)", "", text.translate(_FRACTION))
    found = _PLAIN_HOURS.fullmatch(text)
    if found:
        bare = text[-1:].isdigit()
        return (
            round(float(found[1].replace(",", ".")) * (unit if bare else 60))
            if len(text) < 12
            else None
        )
    found = _CLOCKED.fullmatch(text) or _BOTH.fullmatch(text)
    if found and len(found[1]) < 5:
        return int(found[1]) * 60 + int(found[2])
    found = _ONLY_MINUTES.fullmatch(text)
    return int(found[1]) if found and len(found[1]) < 7 else None
