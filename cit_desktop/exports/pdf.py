"""What every PDF of the program has in common: the same bytes each time, fonts and names inside."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, Final

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from cit_desktop.documents.tables import Paper
from cit_desktop.exports.fonts import Face, load, printable

_SIZES: Final[dict[Paper, tuple[float, float]]] = {
    "letter": (612.0, 792.0),
    "a4": (595.276, 841.89),
}

ACCENT = HexColor("#0B6E6E")
INK = HexColor("#1B2127")
SOFT = HexColor("#5B6672")
LINE = HexColor("#C9D1D6")
TINT = HexColor("#E3F1F0")

rl_config.useA85 = 0  # plain binary streams: a fifth smaller, a fifth faster
rl_config.trustedSchemes = []  # nothing in a document is ever fetched


def page_size(paper: Paper, *, lying: bool = False) -> tuple[float, float]:
    """Width and height of a sheet in points, standing unless it lies."""
    narrow, long = _SIZES[paper]
    return (long, narrow) if lying else (narrow, long)


def new_canvas(
    buffer: BytesIO,
    title: str,
    author: str,
    subject: str,
    made: date,
    size: tuple[float, float] | None = None,
) -> Any:
    """A canvas whose bytes depend on nothing but what is drawn.

    Args:
        made: The day that the file says it was made on.
        size: Of its pages in points; a lying letter sheet if none is given.
    """
    load(Face.SANS)  # a bundled one to begin with, or the file names one that is not in it
    canvas = Canvas(
        buffer, pagesize=size or page_size("letter", lying=True), invariant=1, pageCompression=1,
        lang="en-US", initialFontName=Face.SANS.value, pdfVersion=(1, 7),
    )  # fmt: skip
    canvas.setTitle(printable(title))
    canvas.setAuthor(printable(author))
    canvas.setSubject(printable(subject))
    canvas.setCreator("CIT Desktop")
    canvas.setDateFormatter(lambda *_: f"D:{made:%Y%m%d}120000Z")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
