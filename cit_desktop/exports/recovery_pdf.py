"""The recovery sheet of a chapter's key, on one letter page to fold and to lock away."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from cit_desktop.documents.certificates import RecoverySheet
from cit_desktop.exports import ink, words
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import ACCENT, INK, SOFT, TINT, new_canvas, page_size

_PAGE: Final = page_size("letter")
_LEFT: Final = 72.0
_ROOM: Final = _PAGE[0] - 2 * _LEFT
_STEP: Final = 46.0  # from line to line of the key
_PITCH: Final = 112.0  # from group to group
_ABOUT: Final = (
    "With these four lines the chapter’s signing key can be taken back when its passphrase is "
    "forgotten or its file is lost. Whoever has them can sign certificates as this chapter. Print "
    "the sheet once, delete the file, and keep the paper where the records are not: in a safe, or "
    "with the council’s papers.",
    "To take the key back, type the lines into CIT Desktop; its help says where. Spaces and "
    "capitals do not matter, and there are no digits 0, 1, 8 and 9. A mistyped line is noticed.",
    "If the sheet may have been seen by others, make a new key. Certificates that were signed "
    "before stay valid.",
)


def draw_sheet(sheet: RecoverySheet) -> bytes:
    """The sheet as PDF; the same key gives the same bytes.

    Raises:
        Refused: The chapter's name has a letter that cannot be printed.
    """
    buffer = BytesIO()
    title = f"Recovery sheet, {sheet.chapter}"
    canvas = new_canvas(buffer, title, sheet.chapter, sheet.key_id, sheet.created, _PAGE)
    top = _text(canvas, sheet.chapter, 716, Pen(12, ACCENT, ink.MEDIUM))
    top = _text(canvas, "Recovery sheet", top - 4, Pen(30, INK, ink.SERIF))
    said = f"Key {sheet.key_id}, made on {words.day(sheet.created)}"
    top = _text(canvas, said, top - 4, Pen(10.5, SOFT))
    top = _key(canvas, sheet.lines, top - 26) - 14
    for paragraph in _ABOUT:
        top = _text(canvas, paragraph, top - 14, Pen(11))
    for label, at in (("Printed on", _LEFT), ("Kept by", _LEFT + 170)):
        ink.rule(canvas, at, 92, 150)
        _text(canvas, label, 88, Pen(9, SOFT), at)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _key(canvas: Any, lines: tuple[str, ...], top: float) -> float:
    height = _STEP * len(lines) + 8
    canvas.setFillColor(TINT)
    canvas.roundRect(_LEFT - 18, top - height, _ROOM + 36, height, 8, stroke=0, fill=1)
    for number, line in enumerate(lines, 1):
        row = top - 14 - (number - 1) * _STEP
        _text(canvas, f"{number}", row - 6, Pen(11, ACCENT, ink.MEDIUM))
        for place, group in enumerate(line.split()):
            at = _LEFT + 44 + place * _PITCH
            _text(canvas, group, row, Pen(23, INK, ink.MEDIUM, tracking=3.0), at)
    return top - height


def _text(canvas: Any, said: str, top: float, pen: Pen, left: float = _LEFT) -> float:
    return ink.paragraph(canvas, said, pen, left, top, _ROOM)
