"""Where the rows and columns of a printed table stand; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from cit_desktop.documents.tables import Cell, CellKind, TableColumn, TableDocument
from cit_desktop.exports import words
from cit_desktop.exports.fonts import Face, face_for, printable, width
from cit_desktop.exports.typeset import LEADING, elide, wrap

PAD = 4.0
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
_MOST_LINES = 40
_SHORT = 17  # letters of a text that is never broken: a phone number, a time from and to
_MEASURED = 60
_SLACK = 1.03
_LONGEST_WORD = 150.0
_FACES = (Face.SANS, Face.SERIF)


@dataclass(frozen=True, slots=True)
class _Span:
    """What a column asks for, for text of one point.

    Attributes:
        least: Width at which no word is cut.
        natural: Width at which no text is broken into lines.
    """

    least: float
    natural: float


@dataclass(frozen=True, slots=True)
class Row:
    """A row ready to draw: the lines of each cell, their typefaces, and its height in points."""

    cells: tuple[tuple[str, ...], ...]
    faces: tuple[Face, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole table ready to draw.

    Attributes:
        size: Size of the text in points.
        widths: Width of each column in points; together the width of the paper's text.
        headings: The lines of each heading.
        rows: The rows in their order.
    """

    size: float
    widths: tuple[float, ...]
    headings: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]

    @property
    def heading_height(self) -> float:
        """Height of the row of headings in points."""
        lines = max((len(heading) for heading in self.headings), default=1)
        return lines * self.size * LEADING + 2 * PAD


def lay_out(
    document: TableDocument,
    room: float,
    least_height: float,
    told: Callable[[int], None],
    *,
    largest: float = _SIZES[0],
) -> Layout:
    """Fit a table to a width: the largest text at which no word must be broken, then wrapped.

    A long text gets as many lines as it needs, up to 40, and ends in an ellipsis after them; a
    word wider than its column is broken.

    Args:
        room: Width of the whole table in points.
        least_height: Height of a row of one line in points.
        told: Called with the number of rows done.
        largest: Size of the text in points that is tried first.

    Raises:
        Refused: A text has a letter that cannot be printed.
    """
    columns = document.columns
    texts = [
        [_text(value, column.kind) for value, column in zip(row, columns, strict=True)]
        for row in document.rows
    ]
    labels = [printable(column.label) for column in columns]
    spans = [_span(column, [row[i] for row in texts]) for i, column in enumerate(columns)]
    size, part = _size(spans, room, [size for size in _SIZES if size <= largest])
    widths = _widths(spans, size, part, room)
    headings = tuple(
        _lines(label, Face.SANS_BOLD, size, wide)
        for label, wide in zip(labels, widths, strict=True)
    )
    rows = []
    for number, row in enumerate(texts):
        if number % 200 == 0:
            told(number)
        rows.append(_row(row, size, widths, least_height))
    return Layout(size, widths, headings, tuple(rows))


def paginate(layout: Layout, first: float, other: float, behind: float) -> list[tuple[int, int]]:
    """Which rows stand on which page, as pairs of first row and the row after the last.

    Args:
        first: Height for headings and rows on the first page, in points.
        other: The same on every other page.
        behind: Height needed below the last row.
    """
    pages, start, free = [], 0, first - layout.heading_height
    for number, row in enumerate(layout.rows):
        if row.height > free and number > start:
            pages.append((start, number))
            start, free = number, other - layout.heading_height
        free -= row.height
    pages.append((start, len(layout.rows)))
    if behind > free:
        pages.append((len(layout.rows), len(layout.rows)))
    return pages


def _text(value: Cell, kind: CellKind) -> str:
    if value is None:
        return ""
    if kind == "yesno":
        return "Yes" if value else "No"
    if kind == "hours" and isinstance(value, int):
        hours = words.hours(value)
        return hours if "." in hours else f"{hours}.0"
    if kind == "date" and isinstance(value, date):
        return words.short_day(value)
    return printable(str(value))


def _span(column: TableColumn, texts: Sequence[str]) -> _Span:
    label, distinct = printable(column.label), set(texts) - {""}
    parts = {part for text in distinct for part in _unbroken(text, column.kind)}
    natural = max(_widest(distinct, Face.SANS), _one(label, Face.SANS_BOLD))
    least = max(_widest(parts, Face.SANS), _widest(set(label.split()), Face.SANS_BOLD))
    return _Span(least * _SLACK, natural * _SLACK)


def _unbroken(text: str, kind: CellKind) -> list[str]:
    """The parts of a text that stay on one line: words, and the whole where it is short."""
    return [text] if kind != "text" or len(text) <= _SHORT else text.split()


def _widest(texts: set[str], face: Face) -> float:
    """Width of the widest text; of many, only the longest are measured."""
    longest = sorted(texts, key=lambda text: (len(text), text))[-_MEASURED:]
    return max((_one(text, face) for text in longest), default=0.0)


def _one(text: str, face: Face) -> float:
    return width(text, face, 100.0) / 100


def _size(spans: Sequence[_Span], room: float, sizes: Sequence[float]) -> tuple[float, float]:
    """The size of the text, and the part of its natural width that every column gets.

    Small text is better than a second line, a second line better than tiny text, and tiny text
    better than a broken word.
    """
    for part, smallest in ((1.0, 7.5), (0.56, 6.5), (0.0, 0.0)):
        for size in sizes:
            if size >= smallest and sum(_needs(spans, size, part)) <= room:
                return size, part
    return sizes[-1], 0.0


def _needs(spans: Sequence[_Span], size: float, part: float) -> list[float]:
    needs = (max(min(s.least * size, _LONGEST_WORD), s.natural * size * part) for s in spans)
    return [need + 2 * PAD for need in needs]


def _widths(spans: Sequence[_Span], size: float, part: float, room: float) -> tuple[float, ...]:
    """What each column needs, and of the rest as much as it can use."""
    needs = _needs(spans, size, part)
    natural = [max(s.natural * size + 2 * PAD, n) for s, n in zip(spans, needs, strict=True)]
    free, wanted = room - sum(needs), sum(natural) - sum(needs)
    if free <= 0:
        return tuple(need * room / sum(needs) for need in needs)
    if wanted > free:
        given = free / wanted
        return tuple(n + (w - n) * given for n, w in zip(needs, natural, strict=True))
    total, rest = sum(natural), room - sum(natural)
    return tuple(wide + rest * wide / total for wide in natural)


def _row(texts: Sequence[str], size: float, widths: Sequence[float], least_height: float) -> Row:
    faces = tuple(face_for(text, *_FACES) for text in texts)
    cells = tuple(
        _lines(text, face, size, wide)
        for text, face, wide in zip(texts, faces, widths, strict=True)
    )
    lines = max((len(cell) for cell in cells), default=1)
    return Row(cells, faces, max(least_height, lines * size * LEADING + 2 * PAD - 1))


def _lines(text: str, face: Face, size: float, wide: float) -> tuple[str, ...]:
    """The text in as many lines as it needs; what goes beyond the most ends in an ellipsis."""
    room = wide - 2 * PAD + 0.01
    pieces = [part for piece in text.split() for part in _broken(piece, face, size, room)]
    lines = wrap(pieces, " ", face, size, room)
    if len(lines) > _MOST_LINES:
        lines = (*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :]))
    return tuple(elide(line, face, size, room) for line in lines)


def _broken(word: str, face: Face, size: float, room: float) -> list[str]:
    """A word in parts that fit the width; nearly every word is whole."""
    parts = [""]
    if width(word, face, size) <= room:
        return [word]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, face, size) > room:
            parts.append("")
        parts[-1] += letter
    return parts
