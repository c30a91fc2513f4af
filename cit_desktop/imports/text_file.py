"""Text files and pasted blocks: which letters, which delimiter, or answers one below the other."""

from __future__ import annotations

import re
from pathlib import Path

from cit_desktop.errors import FileProblem
from cit_desktop.imports import answers, delimited
from cit_desktop.imports.limits import COLUMNS, LONGEST_CELL, MARGIN, ROWS, long_cell
from cit_desktop.imports.types import Sheet, Workbook
from cit_desktop.progress import Progress, silent

_PROGRESS_EVERY = 500  # rows
_ENOUGH_TO_GUESS = 1 << 16
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


def read(
    path: Path, kind: str, notes: tuple[str, ...] = (), progress: Progress = silent
) -> Workbook:
    """Read a delimited text file, or one of answers such as ``Name: Al Smith``.

    Raises:
        FileProblem: It is no text, a quotation mark has no partner, or it is too long.
        Cancelled: ``progress`` asked to stop.
    """
    text, encoding = decode(path.read_bytes(), path.name)
    more = () if encoding.startswith("UTF") else (f"The letters were read as {encoding}.",)
    if path.suffix.lower() == ".txt" and (found := answers.find(text)):
        return _of_answers(found, path.name, (*notes, *more))
    return _workbook(text, path.name, kind, delimited.records, (*notes, *more), progress)


def read_pasted(text: str, source: str = "Pasted rows", progress: Progress = silent) -> Workbook:
    """Read a block copied from a spreadsheet, an e-mail or a text file.

    Raises:
        FileProblem: A quotation mark has no partner, or it is too long.
        Cancelled: ``progress`` asked to stop.
    """
    if "\t" in text:
        return _workbook(text, source, "tsv", delimited.copied, (), progress)
    found = answers.find(text)
    if found is not None:
        return _of_answers(found, source, ())
    return _workbook(text, source, "csv", delimited.records, (), progress)


def _of_answers(found: answers.Answers, source: str, notes: tuple[str, ...]) -> Workbook:
    if len(found.rows) > ROWS or len(found.rows[0]) > COLUMNS:
        raise _too_large(source, found.lines[-1])
    longest = max(len(cell) for row in found.rows for cell in row if cell is not None)
    if longest > LONGEST_CELL:
        raise long_cell(source, f"an answer has {longest:,} characters")
    sheet = Sheet(Path(source).stem, found.rows, found.lines)
    more = (found.note,) if found.note else ()
    return Workbook(source, "txt", (sheet,), (*notes, *more))


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
        return _seen(content.decode("utf-8"), name), "UTF-8"
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
        return _seen(content.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error


def _seen(text: str, name: str) -> str:
    """The text, if it can be one: no list is full of control characters."""
    strange = len(_STRANGE.findall(text))
    if "\x00" in text or strange > 2 + len(text) / 1000:
        raise _no_text(name)
    return text


def _legacy(content: bytes, name: str) -> tuple[str, str]:
    try:
        return _seen(content.decode("cp1252"), name), "Windows-1252"
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(content[:_ENOUGH_TO_GUESS]).best()
        if best is None:
            raise _no_text(name) from None
        return _decoded(content, best.encoding, name), best.encoding


def _no_text(name: str) -> FileProblem:
    return FileProblem(
        f"“{name}” is not readable as text.",
        "Open it in a spreadsheet program, save it as .xlsx and choose that file.",
    )


def _workbook(
    text: str,
    source: str,
    kind: str,
    cut: delimited.Cutter,
    notes: tuple[str, ...],
    progress: Progress,
) -> Workbook:
    text, skipped, told = _without_separator_line(text)
    delimiter = told or ("\t" if cut is delimited.copied else delimited.delimiter_of(text))
    rows: list[tuple[str | None, ...]] = []
    lines: list[int] = []
    for line, cells in cut(text, delimiter, source):
        if len(rows) % _PROGRESS_EVERY == 0:
            progress(0, 0, f"Reading {source}")
        longest = max(map(len, cells), default=0)
        if longest > LONGEST_CELL:
            raise long_cell(source, f"line {line + skipped:,}: a cell has {longest:,} characters")
        rows.append(tuple(cell or None for cell in cells))
        lines.append(line + skipped)
        if len(rows) > ROWS + MARGIN or (len(cells) > COLUMNS and any(cells[COLUMNS:])):
            raise _too_large(source, line)
    while rows and not any(rows[-1]):
        rows.pop()
        lines.pop()
    return Workbook(source, kind, (Sheet(Path(source).stem, tuple(rows), tuple(lines)),), notes)


def _too_large(source: str, line: int) -> FileProblem:
    return FileProblem(
        f"“{source}” is too large at line {line:,}: at most {ROWS:,} rows and {COLUMNS} columns "
        "can be imported.",
        "Split it into several files.",
    )


def _without_separator_line(text: str) -> tuple[str, int, str | None]:
    first, _, rest = text.partition("\n")
    words = first.strip().lower()
    if words.startswith("sep=") and len(words) == 5:
        return rest, 1, words[4]
    return text, 0, "\t" if words == "sep=" and "\t" in first else None
