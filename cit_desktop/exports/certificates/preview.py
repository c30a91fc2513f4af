"""A certificate as a picture, to look at while it is being designed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

import pypdfium2
from PIL import Image

from cit_desktop.documents import CertificateSnapshot
from cit_desktop.exports.certificate_pdf import draw_certificates


def picture(
    snapshot: CertificateSnapshot,
    images: Mapping[str, bytes],
    width: int,
    shift: tuple[float, float] = (0.0, 0.0),
) -> Image.Image:
    """The certificate as a picture of so many pixels across.

    Raises:
        Refused, FileProblem, TooNew: See ``draw_certificates``.
    """
    content = draw_certificates([snapshot], images, shift=shift)
    with closing(pypdfium2.PdfDocument(content)) as pdf, closing(pdf[0]) as page:
        drawn = page.render(scale=width / page.get_width())
        found: Image.Image = drawn.to_pil()
    return found
