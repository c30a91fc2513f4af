"""A certificate as a picture, to look at while it is being designed.

Its ornament takes longer to show than all the rest, and changes with fewer keys: it is kept as a
picture, and the rest is drawn onto a copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import lru_cache
from io import BytesIO

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from cit_desktop import pdfium
from cit_desktop.documents.certificates import CertificateSnapshot
from cit_desktop.exports.certificates.compose import compose
from cit_desktop.exports.certificates.page import Medal, Page
from cit_desktop.exports.certificates.sheet import Sheet
from cit_desktop.exports.pdf import new_canvas
from cit_desktop.exports.pictures import Pictures

_KEPT = 8  # pictures of a megabyte or two
_A_DAY = date(2000, 1, 1)


def picture(snapshot: CertificateSnapshot, images: Mapping[str, bytes], width: int) -> Image.Image:
    """The certificate as a picture of so many pixels across.

    Raises:
        Refused, FileProblem, TooNew: See ``draw_certificates``.
    """
    page = compose(snapshot)
    art = tuple(element for element in page.elements if isinstance(element, Medal))
    rest = tuple(element for element in page.elements if element not in art)
    ground = _ground(replace(page, elements=art), width)
    content = _pdf(replace(page, elements=rest), Pictures(images), with_art=False)
    with (
        pdfium.turn,
        closing(pypdfium2.PdfDocument(content)) as pdf,
        closing(pdf[0]) as drawn,
        closing(pypdfium2.PdfBitmap.from_pil(ground)) as bitmap,
    ):
        raw.FPDF_RenderPageBitmap(bitmap, drawn, 0, 0, *ground.size, 0, raw.FPDF_ANNOT)
        found: Image.Image = bitmap.to_pil().copy()
    return found


@lru_cache(maxsize=_KEPT)
def _ground(art: Page, width: int) -> Image.Image:
    """A page of ornament alone, as a picture."""
    content = _pdf(art, Pictures({}), with_art=True)
    with (
        pdfium.turn,
        closing(pypdfium2.PdfDocument(content)) as pdf,
        closing(pdf[0]) as page,
        closing(page.render(scale=width / page.get_width())) as bitmap,
    ):
        found: Image.Image = bitmap.to_pil().convert("RGB")
    return found


def _pdf(page: Page, pictures: Pictures, *, with_art: bool) -> bytes:
    buffer = BytesIO()
    canvas = new_canvas(buffer, "Preview", "", "", _A_DAY)
    Sheet(canvas, pictures, with_art=with_art).draw(page, (0.0, 0.0))
    canvas.save()
    return buffer.getvalue()
