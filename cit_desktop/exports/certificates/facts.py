"""Hours, days and credit areas, in the ways that the templates show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from cit_desktop.documents.certificates import CertificateSnapshot
from cit_desktop.exports.certificates.page import (
    Element,
    Line,
    Palette,
    Stroke,
    mixed,
    set_lines,
)
from cit_desktop.exports.certificates.stack import Item
from cit_desktop.exports.certificates.voices import (
    MEDIUM,
    SANS,
    SERIF,
    Column,
    Voice,
    areas,
    dotted,
    set_in,
    text_item,
    when,
)
from cit_desktop.exports.fonts import Face

Facts: TypeAlias = Callable[[CertificateSnapshot, Column, float, Palette], list[Item]]

_LABEL = Voice("facts", 0, 7.2, SANS, "soft", tracking=0.8, lines=1)
_VALUE = Voice("facts", 0, 13, MEDIUM, "ink", lines=2)
_ROW = Voice("facts", 0, 11.5, SERIF, "ink", lines=2)
_BETWEEN = 28.0


def in_a_line(
    snapshot: CertificateSnapshot, column: Column, scale: float, palette: Palette
) -> list[Item]:
    """With dots between them, the areas on lines of their own."""
    said = [value if label != "Completed" else f"completed {value}" for label, value in
            when(snapshot)]  # fmt: skip
    items = [_line("facts", said, 7, 12.5, SERIF, column, scale, palette.ink)]
    return items + _areas(snapshot, 4, 10.5, SERIF, column, scale, palette)


def in_columns(
    snapshot: CertificateSnapshot, column: Column, scale: float, palette: Palette
) -> list[Item]:
    """Each under its label, side by side; the areas on lines of their own."""
    facts = when(snapshot)
    room = (column.room - _BETWEEN * (len(facts) - 1)) / len(facts)
    heights = [_heights(label, value, room, scale) for label, value in facts]

    def place(top: float) -> Iterator[Element]:
        left = column.left
        for label, value in facts:
            made = list(_labelled(label, value, left, room, top, scale, palette))
            yield from made
            left = max(line.left + line.width for line in made) + _BETWEEN * scale

    items = [Item(13 * scale, max(heights), place)]
    return items + _areas(snapshot, 9, 9.5, SANS, column, scale, palette)


def in_rows(
    snapshot: CertificateSnapshot, column: Column, scale: float, palette: Palette
) -> list[Item]:
    """As a small table with a fine line above each row."""
    hours, *days = when(snapshot)
    called = {"Dates": "Dates of the class"}
    rows = [(called.get(label, label), value) for label, value in days]
    rows.append(("Hours attended", hours[1]))
    items = [
        _row(label, value, column, scale, palette, first=number == 0)
        for number, (label, value) in enumerate([*rows, *areas(snapshot)])
    ]
    return [*items, _under(column, palette)]


def _line(
    role: str, said: Sequence[str], gap: float, size: float, faces: tuple[Face, ...],
    column: Column, scale: float, color: str,
) -> Item:  # fmt: skip
    fitted = dotted(tuple(said), faces, size * scale, column.room)
    return text_item(Voice(role, gap, size, faces, ""), fitted, column, scale, color)


def _areas(
    snapshot: CertificateSnapshot, gap: float, size: float, faces: tuple[Face, ...],
    column: Column, scale: float, palette: Palette,
) -> list[Item]:  # fmt: skip
    said = [f"{name} {hours}" for name, hours in areas(snapshot)]
    return [_line("areas", said, gap, size, faces, column, scale, palette.soft)] if said else []


def _heights(label: str, value: str, room: float, scale: float) -> float:
    said = set_in(_LABEL, label.upper(), room, scale), set_in(_VALUE, value, room, scale)
    return sum(fitted.height for fitted in said) + 2 * scale


def _labelled(
    label: str, value: str, left: float, room: float, top: float, scale: float, palette: Palette
) -> Iterator[Line]:
    name = set_in(_LABEL, label.upper(), room, scale)
    yield from set_lines(name, "facts", left, top, palette.soft, 0, _LABEL.size)
    under = top - name.height - 2 * scale
    fitted = set_in(_VALUE, value, room, scale)
    yield from set_lines(fitted, "facts", left, under, palette.ink, 0, _VALUE.size)


def _row(
    label: str, value: str, column: Column, scale: float, palette: Palette, *, first: bool
) -> Item:
    name = set_in(_ROW, label, column.room * 0.6, scale)
    said = set_in(_ROW, value, column.room * 0.38, scale)
    height = max(name.height, said.height)
    pad = 3.4 * scale

    def place(top: float) -> Iterator[Element]:
        right = column.left + column.room
        yield Stroke("facts", column.left, right, top, mixed(palette.ink, 0.22), 0.4)
        yield from set_lines(name, "facts", column.left, top - pad, palette.soft, 0, _ROW.size)
        yield from set_lines(said, "facts", right, top - pad, palette.ink, 1, _ROW.size)

    return Item(16 * scale if first else 0.0, height + 2 * pad, place)


def _under(column: Column, palette: Palette) -> Item:
    right, color = column.left + column.room, mixed(palette.ink, 0.22)
    return Item(0, 0.4, lambda top: [Stroke("facts", column.left, right, top, color, 0.4)])
