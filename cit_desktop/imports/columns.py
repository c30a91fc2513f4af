"""Cleaning a column at a time: what one cell means can depend on all the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cit_desktop.imports import clean, headings, hours
from cit_desktop.imports.clean import Cleaned, Problem
from cit_desktop.imports.days import Day, day, proven_orders
from cit_desktop.imports.types import Cell, Column, DayOrder, Doubt, Value

_SURE_OF_TEXT = 10  # numbers in a text file from which lost zeros are believed


@dataclass(slots=True)
class CleanedColumn:
    """The cleaned cells of a column and the questions it raises."""

    cells: Sequence[Cleaned[Value]]
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a column beyond its cells.

    Attributes:
        is_text: The file holds texts only, so that nothing says what was typed as a number.
        order: How somebody said that its days are meant.
        masks: How many digits a number shows, by position in the column.
    """

    column: Column
    lines: Sequence[int]
    is_text: bool = False
    order: DayOrder | None = None
    masks: Mapping[int, int] = field(default_factory=dict)


def cleaned(cells: Sequence[Cell], source: Source) -> CleanedColumn:
    """The cells of a column, cleaned by what the column means."""
    kind = source.column.field
    if kind == "completed":
        return _days(cells, source)
    if kind in {"state_number", "certificate"}:
        return CleanedColumn(_numbers(cells, source))
    if kind == "minutes":
        unit = 1 if "minute" in headings.plain(source.column.heading) else 60
        return CleanedColumn(_each(cells, lambda cell: hours.minutes(cell, unit=unit)))
    simple: dict[str, Callable[[Cell], Cleaned[str]]] = {
        "email": clean.email,
        "phone": clean.phone,
    }
    return CleanedColumn(_each(cells, simple.get(kind or "", clean.plain)))


def _each(
    cells: Sequence[Cell], clean_one: Callable[[Cell], Cleaned[Value]]
) -> Sequence[Cleaned[Value]]:
    """Clean each distinct cell once."""
    known: dict[tuple[type, Cell], Cleaned[Value]] = {}
    found: list[Cleaned[Value]] = []
    for cell in cells:
        key = type(cell), cell
        if key not in known:
            known[key] = clean_one(cell)
        found.append(known[key])
    return found


def _numbers(cells: Sequence[Cell], source: Source) -> Sequence[Cleaned[Value]]:
    found: list[Cleaned[str]] = [clean.state_number(cell) for cell in cells]
    texts = [one.value or "" for one in found]
    if source.column.field == "certificate":
        return found
    for position, digits in source.masks.items():
        if isinstance(cells[position], int):
            texts[position] = texts[position].zfill(digits)
    typed = [
        isinstance(cell, (int, float)) and position not in source.masks
        for position, cell in enumerate(cells)
    ]
    if source.is_text and _lost_zeros(texts):
        typed = [True] * len(texts)
    restored = clean.restore_zeros(texts, typed)
    return [
        one if one.value == text or not text else _restored(one.value or "", text, source.is_text)
        for one, text in zip(found, restored, strict=True)
    ]


def _lost_zeros(texts: Sequence[str]) -> bool:
    """Whether a text file was written by a program that drops zeros in front."""
    numbers = [text for text in texts if text.isdecimal()]
    return len(numbers) >= _SURE_OF_TEXT and not any(text.startswith("0") for text in numbers)


def _restored(before: str, after: str, is_text: bool) -> Cleaned[Value]:
    return Cleaned(
        after,
        Problem(
            "warning" if is_text else "note",
            f"{before} was read as {after}: spreadsheets drop zeros in front, and the other "
            f"numbers of the column have {len(after)} digits.",
        ),
    )


def _days(cells: Sequence[Cell], source: Source) -> CleanedColumn:
    orders = proven_orders(cells)
    order: DayOrder = source.order or ("dmy" if orders == {"dmy"} else "mdy")
    known = source.order is not None or len(orders) == 1
    found: list[Cleaned[Value]] = []
    unsure: list[int] = []
    for line, cell in zip(source.lines, cells, strict=True):
        one = day(cell, order)
        if one is not None and one.other is not None and not known:
            unsure.append(line)
        found.append(_day_answer(cell, one, known))
    if not unsure:
        return CleanedColumn(found)
    kind = "mixed_days" if orders else "day_order"
    return CleanedColumn(
        found, [Doubt(source.column.heading, kind, _question(kind), tuple(unsure))]
    )


def _question(kind: str) -> str:
    if kind == "mixed_days":
        return (
            "Some days of this column are written month first, others day first. "
            "Which is meant where both are possible?"
        )
    return "The days of this column can be read month first or day first. Which is meant?"


def _day_answer(cell: Cell, one: Day | None, known: bool) -> Cleaned[Value]:
    text = clean.as_text(cell)
    if one is None:
        if clean.is_nothing(text):
            return Cleaned()
        return Cleaned(
            None,
            Problem(
                "error",
                f"“{text}” is not a day. Expected something like 10/16/2026 or October 16, 2026; "
                "correct it or leave it blank.",
            ),
        )
    value = one.day.isoformat()
    if one.other is not None and not known:
        return Cleaned(
            value,
            Problem(
                "warning",
                f"“{text}” was read as {value}, but can be {one.other.isoformat()}, too. "
                "Say which comes first in this column, the month or the day.",
            ),
        )
    return Cleaned(value, Problem("note", one.how) if one.how else None)
