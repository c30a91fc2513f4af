"""What every PDF of the program has in common: the same bytes each time, fonts and names inside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from cit_desktop.exports.fonts import Face, load, printable

LETTER_LANDSCAPE = (792.0, 612.0)

ACCENT = HexColor("#0B6E6E")
INK = HexColor("#1B2127")
SOFT = HexColor("#5B6672")
LINE = HexColor("#C9D1D6")
TINT = HexColor("#E3F1F0")

_ID = re.compile(rb"<[0-9A-F]{32}>")

rl_config.useA85 = 0  # plain binary streams: a fifth smaller, a fifth faster
rl_config.trustedSchemes = []  # nothing in a document is ever fetched


def new_canvas(buffer: BytesIO, title: str, author: str, subject: str, made: date) -> Any:
    """A canvas for landscape letter pages whose bytes depend on nothing but what is drawn.

    Args:
        made: The day that the file says it was made on.
    """
    load(Face.SANS)  # a bundled one to begin with, or the file names one that is not in it
    canvas = Canvas(
        buffer, pagesize=LETTER_LANDSCAPE, invariant=1, pageCompression=1, lang="en-US",
        initialFontName=Face.SANS.value, pdfVersion=(1, 7),
    )  # fmt: skip
    canvas.setTitle(printable(title))
    canvas.setAuthor(printable(author))
    canvas.setSubject(printable(subject))
    canvas.setCreator("CIT Desktop")
    canvas.setDateFormatter(lambda *_: f"D:{made:%Y%m%d}120000Z")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def split_pages(content: bytes) -> Iterator[bytes]:
    """Each page of a PDF as a PDF of its own, fast; without the title of the whole."""
    with closing(pypdfium2.PdfDocument(content)) as whole:
        for number in range(len(whole)):
            with closing(pypdfium2.PdfDocument.new()) as single:
                single.import_pages(whole, [number])
                buffer = BytesIO()
                single.save(buffer)
                yield _with_fixed_id(buffer.getvalue())


def _with_fixed_id(content: bytes) -> bytes:
    """The file with an identifier that follows from its content, in place of a random one."""
    body, mark, end = content.rpartition(b"/ID[")
    digest = hashlib.md5(body, usedforsecurity=False).hexdigest().upper().encode()
    return body + mark + _ID.sub(b"<" + digest + b">", end)
