"""Sign-in sheets: large numbered rows, boxes for in and out, and a code that finds the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final, NamedTuple

from cit_desktop.day_words import clock_time, formal, weekday
from cit_desktop.documents.sign_ins import PageCode, SignInLine, SignInSheet, SignInSpan
from cit_desktop.documents.tables import Paper
from cit_desktop.exports import ink
from cit_desktop.exports.certificates import symbol
from cit_desktop.exports.fonts import face_for, printable
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.paper_head import Head, draw_head
from cit_desktop.exports.pdf import ACCENT, INK, LINE, SOFT, TINT, new_canvas, page_size
from cit_desktop.exports.typeset import LEADING, Fitted, elide, wrap
from cit_desktop.progress import Progress, silent

_MARGIN: Final = 36.0
_BOTTOM: Final = 78.0  # what stands above the foot: who checked the page
_LEAST, _MOST = 28.0, 42.0  # height of a row
_HEADINGS: Final = 40.0  # height of the band above the rows, with a title of one line
_TITLE: Final = 7.0
_NAME, _BELOW = 11.5, 7.5  # sizes of a name, and of what stands below it
_PARTS: Final = (1.0, 0.95, 0.9, 0.85, 0.8)  # of these sizes, where a row has no room for them
_AIR: Final = 4.0
_NUMBER: Final = 40.0
_CODE: Final = 58.0  # side of the page's code, with the white around it
_CODE_ROOM: Final = 128.0
_BOX: Final = {0: 60.0, 1: 60.0, 2: 46.0, 3: 50.0, 4: 44.0}
_NAME_PART: Final = 0.58  # of what boxes and number leave; the rest is the signature
_PAD: Final = 5.0
_RULE: Final = "Write the time in each box. Nobody signs for somebody else."


class _Frame(NamedTuple):
    """Where the columns of a sheet stand, from left to right."""

    across: float
    up: float
    name: float
    boxes: float
    box: float
    signature: float

    @property
    def room(self) -> float:
        return self.across - 2 * _MARGIN

    @property
    def name_room(self) -> float:
        return self.boxes - self.name - 2 * _PAD

    @property
    def right(self) -> float:
        return self.across - _MARGIN


def draw_sheets(
    sheets: Sequence[SignInSheet],
    made: date,
    *,
    paper: Paper = "letter",
    progress: Progress = silent,
) -> bytes:
    """The sheets of some days in one PDF; the pages of each day are counted by themselves.

    Up to two boxes in and out stand on an upright page, more on a lying one.

    Args:
        made: The day that the file says it was made on.

    Raises:
        Refused: A name has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """
    buffer = BytesIO()
    first = sheets[0]
    title = f"Sign-in sheet, {first.code}"
    canvas = new_canvas(buffer, title, first.chapter, first.title, made, page_size(paper))
    for number, sheet in enumerate(sheets):
        progress(number, len(sheets))
        _sheet(canvas, sheet, paper)
    canvas.save()
    progress(len(sheets), len(sheets))
    return buffer.getvalue()


def _frame(spans: Sequence[SignInSpan], paper: Paper) -> _Frame:
    across, up = page_size(paper, lying=len(spans) > 2)
    box = _BOX[len(spans)]
    rest = across - 2 * _MARGIN - _NUMBER - 2 * box * len(spans)
    name = _MARGIN + _NUMBER
    boxes = name + rest * _NAME_PART
    return _Frame(across, up, name, boxes, box, boxes + 2 * box * len(spans))


def _sheet(canvas: Any, sheet: SignInSheet, paper: Paper) -> None:
    frame = _frame(sheet.spans, paper)
    canvas.setPageSize((frame.across, frame.up))
    titles = [_title(span.title, 2 * frame.box - 8) for span in sheet.spans]
    rows = [*sheet.lines, *(SignInLine(number, "") for number in sheet.walk_ins)]
    top = _head(canvas, sheet, frame)  # alike on each page
    each, height = _rows_a_page(rows, frame, top - _headings_height(titles) - _BOTTOM)
    pages = -(-len(rows) // each)
    for page in range(1, pages + 1):
        if page > 1:
            _head(canvas, sheet, frame)
        _page_code(canvas, PageCode(sheet.code, sheet.day, page), page, pages, frame)
        below = _headings(canvas, sheet.spans, titles, frame, top)
        shown = rows[(page - 1) * each : page * each]
        canvas.setFillColor(TINT)
        canvas.rect(_MARGIN, below - len(shown) * height, _NUMBER, len(shown) * height, 0, 1)
        for place, row in enumerate(shown):
            _row(canvas, row, frame, below - place * height, height)
        _boxes(canvas, len(sheet.spans), frame, below, below - len(shown) * height)
        _checked(canvas, frame)
        said = f"{sheet.code} · {sheet.title} · {sheet.chapter}"
        ink.foot(canvas, said, page, pages, _MARGIN, frame.room)
        canvas.showPage()


def _rows_a_page(rows: Sequence[SignInLine], frame: _Frame, room: float) -> tuple[int, float]:
    """How many rows stand on a page, all pages alike, and their height."""
    least = max(_LEAST, *(_height_of(row, frame.name_room) for row in rows))
    pages = -(-len(rows) // max(int(room / least), 1))
    each = -(-len(rows) // pages)
    return each, min(room / each, max(_MOST, least))


def _height_of(row: SignInLine, room: float) -> float:
    """Height of a row in which a long name and a long agency can still be read."""
    return sum(text.height for text, _ in _person(row, room, 0)) + _AIR if row.name else 0


def _head(canvas: Any, sheet: SignInSheet, frame: _Frame) -> float:
    pairs = (
        ("Class", sheet.code),
        ("Location", sheet.location),
        ("Lead instructor", sheet.lead_instructor),
    )
    day = f"{weekday(sheet.day)}, {formal(sheet.day)}"
    head = Head("Sign-in sheet", day, sheet.title, pairs)
    room = frame.room - _CODE_ROOM - 12
    end = draw_head(canvas, head, _MARGIN, frame.up - _MARGIN, room)
    return min(end, frame.up - _MARGIN - _CODE - 24)


def _page_code(canvas: Any, code: PageCode, page: int, pages: int, frame: _Frame) -> None:
    """The code as a picture that is scanned, and as words that are typed."""
    left, bottom = frame.right - _CODE, frame.up - _MARGIN - _CODE + 6
    canvas.saveState()
    canvas.translate(left + 6, bottom)
    canvas.addLiteral(symbol.operators(str(code), _CODE))
    canvas.restoreState()
    top = ink.line(
        canvas, str(code), Pen(7.5, INK, ink.MEDIUM), frame.right, bottom + 1, _CODE_ROOM, align=1
    )
    ink.line(canvas, f"Page {page} of {pages}", Pen(7, SOFT), frame.right, top, _CODE_ROOM, align=1)


def _title(said: str, room: float) -> tuple[str, ...]:
    """What a block is called, in two lines at most; its time says which one it is."""
    line = printable(said)
    face = face_for(line, *ink.SANS)
    first, *rest = wrap(line.split(), " ", face, _TITLE, room) or ("",)
    lines = (first, " ".join(rest)) if rest else (first,)
    return tuple(elide(one, face, _TITLE, room) for one in lines)


def _headings_height(titles: Sequence[Sequence[str]]) -> float:
    return _HEADINGS + (max(len(lines) for lines in titles) - 1) * _TITLE * LEADING


def _headings(
    canvas: Any,
    spans: Sequence[SignInSpan],
    titles: Sequence[Sequence[str]],
    frame: _Frame,
    top: float,
) -> float:
    bottom = top - _headings_height(titles)
    canvas.setFillColor(ACCENT)
    canvas.rect(_MARGIN, bottom, frame.room, top - bottom, stroke=0, fill=1)
    strong, small = Pen(8.5, "#FFFFFF", ink.BOLD), Pen(_TITLE, "#FFFFFF")
    low = bottom + 14
    ink.line(canvas, "No.", strong, _MARGIN + _NUMBER / 2, low, _NUMBER, align=0.5)
    ink.line(canvas, "Printed name", strong, frame.name + _PAD, low, 90)
    ink.line(canvas, _RULE, small, frame.name + _PAD, top - 5, frame.name_room, lines=2, least=1)
    for place, (span, lines) in enumerate(zip(spans, titles, strict=True)):
        left = frame.boxes + 2 * place * frame.box
        center, room = left + frame.box, 2 * frame.box - 8
        said = f"{clock_time(span.starts_at)} – {clock_time(span.ends_at)}"
        below = ink.line(canvas, said, strong, center, top - 4, room, align=0.5)
        for one in lines:
            below = ink.line(canvas, one, small, center, below, room, align=0.5)
        for word, at in (("In", left), ("Out", left + frame.box)):
            ink.line(canvas, word, strong, at + frame.box / 2, low, frame.box, align=0.5)
    ink.line(canvas, "Signature", strong, frame.signature + _PAD, low, 90)
    return bottom


def _row(canvas: Any, row: SignInLine, frame: _Frame, top: float, height: float) -> None:
    free = not row.name
    if row.number is not None:
        pen = Pen(19, SOFT if free else INK, ink.BOLD)
        number = ink.fitted(str(row.number), pen, _NUMBER - 6, least=0)
        canvas.setFillColor(pen.color)
        number.draw(canvas, _MARGIN + _NUMBER / 2, top - (height - number.height) / 2)
    canvas.setStrokeColor(SOFT)
    canvas.setLineWidth(0.5)
    canvas.line(_MARGIN, top - height, frame.right, top - height)
    if free:
        _blanks(canvas, frame.name + _PAD, top, frame.name_room, height)
        return
    lines = _person(row, frame.name_room, height - _AIR)
    at = top - (height - sum(text.height for text, _ in lines)) / 2
    for text, color in lines:
        canvas.setFillColor(color)
        text.draw(canvas, frame.name + _PAD, at, align=0)
        at -= text.height


def _person(row: SignInLine, room: float, height: float) -> list[tuple[Fitted, Any]]:
    """Name, then agency and number: the largest that fit a height, or the smallest there are."""
    said = " · ".join(part for part in (row.role, row.agency, row.state_number) if part)
    for part in _PARTS:
        name = ink.fitted(row.name, Pen(_NAME * part, faces=ink.BOLD), room, lines=2, least=1)
        below = ink.fitted(said, Pen(_BELOW * part), room, lines=2, least=1)
        if name.height + below.height <= height:
            break
    return [(name, INK), (below, SOFT)]


def _blanks(canvas: Any, x: float, top: float, room: float, height: float) -> None:
    """The lines on which somebody who walked in says who it is."""
    hint, middle = Pen(5.5, SOFT), top - height / 2
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    canvas.line(x, middle, x + room, middle)
    canvas.line(x + room * 0.62, middle, x + room * 0.62, top - height)
    ink.line(canvas, "Name", hint, x, top - 1.5, room)
    ink.line(canvas, "Agency", hint, x, middle - 1.5, room / 2)
    ink.line(canvas, "State number", hint, x + room * 0.62 + 3, middle - 1.5, room / 3)


def _boxes(canvas: Any, spans: int, frame: _Frame, top: float, bottom: float) -> None:
    """The lines of the table; each pair of boxes is set off by a stronger one."""
    canvas.setStrokeColor(SOFT)
    for place in range(2 * spans + 1):
        canvas.setLineWidth(0.4 if place % 2 else 1.0)
        x = frame.boxes + place * frame.box
        canvas.line(x, top, x, bottom)
    canvas.setLineWidth(0.5)
    for x in (_MARGIN, frame.right):
        canvas.line(x, top, x, bottom)


def _checked(canvas: Any, frame: _Frame) -> None:
    """Who says that the page is right."""
    y, x = ink.FOOT + 16, _MARGIN
    small = Pen(7.5, SOFT)
    for label, part in (("Checked by (instructor’s signature)", 0.58), ("Date and time", 0.42)):
        across = frame.room * part
        ink.rule(canvas, x, y, across - 14, SOFT)
        ink.line(canvas, label, small, x, y - 2, across - 14)
        x += across
