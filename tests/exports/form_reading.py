"""What a reader of PDF finds on a form: its fields, and what is filled into them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_SHORTS = ctypes.POINTER(ctypes.c_ushort)


class Found(NamedTuple):
    """A field as the file has it; edges in points."""

    page: int
    name: str
    told: str
    value: str
    text: bool
    radio: bool
    left: float
    bottom: float
    right: float
    top: float


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        pdf.init_forms()
        yield pdf


def fields(content: bytes) -> list[Found]:
    """Every field, in the order in which Tab goes through them."""
    with opened(content) as pdf:
        return [found for number in range(len(pdf)) for found in _on_page(pdf, number)]


def _on_page(pdf: Any, number: int) -> Iterator[Found]:
    page, form = pdf[number], pdf.formenv
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annot = pdfium.FPDFPage_GetAnnot(page, index)
        edges = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(annot, edges)
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, annot)
        yield Found(
            number,
            _text(pdfium.FPDFAnnot_GetFormFieldName, form, annot),
            _text(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annot),
            _text(pdfium.FPDFAnnot_GetFormFieldValue, form, annot),
            kind == pdfium.FPDF_FORMFIELD_TEXTFIELD,
            kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON,
            edges.left,
            edges.bottom,
            edges.right,
            edges.top,
        )
        pdfium.FPDFPage_CloseAnnot(annot)
    page.close()


def _text(ask: Any, form: Any, annot: Any) -> str:
    size = ask(form, annot, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(form, annot, ctypes.cast(buffer, _SHORTS), size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def filled(content: bytes, text: str) -> bytes:
    """The form with this typed into each field by mouse and keyboard, and every box ticked."""
    wanted = fields(content)
    typed = ctypes.create_string_buffer(f"{text}\0".encode("utf-16-le"))
    with opened(content) as pdf:
        form = pdf.formenv
        for number in range(len(pdf)):
            page = pdf[number]
            for one in (field for field in wanted if field.page == number):
                at = (form, page, 0, (one.left + one.right) / 2, (one.bottom + one.top) / 2)
                for act in (pdfium.FORM_OnMouseMove, pdfium.FORM_OnLButtonDown):
                    act(*at)
                pdfium.FORM_OnLButtonUp(*at)
                if one.text:
                    pdfium.FORM_ReplaceSelection(form, page, ctypes.cast(typed, _SHORTS))
            pdfium.FORM_ForceToKillFocus(form)
            page.close()
        stream = BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def words(content: bytes) -> list[tuple[int, float, float, float, float]]:
    """Page and edges of every line of text that is drawn on the pages themselves."""
    found = []
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            text = page.get_textpage()
            for index in range(text.count_rects()):
                found.append((number, *text.get_rect(index)))
            text.close()
            page.close()
    return found
