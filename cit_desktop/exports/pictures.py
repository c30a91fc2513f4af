"""Logos and signatures, checked against the hash that a document names them by."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFName

from cit_desktop.errors import FileProblem
from cit_desktop.exports import packed
from cit_desktop.exports.certificates.page import Picture

_PIXELS = 1600  # more are not seen on paper: the largest place of a picture is under 3 inches


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as PDF keeps it: pixels, and how much of each is seen.

    Attributes:
        packing: How the pixels are packed.
        alpha: Empty where everything is seen.
    """

    width: int
    height: int
    colors: str
    packing: str
    pixels: bytes
    alpha: bytes


class Pictures:
    """Pictures by their SHA-256, each read once."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        self._images = images
        self._found: dict[str, Prepared] = {}

    def prepared(self, sha256: str) -> Prepared:
        """The picture ready to draw.

        Raises:
            FileProblem: It is missing, altered, or no picture.
        """
        if sha256 not in self._found:
            content = self._images.get(sha256)
            if content is None:
                raise _problem("is not in the chapter's file")
            if hashlib.sha256(content).hexdigest() != sha256:
                raise _problem("is no longer what it was when the certificate was issued")
            try:
                self._found[sha256] = _prepared(content)
            except (OSError, ValueError, SyntaxError) as error:
                raise _problem("cannot be read") from error
        return self._found[sha256]

    def draw(self, canvas: Any, place: Picture) -> None:
        """Draw a picture as large as it fits its box."""
        found, box = self.prepared(place.sha256), place.box
        room, height = box.right - box.left, box.top - box.bottom
        scale = min(room / found.width, height / found.height)
        across, up = found.width * scale, found.height * scale
        left = box.left + (room - across) * place.across
        bottom = box.bottom + (height - up) * place.below
        canvas.addLiteral(f"q {across:.2f} 0 0 {up:.2f} {left:.2f} {bottom:.2f} cm")
        packed.draw(canvas, f"i{place.sha256[:16]}", lambda: _made(canvas, found))
        canvas.addLiteral("Q")


@lru_cache(maxsize=16)
def _prepared(content: bytes) -> Prepared:
    """Prepared pictures are kept: reading and packing one takes longer than all the rest."""
    with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as opened:
        if opened.format == "JPEG" and opened.mode in ("RGB", "L") and _small(opened):
            opened.load()
            colors = "DeviceRGB" if opened.mode == "RGB" else "DeviceGray"
            return Prepared(*opened.size, colors, "DCTDecode", content, b"")
        picture = opened.convert("RGBA")
    picture.thumbnail((_PIXELS, _PIXELS))
    alpha = picture.getchannel("A")
    seen = b"" if alpha.getextrema() == (255, 255) else zlib.compress(alpha.tobytes(), 9)
    pixels = zlib.compress(picture.convert("RGB").tobytes(), 9)
    return Prepared(*picture.size, "DeviceRGB", "FlateDecode", pixels, seen)


def _small(picture: Image.Image) -> bool:
    return max(picture.size) <= _PIXELS


def _made(canvas: Any, found: Prepared) -> Any:
    """The picture as an object of the document."""
    size = {
        "Subtype": PDFName("Image"),
        "Width": found.width,
        "Height": found.height,
        "BitsPerComponent": 8,
    }
    colors = {**size, "ColorSpace": PDFName(found.colors)}
    if found.alpha:
        mask = packed.stream({**size, "ColorSpace": PDFName("DeviceGray")}, found.alpha)
        colors["SMask"] = canvas._doc.Reference(mask)
    return packed.stream(colors, found.pixels, found.packing)


def _problem(what: str) -> FileProblem:
    return FileProblem(
        f"A logo or signature of the certificate {what}.",
        hint="Check the file under Settings, or restore a backup made before the picture changed.",
    )
