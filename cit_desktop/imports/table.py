"""Finding the table in a sheet: titles above it, headings in one or two rows, the rows below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cit_desktop.imports import headings
from cit_desktop.imports.clean import as_text
from cit_desktop.imports.days import day
from cit_desktop.imports.types import Cell, Sheet

LOOKED_AT = 60  # rows among which the headings stand

_DATA = re.compile(r"\S+@\S+\.\S+|[\d\s().+/-]{5,}|.{90,}")

Row = tuple[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a sheet.

    Attributes:
        header_row: Line of the headings (the last, if there are two); 0 when there are none.
        header_lines: All lines that make up the headings.
        headings: One a column, each different.
        rows: Line and cells of every row below that is not blank.
        titles: Texts above the headings.
        known: How many headings name a field or a column that lists usually have.
    """

    header_row: int
    header_lines: tuple[int, ...]
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    titles: tuple[str, ...]
    known: int

    def column(self, index: int) -> list[Cell]:
        """The values of a column, from top to bottom."""
        return [cells[index] for _, cells in self.rows]


def find(sheet: Sheet) -> Table:
    """The table of a sheet; without headings, the columns are named by their letters."""
    width = max((_width(cells) for cells in sheet.rows), default=0)
    rows = [
        (line, (*cells[:width], *[None] * (width - len(cells))))
        for line, cells in zip(sheet.lines, sheet.rows, strict=True)
        if any(map(_filled, cells))
    ]
    top = _heading_position(rows)
    if top is None:
        names = tuple(f"Column {letters(index)}" for index in range(width))
        return Table(0, (), names, tuple(rows), (), 0)
    texts = [as_text(cell) for cell in rows[top][1]]
    known = _known(texts)
    used = [top]
    above, below = _join_above(rows, top, texts), _join_below(rows, top, texts)
    if above is not None:
        texts, used = above, [top - 1, top]
    elif below is not None:
        texts, used = below, [top, top + 1]
    first = used[0]
    titles = tuple(text for _, cells in rows[:first] for text in map(as_text, cells) if text)
    return Table(
        header_row=rows[used[-1]][0],
        header_lines=tuple(rows[position][0] for position in used),
        headings=_different(texts),
        rows=tuple(rows[used[-1] + 1 :]),
        titles=titles,
        known=max(known, _known(texts)),
    )


def unmerged(found: Table, sheet: Sheet) -> tuple[Table, tuple[str, ...]]:
    """The table with the value of a cell that spans several rows in each of them, and a note."""
    wanted = {
        (line, column): top
        for top, bottom, column in sheet.merged
        if top > found.header_row
        for line in range(top + 1, bottom + 1)
    }
    values = {
        (line, column): cells[column]
        for line, cells in found.rows
        for column in {column for _, column in wanted}
        if column < len(cells)
    }
    rows = []
    count = 0
    for line, cells in found.rows:
        filled = list(cells)
        for column, cell in enumerate(cells):
            if not _filled(cell) and (line, column) in wanted:
                filled[column] = values.get((wanted[line, column], column))
                count += _filled(filled[column])
        rows.append((line, tuple(filled)))
    if not count:
        return found, ()
    cells_were = "1 cell lies" if count == 1 else f"{count:,} cells lie"
    note = f"In the sheet “{sheet.name}” {cells_were} within merged cells and got their value."
    return replace(found, rows=tuple(rows)), (note,)


def letters(index: int) -> str:
    """A column as a spreadsheet names it: A, B, … AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _width(cells: Sequence[Cell]) -> int:
    return max((index for index, cell in enumerate(cells, start=1) if _filled(cell)), default=0)


def _known(texts: Sequence[str]) -> int:
    fields = set()
    for text in texts:
        field, score = headings.best(text)
        if field and score >= headings.SURE:
            fields.add(text if field == headings.IGNORED else field)
    return len(fields)


def _heading_position(rows: Sequence[Row]) -> int | None:
    best: tuple[float, int] | None = None
    for position, (_, cells) in enumerate(rows[:LOOKED_AT]):
        score = _heading_score(rows, position, cells)
        if score > 0 and (best is None or score > best[0]):
            best = score, position
    return best[1] if best else _unknown_headings(rows)


def _heading_score(rows: Sequence[Row], position: int, cells: Sequence[Cell]) -> float:
    texts = [as_text(cell) for cell in cells if _filled(cell)]
    known = _known(texts)
    data = sum(not isinstance(cell, str) for cell in cells if _filled(cell))
    data += sum(bool(_is_data(text)) for text in texts)
    lonely = len(texts) == 1 and _heading_alone(rows, position)
    if known < 2 and not lonely:
        return 0.0
    return (2.0 * known + 0.1 * len(texts) - 1.5 * data) if known else 0.0


def _heading_alone(rows: Sequence[Row], position: int) -> bool:
    """Whether a list of one column may start here: the rows below are no wider."""
    below = rows[position + 1 :]
    return bool(below) and all(sum(map(_filled, cells)) <= 1 for _, cells in below[:20])


def _is_data(text: str) -> bool:
    return bool(_DATA.fullmatch(text)) or day(text) is not None


def _unknown_headings(rows: Sequence[Row]) -> int | None:
    """Headings in words that nobody knows: short texts above rows that hold data."""
    for position, (_, cells) in enumerate(rows[:LOOKED_AT]):
        filled = [cell for cell in cells if _filled(cell)]
        below = rows[position + 1 : position + 6]
        if len(filled) < 2 or not below:
            continue
        if any(not isinstance(cell, str) or re.search(r"[@\d]", cell) for cell in filled):
            return None
        data = any(
            _filled(cell) and (not isinstance(cell, str) or _is_data(as_text(cell)))
            for _, under in below
            for cell, over in zip(under, cells, strict=True)
            if _filled(over)
        )
        return position if data else None
    return None


def _join_above(rows: Sequence[Row], top: int, texts: list[str]) -> list[str] | None:
    """Headings whose upper half stands in the row above: `Officer` over `Last` and `First`."""
    if top == 0 or rows[top - 1][0] != rows[top][0] - 1:
        return None
    upper = [as_text(cell) for cell in rows[top - 1][1]]
    filled = [index for index, text in enumerate(upper) if text]
    if len(filled) < 2 or any(_is_data(upper[index]) for index in filled):
        return None
    if not any(not texts[index] for index in filled) and _known(upper) == 0:
        return None
    joined = []
    over = ""
    for index, text in enumerate(texts):
        over = upper[index] or (over if text else "")
        score = headings.best(text)[1]
        joined.append(text if score >= headings.SURE or not over else f"{over} {text}".strip())
    return joined


def _join_below(rows: Sequence[Row], top: int, texts: list[str]) -> list[str] | None:
    """Headings whose lower half stands in the row below: `Attendance` over `Mon` and `Tue`."""
    if top + 2 >= len(rows) or rows[top + 1][0] != rows[top][0] + 1:
        return None
    cells = rows[top + 1][1]
    lower = [as_text(cell) for cell in cells]
    filled = [index for index, text in enumerate(lower) if text]
    bare = [index for index, text in enumerate(texts) if not text]
    if not filled or any(not isinstance(cells[index], str) for index in filled):
        return None
    new = sum(index in bare for index in filled)
    named = [index for index, text in enumerate(texts) if headings.best(text)[1] >= headings.SURE]
    if new == 0 or any(lower[index] for index in named if headings.best(lower[index])[0] is None):
        return None
    joined = []
    over = ""
    for text, under in zip(texts, lower, strict=True):
        over = text or (over if under else "")
        joined.append(f"{over} {under}".strip() if under else text)
    return joined


def _different(texts: Sequence[str]) -> tuple[str, ...]:
    """Headings as names: blank ones by their letter, equal ones numbered."""
    names: list[str] = []
    for index, text in enumerate(texts):
        base = text or f"Column {letters(index)}"
        name, number = base, 2
        while name in names:
            name, number = f"{base} ({number})", number + 1
        names.append(name)
    return tuple(names)
