"""Tables of a web page: what many web sites hand out as a workbook, and what Word, Outlook and
browsers put on the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from cit_desktop.imports.limits import COLUMNS, MARGIN, ROWS
from cit_desktop.imports.text_file import decode
from cit_desktop.imports.types import Cell

_SILENT = {"script", "style", "title", "template"}
_BREAKS = {"br", "p", "div", "li"}
_MOST_TABLES = 200


@dataclass(slots=True)
class _Table:
    """A table as far as it was read.

    Attributes:
        held: Columns that a cell further up reaches into, with the number of rows to go.
        merged: First line, last line and column of cells that span several rows of one column.
    """

    rows: list[list[str | None]] = field(default_factory=list)
    held: dict[int, int] = field(default_factory=dict)
    merged: list[list[int]] = field(default_factory=list)
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)


class _Tables(HTMLParser):
    """Collects the tables of a page; one within a cell of another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._begin_table()
        elif not self._open:
            return
        elif tag == "tr":
            self._begin_row()
        elif tag in {"td", "th"}:
            self._begin_cell(dict(attrs))
        elif tag in _BREAKS and self._open[-1].cell is not None:
            self._open[-1].cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._open:
            return
        elif tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].cell is not None and not self._silent:
            self._open[-1].cell.append(" ".join(f"|{data}|".split())[1:-1])

    def close(self) -> None:
        super().close()
        while self._open:
            self._end_cell()
            self._open.pop()

    def _begin_table(self) -> None:
        made = _Table()
        if len(self.found) < _MOST_TABLES:
            self.found.append(made)
        self._open.append(made)

    def _begin_row(self) -> None:
        self._end_cell()
        table = self._open[-1]
        table.held = {column: left - 1 for column, left in table.held.items() if left > 1}
        table.rows.append([])

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        table = self._open[-1]
        if not table.rows:
            table.rows.append([])
        table.cell = []
        wide, high = (_span(attributes.get(name)) for name in ("colspan", "rowspan"))
        table.span = min(wide, COLUMNS), min(high, ROWS)

    def _end_cell(self) -> None:
        table = self._open[-1]
        if table.cell is None:
            return
        pieces = "".join(table.cell).split("\n")
        text = "\n".join(piece for piece in map(str.strip, pieces) if piece)
        table.cell = None
        row = table.rows[-1]
        while len(row) in table.held:
            row.append(None)
        wide, high = table.span
        column = len(row)
        row += [text or None, *[None] * (wide - 1)]
        if high > 1:
            table.held |= dict.fromkeys(range(column, column + wide), high)
            if wide == 1:
                table.merged.append([len(table.rows), len(table.rows) + high - 1, column])


def tables(text: str) -> list[tuple[list[list[Cell]], list[list[int]]]]:
    """The rows of every table that has more than one value, and what is merged in it."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    found: list[tuple[list[list[Cell]], list[list[int]]]] = []
    for table in parser.found:
        rows: list[list[Cell]] = [list(row) for row in table.rows]
        if sum(cell is not None for row in rows for cell in row) > 1:
            found.append((rows, table.merged))
    return found


def lines(content: bytes, name: str) -> Iterator[dict[str, Any] | list[Any]]:
    """The tables of a page in the lines that the reading process writes."""
    notes = []
    found = tables(decode(content, name)[0])
    for number, (rows, merged) in enumerate(found, start=1):
        title = "Table" if len(found) == 1 else f"Table {number}"
        width = max(map(len, rows))
        if len(rows) > ROWS + MARGIN or width > COLUMNS:
            notes.append(
                f"{title} has {len(rows):,} rows and {width:,} columns; at most {ROWS:,} rows and "
                f"{COLUMNS} columns can be imported, so it was not read."
            )
            continue
        yield {"name": title, "merged": merged}
        yield from rows
    yield {"notes": notes}


def _span(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 6 else 1
