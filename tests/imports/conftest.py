"""Files made for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cit_desktop.imports.types import Cell, Sheet

MakeBook = Callable[..., Path]


@pytest.fixture
def fixtures() -> Path:
    return Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Write rows into a workbook; more sheets by name."""

    def make(
        rows: Iterable[Sequence[Any]], name: str = "list.xlsx", **more: Iterable[Sequence[Any]]
    ) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "First"
        for row in rows:
            sheet.append(row)
        for title, extra in more.items():
            other = book.create_sheet(title)
            for row in extra:
                other.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def make_text(tmp_path: Path) -> Callable[..., Path]:
    """Write a text file, as text or as bytes."""

    def make(content: str | bytes, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def sheet_of() -> Callable[[Sequence[Sequence[Cell]]], Sheet]:
    def make(rows: Sequence[Sequence[Cell]]) -> Sheet:
        return Sheet("List", tuple(map(tuple, rows)), tuple(range(1, len(rows) + 1)))

    return make
