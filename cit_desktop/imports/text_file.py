"""Text files and pasted blocks: which letters, which delimiter, which line a record starts on."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cit_desktop.errors import FileProblem
from cit_desktop.imports.reader import COLUMNS, MARGIN, ROWS
from cit_desktop.imports.types import Sheet, Workbook

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (",", ";", "\t", "|")
LONGEST_FIELD = 1 << 20
_DATA = re.compile(r"\S@\S|\d{4}")  # what a remark seldom has, and a row of a list nearly always
_LOOKED_AT = 60  # records that decide on the delimiter


def read(path: Path, kind: str, notes: tuple[str, ...] = ()) -> Workbook:
    """Read a delimited text file.

    Raises:
        FileProblem: It is no text, a quotation mark has no partner, or it is too long.
    """
    text, encoding = decode(path.read_bytes(), path.name)
    more = () if encoding.startswith("UTF") else (f"The letters were read as {encoding}.",)
    return _workbook(text, path.name, kind, (*notes, *more))


def read_pasted(text: str, source: str = "Pasted rows") -> Workbook:
    """Read a block copied from a spreadsheet, an e-mail or a text file."""
    return _workbook(text, source, "tsv" if "\t" in text else "csv", ())


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, as UTF-8, or as Windows wrote it."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding, name), encoding.replace("-sig", "").upper()
    if b"\x00" in content:
        order = _two_byte_order(content[:4096])
        if order is None:
            raise _no_text(name)
        return _decoded(content, order, name), order.upper()
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _legacy(content, name)


def _two_byte_order(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of most letters is 0."""
    for encoding, half in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if half.count(0) > 0.6 * len(half):
            return encoding
    return None


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error
    if "\x00" in text:
        raise _no_text(name)
    return text


def _legacy(content: bytes, name: str) -> tuple[str, str]:
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(content).best()
        if best is None:
            raise _no_text(name) from None
        return str(best), best.encoding


def _no_text(name: str) -> FileProblem:
    return FileProblem(
        f"“{name}” is not readable as text.",
        "Open it in a spreadsheet program, save it as .xlsx and choose that file.",
    )


def _workbook(text: str, source: str, kind: str, notes: tuple[str, ...]) -> Workbook:
    text, skipped, told = _without_separator_line(text)
    delimiter = told or _delimiter(text)
    rows: list[tuple[str | None, ...]] = []
    lines: list[int] = []
    for line, cells in _records(text, delimiter, source):
        rows.append(tuple(cell or None for cell in cells))
        lines.append(line + skipped)
        if len(rows) > ROWS + MARGIN or (len(cells) > COLUMNS and any(cells[COLUMNS:])):
            raise FileProblem(
                f"“{source}” is too large at line {line:,}: at most {ROWS:,} rows and "
                f"{COLUMNS} columns can be imported.",
                "Split it into several files.",
            )
    while rows and not any(rows[-1]):
        rows.pop()
        lines.pop()
    return Workbook(source, kind, (Sheet(Path(source).stem, tuple(rows), tuple(lines)),), notes)


def _without_separator_line(text: str) -> tuple[str, int, str | None]:
    first, _, rest = text.partition("\n")
    words = first.strip().lower()
    if words.startswith("sep=") and len(words) == 5:
        return rest, 1, words[4]
    return text, 0, "\t" if words == "sep=" and "\t" in first else None


def _delimiter(text: str) -> str:
    """The delimiter that cuts the most records into the same number of cells."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for cells in _reader(text[:200_000], delimiter):
                if len([cell for cell in cells if cell.strip()]) > 1:
                    widths[len(cells)] += 1
                if sum(widths.values()) >= _LOOKED_AT:
                    break
        except csv.Error:
            pass  # cut off in the middle, or the wrong delimiter: what was counted decides
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            score = count * (1 + width / 100) / max(1, len(widths)) ** 0.5
            if score > best_score:
                best, best_score = delimiter, score
    return best


def _reader(text: str, delimiter: str) -> Reader:
    csv.field_size_limit(LONGEST_FIELD)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _records(text: str, delimiter: str, source: str) -> Iterator[tuple[int, list[str]]]:
    records = _reader(text, delimiter)
    start = 1
    width = 0
    while True:
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unbalanced(source, start) from error
        if records.line_num > start and _swallowed(cells, delimiter, width):
            raise _unbalanced(source, start)
        width = max(width, len(cells))
        yield start, cells
        start = records.line_num + 1


def _swallowed(cells: list[str], delimiter: str, width: int) -> bool:
    """Whether a cell holds what looks like the rest of a row and the start of another."""
    for cell in cells:
        breaks = len(cell.splitlines()) - 1
        if breaks < 1 or width < 2:
            continue
        whole = any(line.count(delimiter) >= width - 1 for line in cell.splitlines()[1:])
        parted = cell.count(delimiter) == breaks * (width - 1) and len(cells) == width
        if (whole and width > 2) or (parted and _DATA.search(cell)):
            return True
    return False


def _unbalanced(source: str, line: int) -> FileProblem:
    return FileProblem(
        f"“{source}”, line {line:,}: a quotation mark is opened here that is not closed where a "
        "cell ends, so the rows after it cannot be told apart.",
        f"Open the file in a text editor, mend or remove the quotation mark in line {line:,}, "
        "save it and choose it again.",
    )
