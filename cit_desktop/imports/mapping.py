"""Guessing what each column means, by its heading and its content together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cit_desktop.errors import FileProblem
from cit_desktop.imports import content, headings
from cit_desktop.imports.clean import as_text
from cit_desktop.imports.types import CHOSEN, FIELDS, Cell, Column

THRESHOLD = 0.45
_SAMPLES = 3
_LONGEST_SAMPLE = 80


def guess(
    names: Sequence[str],
    columns: Sequence[Sequence[Cell]],
    override: Mapping[str, str | None] | None = None,
) -> dict[str, Column]:
    """What each column means, by heading.

    Args:
        columns: The values of each column.
        override: What somebody chose, by heading; None leaves a column out.

    Raises:
        FileProblem: ``override`` names a field that there is not, or one field twice.
    """
    chosen = {name: field for name, field in (override or {}).items() if name in names}
    _check(chosen)
    seen = [content.look(cells) for cells in columns]
    taken = {field for field in chosen.values() if field}
    offers = [
        (confidence, -index, field)
        for index, name in enumerate(names)
        if name not in chosen
        for field, confidence in _confidences(name, seen[index]).items()
        if field not in taken
    ]
    assigned = _assign(offers, len(names))
    _settle_names(assigned, names, chosen, seen)
    return {
        name: _column(name, index, columns[index], assigned.get(index), chosen)
        for index, name in enumerate(names)
    }


def _check(chosen: Mapping[str, str | None]) -> None:
    fields = [field for field in chosen.values() if field is not None]
    for field in fields:
        if field not in FIELDS:
            raise FileProblem(
                f"There is no field “{field}” that a column could mean.",
                f"Choose one of: {', '.join(FIELDS)}.",
            )
        if fields.count(field) > 1:
            raise FileProblem(
                f"Two columns are chosen as “{field}”.", "Choose one of them, leave the other out."
            )


def _confidences(name: str, seen: content.Profile) -> dict[str, float]:
    """How sure each field is for a column; ``ignored`` competes like a field."""
    by_words = headings.scores(name)
    found = content.alone(seen) if not by_words else {}
    for field, score in by_words.items():
        fit = content.fit(field, seen) if field != headings.IGNORED else 0.0
        sure = score + (1 - score) * fit * 0.6 if fit >= 0 else score * (1 + _against(fit, seen))
        found[field] = max(found.get(field, 0.0), sure)
    if by_words and max(found.values()) < THRESHOLD:  # the heading is wrong: believe the values
        found.update({field: sure * 0.9 for field, sure in content.alone(seen).items()})
    return found


def _against(fit: float, seen: content.Profile) -> float:
    """How much values weigh against a heading: one or two may be slips, an address is none."""
    return fit if fit == -1.0 else fit * min(1.0, (seen.count - 1) / 3)


def _assign(offers: list[tuple[float, int, str]], count: int) -> dict[int, tuple[str, float]]:
    """Give each column its best field, the surest first, and each field to one column."""
    assigned: dict[int, tuple[str, float]] = {}
    used: set[str] = set()
    for confidence, negative, field in sorted(offers, reverse=True):
        index = -negative
        if confidence < THRESHOLD or index in assigned:
            continue
        if field == headings.IGNORED:
            assigned[index] = field, confidence
        elif field not in used:
            used.add(field)
            assigned[index] = field, confidence
        if len(assigned) == count:
            break
    return assigned


def _settle_names(
    assigned: dict[int, tuple[str, float]],
    names: Sequence[str],
    chosen: Mapping[str, str | None],
    seen: Sequence[content.Profile],
) -> None:
    """A name comes whole or in parts, never both."""
    where = {field: index for index, (field, _) in assigned.items()}
    picked = set(chosen.values())
    whole = where.get("full_name")
    has = {field for field in ("first", "last") if field in where or field in picked}
    if whole is None and "full_name" not in picked:
        return
    if whole is not None and has == {"first", "last"}:
        del assigned[whole]
    elif whole is not None and has == {"last"} and seen[whole].words < 1.6:
        assigned[whole] = "first", 0.7
    elif whole is not None and has == {"first"} and seen[whole].words < 1.6:
        assigned[whole] = "last", 0.7
    else:
        for field in has & where.keys():
            del assigned[where[field]]


def _column(
    name: str,
    index: int,
    cells: Sequence[Cell],
    assigned: tuple[str, float] | None,
    chosen: Mapping[str, str | None],
) -> Column:
    samples = _samples(cells)
    if name in chosen:
        return Column(name, index, chosen[name], 1.0, samples, CHOSEN)
    if assigned is None:
        return Column(name, index, None, 0.0, samples, "not known")
    field, confidence = assigned
    if field == headings.IGNORED:
        return Column(name, index, None, round(confidence, 2), samples, "not kept in the records")
    reason = "heading" if headings.scores(name).get(field) else "values"
    return Column(name, index, field, round(confidence, 2), samples, reason)


def _samples(cells: Sequence[Cell]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cell in cells:
        text = as_text(cell)
        if text:
            found[text[:_LONGEST_SAMPLE]] = None
        if len(found) == _SAMPLES:
            break
    return tuple(found)
