"""A look at a file before any parser sees it: is it what it says, and of a sane size?"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from cit_desktop.errors import FileProblem

MEGABYTE = 1 << 20
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
LARGE_PART = 10 * MEGABYTE
STEEPEST_RATIO = 200
MOST_PARTS = 2_000
HEAD = 64 * 1024

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOT = re.compile(r"<[^\W\d]")
_SPREADSHEETS = {"xlsx", "xlsm", "xls", "ods"}
_TEXTS = {"csv", "tsv", "txt"}
_PAGES = {"html", "htm"}
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<\?xml[^>]*>", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|meta|style|table|div)\b", re.IGNORECASE)
_OTHER = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"Rar!": "an archive",
    b"MZ": "a program",
    b"SQLite format 3": "a database",
}
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
_SAVE_AGAIN = "Open it in a spreadsheet program and save it as .xlsx, then choose it again."


@dataclass(frozen=True, slots=True)
class Checked:
    """What the look found.

    Attributes:
        kind: xlsx, xlsm, xls, ods, html, csv or tsv; by content, whatever the name says.
    """

    kind: str
    notes: tuple[str, ...] = ()


def check(path: Path) -> Checked:
    """Say what kind of file this is.

    Raises:
        FileProblem: It cannot be opened, is too large, is packed like a trap, is protected
            with a password, or is none of the kinds that can be read.
    """
    head, size = _head(path)
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in _SPREADSHEETS | _TEXTS | _PAGES:
        raise FileProblem(
            f"“{path.name}” is not a kind of file that can be imported.",
            "Choose an Excel workbook (.xlsx, .xlsm, .xls), .ods, .csv, .tsv or .txt.",
        )
    if size > LARGEST_FILE:
        raise FileProblem(
            f"“{path.name}” has {size // MEGABYTE} MB; at most "
            f"{LARGEST_FILE // MEGABYTE} MB can be imported.",
            "Remove pictures from it, or split it into several files.",
        )
    if head.startswith(_ZIP):
        return _check_zip(path)
    if head.startswith(_OLE):
        return _check_ole(path)
    return _check_plain(path, head, suffix)


def _head(path: Path) -> tuple[bytes, int]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(2048)
    except FileNotFoundError as error:
        raise FileProblem(f"“{path.name}” is no longer there.", "Choose the file again.") from error
    except OSError as error:
        raise FileProblem(
            f"“{path.name}” cannot be opened.",
            "Close it in other programs, check that you may read it, and try again.",
        ) from error
    if size == 0:
        raise FileProblem(f"“{path.name}” is empty (0 bytes).", "Ask for the file again.")
    return head, size


def _check_plain(path: Path, head: bytes, suffix: str) -> Checked:
    """What is neither an archive nor an old workbook: text, a web page, or something else."""
    for start, what in _OTHER.items():
        if head.startswith(start):
            raise FileProblem(f"“{path.name}” is {what}, not a list.", _SAVE_AGAIN)
    if head.startswith(_BIFF) and suffix == "xls":
        return Checked("xls")
    words = _first_words(head)
    if _PAGE.match(_COMMENT.sub("", words).lstrip()):
        told = f"“{path.name}” is a web page; the tables in it were read."
        return Checked("html", () if suffix in _PAGES else (told,))
    if words.startswith("<?xml"):
        raise FileProblem(f"“{path.name}” is XML, not a list of rows.", _SAVE_AGAIN)
    if suffix in _TEXTS:
        return Checked("tsv" if suffix == "tsv" else "csv")
    if suffix == "xls" and b"\x00" not in head:
        return Checked("csv", (f"“{path.name}” is plain text and was read as such.",))
    raise FileProblem(f"“{path.name}” is not a workbook, or it is damaged.", _SAVE_AGAIN)


def _first_words(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip()


def _check_ole(path: Path) -> Checked:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileProblem(
            f"“{path.name}” is protected with a password.",
            "Open it in Excel, remove the password (File, Info), save it and choose it again.",
        )
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise FileProblem(f"“{path.name}” is not a workbook.", _SAVE_AGAIN)
    return Checked("xls")


def _check_zip(path: Path) -> Checked:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(path, parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_markup(path, archive, part)
            return _kind_of(path, {part.filename for part in parts})
    except _BROKEN as error:
        raise FileProblem(
            f"“{path.name}” is damaged: it cannot be unpacked.", _SAVE_AGAIN
        ) from error


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise FileProblem(
            f"“{path.name}” is protected with a password.",
            "Remove the password, save it and choose it again.",
        )
    steep = any(
        part.file_size > LARGE_PART and part.file_size > STEEPEST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    odd = len({part.filename for part in parts}) < len(parts) or any(
        part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts
    )
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or steep or odd:
        raise FileProblem(
            f"“{path.name}” is packed in a way that no class list is: {len(parts):,} parts, "
            f"{unpacked // MEGABYTE:,} MB unpacked. It was not opened.",
            "Copy the list into a new workbook and import that one.",
        )


def _check_markup(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as file:
        head = file.read(HEAD)
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:64]
    text = head.replace(b"\x00", b"").decode("latin-1") if wide else head.decode("latin-1")
    if _DECLARATION.search(text) or (len(head) == HEAD and not _ROOT.search(text)):
        raise FileProblem(
            f"“{path.name}” holds declarations that no spreadsheet program writes "
            f"({part.filename}). It was not opened.",
            "Copy the list into a new workbook and import that one.",
        )
    if part.filename == "META-INF/manifest.xml" and "encryption-data" in text:
        raise FileProblem(
            f"“{path.name}” is protected with a password.",
            "Open it, save it without a password (File, Save As) and choose it again.",
        )


def _kind_of(path: Path, names: set[str]) -> Checked:
    if "xl/workbook.xml" in names:
        notes = []
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        if macros:
            notes.append(f"The macros in “{path.name}” were ignored; only its cells were read.")
        if any(name.startswith("xl/externalLinks/") for name in names):
            notes.append("Links to other workbooks were not followed; the last values were read.")
        return Checked("xlsm" if macros else "xlsx", tuple(notes))
    if "content.xml" in names and "mimetype" in names:
        return Checked("ods")
    raise FileProblem(f"“{path.name}” is an archive, but no workbook.", _SAVE_AGAIN)
