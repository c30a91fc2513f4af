"""Pages of a PDF as pictures; the library that draws them is loaded when first needed."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from cit_desktop import pdfium
from cit_desktop.errors import FileProblem

KEPT = 12
_ROUNDING = 1e-9  # a width that comes out a trifle over whole pixels would get one more


class PdfPages:
    """An open PDF: sizes in points, and pictures of its pages.

    Raises:
        FileProblem: It is no PDF that can be shown.
    """

    def __init__(self, source: bytes | Path) -> None:
        import pypdfium2  # heavy: not before the first preview

        with pdfium.turn:
            try:
                self._document: Any = pypdfium2.PdfDocument(source)
            except (pypdfium2.PdfiumError, OSError) as error:
                raise FileProblem(
                    "The document cannot be shown.",
                    "Make it again; if it is a file from elsewhere, open it in another program.",
                ) from error
            count = len(self._document)
            self.sizes = [QSizeF(*self._document.get_page_size(n)) for n in range(count)]
        self._images: OrderedDict[tuple[int, float], QImage] = OrderedDict()

    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    def image(self, number: int, scale: float) -> QImage:
        """A page at ``scale`` pixels a point; the last few are kept."""
        key = number, round(scale, 3)
        if key in self._images:
            self._images.move_to_end(key)
        else:
            self._images[key] = self.render(number, scale)
            if len(self._images) > KEPT:
                self._images.popitem(last=False)
        return self._images[key]

    def render(self, number: int, scale: float) -> QImage:
        """A fresh picture of a page."""
        form = QImage.Format.Format_RGB32
        with pdfium.turn, closing(self._document[number]) as page:
            drawn = page.render(scale=scale - _ROUNDING, prefer_bgrx=True)
            with closing(drawn) as bitmap:
                size = (bitmap.width, bitmap.height, bitmap.stride)
                return QImage(bitmap.buffer, *size, form).copy()

    def close(self) -> None:
        """Let go of the file."""
        self._images.clear()
        with pdfium.turn:
            self._document.close()
