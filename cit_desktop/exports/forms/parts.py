"""The parts of a form that are not filled in: headings, notices, whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from cit_desktop.documents.forms import Contact
from cit_desktop.exports import ink
from cit_desktop.exports.fonts import face_for, printable
from cit_desktop.exports.forms.sheet import MARGIN, PAD, Sheet
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import ACCENT, INK, SOFT, TINT
from cit_desktop.exports.typeset import Fitted, fit

Column: TypeAlias = list[tuple[Fitted, Pen]]

_ABOVE: Final = 6.0
_BAND: Final = 16.0
_HEADING: Final = Pen(9.5, ACCENT, ink.BOLD)
_LEAD: Final = Pen(9, SOFT)
_FIRST: Final = Pen(9.5, INK, ink.BOLD)
_NOTICE: Final = Pen(9, INK)
_FACT: Final = Pen(8, SOFT)
_LABEL: Final = Pen(7, SOFT, ink.MEDIUM)
_NAME: Final = Pen(10.5, INK, ink.BOLD)
_VALUE: Final = Pen(9.5, INK)
_ABOUT: Final = Pen(8, SOFT)
_CONTACT: Final = 30.0
_SHARES: Final = (0.37, 0.17, 0.17, 0.29)


@dataclass(frozen=True, slots=True)
class Heading:
    """The band over the rows of a section."""

    title: str
    height: float = _ABOVE + _BAND
    grows: bool = False

    def draw(self, sheet: Sheet, top: float, more: float) -> None:
        """Draw it."""
        top -= _ABOVE
        sheet.ground(top, _BAND, TINT)
        sheet.frame(MARGIN, top, sheet.room, _BAND)
        text = ink.fitted(self.title, _HEADING, sheet.room - 2 * PAD)
        sheet.write(text, _HEADING, MARGIN + PAD, top - (_BAND - text.height) / 2)


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph between the margins."""

    text: str
    room: float
    pen: Pen = _LEAD
    above: float = 0.0
    grows: bool = False

    @property
    def height(self) -> float:
        """Of the space above it and its lines."""
        return self.above + ink.wrapped(self.text, self.pen, self.room).height

    def draw(self, sheet: Sheet, top: float, more: float) -> None:
        """Draw it."""
        text = ink.wrapped(self.text, self.pen, self.room)
        sheet.write(text, self.pen, MARGIN, top - self.above)


def fact(text: str, room: float) -> Words:
    """Something to know, under the fields."""
    return Words(text, room, _FACT, above=6.0)


@dataclass(frozen=True, slots=True)
class Notice:
    """What must not be missed; the first sentence stands out."""

    texts: tuple[str, ...]
    room: float
    grows: bool = False

    @property
    def _inner(self) -> float:
        return self.room - 4 * PAD

    @property
    def height(self) -> float:
        """Of the box, and the space above it."""
        heights = (ink.wrapped(text, pen, self._inner).height + 4 for text, pen in self._lines())
        return _ABOVE + sum(heights) + 10

    def _lines(self) -> list[tuple[str, Pen]]:
        pens = (_FIRST, *(_NOTICE for _ in self.texts[1:]))
        return list(zip(self.texts, pens, strict=True))

    def draw(self, sheet: Sheet, top: float, more: float) -> None:
        """Draw it."""
        top, high = top - _ABOVE, self.height - _ABOVE
        sheet.frame(MARGIN, top, sheet.room, high)
        sheet.canvas.setFillColor(ACCENT)
        sheet.canvas.rect(MARGIN, top - high, 3, high, stroke=0, fill=1)
        top -= 7
        for text, pen in self._lines():
            top = sheet.write(ink.wrapped(text, pen, self._inner), pen, MARGIN + 2 * PAD, top) - 4


@dataclass(frozen=True, slots=True)
class ContactPart:
    """A liaison: who it is, and how to reach them."""

    contact: Contact
    room: float
    grows: bool = False

    @property
    def height(self) -> float:
        """That of the highest of its columns."""
        columns = (sum(text.height + 1 for text, _pen in column) for column in self._columns())
        return max(max(columns) + 8, _CONTACT)

    def draw(self, sheet: Sheet, top: float, more: float) -> None:
        """Draw it."""
        sheet.frame(MARGIN, top, sheet.room, self.height)
        x = MARGIN + PAD
        for column, share in zip(self._columns(), _SHARES, strict=True):
            lower = top - 4
            for text, pen in column:
                lower = sheet.write(text, pen, x, lower) - 1
            x += sheet.room * share

    def _columns(self) -> list[Column]:
        one = self.contact
        rooms = [self.room * share - 2 * PAD for share in _SHARES]
        about = ", ".join(part for part in (one.kind, one.employer) if part)
        who: Column = [(ink.fitted(one.name, _NAME, rooms[0], lines=2), _NAME)]
        if about:
            who.append((ink.fitted(about, _ABOUT, rooms[0], lines=3), _ABOUT))
        phones = (("Phone", one.phone, rooms[1]), ("After hours", one.after_hours, rooms[2]))
        return [
            who,
            *(
                _labelled(label, ink.fitted(value or "–", _VALUE, room, lines=2), room)
                for label, value, room in phones
            ),
            _labelled("E-mail", _address(one.email or "–", rooms[3]), rooms[3]),
        ]


def _labelled(label: str, value: Fitted, room: float) -> Column:
    return [(ink.fitted(label, _LABEL, room), _LABEL), (value, _VALUE)]


def _address(email: str, room: float) -> Fitted:
    """An address that may be broken before its @."""
    name, at, host = printable(email).rpartition("@")
    pieces = [piece for piece in (name, at + host) if piece]
    face = face_for(printable(email), *_VALUE.faces)
    return fit(pieces, face, _VALUE.size, room, least=_VALUE.size, lines=2, between="")
