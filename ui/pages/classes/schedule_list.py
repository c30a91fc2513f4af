"""The blocks of a class as a table, by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cit_desktop.services.classes import BlockView
from ui import format as fmt
from ui.pages.classes.words import time_range
from ui.widgets.record_table import RIGHT, Column, Filter, Sort


@dataclass(frozen=True)
class BlockRow:
    """A block as the table shows it."""

    day: str
    time: str
    title: str
    taught_by: str
    minutes: int


COLUMNS = (
    Column("day", "Day", width=112, bold=True, sortable=False),
    Column("time", "Time", width=170, sortable=False),
    Column("title", "Block", width=0, sortable=False),
    Column("taught_by", "Taught by", width=120, soft=True, sortable=False, spare=True),
    Column("minutes", "Hours", width=60, align=RIGHT, text=fmt.hours, sortable=False),
)


class BlockSource:
    """The blocks that were read last; the day stands only at its first block."""

    def __init__(self) -> None:
        self.blocks: Sequence[BlockView] = ()

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """In the order of the clock."""
        return [block.id for block in self.blocks]

    def rows(self, ids: Sequence[int]) -> Mapping[int, BlockRow]:
        """Some of them."""
        wanted, found = set(ids), {}
        before: BlockView | None = None
        for block in self.blocks:
            if block.id in wanted:
                again = before is not None and before.day == block.day
                found[block.id] = BlockRow(
                    "" if again else fmt.weekday_short(block.day),
                    time_range(block.starts_at, block.ends_at),
                    block.title,
                    ", ".join(teacher.name for teacher in block.instructors),
                    block.minutes,
                )
            before = block
        return found
