"""Proofs of certificates found in files: in a PDF's own words, or in a picture of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from cit_desktop import pdfium
from cit_desktop.errors import FileProblem
from cit_desktop.proving import proof

LARGEST: Final = 256 * 2**20
_PAGES: Final = 2_000
_PIXELS: Final = 60_000_000
_DPI: Final = (150, 300)  # the second where the first shows no code
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class PageProof:
    """A proof found in a file.

    Attributes:
        page: Its page, from 1; 0 where there are none.
        text: The proof, or an empty text for a page without one.
        words: What is printed on the page, or an empty text where only a picture is known.
    """

    page: int
    text: str
    words: str = ""


def proofs(content: bytes) -> list[PageProof]:
    """The proofs in a PDF, in a picture (PNG or JPEG), or in a text.

    Raises:
        FileProblem: It is too large, or damaged.
    """
    if len(content) > LARGEST:
        raise FileProblem("The file is too large for a certificate.")
    if b"%PDF-" in content[:1024]:
        return list(_in_pdf(content))
    if content.startswith(_PICTURES):
        return [PageProof(1, text) for text in _in_picture(content)]
    return [PageProof(0, text) for text in proof.find(content.decode("utf-8", "replace"))]


def _in_pdf(content: bytes) -> Iterator[PageProof]:
    import pypdfium2

    with pdfium.turn:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise FileProblem(
                "The PDF cannot be read: it is damaged, or needs a password.", "Ask for it again."
            ) from error
    try:
        with pdfium.turn:
            count = len(document)
            known = proof.find(document.get_metadata_value("Keywords"))
        if count > _PAGES:
            raise FileProblem(f"The PDF has more than {_PAGES:,} pages.")
        for number in range(count):
            words, found = _read(document, number, known[number] if len(known) == count else "")
            yield from (PageProof(number + 1, text, words) for text in found)
    finally:
        with pdfium.turn:
            document.close()


def _read(document: Any, number: int, known: str) -> tuple[str, list[str]]:
    """The words of a page, and its proofs: the one that is known, else those that are found."""
    with pdfium.turn, closing(document[number]) as page:
        with closing(page.get_textpage()) as read:
            words = read.get_text_bounded()
        return words, [known] if known else proof.find(words) or _on_page(page)


def _on_page(page: Any) -> list[str]:
    """The proofs in a picture of a page."""
    for dpi in _DPI:
        if page.get_width() * page.get_height() * (dpi / 72) ** 2 > _PIXELS:
            break
        with closing(page.render(scale=dpi / 72, grayscale=True)) as drawn:
            found = _decoded(drawn.to_pil())
        if found:
            return found
    return []


def _in_picture(content: bytes) -> list[str]:
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _PIXELS:
                raise FileProblem("The picture is too large.", "Scan it again at 150 to 300 dpi.")
            return _decoded(picture.convert("L"))
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileProblem("The picture cannot be read: it is damaged.") from error


def _decoded(picture: Any) -> list[str]:
    """The proofs in the QR codes of a picture."""
    import zxingcpp

    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return [text for code in found for text in proof.find(code.text) or _damaged(code.text)]


def _damaged(text: str) -> list[str]:
    """A code that begins as a proof does and is none; its verdict says so."""
    return [text] if text.startswith(proof.PREFIX) else []
