"""Letters to people, whose address shows in the window of an envelope once they are folded.

Window and paper leave each other some play. The address stands where it shows wherever the paper
slides to: letter paper in a #10 envelope, A4 in a DL one, both folded in three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Final

from reportlab.lib.colors import HexColor

from cit_desktop.documents.letters import CLOSING, Letter, Letterhead
from cit_desktop.documents.tables import Paper
from cit_desktop.exports import ink, words
from cit_desktop.exports.certificates.page import Box, Picture
from cit_desktop.exports.fonts import face_for, printable
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import INK, LINE, SOFT, new_canvas, page_size
from cit_desktop.exports.pictures import Pictures
from cit_desktop.exports.typeset import Fitted, fit
from cit_desktop.progress import Progress, silent

LEFT: Final = 72.0
_TOP: Final = 40.0
_BOTTOM: Final = 62.0  # the text ends here, above a foot
ADDRESS_TOP: Final[dict[Paper, float]] = {"letter": 180.0, "a4": 166.0}
ADDRESS_LEAST: Final = 148.0  # where a long one may begin
ADDRESS_END: Final = 228.0  # from the top of the paper; below it the window may end
ADDRESS_ROOM: Final = 212.0
_LOGO: Final = (120.0, 54.0)
_SIGNATURE: Final = (170.0, 42.0)
_LINE: Final = 1.42  # from line to line of the text, in sizes
_TEXT = Pen(10.5)
_SUBJECT = Pen(12, INK, ink.MEDIUM)
_SMALL = Pen(8.5, SOFT)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is never parted by the end of a page.

    Attributes:
        gap: Above it, unless it begins a page.
        draw: Draws it downwards from a height.
        keeps: It stays on one page with the next.
    """

    gap: float
    height: float
    draw: Callable[[float], object]
    keeps: bool = False


def draw_letters(
    letters: Sequence[Letter],
    images: Mapping[str, bytes],
    paper: Paper = "letter",
    progress: Progress = silent,
) -> bytes:
    """Letters as one PDF, each beginning a page; the same letters give the same bytes.

    Raises:
        Refused: A text has a letter that cannot be printed.
        FileProblem: A logo or signature is missing or altered.
        Cancelled: Progress asked to stop.
    """
    buffer, one = BytesIO(), letters[0]
    title = one.subject if len(letters) == 1 else "Renewal letters"
    size, pictures = page_size(paper), Pictures(images)
    canvas = new_canvas(buffer, title, one.head.chapter, "Renewal", one.made, size)
    for number, letter in enumerate(letters):
        progress(number, len(letters))
        if len(letters) > 1:
            canvas.bookmarkPage(f"letter{number}")
            canvas.addOutlineEntry(printable(letter.name), f"letter{number}")
        _Sheets(canvas, letter, pictures, paper).draw()
    canvas.save()
    progress(len(letters), len(letters))
    return buffer.getvalue()


def page_counts(letters: Sequence[Letter], paper: Paper = "letter") -> list[int]:
    """How many pages each letter takes.

    Raises:
        Refused: A text has a letter that cannot be printed.
    """
    nothing = Pictures({})
    return [len(_Sheets(None, letter, nothing, paper).pages()) for letter in letters]


class _Sheets:
    """The pages of one letter."""

    def __init__(self, canvas: Any, letter: Letter, pictures: Pictures, paper: Paper) -> None:
        self._canvas, self._letter = canvas, letter
        self._pictures, self._paper = pictures, paper
        self._width, self._height = page_size(paper)
        self._room = self._width - 2 * LEFT

    def pages(self) -> list[list[_Piece]]:
        """What stands on each of them, below the upper third of the first."""
        whole = self._height - _TOP
        return list(_pages(list(self._pieces()), self._height - self._height / 3 - 16, whole))

    def draw(self) -> None:
        """Draw them, each ending its page."""
        letter, fold, pages = self._letter, self._height / 3, self.pages()
        for number, pieces in enumerate(pages, 1):
            if number == 1:
                self._head()
                self._address()
                self._folds(fold)
            top = self._height - (fold + 16 if number == 1 else _TOP)
            for place, piece in enumerate(pieces):
                top -= piece.gap if place else 0
                piece.draw(top)
                top -= piece.height
            if len(pages) > 1:
                said = f"{letter.name}, {words.day(letter.made)}"
                ink.foot(self._canvas, said, number, len(pages), LEFT, self._room)
            self._canvas.showPage()

    # The upper third ------------------------------------------------------------------------

    def _head(self) -> None:
        head, top = self._letter.head, self._height - _TOP
        left, end = self._logo(head.logo, LEFT, top, _LOGO)
        left += 16 if head.logo else 0
        room = LEFT + self._room - left
        name = Pen(20, HexColor(head.accent), ink.SERIF)
        down = ink.line(self._canvas, head.chapter, name, left, top + 4, room, lines=2, least=0.8)
        if head.council:
            down = ink.line(self._canvas, head.council, Pen(9.5, SOFT), left, down - 1, room)
        reached = _reached(head, room)
        self._put(reached, _SMALL, down - 3, left)
        down -= reached.height + 3
        ink.rule(self._canvas, LEFT, min(end, down) - 8, self._room)

    def _logo(
        self, sha256: str, left: float, top: float, most: tuple[float, float]
    ) -> tuple[float, float]:
        """Draw a picture below a height; gives where it ends on the right and below."""
        if not sha256:
            return left, top
        found = self._pictures.prepared(sha256)
        scale = min(most[0] / found.width, most[1] / found.height)
        right, bottom = left + found.width * scale, top - found.height * scale
        place = Picture("logo", sha256, Box(left, bottom, right, top), "", across=0, below=0)
        self._pictures.draw(self._canvas, place)
        return right, bottom

    def _address(self) -> None:
        """The address in the window; the day stands beside it."""
        letter = self._letter
        lines = _address((letter.name, *letter.address))
        tall = sum(fitted.height for fitted in lines)
        first = min(ADDRESS_TOP[self._paper], max(ADDRESS_END - tall, ADDRESS_LEAST))
        down = self._height - first
        for fitted in lines:
            self._put(fitted, _TEXT, down)
            down -= fitted.height
        day, right = words.day(letter.made), LEFT + self._room
        top = self._height - ADDRESS_TOP[self._paper]
        ink.line(self._canvas, day, Pen(10.5), right, top, 180, align=1)

    def _folds(self, fold: float) -> None:
        for number in (1, 2):
            ink.rule(self._canvas, 18, self._height - number * fold, 9, LINE)

    # The text -------------------------------------------------------------------------------

    def _pieces(self) -> Iterator[_Piece]:
        letter = self._letter
        yield from self._text(letter.subject, _SUBJECT, 0, keeps=True)
        if letter.greeting:
            yield from self._text(letter.greeting, _TEXT, 12, keeps=True)
        for number, paragraph in enumerate(letter.paragraphs, 1):
            yield from self._text(paragraph, _TEXT, 9, keeps=number == len(letter.paragraphs))
        yield self._closing(letter.head)

    def _text(self, said: str, pen: Pen, gap: float, *, keeps: bool) -> Iterator[_Piece]:
        """A paragraph as lines; two of its first and last lines stay together."""
        lines: list[Fitted] = []
        for part in filter(None, map(printable, said.splitlines())):
            wrapped = ink.wrapped(part, pen, self._room)
            lines += [Fitted((one,), wrapped.face, wrapped.size) for one in wrapped.lines]
        for number, one in enumerate(lines, 1):
            bound = number in (1, len(lines) - 1) and number < len(lines)
            ends = keeps and number == len(lines)
            yield _Piece(
                gap if number == 1 else 0,
                pen.size * _LINE,
                partial(self._put, one, pen),
                bound or ends,
            )

    def _closing(self, head: Letterhead) -> _Piece:
        signer = head.signer
        names = [(signer.name, Pen(10.5, INK, ink.MEDIUM))] if signer is not None else []
        names += [(said, Pen(9.5, SOFT))
                  for said in ((signer.title if signer else ""), head.chapter) if said]  # fmt: skip
        below = [(ink.fitted(said, pen, 300, lines=2), pen) for said, pen in names]
        signed = _TEXT.size * _LINE + _SIGNATURE[1] + 8

        def draw(top: float) -> None:
            ink.line(self._canvas, CLOSING, _TEXT, LEFT, top, self._room)
            if signer is not None and signer.image:
                self._logo(signer.image, LEFT, top - _TEXT.size * _LINE - 4, _SIGNATURE)
            down = top - signed
            for fitted, pen in below:
                self._put(fitted, pen, down)
                down -= fitted.height + 1

        tall = signed + sum(fitted.height + 1 for fitted, _pen in below)
        return _Piece(12, tall, draw)

    def _put(self, fitted: Fitted, pen: Pen, top: float, left: float = LEFT) -> None:
        self._canvas.setFillColor(pen.color)
        fitted.draw(self._canvas, left, top, align=0)


def _reached(head: Letterhead, room: float) -> Fitted:
    """How the chapter is reached, on at most two lines that break between its parts."""
    parts = [printable(part) for part in head.reached()]
    face = face_for(" · ".join(parts), *_SMALL.faces)
    return fit(parts, face, _SMALL.size, room, least=7.4, lines=2, between=" · ")


def _address(said: Sequence[str]) -> list[Fitted]:
    """The lines of an address, smaller where there are more than a window shows."""
    size = 10.5
    while True:
        pen = Pen(size)
        lines = [ink.wrapped(one, pen, ADDRESS_ROOM) for one in said]
        tall = sum(fitted.height for fitted in lines)
        if tall <= ADDRESS_END - ADDRESS_LEAST or size < 5:
            return lines
        size -= 0.5


def _pages(pieces: list[_Piece], first: float, others: float) -> Iterator[list[_Piece]]:
    """The pieces page by page; those that keep to each other only part where no page holds them.

    Args:
        first: Height from where the text of the first page begins to the lower edge.
        others: The same of the pages after it.
    """
    page: list[_Piece] = []
    room = first - _BOTTOM
    for group in _groups(pieces):
        tall = sum(piece.gap + piece.height for piece in group) - (0 if page else group[0].gap)
        if page and tall > room:
            yield page
            page, room = [], others - _BOTTOM
            tall -= group[0].gap
        page += group
        room -= tall
    yield page


def _groups(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keeps:
            yield group
            group = []
