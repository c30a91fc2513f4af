"""Reads packets: sections by name, rows by the labels of their columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from cit_desktop import clock
from cit_desktop.documents.packets import Packet, Section

TODAY = date(2026, 6, 1)


@contextmanager
def june() -> Iterator[None]:
    """A clock that stands still in June 2026."""
    clock.set_source(lambda: datetime(2026, 6, 1, 15, tzinfo=UTC))
    try:
        yield
    finally:
        clock.set_source(None)


def section(packet: Packet, name: str, part: int = 0) -> Section:
    """A section of a part by its name."""
    return next(found for found in packet.parts[part].sections if found.name == name)


def rows(shown: Section, table: int = 0) -> list[dict[str, object]]:
    """The rows of a table by the labels of its columns."""
    found = shown.tables[table]
    labels = [column.label for column in found.columns]
    return [dict(zip(labels, row, strict=True)) for row in found.rows]


def everything(packet: Packet) -> str:
    """Every word and figure of a packet."""
    return str(packet)


def tamper(path: Path, statement: str) -> None:
    """Change the file behind the program's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
