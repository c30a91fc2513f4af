"""Pages of a PDF as pictures; the library that draws them is loaded when first needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

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

        try:
            self._document: Any = pypdfium2.PdfDocument(source)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise FileProblem(
                "The document cannot be shown.",
                "Make it again; if it is a file from elsewhere, open it in another program.",
            ) from error
        self.sizes = [
            QSizeF(*self._document.get_page_size(number)) for number in range(len(self._document))
        ]
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
        page = self._document[number]
        bitmap = page.render(scale=scale - _ROUNDING, prefer_bgrx=True)
        form = QImage.Format.Format_RGB32
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()
        bitmap.close()
        page.close()
        return image

    def close(self) -> None:
        """Let go of the file."""
        self._images.clear()
        self._document.close()


def joined(parts: Sequence[bytes]) -> bytes:
    """Several PDFs as one, in their order.

    The library draws and joins on one thread only, so this is done on the thread of the window.
    """
    if len(parts) == 1:
        return parts[0]
    import pypdfium2

    whole: Any = pypdfium2.PdfDocument.new()
    for part in parts:
        document: Any = pypdfium2.PdfDocument(part)
        whole.import_pages(document)
        document.close()
    stream = BytesIO()
    whole.save(stream)
    whole.close()
    return stream.getvalue()
