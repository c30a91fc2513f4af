"""Streams that are packed once and put into every document as they are."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream


def form(operators: str, box: tuple[float, float, float, float]) -> Callable[[], Any]:
    """Packs a drawing; gives what makes it anew for each document.

    Args:
        box: What it is clipped to: left, bottom, right, top.
    """
    content = zlib.compress(operators.encode("ascii"), 9)
    entries = {"Subtype": PDFName("Form"), "FormType": 1, "BBox": PDFArray(box)}
    return lambda: stream(entries, content)


def stream(entries: Mapping[str, Any], content: bytes, packing: str = "FlateDecode") -> Any:
    """An object to draw, of content that is packed already."""
    values = {"Type": PDFName("XObject"), "Filter": PDFName(packing), **entries}
    return PDFStream(PDFDictionary(values), content)


def draw(canvas: Any, name: str, make: Callable[[], Any]) -> None:
    """Draw an object under its name, which a document keeps once."""
    if not canvas.hasForm(name):
        canvas._doc.addForm(name, make())
    canvas.doForm(name)
