"""Headings, sentences and tables that follow each other down as many pages as they need.

Pages are laid out first and drawn afterwards: how many there are is known by then, and on which
of them everything begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, TypeAlias

from cit_desktop.documents.packets import Section
from cit_desktop.documents.tables import TableDocument
from cit_desktop.exports import ink, table_drawing
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import ACCENT, INK, SOFT
from cit_desktop.exports.table_layout import Layout, lay_out
from cit_desktop.exports.typeset import Fitted
from cit_desktop.progress import Progress, silent

Mark: TypeAlias = Callable[[Any], object]

_BOTTOM: Final = 48.0
_RUNNING: Final = 20.0  # height of the line on top of pages that go on
_BEGINNING: Final = 110.0  # height without which a section begins on the next page
_CHARACTER: Final = 5.6  # points, of the width that a column asks for
_ROW, _SMALL_ROW = 15.0, 11.0
_LARGEST, _SMALL = 8.5, 6.5
_PAIRS: Final = 4
_TOGETHER: Final = 3  # rows that go on together rather than one alone


@dataclass
class Sheet:
    """A page to be drawn.

    Attributes:
        names: Of the sections that stand on it.
        marks: What is drawn, in the order of reading.
    """

    names: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """Where something begins that is found from outside: in the outline, in the contents.

    Attributes:
        level: How deep it stands in the outline.
        sheet: Number of its page, from 0.
        top: Height on the page, in points.
    """

    title: str
    level: int
    sheet: int
    top: float

    @property
    def key(self) -> str:
        """Its name within the file."""
        return f"{self.sheet}-{self.level}-{self.top:.0f}"


class Pages:
    """Takes what is to be printed, piece by piece, and fills pages with it.

    Attributes:
        sheets: The pages so far.
        places: What stands in the outline.
        running: What stands on top of the pages that go on; nothing if it is empty.
        top: Where the next piece begins, in points.
    """

    def __init__(
        self, size: tuple[float, float], margin: float, progress: Progress = silent
    ) -> None:
        self.sheets: list[Sheet] = []
        self.places: list[Place] = []
        self.running = ""
        self.left, self.room = margin, size[0] - 2 * margin
        self.top = 0.0
        self._first = size[1] - margin
        self._section = ""
        self._progress = progress

    # Pages --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin a page."""
        self.sheets.append(Sheet([self._section] if self._section else []))
        self.top = self._first
        if self.running:
            pen = Pen(8, SOFT)
            self._put(ink.fitted(self.running, pen, self.room, least=0.1), pen)
            self.top = self._first - _RUNNING

    def need(self, height: float) -> None:
        """Begin a page unless so much is left on this one."""
        if height > self.top - _BOTTOM:
            self.start()

    def skip(self, height: float) -> None:
        """Leave some of the page free."""
        self.top -= height

    def name(self, section: str) -> None:
        """Say what follows; the foot of its pages tells."""
        self._section = section
        names = self.sheets[-1].names if self.sheets else [section]
        if section and section not in names:
            names.append(section)

    def precede(self, first: Pages) -> None:
        """Put the pages of another one before these."""
        ahead = len(first.sheets)
        moved = [replace(place, sheet=place.sheet + ahead) for place in self.places]
        self.places = [*first.places, *moved]
        self.sheets = [*first.sheets, *self.sheets]

    # Text ---------------------------------------------------------------------------------------

    def text(self, said: str, pen: Pen, *, after: float = 0.0, room: float = 0.0) -> None:
        """A text in as many lines as it needs.

        Args:
            after: Height left free below it.
            room: Its width, if not that of the page.
        """
        fitted = ink.wrapped(said, pen, room or self.room)
        self.need(fitted.height)
        self._put(fitted, pen)
        self.top -= after

    def heading(self, title: str, size: float, level: int, known: str = "") -> None:
        """A title in the color and typeface of the papers, found from the outline.

        Args:
            known: What the outline calls it, if not the same.
        """
        self.need(_BEGINNING)
        self.places.append(Place(known or title, level, len(self.sheets) - 1, self.top))
        self.text(title, Pen(size, ACCENT, ink.SERIF), after=size / 3)

    def pairs(self, pairs: Sequence[tuple[str, str]], across: int = _PAIRS) -> None:
        """Labels with their values below them, side by side."""
        pitch = self.room / across
        label, pen = Pen(7, SOFT, ink.MEDIUM), Pen(9.5, INK)
        for start in range(0, len(pairs), across):
            some = [
                (ink.fitted(name, label, pitch - 12), ink.wrapped(value, pen, pitch - 12))
                for name, value in pairs[start : start + across]
            ]
            height = max(name.height + value.height + 1 for name, value in some)
            self.need(height)
            for number, (name, value) in enumerate(some):
                x = self.left + number * pitch
                self.put_at(name, label, x, self.top)
                self.put_at(value, pen, x, self.top - name.height - 1)
            self.top -= height + 7

    def box(self, label: str, said: Sequence[str], ground: Any) -> None:
        """A word and sentences on a colored ground."""
        pen = Pen(10.5, INK, ink.BOLD)
        lines = [(ink.fitted(label, pen, self.room - 24), pen)]
        lines += [(ink.wrapped(one, Pen(9.5), self.room - 24), Pen(9.5)) for one in said]
        height = sum(text.height + 3 for text, _ in lines) + 15
        self.need(height)
        self.sheets[-1].marks.append(
            partial(_ground, self.left, self.top - height, self.room, height, ground)
        )
        top = self.top - 9
        for text, written in lines:
            self.put_at(text, written, self.left + 12, top)
            top -= text.height + 3
        self.top -= height

    def put_at(self, text: Fitted, pen: Pen, x: float, top: float, align: float = 0.0) -> None:
        """A text anywhere on this page; what follows does not move."""
        self.sheets[-1].marks.append(partial(_text, text, pen, x, top, align))

    def line(self, left: float, y: float, across: float) -> None:
        """A thin line on this page."""
        self.sheets[-1].marks.append(lambda canvas: ink.rule(canvas, left, y, across))

    def link(self, place: Place, left: float, top: float, across: float, up: float) -> None:
        """Lead from a part of this page to a place."""
        self.sheets[-1].marks.append(partial(_link, place.key, left, top - up, across, up))

    def _put(self, text: Fitted, pen: Pen) -> None:
        self.put_at(text, pen, self.left, self.top)
        self.top -= text.height

    # Sections -----------------------------------------------------------------------------------

    def section(self, shown: Section, level: int) -> None:
        """A section with its title, facts, sentences and tables."""
        if self.top - _BOTTOM < _BEGINNING:
            self._section = ""  # nothing of the one before stands on the new page
            self.start()
        self.name(shown.name)
        self.heading(shown.name, 14, level)
        if shown.facts:
            self.pairs(shown.facts)
        for said in shown.sentences:
            self.text(said, Pen(9, SOFT), after=3)
        if shown.sentences:
            self.skip(3)
        for table in shown.tables:
            self.table(table, small=shown.small)
        self.skip(8)

    def table(self, document: TableDocument, *, small: bool = False) -> None:
        """A table; its headings stand again on every page that it goes on to.

        Nothing in it is left out: a long text gets as many lines as it needs.
        """
        layout = self._laid_out(document, small=small)
        first = layout.rows[0].height if layout.rows else 0.0
        self.need((20.0 if document.title else 0.0) + layout.heading_height + first)
        if document.title:
            self.text(document.title, Pen(9, INK, ink.BOLD), after=4)
        start = 0
        while start < len(layout.rows):
            start = self._rows(document, layout, start)
        for said in document.footer:
            self.skip(3)
            self.text(said, Pen(8, SOFT))
        self.skip(12)

    def _laid_out(self, document: TableDocument, *, small: bool) -> Layout:
        """As wide as its columns ask for, or wider where its text would get smaller."""
        largest, wanted = _SMALL if small else _LARGEST, sum(c.width for c in document.columns)
        for room in (min(self.room, wanted * _CHARACTER), self.room):
            layout = lay_out(
                document,
                room,
                _SMALL_ROW if small else _ROW,
                lambda done: self._progress(done, len(document.rows), document.title),
                largest=largest,
            )
            if layout.size == largest or room == self.room:
                break
        return layout

    def _rows(self, document: TableDocument, layout: Layout, start: int) -> int:
        """Put as many rows on the page as fit; gives the one that is next."""
        self.need(layout.heading_height + layout.rows[start].height)
        free, end = self.top - _BOTTOM - layout.heading_height, start
        while end < len(layout.rows) and layout.rows[end].height <= free:
            free -= layout.rows[end].height
            end += 1
        end = max(end, start + 1)  # a row that is taller than any page
        left = len(layout.rows) - end
        if 0 < left < _TOGETHER < end - start:
            end -= _TOGETHER - left
        shown = layout.rows[start:end]
        self.sheets[-1].marks.append(partial(_table, document, layout, self.left, self.top, shown))
        self.top -= layout.heading_height + sum(row.height for row in shown)
        if end < len(layout.rows):
            self.start()
        return end

    # Drawing ------------------------------------------------------------------------------------

    def draw(self, canvas: Any, foot: Callable[[Sheet], str]) -> None:
        """Draw every page with its foot and what leads to it.

        Args:
            foot: What the foot of a page says.

        Raises:
            Cancelled: Progress asked to stop.
        """
        found: dict[int, list[Place]] = {}
        for place in self.places:
            found.setdefault(place.sheet, []).append(place)
        for number, sheet in enumerate(self.sheets):
            self._progress(number, len(self.sheets), "Pages")
            for place in found.get(number, ()):
                canvas.bookmarkPage(place.key, fit="XYZ", left=0, top=place.top + 12, zoom=0)
                canvas.addOutlineEntry(place.title, place.key, place.level, closed=place.level > 0)
            for mark in sheet.marks:
                mark(canvas)
            ink.foot(canvas, foot(sheet), number + 1, len(self.sheets), self.left, self.room)
            canvas.showPage()


def _text(text: Fitted, pen: Pen, x: float, top: float, align: float, canvas: Any) -> None:
    canvas.setFillColor(pen.color)
    text.draw(canvas, x, top, align=align)


def _link(key: str, x: float, y: float, across: float, up: float, canvas: Any) -> None:
    canvas.linkRect("", key, (x, y, x + across, y + up), relative=0, thickness=0)


def _ground(x: float, y: float, across: float, up: float, color: Any, canvas: Any) -> None:
    canvas.setFillColor(color)
    canvas.roundRect(x, y, across, up, 5, stroke=0, fill=1)


def _table(
    document: TableDocument, layout: Layout, left: float, top: float, shown: Any, canvas: Any
) -> None:
    below = table_drawing.headings(canvas, document, layout, left, top)
    table_drawing.rows(canvas, document, layout, left, below, shown)
