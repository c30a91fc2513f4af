"""The rules of hours, pure: credit by area, what is missing, whether it is enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from cit_desktop import day_words

State: TypeAlias = Literal["ready", "short", "blank"]

_WITHOUT_AREA = ""


class Rule(NamedTuple):
    """What a class asks for.

    Attributes:
        minutes: What the class counts.
        min_attendance: Percent of the minutes.
        min_score: Percent in the post-test, or None.
    """

    minutes: int
    min_attendance: int
    min_score: int | None
    scenario_required: bool


class Slot(NamedTuple):
    """A block as the rules see it; ``parts`` are pairs of credit area and minutes."""

    block_id: int
    day: date
    starts_at: int
    minutes: int
    parts: tuple[tuple[str, int], ...]


class Mark(NamedTuple):
    """What is known of one person in one block.

    Attributes:
        mark: ``present``, ``absent``, ``late``, ``excused``, ``left early`` or ``partial``.
        minutes: Time there.
        made_up: Time made up elsewhere.
    """

    mark: str
    minutes: int
    made_up: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """Where one person stands in a class.

    Attributes:
        minutes: Attended and made up.
        by_area: The same minutes by credit area.
        required: Minutes that the class asks for.
        total: Minutes that the class counts.
        blanks: Blocks in which the person is not marked.
        missing_text: Such as ``missing Wed 1:00–4:30``; empty when nothing is.
        state: ``blank`` while something is not marked, else ``ready`` or ``short``.
        short_minutes: How many minutes are missing to what is required.
        reasons: Why the person does not complete yet, as sentences.
    """

    enrollment_id: int
    minutes: int
    by_area: Mapping[str, int]
    required: int
    total: int
    blanks: int
    missing_text: str
    state: State
    short_minutes: int
    reasons: tuple[str, ...]


def divided(weights: Sequence[int], minutes: int) -> list[int]:
    """Whole minutes shared in proportion to weights; the largest remainders round up.

    The shares add up to the minutes exactly. Without any weight the first gets all.
    """
    total = sum(weights)
    if not weights:
        return []
    if total == 0:
        return [minutes] + [0] * (len(weights) - 1)
    shares = [minutes * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: -(minutes * weights[i] % total))
    for index in order[: minutes - sum(shares)]:
        shares[index] += 1
    return shares


def credit(parts: Iterable[tuple[str, int]], minutes: int) -> dict[str, int]:
    """Minutes of a block by credit area, in proportion to its parts.

    They add up to ``minutes`` exactly; a block without parts credits the area ``""``.

    Args:
        parts: Pairs of credit area and minutes.
    """
    weights = Counter[str]()
    for area, weight in parts:
        weights[area] += weight
    if minutes == 0:
        return {}
    if weights.total() == 0:
        return {_WITHOUT_AREA: minutes}
    areas = sorted(weights)  # so that equal remainders fall the same way everywhere
    shares = divided([weights[area] for area in areas], minutes)
    return {area: share for area, share in zip(areas, shares, strict=True) if share}


def required(minutes: int, min_attendance: int) -> int:
    """Minutes to be reached: the percentage of the class, rounded up."""
    return -(-minutes * min_attendance // 100)


def assess(
    enrollment_id: int,
    rule: Rule,
    slots: Sequence[Slot],
    marks: Mapping[int, Mark],
    score: int | None,
    scenario_passed: int | None,
) -> Summary:
    """Where a person stands.

    Args:
        slots: The blocks of the class in the order of the clock.
        marks: By block; a block without one is not marked yet.
        scenario_passed: 1, 0, or None for not taken.
    """
    by_area = Counter[str]()
    reached = 0
    for slot in slots:
        mark = marks.get(slot.block_id)
        if mark is not None:
            minutes = min(mark.minutes + mark.made_up, slot.minutes)
            reached += minutes
            by_area.update(credit(slot.parts, minutes))
    blanks = sum(slot.block_id not in marks for slot in slots)
    needed = required(rule.minutes, rule.min_attendance)
    missing = missing_text(slots, marks)
    reasons = _reasons(rule, slots, reached, needed, missing, blanks)
    reasons += _other_reasons(rule, score, scenario_passed)
    return Summary(
        enrollment_id=enrollment_id,
        minutes=reached,
        by_area=dict(by_area),
        required=needed,
        total=rule.minutes,
        blanks=blanks,
        missing_text=missing,
        state="blank" if blanks else "short" if reasons else "ready",
        short_minutes=max(needed - reached, 0),
        reasons=tuple(reasons),
    )


def _reasons(
    rule: Rule, slots: Sequence[Slot], reached: int, needed: int, missing: str, blanks: int
) -> list[str]:
    found = []
    if blanks:
        blocks = "1 block is" if blanks == 1 else f"{blanks} blocks are"
        found.append(f"{blocks} not marked yet.")
    if reached < needed and (missing or not blanks):
        offered = sum(slot.minutes for slot in slots)
        why = missing or f"the blocks of the class add up to only {decimal(offered)}"
        found.append(f"{decimal(reached)} of {decimal(needed)} hours: {why}.")
    return found


def _other_reasons(rule: Rule, score: int | None, scenario_passed: int | None) -> list[str]:
    found = []
    if rule.min_score is not None and score is None:
        found.append(f"The test score is not entered; {rule.min_score} is needed.")
    elif rule.min_score is not None and score is not None and score < rule.min_score:
        found.append(f"The test score is {score}; {rule.min_score} is needed.")
    if rule.scenario_required and scenario_passed is None:
        found.append("The scenario test is not entered.")
    elif rule.scenario_required and not scenario_passed:
        found.append("The scenario test was not passed.")
    return found


def missing_text(slots: Sequence[Slot], marks: Mapping[int, Mark]) -> str:
    """What a person missed of the marked blocks: ``missing Wed 1:00–4:30, Thu 8:00–12:00``.

    Late misses the beginning, left early the end; of another part only the length is known.
    Ranges that touch are one. Weekdays have their date when the class has them more than once.
    """
    days = {slot.day for slot in slots}
    dated = len({day.weekday() for day in days}) < len(days)
    ranges: list[tuple[date, int, int]] = []
    loose: list[tuple[date, int, str]] = []
    for slot in slots:
        mark = marks.get(slot.block_id)
        gap = 0 if mark is None else slot.minutes - mark.minutes - mark.made_up
        if mark is None or gap <= 0:
            continue
        span = _span(slot, mark, gap)
        if span is not None:
            ranges.append((slot.day, *span))
        else:
            whole = clock_range(slot.starts_at, slot.starts_at + slot.minutes)
            loose.append((slot.day, slot.starts_at, f"{hours_text(gap)} of {{day}} {whole}"))
    for day, start, end in _merged(ranges):
        loose.append((day, start, f"{{day}} {clock_range(start, end)}"))
    said = [words.format(day=short_day(day, dated)) for day, _, words in sorted(loose)]
    return f"missing {', '.join(said)}" if said else ""


def _span(slot: Slot, mark: Mark, gap: int) -> tuple[int, int] | None:
    end = slot.starts_at + slot.minutes
    if gap == slot.minutes:
        return slot.starts_at, end
    if mark.made_up or mark.mark not in ("late", "left early"):
        return None
    return (slot.starts_at, slot.starts_at + gap) if mark.mark == "late" else (end - gap, end)


def _merged(ranges: list[tuple[date, int, int]]) -> list[tuple[date, int, int]]:
    found: list[tuple[date, int, int]] = []
    for day, start, end in sorted(ranges):
        if found and found[-1][0] == day and found[-1][2] == start:
            found[-1] = (day, found[-1][1], end)
        else:
            found.append((day, start, end))
    return found


def clock_range(start: int, end: int) -> str:
    """Two times of a day, in minutes after midnight: ``1:00–4:30``."""
    return f"{_clock(start)}–{_clock(end)}"


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour % 12 or 12}:{minute:02}"


def short_day(day: date, dated: bool = False) -> str:
    """``Wed``, or ``Wed Mar 4`` when the weekday alone would not say which."""
    return day_words.weekday_short(day) if dated else day_words.weekday(day)[:3]


def decimal(minutes: int) -> str:
    """Minutes as hours with at most two decimals: ``36.5``."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def hours_text(minutes: int) -> str:
    """A length in words: ``2.5 h``, ``50 min``, ``1 h 40 min``."""
    if minutes % 15 == 0 and minutes >= 60:
        return f"{decimal(minutes)} h"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"
