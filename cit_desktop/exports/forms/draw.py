"""Draws blank forms: one copy after the other, each with pages of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from cit_desktop.documents.forms import BLANK, FormCopy, FormSection
from cit_desktop.documents.tables import Paper
from cit_desktop.exports import ink
from cit_desktop.exports.forms import fields
from cit_desktop.exports.forms.parts import ContactPart, Heading, Notice, Words, fact
from cit_desktop.exports.forms.rows import RowPart
from cit_desktop.exports.forms.sheet import MARGIN, Part, Sheet, paginate
from cit_desktop.exports.ink import Pen
from cit_desktop.exports.paper_head import Head, draw_head
from cit_desktop.exports.pdf import SOFT, new_canvas, page_size
from cit_desktop.progress import Progress, silent

_TOP: Final = 34.0
_BOTTOM: Final = ink.FOOT + 8
_RUNNING: Final = Pen(8, SOFT)


def draw_forms(
    copies: Sequence[FormCopy], made: date, *, paper: Paper = "letter", progress: Progress = silent
) -> bytes:
    """Copies of a form as one PDF that can be filled in; equal copies give equal bytes.

    Args:
        made: The day that the file says it was made on.

    Raises:
        Refused: A text has a letter that cannot be printed.
        Cancelled: Progress asked to stop.
    """
    buffer, size = BytesIO(), page_size(paper)
    first = copies[0]
    canvas = new_canvas(buffer, _title(copies), first.chapter, first.form.lead, made, size)
    fields.prepare(canvas)
    for number, copy in enumerate(copies):
        progress(number, len(copies), copy.place)
        if len(copies) > 1:
            canvas.bookmarkPage(copy.prefix)
            canvas.addOutlineEntry(copy.place or copy.form.title, copy.prefix)
        _draw_copy(canvas, copy, size)
    canvas.save()
    progress(len(copies), len(copies))
    return buffer.getvalue()


def _title(copies: Sequence[FormCopy]) -> str:
    first = copies[0]
    if len(copies) > 1:
        return f"{first.form.title}, {len(copies)} counties"
    return f"{first.form.title}, {first.place}" if first.place else first.form.title


def _draw_copy(canvas: Any, copy: FormCopy, size: tuple[float, float]) -> None:
    across, up = size
    sheet = Sheet(canvas, across - 2 * MARGIN, copy.prefix)
    head = Head(copy.chapter or "CIT Desktop", copy.form.title, copy.place, ())
    top = draw_head(canvas, head, MARGIN, up - _TOP, sheet.room) + 6
    later = up - _TOP - 18
    pages = paginate(list(_groups(copy, sheet.room)), top - _BOTTOM, later - _BOTTOM)
    for number, parts in enumerate(pages, 1):
        if number > 1:
            canvas.showPage()
            running = f"{copy.form.title} · {copy.place or copy.chapter}".rstrip(" ·")
            sheet.write(ink.wrapped(running, _RUNNING, sheet.room), _RUNNING, MARGIN, up - _TOP)
            top = later
        _draw_page(sheet, parts, top)
        ink.foot(canvas, BLANK, number, len(pages), MARGIN, sheet.room)
    canvas.showPage()


def _draw_page(sheet: Sheet, parts: Sequence[Part], top: float) -> None:
    free = max(top - _BOTTOM - sum(part.height for part in parts), 0.0)
    growing = next((part for part in reversed(parts) if part.grows), None)
    for part in parts:
        more = free if part is growing else 0.0
        part.draw(sheet, top, more)
        top -= part.height + more


def _groups(copy: FormCopy, room: float) -> Iterator[list[Part]]:
    """What stands on the form, in parts that are never torn."""
    form = copy.form
    yield [Words(form.lead, room)]
    if form.notices:
        yield [Notice(form.notices, room)]
    for section in form.sections:
        parts = list(_rows(section, copy, room))
        nobody = section.contacts and copy.place and not copy.contacts
        title = f"{section.title}: nobody on record" if nobody else section.title
        yield [Heading(title), parts[0]]
        yield from ([part] for part in parts[1:])
    for text in form.facts:
        yield [fact(text, room)]


def _rows(section: FormSection, copy: FormCopy, room: float) -> Iterator[Part]:
    if section.contacts and copy.contacts:
        yield from (ContactPart(contact, room) for contact in copy.contacts)
        return
    for row in section.rows:
        numbers = range(1, row.repeat + 1) if row.repeat > 1 else (0,)
        yield from (RowPart(section, row, room, number) for number in numbers)
