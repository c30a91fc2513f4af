"""An audit packet as one PDF on lying sheets: cover with contents, then part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Final

from cit_desktop.documents.packets import Packet, Part, verdict
from cit_desktop.documents.tables import Paper
from cit_desktop.exports import ink, words
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import ACCENT, INK, SOFT, TINT, new_canvas, page_size
from cit_desktop.exports.report_pages import Pages, Place, Sheet
from cit_desktop.progress import Progress, silent

_MARGIN: Final = 40.0
_GAP: Final = 36.0  # between the two halves of the cover
_LINE, _TIGHT = 15.0, 11.5  # from entry to entry of the contents
_SUBJECT: Final = 84.0  # height that the subject may take on the cover
_LOWEST: Final = 62.0  # where a column of the contents ends
_ABOUT_SEAL: Final = (
    "The seal is the number of the last step of the history and the beginning of its hash, which "
    "covers every step before it. To check it, type it into the filter of History in CIT Desktop: "
    "the step is found only if it is still there, unaltered. “Check the history” there, or "
    "“cit-desktop check” on the command line, looks at all of it."
)
_KINDS: Final = {
    "class": "Audit packet of a class",
    "person": "Audit packet of a person",
    "period": "Audit packet of a period",
}


def draw_packet(packet: Packet, *, paper: Paper = "letter", progress: Progress = silent) -> bytes:
    """The packet as PDF; equal packets give equal bytes.

    Raises:
        Refused: A text has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """
    size = page_size(paper, lying=True)
    inside = Pages(size, _MARGIN, progress)
    level = 1 if len(packet.parts) > 2 else 0
    for part in packet.parts:
        _part(inside, part, level)
    inside.precede(_cover(packet, inside.places, size))
    title = f"{_KINDS[packet.kind]}: {packet.subject}"
    buffer = BytesIO()
    canvas = new_canvas(buffer, title, packet.chapter, packet.chain.seal, packet.day, size)
    canvas.showOutline()

    def foot(sheet: Sheet) -> str:
        parts = (", ".join(sheet.names), f"Seal {packet.chain.seal}", title)
        return "   ·   ".join(part for part in parts if part)

    inside.draw(canvas, foot)
    canvas.save()
    return buffer.getvalue()


def _part(pages: Pages, part: Part, level: int) -> None:
    """A part begins on a page of its own; where it is one section, that is its title."""
    pages.running = ""
    pages.name("")
    pages.start()
    pages.running = part.name
    if len(part.sections) > 1:
        if part.code:
            pages.text(part.code, Pen(8, SOFT, ink.MEDIUM), after=1)
        if level:
            pages.heading(part.title, 20, 0, part.name)
        else:
            pages.text(part.title, Pen(20, ACCENT, ink.SERIF), after=20 / 3)
    for section in part.sections:
        pages.section(section, level if len(part.sections) > 1 else 0)


# The cover ----------------------------------------------------------------------------------------


def _cover(packet: Packet, places: Sequence[Place], size: tuple[float, float]) -> Pages:
    """The cover and as many pages as the contents need; their number decides all others."""
    listed = [place for place in places if place.level == 0]
    ahead = 1
    while True:
        cover = _drawn_cover(packet, listed, size, ahead)
        if len(cover.sheets) == ahead:
            return cover
        ahead = len(cover.sheets)


def _drawn_cover(
    packet: Packet, listed: Sequence[Place], size: tuple[float, float], ahead: int
) -> Pages:
    cover = Pages(size, _MARGIN)
    cover.name("Cover")
    cover.start()
    first, whole = cover.top, cover.room
    cover.room = half = (whole - _GAP) / 2
    cover.text(_KINDS[packet.kind], Pen(8, SOFT, ink.MEDIUM), after=2)
    cover.text(packet.subject, _subject_pen(packet.subject, half), after=4)
    for said in packet.about:
        cover.text(said, Pen(10.5, INK), after=2)
    cover.skip(8)
    cover.text(packet.chapter, Pen(12, INK, ink.MEDIUM))
    cover.skip(18)
    made = (("Made on", words.day(packet.day)), ("Made by", f"CIT Desktop {packet.version}"))
    cover.pairs((*packet.counts, *made), across=2)
    cover.skip(6)
    state = "history and records whole" if packet.chain.whole else "ALTERED, see below"
    seal = f"Seal {packet.chain.seal}: {state}"
    cover.box(seal, (verdict(packet.chain), _ABOUT_SEAL), TINT)
    _contents(cover, listed, first, half, ahead)
    return cover


def _subject_pen(subject: str, room: float) -> Pen:
    """The largest pen with which a subject leaves room for all else on the cover."""
    pens = [Pen(size, ACCENT, ink.SERIF) for size in (28.0, 23.0, 19.0, 16.0, 13.0)]
    fitting = (pen for pen in pens if ink.wrapped(subject, pen, room).height <= _SUBJECT)
    return next(fitting, pens[-1])


def _contents(cover: Pages, listed: Sequence[Place], top: float, across: float, ahead: int) -> None:
    """What the packet holds and on which page, in columns on the cover and after it."""
    left = cover.left + across + _GAP
    title = ink.fitted("Contents", Pen(14, ACCENT, ink.SERIF), across)
    cover.put_at(title, Pen(14, ACCENT, ink.SERIF), left, top)
    begin = top - title.height - 8
    at, step = begin, _step(begin - _LOWEST, len(listed))
    for place in listed:
        if at - step < _LOWEST - 0.5:
            if left > cover.left:
                cover.start()
                left = cover.left
            else:
                left = cover.left + across + _GAP
            at = top
        number = place.sheet + ahead + 1
        pen = Pen(9)
        cover.put_at(ink.fitted(place.title, pen, across - 34, least=0.1), pen, left, at)
        cover.put_at(ink.fitted(str(number), pen, 30), pen, left + across, at, align=1)
        cover.line(left, at - step + 2.5, across)
        cover.link(replace(place, sheet=place.sheet + ahead), left, at + 1, across, step)
        at -= step


def _step(room: float, entries: int) -> float:
    """From entry to entry: closer where all of them fit on the cover then."""
    tight = room / max(entries, 1)
    return min(tight, _LINE) if tight >= _TIGHT else _LINE
