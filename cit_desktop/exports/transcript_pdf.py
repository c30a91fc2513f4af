"""A person's transcript as PDF, on standing sheets."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from cit_desktop.documents.packets import TranscriptDocument
from cit_desktop.documents.tables import Paper
from cit_desktop.exports import ink, words
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import ACCENT, INK, SOFT, TINT, new_canvas, page_size
from cit_desktop.exports.report_pages import Pages
from cit_desktop.progress import Progress, silent

_MARGIN: Final = 48.0
_KIND: Final = "Training transcript"


def draw_transcript(
    document: TranscriptDocument, *, paper: Paper = "letter", progress: Progress = silent
) -> bytes:
    """The transcript as PDF; equal documents give equal bytes.

    Raises:
        Refused: A text has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """
    size = page_size(paper)
    pages = Pages(size, _MARGIN, progress)
    pages.start()
    pages.running = f"{_KIND} of {document.name}"
    pages.text(f"{_KIND}, as of {words.day(document.day)}", Pen(8, SOFT, ink.MEDIUM), after=1)
    pages.text(document.name, Pen(24, ACCENT, ink.SERIF), after=1)
    if document.chapter:
        pages.text(document.chapter, Pen(11, INK, ink.MEDIUM))
    pages.skip(10)
    pages.pairs(document.facts, across=4)
    pages.box(document.standing, (document.reason,), TINT)
    pages.skip(18)
    for section in document.sections:
        pages.section(section, 0)
    buffer = BytesIO()
    canvas = new_canvas(
        buffer, pages.running, document.chapter, document.reason, document.day, size
    )
    foot = f"Seal {document.seal}   ·   As of {words.day(document.day)}   ·   {pages.running}"
    pages.draw(canvas, lambda _sheet: foot)
    canvas.save()
    return buffer.getvalue()
