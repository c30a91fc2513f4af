"""The fields of a page that are filled in: where they are, and how they are told apart."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from reportlab.pdfbase.acroform import AcroForm, PDFFromString
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFString
from typing_extensions import override

from cit_desktop.exports.pdf import INK

BOX: Final = 10.0
_SIZE: Final = 10
_FONT: Final = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_MARKS: Final = "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"
_PLAIN: Final[dict[str, Any]] = {
    "borderColor": None,  # boxes and lines are drawn on the page itself, so that they also print
    "fillColor": None,
    "borderWidth": 0,
    "textColor": INK,
}


class Fields(AcroForm):  # type: ignore[misc]
    """All fields of a document; what is typed into them is set in one face that readers have.

    By itself reportlab names that face anew for each field, in an encoding of its own.
    """

    @override
    def makeFont(self, fontName: str | None) -> tuple[str, str]:
        if "Helv" not in self.fonts:
            for short, font in (("Helv", _FONT), ("ZaDb", _MARKS)):
                self.fonts[short] = self.getRefStr(PDFFromString(font))
        return self.fonts["Helv"], "Helv"

    @override
    def format(self, doc: Any) -> Any:
        known = " ".join(f"/{short} {ref}" for short, ref in self.fonts.items())
        values = {
            "Fields": PDFArray([self.getRef(field) for field in self.fields]),
            "DA": PDFString(f"/Helv {_SIZE} Tf 0 g"),
            "DR": PDFFromString(f"<</Font<<{known}>>>>"),
        }
        return PDFDictionary(values).format(doc)


class Spot(NamedTuple):
    """Where a field is, in points from the lower left corner of the page."""

    x: float
    y: float
    width: float
    height: float


def prepare(canvas: Any) -> None:
    """Let a document have fields."""
    canvas.AcroForm = canvas._doc.Catalog.AcroForm = Fields(canvas)


def write_into(canvas: Any, called: str, told: str, spot: Spot, *, several: bool) -> None:
    """Put a field there that is written into.

    Args:
        told: What a reader says aloud, and shows under the pointer.
        several: It takes several lines.
    """
    canvas.acroForm.textfield(
        name=called,
        tooltip=told,
        x=spot.x,
        y=spot.y,
        width=spot.width,
        height=spot.height,
        fontName="Helvetica",
        fontSize=_SIZE,
        fieldFlags="multiline" if several else "",
        maxlen=None,
        **_PLAIN,
    )


def choose(canvas: Any, called: str, told: str, choice: str, x: float, y: float) -> None:
    """Put a box there that is ticked instead of the others of its name, or cleared again.

    Args:
        choice: What tells it from the others: letters and digits.
    """
    canvas.acroForm.radio(
        name=called, tooltip=told, value=choice, x=x, y=y, size=BOX, shape="square",
        fieldFlags="radio", buttonStyle="cross", **_PLAIN,
    )  # fmt: skip


def tick(canvas: Any, called: str, told: str, x: float, y: float) -> None:
    """Put a box there that is ticked; its frame is drawn by whoever asks for it."""
    canvas.acroForm.checkbox(
        name=called, tooltip=told, x=x, y=y, size=BOX, fieldFlags="", buttonStyle="cross", **_PLAIN
    )
