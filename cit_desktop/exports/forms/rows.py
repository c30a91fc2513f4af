"""A row of fields: boxes with small labels, to be written into or ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cit_desktop.documents.forms import FormField, FormRow, FormSection, field_name
from cit_desktop.exports import ink
from cit_desktop.exports.fonts import face_for, printable, width
from cit_desktop.exports.forms import fields
from cit_desktop.exports.forms.fields import BOX, Spot
from cit_desktop.exports.forms.sheet import MARGIN, PAD, Sheet
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.pdf import INK, SOFT
from cit_desktop.exports.typeset import BASELINE

LABEL: Final = 10.0
ENTRY: Final = 18.0
_UNLABELLED: Final = 20.0
_LABEL_PEN: Final = Pen(7, SOFT, ink.MEDIUM)
_CHOICE_PEN: Final = Pen(9, INK)
_LEAST: Final = 0.8
_GAP: Final = 4.0  # between a box and its word
_NARROWEST: Final = 40.0  # a column of choices
_APART: Final = 14.0  # between a word and the next box


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick, from the upper left corner of its cell."""

    text: str
    x: float
    down: float
    room: float


@dataclass(frozen=True, slots=True)
class RowPart:
    """One row, or one of the lines of a row that is repeated.

    Attributes:
        number: Which of its lines, from 1; 0 where it is not repeated.
    """

    section: FormSection
    row: FormRow
    room: float
    number: int = 0

    @property
    def labelled(self) -> bool:
        """Whether its labels stand in it: only in the first line of a row that is repeated."""
        return self.number < 2

    @property
    def grows(self) -> bool:
        """Whether one of its fields takes what is left of the page."""
        return any(field.grow for field in self.row.fields)

    @property
    def height(self) -> float:
        """That of its highest field."""
        return max(self._height_of(field, wide) for field, _, wide in self._cells())

    def _height_of(self, field: FormField, wide: float) -> float:
        if field.choices:
            lines = max(round(choice.down / ENTRY) for choice in choices_of(field, wide)) + 1
        else:
            lines = field.lines
        entries = lines * ENTRY
        return entries + LABEL if self.labelled else max(entries, _UNLABELLED)

    def _cells(self) -> Iterator[tuple[FormField, float, float]]:
        """Each field with its left edge and its width."""
        shares = sum(field.width for field in self.row.fields)
        x = MARGIN
        for field in self.row.fields:
            wide = self.room * field.width / shares
            yield field, x, wide
            x += wide

    def draw(self, sheet: Sheet, top: float, more: float) -> None:
        """Draw boxes, labels and fields."""
        height = self.height + more
        for field, x, wide in self._cells():
            sheet.frame(x, top, wide, height)
            if self.labelled:
                label = ink.fitted(field.label, _LABEL_PEN, wide - 2 * PAD, least=_LEAST)
                sheet.write(label, _LABEL_PEN, x + PAD, top - 2)
            if field.choices:
                self._draw_choices(sheet, field, x, top, wide)
            elif not field.pen:
                self._draw_entry(sheet, field, Spot(x, top, wide, height))

    def _name(self, sheet: Sheet, field: FormField, choice: str = "") -> str:
        return field_name(sheet.prefix, self.section.key, field.key, self.number, choice)

    def _told(self, field: FormField, *more: str) -> str:
        title = self.section.title.lstrip("0123456789 ")
        number = f", line {self.number}" if self.number else ""
        return ": ".join([title, f"{field.label}{number}", *more])

    def _draw_entry(self, sheet: Sheet, field: FormField, cell: Spot) -> None:
        """``cell`` is told by its upper edge."""
        label = LABEL if self.labelled else 1.0
        bottom = cell.y - cell.height
        spot = Spot(cell.x + 2, bottom + 0.5, cell.width - 4, cell.height - label - 0.5)
        called, told = self._name(sheet, field), self._told(field)
        fields.write_into(sheet.canvas, called, told, spot, several=field.lines > 1 or field.grow)

    def _draw_choices(
        self, sheet: Sheet, field: FormField, x: float, top: float, wide: float
    ) -> None:
        start = top - (LABEL if self.labelled else 1.0)
        for choice in choices_of(field, wide):
            lower = start - choice.down - (ENTRY + BOX) / 2
            sheet.frame(x + choice.x, lower + BOX, BOX, BOX)
            text = ink.fitted(choice.text, _CHOICE_PEN, choice.room, least=_LEAST)
            middle = lower + BOX / 2
            upper = middle + text.size * (BASELINE - 0.34)  # letters stand on the middle of a box
            sheet.write(text, _CHOICE_PEN, x + choice.x + BOX + _GAP, upper)
            self._draw_box(sheet, field, choice.text, x + choice.x, lower)

    def _draw_box(self, sheet: Sheet, field: FormField, choice: str, x: float, y: float) -> None:
        if field.one and len(field.choices) > 1:
            called, told = self._name(sheet, field), self._told(field, "one choice")
            fields.choose(sheet.canvas, called, told, field_name(choice), x, y)
        else:
            called, told = self._name(sheet, field, choice), self._told(field, choice)
            fields.tick(sheet.canvas, called, told, x, y)


def choices_of(field: FormField, wide: float) -> list[Choice]:
    """Where the choices of a field stand within a cell of this width."""
    inner = wide - 2 * PAD
    columns = min(field.columns, int(inner // _NARROWEST) or 1)
    if columns:
        pitch = inner / columns
        room = max(pitch - BOX - _GAP - PAD, 1.0)
        return [
            Choice(text, PAD + n % columns * pitch, n // columns * ENTRY, room)
            for n, text in enumerate(field.choices)
        ]
    return _flow(field, inner)


def _flow(field: FormField, inner: float) -> list[Choice]:
    """One after the other, in as many lines as they need."""
    found: list[Choice] = []
    x = down = 0.0
    for text in field.choices:
        line = printable(text)
        needs = width(line, face_for(line, *_CHOICE_PEN.faces), _CHOICE_PEN.size)
        room = max(min(needs, inner - BOX - _GAP), 1.0) + 0.01
        if x and x + BOX + _GAP + room > inner:
            x, down = 0.0, down + ENTRY
        found.append(Choice(text, PAD + x, down, room))
        x += BOX + _GAP + room + _APART
    return found
