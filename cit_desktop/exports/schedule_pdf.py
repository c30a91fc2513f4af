"""The schedule of a class, on one page if it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from cit_desktop.day_words import clock_time, formal, formal_days, weekday
from cit_desktop.documents.schedules import ClassSchedule, ScheduleBlock, ScheduleDay
from cit_desktop.documents.tables import Paper
from cit_desktop.exports import flow, ink, words
from cit_desktop.exports.flow import Piece
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.paper_head import Head
from cit_desktop.exports.pdf import ACCENT, INK, SOFT, TINT
from cit_desktop.exports.typeset import Fitted
from cit_desktop.exports.upright import MARGIN, draw_paper

_SIZES: Final = (10.0, 9.5, 9.0, 8.5, 8.0)  # the largest at which all stands on one page
_TIME, _TITLE, _TAUGHT = 0.215, 0.435, 0.27  # parts of the width; the rest is for hours
_HOURS: Final = 40.0


class _Row(NamedTuple):
    """A line of a block, indented below the block's own."""

    text: Fitted
    minutes: int
    color: Any
    indent: float


def draw_schedule(schedule: ClassSchedule, made: date, *, paper: Paper = "letter") -> bytes:
    """The schedule as PDF; a day is split only where it is longer than a page.

    Args:
        made: The day that the file says it was made on.

    Raises:
        Refused: A text has a letter that cannot be printed.
    """
    compose = partial(_pages, schedule)
    head = _head(schedule)
    return draw_paper(head, schedule.code, schedule.chapter, compose, made, paper=paper)


def _head(schedule: ClassSchedule) -> Head:
    pairs = (
        ("Class", schedule.code),
        ("Dates", formal_days(schedule.days[0].day, schedule.days[-1].day)),
        ("Location", schedule.location),
        ("Lead instructor", schedule.lead_instructor),
        ("In all", words.hours_of(schedule.minutes)),
    )
    about = schedule.course if schedule.course != schedule.title else ""
    return Head("Class schedule", schedule.title, about or schedule.chapter, pairs)


def _pages(schedule: ClassSchedule, room: float, first: float, other: float) -> list[list[Piece]]:
    for size in _SIZES:
        pages = flow.flow(_pieces(schedule, size, room), first, other)
        if len(pages) == 1:
            return pages
    pieces: list[Piece] = []
    for day in schedule.days:
        rows = list(_day(day, _SIZES[1], room))
        if sum(row.height for row in rows) <= (other if pieces else first):
            rows[:-1] = [row._replace(tied=True) for row in rows[:-1]]
        pieces += rows
    return flow.flow(pieces, first, other)


def _pieces(schedule: ClassSchedule, size: float, room: float) -> list[Piece]:
    return [piece for day in schedule.days for piece in _day(day, size, room)]


def _day(day: ScheduleDay, size: float, room: float) -> Iterator[Piece]:
    yield flow.gap(size * 0.9)
    yield Piece(size * 1.85, partial(_day_line, day=day, size=size, room=room), tied=True)
    for number, block in enumerate(day.blocks):
        yield from _block(block, size, room, ruled=number > 0)


def _day_line(canvas: Any, top: float, *, day: ScheduleDay, size: float, room: float) -> None:
    height = size * 1.7
    canvas.setFillColor(TINT)
    canvas.rect(MARGIN, top - height, room, height, stroke=0, fill=1)
    at, strong = top - size * 0.27, Pen(size, ACCENT, ink.BOLD)
    ink.line(canvas, f"{weekday(day.day)}, {formal(day.day)}", strong, MARGIN + 6, at, room / 2)
    said = words.hours_of(day.minutes)
    ink.line(canvas, said, strong, MARGIN + room - 6, at, room / 3, align=1)


def _block(block: ScheduleBlock, size: float, room: float, ruled: bool) -> Iterator[Piece]:
    """Rows with what is taught, beside the first the time, who teaches it, and the hours."""
    rows = list(_rows(block, size, room * _TITLE))
    taught = [
        ink.fitted(name, Pen(size * 0.92), room * _TAUGHT - 8, lines=3, least=0.9)
        for name in block.instructors
    ]
    missing = sum(name.height for name in taught) - sum(row.text.height for row in rows)

    def draw(canvas: Any, top: float, row: _Row, first: bool, above: float) -> None:
        if first and ruled:
            ink.rule(canvas, MARGIN, top, room)
        at, end = top - above, MARGIN + room - 6
        if first:
            span = f"{clock_time(block.starts_at)} – {clock_time(block.ends_at)}"
            ink.line(canvas, span, Pen(size), MARGIN + 6, at, room * _TIME - 10)
        canvas.setFillColor(row.color)
        row.text.draw(canvas, MARGIN + room * _TIME + row.indent, at, align=0)
        pen = Pen(row.text.size if len(row.text.lines) == 1 else size * 0.94, row.color)
        ink.line(canvas, f"{words.hours(row.minutes)} h", pen, end, at, _HOURS, align=1)
        if first:
            _names(canvas, taught, MARGIN + room * (_TIME + _TITLE) + 8, at)

    for number, row in enumerate(rows):
        first, last = number == 0, number == len(rows) - 1
        above = size * (0.35 if first else 0.16)
        below = size * 0.35 + max(missing, 0.0) if last else 0.0
        yield Piece(
            above + row.text.height + below,
            partial(draw, row=row, first=first, above=above),
            tied=not last,
        )


def _names(canvas: Any, taught: Iterable[Fitted], x: float, top: float) -> None:
    canvas.setFillColor(SOFT)
    for name in taught:
        name.draw(canvas, x, top, align=0)
        top -= name.height


def _rows(block: ScheduleBlock, size: float, room: float) -> Iterator[_Row]:
    """The block by its title and its modules, or by these alone where they say the same."""
    if block.named:
        text = ink.fitted(block.title, Pen(size, faces=ink.MEDIUM), room, lines=2, least=1)
        yield _Row(text, block.minutes, INK, 0.0)
    pen = Pen(size * 0.94 if block.named else size, faces=ink.SANS if block.named else ink.MEDIUM)
    indent = 10.0 if block.named else 0.0
    for title, minutes in block.modules:
        text = ink.fitted(title, pen, room - indent, lines=2, least=1)
        yield _Row(text, minutes, SOFT if block.named else INK, indent)
