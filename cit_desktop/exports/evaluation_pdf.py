"""The form on which people say how a class was: numbers to circle and lines to write on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from cit_desktop.catalogs import OpenQuestion
from cit_desktop.day_words import formal, formal_days, weekday
from cit_desktop.documents.schedules import EvaluationForm, RatedDay, RatedPart
from cit_desktop.documents.tables import Paper
from cit_desktop.exports import flow, ink
from cit_desktop.exports.flow import Piece
from cit_desktop.exports.fonts import Face
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.paper_head import Head
from cit_desktop.exports.pdf import ACCENT, INK, SOFT
from cit_desktop.exports.typeset import BASELINE, Fitted
from cit_desktop.exports.upright import MARGIN, draw_paper

_GRADES: Final = 5
_STEP: Final = 21.0  # from circle to circle
_RADIUS: Final = 6.5
_DIGIT: Final = 0.69  # height of a digit, in ems
_CIRCLES: Final = _STEP * _GRADES
_LEADING: Final = 22.0  # from line to line that is written on
_ROOMIER: Final = ((3, 26.0), (2, 26.0), (2, 24.0), (1, 24.0), (1, 22.0), (0, 26.0))


def draw_evaluation(form: EvaluationForm, made: date, *, paper: Paper = "letter") -> bytes:
    """The form as PDF, with no place for a name.

    Args:
        made: The day that the file says it was made on.

    Raises:
        Refused: A text has a letter that cannot be printed.
    """
    compose, opening = partial(_pages, form), form.asked.about
    return draw_paper(
        _head(form), form.code, form.chapter, compose, made, paper=paper, opening=opening
    )


def _head(form: EvaluationForm) -> Head:
    pairs = (
        ("Class", form.code),
        ("Dates", formal_days(form.days[0].day, form.days[-1].day)),
        ("Location", form.location),
    )
    return Head("Evaluation", form.title, form.chapter, pairs)


def _pages(form: EvaluationForm, room: float, first: float, other: float) -> list[list[Piece]]:
    """As few pages as can be; what is left over on the last one goes to the answers in words."""
    least = flow.flow(_pieces(form, room), first, other)
    for more, leading in _ROOMIER:
        pages = flow.flow(_pieces(form, room, more, leading), first, other)
        if len(pages) == len(least):
            return pages
    return least


def _pieces(
    form: EvaluationForm, room: float, more: int = 0, leading: float = _LEADING
) -> Iterator[Piece]:
    asked = form.asked
    yield from _heading(asked.parts_title, room, f"1 = {asked.low}, {_GRADES} = {asked.high}")
    for day in form.days:
        yield from _day(day, room)
    if asked.statements:
        yield from _heading(asked.overall_title, room)
    for number, statement in enumerate(asked.statements, 1):
        yield _rated(statement, "", room, tied=_first(number, asked.statements))
    for question in asked.questions:
        yield from _question(question._replace(lines=question.lines + more), room, leading)
    if asked.thanks:
        yield flow.gap(10)
        thanks = Pen(12, ACCENT, ink.SERIF)
        yield Piece(14, partial(_line, said=asked.thanks, pen=thanks, room=room))


def _line(canvas: Any, top: float, *, said: str, pen: Pen, room: float) -> None:
    ink.line(canvas, said, pen, MARGIN, top, room)


def _heading(said: str, room: float, legend: str = "") -> Iterator[Piece]:
    small = ink.fitted(legend, Pen(8), room * 0.4)
    wide = room * 0.6 if legend else room
    title = ink.fitted(said, Pen(14, faces=ink.SERIF), wide, lines=2)

    def draw(canvas: Any, top: float) -> None:
        canvas.setFillColor(ACCENT)
        title.draw(canvas, MARGIN, top, align=0)
        canvas.setFillColor(SOFT)
        small.draw(canvas, MARGIN + room, top - title.height + small.height + 2, align=1)

    yield flow.gap(14)
    yield Piece(title.height + 4, draw, tied=True)


def _day(day: RatedDay, room: float) -> Iterator[Piece]:
    said = f"{weekday(day.day)}, {formal(day.day)}"
    pen = Pen(8.5, INK, ink.BOLD)
    yield flow.gap(5)
    yield Piece(13, partial(_line, said=said, pen=pen, room=room), tied=True)
    before: tuple[str, ...] = ()
    for number, part in enumerate(day.parts, 1):
        yield _rated(part.title, _taught(part, before), room, tied=_first(number, day.parts))
        before = part.instructors


def _first(number: int, rows: Sequence[object]) -> bool:
    """Whether a row is the first of several: it takes the second along, below their heading."""
    return number == 1 < len(rows)


def _taught(part: RatedPart, before: tuple[str, ...]) -> str:
    """Who taught it, unless that stands in the row above."""
    return "" if part.instructors == before else "; ".join(part.instructors)


def _rated(said: str, below: str, room: float, *, tied: bool) -> Piece:
    """A row: what is rated, and the circles at its right."""
    wide = room - _CIRCLES - 14
    title = ink.fitted(said, Pen(9.5), wide, lines=2)
    names = ink.fitted(below, Pen(7.5), wide, lines=2)
    texts = title.height + (names.height if below else 0)
    height = max(texts + 4.5, 2 * _RADIUS + 3)

    def draw(canvas: Any, top: float) -> None:
        ink.rule(canvas, MARGIN, top, room)
        at = top - (height - texts) / 2
        canvas.setFillColor(INK)
        title.draw(canvas, MARGIN, at, align=0)
        canvas.setFillColor(SOFT)
        if below:
            names.draw(canvas, MARGIN, at - title.height, align=0)
        for grade in range(1, _GRADES + 1):
            x = MARGIN + room - _CIRCLES + (grade - 0.5) * _STEP
            _circle(canvas, grade, x, top - height / 2)

    return Piece(height, draw, tied)


def _circle(canvas: Any, grade: int, x: float, y: float) -> None:
    canvas.setStrokeColor(SOFT)
    canvas.setLineWidth(0.6)
    canvas.circle(x, y, _RADIUS, stroke=1, fill=0)
    number = Fitted((str(grade),), Face.SANS, 8)
    canvas.setFillColor(SOFT)
    number.draw(canvas, x, y + number.size * (BASELINE - _DIGIT / 2))


def _question(question: OpenQuestion, room: float, leading: float) -> Iterator[Piece]:
    text = ink.fitted(question.text, Pen(10, faces=ink.MEDIUM), room, lines=3)

    def draw(canvas: Any, top: float) -> None:
        canvas.setFillColor(INK)
        text.draw(canvas, MARGIN, top, align=0)
        for number in range(1, question.lines + 1):
            ink.rule(canvas, MARGIN, top - text.height - number * leading, room, SOFT)

    yield flow.gap(12)
    yield Piece(text.height + question.lines * leading, draw)
