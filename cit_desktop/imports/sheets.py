"""Several sheets that look alike, read as one list: ten years of classes, a sheet each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cit_desktop.imports import column_memory, places, sheet
from cit_desktop.imports.days import proven_orders
from cit_desktop.imports.planned import Purpose
from cit_desktop.imports.reading import from_workbook
from cit_desktop.imports.types import DayOrder, SourceRow, SourceTable, Workbook
from cit_desktop.progress import Progress, silent

_NAMES = {"full_name", "first", "last"}
_MOSTLY = 0.6  # share of the fields that sheets which are alike have in common


def read_list(
    path: Path,
    sheet_name: str | None = None,
    *,
    mapping_override: Mapping[str, str | None] | None = None,
    day_orders: Mapping[str, DayOrder] | None = None,
    usual_order: DayOrder | None = None,
    all_sheets: bool | None = None,
    memory: Mapping[str, str | None] | None = None,
    progress: Progress = silent,
) -> SourceTable:
    """Read the list of a file: one sheet, or all that look like it.

    Args:
        sheet_name: The one sheet to read.
        day_orders: How the days of a column are meant, by heading.
        usual_order: How they are meant in every column that leaves it open.
        all_sheets: Whether those that look like the main one are read with it; None: when they
            hold finished classes.
        memory: What columns meant before, as :mod:`column_memory` keeps it.

    Raises:
        FileProblem: The file cannot be read, or has no such sheet.
        Cancelled: ``progress`` asked to stop.
    """
    return list_of(
        sheet.read(path, progress),
        sheet_name,
        mapping_override=mapping_override,
        day_orders=day_orders,
        usual_order=usual_order,
        all_sheets=all_sheets,
        memory=memory,
    )


def list_of(
    book: Workbook,
    sheet_name: str | None = None,
    *,
    mapping_override: Mapping[str, str | None] | None = None,
    day_orders: Mapping[str, DayOrder] | None = None,
    usual_order: DayOrder | None = None,
    all_sheets: bool | None = None,
    memory: Mapping[str, str | None] | None = None,
) -> SourceTable:
    """Like :func:`read_list`, for a file that was read already.

    Args:
        sheet_name: The sheet to read, alone unless ``all_sheets`` is true.
    """
    reader = _Reader(book, mapping_override, dict(day_orders or {}), usual_order)
    main = reader.settled(sheet_name)
    chosen = dict(mapping_override or {})
    known = column_memory.fitting(main, memory or {}, chosen)
    if known:
        reader = _Reader(book, chosen | known, dict(day_orders or {}), usual_order)
        main = reader.settled(sheet_name)
    wanted = all_sheets
    if wanted is None:
        wanted = sheet_name is None and holds_classes(main)
    if not wanted or len(book.sheets) == 1:
        return main
    return reader.all_like(main)


class _Reader:
    """Reads sheets of one file, with what was said about its columns."""

    def __init__(
        self,
        book: Workbook,
        override: Mapping[str, str | None] | None,
        orders: dict[str, DayOrder],
        usual: DayOrder | None,
    ) -> None:
        self._book = book
        self._override = override
        self._orders = orders
        self._usual = usual

    def settled(self, name: str | None) -> SourceTable:
        """One sheet, whose doubts are settled where that was said."""
        found = self._read(name)
        return self._ordered(found, self._usual) if self._usual else found

    def all_like(self, main: SourceTable) -> SourceTable:
        """The sheet and all that look like it; what one proves of its days holds for all."""
        there = [
            main if one.name == main.sheet else self.settled(one.name)
            for one in self._book.sheets
            if one.rows
        ]
        found = [one for one in there if one is main or alike(main, one)]
        proven = _proven(found)
        if len(proven) == 1:
            found = [self._ordered(one, next(iter(proven))) for one in found]
        return found[0] if len(found) == 1 else joined(found)

    def _read(self, name: str | None) -> SourceTable:
        return from_workbook(
            self._book, name, mapping_override=self._override, day_orders=self._orders
        )

    def _ordered(self, found: SourceTable, order: DayOrder) -> SourceTable:
        if not found.doubts:
            return found
        for doubt in found.doubts:
            self._orders.setdefault(doubt.column, order)
        return self._read(found.sheet)


def holds_classes(table: SourceTable) -> bool:
    """Whether a list tells of finished classes: the day of each, with hours or a certificate."""
    fields = _fields(table)
    return "completed" in fields and bool(fields & {"certificate", "minutes"})


def purpose_of(table: SourceTable, class_id: int | None) -> Purpose:
    """What a list is imported for, as far as it tells: finished classes, or people."""
    return "history" if class_id is None and holds_classes(table) else "people"


def alike(one: SourceTable, two: SourceTable) -> bool:
    """Whether two sheets are lists of the same kind."""
    fields, others = _fields(one), _fields(two)
    if "name" not in fields & others or not two.header_row or not two.rows:
        return False
    return len(fields & others) >= _MOSTLY * len(fields | others)


def joined(tables: Sequence[SourceTable]) -> SourceTable:
    """One list of several, whose rows keep their sheet and line in their number."""
    rows: list[SourceRow] = []
    columns = {}
    for number, one in enumerate(tables):
        rows += [replace(row, row=places.key(number, row.row)) for row in one.rows]
        columns.update({name: col for name, col in one.columns.items() if name not in columns})
    main = tables[0]
    names = tuple(one.sheet for one in tables)
    return replace(
        main,
        sheet=", ".join(names),
        columns=columns,
        rows=tuple(rows),
        titles=tuple(dict.fromkeys(title for one in tables for title in one.titles)),
        doubts=tuple(
            replace(doubt, rows=tuple(places.key(number, row) for row in doubt.rows))
            for number, one in enumerate(tables)
            for doubt in one.doubts
        ),
        other_sheets=tuple(name for name in (main.sheet, *main.other_sheets) if name not in names),
        sheets=names,
    )


def _fields(table: SourceTable) -> set[str]:
    fields = {column.field for column in table.columns.values() if column.field}
    kept = {field for field in fields if field not in {*_NAMES, "middle", "suffix"}}
    return kept | ({"name"} if fields & _NAMES else set())


def _proven(tables: Sequence[SourceTable]) -> set[DayOrder]:
    return {
        order
        for one in tables
        for column in one.columns.values()
        if column.field == "completed"
        for order in proven_orders(row.raw.get(column.heading) for row in one.records)
    }
