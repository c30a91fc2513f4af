"""The structure of a PDF: what each marked part is, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
)

from cit_desktop.exports.certificates.sheet import Mark


class Structure:
    """Gathers the marks of each page while a document is drawn, and writes them at its end."""

    def __init__(self, canvas: Any) -> None:
        self._document = canvas._doc
        self._root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        self._whole = PDFDictionary({"S": PDFName("Document")})
        self._parts: list[Any] = []
        self._by_page: list[Any] = []
        self._resources: dict[tuple[str, ...], Any] = {}
        self._whole_reference = self._document.Reference(self._whole)
        self._names: dict[str, Any] = {}

    def page(self, marks: Sequence[Mark]) -> None:
        """Take the marks of the page that was drawn last."""
        refer = self._document.Reference
        page = self._document.Pages.pages[-1]
        here = refer(page)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents"]
        page.StructParents, page.Trans = len(self._by_page) // 2, None
        page.Resources = self._shared(page)
        found = []
        for number, mark in enumerate(marks):
            kind = self._names.setdefault(mark.kind, PDFName(mark.kind))
            values = {"S": kind, "P": self._whole_reference, "K": number, "Pg": here}
            if mark.alt:
                values["Alt"] = PDFString(mark.alt)
            found.append(refer(PDFDictionary(values)))
        self._parts += found
        self._by_page += [page.StructParents, PDFArray(found)]

    def _shared(self, page: Any) -> Any:
        """Fonts, pictures and ornament of the page, told once for all pages that use the same."""
        drawn = page.XObjects.dict if page.XObjects else {}
        key = tuple(sorted(drawn))
        if key not in self._resources:
            values = {"Font": PDFObjectReference(BasicFonts), "XObject": PDFDictionary(dict(drawn))}
            self._resources[key] = PDFDictionary(values)
        return self._document.Reference(self._resources[key])

    def finish(self) -> None:
        """Put the structure into the document."""
        refer, catalog = self._document.Reference, self._document.Catalog
        self._whole.dict["P"] = refer(self._root)
        self._whole.dict["K"] = PDFArray(self._parts)
        tree = PDFDictionary({"Nums": PDFArray(self._by_page)})
        self._root.dict["K"] = refer(self._whole)
        self._root.dict["ParentTree"] = refer(tree)
        self._root.dict["ParentTreeNextKey"] = len(self._by_page) // 2
        catalog.StructTreeRoot = self._root
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
